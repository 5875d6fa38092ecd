"""The question file of an exam: JSON Lines, one question with its gold a line.

    {"id": "q1", "lang": "zh", "kind": "price", "question": "…", "history": [{"question": "…", "answer": "…"}],
     "expect": {"all": ["899.00"], "any": [], "none": [], "keys": ["SKU-1"], "cheaper": "SKU-1", "refuse": false}}

`history` and every part of `expect` may be left out. What `expect` means:

all      each must stand in the answer; a list among them is satisfied by any one of its members
any      at least one must stand in the answer; a list among them needs all of its members
none     none may stand in the answer
keys     the record with this key must be cited; a list among them: any one of these
cheaper  the key of the product that the answer must not call the dearer one
refuse   true: the shop cannot know this, and the answer must say so; null: it may say so, as in "we have
         no size XXL"; false or left out: the shop knows, so a refusal is wrong even if it mentions the right words

An expectation that is a number is compared by value (899 = 899.00 = ¥899.00), any other as text
without regard to case, spaces and character width.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Item = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    all: tuple[Item, ...] = ()
    any: tuple[Item, ...] = ()
    none: tuple[str, ...] = ()
    keys: tuple[Item, ...] = ()
    cheaper: str | None = None
    refuse: bool | None = False

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Expectation:
        unknown = set(data) - {"all", "any", "none", "keys", "cheaper", "refuse"}
        if unknown:
            raise ValueError(f"unknown expectations: {', '.join(sorted(unknown))}")
        return cls(
            all=_items(data.get("all", ())), any=_items(data.get("any", ())), none=tuple(data.get("none", ())),
            keys=_items(data.get("keys", ())), cheaper=data.get("cheaper"), refuse=data.get("refuse", False),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        parts: dict[str, Any] = {
            "all": _plain(self.all), "any": _plain(self.any), "none": list(self.none), "keys": _plain(self.keys),
            "cheaper": self.cheaper,
        }  # fmt: skip
        return {name: value for name, value in parts.items() if value} | {"refuse": self.refuse}


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    lang: str
    kind: str
    text: str
    expect: Expectation
    history: tuple[Mapping[str, str], ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Question:
        return cls(
            id=str(data["id"]), lang=data["lang"], kind=data["kind"], text=data["question"],
            expect=Expectation.from_json(data["expect"]), history=tuple(data.get("history", ())),
        )  # fmt: skip

    def to_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {"id": self.id, "lang": self.lang, "kind": self.kind, "question": self.text}
        if self.history:
            data["history"] = [dict(turn) for turn in self.history]
        return data | {"expect": self.expect.to_json()}


def read_questions(path: Path) -> list[Question]:
    """The questions of a file. Raises ValueError that names the line of a broken one."""
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            questions.append(Question.from_json(json.loads(line)))
        except (KeyError, TypeError, ValueError) as problem:
            raise ValueError(f"{path}, line {number}: {problem!r}") from problem
    return questions


def write_questions(path: Path, questions: Iterable[Question]) -> None:
    lines = [json.dumps(question.to_json(), ensure_ascii=False) + "\n" for question in questions]
    path.write_text("".join(lines), encoding="utf-8")


def _items(values: Iterable[Any]) -> tuple[Item, ...]:
    return tuple(value if isinstance(value, str) else tuple(value) for value in values)


def _plain(items: Iterable[Item]) -> list[Any]:
    return [item if isinstance(item, str) else list(item) for item in items]
