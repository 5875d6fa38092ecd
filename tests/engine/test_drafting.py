from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from shopdesk.engine.drafting import Lookup, Pace


def test_what_stood_there_before_is_guessed() -> None:
    lookup = Lookup([7, 1, 2, 3, 4, 5, 9])
    assert lookup.guess() == []
    lookup.add(1)
    lookup.add(2)
    assert lookup.guess()[:3] == [3, 4, 5]


@given(st.lists(st.integers(0, 3), max_size=40))
def test_a_guess_is_what_followed_the_last_time(tokens: list[int]) -> None:
    guess = Lookup(tokens).guess()
    key = tokens[-2:]
    places = [i + 2 for i in range(len(tokens) - 2) if tokens[i : i + 2] == key]
    assert guess == (tokens[places[-1] : places[-1] + 6] if places and len(tokens) >= 2 else [])


def test_guessing_rests_where_it_does_not_pay_and_is_tried_again() -> None:
    pace = Pace()
    assert not pace.pays, "nothing is known yet"
    pace.single(0.010)
    assert pace.pays
    for _ in range(6):
        pace.drafted(0.030, 2)
    assert not pace.pays
    for _ in range(64):
        pace.single(0.010)
    assert pace.pays
    for _ in range(60):
        pace.drafted(0.020, 3)
    assert pace.pays
