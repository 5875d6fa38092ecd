from __future__ import annotations

import threading

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.core.ports import Completed, Engine, Piece
from shopdesk.core.types import ChatMessage
from shopdesk.engine.fake import ScriptedEngine

PROMPT = [ChatMessage("user", "price?")]


def test_answers_come_in_order_and_then_an_error() -> None:
    fake = ScriptedEngine(
        ["one two", ["¥9", ".00"], lambda messages: messages[0].content, EngineError("engine_crashed")]
    )
    engine: Engine = fake
    texts = []
    for _ in range(3):
        *pieces, done = engine.generate(PROMPT, max_tokens=50)
        assert isinstance(done, Completed)
        texts.append([piece.text for piece in pieces if isinstance(piece, Piece)])
    assert texts == [["one", " tw", "o"], ["¥9", ".00"], ["pri", "ce?"]]
    for _ in range(2):
        with pytest.raises(EngineError):
            list(engine.generate(PROMPT, max_tokens=50))
    assert fake.requests == [PROMPT] * 5


def test_it_stops_when_told_and_at_the_limit() -> None:
    engine = ScriptedEngine(["one two three"] * 2, piece_delay=0.001)
    cancel = threading.Event()
    answer = engine.generate(PROMPT, max_tokens=50, cancel=cancel)
    next(answer)
    cancel.set()
    assert [event.reason for event in answer if isinstance(event, Completed)] == ["cancelled"]
    *pieces, done = engine.generate(PROMPT, max_tokens=2)
    assert isinstance(done, Completed)
    assert (len(pieces), done.reason) == (2, "length")
