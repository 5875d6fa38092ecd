"""Questions over HTTP: the answers of the shop, in both forms, whole and as they are written."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from shopdesk.app import App
from shopdesk.engine.fake import ScriptedEngine
from shopdesk.service.ports import Limits, Parts
from tests.service.serving import Client, serving


def events_of(body: bytes) -> list[tuple[str, dict[str, object]]]:
    blocks = [block.splitlines() for block in body.decode().split("\n\n") if block]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


def test_a_question_gets_its_answer_with_sources(service: Client) -> None:
    reply = service.ask("JKT-105 多少钱?")
    assert reply.status == 200
    answer = reply.json
    assert "404.00" in answer["response"] and answer["language"] == "zh" and answer["grounded"] is True
    (source,) = answer["sources"]
    assert (source["key"], source["fields"]["price"]) == ("JKT-105", "404.00")


def test_a_follow_up_is_understood_from_the_history_that_is_sent(service: Client) -> None:
    first = service.ask("JKT-105 多少钱?").json["response"]
    reply = service.ask("在哪个货位?", history=[{"question": "JKT-105 多少钱?", "answer": first}])
    assert "A5" in reply.json["response"]


def test_nothing_of_a_question_is_kept(service: Client, shop: App) -> None:
    service.ask("JKT-105 多少钱?")
    assert shop.store.conversations.list() == []


def test_an_answer_as_it_is_written(service: Client) -> None:
    reply = service.ask("JKT-105 多少钱?", stream=True)
    assert reply.headers.get_content_type() == "text/event-stream"
    events = events_of(reply.body)
    names = [name for name, _ in events]
    assert (names[0], names[-1]) == ("facts", "done")
    written = "".join(str(body["text"]) for name, body in events if name == "delta")
    assert written == events[-1][1]["response"]


def test_what_is_replaced_is_told_in_the_stream(parts: Parts, shop: App) -> None:
    shop.assistant.engine = ScriptedEngine(["JKT-105 的价格是 ¥999.00。"])
    with serving(parts) as service:
        events = events_of(service.ask("JKT-105 多少钱?", stream=True).body)
    replaced = [body["text"] for name, body in events if name == "replace"]
    assert replaced and "404.00" in str(replaced[-1]) == str(events[-1][1]["response"])


def test_programs_made_for_openai_ask_the_shop(service: Client) -> None:
    openai = pytest.importorskip("openai", reason="the extra `remote` is not installed")
    with openai.OpenAI(base_url=f"{service.url}/v1", api_key="none") as client:
        assert [model.id for model in client.models.list()] == ["shopdesk"]
        asked = [
            {"role": "system", "content": "You are a pirate."},
            {"role": "user", "content": "JKT-105 多少钱?"},
            {"role": "assistant", "content": "¥404.00"},
            {"role": "user", "content": [{"type": "text", "text": "在哪个货位?"}]},
        ]
        whole = client.chat.completions.create(model="shopdesk", messages=asked)
        assert "A5" in whole.choices[0].message.content and whole.choices[0].finish_reason == "stop"
        assert whole.shopdesk["sources"][0]["key"] == "JKT-105"
        pieces = list(
            client.chat.completions.create(
                model="shopdesk", messages=asked, stream=True, stream_options={"include_usage": True}
            )
        )
    text = "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
    assert text == whole.choices[0].message.content
    assert pieces[-1].usage is not None and pieces[-2].choices[0].finish_reason == "stop"


def test_a_correction_follows_what_was_sent_to_programs_made_for_openai(parts: Parts, shop: App) -> None:
    shop.assistant.engine = ScriptedEngine([["岭雀城市软壳夹克（黑色，L）的价格是 ¥404.00 [1]。", "库存 77 件。"]])
    with serving(parts) as service:
        wish = {"messages": [{"role": "user", "content": "JKT-105 多少钱?"}], "stream": True}
        body = service.post("/v1/chat/completions", wish).body.decode()
    assert body.rstrip().endswith("data: [DONE]")
    chunks = [json.loads(line.removeprefix("data: ")) for line in body.splitlines() if line.startswith("data: {")]
    text = "".join(chunk["choices"][0]["delta"].get("content", "") for chunk in chunks)
    assert "77" not in text and "404.00" in text


def test_rows_can_be_searched_and_fetched(service: Client) -> None:
    found = service.get("/search?q=%E5%A4%B9%E5%85%8B&kind=products&limit=3").json
    assert found["query"] == "夹克" and 0 < len(found["results"]) <= 3
    assert {row["kind"] for row in found["results"]} == {"product"}
    row = service.get("/products/jkt-105").json
    assert (row["key"], row["fields"]["stock"]) == ("JKT-105", 15)
    assert (service.get("/products/NONE-1").status, service.get("/products/NONE-1").code) == (404, "record_missing")
    assert service.get("/search?q=x&kind=people").code == "kind_unknown"


def test_health_and_counts(service: Client) -> None:
    service.ask("JKT-105 多少钱?")
    health = service.get("/healthz").json
    assert (health["status"], health["products"] > 100, health["waiting"]) == ("degraded", True, 0)
    counts = service.get("/metrics").body.decode()
    assert 'shopdesk_answers_total{route="exact"} 1.0' in counts
    assert 'shopdesk_requests_total{path="/chat",status="200"} 1.0' in counts


def test_many_clients_get_each_their_own_answer(parts: Parts, shop: App) -> None:
    products = [row for row in shop.store.catalogue.records("product") if row.fields["price"]][:40]
    wrong: list[str] = []

    def asks(client: Client, key: str, price: str) -> None:
        reply = client.ask(f"{key} 多少钱?")
        if reply.status != 200 or price not in reply.json["response"]:
            wrong.append(f"{key}: {reply.status} {reply.body.decode()}")

    with serving(parts) as service:
        threads = [threading.Thread(target=asks, args=(service, row.key, str(row.fields["price"]))) for row in products]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong


def test_the_log_tells_what_happened_and_nothing_that_was_said(parts: Parts, tmp_path: Path) -> None:
    from shopdesk.service import server

    log = tmp_path / "service.log"
    server.start_service_log(log)
    try:
        with serving(parts, Limits()) as service:
            service.ask("张三的 JKT-105 多少钱?")
            service.get("/search?q=geheim")
            service.get("/geheim")
    finally:
        server.stop_service_log()
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [(line["path"], line["status"]) for line in lines] == [("/chat", 200), ("/search", 200), ("other", 404)]
    assert lines[0]["route"] == "exact" and lines[0]["ms"] > 0
    text = log.read_text(encoding="utf-8")
    assert not any(said in text for said in ("张三", "JKT-105", "404.00", "geheim"))
