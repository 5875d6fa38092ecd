"""Pages of rows for the admin's tables: filtered, sorted, counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shopdesk.core.types import Record
from shopdesk.store import search
from shopdesk.store.database import Database, storable
from shopdesk.store.freshness import STALE_AFTER_DAYS, USUAL_DAYS, marked
from shopdesk.store.settings import Settings
from shopdesk.store.tables import Table, table_of

_FILTERS: Mapping[str, Mapping[str, str]] = {
    "product": {
        "in_stock": "(t.stock > 0 OR (t.stock IS NULL AND t.available = 1))",
        "out_of_stock": "(t.stock <= 0 OR (t.stock IS NULL AND t.available = 0))",
        "no_price": "t.price_minor IS NULL",
        "stale": "(t.as_of < :stale AND t.sample = 0)",
    },
    "promotion": {
        "running": "(t.starts IS NULL OR substr(t.starts, 1, 10) <= :today)"
        " AND (t.ends IS NULL OR substr(t.ends, 1, 10) >= :today)",
        "coming": "substr(t.starts, 1, 10) > :today",
        "over": "substr(t.ends, 1, 10) < :today",
    },
    "order": {
        "no_tracking": "t.tracking IS NULL",
        "stale": "(t.as_of < :stale AND t.sample = 0)",
    },
}  # fmt: skip
_EDITED = "t.id IN (SELECT row_id FROM edits WHERE table_name = '{table}')"
_COLUMNS: Mapping[str, str] = {
    "price": "price_minor", "list_price": "list_price_minor", "total": "total_minor", "threshold": "threshold_minor",
    "group": "group_key",
}  # fmt: skip


class Browser:
    """Kinds are named as in `Record.kind` or by their plural.

    `text`: rows whose key begins with it; where there are none, those that contain every word of it.
    `only`: "" or a name of `filters`.
    `sort`: a field of the kind, "key", "title" or "as_of"; "" is the kind's own order.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings

    def filters(self, kind: str) -> tuple[str, ...]:
        """The names that `only` knows for a kind."""
        return (*_FILTERS.get(table_of(kind).kind, {}), "edited")

    def page(
        self,
        kind: str,
        *,
        limit: int,
        offset: int = 0,
        text: str = "",
        only: str = "",
        sort: str = "",
        descending: bool = False,
    ) -> list[Record]:
        table = table_of(kind)
        where, parameters = self._condition(table, text, only)
        order = _order(table, sort, descending)
        with self._database.read() as db:
            rows = db.execute(
                f"SELECT t.* FROM {table.name} AS t {where} ORDER BY {order} LIMIT :limit OFFSET :offset",
                {**parameters, "limit": limit, "offset": offset},
            ).fetchall()
        return marked(self._database, map(table.record, rows))

    def total(self, kind: str, *, text: str = "", only: str = "") -> int:
        table = table_of(kind)
        where, parameters = self._condition(table, text, only)
        with self._database.read() as db:
            return int(db.execute(f"SELECT count(*) FROM {table.name} AS t {where}", parameters).fetchone()[0])

    def blank(self, kind: str, fields: Iterable[str]) -> frozenset[str]:
        """Those of `fields` that no row of a kind fills."""
        table = table_of(kind)
        columns = {field: _COLUMNS.get(field, field) for field in fields}
        with self._database.read() as db:
            return frozenset(
                field
                for field, column in columns.items()
                if column in table.columns
                and not db.execute(
                    f"SELECT 1 FROM {table.name} WHERE {column} IS NOT NULL AND {column} != '' LIMIT 1"
                ).fetchone()
            )

    def _condition(self, table: Table, text: str, only: str) -> tuple[str, dict[str, Any]]:
        conditions: list[str] = []
        parameters: dict[str, Any] = {}
        if only:
            conditions.append(_FILTERS.get(table.kind, {}).get(only) or _EDITED.format(table=table.name))
            parameters |= self._moments()
        if said := storable(text).strip():
            begins = f"t.{table.key} LIKE :begins ESCAPE '!'"
            parameters["begins"] = said.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%"
            is_code = self._begins_a_key(table, begins, parameters)
            conditions.append(begins if is_code else _words(table, said, parameters))
        return ("WHERE " + " AND ".join(conditions) if conditions else ""), parameters

    def _begins_a_key(self, table: Table, begins: str, parameters: Mapping[str, Any]) -> bool:
        with self._database.read() as db:
            sql = f"SELECT 1 FROM {table.name} AS t WHERE {begins} LIMIT 1"
            return db.execute(sql, {"begins": parameters["begins"]}).fetchone() is not None

    def _moments(self) -> dict[str, str]:
        """Today, and the time before which a fact is stale ("": no fact is)."""
        now = datetime.now().astimezone()
        days = self._settings.get(STALE_AFTER_DAYS, USUAL_DAYS)
        stale = "" if days is None else (now - timedelta(days=days)).isoformat(timespec="seconds")
        return {"today": now.date().isoformat(), "stale": stale}


def _words(table: Table, text: str, parameters: dict[str, Any]) -> str:
    """The condition that a row contains every word of `text`."""
    tokens = search.tokens_of(text).first(search.MOST_TOKENS)
    if not tokens.strong:
        return "0"
    parameters["words"] = search.match_all(tokens.strong)
    return f"t.id IN (SELECT rowid FROM {table.name}_search WHERE {table.name}_search MATCH :words)"


def _order(table: Table, sort: str, descending: bool) -> str:
    column = {"key": table.key, "title": _title(table), "name": _title(table)}.get(sort, sort)
    column = _COLUMNS.get(column, column)
    if column not in (*table.columns, "as_of"):
        return table.order
    way = "DESC" if descending else "ASC"
    # What a row does not say stands last either way: nobody sorts to see blanks.
    return f"t.{column} IS NULL, t.{column} {way}, {table.order}"


def _title(table: Table) -> str:
    return next((column for column in ("name", "title") if column in table.columns), table.key)
