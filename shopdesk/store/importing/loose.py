"""Columns whose names nobody foresaw whole: words that speak of a field, where the values agree.

`门店零售单价(元)` speaks of a price, `酒窖位置` of a place, `Catalog #` of a code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core.text import fold
from shopdesk.store.importing import columns, headers

# A price without tax, or what the shop itself pays, is not what a customer is told.
_NO_PRICE = (
    r"cost|purchase|supply|wholesale|excl|netto|\bnet\b|\bek\b|einkauf|tax|shipping|margin|fee|进价|成本|采购|批发|进货|供货|不含税|未税"
    r"|原価|仕入|税抜|税別|卸|運費|运费|원가|매입|공급|도매|成交(?!价)|总额|金额|value"
)
_OTHER_PRICE = (
    r"|compare|list|regular|original|msrp|rrp|uvp|市场|原价|吊牌|划线|定価|參考|参考|会员|會員|시중|정가|소비자"
    r"|整箱|上月|去年|团购|指导|官网|官方"
)
# Counts that are no stock: limits, what is on its way or gone, sums of money.
_NO_STOCK = (
    r"low|min|max|alert|limit|reorder|restock|safety|sold|order|incoming|reserv|commit|unavailable|forecast|status|value|cost"
    r"|price|unit|type|policy|track|new|下限|上限|预警|警戒|安全|锁定|冻结|占用|在途|待|销|采购|入库|出库|期初|成本|金额|单位|状态|类型|起订|限购"
    r"|発注|予約|入荷|最低|最大|mindest|melde|reserviert|bestellt|안전|예약|발주"
)
_NO_NAME = (
    r"brand|categor|store|shop|file|user|vendor|supplier|company|customer|option|attribute|variation|unit|tax|alt|seo"
    r"|type|status|composite|account|outlet|英文|品牌|分类|类别|类目|门店|店铺|仓库|供应商|厂|客户|(?<!名)规格|单位|属性|颜色|ブランド|カテゴリ|仕入|店"
    r"|kategorie|hersteller|marke|lieferant|브랜드|분류|업체|产地|别名|曾用|用户|会员|姓|地名|署名"
)
_NO_CODE = (
    r"brand|categor|store|order|supplier|vendor|tax|account|parent|composite|hs|品牌|分类|类别|仓库|门店|供应商|订单|客户|条码|条形|税"
    r"|部門|店|仕入|jan|バーコード|분류|바코드"
)


@dataclass(frozen=True, slots=True)
class _Words:
    """What a column's name holds where it speaks of a field, and what it must not hold."""

    wanted: str
    unwanted: str = r"(?!)"

    def speak_of(self, title: str) -> bool:
        return bool(re.search(self.wanted, title)) and not re.search(self.unwanted, title)


# Those looked for first come first.
_PRODUCT: Mapping[str, _Words] = {
    "name": _Words(
        r"name|title|bezeichnung|名称|品名|全名|标题|名稱|標題|商品名|製品名|タイトル|상품명|품명|名$", _NO_NAME
    ),
    "sku": _Words(
        r"sku|item ?(?:no|code|number)|product ?(?:no|code|number)|art(?:ikel)?\.? ?(?:nr|nummer)|reference"
        r"|(?:商品|产品|货品|物料|存货|物品|款式|款|品|规格)?(?:编码|编号|代码|货号|款号)|(?:商品|品目)?(?:番号|コード)"
        r"|상품코드|품번",
        _NO_CODE,
    ),
    "price_minor": _Words(
        r"price|preis|\bvk\b|售价|零售价|单价|价格|價|価格|単価|売価|판매가|가격|단가|价$|卖$|^零售$"
        r"|^(?:we|what we) (?:ask|charge|want)$|^(?:to )?pay$"
        r"|^(?:price )?now$|^ticket$|^sells? (?:at|for)$",
        _NO_PRICE + _OTHER_PRICE,
    ),
    "stock": _Words(
        r"stock|inventory|qty|quantity|on hand|bestand|库存|結存|结存|存量|庫存|在庫|재고|仓库$"
        r"|\bon (?:the )?(?:shop )?(?:shelf|floor)$|^在库$|^在店$|^count$|^(?:how many|left|remaining)$|^现有$|在架"
        r"|[剩余存](?:多少|几|[个件箱]?数?)$|^存[箱件包]$|(?:现有|可[用售卖]|账面|在[库店])数?[量目]?$",
        _NO_STOCK,
    ),
    "list_price_minor": _Words(
        r"\b(?:was|list|before|usual(?:ly)?|normal(?:ly)?|old|full|compare|original|regular|rrp|msrp|srp|uvp)\b"
        r"|^used to be$|原[价标]|挂牌价|前价|前售价|吊牌|市场价|划线|标价|建议"
        r"|参考价|官网价|官方价|指导价|定価|希望小売|정가",
        _NO_PRICE,
    ),
    "location": _Words(
        r"\b(?:bay|drawer|shelf|rack|zone|aisle|bin|slot|cabinet|counter|bench|locations?|position|place|spot|where|row|crate|hook|peg|rail|stand)\b"
        r"|^kept in$"
        r"|(?:[存摆]放|放置)(?:[处点区]|的?地[点方]?)|货架|货位|柜台|柜号|柜架|展柜|挂[杆位钩墙]|位置|摆放|陈列|展位|抽屉|架号|库位|^摆在$|^[放挂搁摆存收]在?哪|[放挂搁摆]哪"
        r"|棚番",
        r"note|remark|comment|label|life|date|days|time|price|image|store|supplier|country|origin|type|width|height|depth|size|placement"
        r"|备注|产地|原产|保质|适用|安装|价|高|宽|尺寸",
    ),
    "category": _Words(
        r"^(?:product |item )?(?:range|family|section|department|collection|class|group|genre|counter|species|kind)$"
        r"|^dept$"
        r"|类$|类别$|类型$|品类|分类$|部門|種類",
        r"price|age|size|id|code|コード|人群|年龄|气候|肤",
    ),
    "brand": _Words(
        r"^(?:make|mfr|mfg)$|\b(?:brand|maker|publisher|manufacturer|producer|winery)$|品牌|牌子|厂$|厂家$|酒庄$|出版社$",
        r"id|country|code",
    ),
    "unit": _Words(r"^(?:sold|priced?) (?:by|per)(?: the)?$|^per$|计价单位$"),
    "color": _Words(r"\bcolou?r(?:way)?$|颜色$|色号$|花色$", r"temp|light|id|code|lens|英文"),
    "size": _Words(
        r"\bsize$|尺码$|尺寸$|号码$",
        r"pack|case|batch|file|order|group|screen|min|max|lot|font|packing|包装|外箱|屏",
    ),
}
_FOR_SOME = re.compile(r"\b(?:case|trade|box|bulk|pallet|staff|club)\b|同行|内部")
"""Prices that some pay, or for more than one: the price only where there is no other."""
_CONTENT = _Words(r"^pack(?:ed|ing)?(?: size)?$|^contents?$|装量$|净含量|^包装规格$")
"""How much is in one of the goods, which tells those of one name apart as a size does."""
# What numbers each row, whatever it is called.
_OWN_CODE = _Words(
    r"\b(?:code|ref|no|number|nr|id|model|part|plu|mpn)\b|#|号$|番$",
    _NO_CODE
    + r"|colou?r|post|zip|country|phone|serial|lot|batch|patent|licen|approval"
    + r"|色|批|证|文号|电话|手机|尺|货架|年|序",
)
_ORDER: Mapping[str, _Words] = {
    "status": _Words(r"status|\bstate\b|状态|进度|狀態", r"payment|pay|refund|付款|退款|id"),
    "total_minor": _Words(
        r"\btotal\b|应付|实付|合计|总额|总价|總",
        r"tax|discount|shipping|qty|items|件|数|税|运费|优惠|refund|退",
    ),
    "lines": _Words(r"contents|\bitems\b|\bgoods\b|商品|明细|货品|内容", r"count|number|qty|数|价|额|码|号|id|备注"),
    "placed_at": _Words(
        r"order|plac|creat|purchas|下单|订购|订单|日期|date",
        r"ship|paid|pay|updat|deliver|发货|付款|更新|送|取|到|装|约|交|来",
    ),
    "expected_at": _Words(
        r"\b(?:due|collect|collection|pick ?up|ready|arriv\w*|expected|promised|eta)\b"
        r"|送达|送货|取货|取件|自提|到货|交付|交货|预计|预约|[能来]来|来[拿取]",
        r"fee|paid|status",
    ),
}
_PROMOTION: Mapping[str, _Words] = {
    "starts": _Words(r"start|from|begin|开始|生效|起"),
    "ends": _Words(r"end|until|till|\bto\b|finish|expir|last|结束|失效|止|到期"),
}
_KINDS: Mapping[str, Mapping[str, _Words]] = {"product": _PRODUCT, "order": _ORDER, "promotion": _PROMOTION}


def fill(kind: str, named: dict[str, int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Add to `named` (field → column) what the columns that are left speak of, where the values agree."""
    for field, words in _KINDS.get(kind, {}).items():
        if field in named or (field == "sku" and "group_key" in named):
            continue
        speaking = _speaking_of(words, named, header, rows)
        if field == "location":  # places are numbered as a rule: Counter 1, not the counter for beef
            speaking.sort(key=lambda index: not columns.numbered(_cells(rows, index)))
        if field == "price_minor":
            speaking.sort(key=lambda index: bool(_FOR_SOME.search(fold(header[index]))))
        found = next((index for index in speaking if columns.may_be(field, _cells(rows, index))), None)
        named.update({} if found is None else {field: found})
    if kind == "product" and "sku" not in named:
        own = _speaking_of(_OWN_CODE, named, header, rows)
        code = next((index for index in own if columns.numbers_each(_cells(rows, index))), None)
        if code is None and named and "barcode" not in named and 0 not in named.values():
            # Line, Item, Kürzel: the first column, where nothing else is a code
            first = _cells(rows, 0)
            code = 0 if columns.numbers_each(first) and not columns.measures(first) else None
        named.update({} if code is None else {"sku": code})
    if kind == "product" and not {"name", "name_en", "name_zh"} & set(named) and named:
        unnamed = {*named.values(), *_no_names(header)}
        name = columns.names_of_goods(rows, unnamed)
        beside = named.get("sku", len(header)) + 1
        sold = {"sku", "price_minor"} <= set(named) or {"sku", "stock"} <= set(named)
        if name is None and sold and beside < len(header) and beside not in unnamed:
            # names that come again, a row for each size, stand beside the code
            name = beside if columns.may_be("name", _cells(rows, beside)) else None
        if name is None and sold:  # Full description, 货品描述: what tells the goods apart where nothing names them
            others = {index for index, title in enumerate(header) if not re.search(_DESCRIPTION, fold(title))}
            name = columns.names_of_goods(rows, {*named.values(), *others})
        named.update({} if name is None else {"name": name})
    if kind == "product":
        _fill_size_and_price(named, header, rows)


def _fill_size_and_price(named: dict[str, int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """What holds measures is a size; a price is the first column of amounts, none of them above what it was before."""
    if "size" not in named:
        content = _speaking_of(_CONTENT, named, header, rows)
        size = next((index for index in content if columns.measures(_cells(rows, index))), None)
        named.update({} if size is None else {"size": size})
    if "price_minor" not in named and named.keys() & {"name", "sku"}:
        not_asked = [
            index for index, title in enumerate(header) if re.search(_NO_PRICE + _OTHER_PRICE, fold(title))
            or _FOR_SOME.search(fold(title))
        ]  # fmt: skip
        before = named.get("list_price_minor")
        price = columns.amounts_asked(rows, {*named.values(), *not_asked}, before)
        named.update({} if price is None else {"price_minor": price})


def is_junk(title: str, cells: Sequence[str]) -> bool:
    """Whether a column is the business of machines alone: by its name and, where that may tell more, its values."""
    name = headers.normal(title)
    return name in headers.JUNK and (name not in headers.ALSO_TELLING or columns.kept_by_machines(cells))


def _speaking_of(
    words: _Words, named: Mapping[str, int], header: Sequence[str], rows: Sequence[Sequence[str]]
) -> list[int]:
    """The columns that are free and are no business of machines, from left to right."""
    return [
        index
        for index, title in enumerate(header)
        if index not in named.values()
        and title.strip()
        and words.speak_of(fold(title))
        and not is_junk(title, _cells(rows, index))
    ]


def _no_names(header: Sequence[str]) -> list[int]:
    """The columns whose own names say that they are no names."""
    return [index for index, title in enumerate(header) if re.search(f"{_NO_NAME}|{_NO_PROSE}", fold(title))]


_DESCRIPTION = r"descri|描述"
_NO_PROSE = rf"{_DESCRIPTION}|note|remark|comment|detail|url|image|link|date|time|备注|说明|详情|图|链接|日期|时间"


def _cells(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] for row in rows if index < len(row)]
