"""The figures that an answer may hold, as a grammar for model servers that can keep to one (GBNF)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from shopdesk.core.figures import AllowedFigures

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS = "0-9０-９"
_RULES = f"""\
root ::= text (number apart text)* (number [.,]?)?
text ::= [^{_DIGITS}]*
apart ::= [^{_DIGITS}.,] | [.,] [^{_DIGITS}]
number ::= """
_NO_FIGURE = f"root ::= [^{_DIGITS}]*\n"


def figure_grammar(allowed: AllowedFigures) -> str:
    """Any text whose numbers are among those of the allowed figures and citations.

    It is wider than `AllowedFigures.permits`: numbers in words and the letters of codes are free. What numbers begin
    with alike is written once, since llama.cpp tries every word of its vocabulary with every alternative.
    """
    found = {number for spelling in allowed.spellings for number in _NUMBER.findall(spelling)}
    found |= {str(number) for number in allowed.citations}
    return f"{_RULES}{_one_of(found)}\n" if found else _NO_FIGURE


def _one_of(texts: Iterable[str]) -> str:
    """An expression for exactly these texts."""
    branches = []
    for first, group in groupby(sorted(texts), key=lambda text: text[:1]):
        rests = {text[1:] for text in group if text[1:]}
        if not first:
            continue
        ends = first in texts
        more = f" ({_one_of(rests)}){'?' if ends else ''}" if rests else ""
        branches.append(f'"{first}"{more}')
    return " | ".join(branches)
