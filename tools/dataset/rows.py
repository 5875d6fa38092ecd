"""The rows of a dataset: conversations to learn from, and questions with their plan to be examined by.

    {"id": "…", "class": "product", "kind": "price", "language": "zh", "source": "shop",
     "messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…", "weight": 1}],
     "emphasis": [[message, start, end, weight], …]}

Learned are the assistant's messages with their weight (1 when none stands there, 0: only history) and the end mark
after them; `emphasis` gives spans of characters in other messages a weight. An exam row ends with the question and has
`plan` and `reference` besides.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from shopdesk.core.plan import Plan
from shopdesk.core.types import Language
from tools.dataset.json_lines import OnBad, checked_text, read_lines, text_of, write_lines
from tools.dataset.plans import plan_from_json, plan_to_json

Class = Literal["product", "order", "policy", "promotion", "multi_turn", "general"]
CLASSES: tuple[Class, ...] = get_args(Class)
Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """`weight` is 0 for all that is not learned; 1 is a learned answer's usual one."""

    role: Role
    content: str
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Characters `start` to `end` of the message at place `message`, learned with `weight`."""

    message: int
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Row:
    """A conversation; `class_name` is `class` in the file."""

    id: str
    class_name: Class
    kind: str
    language: Language
    source: str
    messages: tuple[Message, ...]
    emphasis: tuple[Emphasis, ...] = ()


@dataclass(frozen=True, slots=True)
class ExamRow(Row):
    """A question (the last message) with the plan that its answer is judged by.

    `reference` is the answer that the dataset would teach, perhaps "".
    """

    plan: Plan = field(kw_only=True)
    reference: str = field(kw_only=True)


def answer(content: str, weight: float = 1.0) -> Message:
    """An assistant's message that is learned; with weight 0 one that is only history."""
    return Message("assistant", content, weight)


def read_rows(path: Path, on_bad: OnBad | None = None) -> Iterator[Row]:
    """The rows of train.jsonl or valid.jsonl, one at a time. Raises ToolError naming file, line and field."""
    return read_lines(path, row_from_json, on_bad)


def read_exam(path: Path, on_bad: OnBad | None = None) -> Iterator[ExamRow]:
    """The rows of exam.jsonl, one at a time. Raises ToolError naming file, line and field."""
    return read_lines(path, exam_row_from_json, on_bad)


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Rows (exam rows too) as JSON Lines, `.partial` until whole. Raises ToolError."""
    write_lines(path, map(row_to_json, rows))


def row_to_json(row: Row) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": row.id, "class": row.class_name, "kind": row.kind, "language": row.language, "source": row.source,
        "messages": [_message_to_json(message) for message in row.messages],
    }  # fmt: skip
    if row.emphasis:
        data["emphasis"] = [[part.message, part.start, part.end, part.weight] for part in row.emphasis]
    if isinstance(row, ExamRow):
        data |= {"plan": plan_to_json(row.plan), "reference": row.reference}
    return data


def row_from_json(item: Mapping[str, Any]) -> Row:
    """A row to learn from. Raises ValueError that names the field."""
    row = Row(**_parts(item))
    if not any(message.weight > 0 for message in row.messages):
        raise ValueError("'messages' hold no answer to learn")
    return row


def exam_row_from_json(item: Mapping[str, Any]) -> ExamRow:
    """A row to be examined by. Raises ValueError that names the field."""
    parts = _parts(item)
    if parts["messages"][-1].role != "user":
        raise ValueError("'messages' do not end with the user's")
    if "plan" not in item:
        raise ValueError("'plan' is missing")
    return ExamRow(**parts, plan=plan_from_json(item["plan"]), reference=text_of(item, "reference", empty=True))


def _parts(item: Mapping[str, Any]) -> dict[str, Any]:
    messages = _messages(item)
    return {
        "id": text_of(item, "id"), "class_name": _one_of(item, "class", CLASSES), "kind": text_of(item, "kind"),
        "language": _one_of(item, "language", get_args(Language)), "source": text_of(item, "source"),
        "messages": messages, "emphasis": _emphasis(item, messages),
    }  # fmt: skip


def _messages(item: Mapping[str, Any]) -> tuple[Message, ...]:
    found = item.get("messages")
    if not isinstance(found, list) or not found:
        raise ValueError("'messages' is no list of messages" if "messages" in item else "'messages' is missing")
    messages = tuple(_message(message, f"'messages'[{place}]") for place, message in enumerate(found))
    turns = [message.role for message in messages[1 if messages[0].role == "system" else 0 :]]
    if not turns or any(role != ("user", "assistant")[place % 2] for place, role in enumerate(turns)):
        raise ValueError("'messages' are not user and assistant in turn (after one system message at most)")
    return messages


def _message(item: object, where: str) -> Message:
    if not isinstance(item, Mapping):
        raise ValueError(f"{where} is no object")
    role: Any = item.get("role")
    if role not in get_args(Role):
        raise ValueError(f"{where} has no 'role' of {', '.join(get_args(Role))}")
    weight = item.get("weight", 1 if role == "assistant" else 0)
    if not _is_weight(weight):
        raise ValueError(f"{where} has a 'weight' that is no number from 0 up")
    if weight and role != "assistant":
        raise ValueError(f"{where} has a 'weight', but only answers are learned whole; use 'emphasis'")
    content = checked_text(item.get("content"), f"{where} 'content'", empty=role == "system")
    return Message(role, content, float(weight))


def _message_to_json(message: Message) -> dict[str, Any]:
    data: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.role == "assistant" and message.weight != 1.0:
        data["weight"] = message.weight
    return data


def _emphasis(item: Mapping[str, Any], messages: tuple[Message, ...]) -> tuple[Emphasis, ...]:
    found = item.get("emphasis", [])
    if not isinstance(found, list):
        raise ValueError("'emphasis' is no list")
    return tuple(_span(span, f"'emphasis'[{place}]", messages) for place, span in enumerate(found))


def _span(span: object, where: str, messages: tuple[Message, ...]) -> Emphasis:
    if not isinstance(span, list) or len(span) != 4 or not all(_is_weight(part) for part in span):
        raise ValueError(f"{where} is not [message, start, end, weight]")
    place, start, end, weight = span
    if not all(isinstance(part, int) for part in (place, start, end)) or place >= len(messages):
        raise ValueError(f"{where} points to no message")
    if not start < end <= len(messages[place].content):
        raise ValueError(f"{where} is no span of its message")
    if messages[place].weight:
        raise ValueError(f"{where} lies in an answer that is learned anyhow")
    return Emphasis(place, start, end, float(weight))


def _is_weight(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value >= 0


def _one_of(item: Mapping[str, Any], name: str, known: tuple[str, ...]) -> Any:
    value = text_of(item, name)
    if value not in known:
        raise ValueError(f"{name!r} is none of {', '.join(known)}: {value!r}")
    return value
