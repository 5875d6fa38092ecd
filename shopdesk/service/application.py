"""All routes in one application. `create` is called once per service."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from shopdesk.core.errors import UserFacingError
from shopdesk.core.events import Event
from shopdesk.core.types import RouteWish
from shopdesk.service.asking import ClientGoneError, Desk
from shopdesk.service.chat import chat_routes
from shopdesk.service.completions import completion_routes
from shopdesk.service.errors import error_response, response_to
from shopdesk.service.gate import GONE, Gate
from shopdesk.service.health import health_routes
from shopdesk.service.lookup import lookup_routes
from shopdesk.service.metrics import Metrics
from shopdesk.service.pages import page_routes
from shopdesk.service.ports import Limits, Parts
from shopdesk.service.snapshots import snapshot_routes
from shopdesk.service.tokens import Tokens
from shopdesk.service.turns import Question, Turns


def create(parts: Parts, limits: Limits | None = None, tokens: Tokens | None = None) -> FastAPI:
    """The application over these parts. With `tokens`, every request but the page and /healthz needs one."""
    limits = limits or Limits()
    metrics = Metrics(version=parts.version)

    def answer(question: Question, route: RouteWish, cancel: threading.Event) -> Iterator[Event]:
        return parts.assistant.answer(question.text, history=question.history, route=route, cancel=cancel)

    turns = Turns(answer, limits)
    metrics.watch("shopdesk_waiting", "Questions that wait for their turn", lambda: turns.waiting)
    metrics.watch("shopdesk_answering", "Questions that are being answered", lambda: turns.answering)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        turns.start()
        yield
        turns.close()

    application = FastAPI(
        title="ShopDesk",
        version=parts.version,
        description="Questions about one shop, answered from its own rows, with sources.",
        lifespan=running,
        docs_url=None,  # FastAPI's pages load scripts from the internet; ours is in `pages`
        redoc_url=None,
    )
    application.state.stop_answering = turns.stop
    desk = Desk(turns, metrics)
    application.include_router(chat_routes(desk))
    application.include_router(completion_routes(desk, lambda: _model_name(parts)))
    application.include_router(lookup_routes(parts.catalogue))
    application.include_router(health_routes(parts, turns, metrics))
    if parts.publisher is not None:
        application.include_router(snapshot_routes(parts.publisher, metrics))
    application.include_router(page_routes(parts.pages))
    application.add_middleware(Gate, limits=limits, metrics=metrics, tokens=tokens)
    application.add_exception_handler(UserFacingError, _world_at_fault)
    application.add_exception_handler(RequestValidationError, _not_understood)
    application.add_exception_handler(HTTPException, _refused)
    application.add_exception_handler(ClientGoneError, _gone)
    application.add_exception_handler(Exception, _our_fault)
    return application


def _model_name(parts: Parts) -> str | None:
    engine = parts.assistant.engine
    return engine.manifest.name if engine is not None else None


async def _world_at_fault(_: Request, error: Exception) -> Response:
    assert isinstance(error, UserFacingError)
    return response_to(error)


async def _not_understood(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"][1:])
    if first["type"] == "json_invalid":
        return error_response(400, "request_not_json")
    return error_response(422, "request_bad", place or None, detail=f"{place}: {first['msg']}")


async def _refused(_: Request, error: Exception) -> Response:
    """What FastAPI and Starlette refuse by themselves: unknown paths and methods, bodies that are too large."""
    assert isinstance(error, HTTPException)
    codes = {400: "request_not_json", 404: "path_unknown", 405: "method_unknown", 413: "request_too_large"}
    response = error_response(error.status_code, codes.get(error.status_code, "request_refused"), limit="")
    response.headers.update(error.headers or {})
    return response


async def _gone(_: Request, error: Exception) -> Response:
    return Response(status_code=GONE)


async def _our_fault(_: Request, error: Exception) -> Response:
    logging.getLogger("shopdesk.crash").critical("unexpected error in the service", exc_info=error)
    return error_response(500, "service_fault")
