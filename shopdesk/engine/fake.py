"""A scripted engine: answers that were put into a queue, so that tests of everything else need no model."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import ChatMessage, ModelManifest, TokenCounts

Script = str | Sequence[str] | EngineError | Callable[[Sequence[ChatMessage]], str]
"""An answer; an answer in pieces; an error to raise; or a function of the prompt."""


class ScriptedEngine:
    """Gives the queued answers in order, then raises EngineError("engine_crashed").

    `requests` are the prompts it was asked, oldest first. `piece_delay` is seconds before each piece.
    """

    device = "cpu"
    state = "ready"
    notice = None

    def __init__(
        self, answers: Sequence[Script] = (), *, manifest: ModelManifest | None = None, piece_delay: float = 0.0
    ) -> None:
        self._answers = deque(answers)
        self.manifest = manifest or ModelManifest(name="scripted", file="")
        self.identity = self.manifest.name
        self.requests: list[list[ChatMessage]] = []
        self._piece_delay = piece_delay

    def queue(self, *answers: Script) -> None:
        self._answers.extend(answers)

    def generate(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        cancel: threading.Event | None = None,
        copy: Sequence[str] = (),
        allowed: AllowedFigures | None = None,
        schema: Mapping[str, Any] | None = None,
    ) -> Iterator[Piece | Completed]:
        self.requests.append(list(messages))
        script = self._answers.popleft() if self._answers else EngineError("engine_crashed", detail="no answer queued")
        if isinstance(script, EngineError):
            raise script
        text = script if not callable(script) else script(messages)
        pieces = _small_pieces(text) if isinstance(text, str) else list(text)
        prompt = sum(self.count_tokens(message.content) for message in messages)
        for said, piece in enumerate(pieces):
            if _waits_in_vain(cancel, self._piece_delay):
                yield Completed("cancelled", TokenCounts(prompt, 0, said))
                return
            if said == max_tokens:
                yield Completed("length", TokenCounts(prompt, 0, said))
                return
            yield Piece(piece)
        yield Completed("stop", TokenCounts(prompt, 0, len(pieces)))

    def count_tokens(self, text: str) -> int:
        return (len(text.encode("utf-8", "replace")) + 2) // 3

    def start(self) -> None:
        pass

    def wait_ready(self, timeout: float | None = None) -> None:
        pass

    def on_state(self, listener: Callable[[str], None]) -> None:
        pass

    def close(self) -> None:
        pass


def _small_pieces(text: str) -> list[str]:
    return [text[start : start + 3] for start in range(0, len(text), 3)]


def _waits_in_vain(cancel: threading.Event | None, seconds: float) -> bool:
    """Wait; whether the answer was cancelled by then."""
    if cancel is not None:
        return cancel.wait(seconds) if seconds else cancel.is_set()
    time.sleep(seconds)
    return False
