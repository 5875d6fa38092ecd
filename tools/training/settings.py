"""The settings of a training run: a preset's file, then what was set by hand."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

from tools.errors import ToolError

PRESETS = Path(__file__).resolve().parents[1] / "presets"
SCRATCH = "scratch"

Method = Literal["lora", "dora", "qlora", "full"]
Optimizer = Literal["adamw", "muon"]
Schedule = Literal["cosine", "linear", "trapezoid", "constant"]
Precision = Literal["auto", "fp32", "bf16"]
Sharding = Literal["auto", "none", "full"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run does. Keys are those of the preset files and of --set.

    Data: a row counts when it has at most `source_tokens` + `target_tokens` tokens and no answer of more than
    `target_tokens`; others are left out and counted. Nothing is ever cut.

    An update learns from `batch` × `accumulation` rows, or, when `batch_tokens` is not 0, from about so many
    tokens. It is computed in pieces of at most `micro_tokens` tokens (0: chosen for the device); their size changes
    memory and speed, not what is learned.

    The budget is `minutes` on the clock when not 0, otherwise `steps` when not 0, otherwise `epochs`. Runs by steps or
    epochs are repeatable; a run by the clock ends on time, its learning rate following the clock.

    `embedding_rate` above 0 keeps the embedding's rows even (see even.py) and moves them at that rate of their own.

    The rate rises over the first `warm_up` of the budget to `rate` (Muon's matrices: `matrix_rate`), stays until
    `flat_until` where the schedule is a trapezoid, and falls to `final_rate` of itself.

    `checks` times in a run, evenly, the held-out loss is taken and the best weights are kept; after `patience` checks
    without a better one the run ends early (0: never). `save_minutes` apart, and at every check, the run is saved.

    `lessons_source` names the rows (by their `source`) that alone are read up to `lessons_until` of the budget, and in
    `lessons_later` of the updates after it.
    """

    preset: str
    base: str = ""
    download: str = ""
    tokenizer: str = ""
    shape: Mapping[str, Any] = field(default_factory=dict)
    method: Method = "lora"
    rank: int = 64
    alpha: int = 128
    dropout: float = 0.1
    targets: str = "all-linear"
    source_tokens: int = 1024
    target_tokens: int = 512
    batch: int = 16
    accumulation: int = 4
    batch_tokens: int = 0
    micro_tokens: int = 0
    epochs: float = 3.0
    steps: int = 0
    minutes: float = 0.0
    optimizer: Optimizer = "adamw"
    rate: float = 2e-4
    matrix_rate: float = 0.02
    embedding_rate: float = 0.0
    weight_decay: float = 0.0
    clip: float = 1.0
    schedule: Schedule = "cosine"
    warm_up: float = 0.03
    flat_until: float = 0.4
    final_rate: float = 0.0
    checks: int = 12
    patience: int = 4
    save_minutes: float = 10.0
    held_out_tokens: int = 200_000
    lessons_source: str = ""
    lessons_until: float = 0.3
    lessons_later: float = 0.5
    precision: Precision = "auto"
    attention: str = "auto"
    gradient_checkpointing: bool = False
    sharding: Sharding = "auto"
    processes: int = 1
    seed: int = 1

    def fingerprint(self) -> str:
        """Changes with every setting that changes what is learned; a run goes on only under the same."""
        learned = {key: value for key, value in asdict(self).items() if key not in _OF_NO_EFFECT}
        return hashlib.sha256(json.dumps(learned, sort_keys=True, default=dict).encode()).hexdigest()


_OF_NO_EFFECT = {"preset", "download", "micro_tokens", "save_minutes", "processes", "attention", "sharding",
                 "gradient_checkpointing"}  # fmt: skip
_TYPES = get_type_hints(Settings)


def preset_names() -> list[str]:
    return sorted(path.stem for path in PRESETS.glob("*.toml"))


def load_settings(preset: str, overrides: Sequence[str] = (), **values: Any) -> Settings:
    """The settings of `preset` (a name or a TOML file), changed by `key=value` texts and by `values`.

    `shape.key=value` changes one number of the shape. Raises ToolError.
    """
    path = Path(preset) if preset.endswith(".toml") else PRESETS / f"{preset}.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ToolError(
            f"no preset {preset!r}; choose one of {', '.join(preset_names())}, or name a .toml file"
        ) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ToolError(f"{path} cannot be read as TOML: {error}") from error
    shape = dict(found.pop("shape", {}))
    found.pop("model", None)  # what the other steps need to know: tools/making/preset.py
    merged = {key: _typed(key, value) for key, value in found.items()}
    for override in overrides:
        key, sign, text = override.partition("=")
        if not sign:
            raise ToolError(f"--set {override}: write it as key=value")
        if key.startswith("shape."):
            shape[key.removeprefix("shape.")] = _number_or_text(text)
        else:
            merged[key] = _typed(key, text)
    merged |= {key: _typed(key, value) for key, value in values.items() if value is not None}
    return _checked(Settings(**{"preset": path.stem, "shape": shape} | merged))


def _typed(key: str, value: Any) -> Any:
    if key not in _TYPES or key == "shape":
        raise ToolError(f"no setting {key!r}; there are {', '.join(sorted(_TYPES))}")
    wanted = _TYPES[key]
    choices = get_args(wanted)
    if choices:
        if value not in choices:
            raise ToolError(f"{key} cannot be {value!r}; choose {', '.join(choices)}")
        return value
    try:
        if wanted is bool:
            return {"true": True, "false": False}[str(value).lower()]
        if wanted is int and isinstance(value, float | bool):
            raise ValueError
        return wanted(value)
    except (ValueError, KeyError, TypeError):
        raise ToolError(f"{key} cannot be {value!r}; it is {_described(wanted)}") from None


def _described(wanted: type) -> str:
    return {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}[wanted]


def _number_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _checked(settings: Settings) -> Settings:
    positive = ("rank", "alpha", "source_tokens", "target_tokens", "batch", "accumulation", "rate", "matrix_rate",
                "checks", "processes")  # fmt: skip
    for name in positive:
        if getattr(settings, name) <= 0:
            raise ToolError(f"{name} must be more than 0, not {getattr(settings, name)}")
    for entry in dataclasses.fields(settings):
        value = getattr(settings, entry.name)
        if isinstance(value, int | float) and value < 0:
            raise ToolError(f"{entry.name} cannot be negative, as {value} is")
    for name in ("warm_up", "flat_until", "final_rate", "lessons_until", "lessons_later", "dropout"):
        if getattr(settings, name) >= 1:
            raise ToolError(f"{name} is a share and must be below 1, not {getattr(settings, name)}")
    if not (settings.minutes or settings.steps or settings.epochs):
        raise ToolError("the run has no budget; set minutes, steps or epochs")
    return settings
