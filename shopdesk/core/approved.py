"""Answers that the shop's staff has approved: found for the same question in other words, and given only while true.

An approved text may hold places to be filled from rows: `{JKT-105.price}` names a row and a field, `{price}` the
field of the product or order that the question is about. What it says in figures otherwise is held against the
rows: where those speak of the same thing with other figures, the answer is out of date and is not given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shopdesk.core.figures import CITATION, figures, figures_of
from shopdesk.core.gaps import question_key
from shopdesk.core.plan import Plan, Point
from shopdesk.core.ports import Catalogue, SearchWish
from shopdesk.core.quoting import other_words
from shopdesk.core.sense import denies, likeness, sort_asked
from shopdesk.core.text import fold
from shopdesk.core.types import Fact, Language, Record
from shopdesk.core.understanding import Understanding, detect_language, understand
from shopdesk.core.wording import citation, field_named, value_text

_CANDIDATES = 12
_SAME = 0.999
"""How alike two questions must be to be one by their words alone; 1 is all of them."""
_NEARLY = 0.6
"""The same where both are also answered from the same sentences of the same rule."""
_PLACE = re.compile(r"\{\s*([^{}\s.][^{}]*?)\s*\}")
_UNITS = (
    r"元|块|折|%|天|日|小时|分钟|年|个?月|周|次|件|个|倍|分|点|号|楼|层"
    r"|days?|hours?|minutes?|months?|years?|weeks?|percent|times?"
)
_COUNTED = re.compile(rf"([¥$€£])?\s*(\d{{1,2}}:\d\d|\d[\d,.]*\d|\d)\s*({_UNITS})?")
_BY_KIND: Sequence[str] = ("exists", "policy", "list")
"""Kinds of question that say little: "有…吗" and "…吗" ask the same."""


@dataclass(frozen=True, slots=True)
class Approved:
    """What was found. `text` is the answer with its citations; `facts` are the approved row and those that fill it.

    Where `outdated` is set, the rows contradict the answer and `text` must not be shown.
    """

    plan: Plan
    text: str
    outdated: bool = False


class ApprovedAnswers:
    """The approved answers of one catalogue. `plan` makes the plan of a question that stands alone."""

    def __init__(self, catalogue: Catalogue, plan: Callable[[str], Plan]) -> None:
        self._catalogue = catalogue
        self._plan = plan

    def find(self, question: str, plan: Plan, *, alone: bool = True) -> Approved | None:
        """The approved answer to `question`, whose own plan is `plan`; None where none is surely meant.

        A question that is not asked `alone` may lean on the one before ("那红色的呢?"); then it is none of these.
        """
        wanted = SearchWish(" ".join((question, *other_words(question))), ("answer",), _CANDIDATES)
        hits = self._catalogue.search(wanted)
        if not hits:
            return None
        asked = _Read(question, understand(question, self._catalogue.vocabulary()))
        if not alone and (asked.read.elliptical or not asked.read.content):
            return None
        for hit in sorted(hits, key=lambda hit: question_key(hit.record.title) != asked.key):
            if self._answers(hit.record, asked, plan):
                return self._given(hit.record, question, plan)
        return None

    # ---- the same question?

    def _answers(self, record: Record, asked: _Read, plan: Plan) -> bool:
        if _language_of(record) != plan.language:
            return False
        approved = _Read(record.title, understand(record.title, self._catalogue.vocabulary()))
        if approved.key == asked.key:
            return True
        if approved.limits != asked.limits:
            return False
        alike = likeness(approved.question, asked.question) if approved.sort == asked.sort else 0.0
        if alike >= _SAME:
            return True
        if approved.fields != asked.fields:
            return False
        fields = asked.read.asked or asked.read.attributes
        if fields and likeness(approved.read.content, asked.read.content) >= _SAME:
            return True
        return plan.target is not None and self._same_plan(plan, self._plan(record.title), alike)

    @staticmethod
    def _same_plan(plan: Plan, other: Plan, alike: float) -> bool:
        """Whether two questions are answered alike: the same values of the same row, the same sentences of a rule."""
        if plan.target is None or other.target is None or _identity(other.target) != _identity(plan.target):
            return False
        if plan.intent == "policy":
            return other.answering == plan.answering and alike >= _NEARLY
        return other.intent == plan.intent and other.points == plan.points and other.label == plan.label

    # ---- is it still true?

    def _given(self, record: Record, question: str, plan: Plan) -> Approved:
        answer = str(record.fields.get("answer") or "")
        facts = [Fact(1, record)]
        filled = self._filled(answer, plan, facts)
        outdated = filled is None or self._is_outdated(answer, filled, record, plan)
        text = filled or ""
        # the card shows what is said, not the places that were filled
        facts[0] = Fact(1, replace(record, fields={**record.fields, "answer": CITATION.sub("", text)}))
        point = Point("answer", "", text)
        whole = replace(
            plan, intent="value", question=question, facts=tuple(facts), target=facts[0], label=record.title,
            points=(point,), must=(), quotes=(), asked=("answer",),
        )  # fmt: skip
        return Approved(whole, _cited(text, plan.language), outdated)

    def _filled(self, answer: str, plan: Plan, facts: list[Fact]) -> str | None:
        """The answer with its places filled, each value cited; None where a row or a value is missing."""
        missing = False

        def fill(match: re.Match[str]) -> str:
            nonlocal missing
            record, name = self._row_and_field(match.group(1), plan)
            field = field_named(name, record) if record is not None else None
            value = value_text(record, field, plan.language) if record is not None and field else None
            if record is None or value is None:
                missing = True
                return ""
            known = next((fact for fact in facts if fact.record == record), None)
            if known is None:
                known = Fact(len(facts) + 1, record)
                facts.append(known)
            return f"{value} {citation(known.id)}"

        filled = _PLACE.sub(fill, answer)
        return None if missing else filled

    def _row_and_field(self, place: str, plan: Plan) -> tuple[Record | None, str]:
        key, dot, name = place.rpartition(".")
        if not dot:
            target = plan.target.record if plan.target is not None else None
            return (target if target is not None and target.kind != "computed" else None), place
        found = self._catalogue.by_code(key)
        return (found[0] if len(found) == 1 else None), name

    def _is_outdated(self, answer: str, filled: str, record: Record, plan: Plan) -> bool:
        """Whether the rows that the question leads to say other figures of the same sort than the answer does."""
        own = _PLACE.sub(" ", answer)
        said = figures(own) - figures(plan.question) - figures(record.title)
        if not said:
            return False
        about = self._plan(record.title)
        rows = [fact for each in (plan, about) for fact in each.facts if fact.id in each.sources]
        loose = said - frozenset[str]().union(*(figures_of(fact) for fact in rows))
        if not loose:
            return False
        values = [" ".join(point.value for point in each.points) for each in (plan, about)]
        if any(figures(value) and figures(value) <= figures(filled) for value in values):
            return False  # it says what the row says, and something of its own beside it
        spoken = " ".join([*values, *(quote for each in (plan, about) for quote in each.quotes)])
        units = {_unit(match) for match in _COUNTED.finditer(fold(spoken))}
        if not any(each.intent == "value" for each in (plan, about)):
            units.discard("")  # a bare number in a list or rule is of no sort
        return any(
            _unit(match) in units for match in _COUNTED.finditer(fold(own)) if figures(match.group(2)) & loose
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    """A question with what two of them must have in common to be one: `limits` always, the rest by its sense."""

    question: str
    read: Understanding

    @property
    def key(self) -> str:
        return question_key(self.question)

    @property
    def sort(self) -> str:
        return sort_asked(self.question)

    @property
    def fields(self) -> tuple[object, ...]:
        """What is asked for, in any words."""
        read = self.read
        return frozenset(read.asked), frozenset(read.attributes), read.kinds.difference(_BY_KIND)

    @property
    def limits(self) -> tuple[object, ...]:
        read = self.read
        return (
            frozenset(read.codes), frozenset(min(colors) for colors in read.colors),
            frozenset(min(sizes) for sizes in read.sizes), read.low, read.high, read.quantities,
            figures(self.question), denies(self.question),
        )  # fmt: skip


def _language_of(record: Record) -> Language:
    said = record.fields.get("language")
    if said in ("zh", "en"):
        return "zh" if said == "zh" else "en"
    return detect_language(record.title)


def _identity(fact: Fact) -> tuple[str, str, str]:
    record = fact.record
    return record.kind, record.key, str(record.fields.get("store") or "")


def _unit(match: re.Match[str]) -> str:
    sign, number, unit = match.groups()
    if ":" in number:
        return "clock"
    if sign or unit in ("元", "块"):
        return "money"
    return (unit or "").rstrip("s").removeprefix("个")


def _cited(text: str, language: Language) -> str:
    """The answer with the mark of the approved row at its end, before the last full stop."""
    text = text.strip()
    end = text[-1:] if text[-1:] in ("。", ".", "!", "！", "?", "？") else ""
    body = text.removesuffix(end)
    return f"{body} {citation(1)}{end or ('。' if language == 'zh' else '.')}"
