"""What a customer may see of a product, and the large view that shows only that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shopdesk.core.offers import Offer
from shopdesk.core.types import Language, Record, price_text
from shopdesk.core.wording import value_text
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Translated, clear, label, measure_anew
from shopdesk.gui.theme import customer_sheet, scaled

_SHOWN = ("color", "size", "brand")
_PICTURE_PX = 320
_MOST = 4
_SCREEN = (1366, 768)
"""The screen that the sizes of `customer_sheet` are drawn for."""
_SMALLEST, _LARGEST = 0.5, 2.5
_SHARES = (1.0, 0.85, 0.7, 0.6)
"""How large letters are where one, two, three or four products stand side by side."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One product as a customer may see it. No stock figures, shelves, codes or attributes of the shop's own."""

    title: str
    image: str
    price: str
    before: str
    """The list price, where it is another."""
    traits: tuple[str, ...]
    description: str
    available: bool | None
    offers: tuple[tuple[str, str], ...] = ()
    """(promotion, price with it or "")."""


def shown_to_customer(record: Record, language: Language, offers: Sequence[Offer] = ()) -> Shown:
    """`record`, a product, without what is none of a customer's business."""
    stock, said = record.fields.get("stock"), record.fields.get("available")
    available = bool(said) if said is not None else (int(stock) > 0 if isinstance(stock, int) else None)
    price = value_text(record, "price", language) or ""
    before = value_text(record, "list_price", language) or ""
    currency = str(record.fields.get("currency") or "")
    traits = tuple(text for name in _SHOWN if (text := value_text(record, name, language)))
    return Shown(
        record.title_in(language), str(record.fields.get("image") or ""), price, before if before != price else "",
        traits, value_text(record, "description", language) or "", available,
        tuple(
            (offer.promotion.title_in(language), price_text(offer.price, currency) if offer.price else "")
            for offer in offers
        ),
    )  # fmt: skip


class CustomerView(Translated, QWidget):
    """A window of its own: on the second screen where there is one, else over everything. F11 or Esc closes it."""

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("page")
        self._look = look
        self._shop = ""
        self._size = 1.0
        self._fitted: object = None
        self._products: tuple[Record, ...] = ()
        self._offers: dict[str, Sequence[Offer]] = {}
        self.shop = label("", "customer-shop")
        self._row = QHBoxLayout()
        self._row.setSpacing(48)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 32, 48, 32)
        column.setSpacing(32)
        column.addWidget(self.shop)
        column.addStretch(1)
        column.addLayout(self._row)
        column.addStretch(2)
        look.changed.connect(self._fit)
        self.retranslate()

    def show_products(self, records: Sequence[Record]) -> None:
        """These products, at most four; other rows are not for customers."""
        self._products = tuple(record for record in records if record.kind == "product")[:_MOST]
        self._fit()

    def show_offers(self, key: str, offers: Sequence[Offer]) -> None:
        self._offers[key] = offers
        self._fit()

    def name_shop(self, name: str) -> None:
        self._shop = name
        self.shop.setText(name)

    def open_beside(self, window: QWidget) -> None:
        """On a screen that `window` is not on, if there is one."""
        screen = other_screen(window.screen(), QGuiApplication.screens())
        self.setGeometry(screen.geometry())
        self.showFullScreen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("For the customer"))
        self._fill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _fit(self) -> None:
        """Letters as large as the screen allows: whoever reads them stands on the other side of the counter."""
        room = min(self.width() / _SCREEN[0], self.height() / _SCREEN[1])
        size = min(_LARGEST, room * _SHARES[max(0, len(self._products) - 1)])
        fitted = (self._look.theme, self.size(), self._products, {key: len(own) for key, own in self._offers.items()})
        if fitted == self._fitted:
            return
        self._fitted = fitted
        layout = self.layout()
        assert layout is not None
        while True:
            self._size = size
            self.setStyleSheet(scaled(customer_sheet(self._look.theme), size))
            self._fill()
            measure_anew(self)
            if size <= _SMALLEST or layout.totalHeightForWidth(self.width()) <= self.height():
                break
            size = max(_SMALLEST, size * 0.9)  # much to say: smaller letters rather than a text that is cut

    def _fill(self) -> None:
        clear(self._row)
        language = self._look.language
        for record in self._products:
            shown = shown_to_customer(record, language, self._offers.get(record.key, ()))
            self._row.addLayout(self._product(shown), 1)
        if not self._products:
            self._row.addWidget(label(self.tr("Welcome"), "customer-title"), 1)

    def _product(self, shown: Shown) -> QBoxLayout:
        """The words about one product, with its picture beside them where it is alone, else over them."""
        alone = len(self._products) == 1
        column = QVBoxLayout()
        column.setSpacing(12)
        side = round(_PICTURE_PX * self._size)
        both = QBoxLayout(QBoxLayout.Direction.LeftToRight if alone else QBoxLayout.Direction.TopToBottom)
        both.setSpacing(48 if alone else 12)
        pixmap = self._look.pictures.pixmap(shown.image, side, self.devicePixelRatioF())
        if not pixmap.isNull():
            picture = QLabel()
            picture.setPixmap(pixmap)
            picture.setAccessibleName(shown.title)
            picture.setFixedSize(side, side)
            both.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(label(shown.title, "customer-title"))
        if shown.traits:
            column.addWidget(label(" · ".join(shown.traits), "customer-text"))
        if shown.price:
            column.addWidget(label(shown.price, "customer-price"))
        if shown.before:
            column.addWidget(label(shown.before, "customer-struck"))
        for name, price in shown.offers:
            column.addWidget(label(f"{name}  {price}".rstrip(), "customer-offer"))
        if shown.available is not None:
            text = self.tr("Available here") if shown.available else self.tr("Sold out here, please ask us")
            column.addWidget(label(text, "customer-good" if shown.available else "customer-gone"))
        if shown.description:
            column.addWidget(label(shown.description, "customer-text"))
        column.addStretch(1)
        both.addLayout(column, 1)
        return both


def other_screen(own: QScreen, screens: Sequence[QScreen]) -> QScreen:
    """The first screen that is not `own`, else that."""
    return next((screen for screen in screens if screen is not own and screen.name() != own.name()), own)
