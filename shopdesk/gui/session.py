"""The conversation that is open: asks, stops, restores, and keeps chat, cards and list in step."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from shopdesk.core.events import AnswerDone, FactsFound, Notice, TextDelta, TextReplaced
from shopdesk.core.types import Record
from shopdesk.gui.chat_view import AnswerBlock, ChatView
from shopdesk.gui.composer import Composer
from shopdesk.gui.conversations_panel import ConversationsPanel
from shopdesk.gui.fact_card import FactCard
from shopdesk.gui.facts_panel import FactsPanel
from shopdesk.gui.jobs import Job, Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.ports import AppLike
from shopdesk.gui.restored import Footer, newest, stored_answer
from shopdesk.gui.wording import error_line

log = logging.getLogger(__name__)

RESTORED_MESSAGES = 60
"""Blocks of an old conversation that are drawn again; more would make opening slow."""
_LAST = "last_conversation"


@dataclass(frozen=True, slots=True)
class _Started:
    """A conversation was begun for the question."""

    id: int


class Session(QObject):
    """Everything between a question in the composer and its answer in the chat."""

    answering = Signal(bool)

    def __init__(
        self,
        app: AppLike,
        jobs: Jobs,
        look: Look,
        messages: Messages,
        chat: ChatView,
        facts: FactsPanel,
        composer: Composer,
        conversations: ConversationsPanel,
    ) -> None:
        super().__init__()
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._chat, self._facts, self._composer, self._list = chat, facts, composer, conversations
        self.conversation_id: int | None = None
        self._job: Job | None = None
        self._waiting: AnswerBlock | None = None
        self._chosen: AnswerBlock | None = None
        self._opening = 0
        self._closed = False
        composer.asked.connect(self.ask)
        composer.stop_wanted.connect(self.stop)
        chat.empty.prefill.connect(composer.prefill)
        facts.variants_wanted.connect(self._find_variants)
        conversations.new_wanted.connect(self.new_conversation)
        conversations.opened.connect(self.open)
        conversations.renamed.connect(self._rename)
        conversations.deleted.connect(self._delete)
        conversations.searched.connect(self.refresh_list)
        self.answering.connect(composer.show_answering)

    # Asking ---------------------------------------------------------------------------------

    def ask(self, question: str) -> None:
        """Put a question. One that is still being answered is stopped first."""
        block = self._block(question)
        self._choose(block)
        self._facts.show_facts(())
        if self._job is not None and self._job.running:
            if self._waiting is not None:
                self._waiting.fail(self.tr("Not asked: another question came first."))
            self._waiting = block
            self._job.stop()
            return
        self._begin(block)

    def stop(self) -> None:
        """End the answer that is being written; what stands there stays."""
        if self._job is not None:
            self._job.stop()

    @property
    def busy(self) -> bool:
        return self._job is not None and self._job.running

    def _begin(self, block: AnswerBlock) -> None:
        conversation_id = self.conversation_id
        assistant, conversations = self._app.assistant, self._app.store.conversations

        def work(cancel: threading.Event) -> Iterator[object]:
            asked_in = conversation_id
            if asked_in is None:
                asked_in = conversations.start()
                yield _Started(asked_in)
            yield from assistant.answer(block.question, conversation_id=asked_in, cancel=cancel)

        self._job = self._jobs.start(
            "answer",
            work,
            on_news=lambda item: self._happened(block, item),
            on_failed=lambda error: self._failed(block, error),
            on_ended=self._ended,
        )
        self.answering.emit(True)

    def _happened(self, block: AnswerBlock, item: object) -> None:
        if self._closed:
            return
        known = block in self._chat.blocks  # not when another conversation was opened meanwhile
        if isinstance(item, _Started):
            if known:
                self.conversation_id = item.id
                self._remember(item.id)
                self.refresh_list()
        elif not known:
            return
        elif isinstance(item, FactsFound):
            block.facts_found(item.facts, item.focus)
            if self._chosen is block:
                self._facts.show_facts(item.facts, item.focus)
        elif isinstance(item, TextDelta):
            block.append_text(item.text)
        elif isinstance(item, TextReplaced):
            block.replace_text(item.text)
        elif isinstance(item, Notice):
            block.show_notice(item.text, item.detail)
        elif isinstance(item, AnswerDone):
            answer = item.answer
            # The final facts may be fewer than those found at first; what is cited is among them.
            block.facts = answer.facts or block.facts
            as_of = newest(answer.facts)
            block.finish(answer.text, Footer(answer.route, answer.grounded, answer.repaired, answer.stopped, as_of))
            if self._chosen is block:
                self._facts.show_quotes(answer.text)

    def _failed(self, block: AnswerBlock, error: object) -> None:
        if self._closed or block not in self._chat.blocks:
            return
        assert isinstance(error, BaseException)
        text, _details = error_line(error, self._look.language)
        block.fail(text)
        self._messages.report(error)

    def _ended(self) -> None:
        if self._closed:
            return
        self._job = None
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting in self._chat.blocks:
            self._begin(waiting)
            return
        self.answering.emit(False)
        self.refresh_list()

    def _block(self, question: str) -> AnswerBlock:
        block = self._chat.add(question)
        block.cited.connect(self._cited)
        block.chosen.connect(self._choose)
        block.nearest_wanted.connect(self._composer.prefill)
        block.ask_again.connect(self.ask)
        return block

    # Cards ----------------------------------------------------------------------------------

    def _choose(self, block: AnswerBlock) -> None:
        if block is self._chosen:
            return
        for other in self._chat.blocks:
            other.choose(other is block)
        self._chosen = block
        self._facts.show_facts(block.facts, block.focus)  # type: ignore[arg-type]
        self._facts.show_quotes(block.answer.text())

    def _cited(self, block: AnswerBlock, fact_id: int) -> None:
        self._choose(block)
        self._facts.highlight(fact_id)

    def _find_variants(self, card: FactCard) -> None:
        catalogue, record = self._app.store.catalogue, card.fact.record

        def show(found: object) -> None:
            records = [item for item in found if isinstance(item, Record)] if isinstance(found, list | tuple) else []
            if not self._closed and card in self._facts.cards:
                card.show_variants(records)

        self._jobs.call("variants", lambda: catalogue.variants_of(record), on_done=show, on_failed=self._report)

    # Conversations --------------------------------------------------------------------------

    def new_conversation(self) -> None:
        """An empty page; nothing is stored before a question is asked."""
        self._leave()
        self.conversation_id = None
        self._remember(None)
        self._list.mark(None)
        self._composer.input.setFocus()

    def open(self, conversation_id: int) -> None:
        """Show an earlier conversation."""
        if conversation_id == self.conversation_id:
            return
        self._leave()
        self.conversation_id = conversation_id
        self._remember(conversation_id)
        self._list.mark(conversation_id)
        self._opening += 1
        ticket = self._opening
        conversations = self._app.store.conversations

        def show(stored: object) -> None:
            if ticket == self._opening and not self._closed and isinstance(stored, list | tuple):
                self._restore(stored)

        def missing(error: object) -> None:
            if ticket == self._opening:
                self.new_conversation()
            self._report(error)

        self._jobs.call("open", lambda: conversations.messages(conversation_id), on_done=show, on_failed=missing)

    def restore_last(self) -> None:
        """At start: the conversation that was open when the window closed."""
        last = self._app.settings.get(_LAST)
        self.refresh_list()
        if isinstance(last, int):
            self.open(last)

    def refresh_list(self, text: str | None = None) -> None:
        wanted = self._list.search.text().strip() if text is None else text
        conversations = self._app.store.conversations

        def show(rows: object) -> None:
            if not self._closed and isinstance(rows, list | tuple):
                self._list.show_rows(rows)
                self._list.mark(self.conversation_id)

        self._jobs.call("list", lambda: conversations.list(200, wanted), on_done=show, on_failed=self._report)

    def close(self) -> None:
        """The window goes: a running answer is told to stop, nothing more is drawn."""
        self.stop()
        self._list.settle()
        self._closed = True

    def _restore(self, stored: list[Any] | tuple[Any, ...]) -> None:
        block: AnswerBlock | None = None
        for message in stored[-RESTORED_MESSAGES:]:
            kept = stored_answer(message)
            block = self._block(kept.question)
            block.facts_found(kept.facts, ())
            if kept.text is None or kept.footer is None:
                block.leave_unanswered()
            else:
                block.finish(kept.text, kept.footer)
        if block is not None:
            self._choose(block)

    def _remember(self, conversation_id: int | None) -> None:
        """Which conversation to open at the next start."""
        settings = self._app.settings
        self._jobs.call("settings", lambda: settings.set(_LAST, conversation_id), on_failed=self._report)

    def _leave(self) -> None:
        self._opening += 1
        self.stop()
        self._waiting = None
        self._chosen = None
        self._chat.clear()
        self._facts.show_facts(())

    def _rename(self, conversation_id: int, title: str) -> None:
        conversations = self._app.store.conversations
        self._jobs.call(
            "rename", lambda: conversations.rename(conversation_id, title), on_done=self._listed, on_failed=self._report
        )

    def _delete(self, conversation_id: int) -> None:
        conversations = self._app.store.conversations
        self._jobs.call(
            "delete", lambda: conversations.delete(conversation_id), on_done=self._listed, on_failed=self._report
        )

    def _listed(self, _nothing: object) -> None:
        if not self._closed:
            self.refresh_list()

    def _report(self, error: object) -> None:
        if not self._closed:
            self._messages.report(error)
