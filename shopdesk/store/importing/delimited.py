"""Delimited text as rows of cells: the delimiter found by itself, line numbers kept, an open quotation mark refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from shopdesk.core.errors import ImportFault
from shopdesk.store.importing.content import Content, Meter

Line = tuple[int, list[str]]
DELIMITERS = (",", ";", "\t", "|")
LONGEST_CELL = 1_000_000  # characters; longer ones are kept out of the shop's rows
_LONGEST_READ = 64 * 1024 * 1024
_SAMPLE_CHARACTERS = 64 * 1024
_METER_EVERY = 500
_UNCUT = re.compile(r'"[,;\t|]"')


def open_text(content: Content, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(content.open(), encoding=encoding, errors="replace", newline="")


def find_delimiter(content: Content, encoding: str) -> str:
    """The delimiter that cuts the first records into the most even rows of more than one cell."""
    text = _sample(content, encoding)
    if match := re.match(r"\ufeff?sep=(.)\r?\n", text):
        return match[1]
    best, best_score = ",", 0.0
    lines = text.splitlines(keepends=True)[:200]
    for delimiter in DELIMITERS:
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        widths = [len(row) for row in rows]
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        if usual < 2:
            continue
        score = widths.count(usual) / len(widths) + min(usual, 20) / 100 + (0.5 if widths[0] == usual else 0.0)
        # Quoted cells with another delimiter between them, all in one cell: the other one is it.
        score -= sum(any(_UNCUT.search(cell) for cell in row) for row in rows) / len(rows)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def escapes_quotes(content: Content, encoding: str, delimiter: str) -> bool:
    r"""Whether quotation marks inside cells are written \" (as databases export them) and not doubled."""
    text = _sample(content, encoding)
    end = re.escape(delimiter)
    doubled = rf'[^{end}\\\r\n]""(?!{end}|[\r\n"]|$)'
    return bool(re.search(rf'[^\\]\\"(?!{end}|[\r\n]|$)', text)) and not (
        re.search(rf'[^\\]\\"(?:{end}|[\r\n])', text) or re.search(doubled, text)
    )


def lines(content: Content, encoding: str, delimiter: str, escaped: bool, meter: Meter | None = None) -> Iterator[Line]:
    """(line number from 1, cells) of every row that is not blank.

    Raises ImportFault: `import_broken_line`, `import_quote_open` where a quotation mark is never closed.
    """
    csv.field_size_limit(_LONGEST_READ)
    raw = content.open()
    with io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, escapechar="\\" if escaped else None)
        last = start = 1
        count = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                code = "import_quote_open" if "field limit" in str(error) else "import_broken_line"
                raise ImportFault(code, path=content.path, line=start, detail=str(error)) from error
            count += 1
            if meter is not None and count % _METER_EVERY == 0:
                meter.done = raw.tell()
            if not _is_blank(cells) and not (start == 1 and len(cells) <= 2 and cells[0].startswith("sep=")):
                yield start, cells
            last, start = start, reader.line_num + 1
    if start - last > 1 and _quotes_from(content, encoding, last) % 2:
        raise ImportFault("import_quote_open", path=content.path, line=last)


def _is_blank(cells: list[str]) -> bool:
    if cells and cells[0] and not cells[0].isspace():
        return False
    return not any(cell and not cell.isspace() for cell in cells)


def _sample(content: Content, encoding: str) -> str:
    with open_text(content, encoding) as file:
        return file.read(_SAMPLE_CHARACTERS)


def _quotes_from(content: Content, encoding: str, line: int) -> int:
    with open_text(content, encoding) as file:
        return sum(text.count('"') for text in islice(file, line - 1, None))
