"""What the admin pages show of each kind: the columns of the table, the shape of the form, the icon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shopdesk.gui.wording import translate


@dataclass(frozen=True, slots=True)
class KindView:
    """`columns` of the table with their widths in px (the first of width 0 takes what is left); `prose`: fields
    of several lines; `markdown`: the one with a preview; `choices`: fields with usual values; `spare`: columns
    that a narrow table leaves out, the first one first, and any table those of them that no row fills."""

    icon: str
    columns: tuple[tuple[str, int], ...]
    prose: tuple[str, ...] = ()
    markdown: str = ""
    choices: Mapping[str, tuple[str, ...]] | None = None
    spare: tuple[str, ...] = ()


_LANGUAGES = {"language": ("", "zh", "en")}
_CURRENCY = ("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "KRW")
_PROMOTION_TYPES = (
    "", "full_reduction", "percentage", "amount_off", "special_price", "coupon", "bundle", "ladder", "gift",
    "member_day",
)  # fmt: skip
KINDS: Mapping[str, KindView] = {
    "products": KindView(
        "box",
        (
            ("key", 130), ("title", 0), ("color", 80), ("size", 70), ("price", 90), ("stock", 90), ("location", 70),
            ("as_of", 100),
        ),
        prose=("description",),
        choices={"currency": _CURRENCY, "available": ("", "yes", "no")}, spare=("color", "size", "location"),
    ),
    "policies": KindView(
        "policy", (("title", 0), ("topic", 100), ("language", 80), ("as_of", 100)),
        markdown="body", choices=_LANGUAGES, spare=("topic", "language"),
    ),
    "promotions": KindView(
        "promo", (("key", 120), ("title", 0), ("type", 100), ("starts", 100), ("ends", 100), ("as_of", 100)),
        prose=("body",), choices={"currency": _CURRENCY, "type": _PROMOTION_TYPES}, spare=("type", "as_of"),
    ),
    "orders": KindView(
        "order",
        (
            ("key", 130), ("status", 140), ("placed_at", 110), ("total", 90), ("carrier", 110), ("tracking", 140),
            ("customer", 0), ("as_of", 100),
        ),
        prose=("lines",), choices={"currency": _CURRENCY}, spare=("placed_at", "carrier", "tracking"),
    ),
    "answers": KindView(
        "chat", (("title", 0), ("answer", 260), ("language", 80), ("approved_by", 110), ("as_of", 100)),
        prose=("question", "answer"), choices=_LANGUAGES, spare=("answer", "language"),
    ),
    "stores": KindView(
        "pin", (("key", 110), ("title", 160), ("address", 0), ("phone", 130), ("hours", 130), ("as_of", 100)),
        spare=("phone", "hours"),
    ),
    "barcodes": KindView(
        "list", (("key", 150), ("sku", 0), ("unit", 90), ("quantity", 80), ("as_of", 100)),
    ),
}  # fmt: skip


def filter_name(name: str) -> str:
    """The name of a filter as people read it."""
    names = {
        "": translate("Wording", "All rows"), "in_stock": translate("Wording", "In stock"),
        "out_of_stock": translate("Wording", "Out of stock"), "no_price": translate("Wording", "Without a price"),
        "stale": translate("Wording", "Out of date"), "edited": translate("Wording", "Edited by hand"),
        "running": translate("Wording", "Running today"), "coming": translate("Wording", "Not begun yet"),
        "over": translate("Wording", "Over"), "no_tracking": translate("Wording", "Without a tracking number"),
    }  # fmt: skip
    return names.get(name, name)


def choice_name(value: str) -> str:
    """A usual value of a field as people read it."""
    names = {
        "": translate("Wording", "(not said)"), "yes": translate("Wording", "Yes"),
        "no": translate("Wording", "No"), "zh": translate("Wording", "Chinese"),
        "en": translate("Wording", "English"),
        "full_reduction": translate("Wording", "Off from an amount"), "percent_off": translate("Wording", "Percentage"),
        "percentage": translate("Wording", "Percentage"), "amount_off": translate("Wording", "Amount off"),
        "special_price": translate("Wording", "Special price"), "coupon": translate("Wording", "Coupon"),
        "bundle": translate("Wording", "Bundle"), "ladder": translate("Wording", "Steps"),
        "gift": translate("Wording", "Gift"), "member_day": translate("Wording", "Member day"),
    }  # fmt: skip
    return names.get(value, value)
