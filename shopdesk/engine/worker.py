"""The process that holds the model: `python -m shopdesk.engine.worker`, started by `shopdesk.engine.client`.

Speaks `shopdesk.engine.protocol` over its standard input and output, logs to its standard error,
and ends when its input does, so that it never outlives the program, not even one that was killed.
"""

from __future__ import annotations

import base64
import contextlib
import faulthandler
import os
import queue
import signal
import sys
import threading
import time
import traceback
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.engine.fit import Room
from shopdesk.engine.protocol import (
    VERSION,
    Cancel,
    Count,
    Counted,
    Delta,
    Done,
    Embed,
    Embedded,
    Failed,
    Generate,
    Hello,
    Load,
    Loaded,
    Message,
    Ping,
    Pong,
    Progress,
    Quit,
    decode,
    encode,
)

_PROGRESS_S = 0.5


class Model(Protocol):
    """What the worker needs of a loaded model; `shopdesk.engine.llama.LlamaModel` is the real one."""

    device: str
    gpu_failed: str
    room: Room
    stepped: int
    prefix_restored: int

    @property
    def context(self) -> int: ...

    def count(self, text: str) -> int: ...

    def generate(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        max_tokens: int,
        temperature: float,
        seed: int,
        cancelled: Callable[[], bool],
        enough: Callable[[], bool] = ...,
        copy: Sequence[str] = (),
        words: Sequence[str] = (),
        allowed: AllowedFigures | None = None,
        background: bool = False,
        schema: Mapping[str, Any] | None = None,
        told: Callable[[int, int], None] | None = None,
    ) -> Iterator[Piece | Completed]: ...

    def prepare(self, cancelled: Callable[[], bool]) -> None: ...


class EmbeddingModel(Protocol):
    """What it needs of a model for vectors; `shopdesk.engine.llama_embedding.LlamaEmbedder` is the real one."""

    device: str

    @property
    def context(self) -> int: ...

    def embed(self, text: str) -> list[float]: ...


class Worker:
    """Reads requests in one thread, so that a stop is heard at once, and works on them in the other."""

    def __init__(
        self,
        inbox: BinaryIO,
        outbox: BinaryIO,
        open_model: Callable[[Load], Model],
        open_embedder: Callable[[Load], EmbeddingModel],
    ) -> None:
        self._inbox, self._outbox = inbox, outbox
        self._open_model, self._open_embedder = open_model, open_embedder
        self._sending = threading.Lock()
        self._waiting: queue.SimpleQueue[Load | Generate | Embed] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._enough: set[int] = set()
        self._model: Model | None = None
        self._embedder: EmbeddingModel | None = None

    def listen(self) -> None:
        """Start reading. The process ends with its input, also from within llama.cpp."""
        threading.Thread(target=self._read, name="requests", daemon=True).start()

    def work(self, llama: str, gpu: bool, amx: bool, devices: list[dict[str, Any]]) -> None:
        """Say hello and serve until the input ends. Never returns."""
        self._send(Hello(VERSION, llama, gpu, amx, os.getpid(), devices))
        while True:
            self._prepare()
            request = self._waiting.get()
            try:
                match request:
                    case Load():
                        self._load(request)
                    case Generate():
                        self._generate(request)
                    case Embed():
                        self._embed(request)
            except EngineError as fault:
                params = {name: _plain(value) for name, value in fault.params.items()}
                self._send(Failed(request.id, fault.code, fault.detail, params))
            except Exception as fault:  # noqa: BLE001 - ours: the client reports it, the log has the trace
                traceback.print_exc()
                self._send(Failed(request.id, "engine_fault", repr(fault)))

    def _read(self) -> None:
        try:
            for line in self._inbox:
                self._receive(decode(line))
        except BaseException:  # noqa: BLE001 - nothing may leave a process that nobody can talk to
            traceback.print_exc()
            os._exit(70)
        os._exit(0)

    def _receive(self, message: Message) -> None:
        match message:
            case Load() | Generate() | Embed():
                self._waiting.put(message)
            case Cancel(id=id, at_once=at_once):
                (self._cancelled if at_once else self._enough).add(id)
            case Count():
                self._count(message)
            case Ping():
                self._send(Pong())
            case Quit():
                os._exit(0)

    def _load(self, request: Load) -> None:
        started = time.perf_counter()
        if request.memory_limit:
            limit_memory(request.memory_limit)
        if request.embeds:
            self._embedder = self._open_embedder(request)
            ms = (time.perf_counter() - started) * 1000
            self._send(Loaded(request.id, self._embedder.device, self._embedder.context, ms))
            return
        self._model = model = self._open_model(request)
        ms = (time.perf_counter() - started) * 1000
        self._send(
            Loaded(
                request.id,
                model.device,
                model.context,
                ms,
                model.gpu_failed,
                room=model.room.to_json(),
                stepped=model.stepped,
                prefix=model.prefix_restored,
            )
        )

    def _prepare(self) -> None:
        """Nobody waits: what all prompts begin with can be read in and kept."""
        if self._model is None or not self._waiting.empty():
            return
        try:
            self._model.prepare(lambda: not self._waiting.empty())
        except EngineError:
            traceback.print_exc()  # the next prompt reads it in itself

    def _generate(self, request: Generate) -> None:
        if self._model is None:
            raise EngineError("engine_not_loaded")
        told = _Seldom(lambda done, total: self._send(Progress(request.id, done, total)))
        events = self._model.generate(
            request.messages,
            max_tokens=request.max_tokens,
            temperature=request.temperature,
            seed=request.seed,
            cancelled=lambda: request.id in self._cancelled,
            enough=lambda: request.id in self._enough,
            copy=request.copy,
            words=request.words,
            allowed=AllowedFigures(tuple(request.figures), tuple(request.citations)) if request.guarded else None,
            background=request.background,
            schema=request.schema or None,
            told=told,
        )
        for event in events:
            if isinstance(event, Piece):
                self._send(Delta(request.id, event.text))
            else:
                tokens = event.tokens
                self._send(Done(request.id, event.reason, tokens.prompt, tokens.reused, tokens.completion))
        self._cancelled.discard(request.id)
        self._enough.discard(request.id)

    def _embed(self, request: Embed) -> None:
        if self._embedder is None:
            raise EngineError("engine_not_loaded")
        self._send(Embedded(request.id, [_packed(self._embedder.embed(text)) for text in request.texts]))

    def _count(self, request: Count) -> None:
        if self._model is None:
            self._send(Failed(request.id, "engine_not_loaded"))
        else:
            self._send(Counted(request.id, self._model.count(request.text)))

    def _send(self, message: Message) -> None:
        try:
            with self._sending:
                self._outbox.write(encode(message))
                self._outbox.flush()
        except OSError:
            os._exit(0)  # nobody is left to listen


class _Seldom:
    """Passes on how far a prompt is read, not oftener than is of use."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell, self._last = tell, time.perf_counter()

    def __call__(self, done: int, total: int) -> None:
        now = time.perf_counter()
        if now - self._last >= _PROGRESS_S:
            self._last = now
            self._tell(done, total)


def limit_memory(own_bytes: int) -> None:
    """Refuse this process more memory of its own than that, where the system can; mapped files do not count."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = own_bytes if hard == resource.RLIM_INFINITY else min(own_bytes, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def offer_first() -> None:
    """Where memory runs out, Linux shall end this process and not the window."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")


def take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Our ends of standard input and output, out of the reach of any library.

    llama_cpp and its logging write to file descriptors 1 and 2 as they please. What they write
    to 1 goes where 2 goes, to the log.
    """
    inbox, outbox = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    return inbox, outbox


def _packed(vector: Sequence[float]) -> str:
    return base64.b64encode(array("f", vector).tobytes()).decode("ascii")


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | str | bool | None) else str(value)


def main(open_model: Callable[[Load], Model] | None = None) -> None:
    """`open_model` stands in for llama.cpp's loader in tests of what happens when it fails."""
    inbox, outbox = take_pipes()
    # Ctrl+C in a terminal reaches every process in it; what it means is the program's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.enable(sys.stderr)
    offer_first()
    worker = Worker(inbox, outbox, open_model or _open_llama, _open_embedder)
    worker.listen()
    from shopdesk.engine import llama

    worker.work(llama.version(), llama.gpu_present(), llama.uses_amx(), llama.devices())


def _open_llama(load: Load) -> Model:
    from shopdesk.engine.llama import LlamaModel

    return LlamaModel(load)


def _open_embedder(load: Load) -> EmbeddingModel:
    from shopdesk.engine.llama_embedding import LlamaEmbedder

    return LlamaEmbedder(load)


if __name__ == "__main__":
    main()
