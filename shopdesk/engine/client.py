"""The local model as the rest of the program sees it: a `core.ports.Engine` in a process of its own.

The worker may crash, hang or be killed at any time. What the caller meets is one EngineError with
a code, and the next question finds a new worker.
"""

from __future__ import annotations

import atexit
import contextlib
import queue
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.messages import text_of
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import ChatMessage, ModelManifest, TokenCounts
from shopdesk.engine.gguf import read_head
from shopdesk.engine.hardware import Hardware, this_machine
from shopdesk.engine.process import Mailbox, WorkerProcess, default_command
from shopdesk.engine.protocol import Cancel, Count, Counted, Delta, Done, Failed, Generate, Hello, Load, Loaded, Reply
from shopdesk.engine.verdicts import Verdicts, Way, describe_exit, died_of_a_fault, identity, ways

State = Literal["stopped", "starting", "ready", "failed"]

_POLL_S = 0.02
_CANCEL_PATIENCE_S = 0.12
_QUIT_PATIENCE_S = 0.3
_CRASHES, _CRASH_WINDOW_S = 3, 60.0


@dataclass(frozen=True, slots=True)
class EngineNotice:
    """Something about the running model that the user may want to know; nothing is wrong with the answer."""

    code: str
    detail: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        return text_of(self.code, language, **self.params)


@dataclass(frozen=True, slots=True)
class _Running:
    """A loaded worker, what a verdict about it is filed under, and the ways that are more careful than its own."""

    worker: WorkerProcess
    identity: str
    more_careful: tuple[Way, ...]


class LocalEngine:
    """A model file, run by a worker process. Thread-safe; one answer at a time, further ones wait.

    `data_dir` is where the log (`logs/engine.log`) and the verdicts about this machine
    (`engine.json`) are kept. `threads` and `gpu_layers` override what the hardware suggests.
    `worker_command` starts the worker, for a frozen program. `patience` is how many seconds
    the worker may be silent while it loads or answers.
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
        hardware: Hardware | None = None,
    ) -> None:
        self._model, self._manifest = Path(model), manifest
        self._hardware = hardware or this_machine()
        self._threads = threads
        self._gpu_layers = gpu_layers
        self._command = list(worker_command or default_command())
        self._log = Path(data_dir) / "logs" / "engine.log"
        self._verdicts = Verdicts(Path(data_dir) / "engine.json")
        self._patience = patience
        self._turn = threading.Lock()
        self._change = threading.Condition()
        self._state: State = "stopped"
        self._failure: EngineError | None = None
        self._running: _Running | None = None
        self._starting: WorkerProcess | None = None
        self._loader: threading.Thread | None = None
        self._closed = False
        self._device = "cpu"
        self._notice: EngineNotice | None = None
        self._crashes: deque[float] = deque(maxlen=_CRASHES)
        self._listeners: list[Callable[[State], None]] = []
        atexit.register(_close_if_alive, weakref.ref(self))

    # -- what it is

    @property
    def manifest(self) -> ModelManifest:
        return self._manifest

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
        return self._device

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
        return self._notice

    @property
    def worker_pid(self) -> int | None:
        running = self._running
        return running.worker.pid if running else None

    def on_state(self, listener: Callable[[State], None]) -> None:
        """`listener` is called at each change of state, in the thread that changes it."""
        self._listeners.append(listener)

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
        seed: int = 0,
    ) -> Iterator[Piece | Completed]:
        """See `core.ports.Engine`. `max_tokens` 0 only reads the prompt in, ahead of a question.

        Raises EngineError: whatever keeps the model from loading, prompt_too_long, engine_crashed,
        engine_timeout.
        """
        cancel = cancel or threading.Event()
        if not _acquire(self._turn, cancel):
            yield Completed("cancelled", TokenCounts())
            return
        try:
            running = self._ready(cancel)
            if running is None:
                yield Completed("cancelled", TokenCounts())
                return
            id, mailbox = running.worker.open_mailbox()
            turns = [{"role": message.role, "content": message.content} for message in messages]
            finished = False
            try:
                running.worker.send(
                    Generate(
                        id,
                        turns,
                        max_tokens,
                        temperature,
                        seed,
                        list(copy),
                        list(self.manifest.words),
                        guarded=allowed is not None,
                        figures=list(allowed.spellings) if allowed else [],
                        citations=list(allowed.citations) if allowed else [],
                    )
                )
                for event in self._events(running, id, mailbox, cancel):
                    finished = isinstance(event, Completed)
                    yield event
            except EngineError:
                finished = True
                raise
            finally:
                if not finished:  # the caller went away in mid-answer
                    self._stop(running, id, mailbox)
                running.worker.close_mailbox(id)
        finally:
            self._turn.release()

    def count_tokens(self, text: str) -> int:
        """Tokens of `text`; loads the model first where needed. Raises EngineError as :meth:`generate` does."""
        running = self._ready(threading.Event())
        assert running is not None
        id, mailbox = running.worker.open_mailbox()
        try:
            running.worker.send(Count(id, text))
            reply = self._next(running, mailbox, self._patience)
            assert isinstance(reply, Counted)
            return reply.count
        except queue.Empty:
            self._discard(running)
            raise EngineError("engine_timeout", seconds=round(self._patience)) from None
        finally:
            running.worker.close_mailbox(id)

    def _events(
        self, running: _Running, id: int, mailbox: Mailbox, cancel: threading.Event
    ) -> Iterator[Piece | Completed]:
        silent_since = time.monotonic()
        pieces = 0
        while True:
            if cancel.is_set():
                yield self._stop(running, id, mailbox) or Completed("cancelled", TokenCounts(completion=pieces))
                return
            try:
                reply = self._next(running, mailbox, _POLL_S)
            except queue.Empty:
                if time.monotonic() - silent_since > self._patience:
                    self._discard(running)
                    raise EngineError("engine_timeout", seconds=round(self._patience)) from None
                continue
            silent_since = time.monotonic()
            match reply:
                case Delta(text=text):
                    pieces += 1
                    yield Piece(text)
                case Done():
                    yield _completed(reply)
                    return

    def _next(self, running: _Running, mailbox: Mailbox, timeout: float) -> Reply:
        """The next reply. Raises queue.Empty, the worker's own EngineError, or engine_crashed."""
        reply = mailbox.get(timeout=timeout)
        if reply is None:
            raise self._crashed(running)
        if isinstance(reply, Failed):
            raise EngineError(reply.code, detail=reply.detail, **reply.params)
        return reply

    def _stop(self, running: _Running, id: int, mailbox: Mailbox) -> Completed | None:
        """Have the worker stop; kill and replace it when it does not listen in time."""
        running.worker.send(Cancel(id))
        deadline = time.monotonic() + _CANCEL_PATIENCE_S
        with contextlib.suppress(queue.Empty, EngineError):
            while True:
                reply = self._next(running, mailbox, max(0.0, deadline - time.monotonic()))
                if isinstance(reply, Done):
                    done = _completed(reply)
                    return Completed("cancelled", done.tokens)
        if not self._closed and self._running is running:
            self._discard(running)
            self._begin()
        return None

    # -- the worker's life

    def _ready(self, cancel: threading.Event) -> _Running | None:
        """A loaded worker, started where there is none. None when cancelled meanwhile."""
        running = self._running
        if running is not None and not running.worker.alive:
            self._crashed(running)  # it died between two answers
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
            read_head(self._model)
            running = self._first_way_that_works()
        except EngineError as fault:
            self._settle("failed", failure=fault)
        except Exception as fault:  # noqa: BLE001 - ours: to be seen, and not to leave everyone waiting
            self._settle("failed", failure=EngineError("engine_fault", detail=repr(fault)))
        else:
            self._settle("ready", running=running)

    def _first_way_that_works(self) -> _Running:
        """Load, and where that ends the worker by a crash, load more carefully in a new one."""
        worker, hello = self._new_worker()
        key = identity(self._hardware, hello.llama, self._model)
        known = self._verdicts.get(key)
        candidates = ways(self._hardware, gpu=hello.gpu, amx=hello.amx, gpu_layers=self._gpu_layers)
        if known in candidates:
            candidates = candidates[candidates.index(known) :]
        deaths: list[str] = []
        for number, way in enumerate(candidates, 1):
            if deaths:
                worker, _ = self._new_worker()
            loaded = self._load_into(worker, way, probe=way != known)
            if loaded is not None:
                if way != known:
                    self._verdicts.put(key, way)
                self._device = loaded.device
                self._notice = self._notice_about(way, loaded, deaths)
                return _Running(worker, key, tuple(candidates[number:]))
            deaths.append(describe_exit(worker.exit_code()))
        raise EngineError("engine_unusable", detail=", ".join(deaths))

    def _new_worker(self) -> tuple[WorkerProcess, Hello]:
        """A worker that has said hello."""
        worker = WorkerProcess(self._command, self._log)
        with self._change:
            self._starting = worker
            closed = self._closed
        try:
            if closed:
                raise EngineError("engine_closed")
            hello = worker.hello(self._patience)
        except EngineError:
            worker.close(0)
            raise
        return worker, hello

    def _load_into(self, worker: WorkerProcess, way: Way, *, probe: bool) -> Loaded | None:
        """None when loading crashed the worker. Raises EngineError when it failed in an orderly way."""
        id, mailbox = worker.open_mailbox()
        path = str(self._model.resolve())
        threads = self._threads or self._hardware.threads_for(self._model.stat().st_size)
        worker.send(
            Load(id, path, self._manifest.context, threads, way.gpu_layers, way.extra_buffers, probe)
        )  # fmt: skip
        try:
            reply = mailbox.get(timeout=self._patience)
        except queue.Empty:
            worker.close(0)
            raise EngineError("engine_timeout", seconds=round(self._patience)) from None
        finally:
            worker.close_mailbox(id)
        if isinstance(reply, Loaded):
            return reply
        code = worker.exit_code() if reply is None else None
        worker.close(0)
        if isinstance(reply, Failed):
            raise EngineError(reply.code, detail=reply.detail, **reply.params)
        if not died_of_a_fault(code):
            raise EngineError("engine_crashed", detail=describe_exit(code))
        return None

    def _notice_about(self, way: Way, loaded: Loaded, deaths: list[str]) -> EngineNotice | None:
        if loaded.gpu_failed:
            return EngineNotice("engine_gpu_unused", loaded.gpu_failed)
        if way.extra_buffers:
            return None
        reason = f"crashed: {', '.join(deaths)}" if deaths else "AMX" if self._hardware.has_amx else "crashed before"
        return EngineNotice("engine_careful", f"{reason}; gpu_layers={way.gpu_layers}, extra_buffers=off")

    def _crashed(self, running: _Running) -> EngineError:
        """Take note that `running` has ended by itself; the error to raise."""
        code = running.worker.exit_code()
        fault = EngineError("engine_crashed", detail=describe_exit(code))
        with self._change:
            if self._running is not running:
                return EngineError("engine_closed") if self._closed else fault
            self._crashes.append(time.monotonic())
            too_many = len(self._crashes) == _CRASHES and self._crashes[-1] - self._crashes[0] < _CRASH_WINDOW_S
        if died_of_a_fault(code):
            self._be_more_careful(running)
        running.worker.close(0)
        if too_many:
            fault = EngineError("engine_keeps_crashing", detail=describe_exit(code))
        self._settle("failed" if too_many else "stopped", failure=fault if too_many else None)
        return fault

    def _be_more_careful(self, running: _Running) -> None:
        """A crash inside llama.cpp that the trial did not show: begin with the next way from now on."""
        if running.more_careful:
            self._verdicts.put(running.identity, running.more_careful[0])

    def _discard(self, running: _Running) -> None:
        """End a worker that does not react."""
        running.worker.close(0)
        if self._running is running:
            self._settle("stopped")

    def _settle(
        self, state: State, *, running: _Running | None = None, failure: EngineError | None = None
    ) -> None:  # fmt: skip
        with self._change:
            self._starting = None
            if self._closed:
                too_late, running, state, failure = running, None, "stopped", None
            else:
                too_late = None
            self._running, self._failure, self._state = running, failure, state
            self._change.notify_all()
        if too_late is not None:
            too_late.worker.close(0)
        self._tell(state)

    def _tell(self, state: State) -> None:
        for listener in list(self._listeners):
            listener(state)


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
