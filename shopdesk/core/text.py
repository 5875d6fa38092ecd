"""Text as the search and the understanding see it: folded, and cut into tokens.

Chinese has no spaces, so its characters and pairs of neighbouring characters are the tokens;
other scripts are cut into words. The index and the query use the same functions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

_HAN = "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Plain letters and digits by themselves, which is quick, where no letter of another sort goes on with them.
_RUN = re.compile(rf"[{_HAN}]+|[a-z0-9]++(?![^\W_{_HAN}])|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
CLAUSE_END = re.compile(r"[，,。；;！!？?（）()\n]+|\.+(?!\d)")
"""What ends a clause, in folded text and in any other."""


def fold(text: str) -> str:
    """NFKC, lower case, control characters out, white space single: `ＡＢ１２` → `ab12`."""
    if text.isascii():
        plain = " ".join(text.lower().split())  # the quick way for most imported cells
        if plain.isprintable():
            return plain
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if folded.isprintable():  # which line breaks, gone by now, are not
        return folded
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in folded)
    return " ".join(kept.split())


@lru_cache(maxsize=1 << 16)
def is_han(character: str) -> bool:
    return bool(_IS_HAN.match(character))


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with blanks in the place of some stretches, each letter where it was."""
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def unmarked(text: str, marks: Sequence[bool]) -> str:
    """A text with blanks in the place of the characters that are marked."""
    return "".join(" " if mark else letter for letter, mark in zip(text, marks, strict=True))


def marked(marks: Sequence[bool], spans: Iterable[tuple[int, int]]) -> tuple[bool, ...]:
    """The same marks, and one on every character of some stretches."""
    found = list(marks)
    for start, end in spans:
        found[start:end] = [True] * (end - start)
    return tuple(found)


def runs(text: str) -> list[str]:
    """The unbroken runs of Chinese (or Japanese) characters and the words of other scripts, folded, in order."""
    return _RUN.findall(fold(text))


def search_tokens(text: str) -> list[str]:
    """Tokens for the index and the query: `黑色 T恤` → `黑 色 黑色 t 恤`."""
    tokens: list[str] = []
    for run in runs(text):
        if is_han(run[0]):
            tokens.extend(run)
            tokens.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            tokens.append(run)
    return tokens
