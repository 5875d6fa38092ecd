"""A folded question on which what has been understood is marked, so that what is left names something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from shopdesk.core.text import is_han

Span = tuple[int, int]


def within_longer(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span is a part of one of the others, and not the whole of it."""
    start, end = span
    return any(first <= start and end <= last and last - first > end - start for first, last in others)


@lru_cache(maxsize=1024)
def _spelled_apart(name: str) -> re.Pattern[str]:
    """Finds a name whatever stands between its letters that is no letter."""
    return re.compile(r"[\W_]*".join(re.escape(letter) for letter in name if letter.isalnum()) or r"(?!)")


def overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


@lru_cache(maxsize=1 << 12)
def outside_words(text: str) -> re.Pattern[str]:
    """Finds `text` as a word of its own: "m" not inside "mat"; Chinese needs no boundary."""
    escaped = r"\s+".join(map(re.escape, text.split()))
    before = "" if is_han(text[0]) else r"(?<![a-z0-9.'])"
    after = "" if is_han(text[-1]) else r"(?![a-z0-9]|\.\d)"
    return re.compile(f"{before}{escaped}{after}")


class MarkedText:
    """`filler[i]` says that character i names nothing; `name_spans` is where whole names of goods stand, whose words
    ask for nothing; `amounts` where "how much" asks for no price."""

    def __init__(self, folded: str, names: Sequence[str] = ()) -> None:
        self.folded = folded
        self.name_spans = [match.span() for name in names for match in _spelled_apart(name).finditer(folded)]
        self.filler = [False] * len(folded)
        self.amounts: list[Span] = []

    def blank(self, start: int, end: int) -> None:
        self.filler[start:end] = [True] * (end - start)

    def spans(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Where a pattern finds words that are no mere part of a name."""
        spans = (match.span() for match in pattern.finditer(self.folded) if match.end() > match.start())
        return (span for span in spans if not within_longer(span, self.name_spans))

    def finds(self, said: str, pattern_of: Callable[[str], re.Pattern[str]] = outside_words) -> Iterator[re.Match[str]]:
        """Where a value is said. Most of a shop's many values are not, and then cost no pattern."""
        found = pattern_of(said).finditer(self.folded) if said in self.folded else iter(())
        return (match for match in found if not within_longer(match.span(), self.name_spans))
