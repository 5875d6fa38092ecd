"""The shelf of model files: the ones that ship with ShopDesk and the ones in the user's home."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from shopdesk.core.errors import EngineError
from shopdesk.core.types import ModelManifest
from shopdesk.engine.checking import sha256_of
from shopdesk.engine.embedding import embeds
from shopdesk.engine.gguf import GgufHead, read_head
from shopdesk.engine.hardware import available_memory
from shopdesk.engine.packages import COMPANIONS, Report, opened_package, report_beside
from shopdesk.engine.pulling import PRESETS, Told, Wanted, pull

_MAX_DEFAULT_CONTEXT = 8192


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model on the shelf. `size` in bytes; `problem` says why it cannot be used, if so.

    `report` tells how it was made and how it did, where its manifest says so.
    """

    name: str
    path: Path
    manifest: ModelManifest
    bundled: bool
    size: int
    problem: EngineError | None = None
    report: Report = field(default_factory=Report)
    embeds: bool = False
    """Whether it is made for the search by meaning and not for answers."""

    @property
    def card(self) -> str:
        """What the model is and is not, as Markdown; "" where no card lies beside it."""
        try:
            return self.path.with_suffix(".md").read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""

    def goes_by(self, name: object) -> bool:
        """Whether `name`, in any case, is its name or that of its file."""
        return str(name).casefold() in _names_of(self)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "path": str(self.path), "bundled": self.bundled, "size": self.size,
            "license": self.manifest.license, "context": self.manifest.context,
            "description": self.manifest.description, "for_search": self.embeds,
            "problem": self.problem.text("en") if self.problem else None,
            **self.report.to_json(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verified:
    """The file's own SHA-256, and the one its manifest promises ("" when it promises none)."""

    entry: ModelEntry
    sha256: str
    expected: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A model that `pull` knows by name. `size` of the file and `memory` to run it in bytes, about."""

    name: str
    size: int
    memory: int
    fits: bool
    """Whether this machine has so much memory free just now."""
    license: str


class ModelShelf:
    """GGUF files in two folders: `bundled` is read only, `home` is the user's. Neither need exist."""

    def __init__(self, bundled: Path, home: Path) -> None:
        self._bundled, self._home = Path(bundled), Path(home)

    def list(self) -> list[ModelEntry]:
        """Bundled ones first, then by name. Broken files are listed with their `problem`."""
        return [*self._entries(self._bundled, bundled=True), *self._entries(self._home, bundled=False)]

    def default(self) -> ModelEntry:
        """The first model that can answer. Raises EngineError("model_none")."""
        for entry in self.list():
            if entry.problem is None and not entry.embeds:
                return entry
        raise EngineError("model_none")

    def find(self, name_or_path: str | Path) -> ModelEntry:
        """By name (any case), by file name, or by path. Raises EngineError: model_unknown, or what is wrong with it."""
        wanted = str(name_or_path)
        entry = next((e for e in self.list() if wanted.casefold() in _names_of(e)), None)
        if entry is None:
            path = Path(wanted).expanduser()
            if not _looks_like_path(wanted) and not path.is_file():
                known = ", ".join(e.name for e in self.list())
                raise EngineError("model_unknown", name=wanted, known=known or "-")
            entry = _entry_of(path, bundled=_is_within(path, self._bundled))
        if entry.problem is not None:
            raise entry.problem
        return entry

    def add(self, file: Path, told: Told = lambda there, size: None) -> ModelEntry:
        """Copy a GGUF with the manifest and card beside it, or a package (folder or zip), into the home.

        `told` hears of each megabyte; what it raises ends the copying, and nothing of it is left.
        Raises EngineError: what is wrong with the file, model_package, model_checksum, model_parity,
        model_name_taken, model_no_space, model_unwritable.
        """
        with opened_package(Path(file)) as package:
            if package.path is not None:  # what lies open is looked at before it is copied
                self._refuse(_entry_of(package.path, bundled=False))
            # beside the shelf's own files, so that a copy that was cut short never counts as a model
            draft = self._home / ".adding"
            try:
                shutil.rmtree(draft, ignore_errors=True)
                draft.mkdir(parents=True)
                if shutil.disk_usage(self._home).free < package.size:
                    raise EngineError("model_no_space", path=self._home, megabytes=-(-package.size >> 20))
                self._place(package.copy(draft, told))
            except OSError as fault:
                raise EngineError("model_unwritable", path=self._home, detail=str(fault)) from fault
            finally:
                shutil.rmtree(draft, ignore_errors=True)
        return _entry_of(self._home / package.name, bundled=False)

    def offered(self) -> tuple[Offered, ...]:
        """The models that :meth:`pull` knows by name."""
        free = available_memory()
        return tuple(
            Offered(
                f"{preset.name}:{kind.lower()}", size, preset.memory(kind), preset.memory(kind) <= free, preset.license
            )
            for preset in PRESETS.values()
            for kind, size in preset.bytes.items()
        )

    def pull(self, name: str, told: Told, *, endpoint: str | None = None) -> ModelEntry:
        """Fetch a model from a hub; see :mod:`shopdesk.engine.pulling`.

        Raises EngineError as `pulling.pull` and :meth:`add` do, and model_pull_name.
        """
        wanted = Wanted.of(name)
        folder = self._home / ".pulling" / wanted.repository.replace("/", "--")
        if any(Path(wanted.file).stem.casefold() in _names_of(entry) for entry in self.list()):
            raise EngineError("model_name_taken", name=Path(wanted.file).stem)
        model = pull(wanted, folder, told, endpoint=endpoint)
        try:
            placed = self._place(model)
        except OSError as fault:
            raise EngineError("model_unwritable", path=self._home, detail=str(fault)) from fault
        shutil.rmtree(folder, ignore_errors=True)
        return placed

    def _place(self, model: Path) -> ModelEntry:
        """Put a model that lies in a folder within the home, with what goes with it, among the others."""
        entry = _entry_of(model, bundled=False)
        self._refuse(entry)
        _check_sum(entry)
        for suffix in (*COMPANIONS, ".gguf"):
            if model.with_suffix(suffix).is_file():
                model.with_suffix(suffix).replace(self._home / model.with_suffix(suffix).name)
        return _entry_of(self._home / model.name, bundled=False)

    def _refuse(self, entry: ModelEntry) -> None:
        """Raises EngineError where `entry` cannot be used, did not pass its parity check, or has a taken name."""
        if entry.problem is not None:
            raise entry.problem
        if entry.report.parity is False:
            raise EngineError("model_parity", name=entry.name, detail="; ".join(entry.report.causes))
        if any(set(_names_of(entry)) & set(_names_of(other)) for other in self.list()):
            raise EngineError("model_name_taken", name=entry.name)

    def remove(self, name: str) -> ModelEntry:
        """Delete a model from the home. Raises EngineError: model_unknown, model_bundled, model_unwritable."""
        entry = next((e for e in self.list() if str(name).casefold() in _names_of(e)), None)
        if entry is None:
            raise EngineError("model_unknown", name=name, known=", ".join(e.name for e in self.list()) or "-")
        if entry.bundled:
            raise EngineError("model_bundled", name=entry.name)
        try:
            entry.path.unlink()
            for suffix in COMPANIONS:
                entry.path.with_suffix(suffix).unlink(missing_ok=True)
        except OSError as fault:
            raise EngineError("model_unwritable", path=entry.path, detail=str(fault)) from fault
        return entry

    def verify(self, name_or_path: str | Path) -> Verified:
        """Read the whole file and compare it with its manifest. Raises EngineError("model_checksum")."""
        return _check_sum(self.find(name_or_path))

    def _entries(self, folder: Path, *, bundled: bool) -> Iterator[ModelEntry]:
        try:
            files = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".gguf")
        except OSError:
            return
        for file in files:
            yield _entry_of(file, bundled=bundled)


def manifest_path(model: Path) -> Path:
    return model.with_suffix(".json")


def read_manifest(model: Path) -> ModelManifest:
    """From `<stem>.json`, or from what the GGUF says of itself. Raises EngineError as `read_head` does,
    model_not_chat where the file is no language model, and model_manifest."""
    head = _head(model)
    if not head.metadata.get("tokenizer.ggml.model"):
        raise EngineError("model_not_chat", path=model, detail=head.architecture)
    file = manifest_path(model)
    if not file.is_file():
        return _manifest_from(head, model)
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
        return _manifest_of(body, model)
    except (OSError, ValueError, TypeError) as fault:
        raise EngineError("model_manifest", path=file, detail=str(fault)) from fault


def write_manifest(model: Path, manifest: ModelManifest) -> Path:
    """Put `manifest` beside the model file; the path written."""
    file = manifest_path(model)
    file.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file


def _check_sum(entry: ModelEntry) -> Verified:
    """Raises EngineError("model_checksum")."""
    found, expected = sha256_of(entry.path), entry.manifest.sha256.lower()
    if expected and found != expected:
        raise EngineError("model_checksum", name=entry.name, detail=f"{found}, not {expected}")
    return Verified(entry, found, expected)


def _manifest_of(body: object, model: Path) -> ModelManifest:
    if not isinstance(body, dict):
        raise TypeError("not a JSON object")
    defaults = ModelManifest(name=model.stem, file=model.name)
    values: dict[str, Any] = {"name": model.stem, "file": model.name}
    for key in (known.name for known in fields(ModelManifest)):
        if key not in body:
            continue
        value, usual = body[key], getattr(defaults, key)
        if isinstance(usual, tuple) and isinstance(value, list) and all(isinstance(part, str) for part in value):
            value = tuple(value)
        if type(value) is not type(usual):
            raise TypeError(f"{key}: {value!r}")
        values[key] = value
    if values.get("prose", "free") not in ("quote", "free"):
        raise TypeError(f"prose: {values['prose']!r}")
    if not 0 < values.get("context", 1) < 1 << 24:
        raise TypeError(f"context: {values['context']!r}")
    return ModelManifest(**{**values, "file": model.name})


def _manifest_from(head: GgufHead, model: Path) -> ModelManifest:
    context = min(head.trained_context or 4096, _MAX_DEFAULT_CONTEXT)
    name, license = head.metadata.get("general.name"), head.metadata.get("general.license")
    return ModelManifest(
        name=name if isinstance(name, str) and name.strip() else model.stem,
        file=model.name,
        context=context,
        license=license if isinstance(license, str) else "",
    )


def _entry_of(path: Path, *, bundled: bool) -> ModelEntry:
    problem, for_search = None, False
    try:
        manifest, for_search = read_manifest(path), embeds(_head(path))
    except EngineError as fault:
        problem, manifest = fault, ModelManifest(name=path.stem, file=path.name)
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    return ModelEntry(manifest.name, path, manifest, bundled, size, problem, report_beside(path), for_search)


def _head(path: Path) -> GgufHead:
    try:
        status = path.stat()
    except OSError:
        return read_head(path)
    return _read_head_once(path, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _read_head_once(path: Path, size: int, changed: int) -> GgufHead:
    """A large model's head takes a tenth of a second to walk; it is the same until the file changes."""
    return read_head(path)


def _names_of(entry: ModelEntry) -> tuple[str, ...]:
    return entry.name.casefold(), entry.path.stem.casefold(), entry.path.name.casefold()


def _looks_like_path(text: str) -> bool:
    return text.lower().endswith(".gguf") or "/" in text or os.sep in text


def _is_within(path: Path, folder: Path) -> bool:
    return folder.resolve() in path.resolve().parents
