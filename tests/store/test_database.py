"""Opening, migrating, backing up, and every way in which a data file can be unusable."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.core.errors import StoreError
from shopdesk.paths import resources
from shopdesk.store import Store, open_store
from shopdesk.store.database import Database
from shopdesk.store.migrations import migrate, migrations
from tests.store.conftest import GOODS_ZH, Write, import_file

GOLDEN = Path(__file__).parent / "golden" / "0001_shop.db.gz"
REPOSITORY = Path(__file__).parents[2]


def code_of(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        open_store(path).close()
    for language in ("en", "zh"):
        assert str(caught.value.params["path"]) in caught.value.text(language)
    return caught.value.code


def test_a_database_of_the_first_version_still_opens_with_all_it_held(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(gzip.decompress(GOLDEN.read_bytes()))
    with open_store(path) as store:
        record = store.catalogue.by_code("a-100")[0]
        assert (record.title, record.fields["price"], record.attributes) == ("云朵跑鞋", "1299.00", {"材质": "网布"})
        assert store.catalogue.records("policies", text="退货")[0].title == "七天无理由退货"
        assert [exchange.question for exchange in store.conversations.history(1, 9)] == ["云朵跑鞋多少钱？"]
        assert store.settings.get("language") == "zh"
        assert store.importer.undo(1).removed == 3


def test_all_tables_are_strict_and_the_file_is_in_wal_mode(store: Store) -> None:
    with sqlite3.connect(store.path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        strict = dict(db.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall())
    for name in ("products", "policies", "promotions", "orders", "messages", "imports", "import_changes", "settings"):
        assert strict[name] == 1


def test_an_older_file_is_backed_up_before_it_is_migrated(
    store: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_file(store, write("goods.csv", GOODS_ZH))
    path = store.path
    store.close()
    monkeypatch.setattr(migrations, "_migrations", list(migrations._migrations))
    migrations(name="9999_next")(lambda db: db.execute("CREATE TABLE next (x INTEGER) STRICT"))
    open_store(path).close()
    backups = list(path.parent.glob("*.bak"))
    assert len(backups) == 1
    with sqlite3.connect(backups[0]) as old:
        assert old.execute("SELECT count(*) FROM products").fetchone()[0] == 3
        assert not old.execute("SELECT 1 FROM sqlite_master WHERE name = 'next'").fetchall()


def test_a_newer_file_is_refused_and_left_alone(store: Store) -> None:
    path = store.path
    store.close()
    with sqlite3.connect(path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('shopdesk', '0099_far', '')"
        )
    db.close()
    before = path.read_bytes()
    assert code_of(path) == "store_newer"
    assert path.read_bytes() == before


def test_what_is_no_shop_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("this is not a database, only text that somebody renamed " * 50)
    assert code_of(tmp_path / "text.db") == "store_corrupt"
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE somebody_elses (x)")
    other.close()
    assert code_of(tmp_path / "other.db") == "store_not_ours"
    (tmp_path / "folder.db").mkdir()
    assert code_of(tmp_path / "folder.db") == "store_not_a_database"
    assert code_of(tmp_path / "text.db" / "inside" / "shop.db") == "store_folder_unusable"


def test_a_truncated_file_is_called_damaged(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", GOODS_ZH))
    path = store.path
    store.close()
    path.write_bytes(path.read_bytes()[:8192] + b"\xff" * 4096)
    with pytest.raises(StoreError) as caught, open_store(path) as broken:
        broken.catalogue.records("products")
    assert caught.value.code == "store_corrupt"


def test_a_locked_file_says_so(store: Store) -> None:
    impatient = Database(store.path, busy_seconds=0.2)
    with sqlite3.connect(store.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught, impatient.write():
            pass
        other.execute("ROLLBACK")
    other.close()
    assert caught.value.code == "store_locked"
    with impatient.write() as db:
        db.execute("INSERT INTO settings (key, value) VALUES ('x', '1')")
    impatient.close()


def test_a_disk_too_full_for_opening_is_called_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite only tells of an I/O error there: its small files beside the database cannot be made."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    codes = []
    for free in (0, 1 << 30):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: shutil._ntuple_diskusage(1 << 30, 1 << 30, free))
        told = Database(tmp_path / "shop.db").explain(error)
        assert isinstance(told, StoreError)
        codes.append(told.code)
    assert codes == ["store_disk_full", "store_folder_unusable"]


def test_after_a_commit_that_failed_the_next_write_goes_through(store: Store) -> None:
    database = store._database
    with pytest.raises(sqlite3.IntegrityError), database.write() as db:
        db.execute("PRAGMA defer_foreign_keys = ON")
        db.execute("UPDATE messages SET conversation = -1")
        db.execute("INSERT INTO messages (conversation, question, facts, created_at) VALUES (-1, '?', '[]', 'now')")
    assert store.conversations.start() > 0


def test_a_read_only_folder_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    code = (
        "import sys, os\n"
        "from pathlib import Path\n"
        "from shopdesk.store import open_store\n"
        "from shopdesk.core.errors import StoreError\n"
        "if os.geteuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try: open_store(Path(sys.argv[1]))\n"
        "except StoreError as error: print(error.code)\n"
    )
    for parent in (tmp_path, *tmp_path.parents[:3]):  # root's test folders are closed to the user who tries
        parent.chmod(parent.stat().st_mode | 0o011)
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / "shop.db")],
        capture_output=True, text=True, timeout=60, cwd=REPOSITORY, env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip
    folder.chmod(0o755)
    assert done.stdout.strip() == "store_read_only", done.stderr


def test_two_programs_write_to_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    faults: list[BaseException] = []

    def work() -> None:
        try:
            with open_store(path) as mine:
                conversation = mine.conversations.start()
                for number in range(20):
                    mine.conversations.question_asked(conversation, f"question {number}", "[]")
        except BaseException as error:  # noqa: BLE001 - handed to the test
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with open_store(path) as store:
        rows = store.conversations.list()
        assert [len(store.conversations.messages(row.id)) for row in rows] == [20] * 4


def test_one_store_serves_many_threads_and_forgets_their_connections(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", GOODS_ZH))
    found: list[int] = []
    for _ in range(12):
        thread = threading.Thread(target=lambda: found.append(len(store.catalogue.records("products"))))
        thread.start()
        thread.join()
    assert found == [3] * 12
    assert len(store._database._open) <= 3


def test_backup_and_restore_bring_everything_back(store: Store, write: Write, tmp_path: Path) -> None:
    import_file(store, write("goods.csv", GOODS_ZH))
    backup = tmp_path / "备份.db"
    store.backup(backup)
    import_file(store, write("more.csv", "sku,name,price\nNEW-1,新品,1\n"))
    store.settings.set("later", True)
    assert store.catalogue.total("products") == 4
    store.restore(backup)
    assert store.catalogue.total("products") == 3
    assert store.catalogue.by_code("NEW-1") == []
    assert store.settings.get("later") is None
    assert store.catalogue.frequencies(["新品"]) == {"新品": 0}
    import_file(store, write("again.csv", "sku,name,price\nNEW-2,新品,1\n"))
    assert sorted(p.name for p in store.path.parent.iterdir() if "restoring" in p.name) == []


def test_after_a_restore_nothing_of_the_rows_before_is_remembered(store: Store, write: Write, tmp_path: Path) -> None:
    """Also where both stores have seen equally many changes."""
    import_file(store, write("goods.csv", "sku,name,price,color\nA-1,Hat,1,teal\n"))
    assert store.catalogue.vocabulary().colors == ("teal",)
    with open_store(tmp_path / "other" / "shop.db") as other:
        import_file(other, write("others.csv", "sku,name,price,color\nA-1,Hat,1,ochre\n"))
        other.backup(tmp_path / "other.bak")
    store.restore(tmp_path / "other.bak")
    assert store.catalogue.vocabulary().colors == ("ochre",)


def test_a_bad_backup_changes_nothing(store: Store, write: Write, tmp_path: Path) -> None:
    import_file(store, write("goods.csv", GOODS_ZH))
    (tmp_path / "bad.db").write_bytes(b"SQLite format 3\0" + b"\1" * 5000)
    for path, code in ((tmp_path / "bad.db", "store_corrupt"), (tmp_path / "absent.db", "backup_missing")):
        with pytest.raises(StoreError) as caught:
            store.restore(path)
        assert caught.value.code == code
    with pytest.raises(StoreError) as caught:
        store.backup(store.path)
    assert caught.value.code == "backup_onto_itself"
    assert store.catalogue.total("products") == 3


def test_migrating_twice_does_nothing_the_second_time(store: Store) -> None:
    assert migrate(store._database) is None


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(StoreError) as caught:
        store.settings.get("x")
    assert caught.value.code == "store_closed"


def test_a_sample_that_another_program_loads_meanwhile_is_there_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = open_store(tmp_path / "shop.db"), open_store(tmp_path / "shop.db")
    folder = resources() / "sample"
    compared = mine.importer._planning

    def then_they_write(*parts: object, **more: object) -> Iterator[object]:
        yield from compared(*parts, **more)
        if not theirs.has_sample():
            theirs.load_sample(folder)

    monkeypatch.setattr(mine.importer, "_planning", then_they_write)
    mine.load_sample(folder)
    keys = [record.key for record in mine.catalogue.records("product")]
    assert len(keys) == len(set(keys)) > 100
    mine.close()
    theirs.close()
