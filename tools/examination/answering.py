"""A bare model put to the exam: a GGUF file run by the app's own engine code, or a Hugging Face folder.

*Bare* is the model's own greedy answer. *As used* is the same with what the app adds for a model that follows a
plan: names and values once begun are said to their end. Only a GGUF file can be asked as used.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from shopdesk.core.errors import EngineError
from shopdesk.core.plan import Plan
from shopdesk.core.ports import Completed
from shopdesk.core.types import ChatMessage, ModelManifest
from shopdesk.engine.llama import LlamaModel
from shopdesk.engine.protocol import Load
from tools.errors import ToolError

Decoding = Literal["bare", "as used"]
DECODINGS: tuple[Decoding, ...] = get_args(Decoding)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer in the pieces in which it came. `finished`: the model ended it, no limit did."""

    pieces: tuple[str, ...]
    finished: bool

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Examinee:
    """A model that can be asked. `ask` takes the chat, the plan behind it and the most tokens of an answer."""

    name: str
    manifest: ModelManifest
    decodings: tuple[Decoding, ...]
    ask: Callable[[Sequence[ChatMessage], Plan, int, Decoding], Said]
    count: Callable[[str], int]


def manifest_for(model: Path, fallback: ModelManifest) -> ModelManifest:
    """The manifest beside a GGUF file or inside a folder, `fallback` where there is none. Raises ToolError."""
    file = model / "manifest.json" if model.is_dir() else model.with_suffix(".json")
    if not file.is_file():
        return fallback
    try:
        body = json.loads(file.read_text(encoding="utf-8"))
        known = {field.name for field in fields(ModelManifest)}
        found = ModelManifest(**{name: value for name, value in body.items() if name in known})
    except (ValueError, TypeError, AttributeError) as fault:
        raise ToolError(f"{file} is no manifest ({fault}); mend it or take it away.") from fault
    return replace(found, words=tuple(found.words))


def open_model(model: Path, manifest: ModelManifest, *, threads: int = 1) -> Examinee:
    """The model at `model`, ready to be asked. Raises ToolError where it cannot be read."""
    if model.is_dir():
        return _open_folder(model, manifest)
    if not model.is_file():
        raise ToolError(f"There is no model at {model}; name a GGUF file or a Hugging Face folder.")
    return _open_gguf(model, manifest, threads)


def copied_in(plan: Plan, manifest: ModelManifest) -> tuple[str, ...]:
    """What the app lets a model copy that follows a plan."""
    return (*plan.must, *(point.name for point in plan.points)) if manifest.needs_plan else ()


def _open_gguf(path: Path, manifest: ModelManifest, threads: int) -> Examinee:
    # without the repacking of weights that crashes on processors with AMX
    load = Load(0, str(path), manifest.context, threads=threads, gpu_layers=0, extra_buffers=False, probe=False)
    try:
        model = LlamaModel(load)
    except EngineError as fault:
        raise ToolError(f"{path.name} cannot be opened: {fault.text('en')}") from fault

    def ask(messages: Sequence[ChatMessage], plan: Plan, most: int, decoding: Decoding) -> Said:
        used = decoding == "as used"
        pieces: list[str] = []
        reason = "stop"
        for piece in model.generate(
            [asdict(message) for message in messages], max_tokens=most, temperature=0.0, seed=0,
            cancelled=lambda: False, copy=copied_in(plan, manifest) if used else (),
            words=manifest.words if used else (),
        ):  # fmt: skip
            if isinstance(piece, Completed):
                reason = piece.reason
            else:
                pieces.append(piece.text)
        return Said(tuple(pieces), reason == "stop")

    return Examinee(path.stem, manifest, DECODINGS, ask, model.count)


def _open_folder(folder: Path, manifest: ModelManifest) -> Examinee:
    try:
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer
    except ImportError as fault:
        raise ToolError("A Hugging Face folder needs torch and transformers; install the extra `train`.") from fault
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model: Any = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
    except (OSError, ValueError, KeyError) as fault:
        raise ToolError(f"{folder} is no Hugging Face model folder: {str(fault).splitlines()[0]}") from fault

    def ask(messages: Sequence[ChatMessage], plan: Plan, most: int, decoding: Decoding) -> Said:
        asked = tokenizer.apply_chat_template(
            [asdict(message) for message in messages], add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        with torch.inference_mode():
            ids = model.generate(**asked, max_new_tokens=most, do_sample=False)
        answer = ids[0, asked["input_ids"].shape[1] :]
        text = tokenizer.decode(answer, skip_special_tokens=True)
        return Said((text,), len(answer) < most or int(answer[-1]) in _ends(model, tokenizer))

    return Examinee(folder.name, manifest, ("bare",), ask, lambda text: len(tokenizer(text)["input_ids"]))


def _ends(model: Any, tokenizer: Any) -> set[int]:
    ends = model.generation_config.eos_token_id
    return {tokenizer.eos_token_id, *(ends if isinstance(ends, list) else [ends])}
