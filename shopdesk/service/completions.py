"""`/v1/chat/completions` and `/v1/models`: programs made for OpenAI's service ask the shop instead."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request, Response

from shopdesk.core.events import AnswerDone, Event, TextDelta, TextReplaced
from shopdesk.service.asking import Desk
from shopdesk.service.chat import EVENT_STREAM, streamed
from shopdesk.service.errors import documented
from shopdesk.service.shapes import (
    MODEL_ID,
    Choice,
    Completion,
    CompletionWish,
    ModelLine,
    ModelList,
    Said,
    grounding_of,
    usage_of,
)

_CORRECTED = {"zh": "\n更正：", "en": "\nCorrected: "}


def completion_routes(desk: Desk, model: Callable[[], str | None]) -> APIRouter:
    """`model` tells the name of the model that answers, for /v1/models."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
    started = int(time.time())

    @routes.get("/models", summary="The one model: the shop", responses=documented())
    async def models() -> ModelList:
        return ModelList(data=[ModelLine(id=MODEL_ID, created=started, owned_by=model() or "rows only")])

    @routes.post(
        "/chat/completions",
        summary="Ask the shop in OpenAI's form",
        response_model=Completion,
        responses={
            200: {"content": {EVENT_STREAM: {}}, "description": "the completion"},
            **documented(400, 422, 503),
        },
    )
    async def complete(request: Request, wish: CompletionWish) -> Response | Completion:
        question, history = wish.question(), wish.exchanges()
        if wish.stream:
            with_usage = wish.stream_options is not None and wish.stream_options.include_usage
            return await streamed(desk.events(request, question, history), _Chunks(with_usage).lines)
        answer = await desk.answer(request, question, history)
        return Completion(
            id=_new_id(), created=int(time.time()), model=MODEL_ID, choices=[Choice(message=Said(content=answer.text))],
            usage=usage_of(answer), shopdesk=grounding_of(answer),
        )  # fmt: skip

    return routes


class _Chunks:
    """One answer as OpenAI's chunks. What was sent cannot be taken back: a correction follows it."""

    def __init__(self, with_usage: bool) -> None:
        self._head = {
            "id": _new_id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL_ID,
        }  # fmt: skip
        self._with_usage = with_usage
        self._sent = ""
        self._language = "zh"

    def lines(self, event: Event) -> list[str]:
        match event:
            case TextDelta(text=text):
                return self._more(text)
            case TextReplaced(text=text):
                if text.startswith(self._sent):
                    return self._more(text[len(self._sent) :])
                return self._more(_CORRECTED[self._language] + text)
            case AnswerDone(answer=answer):
                rest = [] if self._sent else self._more(answer.text)
                last: dict[str, Any] = {"choices": [_choice({}, "stop")], "shopdesk": grounding_of(answer).model_dump()}
                usage: list[dict[str, Any]] = (
                    [{"choices": [], "usage": usage_of(answer).model_dump()}] if self._with_usage else []
                )
                return [*rest, *(self._line(part) for part in (last, *usage)), "data: [DONE]\n\n"]
            case _:
                self._language = getattr(event, "language", self._language)
                return []

    def _more(self, text: str) -> list[str]:
        role = {} if self._sent else {"role": "assistant"}
        self._sent += text
        return [self._line({"choices": [_choice({**role, "content": text}, None)]})] if text else []

    def _line(self, part: dict[str, Any]) -> str:
        return f"data: {json.dumps({**self._head, **part}, ensure_ascii=False)}\n\n"


def _choice(delta: dict[str, Any], reason: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": reason}


def _new_id() -> str:
    return f"chatcmpl-{uuid4().hex}"
