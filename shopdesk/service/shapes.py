"""What goes over the wire, as OpenAPI describes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from shopdesk.core.banned import shown_key
from shopdesk.core.types import Answer, Exchange, Fact, Hit, Record

MODEL_ID = "shopdesk"
_MOST_TURNS = 40
_LONGEST = 100_000
FieldValue = str | int | bool | dict[str, str] | None


def _sound(text: str) -> str:
    """Without lone surrogates, which JSON can spell and UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


Text = Annotated[str, AfterValidator(_sound)]


class EarlierTurn(BaseModel):
    question: Text = Field(max_length=_LONGEST)
    answer: Text = Field(max_length=_LONGEST)


class ChatQuestion(BaseModel):
    query: Text = Field(description="the question, in Chinese or English", examples=["JKT-105 多少钱?"])
    history: list[EarlierTurn] = Field(
        default=[],
        max_length=_MOST_TURNS,
        description="what was asked and answered before, oldest first; the service itself keeps nothing",
    )
    stream: bool = Field(default=False, description="answer as server-sent events: facts, delta, replace, notice, done")

    def exchanges(self) -> list[Exchange]:
        return [Exchange(turn.question, turn.answer) for turn in self.history]


class Row(BaseModel):
    """A row of the shop."""

    kind: str
    key: str
    title: str
    as_of: str
    stale: bool
    fields: dict[str, FieldValue]


class Source(Row):
    """A row of the shop that an answer rests on."""

    id: int = Field(description="the number in brackets in the answer")


class ChatAnswer(BaseModel):
    response: str
    sources: list[Source] = Field(description="the rows that the response cites")
    language: Literal["zh", "en"]
    route: str = Field(description="exact, approved, cache, model or refusal")
    grounded: bool = Field(description="whether each figure stands in a cited row or in the question")
    timings_ms: dict[str, float]


class MessagePart(BaseModel):
    model_config = ConfigDict(extra="allow")
    type: str
    text: Text | None = None


class Message(BaseModel):
    model_config = ConfigDict(extra="allow")
    role: str
    content: Text | list[MessagePart] | None = None

    @property
    def words(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="allow")
    include_usage: bool = False


class CompletionWish(BaseModel):
    """OpenAI's request. The last user message is the question; system messages and sampling options are not heeded."""

    model_config = ConfigDict(extra="allow")
    model: str = MODEL_ID
    messages: list[Message] = Field(min_length=1, max_length=2 * _MOST_TURNS)
    stream: bool = False
    stream_options: StreamOptions | None = None

    def question(self) -> str:
        """The last user message; "" where there is none."""
        return next((message.words for message in reversed(self.messages) if message.role == "user"), "")

    def exchanges(self) -> list[Exchange]:
        """Each earlier user message with the assistant's next words."""
        found, asked = [], None
        last = max((place for place, message in enumerate(self.messages) if message.role == "user"), default=0)
        for message in self.messages[:last]:
            if message.role == "user":
                asked = message.words
            elif message.role == "assistant" and asked is not None:
                found.append(Exchange(asked, message.words))
                asked = None
        return found


class Usage(BaseModel):
    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Said(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str


class Choice(BaseModel):
    index: int = 0
    message: Said
    finish_reason: str = "stop"


class Grounding(BaseModel):
    """What OpenAI's form has no place for."""

    route: str
    grounded: bool
    sources: list[Source]


class Completion(BaseModel):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    shopdesk: Grounding


class ModelLine(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str


class ModelList(BaseModel):
    object: Literal["list"] = "list"
    data: list[ModelLine]


class FoundRow(Row):
    score: float


class SearchReply(BaseModel):
    query: str
    results: list[FoundRow]
    ms: float


class Health(BaseModel):
    status: Literal["ok", "starting", "degraded"] = Field(
        description="ok; starting while the model loads; degraded where rows answer without a model"
    )
    version: str
    model: str | None
    products: int
    waiting: int
    answering: int


def source_of(fact: Fact) -> Source:
    return Source(id=fact.id, **_row(fact.record))


def row_of(record: Record) -> Row:
    return Row(**_row(record))


def found_row(hit: Hit) -> FoundRow:
    return FoundRow(score=round(hit.score, 4), **_row(hit.record))


def sources_of(answer: Answer) -> list[Source]:
    return [source_of(fact) for fact in answer.facts if fact.id in answer.citations]


def sources_in(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [source_of(fact).model_dump() for fact in facts]


def chat_answer(answer: Answer) -> ChatAnswer:
    return ChatAnswer(
        response=answer.text, sources=sources_of(answer), language=answer.language, route=answer.route,
        grounded=answer.grounded, timings_ms={name: round(ms, 1) for name, ms in answer.timings_ms.items()},
    )  # fmt: skip


def usage_of(answer: Answer) -> Usage:
    prompt, completion = answer.tokens.prompt, answer.tokens.completion
    return Usage(prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion)


def grounding_of(answer: Answer) -> Grounding:
    return Grounding(route=answer.route, grounded=answer.grounded, sources=sources_of(answer))


def _row(record: Record) -> dict[str, Any]:
    fields: dict[str, FieldValue] = {name: value for name, value in record.fields.items() if value is not None}
    if record.attributes:
        fields["attributes"] = dict(record.attributes)
    return {
        "kind": record.kind, "key": shown_key(record), "title": record.title,
        "as_of": record.as_of, "stale": record.stale, "fields": fields,
    }  # fmt: skip
