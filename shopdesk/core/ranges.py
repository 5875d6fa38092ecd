"""Amounts that a question says, held against columns that say from where to where goods suit, and limits of columns.

"A pump for a 28 footer" (up to 30 ft), 35平 (30到45平), "three hives" (Up to 5 hives); "5 kW or less", 20升以上的.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core import numbers
from shopdesk.core.late import late
from shopdesk.core.measures import measures_of
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record

_WORDS = "|".join(word for word in numbers.ENGLISH if word not in ("a", "one"))
_UNIT = r"(?P<unit>[a-z]{1,9}|[\u4e00-\u9fff]{1,2})"
_SAID = late(
    r"(?P<most>\b(?:under|below|less than|up to|at most|no more than|not over|max(?:imum)?(?: of)?)\s*"
    r"|(?:不超过|不到|低于|小于|最多))?"
    r"(?P<least>\b(?:over|above|more than|at least|min(?:imum)?(?: of)?)\s*|(?:至少|超过|高于|大于|不低于))?"
    rf"(?<![a-z0-9.¥$€£-])(?P<number>\d+(?:\.\d+)?|{_WORDS})[ -]?{_UNIT}(?![a-z])"
    r"(?P<less>\s*(?:or (?:less|under|below|smaller|lower)|max|tops|以内|以下|之内))?"
    r"(?P<more>\s*(?:or (?:more|over|above|bigger|higher|larger)|and up|plus|以上|起))?"
)
_TOLD = re.compile(
    r"(?P<up>\b(?:up to|max(?:imum)?|under|below)\s*|[≤<]\s*|不超过|最多)?"
    r"(?P<over>\b(?:over|above|from|more than)\s*|[≥>]\s*)?"
    r"(?P<low>\d+(?:\.\d+)?)"
    r"(?:\s*(?:[a-z]+|[\u4e00-\u9fff])?\s*(?:-|–|~|到|至|\bto\b)\s*(?P<high>\d+(?:\.\d+)?))?(?P<plus>\+)?"
    r"\s*(?P<unit>[a-z]+|[\u4e00-\u9fff]{1,2})(?P<below>以下|以内)?(?P<above>以上| and (?:up|over))?"
)
_NO_UNITS = frozenset((
    "in", "for", "of", "and", "or", "the", "with", "at", "on", "to", "by", "x", "个", "的", "款", "种", "元", "块",
))  # fmt: skip
_SAME = (
    {"ft", "foot", "feet", "foote"}, {"a", "amp"}, {"平", "平米", "平方", "sqm", "m2"}, {"l", "litre", "liter", "升"},
)  # fmt: skip


_STRICTLY = re.compile(r"under|below|less|over|above|more|不到|低于|小于|超过|高于|大于")
_LITTLE = 1e-6
_NOTE = 60
"""Characters of a description that is a note."""


@dataclass(frozen=True, slots=True)
class Reach:
    """`span` is where a question says an amount, `holds` whether goods suit or keep to it."""

    span: tuple[int, int]
    holds: Callable[[Record], bool]


def says_limit(folded: str) -> bool:
    """Whether a question says that an amount is not to be passed, or not to be missed."""
    said = (match for match in _SAID.finditer(folded) if match["unit"] not in _NO_UNITS)
    return any(match["most"] or match["least"] or match["less"] or match["more"] for match in said)


def reaches_said(folded: str, records: Sequence[Record]) -> Iterator[Reach]:
    """What of this some of the records can decide."""
    for said in _SAID.finditer(folded):
        unit = said["unit"]
        if unit in _NO_UNITS:
            continue
        number = float(numbers.ENGLISH.get(said["number"], 0) or said["number"])
        least, most = bool(said["least"] or said["more"]), bool(said["most"] or said["less"])
        limit = _STRICTLY.search(said["most"] or said["least"] or "") is not None
        strict = number * (1 + (_LITTLE if least else -_LITTLE)) if limit else number
        wanted = (strict if least else -math.inf, strict if most else math.inf) if least or most else (number, number)
        columns = _columns(records, unit, limited=least or most)
        if not columns:
            continue
        holds = _keeping(columns, unit, number, wanted)
        if any(map(holds, records)):
            yield Reach(said.span(), holds)


def _texts_of(record: Record) -> Iterator[tuple[str, str]]:
    """The columns of a row by name, and its description where that is a short note."""
    yield from record.attributes.items()
    note = str(record.fields.get("description") or "")
    if len(note) <= _NOTE:
        yield "description", note


def _columns(records: Sequence[Record], unit: str, *, limited: bool) -> frozenset[str]:
    """The columns that tell of the unit: of ranges, or where a limit is said, of single amounts too."""
    found = {
        name
        for record in records
        for name, value in _texts_of(record)
        for low, high, told in _told(fold(value))
        if _is(unit, told) and (limited or low != high)
    }
    return frozenset(found) if len(found) == 1 else frozenset()  # of two lengths neither is known to be meant


def _keeping(
    columns: frozenset[str], unit: str, number: float, wanted: tuple[float, float]
) -> Callable[[Record], bool]:
    def holds(record: Record) -> bool:
        told = [
            (low, high) for name, value in _texts_of(record) if name in columns
            for low, high, other in _told(fold(value)) if _is(unit, other)
        ]  # fmt: skip
        if wanted[0] == wanted[1]:  # an amount, no limit
            return any(low <= number <= high for low, high in told)
        return bool(told) and all(wanted[0] <= low and (high <= wanted[1] or high == math.inf) for low, high in told)

    return holds


@lru_cache(maxsize=1 << 12)
def _told(folded: str) -> tuple[tuple[float, float, str], ...]:
    """From where to where a value reaches, each with its unit: `up to 30 ft`, `10到15平`, `5 kw`."""
    found = []
    for match in _TOLD.finditer(folded) if any(map(str.isdigit, folded)) else ():
        low = float(match["low"])
        high = float(match["high"]) if match["high"] else low
        if match["up"] or match["below"]:
            low = 0.0
        elif match["over"] or match["plus"] or match["above"]:
            high = math.inf
        found.append((low, high, match["unit"]))
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _is(unit: str, told: str) -> bool:
    """Whether two units are one: hives, hive; footer, ft; kw, 千瓦."""
    said, other = (re.sub(r"er$", "", stem(each)) for each in (unit, told))
    if said == other or any({unit, said} & same and {told, other} & same for same in _SAME):
        return True
    if unit[0] == told[0] and is_han(unit[0]) and (len(unit) == 1 or len(told) == 1):
        return True  # 35平装: the unit and what follows it
    first, second = measures_of(f"1 {unit}"), measures_of(f"1 {told}")
    return bool(first and second) and first[0] == second[0]
