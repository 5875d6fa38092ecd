"""What an answer is going to say, decided by code before any model speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shopdesk.core.small_talk import Talk
from shopdesk.core.types import Fact, Language

Intent = Literal[
    "value",  # one or more fields of one record
    "computed",  # a comparison, total, list or count that code worked out
    "policy",  # sentences of a policy, quoted
    "not_recorded",  # the record is known, the field is empty
    "not_found",  # nothing in the shop's data
    "small_talk",
]


@dataclass(frozen=True, slots=True)
class Point:
    """One value that the answer must say: `name` is the field's name and `value` its text, in the answer's language.

    `field` is the key in `Record.fields`, or `attributes.<name>`.
    """

    field: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The facts of an answer and the points it must make about one of them.

    `target` is the fact to cite (None when there is nothing to say), `label` how to name it,
    `must` the texts that a right answer holds verbatim, `quotes` the policy sentences to append, `answering` those of
    them that answer the question itself, `asked` the fields that were asked for, `talk` the sort of small talk it is,
    where that is known. When nothing was found, `facts` are the nearest rows.
    """

    intent: Intent
    language: Language
    question: str
    facts: tuple[Fact, ...] = ()
    target: Fact | None = None
    label: str = ""
    points: tuple[Point, ...] = ()
    must: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    talk: Talk | None = None

    @property
    def sources(self) -> tuple[int, ...]:
        """The ids that an answer by this plan rests on: the target and, if computed, the rows behind it."""
        if self.target is None:
            return ()
        if self.target.record.kind != "computed":
            return (self.target.id,)
        behind = str(self.target.record.fields.get("sources") or "")
        return (*(int(part) for part in behind.split(",") if part), self.target.id)
