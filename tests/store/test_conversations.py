"""Questions are kept before they are answered, byte for byte, and come back with their facts."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import Answer, Fact, Record
from shopdesk.store import Store

NAUGHTY = [
    "'; DROP TABLE messages; --",
    '"quoted" \\ back\\slash',
    "NULL",
    "null",
    "0x1F",
    "1e309",
    "%s %d {0} {name}",
    "<script>alert(1)</script>",
    "\u202eright to left",
    "zero\u200bwidth\u200djoiner",
    "emoji 👩‍👩‍👧‍👦🏳️‍🌈",
    "Ａ１ full-width",
    "e\u0301 ≠ é",
    "\t tab \r\n line",
    "\x00 nul \x07 bell",
    "𠮷野家 𪚥",
    "ﷺ",
    "Z̷̛a̸l̵g̶o̷",
    "=cmd|' /C calc'!A0",
    "AND OR NOT NEAR(",
    "* ^ : - + ( ) { }",
    '" OR ""',
    "多行\n问题",
    " ",
    "c" * 100_000,
]

RECORD = Record(
    "product",
    "A-1",
    "云朵跑鞋",
    {"price": "1299.00", "currency": "CNY", "stock": 3},
    "2026-11-20T09:30:00+08:00",
    {"材质": "网布"},
)


def answer(question: str, text: str) -> Answer:
    return Answer(question, text, "zh", "exact", (Fact(1, RECORD),), (1,), True)


def test_an_answered_question_comes_back_with_its_facts(store: Store) -> None:
    conversation = store.conversations.start()
    message = store.conversations.question_asked(conversation, "多少钱？", json.dumps([Fact(1, RECORD).to_json()]))
    store.conversations.answer_given(message, answer("多少钱？", "1299 元。[1]"))
    (exchange,) = store.conversations.history(conversation, 5)
    assert (exchange.question, exchange.answer) == ("多少钱？", "1299 元。[1]")
    assert exchange.facts == (Fact(1, RECORD),)
    (stored,) = store.conversations.messages(conversation)
    assert json.loads(stored.answer_json or "")["route"] == "exact"


def test_an_interrupted_question_stays_without_an_answer(store: Store) -> None:
    conversation = store.conversations.start()
    store.conversations.question_asked(conversation, "first", "[]")
    assert store.conversations.history(conversation, 5) == []
    (stored,) = store.conversations.messages(conversation)
    assert (stored.question, stored.answer_text) == ("first", None)


def test_history_is_the_last_exchanges_oldest_first(store: Store) -> None:
    conversation = store.conversations.start()
    for number in range(5):
        message = store.conversations.question_asked(conversation, f"q{number}", "[]")
        store.conversations.answer_given(message, answer(f"q{number}", f"a{number}"))
    assert [exchange.question for exchange in store.conversations.history(conversation, 2)] == ["q3", "q4"]


def test_the_list_is_titled_by_the_first_question_and_can_be_searched(store: Store) -> None:
    first, second = store.conversations.start(), store.conversations.start()
    store.conversations.question_asked(first, "有没有 100% 羊毛的围巾？" + "很长" * 40, "[]")
    store.conversations.question_asked(second, "second question", "[]")
    store.conversations.question_asked(second, "more", "[]")
    rows = store.conversations.list()
    assert [row.id for row in rows] == [second, first]
    assert rows[0].title == "second question" and len(rows[1].title) == 40
    assert [row.id for row in store.conversations.list(text="100%")] == [first]
    assert [row.id for row in store.conversations.list(text="_")] == []
    store.conversations.rename(first, "围巾")
    store.conversations.delete(second)
    assert [row.title for row in store.conversations.list()] == ["围巾"]


def test_a_missing_conversation_is_said_to_be_missing(store: Store) -> None:
    for call in (
        lambda: store.conversations.history(99, 1),
        lambda: store.conversations.question_asked(99, "x", "[]"),
        lambda: store.conversations.messages(99),
        lambda: store.conversations.rename(99, "x"),
        lambda: store.conversations.delete(99),
    ):
        with pytest.raises(UserFacingError) as caught:
            call()
        assert caught.value.code == "conversation_missing"


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_text_is_stored_and_found_byte_for_byte(store: Store, text: str) -> None:
    conversation = store.conversations.start()
    message = store.conversations.question_asked(conversation, text, "[]")
    store.conversations.answer_given(message, answer(text, text))
    store.settings.set("text", text)
    (stored,) = store.conversations.messages(conversation)
    assert stored.question == stored.answer_text == store.settings.get("text") == text
    assert [row.id for row in store.conversations.list(text=text.split("\x00")[0] or "nul")] == [conversation]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(), max_size=40))
def test_any_text_can_be_asked(store: Store, text: str) -> None:
    conversation = store.conversations.start()
    store.conversations.question_asked(conversation, text, "[]")
    kept = text.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair cannot be kept by anyone
    assert store.conversations.messages(conversation)[0].question == kept
