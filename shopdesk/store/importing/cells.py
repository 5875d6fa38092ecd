"""The cells of one line, by field or by column, and what they say as text."""

from __future__ import annotations

import json
from collections.abc import Sequence

from shopdesk.store.database import storable
from shopdesk.store.importing import headers, values
from shopdesk.store.importing.layout import Layout

_MOST_REMEMBERED = 50_000
_SHORT = 32


class RejectedError(Exception):
    """A row that cannot be understood: the field (or ""), the message's code and what fills it."""

    def __init__(self, field: str, code: str, **params: str) -> None:
        super().__init__(code)
        self.field, self.code, self.params = field, code, params


class Cells:
    """The cells of the line that was last given to `take`. One object serves a whole file."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.line = 0
        self._columns = layout.columns
        self._cells: Sequence[str] = ()
        self._width = 0
        self._full = 1 + max([len(layout.header) - 1, *layout.columns.values(), *layout.attributes])
        self._texts: dict[str, str | None] = {}
        self._given: dict[int, frozenset[str]] = {}

    def take(self, line: int, cells: Sequence[str]) -> None:
        self.line, self._width = line, len(cells)
        missing = self._full - self._width
        self._cells = cells if missing <= 0 else [*cells, *[""] * missing]

    def has(self, index: int) -> bool:
        """Whether the line is long enough: a line that breaks off says nothing about the columns it lacks."""
        return index < self._width

    def given(self) -> frozenset[str]:
        width = self._width
        known = self._given.get(width)
        if known is None:
            known = frozenset(field for field, index in self._columns.items() if index < width)
            self._given[width] = known
        return known

    def at(self, index: int) -> str:
        return self._cells[index]

    def raw(self, field: str) -> str:
        index = self._columns.get(field)
        return "" if index is None else self._cells[index]

    def text(self, field: str) -> str | None:
        cell = self.raw(field)
        if not cell:
            return None
        if len(cell) > _SHORT:
            return self._read(cell)
        texts = self._texts
        if cell in texts:
            return texts[cell]
        if len(texts) > _MOST_REMEMBERED:
            texts.clear()
        texts[cell] = text = self._read(cell)
        return text

    @staticmethod
    def _read(cell: str) -> str | None:
        text = storable(values.plain(cell))
        return None if values.is_nothing(text) else text

    def is_deleted(self) -> bool:
        index = self.layout.deleted
        return index is not None and values.word_of(self.at(index)) in ("1", "true", "yes", "是")

    def attributes(self) -> tuple[dict[str, str], frozenset[str]]:
        """The attributes of a row, and the names of those its file has a column for but says nothing about."""
        if not self.layout.attributes:
            return {}, frozenset()
        found: dict[str, str] = {}
        empty: set[str] = set()
        for index, name in self.layout.attributes.items():
            text = attribute_text(headers.normal(name), self.at(index))
            if text is not None:
                found[name] = text
            elif self.has(index):
                empty.add(name)
        return found, frozenset(empty)


def attribute_text(name: str, cell: str) -> str | None:
    """The text of an attribute; None where it says nothing that a clerk could tell a customer."""
    text = values.plain(cell)
    if values.word_of(text) in values.NOTHING_SAID or values.is_only_links(text):
        return None
    if name in headers.ON_SALE and values.read_yes_no(text) is not False:
        return None
    if name in headers.NOVELTY and values.read_yes_no(text) is not True:
        return None
    return storable(plain_list(values.text_of_html(text))) or None


def plain_list(text: str) -> str:
    """`["1.5m", "浅杏粉"]` → `1.5m, 浅杏粉`; anything else as it stands."""
    if text[:1] == "[" and text[-1:] == "]":
        try:
            items = json.loads(text)
        except ValueError:
            return text
        if isinstance(items, list) and all(isinstance(item, (str, int, float)) for item in items):
            return ", ".join(str(item) for item in items)
    return text
