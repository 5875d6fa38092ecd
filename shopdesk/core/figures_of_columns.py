"""Figures that say what goods are by what a column counts: "a six berth", "the 200 watt panel" want no six of any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shopdesk.core import numbers
from shopdesk.core.counted import Counted, counted_of
from shopdesk.core.late import late
from shopdesk.core.measures import measures_of
from shopdesk.core.text import fold

_FIGURED = late(rf"(?<![\w.¥$€£/-])(\d{{1,4}}(?:\.\d+)?|{numbers.BELOW_100}|hundred)(?=([ -])([a-z]{{3,}})(?![a-z']))")
_WHETHER = late(r"^(?:and )?(?:is|are|does|do) (?:it|this|that|these|those|they|the)\b")
"""Asks of known goods whether the figure is theirs."""
_LONGEST = 24
"""Characters of a value that is a figure, with or without its unit."""
_SHORTEST = 2
"""Letters of which a word has more that counts something."""


def figures_told(folded: str, columns: Mapping[str, Sequence[str]]) -> list[tuple[int, int, int]]:
    """Where a folded question describes goods by a figure that stands in a column for what follows it: the beginning of
    the figure, that of the word behind it, and the end of this."""
    if _WHETHER.search(folded):
        return []
    return [
        (match.start(), match.start(3), match.end(3))
        for match in _FIGURED.finditer(folded)
        if not match[3].endswith("s") and _stands_in(match[1], match[3], columns)
    ]


def _stands_in(figure: str, word: str, columns: Mapping[str, Sequence[str]]) -> bool:
    number = _value(figure)
    for column, values in columns.items():
        heading = fold(column.replace("_", " ")).split()[-1:] or [""]
        if not _of_one_root(heading[0], word):
            continue
        if any(_is(number, fold(value), heading[0]) for value in values if len(value) < _LONGEST):
            return True
    return False


def _of_one_root(heading: str, word: str) -> bool:
    """Whether a word counts what a heading is called: Seats, seat and seater; Wattage, watt."""
    root = heading.removesuffix("s")
    return len(word) > _SHORTEST and (word in (root, f"{root}er") or root == f"{word}age")


def _is(number: float, value: str, heading: str) -> bool:
    """Whether a value is the number, alone or with a unit: 200, "200 W", "6 seats"."""
    said = Counted(number, "")
    return any(each.number == said.number for each in counted_of(value, heading)) or any(
        value.startswith(f"{number:g}") and not value[len(f"{number:g}") :][:1].isdigit() for _ in measures_of(value)
    )


def _value(figure: str) -> float:
    return float(figure) if figure[0].isdigit() else float(numbers.english_value(figure) or 100)
