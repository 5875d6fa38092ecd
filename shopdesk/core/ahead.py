"""While a question is being typed, the model reads what it is likely to need, so that the first word comes at once.

Two threads: one finds the facts for what stands in the input, the other has the model read them. The model goes on
while the facts stay the same, and turns to others only where the guess has changed. When the question is put, the input
is emptied; what is being read then is most likely what the question needs, so the engine decides whether to go on.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import ChatMessage

log = logging.getLogger(__name__)

Prompt = Sequence[ChatMessage]
PromptOf = Callable[[str, int | None], Prompt | None]
"""The prompt for a question typed so far in a conversation; None where no model would be asked."""
Read = Callable[[Prompt, threading.Event], object]
"""Have the model read a prompt, until that is done or the event is set."""

_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class _Typed:
    text: str
    conversation_id: int | None


class ReadingAhead:
    """Told of each change of the input by :meth:`typed`, it does the rest on threads of its own.

    `wanted` says whether to; it is asked at each change. Nothing it does is seen, nothing it fails at is told.
    """

    def __init__(self, prompt_of: PromptOf, read: Read, wanted: Callable[[], bool]) -> None:
        self._prompt_of, self._read, self._wanted = prompt_of, read, wanted
        self._change = threading.Condition()
        self._typed: _Typed | None = None
        self._prompt: Prompt | None = None
        self._reading: Prompt | None = None
        self._stop = threading.Event()
        self._closed = False
        self._threads: list[threading.Thread] = []

    def typed(self, text: str, conversation_id: int | None) -> None:
        """The input now holds `text`. Returns at once."""
        text = text.strip()
        with self._change:
            if self._closed:
                return
            if len(text) < _SHORTEST:
                self._typed = self._prompt = None
                return
            if not self._wanted():
                self._let_go()
                return
            self._typed = _Typed(text, conversation_id)
            self._start()
            self._change.notify_all()

    def close(self, seconds: float = 1.0) -> None:
        with self._change:
            self._closed = True
            self._let_go()
            self._change.notify_all()
        for thread in self._threads:
            thread.join(seconds)

    def _let_go(self) -> None:
        self._typed = self._prompt = None
        self._stop.set()

    def _start(self) -> None:
        if not self._threads:
            self._threads = [
                threading.Thread(target=work, name=name, daemon=True)
                for name, work in (("facts ahead", self._guess), ("reading ahead", self._read_on))
            ]
            for thread in self._threads:
                thread.start()

    def _guess(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closed or self._typed is not None)
                if self._closed:
                    return
                typed, self._typed = self._typed, None
            assert typed is not None
            try:
                prompt = self._prompt_of(typed.text, typed.conversation_id)
            except UserFacingError as fault:
                log.debug("nothing to read ahead: %s", fault.code)
                continue
            except Exception:
                log.exception("reading ahead failed")
                continue
            with self._change:
                if prompt is None:
                    continue
                if self._reading is not None and head(self._reading) != head(prompt):
                    self._stop.set()
                self._prompt = prompt
                self._change.notify_all()

    def _read_on(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closed or self._prompt is not None)
                if self._closed:
                    return
                prompt, self._prompt = self._prompt, None
                assert prompt is not None
                self._reading = prompt
                self._stop = stop = threading.Event()
            try:
                self._read(prompt, stop)
            except Exception:
                log.exception("reading ahead failed")
            with self._change:
                self._reading = None


def head(prompt: Prompt) -> tuple[Prompt, str]:
    """All that stands before the question itself, which is the last line."""
    return tuple(prompt[:-1]), prompt[-1].content.rpartition("\n")[0]
