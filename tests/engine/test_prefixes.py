"""States of conversations in memory and on disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.engine.prefixes import Parked, PrefixFiles, State, common

tokens = st.lists(st.integers(0, 2), max_size=8)


@given(tokens, tokens)
def test_what_two_begin_with(one: list[int], other: list[int]) -> None:
    shared = common(one, other)
    assert one[:shared] == other[:shared]
    assert shared in (len(one), len(other)) or one[shared] != other[shared]


@given(st.lists(tokens, max_size=6), tokens)
def test_the_best_state_is_found(parked: list[list[int]], prompt: list[int]) -> None:
    store = Parked(1000)
    for item in parked:
        store.park(State(tuple(item), b"x"))
    state, shared = store.best_for(prompt)
    assert shared == max((common(item, prompt) for item in parked), default=0)
    assert (state is None) == (shared == 0)


def test_a_state_that_goes_on_takes_the_place_of_its_beginning() -> None:
    store = Parked(1000)
    for length in (1, 2, 3, 2):
        store.park(State(tuple(range(length)), b"x"))
    assert len(store) == 1
    assert store.best_for([0, 1, 2, 9])[1] == 3


def test_the_limit_gives_up_what_was_not_used_for_longest() -> None:
    store = Parked(30)
    for first in (1, 2, 3):
        store.park(State((first, 0), bytes(10)))
    store.best_for([1, 0])
    store.park(State((4, 0), bytes(10)))
    assert [store.best_for([first, 0])[1] for first in (1, 2, 3, 4)] == [2, 0, 2, 2]
    store.park(State((5,), bytes(31)))
    assert store.best_for([5])[1] == 0, "larger than all that may be kept"


def test_a_file_holds_for_its_model_and_its_tokens_alone(tmp_path: Path) -> None:
    files = PrefixFiles(tmp_path / "new")
    state = State((1, 2, 3), bytes(range(256)) + b"\n")
    assert files.read("model", (1, 2, 3)) is None
    assert files.write("model", state)
    assert files.read("model", (1, 2, 3)) == state
    assert files.read("other", (1, 2, 3)) is None
    assert files.read("model", (1, 2)) is None


@pytest.mark.parametrize("damage", [b"", b"SDPREFIX1\n", b"SDPREFIX1\n{}\nx", b"SDPREFIX1\n[]\nx", b"\xff" * 100])
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    files = PrefixFiles(tmp_path)
    files.write("model", State((1,), b"data"))
    (file,) = tmp_path.glob("*.prefix")
    whole = file.read_bytes()
    for content in (damage, whole[:-1], whole + b"x"):
        file.write_bytes(content)
        assert files.read("model", (1,)) is None


def test_only_some_files_are_kept_and_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    for number in range(8):
        PrefixFiles(tmp_path).write("model", State((number,), b"data"))
    assert len(list(tmp_path.iterdir())) == 4
    occupied = tmp_path / "file"
    occupied.write_text("")
    assert not PrefixFiles(occupied).write("model", State((1,), b"data"))
