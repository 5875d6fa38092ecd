"""Where things lie: the home folder of one shop, and the resources that come with the program."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from shopdesk.core.errors import StoreError

HOME_VARIABLE = "SHOPDESK_HOME"


@dataclass(frozen=True, slots=True)
class Home:
    """The one folder with database, models, settings and logs."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "shop.db"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def log_file(self) -> Path:
        return self.logs / "shopdesk.log"

    @property
    def settings(self) -> Path:
        return self.root / "settings.json"

    def create(self) -> None:
        """Make the folder. Raises StoreError("home_unusable") where that is not possible."""
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("home_unusable", path=self.root, detail=str(error)) from error


def find_home(chosen: str | Path | None = None) -> Home:
    """The chosen folder, else the one that SHOPDESK_HOME names, else the usual place of this system."""
    folder = chosen or os.environ.get(HOME_VARIABLE) or _usual_home()
    return Home(Path(folder).expanduser().absolute())


def _usual_home() -> Path:
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "ShopDesk"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "ShopDesk"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "shopdesk"


def resources() -> Path:
    """The folder `resources`: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent
    checkout = package.parent / "resources"
    return checkout if (package.parent / "pyproject.toml").is_file() else package / "_resources"
