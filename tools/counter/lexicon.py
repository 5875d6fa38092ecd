"""Words of the imagined shops that ShopDesk Counter learns from: goods, makers, colours, sizes, attributes, rules.

All of it is written for this project. Pairs stand as (Chinese, English).
"""

from __future__ import annotations

# (Chinese, English, unit, kind); the kind chooses sizes and attributes below
GOODS: tuple[tuple[str, str, str, str], ...] = (
    ("跑鞋", "Running Shoes", "双", "shoes"), ("休闲鞋", "Casual Shoes", "双", "shoes"), ("徒步靴", "Hiking Boots", "双", "shoes"),
    ("凉鞋", "Sandals", "双", "shoes"), ("拖鞋", "Slippers", "双", "shoes"), ("板鞋", "Sneakers", "双", "shoes"),
    ("雨靴", "Rain Boots", "双", "shoes"), ("篮球鞋", "Basketball Shoes", "双", "shoes"),
    ("T恤", "T-Shirt", "件", "clothes"), ("衬衫", "Shirt", "件", "clothes"), ("卫衣", "Hoodie", "件", "clothes"),
    ("羽绒服", "Down Jacket", "件", "clothes"), ("冲锋衣", "Rain Jacket", "件", "clothes"), ("牛仔裤", "Jeans", "条", "clothes"),
    ("运动裤", "Track Pants", "条", "clothes"), ("连衣裙", "Dress", "条", "clothes"), ("半身裙", "Skirt", "条", "clothes"),
    ("毛衣", "Sweater", "件", "clothes"), ("背心", "Vest", "件", "clothes"), ("短袖", "Short Sleeve Top", "件", "clothes"),
    ("睡衣", "Pyjamas", "套", "clothes"), ("棉袜", "Cotton Socks", "双", "clothes"), ("棒球帽", "Baseball Cap", "顶", "clothes"),
    ("围巾", "Scarf", "条", "clothes"), ("手套", "Gloves", "双", "clothes"), ("皮带", "Leather Belt", "条", "clothes"),
    ("双肩包", "Backpack", "个", "bags"), ("拉杆箱", "Carry-On Suitcase", "个", "bags"), ("斜挎包", "Crossbody Bag", "个", "bags"),
    ("钱包", "Wallet", "个", "bags"), ("帆布袋", "Canvas Tote", "个", "bags"), ("腰包", "Waist Pack", "个", "bags"),
    ("蓝牙耳机", "Wireless Earbuds", "副", "tech"), ("充电宝", "Power Bank", "个", "tech"), ("机械键盘", "Mechanical Keyboard", "个", "tech"),
    ("无线鼠标", "Wireless Mouse", "个", "tech"), ("智能手表", "Smart Watch", "块", "tech"), ("平板电脑", "Tablet", "台", "tech"),
    ("手机", "Smartphone", "台", "tech"), ("笔记本电脑", "Laptop", "台", "tech"), ("音箱", "Bluetooth Speaker", "个", "tech"),
    ("台灯", "Desk Lamp", "盏", "tech"), ("摄像头", "Webcam", "个", "tech"), ("数据线", "Charging Cable", "根", "tech"),
    ("显示器", "Monitor", "台", "tech"), ("吹风机", "Hair Dryer", "个", "tech"), ("电水壶", "Electric Kettle", "个", "tech"),
    ("空气净化器", "Air Purifier", "台", "tech"), ("加湿器", "Humidifier", "台", "tech"), ("电饭煲", "Rice Cooker", "个", "tech"),
    ("扫地机器人", "Robot Vacuum", "台", "tech"), ("电动牙刷", "Electric Toothbrush", "支", "tech"), ("吸尘器", "Vacuum Cleaner", "台", "tech"),
    ("保温杯", "Thermos Bottle", "个", "kitchen"), ("炒锅", "Wok", "口", "kitchen"), ("平底锅", "Frying Pan", "口", "kitchen"),
    ("砂锅", "Clay Pot", "个", "kitchen"), ("菜刀", "Kitchen Knife", "把", "kitchen"), ("砧板", "Cutting Board", "块", "kitchen"),
    ("玻璃杯", "Glass Cup", "个", "kitchen"), ("马克杯", "Mug", "个", "kitchen"), ("饭盒", "Lunch Box", "个", "kitchen"),
    ("筷子", "Chopsticks", "双", "kitchen"), ("汤碗", "Soup Bowl", "个", "kitchen"), ("茶壶", "Teapot", "把", "kitchen"),
    ("水壶", "Water Bottle", "个", "kitchen"), ("烘焙模具", "Baking Mould", "个", "kitchen"), ("调味罐", "Spice Jar", "个", "kitchen"),
    ("四件套", "Bedding Set", "套", "home"), ("枕头", "Pillow", "个", "home"), ("被子", "Quilt", "床", "home"), ("床笠", "Fitted Sheet", "条", "home"),
    ("毛巾", "Towel", "条", "home"), ("浴巾", "Bath Towel", "条", "home"), ("地毯", "Rug", "块", "home"), ("窗帘", "Curtain", "幅", "home"),
    ("抱枕", "Cushion", "个", "home"), ("沙发", "Sofa", "张", "home"), ("书架", "Bookshelf", "个", "home"), ("衣架", "Hanger", "个", "home"),
    ("收纳盒", "Storage Box", "个", "home"), ("香薰蜡烛", "Scented Candle", "支", "home"), ("挂钟", "Wall Clock", "个", "home"),
    ("办公椅", "Office Chair", "把", "home"), ("床垫", "Mattress", "张", "home"), ("地垫", "Floor Mat", "块", "home"),
    ("绿茶", "Green Tea", "盒", "food"), ("咖啡豆", "Coffee Beans", "袋", "food"), ("坚果", "Mixed Nuts", "袋", "food"), ("蜂蜜", "Honey", "瓶", "food"),
    ("巧克力", "Chocolate", "盒", "food"), ("饼干", "Biscuits", "包", "food"), ("牛肉干", "Beef Jerky", "袋", "food"), ("大米", "Rice", "袋", "food"),
    ("橄榄油", "Olive Oil", "瓶", "food"), ("酱油", "Soy Sauce", "瓶", "food"), ("果酱", "Fruit Jam", "瓶", "food"), ("燕麦片", "Oatmeal", "袋", "food"),
    ("粽子", "Rice Dumplings", "盒", "food"), ("月饼", "Mooncake", "盒", "food"), ("牛奶", "Milk", "箱", "food"), ("果汁", "Fruit Juice", "瓶", "food"),
    ("洗发水", "Shampoo", "瓶", "beauty"), ("面霜", "Face Cream", "瓶", "beauty"), ("口红", "Lipstick", "支", "beauty"), ("面膜", "Face Mask", "盒", "beauty"),
    ("防晒霜", "Sunscreen", "支", "beauty"), ("香水", "Perfume", "瓶", "beauty"), ("洗手液", "Hand Soap", "瓶", "beauty"), ("牙膏", "Toothpaste", "支", "beauty"),
    ("护手霜", "Hand Cream", "支", "beauty"), ("沐浴露", "Body Wash", "瓶", "beauty"), ("纸巾", "Tissues", "包", "beauty"),
    ("积木", "Building Blocks", "盒", "toys"), ("拼图", "Jigsaw Puzzle", "盒", "toys"), ("毛绒玩具", "Plush Toy", "个", "toys"), ("跳绳", "Skipping Rope", "根", "toys"),
    ("滑板", "Skateboard", "块", "toys"), ("瑜伽垫", "Yoga Mat", "张", "toys"), ("羽毛球拍", "Badminton Racket", "支", "toys"), ("帐篷", "Tent", "顶", "toys"),
    ("睡袋", "Sleeping Bag", "个", "toys"), ("哑铃", "Dumbbell", "个", "toys"), ("自行车头盔", "Bicycle Helmet", "个", "toys"), ("篮球", "Basketball", "个", "toys"),
    ("婴儿推车", "Baby Stroller", "辆", "toys"), ("风筝", "Kite", "只", "toys"), ("登山杖", "Trekking Pole", "根", "toys"),
    ("笔记本", "Notebook", "本", "books"), ("钢笔", "Fountain Pen", "支", "books"), ("小说", "Novel", "本", "books"), ("地图", "Map", "张", "books"),
    ("日历", "Calendar", "本", "books"), ("绘本", "Picture Book", "本", "books"), ("菜谱", "Cookbook", "本", "books"), ("字典", "Dictionary", "本", "books"),
    ("猫粮", "Cat Food", "袋", "pets"), ("狗粮", "Dog Food", "袋", "pets"), ("猫砂", "Cat Litter", "袋", "pets"), ("猫爬架", "Cat Tree", "个", "pets"),
    ("花盆", "Flower Pot", "个", "pets"), ("园艺剪", "Garden Shears", "把", "pets"), ("浇水壶", "Watering Can", "个", "pets"), ("螺丝刀", "Screwdriver", "把", "pets"),
)  # fmt: skip

CATEGORY_NAMES: dict[str, tuple[str, str]] = {
    "shoes": ("鞋类", "Footwear"), "clothes": ("服装", "Clothing"), "bags": ("箱包", "Bags"), "tech": ("数码家电", "Electronics"),
    "kitchen": ("厨房用品", "Kitchen"), "home": ("家居", "Home"), "food": ("食品", "Food"), "beauty": ("个护", "Beauty"),
    "toys": ("运动玩具", "Sports & Toys"), "books": ("图书文具", "Books"), "pets": ("宠物园艺", "Pets & Garden"),
}  # fmt: skip

ADJECTIVES: tuple[tuple[str, str], ...] = (
    ("轻便", "Light"), ("加厚", "Thick"), ("防水", "Waterproof"), ("透气", "Breathable"), ("便携", "Portable"), ("折叠", "Folding"),
    ("经典", "Classic"), ("复古", "Retro"), ("简约", "Simple"), ("儿童", "Kids"), ("男士", "Men's"), ("女士", "Women's"), ("男式", "Mens"),
    ("女式", "Womens"), ("婴儿", "Baby"), ("户外", "Outdoor"), ("家用", "Home"), ("办公", "Office"), ("旅行", "Travel"), ("专业", "Pro"),
    ("升级版", "Upgraded"), ("迷你", "Mini"), ("大号", "Large"), ("小号", "Small"), ("中号", "Medium"), ("纯棉", "Cotton"), ("全棉", "All-Cotton"),
    ("真皮", "Leather"), ("不锈钢", "Stainless Steel"), ("陶瓷", "Ceramic"), ("竹制", "Bamboo"), ("亚麻", "Linen"), ("羊毛", "Wool"),
    ("速干", "Quick-Dry"), ("保暖", "Warm"), ("静音", "Quiet"), ("智能", "Smart"), ("无线", "Wireless"), ("有机", "Organic"), ("低糖", "Low Sugar"),
    ("手工", "Handmade"), ("日式", "Japanese"), ("北欧", "Nordic"), ("新款", "New"), ("限量", "Limited"), ("学生", "Student"), ("宽松", "Loose"),
    ("修身", "Slim"), ("高帮", "High-Top"), ("低帮", "Low-Top"), ("磨砂", "Frosted"), ("双层", "Double-Wall"), ("恒温", "Constant Heat"),
    ("可水洗", "Washable"), ("抗菌", "Antibacterial"), ("记忆棉", "Memory Foam"), ("天丝", "Tencel"), ("水洗棉", "Washed Cotton"), ("秋冬", "Winter"),
    ("夏季", "Summer"), ("春秋", "Spring"), ("多功能", "Multi-Purpose"), ("一体", "All-in-One"), ("原味", "Original"), ("夜光", "Glow"),
)  # fmt: skip

MAKERS_ZH = (
    "极风", "云杉", "山岚", "青禾", "白鹭", "北辰", "星野", "木棉", "远航", "知夏", "松果", "麦田", "鲸落", "沐光", "橙意", "蓝湾", "红枫", "乐行", "安居", "小满",
    "谷雨", "晨曦", "竹影", "海棠", "飞鱼", "墨白", "听雨", "森屿", "浅川", "鹿鸣", "半夏", "初雪", "银河", "若水", "南山", "东篱", "百川", "千树", "万象", "九州",
    "龙井", "芳草", "金穗", "玉兰", "丹桂", "琥珀", "翡翠", "珊瑚", "磐石", "清泉", "流云", "长风", "朝露", "暮色", "花间", "田园", "古镇", "新城", "大洋", "晴天",
)  # fmt: skip
MAKERS_EN = (
    "Gale", "Spruce", "Ridge", "Harbor", "Willow", "Cedar", "Summit", "Maple", "Falcon", "Otter", "Nimbus", "Pebble", "Juniper", "Comet", "Aspen", "Meadow",
    "Lumen", "Orchid", "Pioneer", "Quartz", "River", "Saffron", "Terra", "Umber", "Velvet", "Walnut", "Zephyr", "Amber", "Birch", "Coral", "Dune", "Ember",
    "Fern", "Granite", "Hazel", "Indigo", "Jasper", "Kestrel", "Lark", "Marlin", "North", "Opal", "Pine", "Raven", "Sable", "Tidal", "Vista", "Wren", "Yarrow",
    "Atlas", "Beacon", "Cobalt", "Drift", "Echo", "Flint", "Glacier", "Horizon", "Iris", "Jade", "Kite", "Lotus", "Mesa", "Nova", "Onyx", "Polar", "Sierra",
)  # fmt: skip
EXTRA_EN = (
    "Air", "Max", "Plus", "Lite", "Pro", "Ultra", "Go", "Set", "Pack", "Kit", "Edition", "Series", "Classic", "Core", "Flex", "Flow", "Grip", "Fit", "Soft", "Snap",
    "the", "of", "and", "for", "with", "in", "to", "Let", "it", "My", "One", "Day", "Night", "Blue", "Red", "Green", "Black", "White", "Hat", "Case", "Cover", "Stand",
    "Holder", "Game", "Gift", "Card", "Box", "Sport", "Team", "Water", "Fire", "Stone", "Wood", "Steel", "Glass", "Paper", "Cloth", "Rope", "Power", "Light", "Sound",
    "Data", "Time", "World", "City", "Garden", "Ocean", "Forest", "Mountain", "Kitchen", "Bedroom", "Bath", "Space", "Speed", "Master", "Studio", "Home", "Shop", "Guide",
    "Learning", "Programming", "History", "Security", "Network", "Design", "Cooking", "Coffee", "Tea", "Silver", "Gold", "Printer", "Toner", "Ink", "Cartridge", "Drive",
    "Cable", "Adapter", "Camera", "Lens", "Battery", "Charger", "Router", "Headphones", "Speaker", "Projector", "Console", "Controller", "Memory", "Module", "Keyboard",
    "Fleece", "Patio", "Umbrella", "Bookcase", "Stroller", "Blender", "Grill", "Espresso", "Machine", "Pet", "Bed", "Action", "Indoor", "Digital", "Gaming", "Fitness",
    "Tracker", "Hiking", "Luggage", "Makeup", "Perfume", "Puzzle", "Vinyl", "Wall", "Watch", "Tea", "Kettle", "Thermostat", "Helmet", "Skirt", "Sunglasses", "Notebook",
)  # fmt: skip

COLORS: tuple[tuple[str, str], ...] = (
    ("黑色", "black"), ("白色", "white"), ("红色", "red"), ("蓝色", "blue"), ("绿色", "green"), ("黄色", "yellow"), ("灰色", "grey"), ("粉色", "pink"),
    ("紫色", "purple"), ("橙色", "orange"), ("棕色", "brown"), ("米色", "beige"), ("银色", "silver"), ("金色", "gold"), ("藏青", "navy"), ("卡其色", "khaki"),
    ("酒红", "burgundy"), ("天蓝", "sky blue"), ("墨绿", "dark green"), ("深灰", "dark grey"), ("浅灰", "light grey"), ("奶白", "cream"), ("玫红", "rose"),
    ("黑白", "black/white"), ("湖蓝", "teal"), ("透明", "clear"), ("咖啡色", "coffee"), ("驼色", "camel"), ("象牙白", "ivory"), ("珊瑚红", "coral"), ("薄荷绿", "mint"),
    ("午夜蓝", "midnight blue"), ("丁香紫", "lilac"), ("雾霾蓝", "haze blue"), ("迷彩", "camouflage"), ("彩色", "multicolor"),
)  # fmt: skip

SIZES: dict[str, tuple[str, ...]] = {
    "shoes": (
        "35",
        "36",
        "37",
        "38",
        "39",
        "40",
        "41",
        "42",
        "43",
        "44",
        "45",
        "40.5",
        "42.5",
        "EU 41",
        "US 9",
        "10.5",
    ),
    "clothes": (
        "XS",
        "S",
        "M",
        "L",
        "XL",
        "XXL",
        "3XL",
        "均码",
        "155/80A",
        "160/84A",
        "165/88A",
        "170/92A",
        "175/96A",
        "small",
        "medium",
        "large",
    ),
    "bags": ("20寸", "24寸", "28寸", "15L", "25L", "30L", "小号", "中号", "大号", "20-inch"),
    "tech": (
        "64GB",
        "128GB",
        "256GB",
        "1TB",
        "13-inch",
        "15.6-inch",
        "27-inch",
        "24寸",
        "1m",
        "2m",
        "标准版",
        "高配版",
    ),
    "kitchen": ("350ml", "500ml", "750ml", "1L", "1.5L", "24cm", "28cm", "30cm", "2只装", "6只装"),
    "home": ("1.2m", "1.5m", "1.8m", "120×200cm", "150×200cm", "180×200cm", "40×60cm", "单人", "双人", "queen", "king"),
    "food": ("100g", "250g", "500g", "1kg", "5kg", "12包", "礼盒装", "500ml"),
    "beauty": ("50ml", "100ml", "200ml", "500ml", "30g", "100g", "3支装"),
    "toys": ("500片", "1000片", "S", "M", "L", "10kg", "5kg", "2人", "3-4人", "183×61cm"),
    "books": ("A4", "A5", "B5", "32K", "平装", "精装", "hardcover", "paperback"),
    "pets": ("1kg", "2kg", "10kg", "小号", "大号", "15cm", "20cm", "6L"),
}

# attribute (Chinese name, English name) → values (Chinese, English)
Attribute = tuple[tuple[str, str], tuple[tuple[str, str], ...]]
_MATERIALS = (
    ("纯棉", "cotton"), ("聚酯纤维", "polyester"), ("羊毛", "wool"), ("真皮", "leather"), ("帆布", "canvas"), ("尼龙", "nylon"), ("不锈钢", "stainless steel"),
    ("陶瓷", "ceramic"), ("玻璃", "glass"), ("硅胶", "silicone"), ("铝镁合金", "aluminium"), ("实木", "solid wood"), ("竹", "bamboo"), ("亚麻", "linen"),
    ("网布", "mesh"), ("塑料", "plastic"), ("100%棉", "100% cotton"), ("锦纶85% 氨纶15%", "85% nylon, 15% spandex"), ("304不锈钢", "304 stainless steel"),
    ("鹅绒", "goose down"), ("记忆棉", "memory foam"), ("麂皮", "suede"), ("ABS", "ABS"), ("PU革", "faux leather"), ("桑蚕丝", "mulberry silk"),
)  # fmt: skip
_ORIGINS = (
    ("浙江义乌", "Yiwu"), ("广东", "Guangdong"), ("福建泉州", "Quanzhou"), ("中国大陆", "China"), ("日本", "Japan"), ("德国", "Germany"), ("越南", "Vietnam"),
    ("意大利", "Italy"), ("云南普洱", "Yunnan"), ("新疆", "Xinjiang"), ("韩国", "Korea"), ("澳大利亚", "Australia"), ("泰国", "Thailand"),
)  # fmt: skip
_YES_NO = (
    ("是", "yes"),
    ("否", "no"),
    ("支持", "supported"),
    ("不支持", "not supported"),
    ("有", "yes"),
    ("无", "none"),
)
_NUMBERED = {
    "g": ("重量", "weight"), "kg": ("净重", "net weight"), "ml": ("容量", "capacity"), "L": ("容积", "volume"), "cm": ("长度", "length"), "W": ("功率", "power"),
    "mAh": ("电池容量", "battery"), "GB": ("内存", "memory"), "寸": ("屏幕尺寸", "screen size"), "-inch": ("屏幕", "screen size"), "个月": ("保修", "warranty"),
    " months": ("质保期", "warranty"), "天": ("保质期", "shelf life"), "岁": ("适用年龄", "age"), "小时": ("续航", "battery life"), " hours": ("续航时间", "battery life"),
    "mm": ("厚度", "thickness"), "片": ("片数", "pieces"), " pieces": ("数量", "piece count"), "米": ("线长", "cable length"), "支": ("每包数量", "pack size"), "": ("页数", "pages"),
}  # fmt: skip
NUMBERED_ATTRIBUTES = tuple(_NUMBERED.items())
WORDED_ATTRIBUTES: tuple[Attribute, ...] = (
    (("材质", "material"), _MATERIALS), (("面料", "fabric"), _MATERIALS), (("鞋面材质", "upper material"), _MATERIALS), (("内胆", "liner"), _MATERIALS),
    (("产地", "origin"), _ORIGINS), (("生产地", "country of origin"), _ORIGINS), (("防水", "waterproof"), _YES_NO), (("可机洗", "machine washable"), _YES_NO),
    (("蓝牙", "bluetooth"), _YES_NO), (("快充", "fast charging"), _YES_NO), (("保修卡", "warranty card"), _YES_NO),
    (("防水等级", "water resistance"), (("IPX4", "IPX4"), ("IPX7", "IPX7"), ("IP68", "IP68"), ("50米防水", "50 m"), ("不防水", "not resistant"), ("生活防水", "splash proof"))),
    (("版型", "fit"), (("宽松", "loose"), ("修身", "slim"), ("直筒", "straight"), ("标准", "regular"))),
    (("季节", "season"), (("春秋", "spring and autumn"), ("夏季", "summer"), ("冬季", "winter"), ("四季", "all seasons"))),
    (("袖长", "sleeve length"), (("长袖", "long"), ("短袖", "short"), ("无袖", "sleeveless"))),
    (("领型", "neckline"), (("圆领", "crew neck"), ("V领", "V-neck"), ("立领", "stand collar"), ("翻领", "turn-down"))),
    (("接口", "port"), (("USB-C", "USB-C"), ("Lightning", "Lightning"), ("HDMI", "HDMI"), ("Micro USB", "Micro USB"), ("3.5mm 圆孔", "3.5 mm jack"))),
    (("轴体", "switch type"), (("红轴", "linear"), ("青轴", "clicky"), ("茶轴", "tactile"))), (("背光", "backlight"), (("RGB", "RGB"), ("白光", "white"), ("无", "none"))),
    (("口味", "flavour"), (("原味", "original"), ("香草", "vanilla"), ("麻辣", "spicy"), ("抹茶", "matcha"), ("海盐", "sea salt"), ("椰香", "coconut"))),
    (("储存方式", "storage"), (("阴凉干燥处", "cool and dry"), ("冷藏", "refrigerate"), ("避光保存", "keep from light"))),
    (("适用肤质", "skin type"), (("所有肤质", "all skin types"), ("敏感肌", "sensitive"), ("油性", "oily"), ("干性", "dry"))),
    (("作者", "author"), (("林一白", "Ada Brook"), ("周远山", "John Marsh"), ("陈小舟", "Mia Fields"), ("何青", "Peter Lane"))),
    (("装帧", "binding"), (("平装", "paperback"), ("精装", "hardcover"), ("线装", "thread-bound"))),
    (("风格", "style"), (("简约", "simple"), ("复古", "retro"), ("田园", "country"), ("现代", "modern"), ("日式", "Japanese"))),
    (("适用人群", "for"), (("成人", "adults"), ("儿童", "children"), ("男士", "men"), ("女士", "women"), ("通用", "everyone"))),
    (("包装", "packaging"), (("礼盒", "gift box"), ("纸盒", "carton"), ("袋装", "bag"), ("散装", "loose"))),
    (("系统", "operating system"), (("安卓", "Android"), ("鸿蒙", "HarmonyOS"), ("Windows 11", "Windows 11"))),
    (("执行标准", "standard"), (("GB/T 18401", "GB/T 18401"), ("FZ/T 81007", "FZ/T 81007"), ("A类", "class A"), ("QB/T 1333", "QB/T 1333"))),
    (("洗涤说明", "care"), (("手洗", "hand wash only"), ("不可漂白", "do not bleach"), ("30度水洗", "wash at 30 degrees"), ("请勿烘干", "do not tumble dry"))),
    (("适用场景", "use"), (("跑步", "running"), ("通勤", "commuting"), ("登山", "climbing"), ("居家", "home"), ("露营", "camping"), ("办公室", "office"))),
)  # fmt: skip
# for column names that no shop of the lexicon has: two parts make a name
ATTRIBUTE_PARTS_ZH = ("包边", "内衬", "外壳", "底部", "表带", "杯盖", "温控", "供货", "检测", "季度", "安全", "会员", "配送", "表面", "型号", "规格", "款式", "工艺", "功能", "方式", "等级", "范围", "说明", "类别", "编号", "时长", "形状", "图案")  # fmt: skip
ATTRIBUTE_PARTS_EN = ("item", "goods", "pack", "handle", "frame", "cover", "lid", "band", "heel", "sole", "grade", "level", "type", "count", "height", "width", "depth", "shape", "finish", "pattern", "model", "speed", "range", "class", "resolution", "refresh rate", "connectivity", "compatibility", "noise control", "room size", "filter")  # fmt: skip

LOCATION_STYLES = ("{A}{n}", "{A}{n}-{nn}", "{A}-{n}", "{A}{nn}", "{A}-{nn}-{n}", "{n}-{nn}", "{A}区{n}排", "{n}号架", "{A}{n}货架", "仓库{A}-{n}", "{n}楼{A}区", "Aisle {n}", "Shelf {A}{n}", "Rack {nn}", "Back room {A}", "{A}{A}{nn}")  # fmt: skip
STORES = (
    ("总店", "Main Store"),
    ("人民路店", "People's Road"),
    ("滨江店", "Riverside"),
    ("大学城店", "Campus"),
    ("机场店", "Airport"),
    ("西门店", "West Gate"),
)
CARRIERS = (
    ("顺丰", "SF Express"),
    ("中通", "ZTO"),
    ("圆通", "YTO"),
    ("京东物流", "JD Logistics"),
    ("邮政", "China Post"),
    ("韵达", "Yunda"),
    ("快达", "Quick Parcel"),
)
ORDER_STATUS = (
    ("已发货", "shipped"), ("待发货", "waiting to ship"), ("已签收", "delivered"), ("运输中", "in transit"), ("已取消", "cancelled"), ("待付款", "unpaid"),
    ("退款中", "refund in progress"), ("已完成", "completed"), ("处理中", "processing"), ("pending", "pending"), ("已退款", "refunded"), ("派送中", "out for delivery"),
)  # fmt: skip

POLICIES: tuple[tuple[str, str], ...] = (
    ("退换货政策", "Returns and Exchanges"), ("退货说明", "Return Policy"), ("换货流程", "How to Exchange"), ("保修条款", "Warranty"), ("配送说明", "Delivery"),
    ("运费标准", "Shipping Costs"), ("发票开具", "Invoices"), ("会员积分", "Member Points"), ("支付方式", "Payment Methods"), ("价格保护", "Price Protection"),
    ("门店营业时间", "Opening Hours"), ("礼品卡使用", "Gift Cards"), ("质量问题处理", "Faulty Goods"), ("到店自提", "Store Pickup"), ("隐私说明", "Privacy"),
    ("尺码建议", "Size Advice"), ("七天无理由退货", "Seven-Day Returns"), ("维修服务", "Repairs"), ("海外配送", "International Shipping"), ("预订规则", "Pre-orders"),
    ("退款时间", "Refund Times"), ("食品退货", "Food Returns"), ("安装服务", "Installation"), ("失物招领", "Lost and Found"), ("团购须知", "Group Orders"),
)  # fmt: skip
PROMOTIONS: tuple[tuple[str, str], ...] = (
    ("双十一满减", "Singles Day Sale"), ("周末特惠", "Weekend Special"), ("会员日", "Member Day"), ("新客立减", "Newcomer Discount"), ("换季清仓", "Season Clearance"),
    ("买二送一", "Buy Two Get One"), ("第二件半价", "Second Half Price"), ("开学季", "Back to School"), ("年货节", "New Year Fair"), ("店庆活动", "Anniversary Sale"),
    ("满减券", "Money Off Coupon"), ("限时抢购", "Flash Sale"), ("圣诞优惠", "Christmas Offer"), ("清凉一夏", "Summer Deal"), ("黑色星期五", "Black Friday"),
)  # fmt: skip
PROMOTION_BODIES: tuple[tuple[str, str], ...] = (
    ("满 {a} 元减 {b} 元", "{b} off orders over {a}"), ("全场 {d} 折", "{p}% off everything"), ("满{a}减{b}，可叠加会员积分", "Spend {a}, save {b}; points still count"),
    ("指定商品第二件 {d} 折", "{p}% off the second item"), ("买 {n} 件送 1 件", "Buy {n}, get 1 free"), ("会员专享立减 {b} 元", "Members save {b}"),
    ("鞋类满 {a} 元减 {b} 元，限线下门店", "{b} off footwear over {a}, in store only"), ("消费满 {a} 元送帆布袋一个", "A free tote bag with orders over {a}"), ("新品八折起", "New arrivals from {p}% off"),
)  # fmt: skip
