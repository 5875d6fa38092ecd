"""A Hugging Face model folder: is all of it there, what are its tensors, its tokenizer, its network."""

from __future__ import annotations

import hashlib
import json
import math
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
import transformers
from safetensors import SafetensorError, safe_open
from transformers import AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from tools.errors import ToolError

CARRIED = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.json",
    "merges.txt", "chat_template.jinja", "generation_config.json", "LICENSE",
)  # fmt: skip
"""Files that go with a model unchanged, where they are there."""
_SINGLE, _INDEX = "model.safetensors", "model.safetensors.index.json"


class ModelFolder:
    """A folder whose config, tokenizer and every weight file are there. Raises ToolError for what is missing.

    `weights_only`: nothing but the weights is asked for.
    """

    def __init__(self, path: Path, *, weights_only: bool = False) -> None:
        self.path = path
        if not path.is_dir():
            raise ToolError(f"{path} is no model folder; give the folder that holds config.json.")
        self.config: dict[str, Any] = {}
        if not weights_only:
            self._check_beside()
        self._files = self._weight_files()

    def _check_beside(self) -> None:
        self.config = self._json("config.json")
        for name in ("tokenizer.json", "tokenizer_config.json"):
            self._json(name)
        if not self.config.get("architectures") or "vocab_size" not in self.config:
            raise ToolError(
                f"{self.path / 'config.json'} does not say which architecture it is; copy it from the original."
            )

    @property
    def tied(self) -> bool:
        """Whether the output matrix is the embedding."""
        return bool(self.config.get("tie_word_embeddings"))

    @property
    def size(self) -> int:
        """Bytes of all weight files."""
        return sum((self.path / name).stat().st_size for name in set(self._files.values()))

    @property
    def values(self) -> int:
        """How many numbers all parameters hold."""
        return sum(math.prod(shape) for shape in self.shapes().values())

    @property
    def names(self) -> list[str]:
        """The names of all parameters."""
        return list(self._files)

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shape by name, read from the heads of the files alone."""
        found = {}
        for file in sorted(set(self._files.values())):
            with self._opened(file) as weights:
                found |= {name: tuple(weights.get_slice(name).get_shape()) for name in weights.keys()}  # noqa: SIM118
        return found

    def parameters(self) -> Iterator[tuple[str, torch.Tensor]]:
        """Every parameter as it is stored, one at a time."""
        for file in sorted(set(self._files.values())):
            with self._opened(file) as weights:
                for name in weights.keys():  # noqa: SIM118
                    yield name, weights.get_tensor(name)

    def parameter(self, name: str) -> torch.Tensor:
        with self._opened(self._files[name]) as weights:
            return weights.get_tensor(name)

    def fingerprint(self) -> str:
        """SHA-256 over name, type and shape of all parameters and the values of three rows of each: enough to tell
        one training from another, however the weights are cut into files."""
        digest = hashlib.sha256()
        for name in sorted(self._files):
            with self._opened(self._files[name]) as weights:
                part = weights.get_slice(name)
                shape = part.get_shape()
                digest.update(f"{name} {part.get_dtype()} {shape}\n".encode())
                for row in sorted({0, shape[0] // 2, shape[0] - 1}) if shape else ():
                    digest.update(part[row : row + 1].contiguous().flatten().view(torch.uint8).numpy())
        return digest.hexdigest()

    def tokenizer(self) -> PreTrainedTokenizerBase:
        """Raises ToolError where it cannot be read."""
        try:
            return AutoTokenizer.from_pretrained(self.path, local_files_only=True)
        except Exception as fault:
            raise ToolError(f"the tokenizer of {self.path} cannot be read ({_first_line(fault)}).") from fault

    def network(self, dtype: torch.dtype = torch.float32, device: str = "cpu") -> PreTrainedModel:
        """The network in eval mode. Raises ToolError where weights and config do not fit together."""
        transformers.logging.disable_progress_bar()
        try:
            network, report = AutoModelForCausalLM.from_pretrained(
                self.path, dtype=dtype, local_files_only=True, output_loading_info=True
            )
        except (OSError, ValueError, RuntimeError, KeyError) as fault:
            raise ToolError(f"the model in {self.path} cannot be loaded ({_first_line(fault)}).") from fault
        for what in ("missing_keys", "mismatched_keys"):
            if report.get(what):
                raise ToolError(
                    f"{self.path}: {what.replace('_keys', '')} weights, {sorted(report[what])[0]} among them."
                )
        return network.eval().to(device)

    def _json(self, name: str) -> dict[str, Any]:
        try:
            body = json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ToolError(f"{self.path} lacks {name}; copy it from where the model came from.") from None
        except (OSError, ValueError) as fault:
            raise ToolError(f"{self.path / name} cannot be read ({fault}); copy it anew.") from fault
        if not isinstance(body, dict):
            raise ToolError(f"{self.path / name} holds no JSON object; copy it anew.")
        return body

    def _weight_files(self) -> dict[str, str]:
        """File name by parameter name; every file opened once, so that what is cut short is found here."""
        if (self.path / _INDEX).is_file():
            files = self._json(_INDEX).get("weight_map")
            if not isinstance(files, Mapping):
                raise ToolError(f"{self.path / _INDEX} has no weight_map; copy it anew.")
            promised = {str(name): str(file) for name, file in files.items()}
        elif (self.path / _SINGLE).is_file():
            with self._opened(_SINGLE) as weights:
                return dict.fromkeys(weights.keys(), _SINGLE)
        else:
            raise ToolError(f"{self.path} lacks {_SINGLE}; copy it from where the model came from.")
        held: set[str] = set()
        for file in sorted(set(promised.values())):
            with self._opened(file) as weights:
                held |= set(weights.keys())
        if lost := sorted(set(promised) - held):
            raise ToolError(f"the weight files of {self.path} lack {lost[0]}; copy them anew.")
        return promised

    @contextmanager
    def _opened(self, file: str) -> Iterator[Any]:
        path = self.path / file
        if not path.is_file():
            raise ToolError(f"{self.path} lacks {file}; copy it from where the model came from.")
        try:
            with safe_open(path, framework="pt") as weights:
                yield weights
        except (SafetensorError, struct.error) as fault:
            raise ToolError(f"{path} is damaged ({_first_line(fault)}); copy it anew.") from fault


def _first_line(fault: BaseException) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[0]
