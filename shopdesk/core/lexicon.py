"""The words that shop questions are made of, in Chinese and English: what is asked, how, and filler.

All patterns are meant for folded text (:func:`shopdesk.core.text.fold`), so they are lower case
and half width. They know nothing of any shop: the shop's own words come from its rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from shopdesk.core.late import late
from shopdesk.core.numbers import ENGLISH, MEASURES


def _any(*patterns: str) -> re.Pattern[str]:
    # re.ASCII: to \\b a Chinese character is no letter, so "凤梨酥的price" has a word "price"
    return late("|".join(f"(?:{pattern})" for pattern in patterns), re.ASCII)


ASKED_FIELDS: Mapping[str, re.Pattern[str]] = {
    "list_price": _any(
        r"原价|本来(?:要|卖|是)?(?:多少)?|原先|以前(?:卖|要)?|(?:没|未)?降(?:价)?(?:之|以)?前(?:是|要|卖)?|(?:没|未)降(?:价)?(?:的时候|那会儿?)|(?:打折|优惠|降价|促销)之前|之前(?:卖|要|是)(?:多少)?|市场价|吊牌价?|划线价|专柜价|(?:厂商|官方)?指导价|建议零售价?|官方价|参考价|定价|牌价|打折前|折前|降价前|优惠前|(?:(?<!有)没有?|不|未)(?:搞|做|参加)?(?:打折|活动|优惠|降价|促销|折扣)(?:的时候|那会儿?|时|前|的话)?|原来(?:要|卖|是|标|定)?(?:的价|多少)|正价|划(?:掉|去)的?(?:那个)?(?:价钱?|是)?|吊牌上|平时(?:卖|的价|价)|(?:打折|活动|促销|优惠|降价)(?:之|以)?前|以前(?:标|的价)|原(?:先|本)的?(?:标价|价)|厂家建议价?",
        r"\bwas[ -]price\b|\b(?:list|original|regular|full|retail list|suggested|undiscounted|normal|usual|old|sticker|tag|counter|market)[ -](?:retail )?price\b|\b(?:msrp|rrp)\b|\bbefore (?:the |any |its )?(?:price )?(?:discount|markdown|sale|reduction|drop|cut)s?\b",
        r"\boriginally\b|\bwhat was (?:it|that|the price)(?: before(?: (?:the |any |its )?(?:price )?(?:discount|markdown|sale|reduction|drop|cut)s?)?)?\b|\b(?:was|has) (?:it|that|this) always(?: been)?(?: that| this)?(?: much| price)?\b|\bbefore(?= ?\?|$)|\bbefore (?:it|that|they|we) (?:was|were|got|went|had|came|cut|marked|reduced|discounted)\b(?: (?:marked|reduced|discounted|cut|on|down)\b)*|\bundiscounted\b|\b(?:what(?:'s| is| does) (?:it|that|this)|its?) (?:normally|usually)\b|\bnormally\b|\bwithout (?:any |the )?(?:discount|promotion|offer)\b|\bcrossed[ -]out\b|\buse[d]? to (?:be|cost|sell|go)\b(?: for)?|\bfull whack\b|\bnot on (?:sale|offer)\b",
    ),
    "price": _any(
        r"(?:得|要|该)花(?:多少|几)(?:钱|银子|块)?|多少(?:钱|元|块|米|银子)|多钱|几多钱|几块|几元|几钱|什么价(?:格|位|钱)?|啥价(?:格|位|钱)?|[咋怎][么样]?卖|卖(?:多少|几|什么价|啥价)|(?<!原)(?<!市场)价(?:格|钱|位)|售价|现价|卖价|零售价|单价|报价|标价|成交价|折后价?|到手价?|要多少|贵不贵|贵吗|便宜吗|(?<!半)价(?=[\s,?!。的]|$)|价签|定价|要价|[收付敲打标划给按输](?:他|她|人家|客人|我|了|的)*(?:多少|几[块元])|几(?:块|十|百)钱?还是几(?:块|十|百|千)|几个钱|几(?:块|十|百)(?=来着|$|[?。,])|准备多少",
        r"\bhow much\b(?! (?:notice|time|room|space|longer|warning|memory|storage|sun|light|water)\b)(?! [^,?]{2,40} (?:is there|are there|is left|have we got)\b)|(?<!half[ -])\bpric(?:e|es|ed|ing)\b|\bcosts?\b|\bcharge\b|\bgo(?:es|ing)? for\b|\bsell(?:ing|s)? (?:it )?for\b|\bset (?:me|you|them) back\b|\bring(?:s)? (?:up|in)\b(?: at)?|\b(?:the )?damage\b|\bworth\b|\bask(?:ing)? for\b|\bwhat (?:do|should|would|will|must|does|did|could) (?:\w+ ){1,3}(?:pay|charge|owe|want for|take for|ask for|put in)\b|\bwhat(?:'s| is) (?:the|his|her|their) bill\b|\b(?:have|got) it at\b|\bretail\b|\bexpensive(?= ?\?|$)",
    ),
    "stock": _any(
        r"(?:还|只)?剩(?:下|余|了)?(?:几|多少)[件个双条只支套台盒把床顶根瓶罐包袋卷块桶箱副对张本棵株盆斤枚束米]?|(?<=\s)[存库](?=\s|$)|还?剩不剩|库存|有货|现货|存货|缺货|断货|没货|无货|到货|有没有货|还有(?=吗|没|么|多少|几|货|$|\?)|还剩|剩下?(?:多少|几)|剩余|余量|剩不剩|卖完|卖光|售罄|卖断|卖没|(?:是不是|已经|都)没了|没了(?=吗|么|没|[?。,]|$)|(?<!买)够(?:吗|么|不够(?![买付])|不(?!够)|卖)|还够|压了|账上|(?:库|仓|仓库|库房|后仓|后面|后头)里?还?有|存量|留(?:得住|一[个件双])|拿得出|匀一|现拿|现成的|还能(?:再)?卖|(?:马上|直接|今天|现在|立刻)能?(?:拿|提|发)(?:到|走|货)|能(?:马上|直接|现在|今天)(?:拿|提|发)|能发货|发得(?:出来?|了|走)|[还再]有(?=没有|没|不)|还有(?=啊|不|呢|的话)|还有现?(?:货|的)|有多少(?:件|个|双|条|只|支|套|台|盒|把|床)|[有剩](?:几|多少)(?:件|个|双|条|只|支|套|台|盒|把|床)(?!码|尺|颜|色|号|口味|味|款|版|品种)|[压堆囤躺备存剩留]着(?:的?货)?(?:多少|几|没|吗|呢|有)|数量",
        r"\bhow much (?=[^,?]{2,40} (?:is there|are there|is left|have we got)\b)|^(?:and )?(?:is|are)\b(?= (?:the|that|those|these|our|your)\b[^,]+ in ?\??$)|\bstk\b|\bsoh\b|\b(?:in|out of|any|have) stock\b|\bstock(?:ed|s)?\b|\bavailab(?:le|ility)\b|\bhow many\b(?! (?:kinds|types|models|different|sorts|styles|colou?rs|sizes|shades|flavou?rs|varieties|versions|options|finishes|widths|lengths))|\b(?:any|some|more|ones?) left\b|\bleft\b|\bsold out\b|\binventory\b|\bon hand\b|\bon the shel(?:f|ves)\b|\bquantity\b|\bqty\b|\bout back\b|\b(?:run|ran|running) (?:out|low)\b|\bremain(?:s|ing)?\b|\bwalk out with\b|\bspare\b|\bstock ?room\b|\bsitting on\b|^got (?:it|any|one|some|them)(?= ?\?| in\b)|\b(?:still|have|we've|you've) got (?:it|one|any|some|them|this|that)\b|\bstill got\b|\bhave (?:it|one|any)\b|\bout of the\b(?! box)|\bunits\b|\b(?:have|has|do) (?:we|you|they) (?:got|have) (?:any|some|one|it)\b|\bcount of\b|\bright now\b|\b(?:are|is) (?:they|it|there any) there\b|\bto be had\b|\bstock ?wise\b|\bare we out\b|\btoday(?= ?\?|$)",
    ),
    "location": _any(
        r"(?:挂|放|摆|搁|存|停|收|码|堆)(?:在|到|着)?第?几[号排层格区架柜](?:[\u4e00-\u9fff](?=\W|$))?|(?:[放搁摆存收挂停堆码]?在|[放搁摆挂停堆码])?哪(?:一)?个?(?![种款样家些年天时国])[^\s,，。?？吗呢的]{0,2}?(?:柜|架|台|展位|点位|层|排|区|墙|抽屉|筐|桶|棚|间|箱|格|仓|室|挂钩|冰箱)子?|挂(?:在)?哪(?:里|儿|个?地方)?|停(?:在|到)?哪(?:里|儿)?了?|在哪(?:里|儿|个?位置|边|一?排|个?架)?(?:[放摆搁挂停堆]着)?|哪里(?:能|可以)?(?:找|拿|放)|放(?:在)?哪(?:里|儿|个?(?:货架|架子?|柜子?|位置|地方))?|摆(?:在)?哪(?:里|儿)?|哪(?:个|一?排|一?层)?(?:货架|架子?|柜子?|货位|位置)|货位|货架|库位|架位|陈列位置?|[放摆搁存]?在?(?:什么|哪个?)(?:位置|地方)|在[^\s,，。?]{1,6}?哪(?:里|儿|个?位置|边|一?排|块|区|层)|位置在?|几号(?:架|柜|货位)|往哪(?:里|儿|边|摆|放|走)?|[搁塞藏收堆上摆](?:在|到)?哪(?:里|儿|个?位置|个?地方|边)?|去哪(?:里|儿|边|个?架)?(?:能|可以)?(?:找|拿|取)?|哪(?:一|个)?(?:边|排|块|区|层|角落|架|地方|位置)|找不[着到]|指个路|怎么走|第?几(?:号)?(?:排|架|柜|区|层|格|台|箱|冷柜|冰柜|货架|展台|展柜|抽屉)(?!多少)|[放摆搁存在][a-z]区?几(?!天|年|个?月|小时)|哪个?(?:冷柜|冰柜|展台|展柜|抽屉|筐|桶|墙|棚|间)",
        r"\bwhere(?:'s|s|abouts)?\b|\bloc\b|\blocat(?:ed|ion)\b|\b(?:which|what) (?:shelf|aisle|bin|rack|row)\b|\baisle\b|\b(?:shelf|bin) (?:number|location|code)\b|\b(?:which|what) (?:spot|place|section|corner|shelves|part of the shop)\b|\bpoint me (?:to|towards?)\b|\b(?:can't|cannot|can not) find\b|\blives?\b(?= ?\?|$)|\b(?:right|which|what) (?:spot|bay|place)\b|\bwhere ?abouts\b|\bfetch\b|\bput (?:it|this|that|them|\w+(?: \w+){0,6}) back\b|\bkept\b|\bshelf\b|\b(?:which|what) (?:bench|stand|shelf|shelves|rack|bay|bin|drawer|counter|cabinet|cupboard|wall|table|zone|tray|hook|row|crate|pallet|display|fridge|freezer|cooler|chiller|case|peg|unit|cage|bucket) (?=(?:has|have|holds?|would|do|does|is|are|can|for)\b)|\b(?:which|what) (?!size|colou?r|language|order|store|shop|branch|city|country|condition|stock|currency|season|year|month|day|time|way|shape|material|range|state|offer|deal|sale|promotion|discount|price|promo|age|page)[a-z]+ (?=(?:is|are|was|were|do|does|did|can)\b.+\b(?:in|on|at|under|lives?|kept|sits?|hang(?:s|ing)?)(?: ?[?.!]|$))|\b(?:on|in) the (?:floor|shelf|rack|warehouse|back|stockroom|window|basement|display)(?= or )|(?<= or )(?:on|in) the (?:floor|shelf|rack|warehouse|back|stockroom|window|basement)\b",
    ),
    "sku": _any(
        r"(?:商品|产品|货品|货物|款式|条目|内部)?(?:(?<=货品|款式|条目|内部)[码号]|(?<![a-z])sku(?![a-z])|货号|编号|编码|款号|料号|代码|商品号|产品号|产品码|货码|(?:零|配|部|工)件号|[酒书茶药图品件机版]号|(?<=的)(?!型号|色号|批号|[大中小几均尺鞋条单]|国际|电话|手机|订单|运单|快递|房|座)[\u4e00-\u9fff]{1,3}[号码](?=是|多少|给|报|呢|\W*$)|(?:零|配|部)件(?:号|编[号码])|花(?:型|色|版)?号|存货号|库存号|物料号|(?<!什么)(?<!哪些)(?<!啥)(?<!适用)(?<!规格)型号(?=是|多少|给|报|呢|\W*$)|自己编的(?:那个)?号?|编的(?:那个)?(?:号|是)|\bid\b)(?:码|号)?",
        r"\bsku\b|\b(?:plu|asin|mpn)\b|\bcat(?:alogue|alog)?\.? (?:no\b\.?|number|#)|\bcoded\b|\b(?:what|which) code\b|\b(?:item|product|article|stock|part|model|style|internal|system) ?(?:code|number|no\b\.?|id|ref(?:erence)?|#)(?= |\?|$|,|\.)|\b(?:code|number(?! (?!of|for|on|is|please|the|and|in|to|from|you|we|does|do|it|this)[a-z]+)|id|ref(?:erence)?)(?= |\?|$|,|\.)|\bno\.(?= |\?|$)",
    ),
    "barcode": _any(r"条形?码|国际码|69码|商品码|(?:手输|底下|那串|一串)的?(?:那串)?数字|那串数字|码(?=刮|糊|扫)", r"\b(?:bar ?code|ean|upc|gtin|isbn)\b|\bwhat digits\b|\bnumber under the (?:lines|bars)\b"),
    "brand": _any(r"什么牌子?|哪个?(?:牌子|品牌)|(?:品牌|牌子)|哪家(?:的|出|做|产|公司|厂)|哪个?(?:厂|公司)|哪家.{0,3}(?:生产|制造)|谁家(?:的|出|做|产)|(?:谁|谁家|哪家|哪里)(?:供|进)的?货?|什么厂|出版社|厂家(?!建议|指导)|供[应货]商", r"\b(?:which|what) (?:brand|make|company|manufacturer)\b|\bmanufacturer\b|\bbrand\b|\bwhose (?:make|brand)\b|\bwho(?:'s| is| are)(?= .+ by(?: ?\?|$))|\bwho (?:makes?|produces?|manufactures?|brews?|roasts?|publishe[sd]|bakes?|distils?|suppli(?:es|ed))\b|\b(?:publisher|maker|producer|roaster|brewer|winery|supplier|vendor)\b|\b(?:who|where) (?:do|did) we (?:get|buy|order)\b(?=.+ from\b)"),
    "category": _any(r"类别|分类|品类|哪一?类|什么类", r"\bcategory\b|\b(?:which|what) department\b"),
    "unit": _any(r"(?:什么|哪个|计量|销售|售卖|啥)单位|单位(?=是|[?。!？]|$)|按什么卖|论(?:什么|件|条|个)卖?", r"\b(?:sales|selling)? ?unit\b|\bsold (?:by|per)\b"),
    "description": _any(r"介绍|简介|卖点|特点|亮点|描述|怎么样|详情|什么样|讲讲|有啥好", r"\bdescri(?:be|ption)\b|\btell me (?:more )?about\b|\bdetails?\b|\bselling points?\b|\bspecial about\b"),
    "color": _any(r"(?:有)?(?:什么|哪些|哪几个|哪几种|几种|几个|多少种|啥)(?:颜色|色)|颜色(?:有哪些|有什么|有几种|是什么)?|啥色", r"\b(?:what|which|how many)(?: other)? colou?rs?\b|\bcolou?rs?\b|\bcolou?r options\b"),
    "size": _any(r"尺码表|(?:有)?(?:什么|哪些|哪几个|几个?|多少个?|啥)(?:尺码|码数|尺寸|码|号(?!之?以?前|之?以?后|[能可会到开发送截结为就来取]))|(?:尺码|码数|尺寸)(?:有哪些|有什么|有几个|是多少|多大)?|多大(?:的|码|号)?", r"\b(?:what|which|how many)(?: other)? sizes?\b|\bsizes? (?:do|are|is|does|options|of|for|on)\b|\babout (?:the )?size\b|\b(?:the|its|their) sizes?\b(?! \d)|\b(?:what|which|other|different|another) sizes?\b|(?<!same )\bsize\b(?! ?(?:\d|x*[sml]\b|\d?xl\b|small|medium|large|one\b|of (?:a|an|my|his|her)\b))(?=.* (?:of|for|in|on|blank|recorded|filled)\b|\W*$)|\bhow (?:big|large)\b"),
}  # fmt: skip
"""Which field a question asks for. `price` gives way to `list_price` where only its filler matched."""

WITHOUT_OFFERS = _any(
    r"(?:先?别|不要?|不用|未|(?<!有)没有?)(?:算|计|享受?|参加|含|考虑)?上?(?:任何)?(?:打折|活动|优惠|促销|折扣|满减)(?!.{0,4}[吗么嘛])",
    r"(?:原样|照样)?[不没别]减(?![震肥少不脂]|.{0,4}[吗么嘛])|原样不(?:动|变|打折)",
    r"\b(?:before|without|ignoring|not counting|forget(?:ting)?) (?:the |any |that )?(?:[$£€] ?\d+(?:\.\d+)?|\d+(?:\.\d+)? ?(?:%|per ?cent))(?: off)?",
    r"\b(?:no|without|ignor(?:e|ing)|excluding|leav(?:e|ing) (?:out|off)|forget(?:ting)?(?: about)?|not counting|never mind|before|skip(?:ping)?) "
    r"(?:(?:any|the|all|that|your|current) )*(?:(?!(?:and|with|or)\b)[\w%$£€-]+ ){0,3}?(?:discount|offer|promotion|promo|deal|sale)s?\b(?! ?\?)",
)
"""Says that what the promotions take off is not to be counted."""
BEFORE_OFFERS = _any(
    r"折前|(?:打折|优惠|活动|促销|满减|降价)(?:之|以)?前|正价|平时|(?:不|没|未|别)(?:打折|优惠|活动|减)",
    r"\b(?:full|normal|usual|regular|standard|undiscounted) price\b|\bbefore (?:the |any )?(?:discount|offer|sale|reduction)",
)
"""Names the price that everybody pays while nothing is on offer."""
WEAK_PRICE = _any(
    r"多少(?:钱|元|块)", r"卖(?:多少|几)?", r"要多少", r"\bhow much\b", r"\bcosts?\b", r"\bpric(?:e|ed)\b"
)
"""Ways to say "how much" that belong to another price word in the same question ("原价多少钱")."""

AFTER_PROMOTIONS = _any(
    r"(?:折|券|活动|优惠|减)完?(?:之|以)?后|减\s*\d+(?:元|块)?(?:之|以)?后|(?:打折|[折减惠])下来|(?:[减折惠扣降]|活动)完|打完折|折完|(?:用|参加)(?:上)?活动|怎么买(?:才|最|更|比较)*(?:划算|便宜|省|合算)|(?:能|可以|会)(?:便宜|省|减|优惠)(?:多少|几|掉|吗)|算上(?:活动|优惠|折扣)|够(?:不够|得上)?(?:满减|减(?!肥)|活动)|能(?:不能)?(?:用|享受?|参加)上?(?:满减|活动|优惠)|(?:用|加)上?券|能(?:不能)?打折|打(?:几|多少)折",
    r"\b(?:less|minus) (?:the )?(?:[$£€¥] ?\d|\d+(?:\.\d+)? ?%)|\bwith (?:the|that|this) (?:[\w%$£€-]+ ){0,3}(?:deal|offer|discount|promo|promotion|sale|coupon|voucher|clearance)\b|\b(?:in|on|under|after) (?:the|that|this) (?:[\w%$£€-]+ ){0,3}(?:sale|clearance)\b|\b(?:is there |get )?any(?:thing)? (?:money )?(?:knocked )?off\b|\bafter (?:the |any |all )?(?:[\w%$£€-]+ ){0,2}(?:discounts?|offers?|promotions?|coupons?|deals?)\b|\bwith (?:the |any |all |a )?(?:discounts?|offers?|promotions?|coupons?)\b|\bwith (?:an? |the )?[$£€]?\d+(?: ?%| ?percent)? off\b|\bbest (?:way to buy|deal)\b|\bhow much (?:off|is off)\b|\b(?:any|what) (?:discount|deal|offer|promotion)s? (?:on|for|apply)\b",
)
"""Asks what is to pay when the promotions are counted."""

TO_PAY = _any(
    r"(?:应|要|得|该|需|实|实际|一共|总共)付(?:多少|几)|付多少|到手(?:价|多少)",
    r"\bwhat (?:do|would|will|should|must|does) (?:i|we|he|she|they|you) (?:pay|owe)\b|\bwhat(?:'s| is) (?:there )?to pay\b",
)
"""Asks what is to pay at the till."""

GOODS_ON_OFFER = _any(
    r"^(?!.*(?:店庆|周年|[节季]|会员|学生|新人|生日|双|周|假|老人|员工|店里|全场|全店))([^,]{2,12}?)(?:现在|最近|今天|这[周月])?有(?:没有)?(?:什么|啥|哪些)?(?:折扣|优惠|活动|促销|打折)",
    r"\b(?:discounts?|deals?|offers?|promotions?|coupons?) (?:on|for) (?!sale\b|offer\b|now\b|today\b|right\b|this\b|these\b|the moment\b|(?:new )?(?:members?|students?|customers?|staff)\b)([a-z][a-z -]+)",
)
"""Asks for the promotions of some goods, which it names."""

WEARERS: tuple[tuple[str, ...], ...] = (
    ("儿童", "小孩子", "小孩", "孩子", "小朋友", "宝宝", "娃", "kids", "kid", "children", "child", "junior", "juniors", "youth", "youngster"),
    ("成人", "大人", "成年人", "adults", "adult", "grown up", "grown-up", "grown ups", "grown-ups"), ("老人", "老年人", "老年", "长辈", "爷爷奶奶", "seniors", "elderly"),
    ("狗", "狗狗", "犬", "小狗", "dog", "dogs", "doggy", "doggie", "pup"), ("猫", "猫咪", "喵星人", "小猫", "cat", "cats", "kitty", "moggy"),
    ("男", "男士", "男款", "男生", "男性", "men", "men's", "male"), ("女", "女士", "女款", "女生", "女性", "women", "women's", "ladies"),
)  # fmt: skip
"""Everyday words for those whom goods are for."""

ASKS_SOMETHING = _any(
    r"什么|啥|怎么|哪|几|多|谁|能|会|吗|么|是不是|有没有",
    r"\b(?:what|which|when|who|whose|how|why|does|can|is|are|will|do)\b",
)
"""Asks something of what it names, beyond naming it."""

USES: tuple[tuple[str, ...], ...] = (
    ("家用", "家里自己用", "家里用", "自家用", "自己家用", "家庭用", "家庭使用", "home", "home use", "domestic", "household"),
    ("专业", "专业用", "professional", "trade", "pro"), ("户外", "室外", "外面用", "outdoor", "outdoors", "outside"),
    ("室内", "屋里", "indoor", "indoors"), ("办公", "办公室", "上班用", "office"), ("车载", "车用", "车上用", "开车用", "car"),
)  # fmt: skip
"""Everyday words for where and how goods are used."""

SURELY_MONEY = _any(
    r"钱|价|元|块|贵|卖", r"\bprice|\bcosts?\b|\bhow much (?:is|are|for|does|do)\b|\bin stock\b|\bleft\b"
)
"""Says that the price or the stock is asked for, whatever else is said."""

PEOPLES: tuple[tuple[str, ...], ...] = (
    ("france", "french", "法国"), ("italy", "italian", "意大利"), ("germany", "german", "德国"), ("spain", "spanish", "西班牙"), ("scotland", "scottish"),
    ("ireland", "irish"), ("wales", "welsh"), ("england", "english"), ("uk", "britain", "british", "united kingdom", "英国"), ("japan", "japanese", "日本", "日产"),
    ("china", "chinese", "中国", "国产"), ("switzerland", "swiss", "瑞士"), ("netherlands", "dutch", "荷兰"), ("sweden", "swedish", "瑞典"), ("denmark", "danish", "丹麦"),
    ("norway", "norwegian", "挪威"), ("poland", "波兰"), ("portugal", "portuguese", "葡萄牙"), ("greece", "greek", "希腊"), ("usa", "united states", "american", "美国"),
    ("australia", "australian", "aussie", "澳大利亚", "澳洲"), ("new zealand", "新西兰"), ("korea", "korean", "韩国"), ("vietnam", "vietnamese", "越南"), ("thailand", "thai", "泰国"),
    ("india", "indian", "印度"), ("belgium", "belgian", "比利时"), ("austria", "austrian", "奥地利"), ("canada", "canadian", "加拿大"), ("mexico", "mexican", "墨西哥"),
)  # fmt: skip
"""Countries, and what comes from them is called."""

HOW_MANY = _any(r"多少|几", r"\bhow many\b|\bnumber of\b")
WHOLE_SHOP = _any(
    r"全店|整个?店|(?:咱们?|我们|你们|本)店(?:里)?|店里(?:面)?(?:所有|全部)?|所有(?:商品|东西|货)",
    r"\b(?:in|of) (?:the |our |your )?(?:whole |entire )?(?:shop|store|place|catalogue|range)\b|\b(?:we|you) (?:sell|have|stock|carry|do|got)\b|\bof (?:all|everything)\b|\b(?:thing|item|product)\b",
)
"""Says that all goods of the shop are meant."""

IN_STOCK_ONLY = _any(
    r"要有?(?:现货|货)的|[有现]货的|[,，](?:要)?(?:有|现)货的?\W*$|(?:只要|得|必须)有?现?货|没卖完的|还有货的",
    r"\b(?:that(?:'s| is| are|'re)? |which (?:is|are) |must be |only )?(?:actually |currently )?in stock(?: now| only| please|(?= under| below| over| around| for)|,|$)",
)
"""Says that only what is there is wanted."""

WHAT_LIES_THERE = _any(
    r"[上里内](?:面|边)?(?:放|摆|有|搁)?(?:的)?(?:都)?(?:是|有)?(?:什么|啥|哪些)|[放摆搁存](?:的|着|了)(?:都)?(?:是|有)?(?:什么|啥|哪些)|[位架柜排区墙层台杆格筐][上里内]?(?:面|边)?(?:一?共)?(?:放|摆|有|搁|挂)[着了]?(?:几|多少)[个]?[样种款]",
    r"\bwhat(?:'s| is| are| do (?:we|you) (?:have|keep|got)| have (?:we|you) got)(?: all| kept| lying| sitting)? (?:in|on|at)\b",
)
"""Asks for all that is in a place."""

GIFTS = _any(
    r"小孩子?|孩子|小朋友|儿童|宝宝|老人|长辈|爸妈?|妈妈|朋友|同事|狗狗|猫咪|礼物|礼品|送人|送礼|生日|小东西|办公室|家里|家用|卧室|客厅",
    r"\b(?:a|per|the) (?:metre|meter|kilo|kg|litre|liter|pair|piece|pack|box|bottle|bag|roll|sheet|yard)\b",
    r"\b(?:kids?|child(?:ren)?|toddler|baby|son|daughter|nephew|niece|mum|dad|mother|father|wife|husband|friend|beginners?|titles?|items?|things?|books?|games?|models?|lines?|bits|presents?|gifts?|pressies?|owners?|lovers?|fans?|birthday|christmas|xmas|stocking fillers?|maybe|perhaps|preferably|ideally|nice|decent|good)\b",
)
"""What goods are wanted for, which none of them is called by."""

NOT_IN_STOCK = _any(
    r"^(?:我们|店里|现在|目前|都|今天)*(?:有)?(?:哪些|什么(?!时候|原因)|啥(?!时候)|哪几[种款样]).{0,12}?(?:都|已经?)?(?:断货|缺货|没货|卖完|卖光|售罄|无货)了?"
    r"|(?:断货|缺货|没货|卖完|卖光|售罄|无货)了?的.{0,8}?(?:有)?(?:哪些|什么|哪几|几[款种个样])"
    r"|(?:几|多少)(?:个|样|款|种|件)(?:商品|东西|货|品种?)?(?:都|已经?|现在)?(?:断货|缺货|没现?货|卖完|卖光|卖空|售罄|无货|没了)"
    r"|(?:断货|缺货|没现?货|卖完|卖光|卖空|售罄|无货)了?的?(?:一共|总共|共)?有?(?:几|多少)(?:个|样|款|种|件)",
    r"\b(?:what|which|list|show|all|any)\b(?!.*\b(?:instead|else|other|similar|alternatives?|do|if|when|happens)\b).{0,40}?"
    r"\b(?:out of stock|sold out|ran out|run out|none left)\b"
    r"|\bhow many\b.{0,40}?\b(?:out of stock|sold out|r[au]n out|none left|(?:at|on) (?:zero|nought|nil|nothing)|no stock|nothing left)\b",
)
"""Asks for what is not there."""

IN_STOCK = _any(r"(?:有|现)货|没卖完|能马上拿|还有的", r"\bin stock\b|\bavailable\b|\bon hand\b|\bin the shop now\b")
"""Says that what is asked for must be there."""

BARE_AMOUNT = re.compile(
    r"(?:多少|几多)(?=[\s,?!。呀啊呢]|$)|\bhow much\b(?! (?:notice|time|room|space|longer|warning)\b)"
)
"""Asks for the price where nothing else is asked for ("凤梨酥多少？")."""

NEGATED = re.compile(
    r"别(?:看|拿|弄|搞|报)错[^,.;?!。]*|(?:(?<!是)不是|不要|除了|非(?![洲常要得]))[^,.;()?]{1,12}?(?:的(?:系列|款|那[个款种])?|(?=[,.;()?\s]|$))|\bnot (?:the )?[^,.;()?]{1,20}(?=[,.;()?]|$)"
)
"""What is said to be not meant; it names nothing ("不是80s的")."""

ORDER_FIELDS: Mapping[str, re.Pattern[str]] = {
    "tracking": _any(r"运单号?|快递单号|物流单号|哪个运单|单号(?=是|多少|给|发|呢|[?。,]|$)", r"\btracking(?: number| no| code)?\b|\bwaybill\b|\bconsignment\b"),
    "carrier": _any(r"快递公司|哪家快递|什么快递|哪家物流|承运", r"\bcarrier\b|\bcourier\b|\bwho(?:'s| is) delivering\b|\bshipped (?:with|by)\b"),
    "expected_at": _any(
        r"什么时候到|几(?:号|时|点|天)(?:能)?到|多久(?:能)?到|何时(?:能)?到|预计|(?:哪天|几时|啥时候|什么时候|何时|几号)(?:能|会|可以)?(?:[到送]|收到|寄到)|(?:什么时候|啥时候|几时|哪天)(?:能|会|可以)?(?:好|行|修好|弄好|做好|装好|完|[拿取来])|送达|到(?:啥时候|什么时候|几号|哪天|几时)",
        r"\bwhen(?:'s| will| does| should| is| can)\b|\b(?:collect(?:ing|s)?|pick(?:ing|s)? (?:\w+ )?up)\b|\bexpected\b|\barriv(?:e|es|ing|al)\b|\beta\b|\bdue\b",
    ),
    "placed_at": _any(r"下单(?:时间|日期)|(?:什么时候|何时|几号|哪天)(?:下的?单|买的?|订的?)", r"\bwhen was\b|\bplaced\b|\border date\b|\b(?:what|which) (?:date|day)\b|\bwhen did (?:they|he|she|we|it)\b"),
    "total": _any(r"多少钱|金额|总[价额计]|合计|[实应总]?付(?:了(?!吗|么|没)|款?多少)|花了|一共|总共|实付", r"\bhow much\b|\btotal\b|\bamount\b|\bowes?\b|\boutstanding\b|\bpaid\b(?! ?\?|$)|(?<!did )\bpay\b(?!(?: \w+){0,4} yet\b)|\bcosts?\b"),
    "lines": _any(
        r"买了?(?:的|些)*(?:什么|啥|哪些)|哪些(?:商品|东西|货)|什么(?:商品|东西|货)|里面?(?:都|有|装)|商品明细|有(?:什么|啥)|[订买要拿租定]了?的?(?:是)?(?:什么|啥)|几件", r"\bwhat (?:did|had|have|has) (?:\w+ ){1,3}(?:buy|bought|order|ordered|get)\b|\bwhat (?:they|he|she|we) (?:bought|ordered|got)\b|\bwhich (?:items|goods)\b|\bwhat(?:'s| is| was) (?:in|on|inside)\b|\bitems?\b|\bwhich products?\b|\bcontents?\b|\bwhat (?:are|were) we (?:holding|keeping)\b|\bwaiting (?:for|on)\b|\bon order for\b"
    ),
    "status": _any(
        r"状态|付(?:款|钱)?(?:了|好|完)?(?:吗|么|没)|(?:能|可以)?来?[取拿领](?:货|走|件)?(?:了|吗|么)|好了(?:吗|么|没)|到(?:了|货)(?:吗|么|没)|做好|修好|发(?:货|出|走)?了?(?:吗|么|没)|退款?了(?:吗|么|没)|[取拿领](?:走|了)+(?:吗|么|没)|送到哪|到哪[里儿了]|[装配收签弄改量刻印测交结][^,，。?？]{0,2}(?:完|好|走|上|到|齐|出|车|货)?了?(?:吗|么|没)|[完好]没有?\W*$",
        r"\bstatus\b|\bpaid(?= ?\?|$)|\b(?:did|has|have) (?:\w+ ){1,4}(?:pay|paid)\b|\bpay(?: \w+){0,4} yet\b|\b(?:has|have|was|were|is|are|been) (?:\S+ ){0,4}(?:picked up|collected|shipped|sent|posted|gone out|come in|arrived|delivered|refunded|cancelled|despatched|dispatched)\b|\bready\b|\byet(?= ?\?|$)",
    ),
    "customer": _any(r"谁(?:的|下|买)|顾客是|客户是|收件人", r"\bwhose\b|\bwho(?:'s| is) (?:it|that|this) for\b|\bwho (?:placed|ordered|bought)\b|\bcustomer name\b"),
}  # fmt: skip

WHETHER_DONE = re.compile(
    r"^(?:and |so )?(?:has|have|did|was|were|is|are)\b(?!.*\b(?:when|how much|which|what|where|who)\b).*\b(?:paid|pay|sent|shipped|posted"
    r"|dispatched|gone out|arrived?|c[oa]me (?:in|and)|pick(?:ed)? (?:\w+ ){0,3}up|collect(?:ed)?|ready|delivered|refunded|cancelled)\b"
)
"""Asks whether something of an order has been done."""

ATTRIBUTE_WORDS: Mapping[str, re.Pattern[str]] = {
    "warranty": _any(
        r"(?:保修|质保)(?:期|多久|几年|多长时间|多长)*|保(?:几|多少)(?:年|个?月)|保多[久长]|(?<![\u4e00-\u9fff])三包|[有算享国]三包|三包(?=政策|期|服务|规定|法|吗|内|$)", r"\bhow long is (?:the|its|it under) (?:warranty|guarantee)\b|\b(?:warranty|guarantee)(?: period)?\b"
    ),
    "material": _any(r"材质|材料|面料|质地|用料|什么做的|啥做的", r"\bmaterials?\b|\bmade (?:of|from|out of)\b|\bfabric\b"),
    "weight": _any(r"重量|多重|有多沉|几斤|多少(?:克|斤|公斤|千克)|净重", r"\bweigh(?:t|s)?\b|\bhow heavy\b|\bheavi(?:er|est)\b"),
    "capacity": _any(r"容量(?:是|有)?(?:多大|多少)?|多少(?:升|毫升)|[能可]以?[装烧煮盛](?:得?下)?多少(?:水|饭|升)?|装多少|容积", r"\bcapacity\b|\bvolume\b|\bhow (?:many|much) (?:lit(?:er|re)s?|ml|does it hold)\b|\bhold\b"),
    "waterproof": _any(
        r"防水(?:吗|么|不|性|等级|级别|效果|几[米级]|多少米|多深)|防不防水|能防水",
        r"\b(?:is|are)\b.*\bwater(?:[ -]?proof|[ -]resistant)\b|\bhow water ?proof\b|\bwater resistance\b",
    ),
    "thickness": _any(r"厚度|多厚", r"\bthickness\b|\bthick(?:er|est)\b|\bhow thick\b"),
    "diameter": _any(r"直径|口径", r"\bdiameter\b|\bhow wide across\b"),
    "brightness": _any(r"亮度|多亮|(?<![\d\s])流明", r"\bbrightness\b|\bhow bright\b|\bhow many lumens\b|(?<!\d )(?<!\d)\blumens?\b"),
    "battery life": _any(r"续航|能用多久|电池(?:能)?用多久", r"\bbattery life\b|\bhow long does the battery\b"),
    "age": _any(r"适用年龄|适龄|[几多]少?岁(?:可以|能|的孩子)?(?:玩|用|吃)?|几岁|多大(?:的)?(?:孩子|小孩|宝宝)", r"\bage (?:range|group)\b|\bwhat age\b|\bhow old\b"),
    "length": _any(r"长度|多长(?!时间)", r"\blengths?\b|\b(?:longer|longest)\b|\bhow long\b(?! (?:do|have|can|may|must|should) (?:i|we|you|they|customers?|people)\b)"),
    "height": _any(r"高度|多高", r"\bheights?\b|\bhow (?:tall|high)\b"),
    "width": _any(r"宽度|多宽", r"\bwidths?\b|\b(?:wider|widest)\b|\bhow wide\b"),
    "origin": _any(r"产地|哪[里儿个]?(?:国家|省|地方)?(?:的|生|出)?产(?:的|区)?|原产|产自哪?[里儿]?|哪[里儿]出的|哪国(?:的|产)|哪个?国家(?:的|产|进口)?", r"\bwhere(?= (?:is|are|was|were) .{2,60} (?:made|manufactured|produced|grown|built|brewed|baked|sourced)\b)|\b(?:made|manufactured|grown|sourced)(?= ?\?|$)|\bcountry of (?:manufacture|production)\b|\borigin\b|\bwhat country\b|\bwhere (?=(?:does|do) .{1,40} come from\b)|\bwhere(?:\'s| is| are)(?= .{1,40} from\b)|\bcome from\b|\bwhere(?: is it| was it)? made\b|\bmade in\b"),
    "season": _any(r"季节|什么季", r"\bseason\b"),
    "style": _any(r"款式(?!编?[码号])|风格", r"\bstyle\b"),
    "ingredients": _any(r"成分|配料", r"\bingredients?\b"),
    "power": _any(r"功率|多少瓦", r"\bwatt(?:age|s)?\b|\b(?:how much|what|what(?:'s| is) the|the|its) power\b(?! [a-z])|\bpower (?:rating|consumption|output|draw)\b"),
    "shelf_life": _any(r"保质期|有效期|(?:能|可以)?[放存搁](?:得)?(?:多久|几天|多长时间)|保存(?:多久|几天|期)", r"\bshelf life\b|\bhow long (?=(?:does|do|will|can|would) .{1,40}\bkeeps?\b)|\bkeeps?(?= ?\?|$| for\b)|\bbest before\b|\bexpir(?:y|es)\b"),
    "strength": _any(r"酒精度|度数|几度(?!的)|多少度(?!的)", r"\bhow strong\b|\balcohol(?: content)?\b|\babv\b"),
    "temperature": _any(r"水温|多少度的水|几度的水|多[烫热]", r"\b(?:what|which) temperature\b|\bhow (?:hot|warm|cold)\b"),
    "pieces": _any(
        r"一[盒包袋套箱罐](?:里)?(?:有|装)?(?:几|多少)[个片枚颗张支条]|(?:几|多少)[个片枚张]装",
        r"\bhow many\b(?=.* (?:in|to|per) (?:an?|each|the|one|every) (?:\w+ )?(?:pack|box|set|case|kit|bag|roll)\b)|(?<!come )(?<!comes )(?<!supplied )(?<!packed )\b(?:in|to|per) (?:an?|each|one|every) (?:pack|box|set|case|kit|bag|roll)\b",
    ),
    "duration": _any(r"时长|(?:上|学|要|做|修)多长时间", r"\bduration\b|\bhow long (?=(?:does|do|will|is|are) .{1,40}\b(?:take|last)s?\b)|\b(?:take|last)s?(?= ?\?|$)"),
    "suits": _any(
        r"(?:能用|能吃|适用|能装|能配|用得[了上])(?=.{0,2}[吗么不没])|适用(?:于)?(?:哪些?|什么)|(?:适合|给)(?:什么|哪些?|多大)(?:人|年龄|车|机型|宠物|狗|猫)?用?",
        r"\b(?:fits?|compatible with|suitable for|work(?:s)? with)\b",
    ),
    "care": _any(r"怎么洗|洗涤|机洗|保养", r"\bwash(?:ing|able|ed)?\b(?! (?:machine|basket|powder|liquid|line|bag|bowl)s?\b)|\bcare instructions?\b"),
}  # fmt: skip
"""Attributes that people ask for in words of their own; the key is compared with the shop's column names."""

HOW_MUCH_OF_IT = re.compile(
    r"\s*(?:是|有|要|得|用|为|期|限|大概)*(?:多[久长大高重宽厚深少](?:时间|[年月日天克斤公升度毫厘米]+)?|几(?:个?[年月天小时克斤升度级档种颗支个]+)?|怎么样|如何|什么|啥|哪(?:里|儿)?|(?P<so>[大高强好长多重快严])(?:重)?不(?P=so)重?(?=\W*$)|(?:[大高强好重快]|严重|明显)[吗么嘛](?=\W*$))"
)
"""What may follow the name of a column in a question for its value ("保修多久")."""

COUNTED = re.compile(
    r"(?<![还剩])(?<!还有)(?:几|多少)(流明|小时|毫升|公斤|千克|厘米|毫米|[^\W\da-z_钱元块货件个款种样号月天年的是有双条只台盒把瓶包袋罐](?![\u4e00-\u9fff]*钱))"
)
"""Asks for the column whose values are counted so ("几颗": 12颗)."""
MEASURED = re.compile(r"(?:有)?多(?P<so>[长宽高厚深重粗沉])|(?P<whether>[长宽高厚深重粗])不(?P=whether)")
"""Asks for the column whose name has the same character ("潜多深": 潜深)."""

ATTRIBUTE_NAMES: Mapping[str, tuple[str, ...]] = {
    "material": ("material", "材质", "材料", "面料", "质地", "fibre", "fiber", "composition", "made from", "made of", "fabric", "cloth", "用料", "面料成分", "料子", "wood", "metal"), "weight": ("weight", "重量", "净重", "自重", "毛重", "净含量"),
    "capacity": ("capacity", "容量", "容积", "volume"), "waterproof": ("waterproof", "防水", "water resistance"),
    "warranty": ("warranty", "保修", "质保", "保修期", "guarantee"), "length": ("length", "长度"), "height": ("height", "高度"),
    "width": ("width", "宽度"), "thickness": ("thickness", "厚度"), "diameter": ("diameter", "直径"),
    "brightness": ("brightness", "亮度"), "battery life": ("battery life", "续航", "battery"), "age": ("age", "适用年龄", "age range", "适龄", "年龄", "年龄段", "建议年龄", "ages"), "origin": ("origin", "产地", "原产地", "country of origin", "made in", "country", "产区", "国家", "原产国", "region", "provenance"), "season": ("season", "季节", "适用季节"),
    "style": ("style", "款式", "风格"), "ingredients": ("ingredients", "成分", "配料"), "power": ("power", "功率", "wattage", "watts"),
    "shelf_life": ("shelf_life", "保质期", "shelf life", "保质", "有效期", "best before", "keeps", "expiry"), "care": ("care", "洗涤", "洗涤说明"),
    "strength": ("strength", "酒精度", "度数", "abv", "alcohol", "alcohol content"), "temperature": ("temperature", "温度", "水温"),
    "duration": ("duration", "时长", "play time", "playing time", "run time", "time", "用时"),
    "suits": ("suits", "适用", "适合", "适配", "fits", "fit", "compatible", "compatibility", "vehicle", "suitable for"), "pieces": ("pieces", "件数", "数量", "pack size", "枚数"),
}  # fmt: skip
ONLY_IF_RECORDED = frozenset({"suits"})
"""Attributes whose words may ask for something else where the shop has no such column."""
OR_ELSE: Mapping[str, str] = {"length": "duration", "thickness": "diameter"}
"""What may be meant by an attribute that a product does not have: "how long" of a course."""

SPECIFICATIONS = frozenset(
    {"spec", "specs", "specification", "specifications", "规格", "规格型号", "尺寸", "dimensions", "型号"}
)
"""Columns that hold measures of any sort."""
_LENGTHS = re.compile(r"\d\s*(?:米|厘米|公分|毫米|寸|尺|m|cm|mm|in|inch|inches|ft|feet)(?![a-z])")
DIMENSIONS: Mapping[str, re.Pattern[str]] = {
    "diameter": _LENGTHS,
    "height": _LENGTHS,
    "width": _LENGTHS,
    "length": _LENGTHS,
    "thickness": re.compile(r"\d\s*(?:mm|毫米)(?![a-z])"),
    "capacity": re.compile(r"\d\s*(?:升|毫升|l|ml|litres?|liters?|gal)(?![a-z])"),
    "weight": re.compile(r"\d\s*(?:克|斤|公斤|千克|g|kg|lb|lbs|oz)(?![a-z])"),
}
"""How a size looks that is a length, a capacity or a weight."""

COMPARE = _any(
    r"比较(?=.*(?:[和跟与同、]|还是))|(?:[和跟与同、]|还是).*比较|对比|比一比|比一下|比比|相比|比哪|[跟和与同].{1,30}比(?=呢|一下|较|$|[?。!])|哪[个款种一件条双](?:比较|更|要)?个?(?:便宜|贵|划算|实惠|省钱|合算|高|低)|谁(?:比较|更|要)?(?:便宜|贵|划算|高|低)",
    r"(?:便宜|贵|差|省|多花|少花)(?:了)?(?:多少|几)|差价|相差|价差|区别|更(?:便宜|贵|划算|实惠)|哪个好|(?:比|还是).{1,60}(?:便宜|贵|划算|实惠|省钱|合算|[花费价更]{1,2}[多少高低])|(?:和|跟|与|还是|或者?).{1,60}(?:犹豫|纠结|二选一|拿不定|选哪|挑哪)|[哪谁].{0,3}花(?:的)?钱?[多少]|(?:便宜|贵)还是|(?<!最)(?:便宜|贵)的是?哪|(?:有|有什么|哪里|有啥)不(?:同|一样)|[跟和与].{1,30}(?:哪[个款种]|谁)|比个?价|(?<![\w-])pk(?![\w-])|(?:价钱|价格|价)差得?(?:多|大)|只看价",
    r"一个价|(?:价格|价钱|价)(?:都)?(?:一样|相同)|同价|一样(?:贵|价|多钱|便宜)|换成.{1,40}(?:多|少|差)",
    r"\bcompar(?:e|ed|es|ing|ison)\b|\bcheaper\b|\b(?:more|less) expensive\b|\bpricier\b|\bdearer\b|\bdifference\b|\bversus\b|\bvs\b\.?|\bcosts? (?:more|less)\b|\bwhich (?:one )?(?:is|costs?|of)\b|\b(?:is|are|does|do) .{2,40}\bmore than\b|\b(?:lower|higher) price(?:d)?\b|\bbetter (?:deal|value|price)\b|\bby how much\b|\bwins? on price\b|\bside by side\b|\bnext to\b(?=.*\bprice\b)|\bjust on price\b(?=.*\bor\b)|\bsave\b.*\bover\b|\bhow much (?:more|less|cheaper|extra|between)\b|\bapart\b|\bgap\b|\bbetween (?![^a-z]*\d)(?=.*\band\b)|\b(?:do|would|will|could|can) (?:i|we|you|they|he|she) save\b|\bsaves? (?:me )?more\b|\bsame price\b|\bcosts? the same\b",
)  # fmt: skip
OF_PRICES = _any(
    r"便宜|贵|划算|实惠|省|价|多少钱|差多少|差几|几块|几元|多花|少花",
    r"\bhow much (?:more|less|extra)\b|\bcheap\w*|expensive|\bdear\w*|\bpric\w*|\bcosts?\b|\bsaves?\b|\bsaving\b|\bvalue\b|\bpay\b",
)
"""Says that prices are compared."""
COMPARE_WORDS = _any(
    r"比个?价|只看价格?|(?:价钱|价格|价)差得?(?:多|大)|比较|对比|比一比|比一下|比比|相比|比起?|哪[个款种一件条双]|谁|(?:更|要|最)?(?:便宜|贵|划算|实惠|省钱|合算)(?:了|的)?(?:多少钱?|几块钱?|吗|么)?|差价|相差|差(?:了)?(?:多少|几块)钱?|价差|区别|多花(?:多少)?|少花(?:多少)?|花(?:的)?钱[多少]|(?:之|中)间|犹豫|纠结|二选一|拿不定(?:主意)?|挑哪[个款]|一个价|同价|不同|不一样|一样|相同|(?<=[\u4e00-\u9fff])[多少高低大小长短重轻快慢强弱](?:一?[点些])?(?=[?!。呢啊吗]*$)|要是|换成|选|比呢",
    r"\bput\b|\bside by side\b|\bwins?\b|\bjust on\b|\bcompar(?:e|ed|es|ing|ison)\b|\bcheaper\b|\b(?:more|less)?\s*expensive\b|\bpricier\b|\bdearer\b|\bdifferences?\b|\bversus\b|\bvs\b\.?|\b(?:more|less)\b|\bwhich (?:one )?\b|\b(?:lower|higher)\b|\bbetter (?:deal|value|price)\b|\bsaves?\b|\bapart\b|\bgap\b|\bbetween\b|\bsame\b|\bprices?\b|\bcosts?\b|\bmuch in it\b|\bextra\b|\b(?:anything|taking|going|choosing)\b",
)  # fmt: skip
"""The words of a comparison themselves, which name nothing once it is known to be one."""
ASKS_DEARER = _any(r"贵", r"\b(?:dearer|pricier|more expensive|costs? more|higher)\b")
ASKS_CHEAPER = _any(r"便宜|划算|省|不贵|没那么贵", r"\b(?:cheap\w*|less|lower|saves?|better (?:deal|value|price))\b")
"""Which of two is asked for."""
SEPARATORS = re.compile(
    r"(?<=.)(?:(?<= )&(?= )|(?<![\w-])pk(?![\w-])|\bnext to\b|\bas well as\b|\b(?:along|together) with\b|要是换成|再(?:来|拿|要|买|带|配|添)|外加|另加|换成|改成|再加上?|外加|加上|加(?![厚大长绒热湿固宽强压翼密量])|和|与|跟|同|及|以及|还是|或者?|比起?|对比|、|,|/|;|\bvs\b\.?|\bversus\b|\band\b|\bplus\b|\bor\b|\bthan\b|\bover\b|\bto\b|\bwith\b|\bagainst\b|\bcompared\b)(?=.)",
    re.ASCII,
)
JOINS = re.compile(
    r"(?<=.)(?:配(?=[一二两三四五六\d])|(?<= )&(?= )|(?<= )\+(?= )|\bas well as\b|\b(?:along|together) with\b|再(?:来|拿|要|买|带|配|添)|外加|另加|再加上?|加上"
    r"|加(?![厚大长绒热湿固宽强压翼密量起])|和|与|跟|同(?!时)|以及|及|、|,|;|\band\b|\bplus\b|\bwith\b)(?=.)",
    re.ASCII,
)
"""What stands between the items of a basket."""
TOTAL = _any(
    r"一共|总共|合计|合着(?=多少|几|要|是|\W*$)|各(?:来|要|拿|买)?[一二两三四五六七八九十\d]|合起来|拢共|统共|一块儿?(?:多少|要|是|给|付)|加起来|加在一起|同时买|一起(?:买|算|拿|多少|要)?|总价|共(?:要|需|计|多少)|全部多少",
    r"\bin total\b|\btotal\b|\bplus\b|\baltogether\b|\bin all\b|\btogether\b|\bboth of them\b|\bsum\b|\bfor (?:the two|both|all three|the lot)\b|\bcomes? to\b|\btot(?:al)? (?:\w+ ){0,2}up\b|\badd(?:ed|s)? (?:\w+ ){0,3}up\b|\ball in\b|\bjob lot\b|\bhow much for all\b|\bwhat do i owe\b|\bwork (?:it|that|this) out\b|\bring(?:ing)? (?:up|in)\b(?= \d)|\bwhat would the till say\b|\b(?:the )?bill\b",
)
CHEAPEST = _any(
    r"最便宜|顶(?:便宜|划算|实惠)|最低价|价[格钱位]?最低|最低(?:的)?(?:价|多少)|最实惠|最划算|最省钱|最省(?!电|油|水|墨|力|时|空间|事)|起步价|最低档|最亲民|垫底价?|最少(?:要)?(?:花|多少钱)|价最低",
    r"\bcheapest\b|\blowest[- ]?(?:priced?|cost)\b|\bleast expensive\b|\blowest price\b|\b(?:cost|costs|costing) the least\b|\bbest price\b|\bmost affordable\b|\bleast (?:i|we|you|they|one) (?:can|could|would) (?:pay|spend)\b|\bbottom of the range\b|\bentry[- ]level\b",
)
DEAREST = _any(
    r"最贵|顶贵|最高价|价[格钱位]?最高|最高档|最高端|最上档次|最高(?:卖|要|得)(?:到)?(?:多少|几)?",
    r"\bmost expensive\b|\b(?:cost|costs|costing) the most\b|\btop[- ]end\b|\bhighest[- ]price\b|\bpriciest\b|\bdearest\b|\bhighest[- ]priced?\b|\btop[- ]priced?\b|\btop of the (?:range|line)\b|\bmost (?:i|we|you|they|one) (?:can|could|would) (?:pay|spend)\b",
)
COUNT = _any(
    r"[有共](?:几|多少)(?:个|类)?[款种样]|多少个?[款种品]|(?<![看挑来选荐要有哪])几个?(?:款|[种样](?!颜)|品种)|[总一]共有?(?:几|多少)(?:个|款|种|样)(?!月|小时)|数一?数|多少个(?:商品|产品|品)",
    r"\bhow many (?:different |kinds|types|models|sorts|styles|products|items)\b|(?<!model )(?<!part )(?<!item )(?<!serial )(?<!product )(?<!stock )(?<!article )(?<!style )(?<!catalogue )(?<!reference )(?<!phone )\bnumber of\b(?! (?:the|this|that|our|your|an?)\b)|\bhow many\b(?= (?:[\w-]+ ){1,5}(?:(?:do|are|does|have) (?:we|you|there|they)|(?:do|does|has|are) (?:the|this|our|your) (?:shops?|stores?|range|place))\b)(?!.*\b(?:left|stock|remain\w*|sitting|hand)\b)|\bhow many\b(?=.*\b(?:we|you|shop|store) (?:carry|sell|offer|list)\b)|\bcount of\b(?=.*\b(?:range|catalogue|assortment)\b)",
)
OF_THE_RANGE = _any(r"\bhow many\b.*\b(?:do|does) (?:we|you|they|the shop) (?:do|sell|carry|offer|list|make)\b")
"""Counts what the shop sells, not what is there."""
LIST = _any(
    r"有哪些|有哪几[款种]|都有(?:什么|哪些|啥)|哪些|哪几[款种个]|有什么(?!颜色|尺码|区别|优惠|活动)|列出来?|列一?[下列]|能买(?:到|哪些|什么|啥)?|给我看看|把(?=.{1,12}(?:列|说一))|(?:什么|哪种)(?:样的)?[^?]{0,6}可选|有啥",
    r"\blist\b|\bshow me\b|\bwhich (?!one\b|is\b|brand\b|colou?rs?\b|sizes?\b|aisle\b|shelf\b)|\bwhat (?:kinds?|types?|sorts?|models?|other)\b|\ball (?:the|our|your)\b|\bany (?:other|others)\b|\boptions\b|\bshow\b",
)  # fmt: skip
RECOMMEND = _any(
    r"^(?:anything|something)\b|推荐|适合|预算|求|想(?:买|要|找)[一个款]|(?:帮|给|替).{0,4}(?:挑|选)[一几个款些]?|随便来[一个款]?|[买选挑]哪[种款个]|来点|哪[种款]好|挑[一几]?[个款]?|[用戴穿吃喝送放配备拎带垫装贴](?:点|些)?(?:什么|啥)(?:比较|最|更)?(?:好|合适)",
    r"\brecommend\b|\bsuggest\b|\bbudget\b|\b(?:looking|hunting|searching) for\b|\b(?:i'm|i am|we're|she's|he's|they're|is) after\b|\bin the market for\b|\bcould do with\b|\bwhat would you\b|\bgood for\b|\b(?:something|anything|some|one) (?:that|for|to|with|under|below|suitable|nice|cheap)\b|\bpick (?:something|one|out|me)\b",
)
EXISTS = _any(
    r"有没有|有木有|有(?=吗|么|没|不)|有无|(?:店里|咱们?|我们|你们|这里|这儿|家)?(?:有|卖)(?:不卖|卖|售)?(?=.{1,40}(?:吗|么|嘛|不|没有?)[?。!]?$)|卖不卖|有卖",
    r"\b(?:do|does|did|can|could) (?:we|you|they|i|u)(?: guys)?(?: still| also| currently)? (?:have|got|sell|carry|stock|get|do|offer)\b|\b(?:have|has) (?:we|you|they|i|u)\b|\bany\b|\bgot\b|\bcarry\b|\bsell\b|\bis there\b|\bare there\b",
)  # fmt: skip
PROMOTION = _any(
    r"满(?:减|多少|几|额)|折后|打完折|折完|促销|优惠|活动|打折|打几折|折扣|券|特价|立减|满\d+[减送]|打[一二三四五六七八九\d.]+折|\d(?:\.\d)?折(?!叠)|[一二三四五六七八九]五?折(?=[\s,?!。到吗呢券优活后起是还现算做]|$)|搭售|套装价|会员日|第二[件个]|买[一二三两几\d]送|直降|半价|减(?!肥|震|速|压|脂|重|少)了?(?:多少|几[块元]|不减|吗|掉)|[没不]减(?!少|肥|震)",
    r"\bpromo(?:tion)?s?\b|\bdiscounts?\b|\bcoupons?\b|\bvouchers?\b|\bdeals?\b|\bspecial offers?\b|(?<!i )(?<!we )(?<!to )(?<!you )\boffer\b(?! ?\?*$)|\boffers\b|\b(?:on|an|any|special|current) offer\b|\b(?:is|was|until|till)\b(?=(?:(?!\bdo(?:es)?\b).)*\boffer\b)|\b(?:money|anything) off\b|\bknock(?:ed)? (?:\w+ )?off\b|\b(?:of|for|on|in|with|under|does|is|are|has) (?:the|this|that|our|your) (?:[\w%&'£$€-]+ ){1,4}offer\b|\bon (?:the|that|this|our) (?:[\w&'-]+ ){0,4}\d+(?:\.\d+)? ?(?:%|per ?cent)|\b(?:two|three|four|five|six|\d) for \d+ ?(?:%|per ?cent)|\bon sale\b|\bstill (?:on|running)\b|\bsales\b|\bsale\b(?! price)|\bdiscounted\b|\breduced\b|\bpercent off\b|% off|\bspend (?:and|&) save\b|\bbuy \w+,? get\b|\bbogof?\b|\b(?:\d|two|three|four|five|six) for (?:the price of )?(?:\d|one|two|three|four|five)\b(?! (?:days?|weeks?|people|persons?|months?|years?|hours?)\b)|\bhalf[- ]price\b|\bhow much (?:is |do (?:i|we|they) )?(?:get |take |knock )?off\b|\bcom(?:es?|ing) off\b|\bwhat(?:'s| is) off\b|\b\d+(?: (?:dollars?|bucks|pounds?|quid|euros?))? off\b",
)
PROMOTION_WORDS = _any(
    AFTER_PROMOTIONS.pattern,
    PROMOTION.pattern,
    r"\b(?:running|current(?:ly)?|ongoing|this (?:week|month)|the moment|offer)\b",
)
"""All that a question about promotions says of them; what is left names goods."""

BASKET_WORDS = _any(
    r"(?:活动|优惠|折后|促销|券后|会员|到手|成交|打折)价",
    PROMOTION_WORDS.pattern,
    r"(?<=折)下来|(?<=[折减惠\d])[之以]后|全(?:都|部)?要|都要|\bas a (?:set|bundle|lot|pack)\b|\bwhat do you make (?:it|that)\b",
    r"[完后](?=(?:多少|几|要|是|付|[呢吧啊?。!]|$))|\b(?:after|before|some|alone|(?:on|by) (?:its|their) own|by itself|clearance)\b",
    r"称(?=[\d半])|\bthe same size\b|公司|单位|学校|团购|预算|客户|点单|(?:帮|给|替)我?算|算(?:一?下|一?算|算看)|凑|结账|结(?=$|[一下\s,?!。])|收(?:他|她|人家)?|付(?!款)|到手|备齐|打包",
    r"\b(?:(?:tot|add|adds|adding|ring|rung|tally) (?:\w+ ){0,2}up|work (?:it|that|this) out|owe|charge|pay|total|altogether|together|till)\b",
    r"\b(?:bags?|packs?|packets?|box(?:es)?|pairs?|rolls?|tins?|cans?|bottles?|jars?|sets?|tubs?|tubes?|cups?|pots?|bunch(?:es)?|metres?|meters?|yards?|lots?|couple) of\b|\b(?:if|say|suppose) (?:i|we|he|she|they) (?:take|took|buy|bought|get|got|grab|want|pick(?:ed)?)\b",
)
"""All that a question about the sum of several goods says of them."""

ORDER = _any(
    r"订单|物流|运单|单号|发货[了没]|送[到达](?:了|没)|到哪[了儿]|包裹|这单|那单|快递",
    r"(?<!i )(?<!we )(?<!you )(?<!they )(?<!to )(?<!can )\borders?\b(?! (?:it|one|some|them|more|in)\b)|\btracking\b|\bparcel\b|\bshipment\b|\bpackage\b",
)
POLICY = _any(
    r"(?:几|多少|多大)岁?(?:才|就)?(?:能|可以)(?:来|参加|上|学|报|玩(?!具)|进)|保(?:几|多少)(?:年|个?月)|保多[久长]|试[喝饮吃]|品尝|免费(?=[尝品试])|退|退换|换货|能退|可以退|怎么退|退[吗么不]|退多|退回|能换|可以换|怎么换|换[吗么不大小一]|保修|质保|(?<![\u4e00-\u9fff])三包|[有算享国]三包|三包(?=政策|期|服务|规定|法|吗|内|$)|发票|开票|会员|积分|运费|配送|送货|包邮|邮费|快递费|礼品?卡|储值卡|购物卡|维修|修理|能修|营业时间|几点(?:开|关)|开门|关门|下班|小票|收据|价保|保价|降价|补差|差价补|比价|定制|以旧换新|押金|租|投诉|隐私|安全|失物|丢了|怎么算|赔|捡到|遗失|政策|规定|规则|怎么办|咋办|咋整|过敏|流程|条件|期限|多少天|几天|多久|定金|预订|预定|赔|调换|调[成大小一]|洗过|拆封|吊牌(?!价)|包装|免邮|银卡|金卡|营业|停车|车位|宠物|客服|作废|过期|有效期|到期|送修|修好|换[个一]?[鞋]?底|换拉链|补绒|分期|付款方式|支付方式|自提|撤单|取消|清零|挂失|专票|税号|抬头|扔了|走失|走丢|报警|会员日|兑现|过年|节假日|母婴|喂奶|尿布|别家|其他家|跟价|余额|卡里|无线网|厕所|洗手间|试衣间|礼品包装|刻字|安装|上门|生日|电话(?!机|手表|线|卡)|(?:哪天|什么时候|何时)(?:能|可以)?(?:发|寄)|下单|(?:能|可以|让|给)(?:不能)?(?:发|寄)(?!票)|[发寄走](?:快递|物流)",
    r"\bhow old (?:do|must|should|does|have|has) (?:you|they|i|he|she|we|kids|children)\b|\bminimum age\b|\breturn(?:s|ed|ing|able)?\b|\brefund(?:s|ed|able)?\b|\bexchang(?:e|es|ed|ing)\b|\breceipt\b|\bwarrant(?:y|ies)\b|\bguaranteed?\b|\bcovered\b|\bdied\b|\binvoice\b|\bmember(?:s|ship)?\b|\bpoints\b|\bdeliver(?:y|ed|s)?\b|\bshipping\b|\bpostage\b|\b(?:post|ship|mail)(?:ing)?\b|\b(?:cost|costs|much|charge|fee) (?:\w+ ){0,2}(?:to|for|of) (?:send|sending)\b|\bi\.?d\.?\b(?! ?(?:number|no))|\bfound\b|\bclearance\b|\bgift ?cards?\b|\brepair(?:s|ed)?\b|\bopen(?:ing)?\b|\bclos(?:e|ing|ed)\b|\bhours\b|\bprice[ -](?:match|protection|adjust\w*)\b|\b(?:you|we|they|to|do|can|will) match\b|\bmatch(?:es|ing)? (?:the |a |their |that |another |his |her )?(?:\w+ )?prices?\b|\bprice match\w*\b|\blost\b|\bpolic(?:y|ies)\b|\brules?\b|\bcancel(?:s|led|lation)?\b|\ballowed\b|\bdeadline\b|\bdeposit\b|\b(?:hire|rent)(?:s|ed|ing|al)?\b|\bpre-?order\b|\bsafety\b|\bbroken\b|\bdefect(?:s|ive)?\b|\bhow (?:many days|long)\b|\bchange (?:the|my|his|her|an?) (?:address|order|payment)\b|\bcomplain(?:t|ts)?\b|\bunboxed\b|\bopened\b|\btags?\b|\bcall(?:s|ed|ing)? (?:\w+ ){0,3}off\b|\bswap(?:s|ped|ping)?\b|\bpay with\b(?! (?:the|that|this)\b)|\bpayment methods?\b|\bmend(?:ed|ing)?\b|\bnew (?:zips?|zippers?|soles?|heels?)\b|\bresol(?:e|ing)\b|\bparking\b|\bto park\b|\bcustomer service\b|\bhelpline\b|\bcourier\b|\bsmashed\b|\bpick-up\b|\bmissing\b|\bwander\w* off\b|\bcops?\b|\bpolice\b|\bpending\b|\b(?:send|give|take|bring|hand) (?:\w+ ){0,3}back\b|\bmoney back\b|\b(?:come|comes|coming|go) back\b|\bsilver|\bgold (?:members?|status|level|card)\b|\bleft on (?:\w+ ){1,2}card\b|\bbalance\b|\bprove\b|\bclaim\b|\bchange (?:my|a|the|her|his) bab\w+\b|\bnappy\b|\bdiapers?\b|\bbreast ?-?feed\w*\b|\b(?:number|phone) (?:do|can|should) (?:i|we) (?:ring|call)\b|\bwi-?fi\b|\btoilets?\b|\brestrooms?\b|\bfitting rooms?\b|\bgift[ -]wrap\w*\b|\bengrav\w*\b|\bmistakenly\b",
)  # fmt: skip
WHEN_REDUCED = _any(
    r"(?:什么时候|啥时候|几点|何时|哪天|多久|多晚).{0,8}(?:半价|打折|降价|处理|特价|便宜)|(?:半价|打折|降价|处理|特价).{0,6}(?:什么时候|啥时候|几点|何时|哪天)",
    r"\b(?:when|what time|how late)\b.*\b(?:half[- ]price|half off|marked down|reduced|reductions?|go(?:es)? (?:down|cheap|cheaper)|get(?:s)? cheaper)\b",
)
"""Asks when goods become cheaper, which rules tell and rows do not."""
REDUCED = _any(
    r"半价|[五对]折|打折|降价|处理|特价|\d折", r"\bhalf\b|\breduc\w*|\bmarked down\b|\bcheaper\b|% off\b|\boff\b"
)
"""Says so in a rule."""
FEE = _any(
    r"(?:寄|送(?:货|到|上门)|邮|修|补|换|租|安装|寄存|保管|开锁|清洗|刻字)(?:一?下|一?[个次件双条天])?[^,，。?？]{0,8}(?:多少钱?|几块|收费|要钱|怎么收|什么价)",
    r"\b(?:how much|what|cost|costs|charge|fee|price)\b.{0,24}\b(?:to|for) (?:send|sending|post|posting|ship|shipping|deliver|delivery|delivering|repair|repairing|mend|mending|fix|fixing|rent|renting|hire|hiring|fit|fitting|install|installing|wrap|wrapping|engrave|engraving|restring|resole|alter|service|servicing)\b",
)
"""Asks what the shop takes for doing something."""
ELLIPSIS = _any(
    r"刚才|刚刚|前面(?:说|问|提)|之前(?:说|问|提|那)|上一[个款件]|^(?:那么?|那个?|这个?|它|这款|那款|还有|另外|换成?|如果|要是|再|同款)|(?:呢|的呢)[?!。]*$",
    r"\b(?:earlier|before|previous(?:ly)?|mentioned)\b|^(?:and|what about|how about|what if|then|also|ok|okay|so|or)\b|\b(?:it|its|that one|this one|they|them|those|these|the same|that|one)\b(?:'s)?",
)  # fmt: skip
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("zip", "zipper"), ("toilet", "loo", "lavatory", "wc"), ("tap", "faucet"), ("nappy", "diaper"), ("pushchair", "pram", "stroller", "buggy"),
    ("vacuum", "hoover", "vac"), ("fridge", "refrigerator"), ("television", "telly", "tv"), ("spanner", "wrench"), ("secateurs", "pruners"), ("duvet", "quilt"),
    ("wellies", "wellingtons"), ("jug", "pitcher"), ("biscuit", "cookie"), ("sweet", "candy"), ("tee", "t-shirt"), ("bike", "bicycle"), ("uke", "ukulele"), ("trousers", "pants"), ("sneaker", "trainer"), ("earphone", "earbud"),
    ("couch", "sofa"), ("kid", "child", "children"), ("jumper", "sweater"), ("cellphone", "smartphone", "phone"), ("rucksack", "backpack"), ("torch", "flashlight"),
    ("wifi", "wi-fi"), ("inch", "inches", "in"), *((str(number), word) for word, number in ENGLISH.items() if number < 13), ("grey", "gray"), ("steel", "stainless"), ("auto", "automatic"), ("luggage", "suitcase"),
    ("first", "1st"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"), ("sixth", "6th"),
)  # fmt: skip
"""Everyday words for one thing."""

BOTH = _any(
    rf"两个|两款|两件|两样|[两俩](?:{MEASURES})(?=一起|一共|总共|加起来|合起来)|它们|这俩|那俩|两者|都(?:买|要|拿)",
    r"\bboth\b|\bthe two\b|(?<!of )\bthem\b|\bthey\b|\beach\b|(?<!of )\b(?:those|these)\b",
)
ASKS = _any(
    r"(?P<whether>[\u4e00-\u9fff])不(?P=whether)|还是|[?？]|[吗么呢嘛]$|什么|啥|怎么|咋|哪|多少|几|谁|何|能|可以|行不|最[多晚迟]|可不可以|有没有|是不是|为什么",
    r"\?|\b(?:what|which|where|when|who|why|how|can|could|do|does|did|is|are|will|would|should|may|have you)\b",
)
"""Signs of a question."""
WANTS = _any(
    r"帮我|查|找|买|要|退|换",
    r"\b(?:find|show|tell|check|need|want|buy|return|refund)\b",
)
"""Signs that something is wanted, whether or not it is put as a question."""

ENOUGH_MONEY = _any(
    r"够不够|够吗|够么|够买|够付|买得起|买不起|拿得下|买得到吗",
    r"\b(?:is (?:that|it)|be|have) enough\b|\benough (?:for|to buy)\b|\bafford\b|\b(?:does|will|would) (?:that|it|this) cover\b",
)
"""Asks whether a sum buys something: what it costs answers that, also where it is more."""

CHEAPER = _any(
    r"(?:更|再|还要|稍微?|比(?:这|那|它)个?)(?:便宜|实惠|低)(?:一?[点些])?|(?:便宜|实惠|划算|亲民)(?:一?[点些])|价[格钱位]?(?:再|更)?低(?:一?[点些])|太贵",
    r"\b(?:cheaper|less expensive|less pricey|lower[- ]priced?|more affordable|less costly)\b|\btoo (?:expensive|pricey|dear)\b",
)  # fmt: skip
DEARER = _any(
    r"(?:更|再|还要|稍微?)(?:贵|高档|高端|好)(?:一?[点些])?|(?:贵|高档|高端|好)(?:一?[点些])",
    r"\b(?:more expensive|pricier|dearer|higher[- ]end|higher[- ]priced|fancier|more upmarket|better quality)\b",
)
"""Another of the sort, at a lower or a higher price than what was spoken of."""

SUBSTITUTE = _any(
    r"(?:别|其他|其它|另外)的?(?:颜色|尺码|款|规格)|替代|类似|同类",
    r"\bother (?:colou?rs?|sizes?|options|variants)\b|\balternatives?\b|\bsimilar\b|\binstead\b",
)

INSTEAD = _any(
    r"(?:有)?(?:什么|啥|哪些|哪个)?(?:能|可以)?(?:替代|代替|顶替|替换|取代|替(?=$|[\s,?!。的一]))(?:的|品|它|这个|一下)?|平替|类似|同类|差不多的|换(?:个|一个)?(?:什么|啥|哪个|别的)(?:给|好)?|有(?:没有)?别的(?!颜色|尺码|款|规格|尺寸|码|色|型号).{0,6}(?:推荐|可以|吗)|(?:有)?别的(?:吗|没|推荐)|(?:没货|缺货|断货|卖完|卖光|售罄|没有了|没了).{0,14}(?:推荐|(?:买|拿|换|选|用|要)(?:点)?(?:啥|什么)|换(?!货)|哪[个款种]|拿(?:什么|啥|哪)|(?:有)?(?:什么|啥)(?:能|可以)|别的|其他)",
    r"\balternatives?(?: to)?\b|\binstead(?: of)?\b|\bwhat else\b|\b(?:something|anything) else\b|\banother option\b|\bsimilar(?: to)?\b|\bsomething like\b|\bsubstitutes?(?: for)?\b|\bin place of\b|\breplacements? for\b|\bclosest (?:thing )?to\b|\bnext best\b|\b(?:sold out|out of stock|all gone|is out|are out|gone|run out|ran out)\b.{1,40}\b(?:suggest|recommend|offer|another|what (?:else|now|can|could|should|do))\b|^no [^,.?!]{2,40}[,.] (?:so |and )?(?:what|any|which) other\b",
)
"""Asks for another product in place of one."""

_OUT_OF_STOCK = r"(?:店里?|我们|现在)?没有(?!了)|推荐(?:哪[个款种])?|急(?:要|用)|没货了?|缺货了?|断货了?|卖完了?|卖光了?|没有了|售罄|无货|\bsold out\b|\bout of stock\b|\b(?:is|are|'s|'re|we're|all) out\b|\bgone\b|\bran out\b|\bwanted\b|\boffer\b|\bsell\b|\bshow\b|\bgive\b|\bsuggest\b|\banother\b|^no\b|\bother\b"
OUT_OF_STOCK = _any(_OUT_OF_STOCK)
INSTEAD_WORDS = _any(INSTEAD.pattern, _OUT_OF_STOCK)
"""All that a question for another product says besides the name of the first."""

WHEN_ON: Mapping[str, re.Pattern[str]] = {
    "ends": _any(
        r"(?:到|做到|搞到|持续到|有效到)(?:几号|几月|什么时候|啥时候|哪一?天|哪日|何时|多久)(?:为止)?|(?:什么时候|啥时候|几号|哪天|何时)(?:结束|截止|到期|停)|结束|截止|到期|最后(?:一天|期限|是)|还有几天|(?:活动|折|券|优惠|促销).{0,4}还(?:在|有|能|算|做)|(?:现在|目前)?还(?:在|有|能|做).{0,8}(?:活动|[折减]|券|优惠|促销)",
        r"\b(?:un)?till? when\b|\bhow much longer\b|\bhow long(?:'s|'re| (?:does|is|will|do|are))(?= )|\bruns? (?:in)?to\b|\bwhen(?:'s| (?:does|do|is|will|are))\b.*\b(?:end|ends|over|finish|run out|expire|stop|until|till|up)\b|\b(?:last|final) day\b|\bends?\b|\bexpires?\b|\bstill (?:on|going|running|valid|got|have|do\w*|get)\b|\b(?:over|finished|ended)\b",
    ),
    "starts": _any(
        r"(?:什么时候|啥时候|几号|哪天|何时)(?:开始|起)",
        r"\bwhen (?:does|do|is|will|are)\b.*\b(?:start|starts|begin|begins)\b|\bfrom when\b",
    ),
}
"""Asks when a promotion runs."""
WHEN_WORDS = _any(
    r"还(?:在|有|能|算|做)|[到做搞]?(?:几号|几月|什么时候|啥时候|哪一?天|哪日|何时|多久)(?:为止)?|结束|截止|到期|开始|还在",
    r"\b(?:when|until|till|ends?|ended|over|finish\w*|runs? out|expires?|stops?|starts?|begins?|still|on|going|valid|last day)\b",
)
"""The words of that."""

HOW_TO = _any(
    r"怎么(?![卖样办退换走回买付交收])[\u4e00-\u9fff]|如何|咋(?![卖样办退换走回])[\u4e00-\u9fff]|教(?:我|一下|教)|(?:方法|步骤|窍门|诀窍)",
    r"\bhow (?:do|can|should|would) (?:i|we|you|they|one|people|customers?)\b|\bhow to\b|\b(?:right|best|proper|correct) way\b|\bsteps?\b|\bdirections\b",
)
"""Asks how something is done."""

ABOUT_STORES: Mapping[str, re.Pattern[str]] = {
    "phone": _any(
        r"电话(?!机|手表|线|卡)|号码(?=是|多少|给)|怎么联系",
        r"\b(?:tele)?phone(?: number)?\b|\bnumber (?:of|for)\b|\bcall\b|\bring\b|\bcontact\b",
    ),
    "address": _any(
        r"地址|哪条[街路]|在哪|哪里|怎么(?:走|去)|什么位置",
        r"\baddress\b|\bwhere(?:'s| is| are)?\b|\bwhich (?:street|road)\b|\bdirections\b",
    ),
    "hours": _any(
        r"几点|营业|开门|关门|休息|开到|上班|打烊", r"\bopen(?:ing|s)?\b|\bhours\b|\bclos(?:e|es|ed|ing)\b|\bshut\b"
    ),
}
"""What of a store is asked for."""
STORES = _any(
    r"(?:几|多少|哪些|哪几)(?:家|个|间)?(?:门?店|分店|店面|店铺)|(?:门店|分店|店面)(?:有)?(?:哪|几|多少|在)|门店(?:地址|电话|列表)",
    r"\b(?:how many|which|what|other|list(?: of)?|all) (?:of )?(?:your |our |the |other )?(?:branches|stores|shops|locations|outlets)\b|\bany other (?:branch|store|shop)\b",
)
"""Asks which stores there are."""

BIG = _any(
    r"大(?:的|[号个款]的?|一?点的?)?|[^\W_]?大(?=比)", r"\b(?:big|bigger|biggest|large|larger|largest)(?: ones?)?\b"
)
SMALL = _any(
    r"小(?:的|[号个款]的?|一?点的?)?|[^\W_]?小(?=比)", r"\b(?:small|smaller|smallest|little|tiny)(?: ones?)?\b"
)

SOFT_SIZES = _any(
    r"(?:最)?[大小]的?(?:那[个款种件把支只]|[号的个款])?(?=[\s的,?!。]|$)|[大小]号的?|[大小](?=的)",
    r"\b(?:the )?(?:big|bigger|biggest|large|larger|largest|small|smaller|smallest|little|tiny|medium|mini)(?: ones?)?\b|\bones?\b",
)
"""Sizes said without a figure, which a shop may write as measures."""

_PASSIVE = r"(?<![毛棉绒丝床条薄厚夏冬凉春秋的])被(?![子套芯褥罩单]|[\s?!。,吗呢有还卖]|多少|几|$)"
"""被 where it is no quilt."""
_POLITE = (
    r"麻烦(?:你|您)?|当中|里头|里[面边](?![\u4e00-\u9fff]?[料层])|要个|(?:帮|给)(?:我|忙)?看一?眼|[拿举抱捧]着|请问一?下?|请教一?下?|帮(?:我|忙)(?:查|看|找|问)?(?:一?下)?|客人|顾客|客户|有人|有位|有个|先生|女士|小姐|阿姨|大姐|同事|老板娘?|店长|领导|总部|财务|新来的?|"
    r"现在|目前|最近|近期|眼下|咱们?(?:店|家)?(?:里)?|我们(?:店|家)?(?:里)?|你们(?:店|家)?(?:里)?|本店|店里|这里|这儿|如何|什么|是不是|能不能|可不可以|可以|应该|需要|的话|如果|要是"
)
_CHINESE_FILLER = (
    rf"{_POLITE}|一家[两三四五六七八]口人?|[两三四五六七八]口之家|数一?数|等着(?=[买要])|非说|打听|特意|记得|好像|是不是|到底|忘了|请|给(?:我|他|她)?(?:查|看)(?:一?下)?|查(?:一下|查|询)?|看(?:一下|看|下)|问(?:一下|问|下)|我想(?:知道|问|要|买)?|想(?:知道|问|要|买|了解)(?:一?下)?|"
    r"款(?=[\s?!。,]|$)|(?<=[裤鞋帽袜裙杯瓶壶桌椅柜箱被毯本刀筷勺盘碟架桶罐盒梯锤钳尺叉钉管镜梳扇轮垫席袋篮笼篓扣钩夹锅铲刷帘珠链])子|(?<=枕)头|(?:送|给|带给|买给)(?:我|他|她|咱|家里)?(?:[大小老高初中男女]{0,2}(?:学生|朋友|孩子?|宝宝?|老师|同学|同事|领导|客户|长辈|老人|爸爸?|妈妈?|爷爷|奶奶|外公|外婆|老公|老婆|媳妇|女儿|儿子|闺女|男友|女友|婆婆|岳父|岳母|师傅|司机|亲戚|新人|病人))家?(?:的|用|吃|玩|穿|戴|喝)?|报一?下|问(?:的是)?|今天|到底|大概|大约|左右|究竟|一下子?|是多少|多少|是什么|怎么|怎样|能|会|要|得|还是|还|也|都|就|才|又|再|只|"
    r"这[个款种件条双只支套]?|那[个款种件条双只支套边]?|哪[个款种件条双只支套]?|它们?|他们?|她们?|我|你|您|咱|谁|啥|咋|几[个款种件条双只支套]?|一[个款种件条双只支套样]|[两三][个款种件条双只支套样]|发(?=我|你|一下|一份|下|来|给)|回到?(?=刚|前|上|那|第)|换成|改成|换个?(?=[颜尺大小])|要是|说回|回头看|来着|^(?:好的?|嗯+|哦+|行)(?=[,，\s])|(?:元|块|钱)起|便宜|实惠|划算|"
    r"(?<=便宜|划算|实惠)些|(?<=[买来要])点|(?<=[买来拿要选挑带找送])(?:[个支件双套款瓶盒罐份顶]|副(?![食手翼])|把(?!手)|条(?![纹码形])|台(?![历灯球布面式秤锯钻]))(?=[\u4e00-\u9fff])|(?<=[克斤升米])装|(?<=的)单(?=\W*$)|(?:的)?时候|价格?嘞|(?:咱|我们?|你们?)?仓(?:库|里)|(?:我)?好下单|角落|银子|顺便|念一?下|当初|上架|查得到|乘(?=\d)|开个|总数|合适|比较好|才好|为宜|嘞|啊我|小姐姐|小哥哥|美女|帅哥|送[^\s,.?!。0-9的个]{1,4}的(?=[^\s])|(?:送|给|替|帮)(?:我|他|她)?[^\s,.?!。0-9的个]{1,4}(?=买|选|挑|带|推荐)|"
    rf"{_PASSIVE}|的|了|吗|呢|吧|啊|呀|哦|嘛|么|哈|呗|是|有|没有?|在|和|与|跟|或|把|给|让|对|从|到|按|用|为|上|下|里|中|"
    r"商品|产品|东西|货品|货|采购|卖|买|找|拿|告诉|知道|说|元|块钱?|钱(?![包夹罐柜币])|码|号|谢谢|急|在线等|不(?![粘锈沾掉缩皱])|未|很|太|比较|另外|那么|分别|各自?|都列|便宜(?:一?[点些])|普通[款版]|标准版|之前|刚才|刚刚|上面|前面"
)
_ENGLISH_FILLER = """
    a an the this that these those it its it's is are was were be been being am do does did done doing have has had having
    i i'd i'm i'll im me my mine we we're our ours you your yours u he him his she her hers they them their someone somebody
    what what's whats which who whom whose when why how where there here and or but if then than so as of for from to in on
    at by with about into over per up out off please pls plz thanks thank hi hello hey can could would will shall should may
    might must tell give show get got find look looking check know need want wants wanted like see let us just still also
    too very really currently now today right ok okay any some all much many more most other another same one ones exactly
    roughly customer customers client lady guy gentleman man woman person people asks asking asked ask says said wondering
    question product products item items thing things shop store ours till counter phone line shelf somebody he's she's they're there's
    something else we've you've i've they've waiting wait sure quickly actually cost spend money budget amount people everybody anyone anything
    question product products item items thing things shop store ours sell sells sold selling sale buy buys buying bought
    pay quick quickly again between both each either compared not no yes don't doesn't isn't aren't go goes going
    cool owe lot job times whether seen anybody anybody's stick regarding stand fetch code well markdown wise looking point
    range collection selection assortment moneywise pricewise stockwise costwise moneywise size sized sizes colour color colours colors anywhere somewhere everywhere sorry per um er erm hmm uh oh kicking lying handy please nope yep yeah yes well
    stuff stuffs bits part parts mate pal love guys
    come comes cheap affordable inexpensive before earlier previous previously mentioned first back models model kinds kind
    types type sorts sort brands names
"""
_ENGLISH_RULE_FILLER = """
    long days something anything someone policy rules rule allowed possible able happen happens cost costs price fee charge time
"""


def _one_of(words: str) -> str:
    """A pattern for any of the white-space separated words, and for what an apostrophe leaves of them."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return rf"(?<!\w-)\b(?:{'|'.join(map(re.escape, longest_first))})\b(?!-\w)|(?<=[a-z])'(?:s|re|ll|ve|d|m|t)\b"


GENERIC = ("玩具", "用品", "文具", "食品", "饮品", "首饰", "家具", "器材", "水果", "蔬菜", "装备", "衣服")
"""What all goods of a trade are called; where no category is, it names nothing."""
FILLER = _any(_CHINESE_FILLER, _one_of(_ENGLISH_FILLER))
"""Words that ask or link but name nothing. They weigh nothing when a record is matched."""

NOT_OURS = _any(r"(?:隔壁|对面|旁边|楼下)[^,，。?？]{0,8}(?:几点|营业|关门|开门|打烊)")
"""Asks about somebody else's place."""
RULE_FILLER = _any(
    _POLITE, r"这(?:件|个)?事儿?|明文", r"怎么[办样]?|能否|行不行|多久|多长时间|多少|几天|几个?月|哪些|有没有|规定|政策|想|要|能|会|行",
    _PASSIVE,
    "[的了吗呢吧啊呀哦嘛么哈呗是我你您他她它这那哪谁啥在和与跟或把给让对从到就也都还又再]",
    _one_of(_ENGLISH_FILLER + _ENGLISH_RULE_FILLER),
)  # fmt: skip
"""The same for questions about rules, where 货, 买 or 有 may carry the sense."""

COLORS: tuple[tuple[str, ...], ...] = (
    ("black", "黑色", "黑"), ("white", "白色", "白"), ("red", "红色", "红"), ("blue", "蓝色", "蓝"),
    ("green", "绿色", "绿"), ("yellow", "黄色", "黄"), ("orange", "橙色", "橙", "橘色"), ("purple", "紫色", "紫"),
    ("pink", "粉色", "粉红色", "粉红", "粉"), ("grey", "gray", "灰色", "灰"), ("brown", "棕色", "褐色", "咖啡色", "棕"),
    ("beige", "米色", "米白色", "米白"), ("navy", "navy blue", "藏青色", "藏青", "海军蓝", "深蓝色", "深蓝"), ("khaki", "卡其色", "卡其"),
    ("gold", "金色"), ("silver", "银色"), ("rose gold", "玫瑰金"), ("turquoise", "青绿色", "teal", "绿松石色"), ("cyan", "青色"),
    ("burgundy", "wine red", "酒红色", "酒红"), ("olive", "army green", "军绿色", "军绿", "橄榄绿"), ("sky blue", "light blue", "天蓝色", "天蓝", "浅蓝色"),
    ("ivory", "象牙白", "cream", "奶油色", "奶白色"), ("charcoal", "炭黑色", "炭灰", "深灰色", "dark grey", "dark gray"), ("transparent", "clear", "透明", "透明色"),
    ("light grey", "light gray", "浅灰色", "浅灰"), ("dark green", "深绿色", "墨绿色", "墨绿"), ("mint", "薄荷绿"), ("coral", "珊瑚色", "珊瑚红"),
)  # fmt: skip
"""Spellings of one colour, so that "black" finds a row that says 黑色 and the other way round."""

SIZE_WORDS: tuple[tuple[str, ...], ...] = (
    ("xs", "加小", "特小号"), ("s", "small", "小号", "小码"), ("m", "medium", "中号", "中码"), ("l", "large", "大号", "大码"),
    ("xl", "extra large", "x-large", "加大", "加大号"), ("xxl", "2xl"), ("xxxl", "3xl"), ("one size", "均码", "free size"),
)  # fmt: skip

ASKS_FOR_GOODS = _any(
    r"有没有(?!.{0,4}(?:规定|要求|说法|限制|期限|办法|政策|保修|质保))|有卖|卖不卖|[有卖].{0,12}[吗么嘛没]\W*$|有货|库存|推荐|想买|想要一|哪一?款|(?:给|帮(?!忙)|替|送).{1,5}(?:买|挑|选|带|的)|来[一两]",
    r"\b(?:do|does) (?:you|we|they|u)(?: guys)?(?: also| still)? (?:have|sell|carry|stock|got|do)\b|\b(?:have|has) (?:you|we|they) (?:got )?\b|\bany \w+(?: \w+)? (?:left|in stock)\b|\bgot any\b|\bneed an?\b|\blooking for\b|\bshow me\b|\brecommend\b|\bbuy\b|^(?:an?|any|some|got) (?!new\b|customer\b|client\b|lady\b|man\b|woman\b|gentleman\b|guy\b|friend\b|couple\b)",
    r"\bis there an? (?:bigger|smaller|larger|cheaper|better)\b|\bmade (?:of|from)\b|\b(?:do|does|did) it come\b",
)
"""Speaks of what the shop sells, not of how it sells it."""

HAS_GOODS = _any(
    r"有没有(?!.{0,4}(?:规定|要求|说法|限制|期限|办法|政策|保修|质保))|有卖|卖不卖|有.{0,12}[吗么嘛没]\W*$|有哪些|还有吗",
    r"\b(?:do|does) (?:you|we|they|u)(?: guys)?(?: also| still)? (?:have|sell|carry|stock|got|do)\b|\bgot any\b|\bany \w+(?: \w+)? left\b",
)
"""Asks whether the shop has something."""

ANSWER_SIGNS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (  # at what time
        _any(r"几点|营业|什么时间|打烊|开门|关门|开到|多晚|放假|过年", r"\bwhat time\b|\bhours\b|^(?!.*\b(?:packag\w*|box|seal\w*|packet|bag|lid|tin|jar)\b).*\b(?:open|close|shut)s?\b|\bopening\b|\bhow late\b"),
        _any(r"\d{1,2}[:点]\d{0,2}|\d\s*[ap]\.?m\b|休息|照常|\bclosed\b"),
    ),
    (  # how long, until when
        _any(
            r"多久|几天|多少天|多长时间|期限|几个?月|几年|什么时候|啥时候|哪天|最晚|最迟|最快|过期|来得及|之内|有效期",
            r"\bhow (?:long|soon|far back|fast|quick\w*|much (?:notice|time|warning|longer))\b|\bhow many (?:days|weeks|months|years|hours)\b|\bdeadline\b|\bwhen\b|\bexpir\w+|\bhow late\b|\brun out\b|\b(?:days?|weeks?|months?|years?) (?:ago|late|after|later)\b|\bby when\b",
        ),
        _any(
            rf"(?:\d|[一二两三四五六七八九十]|\b(?:{'|'.join(ENGLISH)}))\s*(?:个?工作日|天|日|个月|年|小时|分钟|周|(?:business |working )?days?\b|weeks?\b|months?\b|years?\b|hours?\b|minutes?\b)",
            r"\d{1,2} 月 ?\d{1,2} 日|\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|\bimmediately\b|立即|当天|\bsame day\b|随时",
        ),
    ),
    (  # at what age
        _any(r"几岁|多大年纪|年龄(?:限制|要求)", r"\bhow old\b|\b(?:what|which|minimum) age\b"),
        _any(r"\d+ ?周?岁", r"\bage[ds]?\b.{0,12}\d|\b(?:over|under)[- ]\d"),
    ),
    (  # how much money
        _any(
            r"多少钱|几块|几元|费用|运费|收费|多少元|要钱|交钱|花多少|值多少|免邮|包邮|贵|几成|多少",
            r"\bhow much\b(?! (?:notice|time|room|space|longer|warning)\b)|\bfees?\b|\bcosts?\b|\bcharge\b|\bpostage\b|\bworth\b|\bspend\b|\bprice\b|\bwhat would (?:that|it) be\b|\blimit\b",
        ),
        _any(
            r"[¥$€£]\s*\d|(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)\s*(?:元|块(?!儿)|%|折|dollars?\b|yuan\b|usd\b)|免费|\bfree\b"
        ),
    ),
    (  # how often, how many at most
        _any(r"几次|多少次|最多|上限|最高|几回|两次|限", r"\bhow (?:many times|often)\b|\blimit\w*\b|\btwice\b|\bat most\b|\bmaximum\b|\bmore than once\b"),
        _any(r"\d\s*次|最多|上限|不超过|仅限|只(?:能|补)|\btimes?\b|\bonce\b|\bat most\b|\blimited\b|\bup to\b|\bunlimited\b|\bmaximum\b"),
    ),
    (  # what is left out, and what may not be
        _any(
            r"不(?:能|可以|保|包|参加|退|换|算)|除外|不包括|哪些不|[能可].{0,24}[吗么嘛]|算不算|能不能|可不可以|行不行|管不管",
            r"\bnot\b|\bexcept\b|\bexclud\w+|\bcan't\b|\bcannot\b|\b(?:can|may|could) (?:i|we|they|you|he|she|my|a|an|the|guests?|customers?|someone)\b|\bis (?:that|it|this)\b|\ballowed\b|\bstill ok\b",
        ),
        _any(r"不|除外|可以|\bnot\b|\bcannot\b|\bexcept\b|\bexclud\w+|\bonly if\b|\bonly\b|\bmay\b|\bcan\b|\bwelcome\b"),
    ),
    (  # who bears it
        _any(r"谁(?:出|付|承担|掏|负责|来)|自己出|算谁", r"\bwho(?:'s| is| has to| must| will)? ?(?:pays?|paying|covers?|bears?|pay)\b|\bat whose\b"),
        _any(r"承担|由(?:本店|顾客|买家|我们)|负责|\bpays?\b|\bour (?:cost|expense)\b|\bwe (?:pay|cover)\b"),
    ),
    (  # what is needed
        _any(
            r"带什么|要什么|需要什么|什么(?:资料|证明|证件|材料|条件|手续)|凭什么|准备什么|要求",
            r"\bwhat (?:do|does|must|should|documents?)\b.*\b(?:need|bring|show|give|provide|have to)\b|\bhow (?:do|can) (?:i|they|we|you) (?:prove|show|claim|check)\b|\brequire\w*\b",
        ),
        _any(r"需要|需|请提供|出示|凭|说明|提供|\bneeds?\b|\bshow\w*\b|\bgive\b|\bprovide\b|\bmust\b|\bconfirm\b|\bdescribe\b|\bplease\b"),
    ),
    (  # what to do
        _any(
            r"怎么办|怎么处理|怎么弄|找谁|怎么做|如何处理|咋办",
            r"\bwhat (?:now|then|happens?|if|should|do i do|shall)\b|\bwhat do (?:i|we|you) do\b|\bhow do (?:i|we)\b",
        ),
        _any(r"请|我们|可[以退换修]|凭|联系|告诉|登记|[赔换退补]|\bplease\b|\btell\b|\bcontact\b|\bwe \w+|\bask\b|\bgive\b|\btake\b|\benter\b|\bapply\b|\bbring\b|\bfill in\b|\bsign\b|\bshow\b"),
    ),
    (  # where
        _any(r"在?哪[里儿]?|几楼|位置", r"\bwhere\b|\bwhich floor\b|\banywhere\b|\bsomewhere\b"),
        _any(r"\d ?[楼层]|地下|旁|[到在].{1,6}[台处口店]|\bfloor\b|\bbeside\b|\bnext to\b|\bat the\b|\bbasement\b|\bin store\b|\bby mail\b"),
    ),
)  # fmt: skip
"""What sort of thing a question about a rule wants to hear, and what a sentence looks like that says it."""
