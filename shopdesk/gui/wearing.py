"""The look as the settings of this home have it."""

from __future__ import annotations

from shopdesk.gui import shop
from shopdesk.gui.look import Look
from shopdesk.gui.ports import AppLike


def wear(look: Look, app: AppLike) -> None:
    """Theme, accent, size and font at once; nothing happens where none of them is another."""
    settings = app.settings
    scale = settings.get("scale")
    look.wear(
        str(settings.get("theme", "system")),
        str(settings.get(shop.ACCENT) or ""),
        float(scale) if isinstance(scale, int | float) else 1.0,
        str(settings.get("font") or ""),
    )
