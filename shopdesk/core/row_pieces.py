"""What a good's row says piece by piece, a note cut at its marks, and which piece tells what is asked of the good: the
one that has a figure in a unit that the question wants, and the word that it is asked of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from shopdesk.core import idioms, numbers
from shopdesk.core.asked_columns import root_of
from shopdesk.core.asked_of_good import Asked, asks_how_many, asks_whether, counts_it, what_is_said_of
from shopdesk.core.late import late
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a folded value of `field`, with the folded heading over it."""

    field: str
    heading: str
    text: str


_CUT = re.compile(r"[;。；，,、!！]|\.(?=\s|$)|\s/\s|(?<=[\u4e00-\u9fff])\s+|\s+(?=[\u4e00-\u9fff])")
_N = rf"(?:\d[\d.,]*|\b{numbers.BELOW_100}|\ban?\b|\bhalf(?: an?)?\b|[{numbers.CHINESE}半数]+)"
_UNITS: Mapping[str, str] = {
    "length": r"(?:mm|cm|m|km|met(?:re|er)s?|inch(?:es)?|in|ft|feet|foot|yards?|miles?)\b(?!\d)|[\"”]|毫米|厘米|公分|公里|米(?![饭粒粉])|英?寸|微米|丝",
    "weight": r"(?:g|kg|kilos?|grams?|lbs?|oz|stone|tons?|tonnes?)\b|克|千克|公斤|斤|两(?![支只个张片])|吨",
    "volume": r"(?:ml|cl|l|lit(?:re|er)s?|pints?|gal(?:lon)?s?|cc|cups?)\b|毫升|升|加仑|方(?![便格])",
    "time": r"(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?)\b|秒|分钟|个?小时|个?钟头?|天|日(?!本)|周|个?月|年|季",
    "speed": r"(?:mph|km/?h|kmh|kph|rpm|knots?|fps)\b|转|公里(?:每小时|时速)|迈|码(?!数)|[个张页发次]?(?:每|/|一)(?:分钟?|秒|小时)",
    "area": r"(?:m2|m²|sqm|sq ?(?:m|ft)|square (?:met(?:re|er)s?|feet)|acres?)\b|平(?:方米?|米)?|㎡|亩",
    "heat": r"(?:°|℃|degrees?\b|deg\b|c\b|f\b)|度",
    "power": r"(?:w|kw|watts?|hp|bhp|btu)\b|千?瓦|匹",
    "sound": r"(?:db|decibels?)\b|分贝",
    "age": r"(?:years?|yrs?|yo|months?)\b|\+|个?月|周?岁",
    "load": r"(?:g|kg|kilos?|lbs?|tons?|tonnes?|people|persons?)\b|公斤|千克|斤|吨|人",
}
_FIGURES: Mapping[str, re.Pattern[str]] = {
    kind: late(rf"{_N}\s?-?(?:to {_N}\s?)?(?:{units})") for kind, units in _UNITS.items()
}
_HEADED: Mapping[str, re.Pattern[str]] = {
    kind: late(rf"(?:^|[\s(（/])(?:{units})(?:[)）]|$)|\b(?:lit(?:re|er)s|kilos|grams|watts|minutes|hours)\b")
    for kind, units in _UNITS.items()
}
_NOTES = late(
    r"note|remark|comment|detail|\binfo|extra|care|descri|advice|told?\b|blurb|说明|备注|附[言注]|简介|描述|其[他它]|补充|卖点|特点|注意|介绍"
)
_BARE = re.compile(r"(?:about|around|approx\.?|up to|约|大约)?\s*")


def pieces_of(record: Record) -> Iterator[Piece]:
    """All that a row tells of its good beside name, price, stock and place."""
    told = [(f"attributes.{name}", name, value) for name, value in record.attributes.items() if value]
    told += [(name, name, str(record.fields.get(name) or "")) for name in ("size", "description")]
    for field, heading, value in told:
        if heading.endswith(("_en", "_zh")):
            continue
        for piece in _CUT.split(fold(value)):
            if piece.strip():
                yield Piece(field, fold(heading.replace("_", " ")), piece.strip())


def piece_telling(asked: Asked, record: Record) -> Piece | None:
    """The piece of a row that tells what is asked; None where none surely does."""
    best: tuple[int, Piece] | None = None
    for piece in pieces_of(record):
        sure = _tells(asked, piece)
        if sure and (best is None or sure > best[0]):
            best = sure, piece
    return best[1] if best is not None else None


def _tells(asked: Asked, piece: Piece) -> int:
    """How surely a piece tells what is asked; 0 for not."""
    if asked.kinds and not _measured(asked.kinds, piece):
        return 0
    if asked.words:
        said = [word for word in asked.words if _says(piece, word)]
        if asked.words[-1] not in said or not (asked.kinds or _tells_more(asked, piece)):
            return 0
        return 2 + len(said)
    if asked.kinds:
        if any(_goes_with(piece, word) for word in asked.so):
            return 2
        if "age" in asked.kinds:
            return 1
        return int(len(asked.kinds) == 1 and "time" not in asked.kinds and _is_bare(asked.kinds, piece))
    return int(asked.made and idioms.MATERIAL.fullmatch(piece.text) is not None)


def _tells_more(asked: Asked, piece: Piece) -> bool:
    """Whether a piece says something of a word that is asked about, without a figure being asked for."""
    if counts_it(asked):
        return re.search(rf"{_N}[^\W\d]?{re.escape(asked.words[-1])}", piece.text) is not None
    if not what_is_said_of(asked) or (asks_how_many(asked) and not re.search(r"\d", piece.text)):
        return False
    if asks_whether(asked):
        return True
    return any(word not in asked.said for word in re.findall(r"[a-z]+|[\u4e00-\u9fff]|\d[\d.]*", piece.text))


def _measured(kinds: frozenset[str], piece: Piece) -> bool:
    figures = re.search(r"\d", piece.text) is not None
    return any(_FIGURES[kind].search(piece.text) or (figures and _HEADED[kind].search(piece.heading)) for kind in kinds)


def _is_bare(kinds: frozenset[str], piece: Piece) -> bool:
    """Whether a piece of a note is a figure and nothing else: the good's own."""
    return _NOTES.search(piece.heading) is not None and any(
        (match := _FIGURES[kind].search(piece.text)) is not None
        and not _BARE.sub("", piece.text[: match.start()] + piece.text[match.end() :])
        for kind in kinds
    )


def says_any(asked: Asked, heading: str, text: str) -> bool:
    """Whether a column with its value says any word that is asked about."""
    told = Piece("", fold(heading), fold(text))
    return any(_says(told, word) for word in asked.words)


def says_all(asked: Asked, piece: Piece) -> bool:
    return all(_says(piece, word) for word in asked.words)


@lru_cache(maxsize=1 << 12)
def _roots(text: str) -> frozenset[str]:
    words = re.findall("[a-z]+", text)
    return frozenset(root for word in words for root in (stem(word), root_of(word)) if len(root) > 2)


def _goes_with(piece: Piece, word: str) -> bool:
    """Whether a piece says that its figure is of the sort: "Weighs 280 g", 重900克; no 承重."""
    if is_han(word[0]):
        return (
            re.search(
                rf"(?<![承限载举配负最担]){word}(?:度|量|约|达)?\s*{_N}|{_N}[\u4e00-\u9fff]{{1,3}}{word}", piece.text
            )
            is not None
        )
    return _says(piece, word)


def _says(piece: Piece, word: str) -> bool:
    """Whether a piece, or the heading over it, has a word in any form: flies, flying; of Chinese its last two
    characters, the whole where it has one."""
    if is_han(word[0]):
        last = word[-2:]
        return last in piece.text or last in piece.heading
    roots = {stem(word), root_of(word)}
    return not roots.isdisjoint(_roots(piece.text) | _roots(piece.heading))
