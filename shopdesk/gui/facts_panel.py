"""The cards at the right: there before the first word of the answer, and still when the words arrive."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shopdesk.core.events import Focus
from shopdesk.core.types import Fact, Record
from shopdesk.gui.fact_card import FactCard
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Translated, label

MOST_CARDS = 12
_WITH_VARIANTS = 3
AT_ONCE = 2
"""Cards that are drawn at once; the others follow one by one, so that typing and scrolling never wait for them."""


class FactsPanel(Translated, QFrame):
    """Cards for one set of facts, best first."""

    variants_wanted = Signal(object)  # a FactCard of a product
    compare_wanted = Signal(object)  # the record of a card
    label_wanted = Signal(object)
    filled = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facts")
        self._look = look
        self.cards: list[FactCard] = []
        self._shown: tuple[Fact, ...] = ()
        self._strip = False
        self._focus: tuple[Focus, ...] = ()
        self._waiting: list[Fact] = []
        self._is_compared: Callable[[Record], bool] = lambda _record: False
        self._answer = ""
        self._marked = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._draw_next)
        self.heading = label("", "heading")
        self.none = label("", "muted")
        self.more = label("", "small")
        body = QWidget()
        body.setObjectName("facts-body")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(16, 0, 16, 16)
        self._column.setSpacing(12)
        self._column.addWidget(self.none)
        self._column.addWidget(self.more)
        self._column.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(body)
        # The bar takes its width from the margin, so that no card changes its width when it appears.
        self.scroller.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._set_margins())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.heading.setContentsMargins(16, 16, 16, 8)
        column.addWidget(self.heading)
        column.addWidget(self.scroller, 1)
        self.retranslate()
        self._count()

    def show_facts(self, facts: Sequence[Fact], focus: Sequence[Focus] = ()) -> None:
        """Show these cards in place of the ones before."""
        facts = tuple(facts)
        if facts == self._shown and not focus:
            return
        self._shown = facts
        self._answer, self._marked = "", 0
        self._timer.stop()
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = []
        self._focus = tuple(focus)
        self._waiting = list(facts[:MOST_CARDS])
        for _ in range(AT_ONCE):
            self._draw_next()
        if self._waiting:
            self._timer.start()
        self.scroller.verticalScrollBar().setValue(0)
        self._count()
        self.filled.emit(bool(facts))

    def _draw_next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            return
        fact = self._waiting.pop(0)
        fields = [item.field for item in self._focus if item.fact_id == fact.id]
        card = FactCard(fact, fields, self._look)
        card.compare_wanted.connect(self.compare_wanted)
        card.label_wanted.connect(self.label_wanted)
        card.make_compact(self._strip)
        card.show_compared(self._is_compared(fact.record))
        card.show_quote(self._answer)
        card.mark(fact.id == self._marked)
        self.cards.append(card)
        self._column.insertWidget(len(self.cards), card)
        if fact.id == self._marked:
            self.highlight(fact.id)
        if fact.record.kind == "product" and len(self.cards) <= _WITH_VARIANTS:
            self.variants_wanted.emit(card)

    def products(self) -> list[Record]:
        """The products on the cards, as they are turned just now."""
        return [card.record for card in self.cards if card.record.kind == "product"]

    def show_compared(self, is_compared: Callable[[Record], bool]) -> None:
        """Mark the cards of products that are compared."""
        self._is_compared = is_compared
        for card in self.cards:
            card.show_compared(is_compared(card.record))

    def show_quotes(self, answer: str) -> None:
        """Mark what `answer` quotes from the policies."""
        self._answer = answer
        for card in self.cards:
            card.show_quote(answer)

    def show_strip(self, strip: bool) -> None:
        """In a narrow window the panel is a strip over the chat, without its heading."""
        self._strip = strip
        self.heading.setVisible(not strip)
        for card in self.cards:
            card.make_compact(strip)
        self._set_margins()

    def _set_margins(self) -> None:
        side, top = (24, 12) if self._strip else (16, 0)
        bar = self.scroller.verticalScrollBar()
        self._column.setContentsMargins(side, top, side - bar.sizeHint().width() if bar.maximum() else side, 16)

    def highlight(self, fact_id: int) -> None:
        """Mark the card with that number and bring it into view."""
        self._marked = fact_id
        for card in self.cards:
            card.mark(card.fact.id == fact_id)
            if card.fact.id == fact_id:
                # After the layout of cards that were only just made.
                QTimer.singleShot(0, card, lambda card=card: self.scroller.ensureWidgetVisible(card, 0, 16))

    def retranslate(self) -> None:
        self.none.setText(self.tr("The rows that an answer rests on appear here."))
        self._count()

    def _count(self) -> None:
        heading = self.tr("Facts")
        self.heading.setText(f"{heading} · {len(self._shown)}" if self._shown else heading)
        self.none.setVisible(not self._shown)
        left = len(self._shown) - MOST_CARDS
        self.more.setText(self.tr("{n} more rows were found.").format(n=left))
        self.more.setVisible(left > 0)
