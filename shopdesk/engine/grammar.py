"""The figures that an answer may hold, as a grammar for model servers that can keep to one (GBNF)."""

from __future__ import annotations

import re

from shopdesk.core.figures import AllowedFigures

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS = "0-9０-９"
_RULES = """\
root ::= text (number apart text)* (number [.,]?)?
text ::= [^{digits}]*
apart ::= [^{digits}.,] | [.,] [^{digits}]
number ::= {numbers}
"""


def figure_grammar(allowed: AllowedFigures) -> str:
    """Any text whose numbers are among those of the allowed figures and citations.

    It is wider than `AllowedFigures.permits`: numbers in words and the letters of codes are free.
    """
    found = {number for spelling in allowed.spellings for number in _NUMBER.findall(spelling)}
    found |= {str(number) for number in allowed.citations}
    if not found:
        return f"root ::= [^{_DIGITS}]*\n"
    return _RULES.format(digits=_DIGITS, numbers=" | ".join(f'"{number}"' for number in sorted(found)))
