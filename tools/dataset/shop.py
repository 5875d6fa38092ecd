"""A shop as the source of a dataset: its rows and the app's own planner over them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from shopdesk.core.errors import StoreError
from shopdesk.core.planning import Planner
from shopdesk.core.types import Fact, Record
from shopdesk.paths import Home
from shopdesk.store import open_store
from tools.dataset.json_lines import read_lines, text_of
from tools.errors import ToolError

_KINDS = ("product", "policy", "promotion", "order")
"""What questions are answered from."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the answer that somebody at the shop found right."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Shop:
    """`answered` are the questions whose answers the shop has approved. `today` is the day of the newest row, so that
    the same shop always has the same running promotions."""

    catalogue: Any
    planner: Planner
    records: Mapping[str, tuple[Record, ...]]
    answered: tuple[Answered, ...]
    today: date

    @property
    def products(self) -> tuple[Record, ...]:
        return self.records["product"]

    def digest(self) -> str:
        """SHA-256 over every row, but not over whether it is out of date by now."""
        total = hashlib.sha256(f"{self.today} {self.answered}".encode())
        for kind in _KINDS:
            for record in self.records[kind]:
                row = Fact(0, replace(record, stale=False)).to_json()
                total.update(json.dumps(row, ensure_ascii=False, sort_keys=True).encode())
        return total.hexdigest()


@contextmanager
def opened_shop(place: Path) -> Iterator[Shop]:
    """The shop of a home folder or of a database file. Raises ToolError where there is none that can be used."""
    database = Home(place).database if place.is_dir() else place
    if not database.is_file():
        raise ToolError(f"{place} holds no shop ({database} is missing); give a home folder or a database file")
    try:
        store = open_store(database)
    except StoreError as error:
        raise ToolError(f"{database} cannot be used: {error.text('en')}") from error
    try:
        records = {kind: tuple(store.catalogue.records(kind)) for kind in _KINDS}
        newest = max((record.as_of for rows in records.values() for record in rows), default="")
        if not newest:
            raise ToolError(f"{database} has no rows to ask about; import products or policies first")
        today = date.fromisoformat(newest[:10])
        approved = store.catalogue.records("answer")
        answered = tuple(Answered(record.title, str(record.fields["answer"])) for record in approved)
        yield Shop(store.catalogue, Planner(store.catalogue, lambda: today), records, answered, today)
    finally:
        store.close()


def read_answered(path: Path) -> list[Answered]:
    """The questions of a JSON Lines file with `question` and `answer`. Raises ToolError naming file, line and field."""
    return list(read_lines(path, lambda item: Answered(text_of(item, "question"), text_of(item, "answer"))))
