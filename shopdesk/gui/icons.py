"""Icons from the drawn set, tinted to the theme; and the pictures of products."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImageReader, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

# Larger pictures are a mistake or an attack; a card shows at most 160 px.
_LARGEST_PICTURE_BYTES = 16 * 1024 * 1024


class Icons:
    """The icons of one folder (`<name>.svg`, drawn in black or currentColor on a 20×20 grid)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}

    def icon(self, name: str, color: str, *, disabled: str | None = None) -> QIcon:
        """`name` in `color`; an empty icon where the set has no such drawing (the text then stands alone)."""
        if _source(self._folder / f"{name}.svg") is None:
            return QIcon()
        return QIcon(_DrawnWhenSeen(self, name, color, disabled or color))

    def pixmap(self, name: str, color: str, size: int, scale: float = 1.0) -> QPixmap:
        """`name` in `color` as `size`×`size` logical pixels at the device pixel ratio `scale`; null if missing."""
        wanted = (name, color, size, scale)
        if wanted not in self._drawn:
            self._drawn[wanted] = self._draw(name, color, size, scale)
        return self._drawn[wanted]

    def _draw(self, name: str, color: str, size: int, scale: float) -> QPixmap:
        source = _source(self._folder / f"{name}.svg")
        if source is None:
            return QPixmap()
        tinted = (
            source.replace("currentColor", color).replace('"#000000"', f'"{color}"').replace('"#000"', f'"{color}"')
        )
        return _render(QByteArray(tinted.encode()), QSize(size, size), scale)


class _DrawnWhenSeen(QIconEngine):
    """Most buttons of a page are not in sight when it is made, and none at twice the size."""

    def __init__(self, icons: Icons, name: str, color: str, disabled: str) -> None:
        super().__init__()
        self._icons, self._name, self._color, self._disabled = icons, name, color, disabled

    def clone(self) -> QIconEngine:
        return _DrawnWhenSeen(self._icons, self._name, self._color, self._disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, painter.device().devicePixelRatioF()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        color = self._disabled if mode == QIcon.Mode.Disabled else self._color
        return self._icons.pixmap(self._name, color, min(size.width(), size.height()), scale)


class Pictures:
    """Product pictures by file name, looked for in several folders in turn."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def pixmap(self, name: object, size: int, scale: float = 1.0) -> QPixmap:
        """The picture `name`, fitted into `size`×`size`; null when there is none or it cannot be read.

        Only plain file names inside the picture folders are opened: an imported table decides this text.
        """
        if not isinstance(name, str) or not name or Path(name).name != name:
            return QPixmap()
        for folder in self._folders:
            path = folder / name
            try:
                if not path.is_file() or path.stat().st_size > _LARGEST_PICTURE_BYTES:
                    continue
            except (OSError, ValueError):
                continue
            return _fit(path, size, scale)
        return QPixmap()


def _fit(path: Path, size: int, scale: float) -> QPixmap:
    if path.suffix.lower() == ".svg":
        return _render(QByteArray(path.read_bytes()), QSize(size, size), scale)
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        return QPixmap()
    target = QSize(round(size * scale), round(size * scale))
    pixmap = QPixmap.fromImage(
        image.scaled(target, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    )
    pixmap.setDevicePixelRatio(scale)
    return pixmap


@lru_cache(maxsize=256)
def _source(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _render(svg: QByteArray, size: QSize, scale: float) -> QPixmap:
    renderer = QSvgRenderer(svg)
    if not renderer.isValid():
        return QPixmap()
    pixmap = QPixmap(round(size.width() * scale), round(size.height() * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
