"""The line over the page: where one is, and quietly how the model is doing."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from shopdesk.gui.look import Look
from shopdesk.gui.pieces import Button, Elided, Translated, label, set_role
from shopdesk.gui.ports import EngineLike

_LOGO_PX, _ROOMY_PX = 32, 700
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_UNUSUAL = ("none", "failed", "starting", "server-failed")


class Header(Translated, QWidget):
    """Menu (when the rail is folded), back (when not in the chat), shop name, model state, thin loading bar."""

    menu_clicked = Signal()
    back_clicked = Signal()
    lock_clicked = Signal()
    language_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._look = look
        self._state = "none"
        self._model = ""
        self._server, self._server_failed = "", False
        self.menu = Button(look, "menu", "square")
        self.back = Button(look, "chevron-left", "square")
        self.back.hide()
        self.logo = label("", wrap=False)
        self.logo.hide()
        self.shop = Elided("ShopDesk", "title")
        self.language, self.lock = Button(look, "", "plain"), Button(look, "lock", "square", ink="muted")
        self.lock.hide()
        self.offline_mark, self.offline = label("", wrap=False), label("", "small", wrap=False)
        self.model_mark, self.model = label("", wrap=False), Elided("", "small")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(3)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        line = QHBoxLayout()
        line.setContentsMargins(16, 8, 16, 4)
        line.setSpacing(8)
        line.addWidget(self.menu)
        line.addWidget(self.back)
        line.addWidget(self.logo)
        line.addWidget(self.shop)
        line.addStretch(1000)  # the shop's name and the model share what is left only where both are cut
        line.addWidget(self.offline_mark)
        line.addWidget(self.offline)
        line.addSpacing(12)
        line.addWidget(self.model_mark)
        line.addWidget(self.model)
        line.addWidget(self.language)
        line.addWidget(self.lock)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.bar)
        self.menu.clicked.connect(self.menu_clicked)
        self.back.clicked.connect(self.back_clicked)
        self.language.clicked.connect(lambda: self.language_wanted.emit("en" if look.language == "zh" else "zh"))
        self.lock.clicked.connect(self.lock_clicked)
        look.changed.connect(self._draw)
        self.retranslate()

    def name_shop(self, name: str) -> None:
        self.shop.setText(name)

    def show_logo(self, file: Path | None) -> None:
        """The shop's logo before its name; None for none."""
        side = self._look.px(_LOGO_PX)
        pixmap = QIcon(str(file)).pixmap(QSize(side * 3, side)) if file is not None else QPixmap()
        self.logo.setPixmap(pixmap)
        self.logo.setVisible(not pixmap.isNull())

    def show_lock(self, shown: bool) -> None:
        """Whether there is something open that can be locked."""
        self.lock.setVisible(shown)

    def show_menu(self, shown: bool) -> None:
        self.menu.setVisible(shown)

    def show_page(self, name: str) -> None:
        self.back.setVisible(name != "chat")

    def show_engine(self, state: str, engine: EngineLike | None) -> None:
        """`state`: "none", "stopped", "starting", "ready" or "failed". `engine` has a `url` where a server answers."""
        self._state = state
        self._model, self._server, self._server_failed = "", "", False
        if engine is not None:
            self._server = urlsplit(str(getattr(engine, "url", ""))).hostname or ""
            self._server_failed = bool(self._server) and getattr(engine, "failure", None) is not None
            name = str(getattr(getattr(engine, "manifest", None), "name", ""))
            device = str(getattr(engine, "device", "")) if state == "ready" else ""
            if self._server_failed and (device == "remote" or state != "ready"):
                self._state = "server-failed"  # and no model here has taken over (yet)
            self._model = " · ".join(part for part in (name, self._server if device == "remote" else device) if part)
        self._draw()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        # The shop's name matters more than that everything is as usual.
        roomy = self.width() >= self._look.px(_ROOMY_PX)
        self.offline.setVisible(roomy)
        self.model.setVisible(roomy or self._state in _UNUSUAL or self._server_failed)

    def retranslate(self) -> None:
        self.menu.name(self.tr("Conversations"), "Ctrl+B", bare=True)
        self.back.name(self.tr("Back to the chat"), "Esc", bare=True)
        self.language.name(self.tr("中文"))
        self.language.setToolTip(self.tr("Change the language of the window to Chinese"))
        self.lock.name(self.tr("Lock"), "Ctrl+L", bare=True)
        self.logo.setAccessibleName(self.tr("Logo"))
        self._draw()

    def _draw(self) -> None:
        self.setFixedHeight(self._look.px(48) + 11)
        words = {
            "none": self.tr("no model: the rows answer"),
            "failed": self.tr("model failed: the rows answer"),
            "starting": self.tr("model is loading: the rows answer"),
            "server-failed": self.tr("model server silent: the rows answer"),
        }
        text = words.get(self._state) or self._model
        if self._server_failed and self._state == "ready":
            text = self.tr("model server silent: {model} answers").format(model=self._model)
        self.model.setText(text)
        failed = self._state == "failed" or self._server_failed
        set_role(self.model, "warning" if failed else "small")
        ink = "warning" if failed or self._state == "none" else "accent"
        self._draw_network()
        self.model_mark.setPixmap(self._look.drawing("model", ink, 18, self.devicePixelRatioF()))
        self.bar.setVisible(self._state == "starting")
        for mark in (self.model_mark, self.offline_mark):
            mark.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _draw_network(self) -> None:
        """Whether anything leaves this machine, and where to."""
        elsewhere = bool(self._server) and self._server not in _THIS_MACHINE
        self.offline.setText(self.tr("network in use") if elsewhere else self.tr("offline"))
        told = self.tr("ShopDesk works without a network; nothing leaves this machine.")
        if elsewhere:
            told = self.tr("Questions, and the rows they rest on, go to the model server {server}.").format(
                server=self._server
            )
        for piece in (self.offline, self.offline_mark):
            piece.setToolTip(told)
        icon = "online" if elsewhere else "offline"
        self.offline_mark.setPixmap(self._look.drawing(icon, "muted", 18, self.devicePixelRatioF()))
