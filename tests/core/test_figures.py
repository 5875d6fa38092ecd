"""While a model writes, only figures of the facts can come; the way to them stays open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.figures import AllowedFigures, figures, normal_figure
from shopdesk.core.types import Fact, Record

ROW = Record(
    "product",
    "JK-105",
    "岭雀夹克 2",
    {"sku": "JK-105", "price": "1299.50", "list_price": "1499.00", "currency": "CNY", "stock": 12},
    "2026-11-20T09:30:00+08:00",
    {"重量": "310 g"},
)
ALLOWED = AllowedFigures.standing_in([Fact(1, ROW)], "要三件", [1, 12])


@pytest.mark.parametrize(
    "text",
    [
        "岭雀夹克 2 卖 ¥1299.50 [1]。",
        "¥1,299.50",
        "1299.5",
        "JK-105",
        "jk-105",
        "310 克",
        "十二件",
        "三件",
        "there are twelve [12]",
        "３１０",
    ],
)
def test_what_the_facts_say_can_be_written_token_by_token(text: str) -> None:
    said = ""
    for character in text:
        assert ALLOWED.permits(said, character), (said, character)
        said += character
    assert ALLOWED.may_end(said)


@pytest.mark.parametrize(
    "text", ["¥1299.60", "1300", "JK-106", "[2]", "[13]", "十三件", "thirteen 13", "１３", "12991"]
)
def test_anything_else_cannot(text: str) -> None:
    said = ""
    for character in text:
        if not ALLOWED.permits(said, character):
            return
        said += character
    assert not ALLOWED.may_end(said)


def test_in_the_midst_of_a_figure_the_ways_on_are_known() -> None:
    assert ALLOWED.permits("", "14") and not ALLOWED.may_end("卖 14")
    assert set(ALLOWED.continuations("卖 14")) == {"99", "99.00"}
    assert set(ALLOWED.continuations("[1")) == {"]", "2]"}
    assert ALLOWED.continuations("没有数字") == []


@given(
    st.lists(
        st.sampled_from(["1", "2", "9", ".", ",", "50", "-", "JK", "三", "件", "[", "]", " ", "two", "a"]), max_size=12
    )
)
def test_whatever_is_permitted_to_its_end_is_grounded(pieces: list[str]) -> None:
    said = ""
    for piece in pieces:
        if ALLOWED.permits(said, piece):
            said += piece
    if ALLOWED.may_end(said):
        assert figures(said) <= set(map(normal_figure, ALLOWED.spellings))
