"""Values of the shop's own columns that a question says: "with 1500 pieces", "linear switches", "no backlight"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from shopdesk.core.lexicon import PEOPLES, USES, WEARERS
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record
from shopdesk.core.understanding import Understanding

LACKING = frozenset(("none", "no", "not included", "without", "无", "没有", "否", "不带", "不含"))
_VAGUE = frozenset(
    (
        "yes", "no", "high", "low", "medium", "small", "large", "big", "standard", "normal", "basic", "regular",
        "other", "mixed", "full", "half", "new", "old", "one", "two", "any", "是", "否", "有", "无", "大", "中", "小",
        "高", "低", "标准", "普通", "其他", "默认",
    )
)  # fmt: skip
"""Values that say too little to be meant without the name of their column."""
_DENIED = re.compile(r"(?:\b(?:no|without|non|not|any)|无|(?<!有)没有?|不带|不含)[\s-]*$")
_SOMEWHAT = re.compile(r"(?:一?[点些]|口|味)的?")
"""What may follow a taste of one character: 甜一点的."""
_LONGEST = 40
_TELLING = 4
"""Digits of a number that is said for a value of a column, whatever stands beside it: a year."""
_PARTED = re.compile(r"\s*[,，、;；/]\s*")
"""What stands between several values in one cell: "lemon, honey", 燃气/电磁炉."""
_OR = re.compile(r"\bor\b|还是|或")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The records that have all values which a question says, and the question without asking for those columns."""

    read: Understanding
    records: tuple[Record, ...]


def narrowed(read: Understanding, records: Sequence[Record]) -> Narrowed | None:
    """`records` by the values of their columns that the question says; None where it says none of them.

    Several values of one column with "or" between them ask for the column; so does a value of the only record.
    """
    groups = by_column(values_said(read, records))
    choice = _OR.search(read.folded)
    if choice is not None:
        groups = [group for group in groups if len(group) == 1 and not _touches(group[0].span, choice.span())]
    if not groups or len(records) < 2:
        return None
    left = [record for record in records if all(any(has_value(record, value) for value in group) for group in groups)]
    columns = {column for group in groups for value in group for column in value.columns}
    spans = [value.span for group in groups for value in group]
    kept = [
        (quantity, span)
        for quantity, span in zip(read.quantities, read.quantity_spans, strict=False)
        if not any(span[0] < end and start < span[1] for start, end in spans)
    ]
    asking = replace(
        read,
        attributes=tuple(name for name in read.attributes if name not in columns),
        quantities=tuple(quantity for quantity, _ in kept),
        quantity_spans=tuple(span for _, span in kept),
    )
    return Narrowed(asking, tuple(left))


def _touches(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span[1] in (other[0], other[0] - 1) or span[0] in (other[1], other[1] + 1)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of some columns, and where a question says it."""

    folded: str
    columns: frozenset[str]
    span: tuple[int, int]


def values_said(read: Understanding, records: Sequence[Record], *, named: bool = False) -> list[Value]:
    """The longest values first; of those that overlap only the longest. `named`: also those that stand in names."""
    columns: dict[str, set[str]] = {}
    for record in records:
        for name, value in _own(record):
            columns.setdefault(value, set()).add(name)
    titles = (
        ""
        if named
        else " ".join({fold(title) for record in records for title in (record.title, record.title_in("en"))})
    )
    taken = list(read.value_spans)
    found: list[Value] = []
    for value in sorted(columns, key=len, reverse=True):
        names = frozenset(columns[value])
        span = _place(read.folded, value, names)
        if span is None or value in titles or any(start < span[1] and span[0] < end for start, end in taken):
            continue
        taken.append(span)
        found.append(Value(value, names, span))
    return found


def _place(folded: str, value: str, names: frozenset[str]) -> tuple[int, int] | None:
    """Where a question says a value of these columns."""
    if value in LACKING:
        places = (match.span() for name in names for match in saying(_stem_of(name)).finditer(folded))
        return next((place for place in places if _DENIED.search(folded[: place[0]])), None)
    match = _said_as(value).search(folded)
    if match is None or _DENIED.search(folded[: match.start()]):
        return None
    if len(value) == 1 and is_han(value) and _SOMEWHAT.match(folded, match.end()):
        return match.span()[0], _SOMEWHAT.match(folded, match.end()).end()  # type: ignore[union-attr]
    if match.group() == value and (value in _VAGUE or (value.isdigit() and len(value) < _TELLING) or len(value) < 2):
        near = folded[max(0, match.start() - 20) : match.end() + 20]
        if not any(saying(_stem_of(name)).search(near) for name in names):
            return None
    return match.span()


def _stem_of(name: str) -> str:
    """The name of a column as it is said: its last word, without the ending of the plural."""
    words = fold(name.replace("_", " ").replace("/", " ")).split()
    return words[-1].removesuffix("s") if words else ""


@lru_cache(maxsize=4096)
def _said_as(value: str) -> re.Pattern[str]:
    """Finds a value or an everyday word for it: 小孩 for 儿童."""
    others = next((words for words in (*WEARERS, *PEOPLES, *USES) if value in words), ())
    longest_first = sorted(dict.fromkeys((value, *others)), key=len, reverse=True)
    return re.compile("|".join(saying(word).pattern for word in longest_first))


@lru_cache(maxsize=4096)
def saying(value: str) -> re.Pattern[str]:
    """A folded value as a whole, with or without a blank before its unit, an English word also in the plural."""
    parts = _PARTS.findall(value)
    spaced = "[ -]?".join(map(re.escape, parts))
    if not value or is_han(value[0]) or is_han(value[-1]):
        return re.compile(spaced or r"(?!)")
    return re.compile(rf"(?<![a-z0-9.]){spaced}(?:e?s)?(?![a-z0-9])")


def said_in(folded: str, value: str) -> re.Match[str] | None:
    """Where a folded question says a folded value. Most of many values are told to be absent without a pattern."""
    return saying(value).search(folded) if all(part in folded for part in _PARTS.findall(value)) else None


_PARTS = re.compile(r"\d+(?:\.\d+)?|[^\d\s-]+")


@lru_cache(maxsize=1 << 14)
def _values_of(text: str) -> tuple[str, ...]:
    """A folded cell, and each of several values in it."""
    parts = (part for part in map(fold, _PARTED.split(text)) if len(part) > 1)
    return tuple(dict.fromkeys((fold(text), *parts)))


def _own(record: Record) -> Iterator[tuple[str, str]]:
    for name, text in record.attributes.items():
        if not name.endswith(("_zh", "_en")) and 0 < len(text) <= _LONGEST:
            for value in _values_of(text):
                yield name, value


def has_value(record: Record, value: Value) -> bool:
    return any(name in value.columns and text == value.folded for name, text in _own(record))


def by_column(values: Sequence[Value]) -> list[list[Value]]:
    """The values of one column together: any of them will do."""
    groups: list[list[Value]] = []
    for value in values:
        same = next((group for group in groups if any(value.columns & other.columns for other in group)), None)
        if same is None:
            groups.append([value])
        else:
            same.append(value)
    return groups
