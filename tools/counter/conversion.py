"""From the network's weights and the tokenizer to a GGUF file that llama.cpp runs as `qwen3`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from shopdesk.core.prompting import PROMPT_VERSION
from tools.counter.gguf import CONTROL, NORMAL, UNUSED, Metadata, write_gguf
from tools.counter.network import Network
from tools.counter.shape import Shape
from tools.counter.tokenizer import END, END_OF_TEXT, SPECIAL, parts_of

NAME = "ShopDesk Counter"
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
_TENSORS = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def tensor_name(parameter: str) -> str:
    """The GGUF name of a parameter: `layers.3.mlp.up_proj.weight` → `blk.3.ffn_up.weight`."""
    if parameter == "embed_tokens.weight":
        return "token_embd.weight"
    if parameter == "norm.weight":
        return "output_norm.weight"
    _, number, rest = parameter.split(".", 2)
    return f"blk.{number}.{_TENSORS[rest.removesuffix('.weight')]}.weight"


def tensors_of(network: Network) -> dict[str, NDArray[np.float32]]:
    """All tensors in fp32 by their GGUF names. The output matrix is the embedding and is not written twice."""
    return {tensor_name(name): value.detach().float().numpy() for name, value in network.state_dict().items()}


def model_metadata(shape: Shape, tokenizer: Tokenizer, data_sha256: str) -> dict[str, Metadata]:
    tokens, merges = parts_of(tokenizer)
    end, padding = int(tokenizer.token_to_id(END)), int(tokenizer.token_to_id(END_OF_TEXT))
    types = [CONTROL if token in SPECIAL else NORMAL for token in tokens]
    for number in range(len(tokens), shape.vocabulary):
        tokens.append(f"<|unused_{number}|>")
        types.append(UNUSED)
    return {
        "general.architecture": "qwen3",
        "general.type": "model",
        "general.name": NAME,
        "general.license": "apache-2.0",
        "general.languages": ["zh", "en"],
        "general.description": "Trained from scratch; words shop answers from facts and a plan given by ShopDesk.",
        "shopdesk.prompt_version": PROMPT_VERSION,
        "shopdesk.data_sha256": data_sha256,
        "qwen3.context_length": shape.context,
        "qwen3.embedding_length": shape.hidden,
        "qwen3.block_count": shape.layers,
        "qwen3.feed_forward_length": shape.feed_forward,
        "qwen3.attention.head_count": shape.heads,
        "qwen3.attention.head_count_kv": shape.kv_heads,
        "qwen3.attention.key_length": shape.head_dim,
        "qwen3.attention.value_length": shape.head_dim,
        "qwen3.attention.layer_norm_rms_epsilon": shape.epsilon,
        "qwen3.rope.freq_base": shape.rope_base,
        "qwen3.vocab_size": shape.vocabulary,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "qwen2",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.token_type": types,
        "tokenizer.ggml.merges": merges,
        "tokenizer.ggml.eos_token_id": end,
        "tokenizer.ggml.padding_token_id": padding,
        "tokenizer.ggml.bos_token_id": padding,
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.chat_template": CHAT_TEMPLATE,
    }


def convert(network: Network, tokenizer: Tokenizer, path: Path, kind: str, data_sha256: str) -> None:
    """Writes `network` as a GGUF file of type `kind` ("f16" or "q8_0")."""
    write_gguf(path, model_metadata(network.shape, tokenizer, data_sha256), tensors_of(network), kind)
