"""Where a model comes from and what it can bear, as its GGUF, its manifest and its card say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from shopdesk.core.prompting import PROMPT_VERSION
from shopdesk.core.types import ModelManifest

Value = str | bool | int


@dataclass(frozen=True, slots=True)
class Provenance:
    """`license` as SPDX id; `data_sha256` of the dataset card; `training_run` names the run; `date` is ISO 8601.

    `manifest` says what the app may ask of the model; its file, sha256, name and license are filled in by packaging.
    """

    name: str
    license: str
    base_model: str = ""
    data_sha256: str = ""
    training_run: str = ""
    date: str = ""
    languages: tuple[str, ...] = ("zh", "en")
    manifest: ModelManifest = field(default_factory=lambda: ModelManifest("", "", prompt_version=PROMPT_VERSION))

    def of_app(self) -> Mapping[str, Value]:
        """What stands in the GGUF under `shopdesk.`; a short form of the manifest is part of it."""
        manifest = asdict(self.manifest)
        kept = ("facts_per_prompt", "needs_plan", "prose", "history_turns", "max_answer_tokens", "context")
        said: dict[str, Value] = {
            "prompt_version": self.manifest.prompt_version, "base_model": self.base_model, "data_sha256":
            self.data_sha256, "training_run": self.training_run, "date": self.date,
        }  # fmt: skip
        return {key: value for key, value in said.items() if value != ""} | {key: manifest[key] for key in kept}
