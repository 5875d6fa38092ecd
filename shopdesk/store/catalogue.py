"""Read access to products, policies, promotions and orders."""

from __future__ import annotations

import csv
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from shopdesk.core.errors import StoreError
from shopdesk.core.ports import SearchWish
from shopdesk.core.text import is_han
from shopdesk.core.types import Hit, Record, Vocabulary
from shopdesk.store import search
from shopdesk.store.cells import safe_cell
from shopdesk.store.database import Database, storable
from shopdesk.store.freshness import marked
from shopdesk.store.ranking import Lengths, stems_of, usual_lengths
from shopdesk.store.search import Known, Tokens, Wording
from shopdesk.store.spelling import Speller
from shopdesk.store.synonyms import in_other_words, own_groups, parsed
from shopdesk.store.tables import ANSWERED, PRODUCTS, PROMOTIONS, TABLES, Table, code_key, table_of
from shopdesk.store.words import rows_with_terms

_MOST_REMEMBERED_WORDS = 20_000
_KEPT_SECONDS = 5.0
_MOST_FOUND = 64
_LONGEST_REWORDED = 120
"""Characters of a text that is looked for in other spellings: a longer one is no name that was mistyped."""
_BY_PRICE: Mapping[str, str] = {
    "lowest": "t.price_minor IS NULL, t.price_minor, t.sku, t.store",
    "highest": "t.price_minor IS NULL, t.price_minor DESC, t.sku, t.store",
}
"""Orders of product rows that a filter alone finds; rows without a price come last."""


ByMeaning = Callable[[str, int], list[tuple[int, float]]]
"""The products nearest to a text in meaning, at most so many: row id and cosine, the nearest first."""
_NEAREST = 50


class _Kept(NamedTuple):
    """The hits of a search, when it was made and for how many."""

    at: float
    limit: int
    hits: list[Hit]


class Catalogue:
    """See `shopdesk.core.ports.Catalogue`. Kinds are named as in `Record.kind` or by their plural."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._revision = -1
        self._frequencies: dict[tuple[str, str], int] = {}
        self._found: dict[SearchWish, _Kept] = {}
        self._sizes: dict[str, tuple[int, Lengths]] = {}
        self._synonyms: list[tuple[str, ...]] | None = None
        self._speller: Speller | None = None
        self._vocabulary: Vocabulary | None = None
        self._by_meaning: ByMeaning | None = None

    def search_also_by(self, meaning: ByMeaning | None) -> None:
        """Where words find few products, let those join that are nearest in meaning; None for words alone."""
        with self._lock:
            self._by_meaning = meaning
            self._found.clear()

    # -- the port -----------------------------------------------------------

    @contextmanager
    def view(self) -> Iterator[None]:
        with self._database.read():
            yield

    def search(self, wish: SearchWish) -> list[Hit]:
        """See the port. One question asks for the same rows several times, or for fewer: they are kept for a moment."""
        asked = replace(wish, limit=0, enough=min(wish.limit, wish.enough))
        with self._database.read():
            revision = self._current_revision()
            self._notice_changes(revision)
        with self._lock:
            kept = self._found.get(asked)
        if kept is not None and wish.limit <= kept.limit and time.monotonic() - kept.at < _KEPT_SECONDS:
            return kept.hits[: wish.limit]
        hits = self._search(wish)
        with self._lock:
            if self._revision == revision:
                if len(self._found) >= _MOST_FOUND:
                    self._found.clear()
                self._found[asked] = _Kept(time.monotonic(), wish.limit, hits)
        return list(hits)

    def _search(self, wish: SearchWish) -> list[Hit]:
        tokens = search.tokens_of(wish.text).first(search.MOST_TOKENS)
        kinds = [kind for kind in dict.fromkeys(wish.kinds) if kind in TABLES]
        hits = [hit for kind in kinds for hit in self._search_table(TABLES[kind], wish, tokens)]
        if len(kinds) > 1:
            hits = search.across_kinds(hits, tokens)
        return search.exact_first(hits, self._with_code_in(wish, kinds, hits))[: wish.limit]

    def by_code(self, code: str) -> list[Record]:
        key = code_key(storable(code))
        if not key:
            return []
        records: list[Record] = []
        with self._database.read() as db:
            for table in ANSWERED:
                conditions = [f"t.{column} = ?" for column in table.codes]
                if table is PRODUCTS:  # a product may have more barcodes than its own row holds
                    conditions.append("t.sku_key IN (SELECT sku_key FROM barcodes WHERE code_key = ?)")
                rows = db.execute(
                    f"SELECT * FROM {table.name} AS t WHERE {' OR '.join(conditions)} ORDER BY {table.order}",
                    [key] * len(conditions),
                )
                records.extend(table.record(row) for row in rows)
        return marked(self._database, records)

    def variants_of(self, record: Record) -> list[Record]:
        group = record.fields.get("group")
        if record.kind != "product" or group is None:
            return [record]
        with self._database.read() as db:
            rows = db.execute(
                "SELECT * FROM products AS t WHERE group_key = ? ORDER BY t.sku, t.store", (group,)
            ).fetchall()
        return marked(self._database, map(PRODUCTS.record, rows)) or [record]

    def count(self, wish: SearchWish) -> int:
        tokens = search.tokens_of(wish.text).first(search.MOST_TOKENS)
        filters = search.filters_of(wish, PRODUCTS)
        with self._database.read() as db:
            if tokens.strong:
                sql = (
                    "SELECT count(*) FROM products_search JOIN products AS t ON t.id = products_search.rowid"
                    " WHERE products_search MATCH ?"
                )
                sql += f" AND {filters.sql}" if filters.sql else ""
                row = db.execute(sql, (search.match_all(tokens.strong), *filters.parameters)).fetchone()
            else:
                sql = "SELECT count(*) FROM products AS t" + (f" WHERE {filters.sql}" if filters.sql else "")
                row = db.execute(sql, filters.parameters).fetchone()
        return int(row[0])

    def frequencies(self, tokens: Sequence[str]) -> Mapping[str, int]:
        totals = dict.fromkeys(tokens, 0)
        for table in ANSWERED:
            for token, rows in self._frequencies_in(table, tuple(totals)).items():
                totals[token] += rows
        return totals

    def respelled(self, text: str) -> str | None:
        """See the port."""
        if len(text) > _LONGEST_REWORDED:
            return None
        with self._database.read() as db:
            self._notice_changes(self._current_revision())
            tokens = search.tokens_of(text)
            frequency = self._frequencies_in(PRODUCTS, (*tokens.strong, *tokens.weak))
            for other in self._speller_of(db).meant(db, text, frequency, typos=False):
                meant = search.tokens_of(other)
                needed = search.needed(other, meant, self._frequencies_in(PRODUCTS, meant.strong))
                match = search.match_all(needed)
                if (
                    needed
                    and db.execute(
                        "SELECT 1 FROM products_search WHERE products_search MATCH ? LIMIT 1", (match,)
                    ).fetchone()
                ):
                    return other
        return None

    def parted(self, text: str) -> str:
        """See the port."""
        if len(text) > _LONGEST_REWORDED or not any(is_han(character) for character in text):
            return text
        with self._database.read() as db:
            self._notice_changes(self._current_revision())
            return self._speller_of(db).parted(db, text)

    def reworded(self, text: str) -> list[str]:
        """See the port."""
        if len(text) > _LONGEST_REWORDED:
            return []
        with self._database.read() as db:
            self._notice_changes(self._current_revision())
            return in_other_words(text, own_groups(self._groups(db)))

    def vocabulary(self) -> Vocabulary:
        with self._database.read() as db:
            revision = self._current_revision()
            known = self._notice_changes(revision)
            if known is not None:
                return known
            rows = db.execute(
                "SELECT field, attribute, value FROM vocabulary ORDER BY field, attribute, rows DESC, value"
            )
            values: dict[str, list[str]] = {}
            attributes: dict[str, list[str]] = {}
            for row in rows:
                if row["field"] == "attribute":
                    attributes.setdefault(row["attribute"], []).append(row["value"])
                else:
                    values.setdefault(row["field"], []).append(row["value"])
            headings: dict[str, list[str]] = {}
            for row in db.execute("SELECT mapping FROM layouts WHERE kind = 'product' ORDER BY used_at DESC"):
                for field, heading in json.loads(row["mapping"]).items():
                    headings.setdefault(field, []).append(heading)
        found = Vocabulary(
            colors=tuple(values.get("color", ())),
            sizes=tuple(values.get("size", ())),
            brands=tuple(values.get("brand", ())),
            categories=tuple(values.get("category", ())),
            stores=tuple(values.get("store", ())),
            attributes={name: tuple(of_name) for name, of_name in attributes.items()},
            headings={field: tuple(dict.fromkeys(of_field)) for field, of_field in headings.items()},
        )
        with self._lock:
            if self._revision == revision:  # else another thread has seen newer rows meanwhile
                self._vocabulary = found
        return found

    def stores(self) -> list[Record]:
        return self.records("store")

    def promotions_on(self, day: str) -> list[Record]:
        with self._database.read() as db:
            rows = db.execute(
                "SELECT * FROM promotions AS t WHERE (starts IS NULL OR substr(starts, 1, 10) <= ?)"
                f" AND (ends IS NULL OR substr(ends, 1, 10) >= ?) ORDER BY {PROMOTIONS.order}",
                (day, day),
            ).fetchall()
        return [PROMOTIONS.record(row) for row in rows]

    # -- lists for the screens and the command line -------------------------

    def get(self, kind: str, key: str) -> Record | None:
        """The record whose key is `key`, exactly or else folded, or None. KeyError for an unknown kind."""
        table = table_of(kind)
        folded_column = table.codes[0]
        with self._database.read() as db:
            row = db.execute(
                f"SELECT * FROM {table.name} AS t WHERE {folded_column} = ?"
                f" ORDER BY {table.key} = ? DESC, {table.order} LIMIT 1",
                (code_key(storable(key)) or "", storable(key)),
            ).fetchone()
        return None if row is None else marked(self._database, [table.record(row)])[0]

    def records(self, kind: str, *, limit: int | None = None, offset: int = 0, text: str = "") -> list[Record]:
        """Records in the kind's own order; with `text`, those that contain every word of it."""
        table = table_of(kind)
        condition, parameters = _containing(table, text)
        with self._database.read() as db:
            rows = db.execute(
                f"SELECT t.* FROM {table.name} AS t {condition} ORDER BY {table.order} LIMIT ? OFFSET ?",
                (*parameters, -1 if limit is None else limit, offset),
            ).fetchall()
        return marked(self._database, map(table.record, rows))

    def total(self, kind: str, *, text: str = "") -> int:
        table = table_of(kind)
        condition, parameters = _containing(table, text)
        with self._database.read() as db:
            return int(db.execute(f"SELECT count(*) FROM {table.name} AS t {condition}", parameters).fetchone()[0])

    def export_csv(self, kind: str, path: Path) -> int:
        """Write all records of a kind as UTF-8 CSV with a BOM; how many. Raises StoreError("export_failed").

        A file of that name is replaced when all is written, not before.
        Cells that a spreadsheet would run as a formula are led by an apostrophe, which the import takes off again.
        """
        records = self.records(kind)
        fields = list(dict.fromkeys(name for record in records for name in record.fields))
        attributes = list(dict.fromkeys(name for record in records for name in record.attributes))
        title = {"product": "name", "order": None}.get(table_of(kind).kind, "title")
        key = table_of(kind).key
        leading = [name for name in (key, title) if name and name not in fields]
        temporary = path.with_name(path.name + ".part")
        try:
            with temporary.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow([*leading, *fields, *attributes])
                for record in records:
                    own = {key: record.key, title: record.title}
                    cells = [own[name] for name in leading] + [record.fields.get(name) for name in fields]
                    cells += [record.attributes.get(name) for name in attributes]
                    writer.writerow([safe_cell(value) for value in cells])
            temporary.replace(path)
        except OSError as error:
            temporary.unlink(missing_ok=True)
            raise StoreError("export_failed", path=path, detail=str(error)) from error
        return len(records)

    # -- inside -------------------------------------------------------------

    def _with_code_in(self, wish: SearchWish, kinds: Sequence[str], hits: Sequence[Hit]) -> list[Record]:
        """The records whose code or barcode the wish names and whose kind and filters it wants, in the kinds' order."""
        found = [record for code in search.codes_in(wish.text) for record in self.by_code(code)]
        found += self._called(wish.text)
        if search.filters_of(wish, PRODUCTS).sql:
            passed = [hit.record for hit in hits]
            found = [record for record in found if record in passed]
        unlike = [record for place, record in enumerate(found) if record not in found[:place]]
        return [record for kind in kinds for record in unlike if record.kind == kind]

    def _called(self, text: str) -> list[Record]:
        """The products of exactly this name, where it has no word that the index could know: signs, pictures."""
        if not text or any(map(str.isalnum, text)):
            return []
        with self._database.read() as db:
            rows = db.execute(
                f"SELECT * FROM products AS t WHERE name = ? ORDER BY {PRODUCTS.order} LIMIT 20", (storable(text),)
            ).fetchall()
        return marked(self._database, map(PRODUCTS.record, rows))

    def _search_table(self, table: Table, wish: SearchWish, tokens: Tokens) -> list[Hit]:
        filters = search.filters_of(wish, table)
        with self._database.read() as db:
            if tokens.strong:
                known = self._known(table, wish)
                if not known.rows:
                    return []
                found = search.ranked(db, table, wish, known, lambda: self._in_other_words(db, table, wish.text))
                if table is PRODUCTS and self._by_meaning is not None and len(found) < min(wish.limit, wish.enough):
                    found = self._joined_by_meaning(db, self._by_meaning, wish, found)
            elif filters.sql:
                by_price = _BY_PRICE.get(wish.by_price) if table is PRODUCTS else None
                if by_price is None:
                    ids = search.passing(db, table, wish, filters)
                else:
                    query = f"SELECT t.id FROM {table.name} AS t WHERE {filters.sql} ORDER BY {by_price} LIMIT ?"
                    ids = [row["id"] for row in db.execute(query, (*filters.parameters, wish.limit))]
                found = [(row_id, 0.0) for row_id in ids]
            else:
                return []
            rows = db.execute(
                f"SELECT * FROM {table.name} WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps([row_id for row_id, _ in found]),),
            ).fetchall()
        marked_records = marked(self._database, map(table.record, rows))
        records = dict(zip((row["id"] for row in rows), marked_records, strict=True))
        return [Hit(records[row_id], score) for row_id, score in found]

    def _joined_by_meaning(
        self, db: sqlite3.Connection, nearest: ByMeaning, wish: SearchWish, found: Sequence[tuple[int, float]]
    ) -> list[tuple[int, float]]:
        filters = search.filters_of(wish, PRODUCTS)
        near = [row for row, _ in nearest(wish.text, _NEAREST)]
        rows = db.execute(
            "SELECT t.id FROM products AS t WHERE t.id IN (SELECT value FROM json_each(?))"
            + (f" AND {filters.sql}" if filters.sql else ""),
            (json.dumps(near), *filters.parameters),
        )
        there = {row["id"] for row in rows}
        return search.fused(found, [row for row in near if row in there])[: wish.limit]

    def _known(self, table: Table, wish: SearchWish) -> Known:
        tokens = [search.tokens_of(text).first(search.MOST_TOKENS) for text in (wish.text, wish.also)]
        with self._lock:
            size = self._sizes.get(table.name)
        if size is None:
            with self._database.read() as db:
                revision = self._current_revision()
                total = int(db.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0])
                size = (total, usual_lengths(db, f"{table.name}_search"))
            with self._lock:
                if self._revision == revision:
                    self._sizes[table.name] = size
        words = [token for of in tokens for token in (*of.strong, *of.weak)] if size[0] else []
        return Known(*size, self._frequencies_in(table, words))

    def _in_other_words(self, db: sqlite3.Connection, table: Table, text: str) -> Iterator[Wording]:
        """The text with synonyms, as the shop would spell it, and that with synonyms."""

        def frequencies(of: str) -> Mapping[str, int]:
            tokens = search.tokens_of(of).first(search.MOST_TOKENS)
            return self._frequencies_in(table, (*tokens.strong, *tokens.weak))

        groups = self._groups(db)
        for other in in_other_words(text[:_LONGEST_REWORDED], groups):
            yield Wording(other, frequencies(other))
        if table is not PRODUCTS or len(text) > _LONGEST_REWORDED:
            return
        spelled = self._speller_of(db).meant(db, text, frequencies(text))
        for number, other in enumerate(spelled):
            yield Wording(other, frequencies(other), spelling=True, likelier=number)
        for other in in_other_words(spelled[0], groups) if spelled else ():
            yield Wording(other, frequencies(other), twice=True)

    def _groups(self, db: sqlite3.Connection) -> list[tuple[str, ...]]:
        """The groups of synonyms, read once as long as nothing changes."""
        with self._lock:
            groups = self._synonyms
        if groups is None:
            groups = [parsed(row["words"]) for row in db.execute("SELECT words FROM synonyms ORDER BY id")]
            with self._lock:
                self._synonyms = groups
        return groups

    def _speller_of(self, db: sqlite3.Connection) -> Speller:
        with self._lock:
            speller = self._speller
        if speller is None:
            speller = Speller(db)
            with self._lock:
                self._speller = speller
        return speller

    def _frequencies_in(self, table: Table, tokens: Sequence[str]) -> dict[str, int]:
        with self._database.read() as db:
            revision = self._current_revision()
            self._notice_changes(revision)
            with self._lock:
                known = {token: self._frequencies.get((table.name, token)) for token in tokens}
            missing = [token for token, rows in known.items() if rows is None]
            counted: dict[str, int] = {}
            if missing:
                terms = {token: stem.split() for token, stem in stems_of(missing).items()}
                rows = rows_with_terms(db, table, [term for of_token in terms.values() for term in of_token])
                # A token the index cuts further stands only where all its pieces stand.
                counted = {token: min((rows[term] for term in of), default=0) for token, of in terms.items()}
        with self._lock:
            if len(self._frequencies) > _MOST_REMEMBERED_WORDS:
                self._frequencies.clear()
            if self._revision == revision:
                self._frequencies.update({(table.name, token): rows for token, rows in counted.items()})
        return {token: counted[token] if rows is None else rows for token, rows in known.items()}

    def _current_revision(self) -> int:
        return int(self._database.connection().execute("SELECT value FROM revision").fetchone()[0])

    def _notice_changes(self, revision: int) -> Vocabulary | None:
        """Forget what was remembered of another revision; the vocabulary of this one where it is known."""
        with self._lock:
            if revision != self._revision:
                self._revision = revision
                self._frequencies.clear()
                self._sizes.clear()
                self._found.clear()
                self._vocabulary = self._synonyms = self._speller = None
            return self._vocabulary


def _containing(table: Table, text: str) -> tuple[str, tuple[str, ...]]:
    tokens = search.tokens_of(text).first(search.MOST_TOKENS)
    if not tokens.strong:
        return ("", ()) if not text.strip() else ("WHERE 0", ())
    return (
        f"WHERE t.id IN (SELECT rowid FROM {table.name}_search WHERE {table.name}_search MATCH ?)",
        (search.match_all(tokens.strong),),
    )
