"""Documents (Markdown, Word) as rows of a title and a text: each heading with what stands under it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from shopdesk.core.errors import ImportFault
from shopdesk.store.importing.content import Content, check_unpacked
from shopdesk.store.importing.delimited import Line, open_text

if TYPE_CHECKING:  # python-docx is loaded for a Word file only: every start of the program would wait for it
    from docx.table import Table
    from docx.text.paragraph import Paragraph

HEADER = ["title", "body"]
_LARGEST = 64 * 1024**2
_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*")


def markdown_lines(content: Content, encoding: str) -> Iterator[Line]:
    """The text before the first heading goes under the file's name; what stands in a code block is no heading."""
    yield 0, HEADER
    with open_text(content, encoding) as file:
        yield from _sections(_marked(file.read().splitlines()), _stem(content))


def _marked(lines: list[str]) -> Iterator[tuple[int, bool, str]]:
    """(line number, is it a heading, text)."""
    fenced = False
    for number, line in enumerate(lines, 1):
        if re.match(r"\s*(```|~~~)", line):
            fenced = not fenced
        heading = None if fenced else _HEADING.fullmatch(line)
        yield number, heading is not None, heading[1] if heading else line.rstrip()


def word_lines(content: Content) -> Iterator[Line]:
    """A .docx by its headings; where it has none, each paragraph that is all bold is one. Tables become lines of text.

    Raises ImportFault: `import_broken_document`, `import_too_large`.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.text.paragraph import Paragraph

    yield 0, HEADER
    data = content.whole(_LARGEST)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check_unpacked(content.path, archive.infolist())
        blocks = list(Document(io.BytesIO(data)).iter_inner_content())
    except (OpcError, SyntaxError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ImportFault("import_broken_document", path=content.path, detail=str(error)) from error
    by_style = any(isinstance(block, Paragraph) and _is_styled_heading(block) for block in blocks)
    is_heading = _is_styled_heading if by_style else _is_bold
    yield from _sections(
        (
            (number, isinstance(block, Paragraph) and bool(block.text.strip()) and is_heading(block), _text_of(block))
            for number, block in enumerate(blocks, 1)
        ),
        _stem(content),
    )


def _sections(lines: Iterator[tuple[int, bool, str]], name: str) -> Iterator[Line]:
    title, start, body = name, 1, []
    for number, is_heading, text in lines:
        if not is_heading:
            body.append(text)
            continue
        if said := "\n".join(body).strip():
            yield start, [title, said]
        title, start, body = text.strip(), number, []
    if said := "\n".join(body).strip():
        yield start, [title, said]


def _is_styled_heading(paragraph: Paragraph) -> bool:
    style = paragraph.style.name if paragraph.style is not None else ""
    return bool(re.match(r"(heading|title|标题|見出し|überschrift)\b", (style or "").lower()))


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs) and len(paragraph.text) <= 60


def _text_of(block: Paragraph | Table) -> str:
    from docx.text.paragraph import Paragraph

    if isinstance(block, Paragraph):
        style = (block.style.name if block.style is not None else "") or ""
        return f"- {block.text}" if style.startswith("List") and block.text.strip() else block.text
    rows = [" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows]
    return "\n".join(rows)


def _stem(content: Content) -> str:
    return PurePosixPath(content.name).stem
