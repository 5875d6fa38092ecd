"""From a GGUF file back to a Hugging Face folder, so that a model that ships can be trained further.

    unpack(Path("resources/models/counter.gguf"), Path("build/counter-base"))

Qwen2 and Qwen3 models with a byte-level BPE tokenizer that is cut as Qwen2 cuts text. The weights are as exact as the
file's: F16 loses nothing more, a quantised file stays as coarse as it is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers
from transformers import AutoConfig, AutoModelForCausalLM, PreTrainedConfig

from tools.counter.tokenizer import CUT
from tools.errors import ToolError
from tools.publishing.contents import Contents
from tools.publishing.drafts import drafted

_ARCHITECTURES = ("qwen2", "qwen3")
_CONTROL, _USER_DEFINED, _UNUSED = 3, 4, 5  # kinds of token in tokenizer.ggml.token_type


def unpack(gguf: Path, folder: Path) -> Path:
    """Writes config.json, model.safetensors (fp32), tokenizer, chat template and generation config into `folder`.

    Returns `folder`. Raises ToolError for a file that is damaged or of another kind of model or tokenizer.
    """
    contents = Contents(gguf)
    if contents.architecture not in _ARCHITECTURES:
        raise ToolError(f"{gguf} is a {contents.architecture} model; only {' and '.join(_ARCHITECTURES)} are unpacked.")
    kind = (contents.metadata.get("tokenizer.ggml.model"), contents.metadata.get("tokenizer.ggml.pre"))
    if kind != ("gpt2", "qwen2"):
        raise ToolError(f"{gguf} has a tokenizer of kind {kind[0]}/{kind[1]}; only gpt2/qwen2 is unpacked.")
    config = _config(contents)
    weights = _weights(contents, config)
    with drafted(folder) as draft:
        draft.mkdir()
        config.save_pretrained(draft)
        save_file(weights, draft / "model.safetensors", metadata={"format": "pt"})
        _write_tokenizer(contents, draft)
    return folder


def _config(contents: Contents) -> PreTrainedConfig:
    def number(key: str) -> Any:
        value = contents.of_architecture(key)
        if value is None:
            raise ToolError(f"{contents.path} lacks {contents.architecture}.{key}; make it anew.")
        return value

    embedding = contents.tensor("token_embd.weight")
    heads = number("attention.head_count")
    length = contents.of_architecture("attention.key_length") or number("embedding_length") // heads
    values = {
        "vocab_size": embedding.shape[0], "hidden_size": number("embedding_length"),
        "num_hidden_layers": number("block_count"), "intermediate_size": number("feed_forward_length"),
        "num_attention_heads": heads, "num_key_value_heads": number("attention.head_count_kv"), "head_dim": length,
        "max_position_embeddings": number("context_length"),
        "rms_norm_eps": float(f"{number('attention.layer_norm_rms_epsilon'):.6g}"),
        "rope_parameters": {"rope_type": "default", "rope_theta": float(number("rope.freq_base"))},
        "tie_word_embeddings": "output.weight" not in contents.names, "hidden_act": "silu", "dtype": "float32",
        "bos_token_id": contents.metadata.get("tokenizer.ggml.bos_token_id"),
        "eos_token_id": contents.metadata.get("tokenizer.ggml.eos_token_id"),
        "pad_token_id": contents.metadata.get("tokenizer.ggml.padding_token_id"),
    }  # fmt: skip
    name = {"qwen2": "Qwen2ForCausalLM", "qwen3": "Qwen3ForCausalLM"}[contents.architecture]
    return AutoConfig.for_model(contents.architecture, architectures=[name], **values)


def _weights(contents: Contents, config: PreTrainedConfig) -> dict[str, torch.Tensor]:
    with torch.device("meta"):
        parameters = dict(AutoModelForCausalLM.from_config(config).named_parameters())
    weights = {}
    for parameter, expected in parameters.items():
        name = contents.name_of(parameter)
        if name is None:
            raise ToolError(f"{contents.path} lacks the tensor for {parameter}; make it anew.")
        weights[parameter] = torch.from_numpy(contents.tensor(name).copy())
        if weights[parameter].shape != expected.shape:
            raise ToolError(
                f"{name} of {contents.path} is {tuple(weights[parameter].shape)}, not {tuple(expected.shape)}."
            )
    return weights


def _write_tokenizer(contents: Contents, folder: Path) -> None:
    tokens, kinds = contents.metadata["tokenizer.ggml.tokens"], contents.metadata["tokenizer.ggml.token_type"]
    vocabulary = {
        token: number for number, (token, kind) in enumerate(zip(tokens, kinds, strict=True)) if kind != _UNUSED
    }
    merges = [tuple(pair.split(" ")) for pair in contents.metadata["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges, byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(CUT), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    added = {number: kind for number, kind in enumerate(kinds) if kind in (_CONTROL, _USER_DEFINED)}
    tokenizer.add_tokens(
        [AddedToken(tokens[number], special=kind == _CONTROL, normalized=False) for number, kind in added.items()]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    config: dict[str, Any] = {
        # a Qwen2Tokenizer would add a normaliser that llama.cpp has not
        "tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False, "add_prefix_space": False,
        "model_max_length": contents.of_architecture("context_length"), "add_bos_token": False,
        "additional_special_tokens": [tokens[number] for number, kind in added.items() if kind == _CONTROL],
    }  # fmt: skip
    numbers = {}
    for role in ("bos", "eos", "pad"):
        key = "tokenizer.ggml.padding_token_id" if role == "pad" else f"tokenizer.ggml.{role}_token_id"
        number = contents.metadata.get(key)
        if number is not None:
            numbers[f"{role}_token_id"], config[f"{role}_token"] = number, tokens[number]
    _write_json(folder / "tokenizer_config.json", config)
    _write_json(folder / "generation_config.json", {**numbers, "do_sample": False})
    template = contents.metadata.get("tokenizer.chat_template")
    if template:
        (folder / "chat_template.jinja").write_text(template, encoding="utf-8")


def _write_json(path: Path, body: dict[str, Any]) -> None:
    path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
