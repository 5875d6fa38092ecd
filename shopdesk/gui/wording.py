"""Words that several screens share: errors, times, kinds, routes. Values and field names come from the core."""

from __future__ import annotations

import traceback
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import Language
from shopdesk.core.wording import field_name

translate = QCoreApplication.translate


def error_line(error: BaseException, language: Language) -> tuple[str, str]:
    """(one line for the user, technical details) for either family of errors."""
    details = "".join(traceback.format_exception(error))
    if isinstance(error, UserFacingError):
        try:
            return error.text(language), error.detail
        except (KeyError, IndexError):
            return error.code, details  # a code without words: a fault of ours, and still better than silence
    return translate("Wording", "Something went wrong. The window stays usable."), details


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def field_label(name: str, language: Language) -> str:
    """A field's name as a label stands: `list_price` → `List price` / `原价`."""
    names = {
        "name": translate("Wording", "Name"), "title": translate("Wording", "Title"),
        "key": translate("Wording", "Code"), "code": translate("Wording", "Code"),
        "number": translate("Wording", "Number"), "group": translate("Wording", "Same product"),
        "language": translate("Wording", "Language"), "image": translate("Wording", "Picture"),
        "currency": translate("Wording", "Currency"), "available": translate("Wording", "Available"),
        "name_en": translate("Wording", "English name"), "name_zh": translate("Wording", "Chinese name"),
        "options": translate("Wording", "Options"), "ref": translate("Wording", "Number in the old system"),
        "brand_ref": translate("Wording", "Number of the brand"), "quantity": translate("Wording", "Quantity"),
        "category_ref": translate("Wording", "Number of the category"), "count": translate("Wording", "Pieces"),
        "product": translate("Wording", "Product"), "line_name": translate("Wording", "Item: name"),
        "line_sku": translate("Wording", "Item: code"), "line_quantity": translate("Wording", "Item: quantity"),
        "line_price": translate("Wording", "Item: price"), "line_options": translate("Wording", "Item: options"),
        "address": translate("Wording", "Address"), "phone": translate("Wording", "Phone"),
        "hours": translate("Wording", "Opening hours"), "question": translate("Wording", "Question"),
        "answer": translate("Wording", "Answer"), "source": translate("Wording", "Source"),
        "approved_by": translate("Wording", "Approved by"), "approved_at": translate("Wording", "Approved on"),
        "attribute": translate("Wording", "Attribute"), "value": translate("Wording", "Value"),
        "parent": translate("Wording", "Belongs to"), "as_of": translate("Wording", "As of"),
        "color": translate("Wording", "Colour"),
    }  # fmt: skip
    return names.get(name) or capital(field_name(name, language))


def column_label(name: str, language: Language) -> str:
    """A field's or an attribute's name; the name of an attribute is led by `attributes.`."""
    if not name.startswith("attributes."):
        return field_label(name, language)
    stem, _, suffix = name.removeprefix("attributes.").rpartition("_")
    if stem and suffix in ("en", "zh"):
        said = translate("Wording", "{name} (English)") if suffix == "en" else translate("Wording", "{name} (Chinese)")
        return said.format(name=field_label(stem, language))
    return name.removeprefix("attributes.")


def moment(iso: str) -> datetime | None:
    """The local time of an ISO 8601 text, or None where it is none."""
    try:
        return datetime.fromisoformat(iso).astimezone()
    except (TypeError, ValueError):
        return None


def clock(iso: str, now: datetime | None = None) -> str:
    """A time as people say it: today `14:02`, this year `11-20 14:02`, else `2025-11-20`."""
    time = moment(iso)
    if time is None:
        return iso
    today = (now or datetime.now()).astimezone()
    if time.date() == today.date():
        return time.strftime("%H:%M")
    return time.strftime("%m-%d %H:%M" if time.year == today.year else "%Y-%m-%d")


def minute(iso: str) -> str:
    """A moment as it was written, by the clock of where that was, to the minute: `2025-11-20 14:02`; else the text."""
    return iso[:16].replace("T", " ") if len(iso) > 16 and moment(iso) is not None else iso


def day_group(iso: str, now: datetime | None = None) -> str:
    """The heading under which a conversation of that time stands."""
    time = moment(iso)
    today = (now or datetime.now()).astimezone().date()
    days = (today - time.date()).days if time else 99
    if days <= 0:
        return translate("Wording", "Today")
    if days == 1:
        return translate("Wording", "Yesterday")
    return translate("Wording", "Earlier")


def kind_name(kind: str) -> str:
    """The kind of rows a file holds or a card shows, for people."""
    names = {
        "product": translate("Wording", "Product"), "products": translate("Wording", "Products"),
        "policy": translate("Wording", "Policy"), "policies": translate("Wording", "Policies"),
        "promotion": translate("Wording", "Promotion"), "promotions": translate("Wording", "Promotions"),
        "order": translate("Wording", "Order"), "orders": translate("Wording", "Orders"),
        "store": translate("Wording", "Store"), "stores": translate("Wording", "Stores"),
        "answer": translate("Wording", "Answer"), "answers": translate("Wording", "Answers"),
        "barcode": translate("Wording", "Barcode"), "barcodes": translate("Wording", "Barcodes"),
        "attributes": translate("Wording", "Attributes of products"),
        "term": translate("Wording", "Name for a number"), "lists": translate("Wording", "Names for numbers"),
        "computed": translate("Wording", "Worked out"),
    }  # fmt: skip
    return names.get(kind, kind)


def route_name(route: str) -> str:
    """Where an answer came from, in two or three words."""
    names = {
        "exact": translate("Wording", "from the rows"), "approved": translate("Wording", "approved answer"),
        "cache": translate("Wording", "answered before"), "model": translate("Wording", "written by the model"),
        "refusal": translate("Wording", "nothing found"),
    }  # fmt: skip
    return names.get(route, route)
