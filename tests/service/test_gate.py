"""Who gets in, and what is refused: tokens, names, sizes, rates, requests that are none."""

from __future__ import annotations

import json
import socket
import sqlite3
import time
from pathlib import Path
from typing import NoReturn

import pytest

from shopdesk.app import App
from shopdesk.core.errors import StoreError, UserFacingError
from shopdesk.engine.fake import ScriptedEngine
from shopdesk.service import server
from shopdesk.service.ports import Limits, Parts
from shopdesk.service.tokens import Tokens
from tests.service.serving import Client, serving


def test_without_the_token_only_the_page_is_seen(parts: Parts) -> None:
    with serving(parts, secret="s3cret") as service:
        assert service.ask("JKT-105 多少钱?").status == 200
        stranger = Client(service.url)
        for path in ("/search?q=a", "/products/JKT-105", "/v1/models", "/metrics", "/nothing"):
            reply = stranger.get(path)
            assert (reply.status, reply.code) == (401, "token_bad"), path
            assert reply.headers["WWW-Authenticate"] == "Bearer"
        assert stranger.ask("JKT-105 多少钱?").status == 401
        assert Client(service.url, "wrong").ask("JKT-105 多少钱?").status == 401
        assert Client(service.url, "s3cret ü").ask("a").status == 401
        assert stranger.get("/").status == stranger.get("/healthz").status == 200


def test_a_token_of_a_device_ends_on_its_day(parts: Parts) -> None:
    with serving(parts, secret="s3cret") as service:
        now = time.time()
        good = Tokens("s3cret").issue("till-2", 1)
        old = Tokens("s3cret", lambda: now - 3 * 86_400).issue("till-2", 1)
        other = Tokens("another").issue("till-2", 1)
        assert Client(service.url, good).get("/products/JKT-105").status == 200
        assert Client(service.url, old).get("/products/JKT-105").code == "token_expired"
        assert Client(service.url, other).get("/products/JKT-105").code == "token_bad"
        longer = good.replace(good.split(".")[1], str(int(now) + 10**8))
        assert Client(service.url, longer).get("/products/JKT-105").code == "token_bad"


def test_a_clock_that_is_set_back_revives_no_token() -> None:
    clock = [1_000_000.0]
    tokens = Tokens("s3cret", lambda: clock[0])
    token = tokens.issue("phone", 1)
    assert tokens.check(token) == "good"
    clock[0] += 2 * 86_400
    assert tokens.check(token) == "expired"
    clock[0] -= 2 * 86_400
    assert tokens.check(token) == "expired"


def test_a_page_elsewhere_cannot_point_its_own_name_at_this_machine(service: Client) -> None:
    assert service.get("/healthz", Host="evil.example:80").code == "host_unknown"
    assert service.get("/healthz", Host="localhost:1234").status == 200
    assert service.get("/healthz", Host="[::1]:1234").status == 200


def test_ten_megabytes_are_refused_by_their_header_and_by_their_length(service: Client) -> None:
    assert service.ask("多" * (10 << 20)).code == "request_too_large"
    connection = service.connect()
    try:
        chunks = (b" " * (64 << 10) for _ in range(40))
        headers = {"Content-Type": "application/json"}
        connection.request("POST", "/chat", chunks, headers, encode_chunked=True)
        response = connection.getresponse()
        assert (response.status, json.loads(response.read())["error"]["code"]) == (413, "request_too_large")
    except (BrokenPipeError, ConnectionResetError):
        pass  # it hung up before all was sent
    finally:
        connection.close()
    assert service.ask("JKT-105 多少钱?").status == 200


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "request_bad"),
        (b"{", 400, "request_not_json"),
        (b"\xff\xfe", 400, "request_not_json"),
        (b"[" * 200_000, 400, "request_not_json"),
        (b"[]", 422, "request_bad"),
        (b'{"query": 7}', 422, "request_bad"),
        (b'{"query": "  "}', 422, "question_empty"),
        (json.dumps({"query": "a" * 100_001}).encode(), 413, "question_too_long"),
        (b'{"query": "x", "history": [1]}', 422, "request_bad"),
    ],
)
def test_what_is_no_question_is_told_so(service: Client, body: bytes, status: int, code: str) -> None:
    reply = service.post("/chat", body)
    assert (reply.status, reply.code) == (status, code)
    assert reply.json["error"]["message"]


@pytest.mark.parametrize("text", ["\ud800", "\x00", "🙂" * 500, "' OR 1=1 --", '"*('])
def test_odd_characters_do_no_harm(service: Client, text: str) -> None:
    assert service.ask(f"{text} JKT-105").status == 200
    wish = {"messages": [{"role": "user", "content": text + "JKT-105"}], "stream": True}
    assert service.post("/v1/chat/completions", wish).status == 200
    from urllib.parse import quote

    assert service.get(f"/search?q={quote(text, errors='surrogatepass')}").status == 200
    assert service.get(f"/products/{quote(text, safe='', errors='surrogatepass')}").status in (404, 422)


def test_a_client_that_asks_too_often_is_told_to_wait(parts: Parts) -> None:
    with serving(parts, Limits(local_per_minute=3)) as service:
        replies = [service.get("/healthz") for _ in range(5)]
    assert [reply.status for reply in replies] == [200, 200, 200, 429, 429]
    assert replies[-1].headers["Retry-After"] == "5"


def test_unknown_paths_and_methods(service: Client) -> None:
    assert service.get("/nothing").code == "path_unknown"
    assert (service.get("/chat").status, service.get("/chat").code) == (405, "method_unknown")


def test_a_shop_that_cannot_be_read_is_no_crash(service: Client, shop: App, monkeypatch: pytest.MonkeyPatch) -> None:
    database = shop.store.path
    shop.store.close()
    assert (service.ask("JKT-105 多少钱?").status, service.get("/healthz").status) == (503, 503)
    assert database.is_file()


def test_a_full_disk_keeps_no_answer_back(parts: Parts, shop: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """It only cannot be remembered: neither the answer, nor what was missing."""

    def full() -> NoReturn:
        raise StoreError("store_disk_full", path=shop.store.path)

    text = "岭雀城市软壳夹克（黑色，L）的价格是 ¥404.00 [1]。"
    shop.assistant.engine = ScriptedEngine([text, text])
    with serving(parts) as service:
        assert service.ask("JKT-105 多少钱?").json["route"] == "model"
        monkeypatch.setattr(shop.store._database, "write", full)
        assert service.ask("JKT-105 多少钱?").json["route"] == "cache"
        assert service.ask("JKT-106 多少钱?").status == service.ask("ZZZ-999 多少钱?").status == 200


def test_another_address_needs_a_token() -> None:
    with pytest.raises(UserFacingError) as refused:
        server.bind("0.0.0.0", 0, has_token=False)
    assert refused.value.code == "serve_needs_token"
    with server.bind("0.0.0.0", 0, has_token=True):
        pass


def test_a_port_that_is_taken_is_told_so() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(UserFacingError) as refused:
            server.bind("127.0.0.1", other.getsockname()[1], has_token=False)
    assert refused.value.code == "port_taken"
    with pytest.raises(UserFacingError) as refused:
        server.bind("host.invalid", 80, has_token=True)
    assert refused.value.code == "address_unusable"


def test_two_services_on_one_home(parts: Parts, home: Path) -> None:
    with serving(parts) as first, serving(parts) as second:
        assert first.ask("JKT-105 多少钱?").json["response"] == second.ask("JKT-105 多少钱?").json["response"]
    with sqlite3.connect(home / "shop.db") as db:
        assert db.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    db.close()
