"""Patterns compiled late do what others do."""

from __future__ import annotations

import re

import pytest

from shopdesk.core.late import compile_all, late


def test_a_late_pattern_is_the_same_pattern() -> None:
    one, other = late(r"(?P<n>\d+) (件|pcs)", re.ASCII), re.compile(r"(?P<n>\d+) (件|pcs)", re.ASCII)
    text = "3 件, 14 pcs"
    assert [found["n"] for found in one.finditer(text)] == [found["n"] for found in other.finditer(text)] == ["3", "14"]
    assert one.sub("x", text) == other.sub("x", text)
    assert (one.pattern, one.flags, one.groups, one.groupindex["n"]) == (
        other.pattern, other.flags, other.groups, other.groupindex["n"],
    )  # fmt: skip
    assert one.fullmatch("3 件") and not one.fullmatch("三件")


def test_it_is_not_compiled_before_it_is_asked() -> None:
    broken = late("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("x")


def test_all_of_them_are_compiled_ahead() -> None:
    ahead = late(r"\d+ trays")
    compile_all()
    assert "search" in vars(ahead), "the first question would wait for it"
