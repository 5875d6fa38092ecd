"""Questions of many clients, answered in turn: each client has a queue of its own, and the queues take turns.

The answers are worked out in threads (`Limits.lanes` of them); what comes of a question is handed to the event
loop of its request.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from dataclasses import dataclass

from shopdesk.core.errors import UserFacingError
from shopdesk.core.events import AnswerDone, Event
from shopdesk.core.types import Exchange, RouteWish
from shopdesk.service.ports import Limits

Answering = Callable[["Question", RouteWish, threading.Event], Iterator[Event]]


@dataclass(frozen=True, slots=True)
class Question:
    """`client` is whose queue it waits in."""

    text: str
    history: Sequence[Exchange]
    client: str


class BusyError(UserFacingError):
    """Too many questions are waiting, or this one has waited too long."""


class Turn:
    """One question and its events. Belongs to the event loop that it was made in."""

    def __init__(self, question: Question, leave: Callable[[Turn], bool], patience: float) -> None:
        self.question = question
        self.asked = time.monotonic()
        self.cancel = threading.Event()
        self.started = threading.Event()
        self._leave, self._patience = leave, patience
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[Event | BaseException] = asyncio.Queue()

    @property
    def waited(self) -> float:
        return time.monotonic() - self.asked

    def put(self, event: Event | BaseException) -> None:
        """From any thread. A loop that is closed has nobody left who waits."""
        try:
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)
        except RuntimeError:
            self.cancel.set()

    async def events(self) -> AsyncGenerator[Event, None]:
        """What `Assistant.answer` yields. Raises what it raises, and BusyError. Closing it stops the answer."""
        try:
            while True:
                event = await self._next()
                if isinstance(event, BaseException):
                    raise event
                yield event
                if isinstance(event, AnswerDone):
                    return
        finally:
            self.cancel.set()
            self._leave(self)

    async def _next(self) -> Event | BaseException:
        if self.started.is_set():
            return await self._events.get()
        try:
            return await asyncio.wait_for(self._events.get(), max(0.0, self._patience - self.waited))
        except TimeoutError:
            if self._leave(self):
                raise BusyError("service_busy") from None
            return await self._events.get()  # its turn came at this moment


class Turns:
    """Start it before the first question; `stop` cuts short what is being answered, `close` ends its threads too."""

    def __init__(self, answer: Answering, limits: Limits) -> None:
        self._answer, self._limits = answer, limits
        self._change = threading.Condition()
        self._queues: OrderedDict[str, deque[Turn]] = OrderedDict()
        self._answering: set[Turn] = set()
        self._closed = False
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        for number in range(self._limits.lanes):
            thread = threading.Thread(target=self._work, name=f"service answers {number + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Take no more questions and refuse those that wait; those being answered end with what is said."""
        with self._change:
            self._closed = True
            left = [turn for queue in self._queues.values() for turn in queue]
            self._queues.clear()
            for turn in self._answering:
                turn.cancel.set()
            self._change.notify_all()
        for turn in left:
            turn.put(BusyError("service_closing"))

    def close(self) -> None:
        self.stop()
        for thread in self._threads:
            thread.join()

    @property
    def waiting(self) -> int:
        with self._change:
            return sum(map(len, self._queues.values()))

    @property
    def answering(self) -> int:
        return len(self._answering)

    def ask(self, question: Question) -> Turn:
        """Queue a question. Raises BusyError where too many wait already."""
        with self._change:
            if self._closed:
                raise BusyError("service_closing")
            if sum(map(len, self._queues.values())) >= self._limits.waiting:
                raise BusyError("service_busy")
            turn = Turn(question, self._leave, self._limits.patience)
            self._queues.setdefault(question.client, deque()).append(turn)
            self._change.notify()
        return turn

    def _leave(self, turn: Turn) -> bool:
        """Take a turn out of its queue; False where it is not waiting any more."""
        with self._change:
            queue = self._queues.get(turn.question.client)
            if queue is None or turn not in queue:
                return False
            queue.remove(turn)
            if not queue:
                del self._queues[turn.question.client]
            return True

    def _work(self) -> None:
        while (turn := self._next()) is not None:
            try:
                self._answer_one(turn)
            finally:
                with self._change:
                    self._answering.discard(turn)

    def _next(self) -> Turn | None:
        """The first question of the client whose turn it is; its other ones wait for the next round."""
        with self._change:
            while not self._queues and not self._closed:
                self._change.wait()
            if self._closed:
                return None
            client, queue = self._queues.popitem(last=False)
            turn = queue.popleft()
            if queue:
                self._queues[client] = queue
            self._answering.add(turn)
            turn.started.set()
            return turn

    def _answer_one(self, turn: Turn) -> None:
        route: RouteWish = "exact" if turn.waited > self._limits.model_patience else "auto"
        try:
            for event in self._answer(turn.question, route, turn.cancel):
                turn.put(event)
                if turn.cancel.is_set() and route == "exact":
                    break
        except Exception as error:  # noqa: BLE001 - to be raised where the question came from
            turn.put(error)
