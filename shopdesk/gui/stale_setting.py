"""Setting: after how many days the price and stock of a product count as out of date."""

from __future__ import annotations

from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Choice, Section, Translated, label
from shopdesk.gui.ports import AppLike

KEY, USUAL = "stale_after_days", 30
_DAYS = (1, 7, 30, 90)
NEVER = "never"


class StaleSetting(Translated, Section):
    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages) -> None:
        super().__init__()
        self._app, self._jobs, self._messages = app, jobs, messages
        self.heading, self.note = label("", "title"), label("", "small")
        self.days = Choice(look, (*map(str, _DAYS), NEVER))
        for piece in (self.heading, self.note, self.days):
            self.put(piece)
        self.days.chosen.connect(self._keep)
        self.retranslate()

    def refresh(self) -> None:
        settings = self._app.store.settings
        self._jobs.call("stale", lambda: settings.get(KEY, USUAL), on_done=self._show, on_failed=self._messages.report)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Out of date"))
        self.note.setText(self.tr("Prices and stock that nobody has confirmed for so long are marked."))
        for days in _DAYS:
            name = self.tr("1 day") if days == 1 else self.tr("{n} days").format(n=days)
            self.days.buttons[str(days)].name(name)
        self.days.buttons[NEVER].name(self.tr("Never"))

    def _show(self, days: object) -> None:
        self.days.show_choice(NEVER if days is None else str(days))

    def _keep(self, chosen: str) -> None:
        settings, days = self._app.store.settings, None if chosen == NEVER else int(chosen)
        self._jobs.keep(lambda: settings.set(KEY, days), on_failed=self._messages.report)
