"""Stored messages as the window shows them again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from shopdesk.core.types import Fact
from shopdesk.gui.ports import StoredMessageLike


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands under a finished answer."""

    route: str
    grounded: bool
    repaired: int
    stopped: bool
    as_of: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """A stored question; `text` and `footer` are None where no answer came."""

    question: str
    text: str | None
    facts: tuple[Fact, ...]
    footer: Footer | None
    vote: str = ""
    """What was thought of it: "up", "down" or "" for nothing."""


def stored_answer(message: StoredMessageLike, vote: str = "") -> StoredAnswer:
    """Read one stored message. Unreadable JSON costs its cards, never the conversation."""
    answer = _loaded(message.answer_json)
    answer = answer if isinstance(answer, dict) else {}
    listed = answer.get("facts") if answer else _loaded(message.facts_json)
    facts = (
        tuple(fact for item in listed or () if (fact := _fact(item)) is not None) if isinstance(listed, list) else ()
    )
    footer = None
    if message.answer_text is not None:
        footer = Footer(
            str(answer.get("route", "")), bool(answer.get("grounded", False)), int(answer.get("repaired", 0)),
            bool(answer.get("stopped", False)), newest(facts),
        )  # fmt: skip
    return StoredAnswer(message.question, message.answer_text, facts, footer, vote)


def newest(facts: tuple[Fact, ...]) -> str:
    """The latest moment at which one of the facts was known; empty without facts."""
    return max((fact.record.as_of for fact in facts), default="")


def _loaded(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return None


def _fact(item: Any) -> Fact | None:
    try:
        return Fact.from_json(item)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
