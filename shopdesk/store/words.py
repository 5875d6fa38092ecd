"""In how many rows each word of the shop stands: counted once after many rows changed, else asked of the index.

The index can tell this of one word only by reading all places where that stands, which takes long for the
words that are in half of the rows; so the counts are kept in a table. What they are for, to weigh words
against each other and to know which words the shop has, bears counts that are a little old.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from shopdesk.store.tables import PRODUCTS, Table

_FIRST_BEHIND_DIGITS = ":"
"""Codes begin with digits as a rule and stand in one row each: millions of them are passed over."""
_CHANGED_SHARE = 0.05
_SMALL_SHOP = 20_000


def count_words(db: sqlite3.Connection, *, always: bool = False) -> None:
    """Count the words of the product rows anew where that is quick or so many rows came or went that it matters."""
    products = int(db.execute(f"SELECT count(*) FROM {PRODUCTS.name}").fetchone()[0])
    counted = int(db.execute("SELECT value FROM words_counted").fetchone()[0])
    if not always and products > _SMALL_SHOP and abs(products - counted) <= _CHANGED_SHARE * counted:
        return
    db.execute("DELETE FROM words")
    db.execute(
        f"INSERT INTO words (word, rows) SELECT term, doc FROM {PRODUCTS.name}_terms WHERE term >= ?",
        (_FIRST_BEHIND_DIGITS,),
    )
    db.execute("UPDATE words_counted SET value = ?", (products,))


def rows_with_terms(db: sqlite3.Connection, table: Table, terms: Sequence[str]) -> Mapping[str, int]:
    """In how many rows of `table` each index term stands."""
    counts: dict[str, int] = {}
    for term in dict.fromkeys(terms):
        row = db.execute("SELECT rows FROM words WHERE word = ?", (term,)).fetchone() if table is PRODUCTS else None
        if row is None:
            row = db.execute(f"SELECT doc FROM {table.name}_terms WHERE term = ?", (term,)).fetchone()
        counts[term] = int(row[0]) if row else 0
    return counts
