"""The remote engine against a real server on this machine that speaks the protocol."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import ChatMessage, ModelManifest, TokenCounts
from shopdesk.engine.grammar import figure_grammar
from shopdesk.engine.remote import RemoteEngine

QUESTION = [ChatMessage("user", "价格？")]


class Server(ThreadingHTTPServer):
    """Answers `lines` to each chat request, or `status`; keeps what it was asked; `silent` stops it half way."""

    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.requests: list[tuple[str, dict[str, Any] | None, str | None]] = []
        self.lines = stream("价格是", " ¥9.00。")
        self.status, self.error = 200, ""
        self.silent = threading.Event()
        self.hung_up = threading.Event()
        self.unknown: tuple[str, ...] = ()
        self.mute, self.mute_after, self.mute_list = threading.Event(), threading.Event(), threading.Event()
        self.refusals = 1 << 30
        self.owner, self.lists = "someone", True
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.requests.append((self.path, None, self.headers["Authorization"]))
        self._silent_while(self.server.mute_list)
        listed = {"data": [{"id": "qwen", "owned_by": self.server.owner}]}
        self._reply(200, json.dumps(listed if self.server.lists else {"oh": 1}))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((self.path, body, self.headers["Authorization"]))
        self.server.asked.append(body)
        self._silent_while(self.server.mute)
        foreign = [name for name in self.server.unknown if name in body]
        if foreign:
            self._reply(400, json.dumps({"error": f"unknown parameter '{foreign[0]}'"}))
        elif self.server.status != 200 and self.server.refusals:
            self.server.refusals -= 1
            self._reply(self.server.status, self.server.error)
        else:
            self._stream()

    def _stream(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for line in self.server.lines:
                self.wfile.write(line)
                self.wfile.flush()
            while self.server.silent.is_set():
                time.sleep(0.02)
                self.wfile.write(b": still here\n")
            self._silent_while(self.server.mute_after)
        except OSError:
            self.server.hung_up.set()

    def _silent_while(self, event: threading.Event) -> None:
        while event.is_set():
            time.sleep(0.02)

    def _reply(self, status: int, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


def chunk(**choice: Any) -> bytes:
    return b"data: " + json.dumps({"choices": [choice]}, ensure_ascii=False).encode() + b"\n\n"


def stream(*texts: str, reason: str = "stop") -> list[bytes]:
    usage = {"prompt_tokens": 40, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 30}}
    return [
        b": a comment\n", chunk(delta={"role": "assistant", "content": None}),
        *(chunk(delta={"content": text}) for text in texts), chunk(delta={}, finish_reason=reason),
        b"data: " + json.dumps({"choices": [], "usage": usage}).encode() + b"\n\n", b"data: [DONE]\n\n",
    ]  # fmt: skip


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.silent.clear()
        server.shutdown()
        thread.join()


def test_an_answer_in_pieces(server: Server) -> None:
    engine = RemoteEngine(server.url, token="s3cret")
    assert list(engine.generate(QUESTION, max_tokens=50)) == [
        Piece("价格是"), Piece(" ¥9.00。"), Completed("stop", TokenCounts(40, 30, 7)),
    ]  # fmt: skip
    (models, _, _), (path, body, token) = server.requests
    assert (models, path, token) == ("/v1/models", "/v1/chat/completions", "Bearer s3cret")
    assert body is not None
    assert body["messages"] == [{"role": "user", "content": "价格？"}]
    assert (body["model"], body["max_tokens"], body["temperature"], body["stream"]) == ("qwen", 50, 0.0, True)
    assert engine.manifest.name == "qwen"


def test_the_end_by_length(server: Server) -> None:
    server.lines = stream("a", reason="length")
    *_, done = RemoteEngine(server.url, "m").generate(QUESTION, max_tokens=1)
    assert isinstance(done, Completed)
    assert done.reason == "length"


@pytest.mark.parametrize("form", ["{}", "{}/", "{}/v1", "{}/v1/", " {}/v1/chat/completions "])
def test_every_form_of_the_address(server: Server, form: str) -> None:
    list(RemoteEngine(form.format(server.url), "m").generate(QUESTION, max_tokens=5))
    assert [path for path, *_ in server.requests] == ["/v1/models", "/v1/chat/completions"]


@pytest.mark.parametrize("url", ["", "localhost:8080", "ftp://x", "http://", "file:///etc/passwd", "http://a:b"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(EngineError) as fault:
        RemoteEngine(url)
    assert fault.value.code == "engine_url"


def test_stop_ends_it_at_once_and_hangs_up(server: Server) -> None:
    server.lines = stream("one")[:3]
    server.silent.set()
    cancel = threading.Event()
    answer = RemoteEngine(server.url, "m").generate(QUESTION, max_tokens=50, cancel=cancel)
    assert next(answer) == Piece("one")
    cancel.set()
    started = time.monotonic()
    assert next(answer) == Completed("cancelled", TokenCounts(completion=1))
    assert list(answer) == []
    assert time.monotonic() - started < 0.5
    assert server.hung_up.wait(3)


@pytest.mark.parametrize(
    ("status", "error", "code"),
    [
        (401, "no", "engine_refused"), (403, "", "engine_refused"), (500, "oh", "engine_remote"),
        (400, '{"error": "exceeds the context size"}', "prompt_too_long"), (404, "<html>", "engine_remote"),
    ],
)  # fmt: skip
def test_a_server_that_refuses(server: Server, status: int, error: str, code: str) -> None:
    server.status, server.error = status, error
    with pytest.raises(EngineError) as fault:
        list(RemoteEngine(server.url, "m", "s3cret").generate(QUESTION, max_tokens=5))
    assert fault.value.code == code
    assert str(status) in fault.value.detail
    assert "s3cret" not in fault.value.detail
    assert fault.value.text("zh") != fault.value.text("en")


def test_a_server_that_does_not_know_the_wish_not_to_think_aloud(server: Server) -> None:
    server.unknown = ("chat_template_kwargs",)
    engine = RemoteEngine(server.url, "m")
    for _ in range(2):
        assert len(list(engine.generate(QUESTION, max_tokens=5))) == 3
    assert len(server.asked) == 3, "asked for once"


ALLOWED = AllowedFigures(("1,299.00", "1,298", "jkt-105", "a5"), (1, 2))


@pytest.mark.parametrize(("owner", "wish"), [("vllm", "structured_outputs"), ("llamacpp", "grammar"), ("me", None)])
def test_a_server_that_can_is_told_which_figures_the_answer_may_hold(
    server: Server, owner: str, wish: str | None
) -> None:
    server.owner = owner
    engine = RemoteEngine(server.url, "m")
    list(engine.generate(QUESTION, max_tokens=5, allowed=ALLOWED))
    list(engine.generate(QUESTION, max_tokens=5))
    guided, free = ({"structured_outputs", "grammar"} & set(body) for body in server.asked)
    assert (guided, free) == ({wish} - {None}, set())


def test_a_server_is_told_the_schema_of_the_answer_unless_it_does_not_know_the_wish(server: Server) -> None:
    engine = RemoteEngine(server.url, "m")
    schema = {"type": "object", "properties": {}}
    list(engine.generate(QUESTION, max_tokens=5, schema=schema))
    assert server.asked[-1]["response_format"]["json_schema"]["schema"] == schema
    server.unknown = ("response_format",)
    assert len(list(engine.generate(QUESTION, max_tokens=5, schema=schema))) == 3
    assert "response_format" not in server.asked[-1]


def test_numbers_of_the_grammar_are_those_of_the_figures_and_citations() -> None:
    numbers = figure_grammar(ALLOWED).rpartition("number ::= ")[2]
    # of what the grammar writes, a regular expression differs by the quotation marks only
    expression = re.compile(re.sub(r'"(.)"', lambda text: re.escape(text[1]), numbers).replace(" ", "").strip())
    assert all(expression.fullmatch(number) for number in ("1,299.00", "1,298", "105", "5", "1", "2"))
    assert not any(expression.fullmatch(number) for number in ("1,299", "1,299.0", "29", "3", "10", "12", "1298", ""))
    assert figure_grammar(AllowedFigures((), ())) == "root ::= [^0-9０-９]*\n"


def test_a_server_that_knows_no_grammar_is_not_asked_for_one_again(server: Server) -> None:
    server.owner, server.unknown = "llamacpp", ("grammar",)
    engine = RemoteEngine(server.url, "m")
    for _ in range(2):
        assert len(list(engine.generate(QUESTION, max_tokens=5, allowed=ALLOWED))) == 3
    assert ["grammar" in body for body in server.asked] == [True, False, False]


def test_a_model_that_is_on_this_machine_too_is_asked_as_it_learned(server: Server) -> None:
    own = ModelManifest(name="Counter", file="counter.gguf", needs_plan=True)
    engine = RemoteEngine(server.url, known={"qwen": own}.get)
    engine.wait_ready()
    assert engine.manifest is own


def test_a_server_without_a_list_of_models_answers_all_the_same(server: Server) -> None:
    server.lists = False
    assert len(list(RemoteEngine(server.url, "m").generate(QUESTION, max_tokens=5))) == 3
    with pytest.raises(EngineError) as fault:
        RemoteEngine(server.url).wait_ready()
    assert fault.value.code == "engine_remote"


def test_a_server_that_falls_silent_is_given_up(server: Server) -> None:
    server.mute.set()
    with pytest.raises(EngineError) as fault:
        list(RemoteEngine(server.url, "m", patience=0.1).generate(QUESTION, max_tokens=5))
    assert fault.value.code == "engine_timeout"
    assert len(server.asked) == 2, "asked once more before it is given up"
    server.mute.clear()


def test_a_server_that_falls_silent_in_mid_answer_is_given_up(server: Server) -> None:
    server.lines = stream("one")[:3]
    server.mute_after.set()
    answer = RemoteEngine(server.url, "m", patience=0.1).generate(QUESTION, max_tokens=5)
    assert next(answer) == Piece("one")
    with pytest.raises(EngineError) as fault:
        list(answer)
    assert fault.value.code == "engine_timeout"
    server.mute_after.clear()


def test_an_overloaded_server_is_asked_once_more(server: Server) -> None:
    server.status, server.refusals = 503, 1
    assert len(list(RemoteEngine(server.url, "m").generate(QUESTION, max_tokens=5))) == 3


def test_an_answer_that_breaks_off(server: Server) -> None:
    engine = RemoteEngine(server.url, "m")
    for lines in (
        stream("one")[:3],
        [b"data: {oh\n\n"],
        [b"data: []\n\n"],
        [b'data: {"error": {"message": "gone"}}\n\n'],
        [b'data: {"choices": [null]}\n\n'],
        [b'data: {"choices": 5}\n\n'],
        [b'data: {"usage": "much"}\n\n'],
    ):
        server.lines = lines
        with pytest.raises(EngineError) as fault:
            list(engine.generate(QUESTION, max_tokens=5))
        assert fault.value.code == "engine_remote"


def test_nobody_there(server: Server) -> None:
    server.server_close()
    with pytest.raises(EngineError) as fault:
        RemoteEngine("http://127.0.0.1:9", "m").wait_ready()
        list(RemoteEngine("http://127.0.0.1:9", "m").generate(QUESTION, max_tokens=5))
    assert fault.value.code == "engine_unreachable"


def test_counting_is_on_the_safe_side() -> None:
    engine = RemoteEngine("http://localhost")
    assert engine.count_tokens("") == 0
    assert engine.count_tokens("价格多少") == 4
    assert engine.count_tokens("how much is it") >= 4


def test_what_the_model_thinks_is_not_said(server: Server) -> None:
    server.lines = stream("<thi", "nk>¥9.00? ", "</think>\n\n", "价格是", " ¥8.00。")
    *pieces, done = RemoteEngine(server.url).generate(QUESTION, max_tokens=64)
    assert "".join(piece.text for piece in pieces if isinstance(piece, Piece)) == "价格是 ¥8.00。"
    assert isinstance(done, Completed)
