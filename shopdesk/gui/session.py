"""The conversation that is open: asks, stops, answers anew, restores, and keeps chat and cards in step."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from shopdesk.core.assistant import HISTORY_READ
from shopdesk.core.events import AnswerDone, FactsFound, Notice, TextDelta, TextReplaced
from shopdesk.core.offers import offers_for
from shopdesk.core.types import RouteWish
from shopdesk.gui.answer_block import AnswerBlock
from shopdesk.gui.chat_view import ChatView, show_stored
from shopdesk.gui.composer import Composer
from shopdesk.gui.fact_card import FactCard
from shopdesk.gui.facts_panel import FactsPanel
from shopdesk.gui.jobs import Job, Jobs
from shopdesk.gui.library import Library
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.ports import AppLike
from shopdesk.gui.restored import Footer, StoredAnswer, newest, stored_answer
from shopdesk.gui.wording import error_line

_LAST = "last_conversation"


@dataclass(frozen=True, slots=True)
class _Started:
    """A conversation was begun for the question."""

    id: int


@dataclass(frozen=True, slots=True)
class _Revised:
    """A stored message stands in the place of an earlier one."""

    id: int


@dataclass(frozen=True, slots=True)
class _Errand:
    """A question to be answered. `earlier`: the message whose place it takes; `route`: how it is to be answered."""

    block: AnswerBlock
    earlier: int | None = None
    route: RouteWish = "auto"


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
        library: Library,
    ) -> None:
        super().__init__()
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._chat, self._facts, self._composer, self._library = chat, facts, composer, library
        self.conversation_id: int | None = None
        self._job: Job | None = None
        self._waiting: _Errand | None = None
        self._chosen: AnswerBlock | None = None
        self._edited: AnswerBlock | None = None
        self._opening = 0
        self._closed = False
        composer.asked.connect(self.ask)
        composer.input.textChanged.connect(self._read_ahead)
        composer.stop_wanted.connect(self.stop)
        composer.edit_left.connect(self._leave_edit)
        chat.empty.prefill.connect(composer.prefill)
        chat.cited.connect(self._cited)
        chat.chosen.connect(self._choose)
        chat.nearest_wanted.connect(composer.prefill)
        chat.ask_again.connect(self.ask)
        chat.anew_wanted.connect(self.answer_anew)
        chat.edit_wanted.connect(self.edit)
        chat.voted.connect(self._vote)
        chat.version_wanted.connect(self._show_version)
        chat.texts_wanted.connect(self._fetch)
        facts.variants_wanted.connect(self._find_variants)
        self.answering.connect(composer.show_answering)

    # Asking ---------------------------------------------------------------------------------

    def ask(self, question: str) -> None:
        """Put a question. One that is still being answered is stopped first."""
        edited, self._edited = self._edited, None
        if edited is not None and edited in self._chat.blocks and edited.messages:
            earlier = edited.messages[-1]
            edited.begin_anew(question)
            self._do(_Errand(edited, earlier))
            return
        block = self._chat.add(question)
        self._choose(block)
        self._facts.show_facts(())
        self._do(_Errand(block))

    def ask_rows(self, code: str) -> None:
        """A code that was scanned: answered from the rows alone, which takes no time."""
        self._leave_edit()
        block = self._chat.add(code)
        self._choose(block)
        self._facts.show_facts(())
        self._do(_Errand(block, route="exact"))

    def answer_anew(self, block: AnswerBlock) -> None:
        """The same question again: in other words, or, where the answer was stopped, to its end."""
        if block.messages and block is not (self._waiting.block if self._waiting else None) and block.answered:
            route = "auto" if block.stopped else self._other_route(block.route)
            block.begin_anew()
            self._choose(block)
            self._do(_Errand(block, block.messages[-1], route))

    def edit(self, block: AnswerBlock) -> None:
        """Put a question that was asked back into the composer; what is sent then takes its place."""
        if block.messages:
            self._edited = block
            self._composer.edit(block.question)

    def last_block(self) -> AnswerBlock | None:
        """The answer that keys act on: the chosen one, else the last."""
        blocks = self._chat.blocks
        return self._chosen if self._chosen in blocks else blocks[-1] if blocks else None

    def _read_ahead(self) -> None:
        """The model reads what the question is likely to need, while it is typed; where the program can do that."""
        typed = getattr(self._app, "typed", None)
        if typed is not None:
            typed(self._composer.input.toPlainText(), self.conversation_id)

    def step(self, by: int) -> None:
        """Turn to the answer before (-1) or after (1) the one whose cards are shown."""
        blocks = self._chat.blocks
        if blocks:
            place = blocks.index(self._chosen) + by if self._chosen in blocks else len(blocks) - 1
            block = blocks[max(0, min(place, len(blocks) - 1))]
            self._choose(block)
            self._chat.scroller.show_block(block)

    def stop(self) -> None:
        """End the answer that is being written; what stands there stays."""
        if self._job is not None:
            self._job.stop()

    @property
    def busy(self) -> bool:
        return self._job is not None and self._job.running

    def _other_route(self, route: str) -> RouteWish:
        """A model at temperature 0 would say the same again; the rows say it in other words, and vice versa."""
        engine = self._app.engine
        ready = engine is not None and getattr(engine, "state", "ready") == "ready"
        return "model" if ready and route in ("exact", "approved") else "exact"

    def _do(self, errand: _Errand) -> None:
        if self._job is not None and self._job.running:
            if self._waiting is not None:
                self._waiting.block.fail(self.tr("Not asked: another question came first."))
            self._waiting = errand
            self._job.stop()
            return
        self._begin(errand)

    def _begin(self, errand: _Errand) -> None:
        conversation_id, block, earlier = self.conversation_id, errand.block, errand.earlier
        assistant, conversations = self._app.assistant, self._app.store.conversations
        question, route = block.question, errand.route

        def work(cancel: threading.Event) -> Iterator[object]:
            asked_in = conversation_id
            if asked_in is None:
                asked_in = conversations.start()
                yield _Started(asked_in)
            history = None if earlier is None else conversations.history_before(earlier, HISTORY_READ)
            answered: int | None = None
            for event in assistant.answer(
                question, conversation_id=asked_in, history=history, route=route, cancel=cancel,
                use_cache=earlier is None,
            ):  # fmt: skip
                if isinstance(event, AnswerDone):
                    answered = event.answer.message_id
                yield event
            if earlier is not None and answered is not None:
                conversations.revise(answered, earlier)
                yield _Revised(answered)

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
                self._library.mark(item.id)
                self._library.refresh()
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
            self._answered(block, item)
        elif isinstance(item, _Revised):
            self._chat.know_messages(block, (*block.messages, item.id))

    def _answered(self, block: AnswerBlock, done: AnswerDone) -> None:
        answer = done.answer
        # The final facts may be fewer than those found at first; what is cited is among them.
        block.facts = answer.facts or block.facts
        footer = Footer(answer.route, answer.grounded, answer.repaired, answer.stopped, newest(answer.facts))
        block.finish(answer.text, footer)
        if not block.messages and answer.message_id is not None:
            self._chat.know_messages(block, (answer.message_id,))
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
        if waiting is not None and waiting.block in self._chat.blocks:
            self._begin(waiting)
            return
        self.answering.emit(False)
        self._library.refresh()

    def _leave_edit(self) -> None:
        self._edited = None

    # Versions and votes ---------------------------------------------------------------------

    def _show_version(self, block: AnswerBlock, message: int) -> None:
        def show(found: object) -> None:
            texts = found if isinstance(found, dict) else {}
            if not self._closed and block in self._chat.blocks and message in texts:
                stored: StoredAnswer = texts[message]
                block.begin_anew(stored.question)
                block.facts = stored.facts
                show_stored(block, stored)
                block.know_messages(block.messages, message)
                if self._chosen is block:
                    self._facts.show_facts(stored.facts)

        self._jobs.call("version", lambda: self._read((message,)), on_done=show, on_failed=self._report)

    def _vote(self, block: AnswerBlock, vote: str, right_answer: str) -> None:
        message, feedback = block.shown_message, self._app.store.feedback
        if message is not None:
            self._jobs.keep(
                lambda: feedback.vote(message, vote, right_answer),
                on_done=lambda _: self._say_what_comes_of(right_answer),
                on_failed=self._report,
            )

    def _say_what_comes_of(self, right_answer: str) -> None:
        if right_answer:
            self._messages.say(self.tr("Kept. A manager can make it the shop's own answer, on the page Insights."))

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
        """What belongs to a product besides its row: other sizes, other stores, running promotions."""
        catalogue, record = self._app.store.catalogue, card.fact.record

        def find() -> object:
            return catalogue.variants_of(record), offers_for(record, catalogue.promotions_on(date.today().isoformat()))

        def show(found: object) -> None:
            assert isinstance(found, tuple)
            if not self._closed and card in self._facts.cards:
                card.show_variants(found[0])
                card.show_offers(found[1])

        self._jobs.call("variants", find, on_done=show, on_failed=self._report)

    # Conversations --------------------------------------------------------------------------

    def new_conversation(self) -> None:
        """An empty page; nothing is stored before a question is asked."""
        self._leave()
        self.conversation_id = None
        self._remember(None)
        self._library.mark(None)
        self._composer.input.setFocus()

    def open(self, conversation_id: int, at: int | None = None) -> None:
        """Show an earlier conversation, at its end or at the message `at`."""
        if conversation_id == self.conversation_id and at is None:
            return
        self._leave()
        self.conversation_id = conversation_id
        self._remember(conversation_id)
        self._library.mark(conversation_id)
        self._opening += 1
        ticket = self._opening
        conversations = self._app.store.conversations

        def show(turns: object) -> None:
            if ticket == self._opening and not self._closed and isinstance(turns, list | tuple):
                self._chat.show_turns(turns, at)

        def missing(error: object) -> None:
            if ticket == self._opening:
                self.new_conversation()
            self._report(error)

        self._jobs.call("open", lambda: conversations.turns(conversation_id), on_done=show, on_failed=missing)

    def restore_last(self) -> None:
        """At start: the conversation that was open when the window closed."""
        last = self._app.settings.get(_LAST)
        self._library.refresh()
        if isinstance(last, int):
            self.open(last)

    def close(self) -> None:
        """The window goes: a running answer is told to stop, nothing more is drawn."""
        self.stop()
        self._closed = True

    def _fetch(self, ids: list[int]) -> None:
        """The chat wants these messages, for they came in sight."""
        ticket = self._opening

        def show(found: object) -> None:
            if ticket == self._opening and not self._closed and isinstance(found, dict):
                self._chat.fill(found)
                if self._chosen is None and self._chat.blocks:
                    self._choose(self._chat.blocks[-1])

        self._jobs.call("texts", lambda: self._read(tuple(ids)), on_done=show, on_failed=self._report)

    def _read(self, ids: tuple[int, ...]) -> dict[int, StoredAnswer]:
        store = self._app.store
        votes = {number: store.feedback.of_message(number) for number in ids}
        return {
            message.id: stored_answer(message, str(getattr(votes[message.id], "vote", "") or ""))
            for message in store.conversations.messages_by_id(ids)
        }

    def _remember(self, conversation_id: int | None) -> None:
        """Which conversation to open at the next start."""
        settings = self._app.settings
        self._jobs.keep(lambda: settings.set(_LAST, conversation_id), on_failed=self._report)

    def _leave(self) -> None:
        self._opening += 1
        self.stop()
        self._waiting, self._chosen, self._edited = None, None, None
        self._composer.leave_edit()
        self._chat.clear()
        self._facts.show_facts(())

    def _report(self, error: object) -> None:
        if not self._closed:
            self._messages.report(error)
