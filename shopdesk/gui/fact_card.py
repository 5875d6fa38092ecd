"""One fact as a card: the value that was asked for is the largest thing on it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shopdesk.core.offers import Offer
from shopdesk.core.types import Fact, Record, price_text
from shopdesk.core.wording import not_recorded, shown_attributes, value_text, variant_values
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, clear, label, set_look
from shopdesk.gui.wording import clock, field_label, kind_name

PICTURE_PX = 72
_SENTENCE = re.compile(r"[^。！？!?.\n]+(?:[。！？!?]|\.(?!\d)|(?<=\d)\.(?=\s|$))*[^\S\n]*")
_LONG_VALUE = 14
_LINE_EMS, _HALF_EMS, _CHIP_EMS = 8.5, 3.6, 6.0
"""How wide a text may be, in widths of a Chinese character: a large value, one of two, one of three chips."""
_MOST_VARIANTS, _MOST_OFFERS = 24, 3

_FIRST: dict[str, tuple[str, ...]] = {
    "product": ("price", "stock", "location", "barcode", "color", "size", "sku"),
    "promotion": ("threshold", "discount", "starts", "ends", "scope"),
    "order": ("status", "total", "carrier", "tracking", "placed_at", "expected_at", "lines"),
    "policy": (),
    "computed": (),
    "answer": ("approved_by", "approved_at"),
    "store": ("phone", "address", "hours"),
}
_MORE: dict[str, tuple[str, ...]] = {
    "product": ("list_price", "brand", "category", "store", "description"),
    "promotion": ("body",),
    "order": ("customer",),
    "policy": (),
    "computed": (),
    "answer": ("topic", "source"),
    "store": (),
}
_BIG: dict[str, str] = {
    "product": "price",
    "order": "status",
    "computed": "text",
    "promotion": "body",
    "policy": "body",
    "answer": "answer",
    "store": "address",
}
_LARGE = ("price", "stock", "location")
"""What a clerk looks for most: large also where something else was asked for."""
_MOMENTS = frozenset({"placed_at", "expected_at", "approved_at"})
_PROSE = frozenset({"body", "text", "description", "lines", "answer"})


class FactCard(Translated, QFrame):
    """Title, picture, the focus value at 30 px, the other values small, variants, when it was true."""

    compare_wanted = Signal(object)  # the record
    label_wanted = Signal(object)  # the record

    def __init__(self, fact: Fact, focus: Sequence[str], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._look = look
        self.fact = fact
        self.record: Record = fact.record
        self._focus = tuple(focus)
        self._variants: tuple[Record, ...] = ()
        self._elsewhere: tuple[Record, ...] = ()
        self._offers: tuple[Offer, ...] = ()
        self._compared = False
        self._answer = ""
        self._open = False
        self._compact = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 12, 14, 12)
        self._column.setSpacing(8)
        self._fill()

    def show_variants(self, records: Sequence[Record]) -> None:
        """The same product in other sizes or colours, and in other stores (the record itself may be among them)."""
        store = self.fact.record.fields.get("store")
        here = [record for record in records if record.fields.get("store") == store]
        self._variants = tuple(here)[:_MOST_VARIANTS] if len(here) > 1 else ()
        self._elsewhere = tuple(record for record in records if record.fields.get("store") != store)
        self._fill()

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """The promotions that bear on this product today."""
        self._offers = tuple(offers)[:_MOST_OFFERS]
        if offers:
            self._fill()

    def show_compared(self, compared: bool) -> None:
        """Whether the product is among those compared."""
        if compared != self._compared:
            self._compared = compared
            self._fill()

    def show_quote(self, answer: str) -> None:
        """Mark the sentences of the text that stand in `answer`."""
        self._answer = answer
        if self.record.kind == "policy":
            self._fill()

    def mark(self, marked: bool) -> None:
        """Highlight the card that a citation names."""
        set_look(self, "marked", marked)

    def make_compact(self, compact: bool) -> None:
        """In a narrow window: title, focus and the first values only."""
        if compact != self._compact:
            self._compact = compact
            self._fill()

    def retranslate(self) -> None:
        self._fill()

    # Drawing --------------------------------------------------------------------------------

    def _fill(self) -> None:
        clear(self._column)
        if self._compact and self.record.kind in ("product", "order"):
            self._strip()
            return
        self._column.addLayout(self._head())
        if self.record.kind == "policy":
            self._policy()
        else:
            big = self._big_fields()
            self._column.addLayout(self._big_values(big))
            self._grid([name for name in _FIRST[self.record.kind] if name not in big])
            if not self._compact:
                if self._offers and self.record.key == self.fact.record.key:
                    self._offer_lines()
                if self._variants:
                    self._variant_chips()
                if self._elsewhere:
                    self._other_stores()
                self._rest(big)
        if not self._compact:
            self._column.addLayout(self._foot())

    def _strip(self) -> None:
        """Title and focus side by side, the first values under them."""
        big = self._big_fields()
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addLayout(self._head(), 3)
        line.addLayout(self._big_values(big), 2)
        self._column.addLayout(line)
        self._grid([name for name in _FIRST[self.record.kind] if name not in big], columns=4)

    def _head(self) -> QHBoxLayout:
        language = self._look.language
        line = QHBoxLayout()
        line.setSpacing(12)
        if self.record.kind == "product":
            picture = self._picture()
            if picture is not None:
                line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        title = self.record.title_in(language) or self.record.key
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(title, "title", selectable=True))
        under = [] if self.record.kind != "product" else variant_values(self.record, language)
        under += [part for part in [self._key_text()] if part != title]
        if under:
            words.addWidget(label(" · ".join(under), "small", selectable=True))
        words.addStretch(1)
        line.addLayout(words, 1)
        number = label(f"[{self.fact.id}]", "number", wrap=False)
        number.setToolTip(self.tr("Cited as [{n}] (Alt+{n})").format(n=self.fact.id))
        line.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _key_text(self) -> str:
        return kind_name(self.record.kind) if self.record.kind in ("computed", "policy", "answer") else self.record.key

    def _picture(self) -> QLabel | None:
        side = self._look.px(PICTURE_PX)
        pixmap = self._look.pictures.pixmap(self.record.fields.get("image"), side, self.devicePixelRatioF())
        if pixmap.isNull():
            return None
        holder = QLabel()
        holder.setFixedSize(side, side)
        holder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        holder.setPixmap(pixmap)
        holder.setAccessibleName(self.record.title_in(self._look.language))
        return holder

    def _big_fields(self) -> list[str]:
        if self._focus:
            return list(dict.fromkeys(self._focus))[:3]
        return [_BIG[self.record.kind]]

    def _big_values(self, fields: Sequence[str]) -> QVBoxLayout:
        """The focus values: two short ones side by side, otherwise each on a line of its own."""
        column = QVBoxLayout()
        column.setSpacing(8)
        short = len(fields) == 2 and all(_ems(self._text(name) or "") <= _HALF_EMS for name in fields)
        line = QHBoxLayout()
        line.setSpacing(16)
        for name in fields:
            if short:
                line.addLayout(self._big_value(name), 1)
            else:
                column.addLayout(self._big_value(name))
        if short:
            column.addLayout(line)
        return column

    def _text(self, name: str) -> str | None:
        """The value as people read it; a moment as a clock shows it."""
        if name in _MOMENTS and (value := self.record.fields.get(name)):
            return clock(str(value)) if "T" in str(value) else str(value)
        return value_text(self.record, name, self._look.language)

    def _big_value(self, name: str) -> QVBoxLayout:
        language = self._look.language
        text = self._text(name)
        column = QVBoxLayout()
        column.setSpacing(0)
        if name not in _PROSE:
            column.addWidget(label(field_label(name, language), "small"))
        if text is None:
            column.addWidget(label(not_recorded(language), "focus-text"))
            return column
        stock = self.record.fields.get("stock")
        gone = name == "stock" and (stock == 0 or (stock is None and self.record.fields.get("available") is False))
        role = "focus-none" if gone else "focus-text" if _ems(text) > _LINE_EMS else "focus"
        if name in _PROSE:
            role = "prose"
        value = label(text, role, selectable=True)
        value.setObjectName(f"focus-{name}")
        column.addWidget(value)
        if name == "price":
            was = value_text(self.record, "list_price", language)
            if was is not None and was != text:
                column.addWidget(label(was, "struck"))
        return column

    def _grid(self, fields: Sequence[str], columns: int = 2) -> None:
        """Short values two in a row, each under its small label."""
        language = self._look.language
        pairs = [(field_label(name, language), self._text(name)) for name in fields]
        known = [(name, text) for name, text in pairs if text is not None]
        large: set[str] = set()
        if self.record.kind == "product":
            # Colour, size and code already stand under the title.
            said = {field_label(name, language) for name in ("color", "size", "sku")}
            known = [(name, text) for name, text in known if name not in said]
            large = {field_label(name, language) for name in _LARGE}
        if known:
            self._column.addLayout(_pairs(known, columns, large))

    def _offer_lines(self) -> None:
        """Each promotion with the price that it makes, where it alone decides that."""
        language, currency = self._look.language, str(self.record.fields.get("currency") or "")
        for offer in self._offers:
            line = QHBoxLayout()
            line.setSpacing(8)
            if offer.price is not None:
                line.addWidget(label(price_text(offer.price, currency), "offer-price", wrap=False))
            line.addWidget(label(offer.promotion.title_in(language), "offer", selectable=True), 1)
            self._column.addLayout(line)

    def _other_stores(self) -> None:
        """How many pieces of this very product each other store has."""
        own = [record for record in self._elsewhere if record.key == self.record.key]
        if not own:
            return
        self._column.addWidget(label(self.tr("Other stores"), "heading"))
        language = self._look.language
        known = [
            (str(record.fields.get("store") or self.tr("Main store")), value_text(record, "stock", language) or "–")
            for record in own
        ]
        self._column.addLayout(_pairs(known))

    def _variant_chips(self) -> None:
        telling = _telling_apart(self._variants)
        headings = {
            ("color", "size"): self.tr("Sizes and colours"),
            ("size",): self.tr("Sizes"),
            ("color",): self.tr("Colours"),
        }
        heading = headings.get(telling) or field_label(telling[0] if telling else "sku", self._look.language)
        self._column.addWidget(label(heading, "heading"))
        names = [self._variant_name(record, telling) for record in self._variants]
        texts = [f"{name} · {self._count(record)}" for name, record in zip(names, self._variants, strict=True)]
        columns = 3 if max(map(_ems, texts)) <= _CHIP_EMS else 2
        grid = QGridLayout()
        grid.setSpacing(6)
        for number, (record, text) in enumerate(zip(self._variants, texts, strict=True)):
            chip = Button(self._look, "", "variant")
            stock = value_text(record, "stock", self._look.language) or not_recorded(self._look.language)
            chip.name(text)
            chip.setToolTip(f"{names[number]}: {stock}")
            chip.setProperty("gone", record.fields.get("stock") == 0)
            chip.setCheckable(True)
            chip.setChecked(record.key == self.record.key)
            chip.clicked.connect(lambda _=False, chosen=record: self._turn_to(chosen))
            grid.addWidget(chip, number // columns, number % columns)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self._column.addLayout(grid)

    def _variant_name(self, record: Record, telling: Sequence[str]) -> str:
        parts = [value_text(record, name, self._look.language) for name in telling]
        return " ".join(part for part in parts if part) or record.key

    def _count(self, record: Record) -> str:
        stock = record.fields.get("stock")
        if stock is not None:
            return str(stock)
        return (
            {True: "✓", False: "0"}.get(bool(record.fields.get("available")), "–")
            if "available" in record.fields
            else "–"
        )

    def _turn_to(self, record: Record) -> None:
        self.record = record
        self._fill()

    def _rest(self, big: Sequence[str]) -> None:
        """Everything else the row says, behind one click."""
        language = self._look.language
        names = [name for name in _MORE[self.record.kind] if name not in big and name not in _PROSE]
        values = [(field_label(name, language), self._text(name)) for name in names]
        for name in shown_attributes(self.record):
            field = f"attributes.{name}"
            if field not in big:
                values.append((field_label(field, language), value_text(self.record, field, language)))
        known = [(name, text) for name, text in values if text is not None]
        prose = [
            text
            for name in _MORE[self.record.kind]
            if name in _PROSE and name not in big and (text := value_text(self.record, name, language)) is not None
        ]  # fmt: skip
        if not known and not prose:
            return
        if self._open:
            if known:
                self._column.addLayout(_pairs(known))
            for text in prose:
                self._column.addWidget(label(text, "muted", selectable=True))
        self._toggle(self.tr("Less") if self._open else self.tr("More"))

    def _policy(self) -> None:
        language = self._look.language
        body = value_text(self.record, "body", language) or str(self.record.fields.get("body") or "")
        quoted = [part.strip() for part in _SENTENCE.findall(body) if part.strip() and part.strip() in self._answer]
        if quoted:
            sentences = "".join(quoted) if language == "zh" else " ".join(quoted)
            self._column.addWidget(_quote(label(sentences, "quote", selectable=True)))
        if not quoted or self._open:
            self._column.addWidget(label(body, "muted" if quoted else "", selectable=True))
        if quoted:
            self._toggle(self.tr("Less") if self._open else self.tr("Whole text"))

    def _toggle(self, text: str) -> None:
        more = Button(self._look, "chevron-up" if self._open else "chevron-down", "link", ink="accent")
        more.name(text)
        more.clicked.connect(self._switch)
        line = QHBoxLayout()
        line.addWidget(more)
        line.addStretch(1)
        self._column.addLayout(line)

    def _switch(self) -> None:
        self._open = not self._open
        self._fill()

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        age = label(self.tr("as of {time}").format(time=clock(self.record.as_of)), "small", wrap=False)
        line.addWidget(age)
        if self.record.stale:
            line.addWidget(label(self.tr("out of date"), "badge-warning", wrap=False), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        if self.record.sample:
            line.addWidget(label(self.tr("sample"), "badge", wrap=False), 0, Qt.AlignmentFlag.AlignVCenter)
        if self.record.kind == "product":
            compare = Button(self._look, "list", "square", ink="accent" if self._compared else "muted")
            compare.name(self.tr("Do not compare") if self._compared else self.tr("Compare"), bare=True)
            compare.clicked.connect(lambda: self.compare_wanted.emit(self.record))
            code = Button(self._look, "qr", "square", ink="muted")
            code.name(self.tr("Print, or show as a QR code"), bare=True)
            code.clicked.connect(lambda: self.label_wanted.emit(self.record))
            line.addWidget(compare)
            line.addWidget(code)
        return line


def _telling_apart(variants: Sequence[Record]) -> tuple[str, ...]:
    """The fields that variants of one product differ in: colour and size, else the column of the shop's own that tells
    most of them apart. None where only their codes do."""
    usual = tuple(name for name in ("color", "size") if len({record.fields.get(name) for record in variants}) > 1)
    if usual:
        return usual
    own = dict.fromkeys(name for record in variants for name in shown_attributes(record))
    told = {name: len({record.attributes.get(name) for record in variants}) for name in own}
    best = max(told, key=lambda name: told[name], default="")
    return (f"attributes.{best}",) if best and told[best] > 1 else ()


def _ems(text: str) -> float:
    """About how wide `text` is, in widths of a Chinese character."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.55 for character in text)


def _quote(text: QLabel) -> QFrame:
    """A shop's own sentence on the accent's soft ground."""
    frame = QFrame()
    frame.setObjectName("quote")
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 12, 8)
    column.addWidget(text)
    return frame


def _pairs(known: Sequence[tuple[str, str]], columns: int = 2, large: Collection[str] = ()) -> QGridLayout:
    """Labels over values, `columns` side by side; a long value takes two places. `large`: labels of large values."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(0)
    for place in range(columns):
        grid.setColumnStretch(place, 1)
    row, place = 0, 0
    for name, text in known:
        span = 2 if len(text) > _LONG_VALUE else 1
        if place + span > columns:
            row, place = row + 3, 0
        grid.addWidget(label(name, "small"), row, place, 1, span)
        grid.addWidget(label(text, "second" if name in large else "", selectable=True), row + 1, place, 1, span)
        grid.setRowMinimumHeight(row + 2, 6)
        place += span
    return grid
