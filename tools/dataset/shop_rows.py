"""Rows about one shop: questions its planner understood, the app's own prompts, answers that its check lets through."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from shopdesk.core.assistant import HISTORY_READ, appendix
from shopdesk.core.plan import Plan
from shopdesk.core.ports import SearchWish
from shopdesk.core.prompting import build_messages
from shopdesk.core.types import Exchange, Fact, Language
from shopdesk.core.wording import citation, exact_answer
from tools.dataset.asking import FIELDS, Asked, Asker
from tools.dataset.form import Form
from tools.dataset.holding_out import Holdout
from tools.dataset.phrasings import Phrasing, Split
from tools.dataset.references import class_of, kind_of, passes, reference
from tools.dataset.rows import Emphasis, ExamRow, Message, Row, answer
from tools.dataset.shop import Answered, Shop

KINDS = {
    "price": 11, "list_price": 3, "stock": 11, "location": 5, "sku": 2.5, "barcode": 2, "color": 2, "size": 2,
    "brand": 1.5, "category": 1, "description": 2, "attribute": 8, "not_recorded": 3, "several": 4, "two": 3,
    "compare": 5, "total": 3, "basket": 1.5, "cheapest": 2, "dearest": 1, "list": 3, "count": 1.5, "recommend": 3.5,
    "absent": 3.5, "order": 4, "order_field": 4, "order_missing": 1.2, "policy": 3.5, "rule": 6, "promotion": 4,
    "running": 1, "small_talk": 1.2, "distractor": 5, "multi_turn": 15,
}  # fmt: skip
"""Each kind of question with its share, in hundredths or so, as far as the shop has something to ask it about."""
_FIRST_KINDS = (*FIELDS, "attribute", "several", "two", "order", "order_field", "rule", "policy", "compare", "list")
_ATTEMPTS = 5
"""Tries for one row before another kind is drawn."""
_REPAIRED = 0.12
"""How often an earlier answer in a conversation is the app's own, as after a sentence that did not pass."""
_SWITCHED = 0.1


@dataclass(slots=True)
class Tally:
    """What was tried and left out, by kind: questions that were read otherwise, and plans that no answer suits."""

    read_otherwise: Counter[str] = field(default_factory=Counter)
    held_back: Counter[str] = field(default_factory=Counter)
    no_answer: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.read_otherwise += other.read_otherwise
        self.held_back += other.held_back
        self.no_answer += other.no_answer

    def to_json(self) -> dict[str, dict[str, int]]:
        return {
            "read_otherwise": dict(sorted(self.read_otherwise.items())),
            "held_back": dict(sorted(self.held_back.items())),
            "no_answer": dict(sorted(self.no_answer.items())),
        }


@dataclass(frozen=True, slots=True)
class _Turn:
    """A question that was understood, with its answer; `heard` is what stands in the conversation afterwards."""

    plan: Plan
    phrasing: Phrasing
    answer: str
    heard: Exchange


class RowMaker:
    """Rows of one split, one after another."""

    def __init__(self, shop: Shop, holdout: Holdout, split: Split, form: Form, rng: random.Random) -> None:
        self.shop, self.holdout, self.form, self.rng = shop, holdout, form, rng
        self.split: Split = split
        self.asker = Asker(shop, holdout, split, rng)
        self.tally = Tally()

    def rows(self, count: int) -> Iterator[Row]:
        """At most `count` rows; fewer where the shop gives no more."""
        kinds, weights = zip(*KINDS.items(), strict=True)
        made, in_vain = 0, 0
        while made < count and in_vain < 40:
            kind: str = self.rng.choices(kinds, weights)[0]
            row = self._row(kind)
            if row is None:
                in_vain += 1
                continue
            made, in_vain = made + 1, 0
            yield row

    def _row(self, kind: str) -> Row | None:
        for _ in range(_ATTEMPTS):
            language: Language = self.rng.choice(("zh", "en"))
            row = self._row_in(language, kind)
            if row is not None:
                return row
        return None

    def _row_in(self, language: Language, kind: str) -> Row | None:
        if kind == "multi_turn":
            return self._conversation(language)
        if kind == "distractor":
            return self._among_others(language)
        turn = self._turn(kind, language, ())
        return self._written([turn]) if turn is not None else None

    # ---- turns

    def _turn(self, kind: str, language: Language, history: Sequence[Exchange]) -> _Turn | None:
        asked = self.asker.ask(kind, language)
        return self._answered(kind, asked, language, history) if asked is not None else None

    def _answered(self, kind: str, asked: Asked, language: Language, history: Sequence[Exchange]) -> _Turn | None:
        """The turn that a question makes, unless it is read otherwise, held back or without an answer that passes."""
        plan = self.shop.planner.plan(asked.text, history)
        if plan.language != language or not asked.fits(plan):
            self.tally.read_otherwise[kind] += 1
            return None
        if not self.holdout.allows(plan, self.split):
            self.tally.held_back[kind] += 1
            return None
        said = reference(plan, asked.phrasing, self.form.manifest, self.rng)
        if said is None:
            self.tally.no_answer[kind] += 1
            return None
        return self._as_turn(plan, asked.phrasing, said, history)

    def _as_turn(self, plan: Plan, phrasing: Phrasing, said: str, history: Sequence[Exchange]) -> _Turn:
        """With what the app would keep of it: the answer as shown, and the prompt if the model was asked at all."""
        if plan.intent == "not_found":
            return _Turn(plan, phrasing, said, Exchange(plan.question, exact_answer(plan).strip(), plan.facts))
        prompt = self._messages(plan, history)[-1].content
        shown = exact_answer(plan) if self.rng.random() < _REPAIRED else said + appendix(plan)
        return _Turn(plan, phrasing, said, Exchange(plan.question, shown.strip(), plan.facts, prompt))

    def _conversation(self, language: Language) -> Row | None:
        """Two or three turns, the later ones mostly leaning on the one before."""
        first = self._turn(self.rng.choice(_FIRST_KINDS), language, ())
        if first is None:
            return None
        turns = [first]
        wanted = self.rng.choices((2, 3, 4), (0.6, 0.3, 0.1))[0]
        for _ in range(wanted * 3):
            if len(turns) == wanted:
                break
            if self.rng.random() < _SWITCHED:
                language = "en" if language == "zh" else "zh"
            history = [turn.heard for turn in turns]
            leaning = self.asker.follow(turns[-1].plan, language) if self.rng.random() < 0.8 else None
            if leaning is not None:
                turn = self._answered("multi_turn", leaning, language, history)
            else:
                turn = self._turn(self.rng.choice(_FIRST_KINDS), language, history)
            if turn is not None:
                turns.append(turn)
        return self._written(turns) if len(turns) > 1 else None

    def _among_others(self, language: Language) -> Row | None:
        """A question about one product whose prompt holds the rows that come near it as well."""
        turn = self._turn(self.rng.choice((*FIELDS, "attribute")), language, ())
        target = turn.plan.target if turn else None
        if turn is None or target is None or turn.plan.intent != "value" or target.record.kind != "product":
            return None
        title = target.record.title_in(language)
        near = [hit.record for hit in self.shop.catalogue.search(SearchWish(title, limit=12))]
        near += self.rng.sample(self.asker.products, min(2, len(self.asker.products)))
        others = [r for r in near if r.key != target.record.key and self.holdout.split_of(r) == self.split]
        self.rng.shuffle(others)
        records = [target.record, *others[: self.rng.randint(1, max(1, self.form.manifest.facts_per_prompt - 1))]]
        self.rng.shuffle(records)
        facts = tuple(Fact(number, record) for number, record in enumerate(records, 1))
        moved = next(fact for fact in facts if fact.record is target.record)
        plan = replace(turn.plan, facts=facts, target=moved)
        said = reference(plan, turn.phrasing, self.form.manifest, self.rng)
        return self._written([self._as_turn(plan, turn.phrasing, said, ())], "distractor") if said else None

    # ---- rows

    def answered_row(self, pair: Answered) -> Row | None:
        """A row that teaches an answer which the shop found right, where its rows bear the answer out.

        An answer to what stands in no row is left out: a model that learned it would answer without facts.
        """
        plan = self.shop.planner.plan(pair.question)
        if (plan.target is None and plan.intent != "small_talk") or not self.holdout.allows(plan, self.split):
            return None
        said = " ".join(pair.answer.split())
        if plan.target is not None and citation(plan.target.id) not in said:
            end = len(said.rstrip("。.!！?？"))
            space = "" if said[:end][-1:] > "\u2e80" else " "
            said = (
                f"{said[:end]}{space}{citation(plan.target.id)}{said[end:] or ('。' if plan.language == 'zh' else '.')}"
            )
        if not passes(said, plan, self.form.manifest):
            return None
        phrasing = Phrasing("approved", plan.language, pair.question)
        return self._written([self._as_turn(plan, phrasing, said, ())], "approved")

    def _messages(self, plan: Plan, history: Sequence[Exchange]) -> list[Message]:
        built = build_messages(plan, history[-HISTORY_READ:], self.form.manifest, self.form.count_tokens)
        return [Message(message.role, message.content) for message in built]

    def _written(self, turns: Sequence[_Turn], kind: str = "") -> Row:
        last = turns[-1]
        history = [turn.heard for turn in turns[:-1]]
        messages = self._messages(last.plan, history)
        emphasis: list[Emphasis] = []
        learned = {
            turn.heard.prompt: (turn.plan, self.form.learned(turn.answer)) for turn in turns if turn.heard.prompt
        }
        learned[messages[-1].content] = (last.plan, self.form.learned(last.answer))
        for place, message in enumerate(messages):
            if message.role == "user" and message.content in learned:
                plan, said = learned[message.content]
                emphasis += self.form.emphasis(place, message.content, plan)
                # an earlier answer is learned too, where it stands in the conversation just as it is to be given
                if place + 1 < len(messages) and messages[place + 1].content == said:
                    messages[place + 1] = answer(said)
        for_exam = self.split == "exam"
        if not for_exam:
            messages.append(answer(self.form.learned(last.answer)))
        asked = last.phrasing.kind.removeprefix("then_")
        parts: dict[str, Any] = {
            "id": f"shop-{self.split}-{'+'.join(turn.phrasing.id for turn in turns)}",
            "class_name": "multi_turn" if len(turns) > 1 else class_of(last.plan, asked),
            "kind": kind or (asked if last.plan.intent == "not_found" else kind_of(last.plan)),
            "language": last.plan.language, "source": "shop", "messages": tuple(messages), "emphasis": tuple(emphasis),
        }  # fmt: skip
        if for_exam:
            return ExamRow(**parts, plan=_ageless(last.plan), reference=self.form.learned(last.answer))
        return Row(**parts)


def _ageless(plan: Plan) -> Plan:
    """The plan with no row called out of date: that is true of a day, and the same shop makes the same rows on any."""
    facts = tuple(replace(fact, record=replace(fact.record, stale=False)) for fact in plan.facts)
    target = plan.target and replace(plan.target, record=replace(plan.target.record, stale=False))
    return replace(plan, facts=facts, target=target)
