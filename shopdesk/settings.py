"""The settings of one home: a small JSON file that survives crashes, two programs and later editions."""

from __future__ import annotations

import json
import logging
import os
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shopdesk.core.errors import StoreError

log = logging.getLogger(__name__)

KNOWN: Mapping[str, object] = {
    "embedding_model": None,  # name of a model on the shelf by which the search also goes by meaning
    "engine_token": None,  # what the model server wants to be shown; SHOPDESK_ENGINE_TOKEN comes first
    "engine_url": None,  # base URL of an OpenAI-compatible model server to use in place of the local model
    "font": None,  # a font family of this computer
    "language": None,  # "zh" or "en"; None follows the system
    "model": None,  # name of a model on the shelf; None is the one that comes with the program
    "model_mirror": None,  # address of a mirror of the hub that models are fetched from
    "model_worked": None,  # the chosen model that was last seen to work; the program's own counts always
    "proxy": None,  # for fetching models, where the system's is not to be used
    "read_ahead": "auto",  # "on", "off", or "auto": while a question is typed, unless on battery
    "scale": None,  # how large letters are, 1.0 to 2.0
    "sync_minutes": None,  # how often rows are fetched from `sync_url`
    "sync_token": None,
    "sync_url": None,  # the service of another computer that this one takes its rows from
    "theme": "system",  # "light", "dark", "contrast" or "system"
}


class Settings:
    """Values by name. Reading never fails; a file that is not JSON is kept aside and the defaults hold.

    Names that this edition does not know are kept, so that an older program does not forget what
    a newer one wrote. Safe to use from any thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._values = self._read()

    def get(self, key: str, default: Any = None) -> Any:
        """The value of `key`; else `default`; else what KNOWN says."""
        with self._lock:
            value = self._values.get(key)
        if value is not None:
            return value
        return KNOWN.get(key) if default is None else default

    def set(self, key: str, value: Any) -> None:
        """Change one value on disk. Raises StoreError("settings_unwritable")."""
        with self._lock:
            # Read again: another program on the same home may have changed other values meanwhile.
            values = {**self._read(), key: value}
            self._write(values)
            self._values = values

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self._path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            log.warning("settings cannot be read: %s", error)
            return {}
        except ValueError:
            self._keep_aside()
            return {}
        if not isinstance(values, dict):
            self._keep_aside()
            return {}
        return values

    def _keep_aside(self) -> None:
        aside = self._path.with_name(f"{self._path.name}.broken")
        try:
            self._path.replace(aside)
        except OSError as error:
            log.warning("broken settings cannot be moved aside: %s", error)
        else:
            log.warning("settings were not JSON; kept as %s", aside.name)

    def _write(self, values: Mapping[str, Any]) -> None:
        """Write beside the file and put it in place in one step, so that a crash leaves the old one."""
        text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        try:
            handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f"{self._path.name}.")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    file.write(text)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(self._path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise StoreError("settings_unwritable", path=self._path, detail=str(error)) from error
