"""Gaps: questions that the shop's data could not answer, or not surely, with what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shopdesk.core.plan import Plan
from shopdesk.core.text import runs
from shopdesk.core.types import Kind, Language
from shopdesk.core.wording import not_recorded

_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
Reason = Literal["not_found", "not_recorded", "unsure", "outdated_answer", "down_voted"]


@dataclass(frozen=True, slots=True)
class Gap:
    """One question and what was wrong with its answer.

    reason: `not_found` (nothing in the shop's data), `not_recorded` (the row is known, the field empty), `unsure`
    (answered, though the row says little of what was asked), `outdated_answer` (an approved answer whose figures
    are no longer those of the rows), `down_voted`. `kind` is the kind of row that was looked for, `field` the missing
    or doubted field as people call it ("" where a whole row is missing), `subject` what the question is about in its
    own words, `keys` the rows that the answer spoke of.
    """

    question: str
    language: Language
    reason: Reason
    kind: Kind
    field: str = ""
    subject: str = ""
    keys: tuple[str, ...] = ()


def question_key(question: str) -> str:
    """One spelling for one question, whatever its width, case, spaces and punctuation."""
    return _BETWEEN_HAN.sub("", " ".join(runs(question)))


def gap_of(plan: Plan, *, wanted: Kind, subject: str, support: float) -> Gap | None:
    """The gap that an answer by `plan` leaves, None where it leaves none.

    `wanted` is the kind of row that was looked for where none was found; `subject` the words of the question that name
    something; `support` the share of the question's
    subject that the row answered from speaks of (0 to 1).
    """
    if plan.intent == "not_found":
        return Gap(plan.question, plan.language, "not_found", wanted, subject=subject)
    target = plan.target
    if target is None:
        return None
    empty = not_recorded(plan.language)
    missing = [point.name for point in plan.points if point.value == empty]
    if missing:
        return _about(plan, "not_recorded", missing[0], subject)
    return _about(plan, "unsure", field_of(plan), subject) if support < SUPPORTED else None


SUPPORTED = 0.5
"""The share of a question's subject that the row answered from must speak of, else the answer counts as unsure."""


def field_of(plan: Plan) -> str:
    """The field that an answer says, as people call it; "" where it quotes or sums up."""
    return plan.points[0].name if plan.points and plan.intent in ("value", "not_recorded") else ""


def keys_of(plan: Plan) -> tuple[str, ...]:
    """The keys of the rows that an answer rests on."""
    resting = [fact for fact in plan.facts if fact.id in plan.sources and fact.record.kind != "computed"]
    return tuple(fact.record.key for fact in resting)


def _about(plan: Plan, reason: Reason, field: str, subject: str) -> Gap:
    resting = [fact for fact in plan.facts if fact.id in plan.sources and fact.record.kind != "computed"]
    kind: Kind = resting[0].record.kind if resting else "product"
    return Gap(plan.question, plan.language, reason, kind, field, subject, keys_of(plan))
