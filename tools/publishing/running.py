"""A GGUF file in the app's own engine code, so that what is compared is what a clerk will get, with its logits."""

from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from pathlib import Path

import llama_cpp as lib
import numpy as np
from numpy.typing import NDArray

from shopdesk.core.errors import EngineError
from shopdesk.core.ports import Completed
from shopdesk.engine.llama import LlamaModel
from shopdesk.engine.protocol import Load
from tools.errors import ToolError
from tools.examination.answering import Said

_BATCH = 512


class RunningModel(LlamaModel):
    """The file at `path` on the CPU, without the repacking that crashes on processors with AMX.

    `context` in tokens. Raises ToolError where llama.cpp does not take the file.
    """

    def __init__(self, path: Path, context: int = 2048, threads: int = 2) -> None:
        try:
            super().__init__(Load(0, str(path), context, threads, gpu_layers=0, extra_buffers=False, probe=False))
        except EngineError as fault:
            raise ToolError(f"llama.cpp does not run {path}: {fault.text('en')}") from fault

    def close(self) -> None:
        """Gives the memory back; the model cannot be used after."""
        lib.llama_free(self._context)
        lib.llama_model_free(self._model)

    @property
    def vocabulary(self) -> int:
        return int(lib.llama_vocab_n_tokens(self._vocab))

    def ends(self, token: int) -> bool:
        """Whether `token` ends an answer."""
        return bool(lib.llama_vocab_is_eog(self._vocab, token))

    def prompt(self, messages: Sequence[Mapping[str, str]]) -> tuple[str, list[int]]:
        """The prompt as the file's template writes it, and its tokens. Raises EngineError("model_template")."""
        return "".join(part.text for part in self._template.parts(messages)), self.tokenize(messages)

    def plain_tokens(self, text: str) -> list[int]:
        """Tokens of text that holds no special ones."""
        return self._tokenize_plain(text)

    def logits(self, tokens: Sequence[int], start: int = 0) -> NDArray[np.float32]:
        """What the model expects after each token from position `start` on: (len(tokens) - start, vocabulary)."""
        self._forget_from(0)
        rows = []
        batch = lib.llama_batch_init(_BATCH, 0, 1)
        try:
            for begin in range(0, len(tokens), _BATCH):
                piece = tokens[begin : begin + _BATCH]
                batch.n_tokens = len(piece)
                for index, token in enumerate(piece):
                    batch.token[index], batch.pos[index] = token, begin + index
                    batch.n_seq_id[index], batch.seq_id[index][0] = 1, 0
                    batch.logits[index] = begin + index >= start
                outcome = lib.llama_decode(self._context, batch)
                if outcome != 0:
                    raise ToolError(f"llama.cpp could not read {len(tokens)} tokens in (llama_decode: {outcome}).")
                for index in range(len(piece)):
                    if begin + index >= start:
                        row = lib.llama_get_logits_ith(self._context, index)
                        address = ctypes.cast(row, ctypes.POINTER(ctypes.c_float * self.vocabulary))
                        rows.append(np.array(address.contents, dtype=np.float32))
        finally:
            lib.llama_batch_free(batch)
            lib.llama_memory_clear(self._memory, False)
        return np.stack(rows)

    def answer(self, messages: Sequence[Mapping[str, str]], most: int) -> Said:
        """The model's own greedy answer of at most `most` tokens."""
        pieces, reason = [], "length"
        for piece in self.generate(messages, max_tokens=most, temperature=0.0, seed=0, cancelled=lambda: False):
            if isinstance(piece, Completed):
                reason = piece.reason
            else:
                pieces.append(piece.text)
        return Said(("".join(pieces),), reason == "stop")
