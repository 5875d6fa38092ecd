"""What happens between a question and its stored answer, in order.

`Assistant.answer` yields: one FactsFound, then TextDelta and TextReplaced in any number, at
times one Notice before them, and always one AnswerDone at the end. The window, the terminal,
the batch command and the exams consume the same events.
"""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.core.types import Answer, Fact, Language


@dataclass(frozen=True, slots=True)
class Focus:
    """The value that was asked for: field `field` of fact `fact_id` (cards show it largest)."""

    fact_id: int
    field: str


@dataclass(frozen=True, slots=True)
class FactsFound:
    """The rows that bear on the question, best first. Empty when nothing was found."""

    facts: tuple[Fact, ...]
    focus: tuple[Focus, ...]
    language: Language
    ms: float


@dataclass(frozen=True, slots=True)
class TextDelta:
    """More of the answer. Every figure in it has passed the check."""

    text: str


@dataclass(frozen=True, slots=True)
class TextReplaced:
    """The whole answer so far is to be replaced by `text` (a sentence failed its check)."""

    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One line for the user that is not part of the answer, such as "the model is not available"."""

    code: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AnswerDone:
    answer: Answer


Event = FactsFound | TextDelta | TextReplaced | Notice | AnswerDone
