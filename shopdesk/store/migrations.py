"""The shape of the database, as small named steps. A released step is never edited; a new one follows it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils

from shopdesk.core.errors import StoreError
from shopdesk.store.database import Database
from shopdesk.store.synonyms import first_synonyms
from shopdesk.store.words import count_words

migrations = sqlite_utils.Migrations("shopdesk")


@migrations(name="0001_shop")
def _shop(db: sqlite_utils.Database) -> None:
    for statement in _SHOP:
        db.execute(statement)
    for table in ("products", "policies", "promotions", "orders"):
        db.execute(
            f"CREATE VIRTUAL TABLE {table}_search USING fts5"
            "(name, codes, traits, attributes, body, chars, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        db.execute(f"CREATE VIRTUAL TABLE {table}_terms USING fts5vocab({table}_search, 'row')")


_SHOP = (
    """CREATE TABLE imports (
        id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, file TEXT NOT NULL, sha256 TEXT NOT NULL,
        imported_at TEXT NOT NULL, imported_by TEXT NOT NULL DEFAULT '', report TEXT NOT NULL, undone_at TEXT
    ) STRICT""",
    """CREATE TABLE import_changes (
        id INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
        table_name TEXT NOT NULL, row_id INTEGER NOT NULL, before TEXT
    ) STRICT""",
    "CREATE INDEX import_changes_batch ON import_changes(batch)",
    "CREATE INDEX import_changes_row ON import_changes(table_name, row_id)",
    """CREATE TABLE products (
        id INTEGER PRIMARY KEY AUTOINCREMENT, sku TEXT NOT NULL, store TEXT NOT NULL DEFAULT '', name TEXT NOT NULL,
        group_key TEXT NOT NULL, brand TEXT, category TEXT, price_minor INTEGER, list_price_minor INTEGER,
        currency TEXT NOT NULL, stock INTEGER, available INTEGER CHECK (available IN (0, 1)), unit TEXT, barcode TEXT,
        color TEXT, size TEXT, location TEXT, description TEXT, image TEXT,
        attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
        sku_key TEXT NOT NULL, barcode_key TEXT, color_key TEXT, size_key TEXT, brand_key TEXT, category_key TEXT,
        sample INTEGER NOT NULL DEFAULT 0, batch INTEGER REFERENCES imports(id), as_of TEXT NOT NULL,
        UNIQUE (sku, store)
    ) STRICT""",
    "CREATE INDEX products_sku_key ON products(sku_key)",
    "CREATE INDEX products_barcode_key ON products(barcode_key) WHERE barcode_key IS NOT NULL",
    "CREATE INDEX products_group ON products(group_key)",
    "CREATE INDEX products_sample ON products(sample) WHERE sample = 1",
    "CREATE INDEX products_price ON products(price_minor)",
    """CREATE TABLE policies (
        id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, language TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL, body TEXT NOT NULL, topic TEXT,
        attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)), code_key TEXT NOT NULL,
        sample INTEGER NOT NULL DEFAULT 0, batch INTEGER REFERENCES imports(id), as_of TEXT NOT NULL,
        UNIQUE (key, language)
    ) STRICT""",
    """CREATE TABLE promotions (
        id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, type TEXT,
        threshold_minor INTEGER, discount TEXT, currency TEXT NOT NULL, starts TEXT, ends TEXT, scope TEXT, body TEXT,
        attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)), code_key TEXT NOT NULL,
        sample INTEGER NOT NULL DEFAULT 0, batch INTEGER REFERENCES imports(id), as_of TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX promotions_code_key ON promotions(code_key)",
    """CREATE TABLE orders (
        id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE, status TEXT, placed_at TEXT,
        total_minor INTEGER, currency TEXT NOT NULL, carrier TEXT, tracking TEXT, expected_at TEXT, customer TEXT,
        lines TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(lines)),
        attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)),
        code_key TEXT NOT NULL, tracking_key TEXT,
        sample INTEGER NOT NULL DEFAULT 0, batch INTEGER REFERENCES imports(id), as_of TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX orders_code_key ON orders(code_key)",
    "CREATE INDEX orders_tracking_key ON orders(tracking_key) WHERE tracking_key IS NOT NULL",
    """CREATE TABLE vocabulary (
        field TEXT NOT NULL, attribute TEXT NOT NULL DEFAULT '', value TEXT NOT NULL, rows INTEGER NOT NULL,
        PRIMARY KEY (field, attribute, value)
    ) STRICT, WITHOUT ROWID""",
    "CREATE TABLE revision (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT",
    "INSERT INTO revision (id, value) VALUES (1, 0)",
    """CREATE TABLE conversations (
        id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL DEFAULT '',
        created_at TEXT NOT NULL, updated_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation INTEGER NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
        question TEXT NOT NULL, facts TEXT NOT NULL, answer_text TEXT, answer TEXT,
        created_at TEXT NOT NULL, answered_at TEXT
    ) STRICT""",
    "CREATE INDEX messages_conversation ON messages(conversation, id)",
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL CHECK (json_valid(value))) STRICT",
)


@migrations(name="0002_trusted_imports")
def _trusted_imports(db: sqlite_utils.Database) -> None:
    for statement in _TRUSTED_IMPORTS:
        db.execute(statement)
    for table in ("stores", "answers", "barcodes", "terms"):
        db.execute(
            f"CREATE VIRTUAL TABLE {table}_search USING fts5"
            "(name, codes, traits, attributes, body, chars, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        db.execute(f"CREATE VIRTUAL TABLE {table}_terms USING fts5vocab({table}_search, 'row')")


_ROW_ENDS = """attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(attributes)), code_key TEXT NOT NULL,
        sample INTEGER NOT NULL DEFAULT 0, batch INTEGER REFERENCES imports(id), as_of TEXT NOT NULL"""

_TRUSTED_IMPORTS = (
    # The numbers under which other tables of the same system speak of a product, and it of its brand and category.
    "ALTER TABLE products ADD COLUMN ref TEXT",
    "ALTER TABLE products ADD COLUMN brand_ref TEXT",
    "ALTER TABLE products ADD COLUMN category_ref TEXT",
    "CREATE INDEX products_ref ON products(ref) WHERE ref IS NOT NULL",
    f"""CREATE TABLE stores (
        id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, address TEXT, phone TEXT,
        hours TEXT, {_ROW_ENDS}
    ) STRICT""",
    f"""CREATE TABLE answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, language TEXT NOT NULL DEFAULT '',
        answer TEXT NOT NULL, topic TEXT, source TEXT, approved_by TEXT, approved_at TEXT, {_ROW_ENDS},
        UNIQUE (question, language)
    ) STRICT""",
    "CREATE INDEX answers_code_key ON answers(code_key)",
    f"""CREATE TABLE barcodes (
        id INTEGER PRIMARY KEY AUTOINCREMENT, barcode TEXT NOT NULL UNIQUE, sku TEXT NOT NULL, unit TEXT,
        quantity INTEGER, sku_key TEXT NOT NULL, {_ROW_ENDS}
    ) STRICT""",
    "CREATE INDEX barcodes_code_key ON barcodes(code_key)",
    "CREATE INDEX barcodes_sku_key ON barcodes(sku_key)",
    f"""CREATE TABLE terms (
        id INTEGER PRIMARY KEY AUTOINCREMENT, list TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, parent TEXT,
        {_ROW_ENDS},
        UNIQUE (list, key)
    ) STRICT""",
    # What an import made of a row (its changed columns), and how far a run of rows that it brought goes.
    "ALTER TABLE import_changes ADD COLUMN after TEXT",
    "ALTER TABLE import_changes ADD COLUMN last_row INTEGER",
    # Rows that an import found as they were: until then, they had been known as of this time.
    """CREATE TABLE import_seen (
        batch INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE, table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL, as_of TEXT NOT NULL, PRIMARY KEY (batch, table_name, row_id)
    ) STRICT, WITHOUT ROWID""",
    # Rows that a person added (before is NULL), changed or removed (after is NULL).
    """CREATE TABLE edits (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, by TEXT NOT NULL DEFAULT '', table_name TEXT NOT NULL,
        row_id INTEGER NOT NULL, before TEXT, after TEXT
    ) STRICT""",
    "CREATE INDEX edits_row ON edits(table_name, row_id)",
    """CREATE TABLE layouts (
        id INTEGER PRIMARY KEY, signature TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
        header TEXT NOT NULL CHECK (json_valid(header)), mapping TEXT NOT NULL CHECK (json_valid(mapping)),
        encoding TEXT NOT NULL, currency TEXT NOT NULL, said TEXT NOT NULL CHECK (json_valid(said)),
        used_at TEXT NOT NULL
    ) STRICT""",
)


@migrations(name="0003_learning_from_use")
def _learning_from_use(db: sqlite_utils.Database) -> None:
    for statement in _LEARNING_FROM_USE:
        db.execute(statement)


_LEARNING_FROM_USE = (
    """CREATE TABLE banned_words (
        word TEXT PRIMARY KEY, added_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Answers that a model gave, by a digest of everything that they rest on.
    """CREATE TABLE answer_cache (
        key TEXT PRIMARY KEY, answer TEXT NOT NULL, model TEXT NOT NULL, created_at TEXT NOT NULL, used_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX answer_cache_used ON answer_cache(used_at)",
    # One line for each question and reason; "keys" are the rows that the answer spoke of.
    """CREATE TABLE gaps (
        id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, question_key TEXT NOT NULL,
        language TEXT NOT NULL, reason TEXT NOT NULL, kind TEXT NOT NULL, field TEXT NOT NULL DEFAULT '',
        subject TEXT NOT NULL DEFAULT '', keys TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(keys)),
        times INTEGER NOT NULL DEFAULT 1, first_at TEXT NOT NULL, last_at TEXT NOT NULL,
        UNIQUE (question_key, reason, field, keys)
    ) STRICT""",
    # What people thought of answers. A message keeps one vote; the text stays when its conversation goes.
    """CREATE TABLE feedback (
        id INTEGER PRIMARY KEY AUTOINCREMENT, message INTEGER UNIQUE REFERENCES messages(id) ON DELETE SET NULL,
        question TEXT NOT NULL, answer TEXT NOT NULL, language TEXT NOT NULL, route TEXT NOT NULL, model TEXT,
        vote INTEGER NOT NULL CHECK (vote IN (-1, 1)), right_answer TEXT, status TEXT NOT NULL DEFAULT 'open',
        by TEXT NOT NULL DEFAULT '', at TEXT NOT NULL, decided_by TEXT, decided_at TEXT
    ) STRICT""",
)


@migrations(name="0004_conversations_at_hand")
def _conversations_at_hand(db: sqlite_utils.Database) -> None:
    for statement in _CONVERSATIONS_AT_HAND:
        db.execute(statement)


_CONVERSATIONS_AT_HAND = (
    "ALTER TABLE conversations ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
    # A message that was asked or answered anew in place of another: the first of them.
    "ALTER TABLE messages ADD COLUMN revises INTEGER REFERENCES messages(id) ON DELETE CASCADE",
    "CREATE INDEX messages_revises ON messages(revises) WHERE revises IS NOT NULL",
)


@migrations(name="0005_words")
def _words(db: sqlite_utils.Database) -> None:
    for statement in _WORDS:
        db.execute(statement)
    count_words(db.conn, always=True)


_WORDS = (
    # In how many product rows each word of the index stands, and how many rows there were when that was counted.
    "CREATE TABLE words (word TEXT PRIMARY KEY, rows INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE words_counted (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT",
    "INSERT INTO words_counted (id, value) VALUES (1, 0)",
    # One group of synonyms a row: "laptop, notebook".
    "CREATE TABLE synonyms (id INTEGER PRIMARY KEY AUTOINCREMENT, words TEXT NOT NULL UNIQUE) STRICT",
)


@migrations(name="0006_first_synonyms")
def _first_synonyms(db: sqlite_utils.Database) -> None:
    first_synonyms(db.conn)


def migrate(database: Database) -> Path | None:
    """Bring `database` to this version's shape. Returns the backup made beforehand, None where none was needed.

    Raises StoreError: `store_newer` for a file of a later ShopDesk, `store_not_ours` for a
    database of another program.
    """
    with database.read():
        pending = _pending(database)
    if not pending:
        return None
    backup = _back_up(database) if _applied(database) else None
    with database.write():
        # Another program may have migrated while this one waited for the lock; apply() looks again.
        migrations.apply(database.utils())
    return backup


def _applied(database: Database) -> list[str]:
    return [step.name for step in migrations.applied(database.utils())]


def _pending(database: Database) -> list[str]:
    applied = _applied(database)
    waiting = [step.name for step in migrations.pending(database.utils())]
    known = {step.name for step in migrations._migrations}
    unknown = [name for name in applied if name not in known]
    if unknown:
        raise StoreError("store_newer", path=database.path, detail=f"unknown steps: {', '.join(unknown)}")
    if not applied and _has_tables(database.connection()):
        raise StoreError("store_not_ours", path=database.path)
    return waiting


def _has_tables(connection: sqlite3.Connection) -> bool:
    row = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
    ).fetchone()
    return int(row[0]) > 0


def _back_up(database: Database) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = database.path.with_name(f"{database.path.stem}.before-update-{moment}.bak")
    with closing(sqlite3.connect(str(target))) as copy:
        database.connection().backup(copy)
    return target
