"""Pages of rows for the admin's tables."""

from __future__ import annotations

import pytest

from shopdesk.store import Store
from tests.store.conftest import GOODS_ZH, Write

PROMOTIONS = """code,title,starts,ends
P-1,一直有效,,
P-2,已经结束,2020-01-01,2020-02-01
P-3,还没开始,2999-01-01,2999-02-01
"""


@pytest.fixture
def shop(store: Store, write: Write) -> Store:
    text = GOODS_ZH + 'C-1,"100%_棉袜",,,有货,,,,,,,\nC-2,雨伞,30,,,,,,,,,\n'
    for name, content in (("goods.csv", text), ("promotions.csv", PROMOTIONS)):
        store.importer.commit(store.importer.plan(write(name, content)))
    return store


def keys(store: Store, kind: str = "products", **wish: object) -> list[str]:
    rows = store.browser.page(kind, limit=50, **wish)  # type: ignore[arg-type]
    asked = {name: wish[name] for name in ("text", "only") if name in wish}
    assert store.browser.total(kind, **asked) == len(rows)  # type: ignore[arg-type]
    return [row.key for row in rows]


def test_rows_are_sorted_either_way_and_blanks_stand_last(shop: Store) -> None:
    assert keys(shop, sort="price")[:3] == ["C-2", "B-200", *keys(shop, sort="price")[2:3]]
    assert keys(shop, sort="price")[-1] == "C-1"
    assert keys(shop, sort="price", descending=True)[-1] == "C-1"
    assert keys(shop, sort="key") == ["A-100", "A-101", "B-200", "C-1", "C-2"]
    assert keys(shop, sort="key", descending=True) == ["C-2", "C-1", "B-200", "A-101", "A-100"]
    assert sorted(keys(shop, sort="title")) == sorted(keys(shop, sort="no such; DROP TABLE products"))


def test_pages_follow_one_another(shop: Store) -> None:
    pages = [shop.browser.page("products", limit=2, offset=offset, sort="key") for offset in (0, 2, 4, 6)]
    assert [[row.key for row in page] for page in pages] == [["A-100", "A-101"], ["B-200", "C-1"], ["C-2"], []]


def test_a_filter_by_words_or_by_the_beginning_of_a_code(shop: Store) -> None:
    assert set(keys(shop, text="跑鞋")) == {"A-100", "A-101"}
    assert set(keys(shop, text="A-1")) == {"A-100", "A-101"}
    assert keys(shop, text="a-101") == ["A-101"]
    assert keys(shop, text="%") == []
    assert keys(shop, text="'; --") == []


def test_filters_by_stock_price_and_date(shop: Store) -> None:
    assert set(keys(shop, only="in_stock")) == {"A-100", "B-200", "C-1"}
    assert keys(shop, only="out_of_stock") == ["A-101"]
    assert keys(shop, only="no_price") == ["C-1"]
    assert keys(shop, "promotions", only="running") == ["P-1"]
    assert keys(shop, "promotions", only="over") == ["P-2"]
    assert keys(shop, "promotions", only="coming") == ["P-3"]
    assert keys(shop, only="in_stock", text="跑鞋") == ["A-100"]


def test_what_was_edited_by_hand_and_what_is_out_of_date(shop: Store) -> None:
    assert keys(shop, only="edited") == []
    shop.editor.change("products", "B-200", {"stock": "1"})
    assert keys(shop, only="edited") == ["B-200"]
    assert keys(shop, only="stale") == []
    shop.settings.set("stale_after_days", -1)
    assert len(keys(shop, only="stale")) == 5
    shop.settings.set("stale_after_days", None)
    assert keys(shop, only="stale") == []


def test_every_filter_of_every_kind_can_be_asked(shop: Store) -> None:
    for kind in ("products", "policies", "promotions", "orders", "stores", "answers", "barcodes"):
        for name in shop.browser.filters(kind):
            assert isinstance(shop.browser.total(kind, only=name), int)


def test_fields_that_no_row_fills_are_known(shop: Store) -> None:
    assert shop.browser.blank("promotions", ("starts", "ends", "type", "threshold", "title")) == {"type", "threshold"}
    shop.editor.change("promotions", "P-1", {"threshold": "300"})
    assert shop.browser.blank("promotions", ("type", "threshold", "no such; DROP TABLE promotions")) == {"type"}
