"""The names people give to columns, per kind and field, the better name first.

A header is compared folded and without spaces, dashes, underscores and brackets:
`Compare at price` → `compareatprice`, `售价(元)` → `售价`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from shopdesk.core.text import fold


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """The form in which headers are compared."""
    text = re.sub(r"[(（\[【<].*?[)）\]】>]", "", fold(header)) or fold(header)
    return re.sub(r"[\W_]+", "", text)


def unit_in(header: str) -> str:
    """What stands in brackets after a header, folded: `售价（分）` → `分`."""
    match = re.search(r"[(（\[【](.*?)[)）\]】]", header)
    return fold(match[1]) if match else ""


def _names(text: str) -> tuple[str, ...]:
    """Names parted by bars or line ends, each once, in order of preference."""
    return tuple(dict.fromkeys(normal(name) for name in re.split(r"[|\n]", text) if name.strip()))


# Money fields end in _minor, as their columns do; `options` is a cell that holds several name: value pairs.
PRODUCT: Mapping[str, tuple[str, ...]] = {
    "sku": _names(
        """sku|sku code|sku id|sku编码|sku编号|sku码|商品sku|规格编码|商品编码|商品编号|货号|款号|产品编号|产品编码
        商品货号|编码|物料编码|物料号|品号|存货编码|商家编码|variant sku|seller sku|goods sn|product sn|sku no
        item no|item number|item code|item id|article number|article no|style code|style no
        product code|product number|part number|variant id|code|编号|商品代码|代码|id|商品id|goods id
        product id|asin"""
    ),
    "group_key": _names(
        """group|group id|variant group|parent sku|parent id|parent asin|parent|item group id|spu
        spu id|spu编码|spu编号|spu code|product id|goods id|handle|款式编码|父sku|父商品|主商品编码|商品组
        系列编号|款号"""
    ),
    "name": _names(
        """name|product name|商品名称|名称|品名|产品名称|商品名|货品名称|产品名|存货名称|物料名称|商品标题|宝贝标题
        标题|title|product title|item name|goods name|item|product|商品|产品|name zh|中文名|中文名称|名称中文
        chinese name|label|display name"""
    ),
    "name_en": _names(
        """name en|english name|title en|product name en|英文名|英文名称|英文品名|名称英文|en name|商品英文名"""
    ),
    "name_zh": _names("name zh|name cn|chinese name|title zh|中文名|中文名称|名称中文|中文品名"),
    "brand": _names(
        """brand|品牌|brand name|品牌名称|商品品牌|牌子|manufacturer|vendor|maker|supplier|制造商|厂商|生产厂家
        厂家"""
    ),
    "category": _names(
        """category|类别|分类|品类|商品分类|商品类别|类目|商品类目|category name|product category name|产品分类
        product category|product type|categories|department|type|种类|大类|google product category"""
    ),
    "price_minor": _names(
        """price|售价|零售价|现价|销售价|销售价格|价格|单价|sale price|selling price|retail price|variant price
        current price|unit price|our price|门店价|会员价|价钱|price cents|price in cents|price fen
        price minor|售价分|价格分|amount|促销价|优惠价|活动价|price incl tax|price cny|price usd"""
    ),
    "list_price_minor": _names(
        """list price|市场价|原价|吊牌价|划线价|标价|指导价|建议零售价|counter price|original price|msrp|rrp
        compare at price|variant compare at price|regular price|was price|market price|tag price
        full price|list price cents|专柜价"""
    ),
    "currency": _names("currency|币种|货币|currency code|price currency|币别|货币单位"),
    "stock": _names(
        """stock|库存|库存数量|库存量|现有库存|可用库存|可售库存|数量|stock quantity|stock qty|qty|quantity
        inventory|variant inventory qty|on hand|quantity on hand|in stock qty|number|num in stock
        stock level|实际库存|结存|结存数量|剩余|units|available quantity|available stock"""
    ),
    "available": _names(
        """available|availability|有货|是否有货|库存状态|现货|in stock|is available|stock status|有无货|供货状态"""
    ),
    "unit": _names("unit|单位|计量单位|销售单位|uom|unit of measure|商品单位"),
    "barcode": _names(
        """barcode|条码|条形码|商品条码|国际条码|bar code|ean|ean13|upc|gtin|variant barcode|isbn|国条码|ean code
        upc code|69码"""
    ),
    "color": _names("color|colour|颜色|色彩|颜色分类|颜色名称|color name|colour name|商品颜色|花色"),
    "size": _names("size|尺码|尺寸|规格|码数|size name|商品规格|型号规格|规格型号|鞋码|尺码规格|大小"),
    "location": _names(
        """location|货位|库位|货架|货架号|货架位|仓位|位置|陈列位置|存放位置|shelf|bin|bin location|aisle
        shelf location|储位|柜位|架位"""
    ),
    "description": _names(
        """description|描述|商品描述|产品描述|商品介绍|产品介绍|介绍|简介|商品简介|brief|short description|summary
        body html|body|detail|details|详情|商品详情|详细描述|desc|卖点|sub title|subtitle|副标题|说明|备注
        long description|detail html|detail desc|product description"""
    ),
    "image": _names(
        """image|图片|主图|商品图片|image url|image src|picture|pic|pic url|photo|图片链接|图片地址|主图链接|img
        thumbnail|variant image|image link"""
    ),
    "store": _names(
        """store|门店|店铺|分店|门店名称|shop|branch|store name|store code|门店编码|仓库|warehouse"""
    ),
    "options": _names(
        """options|option|specifications|specification|spec|specs|规格属性|属性|商品属性|sp data|variant
        variants|attributes|attribute|variation|销售属性|参数|规格参数"""
    ),
}  # fmt: skip

POLICY: Mapping[str, tuple[str, ...]] = {
    "key": _names("key|slug|policy id|编号|代码|code|id|政策编号"),
    "title": _names(
        """title|标题|问题|question|政策名称|政策|名称|name|q|主题名称|条目|policy|heading|subject|提问|问"""
    ),
    "body": _names(
        """body|内容|正文|答案|回答|answer|content|text|a|政策内容|说明|描述|description|详情|details|条款|规定|答
        回复|reply"""
    ),
    "topic": _names("topic|主题|分类|类别|category|类型|type|标签|section"),
    "language": _names("language|语言|lang|locale|语种"),
}

PROMOTION: Mapping[str, tuple[str, ...]] = {
    "code": _names(
        """code|优惠码|优惠券码|券码|活动编号|活动编码|促销编号|promo code|coupon code|promotion id|discount code
        编号|编码|id"""
    ),
    "title": _names(
        """title|name|标题|名称|活动名称|促销名称|优惠券名称|优惠名称|活动|促销活动|promotion|promotion name
        coupon name|coupon|offer"""
    ),
    "name_en": _names("title en|name en|英文名称|英文标题"),
    "type": _names("type|类型|活动类型|促销类型|优惠类型|优惠方式|promotion type|discount type|kind"),
    "threshold_minor": _names(
        """threshold|门槛|满额|使用门槛|满|最低消费|满减门槛|满金额|min|min point|minimum|minimum spend|min spend
        min amount|full price|minimum order|满足金额"""
    ),
    "discount": _names(
        """discount|优惠|减免|折扣|优惠金额|面额|减|立减|amount|reduce price|value|discount value|力度|优惠力度
        优惠内容|折扣率"""
    ),
    "currency": _names("currency|币种|货币"),
    "starts": _names(
        """starts|开始|开始时间|开始日期|生效日期|start|start date|start time|valid from|from|起始日期|生效时间
        starts at|活动开始"""
    ),
    "ends": _names(
        """ends|结束|结束时间|结束日期|失效日期|截止日期|end|end date|end time|valid to|valid until|until|expires
        到期|截止时间|ends at|活动结束|有效期至"""
    ),
    "scope": _names("scope|范围|适用范围|适用商品|适用门店|applies to|use type|适用|参与商品|适用品类"),
    "body": _names(
        """body|内容|说明|描述|description|desc|details|规则|活动规则|活动内容|细则|note|备注|活动说明|使用说明
        terms"""
    ),
}  # fmt: skip

ORDER: Mapping[str, tuple[str, ...]] = {
    "number": _names(
        """number|order number|订单号|订单编号|单号|order sn|order no|order id|订单id|交易号|name|id"""
    ),
    "status": _names("status|状态|订单状态|order status|fulfillment status|物流状态|financial status"),
    "placed_at": _names(
        """placed at|下单时间|下单日期|order date|created at|create time|add time|date|日期|时间|订单时间|创建时间
        ordered at|placed"""
    ),
    "total_minor": _names(
        """total|订单金额|总金额|总价|实付金额|实付|合计|金额|pay amount|total amount|order total|grand total
        amount|total price|应付金额"""
    ),
    "currency": _names("currency|币种|货币"),
    "carrier": _names(
        """carrier|快递公司|物流公司|承运商|delivery company|快递|物流|shipping carrier|courier|ship channel
        配送方式|shipping method"""
    ),
    "tracking": _names(
        """tracking|运单号|快递单号|物流单号|tracking number|tracking no|delivery sn|ship sn|waybill|物流编号
        tracking id"""
    ),
    "expected_at": _names(
        """expected at|预计送达|预计到达|预计送达时间|预计到货|eta|expected|expected delivery|delivery date
        estimated delivery|预计时间"""
    ),
    "customer": _names(
        """customer|顾客|客户|收货人|买家|customer name|姓名|buyer|consignee|user name|联系人|会员|billing name
        shipping name|客户姓名"""
    ),
    "lines": _names(
        """lines|items|商品|明细|商品明细|订单明细|商品清单|order items|products|line items|购买商品"""
    ),
}  # fmt: skip

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "product": PRODUCT, "policy": POLICY, "promotion": PROMOTION, "order": ORDER,
}  # fmt: skip

# Columns that machines keep for themselves; no clerk is ever asked about them.
JUNK = frozenset(
    _names(
        """add time|update time|create time|modify time|created at|updated at|created|modified|deleted
        delete status|is deleted|sort|sort order|order num|position|gallery|album pics|pics|images
        url|share url|link|product url|pic url|icon url|image position|image alt text|version
        seo title|seo description|category id|brand id|product category id
        product attribute category id|feight template id|freight template id|supplier id|creator
        operator|detail mobile html|service ids|variant inventory tracker|variant inventory policy
        variant fulfillment service|variant requires shipping|variant taxable|variant tax code
        published|gift growth|gift point|use point limit|preview status|verify status|new status
        recommand status|sale|low stock|lock stock|cost per item|floor price|创建时间|更新时间|修改时间|添加时间
        排序|是否删除|链接|商品链接|操作人|创建人"""
    )
)

DELETED = frozenset(_names("deleted|delete status|is deleted|是否删除"))
# Flags that mean something only when they differ from what everybody assumes.
ON_SALE = frozenset(_names("is on sale|on sale|publish status|是否上架|上架状态"))
NOVELTY = frozenset(_names("is new|is hot|is recommend|is best|new|hot"))
PROSE = frozenset(PRODUCT["description"])
CENTS = ("cents", "fen", "minor", "分")


def cents_in(header: str) -> bool:
    """Whether a money column's header says that it counts minor units."""
    return normal(header).endswith(CENTS) or unit_in(header) in ("分", "cents", "cent", "fen")
