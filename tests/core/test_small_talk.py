"""Small talk: which sort it is and what the shop says to it."""

from __future__ import annotations

import pytest

from shopdesk.core.small_talk import reply, sort_of
from shopdesk.core.text import fold


@pytest.mark.parametrize(
    ("said", "sort"),
    [
        ("你好", "greeting"), ("Good morning!", "greeting"), ("谢谢您", "thanks"), ("thank you very much", "thanks"),
        ("拜拜", "bye"), ("goodbye.", "bye"), ("你能做什么？", "who"), ("who are you?", "who"),
        ("你好，外套多少钱", None), ("hi, how much is the mug", None), ("", None),
    ],
)  # fmt: skip
def test_only_a_whole_sentence_of_small_talk_is_some(said: str, sort: str | None) -> None:
    assert sort_of(fold(said)) == sort


def test_each_sort_has_a_reply_of_its_own() -> None:
    for language in ("zh", "en"):
        replies = {reply(sort, language) for sort in ("greeting", "thanks", "bye", "who", "ok")}
        assert len(replies) == 5
