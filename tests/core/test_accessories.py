"""What only belongs to a thing is no such thing."""

from __future__ import annotations

from shopdesk.core.accessories import things_themselves
from shopdesk.core.types import Record


def good(title: str, category: str) -> Record:
    return Record("product", title, title, {"category": category}, "2026-11-20")


def test_what_belongs_to_a_thing_is_left_out() -> None:
    player, stylus = good("Ashby Turntable", "Audio"), good("Turntable Stylus", "Audio")
    assert things_themselves("cheapest turntable", [player, stylus]) == [player]
    assert things_themselves("cheapest turntable stylus", [player, stylus]) == [player, stylus]


def test_what_a_named_category_holds_is_of_it_whatever_it_is_called() -> None:
    pots = [good("珐琅锅", "锅具"), good("不粘厨具组合", "锅具"), good("PC膜汤锅", "锅具")]
    assert things_themselves("锅具里最贵的", pots, ("锅具",)) == pots
