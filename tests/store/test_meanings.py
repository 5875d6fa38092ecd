"""Vectors of meaning in the shop's file: kept, compared, forgotten with what they were made from, joined to words."""

from __future__ import annotations

from array import array

from shopdesk.core.ports import SearchWish
from shopdesk.store import Store
from shopdesk.store.search import fused
from tests.store.conftest import Write, import_file

GOODS = """sku,name,price,stock,brand
B-1,Rain boot,30,4,Fell
B-2,Winter boot,60,2,Fell
M-1,Tea mug,9,8,Kiln
"""


def vector(*values: float) -> bytes:
    return array("f", values).tobytes()


def shop(store: Store, write: Write) -> dict[str, int]:
    """A shop of three goods; row id by name."""
    import_file(store, write("goods.csv", GOODS))
    return {text.split(" ")[0]: row for row, text in store.meanings.missing("m", 9)}


def test_each_product_is_told_in_words_until_it_has_a_vector(store: Store, write: Write) -> None:
    rows = shop(store, write)
    assert set(rows) == {"Rain", "Winter", "Tea"}
    store.meanings.put("m", [(rows["Rain"], vector(1, 0)), (rows["Tea"], vector(0, 1)), (99, vector(1, 1))])
    assert [text for _, text in store.meanings.missing("m", 9)] == ["Winter boot Fell"]
    assert len(store.meanings.missing("another", 9)) == 3
    near = store.meanings.nearest("m", vector(0.8, 0.6), 9)
    assert [(row, round(cosine, 3)) for row, cosine in near] == [(rows["Rain"], 0.8), (rows["Tea"], 0.6)]
    assert store.meanings.nearest("another", vector(1, 0), 9) == []
    assert store.meanings.nearest("m", vector(1, 0, 0), 9) == [], "of another width"


def test_a_vector_goes_with_the_words_it_was_made_from_and_stays_when_stock_changes(store: Store, write: Write) -> None:
    rows = shop(store, write)
    store.meanings.put("m", [(row, vector(1, 0)) for row in rows.values()])
    import_file(store, write("stock.csv", "sku,stock\nB-1,40\n"))
    assert store.meanings.missing("m", 9) == []
    import_file(store, write("names.csv", "sku,name\nB-1,Garden boot\n"))
    assert [text for _, text in store.meanings.missing("m", 9)] == ["Garden boot Fell"]
    assert len(store.meanings.nearest("m", vector(1, 0), 9)) == 2


def test_products_near_in_meaning_join_those_that_words_find(store: Store, write: Write) -> None:
    rows = shop(store, write)
    assert store.catalogue.search(SearchWish("wellington")) == []
    asked: list[str] = []

    def nearest(text: str, count: int) -> list[tuple[int, float]]:
        asked.append(text)
        return [(rows["Rain"], 0.9), (rows["Winter"], 0.5)]

    store.catalogue.search_also_by(nearest)
    found = store.catalogue.search(SearchWish("wellington"))
    assert [hit.record.key for hit in found] == ["B-1", "B-2"] and asked == ["wellington"]
    mugs = store.catalogue.search(SearchWish("mug"))
    assert {hit.record.key for hit in mugs} == {"M-1", "B-1", "B-2"}
    assert [hit.score for hit in mugs] == sorted((hit.score for hit in mugs), reverse=True)
    dear = store.catalogue.search(SearchWish("wellington", min_price=5000))
    assert [hit.record.key for hit in dear] == ["B-2"], "filters hold"
    store.catalogue.search_also_by(None)
    assert store.catalogue.search(SearchWish("wellington")) == []


def test_what_both_lists_have_comes_first() -> None:
    assert [row for row, _ in fused([(1, 9.0), (2, 5.0)], [3, 2])] == [2, 1, 3]
    assert fused([], []) == []
