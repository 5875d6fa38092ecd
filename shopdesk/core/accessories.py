"""What belongs to a thing is not the thing: the cheapest turntable is no stylus, the dearest paper no 碎纸机."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from shopdesk.core.late import late
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold
from shopdesk.core.types import Record

_WORDS = late(
    r"\b(?:replacement|spare|refill|accessor(?:y|ies))s?\b|\b(?:stylus|cartridge|case|cover|bag|strap|stand|seat|filter"
    r"|battery|charger|cable|lid|cleaner|brush|mat|holder|bracket|hook|clip|hose|pad|sleeve|adaptor|adapter|polish|oil"
    r"|soap|comb|rack|liner)s?(?=$|[^a-z ]| [^a-z])"
    r"|配件|替换|备用|补充|(?:滤芯|电池|充电器|支架|收纳|清洁剂?|刷子?|(?<!件)套|壳|膜|架|盖|垫|绳|钩)(?=$|[^\u4e00-\u9fff])"
)
"""What belongs to other goods: said of them, or what their names end in."""
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z][a-z'-]+")
_ACRONYM = re.compile(r"\b[A-Z0-9]{2,}\W*$")
"""What ends a name and is no thing: Car Battery AGM."""
_HEAD = re.compile(r" (?:with|for|in|of|-) .*|[(（].*|\d[\d./x×]*\s?(?:[a-z]{1,2}(?![a-z]))?")
"""What of an English name stands after the thing itself, and its figures."""


def things_themselves(folded: str, records: Sequence[Record], categories: Collection[str] = ()) -> list[Record]:
    """The records without those that only belong to what a question names; all where it names such a one itself.

    What the shop keeps in one of the `categories` that are named is one of those things, whatever its name ends in.
    """
    if len(records) < 2 or _WORDS.search(folded):
        return list(records)
    words = {stem(word) for word in _WORD.findall(folded)}
    kept = [record.fields.get("category") in categories for record in records]
    records = _without_modified(records, words, kept)
    kept = [record.fields.get("category") in categories for record in records]
    beside = [
        _is_beside(fold(record.title), folded, in_category=own) for record, own in zip(records, kept, strict=True)
    ]
    called = [_is_called(fold(record.title), words, folded) for record in records]
    if not any(called):
        return list(records)
    return [
        record for record, other, own in zip(records, beside, called, strict=True) if own or not other
    ]  # fmt: skip


def _without_modified(records: Sequence[Record], words: set[str], kept: Sequence[bool]) -> list[Record]:
    """The records but those in whose names the word for the thing only goes before another, where it ends other names:
    of anchors no "Anchor Chain"."""
    named = [[stem(word) for word in _WORD.findall(_HEAD.sub("", fold(record.title)))] for record in records]
    things = {name[-1] for name in named if name and name[-1] in words}
    return [
        record for record, name, own in zip(records, named, kept, strict=True)
        if own or not name or name[-1] in words or things.isdisjoint(name) or _ACRONYM.search(record.title)
    ]  # fmt: skip


def _is_called(title: str, words: set[str], folded: str) -> bool:
    """Whether a name says what is asked for and nothing that belongs to it."""
    if _WORDS.search(title):
        return False
    return any(stem(word) in words for word in _WORD.findall(title)) or any(
        run[-2:] in folded or (run[-1] in folded and len(run) > 1) for run in _RUN.findall(title)
    )


def _is_beside(title: str, folded: str, *, in_category: bool) -> bool:
    """Whether a name has a word for what belongs to others, or goes on after the Chinese word that is asked for."""
    belongs = _WORDS.search(title)
    if in_category:  # the endings of Chinese names are too short to go against what the shop says
        return belongs is not None and belongs.group().isascii()
    if belongs:
        return True
    return any(_goes_on(run, folded) for run in _RUN.findall(title))


def _goes_on(run: str, folded: str) -> bool:
    """碎纸机 where 纸 is asked for: its word stands in the name, which ends in another that is not asked for."""
    return run[-1] not in folded and any(character in folded for character in run[1:-1])
