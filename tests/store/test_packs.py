"""Packs: what they hold and leave at home, what is refused, and that rows change all at once."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.app import App, open_app
from shopdesk.core.errors import StoreError
from shopdesk.core.events import AnswerDone
from shopdesk.store import Store, open_store

pytest.importorskip("cryptography", reason="the extra `packs` is not installed")

from shopdesk.store.packs import snapshot
from shopdesk.store.packs.pack import MANIFEST, ROWS, SIGNATURE, opened_pack
from shopdesk.store.packs.packs import Installed


@pytest.fixture
def shop(home: Path) -> Iterator[App]:
    with open_app(home) as app:
        yield app


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Store]:
    """A counter's store with nothing in it."""
    with open_store(tmp_path / "counter" / "shop.db") as store:
        yield store


def install(store: Store, pack: Path, key: str | None = None) -> Installed:
    with opened_pack(pack) as opened:
        return store.packs.install(opened, key=key)


def set_price(store: Store, sku: str, price: str) -> None:
    table = {"404.00": 40400}.get(price, round(float(price) * 100))
    with store._database.write() as db:
        db.execute("UPDATE products SET price_minor = ? WHERE sku = ?", (table, sku))
        db.execute("UPDATE revision SET value = value + 1")


def price_of(store: Store, sku: str) -> object:
    record = store.catalogue.get("product", sku)
    return record and record.fields["price"]


def failed_with(code: str, store: Store, pack: Path, key: str | None = None) -> None:
    before = store._database.connection().execute("SELECT count(*), total(price_minor) FROM products").fetchone()
    with pytest.raises(StoreError) as refused:
        install(store, pack, key)
    assert refused.value.code == code
    after = store._database.connection().execute("SELECT count(*), total(price_minor) FROM products").fetchone()
    assert tuple(after) == tuple(before)


def test_a_pack_brings_the_rows_and_leaves_what_was_said_at_home(shop: App, counter: Store, tmp_path: Path) -> None:
    talk = shop.store.conversations.start()
    for _ in shop.assistant.answer("张三丰的秘密 JKT-105", conversation_id=talk, route="exact"):
        pass
    shop.store.settings.set("stale_after_days", 7)
    own = counter.conversations.start()
    pack = tmp_path / "shop.pack"
    shop.store.packs.build(pack)
    installed = install(counter, pack)
    assert (installed.version, installed.previous) == (1, None)
    for kind in ("product", "policy", "promotion", "order"):
        assert counter.catalogue.records(kind) == shop.store.catalogue.records(kind)
    assert counter.catalogue.vocabulary() == shop.store.catalogue.vocabulary()
    assert counter.settings.get("stale_after_days") == 7
    assert counter.conversations.history(own, 1) == [] and len(counter.conversations.list()) == 1
    with zipfile.ZipFile(pack) as archive:
        rows = gzip.decompress(archive.read(ROWS))
    assert b"JKT-105" in rows and "秘密".encode() not in rows


def test_rows_of_a_pack_are_found_and_answered(shop: App, tmp_path: Path) -> None:
    shop.store.packs.build(tmp_path / "shop.pack")
    with open_app(tmp_path / "counter", empty=True) as counter:
        counter.assistant.engine = None
        assert counter.store.catalogue.total("product") == 0
        install(counter.store, tmp_path / "shop.pack")
        for route in ("JKT-105 多少钱?", "城市软壳夹克多少钱?"):
            *_, done = counter.assistant.answer(route)
            assert isinstance(done, AnswerDone) and "404.00" in done.answer.text


def test_a_newer_pack_changes_what_changed_and_removes_what_is_gone(shop: App, counter: Store, tmp_path: Path) -> None:
    shop.store.packs.build(tmp_path / "1.pack")
    install(counter, tmp_path / "1.pack")
    set_price(shop.store, "JKT-105", "555.00")
    gone = shop.store.catalogue.get("product", "MAT-030")
    assert gone is not None
    with shop.store._database.write() as db:
        db.execute("DELETE FROM products_search WHERE rowid = (SELECT id FROM products WHERE sku = 'MAT-030')")
        db.execute("DELETE FROM products WHERE sku = 'MAT-030'")
    shop.store.packs.build(tmp_path / "2.pack")
    assert install(counter, tmp_path / "2.pack") == Installed(
        shop.store.packs.key,
        2,
        counter.packs.installed().tag,
        previous=1,  # type: ignore[union-attr]
    )
    assert price_of(counter, "JKT-105") == "555.00" and price_of(counter, "MAT-030") is None
    assert (
        not counter._database.connection()
        .execute("SELECT 1 FROM products_search WHERE rowid NOT IN (SELECT id FROM products)")
        .fetchall()
    )


def test_an_older_pack_is_refused_and_the_last_one_can_be_taken_back(shop: App, counter: Store, tmp_path: Path) -> None:
    shop.store.packs.build(tmp_path / "1.pack")
    set_price(shop.store, "JKT-105", "555.00")
    shop.store.packs.build(tmp_path / "2.pack")
    with pytest.raises(StoreError) as refused:
        counter.packs.roll_back()
    assert refused.value.code == "pack_no_previous"
    install(counter, tmp_path / "1.pack")
    install(counter, tmp_path / "2.pack")
    failed_with("pack_older", counter, tmp_path / "1.pack")
    back = counter.packs.roll_back()
    assert back is not None and back.version == 1 and price_of(counter, "JKT-105") == "404.00"
    with pytest.raises(StoreError):
        counter.packs.roll_back()
    assert install(counter, tmp_path / "2.pack").version == 2 and price_of(counter, "JKT-105") == "555.00"
    install(counter, tmp_path / "2.pack")  # once more is no harm,
    counter.packs.roll_back()  # and what came before it can still be taken back
    assert price_of(counter, "JKT-105") == "404.00"


def test_the_first_pack_can_be_taken_back_to_the_rows_of_before(shop: App, tmp_path: Path, home: Path) -> None:
    shop.store.packs.build(tmp_path / "1.pack")
    copy = tmp_path / "other"
    shutil.copytree(home, copy)
    with open_store(copy / "shop.db") as other:
        set_price(other, "JKT-105", "1.00")
        install(other, tmp_path / "1.pack")
        other.packs.roll_back()
        assert price_of(other, "JKT-105") == "1.00"


def test_another_shops_pack_is_not_trusted_unless_its_key_is_named(shop: App, counter: Store, tmp_path: Path) -> None:
    with open_app(tmp_path / "stranger") as stranger:
        stranger.store.packs.build(tmp_path / "strange.pack")
        key = stranger.store.packs.key
    shop.store.packs.build(tmp_path / "1.pack")
    failed_with("pack_untrusted", counter, tmp_path / "1.pack", key)
    install(counter, tmp_path / "1.pack")
    failed_with("pack_untrusted", counter, tmp_path / "strange.pack")
    with opened_pack(tmp_path / "strange.pack") as pack:
        fingerprint = pack.manifest.fingerprint
    assert install(counter, tmp_path / "strange.pack", fingerprint.upper()).key == key


def test_versions_go_on_where_the_database_was_put_back(shop: App, tmp_path: Path) -> None:
    shop.store.backup(tmp_path / "backup.db")
    assert shop.store.packs.build(tmp_path / "1.pack").version == 1
    shop.store.restore(tmp_path / "backup.db")
    assert shop.store.packs.build(tmp_path / "2.pack").version == 2


def _rewritten(pack: Path, target: Path, changes: dict[str, bytes | None], **more: bytes) -> Path:
    """The pack with some members changed or left out, and others added."""
    with zipfile.ZipFile(pack) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            body = changes.get(name, source.read(name))
            if body is not None:
                copy.writestr(name, body)
        for name, body in more.items():
            copy.writestr(name, body)
    return target


def test_whatever_is_changed_in_a_pack_makes_it_worthless(shop: App, counter: Store, tmp_path: Path) -> None:
    pack, odd = tmp_path / "1.pack", tmp_path / "odd.pack"
    shop.store.packs.build(pack)
    with zipfile.ZipFile(pack) as archive:
        manifest, signature, rows = (archive.read(name) for name in (MANIFEST, SIGNATURE, ROWS))
    said = json.loads(manifest)
    with open_app(tmp_path / "stranger") as stranger:
        own_key = json.dumps({**said, "key": stranger.store.packs.key}).encode()
    evil = gzip.compress(gzip.decompress(rows).replace(b"JKT-105", b"JKT-666"))
    for changes, code in (
        ({MANIFEST: manifest.replace(b'"version": 1', b'"version": 9')}, "pack_tampered"),
        ({MANIFEST: own_key}, "pack_tampered"),
        ({SIGNATURE: bytes(64)}, "pack_tampered"),
        ({SIGNATURE: b"short"}, "pack_tampered"),
        ({SIGNATURE: None}, "pack_foreign"),
        ({MANIFEST: None}, "pack_foreign"),
        ({ROWS: None}, "pack_tampered"),
        ({ROWS: evil}, "pack_tampered"),
        ({ROWS: rows[:-9] + bytes(9)}, "pack_tampered"),
        ({ROWS: b""}, "pack_tampered"),
        ({MANIFEST: json.dumps({**said, "format": 99}).encode()}, "pack_newer"),
        ({MANIFEST: b"[1]"}, "pack_tampered"),
    ):
        failed_with(code, counter, _rewritten(pack, odd, changes))  # type: ignore[arg-type]
    failed_with("pack_tampered", counter, _rewritten(pack, odd, {}, **{"../evil": b"x"}))
    assert signature and counter.packs.installed() is None


def test_half_a_pack_and_other_files_are_refused(shop: App, counter: Store, tmp_path: Path) -> None:
    pack, odd = tmp_path / "1.pack", tmp_path / "odd.pack"
    shop.store.packs.build(pack)
    whole = pack.read_bytes()
    for content in (whole[: len(whole) // 2], b"", b"PK\x03\x04", whole[:-1], bytes(100)):
        odd.write_bytes(content)
        failed_with("pack_foreign", counter, odd)
    failed_with("pack_missing", counter, tmp_path / "none.pack")


def test_each_flipped_byte_is_noticed(shop: App, counter: Store, tmp_path: Path) -> None:
    pack, odd = tmp_path / "1.pack", tmp_path / "odd.pack"
    shop.store.packs.build(pack)
    whole = bytearray(pack.read_bytes())
    with zipfile.ZipFile(pack) as archive:
        places = [info.header_offset + 30 + len(info.filename) + info.file_size // 2 for info in archive.infolist()]
    for place in places:
        odd.write_bytes(bytes(whole[:place]) + bytes([whole[place] ^ 1]) + bytes(whole[place + 1 :]))
        with pytest.raises(StoreError):
            install(counter, odd)
    assert counter.packs.installed() is None and counter.catalogue.total("product") == 0


def test_a_disk_that_is_full_leaves_everything_as_it_was(
    shop: App, counter: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.store.packs.build(tmp_path / "1.pack")
    real_put = snapshot.put

    def full(*arguments: object) -> None:
        counter._database.connection().execute("PRAGMA max_page_count = 1")  # this connection's limit only
        real_connect = snapshot._opened

        def small(file: Path) -> sqlite3.Connection:
            db = real_connect(file)
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages + 5}")
            return db

        monkeypatch.setattr(snapshot, "_opened", small)
        real_put(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(snapshot, "put", full)
    failed_with("store_disk_full", counter, tmp_path / "1.pack")
    assert counter.packs.installed() is None and not list((tmp_path / "counter" / "packs").iterdir())


def test_rows_change_all_at_once_under_readers(shop: App, counter: Store, tmp_path: Path) -> None:
    """All prices of one version are alike; nobody may ever see two of them side by side."""
    packs = []
    for version in (1, 2):
        with shop.store._database.write() as db:
            db.execute("UPDATE products SET price_minor = ?, list_price_minor = NULL", (version * 100,))
        packs.append(tmp_path / f"{version}.pack")
        shop.store.packs.build(packs[-1])
    install(counter, packs[0])
    seen: set[tuple[object, ...]] = set()
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            seen.add(tuple({row.fields["price"] for row in counter.catalogue.records("product")}))
            with counter.catalogue.view():
                first = counter.catalogue.get("product", "JKT-105")
                second = counter.catalogue.get("product", "MAT-030")
            assert first and second
            seen.add(tuple({first.fields["price"], second.fields["price"]}))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(3):
            install(counter, packs[1])
            counter.packs.roll_back()
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert seen == {("1.00",), ("2.00",)}


def test_the_signing_key_is_for_its_owner_only(shop: App, home: Path, tmp_path: Path) -> None:
    shop.store.packs.build(tmp_path / "1.pack")
    assert (home / "publishing" / "key.pem").stat().st_mode & 0o077 == 0
    (home / "publishing" / "key.pem").write_text("no key")
    with pytest.raises(StoreError) as refused:
        shop.store.packs.build(tmp_path / "2.pack")
    assert refused.value.code == "key_unusable"
