"""A chosen model that cannot run gives way to the last one that did, and that is told."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from shopdesk.app import App, open_app
from shopdesk.core.events import AnswerDone
from shopdesk.settings import Settings
from tests.engine.tiny_gguf import write_tiny_model


def until(condition: Callable[[], object], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def is_ready(app: App) -> bool:
    return app.engine is not None and app.engine.state == "ready"


@pytest.fixture
def models(home: Path) -> Path:
    """Beside the program's own: one that runs, and one that only llama.cpp sees through."""
    folder = home / "models"
    folder.mkdir(parents=True, exist_ok=True)
    good = write_tiny_model(folder / "good.gguf").read_bytes()
    (folder / "broken.gguf").write_bytes(good.replace(b"qwen3", b"qwenX").replace(b"tiny", b"evil"))
    return folder


def test_the_last_model_that_worked_answers_instead(home: Path, models: Path, bundled_model: Path) -> None:
    Settings(home / "settings.json").set("model", "good")
    with open_app(home) as app:
        app.warm_up()
        assert until(lambda: app.settings.get("model_worked") == "tiny")
    Settings(home / "settings.json").set("model", "evil")
    with open_app(home, language="en") as app:
        states: list[str] = []
        assert app.engine is not None
        app.engine.on_state(states.append)  # type: ignore[arg-type]
        app.warm_up()
        assert until(lambda: is_ready(app) and app.engine is not None and app.engine.manifest.name == "tiny")
        assert app.assistant.engine is app.engine
        assert [notice.code for notice in app.notices] == ["model_broken", "model_fell_back"]
        assert until(lambda: states[-1] == "ready"), "who listened hears of the other one"


def test_without_one_that_worked_the_programs_own_answers(home: Path, models: Path, bundled_model: Path) -> None:
    Settings(home / "settings.json").set("model", "broken")
    with open_app(home) as app:
        app.warm_up()
        assert until(lambda: is_ready(app) and app.notices)
        assert app.engine is not None
        assert app.engine.manifest.file == bundled_model.name
        done = list(app.assistant.answer("JKT-105 多少钱"))[-1]
        assert isinstance(done, AnswerDone)
        assert "404.00" in done.answer.text


def test_a_model_named_for_once_does_not_give_way(home: Path, models: Path) -> None:
    with open_app(home, model="broken") as app:
        app.warm_up()
        assert until(lambda: app.engine is not None and app.engine.state == "failed")
        assert app.notices == []
