"""What belongs to a thing is not the thing: the cheapest turntable is no stylus, the dearest paper no 碎纸机."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shopdesk.core.late import late
from shopdesk.core.profiles import stem
from shopdesk.core.text import fold, is_han
from shopdesk.core.types import Record

_WORDS = late(
    r"\b(?:replacement|spare|refill|accessor(?:y|ies)|stylus|cartridge|case|cover|bag|strap|stand|seat|filter|battery|charger"
    r"|cable|lid|cleaner|brush|mat|holder|bracket|hook|clip|hose|pad|sleeve|adaptor|adapter|polish|oil|soap|comb|rack"
    r"|liner)s?\b"
    r"|配件|滤芯|替换|备用|补充|电池|充电器|支架|收纳|清洁|刷|套(?!装|餐)|壳|膜|架$|盖$|垫$|绳$|钩$"
)
"""What belongs to other goods."""
_RUN = re.compile(r"[\u4e00-\u9fff]+")
_WORD = re.compile(r"[a-z][a-z'-]+")


def things_themselves(folded: str, records: Sequence[Record]) -> list[Record]:
    """The records without those that only belong to what a question names; all where it names such a one itself."""
    if len(records) < 2 or _WORDS.search(folded):
        return list(records)
    words = {stem(word) for word in _WORD.findall(folded)}
    beside = [_is_beside(fold(record.title), words, folded) for record in records]
    called = [_is_called(fold(record.title), words, folded) for record in records]
    if not any(called):
        return list(records)
    return [
        record for record, other, own in zip(records, beside, called, strict=True) if own or not other
    ]  # fmt: skip


def _is_called(title: str, words: set[str], folded: str) -> bool:
    """Whether a name says what is asked for and nothing that belongs to it."""
    if _WORDS.search(title):
        return False
    return any(stem(word) in words for word in _WORD.findall(title)) or any(
        run[-2:] in folded or (run[-1] in folded and len(run) > 1) for run in _RUN.findall(title)
    )


def _is_beside(title: str, words: set[str], folded: str) -> bool:
    """Whether a name has a word for what belongs to others, or goes on after the Chinese word that is asked for."""
    if _WORDS.search(title):
        return True
    runs = [run for run in _RUN.findall(title) if is_han(run[0])]
    return any(_goes_on(run, folded) for run in runs)


def _goes_on(run: str, folded: str) -> bool:
    """碎纸机 where 纸 is asked for: its word stands in the name, which ends in another that is not asked for."""
    return run[-1] not in folded and any(character in folded for character in run[1:-1])
