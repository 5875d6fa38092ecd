"""A home with the sample shop, to make a model from where there is no shop yet."""

from __future__ import annotations

from pathlib import Path

from shopdesk.app import open_app
from shopdesk.core.errors import StoreError
from tools.errors import ToolError


def sample_home(folder: Path) -> Path:
    """`folder` as a home with the sample shop in it. Raises ToolError where it cannot be made."""
    try:
        open_app(folder).close()
    except (StoreError, OSError) as fault:
        raise ToolError(f"the sample shop cannot be put into {folder} ({fault}); choose another --out.") from fault
    return folder
