"""What a preset says besides its training settings: the [model] table of its file."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.errors import ToolError
from tools.training.settings import PRESETS

EMBEDDED = "embedded"
"""As a base: the model that ShopDesk brings."""


@dataclass(frozen=True, slots=True)
class ModelPreset:
    """`manifest` names the form of the prompts ("counter" or "free"), `base` the model begun with where the command
    gives none ("embedded", "scratch", or "" for one that must be given), `base_name` and `license` what the card says.

    `types`: what the file is quantised to ("f16" is no quantising). `samples` rows of the shop, `generated` and
    `plain` conversations in shops that never were, `exam` questions.
    """

    name: str
    license: str
    manifest: str = "free"
    base: str = ""
    base_name: str = ""
    types: tuple[str, ...] = ("q4_k_m",)
    samples: int = 11_000
    generated: int = 0
    plain: int = 0
    exam: int = 400


def load_model_preset(preset: str) -> ModelPreset:
    """Raises ToolError where the preset's file has no [model] table, or a wrong one."""
    path = Path(preset) if preset.endswith(".toml") else PRESETS / f"{preset}.toml"
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("model", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ToolError(f"{path} cannot be read as TOML ({fault}); choose another preset.") from fault
    known = {field.name: field for field in dataclasses.fields(ModelPreset)}
    unknown = sorted(set(found) - set(known))
    if unknown or not {"name", "license"} <= set(found):
        wrong = f"does not know {', '.join(unknown)}" if unknown else "must have a name and a license"
        raise ToolError(f"the table [model] in {path} {wrong}; there are {', '.join(known)}.")
    return ModelPreset(**{key: tuple(value) if isinstance(value, list) else value for key, value in found.items()})
