"""The composition root: what a new home holds, and what happens without a model."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from shopdesk.app import has_display, language_of, open_app
from shopdesk.core import chances
from shopdesk.core.events import AnswerDone
from shopdesk.core.planning import Planner
from shopdesk.settings import Settings


def test_a_new_home_starts_with_the_sample_shop(tmp_path: Path) -> None:
    with open_app(tmp_path / "new") as app:
        assert app.store.has_sample()
        assert app.store.catalogue.get("product", "JKT-105") is not None


def test_an_empty_home_stays_empty(tmp_path: Path) -> None:
    with open_app(tmp_path / "new", empty=True) as app:
        assert not app.store.has_sample()
    with open_app(tmp_path / "new") as app:
        assert app.store.catalogue.total("product") == 0


def test_without_a_model_the_rows_answer_and_the_reason_is_told(home: Path, tmp_path: Path) -> None:
    with open_app(home, model=str(tmp_path / "missing.gguf"), language="zh") as app:
        assert app.engine is None
        assert [notice.code for notice in app.notices] == ["model_missing"]
        done = list(app.assistant.answer("JKT-105 多少钱"))[-1]
        assert isinstance(done, AnswerDone)
        assert "404.00" in done.answer.text


def test_what_the_first_question_would_wait_for_is_loaded_with_the_model(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = threading.Event()
    monkeypatch.setattr(chances, "load_chances", loaded.set)
    with open_app(home, model=str(tmp_path / "missing.gguf")) as app:
        assert not loaded.is_set(), "opening a shop for one command waits for nothing"
        app.warm_up()
        assert loaded.wait(30)


def test_a_chosen_model_that_is_gone_gives_way_to_the_embedded_one(home: Path, bundled_model: Path) -> None:
    Settings(home / "settings.json").set("model", "gone")
    with open_app(home) as app:
        assert [notice.code for notice in app.notices] == ["model_unknown"]
        assert app.engine is not None
        assert app.engine.manifest.file == bundled_model.name


def test_no_model_is_loaded_before_it_is_needed(home: Path, bundled_model: Path) -> None:
    with open_app(home) as app:
        list(app.assistant.answer("JKT-105 多少钱", route="exact"))
        assert app.engine is not None
        assert app.engine.state == "stopped"


@pytest.mark.parametrize(
    ("chosen", "system", "expected"),
    [(None, "zh_CN.UTF-8", "zh"), (None, "de_DE.UTF-8", "en"), (None, "C.UTF-8", "en"), ("zh", "en_US", "zh")],
)
def test_messages_follow_the_choice_then_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str | None, system: str, expected: str
) -> None:
    monkeypatch.setenv("LANG", system)
    settings = Settings(tmp_path / "settings.json")
    if chosen:
        settings.set("language", chosen)
    assert language_of(settings) == expected


@pytest.mark.skipif("sys.platform != 'linux'")
def test_a_display_is_what_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()


def test_every_code_of_the_sample_shop_is_heard_as_itself(home: Path) -> None:
    """Whatever words codes may hold: JFW-PK-37 asks for no match of two."""
    with open_app(home) as app:
        planner = Planner(app.store.catalogue, lambda: date(2026, 11, 21))
        for row in app.store.catalogue.records("product"):
            plan = planner.plan(f"{row.key} 在哪个货位?", ())
            assert [fact.record.key for fact in plan.facts] == [row.key]
