"""A model as it is published: the GGUF file with its manifest, its card and the report of its making.

It lies in a folder, or packed in one zip file; a lone GGUF file with or without its manifest counts as well. The
manifest is JSON; what the app does not need to run the model stands there under "report".
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from shopdesk.core.errors import EngineError
from shopdesk.engine.pulling import Told

COMPANIONS = (".json", ".md")
"""What goes with a model file of the same stem: the manifest and the card."""
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Report:
    """How a model was made and how it did. Shares from 0 to 1; None and "" where the manifest does not say.

    `parity`: whether the file was found to answer as the model it was made from, `causes` why not. `body` is the
    whole report, for who wants more.
    """

    base_model: str = ""
    made: str = ""
    exam_exact: float | None = None
    exam_questions: int = 0
    parity: bool | None = None
    causes: tuple[str, ...] = ()
    body: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        exam = {"exact": self.exam_exact, "questions": self.exam_questions} if self.exam_exact is not None else None
        return {
            "base_model": self.base_model or None, "made": self.made or None, "exam": exam, "parity": self.parity,
        }  # fmt: skip


def report_beside(model: Path) -> Report:
    """From the manifest beside `model`; an empty one where there is none or it says nothing of the kind."""
    try:
        body = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Report()
    report = _part(body, "report")
    exam, parity = _part(report, "exam"), _part(report, "parity")
    exact, questions, passed = exam.get("exact"), exam.get("questions"), parity.get("passed")
    causes = parity.get("causes")
    return Report(
        _text(report, "base_model"), _text(report, "made"),
        float(exact) if isinstance(exact, int | float) else None,
        questions if isinstance(questions, int) else 0,
        passed if isinstance(passed, bool) else None,
        tuple(map(str, causes)) if isinstance(causes, list) else (),
        report,
    )  # fmt: skip


class Package:
    """The files of one model, by suffix. `path` is the model file where it lies open, None where it is packed."""

    def __init__(self, source: Path, files: Mapping[str, Path | zipfile.ZipInfo], archive: zipfile.ZipFile | None):
        self._source, self._files, self._archive = source, files, archive
        model = files[".gguf"]
        self.path = model if isinstance(model, Path) else None
        self.name = PurePosixPath(model.filename).name if isinstance(model, zipfile.ZipInfo) else model.name

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(
            file.file_size if isinstance(file, zipfile.ZipInfo) else file.stat().st_size
            for file in self._files.values()
        )

    def copy(self, folder: Path, told: Told) -> Path:
        """Puts all files into `folder` under the name of the model; the model's place there.

        `told` hears how many bytes of how many are there; what it raises ends the copying. Raises OSError, and
        EngineError("model_package") where the zip file is damaged.
        """
        target, there, size = folder / self.name, 0, self.size
        try:
            for suffix, file in self._files.items():
                with self._open(file) as source, target.with_suffix(suffix).open("wb") as copy:
                    while part := source.read(_AT_ONCE):
                        copy.write(part)
                        there += len(part)
                        told(there, size)
        except (zipfile.BadZipFile, EOFError, NotImplementedError) as fault:
            raise EngineError("model_package", path=self._source, detail=str(fault)) from fault
        return target

    def _open(self, file: Path | zipfile.ZipInfo) -> IO[bytes]:
        if isinstance(file, Path):
            return file.open("rb")
        assert self._archive is not None
        return self._archive.open(file)


@contextmanager
def opened_package(path: Path) -> Iterator[Package]:
    """The package at `path`: a folder, a zip file, or a model file with what lies beside it.

    Raises EngineError: model_missing, model_package, model_unreadable.
    """
    if path.is_dir():
        yield Package(path, _among({file: file.name for file in path.iterdir() if file.is_file()}, path), None)
        return
    if path.suffix.lower() != ".zip":
        beside = {suffix: path.with_suffix(suffix) for suffix in COMPANIONS}
        yield Package(path, {".gguf": path} | {key: file for key, file in beside.items() if file.is_file()}, None)
        return
    if not path.is_file():
        raise EngineError("model_missing", path=path)
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile as fault:
        raise EngineError("model_package", path=path, detail=str(fault)) from fault
    except OSError as fault:
        raise EngineError("model_unreadable", path=path, detail=str(fault)) from fault
    with archive:
        members = {info: PurePosixPath(info.filename).name for info in archive.infolist() if not info.is_dir()}
        yield Package(path, _among(members, path), archive)


def _among(files: Mapping[Any, str], path: Path) -> dict[str, Any]:
    """The one model of a package and its companions, by suffix. Raises EngineError("model_package")."""
    models = [(file, PurePosixPath(name)) for file, name in files.items() if name.lower().endswith(".gguf")]
    if len(models) != 1:
        raise EngineError("model_package", path=path, detail=f"{len(models)} GGUF files")
    file, model = models[0]
    by_name = {name: other for other, name in files.items()}
    found = {suffix: by_name.get(model.stem + suffix) for suffix in COMPANIONS}
    return {".gguf": file} | {suffix: other for suffix, other in found.items() if other is not None}


def _part(body: object, key: str) -> Mapping[str, Any]:
    part = body.get(key) if isinstance(body, dict) else None
    return part if isinstance(part, dict) else {}


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""
