"""Small JSON values by name: what the user chose and the program remembers."""

from __future__ import annotations

import json
from typing import Any

from shopdesk.store.database import Database, storable


class Settings:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """The value stored under `key`, else `default`."""
        with self._database.read() as db:
            row = db.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        return default if row is None else json.loads(row["value"])

    def set(self, key: str, value: Any) -> None:
        """Store `value` (anything JSON can say) under `key`."""
        text = storable(json.dumps(value, ensure_ascii=False))
        with self._database.write() as db:
            db.execute(
                "INSERT INTO settings (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, text),
            )

    def all(self) -> dict[str, Any]:
        with self._database.read() as db:
            return {row["key"]: json.loads(row["value"]) for row in db.execute("SELECT key, value FROM settings")}
