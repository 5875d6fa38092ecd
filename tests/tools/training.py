"""What the tests of training share: a tokenizer of bytes, small bases, and a dataset that can be learned."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from tools.dataset.rows import Emphasis, Message, Row, answer, write_rows
from tools.training.base import make_base
from tools.training.settings import Settings, load_settings

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
THINKING = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n<think>\n\n</think>\n\n{% endif %}"
)
"""Writes an empty thought before an answer that is to be made, and none in the history."""
SHAPE = {
    "model_type": "qwen3", "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "head_dim": 16, "intermediate_size": 48, "max_position_embeddings": 512,
    "rope_theta": 10000,
    "tie_word_embeddings": True,
}  # fmt: skip


def make_tokenizer(folder: Path, template: str = CHATML) -> Path:
    """A tokenizer folder: one token a byte, and the marks of ChatML."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={letter: place for place, letter in enumerate(letters)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    marks = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
    tokenizer.add_special_tokens([AddedToken(mark, special=True, normalized=False) for mark in marks])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "chat_template.jinja").write_text(template, encoding="utf-8")
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|im_end|>", "pad_token": "<|endoftext|>"}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def small_base(folder: Path, **shape: Any) -> Path:
    """A base with random weights."""
    return make_base(SHAPE | shape, make_tokenizer(folder / "tokenizer"), folder / "base")


def row(name: str, *turns: str, source: str = "shop", emphasis: Sequence[Emphasis] = ()) -> Row:
    """Turns of user and assistant, beginning with the user; all answers are learned."""
    messages = [answer(text) if place % 2 else Message("user", text) for place, text in enumerate(turns)]
    return Row(name, "product", "value", "en", source, tuple(messages), tuple(emphasis))


def small_data(folder: Path, rows: int = 24) -> Path:
    """A dataset of different lengths."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [row(f"r{n}", f"{'very ' * (n % 5)}red mug {n}?", f"¥{n}.00 [1]") for n in range(rows)]
    write_rows(folder / "train.jsonl", made)
    write_rows(folder / "valid.jsonl", [row("v1", "blue mug 3?", "¥3.00 [1]"), row("v2", "red tent 7?", "¥7.00 [1]")])
    return folder


def small_settings(base: Path, *overrides: str) -> Settings:
    """Six updates of all weights, quick."""
    usual = ("method=full", "epochs=2", "batch=4", "accumulation=2", "rate=3e-3", "checks=3", "save_minutes=1000")
    return load_settings("qwen3-0.6b", [*usual, *overrides], base=str(base))
