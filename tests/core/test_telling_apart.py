"""The larger or the smaller of one product's sizes, where one is said."""

from __future__ import annotations

from shopdesk.core.sizes_said import of_the_size_said
from shopdesk.core.types import Record


def sized(size: str) -> Record:
    return Record("product", size, "桐木花盆", {"size": size}, "2026-11-20")


def test_the_largest_and_the_smallest_are_told_by_their_measures() -> None:
    pots = (sized("2 L"), sized("500 ml"), sized("1 L"))
    assert of_the_size_said("大的那个多少钱", pots) == pots[:1]
    assert of_the_size_said("the smaller one", pots) == pots[1:2]


def test_where_nothing_was_found_nothing_is_told_apart() -> None:
    assert of_the_size_said("复印机最大能印多大的纸", ()) == ()
