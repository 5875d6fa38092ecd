"""The quick questions over the composer: the shop's own, else the usual four."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from shopdesk.gui.flow import FlowLayout
from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Translated, clear
from shopdesk.gui.shop import Chip

_ICONS = ("box", "undo", "promo", "list")


class ChipRow(Translated, QWidget):
    """`prefill` carries the question of the button that was pressed, `|` where words are missing."""

    prefill = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._own: tuple[Chip, ...] = ()
        self.chips: list[Button] = []
        self._line = FlowLayout(8, fill=True)
        self.setLayout(self._line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._fill()

    def show_chips(self, chips: Sequence[Chip]) -> None:
        """The shop's own quick questions; the usual ones where there are none."""
        if tuple(chips) != self._own:
            self._own = tuple(chips)
            self._fill()

    def retranslate(self) -> None:
        self._fill()

    def questions(self) -> list[Chip]:
        return list(self._own) or [
            Chip(self.tr("Stock"), self.tr("Is | in stock?")),
            Chip(self.tr("Returns"), self.tr("How long can goods be returned?")),
            Chip(self.tr("Promotions"), self.tr("Which promotions run today?")),
            Chip(self.tr("Compare"), self.tr("Which is cheaper, | or ?")),
        ]

    def _fill(self) -> None:
        clear(self._line)
        self.chips = []
        for number, chip in enumerate(self.questions()):
            button = Button(self._look, "" if self._own else _ICONS[number], "chip")
            button.name(chip.name)
            button.setToolTip(chip.question.replace("|", "…"))
            button.clicked.connect(lambda _=False, question=chip.question: self.prefill.emit(question))
            self.chips.append(button)
            self._line.addWidget(button)
        self._line.fill = not self._own
