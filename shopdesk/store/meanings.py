"""Vectors of meaning of the shop's products, in the same file as the products, and which of them are nearest.

All vectors are compared, with numpy: sqlite-vec, an extension that does the same within SQLite, cannot be loaded by
the many builds of Python whose sqlite3 takes no extensions.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopdesk.store.database import Database
from shopdesk.store.tables import PRODUCTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LONGEST = 1000
"""Characters of a product's text."""
_TELLING = ("name", "brand", "category", "color", "size", "description", "attributes")
_OLD, _NEW = (", ".join(f"{row}.{column}" for column in _TELLING) for row in ("OLD", "NEW"))
_SHAPE = """
CREATE TABLE IF NOT EXISTS meanings (product INTEGER PRIMARY KEY, model TEXT NOT NULL, vector BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS meanings_changed (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
INSERT OR IGNORE INTO meanings_changed (id, value) VALUES (1, 0);
"""
_FORGET = "BEGIN DELETE FROM meanings WHERE product = OLD.id; END"
_SAYS_OTHERS = f"({_OLD}) IS NOT ({_NEW})"
_TRIGGERS = (
    f"CREATE TRIGGER IF NOT EXISTS meanings_of_deleted AFTER DELETE ON products {_FORGET}",
    f"CREATE TRIGGER IF NOT EXISTS meanings_of_changed AFTER UPDATE ON products WHEN {_SAYS_OTHERS} {_FORGET}",
)


class Meanings:
    """Nothing of it is in the file before the first vector is asked for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._read: tuple[tuple[str, int, int], list[int], NDArray[np.float32]] | None = None

    def missing(self, model: str, count: int) -> list[tuple[int, str]]:
        """At most `count` products without a vector of `model`: row id and what there is to say of it."""
        self._prepare()
        with self._database.read() as db:
            rows = db.execute(
                "SELECT t.* FROM products AS t LEFT JOIN meanings AS m ON m.product = t.id AND m.model = ?"
                " WHERE m.product IS NULL ORDER BY t.id LIMIT ?",
                (model, count),
            ).fetchall()
        return [(row["id"], _text_of(row)) for row in rows]

    def put(self, model: str, vectors: Sequence[tuple[int, bytes]]) -> None:
        """Keep the vectors (float32, of length 1) of products that are still there."""
        self._prepare()
        with self._database.write() as db:
            db.executemany(
                "INSERT OR REPLACE INTO meanings (product, model, vector) SELECT id, ?, ? FROM products WHERE id = ?",
                [(model, vector, product) for product, vector in vectors],
            )
            db.execute("UPDATE meanings_changed SET value = value + 1")

    def nearest(self, model: str, vector: bytes, count: int) -> list[tuple[int, float]]:
        """The products whose vectors are nearest: row id and cosine, the nearest first."""
        import numpy as np

        ids, known = self._vectors_of(model)
        asked = np.frombuffer(vector, dtype=np.float32)
        if not ids or known.shape[1] != len(asked):
            return []
        cosines = known @ asked
        first = np.argsort(-cosines, kind="stable")[:count]
        return [(ids[place], float(cosines[place])) for place in first]

    def _vectors_of(self, model: str) -> tuple[list[int], NDArray[np.float32]]:
        """All vectors of a model; read anew when some have changed."""
        import numpy as np

        with self._database.read() as db:
            if not _is_there(db):
                return [], np.empty((0, 0), dtype=np.float32)
            changed = int(db.execute("SELECT value FROM meanings_changed").fetchone()[0])
            rows = int(db.execute("SELECT count(*) FROM meanings WHERE model = ?", (model,)).fetchone()[0])
            key = (model, changed, rows)
            with self._lock:
                if self._read is not None and self._read[0] == key:
                    return self._read[1], self._read[2]
            ids, blobs = [], []
            for row in db.execute("SELECT product, vector FROM meanings WHERE model = ? ORDER BY product", (model,)):
                ids.append(int(row["product"]))
                blobs.append(row["vector"])
        width = len(blobs[0]) // 4 if blobs else 0
        whole = np.frombuffer(b"".join(blobs), dtype=np.float32).reshape(len(ids), width)
        with self._lock:
            self._read = (key, ids, whole)
        return ids, whole

    def _prepare(self) -> None:
        with self._database.read() as db:
            there = _is_there(db)
        if not there:
            with self._database.write() as db:
                for statement in (*_SHAPE.split(";"), *_TRIGGERS):
                    db.execute(statement)


def _is_there(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meanings_changed'").fetchone() is not None


def _text_of(row: sqlite3.Row) -> str:
    document = PRODUCTS.document(dict(row))
    said = (document.name, document.traits, document.attributes, document.body)
    return " ".join(" ".join(filter(None, said)).split())[:_LONGEST]
