"""An adapter goes into its base: one whole model folder, in safetensors shards, with all that belongs to it.

The product is made in fp32 where there is memory for it, and stored in the base's own type.
"""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import torch
import transformers
from peft import PeftModel
from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer
from transformers import PreTrainedModel

from tools.errors import ToolError
from tools.publishing.drafts import drafted
from tools.publishing.folders import CARRIED, ModelFolder
from tools.publishing.needs import check_disk, check_memory

BASE_NOTE = "base.json"
"""Stands in an adapter folder and says which base it was trained on: {"fingerprint": …}."""
_CONFIG, _WEIGHTS = "adapter_config.json", "adapter_model.safetensors"


@dataclass(frozen=True, slots=True)
class Merged:
    """`shards` weight files of `size` bytes together. `untied`: the output matrix had to be stored apart."""

    path: Path
    size: int
    shards: int
    dtype: str
    untied: bool


def note_base(adapter: Path, base: Path) -> None:
    """Writes down in the adapter's folder which base it belongs to, so that no other is merged with it."""
    body = {"fingerprint": ModelFolder(base, weights_only=True).fingerprint(), "name": base.name}
    (adapter / BASE_NOTE).write_text(json.dumps(body) + "\n", encoding="utf-8")


def merge(base: Path, trained: Path, out: Path, shard_size: str = "4GB", dtype: str | None = None) -> Merged:
    """Writes the model that `trained` (an adapter folder, or a model trained in full) makes of `base`.

    `dtype`: "float32", "float16" or "bfloat16" instead of the base's own. Raises ToolError for folders that are not
    whole, an adapter of another base, a tokenizer that does not fit, and too little disk or memory.
    """
    source = ModelFolder(base)
    if not trained.is_dir():
        raise ToolError(f"{trained} is no folder; give the adapter folder that training left.")
    adapter = (trained / _CONFIG).is_file()
    if adapter:
        _check_adapter(source, trained)
    elif not (trained / "config.json").is_file():
        raise ToolError(f"{trained} lacks {_CONFIG}; give the adapter folder that training left.")
    start = source if adapter else ModelFolder(trained)
    stored = _stored_dtype(start, dtype)
    carried = {name: folder / name for folder in (base, trained) for name in CARRIED if (folder / name).is_file()}
    _check_tokenizer(carried, start)
    values = start.values
    check_disk(out.parent, values * stored.itemsize + (64 << 20), "the merged model")
    wide = psutil.virtual_memory().available > values * 5
    check_memory(int(values * (5 if wide else stored.itemsize * 1.25)), "merging")
    network = start.network(torch.float32 if wide else stored)
    if adapter:
        network = _merged(network, trained)
    _untie_where_needed(network)
    with drafted(out) as draft:
        transformers.logging.disable_progress_bar()
        network.to(stored).save_pretrained(draft, max_shard_size=shard_size)
        for name, file in carried.items():
            shutil.copyfile(file, draft / name)
    written = ModelFolder(out)
    shards = len(list(out.glob("*.safetensors")))
    return Merged(out, written.size, shards, str(stored).removeprefix("torch."), start.tied and not written.tied)


def _merged(network: PreTrainedModel, adapter: Path) -> PreTrainedModel:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # between the two libraries
            warnings.filterwarnings("ignore", message=".*tie_word_embeddings")  # seen to below
            return PeftModel.from_pretrained(network, adapter).merge_and_unload(safe_merge=True)
    except (ValueError, RuntimeError, KeyError, TypeError) as fault:
        first = (str(fault).strip().splitlines() or [type(fault).__name__])[0]
        raise ToolError(f"the adapter in {adapter} cannot be merged ({first}); train it anew.") from fault


def _check_adapter(base: ModelFolder, adapter: Path) -> None:
    """Raises ToolError where the adapter is not whole, or not made for this base: by note, by names, by shapes."""
    _read(adapter / _CONFIG)
    if (adapter / BASE_NOTE).is_file():
        note = _read(adapter / BASE_NOTE)
        if note.get("fingerprint") != base.fingerprint():
            raise ToolError(
                f"the adapter in {adapter} was trained on another base ({note.get('name', '?')}) than {base.path}; "
                "give the base it was trained on."
            )
    file = adapter / _WEIGHTS
    if not file.is_file():
        raise ToolError(f"{adapter} lacks {_WEIGHTS}; copy it from where it was trained.")
    shapes = base.shapes()
    try:
        with safe_open(file, framework="pt") as weights:
            for name in weights.keys():  # noqa: SIM118
                _check_part(name, tuple(weights.get_slice(name).get_shape()), shapes, adapter, base.path)
                if not bool(torch.isfinite(weights.get_tensor(name)).all()):
                    raise ToolError(f"{name} in {file} holds values that are no finite numbers; train it anew.")
    except SafetensorError as fault:
        raise ToolError(f"{file} is damaged ({fault}); copy it anew.") from fault


def _check_part(
    name: str, shape: tuple[int, ...], base: Mapping[str, tuple[int, ...]], adapter: Path, folder: Path
) -> None:
    module, _, part = name.removeprefix("base_model.model.").partition(".lora_")
    if not part:
        return
    weight = base.get(f"{module}.weight")
    if weight is None:
        raise ToolError(f"the adapter in {adapter} is for another base: {folder} has no {module}.")
    # A is (rank, in), B is (out, rank); the magnitudes of DoRA are (out,)
    place = {"A": (1, 1), "B": (0, 0), "magnitude_vector": (0, 0)}.get(part.split(".")[0])
    if place is not None and shape[place[0]] != weight[place[1]]:
        raise ToolError(
            f"the adapter in {adapter} is for another base: {module} has {weight[place[1]]} "
            f"{'inputs' if place[1] else 'outputs'} in {folder}, {shape[place[0]]} in the adapter."
        )


def _check_tokenizer(files: Mapping[str, Path], model: ModelFolder) -> None:
    try:
        tokenizer = Tokenizer.from_file(str(files["tokenizer.json"]))
    except Exception as fault:
        raise ToolError(f"{files['tokenizer.json']} is no tokenizer that is known here ({fault}).") from fault
    highest = max(tokenizer.get_vocab(with_added_tokens=True).values())
    rows = int(model.config["vocab_size"])
    if highest >= rows:
        raise ToolError(
            f"{files['tokenizer.json']} has a token {highest}, the model in {model.path} only {rows} rows for them; "
            "use the tokenizer that the model was trained with."
        )


def _untie_where_needed(network: PreTrainedModel) -> None:
    """A tied model whose two matrices no longer agree (an adapter may train one alone) is stored as an untied one."""
    output, embedding = network.get_output_embeddings(), network.get_input_embeddings()
    if not network.config.tie_word_embeddings or output is None or output.weight is embedding.weight:
        return
    if torch.equal(output.weight, embedding.weight):
        output.weight = embedding.weight
    else:
        network.config.tie_word_embeddings = False


def _stored_dtype(model: ModelFolder, asked: str | None) -> torch.dtype:
    known = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
    if asked is not None:
        if asked not in known:
            raise ToolError(f"{asked!r} is no type of weights; choose {', '.join(known)}.")
        return known[asked]
    return model.parameter(model.names[0]).dtype


def _read(path: Path) -> dict[str, Any]:
    try:
        body = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ToolError(f"{path} cannot be read ({fault}); copy it anew.") from fault
    if not isinstance(body, dict):
        raise ToolError(f"{path} holds no JSON object; copy it anew.")
    return body
