"""Chinese names as people cut them short: whether all characters that are said stand in a row all the same."""

from __future__ import annotations

import re

from shopdesk.core.profiles import NAMING_FIELDS, names_of
from shopdesk.core.text import fold, is_han, runs
from shopdesk.core.types import Record

_ENDINGS = re.compile(r"(?<=[\u3400-\u9fff])[子儿们](?![\u3400-\u9fff])")
"""What Chinese words may end in and need not: 红帽子, 针织帽."""


def is_short_of(said: str, record: Record) -> bool:
    """Whether a row has every character of `said`, of 红帽子 those of 针织帽（大红）, and whatever else it says whole.

    The last character, the thing itself, stands in the name.
    """
    said = _ENDINGS.sub("", said)
    names = " ".join(fold(name) for name in names_of(record) if name)
    values = (str(record.fields[name]) for name in NAMING_FIELDS if record.fields.get(name))
    told = f"{names} {fold(' '.join((*values, *record.attributes.values())))}"
    characters = [character for character in said if is_han(character)]
    if not characters or characters[-1] not in names or any(character not in told for character in characters):
        return False
    words = frozenset(runs(told))
    return all(run in words for run in runs(said) if not is_han(run[0]))
