"""One generator from a question to its stored answer: facts first, then checked words.

The window, the terminal, the batch command and the exams all run :meth:`Assistant.answer`; it
blocks while the model writes, so it is run off the window's thread.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shopdesk.core import grounding
from shopdesk.core.approved import Approved, ApprovedAnswers
from shopdesk.core.banned import BannedWords, Screen, screened_facts
from shopdesk.core.caching import answer_key
from shopdesk.core.errors import EngineError, UserFacingError
from shopdesk.core.events import AnswerDone, Event, FactsFound, Focus, Notice, TextDelta, TextReplaced
from shopdesk.core.frames import rambles
from shopdesk.core.gaps import Gap, field_of, gap_of, keys_of
from shopdesk.core.plan import Plan
from shopdesk.core.planning import Planner
from shopdesk.core.ports import (
    AnswerCache,
    BannedList,
    Catalogue,
    Completed,
    Conversations,
    Engine,
    GapNotes,
    Piece,
)
from shopdesk.core.prompting import build_messages
from shopdesk.core.support import subject_and_support, wanted_kind
from shopdesk.core.types import Answer, ChatMessage, Exchange, ModelManifest, Route, RouteWish, TokenCounts
from shopdesk.core.wording import exact_answer, nearest_line, quotation

LONGEST_QUESTION = 100_000
"""Characters of a question that is accepted; far fewer are read (see `understanding.QUESTION_LIMIT`)."""
HISTORY_READ = 8
"""Earlier exchanges that are read to understand a follow-up."""
_POINTS_PHRASED = 2
"""Values of one row that a model is asked to put into words; more of them are listed as they stand."""


@dataclass
class _Draft:
    """The answer while it grows: `text` has passed the check, `repaired` counts sentences that did not.

    `shown` is what the reader sees of it: the text without banned words.
    """

    banned: BannedWords
    screen: Screen
    text: str = ""
    shown: str = ""
    repaired: int = 0
    route: Route = "exact"
    tokens: TokenCounts = field(default_factory=TokenCounts)
    first_token_ms: float | None = None
    stopped: bool = False
    prompt: str = ""
    notice: str | None = None
    model_wrote: bool = False
    said: str = ""


class Assistant:
    """Answers questions about one shop. Safe to call from any thread; engines take one question at a time.

    `engine` may be None (no model): rows answer alone. Without `cache`, `gaps` or `banned` nothing is remembered, noted
    or kept from being shown.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        conversations: Conversations,
        engine: Engine | None,
        *,
        today: Callable[[], date] = date.today,
        cache: AnswerCache | None = None,
        gaps: GapNotes | None = None,
        banned: BannedList | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._catalogue = catalogue
        self._planner = Planner(catalogue, today)
        self._approved = ApprovedAnswers(catalogue, self._planner.plan)
        self._cache, self._gaps, self._banned = cache, gaps, banned
        self._conversations = conversations
        self.engine = engine

    def answer(
        self,
        question: str,
        *,
        conversation_id: int | None = None,
        history: Sequence[Exchange] | None = None,
        route: RouteWish = "auto",
        cancel: threading.Event | None = None,
        use_cache: bool = True,
    ) -> Iterator[Event]:
        """The events of one answer.

        `history` replaces the stored one (the batch command brings its own); with `conversation_id`
        the exchange is stored. Of the routes, "auto" takes the first that can answer: an approved answer, the rows
        (where nothing was found, there is no model or it is still being loaded), an answer given before, the model.
        `use_cache=False` leaves answers given before aside. Raises UserFacingError for an empty or oversized question
        and an unknown conversation; with `route="model"` also EngineError where the model cannot write.
        """
        started = time.perf_counter()
        _refuse_unusable(question)
        if history is None:
            history = self._conversations.history(conversation_id, HISTORY_READ) if conversation_id is not None else ()
        with self._catalogue.view():  # one answer never speaks of rows from before and after a change
            plan = self._planner.plan(question, history)
            approved = self._approved.find(question, plan, alone=not history) if route == "auto" else None
        outdated = approved is not None and approved.outdated
        if approved is not None and not outdated:
            plan = approved.plan
        facts_ms = _since(started)
        banned = self._banned.banned() if self._banned is not None else BannedWords(())
        facts = screened_facts(plan.facts, banned)
        message_id = None
        if conversation_id is not None:
            facts_json = json.dumps([fact.to_json() for fact in facts], ensure_ascii=False)
            message_id = self._conversations.question_asked(conversation_id, question, facts_json)
        yield FactsFound(facts, _focus(plan), plan.language, facts_ms)

        draft = _Draft(banned, banned.screen())
        if approved is not None and not outdated:
            draft.route = "approved"
            yield from _show(approved.text, draft)
        else:
            yield from self._write(plan, history, route, cancel, draft, started, use_cache=use_cache)
        yield from _show_rest(draft)
        answer = self._finished(plan, draft, facts_ms, _since(started))
        answer = replace(answer, question=question, conversation_id=conversation_id, message_id=message_id)
        if message_id is not None:
            self._conversations.answer_given(message_id, answer)
        self._note_gap(plan, draft, approved)
        yield AnswerDone(answer)

    def likely_prompt(self, text: str, conversation_id: int | None) -> Sequence[ChatMessage] | None:
        """What the model would be given for `text`, a question typed so far; None where it would not be asked."""
        engine = self.engine
        if engine is None or engine.state != "ready":
            return None
        history = self._conversations.history(conversation_id, HISTORY_READ) if conversation_id is not None else ()
        with self._catalogue.view():
            plan = self._planner.plan(text, history)
        if plan.intent == "not_found":
            return None
        return build_messages(plan, history, engine.manifest, engine.count_tokens)

    # ---- writing

    def _write(
        self,
        plan: Plan,
        history: Sequence[Exchange],
        route: RouteWish,
        cancel: threading.Event | None,
        draft: _Draft,
        started: float,
        *,
        use_cache: bool,
    ) -> Iterator[Event]:
        listed = self.engine is not None and self.engine.manifest.needs_plan and _is_a_row(plan)
        rows_alone = self.engine is None or plan.intent == "not_found" or listed
        if route == "exact" or (route == "auto" and rows_alone):
            yield from _say_exactly(plan, draft)
            return
        key = self._cache_key(plan, history) if route == "auto" and use_cache else None
        if key is not None and (yield from self._say_again(key, plan, draft)):
            return
        if route == "auto" and self.engine is not None and self.engine.state == "starting":
            yield from _say_exactly(plan, draft)
            return
        try:
            yield from self._write_by_model(plan, history, cancel, draft, started)
            self._remember(key, draft)
        except EngineError as error:
            if route == "model":
                raise
            # rows still answer when the model cannot; the clerk is told in one line
            draft.notice = error.text(plan.language)
            yield Notice(error.code, draft.notice, error.detail)
            kept = grounding.whole_sentences(draft.text)
            if draft.text != kept:
                draft.repaired += 1
                yield _replaced(kept, draft)
            draft.model_wrote = bool(kept)
            if kept and not kept.endswith("\n"):
                yield from _show("\n", draft)
            yield from _say_exactly(plan, draft)

    def _cache_key(self, plan: Plan, history: Sequence[Exchange]) -> str | None:
        if self._cache is None or self.engine is None or plan.intent == "not_recorded":
            return None
        return answer_key(plan, history, self.engine.manifest, self.engine.identity)

    def _say_again(self, key: str, plan: Plan, draft: _Draft) -> Generator[Event, None, bool]:
        """Give the answer that was given before; False where there is none that still passes the check."""
        assert self._cache is not None and self.engine is not None
        text = self._cache.get(key)
        if text is None or not grounding.check_answer(text, plan, self.engine.manifest).passed:
            return False
        draft.route = "cache"
        yield from _show(f"{text}{appendix(plan)}", draft)
        return True

    def _remember(self, key: str | None, draft: _Draft) -> None:
        """Keep what the model said, where it was right as it came."""
        if key is None or self._cache is None or self.engine is None or draft.route != "model":
            return
        if draft.said and not draft.repaired and not draft.stopped:
            self._cache.put(key, draft.said, self.engine.manifest.name)

    def _write_by_model(
        self, plan: Plan, history: Sequence[Exchange], cancel: threading.Event | None, draft: _Draft, started: float
    ) -> Iterator[Event]:
        engine = self.engine
        if engine is None:
            raise EngineError("engine_missing")
        manifest = engine.manifest
        messages = build_messages(plan, history, manifest, engine.count_tokens)
        draft.prompt = messages[-1].content
        draft.route = "refusal" if plan.intent in ("not_found", "not_recorded") else "model"
        stream = grounding.SentenceStream()
        failed = False
        for piece in engine.generate(
            messages,
            max_tokens=manifest.max_answer_tokens,
            cancel=cancel,
            copy=_copied(plan, manifest),
            allowed=grounding.allowed_figures(plan, manifest),
        ):
            if isinstance(piece, Completed):
                draft.tokens = piece.tokens
                draft.stopped = piece.reason == "cancelled"
                break
            assert isinstance(piece, Piece)
            if draft.first_token_ms is None:
                draft.first_token_ms = _since(started)
            draft.model_wrote = True
            failed = not (yield from _let_through(stream.feed(piece.text), plan, manifest, draft))
            failed = failed or rambles(draft.text, plan, manifest)
            if failed:
                break
        if draft.stopped:
            return
        failed = failed or not (yield from _let_through(stream.rest(), plan, manifest, draft))
        if failed or not grounding.check_answer(draft.text, plan, manifest).passed:
            draft.repaired += 1
            yield _replaced(exact_answer(plan), draft)
            return
        draft.said = draft.text
        yield from _show(appendix(plan), draft)

    # ---- finishing

    def _finished(self, plan: Plan, draft: _Draft, facts_ms: float, total_ms: float) -> Answer:
        text = draft.text.strip()
        cited = grounding.cited_facts(text, plan)
        timings = {"facts": facts_ms, "total": total_ms}
        if draft.first_token_ms is not None:
            timings["first_token"] = draft.first_token_ms
        engine = self.engine if draft.model_wrote else None
        return Answer(
            question=plan.question, text=draft.shown.strip(), language=plan.language, route=draft.route,
            facts=screened_facts(plan.facts, draft.banned),
            citations=tuple(fact.id for fact in cited), grounded=not grounding.ungrounded(text, cited, plan.question),
            repaired=draft.repaired, stopped=draft.stopped,
            model_name=engine.manifest.name if engine else None, model_device=engine.device if engine else None,
            tokens=draft.tokens, timings_ms=timings, notice=draft.notice,
            prompt=draft.banned.masked(draft.prompt), field=field_of(plan),
        )  # fmt: skip

    def _note_gap(self, plan: Plan, draft: _Draft, approved: Approved | None) -> None:
        if self._gaps is None or draft.stopped or draft.route == "approved":
            return
        if approved is not None:
            self._gaps.note(Gap(plan.question, plan.language, "outdated_answer", "answer", keys=keys_of(approved.plan)))
            return
        subject, support = subject_and_support(plan, self._catalogue.vocabulary())
        gap = gap_of(plan, wanted=wanted_kind(plan.question), subject=subject, support=support)
        if gap is not None:
            self._gaps.note(gap)


def _refuse_unusable(question: str) -> None:
    if not question.strip():
        raise UserFacingError("question_empty")
    if len(question) > LONGEST_QUESTION:
        raise UserFacingError("question_too_long", limit=LONGEST_QUESTION)


def _is_a_row(plan: Plan) -> bool:
    """Whether the answer is a whole row, of which a small model has nothing to phrase."""
    return plan.intent == "value" and len(plan.points) > _POINTS_PHRASED


def _say_exactly(plan: Plan, draft: _Draft) -> Iterator[Event]:
    draft.route = "refusal" if plan.intent in ("not_found", "not_recorded") else "exact"
    yield from _show(exact_answer(plan), draft)


def _let_through(
    cuts: Iterable[tuple[str, str, str]], plan: Plan, manifest: ModelManifest, draft: _Draft
) -> Generator[Event, None, bool]:
    """Show what passes, sentence by sentence; False at the first one that does not."""
    for sort, text, whole in cuts:
        if sort == "sentence" and not grounding.check_sentence(whole, plan, manifest).passed:
            return False
        yield from _show(text, draft)
    return True


def _show(text: str, draft: _Draft) -> Iterator[Event]:
    if not draft.text:
        # the answer's first word needs no space before it
        text = text.lstrip()
    if text:
        draft.text += text
        yield from _shown(draft.screen.feed(text), draft)


def _show_rest(draft: _Draft) -> Iterator[Event]:
    """What was held back while it might have become a banned word."""
    yield from _shown(draft.screen.rest(), draft)


def _shown(text: str, draft: _Draft) -> Iterator[Event]:
    if text:
        draft.shown += text
        yield TextDelta(text)


def _replaced(text: str, draft: _Draft) -> TextReplaced:
    """`text` in the place of all that was said so far."""
    draft.text, draft.shown = text, draft.banned.masked(text)
    draft.screen = draft.banned.screen()
    return TextReplaced(draft.shown)


def appendix(plan: Plan) -> str:
    """What code adds to a model's words: the quoted sentences, or the nearest products."""
    if plan.intent == "policy":
        return quotation(plan)
    if plan.intent == "not_found" and plan.facts:
        return f" {nearest_line(plan)}" if plan.language == "en" else nearest_line(plan)
    return ""


def _focus(plan: Plan) -> tuple[Focus, ...]:
    target = plan.target
    if target is None:
        return ()
    if plan.quotes:
        return (Focus(target.id, "body"),)
    return tuple(Focus(target.id, point.field) for point in plan.points)


def _copied(plan: Plan, manifest: ModelManifest) -> tuple[str, ...]:
    """What a model that follows a plan copies from it; a freer one is only checked."""
    return (*plan.must, *(point.name for point in plan.points)) if manifest.needs_plan else ()


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1000.0
