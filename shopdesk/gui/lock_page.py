"""The door to the manager's pages: a PIN, by keyboard or by touch."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout

from shopdesk.gui.access import LONGEST_PIN, Access, Verdict
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Translated, label, page_of, set_role

_WIDTH_PX = 320


class LockPage(Translated, QScrollArea):
    """`opened`: the right PIN was given."""

    opened = Signal()

    def __init__(self, access: Access, jobs: Jobs, look: Look, messages: Messages) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._access, self._jobs, self._messages = access, jobs, messages
        self._checking = False
        self._verdict: Verdict | None = None
        self.heading, self.note, self.fault = label("", "page-title"), label("", "muted"), label("", "error")
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(LONGEST_PIN)
        self.pin.setProperty("takes_scans", True)
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhHiddenText)
        self.open_button = Button(look, "check", "primary", ink="on_accent")
        self._back = Button(look, "chevron-left", "segment")
        keys = QGridLayout()
        keys.setSpacing(8)
        self.keys: dict[str, Button] = {}
        for number, digit in enumerate("123456789"):
            keys.addWidget(self._key(look, digit), number // 3, number % 3)
        keys.addWidget(self._back, 3, 0)
        keys.addWidget(self._key(look, "0"), 3, 1)
        keys.addWidget(self.open_button, 3, 2)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addSpacing(look.px(24))
        for piece in (self.heading, self.note, self.pin, self.fault):
            column.addWidget(piece)
        column.addLayout(keys)
        column.addStretch(1)
        self.setWidget(page_of(look, column, _WIDTH_PX))
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self.pin.returnPressed.connect(self.try_pin)
        self.open_button.clicked.connect(self.try_pin)
        self._back.clicked.connect(self.pin.backspace)
        self.setFocusProxy(self.pin)
        self.retranslate()

    def _key(self, look: Look, digit: str) -> Button:
        button = Button(look, "", "segment")
        button.name(digit)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.pin.insert(digit))
        self.keys[digit] = button
        return button

    def refresh(self) -> None:
        """The page is opened: nothing typed, and no PIN looked at while one still has to wait."""
        self.pin.clear()
        self._jobs.call("pin", self._access.pin.locked_s, on_done=self._wait, on_failed=self._messages.report)

    def try_pin(self) -> None:
        pin = self.pin.text()
        if not pin or self._checking or not self.pin.isEnabled():
            return
        self._checking = True
        self._jobs.call("pin", lambda: self._access.pin.check(pin), on_done=self._judged, on_failed=self._failed)

    def close_clock(self) -> None:
        self._clock.stop()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("For the manager"))
        self.note.setText(self.tr("Catalogue, import, models and settings open with the PIN."))
        self.pin.setAccessibleName(self.tr("PIN"))
        self.pin.setPlaceholderText(self.tr("PIN"))
        self.open_button.name(self.tr("Open"), "Enter")
        self._back.name(self.tr("Take one back"), bare=True)
        self._say()

    def _judged(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        self._checking = False
        self.pin.clear()
        if verdict.result == "right":
            self._verdict = None
            self._say()
            self._access.unlock()
            self.opened.emit()
        elif verdict.result == "locked":
            self._wait(verdict.seconds)
        else:
            self._verdict = verdict
            self._say()

    def _failed(self, error: object) -> None:
        self._checking = False
        self._messages.report(error)

    def _wait(self, seconds: object) -> None:
        assert isinstance(seconds, int)
        self._verdict = Verdict("locked", seconds) if seconds else None
        self._say()
        if seconds:
            self._clock.start()

    def _tick(self) -> None:
        if self._verdict is None or self._verdict.seconds <= 1 or not self.isVisible():
            self._clock.stop()
            self._verdict = None
        else:
            self._verdict = Verdict("locked", self._verdict.seconds - 1)
        self._say()

    def _say(self) -> None:
        verdict = self._verdict
        locked = verdict is not None and verdict.result == "locked"
        for piece in (self.pin, self.open_button, self._back, *self.keys.values()):
            piece.setEnabled(not locked)
        if verdict is None:
            self.fault.setText("")
        elif locked:
            wait = f"{verdict.seconds // 60}:{verdict.seconds % 60:02d}"
            self.fault.setText(self.tr("Too many wrong PINs. Try again in {time}.").format(time=wait))
        else:
            self.fault.setText(self.tr("That is not the PIN. {n} more tries.").format(n=verdict.left))
        set_role(self.fault, "error")
        if not locked and self.isVisible():
            self.pin.setFocus()
