"""The benchmarks' own arithmetic and their generated shops."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.core.errors import EngineError
from tools.bench import __main__ as bench
from tools.bench.chinese_queries import made_of
from tools.bench.clock import percentile
from tools.bench.search import ndcg
from tools.bench.shops import COLUMNS, rows, write_csv


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_the_smallest_value_that_the_share_does_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values)
    assert sum(value < found for value in values) < share * len(values)


def test_generated_products_have_names_and_codes_of_their_own() -> None:
    shop = list(rows(5000, seed=1))
    assert len({row["sku"] for row in shop}) == 5000
    assert len({(row["name"], row["color"], row["size"]) for row in shop}) == 5000
    assert shop == list(rows(5000, seed=1)) and shop != list(rows(5000, seed=2))


def test_a_shop_is_no_larger_than_its_words_allow() -> None:
    with pytest.raises(ValueError, match="no more than 1120000"):
        next(rows(1_120_001))


def test_the_file_holds_the_rows(tmp_path: Path) -> None:
    write_csv(tmp_path / "shop.csv", 20)
    with (tmp_path / "shop.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert found == list(rows(20)) and tuple(found[0]) == COLUMNS


def test_one_group_leaves_the_figures_of_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "OUTPUT", tmp_path / "build" / "bench.json")
    monkeypatch.setattr(bench, "GROUPS", {"a": lambda _: {"x": 1.23456}, "b": lambda _: {"y": 2.0}})
    assert bench.main(["a"]) == 0 and bench.main(["b"]) == 0
    assert json.loads(bench.OUTPUT.read_text(encoding="utf-8")) == {"x": 1.235, "y": 2.0}


def test_a_group_that_cannot_run_does_not_keep_the_others_from_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_model(_: object) -> dict[str, float]:
        raise EngineError("model_none")

    monkeypatch.setattr(bench, "OUTPUT", tmp_path / "bench.json")
    monkeypatch.setattr(bench, "GROUPS", {"a": no_model, "b": lambda _: {"y": 2.0}})
    assert bench.main(["a", "b"]) == 1
    assert json.loads(bench.OUTPUT.read_text(encoding="utf-8")) == {"y": 2.0}
    assert capsys.readouterr().err.startswith("a: ")


def test_an_unknown_group_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        bench.main(["nonsense"])
    assert ended.value.code == 2


def test_sizes_are_named_as_people_say_them() -> None:
    from tools.bench.store import size_name

    assert [size_name(n) for n in (500, 2000, 100_000, 1_000_000)] == ["500", "2k", "100k", "1m"]


def test_ndcg_is_one_for_the_best_order_and_counts_what_was_not_judged_as_nothing() -> None:
    grades = {"a": 3, "b": 1, "c": 0}
    assert ndcg(["a", "b", "c"], grades) == 1.0
    assert ndcg(["x", "a"], grades) == pytest.approx((3 / 1.584962500721156) / (3 + 1 / 1.584962500721156))
    assert ndcg([], grades) == 0.0


def test_a_query_made_of_a_name_means_the_products_with_its_parts() -> None:
    names = {"1": "加厚防风冲锋衣", "2": "防风冲锋衣 男款", "3": "Plain Mug"}
    made = list(made_of(names, seed=3))
    assert {query.manner for query in made} >= {
        "part",
        "two parts",
        "asked",
        "missing",
        "swapped",
        "pinyin",
        "initials",
    }
    assert all(query.meant and query.meant <= {"1", "2"} for query in made)
    assert all(query.text.isascii() == (query.manner in ("pinyin", "initials")) for query in made)
    assert made == list(made_of(names, seed=3))
