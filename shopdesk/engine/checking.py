"""Model files are held to the checksum that their manifest promises, once for each file as it lies there."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path

from shopdesk.core.errors import EngineError
from shopdesk.core.types import ModelManifest

_CHUNK = 1 << 20


def sha256_of(path: Path) -> str:
    """Hex digest of a file. Raises EngineError("model_unreadable")."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as fault:
        raise EngineError("model_unreadable", path=path, detail=str(fault)) from fault
    return digest.hexdigest()


def checked_once(model: Path, manifest: ModelManifest, notes: Path) -> None:
    """Read the whole file unless it was found right before and has not changed since; `notes` remembers that.

    A manifest without a checksum promises nothing. Raises EngineError: model_checksum, model_unreadable.
    """
    expected = manifest.sha256.lower()
    if not expected:
        return
    status = model.stat()
    seen = [status.st_size, status.st_mtime_ns, expected]
    known = _read(notes)
    place = str(model.resolve())
    if known.get(place) == seen:
        return
    found = sha256_of(model)
    if found != expected:
        raise EngineError("model_checksum", name=manifest.name, detail=f"{found}, not {expected}")
    known[place] = seen
    part = notes.with_name(f"{notes.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        notes.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(known, indent=1), encoding="utf-8")
        part.replace(notes)


def _read(notes: Path) -> dict[str, object]:
    try:
        known = json.loads(notes.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
