"""`POST /chat`: a question in, an answer with its sources out, whole or as it is written."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncGenerator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from shopdesk.core.errors import UserFacingError
from shopdesk.core.events import AnswerDone, Event, FactsFound, Notice, TextDelta, TextReplaced
from shopdesk.service.asking import ClientGoneError, Desk
from shopdesk.service.errors import documented, json_of
from shopdesk.service.shapes import ChatAnswer, ChatQuestion, chat_answer, sources_in

EVENT_STREAM = "text/event-stream"
STREAM_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def chat_routes(desk: Desk) -> APIRouter:
    routes = APIRouter(tags=["chat"])

    @routes.post(
        "/chat",
        summary="Ask the shop",
        response_model=ChatAnswer,
        responses={
            200: {"content": {EVENT_STREAM: {}}, "description": "the answer"},
            **documented(400, 422, 503),
        },
    )
    async def chat(request: Request, asked: ChatQuestion) -> Response | ChatAnswer:
        if not asked.stream:
            return chat_answer(await desk.answer(request, asked.query, asked.exchanges()))
        return await streamed(desk.events(request, asked.query, asked.exchanges()), _lines)

    return routes


async def streamed(events: AsyncGenerator[Event, None], lines: Any) -> StreamingResponse:
    """The events as `lines` words them. What is wrong before the first of them is raised, and has a status of its own.

    What is wrong later stands in the stream.
    """
    first = await anext(events)

    async def all_lines() -> AsyncGenerator[str, None]:
        async with contextlib.aclosing(events):
            try:
                for line in lines(first):
                    yield line
                async for event in events:
                    for line in lines(event):
                        yield line
            except ClientGoneError:
                return
            except UserFacingError as error:
                yield f"data: {json.dumps(json_of(error))}\n\n"

    return StreamingResponse(all_lines(), media_type=EVENT_STREAM, headers=STREAM_HEADERS)


def _lines(event: Event) -> list[str]:
    match event:
        case FactsFound(facts=facts):
            return [_line("facts", {"facts": sources_in(facts)})]
        case TextDelta(text=text):
            return [_line("delta", {"text": text})]
        case TextReplaced(text=text):
            return [_line("replace", {"text": text})]
        case Notice(text=text):
            return [_line("notice", {"text": text})]
        case AnswerDone(answer=answer):
            return [_line("done", chat_answer(answer).model_dump())]


def _line(name: str, body: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(body, ensure_ascii=False)}\n\n"
