"""When the model server fails, the local model takes over, and gives way again when the server is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.core.ports import Completed, Piece
from shopdesk.engine.client import LocalEngine
from shopdesk.engine.fallback import FallbackEngine
from shopdesk.engine.remote import RemoteEngine
from tests.engine.conftest import ANSWER
from tests.engine.test_remote import QUESTION, Server

Made = Callable[..., LocalEngine]
Both = tuple[FallbackEngine, Server, threading.Thread]


def running(port: int = 0) -> tuple[Server, threading.Thread]:
    server = Server(port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    return server, thread


def end(server: Server, thread: threading.Thread) -> None:
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def engine(new_engine: Made, tiny: Path) -> Iterator[Both]:
    server, thread = running()
    fallback = FallbackEngine(RemoteEngine(server.url, "qwen"), lambda: new_engine(tiny), probe_seconds=0.05)
    yield fallback, server, thread
    fallback.close()


def said(engine: FallbackEngine) -> str:
    assert engine.manifest
    pieces = engine.generate(QUESTION, max_tokens=50)
    return "".join(piece.text for piece in pieces if isinstance(piece, Piece))


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_local_model_takes_over_and_gives_way_again(
    engine: Both,
) -> None:
    fallback, server, thread = engine
    told: list[tuple[str, str]] = []
    fallback.on_state(lambda state: told.append((state, fallback.device)))
    assert said(fallback) == "价格是 ¥9.00。" and (fallback.device, fallback.manifest.name) == ("remote", "qwen")
    port = server.server_port
    end(server, thread)
    with pytest.raises(EngineError) as fault:
        said(fallback)
    assert fault.value.code == "engine_unreachable" and fallback.failure is not None
    wait_until(lambda: fallback.state == "ready")
    assert said(fallback) == ANSWER and (fallback.device, fallback.manifest.name) == ("cpu", "tiny")
    server, thread = running(port)
    try:
        wait_until(lambda: fallback.failure is None)
        assert said(fallback) == "价格是 ¥9.00。" and fallback.device == "remote"
    finally:
        end(server, thread)
    assert ("ready", "cpu") in told and told[-1] == ("ready", "remote")


def test_a_server_that_is_not_there_from_the_first_is_noticed_before_a_question(new_engine: Made, tiny: Path) -> None:
    fallback = FallbackEngine(RemoteEngine("http://127.0.0.1:9", "qwen"), lambda: new_engine(tiny), probe_seconds=0.05)
    fallback.start()
    wait_until(lambda: fallback.device == "cpu" and fallback.state == "ready")
    assert said(fallback) == ANSWER
    fallback.close()


def test_an_answer_that_began_for_one_is_not_given_to_the_other(
    engine: Both,
) -> None:
    fallback, server, thread = engine
    assert fallback.manifest.name == "qwen"  # the prompt is built for this one
    fallback._give_way(EngineError("engine_unreachable", url="x"))
    assert [type(event) for event in fallback.generate(QUESTION, max_tokens=5)][-1] is Completed
    assert server.requests
    end(server, thread)


def test_a_server_that_fails_again_as_it_comes_back_is_looked_for_again(engine: Both) -> None:
    fallback, server, thread = engine
    gone = EngineError("engine_unreachable", url="x")
    failures = iter([gone, gone])

    def fail_again(state: str) -> None:
        if state == "ready" and fallback.device == "remote" and (fault := next(failures, None)):
            fallback._give_way(fault)  # another thread's answer meets this while the search is about to end

    fallback.on_state(fail_again)
    fallback._give_way(gone)
    wait_until(lambda: next(failures, None) is None and fallback.failure is None)
    end(server, thread)


def test_a_server_that_says_nothing_holds_nobody_who_closes(engine: Both) -> None:
    fallback, server, thread = engine
    server.mute_list.set()
    fallback.start()
    wait_until(lambda: bool(server.requests))
    began = time.monotonic()
    fallback.close()
    assert time.monotonic() - began < 2
    server.mute_list.clear()
    end(server, thread)


def test_without_a_local_model_the_servers_fault_is_told() -> None:
    def none() -> LocalEngine:
        raise EngineError("model_none")

    fallback = FallbackEngine(RemoteEngine("http://127.0.0.1:9", "qwen"), none, probe_seconds=0.05)
    with pytest.raises(EngineError) as fault:
        fallback.wait_ready(1)
    assert fault.value.code == "engine_unreachable"
    with pytest.raises(EngineError):
        said(fallback)
    fallback.close()
