"""Small pieces that every screen is made of: labels, buttons, plain text that can be selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from shopdesk.gui.look import Look


class Translated:
    """For widgets: `retranslate()` is called whenever the language changes. Stands before the Qt class."""

    def retranslate(self) -> None:
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)  # type: ignore[misc]


def label(text: str = "", role: str = "", *, wrap: bool = True, selectable: bool = False) -> QLabel:
    """A label that shows `text` as it is: never as HTML, whatever a row or a file may contain."""
    piece = QLabel()
    piece.setTextFormat(Qt.TextFormat.PlainText)
    piece.setText(text)
    if role:
        piece.setProperty("role", role)
    if wrap:
        piece.setWordWrap(True)
        # A word longer than the pane must be cut off, not widen the pane.
        piece.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        piece.setMinimumWidth(1)
    if selectable:
        piece.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        piece.setCursor(Qt.CursorShape.IBeamCursor)
    return piece


class _Column(QWidget):
    """As wide as its letters want it, also after they grew."""

    def __init__(self, look: Look, width: int) -> None:
        super().__init__()
        self._look, self._width = look, width
        look.changed.connect(self._widen)
        self._widen()

    def _widen(self) -> None:
        self.setMaximumWidth(self._look.px(self._width))


class Elided(QLabel):
    """One line that ends in … where it has no room; the tooltip then says the whole."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self.text() if text != self.text() else "")
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), text)
        painter.end()


def page_of(look: Look, column: QVBoxLayout, width: int) -> QWidget:
    """A page whose `column` stands in the middle, at most `width` pixels wide (at letters of 100 %)."""
    column.setContentsMargins(0, 0, 0, 0)
    holder = _Column(look, width)
    holder.setLayout(column)
    body = QWidget()
    body.setObjectName("page")
    line = QHBoxLayout(body)
    line.setContentsMargins(24, 24, 24, 24)
    line.addStretch(1)
    line.addWidget(holder, 1000)
    line.addStretch(1)
    return body


def set_role(widget: QWidget, role: str) -> None:
    """Change the style-sheet role of a widget that is already shown."""
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet asks for, and let the style see it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Button(QPushButton):
    """A button with an icon of ours (re-tinted with the theme) and a style-sheet role."""

    def __init__(
        self, look: Look, icon: str = "", role: str = "", ink: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._name, self._ink = look, icon, ink
        self._bare = ""
        if role:
            self.setProperty("role", role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        look.changed.connect(self._tint)
        self._tint()

    def name(self, text: str, keys: str = "", *, bare: bool = False) -> None:
        """Word the button; the tooltip names the action and its `keys`. `bare`: only the icon is shown."""
        self._bare = text if bare else ""
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({keys})" if keys else text)
        # Without its drawing a bare button would be an empty square.
        self.setText("" if bare and not self.icon().isNull() else text)

    def sizeHint(self) -> QSize:
        """As wide as its word is when it is pressed, and so bold: the style asks for the usual letters only."""
        hint = super().sizeHint()
        if self.isCheckable() and self.text():
            bold = QFont(self.font())
            bold.setWeight(QFont.Weight.DemiBold)
            text = self.text()
            more = QFontMetrics(bold).horizontalAdvance(text) - self.fontMetrics().horizontalAdvance(text)
            hint.setWidth(hint.width() + max(0, more))
        return hint

    def tint(self, ink: str) -> None:
        """Draw the icon in another colour of the theme."""
        if ink != self._ink:
            self._ink = ink
            self._tint()

    def _tint(self) -> None:
        self.setIconSize(QSize(self._look.px(20), self._look.px(20)))
        self.setIcon(self._look.icon(self._name, self._ink) if self._name else self.icon())


class Choice(QWidget):
    """A row of buttons of which one is down."""

    chosen = Signal(str)

    def __init__(self, look: Look, values: Sequence[str], current: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for value in values:
            button = Button(look, "", "segment")
            button.setCheckable(True)
            button.setChecked(value == current)
            button.clicked.connect(lambda _=False, value=value: self.chosen.emit(value))
            group.addButton(button)
            line.addWidget(button)
            self.buttons[value] = button
        line.addStretch(1)

    def show_choice(self, value: str) -> None:
        """Press the button of `value` without telling."""
        for name, button in self.buttons.items():
            button.setChecked(name == value)


class ComboBox(QComboBox):
    """A combo box whose arrow is drawn in the theme's ink (a style sheet alone would leave it out)."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        arrow, side = self._look.drawing("chevron-down", "muted", 16, self.devicePixelRatioF()), self._look.px(16)
        painter = QPainter(self)
        painter.drawPixmap(self.width() - self._look.px(26), (self.height() - side) // 2, arrow)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the page must not change a choice


class CheckBox(QCheckBox):
    """A box to tick, whose tick is drawn in the theme's ink (a style sheet alone would leave it out)."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        tick, side = self._look.drawing("check", "on_accent", 16, self.devicePixelRatioF()), self._look.px(16)
        painter = QPainter(self)
        painter.drawPixmap(box.center().x() + 1 - side // 2, box.center().y() + 1 - side // 2, tick)
        painter.end()


class Section(QFrame):
    """A block of a page, its pieces one under the other."""

    def __init__(self, *pieces: QWidget | QLayout) -> None:
        super().__init__()
        self.setObjectName("section")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(12)
        # Beside a higher section the room is left over at the end, not shared out between the lines.
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        for piece in pieces:
            self.put(piece)

    def put(self, piece: QWidget | QLayout) -> None:
        if isinstance(piece, QWidget):
            self._column.addWidget(piece)
        else:
            self._column.addLayout(piece)


def divider() -> QFrame:
    line = QFrame()
    line.setObjectName("divider")
    line.setFixedHeight(1)
    return line


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it be deleted."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def measure_anew(widget: QWidget) -> None:
    """Show the pieces that were just put into `widget`, and let every layout forget what it measured before."""
    for piece in widget.findChildren(QWidget):
        # Qt shows new pieces only in a later turn, and what holds them is not always measured again after that.
        if piece.isHidden() and not piece.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            piece.show()
    for layout in widget.findChildren(QLayout):
        layout.invalidate()
    widget.updateGeometry()
