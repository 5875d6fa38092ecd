"""Texts as vectors of meaning, by llama.cpp. Runs in the worker process alone, as `shopdesk.engine.llama` does."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp as lib

from shopdesk.core.errors import EngineError
from shopdesk.engine.llama import path_bytes
from shopdesk.engine.protocol import Load

_CONTEXT = 512
"""Tokens of a text that count: a name and a description."""


class LlamaEmbedder:
    """A loaded embedding model, with the pooling that its file names, else the mean over the tokens."""

    device = "cpu"

    def __init__(self, load: Load) -> None:
        """Raises EngineError: model_broken, engine_memory."""
        lib.llama_log_set(_quiet, ctypes.c_void_p(0))
        lib.llama_backend_init()
        params = lib.llama_model_default_params()
        params.n_gpu_layers = 0
        params.use_extra_bufts = load.extra_buffers
        model = lib.llama_model_load_from_file(path_bytes(load.path), params)
        if not model:
            raise EngineError("model_broken", path=Path(load.path).name)
        self._model, self._vocab = model, lib.llama_model_get_vocab(model)
        self._context = self._opened(load, lib.LLAMA_POOLING_TYPE_UNSPECIFIED)
        if lib.llama_pooling_type(self._context) == lib.LLAMA_POOLING_TYPE_NONE:
            lib.llama_free(self._context)
            self._context = self._opened(load, lib.LLAMA_POOLING_TYPE_MEAN)
        self._batch = lib.llama_batch_init(_CONTEXT, 0, 1)

    @property
    def context(self) -> int:
        return _CONTEXT

    def embed(self, text: str) -> list[float]:
        """The vector of `text`, of length 1. Raises EngineError("engine_decode")."""
        tokens = self._tokens_of(text)[:_CONTEXT]
        memory = lib.llama_get_memory(self._context)
        if memory:
            lib.llama_memory_clear(memory, True)
        batch = self._batch
        batch.n_tokens = len(tokens)
        for place, token in enumerate(tokens):
            batch.token[place], batch.pos[place] = token, place
            batch.n_seq_id[place], batch.seq_id[place][0], batch.logits[place] = 1, 0, 1
        if (outcome := lib.llama_decode(self._context, batch)) != 0:
            raise EngineError("engine_decode", detail=f"llama_decode returned {outcome}")
        found = lib.llama_get_embeddings_seq(self._context, 0)
        if not found:
            raise EngineError("engine_decode", detail="no embedding")
        values: Sequence[float] = found[: lib.llama_model_n_embd_out(self._model)]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return [value / length for value in values]

    def _opened(self, load: Load, pooling: int) -> Any:
        settings = lib.llama_context_default_params()
        settings.n_ctx = settings.n_batch = settings.n_ubatch = _CONTEXT
        settings.n_threads = settings.n_threads_batch = load.threads
        settings.embeddings, settings.pooling_type = True, pooling
        context = lib.llama_init_from_model(self._model, settings)
        if not context:
            raise EngineError("engine_memory", path=Path(load.path).name)
        return context

    def _tokens_of(self, text: str) -> list[int]:
        data = text.encode("utf-8", "replace")
        room = len(data) + 8
        array = (lib.llama_token * room)()
        count = int(lib.llama_tokenize(self._vocab, data, len(data), array, room, True, False))
        if count <= 0:
            raise EngineError("engine_decode", detail=f"llama_tokenize returned {count}")
        return list(array[:count])


@lib.llama_log_callback
def _quiet(_level: int, _text: bytes, _data: ctypes.c_void_p) -> None:
    """What an embedding model has to say is of no use to anybody."""
