"""A product's card on paper: name, price, code as text and as a QR code that any scanner of the shop reads."""

from __future__ import annotations

from pathlib import Path

import segno
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from shopdesk.core.types import Language, Record
from shopdesk.core.wording import value_text, variant_values
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Translated

WIDTH_PX, HEIGHT_PX = 900, 420
_MARGIN_PX, _CODE_PX, _QUIET = 36, 320, 4


def code_of(record: Record) -> str:
    """What a scan of the label finds the product by."""
    return str(record.fields.get("barcode") or record.key)


def qr_image(text: str, side: int) -> QImage:
    """A QR code of `text`, black on white with its quiet zone, at most `side` pixels square.

    Raises segno.DataOverflowError for more text than a QR code holds.
    """
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    modules = len(rows) + 2 * _QUIET
    scale = max(1, side // modules)
    image = QImage(modules * scale, modules * scale, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect((x + _QUIET) * scale, (y + _QUIET) * scale, scale, scale, QColor("black"))
    painter.end()
    return image


def label_image(record: Record, language: Language) -> QImage:
    """The label of a product, black on white whatever the theme."""
    image = QImage(WIDTH_PX, HEIGHT_PX, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setPen(QColor("black"))
    code = qr_image(code_of(record), _CODE_PX)
    painter.drawImage(WIDTH_PX - _MARGIN_PX - code.width(), (HEIGHT_PX - code.height()) // 2, code)
    width = WIDTH_PX - 3 * _MARGIN_PX - code.width()
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
    place = _MARGIN_PX
    for text, pixels, bold, lines in (
        (record.title_in(language) or record.key, 40, True, 3),
        (" · ".join(variant_values(record, language)), 26, False, 1),
        (value_text(record, "price", language) or "", 76, True, 1),
        (f"{record.key}    {record.fields.get('barcode') or ''}".rstrip(), 24, False, 1),
    ):
        if not text:
            continue
        font = QFont(QApplication.font())
        font.setPixelSize(pixels)
        font.setBold(bold)
        painter.setFont(font)
        most = painter.fontMetrics().lineSpacing() * lines
        drawn = painter.drawText(QRect(_MARGIN_PX, place, width, most), flags, text)
        place += min(most, (drawn.height() if isinstance(drawn, QRect) else most)) + 14
    painter.end()
    return image


class LabelDialog(Translated, QDialog):
    """The label as it will be, to print or to keep as a picture."""

    def __init__(self, record: Record, look: Look, messages: Messages, parent: QWidget) -> None:
        super().__init__(parent)
        self._record, self._messages = record, messages
        self.image = label_image(record, look.language)
        self.picture = QLabel()
        self.picture.setPixmap(
            QPixmap.fromImage(self.image).scaledToWidth(600, Qt.TransformationMode.SmoothTransformation)
        )
        self.print_button = Button(look, "print", "primary", ink="on_accent")
        self.save_button, self.close_button = Button(look, "image"), Button(look, "close", "plain")
        line = QHBoxLayout()
        line.addWidget(self.print_button)
        line.addWidget(self.save_button)
        line.addStretch(1)
        line.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self.picture)
        column.addLayout(line)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._choose_file)
        self.close_button.clicked.connect(self.reject)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Label"))
        self.picture.setAccessibleName(self.tr("Label of {code}").format(code=self._record.key))
        self.print_button.name(self.tr("Print…"))
        self.save_button.name(self.tr("Keep as a picture…"))
        self.close_button.name(self.tr("Close"), "Esc")

    def save(self, path: Path) -> None:
        if not self.image.save(str(path), "PNG"):  # type: ignore[call-overload]
            self._messages.say(self.tr("The picture could not be written to {file}.").format(file=path), "", "error")

    def print_to(self, printer: QPrinter) -> None:
        """Draw the label at the top of a page, as wide as the page lets it."""
        painter = QPainter(printer)
        page = printer.pageRect(QPrinter.Unit.DevicePixel)
        width = min(page.width(), printer.resolution() * 3.6)  # inches
        painter.drawImage(QRectF(0, 0, width, width * HEIGHT_PX / WIDTH_PX), self.image)
        painter.end()

    def _print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)
            self.accept()

    def _choose_file(self) -> None:
        usual = str(Path.home() / f"{self._record.key.replace('/', '-')}.png")
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Keep as a picture"), usual, "PNG (*.png)")
        if name:
            self.save(Path(name))
