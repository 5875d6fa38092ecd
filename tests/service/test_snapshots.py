"""One catalogue for many counters: published, fetched, checked, put in place; offline the counter goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from shopdesk.app import App, open_app
from shopdesk.core.errors import StoreError
from shopdesk.core.events import AnswerDone
from shopdesk.service.ports import Parts
from shopdesk.store import Store, open_store
from tests.service.serving import Client, serving

pytest.importorskip("cryptography", reason="the extra `packs` is not installed")

from shopdesk.store.packs.pulling import Follower, Puller


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "counter" / "shop.db") as store:
        yield store


@pytest.fixture
def published(parts: Parts, shop: App) -> Parts:
    return replace(parts, publisher=shop.store.publisher)


def puller(counter: Store, url: str, **more: str) -> Puller:
    return Puller(counter.packs, counter.path.parent, url, **more)


def set_price(store: Store, sku: str, minor: int) -> None:
    with store._database.write() as db:
        db.execute("UPDATE products SET price_minor = ? WHERE sku = ?", (minor, sku))
        db.execute("UPDATE revision SET value = value + 1")


def price_of(store: Store, sku: str) -> object:
    record = store.catalogue.get("product", sku)
    return record and record.fields["price"]


def test_a_counter_fetches_what_is_new_and_nothing_else(published: Parts, shop: App, counter: Store) -> None:
    with serving(published) as service:
        first = puller(counter, service.url).pull()
        assert first is not None and first.version == 1 and price_of(counter, "JKT-105") == "404.00"
        assert puller(counter, service.url).pull() is None
        etag = service.get("/snapshots/latest").headers["ETag"]
        assert service.get("/snapshots/latest", If_None_Match=etag).status == 304
        set_price(shop.store, "JKT-105", 55500)
        second = puller(counter, service.url).pull()
        assert second is not None and second.version == 2 and price_of(counter, "JKT-105") == "555.00"
        counts = service.get("/metrics").body.decode()
        assert "shopdesk_snapshot_version 2.0" in counts


def test_snapshots_are_offered_only_where_that_was_asked_for(service: Client) -> None:
    assert service.get("/snapshots/latest").status == 404


def test_the_token_and_the_signer_are_checked(published: Parts, counter: Store) -> None:
    with serving(published, secret="s3cret") as service:
        for more, code in (({}, "sync_refused"), ({"token": "s3cret", "key": "00" * 32}, "pack_untrusted")):
            with pytest.raises(StoreError) as refused:
                puller(counter, service.url, **more).pull()
            assert refused.value.code == code
        assert puller(counter, service.url, token="s3cret").pull() is not None


def test_without_the_network_the_counter_goes_on(published: Parts, counter: Store) -> None:
    with serving(published) as service:
        puller(counter, service.url).pull()
        url = service.url
    with pytest.raises(StoreError) as refused:
        puller(counter, url).pull()
    assert refused.value.code == "sync_unreachable" and price_of(counter, "JKT-105") == "404.00"
    for odd in ("ftp://shop", "shop:80", "http://", ""):
        with pytest.raises(StoreError) as refused:
            puller(counter, odd).pull()
        assert refused.value.code == "sync_url"


@contextmanager
def answering(body: bytes, announced: int, status: int = 200) -> Iterator[str]:
    """A server that sends `body` whatever length it announced."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(announced))
            self.send_header("Location", "http://127.0.0.1:1/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_half_a_download_and_nonsense_change_nothing(shop: App, counter: Store, tmp_path: Path) -> None:
    pack = tmp_path / "1.pack"
    shop.store.packs.build(pack)
    whole = pack.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    for body, announced, status, code in (
        (whole[:5000], len(whole), 200, "sync_broken_off"),
        (b"<html>please log in</html>", 26, 200, "pack_foreign"),
        (bytes(flipped), len(whole), 200, "pack_tampered"),
        (b"", 0, 302, "sync_unreachable"),
        (b"", 0, 500, "sync_unreachable"),
        (b"", 1 << 60, 200, "store_disk_full"),
    ):
        with answering(body, announced, status) as url, pytest.raises(StoreError) as refused:
            puller(counter, url).pull()
        assert refused.value.code == code
    assert counter.packs.installed() is None
    assert list((counter.path.parent / "packs").iterdir()) == []
    with answering(whole, len(whole)) as url:
        assert puller(counter, url).pull() is not None


def test_what_was_taken_back_is_not_fetched_anew(published: Parts, shop: App, counter: Store, tmp_path: Path) -> None:
    from shopdesk.store.packs.pack import opened_pack

    with serving(published) as service:
        puller(counter, service.url).pull()
        set_price(shop.store, "JKT-105", 100)
        wrong = shop.store.publisher.current()
        with opened_pack(wrong.file) as pack:
            counter.packs.install(pack)
        counter.packs.roll_back()
        assert puller(counter, service.url).pull() is None and price_of(counter, "JKT-105") == "404.00"
        set_price(shop.store, "JKT-105", 40000)
        assert puller(counter, service.url).pull() is not None and price_of(counter, "JKT-105") == "400.00"


def test_answers_under_swaps_are_of_one_version(published: Parts, shop: App, tmp_path: Path) -> None:
    """Two products always have the same price; no answer may know one of before and one of after."""
    with serving(published) as service, open_app(tmp_path / "till", empty=True) as till:
        till.assistant.engine = None
        with shop.store._database.write() as db:
            db.execute("UPDATE products SET price_minor = 1000, list_price_minor = NULL")
            db.execute("UPDATE revision SET value = value + 1")
        told: list[object] = []
        follower = Follower(Puller(till.store.packs, till.home.root, service.url), 0.01, told.append)
        wrong: list[str] = []
        ended = threading.Event()

        def ask() -> None:
            while not ended.is_set():
                *_, done = till.assistant.answer("JKT-105 和 MAT-030 一共多少钱?")
                assert isinstance(done, AnswerDone)
                prices = {
                    fact.record.fields.get("price") for fact in done.answer.facts if fact.record.kind == "product"
                }
                if len(prices) > 1 or not done.answer.grounded:
                    wrong.append(done.answer.text)

        while not told:
            time.sleep(0.01)
        clerk = threading.Thread(target=ask)
        clerk.start()
        for step in range(1, 6):
            with shop.store._database.write() as db:
                db.execute("UPDATE products SET price_minor = ?", (1000 + step,))
                db.execute("UPDATE revision SET value = value + 1")
            deadline = time.monotonic() + 30
            while price_of(till.store, "JKT-105") != f"10.0{step}":
                assert time.monotonic() < deadline, told
                time.sleep(0.01)
        ended.set()
        clerk.join()
        follower.close()
    assert not wrong
    assert [getattr(one, "version", one) for one in told] == sorted(getattr(one, "version", 0) for one in told)
