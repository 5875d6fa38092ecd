"""What a question says of goods, as conditions on their rows: values of columns, what they lack, where they lie."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core import lexicon
from shopdesk.core.attributes_asked import YES_NO
from shopdesk.core.ease import levels_said
from shopdesk.core.ranges import reaches_said
from shopdesk.core.suiting import suited, whom_said
from shopdesk.core.text import fold, is_han
from shopdesk.core.traits import LACKING, Value, by_column, has_value, said_in, values_said
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

_YES = frozenset(("yes", "true", "y", "是", "有", "支持"))
_NOT_SAID = frozenset(("", "n/a", "na", "-", "--", "/", "—", "?", "tbc", "不适用", "未知"))
_OF_PRICES = frozenset(
    ("大", "小", "多", "少", "好", "贵", "高", "低", "长", "短", "快", "早", "晚", "近", "远", "cheap", "few")
)
_WHETHER = re.compile(r"([^\W\d_])[不没]\1")
_DENIED = re.compile(r"(?:\b(?:no|not|non|without)|不|非|无)[\s-]*$")
_WITHOUT = re.compile(
    r"\b(?:without|with no|free (?:of|from)|(?:do|does)n't (?:contain|have)|not containing) (?:any |added )?([a-z]{3,})"
    r"|\b([a-z]{3,})[- ](?:free|allerg(?:y|ies|ic))\b|\ballergic to ([a-z]{3,})|(?:不含|(?<!有)无|不带|(?<!有)没有|不加"
    r"|没放)"
    r"([\u4e00-\u9fff]{1,4}?)(?=的|[\s,，。?？!！]|$)|(?:对)([\u4e00-\u9fff]{1,4}?)过敏(?:的人?)?"
    r"|不(?:要|能吃|吃|爱吃|想要|喜欢|能碰)([\u4e00-\u9fff]{1,3}?)(?:的|味)?(?=[,，。?？!！\s]|$)"
)
_NOT_TOO = re.compile(
    r"(?:不要?|别|不能|不想要?|不用)(?:太|那么|特别|很)([\u4e00-\u9fff])(?:的|味)?"
    r"|\bnot (?:too|very|so|overly) ([a-z]{3,})"
)
_NO = re.compile(r"\b(?:no|free|without)\b|不|无")
_SOMEWHAT = re.compile(r"([\u4e00-\u9fff])(?:一?[点些])儿?(?:的|$)|\b([a-z]{3,}?)(?:i?er)\b")
_TASTE = 12
"""Characters of a value that may be made of tastes: 软甜, "mild, creamy"."""
_LOCATION_WORDS = 2
_NO_FLAGS = ({"n"}, {"y"})
"""Values that may be a gauge as well as a no."""
_MIXED = re.compile(r"[\u4e00-\u9fff][a-z0-9]|[a-z0-9][\u4e00-\u9fff]")
_LITTLE_IN_FLAGS = frozenset(
    ("suitable", "for", "is", "ok", "good", "friendly", "included", "contains", "has", "with", "a")
)


@dataclass(frozen=True, slots=True)
class Condition:
    """`spans` is where it is said in the folded question."""

    spans: tuple[tuple[int, int], ...]
    holds: Callable[[Record], bool]


def conditions_said(read: Understanding, records: Sequence[Record]) -> list[Condition]:
    """All conditions of a question that some of the records can meet."""
    suiting = [Condition((each.span,), each.holds) for each in suited(read.folded, records)]
    spans = [span for condition in suiting for span in condition.spans]
    reaching = [Condition((each.span,), each.holds) for each in reaches_said(read.folded, records)]
    suiting += [condition for condition in reaching if not _within(condition.spans, spans)]
    whom = [span for condition in suiting for span in condition.spans]
    lacking = [*_lacking(read, records), *_not_too(read, records)]
    lacked = [span for condition in lacking for span in condition.spans]
    of_columns = [*_values(read, records), *_flags(read, records), *_having_some(read, records)]
    of_columns = [condition for condition in of_columns if not _within(condition.spans, lacked)]
    others = [*of_columns, *lacking, *_places(read, records), *_somewhat(read, records)]
    said = [*suiting, *(condition for condition in others if not _within(condition.spans, whom))]
    taken = [span for condition in said for span in condition.spans]
    of_level = [Condition((each.span,), each.holds) for each in levels_said(read.folded, records)]
    said += [condition for condition in of_level if not _within(condition.spans, taken)]
    taken = [span for condition in said for span in condition.spans]
    of_whom = [Condition((each.span,), each.holds) for each in whom_said(read.folded, records)]
    return [*said, *(condition for condition in of_whom if not _within(condition.spans, taken))]


def _within(spans: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    return any(
        start < end and begin < last for begin, last in spans for start, end in others if start < last and begin < end
    )


def _values(read: Understanding, records: Sequence[Record]) -> Iterator[Condition]:
    for group in by_column(values_said(read, records, named=True)):
        yield Condition(tuple(value.span for value in group), _having_any(group))


def _having_any(group: Sequence[Value]) -> Callable[[Record], bool]:
    return lambda record: any(has_value(record, value) for value in group)


def _values_of_columns(records: Sequence[Record]) -> Mapping[str, set[str]]:
    """What each of the shop's own columns says of the records, folded."""
    columns: dict[str, set[str]] = {}
    for record in records:
        for name, value in record.attributes.items():
            columns.setdefault(name, set()).add(fold(value))
    return columns


def _flags(read: Understanding, records: Sequence[Record]) -> Iterator[Condition]:
    """Columns that say yes or no, said as what the goods are: "vegan cakes"."""
    for name, all_values in _values_of_columns(records).items():
        heading, values = fold(name.replace("_", " ")), all_values - _NOT_SAID
        asks_whether = _WHETHER.search(heading)
        if asks_whether is not None and values <= {asks_whether[1], asks_whether[0][1:]}:  # 送不送琴包: 送, 不送
            heading, yes = heading.replace(asks_whether[0], asks_whether[1]), frozenset({asks_whether[1]})
        elif values <= YES_NO and values not in _NO_FLAGS:
            yes = _YES
        else:
            continue
        said = _flag_said(heading, read.folded)
        if said is not None:
            wanted = not _DENIED.search(read.folded[: said.start()])
            yield Condition((said.span(),), _saying(name, yes, wanted))


def _having_some(read: Understanding, records: Sequence[Record]) -> Iterator[Condition]:
    """Columns that say of some goods that they have none of it, said as what the goods are: "something stretchy"."""
    for name, values in _values_of_columns(records).items():
        heading = fold(name)
        if values.isdisjoint(LACKING) or values <= LACKING | YES_NO or not (heading.isascii() and heading.isalpha()):
            continue
        said = re.search(rf"\b{heading}(?:y|able|ed|ing)?\b", read.folded)
        if said is not None and not _DENIED.search(read.folded[: said.start()]):
            yield Condition((said.span(),), _with_some(name))


def _with_some(name: str) -> Callable[[Record], bool]:
    return lambda record: bool(record.attributes.get(name)) and fold(record.attributes[name]) not in LACKING


def _flag_said(heading: str, folded: str) -> re.Match[str] | None:
    """Where a question says the heading of such a column, or the one word of it that tells: vegetarian."""
    telling = [word for word in heading.split() if word not in _LITTLE_IN_FLAGS]
    word = telling[0].removesuffix("s") if len(telling) == 1 else heading
    return said_in(folded, heading) or (said_in(folded, word) if len(word) > 3 else None)


def _saying(name: str, yes: frozenset[str], wanted: bool) -> Callable[[Record], bool]:
    def holds(record: Record) -> bool:
        told = fold(record.attributes.get(name, ""))
        return told not in _NOT_SAID and (told in yes) == wanted

    return holds


def _lacking(read: Understanding, records: Sequence[Record]) -> Iterator[Condition]:
    """What the goods must not have, where a column tells what they have: "without wheat"."""
    for match in _WITHOUT.finditer(read.folded):
        lacked = next(filter(None, match.groups()))
        stem = lacked if is_han(lacked[0]) else rf"(?<![a-z]){re.escape(lacked.removesuffix('s'))}"
        had = re.compile(stem if not is_han(lacked[0]) else rf"(?<![不无免非没]){re.escape(stem)}")
        flags = [
            name for name, values in _values_of_columns(records).items()
            if values - _NOT_SAID <= YES_NO and had.search(fold(name))
        ]  # fmt: skip
        columns = {name for record in records for name, value in record.attributes.items() if had.search(fold(value))}
        if flags and not _NO.search(fold(flags[0])):  # "Contains nuts": no
            yield Condition((match.span(),), _saying(flags[0], _YES, False))
        elif columns:
            yield Condition((match.span(),), _without(had, columns))


def _not_too(read: Understanding, records: Sequence[Record]) -> Iterator[Condition]:
    """What the goods must not be very much, where values of a column say of some that they are: 不要太辣 (特辣)."""
    for match in _NOT_TOO.finditer(read.folded):
        said = match[1] or match[2]
        much = re.compile(rf"[特很重超爆极高强]{said}" if match[1] else rf"\b(?:very|extra|super|extremely) {said}")
        columns = {name for record in records for name, value in record.attributes.items() if much.search(fold(value))}
        if columns:
            yield Condition((match.span(),), _never(much, columns))


def _never(much: re.Pattern[str], columns: set[str]) -> Callable[[Record], bool]:
    return lambda record: not any(much.search(fold(record.attributes.get(name, ""))) for name in columns)


def _without(had: re.Pattern[str], columns: set[str]) -> Callable[[Record], bool]:
    def holds(record: Record) -> bool:
        told = [fold(record.attributes[name]) for name in columns if record.attributes.get(name)]
        return bool(told) and not any(map(had.search, told))

    return holds


def _somewhat(read: Understanding, records: Sequence[Record]) -> Iterator[Condition]:
    """What the goods must be a little more, where short values of a column say of some that they are so: 软点的."""
    for match in _SOMEWHAT.finditer(read.folded):
        said = match[1] or match[2]
        if said in _OF_PRICES:
            continue
        told = re.compile(rf"(?<![不微]){said}" if match[1] else rf"(?<![a-z])(?:{re.escape(said)}[ye]?)(?![a-z])")
        columns = {
            name for record in records for name, value in record.attributes.items()
            if len(value) <= _TASTE and told.search(fold(value))
        }  # fmt: skip
        holds = _telling(told, columns)
        if 0 < sum(map(holds, records)) < len(records):
            yield Condition((match.span(),), holds)


def _telling(told: re.Pattern[str], columns: set[str]) -> Callable[[Record], bool]:
    return lambda record: any(told.search(fold(record.attributes.get(name, ""))) for name in columns)


def _places(read: Understanding, records: Sequence[Record]) -> Iterator[Condition]:
    """Where the goods lie: 三号柜."""
    asked = lexicon.WHAT_LIES_THERE.search(read.folded) is not None
    places = {fold(str(record.fields["location"])) for record in records if record.fields.get("location")}
    for place in sorted(places, key=len, reverse=True):
        telling = len(place) > _LOCATION_WORDS or _MIXED.search(place) or (asked and len(place) > 1)
        said = said_in(read.folded, place) if telling else None
        if said is not None:
            yield Condition((said.span(),), _lying_at(place))
            return


def _lying_at(place: str) -> Callable[[Record], bool]:
    return lambda record: fold(str(record.fields.get("location") or "")) == place
