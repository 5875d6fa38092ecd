"""How much of a machine is taken, for machines that are not here: scripted lists of cards, any memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.engine.fit import Device, ModelSizes, Room, layers_that_fit, rooms
from shopdesk.engine.gguf import read_head

GB = 1 << 30
SEVEN = ModelSizes(int(4.7 * GB), 28, 28 * 4 * 256, 3584, 152_064, 32_768)


def card(free: float) -> Device:
    return Device("CUDA0", "a card", int(free * GB), int(24 * GB))


def test_the_sizes_are_read_from_the_file(tiny: Path) -> None:
    sizes = ModelSizes.of(read_head(tiny), tiny.stat().st_size)
    assert (sizes.layers, sizes.cell, sizes.hidden, sizes.vocabulary) == (2, 2 * 64, 64, 261)


@pytest.mark.parametrize(
    ("free", "layers"), [([], 0), ([0.3], 0), ([3.0], 14), ([8.0], -1), ([24.0], -1), ([3.0, 3.0], 28)]
)
def test_layers_go_where_there_is_room(free: list[float], layers: int) -> None:
    assert layers_that_fit(SEVEN, 4096, "f16", [card(each) for each in free]) == layers


def test_what_does_not_fit_the_card_steps_down_to_the_processor() -> None:
    found = rooms(SEVEN, 4096, 16 * GB, [card(3.0)])
    assert found[0] == Room(14, 4096, 512, "f16")
    assert [room.gpu_layers for room in found[:3]] == [14, 10, 7]
    assert found[-1] == Room(0, 2048, 128, "q8_0")


def test_short_memory_takes_a_smaller_context() -> None:
    large = ModelSizes(int(4.7 * GB), 28, 28 * 8 * 256, 3584, 152_064, 32_768)
    assert rooms(large, 32_768, 16 * GB, [])[0] == Room(0, 32_768, 512, "f16")
    assert rooms(large, 32_768, 7 * GB, [])[0] == Room(0, 32_768, 512, "q8_0")
    assert rooms(large, 32_768, int(5.5 * GB), [])[0].context == 8192
    assert rooms(large, 32_768, GB, []) == [Room(0, 2048, 128, "q8_0")], "a trial all the same"


@given(st.integers(1, 64) | st.just(0), st.lists(st.floats(0, 80), max_size=4), st.integers(256, 1 << 18))
def test_there_is_always_something_to_try(memory: int, free: list[float], context: int) -> None:
    found = rooms(SEVEN, context, memory * GB, [card(each) for each in free])
    assert found
    assert all(0 < room.context <= context and -1 <= room.gpu_layers <= 28 for room in found)
    assert len(set(found)) == len(found)
