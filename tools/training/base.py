"""The model that a run begins with: a folder in Hugging Face's form, or fresh weights of a shape."""

from __future__ import annotations

import json
import math
import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerFast
from transformers.utils import logging

from tools.errors import ToolError
from tools.training.hardware import Layout
from tools.training.settings import Settings

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "special_tokens_map.json")


def checked_base(folder: Path, download: str = "") -> Path:
    """`folder`, when everything that a base needs is in it. Raises ToolError naming what is missing."""
    if not folder.is_dir():
        hint = f"download it: hf download {download} --local-dir {folder}" if download else "check the path"
        raise ToolError(f"no base model at {folder}; {hint}")
    if (folder / "adapter_config.json").is_file():
        raise ToolError(f"{folder} is an adapter, no model; merge it into its base first (tools/merge.py)")
    missing = [name for name in ("config.json", "tokenizer.json") if not (folder / name).is_file()]
    missing += _missing_weights(folder)
    if missing:
        raise ToolError(f"the base model {folder} lacks {', '.join(missing)}; copy or download it again")
    return folder


def _missing_weights(folder: Path) -> list[str]:
    index = folder / "model.safetensors.index.json"
    if index.is_file():
        try:
            named = set(json.loads(index.read_text(encoding="utf-8"))["weight_map"].values())
        except (ValueError, KeyError, AttributeError) as error:
            raise ToolError(f"{index} is broken ({error}); copy or download the base again") from error
        return sorted(name for name in named if not (folder / name).is_file())
    return [] if (folder / "model.safetensors").is_file() else ["model.safetensors"]


def load_tokenizer(folder: Path) -> PreTrainedTokenizerFast:
    """Raises ToolError for what is no tokenizer."""
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except Exception as error:
        raise ToolError(f"the tokenizer in {folder} cannot be read ({_first_line(error)}); copy it again") from error
    if not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise ToolError(f"the tokenizer in {folder} has no tokenizer.json of the fast kind; convert it first")
    return tokenizer


def load_model(settings: Settings, folder: Path, layout: Layout) -> PreTrainedModel:
    """The base in `folder`: what learns in fp32, what is frozen in the layout's precision. Raises ToolError."""
    extra: dict[str, Any] = {}
    if settings.method == "qlora":
        extra["quantization_config"] = _four_bits()
        extra["device_map"] = {"": layout.device}
    dtype = torch.float32 if settings.method == "full" else layout.dtype
    try:
        model = quietly(
            AutoModelForCausalLM.from_pretrained, folder, dtype=dtype, attn_implementation=layout.attention,
            local_files_only=True, **extra,
        )  # fmt: skip
    except torch.cuda.OutOfMemoryError as error:
        raise ToolError("the GPU is too small for this base; use qlora or a smaller base") from error
    except Exception as error:
        raise ToolError(f"the base model {folder} cannot be loaded: {_first_line(error)}") from error
    if model.get_output_embeddings() is None or getattr(model.get_output_embeddings(), "bias", None) is not None:
        raise ToolError(f"the base model {folder} has an output layer of another form; Qwen2 and Qwen3 are known")
    model.config.use_cache = False
    return model


def _four_bits() -> Any:
    try:
        import bitsandbytes  # type: ignore[import-not-found]  # noqa: F401
    except ImportError as error:
        raise ToolError("qlora needs bitsandbytes; pip install bitsandbytes, or use lora") from error
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )  # fmt: skip


def with_adapter(model: PreTrainedModel, settings: Settings) -> Any:
    """`model` as a peft model with fresh adapters on the layers that `targets` names. Raises ToolError."""
    from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training

    if settings.method == "qlora":
        model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)
    targets = settings.targets if settings.targets == "all-linear" else settings.targets.split(",")
    if "lm_head" in targets:
        raise ToolError("targets cannot hold lm_head: its logits are never computed whole; leave it out")
    warnings.filterwarnings("ignore", "`is_gradient_checkpointing` is deprecated", FutureWarning)  # peft asks by it
    config = LoraConfig(
        r=settings.rank, lora_alpha=settings.alpha, lora_dropout=settings.dropout, target_modules=targets,
        use_dora=settings.method == "dora", task_type="CAUSAL_LM", bias="none",
    )  # fmt: skip
    try:
        return get_peft_model(model, config)
    except ValueError as error:
        raise ToolError(f"no adapter fits ({_first_line(error)}); check targets") from error


def config_of(shape: Mapping[str, Any], **more: Any) -> Any:
    """transformers' config of a preset's `shape`. Raises ToolError."""
    values = dict(shape) | more
    kind = values.pop("model_type", "qwen3")
    if "rope_theta" in values:
        values["rope_parameters"] = {"rope_type": "default", "rope_theta": float(values.pop("rope_theta"))}
    try:
        return AutoConfig.for_model(kind, **values)
    except (ValueError, TypeError) as error:
        raise ToolError(f"the shape does not make a model: {_first_line(error)}") from error


def make_base(shape: Mapping[str, Any], tokenizer_folder: Path, out: Path, seed: int = 1) -> Path:
    """Writes a base with random weights of `shape` and the tokenizer of `tokenizer_folder` to `out`.

    The vocabulary is the tokenizer's, rounded up to a multiple of 64. Raises ToolError.
    """
    tokenizer = load_tokenizer(tokenizer_folder)
    config = config_of(
        shape, vocab_size=-(-len(tokenizer) // 64) * 64, bos_token_id=None, eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )  # fmt: skip
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    _begin(model, config.num_hidden_layers)
    partial = out.with_name(f"{out.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    quietly(model.save_pretrained, partial)
    copy_tokenizer(tokenizer_folder, partial)
    shutil.rmtree(out, ignore_errors=True)
    partial.rename(out)
    return out


@torch.no_grad()
def _begin(model: nn.Module, layers: int) -> None:
    """Random weights from which a small model learns soon: by each matrix's width, what is added on made smaller."""
    for name, parameter in model.named_parameters():
        if parameter.dim() != 2:
            continue
        nn.init.normal_(
            parameter, std=0.02 if "embed" in name or "lm_head" in name else 0.6 / math.sqrt(parameter.shape[1])
        )
        if name.endswith(("o_proj.weight", "down_proj.weight")):
            parameter.mul_(1 / math.sqrt(2 * layers))


def copy_tokenizer(source: Path, target: Path) -> None:
    """The files that make up a tokenizer, as they are: saving them anew may change them."""
    for name in TOKENIZER_FILES:
        if (source / name).is_file():
            shutil.copyfile(source / name, target / name)


def quietly(call: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    """Calls a function of transformers without its progress bars."""
    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        return call(*arguments, **more)
    finally:
        if shown:
            logging.enable_progress_bar()


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
