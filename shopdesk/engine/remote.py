"""A model that runs elsewhere, behind an OpenAI-compatible server the user named. Only then is a socket opened.

The official openai client speaks with it. vLLM and llama-server are also told the figures that an answer may hold, as
a grammar; whatever a server makes of that, the answer is checked like any other.
"""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.text import is_han
from shopdesk.core.types import ChatMessage, ModelManifest, TokenCounts
from shopdesk.engine.grammar import figure_grammar
from shopdesk.engine.thinking import Spoken

if TYPE_CHECKING:
    from openai import OpenAI, Stream
    from openai.types import Model
    from openai.types.chat import ChatCompletionChunk

_POLL_S = 0.02
_DETAIL = 500
_CONNECT_S = 5.0
_RETRIES = 1
_NOT_NOW = frozenset({"engine_unreachable", "engine_timeout", "engine_refused", "remote_missing"})
# By what a server calls the owner of its models. llama_cpp.server has grammars too, but tries each on all of its
# vocabulary: answers took four times as long.
_GRAMMAR_WISH: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "vllm": lambda grammar: {"structured_outputs": {"grammar": grammar}},
    "llamacpp": lambda grammar: {"grammar": grammar},
}


class RemoteEngine:
    """The same port as the local engine. `base_url` may end in `/v1` or not; `token` is sent as a bearer token.

    Without `model` the first one that the server lists is used. `known` gives the manifest of a model that is on this
    machine too, by the server's name for it, so that it is asked in the way that it learned. `patience` is how many
    seconds the server may be silent. A server that cannot be reached, is overloaded or silent is asked once more
    before anything was said.
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
        known: Callable[[str], ModelManifest | None] = lambda name: None,
        patience: float = 60.0,
    ) -> None:
        """Raises EngineError("engine_url") for anything but an http or https address."""
        self.url = _base_of(base_url)
        self._model, self._token, self._patience = model, token, patience
        self._manifest = manifest or ModelManifest(name=model or "remote", file="", context=8192)
        self._known = known
        self._refused: frozenset[str] = frozenset()
        self._owner: str | None = None
        self._lock = threading.Lock()
        self._client: OpenAI | None = None

    @property
    def manifest(self) -> ModelManifest:
        return self._manifest

    @property
    def state(self) -> str:
        return "ready"

    @property
    def identity(self) -> str:
        """See `core.ports.Engine`."""
        return f"{self.url} {self._model or ''}"

    def start(self) -> None:
        """Nothing to do: the server is someone else's."""

    def wait_ready(self, timeout: float | None = None) -> None:
        """Raises EngineError when the server cannot be reached."""
        self._look()

    def on_state(self, listener: Callable[[str], None]) -> None:
        """The state never changes."""

    def close(self) -> None:
        """Let go of the connections."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

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
        schema: Mapping[str, Any] | None = None,
    ) -> Iterator[Piece | Completed]:
        """See `core.ports.Engine`. Raises EngineError: engine_unreachable, engine_refused, engine_remote,
        engine_timeout, prompt_too_long, remote_missing."""
        cancel = cancel or threading.Event()
        call = _Call(lambda: self._open(messages, max_tokens, temperature, allowed, schema), self._fault)
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

    def probe(self, patience: float) -> None:
        """Whether the server is there and takes the token; `patience` in seconds. Raises EngineError."""
        self._listed(patience)
        self._look()

    def _open(
        self,
        messages: Sequence[ChatMessage],
        max_tokens: int,
        temperature: float,
        allowed: AllowedFigures | None,
        schema: Mapping[str, Any] | None,
    ) -> Stream[ChatCompletionChunk]:
        """Begin the streamed answer. A wish that the server does not take is not put again."""
        import openai

        self._look()
        turns: Any = [{"role": message.role, "content": message.content} for message in messages]
        while True:
            wishes = self._wishes_for(allowed, schema)
            try:
                return self._connected().chat.completions.create(
                    model=self._model or "", messages=turns, max_tokens=max_tokens, temperature=temperature,
                    stream=True, stream_options={"include_usage": True}, extra_body=wishes,
                )  # fmt: skip
            except openai.APIStatusError as fault:
                refused = {name for name in wishes if name in fault.response.text}
                if fault.status_code not in (400, 422, 500, 501) or not refused:
                    raise
                self._refused |= refused

    def _wishes_for(self, allowed: AllowedFigures | None, schema: Mapping[str, Any] | None) -> dict[str, Any]:
        """What not every server takes: models that think aloud are asked not to, figures and schemas are kept to."""
        wishes: dict[str, Any] = {"chat_template_kwargs": {"enable_thinking": False}}
        if schema is not None:
            form = {"name": "answer", "schema": dict(schema), "strict": True}
            wishes["response_format"] = {"type": "json_schema", "json_schema": form}
        with_grammar = _GRAMMAR_WISH.get(self._owner or "")
        if allowed is not None and with_grammar is not None:
            wishes |= with_grammar(figure_grammar(allowed))
        return {name: wish for name, wish in wishes.items() if name not in self._refused}

    def _look(self) -> None:
        """Find out, once, what the server is and, where none was named, which model it has."""
        if self._owner is not None:
            return
        try:
            listed = self._listed(None)
        except EngineError as fault:
            if self._model is None or fault.code in _NOT_NOW:
                raise
            listed = []  # a server without a list may answer all the same
        if self._model is None:
            if not listed:
                raise EngineError("engine_remote", detail="the server lists no model")
            self._model = str(listed[0].id)
            self._manifest = replace(self._manifest, name=self._model)
        if (own := self._known(self._model)) is not None:
            self._manifest = own
        self._owner = str(getattr(listed[0], "owned_by", "")) if listed else ""

    def _listed(self, patience: float | None) -> list[Model]:
        """The server's models; with `patience` in seconds, asked no more than once."""
        try:
            client = self._connected()
            if patience is not None:
                client = client.with_options(timeout=patience, max_retries=0)
            return list(client.models.list().data)
        except EngineError:
            raise
        except Exception as fault:
            raise self._fault(fault) from fault

    def _connected(self) -> OpenAI:
        try:
            import openai
        except ImportError as fault:
            raise EngineError("remote_missing", detail=str(fault)) from fault
        with self._lock:
            if self._client is None:
                self._client = openai.OpenAI(
                    base_url=self.url, api_key=self._token or "none", max_retries=_RETRIES,
                    timeout=openai.Timeout(self._patience, connect=min(self._patience, _CONNECT_S)),
                )  # fmt: skip
            return self._client

    def _fault(self, fault: Exception) -> EngineError:
        """What went wrong, as the rest of the program knows it."""
        import openai

        if isinstance(fault, EngineError):
            return fault
        if isinstance(fault, openai.APIStatusError):
            return _refusal(fault.status_code, fault.response.text)
        # the wire's own timeout comes through as it is while an answer streams
        if isinstance(fault, openai.APITimeoutError) or "Timeout" in type(fault).__name__:
            return EngineError("engine_timeout", seconds=round(self._patience))
        if isinstance(fault, openai.APIConnectionError):
            return EngineError("engine_unreachable", url=self.url, detail=str(fault.__cause__ or fault))
        return EngineError("engine_remote", detail=f"not an answer: {fault!r}"[:_DETAIL])


class _Call:
    """One streamed answer, read in a thread of its own so that nobody waits for a silent server."""

    def __init__(
        self, open_stream: Callable[[], Stream[ChatCompletionChunk]], fault_of: Callable[[Exception], EngineError]
    ) -> None:
        self.events: queue.SimpleQueue[Piece | Completed | EngineError] = queue.SimpleQueue()
        self._open_stream, self._fault_of = open_stream, fault_of
        self._lock = threading.Lock()
        self._stream: Stream[ChatCompletionChunk] | None = None
        self._abandoned = False
        threading.Thread(target=self._read, name="remote answer", daemon=True).start()

    def abandon(self) -> None:
        """Hang up, so that the server stops writing too."""
        with self._lock:
            self._abandoned = True
            stream = self._stream
        if stream is not None:
            _hang_up(stream)

    def _read(self) -> None:
        try:
            stream = self._open_stream()
            with self._lock:
                self._stream, abandoned = stream, self._abandoned
            with stream:
                if not abandoned:
                    self._read_stream(stream)
        except Exception as fault:  # noqa: BLE001 - to be raised where the answer is read
            self.events.put(self._fault_of(fault))
        finally:
            with self._lock:
                self._stream = None

    def _read_stream(self, stream: Stream[ChatCompletionChunk]) -> None:
        prompt = reused = said = counted = 0
        reason: str | None = None
        for chunk in stream:
            if usage := chunk.usage:
                prompt, counted = usage.prompt_tokens or prompt, usage.completion_tokens or counted
                details = usage.prompt_tokens_details
                reused = (details.cached_tokens if details else None) or reused
            for choice in chunk.choices or ():
                if text := choice.delta.content if choice.delta else None:
                    said += 1
                    self.events.put(Piece(text))
                reason = choice.finish_reason or reason
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


def _hang_up(stream: Stream[ChatCompletionChunk]) -> None:
    """Shut the connection down under a thread that may be reading from it."""
    with contextlib.suppress(OSError, ValueError, AttributeError, KeyError):
        wire: socket.socket = stream.response.extensions["network_stream"].get_extra_info("socket")
        wire.shutdown(socket.SHUT_RDWR)


def _refusal(status: int, text: str) -> EngineError:
    detail = f"HTTP {status}: {text[:_DETAIL]}"
    if status in (401, 403):
        return EngineError("engine_refused", detail=detail)
    if status in (400, 413) and "context" in text.lower():
        return EngineError("prompt_too_long", detail=detail)
    return EngineError("engine_remote", detail=detail)
