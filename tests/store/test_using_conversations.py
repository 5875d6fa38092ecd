"""Conversations at hand: found by what was said in them, pinned, asked anew, written to files; and what use tells."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shopdesk.core.errors import StoreError
from shopdesk.core.types import Answer, Fact, Record
from shopdesk.store import Store

FACT = Fact(1, Record("product", "=JKT-105", "软壳夹克", {"price": "404.00"}, "2026-11-20T09:30:00+08:00"))


def say(
    store: Store, conversation: int, question: str, text: str | None, *, route: str = "model", ms: float = 40.0
) -> int:
    message = store.conversations.question_asked(conversation, question, "[]")
    if text is not None:
        answer = Answer(
            question, text, "zh", route, (FACT,), (1,), True, timings_ms={"total": ms},  # type: ignore[arg-type]
        )  # fmt: skip
        store.conversations.answer_given(message, answer)
    return message


def test_a_search_reads_everything_that_was_said_in_either_language(store: Store) -> None:
    first, second = store.conversations.start(), store.conversations.start()
    say(store, first, "软壳夹克多少钱？", "软壳夹克的价格是 ¥404.00 [1]。")
    message = say(store, second, "Is the Softshell Jacket waterproof?", "Yes, 10000 mm [1].")
    assert [row.id for row in store.conversations.list(text="夹克 404")] == [first]
    found = store.conversations.list(text="WATERPROOF softshell")
    assert [(row.id, row.found) for row in found] == [(second, message)]
    assert "Softshell" in found[0].snippet
    assert store.conversations.list(text="夹克 waterproof") == []  # no one message says both


def test_pinned_conversations_stand_first(store: Store) -> None:
    old, new = store.conversations.start(), store.conversations.start()
    store.conversations.pin(old, True)
    assert [row.id for row in store.conversations.list()] == [old, new]
    assert store.conversations.list()[0].pinned
    store.conversations.pin(old, False)
    assert [row.id for row in store.conversations.list()] == [new, old]


def test_an_answer_given_anew_takes_the_place_of_the_first(store: Store) -> None:
    conversation = store.conversations.start()
    first = say(store, conversation, "price?", "one")
    later = say(store, conversation, "stock?", "two")
    again = say(store, conversation, "price?", "three")
    store.conversations.revise(again, first)
    once_more = say(store, conversation, "price now?", "four")
    store.conversations.revise(once_more, again)
    turns = store.conversations.turns(conversation)
    assert [turn.messages for turn in turns] == [(first, again, once_more), (later,)]
    assert turns[0].characters == len("price now?four")
    assert [exchange.answer for exchange in store.conversations.history(conversation, 8)] == ["four", "two"]
    assert store.conversations.history_before(once_more, 8) == []
    assert [exchange.answer for exchange in store.conversations.history_before(later, 8)] == ["four"]
    with pytest.raises(StoreError) as missing:
        store.conversations.revise(first, 999)
    assert missing.value.code == "message_missing"


def test_messages_are_read_by_number(store: Store) -> None:
    conversation = store.conversations.start()
    ids = [say(store, conversation, f"q{n}", f"a{n}") for n in range(5)]
    assert [message.question for message in store.conversations.messages_by_id([ids[3], ids[1], 999])] == ["q1", "q3"]


@pytest.mark.parametrize("suffix", [".md", ".json", ".csv"])
def test_a_conversation_is_written_to_a_file(store: Store, tmp_path: Path, suffix: str) -> None:
    conversation = store.conversations.start()
    say(store, conversation, "=SUM(A1) 多少钱？", "¥404.00 [1]")
    say(store, conversation, "没有回答", None)
    path = tmp_path / f"会话 导出{suffix}"
    store.conversations.export(conversation, path)
    text = path.read_text(encoding="utf-8-sig")
    assert "¥404.00 [1]" in text and "没有回答" in text and "=JKT-105" in text
    if suffix == ".json":
        said = json.loads(text)["messages"]
        assert said[0]["sources"][0]["key"] == "=JKT-105" and said[1]["answer"] is None
    if suffix == ".csv":
        rows = list(csv.reader(text.splitlines()))
        assert rows[1][1].startswith("'=SUM")  # no spreadsheet may run it


def test_an_export_that_cannot_be_written_says_so(store: Store, tmp_path: Path) -> None:
    conversation = store.conversations.start()
    with pytest.raises(StoreError) as fault:
        store.conversations.export(conversation, tmp_path / "nowhere" / "x.md")
    assert fault.value.code == "export_failed"


def test_use_is_told_by_day(store: Store) -> None:
    conversation = store.conversations.start()
    voted = say(store, conversation, "JKT-105 多少钱？", "¥404.00 [1]", ms=20)
    say(store, conversation, "jkt-105 多少钱", "¥404.00 [1]", route="exact", ms=60)
    say(store, conversation, "有火星车吗？", "没有找到。", route="refusal", ms=10)
    store.feedback.vote(voted, "down")
    today = datetime.now(UTC).astimezone().date()
    use = store.insights.use(7, today)
    assert [day.day for day in use.days][-1] == today.isoformat() and len(use.days) == 7
    last = use.days[-1]
    assert (last.questions, last.refused, last.down_votes, last.up_votes) == (3, 1, 1, 0)
    assert (last.median_ms, last.slow_ms) == (20, 60)
    assert use.routes == {"model": 1, "exact": 1, "refusal": 1}
    assert use.most_asked == [("jkt-105 多少钱", 2)]
    assert use.questions == 3
