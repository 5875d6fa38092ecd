from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shopdesk.engine.thinking import Spoken


def said(pieces: list[str], *, thinking: bool = False) -> str:
    spoken = Spoken(thinking=thinking)
    return "".join(map(spoken.feed, pieces)) + spoken.rest()


def cut(text: str, places: list[int]) -> list[str]:
    edges = sorted({0, len(text), *(place % (len(text) + 1) for place in places)})
    return [text[a:b] for a, b in pairwise(edges)]


@given(st.lists(st.integers(0, 200)))
def test_a_thought_is_left_out_however_it_is_cut(places: list[int]) -> None:
    assert said(cut("<think>\n499? no\n</think>\n\nIt costs 5.", places)) == "It costs 5."
    assert said(cut("still thinking\n</think>\n\nIt costs 5.", places), thinking=True) == "It costs 5."
    assert said(cut("a < b <thin> </think", places)) == "a < b <thin> </think"


def test_a_thought_without_an_end_says_nothing() -> None:
    assert said(["<think>", "and so on"]) == ""
    assert said(["Yes. ", "<think>hm</think>", "No."]) == "Yes. No."


@given(st.text(), st.lists(st.integers(0, 200)))
def test_anything_else_is_said_as_it_is(text: str, places: list[int]) -> None:
    if "think>" not in text:
        assert said(cut(text, places)) == text.lstrip("\n")
