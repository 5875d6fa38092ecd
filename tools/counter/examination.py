"""The exam of ShopDesk Counter: shops, names and ways of asking it never met, judged as the app judges.

An answer is right when it passes the app's own check: it cites the planned fact, holds label and value
verbatim, and states no figure of its own.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from shopdesk.core import grounding
from shopdesk.core.prompting import SYSTEM
from shopdesk.core.types import ChatMessage, Fact, Language, Record
from tools.counter import phrases
from tools.counter.answering import Answering
from tools.counter.dialogue import MANIFEST, DialogueMaker, Turn
from tools.counter.phrases import Group
from tools.counter.unheard import UNHEARD


@dataclass(frozen=True, slots=True)
class Case:
    """One question of the exam. `part` says which part of the exam it belongs to."""

    part: str
    messages: list[ChatMessage]
    turn: Turn


@dataclass(frozen=True, slots=True)
class Mark:
    case: Case
    answer: str
    right: bool
    reason: str


def chat_of(turns: Sequence[Turn]) -> list[ChatMessage]:
    """The whole chat up to the question of the last of `turns`, the others as the app keeps them."""
    messages = [ChatMessage("system", SYSTEM)]
    for turn in turns[:-1]:
        messages += [ChatMessage("user", turn.prompt), ChatMessage("assistant", turn.heard)]
    return [*messages, ChatMessage("user", turns[-1].prompt)]


def unseen_shops(count: int, seed: int) -> Iterator[Case]:
    """Held-out names and held-out ways of asking, with earlier turns; all kinds of questions."""
    maker = DialogueMaker(random.Random(seed), held_out=True)
    for _ in range(count):
        turns = maker.conversation().turns
        yield Case("unseen shops", chat_of(turns), turns[-1])


class _ByHand(DialogueMaker):
    """Asks with the hand-written questions instead of the patterns."""

    def __init__(self, rng: random.Random, product: Callable[[Language], Record] | None = None) -> None:
        super().__init__(rng, held_out=True)
        self.wanted = ""
        if product is not None:
            self.shop.product = product  # type: ignore[method-assign]

    def _mention(self, record: Record, language: Language) -> str:
        return record.title_in(language)

    def _ask(self, groups: Sequence[Group], fill: Callable[[str], str]) -> tuple[str, Group]:
        return " ".join(fill(self.wanted).split()), groups[0]

    def _about_several(
        self, language: Language, facts: tuple[Fact, ...], target: Fact, follow: Sequence[str] | None
    ) -> Turn:
        return super()._about_several(language, facts, target, (self.wanted,))

    def _varied(self, question: str) -> str:
        return question

    def asked(self, language: Language, kind: str, pattern: str) -> Turn:
        self.wanted = pattern
        return self.turn(language, kind)


def unheard_questions(times: int, seed: int) -> Iterator[Case]:
    """Every hand-written question, `times` times, about held-out products."""
    maker = _ByHand(random.Random(seed))
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        for kind, patterns in UNHEARD[language].items():
            for pattern in patterns * times:
                turn = maker.asked(language, kind, pattern)
                yield Case("by hand", chat_of([turn]), turn)


def real_names(names: Sequence[str], count: int, seed: int) -> Iterator[Case]:
    """Questions about products that bear the given names; the other columns are made up."""
    rng = random.Random(seed)
    plain = DialogueMaker(rng, held_out=True).shop

    def product(titled: Language) -> Record:
        found = [
            name
            for name in rng.sample(list(names), min(40, len(names)))
            if (re.search("[\u4e00-\u9fff]", name) is not None) == (titled == "zh")
        ]
        record = plain.product(titled)
        attributes = {name: value for name, value in record.attributes.items() if not name.startswith("name_")}
        return replace(record, title=found[0] if found else record.title, attributes=attributes)

    maker = _ByHand(rng, product)
    languages: tuple[Language, ...] = ("zh", "en")
    for _ in range(count):
        language = rng.choice(languages)
        kind = rng.choice(tuple(UNHEARD[language]))
        turn = maker.asked(language, kind, rng.choice(UNHEARD[language][kind]))
        if turn.plan.target is not None and any(turn.plan.target.record.title == name for name in names):
            yield Case("real names", chat_of([turn]), turn)


def judged(case: Case, answer: str) -> Mark:
    """Whether the app would show `answer` as it is."""
    plan, text = case.turn.plan, answer.strip()
    if plan.target is None:
        known = phrases.NOT_FOUND if plan.intent == "not_found" else phrases.SMALL_TALK
        right = text in {pattern for group in known[plan.language] for pattern in group.answers}
        return Mark(case, text, right, "" if right else "another sort of answer")
    whole = grounding.check_answer(text, plan, MANIFEST)
    if whole.passed:
        whole = grounding.check_sentence(text, plan, MANIFEST)
    return Mark(case, text, whole.passed, whole.reason)


def examined(cases: Sequence[Case], answering: Answering, *, guided: bool) -> list[Mark]:
    """All answers marked. `guided`: names and values once begun are completed, as the app does it."""
    return [judged(case, answering(case.messages, case.turn.plan.must if guided else ())) for case in cases]


def table(marks: Sequence[Mark]) -> dict[str, dict[str, str]]:
    """Right of asked, by part and by kind and language: {"unseen shops": {"all": "280/300", "zh price": …}}."""
    counts: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        language = mark.case.turn.plan.language
        for row in ("all", f"{language} all", f"{language} {mark.case.turn.kind}"):
            counts[mark.case.part][row].append(mark.right)
    return {
        part: {row: f"{sum(right)}/{len(right)}" for row, right in sorted(rows.items())}
        for part, rows in counts.items()
    }
