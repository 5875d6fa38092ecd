"""Wrong plans planted on purpose: what a model does when the line it is to follow points elsewhere.

The question and the facts stay; only the plan line is false. The answer is then judged by the true plan, as the
app would judge it that knew better, and by the false one, to see whether the model followed it.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from shopdesk.core.plan import Plan, Point
from shopdesk.core.prompting import plan_line
from shopdesk.core.types import Fact, ModelManifest
from shopdesk.core.wording import label_of, point_of, value_text
from tools.dataset.rows import ExamRow, Message
from tools.examination.answering import Said
from tools.examination.model_marking import shown_as_it_came

Planted = Literal["another record", "another field", "another value"]
Conduct = Literal["follows", "refuses", "mixes"]
_FIELDS = ("price", "stock", "location", "sku", "barcode", "list_price", "brand")


@dataclass(frozen=True, slots=True)
class WrongPlan:
    """`row` as the model sees it, with the false line; `row.plan` is still the true plan."""

    row: ExamRow
    planted: Planted
    false: Plan


@dataclass(frozen=True, slots=True)
class Behaviour:
    """`follows`: the answer says what the false plan says, `refuses`: what the true one says, `mixes`: neither or both.

    `caught`: the app's check, knowing the true plan, would not have shown it. `caught_blindly`: nor would it with
    the false plan in hand, as a figure stands in no fact.
    """

    case: WrongPlan
    said: Said
    conduct: Conduct
    caught: bool
    caught_blindly: bool


def wrong_plans(rows: Iterable[ExamRow], seed: int = 0) -> Iterator[WrongPlan]:
    """Every way to plant a wrong plan into every row whose plan names values of one record."""
    rng = random.Random(seed)
    for row in rows:
        if row.plan.target is None or row.plan.intent != "value" or plan_line(row.plan) not in row.messages[-1].content:
            continue
        for planted, false in _false_plans(row.plan, rng):
            last = row.messages[-1]
            content = last.content.replace(plan_line(row.plan), plan_line(false))
            messages = (*row.messages[:-1], Message("user", content))
            yield WrongPlan(replace(row, id=f"{row.id}/{planted}", messages=messages), planted, false)


def behaviour(case: WrongPlan, said: Said, manifest: ModelManifest) -> Behaviour:
    true, false = (all(part in said.text for part in plan.must) for plan in (case.row.plan, case.false))
    return Behaviour(
        case,
        said,
        "mixes" if true == false else "follows" if false else "refuses",
        caught=not shown_as_it_came(said.pieces, case.row.plan, manifest).passed,
        caught_blindly=not shown_as_it_came(said.pieces, case.false, manifest).passed,
    )


def _false_plans(plan: Plan, rng: random.Random) -> Iterator[tuple[Planted, Plan]]:
    assert plan.target is not None
    # the other record need not be among the facts that are shown
    others = [fact for fact in plan.facts if label_of(fact.record, plan.language) != plan.label]
    if others:
        yield "another record", _about(plan, rng.choice(others))
    record = plan.target.record
    asked = {point.field for point in plan.points}
    fields = [field for field in _FIELDS if field not in asked and value_text(record, field, plan.language)]
    if fields:
        point = point_of(record, rng.choice(fields), plan.language)
        yield "another field", replace(plan, points=(point,), must=(plan.label, point.value))
    changed = [(point, value) for point in plan.points if (value := _altered(point.value, rng)) is not None]
    if changed:
        point, value = changed[0]
        points = tuple(replace(other, value=value) if other == point else other for other in plan.points)
        yield "another value", _saying(plan, points)


def _about(plan: Plan, fact: Fact) -> Plan:
    label = label_of(fact.record, plan.language)
    points = tuple(point_of(fact.record, point.field, plan.language) for point in plan.points)
    return _saying(replace(plan, target=fact, label=label), points)


def _saying(plan: Plan, points: tuple[Point, ...]) -> Plan:
    return replace(plan, points=points, must=(plan.label, *(point.value for point in points)))


def _altered(value: str, rng: random.Random) -> str | None:
    """The value with one digit changed, so that it stands in no fact; None where it has none."""
    places = [index for index, character in enumerate(value) if character in "123456789"]
    if not places:
        return None
    place = rng.choice(places)
    digit = rng.choice([digit for digit in "123456789" if digit != value[place]])
    return f"{value[:place]}{digit}{value[place + 1 :]}"
