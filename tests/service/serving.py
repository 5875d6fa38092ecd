"""A real service on this machine, and a plain client for it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from shopdesk.service import server
from shopdesk.service.application import create
from shopdesk.service.ports import Limits, Parts
from shopdesk.service.tokens import Tokens


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.json["error"]["code"])


@dataclass(frozen=True)
class Client:
    url: str
    token: str | None = None

    def get(self, path: str, **headers: str) -> Reply:
        return self.send("GET", path, None, headers)

    def post(self, path: str, body: Any, **headers: str) -> Reply:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.send("POST", path, data, {"Content-Type": "application/json", **headers})

    def ask(self, question: str, **more: Any) -> Reply:
        return self.post("/chat", {"query": question, **more})

    def send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Reply:
        connection = self.connect()
        try:
            connection.request(method, path, body, self.headers(headers))
            response = connection.getresponse()
            return Reply(response.status, response.headers, response.read())
        finally:
            connection.close()

    def connect(self) -> http.client.HTTPConnection:
        address = urlsplit(self.url)
        assert address.hostname
        return http.client.HTTPConnection(address.hostname, address.port, timeout=60)

    def headers(self, more: dict[str, str]) -> dict[str, str]:
        given = {name.replace("_", "-"): value for name, value in more.items()}
        return given if self.token is None else {"Authorization": f"Bearer {self.token}", **given}


@contextmanager
def serving(parts: Parts, limits: Limits | None = None, secret: str | None = None) -> Iterator[Client]:
    """The service in a thread, on a port of its own; ended with everything it started."""
    application = create(parts, limits, Tokens(secret) if secret else None)
    with server.bind("127.0.0.1", 0, has_token=secret is not None) as listening:
        running = server.server_for(application)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, name="service")
        thread.start()
        try:
            deadline = time.monotonic() + 20
            while not running.started:
                assert thread.is_alive() and time.monotonic() < deadline
                time.sleep(0.01)
            yield Client(server.url_of(listening), secret)
        finally:
            running.should_exit = True
            thread.join(20)
