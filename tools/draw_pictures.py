"""Draw the sample shop's product pictures and the icon files made from the app icon.

    .venv/bin/python -m tools.draw_pictures [--sheet build/pictures.png]

Writes one SVG for every file named in the `image` column of resources/sample/products.csv, in the
colour family of that row, and resources/icons/shopdesk.png and shopdesk.ico from shopdesk.svg.
`--sheet` also paints all pictures at 64 and 128 pixels on one PNG, to be looked at.
"""

from __future__ import annotations

import argparse
import csv
import os
import struct
from collections.abc import Mapping
from pathlib import Path

from tools.pictures import camp, kitchen, sundries, wear
from tools.pictures.notation import PALETTES, svg

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
SHAPES = {**wear.SHAPES, **camp.SHAPES, **kitchen.SHAPES, **sundries.SHAPES}

SHAPE_OF_GROUP: Mapping[str, str] = {
    "JF2": "running_shoe", "JFT": "trail_shoe", "JFW": "running_shoe", "LQB": "hiking_boot", "LQL": "low_hiker",
    "SND-310": "sandal", "SLP-021": "slippers", "BTW-118": "snow_boot",
    "JKT-105": "soft_jacket", "JKT-210": "shell_jacket", "JKT-230": "light_jacket", "DWN-300": "down_jacket",
    "DWN-360": "parka", "VST-044": "vest", "FLC-120": "fleece", "FLC-155": "sherpa", "RNC-080": "raincoat",
    "TRS-200": "trousers", "TRS-225": "zip_trousers", "SRT-060": "shorts", "TEE-015": "tshirt",
    "TEE-032": "print_tshirt", "BSL-070": "base_layer", "SOC-011": "hiking_socks", "SOC-024": "ankle_socks",
    "SOC-040": "snow_socks", "CAP-007": "cap", "CAP-019": "sun_hat", "BEN-003": "beanie", "GLV-050": "gloves",
    "GLV-088": "ski_gloves", "SCF-012": "scarf", "BUF-005": "neck_tube",
    "TNT-201": "dome_tent", "TNT-305": "family_tent", "TNT-102": "solo_tent", "TRP-060": "tarp",
    "SLB-010": "mummy_bag", "SLB-022": "envelope_bag", "MAT-030": "air_mat", "MAT-008": "foam_mat",
    "PLW-002": "pillow", "HMK-014": "hammock", "CHR-100": "moon_chair", "CHR-115": "arm_chair",
    "TBL-060": "roll_table", "WGN-001": "wagon", "PCK-240": "daypack", "PCK-450": "trek_pack",
    "PCK-120": "trail_vest", "BAG-033": "duffel", "BAG-041": "sling", "BAG-052": "waist_belt", "BAG-060": "tote",
    "BAG-071": "dry_bag", "BAG-080": "wash_bag", "BAG-095": "cooler",
    "BTL-500": "vacuum_bottle", "BTL-750": "sports_bottle", "BTL-120": "flask", "BTL-200": "bladder",
    "BTL-060": "filter_straw", "CUP-300": "enamel_mug", "CUP-450": "titanium_mug", "CUP-380": "tumbler",
    "CUP-210": "folding_cup", "CUP-160": "tea_set", "POT-020": "cookset", "POT-031": "skillet", "POT-044": "kettle",
    "STV-110": "canister_stove", "STV-150": "gas_hob", "GAS-230": "gas_canister", "GRL-005": "fire_pit",
    "CUT-003": "cutlery", "BOX-012": "bento", "LMP-301": "lantern", "LMP-210": "headlamp", "LMP-220": "torch",
    "LMP-080": "string_lights", "LMP-055": "candle", "PWR-010": "power_bank",
    "POL-120": "pole_pair", "POL-080": "pole_single", "KNF-006": "multi_tool", "ROP-020": "guy_line",
    "CRB-002": "carabiner", "CMP-004": "compass", "FAK-015": "first_aid", "BIN-042": "binoculars",
    "SGL-030": "sunglasses", "UMB-009": "umbrella", "RNC-015": "rain_cover", "TWL-040": "towel",
    "CAR-010": "spray_bottle", "CAR-022": "wash_bottle", "CAR-031": "repellent",
    "KID-210": "kids_jacket", "KID-140": "kids_shoe", "KID-020": "wellies", "KID-310": "kids_pack",
    "KID-350": "straw_bottle", "KID-401": "nature_kit", "KID-420": "kite", "KID-450": "whistle",
    "KID-500": "plush_badger", "TEA-101": "tea_tin", "TEA-115": "tea_tin", "TEA-122": "tea_balls",
    "TEA-130": "tea_box", "TEA-145": "pouch", "TEA-160": "coffee_bags", "SNK-201": "nut_box",
    "SNK-212": "energy_bar", "SNK-225": "jerky", "SNK-238": "berries", "SNK-244": "honey", "SNK-250": "meal_box",
    "GFT-100": "gift_card", "GFT-110": "gift_box", "GFT-120": "crate", "GFT-130": "notebook", "GFT-140": "blanket",
    "GFT-150": "key_ring", "GFT-160": "basket",
}  # fmt: skip

COLOR_OF_PLAIN: Mapping[str, str] = {
    "BTL-060": "teal", "GAS-230": "red", "LMP-055": "yellow", "CAR-010": "blue", "CAR-022": "purple",
    "CAR-031": "green", "KID-401": "green", "TEA-101": "green", "TEA-115": "red", "TEA-122": "orange",
    "TEA-130": "yellow", "TEA-145": "khaki", "TEA-160": "brown", "SNK-201": "brown", "SNK-225": "red",
    "SNK-238": "pink", "SNK-244": "yellow", "SNK-250": "red", "GFT-100": "beige", "GFT-110": "red",
    "GFT-120": "green",
}  # fmt: skip
"""The colour family of goods that the shop lists without a colour."""

ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)


def pictures_of(products: Path) -> dict[str, tuple[str, str]]:
    """Image file name → (shape, colour family) for every image that the product file names.

    Raises KeyError where a product has no shape, or neither a colour nor a colour in its file name.
    """
    wanted: dict[str, tuple[str, str]] = {}
    with products.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ending = row["image"].removesuffix(".svg").rpartition("-")[2]
            color = row["color_en"] or (ending if ending in PALETTES else COLOR_OF_PLAIN[row["group"]])
            wanted[row["image"]] = (SHAPE_OF_GROUP[row["group"]], color)
    return wanted


def write_pictures(folder: Path, wanted: Mapping[str, tuple[str, str]]) -> None:
    """Write every wanted picture into `folder` and remove pictures that no product names any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        if old.name not in wanted:
            old.unlink()
    for name, (shape, color) in wanted.items():
        (folder / name).write_text(svg(SHAPES[shape], PALETTES[color]), encoding="utf-8")


def _png(source: Path, size: int) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"PNG")).write(image):
        raise RuntimeError(f"{source.name} cannot be written as PNG")
    return bytes(buffer.data().data())


def write_app_icon(folder: Path) -> None:
    """Write shopdesk.png (256 pixels) and shopdesk.ico (all of ICON_SIZES, as PNG entries) from shopdesk.svg."""
    images = [_png(folder / "shopdesk.svg", size) for size in ICON_SIZES]
    (folder / "shopdesk.png").write_bytes(images[-1])
    offset = 6 + 16 * len(images)
    entries = b""
    for size, image in zip(ICON_SIZES, images, strict=True):
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    (folder / "shopdesk.ico").write_bytes(struct.pack("<HHH", 0, 1, len(images)) + entries + b"".join(images))


def write_sheet(folder: Path, target: Path, columns: int = 14) -> None:
    """Paint all SVG files of `folder`, each at 128 pixels with its 64-pixel self in the corner below, on one PNG."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    files = sorted(folder.glob("*.svg"))
    cell, rows = 140, -(-len(files) // columns)
    image = QImage(columns * cell, rows * (cell + 70), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    for place, file in enumerate(files):
        x, y = place % columns * cell + 6, place // columns * (cell + 70) + 6
        renderer = QSvgRenderer(str(file))
        renderer.render(painter, QRectF(x, y, 128, 128))
        renderer.render(painter, QRectF(x, y + 134, 64, 64))
        painter.drawText(x + 68, y + 160, file.stem[:9])
    painter.end()
    target.parent.mkdir(parents=True, exist_ok=True)
    image.save(str(target))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sheet", type=Path, help="also write a contact sheet to this PNG file")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    pictures = RESOURCES / "sample" / "pictures"
    wanted = pictures_of(RESOURCES / "sample" / "products.csv")
    write_pictures(pictures, wanted)
    if (RESOURCES / "icons" / "shopdesk.svg").exists():
        write_app_icon(RESOURCES / "icons")
    if options.sheet:
        write_sheet(pictures, options.sheet)
    print(f"{len(wanted)} pictures in {pictures}")
    application.quit()


if __name__ == "__main__":
    main()
