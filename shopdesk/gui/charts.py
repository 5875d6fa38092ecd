"""Small charts painted in the theme's colours: bars by day, and lines by day."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from shopdesk.gui.look import Look

_HEIGHT_PX, _AXIS_PX, _HEAD_PX, _FOOT_PX = 200, 44, 28, 22


class Chart(QWidget):
    """`days` are ISO dates. Each series is (name, colour of the theme, values); None is a day without a value."""

    def __init__(self, look: Look, *, lines: bool = False, unit: str = "") -> None:
        super().__init__()
        self._look, self._lines, self._unit = look, lines, unit
        self.days: tuple[str, ...] = ()
        self.series: tuple[tuple[str, str, tuple[float | None, ...]], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()
        look.changed.connect(self._fit)

    def show_series(self, days: Sequence[str], *series: tuple[str, str, Sequence[float | None]]) -> None:
        self.days = tuple(days)
        self.series = tuple((name, ink, tuple(values)) for name, ink, values in series)
        told = [f"{name}: {self._told(values)}" for name, _ink, values in self.series]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    @property
    def top(self) -> float:
        """The value at the upper edge: the next round one above the highest."""
        highest = max((value for _, _, values in self.series for value in values if value is not None), default=0.0)
        return _round_up(highest)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.days:
            number = int((event.pos().x() - self._plot().x()) / self._plot().width() * len(self.days))
            if 0 <= number < len(self.days):
                lines = [self.days[number]]
                for name, _, values in self.series:
                    value = values[number]
                    lines.append(f"{name}: {'–' if value is None else f'{value:,.0f}'}{self._unit}")
                QToolTip.showText(event.globalPos(), "\n".join(lines), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, plot, top = self._look.theme, self._plot(), self.top
        font = QFont(self.font())
        font.setPixelSize(self._look.px(11))
        painter.setFont(font)
        line = painter.fontMetrics().height()
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(QColor(theme.muted))
            place = QRectF(0, y - line / 2, plot.left() - 6, line)
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), _short(share * top)
            )
        self._write_days(painter, plot)
        self._write_names(painter)
        for number, (_name, ink, values) in enumerate(self.series):
            color = QColor(getattr(theme, ink))
            if self._lines:
                self._draw_line(painter, plot, color, values, top)
            else:
                self._draw_bars(painter, plot, color, values, top, number)
        painter.end()

    def _draw_bars(
        self, painter: QPainter, plot: QRectF, color: QColor, values: Sequence[float | None], top: float, number: int
    ) -> None:
        """The first series as wide bars, the others in front of it, narrower."""
        step = plot.width() / max(1, len(values))
        width = max(1.0, step * (0.7 if number == 0 else 0.35))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        for place, value in enumerate(values):
            if value:
                height = plot.height() * value / top
                left = plot.left() + place * step + (step - width) / 2
                painter.drawRoundedRect(QRectF(left, plot.bottom() - height, width, height), 1.5, 1.5)

    def _draw_line(
        self, painter: QPainter, plot: QRectF, color: QColor, values: Sequence[float | None], top: float
    ) -> None:
        step = plot.width() / max(1, len(values))
        painter.setBrush(color)
        points: list[QPointF] = []
        for place, value in enumerate([*values, None]):
            if value is not None:
                points.append(QPointF(plot.left() + (place + 0.5) * step, plot.bottom() - plot.height() * value / top))
                continue
            painter.setPen(QPen(color, 2))
            if len(points) > 1:
                painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            for point in points:
                painter.drawEllipse(point, 2.5, 2.5)
            points = []

    def _write_days(self, painter: QPainter, plot: QRectF) -> None:
        if not self.days:
            return
        painter.setPen(QColor(self._look.theme.muted))
        step = plot.width() / len(self.days)
        every = max(1, math.ceil(self._look.px(52) / max(1.0, step)))
        for number in range(len(self.days) - 1, -1, -every):
            center, width = plot.left() + (number + 0.5) * step, painter.fontMetrics().horizontalAdvance("00-00") + 2
            place = QRectF(center - width / 2, plot.bottom() + 4, width, self._look.px(16))
            place.moveRight(min(place.right(), self.width()))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter), self.days[number][5:])

    def _write_names(self, painter: QPainter) -> None:
        """What each colour stands for, at the right of the upper edge."""
        right, metrics, side = self.width() - 8, painter.fontMetrics(), self._look.px(10)
        for name, ink, _values in reversed(self.series):
            left = right - metrics.horizontalAdvance(name)
            painter.setPen(QColor(self._look.theme.muted))
            painter.drawText(QPointF(left, metrics.ascent()), name)
            painter.fillRect(
                QRectF(left - side - 6, (metrics.height() - side) / 2, side, side),
                QColor(getattr(self._look.theme, ink)),
            )  # fmt: skip
            right = left - side - self._look.px(22)

    def _plot(self) -> QRectF:
        left, head, foot = self._look.px(_AXIS_PX), self._look.px(_HEAD_PX), self._look.px(_FOOT_PX)
        return QRectF(left, head, max(10, self.width() - left - 8), max(10, self.height() - head - foot - 4))

    def _told(self, values: Sequence[float | None]) -> str:
        """The series for a screen reader: its last values."""
        return ", ".join("–" if value is None else f"{value:,.0f}{self._unit}" for value in values[-7:])

    def _fit(self) -> None:
        self.setFixedHeight(self._look.px(_HEIGHT_PX))
        self.update()


def _round_up(value: float) -> float:
    if value <= 4:
        return 4.0
    step = 10.0 ** math.floor(math.log10(value))
    return next(factor * step for factor in (1.0, 2.0, 4.0, 5.0, 10.0) if factor * step >= value)


def _short(value: float) -> str:
    return f"{value / 1000:,.0f}k" if value >= 10_000 else f"{value:,.0f}"
