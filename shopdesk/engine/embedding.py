"""Texts as vectors of meaning: an embedding model in a worker process of its own, started when it is first needed."""

from __future__ import annotations

import base64
import threading
from collections.abc import Sequence
from pathlib import Path

from shopdesk.core.errors import EngineError
from shopdesk.engine.gguf import GgufHead, read_head
from shopdesk.engine.hardware import this_machine
from shopdesk.engine.process import WorkerProcess, default_command
from shopdesk.engine.protocol import Embed, Embedded, Failed, Load, Loaded
from shopdesk.engine.starting import next_reply

_GREETING_S, _LOADING_S, _DEAF_S = 30.0, 120.0, 10.0
_ENCODERS = frozenset(
    (
        "bert",
        "nomic-bert",
        "nomic-bert-moe",
        "jina-bert-v2",
        "jina-bert-v3",
        "modern-bert",
        "neo-bert",
        "gemma-embedding",
    )
)


def embeds(head: GgufHead) -> bool:
    """Whether a GGUF file is made for vectors and not for answers: an encoder, or one that says how it pools."""
    return head.architecture in _ENCODERS or f"{head.architecture}.pooling_type" in head.metadata


class Embedder:
    """`model` is the file. Every method may be called from any thread; one text is worked on at a time."""

    def __init__(self, model: Path, data_dir: Path, *, command: Sequence[str] | None = None) -> None:
        self.model = model
        self._log = Path(data_dir) / "logs" / "embedding.log"
        self._command = list(command or default_command())
        self._turn = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._failure: EngineError | None = None
        self._closed = False

    @property
    def identity(self) -> str:
        """Tells this file's vectors from any other's."""
        file = self.model.stat()
        return f"{self.model.name} {file.st_size}"

    def vectors(self, texts: Sequence[str], *, patience: float = _LOADING_S) -> list[bytes]:
        """A vector of length 1 for each text, as float32 in this machine's order; loads the model where that is needed.

        Raises EngineError: what is wrong with the file, engine_no_worker, engine_memory, engine_crashed, engine_hung,
        engine_timeout; the first one ends it for good.
        """
        with self._turn:
            if self._failure is not None:
                raise self._failure
            try:
                worker = self._started()
                reply = self._asked(worker, Embed(0, list(texts)), patience)
            except EngineError as fault:
                self._failure = fault
                self._end()
                raise
        assert isinstance(reply, Embedded)
        return [base64.b64decode(vector) for vector in reply.vectors]

    def close(self) -> None:
        self._closed = True
        self._failure = self._failure or EngineError("engine_closed")
        self._end()

    def _started(self) -> WorkerProcess:
        if self._worker is None:
            if self._closed:
                raise EngineError("engine_closed")
            read_head(self.model)
            self._worker = worker = WorkerProcess(self._command, self._log)
            worker.hello(_GREETING_S)
            threads = this_machine().threads
            load = Load(0, str(self.model.resolve()), 0, threads, 0, extra_buffers=False, probe=False, embeds=True)
            self._asked(worker, load, _LOADING_S)
        return self._worker

    def _asked(self, worker: WorkerProcess, request: Load | Embed, patience: float) -> Loaded | Embedded:
        id, mailbox = worker.open_mailbox()
        try:
            worker.send(request.numbered(id))
            reply = next_reply(worker, mailbox, patience, _DEAF_S)
        finally:
            worker.close_mailbox(id)
        if isinstance(reply, Failed):
            raise EngineError(reply.code, detail=reply.detail, **reply.params)
        if not isinstance(reply, Loaded | Embedded):
            raise EngineError("engine_crashed", detail=str(worker.exit_code()))
        return reply

    def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close(0)
