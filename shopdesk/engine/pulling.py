"""Models fetched from a hub of models or its mirror, only when the user says so; cut off, a download goes on later."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from shopdesk.core.errors import EngineError
from shopdesk.core.types import ModelManifest
from shopdesk.engine.checking import sha256_of
from shopdesk.engine.fit import ModelSizes
from shopdesk.engine.gguf import read_head

Told = Callable[[int, int], None]
"""Hears (bytes there, bytes in all)."""

QUANTISATIONS = ("Q4_K_M", "Q5_K_M", "Q8_0")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_OWN_CONTEXT = 8192


@dataclass(frozen=True, slots=True)
class Preset:
    """A model that is known to work: where its files are and how large they are, by quantisation (bytes, about)."""

    name: str
    repository: str
    file: str
    license: str
    bytes: Mapping[str, int]
    kv_cell: int
    """Values kept for each token of context, over all layers."""

    def memory(self, quantisation: str, context: int = _OWN_CONTEXT) -> int:
        """Bytes that it takes to run, about."""
        return ModelSizes(self.bytes[quantisation], 0, self.kv_cell, 0, 0, 0).memory(context)


PRESETS: Mapping[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(
            "qwen3-4b-instruct-2507", "unsloth/Qwen3-4B-Instruct-2507-GGUF", "Qwen3-4B-Instruct-2507-{}.gguf",
            "apache-2.0", {"Q4_K_M": 2_497_000_000, "Q5_K_M": 2_890_000_000, "Q8_0": 4_280_000_000}, 36 * 8 * 256,
        ),
        Preset(
            "qwen2.5-7b-instruct", "bartowski/Qwen2.5-7B-Instruct-GGUF", "Qwen2.5-7B-Instruct-{}.gguf",
            "apache-2.0", {"Q4_K_M": 4_683_000_000, "Q5_K_M": 5_445_000_000, "Q8_0": 8_099_000_000}, 28 * 4 * 256,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file of one repository."""

    repository: str
    file: str
    license: str = ""

    @classmethod
    def of(cls, text: str) -> Wanted:
        """From `qwen3-4b-instruct-2507`, `qwen3-4b-instruct-2507:q8_0` or `owner/repository/file.gguf`.

        Raises EngineError("model_pull_name").
        """
        name, _, kind = text.partition(":")
        preset = PRESETS.get(name.casefold())
        if preset is not None:
            quantisation = (kind or QUANTISATIONS[0]).upper()
            if quantisation in preset.bytes:
                return cls(preset.repository, preset.file.format(quantisation), preset.license)
        parts = text.split("/")
        if len(parts) >= 3 and all(parts) and ".." not in parts and parts[-1].lower().endswith(".gguf"):
            return cls("/".join(parts[:2]), "/".join(parts[2:]))
        known = ", ".join(f"{each.name}:{kind.lower()}" for each in PRESETS.values() for kind in each.bytes)
        raise EngineError("model_pull_name", name=text, known=known)


def pull(wanted: Wanted, folder: Path, told: Told, *, endpoint: str | None = None) -> Path:
    """Fetch a model with a manifest beside it into `folder`, where a download that was cut off goes on.

    `endpoint` is the hub's address, else HF_ENDPOINT, else the usual one; a proxy is taken from HTTPS_PROXY as ever.
    Raises EngineError: model_pull_failed, model_no_space, model_checksum, and what is wrong with the file.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        import huggingface_hub as hub
        from huggingface_hub.file_download import http_get
        from tqdm import tqdm
    except ImportError as fault:
        raise EngineError("model_pull_library", detail=str(fault)) from fault
    tqdm.monitor_interval = 0  # a thread for bars that nobody sees
    hub.utils.disable_progress_bars()
    endpoint = (endpoint or os.environ.get("HF_ENDPOINT") or "").rstrip("/") or None
    try:
        url = hub.hf_hub_url(wanted.repository, wanted.file, endpoint=endpoint)
        promised = hub.get_hf_file_metadata(url, endpoint=endpoint)
        size, etag = promised.size or 0, (promised.etag or "").lower()
        folder.mkdir(parents=True, exist_ok=True)
        model = folder / Path(wanted.file).name
        # The library's own downloads begin anew each time they are called; its `http_get` goes on in a file of ours.
        part = folder / f"{model.name}.{hashlib.sha256(etag.encode()).hexdigest()[:16]}.part"
        there = part.stat().st_size if part.is_file() else 0
        if shutil.disk_usage(folder).free < size - there:
            raise EngineError("model_no_space", path=folder, megabytes=-(-(size - there) >> 20))
        if there < size or not size:
            with part.open("ab") as file:
                http_get(
                    promised.location or url,
                    cast(Any, _Metered(file, told, size)),
                    resume_size=there,
                    headers=hub.utils.build_hf_headers(),
                    expected_size=promised.size,
                )
        part.replace(model)
    except EngineError:
        raise
    except Exception as fault:
        raise EngineError(
            "model_pull_failed", name=f"{wanted.repository}/{wanted.file}", detail=f"{type(fault).__name__}: {fault}"
        ) from fault
    sha256 = sha256_of(model)
    if _SHA256.fullmatch(etag) and etag != sha256:
        model.unlink()  # going on with it would never mend it
        raise EngineError("model_checksum", name=wanted.file, detail=f"{sha256}, not {etag}")
    _describe(model, wanted, sha256, promised.commit_hash or "")
    return model


def _describe(model: Path, wanted: Wanted, sha256: str, commit: str) -> None:
    head = read_head(model)
    context = min(head.trained_context or 4096, _OWN_CONTEXT)
    manifest = ModelManifest(
        name=model.stem, file=model.name, context=context, sha256=sha256,
        license=wanted.license or str(head.metadata.get("general.license", "")),
        description=f"{wanted.repository}/{wanted.file}" + (f" at {commit[:12]}" if commit else ""),
    )  # fmt: skip
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n"
    model.with_suffix(".json").write_text(text, encoding="utf-8")


class _Metered:
    """A file that tells how long it has become."""

    def __init__(self, file: IO[bytes], told: Told, size: int) -> None:
        self._file, self._told, self._size = file, told, size

    def write(self, data: bytes) -> int:
        written = self._file.write(data)
        self._told(self._file.tell(), self._size)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
