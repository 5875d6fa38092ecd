"""A model that runs elsewhere, behind an OpenAI-compatible server the user named. Only then is a socket opened."""

from __future__ import annotations

import contextlib
import http.client
import json
import queue
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.text import is_han
from shopdesk.core.types import ChatMessage, ModelManifest, TokenCounts
from shopdesk.engine.thinking import Spoken

_POLL_S = 0.02
_DETAIL = 500


class RemoteEngine:
    """The same port as the local engine. `base_url` may end in `/v1` or not; `token` is sent as a bearer token.

    Without `model` the first one that the server lists is used. `patience` is how many seconds
    the server may be silent.
    """

    device = "remote"
    notice = None

    def __init__(
        self,
        base_url: str,
        model: str | None = None,
        token: str | None = None,
        *,
        manifest: ModelManifest | None = None,
        patience: float = 120.0,
    ) -> None:
        """Raises EngineError("engine_url") for anything but an http or https address."""
        self._url = _base_of(base_url)
        self._model, self._token, self._patience = model, token, patience
        self._manifest = manifest or ModelManifest(name=model or "remote", file="", context=8192)
        self._plain_template = True

    @property
    def manifest(self) -> ModelManifest:
        return self._manifest

    @property
    def state(self) -> str:
        return "ready"

    @property
    def identity(self) -> str:
        """See `core.ports.Engine`."""
        return f"{self._url} {self._model or ''}"

    def start(self) -> None:
        """Nothing to do: the server is someone else's."""

    def wait_ready(self, timeout: float | None = None) -> None:
        """Raises EngineError when the server cannot be reached."""
        self._model_name()

    def on_state(self, listener: Callable[[str], None]) -> None:
        """The state never changes."""

    def close(self) -> None:
        """Nothing stays open between two answers."""

    def count_tokens(self, text: str) -> int:
        """An estimate on the safe side: the server's tokenizer is not known."""
        han = sum(map(is_han, text))
        return han + (len(text.encode("utf-8", "replace")) - 3 * han + 2) // 3 if han else (len(text) + 2) // 3

    def generate(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        cancel: threading.Event | None = None,
        copy: Sequence[str] = (),
        allowed: AllowedFigures | None = None,
    ) -> Iterator[Piece | Completed]:
        """See `core.ports.Engine`. Raises EngineError: engine_unreachable, engine_refused, engine_remote,
        prompt_too_long."""
        cancel = cancel or threading.Event()
        call = _Call(self._body(messages, max_tokens, temperature), self._open)
        pieces, spoken = 0, Spoken()
        try:
            while True:
                if cancel.is_set():
                    yield Completed("cancelled", TokenCounts(completion=pieces))
                    return
                try:
                    event = call.events.get(timeout=_POLL_S)
                except queue.Empty:
                    continue
                if isinstance(event, EngineError):
                    raise event
                if isinstance(event, Piece):
                    pieces += 1
                    if text := spoken.feed(event.text):
                        yield Piece(text)
                    continue
                if text := spoken.rest():
                    yield Piece(text)
                yield event
                return
        finally:
            call.abandon()

    def _body(self, messages: Sequence[ChatMessage], max_tokens: int, temperature: float) -> dict[str, Any]:
        return {
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "max_tokens": max_tokens, "temperature": temperature, "stream": True,
            "stream_options": {"include_usage": True},
        }  # fmt: skip

    def _open(self, body: dict[str, Any]) -> http.client.HTTPResponse:
        """Begin the streamed answer. Models that think aloud are asked not to, where the server takes that wish."""
        body = {"model": self._model_name(), **body}
        if self._plain_template:
            try:
                return self._request("chat/completions", {**body, "chat_template_kwargs": {"enable_thinking": False}})
            except EngineError as fault:
                if "chat_template_kwargs" not in fault.detail:
                    raise
                self._plain_template = False
        return self._request("chat/completions", body)

    def probe(self, patience: float) -> None:
        """Whether the server is there and takes the token. Raises EngineError."""
        with self._request("models", None, patience) as response:
            response.read(1 << 20)

    def _model_name(self) -> str:
        if self._model is None:
            with self._request("models", None) as response:
                listed = _json_of(response.read())
            try:
                self._model = str(listed["data"][0]["id"])
            except (KeyError, IndexError, TypeError) as fault:
                raise EngineError("engine_remote", detail="the server lists no model") from fault
            self._manifest = replace(self._manifest, name=self._model)
        return self._model

    def _request(
        self, path: str, body: dict[str, Any] | None, patience: float | None = None
    ) -> http.client.HTTPResponse:
        request = urllib.request.Request(f"{self._url}/{path}", headers={"Accept": "application/json"})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if self._token:
            request.add_header("Authorization", f"Bearer {self._token}")
        try:
            response: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=patience or self._patience)
            return response
        except urllib.error.HTTPError as fault:
            with fault:
                raise _error_of(fault.code, _text_of(fault)) from None
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise EngineError("engine_unreachable", url=self._url, detail=str(fault)) from fault


class _Call:
    """One streamed answer, read in a thread of its own so that nobody waits for a silent server."""

    def __init__(self, body: dict[str, Any], open_stream: Callable[[dict[str, Any]], http.client.HTTPResponse]) -> None:
        self.events: queue.SimpleQueue[Piece | Completed | EngineError] = queue.SimpleQueue()
        self._body, self._open_stream = body, open_stream
        self._lock = threading.Lock()
        self._response: http.client.HTTPResponse | None = None
        self._abandoned = False
        threading.Thread(target=self._read, name="remote answer", daemon=True).start()

    def abandon(self) -> None:
        """Hang up, so that the server stops writing too."""
        with self._lock:
            self._abandoned = True
            response = self._response
        if response is not None:
            _hang_up(response)

    def _read(self) -> None:
        try:
            response = self._open_stream(self._body)
            with self._lock:
                self._response, abandoned = response, self._abandoned
            with response:
                if not abandoned:
                    self._read_stream(response)
        except EngineError as fault:
            self.events.put(fault)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            self.events.put(EngineError("engine_remote", detail=f"the answer broke off: {fault}"))
        except (AttributeError, TypeError) as fault:  # JSON of another shape than the protocol's
            self.events.put(EngineError("engine_remote", detail=f"not an answer: {fault}"))
        finally:
            with self._lock:
                self._response = None

    def _read_stream(self, response: http.client.HTTPResponse) -> None:
        prompt = reused = said = counted = 0
        reason: Any = None
        for line in response:
            data = line.removeprefix(b"data:").strip()
            if data == b"[DONE]":
                break
            if not line.startswith(b"data:") or not data:
                continue
            chunk = _json_of(data)
            if chunk.get("error"):
                raise EngineError("engine_remote", detail=str(chunk["error"])[:_DETAIL])
            usage = chunk.get("usage") or {}
            prompt, counted = usage.get("prompt_tokens", prompt), usage.get("completion_tokens", counted)
            reused = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or reused
            for choice in chunk.get("choices") or []:
                if text := (choice.get("delta") or {}).get("content"):
                    said += 1
                    self.events.put(Piece(text))
                reason = choice.get("finish_reason") or reason
        if reason is None:
            raise EngineError("engine_remote", detail="the answer broke off")
        self.events.put(
            Completed("length" if reason == "length" else "stop", TokenCounts(prompt, reused, counted or said))
        )


def _base_of(url: str) -> str:
    """`https://host[/prefix]/v1` of whatever form of the address people paste."""
    text = url.strip().rstrip("/")
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - raises on a bad port
    except ValueError as fault:
        raise EngineError("engine_url", url=url, detail=str(fault)) from fault
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise EngineError("engine_url", url=url)
    text = text.removesuffix("/chat/completions")
    return text if text.endswith("/v1") else text + "/v1"


def _hang_up(response: http.client.HTTPResponse) -> None:
    """Shut the connection down under a thread that may be reading from it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        wire = socket.socket(fileno=response.fileno())
        try:
            wire.shutdown(socket.SHUT_RDWR)
        finally:
            wire.detach()


def _error_of(status: int, text: str) -> EngineError:
    detail = f"HTTP {status}: {text[:_DETAIL]}"
    if status in (401, 403):
        return EngineError("engine_refused", detail=detail)
    if status in (400, 413) and "context" in text.lower():
        return EngineError("prompt_too_long", detail=detail)
    return EngineError("engine_remote", detail=detail)


def _text_of(response: urllib.error.HTTPError) -> str:
    with contextlib.suppress(OSError, http.client.HTTPException):
        return response.read(1 << 16).decode("utf-8", "replace")
    return ""


def _json_of(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise EngineError("engine_remote", detail=f"not an answer: {data[:_DETAIL]!r}")
    return value
