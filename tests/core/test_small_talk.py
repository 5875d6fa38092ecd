"""Small talk: which sort it is and what the shop says to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.small_talk import answers_other, reply, talk_in
from shopdesk.core.text import fold


@pytest.mark.parametrize(
    ("said", "sort"),
    [
        ("你好", "greeting"), ("Good morning!", "greeting"), ("谢谢您", "thanks"), ("thank you very much", "thanks"),
        ("拜拜", "bye"), ("goodbye.", "bye"), ("你能做什么？", "who"), ("who are you?", "who"),
        ("你好，外套多少钱", None), ("hi, how much is the mug", None), ("", None),
        ("哈喽呀各位", "greeting"), ("morning team!", "greeting"), ("那就谢谢啦，帮大忙了", "thanks"),
        ("that's great, thanks a million", "thanks"), ("谢谢，先撤了，明儿见", "bye"), ("cheers, see you later", "bye"),
        ("你到底是不是机器人", "who"), ("what can I ask you?", "who"), ("嗯嗯，知道啦", "ok"), ("okay, got it", "ok"),
        ("谢谢卡多少钱", None), ("好的，那库存呢", None), ("do you have a cheaper one", None), ("早餐杯在哪", None),
        ("who makes the mug", None), ("no returns?", None), ("蛋糕带回家放几天", None), ("我先回家了", "bye"),
        ("are you a real person", "who"),
        ("how ya going", "greeting"),
        ("今天天气怎么样", None), ("help me return a mug", None),
        ("累坏了今天", "ok"), ("外头刮大风了", "ok"), ("祝老板发大财", "ok"), ("what a long week", "ok"),
        ("my back is killing me", "ok"), ("phew, it's warm in here", "ok"), ("all right guv", "greeting"),
        ("吃饭的碗", None), ("后天会不会下雨啊", None), ("is it raining out", None),
        ("太阳帽", None), ("hot chocolate", None), ("the long one", None), ("it's too long", None),
    ],
)  # fmt: skip
def test_only_a_whole_sentence_of_small_talk_is_some(said: str, sort: str | None) -> None:
    heard, beside = talk_in(fold(said))
    assert (None if beside else heard) == sort


@pytest.mark.parametrize(
    ("said", "sort", "rest"),
    [
        ("hi, my first week in this branch", "greeting", "my first week in this branch"),
        ("谢谢，客人已经付款", "thanks", "客人已经付款"),
        ("头灯多少钱", None, "头灯多少钱"),
    ],
)
def test_what_stands_beside_small_talk_is_told_apart(said: str, sort: str | None, rest: str) -> None:
    assert talk_in(fold(said)) == (sort, rest)


@given(st.text(max_size=60))
def test_any_text_is_read(said: str) -> None:
    sort, rest = talk_in(fold(said))
    assert sort is not None or rest == fold(said)


def test_each_sort_has_a_reply_of_its_own() -> None:
    for language in ("zh", "en"):
        replies = {reply(sort, language) for sort in ("greeting", "thanks", "bye", "who", "ok")}
        assert len(replies) == 5


def test_the_reply_to_another_sort_is_no_answer() -> None:
    assert answers_other(reply("bye", "en"), "greeting", "en")
    assert not answers_other(reply("greeting", "en"), "greeting", "en")
