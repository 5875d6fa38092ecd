"""From a request to the events of its answer: queued, counted, and stopped when the client goes away."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Sequence

from starlette.requests import Request

from shopdesk.core.errors import UserFacingError
from shopdesk.core.events import AnswerDone, Event
from shopdesk.core.types import Answer, Exchange
from shopdesk.service.gate import address_of, is_local
from shopdesk.service.metrics import Metrics
from shopdesk.service.turns import BusyError, Question, Turns

_LOOKS_EVERY_S = 0.25


class ClientGoneError(Exception):
    """Nobody waits for the answer any more."""


class Desk:
    """Where questions are handed in."""

    def __init__(self, turns: Turns, metrics: Metrics) -> None:
        self._turns, self._metrics = turns, metrics

    async def events(self, request: Request, text: str, history: Sequence[Exchange]) -> AsyncGenerator[Event, None]:
        """What `Assistant.answer` yields, up to the answer.

        Raises UserFacingError, BusyError too, and ClientGoneError.
        """
        try:
            turn = self._turns.ask(Question(text, history, _client_of(request)))
            finished = False
            try:
                async with contextlib.aclosing(turn.events()) as events:
                    watch = _Watch(request)
                    while not finished:
                        event = await watch.next_of(events)
                        if isinstance(event, AnswerDone):
                            finished = True
                            self._note(request, event.answer, turn.waited)
                        yield event
            except (GeneratorExit, asyncio.CancelledError, ClientGoneError):
                if not finished:
                    self._metrics.left()
                raise
        except BusyError as error:
            self._metrics.refused(error.code)
            raise

    async def answer(self, request: Request, text: str, history: Sequence[Exchange]) -> Answer:
        """The answer alone. Raises as `events` does."""
        async with contextlib.aclosing(self.events(request, text, history)) as events:
            async for event in events:
                if isinstance(event, AnswerDone):
                    return event.answer
        raise AssertionError("the assistant ended without an answer")

    def _note(self, request: Request, answer: Answer, seconds: float) -> None:
        waited = max(0.0, seconds - answer.timings_ms.get("total", 0.0) / 1000)
        self._metrics.answered(answer, waited)
        request.scope["state"]["noted"] = {
            "route": answer.route, "language": answer.language, "grounded": answer.grounded,
            "repaired": answer.repaired, "waited_ms": round(waited * 1000, 1), "tokens": answer.tokens.completion,
        }  # fmt: skip


class _Watch:
    """Looks whether the client is still there, however fast or slowly events come."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._looked = time.monotonic()

    async def next_of(self, events: AsyncGenerator[Event, None]) -> Event:
        """Raises ClientGoneError."""
        step = asyncio.ensure_future(anext(events))
        try:
            while not (await asyncio.wait({step}, timeout=_LOOKS_EVERY_S))[0]:
                await self._look()
            if time.monotonic() - self._looked > _LOOKS_EVERY_S:
                await self._look()
            return step.result()
        finally:
            if not step.done():
                step.cancel()
                with contextlib.suppress(asyncio.CancelledError, UserFacingError):
                    await step

    async def _look(self) -> None:
        self._looked = time.monotonic()
        if await self._request.is_disconnected():
            raise ClientGoneError


def _client_of(request: Request) -> str:
    """One queue for each address; on this machine, where a proxy may stand before many, one for each connection."""
    address = address_of(request.scope)
    return f"{address}:{request.scope['client'][1]}" if is_local(address) and request.client else address
