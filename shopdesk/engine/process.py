"""One worker process and the conversation with it."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import IO

import shopdesk
from shopdesk.core.errors import EngineError
from shopdesk.engine.protocol import (
    VERSION,
    Hello,
    Message,
    Ping,
    Pong,
    ProtocolError,
    Quit,
    Reply,
    decode,
    encode,
)
from shopdesk.engine.verdicts import describe_exit

Mailbox = queue.SimpleQueue["Reply | None"]
"""Replies to one request, in order; None when the process has ended."""

_LOG_LIMIT = 1 << 20
_LONGEST_LINE = 1 << 22
_PING_EVERY_S = 0.5


def default_command() -> list[str]:
    """How to start a worker: this Python with the worker module; a frozen program calls itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--engine-worker"]
    return [sys.executable, "-X", "utf8", "-m", "shopdesk.engine.worker"]


class WorkerProcess:
    """Started by its constructor. Every method may be called from any thread."""

    def __init__(self, command: Sequence[str], log: Path | None) -> None:
        """Raises EngineError("engine_no_worker") when the process cannot be started."""
        self._ids = count(1)
        self._lock = threading.Lock()
        self._mailboxes: dict[int, Mailbox] = {}
        self._ended = False
        self.garbled = False
        self._asked: float | None = None
        self._pinged = 0.0
        self._hello: queue.SimpleQueue[Hello | None] = queue.SimpleQueue()
        with _open_log(log) as stderr:
            try:
                self._process = subprocess.Popen(
                    list(command),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=stderr,
                    env=_environment(),
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as fault:
                raise EngineError("engine_no_worker", detail=str(fault)) from fault
        # Written by a thread of its own: a worker that is suspended reads nothing, and its full pipe must not hold us.
        self._outbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._read, name="engine replies", daemon=True),
            threading.Thread(target=self._write, name="engine requests", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def alive(self) -> bool:
        return not self._ended and self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid

    def ping(self) -> None:
        """Ask whether it hears; :meth:`deaf_for` tells."""
        now = time.monotonic()
        if now - self._pinged >= _PING_EVERY_S:
            self._pinged = now
            self._asked = self._asked or now
            self.send(Ping())

    def deaf_for(self) -> float:
        """Seconds since a ping that nothing was heard after; 0 when there is none."""
        asked = self._asked
        return 0.0 if asked is None else time.monotonic() - asked

    def exit_code(self) -> int | None:
        """Of a process that has ended; waits a moment for the system to tell."""
        try:
            return self._process.wait(1)
        except subprocess.TimeoutExpired:
            return None

    def hello(self, timeout: float) -> Hello:
        """The worker's greeting. Raises EngineError: engine_no_worker, engine_crashed or engine_timeout."""
        try:
            hello = self._hello.get(timeout=timeout)
        except queue.Empty:
            raise EngineError("engine_timeout", seconds=round(timeout)) from None
        if hello is None:
            code = self.exit_code()
            if self.garbled:
                raise EngineError("engine_no_worker", detail="what it says is no greeting")
            ended_by_itself = code is None or code >= 0
            raise EngineError("engine_no_worker" if ended_by_itself else "engine_crashed", detail=describe_exit(code))
        if hello.version != VERSION:
            raise EngineError("engine_no_worker", detail=f"protocol {hello.version}, not {VERSION}")
        return hello

    def open_mailbox(self) -> tuple[int, Mailbox]:
        """A new request id and where its replies will arrive. Close it with :meth:`close_mailbox`."""
        mailbox: Mailbox = queue.SimpleQueue()
        with self._lock:
            id = next(self._ids)
            self._mailboxes[id] = mailbox
            if self._ended:
                mailbox.put(None)
        return id, mailbox

    def close_mailbox(self, id: int) -> None:
        with self._lock:
            self._mailboxes.pop(id, None)

    def send(self, message: Message) -> None:
        """Returns at once. Silent when the process has ended: the mailboxes tell."""
        self._outbox.put(message)

    def close(self, patience: float) -> None:
        """Ask the process to end, and make it end after `patience` seconds."""
        if patience > 0:
            self.send(Quit())
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        if self._process.poll() is None:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        for thread in self._threads:
            thread.join(1)

    def _write(self) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        with contextlib.suppress(OSError, ValueError):
            while (message := self._outbox.get()) is not None:
                stdin.write(encode(message))
                stdin.flush()
        with contextlib.suppress(OSError):
            stdin.close()

    def _read(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        with stdout, contextlib.suppress(OSError, ValueError):
            while line := stdout.readline(_LONGEST_LINE):
                try:
                    self._receive(decode(line))
                except ProtocolError:
                    self.garbled = True
                    self._process.kill()
                    break
        self._outbox.put(None)
        with self._lock:
            self._ended = True
            for mailbox in self._mailboxes.values():
                mailbox.put(None)
        self._hello.put(None)

    def _receive(self, message: Message) -> None:
        self._asked = None
        if isinstance(message, Hello):
            self._hello.put(message)
        elif isinstance(message, Pong):
            pass
        elif isinstance(message, Reply):
            with self._lock:
                mailbox = self._mailboxes.get(message.id)
            if mailbox is not None:
                mailbox.put(message)


def _environment() -> dict[str, str]:
    """Ours, with this very package findable also when it is not installed."""
    root = str(Path(shopdesk.__file__).resolve().parent.parent)
    path = os.environ.get("PYTHONPATH")
    found = os.pathsep.join([root, path] if path else [root])
    # Threads that wait by spinning keep others, and each other, from the cores: on busy ones they made a third.
    return {"OMP_WAIT_POLICY": "passive", **os.environ, "PYTHONPATH": found}


def _open_log(log: Path | None) -> IO[bytes]:
    """The log, started anew when it has grown long; nowhere when it cannot be written."""
    if log is not None:
        with contextlib.suppress(OSError):
            log.parent.mkdir(parents=True, exist_ok=True)
            if log.exists() and log.stat().st_size > _LOG_LIMIT:
                log.replace(log.with_suffix(".old.log"))
            return log.open("ab")
    return Path(os.devnull).open("wb")
