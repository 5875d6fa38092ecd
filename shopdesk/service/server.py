"""One running service: its address, its log, and uvicorn."""

from __future__ import annotations

import asyncio
import errno
import json
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from shopdesk.core.errors import UserFacingError
from shopdesk.log import QuietFileHandler
from shopdesk.service.gate import is_local

BYTES_PER_LOG = 5_000_000
OLDER_LOGS = 4
CLOSING_SECONDS = 10.0
"""How long answers under way may go on when the service ends; then they end with what is said."""
_HANG_UP_AFTER_S = 2.0


def bind(host: str, port: int, *, has_token: bool) -> socket.socket:
    """The listening socket. Raises UserFacingError: serve_needs_token, port_taken, address_unusable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as error:
        raise UserFacingError("address_unusable", address=f"{host}:{port}", detail=str(error)) from error
    family, kind, protocol, _, address = found[0]
    if not has_token and not is_local(str(address[0])):
        raise UserFacingError("serve_needs_token", host=host)
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(256)
    except OSError as error:
        listening.close()
        code = "port_taken" if error.errno == errno.EADDRINUSE else "address_unusable"
        raise UserFacingError(code, address=f"{host}:{port}", port=port, detail=str(error)) from error
    return listening


def url_of(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(application: FastAPI, listening: socket.socket) -> None:
    """Serve until a signal ends it; answers under way are finished first, within `CLOSING_SECONDS`."""
    if threading.current_thread() is threading.main_thread():
        # uvicorn raises the signal once more when all is closed; by then there is nothing left to end
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
    server_for(application).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Ends streams by itself where they take too long at the end: uvicorn would break them off with a traceback."""

    def __init__(self, config: uvicorn.Config, stop_answering: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop_answering = stop_answering

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        loop = asyncio.get_running_loop()
        later = [
            loop.call_later(CLOSING_SECONDS, self._stop_answering),
            loop.call_later(CLOSING_SECONDS + _HANG_UP_AFTER_S, self._hang_up),
        ]
        try:
            await super().shutdown(sockets)
        finally:
            for call in later:
                call.cancel()

    def _hang_up(self) -> None:
        """On clients that do not read what they asked for."""
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()


def server_for(application: FastAPI) -> uvicorn.Server:
    """uvicorn with a log that is ours: its own would write what was searched for."""
    config = uvicorn.Config(
        application, log_config=None, access_log=False, proxy_headers=False, server_header=False,
        timeout_graceful_shutdown=round(CLOSING_SECONDS + 2 * _HANG_UP_AFTER_S) + 1, timeout_keep_alive=30,
        h11_max_incomplete_event_size=64 << 10,
    )  # fmt: skip
    return _Server(config, application.state.stop_answering)


def start_service_log(file: Path) -> None:
    """One JSON line per request in `file`, rotating; where that is not possible the service runs without."""
    log = logging.getLogger("shopdesk.service")
    stop_service_log()
    log.setLevel(logging.INFO)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = QuietFileHandler(file, maxBytes=BYTES_PER_LOG, backupCount=OLDER_LOGS, encoding="utf-8")
    except OSError as error:
        log.warning("no service log: %s", error)
        return
    handler.setFormatter(_JsonLines())
    log.addHandler(handler)
    log.propagate = False


def stop_service_log() -> None:
    log = logging.getLogger("shopdesk.service")
    log.propagate = True
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"
        line = {"at": at, "level": record.levelname.lower(), "event": record.getMessage()}
        line |= getattr(record, "noted", {})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)
