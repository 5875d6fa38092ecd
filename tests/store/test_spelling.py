"""Rows are found by other words, typing errors, pinyin and like-sounding characters, and by what says most first."""

from __future__ import annotations

import sqlite3

import pytest

from shopdesk.core.errors import StoreError
from shopdesk.core.ports import SearchWish
from shopdesk.store import Store, open_store, spelling
from shopdesk.store.spelling import Speller
from shopdesk.store.synonyms import in_other_words, parsed
from tests.store.conftest import Write, import_file

GOODS = """货号,名称,价格,分类,门店
W-1,男款防风冲锋衣,399,户外,东门
W-2,加厚保温杯,59,杯壶,西门
W-3,儿童羽绒服,299,童装,东门
W-4,Bluetooth speaker,199,音响,东门
W-5,Sporty smartwatch,899,手表,西门
W-6,14 inch notebook grey,4999,电脑,东门
W-7,Sleeve for a 14 inch notebook,99,电脑包,东门
"""


@pytest.fixture
def shop(store: Store, write: Write) -> Store:
    import_file(store, write("goods.csv", GOODS))
    return store


def keys(store: Store, text: str, **wish: object) -> list[str]:
    return [hit.record.key for hit in store.catalogue.search(SearchWish(text, **wish))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("cfy", "W-1"), ("chongfengyi", "W-1"), ("chong feng yi", "W-1"), ("congfenyi", "W-1"), ("冲风衣", "W-1"),
        ("冲锋农", "W-1"), ("保怀杯", "W-2"), ("保文杯", "W-2"), ("bwb", "W-2"), ("保杯", "W-2"), ("温保杯", "W-2"),
        ("男款 cfy", "W-1"), ("blutooth speaker", "W-4"), ("bluetooth speker", "W-4"), ("smart watch", "W-5"),
        ("notebok", "W-6"), ("blue tooth speaker", "W-4"), ("sportysmartwatch", "W-5"),
    ],
)  # fmt: skip
def test_what_was_meant_is_found_first(shop: Store, text: str, key: str) -> None:
    assert keys(shop, text)[0] == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("rtx2060", "M-1"), ("graphics card rtx2060", "M-1"), ("16 gb usb stick", "M-2"), ("nx 6110", "M-3"),
        ("gamnig mouse", "M-4"), ("aple", "M-5"), ("raido", "M-6"), ("wireles", "M-8"), ("wireles plonkers", "M-8"),
        ("mice", "M-4"),
        ("case for my phone", "M-7"), ("the apple", "M-5"), ("gaming", "M-4"), ("controller", "M-9"),
    ],
)  # fmt: skip
def test_numbers_with_letters_errors_in_endings_and_small_words_are_borne(
    shop: Store, write: Write, text: str, key: str
) -> None:
    import_file(
        shop,
        write(
            "more.csv",
            "货号,名称,价格\nM-1,Graphics card RTX 2060,399\nM-2,USB stick 16GB,9\nM-3,Notebook nx6110,499\n"
            "M-4,Mouse for gaming and for work at the desk,19\nM-5,Apple tea,3\nM-6,Clock radio,29\nM-7,Phone case,5\n"
            "M-8,Wireless headset,59\nM-9,Fan controller with a display of its own,9\nM-10,Fan control,9\n"
            "M-11,Board games,9\nM-12,Raid card,9\nM-13,Sample box for my sister,9\nM-14,Copper wire,9\n",
        ),
    )
    assert keys(shop, text)[0] == key


def test_the_words_as_typed_come_before_any_other_spelling(shop: Store, write: Write) -> None:
    import_file(shop, write("more.csv", "货号,名称,价格\nX-1,CFY charging lead,9\nX-2,风衣,9\n"))
    assert keys(shop, "cfy") == ["X-1"]
    assert keys(shop, "风衣")[0] == "X-2"


def test_synonyms_bring_rows_where_the_words_themselves_bring_few(shop: Store) -> None:
    assert keys(shop, "laptop") == ["W-6", "W-7"]  # one of the groups that a shop begins with
    assert "W-3" not in keys(shop, "down coat")
    shop.synonyms.add("Down Coat, 羽绒服")
    assert keys(shop, "down coats") == ["W-3"]
    assert shop.synonyms.remove("down coat") == 1
    assert keys(shop, "down coat") == []


def test_a_file_of_synonyms_takes_the_place_of_all_or_changes_nothing(shop: Store) -> None:
    assert shop.synonyms.replace(["\ufeff# ours", "", "杯，水杯", "mug = cup # both"]) == 2
    assert shop.synonyms.groups() == [("杯", "水杯"), ("mug", "cup")]
    with pytest.raises(StoreError, match="2: alone"):
        shop.synonyms.replace(["a, b", "alone"])
    with pytest.raises(StoreError, match="two words"):
        shop.synonyms.add("same, SAME")
    assert shop.synonyms.groups() == [("杯", "水杯"), ("mug", "cup")]


def test_a_synonym_is_not_found_inside_another_word() -> None:
    groups = [parsed("tab, tablet"), parsed("手机, 电话")]
    assert in_other_words("stable table", groups) == []
    assert in_other_words("Tabs", groups) == ["tablet"]
    assert in_other_words("手机壳", groups) == ["电话壳"]


def test_rows_are_filtered_by_store(shop: Store) -> None:
    assert keys(shop, "notebook", stores=("西门",)) == []
    assert set(keys(shop, "", stores=("西门",))) == {"W-2", "W-5"}


def test_the_store_says_how_it_spells_what_has_no_row(shop: Store) -> None:
    respelled = shop.catalogue.respelled
    assert respelled("chongfengyi") == "冲锋衣" and respelled("保文杯") == "保温杯"
    assert respelled("zzz") is None and respelled("电冰箱") is None and respelled("x" * 500) is None


def test_words_that_are_typed_as_one_in_a_chinese_question_are_parted(shop: Store) -> None:
    parted = shop.catalogue.parted
    assert parted("BluetoothSpeaker有货吗") == "Bluetooth Speaker有货吗"
    assert parted("sportysmartwatch多少钱") == "sporty smartwatch多少钱"
    assert parted("smartwatch和Bluetooths多少钱") == "smartwatch和Bluetooths多少钱"
    assert parted("chongfengyi多少钱") == "chongfengyi多少钱"
    assert parted("bluetoothspeaker price") == "bluetoothspeaker price"
    assert parted("BluetoothMicrophone有货吗") == "BluetoothMicrophone有货吗"


def test_a_long_word_does_not_take_long_to_be_cut_into_syllables() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE TABLE words (word TEXT, rows INTEGER); CREATE TABLE products_search (name TEXT, traits TEXT)"
    )
    db.executemany("INSERT INTO words VALUES (?, 1)", [("啊啊",), ("安啊",), ("啊安",), ("那那",)])
    assert Speller(db).meant(db, "an" * 40, {}) == []
    assert all(set(text) <= set("啊安那") for text in Speller(db).meant(db, "ana" * 8, {}))
    assert Speller(db).meant(db, "aa", {})[0] == "啊啊"


def test_readings_are_plain_and_only_chinese_has_any() -> None:
    assert spelling.sounds_of("冲") == ("con",) and "can" in spelling.sounds_of("长")
    assert spelling.sounds_of("a") == () and spelling.sounds_of("?") == ()


def test_words_are_counted_for_a_store_of_before(store: Store, write: Write) -> None:
    import_file(store, write("goods.csv", GOODS))
    with store._database.write() as db:
        for table in ("words", "words_counted", "synonyms"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name >= '0005'")
    path = store.path
    store.close()
    with open_store(path) as again:
        assert again.catalogue.frequencies(["notebook"])["notebook"] == 2
        assert [hit.record.key for hit in again.catalogue.search(SearchWish("cfy"))] == ["W-1"]
