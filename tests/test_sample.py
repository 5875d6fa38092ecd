"""The sample shop is a shop that could exist: its rows agree with each other, in both languages."""

from __future__ import annotations

import csv
import json
import re
import struct
import xml.etree.ElementTree as ElementTree
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from shopdesk.core.text import is_han
from shopdesk.store import open_store

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SAMPLE = RESOURCES / "sample"
SVG = "{http://www.w3.org/2000/svg}"


def rows_of(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PRODUCTS = rows_of("products.csv")
POLICIES = rows_of("policies.csv")
PROMOTIONS = rows_of("promotions.csv")
ORDERS = rows_of("orders.csv")


def has_han(text: str) -> bool:
    return any(is_han(character) for character in text)


def numbers_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+(?:[.:]\d+)*", text.replace(",", "")))


@pytest.mark.parametrize("name", ["products.csv", "policies.csv", "promotions.csv", "orders.csv"])
def test_every_row_has_exactly_the_columns_of_its_header(name: str) -> None:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        widths = {len(row) for row in csv.reader(file)}
    assert len(widths) == 1


def test_there_are_enough_products_with_and_without_variants() -> None:
    groups = Counter(row["group"] for row in PRODUCTS)
    assert len(groups) >= 120 and len(PRODUCTS) >= 200
    assert sum(1 for size in groups.values() if size > 1) >= len(groups) // 3


def test_skus_and_barcodes_are_unique() -> None:
    for column in ("sku", "barcode"):
        assert [value for value, times in Counter(row[column] for row in PRODUCTS).items() if times > 1] == []


def test_barcodes_are_internal_ean13() -> None:
    for row in PRODUCTS:
        barcode = row["barcode"]
        assert re.fullmatch(r"2\d{12}", barcode), row["sku"]
        checked = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(barcode))
        assert checked % 10 == 0, row["sku"]


def test_prices_have_two_decimals_and_never_exceed_the_list_price() -> None:
    for row in PRODUCTS:
        for column in ("price", "list_price"):
            assert re.fullmatch(r"[1-9]\d*\.\d\d", row[column]), row["sku"]
        assert Decimal(row["price"]) <= Decimal(row["list_price"]), row["sku"]
        assert row["currency"] == "CNY" and row["stock"].isdigit()


def test_some_goods_are_sold_out_and_variants_of_a_group_differ() -> None:
    assert 5 <= sum(row["stock"] == "0" for row in PRODUCTS) <= len(PRODUCTS) // 5
    looks = Counter((row["group"], row["color"], row["size"]) for row in PRODUCTS)
    assert max(looks.values()) == 1


def test_every_product_speaks_both_languages() -> None:
    for row in PRODUCTS:
        for column in ("name", "category", "brand", "description"):
            assert has_han(row[column]), (row["sku"], column)
            assert row[f"{column}_en"] and not has_han(row[f"{column}_en"]), (row["sku"], column)
        for column, value in row.items():
            if has_han(value):
                assert row[f"{column}_en"], (row["sku"], column)
            if column.endswith("_en"):
                assert not has_han(value), (row["sku"], column)
        assert bool(row["color"]) == bool(row["color_en"])


def test_the_jacket_that_the_documents_name_is_as_they_say() -> None:
    (jacket,) = [row for row in PRODUCTS if row["sku"] == "JKT-105"]
    wanted = {"color": "黑色", "color_en": "black", "price": "404.00", "stock": "15", "location": "A5"}
    assert {column: jacket[column] for column in wanted} == wanted


def test_pictures_are_exactly_those_that_the_products_name() -> None:
    assert {row["image"] for row in PRODUCTS} == {file.name for file in (SAMPLE / "pictures").iterdir()}
    assert sum(file.stat().st_size for file in (SAMPLE / "pictures").iterdir()) < 1_000_000


@pytest.mark.parametrize("folder", [SAMPLE / "pictures", RESOURCES / "icons"], ids=["pictures", "icons"])
def test_drawings_use_only_what_every_svg_renderer_paints(folder: Path) -> None:
    known = {SVG + name for name in ("svg", "g", "path", "rect", "circle", "ellipse")}
    for file in folder.glob("*.svg"):
        root = ElementTree.parse(file).getroot()
        assert {element.tag for element in root.iter()} <= known, file.name
        assert root.get("viewBox"), file.name


def test_pictures_and_icons_paint_something() -> None:
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    for file in [*(SAMPLE / "pictures").glob("*.svg"), *(RESOURCES / "icons").glob("*.svg")]:
        image = QImage(20, 20, QImage.Format.Format_ARGB32)
        image.fill(0)
        renderer = QSvgRenderer(str(file))
        assert renderer.isValid(), file.name
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        assert any(image.pixelColor(x, y).alpha() > 100 for x in range(20) for y in range(20)), file.name


def test_drawing_the_pictures_again_changes_nothing(tmp_path: Path) -> None:
    from tools.draw_pictures import pictures_of, write_pictures

    write_pictures(tmp_path, pictures_of(SAMPLE / "products.csv"))
    for file in (SAMPLE / "pictures").iterdir():
        assert (tmp_path / file.name).read_text(encoding="utf-8") == file.read_text(encoding="utf-8"), file.name


def test_the_app_icon_file_holds_the_usual_sizes() -> None:
    data = (RESOURCES / "icons" / "shopdesk.ico").read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", data)
    sizes = {data[6 + 16 * place] or 256 for place in range(count)}
    assert (reserved, kind) == (0, 1) and sizes >= {16, 32, 48, 256}
    for place in range(count):
        length, offset = struct.unpack_from("<II", data, 6 + 16 * place + 8)
        assert data[offset : offset + 8] == b"\x89PNG\r\n\x1a\n" and offset + length <= len(data)


def test_every_policy_stands_in_both_languages() -> None:
    languages = Counter((row["key"], row["language"]) for row in POLICIES)
    keys = {row["key"] for row in POLICIES}
    assert len(keys) == 12 and languages == Counter({(key, language): 1 for key in keys for language in ("zh", "en")})
    for row in POLICIES:
        assert has_han(row["title"] + row["body"]) == (row["language"] == "zh")
        assert 3 <= len(re.findall(r"[。]|\.(?=\s|$)", row["body"])) <= 8, row["key"]


def test_both_languages_of_a_policy_state_the_same_figures() -> None:
    bodies = {(row["key"], row["language"]): row["body"] for row in POLICIES}
    month = {"December": "12"}
    for key, language in bodies:
        if language == "zh":
            english = re.sub("|".join(month), lambda found: month[found[0]], bodies[key, "en"])
            chinese = re.sub(r"(\d\d) 折", lambda found: f"{100 - int(found[1])}", bodies[key, "zh"])
            assert numbers_of(chinese) == numbers_of(english), key


def test_promotions_have_dates_in_order_and_both_languages() -> None:
    assert 8 <= len(PROMOTIONS) <= 10 and len({row["code"] for row in PROMOTIONS}) == len(PROMOTIONS)
    for row in PROMOTIONS:
        assert date.fromisoformat(row["starts"]) <= date.fromisoformat(row["ends"]), row["code"]
        assert re.fullmatch(r"\d+\.\d\d|\d+%|", row["discount"]) and re.fullmatch(r"\d+\.\d\d|", row["threshold"])
        for column in ("title", "scope", "body"):
            assert has_han(row[column]) and row[f"{column}_en"] and not has_han(row[f"{column}_en"]), row["code"]


def test_one_promotion_is_over_one_is_to_come_and_the_others_run() -> None:
    today = "2026-11-21"
    assert [row["code"] for row in PROMOTIONS if row["ends"] < today] == ["SUMMER26"]
    assert [row["code"] for row in PROMOTIONS if row["starts"] > today] == ["SPRING27"]


@pytest.mark.parametrize("row", ORDERS, ids=lambda row: row["number"])
def test_order_adds_up_and_names_real_goods_and_promotions(row: dict[str, str]) -> None:
    skus = {product["sku"]: product for product in PRODUCTS}
    promotions = {promotion["code"]: promotion for promotion in PROMOTIONS}
    placed = datetime.fromisoformat(row["placed_at"])
    assert placed.tzinfo is not None and placed.strftime("%Y%m%d") in row["number"]
    if row["expected_at"]:
        assert date.fromisoformat(row["expected_at"]) >= placed.date()
    total = Decimal(0)
    for line in json.loads(row["lines"]):
        total += Decimal(line["price"]) * line.get("quantity", 1)
        if "sku" in line:
            assert line["name"] == skus[line["sku"]]["name"]
            assert line["sku"] in row["lines_en"]
        else:
            promotion = promotions[line["code"]]
            assert promotion["starts"] <= placed.date().isoformat() <= promotion["ends"]
            assert promotion["title"] == line["name"] and promotion["title_en"] in row["lines_en"]
    assert total == Decimal(row["total"])
    assert bool(row["carrier"]) == bool(row["carrier_en"]) and has_han(row["status"]) and row["status_en"].isascii()


def test_order_and_tracking_numbers_are_unique() -> None:
    for column in ("number", "tracking"):
        values = [row[column] for row in ORDERS if row[column]]
        assert len(values) == len(set(values))


def test_the_shop_says_its_name_in_both_languages() -> None:
    shop = json.loads((SAMPLE / "shop.json").read_text(encoding="utf-8"))
    assert has_han(shop["name"]) and shop["name_en"].strip() and not has_han(shop["name_en"])
    assert shop["currency"] == "CNY"


def test_the_store_takes_every_row_without_a_doubt(tmp_path: Path) -> None:
    store = open_store(tmp_path / "shop.db")
    try:
        for name, rows in (
            ("products", PRODUCTS),
            ("policies", POLICIES),
            ("promotions", PROMOTIONS),
            ("orders", ORDERS),
        ):
            report = store.importer.plan(SAMPLE / f"{name}.csv").to_json()
            assert (report["kind"], report["new"]) == (name, len(rows))
            assert (report["rejected"], report["suspicious"]) == (0, [])
        store.load_sample(SAMPLE)
        (jacket,) = store.catalogue.by_code("JKT-105")
        assert jacket.sample and jacket.fields["price"] == "404.00" and jacket.fields["stock"] == 15
    finally:
        store.close()
