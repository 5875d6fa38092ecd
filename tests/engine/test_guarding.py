"""A model of random weights, made to write figures: only those that it may."""

from __future__ import annotations

import pytest

from shopdesk.core.figures import AllowedFigures, figures
from shopdesk.engine.guarding import Guard

VOCABULARY = ["", "价格", " ¥", "1", "12", "99", ".", "00", "[", "]", "2", " two", " three", "\n", "三", "件", "é"]


def guard_of(*spellings: str, citations: tuple[int, ...] = (1,)) -> Guard:
    def tokens_of(text: str) -> list[int]:
        best = max((word for word in VOCABULARY if word and text.startswith(word)), key=len, default="")
        return [VOCABULARY.index(best)] if best else []

    return Guard(AllowedFigures(spellings, citations), lambda token: VOCABULARY[token].encode(), tokens_of)


def test_a_token_that_begins_another_figure_is_passed_over() -> None:
    guard = guard_of("1299.00", "3")
    permitted = {VOCABULARY[token] for token in range(1, 17) if guard.permits(token, "价格 ¥", b"", ends=False)}
    assert permitted == {"价格", " ¥", "1", "12", ".", "[", "]", " three", "\n", "三", "件", "é"}


def test_an_answer_does_not_end_in_the_midst_of_a_figure() -> None:
    guard = guard_of("1299.00")
    assert not guard.permits(0, "卖 ¥12", b"", ends=True)
    assert guard.permits(0, "卖 ¥1299.00", b"", ends=True)
    assert not guard.permits(0, "卖 [1", b"", ends=True) and guard.permits(0, "卖 [1]", b"", ends=True)


def test_the_ways_on_lead_to_the_figure() -> None:
    assert [VOCABULARY[token] for token in guard_of("1299.00").ways_on("卖 ¥12")] == ["99"]
    assert [VOCABULARY[token] for token in guard_of("1299.00").ways_on("卖 [")] == ["1"]


@pytest.mark.parametrize("pending", [b"\xef\xbc", b""])
def test_bytes_of_a_character_wait_for_their_rest(pending: bytes) -> None:
    guard = Guard(AllowedFigures(("7",), ()), lambda token: [b"\x95", b"\x97"][token], lambda text: [])
    # EF BC 95 is a full-width 5, EF BC 97 a full-width 7; by itself the last byte is nothing yet
    assert guard.permits(0, "", pending, ends=False) is not bool(pending)
    assert guard.permits(1, "", pending, ends=False)


def test_any_run_of_permitted_tokens_says_only_allowed_figures() -> None:
    import random

    dice = random.Random(1)
    guard = guard_of("1299.00", "12", "3")
    for _ in range(300):
        said = ""
        for _ in range(12):
            token = dice.randrange(1, len(VOCABULARY))
            if guard.permits(token, said, b"", ends=False):
                said += VOCABULARY[token]
        if guard.permits(0, said, b"", ends=True):
            assert figures(said) <= {"1299", "12", "3"}, said
