"""From a Hugging Face folder to a GGUF file, by the official converter, in this process.

Two things are ours. The converter knows a tokenizer by a hash of its output, so a tokenizer that was made here is
foreign to it; its pre-tokenizer is named by the rule it cuts text with. And the file is told where it comes from.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import torch
from conversion import ModelBase, ModelType, get_model_architecture, get_model_class

from tools.counter.tokenizer import CUT
from tools.errors import ToolError
from tools.publishing.drafts import drafted
from tools.publishing.folders import ModelFolder
from tools.publishing.needs import check_disk
from tools.publishing.provenance import Provenance

KINDS = {
    "f32": gguf.LlamaFileType.ALL_F32,
    "f16": gguf.LlamaFileType.MOSTLY_F16,
    "bf16": gguf.LlamaFileType.MOSTLY_BF16,
}
_BYTES = {"f32": 4, "f16": 2, "bf16": 2}
_CUTS = {CUT: "qwen2"}
"""llama.cpp's name of a pre-tokenizer by the pattern it cuts text with."""


@dataclass(frozen=True, slots=True)
class Converted:
    path: Path
    kind: str
    size: int


def convert(folder: Path, out: Path, provenance: Provenance, kind: str = "f16") -> Converted:
    """Writes the model of `folder` as the GGUF file `out`; matrices in `kind` (f32, f16, bf16), norms in fp32.

    Raises ToolError for a folder that is not whole, an architecture that the converter does not know, an unknown
    tokenizer, and too little disk.
    """
    source = ModelFolder(folder)
    if kind not in KINDS:
        raise ToolError(f"{kind!r} is no type to convert to; choose {', '.join(KINDS)}, and quantise from there.")
    check_disk(out.parent, source.values * _BYTES[kind] + (32 << 20), "the GGUF file")
    with drafted(out) as draft, torch.inference_mode():
        model = _converter(folder, draft, kind, provenance)
        model.prepare_tensors()
        model.prepare_metadata(vocab_only=False)
        _tell(model.gguf_writer, provenance)
        model.gguf_writer.write_header_to_file(path=draft)
        model.gguf_writer.write_kv_data_to_file()
        model.gguf_writer.write_tensors_to_file(progress=False)
        model.gguf_writer.close()
    return Converted(out, kind, out.stat().st_size)


def pre_tokenizer_of(folder: Path) -> str | None:
    """llama.cpp's name for the way the tokenizer of `folder` cuts text, by its pattern; None for a foreign one."""
    try:
        body = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ToolError(f"{folder / 'tokenizer.json'} cannot be read ({fault}); copy it anew.") from fault
    steps = body.get("pre_tokenizer") or {}
    pieces = steps.get("pretokenizers", [steps])
    patterns = [piece["pattern"].get("Regex") for piece in pieces if piece.get("type") == "Split"]
    letters = [piece for piece in pieces if piece.get("type") == "ByteLevel"]
    if len(patterns) != 1 or len(pieces) != 2 or len(letters) != 1:
        return None
    if letters[0].get("use_regex") or letters[0].get("add_prefix_space"):
        return None
    return _CUTS.get(patterns[0])


logging.getLogger("hf-to-gguf").setLevel(logging.ERROR)  # it warns of settings that are as they should be


def _converter(folder: Path, out: Path, kind: str, provenance: Provenance) -> Any:
    try:
        architecture = get_model_architecture(ModelBase.load_hparams(folder, False), ModelType.TEXT)
        official = get_model_class(architecture)
    except (NotImplementedError, ValueError) as fault:
        raise ToolError(f"the converter does not know the model in {folder} ({fault}).") from fault

    class Converter(official):  # type: ignore[misc, valid-type]
        model_arch = official.model_arch

        def get_vocab_base_pre(self, tokenizer: Any) -> str:
            known = pre_tokenizer_of(folder)
            if known is not None:
                return known
            try:
                return str(super().get_vocab_base_pre(tokenizer))
            except NotImplementedError as fault:
                raise ToolError(
                    f"the tokenizer of {folder} cuts text in a way that llama.cpp has no name for; "
                    "use the tokenizer that the base model came with."
                ) from fault

    return Converter(folder, KINDS[kind], out, model_name=provenance.name)


def _tell(writer: gguf.GGUFWriter, provenance: Provenance) -> None:
    """Puts provenance and app keys in, over what the converter guessed from the folder's name."""
    said: dict[str, Any] = {
        "general.name": provenance.name, "general.license": provenance.license.lower(),
        "general.description": provenance.manifest.description, "general.languages": list(provenance.languages),
        **{f"shopdesk.{key}": value for key, value in provenance.of_app().items()},
    }  # fmt: skip
    if provenance.base_model:
        said |= {"general.base_model.count": 1, "general.base_model.0.name": provenance.base_model}
    for guessed in ("general.basename", "general.finetune", "general.version", "general.organization"):
        writer.kv_data[0].pop(guessed, None)
    for key, value in said.items():
        if value in ("", []):
            continue
        writer.kv_data[0].pop(key, None)
        if isinstance(value, bool):
            writer.add_bool(key, value)
        elif isinstance(value, int):
            writer.add_uint32(key, value)
        elif isinstance(value, list):
            writer.add_array(key, value)
        else:
            writer.add_string(key, value)
