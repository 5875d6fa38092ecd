"""The sample shop behind a service."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk import __version__
from shopdesk.app import App, open_app
from shopdesk.paths import resources

pytest.importorskip("fastapi", reason="the extra `service` is not installed")
pytest.importorskip("uvicorn", reason="the extra `service` is not installed")
pytest.importorskip("prometheus_client", reason="the extra `service` is not installed")

from shopdesk.service.ports import Parts
from tests.service.serving import Client, serving


@pytest.fixture
def shop(home: Path) -> Iterator[App]:
    """The sample shop without a model: rows answer."""
    with open_app(home) as app:
        app.assistant.engine = None
        yield app


@pytest.fixture
def parts(shop: App) -> Parts:
    return Parts(shop.assistant, shop.store.catalogue, resources() / "service", __version__)


@pytest.fixture
def service(parts: Parts) -> Iterator[Client]:
    with serving(parts) as client:
        yield client
