"""The list of conversations kept in step with the store: found, renamed, pinned, deleted, written to files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from shopdesk.gui.conversations_panel import ConversationsPanel
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.messages import Messages
from shopdesk.gui.ports import AppLike

MOST_LISTED = 500


class Library(QObject):
    """Does what the panel asks for. `current` is the conversation that is open."""

    def __init__(self, app: AppLike, jobs: Jobs, messages: Messages, panel: ConversationsPanel) -> None:
        super().__init__()
        self._app, self._jobs, self._messages, self._panel = app, jobs, messages, panel
        self._closed = False
        self.current: int | None = None
        panel.renamed.connect(self._rename)
        panel.deleted.connect(self._delete)
        panel.pinned.connect(self._pin)
        panel.export_wanted.connect(self.choose_file)
        panel.searched.connect(lambda _text: self.refresh())

    def mark(self, conversation_id: int | None) -> None:
        self.current = conversation_id
        self._panel.mark(conversation_id)

    def refresh(self) -> None:
        wanted = self._panel.search.text().strip()
        conversations = self._app.store.conversations

        def show(rows: object) -> None:
            if not self._closed and isinstance(rows, list | tuple):
                self._panel.show_rows(rows)
                self._panel.mark(self.current)

        self._jobs.call("list", lambda: conversations.list(MOST_LISTED, wanted), on_done=show, on_failed=self._report)

    def choose_file(self, conversation_id: int, title: str) -> None:
        """Ask where to, then write the conversation there."""
        usual = "".join(character if character not in '\\/:*?"<>|\n' else " " for character in title).strip()[:60]
        kinds = "Markdown (*.md);;JSON (*.json);;CSV (*.csv)"
        name, kind = QFileDialog.getSaveFileName(
            self._panel, self.tr("Export the conversation"), str(Path.home() / f"{usual or 'ShopDesk'}.md"), kinds
        )
        if name:
            suffix = "." + kind.rpartition("*.")[2].rstrip(")") if kind else ".md"
            path = Path(name)
            self.export(
                conversation_id, path if path.suffix.lower() in (".md", ".json", ".csv") else Path(name + suffix)
            )

    def export(self, conversation_id: int, path: Path) -> None:
        conversations = self._app.store.conversations
        self._jobs.call(
            "export",
            lambda: conversations.export(conversation_id, path),
            on_done=lambda _: self._messages.say(self.tr("Written to {file}.").format(file=path)),
            on_failed=self._report,
        )

    def close(self) -> None:
        self._panel.settle()
        self._closed = True

    def _rename(self, conversation_id: int, title: str) -> None:
        conversations = self._app.store.conversations
        self._write(lambda: conversations.rename(conversation_id, title))

    def _pin(self, conversation_id: int, pinned: bool) -> None:
        conversations = self._app.store.conversations
        self._write(lambda: conversations.pin(conversation_id, pinned))

    def _delete(self, conversation_id: int) -> None:
        conversations = self._app.store.conversations
        self._write(lambda: conversations.delete(conversation_id))

    def _write(self, function: Callable[[], object]) -> None:
        self._jobs.keep(function, on_done=lambda _: None if self._closed else self.refresh(), on_failed=self._report)

    def _report(self, error: object) -> None:
        if not self._closed:
            self._messages.report(error)
