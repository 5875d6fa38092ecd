"""The model of what questions ask for: fitted to a handful of questions, written, and read by the app."""

import json
from pathlib import Path

import pytest

pytest.importorskip("sklearn")

from shopdesk.core import chances
from tools.asked.fitting import chances_fitted, read_questions, written
from tools.errors import ToolError

pytestmark = pytest.mark.train

ASKED = [
    ("en", "price", "how much is the {}"), ("en", "where", "where is the {}"), ("en", "stock", "any {} left"),
    ("zh", "price", "{}多少钱"), ("zh", "where", "{}在哪里"), ("zh", "stock", "还有{}吗"),
]  # fmt: skip
THINGS = ["wok", "kettle", "broom", "ladder", "rope", "lamp", "mug", "tarp"]


def test_what_is_fitted_is_what_the_app_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"{language}\t{kind}\t{form.format(thing)}\n" for language, kind, form in ASKED for thing in THINGS]
    (tmp_path / "questions.tsv").write_text("".join(lines), encoding="utf-8")
    made = written(chances_fitted(read_questions(tmp_path / "questions.tsv")))
    assert set(json.loads(made)) == {"kinds", "zh", "en"}
    monkeypatch.setattr(chances, "__file__", str(tmp_path / "chances.py"))
    (tmp_path / "chances.json").write_text(made, encoding="utf-8")
    for cached in (chances.chances_of, chances._models):
        cached.cache_clear()
    try:
        assert chances.chances_of("how much is the anvil", "en")["price"] > 0.8
        assert chances.chances_of("铁砧在哪里", "zh")["where"] > 0.8
    finally:
        for cached in (chances.chances_of, chances._models):
            cached.cache_clear()


@pytest.mark.parametrize("line", ["en price how much", "fr\tprice\tcombien", "en\tprice\t "])
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "questions.tsv").write_text(f"en\tprice\thow much\n{line}\n", encoding="utf-8")
    with pytest.raises(ToolError, match="line 2"):
        read_questions(tmp_path / "questions.tsv")
