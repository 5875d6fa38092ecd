"""The model file: what is written can be read, and llama.cpp runs it as the network it came from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tools.counter.gguf import quantised_q8_0, write_gguf


def test_q8_0_keeps_values_within_half_a_step() -> None:
    values = np.random.default_rng(1).normal(size=(4, 64)).astype(np.float32)
    values[0, :32] = 0
    raw = np.frombuffer(quantised_q8_0(values), dtype=[("scale", "<f2"), ("numbers", "i1", 32)])
    back = (raw["scale"].astype(np.float32)[:, None] * raw["numbers"]).reshape(values.shape)
    steps = np.repeat(raw["scale"].astype(np.float32), 32).reshape(values.shape)
    assert np.all(np.abs(back - values) <= steps * 0.52 + 1e-3 * np.abs(values))


def test_a_written_header_is_read_by_the_apps_reader(tmp_path: Path) -> None:
    from shopdesk.engine.gguf import read_head

    path = tmp_path / "tiny.gguf"
    metadata = {
        "general.architecture": "qwen3", "general.name": "小型", "qwen3.context_length": 64,
        "tokenizer.ggml.tokens": ["a", "极"], "tokenizer.ggml.token_type": [1, 3],
    }  # fmt: skip
    write_gguf(path, metadata, {"token_embd.weight": np.ones((2, 32), np.float32)}, "f16")
    head = read_head(path)
    assert head.metadata["general.name"] == "小型"


def test_the_file_answers_as_the_network(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("tokenizers")
    pytest.importorskip("llama_cpp")
    from tools.counter.conversion import convert
    from tools.counter.examination import unseen_shops
    from tools.counter.network import Network
    from tools.counter.parity import compare
    from tools.counter.shape import Shape
    from tools.counter.tokenizer import conversation_texts, make_tokenizer

    torch.manual_seed(1)
    tokenizer = make_tokenizer(list(conversation_texts(1, 60)))
    size = -(-tokenizer.get_vocab_size() // 64) * 64
    network = Network(Shape(size, hidden=64, layers=2, heads=4, kv_heads=2, head_dim=32, feed_forward=96)).eval()
    path = tmp_path / "tiny.gguf"
    convert(network, tokenizer, path, "f16", "0" * 64)
    chats = [case.messages for case in unseen_shops(4, 7)]
    whole = compare(network, tokenizer, path, chats, most=12)
    assert whole.same_tokens == 4

    # queries and keys of one layer exchanged: the same size, another model
    with torch.no_grad():
        network.layers[0].mlp.down_proj.weight.mul_(-1)
    assert compare(network, tokenizer, path, chats, most=12).token_agreement < whole.token_agreement
