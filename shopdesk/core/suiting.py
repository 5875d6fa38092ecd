"""Whom goods suit: ages, numbers of people and heights that a question says, held against their columns."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shopdesk.core import numbers
from shopdesk.core.late import late
from shopdesk.core.lexicon import WEARERS
from shopdesk.core.text import fold
from shopdesk.core.traits import said_in, saying
from shopdesk.core.types import Record

_FEW = "|".join(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"))
_N = rf"(\d{{1,2}}|{_FEW}|[{numbers.CHINESE}]{{1,3}})"
_YEARS = late(
    rf"(?:\bfor )?(?:\ban? |\bmy )?\b{_N}[ -]?(?:years?|yrs?|yo|y/o)[ -]?olds?\b|\bage[ds]? {_N}\b|(?:给|送)?{_N}岁(?!以[上下])半?(?:大)?(?:的|左右)?(?:孩子|小孩|宝宝|娃|小朋友|儿子|女儿)?(?:玩|用|看|穿)?的?"
)
_MONTHS = late(rf"\b{_N}[ -]?months?[ -]?olds?\b|{_N}个?月(?:大)?的?(?:宝宝|娃|婴儿|孩子)(?:用|吃|喝|玩)?的?")
_STAGES: tuple[tuple[re.Pattern[str], tuple[float, float]], ...] = tuple(
    (
        late(
            rf"\b(?:for|suits?) (?:an? |my |our |the )?(?:little |young |new )?(?:{english})s?\b|(?:{chinese})(?=[用吃穿玩戴]|$|[,，])"
        ),
        reach,
    )
    for english, chinese, reach in (
        ("newborn|baby|infant", "新生儿|婴儿|小宝宝", (0.0, 1.0)),
        ("toddler", "幼儿", (1.0, 3.0)),
        ("teen|teenager", "青少年", (13.0, 17.0)),
    )
)
_PEOPLE = late(
    rf"\b(?:for )?(?:an? )?{_N}[ -]?(?:people|persons?|players?|man|men|of us|adults?|berth|seater)\b|\bfamily of {_N}\b"
    rf"|\bfor {_N}(?=\W*$|[,;])|\b(?:sleeps?|seats?|serves?) (?:up to )?{_N}\b"
    rf"|(?:适合)?{_N}个?人(?:一起)?(?:玩|用|吃|住|睡|坐)?的?"
)
_TALL = late(
    r"身高(?:是|大概|有)?\s*(\d(?:\.\d{1,2})?)\s*(?:米|m)|身高(?:是|大概|有)?\s*(\d{2,3})(?:\s*(?:cm|厘米|公分))?"
    r"|\b(?:(?:who is|who's|is|i'm|am|for (?:someone|somebody)) )?(\d{3}) ?cm tall\b"
)
_CHILD = "儿童"
_YOUNG = ("junior", "juniors", "youth", "少儿")
_GROWN = 12
"""Years up to which somebody is a child."""
_HEADS: Mapping[str, re.Pattern[str]] = {
    "years": late(r"\bages?\b|适龄|年龄|月龄|适用年龄|岁"),
    "people": late(r"sleeps|players?|people|persons?|berths?|seats|serves|人数|几人"),
    "height": late(r"身高|rider height"),
}
_AGES = re.compile(r"\b[Aa]ges? \d|\d ?(?:岁|个月|years)")
_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:个?月|岁|months?|m|years?|yrs?|cm)?\s*[-–~到至]\s*(\d+(?:\.\d+)?)")
_FROM = re.compile(r"(\d+(?:\.\d+)?)\s*(?:个?月|岁|months?|m|years?|yrs?|cm)?\s*(?:\+|以上|and up|or over|up)")
_ONE = re.compile(r"\d+(?:\.\d+)?")
_IN_MONTHS = re.compile(r"月|month|\d ?m\b")


@dataclass(frozen=True, slots=True)
class Suited:
    """`span` is where a question says whom goods must suit, `holds` whether they do."""

    span: tuple[int, int]
    holds: Callable[[Record], bool]


def says_whom(folded: str) -> bool:
    """Whether a question says how old or how many those are whom goods must suit."""
    return any(True for _ in _said(folded))


def suited(folded: str, records: Sequence[Record]) -> Iterator[Suited]:
    """What the columns of some of the records can decide."""
    columns = {name for record in records for name in record.attributes}
    for kind, span, wanted in _said(folded):
        names = [name for name in columns if _HEADS[kind].search(fold(name.replace("_", " ")))]
        if kind == "years" and not names:  # a column "suitable for": Age 4-6
            names = [n for n in columns if any(_AGES.search(record.attributes.get(n, "")) for record in records)]
        if any(_range_of(record.attributes.get(name, ""), kind) for record in records for name in names):
            yield Suited(span, _suiting(kind, names, wanted))


def whom_said(folded: str, records: Sequence[Record]) -> Iterator[Suited]:
    """Goods for those who are spoken of, where the names or values of some but not all of them say for whom they are."""
    for family in WEARERS:
        words = (*family, *_YOUNG) if family[0] == _CHILD else family
        said = next((match for word in words if (match := said_in(folded, word)) is not None), None)
        young = _YEARS.search(folded) if said is None and family[0] == _CHILD else None
        if young is not None and _number(young) <= _GROWN:
            said = young
        if said is None or (len(family[0]) == 1 and family[0] in "男女" and len(said.group()) == 1):
            continue
        holds = _speaking_of(words)
        if 0 < sum(map(holds, records)) < len(records):
            yield Suited(said.span(), holds)


def _speaking_of(words: Sequence[str]) -> Callable[[Record], bool]:
    spoken = re.compile("|".join(saying(word).pattern for word in words))

    def holds(record: Record) -> bool:
        told = (record.title, record.title_in("en"), *record.attributes.values(), *map(str, _worn(record)))
        return any(spoken.search(fold(text)) for text in told)

    return holds


def _worn(record: Record) -> Sequence[object]:
    return [record.fields[name] for name in ("size", "category", "description") if record.fields.get(name)]


def _said(folded: str) -> Iterator[tuple[str, tuple[int, int], tuple[float, float]]]:
    years, months, people, tall = (each.search(folded) for each in (_YEARS, _MONTHS, _PEOPLE, _TALL))
    if years is not None:
        yield "years", years.span(), _exactly(_number(years))
    elif months is not None:
        yield "years", months.span(), _exactly(_number(months) / 12)
    else:
        stages = ((pattern.search(folded), reach) for pattern, reach in _STAGES)
        yield from (("years", match.span(), reach) for match, reach in stages if match is not None)
    if people is not None:
        yield "people", people.span(), _exactly(_number(people))
    if tall is not None:
        yield "height", tall.span(), _exactly(float(tall[1]) * 100 if tall[1] else float(tall[2] or tall[3]))


def _exactly(number: float) -> tuple[float, float]:
    return number, number


def _number(match: re.Match[str]) -> float:
    text = next(filter(None, match.groups()))
    return float(text) if text.isdigit() else float(numbers.ENGLISH.get(text) or numbers.chinese_value(text) or 0)


def _suiting(kind: str, names: Sequence[str], wanted: tuple[float, float]) -> Callable[[Record], bool]:
    def holds(record: Record) -> bool:
        ranges = [_range_of(record.attributes.get(name, ""), kind) for name in names]
        return any(reach is not None and reach[0] <= wanted[1] and wanted[0] <= reach[1] for reach in ranges)

    return holds


def _range_of(value: str, kind: str) -> tuple[float, float] | None:
    """From where to where a value reaches: `8-11`, `6+`, `0-6个月` (in years)."""
    folded = fold(value)
    scale = 1 / 12 if kind == "years" and _IN_MONTHS.search(folded) else 1.0
    between = _RANGE.search(folded)
    if between is not None:
        return float(between[1]) * scale, float(between[2]) * scale
    least = _FROM.search(folded) or (_ONE.search(folded) if kind == "years" else None)
    if least is not None:
        return float(re.sub(r"[^\d.].*", "", least[0])) * scale, math.inf
    one = _ONE.search(folded)
    return _exactly(float(one[0])) if one is not None else None
