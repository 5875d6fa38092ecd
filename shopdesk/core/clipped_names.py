"""Names as people cut them short or misspell them: whether all that is said of a name stands in a row all the same."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from shopdesk.core.profiles import DECIMAL, NAMING_FIELDS, names_of, stem
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record

_ENDINGS = re.compile(r"(?<=[\u3400-\u9fff])[子儿们](?![\u3400-\u9fff])")
"""What Chinese words may end in and need not: 红帽子, 针织帽."""
_ALIKE = 0.75
"""The likeness of two words from which on one may be the other, misspelt."""
_CONTAINERS = frozenset(
    {"bag", "bottle", "box", "can", "carton", "jar", "pack", "packet", "pot", "roll", "sack", "tin", "tub", "tube"}
)
"""What goods are asked by that are in no name: "how much are brown crickets a *tub*"."""
_SHORTEST = 5
"""Letters of a word that may be misspelt."""


def is_short_of(said: str, record: Record) -> bool:
    """Whether a row has every Chinese character of `said` (低粉 of 低筋面粉) and every word, but for the spelling.

    The last character, the thing itself, stands in the name; numbers stand as they are.
    """
    said = _ENDINGS.sub("", said)
    names = " ".join(fold(name) for name in names_of(record) if name)
    values = (str(record.fields[name]) for name in NAMING_FIELDS if record.fields.get(name))
    told = f"{names} {fold(' '.join((*values, *record.attributes.values())))}"
    characters = [character for character in said if is_han(character)]
    if any(character not in told for character in characters) or (characters and characters[-1] not in names):
        return False
    words = frozenset(stem(run) for run in runs(told))
    spoken = [run for run in runs(DECIMAL.sub(" ", said)) if not is_han(run[0]) and run not in _CONTAINERS]
    figures = DECIMAL.findall(said)
    return bool(characters or spoken) and all(
        run in words or stem(run) in words or _is_misspelt(run, words) for run in (*spoken, *figures)
    )


def _is_misspelt(run: str, words: frozenset[str]) -> bool:
    if len(run) < _SHORTEST or not run.isalpha():
        return False
    return any(
        abs(len(word) - len(run)) < 3 and word[0] == run[0] and SequenceMatcher(None, stem(run), word).ratio() >= _ALIKE
        for word in words
        if word.isalpha() and len(word) >= _SHORTEST
    )
