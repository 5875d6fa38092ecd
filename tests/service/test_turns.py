"""Who is answered next, who is told to come again, and what becomes of clients that vanish."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from shopdesk.app import App
from shopdesk.core.errors import UserFacingError
from shopdesk.core.events import AnswerDone, Event
from shopdesk.core.types import Answer, RouteWish
from shopdesk.engine.fake import ScriptedEngine
from shopdesk.service import server
from shopdesk.service.ports import Limits, Parts
from shopdesk.service.turns import BusyError, Question, Turn, Turns
from tests.service.serving import Client, serving

ASKED = '{"query": "JKT-105 多少钱?", "stream": true}'.encode()


def answered(question: Question) -> AnswerDone:
    return AnswerDone(Answer(question.text, "yes", "en", "exact", (), (), True))


async def end_of(turn: Turn) -> Answer:
    async for event in turn.events():
        if isinstance(event, AnswerDone):
            return event.answer
    raise AssertionError


def test_clients_take_turns_however_much_one_of_them_asks() -> None:
    order: list[str] = []
    gate = threading.Event()

    def answer(question: Question, route: RouteWish, cancel: threading.Event) -> Iterator[Event]:
        gate.wait(10)
        order.append(question.text)
        yield answered(question)

    async def run() -> None:
        turns = Turns(answer, Limits())
        turns.start()
        asked = [turns.ask(Question(text, (), text[0])) for text in ("a1", "a2", "a3", "a4", "b1", "c1")]
        gate.set()
        await asyncio.gather(*map(end_of, asked))
        turns.close()

    asyncio.run(run())
    assert order.index("b1") <= 2 and order.index("c1") <= 3 and order[-1] == "a4"


def test_a_full_queue_and_a_long_wait_are_told_as_such() -> None:
    gate = threading.Event()

    def answer(question: Question, route: RouteWish, cancel: threading.Event) -> Iterator[Event]:
        gate.wait(10)
        yield answered(question)

    async def run() -> None:
        turns = Turns(answer, Limits(waiting=1, patience=0.1))
        turns.start()
        first = turns.ask(Question("first", (), "a"))
        while not first.started.is_set():
            await asyncio.sleep(0.01)
        second = turns.ask(Question("second", (), "a"))
        with pytest.raises(BusyError):
            turns.ask(Question("third", (), "b"))
        with pytest.raises(BusyError):
            await end_of(second)
        assert turns.waiting == 0
        gate.set()
        assert (await end_of(first)).text == "yes"
        turns.close()
        with pytest.raises(UserFacingError):
            turns.ask(Question("too late", (), "a"))

    asyncio.run(run())


def test_who_has_waited_long_is_answered_from_the_rows_alone() -> None:
    routes: list[str] = []

    def answer(question: Question, route: RouteWish, cancel: threading.Event) -> Iterator[Event]:
        routes.append(route)
        time.sleep(0.1)
        yield answered(question)

    async def run() -> None:
        turns = Turns(answer, Limits(model_patience=0.05))
        turns.start()
        await asyncio.gather(*(end_of(turns.ask(Question(str(n), (), "a"))) for n in range(3)))
        turns.close()

    asyncio.run(run())
    assert routes == ["auto", "exact", "exact"]


def test_closing_ends_what_is_asked_and_what_waits() -> None:
    def answer(question: Question, route: RouteWish, cancel: threading.Event) -> Iterator[Event]:
        cancel.wait(10)
        yield answered(question)

    async def run() -> None:
        turns = Turns(answer, Limits())
        turns.start()
        first, second = (turns.ask(Question(text, (), "a")) for text in ("first", "second"))
        while not first.started.is_set():
            await asyncio.sleep(0.01)
        turns.close()
        with pytest.raises(BusyError):
            await end_of(second)

    asyncio.run(run())


def test_an_error_of_ours_reaches_the_request_and_the_next_question_is_answered() -> None:
    def answer(question: Question, route: RouteWish, cancel: threading.Event) -> Iterator[Event]:
        if question.text == "bad":
            raise RuntimeError("ours")
        yield answered(question)

    async def run() -> None:
        turns = Turns(answer, Limits())
        turns.start()
        with pytest.raises(RuntimeError):
            await end_of(turns.ask(Question("bad", (), "a")))
        assert (await end_of(turns.ask(Question("good", (), "a")))).text == "yes"
        turns.close()

    asyncio.run(run())


@pytest.mark.parametrize("stream", [True, False])
def test_a_client_that_vanishes_frees_the_model(parts: Parts, shop: App, stream: bool) -> None:
    """The endless answer of one who hangs up must not keep the next one waiting."""
    endless = ["岭雀" for _ in range(5000)]
    shop.assistant.engine = engine = ScriptedEngine([endless], piece_delay=0.02)
    with serving(parts) as service:
        began = time.monotonic()
        connection = service.connect()
        body = f'{{"query": "JKT-105 多少钱?", "stream": {str(stream).lower()}}}'.encode()
        connection.request("POST", "/chat", body, {"Content-Type": "application/json"})
        while not engine.requests:
            time.sleep(0.01)
        if stream:
            connection.getresponse().read(10)
        assert connection.sock is not None
        connection.sock.close()
        connection.close()
        assert service.ask("MAT-030 多少钱?").status == 200
        assert time.monotonic() - began < 20, "the vanished client was answered to the end"
        assert _count(service, "shopdesk_cancelled_total") == 1


def test_an_answer_that_is_being_written_when_the_service_ends_ends_with_what_is_said(
    parts: Parts, shop: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "CLOSING_SECONDS", 0.1)
    shop.assistant.engine = ScriptedEngine([["岭雀"] * 5000], piece_delay=0.02)
    with serving(parts) as service:
        connection = service.connect()
        connection.request("POST", "/chat", ASKED, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read(10)
    assert b"event: done" in response.read()
    connection.close()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_client_that_does_not_read_does_not_keep_the_service_from_ending(
    parts: Parts, shop: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(server, "CLOSING_SECONDS", 0.1)
    monkeypatch.setattr(server, "_HANG_UP_AFTER_S", 0.1)
    shop.assistant.engine = engine = ScriptedEngine([["岭雀" * 4000] * 5000], piece_delay=0.001)
    with serving(parts) as service:
        connection = service.connect()
        connection.request("POST", "/chat", ASKED, {"Content-Type": "application/json"})
        while not engine.requests:
            time.sleep(0.01)
        time.sleep(0.3)
    connection.close()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def _count(service: Client, name: str) -> float:
    lines = service.get("/metrics").body.decode().splitlines()
    return float(next(line.split()[-1] for line in lines if line.startswith(f"{name} ")))
