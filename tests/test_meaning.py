"""Search by meaning as a whole: chosen on the command line, rows read, then found without a word in common."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from shopdesk.app import open_app
from shopdesk.cli import main
from shopdesk.core.errors import EngineError, StoreError
from shopdesk.core.ports import SearchWish
from shopdesk.meaning import SearchByMeaning
from tests.engine.tiny_gguf import write_tiny_model


class Rows:
    """Three products; what has a vector."""

    def __init__(self) -> None:
        self.kept: dict[int, bytes] = {}

    def missing(self, model: str, count: int) -> list[tuple[int, str]]:
        return [(row, f"text {row}") for row in range(6) if row not in self.kept][:count]

    def put(self, model: str, vectors: Sequence[tuple[int, bytes]]) -> None:
        self.kept.update(vectors)

    def nearest(self, model: str, vector: bytes, count: int) -> list[tuple[int, float]]:
        return [(row, 1.0) for row, kept in self.kept.items() if kept == vector]


def test_all_products_get_a_vector_and_a_question_is_read_once() -> None:
    rows, asked, heard = Rows(), list[str](), list[int]()

    def vectors_of(texts: Sequence[str]) -> list[bytes]:
        asked.extend(texts)
        return [text.encode() for text in texts]

    search = SearchByMeaning(rows, "m", vectors_of)
    assert search.catch_up(heard.append) == 6
    assert heard == [4, 6]
    assert search.nearest("text 2", 9) == search.nearest("text 2", 9) == [(2, 1.0)]
    assert asked.count("text 2") == 2, "as a row and as a question"
    search.close()
    assert search.nearest("text 3", 9) == []


def test_no_question_waits_for_a_model_that_loads() -> None:
    go = threading.Event()

    def vectors_of(texts: Sequence[str]) -> list[bytes]:
        go.wait(10)
        return [text.encode() for text in texts]

    rows = Rows()
    search = SearchByMeaning(rows, "m", vectors_of)
    search.start()
    assert search.nearest("text 1", 9) == []
    go.set()
    while len(rows.kept) < 6:
        time.sleep(0.01)
    assert search.nearest("text 1", 9) == [(1, 1.0)]
    search.close()


def test_a_store_that_is_taken_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shopdesk.meaning._LOOK_AGAIN_S", 0.01)
    rows = Rows()
    refusals = iter([True, True])

    def missing(model: str, count: int) -> list[tuple[int, str]]:
        if next(refusals, False):
            raise StoreError("store_busy")
        return Rows.missing(rows, model, count)

    rows.missing = missing  # type: ignore[method-assign]
    search = SearchByMeaning(rows, "m", lambda texts: [text.encode() for text in texts])
    search.start()
    deadline = time.monotonic() + 10
    while len(rows.kept) < 6 and time.monotonic() < deadline:
        time.sleep(0.01)
    search.close()
    assert len(rows.kept) == 6


def test_a_model_that_fails_leaves_the_search_to_words() -> None:
    def fails(texts: Sequence[str]) -> list[bytes]:
        raise EngineError("engine_crashed", detail="SIGKILL")

    search = SearchByMeaning(Rows(), "m", fails)
    search.start()
    assert search.nearest("boot", 9) == []
    search.close()


def test_from_the_command_line_to_rows_without_a_word_in_common(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goods, file = tmp_path / "goods.csv", tmp_path / "meanings.gguf"
    goods.write_text("sku,name,price\nB-1,Rain boot,30\nM-1,Tea mug,9\n", encoding="utf-8")
    write_tiny_model(file, metadata={"qwen3.pooling_type": 1})
    home = ["--home", str(tmp_path / "home"), "--empty"]
    assert main([*home, "import", str(goods), "--yes"]) == 0
    assert main([*home, "models", "add", str(file)]) == 0
    assert main([*home, "search", "wellington"]) == 0
    assert "B-1" not in capsys.readouterr().out
    assert main([*home, "models", "use", "meanings"]) == 0
    assert main([*home, "search", "wellington"]) == 0
    assert "B-1" in capsys.readouterr().out
    with open_app(tmp_path / "home") as app:
        assert app.engine is not None and app.engine.manifest.name != "meanings", "what answers stays what it was"
        assert len(app.store.catalogue.search(SearchWish("wellington"))) == 2
    assert main([*home, "models", "remove", "meanings"]) == 0
    with open_app(tmp_path / "home") as app:
        assert app.meaning is None and app.notices == []
