"""Numbers with what they count, as names and sizes tell goods apart: `2 person`, `Twelve-String`, `30粒装`, `2段`.

They are the same however they are written: `two man`, `12 string`, `三十颗`, `二段`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core import numbers

_PIECES = "pieces"
_ENGLISH_PIECES = frozenset(("pack", "packs", "pk", "pc", "pcs", "piece", "pieces", "count", "ct", "set"))
_CHINESE_PIECES = frozenset("个件双条只支套台盒把瓶包袋顶张本份罐块副对盏饼束根粒颗卷箱桶枚串组册片杯抽节贴入丸")
_CHINESE_UNITS = "".join(sorted(_CHINESE_PIECES)) + "段档级层孔色人门座芯核速缸股线号年度寸码目挡代"
_CALLED: Mapping[str, str] = {
    "man": "person", "men": "person", "people": "person", "persons": "person", "berth": "person", "berths": "person",
    "seater": "seat", "seaters": "seat", "seats": "seat",
}  # fmt: skip
_NUMBER = rf"(\d{{1,4}}(?:\.\d+)?|{numbers.BELOW_100})"
_ENGLISH = re.compile(rf"(?<![\w.¥$€£/]){_NUMBER}[ -]([a-z]{{2,}})(?![a-z])")
_OF = re.compile(
    rf"\b(?:packs?|packets?|sets?|box(?:es)?|tins?|bags?|tubs?|jars?|cases?|rolls?|cartons?|trays?) of {_NUMBER}\b"
)
_CHINESE = re.compile(
    rf"(?<![\d.¥a-z])(\d{{1,4}}(?:\.\d+)?|[{numbers.CHINESE}]+)([{_CHINESE_UNITS}])(?![月天日]|小时|星期|人)"
)
_PARTS = re.compile(
    r"(?<![\w./])([1-4])/([2-48])(?![\w/])|\b(half|three[- ]quarters?|quarter)\b(?=[- ](?:size|one|scale)\b|$|[^a-z ])"
)
_SIDES = re.compile(
    r"(?<![\d.a-z])(\d+(?:\.\d+)?)\s*(?:mm|cm|m|in|ft)?\s*(?:x|×|\*|by|乘)\s*(\d+(?:\.\d+)?)(?![\d.]|\s*[x×*])"
)
_SPELLED_PARTS = {"half": 0.5, "quarter": 0.25}
_MODIFYING = re.compile(r"装|的(?!价|话|总|钱|时)")
_SINGULAR = re.compile(r"[ -]([a-z]{3,}) [a-z]")
_YEAR = "年"
_CENTURY = 100
_FAR = 1_000_000
"""What keeps two sides apart in one number."""
_MAY_COUNT = re.compile(rf"\d|[{numbers.CHINESE}]|\b(?:{numbers.BELOW_100}|half|three|quarter)\b")


@dataclass(frozen=True, slots=True)
class Counted:
    """`unit` is what is counted, in the singular; pieces of all sorts are one unit."""

    number: float
    unit: str

    def same(self, other: Counted) -> bool:
        if self.unit != other.unit:
            return False
        if self.unit == _YEAR and max(self.number, other.number) > _CENTURY > min(self.number, other.number):
            return self.number % 100 == other.number % 100  # 15年 is 2015年
        return self.number == other.number


def counted_in(folded: str) -> list[tuple[int, int, Counted]]:
    """Where numbers with what they count stand in a folded text; the span of an English one is the number alone."""
    if _MAY_COUNT.search(folded) is None:
        return []
    found = [(*match.span(), Counted(_value(match[1]), _unit_of(match[2]))) for match in _CHINESE.finditer(folded)]
    found += [(*match.span(1), Counted(_value(match[1]), _unit_of(match[2]))) for match in _ENGLISH.finditer(folded)]
    found += [(*match.span(1), Counted(_value(match[1]), _PIECES)) for match in _OF.finditer(folded)]
    for match in _PARTS.finditer(folded):
        part = int(match[1]) / int(match[2]) if match[1] else _SPELLED_PARTS.get(match[3], 0.75)
        found.append((*match.span(), Counted(part, "size")))
    for match in _SIDES.finditer(folded):
        shorter, longer = sorted((float(match[1]), float(match[2])))
        found.append((*match.span(), Counted(shorter * _FAR + longer, "sides")))
    return sorted(found, key=lambda entry: entry[:2])


def describes(folded: str, counted: tuple[int, int, Counted]) -> bool:
    """Whether a number says what goods are and not how many are wanted: "a six spray head", 24枚的, 30颗装."""
    _, end, each = counted
    if _MODIFYING.match(folded, end):
        return True
    follows = _SINGULAR.match(folded, end)
    return each.number > 1 and follows is not None and not follows[1].endswith("s")


@lru_cache(maxsize=1 << 14)
def counted_of(folded: str, column: str = "") -> Sequence[Counted]:
    """What a folded text of a row counts; a bare number counts what its column is called ("Strings": 12)."""
    if folded.isdigit():
        words = column.split()
        return (Counted(float(folded), _unit_of(words[-1])),) if words and len(folded) < 5 else ()
    return tuple(counted for _, _, counted in counted_in(folded))


def _value(text: str) -> float:
    if text[0].isdigit():
        return float(text)
    return float(numbers.english_value(text) if text.isascii() else numbers.chinese_value(text) or 0)


def _unit_of(word: str) -> str:
    if word in _CHINESE_PIECES or word in _ENGLISH_PIECES:
        return _PIECES
    word = _CALLED.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
