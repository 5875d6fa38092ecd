"""The shop's own look: its name, logo, accent colour, greeting and quick questions."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shopdesk.gui.look import Look
from shopdesk.gui.ports import AppLike, StoreLike

log = logging.getLogger(__name__)

SHOP_NAME, GREETING, ACCENT, LOGO, CHIPS = "shop_name", "shop_greeting", "shop_accent", "shop_logo", "shop_chips"
"""The settings that hold it."""
MOST_CHIPS = 8
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Chip:
    """A quick question: what stands on the button, and what is put into the composer, `|` where words are missing."""

    name: str
    question: str


def shop_name(app: AppLike, look: Look, sample: bool) -> str:
    """The name the user gave; else that of the sample shop while its rows are there; else the program's."""
    given = str(app.settings.get(SHOP_NAME) or "").strip()
    if given:
        return given
    if sample:
        try:
            shop = json.loads((look.resources / "sample" / "shop.json").read_text(encoding="utf-8"))
            return str(shop["name" if look.language == "zh" else "name_en"])
        except (OSError, ValueError, KeyError) as error:
            log.warning("the sample shop has no name: %s", error)
    return "ShopDesk"


def last_import(store: StoreLike) -> str:
    """When rows last came in (ISO time), or "" if never. Reads the store: not for the GUI thread."""
    return max((str(b.imported_at) for b in store.importer.batches() if b.undone_at is None), default="")


def chips_of(app: AppLike) -> list[Chip]:
    """The quick questions that the shop defined; none where it did not."""
    kept = app.settings.get(CHIPS)
    if not isinstance(kept, list):
        return []
    return [
        Chip(str(item["name"]), str(item["question"]))
        for item in kept
        if isinstance(item, dict) and item.get("name") and item.get("question")
    ][:MOST_CHIPS]


def chips_from(text: str) -> list[Chip]:
    """One quick question a line: `Stock = Is | in stock?`, or the question alone."""
    found = []
    for line in text.splitlines():
        name, mark, question = line.partition("=")
        question = question.strip() if mark else line.strip()
        name = name.strip() if mark else question.replace("|", "…")
        if question and name:
            found.append(Chip(name[:_LONGEST_NAME], question))
    return found[:MOST_CHIPS]


def chips_text(chips: Sequence[Chip]) -> str:
    """The inverse of :func:`chips_from`."""
    return "\n".join(f"{chip.name} = {chip.question}" for chip in chips)


def chips_json(chips: Sequence[Chip]) -> list[dict[str, str]]:
    return [{"name": chip.name, "question": chip.question} for chip in chips]


def logo_of(app: AppLike) -> Path | None:
    """The file of the shop's logo in its home; None where there is none."""
    name = app.settings.get(LOGO)
    if not isinstance(name, str) or not name or Path(name).name != name:
        return None
    path = app.home.root / "pictures" / name
    return path if path.is_file() else None


def keep_logo(app: AppLike, file: Path) -> None:
    """Copy `file` into the home and use it from now on. Raises OSError."""
    folder = app.home.root / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    name = f"shop-logo{file.suffix.lower()}"
    (folder / name).write_bytes(file.read_bytes())
    app.settings.set(LOGO, name)
