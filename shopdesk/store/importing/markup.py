"""Tables in HTML as rows of cells: what many a web shop's "Excel export" really is."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

from shopdesk.core.errors import ImportFault
from shopdesk.store.importing.content import Content
from shopdesk.store.importing.delimited import Line, open_text

_LARGEST = 128 * 1024**2
_STARTS = ("<!doctype", "<html", "<table", "<?xml", "<meta", "<head")


class _Tables(HTMLParser):
    """Collects the rows of all tables; a table inside a cell counts as text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Line] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._end_row()
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._end_cell()
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self._end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row.append("".join(self._cell).strip())
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row and any(self._row):
            self.rows.append((len(self.rows) + 1, self._row))
        self._row = None


def is_markup(start: str) -> bool:
    """Whether a text is HTML or XML, by its first characters."""
    return start.lstrip("\ufeff \t\r\n").lower().startswith(_STARTS)


def table_lines(content: Content, encoding: str) -> Iterator[Line]:
    """(number of the row from 1, cells); often all stand in one line of the file.

    Raises ImportFault: `import_not_a_table`, `import_too_large`.
    """
    if content.size > _LARGEST:
        raise ImportFault("import_too_large", path=content.path, megabytes=_LARGEST // 1024**2)
    parser = _Tables()
    with open_text(content, encoding) as file:
        parser.feed(file.read())
    parser.close()
    if not parser.rows:
        raise ImportFault("import_not_a_table", path=content.path)
    yield from parser.rows
