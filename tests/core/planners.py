"""A planner over a shop that is made of the texts of some tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from shopdesk.core.planning import Planner
from shopdesk.store import open_store

TODAY = date(2026, 11, 21)


@contextmanager
def planner_of(folder: Path, tables: Mapping[str, str]) -> Iterator[Planner]:
    """`tables` are names of files, by which their kind may be told, and what stands in them; imported in this order."""
    with open_store(folder / "shop.db") as store:
        for name, text in tables.items():
            (folder / name).write_text(text, encoding="utf-8")
            store.importer.commit(store.importer.plan(folder / name))
        yield Planner(store.catalogue, lambda: TODAY)
