"""A Counter model file, run by the app's own engine code, so that what is examined is what a clerk will get."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from shopdesk.core.ports import Completed
from shopdesk.core.types import ChatMessage
from shopdesk.engine.llama import LlamaModel
from shopdesk.engine.protocol import Load

Answering = Callable[[Sequence[ChatMessage], Sequence[str]], str]
"""From the messages of a chat, and the texts that an answer copies, to the model's answer."""


def open_model(path: Path, context: int = 2048) -> LlamaModel:
    """The file in llama.cpp on the CPU, without the repacking that crashes on processors with AMX."""
    return LlamaModel(Load(0, str(path), context, threads=2, gpu_layers=0, extra_buffers=False, probe=False))


def answering(model: LlamaModel, most: int, words: Sequence[str] = ()) -> Answering:
    """Greedy answers of at most `most` tokens, made of `words` (if any) and of what the prompt says."""

    def answer(messages: Sequence[ChatMessage], copied: Sequence[str]) -> str:
        turns = [asdict(message) for message in messages]
        pieces = model.generate(
            turns, max_tokens=most, temperature=0.0, seed=0, cancelled=lambda: False, copy=copied, words=words
        )
        return "".join(piece.text for piece in pieces if not isinstance(piece, Completed))

    return answer
