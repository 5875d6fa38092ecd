"""The bar under the import page: what can be done with the file, and what is to be known of it in a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QWidget

from shopdesk.gui.flow import FlowLayout
from shopdesk.gui.look import Look

_WORDS_PX = 280


class DeedBar(QFrame):
    """The words stand behind the buttons; where that leaves them too little room, over them."""

    def __init__(self, deeds: Sequence[QWidget], words: QLabel, look: Look) -> None:
        super().__init__()
        self._look = look
        self._deeds = FlowLayout(12)
        for deed in deeds:
            self._deeds.addWidget(deed)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(12)
        self._line.addLayout(self._deeds)
        self._line.addWidget(words, 1)

    def fold(self) -> None:
        """Place the words anew: the buttons have changed, or their letters."""
        beside = self._deeds.sizeHint().width() + self._look.px(_WORDS_PX) <= self.width()
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.BottomToTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fold()
