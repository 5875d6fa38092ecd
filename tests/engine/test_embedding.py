"""Vectors of texts by the real llama.cpp in a real process, and the models that are made for that."""

from __future__ import annotations

import os
import signal
import sys
from array import array
from pathlib import Path

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.engine.embedding import Embedder, embeds
from shopdesk.engine.gguf import GgufHead
from shopdesk.engine.models import ModelShelf
from tests.engine.tiny_gguf import write_tiny_model

MEAN = 1  # llama.cpp's number of it


def numbers(vector: bytes) -> list[float]:
    return list(array("f", vector))


def test_texts_become_vectors_of_length_one(tiny: Path, tmp_path: Path) -> None:
    embedder = Embedder(tiny, tmp_path)
    try:
        first, other, again = map(numbers, embedder.vectors(["rain boot", "茶杯 " * 400, "rain boot"]))
        assert first == again != other
        assert all(sum(value * value for value in vector) == pytest.approx(1, abs=1e-4) for vector in (first, other))
        assert len(first) == len(other) == 64
    finally:
        embedder.close()
    with pytest.raises(EngineError):
        embedder.vectors(["too late"])


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_worker_that_dies_ends_the_vectors_and_nothing_else(tiny: Path, tmp_path: Path) -> None:
    embedder = Embedder(tiny, tmp_path)
    embedder.vectors(["boot"])
    assert embedder._worker is not None
    os.kill(embedder._worker.pid, signal.SIGKILL)
    for _ in range(2):
        with pytest.raises(EngineError) as fault:
            embedder.vectors(["boot"])
        assert fault.value.code == "engine_crashed"
    embedder.close()


def test_a_file_that_is_no_model_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "m.gguf").write_bytes(b"GGUF")
    with pytest.raises(EngineError):
        Embedder(tmp_path / "m.gguf", tmp_path).vectors(["boot"])


@pytest.mark.parametrize(
    ("architecture", "more", "is_for_search"),
    [("bert", {}, True), ("qwen3", {"qwen3.pooling_type": 3}, True), ("qwen3", {}, False), ("llama", {}, False)],
)
def test_a_model_made_for_vectors_is_known(architecture: str, more: dict[str, int], is_for_search: bool) -> None:
    assert embeds(GgufHead(3, {"general.architecture": architecture, **more}, {}, 1, 0)) is is_for_search


def test_a_model_for_the_search_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "bundled").mkdir()
    write_tiny_model(tmp_path / "bundled" / "a-search.gguf", metadata={"qwen3.pooling_type": MEAN})
    write_tiny_model(tmp_path / "bundled" / "b-answers.gguf")
    shelf = ModelShelf(tmp_path / "bundled", tmp_path / "home")
    assert [(entry.path.stem, entry.embeds) for entry in shelf.list()] == [("a-search", True), ("b-answers", False)]
    assert shelf.default().path.stem == "b-answers"
