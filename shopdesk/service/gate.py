"""What every request passes before anything reads it: host, token, rate and size; and what is noted when it ends."""

from __future__ import annotations

import ipaddress
import logging
import time
from collections import OrderedDict
from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shopdesk.service.errors import error_response
from shopdesk.service.metrics import Metrics
from shopdesk.service.ports import Limits
from shopdesk.service.tokens import Tokens

OPEN_PATHS = frozenset({"/", "/page.css", "/page.js", "/docs", "/docs.js", "/openapi.json", "/healthz"})
"""What holds nothing of the shop: a phone must get the page before it can send a token."""
GONE = 499
"""The status that is noted where nobody waited for a response."""
_CLIENTS_REMEMBERED = 10_000
_SAFE_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        (
            b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none';"
            b" form-action 'none'; frame-ancestors 'none'"
        ),
    ),
)

log = logging.getLogger("shopdesk.service")


class TooLargeError(HTTPException):
    """The body has more bytes than are read."""

    def __init__(self) -> None:
        super().__init__(413, "request_too_large")


class Gate:
    """Refuses a request by itself or lets it through to `app`. Without `tokens` only this machine's names are heard."""

    def __init__(self, app: ASGIApp, *, limits: Limits, metrics: Metrics, tokens: Tokens | None) -> None:
        self._app, self._limits, self._metrics, self._tokens = app, limits, metrics, tokens
        self._rates: OrderedDict[str, _Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        noted = _Noted(scope, send)
        body = _Counted(receive, self._limits.body_bytes)
        refusal = self._refusal(scope)
        try:
            if refusal is not None:
                self._metrics.refused(refusal[1])
                await error_response(*refusal)(scope, receive, noted.send)
            else:
                await self._app(scope, body.receive, noted.send)
        except Exception:
            noted.status = noted.status or 500
            raise
        finally:
            self._note(scope, noted)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        if self._tokens is None and not is_local(_host_of(headers.get("host", ""))):
            return 421, "host_unknown"  # a page elsewhere that had its own name point to this machine
        if self._tokens is not None and scope["path"] not in OPEN_PATHS:
            kind, _, token = headers.get("authorization", "").partition(" ")
            verdict = self._tokens.check(token.strip()) if kind.lower() == "bearer" else "bad"
            if verdict != "good":
                return 401, "token_expired" if verdict == "expired" else "token_bad"
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > self._limits.body_bytes:
            return 413, "request_too_large"
        if not self._within_rate(address_of(scope)):
            return 429, "too_many_requests"
        return None

    def _within_rate(self, address: str) -> bool:
        per_minute = self._limits.local_per_minute if is_local(address) else self._limits.per_minute
        bucket = self._rates.pop(address, None) or _Bucket(per_minute)
        self._rates[address] = bucket
        if len(self._rates) > _CLIENTS_REMEMBERED:
            self._rates.popitem(last=False)
        return bucket.take()

    def _note(self, scope: Scope, noted: _Noted) -> None:
        path, status = path_of(scope), noted.status or GONE
        seconds = time.perf_counter() - noted.began
        self._metrics.request_ended(path, status, seconds)
        log.info(
            "request",
            extra={
                "noted": {
                    "method": scope["method"],
                    "path": path,
                    "status": status,
                    "ms": round(seconds * 1000, 1),
                    "client": address_of(scope),
                    **scope.get("state", {}).get("noted", {}),
                }
            },
        )


class _Bucket:
    """A minute's requests, refilled evenly."""

    def __init__(self, per_minute: int) -> None:
        self._most = self._left = float(per_minute)
        self._filled = time.monotonic()

    def take(self) -> bool:
        now = time.monotonic()
        self._left = min(self._most, self._left + (now - self._filled) * self._most / 60)
        self._filled = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class _Noted:
    """Sends on, and remembers the status; 0 until there is one."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.status = 0
        self.began = time.perf_counter()
        self._send = send
        scope.setdefault("state", {})

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            present = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in _SAFE_HEADERS if pair[0] not in present)]
        await self._send(message)


class _Counted:
    """Receives on, and stops at a body that is too large, whatever its header said."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._left = receive, limit

    async def receive(self) -> MutableMapping[str, Any]:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                raise TooLargeError
        return message


def address_of(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def path_of(scope: Scope) -> str:
    """The path as it is declared (`/products/{sku}`), never as it was typed."""
    route = scope.get("route")
    return getattr(route, "path", None) or "other"


def is_local(host: str) -> bool:
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _host_of(header: str) -> str:
    """The name in a Host header, without its port."""
    if header.startswith("["):
        return header[1:].partition("]")[0]
    return header.partition(":")[0].lower()
