"""From a model file to a worker that holds it: in the boldest way this machine bears, as large as there is room for."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from shopdesk.core.errors import EngineError
from shopdesk.core.messages import text_of
from shopdesk.core.types import ChatMessage, ModelManifest
from shopdesk.engine.checking import checked_once
from shopdesk.engine.fit import Device, ModelSizes, Room, rooms
from shopdesk.engine.gguf import read_head
from shopdesk.engine.hardware import Hardware, available_memory
from shopdesk.engine.process import Mailbox, WorkerProcess
from shopdesk.engine.protocol import Failed, Hello, Load, Loaded, Reply
from shopdesk.engine.verdicts import Verdicts, Way, describe_exit, died_of_a_fault, identity, ways

_SMALL_MODEL = 64 << 20
_GREETING_S = 30.0  # a slow disk may hold the libraries
_PARKING_SHARE, _MOST_PARKED = 0.08, 1 << 30
_SCRATCH = 2 << 30
_MOST_OF_ALL = 0.9


@dataclass(frozen=True, slots=True)
class EngineNotice:
    """Something about the running model that the user may want to know; nothing is wrong with the answer."""

    code: str
    detail: str = ""
    params: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        return text_of(self.code, language, **self.params)


@dataclass(frozen=True, slots=True)
class Running:
    """A loaded worker, what a verdict about it is filed under, and the ways that are more careful than its own."""

    worker: WorkerProcess
    identity: str
    more_careful: tuple[Way, ...]
    loaded: Loaded
    room: Room
    way: Way
    notice: EngineNotice | None
    devices: tuple[Device, ...]
    threads: int


@dataclass
class Starter:
    """Starts workers for one model. `patience`: seconds a worker may take to load; `deaf_after`: seconds after which
    one that does not even answer a ping counts as hung. `prefix`: messages that every prompt begins with."""

    model: Path
    manifest: ModelManifest
    data_dir: Path
    hardware: Hardware
    command: Sequence[str]
    threads: int | None = None
    gpu_layers: int | None = None
    prefix: Sequence[ChatMessage] = ()
    patience: float = 300.0
    deaf_after: float = 10.0
    smaller: int = 0
    """How many of the rooms are not tried any more, because memory ran out in them."""

    def __post_init__(self) -> None:
        self._log = Path(self.data_dir) / "logs" / "engine.log"
        self._verdicts = Verdicts(Path(self.data_dir) / "engine.json")

    def start(self, starting: Callable[[WorkerProcess], None]) -> Running:
        """Load, and where that ends the worker by a crash, load more carefully in a new one.

        `starting` hears of each worker before it is spoken to, and may raise. Raises EngineError: what is wrong with
        the file, engine_no_worker, engine_memory, engine_crashed, engine_hung, engine_timeout, engine_unusable.
        """
        head = read_head(self.model)
        sizes = ModelSizes.of(head, self.model.stat().st_size)
        checked_once(self.model, self.manifest, Path(self.data_dir) / "checked.json")
        worker, hello = self._new_worker(starting)
        key = identity(self.hardware, hello.llama, self.model)
        known = self._verdicts.get(key)
        candidates = ways(self.hardware, gpu=hello.gpu, amx=hello.amx, gpu_layers=self.gpu_layers)
        if known in candidates:
            candidates = candidates[candidates.index(known) :]
        devices = tuple(Device.of(told) for told in hello.devices)
        deaths: list[str] = []
        for number, way in enumerate(candidates, 1):
            if deaths:
                worker, _ = self._new_worker(starting)
            offered = self._rooms(sizes, way, devices)
            load = self._request(sizes, way, offered, probe=way != known, on_card=bool(devices))
            loaded = self._load_into(worker, load)
            if loaded is None:
                deaths.append(describe_exit(worker.exit_code()))
                continue
            if way != known:
                self._verdicts.put(key, way)
            room = Room(**loaded.room) if loaded.room else offered[0]
            notice = self._notice(way, loaded, deaths)
            more_careful = tuple(candidates[number:])
            return Running(worker, key, more_careful, loaded, room, way, notice, devices, load.threads)
        raise EngineError("engine_unusable", detail=", ".join(deaths))

    def be_more_careful(self, running: Running) -> None:
        """A crash inside llama.cpp that the trial did not show: begin with the next way from now on."""
        if running.more_careful:
            self._verdicts.put(running.identity, running.more_careful[0])

    def take_less(self, running: Running) -> None:
        """Memory ran out: leave out what was taken and all that is larger."""
        self.smaller += running.loaded.stepped + 1

    def _rooms(self, sizes: ModelSizes, way: Way, devices: Sequence[Device]) -> list[Room]:
        context = min(self.manifest.context, sizes.trained_context or self.manifest.context)
        found = rooms(sizes, context, available_memory(), devices if way.gpu_layers else ())
        if way.gpu_layers not in (-1, 0):  # the user's own wish
            found = [Room(way.gpu_layers, room.context, room.batch, room.kv) for room in found]
        return found[min(self.smaller, len(found) - 1) :]

    def _request(
        self, sizes: ModelSizes, way: Way, offered: Sequence[Room], *, probe: bool, on_card: bool
    ) -> Load:  # fmt: skip
        small = sizes.weights < _SMALL_MODEL
        free = available_memory() or self.hardware.memory
        parking = min(_MOST_PARKED, int(free * _PARKING_SHARE))
        # A driver of a card maps more than it uses: no ceiling there.
        ceiling = 0 if on_card else int(1.25 * sizes.memory(offered[0].context)) + parking + _SCRATCH
        if ceiling and self.hardware.memory:
            ceiling = min(ceiling, int(self.hardware.memory * _MOST_OF_ALL))
        return Load(
            0,
            str(self.model.resolve()),
            offered[0].context,
            self.threads or self.hardware.threads_for(sizes.weights),
            offered[0].gpu_layers,
            way.extra_buffers,
            probe,
            rooms=[room.to_json() for room in offered],
            parking=parking,
            prefix=[asdict(message) for message in self.prefix],
            # What a small model reads in no time needs no file.
            prefix_folder="" if small else str(Path(self.data_dir) / "prefixes"),
            memory_limit=ceiling,
        )

    def _new_worker(self, starting: Callable[[WorkerProcess], None]) -> tuple[WorkerProcess, Hello]:
        """A worker that has said hello."""
        worker = WorkerProcess(self.command, self._log)
        try:
            starting(worker)
            hello = worker.hello(min(self.patience, _GREETING_S))
        except EngineError:
            worker.close(0)
            raise
        return worker, hello

    def _load_into(self, worker: WorkerProcess, load: Load) -> Loaded | None:
        """None when loading crashed the worker. Raises EngineError when it failed in an orderly way."""
        id, mailbox = worker.open_mailbox()
        worker.send(load.numbered(id))
        try:
            reply = next_reply(worker, mailbox, self.patience, self.deaf_after)
        except EngineError:
            worker.close(0)
            raise
        finally:
            worker.close_mailbox(id)
        if isinstance(reply, Loaded):
            return reply
        code = worker.exit_code() if reply is None else None
        worker.close(0)
        if isinstance(reply, Failed):
            raise EngineError(reply.code, detail=reply.detail, **reply.params)
        if worker.garbled:
            raise EngineError("engine_garbled", detail=describe_exit(code))
        if not died_of_a_fault(code):
            raise EngineError("engine_crashed", detail=describe_exit(code))
        return None

    def _notice(self, way: Way, loaded: Loaded, deaths: list[str]) -> EngineNotice | None:
        if loaded.gpu_failed:
            return EngineNotice("engine_gpu_unused", loaded.gpu_failed)
        if loaded.context < self.manifest.context and (self.smaller or loaded.stepped):
            return EngineNotice("engine_smaller", f"context {loaded.context} of {self.manifest.context}")
        if way.extra_buffers:
            return None
        reason = f"crashed: {', '.join(deaths)}" if deaths else "AMX" if self.hardware.has_amx else "crashed before"
        return EngineNotice("engine_careful", f"{reason}; gpu_layers={way.gpu_layers}, extra_buffers=off")


def next_reply(
    worker: WorkerProcess, mailbox: Mailbox, patience: float, deaf_after: float, *, step: float = 0.5
) -> Reply | None:
    """The next reply, None when the worker has ended.

    Raises EngineError: engine_hung where it has not even answered a ping for `deaf_after` seconds, engine_timeout where
    it is alive but has said nothing for `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while True:
        try:
            return mailbox.get(timeout=min(step, max(0.0, deadline - time.monotonic())))
        except queue.Empty:
            if worker.deaf_for() > deaf_after:
                raise EngineError("engine_hung", seconds=round(deaf_after)) from None
            if time.monotonic() >= deadline:
                raise EngineError("engine_timeout", seconds=round(patience)) from None
            worker.ping()
