"""The shop's name, as it stands over the chat."""

from __future__ import annotations

import json
import logging

from shopdesk.gui.look import Look
from shopdesk.gui.ports import AppLike

log = logging.getLogger(__name__)

SHOP_NAME = "shop_name"
"""The setting that holds it."""


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
