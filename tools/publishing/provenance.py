"""Where a model comes from and what it can bear, as its GGUF, its manifest and its card say it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from shopdesk.core.prompting import PROMPT_VERSION
from shopdesk.core.types import ModelManifest
from tools.errors import ToolError

Value = str | bool | int


@dataclass(frozen=True, slots=True)
class Provenance:
    """`license` as SPDX id; `data_sha256` of the dataset card; `training_run` names the run; `made` is ISO 8601.

    `manifest` says what the app may ask of the model; packaging fills in its name, file, license and SHA-256.
    """

    name: str
    license: str
    base_model: str = ""
    data_sha256: str = ""
    training_run: str = ""
    made: str = ""
    languages: tuple[str, ...] = ("zh", "en")
    manifest: ModelManifest = ModelManifest("", "", prompt_version=PROMPT_VERSION)  # noqa: RUF009 - it is frozen

    def of_app(self) -> Mapping[str, Value]:
        """What stands in the GGUF under `shopdesk.`; a short form of the manifest is part of it."""
        manifest = asdict(self.manifest)
        kept = ("facts_per_prompt", "needs_plan", "prose", "history_turns", "max_answer_tokens", "context")
        said: dict[str, Value] = {
            "prompt_version": self.manifest.prompt_version, "base_model": self.base_model,
            "data_sha256": self.data_sha256, "training_run": self.training_run, "made": self.made,
        }  # fmt: skip
        return {key: value for key, value in said.items() if value != ""} | {key: manifest[key] for key in kept}


def provenance(name: str, license: str, **more: Any) -> Provenance:
    """Made today, for prompts as they are now."""
    return Provenance(name, license, made=date.today().isoformat(), **more)


def manifest_from(file: Path | None) -> ModelManifest:
    """The manifest in a JSON file, the usual one of a large model without. Raises ToolError naming the wrong key."""
    usual = ModelManifest("", "", prompt_version=PROMPT_VERSION)
    if file is None:
        return usual
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ToolError(f"{file} cannot be read as JSON ({fault}); mend it.") from fault
    if not isinstance(body, dict):
        raise ToolError(f"{file} holds no JSON object; mend it.")
    known = {field.name for field in fields(ModelManifest)}
    values: dict[str, Any] = {}
    for key in known & set(body):
        value = tuple(body[key]) if isinstance(body[key], list) else body[key]
        if type(value) is not type(getattr(usual, key)):
            raise ToolError(f"{key} in {file} is {body[key]!r}; mend it.")
        values[key] = value
    return replace(usual, **values)


def data_sha256(folder: Path) -> str:
    """What the card of a dataset says of all its files together. Raises ToolError where there is no card."""
    card = folder / "dataset.json"
    try:
        found = json.loads(card.read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise ToolError(f"{card} does not tell the data's SHA-256 ({fault}); make the data set anew.") from fault
    return str(found["all"] if isinstance(found, dict) and "all" in found else found)
