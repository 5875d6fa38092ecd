"""Setting: the PIN in front of the manager's pages."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from shopdesk.gui.access import LONGEST_PIN, SHORTEST_PIN, Access
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Section, Translated, label


class PinSetting(Translated, Section):
    def __init__(self, access: Access, jobs: Jobs, look: Look, messages: Messages) -> None:
        super().__init__()
        self._access, self._jobs, self._messages = access, jobs, messages
        self.heading, self.note = label("", "title"), label("", "small")
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(LONGEST_PIN)
        self.pin.setProperty("takes_scans", True)
        self.keep, self.remove = Button(look, "check"), Button(look, "trash", "danger", ink="error")
        line = QHBoxLayout()
        line.addWidget(self.pin, 1)
        line.addWidget(self.keep)
        line.addWidget(self.remove)
        self.put(self.heading)
        self.put(self.note)
        self.put(line)
        self.keep.clicked.connect(self._keep)
        self.pin.returnPressed.connect(self._keep)
        self.remove.clicked.connect(self._remove)
        access.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        protected = self._access.protected
        self.heading.setText(self.tr("PIN for the manager"))
        self.note.setText(
            self.tr("Everything but the chat asks for the PIN.")
            if protected
            else self.tr("Without a PIN, everyone at this machine can change the shop's data and settings.")
        )
        self.pin.setPlaceholderText(self.tr("At least {n} digits or letters").format(n=SHORTEST_PIN))
        self.pin.setAccessibleName(self.tr("New PIN"))
        self.keep.name(self.tr("Change the PIN") if protected else self.tr("Set the PIN"))
        self.remove.name(self.tr("Ask for no PIN"))
        self.remove.setVisible(protected)

    def _keep(self) -> None:
        pin = self.pin.text()
        if len(pin) < SHORTEST_PIN:
            self._messages.say(self.tr("A PIN has at least {n} characters.").format(n=SHORTEST_PIN), "", "warning")
            return
        self.pin.clear()

        def kept(_nothing: object) -> None:
            self._access.know(True)
            self._access.unlock()
            self._messages.say(self.tr("The PIN is set."))

        self._jobs.keep(lambda: self._access.pin.set(pin), on_done=kept, on_failed=self._messages.report)

    def _remove(self) -> None:
        self._jobs.keep(
            self._access.pin.remove,
            on_done=lambda _nothing: self._access.know(False),
            on_failed=self._messages.report,
        )
