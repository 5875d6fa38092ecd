"""A layout of pieces in lines: what does not fit into one goes on in the next."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class FlowLayout(QLayout):
    """Pieces of one line are as high as the highest. `fill`: they share the width of their line as well."""

    def __init__(self, spacing: int, *, fill: bool = False) -> None:
        super().__init__()
        self.fill = fill
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(map(_height, lines)) + self.spacing() * max(0, len(lines) - 1)

    def minimumSize(self) -> QSize:
        widths = [item.sizeHint().width() for item in self._items]
        return QSize(max(widths, default=0), max((item.sizeHint().height() for item in self._items), default=0))

    def sizeHint(self) -> QSize:
        widths = [item.sizeHint().width() + self.spacing() for item in self._items if not item.isEmpty()]
        return QSize(max(0, sum(widths) - self.spacing()), self.minimumSize().height())

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        top = rect.top()
        for line in self._lines(rect.width()):
            widths = [item.sizeHint().width() for item in line]
            if self.fill:
                room = rect.width() - self.spacing() * (len(line) - 1)
                even = room // len(line)
                # Equal shares where every piece fits into its own, else what is left is shared out.
                spare = (room - sum(widths)) // len(line)
                widths = [even] * len(line) if max(widths) <= even else [width + spare for width in widths]
            left, height = rect.left(), _height(line)
            for item, width in zip(line, widths, strict=True):
                item.setGeometry(QRect(left, top, width, height))
                left += width + self.spacing()
            top += height + self.spacing()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._items:
            if item.isEmpty():
                continue
            needed = item.sizeHint().width()
            if lines and taken + self.spacing() + needed <= width:
                lines[-1].append(item)
                taken += self.spacing() + needed
            else:
                lines.append([item])
                taken = needed
        return lines


def _height(line: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in line)
