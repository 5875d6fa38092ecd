"""What the service needs from the program around it, as Protocols. `shopdesk.cli.serve` hands the real ones in."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from shopdesk.core.events import Event
from shopdesk.core.ports import Engine, SearchWish
from shopdesk.core.types import Exchange, Hit, Record, RouteWish


class Assistant(Protocol):
    """See `shopdesk.core.assistant.Assistant`."""

    engine: Engine | None

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Exchange] | None = None,
        route: RouteWish = "auto",
        cancel: threading.Event | None = None,
    ) -> Iterator[Event]: ...


class Catalogue(Protocol):
    """Safe to call from any thread."""

    def search(self, wish: SearchWish) -> list[Hit]: ...

    def get(self, kind: str, key: str) -> Record | None: ...

    def total(self, kind: str, *, text: str = "") -> int: ...


class Published(Protocol):
    """A signed snapshot of the shop: one file, its version, and a tag that no other content has."""

    @property
    def file(self) -> Path: ...

    @property
    def version(self) -> int: ...

    @property
    def etag(self) -> str: ...


class Publisher(Protocol):
    """Where counters get their snapshots from."""

    def current(self) -> Published:
        """The snapshot of the rows as they are now; made anew only where they have changed."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the service is made of. `pages` is the folder of its web pages; no `publisher`, no snapshots."""

    assistant: Assistant
    catalogue: Catalogue
    pages: Path
    version: str
    publisher: Publisher | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one service bears.

    `body_bytes`: of one request. `per_minute`: requests of one client address; `local_per_minute`: of this machine,
    behind which there may be many clients. `waiting`: questions in the queue. `patience`: seconds that one waits
    there before it is refused; after `model_patience` seconds it is answered from the rows alone. `lanes`: questions
    answered at a time.
    """

    body_bytes: int = 1 << 20
    per_minute: int = 120
    local_per_minute: int = 12_000
    waiting: int = 200
    patience: float = 60.0
    model_patience: float = 10.0
    lanes: int = 1
