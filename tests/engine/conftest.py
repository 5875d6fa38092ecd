"""Real models, small enough to write while testing, and engines that are closed afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shopdesk.core.types import ModelManifest
from shopdesk.engine.client import LocalEngine
from shopdesk.engine.hardware import Hardware
from tests.engine.tiny_gguf import write_tiny_model

ANSWER = "é漢🙂"


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def tiny(models: Path) -> Path:
    """Answers ANSWER, whose characters take two, three and four tokens, and stops."""
    return write_tiny_model(models / "tiny.gguf", text=ANSWER)


@pytest.fixture(scope="session")
def talker(models: Path) -> Path:
    """Says abcabc… without end."""
    return write_tiny_model(models / "talker.gguf", text="abc", endless=True)


@pytest.fixture(scope="session")
def slow(models: Path) -> Path:
    """Takes seconds to read a long prompt in."""
    return write_tiny_model(models / "slow.gguf", text="abc", endless=True, hidden=512, layers=8)


@pytest.fixture
def plain_cpu() -> Hardware:
    """A processor of which nothing bad is known, whatever this one is."""
    return Hardware("plain", frozenset({"avx2"}), cores=2, logical_cores=2, memory=8 << 30)


@pytest.fixture
def new_engine(tmp_path: Path) -> Iterator[Callable[..., LocalEngine]]:
    """Makes engines over one data folder, `tmp_path`."""
    engines: list[LocalEngine] = []

    def make(model: Path, context: int = 4096, **options: Any) -> LocalEngine:
        manifest = ModelManifest(name=model.stem, file=model.name, context=context)
        options.setdefault("data_dir", tmp_path)
        engines.append(LocalEngine(model, manifest, **options))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()
