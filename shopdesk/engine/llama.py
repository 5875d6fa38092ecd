"""llama.cpp, through the functions of its C interface. The only module that imports llama_cpp.

Runs in the worker process alone: whatever goes wrong inside llama.cpp can end the process, and
must never end the window.
"""

from __future__ import annotations

import codecs
import ctypes
import hashlib
import math
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast

import llama_cpp as lib

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import TokenCounts
from shopdesk.engine.copying import Copying, agreed
from shopdesk.engine.guarding import MOST_PASSED_OVER, Guard
from shopdesk.engine.protocol import Load
from shopdesk.engine.template import ChatTemplate, Part

_BATCH = 512
_PROBE_TOKENS = 48
_WARNING, _ERROR = 3, 4
_SLOW_TOKEN_S = 0.02
_SPECIAL = lib.LLAMA_TOKEN_ATTR_CONTROL | lib.LLAMA_TOKEN_ATTR_USER_DEFINED | lib.LLAMA_TOKEN_ATTR_UNKNOWN

Cancelled = Callable[[], bool]


def version() -> str:
    """Binding, version and a hash of what it was built to use: another build deserves another trial."""
    return f"llama-cpp-python {lib.__version__} {hashlib.sha256(lib.llama_print_system_info()).hexdigest()[:8]}"


def uses_amx() -> bool:
    return b"AMX_INT8 = 1" in lib.llama_print_system_info()


def gpu_present() -> bool:
    return bool(lib.llama_supports_gpu_offload())


_last_complaints: deque[str] = deque(maxlen=8)


@lib.llama_log_callback
def _log(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    """Warnings and errors of llama.cpp go to stderr, which is the worker's log file."""
    if level in (_WARNING, _ERROR):
        line = text.decode("utf-8", "replace").rstrip()
        _last_complaints.append(line)
        print(line, file=sys.stderr, flush=True)


class LlamaModel:
    """A loaded model with one context, whose memory of the last prompt is reused by the next."""

    def __init__(self, load: Load) -> None:
        """Raises EngineError: model_broken where llama.cpp refuses the file, engine_memory where it has no room."""
        lib.llama_log_set(_log, ctypes.c_void_p(0))
        lib.llama_backend_init()
        _last_complaints.clear()
        self.gpu_failed = ""
        gpu_layers = load.gpu_layers if gpu_present() else 0
        try:
            self._open(load, gpu_layers)
        except EngineError as fault:
            if gpu_layers == 0:
                raise
            # Most often too little memory on the card; the processor is slower but there.
            self.gpu_failed = fault.detail or fault.code
            self._open(load, 0)
        self._cached: list[int] = []
        self._special: dict[int, bool] = {}
        self._words: dict[str, list[int]] = {}
        self._watch_cancel: Cancelled = _never
        self._abort = lib.ggml_abort_callback(lambda _data: self._watch_cancel())
        self._template = ChatTemplate(
            self._metadata("tokenizer.chat_template"), bos=self._text_of_bos(), eos=self._text_of_eos()
        )
        if load.probe:
            self._probe()

    @property
    def context(self) -> int:
        """Tokens that prompt and answer may fill together."""
        return int(lib.llama_n_ctx(self._context))

    def count(self, text: str) -> int:
        """Tokens of `text` as the content of a message. Safe beside a running :meth:`generate`."""
        return len(self._tokenize_plain(text))

    def generate(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        max_tokens: int,
        temperature: float,
        seed: int,
        cancelled: Cancelled,
        copy: Sequence[str] = (),
        words: Sequence[str] = (),
        allowed: AllowedFigures | None = None,
    ) -> Iterator[Piece | Completed]:
        """Pieces of text, then one Completed. Raises EngineError: prompt_too_long, model_template, engine_decode.

        `copy` and `words` are explained at :class:`shopdesk.engine.protocol.Generate`, `allowed` at
        :class:`shopdesk.core.ports.Engine`.
        """
        prompt = self.tokenize(messages)
        room = self.context - len(prompt)
        if room < min(max_tokens, 16) or not prompt:
            raise EngineError("prompt_too_long", detail=f"{len(prompt)} tokens, room for {self.context}")
        reused = self._forget_all_but(prompt)
        starts = self._starts(copy, words)
        sampler = _sampler(temperature, seed)
        copying, forced, said = Copying(copy), deque[int](), ""
        guard = Guard(allowed, self.piece, self._tokenize_plain) if allowed is not None else None
        count = 0
        reason: Literal["stop", "length", "cancelled"] = "length"
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        try:
            if not self._read_in(prompt[reused:], cancelled):
                yield Completed("cancelled", TokenCounts(len(prompt), reused, 0))
                return
            for count in range(min(max_tokens, room)):
                if cancelled():
                    reason = "cancelled"
                    break
                copied = bool(forced)
                token = forced.popleft() if copied else self._chosen(sampler, guard, said, decoder.getstate()[0])
                if lib.llama_vocab_is_eog(self._vocab, token):
                    reason = "stop"
                    break
                cites = said.endswith("[")
                if text := decoder.decode(self.piece(token)):
                    yield Piece(text)
                    said += text
                # What was copied begins nothing: only a word of the model's own choice does.
                if not copied and token in starts and not cites:
                    forced.extend(agreed([rest for text, rest in starts[token] if text not in said]))
                elif not copied and text and (rests := copying.rests_of(said)):
                    forced.extend(self._shared(rests))
                # The last token of the answer is left out of memory, as there is no more to predict.
                if count + 1 < min(max_tokens, room) and not self._append(token, cancelled):
                    count += 1
                    reason = "cancelled"
                    break
            else:
                count = min(max_tokens, room)
        finally:
            lib.llama_sampler_free(sampler)
        # Bytes still waiting in the decoder are half a character: they are dropped, not shown.
        yield Completed(reason, TokenCounts(len(prompt), reused, count))

    def _chosen(self, sampler: Any, guard: Guard | None, said: str, pending: bytes) -> int:
        """The next token: the sampler's choice, or its next best where the guard does not permit that."""
        token = int(lib.llama_sampler_sample(sampler, self._context, -1))
        if guard is None:
            return token
        logits = lib.llama_get_logits_ith(self._context, -1)
        for _ in range(MOST_PASSED_OVER):
            if guard.permits(token, said, pending, ends=bool(lib.llama_vocab_is_eog(self._vocab, token))):
                return token
            logits[token] = -math.inf
            token = int(lib.llama_sampler_sample(sampler, self._context, -1))
        ways = guard.ways_on(said)
        # Where nothing leads on, the answer ends here; its check will not let it through.
        return max(ways, key=lambda way: logits[way], default=int(lib.llama_vocab_eos(self._vocab)))

    def _shared(self, rests: Sequence[str]) -> list[int]:
        """The tokens that all of `rests` begin with: " Vase" and " Bowl" share none, though both begin with a space."""
        return agreed([self._tokenize_plain(rest) for rest in rests])

    def _starts(self, texts: Sequence[str], words: Sequence[str]) -> dict[int, list[tuple[str, list[int]]]]:
        """The tokens that can begin a text, after a space or without → those texts, each with its other tokens.

        Tokens of `words` are left out: with them the model may be saying something of its own.
        """
        starts: dict[int, list[tuple[str, list[int]]]] = {}
        if not words:
            return starts
        own = set().union(*(self._vocabulary_of(word) for word in words))
        for text in dict.fromkeys(texts):
            for variant in (text, f" {text}"):
                first, *rest = self._tokenize_plain(variant) or [0]
                if first not in own and self.piece(first).strip():
                    starts.setdefault(first, []).append((text, rest))
        return starts

    def _vocabulary_of(self, word: str) -> list[int]:
        known = self._words.get(word)
        if known is None:
            self._words[word] = known = self._tokenize_plain(word)
        return known

    def tokenize(self, messages: Sequence[Mapping[str, str]]) -> list[int]:
        """The whole prompt. Only the template's own text can produce special tokens.

        Plain text is tokenized in one run from one special token to the next, template and
        content together, because that is how the model saw it in training.
        """
        tokens: list[int] = []
        plain = ""
        parts = self._template.parts(messages)
        if lib.llama_vocab_get_add_bos(self._vocab) and not self._opens_with_bos(parts):
            tokens.append(int(lib.llama_vocab_bos(self._vocab)))
        for part in parts:
            if not part.trusted:
                plain += part.text
                continue
            for text, special in self._cut_at_specials(part.text):
                if special is None:
                    plain += text
                else:
                    tokens += self._tokenize_plain(plain)
                    tokens.append(special)
                    plain = ""
        return tokens + self._tokenize_plain(plain)

    def _open(self, load: Load, gpu_layers: int) -> None:
        params = lib.llama_model_default_params()
        params.n_gpu_layers = gpu_layers
        params.use_extra_bufts = load.extra_buffers
        # llama.cpp reads UTF-8 paths on Windows and bytes elsewhere.
        path = load.path.encode("utf-8") if os.name == "nt" else os.fsencode(load.path)
        model = lib.llama_model_load_from_file(path, params)
        if not model:
            raise EngineError("model_broken", path=Path(load.path).name, detail=_complaints())
        settings = lib.llama_context_default_params()
        settings.n_ctx = load.context
        settings.n_batch = settings.n_ubatch = min(_BATCH, load.context)
        settings.n_threads = settings.n_threads_batch = load.threads
        settings.offload_kqv = settings.op_offload = gpu_layers != 0
        settings.no_perf = True
        context = lib.llama_init_from_model(model, settings)
        if not context:
            lib.llama_model_free(model)
            raise EngineError("engine_memory", path=Path(load.path).name, detail=_complaints())
        self._model, self._context = model, context
        self._vocab = lib.llama_model_get_vocab(model)
        self._memory = lib.llama_get_memory(context)
        self.device = _gpu_name() if gpu_layers else "cpu"

    def _probe(self) -> None:
        """Evaluate one batch and one single token, the two shapes that take different code in llama.cpp."""
        size = int(lib.llama_vocab_n_tokens(self._vocab))
        batch = [number % size for number in range(min(_PROBE_TOKENS, self.context - 1))]
        self._read_in(batch, _never)
        self._append(batch[0], _never)
        self._forget_from(0)

    # -- evaluating

    def _forget_all_but(self, prompt: list[int]) -> int:
        """Keep what the memory and `prompt` begin with in common; the number of tokens kept.

        The last token is always evaluated again, since its prediction is what starts the answer.
        """
        common = 0
        for old, new in zip(self._cached, prompt[:-1], strict=False):
            if old != new:
                break
            common += 1
        return self._forget_from(common)

    def _forget_from(self, position: int) -> int:
        """Drop the memory from `position` on; the position from which it is really empty."""
        if position and not lib.llama_memory_seq_rm(self._memory, 0, position, -1):
            position = 0  # a recurrent model cannot forget a part
        if position == 0:
            lib.llama_memory_clear(self._memory, False)
        del self._cached[position:]
        return position

    def _read_in(self, tokens: list[int], cancelled: Cancelled) -> bool:
        """Evaluate part of a prompt; False when it was cancelled on the way."""
        for start in range(0, len(tokens), _BATCH):
            if cancelled() or not self._decode(tokens[start : start + _BATCH], cancelled, watch=True):
                return False
        return True

    def _append(self, token: int, cancelled: Cancelled) -> bool:
        """Evaluate one token of the answer.

        Asking between all the steps of one token costs a tenth of a small model's speed and
        nothing of a large one's, where one token alone may outlast the time a stop may take.
        """
        watch = self._token_s > _SLOW_TOKEN_S
        started = time.perf_counter()
        done = self._decode([token], cancelled, watch=watch)
        self._token_s = time.perf_counter() - started
        return done

    _token_s = 0.0

    def _decode(self, tokens: list[int], cancelled: Cancelled, *, watch: bool) -> bool:
        array = (lib.llama_token * len(tokens))(*tokens)
        self._watch_cancel = cancelled
        lib.llama_set_abort_callback(self._context, self._abort if watch else lib.ggml_abort_callback(), None)
        outcome = lib.llama_decode(self._context, lib.llama_batch_get_one(array, len(tokens)))
        if outcome == 0:
            self._cached += tokens
            return True
        self._forget_from(len(self._cached))
        if outcome == 2:
            return False
        raise EngineError("engine_decode", detail=f"llama_decode returned {outcome}: {_complaints()}")

    # -- text and tokens

    def _cut_at_specials(self, text: str) -> Iterator[tuple[str, int | None]]:
        """The template's own text as (plain text, None) and (text of a special token, its id), in order."""
        rest = text
        for token in self._tokenize(text, special=True):
            if not self._is_special(token):
                continue
            name = self.piece(token, special=True).decode("utf-8", "replace")
            before, found, after = rest.partition(name)
            if not found:
                continue
            if before:
                yield before, None
            yield name, token
            rest = after
        if rest:
            yield rest, None

    def _tokenize_plain(self, text: str) -> list[int]:
        """Tokens of text that must not act on the model, whatever it contains.

        Most special tokens are off with parse_special=False. Those that llama.cpp finds all the
        same (it does for "user defined" ones) are broken up after their first character.
        """
        tokens = self._tokenize(text, special=False)
        culprit = next((token for token in tokens if self._is_special(token)), None)
        name = self.piece(culprit, special=True).decode("utf-8", "replace") if culprit is not None else ""
        if len(name) < 2 or name not in text:
            return tokens
        cut = text.index(name) + 1
        return self._tokenize_plain(text[:cut]) + self._tokenize_plain(text[cut:])

    def _tokenize(self, text: str, *, special: bool) -> list[int]:
        data = text.encode("utf-8", "replace")
        if not data:
            return []
        room = len(data) + 8
        array = (lib.llama_token * room)()
        count = int(lib.llama_tokenize(self._vocab, data, len(data), array, room, False, special))
        if count < 0:
            raise EngineError("engine_decode", detail=f"llama_tokenize returned {count}")
        return list(array[:count])

    def _is_special(self, token: int) -> bool:
        known = self._special.get(token)
        if known is None:
            known = bool(lib.llama_vocab_get_attr(self._vocab, token) & _SPECIAL)
            self._special[token] = known = known or bool(lib.llama_vocab_is_eog(self._vocab, token))
        return known

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """The bytes of one token, often less than a character. Special tokens are empty unless `special`."""
        buffer = ctypes.create_string_buffer(64)
        length = int(lib.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, special))
        if length < 0:
            buffer = ctypes.create_string_buffer(-length)
            length = int(lib.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, special))
        return buffer.raw[:length]

    def _opens_with_bos(self, parts: list[Part]) -> bool:
        bos = self._text_of_bos()
        return bool(bos and parts and parts[0].trusted and parts[0].text.startswith(bos))

    def _text_of_bos(self) -> str:
        return self._text_of_special(int(lib.llama_vocab_bos(self._vocab)))

    def _text_of_eos(self) -> str:
        return self._text_of_special(int(lib.llama_vocab_eos(self._vocab)))

    def _text_of_special(self, token: int) -> str:
        return self.piece(token, special=True).decode("utf-8", "replace") if token >= 0 else ""

    def _metadata(self, key: str) -> str | None:
        name = key.encode()
        length = int(lib.llama_model_meta_val_str(self._model, name, ctypes.create_string_buffer(1), 1))
        if length < 0:
            return None
        buffer = ctypes.create_string_buffer(length + 1)
        lib.llama_model_meta_val_str(self._model, name, buffer, len(buffer))
        return buffer.value.decode("utf-8", "replace")


def _never() -> bool:
    return False


def _sampler(temperature: float, seed: int) -> Any:
    """Greedy at temperature 0; otherwise the usual chain, narrow enough for facts."""
    chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
    if temperature <= 0:
        lib.llama_sampler_chain_add(chain, cast(Any, lib.llama_sampler_init_greedy()))
        return chain
    for step in (
        lib.llama_sampler_init_top_k(40),
        lib.llama_sampler_init_top_p(0.95, 1),
        lib.llama_sampler_init_min_p(0.05, 1),
        lib.llama_sampler_init_temp(temperature),
        lib.llama_sampler_init_dist(seed & 0xFFFFFFFF),
    ):
        lib.llama_sampler_chain_add(chain, cast(Any, step))
    return chain


def _gpu_name() -> str:
    """ "cuda", "metal"… as llama.cpp was built; "gpu" for a kind that is not known here."""
    info = lib.llama_print_system_info().decode("utf-8", "replace").lower()
    return next((name for name in ("cuda", "metal", "vulkan", "rocm", "sycl") if name in info), "gpu")


def _complaints() -> str:
    return "; ".join(_last_complaints)
