"""Search in both languages, by code, with filters; nothing a person types makes it fail."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from shopdesk.core.ports import SearchWish
from shopdesk.core.text import search_tokens
from shopdesk.store import Store, search
from tests.store.conftest import GOODS_EN, GOODS_ZH, POLICIES, Write, import_file
from tests.store.test_conversations import NAUGHTY


@pytest.fixture
def shop(store: Store, write: Write) -> Store:
    import_file(store, write("goods_zh.csv", GOODS_ZH))
    import_file(store, write("goods_en.csv", GOODS_EN))
    import_file(store, write("policies.csv", POLICIES))
    return store


def keys(store: Store, text: str, **wish: object) -> list[str]:
    return [hit.record.key for hit in store.catalogue.search(SearchWish(text, **wish))]  # type: ignore[arg-type]


def test_chinese_and_english_words_find_their_rows(shop: Store) -> None:
    assert keys(shop, "跑鞋有货吗")[:2] == ["A-100", "A-101"]
    assert keys(shop, "保温杯多少钱")[0] == "B-200"
    assert set(keys(shop, "shoe for a run")[:2]) == {"S-1", "S-2"}  # stemming: shoe/shoes, run/running
    assert keys(shop, "merino")[0] == "H-1"
    assert keys(shop, "不锈钢")[0] == "B-200"
    assert keys(shop, "杯")[0] == "B-200"
    assert keys(shop, "zzz qqq") == [] and keys(shop, "?!") == []


def test_single_characters_refine_the_order_but_bigrams_decide(store: Store, write: Write) -> None:
    import_file(store, write("g.csv", "货号,名称,价格\n1,白杯子,10\n2,红色围巾,10\n3,红酒杯,10\n4,保温杯,10\n"))
    assert keys(store, "保温杯")[0] == "4"
    assert keys(store, "红酒")[0] == "3"
    assert set(keys(store, "酒杯套装")) == {"3"}


def test_all_kinds_are_searched_the_same_way(shop: Store) -> None:
    hits = shop.catalogue.search(SearchWish("退货", kinds=("product", "policy")))
    assert hits[0].record.kind == "policy" and hits[0].record.title == "七天无理由退货"
    assert shop.catalogue.search(SearchWish("warranties", kinds=("policy",)))[0].record.title == "Warranty"


ALL_KINDS = ("order", "promotion", "policy", "product")


@pytest.fixture
def sold(shop: Store, write: Write) -> Store:
    import_file(shop, write("orders.csv", "订单号,状态,商品明细\nYX-1,已发货,A-100 x2; 双层保温杯 x1\n"))
    import_file(shop, write("promo.csv", "code,title,threshold,discount\nSAVE20,满 200 减 20,200,20\n"))
    return shop


def test_an_exact_code_comes_before_rows_that_speak_of_it(sold: Store) -> None:
    for text, key in (("A-100", "A-100"), ("a-100 多少钱", "A-100"), ("YX-1", "YX-1"), ("save20", "SAVE20")):
        hits = sold.catalogue.search(SearchWish(text, kinds=ALL_KINDS))
        assert hits[0].record.key == key, text
        assert hits[0].score == max(hit.score for hit in hits)
    assert keys(sold, "6901234567892", kinds=ALL_KINDS)[0] == "A-100"
    assert len(keys(sold, "A-100 a-100 6901234567892", kinds=ALL_KINDS)) == len(
        set(keys(sold, "A-100 a-100 6901234567892", kinds=ALL_KINDS))
    )
    assert keys(sold, "A-100", kinds=("order",)) == ["YX-1"]


def test_an_exact_code_still_has_to_pass_the_filters(sold: Store) -> None:
    assert "A-100" not in keys(sold, "A-100", kinds=ALL_KINDS, colors=("pink",))


def test_what_a_row_is_called_decides_between_kinds(sold: Store) -> None:
    found = keys(sold, "保温杯", kinds=ALL_KINDS)
    assert found[0] == "B-200" and "YX-1" in found


def test_filters_come_before_the_ranking(shop: Store) -> None:
    assert keys(shop, "跑鞋", colors=("白色", "white")) == ["A-101"]
    assert keys(shop, "shoes", colors=("WHITE",)) == ["S-2"]
    assert keys(shop, "跑鞋", in_stock=True) == ["A-100"]
    assert keys(shop, "", max_price=9000, limit=9) == ["S-1", "S-2", "H-1", "B-200"]
    assert keys(shop, "", min_price=9000) == ["A-100", "A-101"]
    assert keys(shop, "", brands=("fleet",), in_stock=True) == ["S-1"]
    assert keys(shop, "", sizes=("42",), categories=("跑鞋",), colors=("黑色",)) == ["A-100"]
    assert keys(shop, "") == []


def test_filters_alone_find_values_of_any_writing(store: Store, write: Write) -> None:
    rows = ["黑/白,Marrow & Son", "黑,泊 岸", "黑色(哑光),C++", "深 红|酒红,O’Neill", "Ébène,7-Up", "★,★"]
    text = "sku,name,price,color,brand\n" + "".join(f"K-{n},Cup {n},5,{row}\n" for n, row in enumerate(rows))
    import_file(store, write("cups.csv", text))
    vocabulary = store.catalogue.vocabulary()
    for color in vocabulary.colors:
        assert keys(store, "", colors=(color,)), color
    for brand in vocabulary.brands:
        assert len(keys(store, "", brands=(brand,))) == 1, brand
    assert set(keys(store, "", colors=("黑",))) == {"K-0", "K-1"}
    assert set(keys(store, "", colors=("白", "酒红"))) == {"K-0", "K-3"}
    assert keys(store, "", colors=("白",), brands=("c++",)) == []


def test_prices_are_compared_in_the_units_that_people_say(store: Store, write: Write) -> None:
    import_file(
        store, write("g.csv", "sku,name,price,currency\nJ-1,Fan,800,JPY\nJ-2,Fan,1200,JPY\nC-1,Fan,800.00,CNY\n")
    )
    assert sorted(keys(store, "fan", max_price=100_000)) == ["C-1", "J-1"]
    assert keys(store, "fan", min_price=100_000) == ["J-2"]


def test_count_wants_every_word_and_every_filter(shop: Store) -> None:
    assert shop.catalogue.count(SearchWish("running shoes")) == 2
    assert shop.catalogue.count(SearchWish("running hat")) == 0
    assert shop.catalogue.count(SearchWish("跑鞋", in_stock=True)) == 1
    assert shop.catalogue.count(SearchWish("")) == 6


def test_codes_are_found_exactly_in_any_case_and_width(shop: Store) -> None:
    assert [record.key for record in shop.catalogue.by_code("a-100")] == ["A-100"]
    assert [record.key for record in shop.catalogue.by_code("Ａ－１００")] == ["A-100"]
    assert [record.key for record in shop.catalogue.by_code(" 6901234567892 ")] == ["A-100"]
    assert shop.catalogue.by_code("A-10") == [] and shop.catalogue.by_code("") == []
    assert keys(shop, "A100")[0] == "A-100"


def test_variants_share_a_group(shop: Store) -> None:
    (record,) = shop.catalogue.by_code("S-1")
    assert [variant.key for variant in shop.catalogue.variants_of(record)] == ["S-1", "S-2"]


def test_frequencies_stem_as_the_index_does(shop: Store) -> None:
    found = shop.catalogue.frequencies(["running", "runs", "shoe", "跑", "跑鞋", "退货", "absent", "Café".casefold()])
    assert dict(found) == {"running": 2, "runs": 2, "shoe": 2, "跑": 2, "跑鞋": 2, "退货": 1, "absent": 0, "café": 0}


def test_frequencies_follow_the_rows(shop: Store, write: Write) -> None:
    assert shop.catalogue.frequencies(["hat"])["hat"] == 1
    batch = import_file(shop, write("hats.csv", "sku,name,price\nH-2,Straw Hat,$5\n"))["batch"]
    assert shop.catalogue.frequencies(["hat"])["hat"] == 2
    assert isinstance(batch, int)
    shop.importer.undo(batch)
    assert shop.catalogue.frequencies(["hat"])["hat"] == 1


def test_the_vocabulary_is_what_stands_in_the_rows(shop: Store) -> None:
    vocabulary = shop.catalogue.vocabulary()
    assert set(vocabulary.colors) == {"黑色", "白色", "Black", "White", "Navy"}
    assert vocabulary.brands[0] in ("Fleet", "云步") and "42" in vocabulary.sizes
    assert vocabulary.attributes["Fabric"] == ("mesh", "merino wool")


def test_promotions_run_on_their_days(store: Store, write: Write) -> None:
    text = (
        "code,title,threshold,discount,starts,ends\n"
        "A,Spring,100,10,2026-03-01,2026-03-31\nB,Always,,5%,,\nC,Later,,1,2027/1/5,\n"
    )
    import_file(store, write("promotions.csv", text))
    assert [record.key for record in store.catalogue.promotions_on("2026-03-31")] == ["A", "B"]
    assert [record.key for record in store.catalogue.promotions_on("2027-01-05")] == ["B", "C"]


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_naughty_text_neither_raises_nor_takes_long(shop: Store, text: str) -> None:
    start = time.perf_counter()
    shop.catalogue.search(SearchWish(text, kinds=("product", "policy", "promotion", "order")))
    shop.catalogue.count(SearchWish(text))
    shop.catalogue.by_code(text)
    shop.catalogue.records("products", text=text)
    assert time.perf_counter() - start < 2


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=st.characters(), max_size=60))
@example("\ud800")
@example("A-100 \udfff1")
def test_no_text_makes_a_search_fail(shop: Store, text: str) -> None:
    wish = SearchWish(text, kinds=("product", "policy"), colors=(text,), in_stock=True)
    shop.catalogue.search(wish)
    shop.catalogue.search(SearchWish(text))
    shop.catalogue.count(wish)
    shop.catalogue.by_code(text)
    assert set(shop.catalogue.frequencies(search_tokens(text))) == set(search_tokens(text))


def test_the_order_of_equals_is_always_the_same(store: Store, write: Write) -> None:
    rows = "".join(f"K-{number:02},Grey Sock,1,grey\n" for number in reversed(range(30)))
    import_file(store, write("socks.csv", "sku,name,price,color\n" + rows))
    assert keys(store, "sock", limit=5) == [f"K-{number:02}" for number in range(5)]


def test_words_that_stand_in_half_the_shop_still_find_rows(
    store: Store, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_RANKED", 10)
    rows = "".join(f"K-{n:02},{'Grey' if n % 2 else 'Red'} Sock,{n + 1},with a warranty\n" for n in range(40))
    import_file(store, write("socks.csv", "sku,name,price,description\n" + rows + "C-1,Warranty card,1,\n"))
    assert len(keys(store, "sock", limit=5)) == 5
    assert keys(store, "warranty", limit=3)[0] == "C-1"
    assert set(keys(store, "grey sock", limit=99)[:20]) == {f"K-{n:02}" for n in range(1, 40, 2)}
    assert sorted(keys(store, "sock", max_price=200, limit=9)) == ["K-00", "K-01"]


def test_fewer_hits_of_the_same_search_are_its_first(shop: Store, write: Write) -> None:
    many = keys(shop, "shoe", limit=20)
    assert len(many) > 1 and keys(shop, "shoe", limit=1, enough=10) == many[:1] and keys(shop, "shoe", limit=20) == many
    import_file(shop, write("new.csv", "sku,name,price\nZ-1,Shoe,5\n"))
    assert "Z-1" in keys(shop, "shoe", limit=3)
