"""A plan as JSON and back, nothing lost: by it an examined answer is judged with the app's own check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from shopdesk.core.plan import Intent, Plan, Point
from shopdesk.core.small_talk import Talk
from shopdesk.core.types import Fact, Kind, Language, Record


def plan_to_json(plan: Plan) -> dict[str, Any]:
    """`plan` as an object of JSON. A target among the facts stands as its place there, another one whole."""
    target: int | dict[str, Any] | None = None
    if plan.target is not None:
        target = plan.facts.index(plan.target) if plan.target in plan.facts else _fact_to_json(plan.target)
    return {
        "intent": plan.intent, "language": plan.language, "question": plan.question,
        "facts": [_fact_to_json(fact) for fact in plan.facts], "target": target, "label": plan.label,
        "points": [{"field": point.field, "name": point.name, "value": point.value} for point in plan.points],
        "must": list(plan.must), "quotes": list(plan.quotes),
        "answering": list(plan.answering), "asked": list(plan.asked), "talk": plan.talk,
    }  # fmt: skip


def plan_from_json(item: object) -> Plan:
    """The inverse of :func:`plan_to_json`. Raises ValueError that names the wrong field."""
    data = _object(item, "plan")
    facts = tuple(_fact_from_json(fact, f"facts[{index}]") for index, fact in enumerate(_list(data, "facts")))
    return Plan(
        _one_of(data, "intent", get_args(Intent)), _one_of(data, "language", get_args(Language)),
        _text(data, "question"), facts, _target(data.get("target"), facts), _text(data, "label"),
        tuple(_point_from_json(point, f"points[{index}]") for index, point in enumerate(_list(data, "points"))),
        _texts(data, "must"), _texts(data, "quotes"), _texts(data, "answering"), _texts(data, "asked"),
        None if data.get("talk") is None else _one_of(data, "talk", get_args(Talk)),
    )  # fmt: skip


def _fact_to_json(fact: Fact) -> dict[str, Any]:
    # Fact.to_json leaves empty fields out, but a prompt says of an empty field that it is not recorded
    record = fact.record
    return {
        "id": fact.id, "kind": record.kind, "key": record.key, "title": record.title, "as_of": record.as_of,
        "fields": dict(record.fields), "attributes": dict(record.attributes), "sample": record.sample,
        "stale": record.stale,
    }  # fmt: skip


def _fact_from_json(item: object, where: str) -> Fact:
    data = _object(item, where)
    number, sample, stale = data.get("id"), data.get("sample", False), data.get("stale", False)
    if not isinstance(number, int) or isinstance(number, bool):
        raise ValueError(f"{where}.id is no whole number")
    for name, value in (("sample", sample), ("stale", stale)):
        if not isinstance(value, bool):
            raise ValueError(f"{where}.{name} is neither true nor false")
    fields = _object(data.get("fields"), f"{where}.fields")
    attributes = _object(data.get("attributes", {}), f"{where}.attributes")
    for name, value in fields.items():
        if not isinstance(value, str | int | bool | None):
            raise ValueError(f"{where}.fields.{name} is no text, whole number, truth value or null")
    for name, value in attributes.items():
        if not isinstance(value, str):
            raise ValueError(f"{where}.attributes.{name} is no text")
    record = Record(
        _one_of(data, "kind", get_args(Kind), where), _text(data, "key", where), _text(data, "title", where),
        dict(fields), _text(data, "as_of", where), dict(attributes), sample, stale,
    )  # fmt: skip
    return Fact(number, record)


def _point_from_json(item: object, where: str) -> Point:
    data = _object(item, where)
    return Point(_text(data, "field", where), _text(data, "name", where), _text(data, "value", where))


def _target(item: object, facts: tuple[Fact, ...]) -> Fact | None:
    if item is None:
        return None
    if isinstance(item, int) and not isinstance(item, bool):
        if not 0 <= item < len(facts):
            raise ValueError(f"target {item} is no place among {len(facts)} facts")
        return facts[item]
    return _fact_from_json(item, "target")


def _object(item: object, where: str) -> Mapping[str, Any]:
    if not isinstance(item, Mapping):
        raise ValueError(f"{where} is no object")
    return item


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    if not isinstance(value, list):
        raise ValueError(f"{name} is no list")
    return value


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = _list(data, name)
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name} holds something that is no text")
    return tuple(values)


def _text(data: Mapping[str, Any], name: str, where: str = "") -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise ValueError(f"{where}{'.' if where else ''}{name} is no text")
    return value


def _one_of(data: Mapping[str, Any], name: str, known: tuple[str, ...], where: str = "") -> Any:
    value = _text(data, name, where)
    if value not in known:
        raise ValueError(f"{where}{'.' if where else ''}{name} is none of {', '.join(known)}: {value!r}")
    return value
