"""What a table tells of, and which column says what, known by the values: rules, offers, orders and stores whose
columns are called in words nobody foresaw. What products' values tell stands in `columns`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core.text import fold
from shopdesk.store.importing import columns, values
from shopdesk.store.importing.columns import MOST_ROWS, NEARLY_ALL, has_letters, is_date

_MOST = 0.6
_SOME = 0.3
_PROSE = 16
_LONG_TEXT = 6
_RULE_COLUMNS = 5
_ORDERED = 0.95

_CLOCK = r"\d{1,2}(?:[:：.]\d\d)?\s*(?:am|pm|点半?|时)?"
_HOURS = re.compile(rf"(?<![\d.-]){_CLOCK}\s*(?:-|–|—|~|to|until|至|到)\s*{_CLOCK}(?![\d-])")
_CLOCK_ALONE = re.compile(r"\d{1,2}[:：]\d\d(?:\s*[ap]m)?|\d{1,2}(?:\.\d\d)?\s*[ap]m|\d{1,2}点半?")
_SHUT = re.compile(r"closed|shut|休息|不营业|关门")
_ALL_DAY = re.compile(r"^24\s?(?:小时|h\b|hours|/7)|^全天$")
_OF_A_CLOCK = re.compile(r"\d[:：]\d\d|\d\s*(?:am|pm)\b|点|\b(?:mon|tue|wed|thu|fri|sat|sun)|closed|周")
_PHONE = re.compile(r"(?:\+|0|1[3-9]|400|800|\(0)[\d\s()-]{6,18}")
_LINES = re.compile(r"\S\s*[x×*✕]\s*\d+(?:\s*(?:[;；,，、|+]|$)|\s?[^\W\d_]{1,3}$)|^\d+\s*[x×]\s*[^\W\d]")
_STATES = re.compile(
    r"^[已待未等正在]|中$|完成|取消|退|自提|到店|到货|发货|送|签收|付清|备货|缺货|"
    r"\b(?:shipp|deliver|dispatch|ready|wait|await|pending|cancel|collect|return|refund|held|hold|back ?order|progress"
    r"|transit|complet|paid|pack|process|alter|trial|out for|on its way|on order|in the workshop|picked|sent)"
)
_TYPE = re.compile(r"percent|reduc|bundle|gift|bogo|fixed|满减|满赠|折扣|直降|立减|打折|套装|买赠|第二件|减免")
_SHARE = re.compile(r"\d\s*[%％折]")
_ADDRESS = re.compile(
    r"\d.*[路街号楼村镇区店铺场]|[路街号楼村镇区场]|\b(?:street|st|road|rd|lane|park|unit|yard|avenue|square|market)\b"
)
_SENTENCE = re.compile(r"[。！；，]|[.!]$|[.;,] ")
_CODE = re.compile(r"[a-z0-9][a-z0-9._/-]{0,19}")
_PEOPLE = re.compile(
    r"先生|女士|小姐|阿姨|叔|大爷|老师|总$|师傅|^[老小][^\W\d_]$"
    r"|^(?:mrs?|ms|miss|dr)\b\.?|^[a-z][a-z'.-]* [a-z][a-z'-]+$"
)
_WHO = re.compile(r"人$|客|业主|户主|买家|名$|主顾|^name|account|client|customer|guest|buyer|^who|^for$|单位")
_WHAT = re.compile(r"什么|东西|哪些|货$|^what|^wants?$|\bgoods\b|basket|bought")
_PLACED = re.compile(r"下单|开单|签单|记账|登记|订购|录入|raised|taken|ordered|placed|created|booked|entered|^date$")
_EXPECTED = re.compile(
    r"送|能来|到|约|预计|安装|取|交|ready|due|\bby$|promised|eta|collect|deliver|expected|arriv|need"
)
_NOT_ALL = re.compile(r"定金|押金|已付|运费|优惠|deposit|discount|shipping|postage|tax")
_MAYBE_NOT_ALL = re.compile(rf"{_NOT_ALL.pattern}|欠|\bpaid\b|balance")


@dataclass(frozen=True, slots=True)
class _Column(columns.Column):
    """Its cells and its title folded; `filled` is the share of the rows that say something in it."""

    title: str
    filled: float


def kind_told(rows: Sequence[Sequence[str]]) -> str:
    """The kind of records that the values speak of, of those that have values of their own; "" where none is sure."""
    table = _columns([""] * max(map(len, rows), default=0), rows, {})
    if any(column.share(_is_hours) >= _MOST for column in table) and any(
        column.share(_is_phone) >= _MOST for column in table
    ):
        return "store"
    dates = [column for column in table if column.share(is_date) >= NEARLY_ALL]
    if any(columns.is_trade_code(cell) for column in table for cell in column.cells[:20]):
        return ""
    shares = any(column.share(_SHARE.search) >= _SOME and column.length < _LONG_TEXT * 2 for column in table)
    if _span(rows, dates) and (shares or any(column.share(_is_type) >= NEARLY_ALL for column in table)):
        return "promotion"
    coded = any(columns.numbers_each(column.cells) and _filled(column) for column in table)
    states = any(column.share(_STATES.search) >= NEARLY_ALL and column.share(is_date) < _SOME for column in table)
    people = any(column.share(_PEOPLE.search) >= NEARLY_ALL for column in table)
    lines = any(column.share(_LINES.search) >= _MOST for column in table)
    if dates and coded and (lines or (states and people)):
        return "order"
    told = any(column.length >= _PROSE and column.share(_SENTENCE.search) >= NEARLY_ALL for column in table)
    if told and 2 <= len(table) <= _RULE_COLUMNS and not dates and not any(c.share(_is_money) > _SOME for c in table):
        return "policy"
    return ""


def fill(kind: str, named: dict[str, int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Add to `named` (field → column) the fields of a kind that the values of the columns that are left tell."""
    if kind == "policy" and "title" not in named and "topic" in named:
        (topic,) = _columns(header, rows, {}, only=named["topic"]) or (None,)
        if topic is not None and topic.distinct == 1.0 and _filled(topic):
            named["title"] = named.pop("topic")  # what differs from rule to rule is what each is called
    if kind == "promotion" and "discount" in named:
        _give_words_back(named, header, rows)
    if kind == "order" and "number" in named:
        (said,) = _columns(header, rows, {}, only=named["number"]) or (None,)
        others = [c for c in _columns(header, rows, named) if columns.numbers_each(c.cells) and _filled(c)]
        if said is not None and not columns.numbered(said.cells) and others:
            del named["number"]  # Name is who ordered where something else numbers the orders
    for field, find in _FINDERS.get(kind, {}).items():
        if field not in named:
            found = find(_columns(header, rows, named), rows, named)
            named.update({} if found is None else {field: found.index})


def opening_times(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """The columns among which a store's hours are spread: one for Sundays, or one for opening and one for closing."""
    found = [column for column in _columns(header, rows, {}) if column.share(_tells_hours) == 1.0]
    return tuple(column.index for column in found) if len(found) > 1 else ()


def joined_times(told: Mapping[str, str]) -> str | None:
    """The hours of one store: `8:00-20:00` of when it opens and when it closes, else what each column (its name → its
    value) says."""
    said = {name: time.strip() for name, time in told.items() if not values.is_nothing(time)}
    if len(said) == len(told) == 2 and all(_CLOCK_ALONE.fullmatch(fold(time)) for time in said.values()):
        return "-".join(said.values())
    return "; ".join(f"{name} {time}" for name, time in said.items()) or None


def _give_words_back(named: dict[str, int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Where the discount is said to be in a column of words, and another has shares of a price, those are it."""
    (said,) = _columns(header, rows, {}, only=named["discount"]) or (None,)
    shares = [c for c in _columns(header, rows, named) if _is_discount(c)]
    if said is not None and said.share(_is_figure) < _SOME and shares:
        named["discount"] = shares[0].index


def _is_discount(column: _Column) -> bool:
    return column.share(_is_figure) >= NEARLY_ALL and column.share(_SHARE.search) >= _SOME


_Find = Callable[[list[_Column], Sequence[Sequence[str]], Mapping[str, int]], _Column | None]


def _first(test: Callable[[_Column], object]) -> _Find:
    return lambda table, rows, named: next((column for column in table if test(column)), None)


def _longest(test: Callable[[_Column], object]) -> _Find:
    return lambda table, rows, named: max(filter(test, table), key=lambda column: column.length, default=None)


def _beginning(table: list[_Column], rows: Sequence[Sequence[str]], named: Mapping[str, int]) -> _Column | None:
    span = _span(rows, [column for column in table if column.share(is_date) >= NEARLY_ALL])
    return span[0] if span and "ends" not in named else None


def _end(table: list[_Column], rows: Sequence[Sequence[str]], named: Mapping[str, int]) -> _Column | None:
    starts = named.get("starts")
    dates = [column for column in table if column.share(is_date) >= NEARLY_ALL]
    return next((column for column in dates if starts is not None and _before(rows, starts, column.index)), None)


def _placed(table: list[_Column], rows: Sequence[Sequence[str]], named: Mapping[str, int]) -> _Column | None:
    dates = [column for column in table if column.share(is_date) >= NEARLY_ALL]
    called = next((column for column in dates if _PLACED.search(column.title)), None)
    others = [column for column in dates if not _EXPECTED.search(column.title)]
    return called or (others[0] if others else None)


def _total(table: list[_Column], rows: Sequence[Sequence[str]], named: Mapping[str, int]) -> _Column | None:
    amounts = [column for column in table if column.share(_is_precise) >= NEARLY_ALL]
    amounts = [column for column in amounts if not _NOT_ALL.search(column.title)]
    return next((column for column in amounts if not _MAYBE_NOT_ALL.search(column.title)), next(iter(amounts), None))


def _filled(column: _Column) -> bool:
    return column.filled == 1.0


def _is_text(column: _Column) -> bool:
    return column.share(has_letters) >= NEARLY_ALL and column.share(is_date) < _SOME


_FINDERS: Mapping[str, Mapping[str, _Find]] = {
    "policy": {
        "body": _longest(lambda c: c.length >= _PROSE and c.share(_SENTENCE.search) >= _SOME),
        "title": _first(lambda c: _is_text(c) and c.distinct >= NEARLY_ALL and _filled(c)),
    },
    "promotion": {
        "starts": _beginning,
        "ends": _end,
        "type": _first(lambda c: c.share(_is_type) >= NEARLY_ALL),
        "discount": _first(_is_discount),
        "threshold_minor": _first(lambda c: c.share(_is_money) >= NEARLY_ALL and not c.share(_SHARE.search)),
        "code": _first(lambda c: c.share(_CODE.fullmatch) == 1.0 and c.distinct == 1.0 and _filled(c)),
        "title": _first(lambda c: _is_text(c) and c.distinct >= NEARLY_ALL and _filled(c)),
        "body": _longest(lambda c: _is_text(c) and c.length >= _LONG_TEXT and c.distinct >= NEARLY_ALL),
        "scope": _first(_is_text),
    },
    "order": {
        "number": _first(lambda c: columns.numbers_each(c.cells) and _filled(c)),
        "lines": _first(lambda c: c.share(_LINES.search) >= _MOST or (_is_text(c) and _WHAT.search(c.title))),
        "status": _first(lambda c: c.share(_STATES.search) >= _MOST and c.share(is_date) < _SOME),
        "total_minor": _total,
        "placed_at": _placed,
        "expected_at": _first(lambda c: c.share(is_date) >= NEARLY_ALL and _EXPECTED.search(c.title)),
        "customer": _first(
            lambda c: _is_text(c) and _filled(c) and (c.share(_PEOPLE.search) >= _MOST or _WHO.search(c.title))
        ),
    },
    "store": {
        "hours": _first(lambda c: c.share(_is_hours) >= _MOST),
        "phone": _first(lambda c: c.share(_is_phone) >= _MOST),
        "name": _first(lambda c: _is_text(c) and c.distinct == 1.0 and _filled(c)),
        "address": _longest(lambda c: c.share(_ADDRESS.search) >= _MOST),
    },
}  # fmt: skip


def _columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], named: Mapping[str, int], *, only: int | None = None
) -> list[_Column]:
    """The columns that no field has yet and that say something, or this one `only`."""
    sample = rows[:MOST_ROWS]
    found = []
    for index, title in enumerate(header):
        cells = [fold(row[index]).strip() for row in sample if index < len(row) and not values.is_nothing(row[index])]
        if cells and index not in named.values() and only in (None, index):
            found.append(_Column(index, tuple(cells), fold(title), len(cells) / len(sample)))
    return found


def _span(rows: Sequence[Sequence[str]], dates: Sequence[_Column]) -> tuple[_Column, _Column] | None:
    """Two columns of days, of which one is never after the other."""
    pairs: Iterator[tuple[_Column, _Column]] = ((a, b) for a in dates for b in dates if a is not b)
    return next(((a, b) for a, b in pairs if _before(rows, a.index, b.index)), None)


def _before(rows: Sequence[Sequence[str]], first: int, second: int) -> bool:
    days = [
        (values.read_date(row[first]) or "", values.read_date(row[second]) or "")
        for row in rows[:MOST_ROWS]
        if max(first, second) < len(row) and is_date(row[first]) and is_date(row[second])
    ]
    return bool(days) and sum(a <= b for a, b in days) >= _ORDERED * len(days) and any(a < b for a, b in days)


def _is_hours(cell: str) -> bool:
    return bool(_ALL_DAY.search(cell) or (_HOURS.search(cell) and _OF_A_CLOCK.search(cell)))


def _tells_hours(cell: str) -> bool:
    return _is_hours(cell) or bool(_CLOCK_ALONE.fullmatch(cell) or _SHUT.fullmatch(cell))


def _is_phone(cell: str) -> bool:
    return bool(_PHONE.fullmatch(cell)) and 7 <= sum(map(str.isdigit, cell)) <= 14


def _is_type(cell: str) -> bool:
    return bool(_TYPE.search(cell)) and len(cell) <= 20 and not re.search(r"\d", cell)


def _is_figure(cell: str) -> bool:
    return _is_money(re.sub(r"[%％折]|off", "", cell).strip())


def _is_money(cell: str) -> bool:
    try:
        return values.read_money(cell) is not None
    except ValueError:
        return False


def _is_precise(cell: str) -> bool:
    return _is_money(cell) and bool(re.search(r"\d[.,]\d\d?\D*$|[¥￥$€£元]", cell))
