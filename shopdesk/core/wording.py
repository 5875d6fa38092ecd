"""How ShopDesk names and says things: labels, field names, values and the exact sentences, in both languages.

The prompt, the exact answers, the check and the training data all take their words from here, so
a value looks the same wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from shopdesk.core import small_talk
from shopdesk.core.instructions import without_instructions
from shopdesk.core.lexicon import ATTRIBUTE_NAMES, COLORS, SIZE_WORDS
from shopdesk.core.plan import Plan, Point
from shopdesk.core.types import Language, Record, Value, price_text

_FIELD_NAMES: Mapping[str, tuple[str, str]] = {
    # field: (English, Chinese)
    "price": ("price", "价格"), "list_price": ("list price", "原价"), "stock": ("stock", "库存"),
    "sku": ("SKU", "SKU"), "barcode": ("barcode", "条码"), "location": ("location", "货位"),
    "color": ("color", "颜色"), "size": ("size", "尺码"), "brand": ("brand", "品牌"),
    "category": ("category", "类别"), "unit": ("unit", "单位"), "description": ("description", "简介"),
    "store": ("store", "门店"), "topic": ("topic", "主题"), "body": ("text", "内容"),
    "type": ("type", "类型"), "threshold": ("threshold", "门槛"), "discount": ("discount", "优惠"),
    "starts": ("starts", "开始"), "ends": ("ends", "结束"), "scope": ("scope", "范围"),
    "status": ("status", "状态"), "placed_at": ("placed", "下单时间"), "total": ("total", "合计"),
    "carrier": ("carrier", "快递公司"), "tracking": ("tracking number", "运单号"),
    "expected_at": ("expected", "预计送达"), "lines": ("items", "商品"), "customer": ("customer", "顾客"),
    "phone": ("phone", "电话"), "address": ("address", "地址"), "hours": ("opening hours", "营业时间"),
}  # fmt: skip

_PRODUCT_ORDER = (
    "price",
    "list_price",
    "stock",
    "location",
    "sku",
    "color",
    "size",
    "brand",
    "category",
    "barcode",
    "store",
)
_ORDERS: Mapping[str, Sequence[str]] = {
    "product": _PRODUCT_ORDER,
    "promotion": ("body", "starts", "ends", "scope"),
    "order": ("status", "carrier", "tracking", "placed_at", "expected_at", "total", "lines"),
    "store": ("address", "phone", "hours"),
    "policy": (),
    "computed": (),
}
OWN_TO_A_SIZE = ("color", "size", "sku", "stock")
_MONEY = frozenset({"price", "list_price", "total", "threshold"})
_PROSE = frozenset({"description", "body", "scope"})
_DESCRIPTION_LIMIT = 120


def not_recorded(language: Language) -> str:
    return "未登记" if language == "zh" else "not recorded"


def field_name(field: str, language: Language) -> str:
    """The name people see: `list_price` → 原价; an attribute keeps the name its column had."""
    if field.startswith("attributes."):
        return _attribute_name(field.removeprefix("attributes."), language)
    english, chinese = _FIELD_NAMES.get(field, (field, field))
    return chinese if language == "zh" else english


def field_named(name: str, record: Record) -> str | None:
    """The field of `record` that people call `name`, in either language; None where it has none of that name."""
    wanted = name.strip().casefold()
    for field in record.fields:
        if wanted in (field, *(called.casefold() for called in _FIELD_NAMES.get(field, ()))):
            return field
    for attribute in record.attributes:
        others = next((names for names in ATTRIBUTE_NAMES.values() if attribute.casefold() in names), ())
        if wanted in (attribute.casefold(), f"attributes.{attribute}".casefold(), *others):
            return f"attributes.{attribute}"
    return None


def _attribute_name(name: str, language: Language) -> str:
    """A column's name; one that everybody knows is said in the language of the answer."""
    foreign = name.isascii() == (language == "zh")
    for english, chinese, *others in ATTRIBUTE_NAMES.values() if foreign else ():
        if name.casefold() in (english, chinese, *others):
            return chinese if language == "zh" else english
    return name


def _stock_text(record: Record, language: Language) -> str | None:
    stock, available = record.fields.get("stock"), record.fields.get("available")
    unit = str(record.fields.get("unit") or "")
    counted = f"{stock} {unit}".rstrip() if language == "zh" else f"{stock}"
    if isinstance(stock, int):
        if stock > 0:
            return counted
        return f"{counted}（无货）" if language == "zh" else f"{counted} (out of stock)"
    if available is None:
        return None
    if available:
        return "有货（数量未登记）" if language == "zh" else "in stock (quantity not recorded)"
    return "无货" if language == "zh" else "out of stock"


def _translated(field: str, value: Value, record: Record, language: Language) -> str:
    """The row's own translation where it brings one (an attribute such as `description_en`)."""
    return record.attributes.get(f"{field}_{language}") or str(value)


def value_text(record: Record, field: str, language: Language) -> str | None:
    """The text of a field as people read it (`¥499.00`, `3 双`), or None where the row does not say."""
    if field == "stock" and record.kind == "product":
        return _stock_text(record, language)
    if field.startswith("attributes."):
        name = field.removeprefix("attributes.")
        said = record.attributes.get(f"{name}_{language}") or record.attributes.get(name) or ""
        return without_instructions(said) or None
    value = record.fields.get(field)
    if value is None or value == "":
        return None
    if field in ("color", "size") and record.kind == "product":
        translated = _translated(field, value, record, language)
        return _own_language(record, " ".join(translated.split()), language)
    if field in _MONEY:
        return price_text(str(value), str(record.fields.get("currency") or ""))
    said = _translated(field, value, record, language)
    return " ".join((without_instructions(said) if field in _PROSE else said).split()) or None


def shown_attributes(record: Record) -> list[str]:
    """The attribute names to show: translations of another column are not columns of their own."""
    return [name for name in record.attributes if not name.endswith(("_en", "_zh"))]


def _own_language(record: Record, value: str, language: Language) -> str:
    """A colour or size of a row that speaks both languages, in the one of the answer; other rows are quoted."""
    if value.isascii() == (language == "en") or f"name_{language}" not in record.attributes:
        return value
    for family in (*COLORS, *SIZE_WORDS):
        if value.casefold() in family:
            return next((word for word in family if word.isascii() == (language == "en")), value)
    return value


def variant_values(record: Record, language: Language, extra: Sequence[str] = ()) -> list[str]:
    """Colour, size and the named attributes, as far as the row has them."""
    values: list[str] = []
    for field in ("color", "size", *extra):
        text = value_text(record, field, language)
        if text and text not in values:
            values.append(text)
    return values


def _says(title: str, value: str) -> bool:
    """Whether the title already says the value, as a word of its own where it is Latin ("M" is not in "Mat")."""
    border = r"[a-z0-9]" if value.isascii() else r"(?!)"
    return bool(re.search(rf"(?<!{border}){re.escape(value.casefold())}(?!{border})", title.casefold()))


def title_of(record: Record, language: Language) -> str:
    """What a record is called, in one line: `极风跑鞋 2`. Its sizes and colours are all called so.

    Where its name speaks to a machine, what is left of it, or the key.
    """
    return " ".join(without_instructions(record.title_in(language)).split()) or record.key


def label_of(record: Record, language: Language, extra: Sequence[str] = ()) -> str:
    """How an answer names a record: `极风跑鞋 2（黑色，42）`, `Gale Runner 2 (black, 42)`."""
    title = title_of(record, language)
    if record.kind != "product":
        return title
    values = [value for value in variant_values(record, language, extra) if not _says(title, value)]
    if not values:
        return title
    return f"{title}（{'，'.join(values)}）" if language == "zh" else f"{title} ({', '.join(values)})"


def describing_fields(record: Record, asked: Sequence[str] = ()) -> list[str]:
    """The fields to show of a record: those asked for first, then the usual ones that it has."""
    usual = [field for field in _ORDERS[record.kind] if field not in ("color", "size")]
    fields = [*asked, *(field for field in usual if field not in asked)]
    return [field for field in fields if not (field == "sku" and record.fields.get("sku") is None)]


def all_fields(record: Record, asked: Sequence[str] = ()) -> list[str]:
    """Every field to show of a record, in one order whatever is asked; what is asked for and unknown comes last.

    Of a product, what its sizes and colours share comes before what sets them apart: a model that has read one of
    them while the question was typed has then read most of the others. Its barcode, many tokens that are seldom
    wanted, is there when it is asked for.
    """
    own = OWN_TO_A_SIZE if record.kind == "product" else ()
    shared = [field for field in describing_fields(record) if field not in ("barcode", *own)]
    attributes = [f"attributes.{name}" for name in shown_attributes(record)]
    return list(dict.fromkeys(["description", *attributes, *shared, "body", *own, *asked]))


def point_of(record: Record, field: str, language: Language) -> Point:
    """A point about one field; an empty field becomes an honest "not recorded"."""
    value = value_text(record, field, language)
    return Point(field, field_name(field, language), value if value is not None else not_recorded(language))


def shorten(text: str, limit: int = _DESCRIPTION_LIMIT) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def citation(fact_id: int) -> str:
    return f"[{fact_id}]"


def exact_answer(plan: Plan) -> str:
    """The whole answer in the shop's own words, from the rows alone. Every value stands verbatim in it."""
    if plan.intent == "small_talk":
        return small_talk.reply(plan.talk or "greeting", plan.language)
    if plan.target is None:
        return _ORDER_NUMBER[plan.language] if plan.asked == ("order_number",) else _not_found(plan)
    mark = citation(plan.target.id)
    if plan.intent == "policy":
        return f"{lead_in(plan)}{quotation(plan)}"
    if plan.intent == "computed":
        end = "。" if plan.language == "zh" else "."
        return f"{plan.points[0].name}: {plan.points[0].value} {mark}{end}"
    if len(plan.points) > 1:
        return _several(plan, mark)
    return _single(plan, mark)


def _before_chinese(label: str) -> str:
    """A label with the space that belongs between Latin text and the Chinese after it."""
    return f"{label} " if label[-1:].isascii() else label


_NO_NOUN = re.compile(
    r"(?:(?<!s)s|ed|[)\]%]|\b(?:for|with|in|at|from|to|by|on|per|of|pack))$"
    r"|^(?:is|has|can|per|made|best|keep|use)\b",
    re.I,
)
"""Headings that make no sentence as "the … of it is": Floats, Made from, Weighs (kg)."""
_PLURAL = re.compile(r"(?<![su])s$")
_ASKS_ITSELF = re.compile(r"几|多少|吗$|是否|能否|可否|怎么|如何|不$")
_NO_SENTENCE, _NO_SENTENCE_ZH = 3, 16
"""Blanks or characters from which on a value is a sentence of its own."""


def _single(plan: Plan, mark: str) -> str:
    label, point = plan.label, plan.points[0]
    empty = point.value == not_recorded(plan.language)
    if plan.language == "zh":
        label = _before_chinese(label)
        if empty:
            return f"{label}的{point.name}{point.value} {mark}。"
        if point.field == "price":
            return f"{label}的价格是 {point.value} {mark}。"
        if point.field == "stock":
            lead = "" if "无货" in point.value else "有货，"
            return f"{lead}{label}的库存：{point.value} {mark}。"
        if point.field == "location":
            return f"{label}在货位 {point.value} {mark}。"
        if point.field == "body":
            return f"{plan.label}：{point.value.rstrip('。.')} {mark}。"
        if _ASKS_ITSELF.search(point.name) or len(point.value) > _NO_SENTENCE_ZH:
            return f"{plan.label}：{point.name} {point.value} {mark}。"
        return f"{label}的{point.name}是 {point.value} {mark}。"
    if empty:
        verb = "are" if _PLURAL.search(point.name) else "is"
        return f"The {point.name} of {label} {verb} {point.value} {mark}."
    if point.field == "price":
        return f"{label} costs {point.value} {mark}."
    if point.field == "stock":
        if "out of stock" in point.value:
            return f"{label} is not available; stock: {point.value} {mark}."
        return f"Yes, {label} is available; stock: {point.value} {mark}."
    if point.field == "location":
        return f"{label} is at {point.value} {mark}."
    if point.field == "body":
        return f"{label}: {point.value.rstrip('.')} {mark}."
    if point.field.startswith("attributes.") and (_NO_NOUN.search(point.name) or point.value.count(" ") > _NO_SENTENCE):
        return f"{label}: {point.name} {point.value} {mark}."
    return f"The {point.name} of {label} is {point.value} {mark}."


def _several(plan: Plan, mark: str) -> str:
    if plan.language == "zh":
        said = "，".join(f"{point.name} {point.value}" for point in plan.points)
        return f"{plan.label}：{said} {mark}。"
    said = ", ".join(f"{point.name} {point.value}" for point in plan.points)
    return f"{plan.label}: {said} {mark}."


def lead_in(plan: Plan) -> str:
    """The words before a quoted policy: `《退换货》的规定 [1]：`."""
    assert plan.target is not None
    mark = citation(plan.target.id)
    return f"《{plan.label}》的规定 {mark}：" if plan.language == "zh" else f'"{plan.label}" says {mark}:'


def quotation(plan: Plan) -> str:
    """The chosen sentences of a policy, verbatim, ready to stand behind a lead-in."""
    if not plan.quotes:
        return ""
    return f"“{''.join(plan.quotes)}”" if plan.language == "zh" else f" “{' '.join(plan.quotes)}”"


_ORDER_NUMBER: Mapping[Language, str] = {
    "zh": "没有找到订单：请给出订单号或运单号。",
    "en": "No order found: please give the order number or tracking number.",
}


def nearest_line(plan: Plan) -> str:
    """The rows that come nearest to what was not found, cited; advice where there are none."""
    names = [f"{label_of(fact.record, plan.language)} {citation(fact.id)}" for fact in plan.facts]
    if plan.language == "zh":
        return f"相近的有：{'；'.join(names)}。" if names else "可以换个说法，或者输入货号、条码。"
    return f"The nearest are: {'; '.join(names)}." if names else "Try other words, or an item code or barcode."


def _not_found(plan: Plan) -> str:
    if plan.language == "zh":
        return f"没有找到，店里的资料中没有这一项。{nearest_line(plan)}"
    return f"Not found: the shop's data do not have this. {nearest_line(plan)}"
