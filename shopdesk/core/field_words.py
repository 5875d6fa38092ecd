"""The words that name a field, and whether a value in an answer stands under the name of its own field.

"The price is ¥599" is wrong where 599 is the list price, though the row has the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from shopdesk.core.figures import CITATION, figure_places, figures
from shopdesk.core.lexicon import ATTRIBUTE_NAMES
from shopdesk.core.plan import Plan
from shopdesk.core.text import CLAUSE_END, fold
from shopdesk.core.types import Fact, Language, Record
from shopdesk.core.wording import label_of, not_recorded, value_text

_WORDS: Mapping[str, str] = {
    # the longer names of a field before the shorter ones of another
    "list_price": r"原价|吊牌价?|划线价|市场价|指导价|建议零售价"
    r"|(?:list|original|regular|tag|retail) price|\bmsrp\b|\brrp\b",
    "price": r"价格|售价|现价|单价|卖价|零售价|标价|卖(?!完|光)"
    r"|\bprices?\b|\bpriced at\b|\bcosts?\b|\bsells? for\b|\bgoes for\b",
    "stock": r"库存|存货|现货|有货|还剩|剩余|余量|\bin stock\b|\bstock\b|\bavailable\b|\bleft\b",
    "location": r"货位|货架|库位|架位|\blocation\b|\bshel(?:f|ves)\b|\baisle\b|\bis at\b",
    "barcode": r"条形?码|\bbar ?code\b|\bean\b|\bupc\b",
    "sku": r"货号|商品编[号码]|\bsku\b|\bitem (?:code|number)\b",
    "tracking": r"运单号?|快递单号|\btracking(?: number)?\b",
    "total": r"合计|总额|总价|\btotal\b",
    "placed_at": r"下单(?:时间)?|\bplaced\b",
    "expected_at": r"预计(?:送达)?|\bexpected\b",
    "brand": r"品牌|牌子|\bbrand\b",
    "category": r"类别|分类|\bcategory\b",
}  # fmt: skip
_STOCK_AFTER = re.compile(
    r"\s*[^\W\d]{0,8}\s*(?:\bin stock\b|\bavailable\b|\bleft\b|\bon hand\b|现货|库存(?!\s*:?\s*\d))"
)
"""What names a figure from behind: "15 in stock"."""
_YES = re.compile(r"^\s*(?:有货|有的|有，|还有|yes\b)")
_NO = re.compile(r"^\s*(?:抱歉|很抱歉|没有|无货|没货|sorry\b|no\b)")
_CHECKED: Sequence[str] = ("value", "not_recorded")


def misnamed(text: str, plan: Plan, facts: Iterable[Fact]) -> str | None:
    """The field whose name an answer gives to a value of another one; None where every value has its own.

    `facts` are the rows that may stand behind the text. Sums and quoted rules have names of their own and are passed
    over, as are the names of the rows and figures of the question.
    """
    if plan.intent not in _CHECKED:
        return None
    records = [fact.record for fact in facts if fact.record.kind != "computed"]
    folded = _without_names(fold(CITATION.sub(" ", text)), plan, records)
    words = _field_words(tuple(sorted({name for record in records for name in record.attributes})))
    asked = figures(plan.question)
    places = figure_places(folded)
    reach = 0
    for start, end, figure in places:
        field = _named_before(folded, reach, start, words)
        after = _STOCK_AFTER.match(folded, end) if field is None else None
        reach = after.end() if after else end
        field = "stock" if after else field
        if field is not None and figure not in asked and _is_of_another(figure, field, records):
            return field
    return None


def another_name(text: str, plan: Plan) -> str | None:
    """The field that a sentence around the planned values speaks of, where that is none of those planned."""
    if plan.intent != "value":
        return None
    planned = {point.field for point in plan.points}
    if not planned <= set(_WORDS):
        return None
    frame = fold(CITATION.sub(" ", text))
    for part in sorted((*plan.must, *(point.name for point in plan.points)), key=len, reverse=True):
        frame = frame.replace(fold(part), " ", 1)
    called = {match.lastgroup for match in _field_words(()).finditer(frame)} - {None}
    if not called or planned & called or (called == {"price"} and "list_price" in planned):
        return None
    return sorted(filter(None, called))[0]


def contradicts_stock(text: str, plan: Plan) -> bool:
    """Whether an answer begins with a yes though there is none, or with a no though there is some."""
    stock = next((point.value for point in plan.points if point.field == "stock"), "")
    if plan.intent != "value" or not stock or any(point.value == not_recorded(plan.language) for point in plan.points):
        return False
    gone = "无货" in stock or "out of stock" in stock
    return bool((_YES if gone else _NO).search(fold(text)))


def _named_before(folded: str, start: int, end: int, words: re.Pattern[str]) -> str | None:
    """The last field named between two figures, in the clause of the second."""
    ends = [match.end() for match in CLAUSE_END.finditer(folded, start, end)]
    found = [match.lastgroup for match in words.finditer(folded, ends[-1] if ends else start, end)]
    return found[-1] if found else None


def _is_of_another(figure: str, field: str, records: Sequence[Record]) -> bool:
    """Whether the figure is no value of `field` in any of the rows, but one of another field."""
    own = _field_of(field, records)
    if any(figure in _figures_in(record, name) for record in records for name in own):
        return False
    others = {name for record in records for name in _fields(record)} - set(own)
    return any(figure in _figures_in(record, name) for record in records for name in others)


def _field_of(group: str, records: Sequence[Record]) -> list[str]:
    """The fields that the name of a group in the pattern stands for."""
    if not group.startswith("attribute"):
        return [group]
    names = sorted({name for record in records for name in record.attributes})
    return [f"attributes.{names[int(group.removeprefix('attribute'))]}"]


def _fields(record: Record) -> list[str]:
    return [*record.fields, *(f"attributes.{name}" for name in record.attributes)]


def _figures_in(record: Record, field: str) -> frozenset[str]:
    languages: tuple[Language, ...] = ("zh", "en")
    texts = [text for language in languages if (text := value_text(record, field, language))]
    return figures(" ".join([*texts, str(record.fields.get(field) or "")]))


def _without_names(folded: str, plan: Plan, records: Sequence[Record]) -> str:
    """The text with the names of rows blanked: the 2 of "Runner 2" is no value."""
    names = {plan.label} | {title for record in records for title in (record.title, *_labels(record))}
    for name in sorted(filter(None, map(fold, names)), key=len, reverse=True):
        folded = folded.replace(name, " " * len(name))
    return folded


def _labels(record: Record) -> tuple[str, ...]:
    return (
        label_of(record, "zh"), label_of(record, "en"), record.title_in("zh"), record.title_in("en"),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _field_words(attributes: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the name of a field, the group being the field or `attributeN` for the N-th of `attributes`."""
    parts = [f"(?P<{field}>{words})" for field, words in _WORDS.items()]
    for number, name in enumerate(attributes):
        others = next((names for names in ATTRIBUTE_NAMES.values() if name.casefold() in names), ())
        called = {fold(word) for word in (name, *others) if len(word) > 1}
        if called and not any(re.fullmatch(part, word) for part in parts for word in called):
            longest_first = map(re.escape, sorted(called, key=len, reverse=True))
            spelled = "|".join(rf"(?<![a-z]){word}(?![a-z])" for word in longest_first)
            parts.insert(0, f"(?P<attribute{number}>{spelled})")
    return re.compile("|".join(parts))
