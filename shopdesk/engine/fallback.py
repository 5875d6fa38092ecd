"""A model server with the local model behind it: when the server fails the local model answers, until it is back.

Which of the two answers is decided where an answer begins, by the thread that asks for `manifest`: the prompt it then
builds is for that one. The answer in which the server fails is not begun anew; the rows give it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import ChatMessage, ModelManifest
from shopdesk.engine.client import LocalEngine
from shopdesk.engine.remote import RemoteEngine
from shopdesk.engine.starting import Running

PROBE_SECONDS = 15.0
_PROBE_PATIENCE_S = 5.0
_CLOSE_PATIENCE_S = 0.5
_SERVERS_FAULTS = frozenset(
    {"engine_unreachable", "engine_remote", "engine_refused", "engine_timeout", "remote_missing"}
)

log = logging.getLogger(__name__)


class FallbackEngine:
    """Both as one engine. `local` makes the local one when it is first needed; it may raise EngineError.

    Listeners of `on_state` hear "ready" whenever the other one takes over; `manifest` and `device` tell which it is.
    """

    notice = None
    concurrent = True
    """A server answers many at a time."""

    def __init__(
        self, remote: RemoteEngine, local: Callable[[], LocalEngine], *, probe_seconds: float = PROBE_SECONDS
    ) -> None:
        self._remote, self._make_local = remote, local
        self._probe_seconds = probe_seconds
        self._local: LocalEngine | None = None
        self._failure: EngineError | None = None
        self._chosen = threading.local()
        self._lock = threading.Lock()
        self._listeners: list[Callable[[str], None]] = []
        self._end = threading.Event()
        self._prober: threading.Thread | None = None

    # -- what it is

    @property
    def manifest(self) -> ModelManifest:
        engine = self._active()
        self._chosen.engine = engine
        return engine.manifest

    @property
    def device(self) -> str:
        return self._active().device

    @property
    def state(self) -> str:
        return self._active().state

    @property
    def identity(self) -> str:
        return self._active().identity

    @property
    def url(self) -> str:
        """Of the server."""
        return self._remote.url

    @property
    def loaded(self) -> Running | None:
        """How the local model was loaded; None while it was not needed."""
        return self._local.loaded if self._local is not None else None

    @property
    def failure(self) -> EngineError | None:
        """Why the server does not answer; None while it does."""
        return self._failure

    def on_state(self, listener: Callable[[str], None]) -> None:
        self._listeners.append(listener)

    # -- starting and stopping

    def start(self) -> None:
        """Look for the server now, in the background."""
        self._probe_in_background()

    def wait_ready(self, timeout: float | None = None) -> None:
        """Raises EngineError where neither can answer."""
        try:
            self._remote.probe(min(timeout or _PROBE_PATIENCE_S, _PROBE_PATIENCE_S))
        except EngineError as fault:
            self._give_way(fault)
            if self._local is None:
                raise
            self._local.wait_ready(timeout)
        else:
            self._come_back()

    def close(self) -> None:
        self._end.set()
        with self._lock:
            prober, local = self._prober, self._local
        self._remote.close()
        if prober is not None:
            prober.join(_CLOSE_PATIENCE_S)
        if local is not None:
            local.close()
        self._listeners.clear()

    # -- answering

    def count_tokens(self, text: str) -> int:
        return self._of_this_answer().count_tokens(text)

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
        """See `core.ports.Engine`. Where the server fails, its EngineError is raised and the local model takes over."""
        engine = self._of_this_answer()
        try:
            yield from engine.generate(
                messages,
                max_tokens=max_tokens,
                temperature=temperature,
                cancel=cancel,
                copy=copy,
                allowed=allowed,
                schema=schema,
            )
        except EngineError as fault:
            if engine is self._remote and fault.code in _SERVERS_FAULTS:
                self._give_way(fault)
            raise

    # -- taking over

    def _active(self) -> LocalEngine | RemoteEngine:
        local = self._local
        return local if self._failure is not None and local is not None else self._remote

    def _of_this_answer(self) -> LocalEngine | RemoteEngine:
        engine: LocalEngine | RemoteEngine = getattr(self._chosen, "engine", None) or self._active()
        return engine

    def _give_way(self, fault: EngineError) -> None:
        """The local model answers from now on, and the server is looked for."""
        with self._lock:
            if self._failure is not None or self._end.is_set():
                return
            log.warning("model server: %s %s; the local model takes over", fault.code, fault.detail)
            self._failure = fault
            if self._local is None:
                try:
                    self._local = self._make_local()
                except EngineError as none:
                    log.warning("there is no local model either: %s", none.code)
                else:
                    self._local.on_state(self._hear_local)
            local = self._local
        if local is not None:
            local.start()
        self._tell(self.state)
        self._probe_in_background()

    def _come_back(self) -> None:
        with self._lock:
            if self._failure is None:
                return
            self._failure = None
        log.info("the model server answers again")
        self._tell("ready")

    def _probe_in_background(self) -> None:
        with self._lock:
            if self._end.is_set() or self._prober is not None:
                return
            self._prober = threading.Thread(target=self._probe, name="model server", daemon=True)
            self._prober.start()

    def _probe(self) -> None:
        """Until the server answers."""
        while not self._end.is_set():
            try:
                self._remote.probe(_PROBE_PATIENCE_S)
            except EngineError as fault:
                self._give_way(fault)
            else:
                self._come_back()
                with self._lock:
                    if self._failure is None:  # else it failed again meanwhile
                        self._prober = None
                        return
            self._end.wait(self._probe_seconds)

    def _hear_local(self, state: str) -> None:
        if self._failure is not None:
            self._tell(state)

    def _tell(self, state: str) -> None:
        for listener in list(self._listeners):
            listener(state)
