"""Which answers are Markdown, and the safe part of it that is drawn."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^\s*```")
_BLOCK = re.compile(r"^\s{0,3}(?:#{1,4}\s|[-*+]\s|\d{1,3}[.)]\s|\|?\s*:?-{3,}:?\s*\|)", re.MULTILINE)
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_CODE = re.compile(r"`[^`\n]+`")
_LEAD = re.compile(r"^(\s{0,3}(?:#{1,4}\s+|[-*+]\s+|\d{1,3}[.)]\s+)?)(.*)$", re.DOTALL)
_SPECIAL = re.compile(r"([\\*_<>!\[\]()~&])")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{3,}")


def is_markdown(text: str) -> bool:
    """Whether `text` has lists, headings, tables, code or bold; a name such as `5*8_a` is none of these."""
    return bool(_BLOCK.search(text) or _BOLD.search(text) or _CODE.search(text) or "```" in text)


def safe_markdown(text: str) -> str:
    """`text` with everything escaped but headings, lists, tables, bold and code.

    Links, pictures, HTML and single stars stay as they are written: a product's name must not lose a character.
    """
    lines: list[str] = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
            lines.append(line)
        elif fenced or _TABLE_RULE.match(line):
            lines.append(line)
        else:
            found = _LEAD.match(line)
            assert found is not None
            lines.append(found[1] + _escaped(found[2]))
    return "\n".join(_parted(lines))


def _escaped(text: str) -> str:
    parts: list[str] = []
    place = 0
    for found in re.finditer(rf"{_CODE.pattern}|{_BOLD.pattern}", text):
        parts.append(_SPECIAL.sub(r"\\\1", text[place : found.start()]))
        bold = found.group(1)
        parts.append(found[0] if bold is None else "**" + _SPECIAL.sub(r"\\\1", bold) + "**")
        place = found.end()
    return "".join(parts) + _SPECIAL.sub(r"\\\1", text[place:])


def _parted(lines: list[str]) -> list[str]:
    """A line break that was written is one that is seen: plain lines become paragraphs of their own."""
    out: list[str] = []
    fenced = False
    for line in lines:
        fence = bool(_FENCE.match(line))
        if out and not fenced and not fence and _plain(line) and _plain(out[-1]):
            out.append("")
        out.append(line)
        fenced ^= fence
    return out


def _plain(line: str) -> bool:
    return bool(line.strip()) and "|" not in line and not _BLOCK.match(line) and not _FENCE.match(line)
