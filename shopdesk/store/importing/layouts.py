"""Layouts of files that were imported before: the next file with the same columns is read likewise."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from shopdesk.store.importing.layout import Layout, Wishes
from shopdesk.store.importing.report import PLURAL
from shopdesk.store.importing.sources import Source


@dataclass(frozen=True, slots=True)
class SavedLayout:
    """`name` is the file it was last seen in, `mapping` field → header; `signature` knows files of this layout.

    `said` is what of it the user said, as JSON; the rest was guessed and will be guessed again.
    """

    id: int
    signature: str
    name: str
    kind: str
    header: tuple[str, ...]
    mapping: Mapping[str, str]
    encoding: str
    currency: str
    said: str
    used_at: str

    def wishes(self, now: Wishes) -> Wishes:
        """What the user says now, and what he said when such a file was last imported."""
        said = Wishes(**json.loads(self.said))
        same_kind = now.kind in (None, said.kind)
        return Wishes(
            kind=now.kind or said.kind,
            mapping={**(said.mapping or {} if same_kind else {}), **(now.mapping or {})} or None,
            currency=now.currency or said.currency,
            header=said.header if now.header is None else now.header,
            remembered=True,
        )

    def to_json(self) -> dict[str, object]:
        return {
            "id": self.id, "name": self.name, "kind": PLURAL[self.kind], "header": list(self.header),
            "mapping": dict(self.mapping), "encoding": self.encoding, "currency": self.currency,
            "used_at": self.used_at,
        }  # fmt: skip


def save(db: sqlite3.Connection, source: Source, layout: Layout, wishes: Wishes, now: str) -> None:
    said = {"kind": wishes.kind, "mapping": wishes.mapping, "currency": wishes.currency, "header": wishes.header}
    columns = ("signature", "name", "kind", "header", "mapping", "encoding", "currency", "said", "used_at")
    db.execute(
        f"INSERT INTO layouts ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT (signature) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in columns[1:])}",
        (
            layout.signature, " / ".join(filter(None, (source.path.name, source.part))), layout.kind,
            json.dumps(layout.header, ensure_ascii=False), json.dumps(layout.mapping(), ensure_ascii=False),
            source.encoding, layout.currency, json.dumps(said, ensure_ascii=False), now,
        ),
    )  # fmt: skip


def find(db: sqlite3.Connection, signature: str) -> SavedLayout | None:
    row = db.execute("SELECT * FROM layouts WHERE signature = ?", (signature,)).fetchone()
    return None if row is None else _layout(row)


def all_layouts(db: sqlite3.Connection) -> list[SavedLayout]:
    """The one used last first."""
    return [_layout(row) for row in db.execute("SELECT * FROM layouts ORDER BY used_at DESC, id DESC")]


def forget(db: sqlite3.Connection, layout_id: int) -> None:
    db.execute("DELETE FROM layouts WHERE id = ?", (layout_id,))


def _layout(row: sqlite3.Row) -> SavedLayout:
    return SavedLayout(
        row["id"], row["signature"], row["name"], row["kind"], tuple(json.loads(row["header"])),
        json.loads(row["mapping"]), row["encoding"], row["currency"], row["said"], row["used_at"],
    )  # fmt: skip
