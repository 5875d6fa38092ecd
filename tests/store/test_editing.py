"""Rows changed by hand: checked, stamped, searchable, taken back; and undoing an import over them."""

from __future__ import annotations

import pytest

from shopdesk.core.errors import StoreError
from shopdesk.core.messages import text_of
from shopdesk.core.ports import SearchWish
from shopdesk.store import Store
from tests.store.conftest import GOODS_ZH, Write

POLICIES = "标题,内容,主题\n退货,七天内可以退货。,退货\n"
ORDERS = "订单号,状态,合计,快递公司,运单号,商品\nYX-1,已付款,508.80,,,A-100 x2; B-200\n"


@pytest.fixture
def shop(store: Store, write: Write) -> Store:
    for name, text in (("goods.csv", GOODS_ZH), ("政策.csv", POLICIES), ("订单.csv", ORDERS)):
        store.importer.commit(store.importer.plan(write(name, text)))
    return store


def keys_found(store: Store, text: str) -> list[str]:
    wish = SearchWish(text=text, kinds=("product", "policy", "promotion", "order"), limit=20)
    return [hit.record.key for hit in store.catalogue.search(wish)]


def test_a_change_is_stored_stamped_and_found(shop: Store) -> None:
    before = shop.catalogue.get("products", "A-100")
    assert before is not None
    edit = shop.editor.change(
        "products", "A-100", {"price": "¥999", "stock": "3", "name": "星河跑鞋", "attributes.材质": ""}
    )
    after = shop.catalogue.get("products", "A-100")
    assert after is not None and after == edit.after
    assert (after.fields["price"], after.fields["stock"], after.title) == ("999.00", 3, "星河跑鞋")
    assert "材质" not in after.attributes
    assert after.as_of >= before.as_of
    assert "A-100" in keys_found(shop, "星河")
    assert after.fields["list_price"] == before.fields["list_price"]


def test_what_is_not_named_stays_and_no_change_is_no_edit(shop: Store) -> None:
    before = shop.catalogue.get("products", "A-100")
    assert before is not None
    values = shop.editor.values(before)
    edit = shop.editor.change("products", "A-100", values)
    assert edit.id == 0
    assert shop.catalogue.get("products", "A-100") == before


def test_every_kind_gives_back_its_own_form(shop: Store) -> None:
    for kind in ("products", "policies", "orders"):
        for record in shop.catalogue.records(kind):
            named = {name: str(record.fields.get(name) or "") for name in ("store", "language")}
            assert shop.editor.change(kind, record.key, shop.editor.values(record), **named).id == 0, record.key


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("products", {"sku": "N-1", "name": "新帽子", "price": "59", "stock": "4", "attributes.产地": "杭州"}),
        ("policies", {"title": "保修", "body": "# 保修\n一年。", "language": "zh"}),
        (
            "promotions",
            {"code": "M-1", "title": "满减", "threshold": "300", "starts": "2026-11-01"},
        ),
        ("orders", {"number": "YX-9", "status": "已发货", "total": "12.5", "lines": "A-100 x2"}),
        ("stores", {"code": "S1", "name": "南京路店", "hours": "10:00–22:00"}),
        ("answers", {"question": "能开发票吗？", "answer": "可以。", "language": "zh"}),
        ("barcodes", {"barcode": "6901234567892", "sku": "A-100", "quantity": "6"}),
    ],
)
def test_rows_of_every_kind_are_added_deleted_and_brought_back(shop: Store, kind: str, fields: dict[str, str]) -> None:
    total = shop.catalogue.total(kind)
    added = shop.editor.add(kind, fields)
    assert added.before is None and added.after is not None
    assert shop.catalogue.total(kind) == total + 1
    key, language = added.after.key, fields.get("language", "")
    deleted = shop.editor.delete(kind, key, language=language)
    assert shop.catalogue.total(kind) == total
    back = shop.editor.take_back(deleted.id)
    assert back == added.after == shop.catalogue.get(kind, key)
    assert shop.editor.take_back(added.id) is None
    assert shop.catalogue.total(kind) == total
    shop.importer.batches()


def test_a_change_taken_back_leaves_no_trace(shop: Store) -> None:
    before = shop.catalogue.get("products", "A-100")
    edit = shop.editor.change("products", "A-100", {"price": "1", "color": "紫"})
    assert "紫" in shop.catalogue.vocabulary().colors
    shop.editor.take_back(edit.id)
    assert shop.catalogue.get("products", "A-100") == before
    assert "紫" not in shop.catalogue.vocabulary().colors
    assert shop.browser.total("products", only="edited") == 0
    assert shop.importer.conflicts(shop.importer.batches()[-1].id) == []


def test_an_older_change_cannot_be_taken_back_under_a_newer_one(shop: Store) -> None:
    first = shop.editor.change("products", "A-100", {"price": "1"})
    shop.editor.change("products", "A-100", {"price": "2"})
    with pytest.raises(StoreError) as error:
        shop.editor.take_back(first.id)
    assert error.value.code == "edit_built_upon"
    with pytest.raises(StoreError):
        shop.editor.take_back(999)


@pytest.mark.parametrize(
    ("kind", "key", "fields", "code", "field"),
    [
        ("products", "A-100", {"price": "cheap"}, "row_amount_unread", "price"),
        ("products", "A-100", {"price": "-3"}, "row_amount_negative", "price"),
        ("products", "A-100", {"price": "9" * 30}, "row_amount_unread", "price"),
        ("products", "A-100", {"price": "$5"}, "row_amount_unread", "price"),
        ("products", "A-100", {"stock": "many"}, "edit_count_unread", "stock"),
        ("products", "A-100", {"stock": "9" * 30}, "edit_count_unread", "stock"),
        ("products", "A-100", {"name": "  "}, "row_without_name", "name"),
        ("products", "A-100", {"sku": "A-101"}, "edit_taken", "sku"),
        ("products", "A-100", {"currency": "gold"}, "edit_currency_unread", "currency"),
        ("products", "A-100", {"description": "x" * 100_001}, "row_cell_too_long", "description"),
        ("orders", "YX-1", {"placed_at": "2026-13-40"}, "edit_date_unread", "placed_at"),
        ("orders", "YX-1", {"placed_at": "gestern"}, "edit_date_unread", "placed_at"),
        ("products", "nobody", {"price": "1"}, "record_missing", None),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_changes(
    shop: Store, kind: str, key: str, fields: dict[str, str], code: str, field: str | None
) -> None:
    before = shop.catalogue.records(kind)
    with pytest.raises(StoreError) as error:
        shop.editor.change(kind, key, fields)
    assert error.value.code == code
    assert error.value.params.get("field") == field
    for language in ("zh", "en"):
        assert text_of(code, language, **error.value.params)
    assert shop.catalogue.records(kind) == before
    assert shop.browser.total(kind, only="edited") == 0


def test_a_promotion_cannot_end_before_it_starts(shop: Store) -> None:
    with pytest.raises(StoreError) as error:
        shop.editor.add("promotions", {"code": "X", "title": "x", "starts": "2026-12-01", "ends": "2026-11-01"})
    assert error.value.code == "suspicious_dates_reversed"
    shop.editor.add("promotions", {"code": "Y", "title": "y", "starts": "2026-12-01T10:00", "ends": "2026-12-01"})


def test_another_currency_keeps_what_the_amounts_say(shop: Store) -> None:
    after = shop.editor.change("products", "A-100", {"currency": "JPY"}).after
    assert after is not None and after.fields["price"] == "1299"
    after = shop.editor.change("products", "A-100", {"currency": "EUR"}).after
    assert after is not None and after.fields["price"] == "1299.00"


def test_undoing_an_import_shows_what_was_edited_and_can_keep_it(shop: Store, write: Write) -> None:
    importer = shop.importer
    later = importer.commit(importer.plan(write("goods2.csv", GOODS_ZH.replace("1,299.00", "1,399.00"))))
    assert later.batch is not None
    shop.editor.change("products", "A-100", {"price": "1350"})
    (conflict,) = [found for found in importer.conflicts(later.batch) if found.field == "price"]
    assert (conflict.before, conflict.imported, conflict.now) == ("1299.00", "1399.00", "1350.00")
    report = importer.undo(later.batch, keep_edits=True)
    assert report.conflicts
    product = shop.catalogue.get("products", "A-100")
    assert product is not None and product.fields["price"] == "1350.00"


def test_undoing_an_import_can_take_the_edit_back_too(shop: Store, write: Write) -> None:
    importer = shop.importer
    later = importer.commit(importer.plan(write("goods2.csv", GOODS_ZH.replace("1,299.00", "1,399.00"))))
    assert later.batch is not None
    shop.editor.change("products", "A-100", {"price": "1350"})
    importer.undo(later.batch)
    product = shop.catalogue.get("products", "A-100")
    assert product is not None and product.fields["price"] == "1299.00"
