"""The local model as the rest of the program sees it: a `core.ports.Engine` in a process of its own.

The worker may crash, hang or be killed at any time. A question that nothing was said to yet is put again to a new
worker; otherwise the caller meets one EngineError with a code, and the next question finds a new worker.
"""

from __future__ import annotations

import atexit
import contextlib
import queue
import threading
import time
import weakref
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, Protocol

from shopdesk.core.ahead import head
from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import ChatMessage, ModelManifest, TokenCounts
from shopdesk.engine.hardware import Hardware, out_of_memory_kills, this_machine
from shopdesk.engine.process import Mailbox, WorkerProcess, default_command
from shopdesk.engine.protocol import Cancel, Count, Counted, Delta, Done, Failed, Generate, Reply
from shopdesk.engine.starting import EngineNotice, Running, Starter, next_reply
from shopdesk.engine.verdicts import describe_exit, died_of_a_fault

State = Literal["stopped", "starting", "ready", "failed"]

_POLL_S = 0.02
_CANCEL_PATIENCE_S = 0.12
_LATE_S = 3.0
_QUIT_PATIENCE_S = 0.3
_PING_AFTER_S = 1.0
_CRASHES, _CRASH_WINDOW_S = 3, 60.0
_COUNTS_KEPT = 256
_PASSING = frozenset({"engine_crashed", "engine_hung", "engine_garbled", "engine_out_of_memory", "engine_timeout"})
"""What ended one worker and need not end the next."""
_ASKED_ANEW = _PASSING | {"engine_keeps_crashing", "engine_memory", "engine_no_worker"}
"""Failures after which a question, but nothing that happens by itself, starts the model once more."""


class _Stop(Protocol):
    def is_set(self) -> bool: ...


class LocalEngine:
    """A model file, run by a worker process. Thread-safe; one answer at a time, further ones wait.

    `data_dir` is where the log (`logs/engine.log`) and the verdicts about this machine
    (`engine.json`) are kept. `threads` and `gpu_layers` override what the hardware suggests.
    `worker_command` starts the worker, for a frozen program. `patience` is how many seconds
    the worker may be silent while it loads or answers, `deaf_after` how many it may leave a ping unanswered.
    `prefix` are messages that every prompt begins with: read once, kept on disk for a model that takes long.
    """

    def __init__(
        self,
        model: Path,
        manifest: ModelManifest,
        *,
        data_dir: Path,
        threads: int | None = None,
        gpu_layers: int | None = None,
        worker_command: Sequence[str] | None = None,
        patience: float = 300.0,
        deaf_after: float = 10.0,
        hardware: Hardware | None = None,
        prefix: Sequence[ChatMessage] = (),
    ) -> None:
        self._model, self._manifest = Path(model), manifest
        self._starter = Starter(
            self._model,
            manifest,
            Path(data_dir),
            hardware or this_machine(),
            list(worker_command or default_command()),
            threads,
            gpu_layers,
            prefix,
            patience,
            deaf_after,
        )
        self._patience, self._deaf_after = patience, deaf_after
        self._turn = threading.Lock()
        self._change = threading.Condition()
        self._state: State = "stopped"
        self._failure: EngineError | None = None
        self._running: Running | None = None
        self._starting: WorkerProcess | None = None
        self._loader: threading.Thread | None = None
        self._closed = False
        self._last: Running | None = None
        self._questions = 0
        self._asked: Sequence[ChatMessage] = ()
        self._counts: OrderedDict[str, int] = OrderedDict()
        self._kills_before = out_of_memory_kills()
        self._crashes: deque[float] = deque(maxlen=_CRASHES)
        self._listeners: list[Callable[[State], None]] = []
        atexit.register(_close_if_alive, weakref.ref(self))

    # -- what it is

    @property
    def manifest(self) -> ModelManifest:
        """With the context that there was room for, once the model is loaded."""
        last = self._last
        if last is None or last.loaded.context >= self._manifest.context:
            return self._manifest
        return replace(self._manifest, context=last.loaded.context)

    @property
    def model(self) -> Path:
        return self._model

    @property
    def identity(self) -> str:
        """See `core.ports.Engine`: the file's checksum, else its place, size and time."""
        if self._manifest.sha256:
            return self._manifest.sha256
        try:
            file = self._model.stat()
        except OSError:
            return str(self._model)
        return f"{self._model} {file.st_size} {file.st_mtime_ns}"

    @property
    def device(self) -> str:
        """Where the last loaded worker computes; "cpu" before there was one."""
        return self._last.loaded.device if self._last else "cpu"

    @property
    def loaded(self) -> Running | None:
        """How the model was last loaded: room, threads, cards."""
        return self._last

    @property
    def state(self) -> State:
        return self._state

    @property
    def failure(self) -> EngineError | None:
        """Why the state is "failed"."""
        return self._failure

    @property
    def notice(self) -> EngineNotice | None:
        """What was done to make the model run here, if anything out of the ordinary."""
        return self._last.notice if self._last else None

    @property
    def worker_pid(self) -> int | None:
        running = self._running
        return running.worker.pid if running else None

    def on_state(self, listener: Callable[[State], None]) -> None:
        """`listener` is called at each change of state, in the thread that changes it."""
        self._listeners.append(listener)

    def hand_over_to(self, other: LocalEngine) -> None:
        """Who listened to this engine listens to `other` from now on."""
        other._listeners += self._listeners
        self._listeners = []

    # -- starting and stopping

    def start(self) -> None:
        """Begin to load, unless loaded already. Returns at once and clears an earlier failure."""
        with self._change:
            if self._closed or self._state in ("starting", "ready"):
                return
            self._crashes.clear()
            self._state, self._failure = "stopped", None
        self._begin()

    def wait_ready(self, timeout: float | None = None) -> None:
        """Until the model is loaded. Raises EngineError: why it failed, or engine_timeout after `timeout` seconds."""
        self._begin()
        with self._change:
            if not self._change.wait_for(lambda: self._state != "starting", timeout):
                raise EngineError("engine_timeout", seconds=round(timeout or 0))
            self._raise_unless_ready()

    def close(self) -> None:
        """End the worker, within a second, and for good."""
        with self._change:
            self._closed = True
            running, starting = self._running, self._starting
            self._running = self._starting = None
            self._state = "stopped"
            self._change.notify_all()
        workers = {running.worker} if running else set()
        for worker in workers | ({starting} if starting else set()):
            worker.close(_QUIT_PATIENCE_S)
        if self._loader is not None and self._loader is not threading.current_thread():
            self._loader.join(_QUIT_PATIENCE_S)
        self._tell("stopped")
        self._listeners.clear()

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- answering

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
        seed: int = 0,
    ) -> Iterator[Piece | Completed]:
        """See `core.ports.Engine`. `max_tokens` 0 only reads the prompt in, ahead of a question.

        Raises EngineError: whatever keeps the model from loading, prompt_too_long, engine_crashed,
        engine_timeout.
        """
        cancel = cancel or threading.Event()
        request = Generate(
            0,
            _turns(messages),
            max_tokens,
            temperature,
            seed,
            list(copy),
            list(self.manifest.words),
            guarded=allowed is not None,
            figures=list(allowed.spellings) if allowed else [],
            citations=list(allowed.citations) if allowed else [],
            schema=dict(schema or {}),
        )
        with self._change:
            self._questions += 1  # what is read in ahead of questions gives way
            self._asked = messages
        try:
            if not _acquire(self._turn, cancel):
                yield Completed("cancelled", TokenCounts())
                return
            try:
                yield from self._persistently(request, cancel)
            finally:
                self._turn.release()
        finally:
            with self._change:
                self._questions -= 1

    def prefill(self, messages: Sequence[ChatMessage], *, cancel: threading.Event | None = None) -> TokenCounts | None:
        """Read `messages` in ahead of a question, in small steps; gives way to any question.

        None where there was no need or no way: the model is not loaded, is busy, or could not. Raises nothing.
        """
        if self._state != "ready" or not self._turn.acquire(blocking=False):
            return None
        stop = _GiveWay(self, messages, cancel or threading.Event())
        try:
            if stop.is_set():
                return None
            for event in self._once(Generate(0, _turns(messages), 0, background=True), stop):
                if isinstance(event, Completed) and event.reason != "cancelled":
                    return event.tokens
        except EngineError:
            pass
        finally:
            self._turn.release()
        return None

    def count_tokens(self, text: str) -> int:
        """Tokens of `text`; loads the model first where needed. Raises EngineError as :meth:`generate` does."""
        with self._change:
            known = self._counts.get(text)
        if known is not None:
            return known
        try:
            count = self._counted(text)
        except EngineError as fault:
            if fault.code not in _PASSING or fault.code == "engine_timeout":
                raise
            count = self._counted(text)
        with self._change:
            self._counts[text] = count
            while len(self._counts) > _COUNTS_KEPT:
                self._counts.popitem(last=False)
        return count

    def _persistently(self, request: Generate, cancel: threading.Event) -> Iterator[Piece | Completed]:
        """Put a question again to a new worker where the first one ended before it said a word."""
        said = False
        try:
            for event in self._once(request, cancel):
                said = True
                yield event
        except EngineError as fault:
            if said or cancel.is_set() or self._closed or fault.code not in _PASSING or fault.code == "engine_timeout":
                raise
            yield from self._once(request, cancel)

    def _once(self, request: Generate, cancel: _Stop) -> Iterator[Piece | Completed]:
        running = self._ready(cancel)
        if running is None:
            yield Completed("cancelled", TokenCounts())
            return
        id, mailbox = running.worker.open_mailbox()
        over, pieces = False, 0
        try:
            running.worker.send(replace(request, id=id))
            for event in self._events(running, mailbox):
                over = isinstance(event, Completed)
                if cancel.is_set() and not over:
                    break
                if event is not None:
                    pieces += 1
                    yield event
        except EngineError:
            over = True
            raise
        finally:
            if over:
                running.worker.close_mailbox(id)
            else:  # cancelled, or the caller went away in mid-answer
                useful = isinstance(cancel, _GiveWay) and cancel.useful
                stopped = self._stop(running, id, mailbox, at_once=not useful)
        if not over:
            yield stopped or Completed("cancelled", TokenCounts(completion=pieces))

    def _counted(self, text: str) -> int:
        running = self._ready(threading.Event())
        assert running is not None
        id, mailbox = running.worker.open_mailbox()
        try:
            running.worker.send(Count(id, text))
            reply = next_reply(running.worker, mailbox, self._patience, self._deaf_after)
        except EngineError:
            self._discard(running)
            raise
        finally:
            running.worker.close_mailbox(id)
        reply = self._sound(running, reply)
        assert isinstance(reply, Counted)
        return reply.count

    def _events(self, running: Running, mailbox: Mailbox) -> Iterator[Piece | Completed | None]:
        """What the worker says, up to Completed; None at first and when it says nothing for a moment."""
        silent_since = time.monotonic()
        while True:
            yield None
            try:
                reply = self._sound(running, mailbox.get(timeout=_POLL_S))
            except queue.Empty:
                self._listen(running, time.monotonic() - silent_since)
                continue
            silent_since = time.monotonic()
            match reply:
                case Delta(text=text):
                    yield Piece(text)
                case Done():
                    yield _completed(reply)
                    return

    def _listen(self, running: Running, silent_s: float) -> None:
        """Whether a worker that says nothing is still at work. Raises EngineError: engine_hung, engine_timeout."""
        if silent_s > _PING_AFTER_S:
            running.worker.ping()
        if running.worker.deaf_for() > self._deaf_after:
            fault = EngineError("engine_hung", seconds=round(silent_s))
        elif silent_s > self._patience:
            fault = EngineError("engine_timeout", seconds=round(self._patience))
        else:
            return
        self._discard(running)
        raise fault

    def _sound(self, running: Running, reply: Reply | None) -> Reply:
        """`reply`, unless it is bad news. Raises the worker's own EngineError, or what it died of."""
        if reply is None:
            raise self._crashed(running)
        if isinstance(reply, Failed):
            raise EngineError(reply.code, detail=reply.detail, **reply.params)
        return reply

    def _stop(self, running: Running, id: int, mailbox: Mailbox, *, at_once: bool) -> Completed | None:
        """Have the worker stop. Who asked waits no longer than a moment; a worker that takes longer is seen to."""
        running.worker.send(Cancel(id, at_once))
        done = self._stopped(running, mailbox, _CANCEL_PATIENCE_S)
        if done is None and not self._closed and self._running is running:
            late = threading.Thread(target=self._see_off, args=(running, id, mailbox), name="engine stop", daemon=True)
            late.start()
        else:
            running.worker.close_mailbox(id)
        return done

    def _see_off(self, running: Running, id: int, mailbox: Mailbox) -> None:
        """End a worker that does not listen; one that was only busy keeps all it has read."""
        stopped = self._stopped(running, mailbox, _LATE_S)
        running.worker.close_mailbox(id)
        if stopped is None and not self._closed and self._running is running:
            self._discard(running)
            self._begin()

    def _stopped(self, running: Running, mailbox: Mailbox, seconds: float) -> Completed | None:
        deadline = time.monotonic() + seconds
        with contextlib.suppress(queue.Empty, EngineError):
            while True:
                reply = self._sound(running, mailbox.get(timeout=max(0.0, deadline - time.monotonic())))
                if isinstance(reply, Done):
                    return Completed("cancelled", _completed(reply).tokens)
        return None

    # -- the worker's life

    def _ready(self, cancel: _Stop) -> Running | None:
        """A loaded worker, started where there is none. None when cancelled meanwhile."""
        running = self._running
        if running is not None and not running.worker.alive:
            self._crashed(running)  # it died between two answers
        with self._change:
            if self._state == "failed" and self._failure is not None and self._failure.code in _ASKED_ANEW:
                self._state, self._failure = "stopped", None
        self._begin()
        with self._change:
            while self._state == "starting":
                if cancel.is_set():
                    return None
                self._change.wait(_POLL_S)
            self._raise_unless_ready()
            return self._running

    def _raise_unless_ready(self) -> None:
        if self._closed:
            raise EngineError("engine_closed")
        if self._failure is not None:
            raise EngineError(self._failure.code, detail=self._failure.detail, **self._failure.params)
        if self._running is None:
            raise EngineError("engine_crashed")

    def _begin(self) -> None:
        """Start loading in the background, unless it is done, under way, or has failed for good."""
        with self._change:
            if self._closed or self._state != "stopped":
                return
            self._state = "starting"
        self._tell("starting")
        self._loader = threading.Thread(target=self._load, name="engine start", daemon=True)
        self._loader.start()

    def _load(self) -> None:
        try:
            running = self._starter.start(self._take_note)
        except EngineError as fault:
            self._settle("failed", failure=fault)
        except Exception as fault:  # noqa: BLE001 - ours: to be seen, and not to leave everyone waiting
            self._settle("failed", failure=EngineError("engine_fault", detail=repr(fault)))
        else:
            self._settle("ready", running=running)

    def _take_note(self, worker: WorkerProcess) -> None:
        """A worker is being started; raises EngineError where nobody wants it any more."""
        with self._change:
            self._starting = worker
            if self._closed:
                raise EngineError("engine_closed")

    def _crashed(self, running: Running) -> EngineError:
        """Take note that `running` has ended by itself; the error to raise."""
        code = running.worker.exit_code()
        fault = EngineError("engine_crashed", detail=describe_exit(code))
        with self._change:
            if self._running is not running:
                return EngineError("engine_closed") if self._closed else fault
            self._crashes.append(time.monotonic())
            too_many = len(self._crashes) == _CRASHES and self._crashes[-1] - self._crashes[0] < _CRASH_WINDOW_S
        kills, before, self._kills_before = out_of_memory_kills(), self._kills_before, out_of_memory_kills()
        if running.worker.garbled:
            fault = EngineError("engine_garbled", detail=describe_exit(code))
        elif died_of_a_fault(code):
            if running.more_careful:
                self._starter.be_more_careful(running)
            else:
                self._starter.take_less(running)
        elif kills > before:
            fault = EngineError("engine_out_of_memory", detail=describe_exit(code))
            self._starter.take_less(running)
        running.worker.close(0)
        lasting = EngineError("engine_keeps_crashing", detail=describe_exit(code)) if too_many else None
        self._settle("failed" if lasting else "stopped", failure=lasting)
        return fault

    def _discard(self, running: Running) -> None:
        """End a worker that does not react."""
        if self._running is running:
            self._settle("stopped")
        running.worker.close(0)

    def _settle(
        self, state: State, *, running: Running | None = None, failure: EngineError | None = None
    ) -> None:  # fmt: skip
        with self._change:
            self._starting = None
            if self._closed:
                too_late, running, state, failure = running, None, "stopped", None
            else:
                too_late = None
            self._running, self._failure, self._state = running, failure, state
            self._last = running or self._last
            self._change.notify_all()
        if too_late is not None:
            too_late.worker.close(0)
        self._tell(state)

    def _tell(self, state: State) -> None:
        for listener in list(self._listeners):
            listener(state)


class _GiveWay:
    """Set when reading ahead is to end: it was asked to, or somebody has a question."""

    def __init__(self, engine: LocalEngine, reading: Sequence[ChatMessage], cancel: threading.Event) -> None:
        self._engine, self._reading, self._cancel = engine, reading, cancel

    def is_set(self) -> bool:
        return self._cancel.is_set() or self._engine._questions > 0

    @property
    def useful(self) -> bool:
        """Whether the question that wants its turn begins with what is being read: no step of it should be lost."""
        return not self._cancel.is_set() and head(self._engine._asked) == head(self._reading)


def _turns(messages: Sequence[ChatMessage]) -> list[dict[str, str]]:
    return [{"role": message.role, "content": message.content} for message in messages]


def _completed(done: Done) -> Completed:
    return Completed(done.reason, TokenCounts(done.prompt, done.reused, done.completion))


def _acquire(lock: threading.Lock, cancel: threading.Event) -> bool:
    """Wait for our turn; False when cancelled meanwhile."""
    while not lock.acquire(timeout=_POLL_S):
        if cancel.is_set():
            return False
    return True


def _close_if_alive(reference: weakref.ref[LocalEngine]) -> None:
    engine = reference()
    if engine is not None:
        engine.close()
