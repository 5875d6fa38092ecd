"""The last step: a model file that passed becomes a package that `shopdesk models add` takes.

NAME.gguf, NAME.json (the manifest, its report included) and NAME.md (the card) in one folder, or in one zip file.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import gguf

from shopdesk.core.types import ModelManifest
from shopdesk.engine.models import read_manifest, sha256_of
from tools.errors import ToolError
from tools.publishing.cards import card_of
from tools.publishing.contents import Contents
from tools.publishing.drafts import drafted
from tools.publishing.needs import check_disk

REPORT_FORMAT = 1
_MEASURES = (
    "rows", "same_tokens", "kl_mean", "kl_p99", "kl_max", "agreement", "raw_agreement", "exact_model", "exact_file",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Packaged:
    """`model` lies in `folder`; `zip` is the same in one file, None where none was wanted."""

    folder: Path
    model: Path
    manifest: ModelManifest
    zip: Path | None


def package(
    model: Path,
    parity: Path,
    exam: Path,
    out: Path,
    *,
    manifest: ModelManifest | None = None,
    notes: str = "",
    zipped: bool = False,
) -> Packaged:
    """Puts the GGUF file `model` with manifest and card into the folder `out`; `zipped`: into OUT.zip as well.

    `manifest` says what the app may ask of it, where the file's own metadata do not suffice (a small model's `words`).
    Raises ToolError where the parity report is of another file or says that it failed, or the exam is of another file:
    then nothing is written.
    """
    contents = Contents(model)
    sha256 = sha256_of(model)
    passed = _passed(_read(parity), parity, model, sha256)
    sat = _sat(_read(exam), exam, model)
    said = _manifest(contents, model, manifest, sha256)
    report = _report(contents, model, passed, sat)
    check_disk(out.parent, model.stat().st_size * (2 if zipped else 1), "the package")
    with drafted(out) as draft:
        draft.mkdir()
        shutil.copyfile(model, draft / model.name)
        body = {**asdict(said), "report": report}
        text = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
        (draft / model.with_suffix(".json").name).write_text(text, encoding="utf-8")
        (draft / model.with_suffix(".md").name).write_text(card_of(said, report, notes), encoding="utf-8")
    archive = _zipped(out) if zipped else None
    return Packaged(out, out / model.name, said, archive)


def _passed(report: Mapping[str, Any], path: Path, model: Path, sha256: str) -> Mapping[str, Any]:
    """What the parity report says of `model`. Raises ToolError unless it passed."""
    verdict = next((file for file in report.get("files", ()) if file.get("sha256") == sha256), None)
    if verdict is None:
        raise ToolError(f"{path} does not speak of {model.name} as it is; hold the file to its model first.")
    if verdict.get("passed") is not True or verdict.get("causes"):
        causes = "; ".join(f"{cause['sort']}: {cause['text']}" for cause in verdict.get("causes", ()))
        raise ToolError(f"{model.name} did not pass parity, nothing is packaged ({causes or 'no cause was found'}).")
    found: Mapping[str, Any] = verdict["measured"]
    return {"passed": True, "causes": [], **{key: found[key] for key in _MEASURES}}


def _sat(report: Mapping[str, Any], path: Path, model: Path) -> Mapping[str, Any]:
    """The exam of `model`: first the sitting as the app uses it. Raises ToolError where there is none."""
    sittings = [sitting for sitting in report.get("sittings", ()) if sitting.get("model") == model.stem]
    if not sittings:
        raise ToolError(f"{path} holds no exam of {model.stem}; let this file sit it first.")
    sittings.sort(key=lambda sitting: sitting["decoding"] != "as used")
    try:
        whole = sittings[0]["groups"]["all: all"]["both"]
        return {
            "decoding": sittings[0]["decoding"], "questions": whole["questions"], "exact": whole["exact"],
            "sittings": [{"decoding": sitting["decoding"], "groups": sitting["groups"]} for sitting in sittings],
        }  # fmt: skip
    except (KeyError, TypeError) as fault:
        raise ToolError(f"{path} is no exam report of this edition (it lacks {fault}); sit the exam anew.") from fault


def _manifest(contents: Contents, model: Path, given: ModelManifest | None, sha256: str) -> ModelManifest:
    metadata = contents.metadata
    told = given or replace(
        read_manifest(model),
        **{
            key.removeprefix("shopdesk."): metadata[key]
            for key in metadata
            if key.startswith("shopdesk.") and key.removeprefix("shopdesk.") in _KEPT
        },
    )
    trained = contents.of_architecture("context_length")
    return replace(
        told, name=metadata.get("general.name") or model.stem, file=model.name, sha256=sha256,
        license=metadata.get("general.license") or told.license,
        description=told.description or metadata.get("general.description") or "",
        context=min(told.context, trained) if trained else told.context,
    )  # fmt: skip


_KEPT = (
    "prompt_version", "facts_per_prompt", "needs_plan", "prose", "history_turns", "max_answer_tokens", "context",
)  # fmt: skip


def _report(contents: Contents, model: Path, parity: Mapping[str, Any], exam: Mapping[str, Any]) -> dict[str, Any]:
    metadata = contents.metadata
    number = metadata.get("general.file_type")
    named = gguf.LlamaFileType(number).name.removeprefix("MOSTLY_") if number is not None else contents.main_type
    return {
        "format": REPORT_FORMAT, "type": named, "size": model.stat().st_size, "architecture": contents.architecture,
        "parameters": sum(contents.values(name) for name in contents.names),
        "languages": list(metadata.get("general.languages") or ()),
        **{key: metadata.get(f"shopdesk.{key}", "") for key in ("base_model", "data_sha256", "training_run", "made")},
        "exam": exam, "parity": parity,
    }  # fmt: skip


def _zipped(folder: Path) -> Path:
    """Not compressed: weights are as good as noise."""
    target = folder.with_name(folder.name + ".zip")
    with drafted(target) as draft, zipfile.ZipFile(draft, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{file.stem}/{file.name}")
    return target


def _read(path: Path) -> Mapping[str, Any]:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ToolError(f"the report {path} cannot be read ({fault}); make it anew.") from fault
    if not isinstance(body, dict):
        raise ToolError(f"{path} is no report; make it anew.")
    return body
