"""llama.cpp, through the functions of its C interface. The only module that imports llama_cpp.

Runs in the worker process alone: whatever goes wrong inside llama.cpp can end the process, and
must never end the window.
"""

from __future__ import annotations

import codecs
import ctypes
import hashlib
import json
import math
import os
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast

import llama_cpp as lib
from llama_cpp.llama_grammar import json_schema_to_gbnf

from shopdesk.core.errors import EngineError
from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.types import TokenCounts
from shopdesk.engine.copying import Copying, agreed
from shopdesk.engine.drafting import Lookup, Pace
from shopdesk.engine.fit import Room
from shopdesk.engine.guarding import MOST_PASSED_OVER, Guard
from shopdesk.engine.prefixes import Parked, PrefixFiles, State, common
from shopdesk.engine.protocol import Load
from shopdesk.engine.template import ChatTemplate, Part
from shopdesk.engine.thinking import CLOSE, OPEN, Spoken

_BATCH = 512
_MOST_AHEAD = 16
_DRAFT_FROM_S = 0.004  # a token that takes less is sooner said than guessed
_WORTH_PARKING = 64
_WORTH_RESTORING = 16
_CHUNK_S, _BACKGROUND_CHUNK_S = 1.0, 0.4
_HEAD_BYTES = 1 << 16
_KV_TYPES = {"f16": lib.GGML_TYPE_F16, "q8_0": lib.GGML_TYPE_Q8_0}
_PROBE_TOKENS = 48
_WARNING, _ERROR = 3, 4
_SLOW_TOKEN_S = 0.02
_SPECIAL = lib.LLAMA_TOKEN_ATTR_CONTROL | lib.LLAMA_TOKEN_ATTR_USER_DEFINED | lib.LLAMA_TOKEN_ATTR_UNKNOWN

Cancelled = Callable[[], bool]
Told = Callable[[int, int], None]


def version() -> str:
    """Binding, version and a hash of what it was built to use: another build deserves another trial."""
    return f"llama-cpp-python {lib.__version__} {hashlib.sha256(lib.llama_print_system_info()).hexdigest()[:8]}"


def uses_amx() -> bool:
    return b"AMX_INT8 = 1" in lib.llama_print_system_info()


def gpu_present() -> bool:
    return bool(lib.llama_supports_gpu_offload())


def devices() -> list[dict[str, Any]]:
    """What llama.cpp can compute with beside the processor: name, description, free and total bytes of each."""
    try:
        from llama_cpp._ggml import libggml as ggml

        count, get = ggml.ggml_backend_dev_count, ggml.ggml_backend_dev_get
        name, description = ggml.ggml_backend_dev_name, ggml.ggml_backend_dev_description
        memory, kind = ggml.ggml_backend_dev_memory, ggml.ggml_backend_dev_type
    except (ImportError, AttributeError):  # a build that keeps these functions elsewhere
        return []
    count.restype, get.restype, get.argtypes = ctypes.c_size_t, ctypes.c_void_p, [ctypes.c_size_t]
    for text in (name, description):
        text.restype, text.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
    kind.restype, kind.argtypes = ctypes.c_int, [ctypes.c_void_p]
    memory.restype = None
    memory.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_size_t), ctypes.POINTER(ctypes.c_size_t)]
    found = []
    for number in range(count()):
        device = get(number)
        if kind(device) not in _CARDS:
            continue
        free, total = ctypes.c_size_t(), ctypes.c_size_t()
        memory(device, ctypes.byref(free), ctypes.byref(total))
        found.append(
            {
                "name": name(device).decode("utf-8", "replace"),
                "description": description(device).decode("utf-8", "replace"),
                "free": free.value,
                "total": total.value,
            }
        )
    return found


def path_bytes(path: str) -> bytes:
    """A path as llama.cpp takes it: UTF-8 on Windows, the file system's bytes elsewhere."""
    return path.encode("utf-8") if os.name == "nt" else os.fsencode(path)


def _never() -> bool:
    return False


_CARDS = (1, 2)  # GGML_BACKEND_DEVICE_TYPE_GPU and …_IGPU
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
        self.stepped = 0
        self._open_somehow(load)
        self._cached: list[int] = []
        self._kept = 0
        self._parked = Parked(load.parking)
        self._pace = Pace()
        self._read_rate = 0.0
        self._special: dict[int, bool] = {}
        self._words: dict[str, list[int]] = {}
        self._watch_cancel: Cancelled = _never
        self._abort = lib.ggml_abort_callback(lambda _data: self._watch_cancel())
        self._template = ChatTemplate(
            self._metadata("tokenizer.chat_template"), bos=self._text_of_bos(), eos=self._text_of_eos()
        )
        self._think_marks = {self._token_of(mark): mark for mark in (OPEN, CLOSE)}
        if load.probe:
            self._probe()
        self._prefix_files = PrefixFiles(Path(load.prefix_folder)) if load.prefix_folder else None
        self._prefix = self._shared_beginning(load.prefix) if load.prefix else []
        self.prefix_restored = self._restore_prefix()

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
        enough: Cancelled = _never,
        copy: Sequence[str] = (),
        words: Sequence[str] = (),
        allowed: AllowedFigures | None = None,
        background: bool = False,
        schema: Mapping[str, Any] | None = None,
        told: Told | None = None,
    ) -> Iterator[Piece | Completed]:
        """Pieces of text, then one Completed. Raises EngineError: prompt_too_long, model_template, engine_decode.

        `copy`, `words` and `background` are explained at :class:`shopdesk.engine.protocol.Generate`, `allowed` at
        :class:`shopdesk.core.ports.Engine`. `told` hears how much of the prompt is read. `cancelled` ends it at once,
        `enough` after the step of reading that is under way.
        """
        parts = self._template.parts(messages)
        prompt = self._tokens_of(parts)
        room = self.context - len(prompt)
        if room < min(max_tokens, 16) or not prompt:
            raise EngineError("prompt_too_long", detail=f"{len(prompt)} tokens, room for {self.context}")
        reused = self._forget_all_but(prompt)
        counts = TokenCounts(len(prompt), reused, 0)
        if not self._read_in(prompt[reused:], cancelled, enough, background=background, told=told):
            yield Completed("cancelled", counts)
            return
        if not background:
            self._kept = len(self._cached)
        if max_tokens == 0:
            yield Completed("length", counts)
            return
        guesses = temperature <= 0 and schema is None and self._pace.single_s >= _DRAFT_FROM_S
        sampler = self._sampler(temperature, seed, schema)
        try:
            yield from self._answer(
                parts,
                counts,
                sampler,
                limit=min(max_tokens, room),
                cancelled=cancelled,
                copying=Copying(copy),
                starts=self._starts(copy, words),
                guard=Guard(allowed, self.piece, self._tokenize_plain) if allowed is not None else None,
                lookup=Lookup(prompt) if guesses else None,
            )
        finally:
            lib.llama_sampler_free(sampler)
            self._kept = len(self._cached)

    def _answer(
        self,
        parts: Sequence[Part],
        counts: TokenCounts,
        sampler: Any,
        *,
        limit: int,
        cancelled: Cancelled,
        copying: Copying,
        starts: Mapping[int, list[tuple[str, list[int]]]],
        guard: Guard | None,
        lookup: Lookup | None,
    ) -> Iterator[Piece | Completed]:
        """Token after token. Those that are sure to come, and good guesses, are evaluated several at a time."""
        spoken = Spoken(thinking=_opens_a_thought(parts))
        forced, said, count = deque[int](), "", 0
        reason: Literal["stop", "length", "cancelled"] = "length"
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        ahead = _Ahead(self)
        try:
            while count < limit:
                if cancelled():
                    reason = "cancelled"
                    break
                copied = bool(forced)
                watching = guard if not spoken.thinking else None
                token = (
                    forced.popleft()
                    if copied
                    else self._chosen(sampler, watching, said, decoder.getstate()[0], ahead.place)
                )
                if lib.llama_vocab_is_eog(self._vocab, token):
                    reason = "stop"
                    break
                count += 1
                cites = said.endswith("[")
                raw = self._think_marks.get(token) or decoder.decode(self.piece(token))
                if text := spoken.feed(raw):
                    yield Piece(text)
                    said += text
                # What was copied begins nothing: only a word of the model's own choice does.
                if spoken.thinking:
                    if count == limit // 2:
                        forced.extend(self._tokenize(f"\n{CLOSE}\n\n", special=True))
                elif not copied and token in starts and not cites:
                    forced.extend(agreed([rest for text, rest in starts[token] if text not in said]))
                elif not copied and text and (rests := copying.rests_of(said)):
                    forced.extend(self._shared(rests))
                # The last token of the answer is left out of memory, as there is no more to predict.
                if count == limit:
                    break
                if lookup is not None:
                    lookup.add(token)
                guesses = list(forced) or (lookup.guess() if lookup is not None and self._pace.pays else [])
                if not ahead.take(token, guesses[: limit - count], cancelled, sure=bool(forced)):
                    reason = "cancelled"
                    break
        finally:
            ahead.drop()
        if text := spoken.rest():
            yield Piece(text)
        # Bytes still waiting in the decoder are half a character: they are dropped, not shown.
        yield Completed(reason, TokenCounts(counts.prompt, counts.reused, count))

    def _sampler(self, temperature: float, seed: int, schema: Mapping[str, Any] | None) -> Any:
        """Greedy at temperature 0; otherwise the usual chain, narrow enough for facts. A schema comes first."""
        chain = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
        if schema is not None:
            grammar = json_schema_to_gbnf(json.dumps(dict(schema)))
            lib.llama_sampler_chain_add(
                chain, cast(Any, lib.llama_sampler_init_grammar(self._vocab, grammar.encode(), b"root"))
            )
        steps = [lib.llama_sampler_init_greedy()]
        if temperature > 0:
            steps = [
                lib.llama_sampler_init_top_k(40),
                lib.llama_sampler_init_top_p(0.95, 1),
                lib.llama_sampler_init_min_p(0.05, 1),
                lib.llama_sampler_init_temp(temperature),
                lib.llama_sampler_init_dist(seed & 0xFFFFFFFF),
            ]
        for step in steps:
            lib.llama_sampler_chain_add(chain, cast(Any, step))
        return chain

    def _chosen(self, sampler: Any, guard: Guard | None, said: str, pending: bytes, place: int) -> int:
        """The next token: the sampler's choice, or its next best where the guard does not permit that."""
        token = int(lib.llama_sampler_sample(sampler, self._context, place))
        if guard is None:
            return token
        logits = lib.llama_get_logits_ith(self._context, place)
        for _ in range(MOST_PASSED_OVER):
            if guard.permits(token, said, pending, ends=bool(lib.llama_vocab_is_eog(self._vocab, token))):
                return token
            logits[token] = -math.inf
            token = int(lib.llama_sampler_sample(sampler, self._context, place))
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
        return self._tokens_of(self._template.parts(messages))

    def _tokens_of(self, parts: list[Part]) -> list[int]:
        tokens: list[int] = []
        plain = ""
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

    def prepare(self, cancelled: Cancelled) -> None:
        """Read in what all prompts begin with, and keep it on disk for the next start; nothing where that is done."""
        if not self._prefix or self._prefix_files is None:
            return
        before = self._saved() if self._cached else None
        shared = self._forget_from(common(self._cached, self._prefix))
        if self._read_in(self._prefix[shared:], cancelled, background=True):
            self._prefix_files.write(self._model_key, self._saved())
            self._prefix = []
        if before is not None:
            self._put(before)
            self._kept = min(self._kept, len(self._cached))

    def _open_somehow(self, load: Load) -> None:
        """Take the first of the rooms that there is memory for. Raises EngineError for the last one's reason."""
        rooms = [Room(**room) for room in load.rooms] or [Room(load.gpu_layers, load.context, _BATCH, "f16")]
        if not gpu_present():
            rooms = list(dict.fromkeys(Room(0, room.context, room.batch, room.kv) for room in rooms))
        if rooms[-1].gpu_layers:
            rooms.append(Room(0, rooms[-1].context, rooms[-1].batch, rooms[-1].kv))
        for number, room in enumerate(rooms):
            try:
                self._open(load, room)
            except EngineError as fault:
                if number + 1 == len(rooms) or (fault.code != "engine_memory" and room.gpu_layers == 0):
                    raise
                if room.gpu_layers:
                    # Most often too little memory on the card; the processor is slower but there.
                    self.gpu_failed = fault.detail or fault.code
                continue
            self.room, self.stepped = room, number
            return

    def _open(self, load: Load, room: Room) -> None:
        params = lib.llama_model_default_params()
        params.n_gpu_layers = room.gpu_layers
        params.use_extra_bufts = load.extra_buffers
        _last_complaints.clear()
        model = lib.llama_model_load_from_file(path_bytes(load.path), params)
        if not model:
            code = "engine_memory" if _ran_out_of_memory(_complaints()) else "model_broken"
            raise EngineError(code, path=Path(load.path).name, detail=_complaints())
        settings = lib.llama_context_default_params()
        settings.n_ctx = room.context
        settings.n_batch = settings.n_ubatch = min(room.batch, room.context)
        settings.n_threads = settings.n_threads_batch = load.threads
        settings.type_k = settings.type_v = _KV_TYPES[room.kv]
        settings.offload_kqv = settings.op_offload = room.gpu_layers != 0
        settings.no_perf = True
        context = lib.llama_init_from_model(model, settings)
        if not context:
            lib.llama_model_free(model)
            raise EngineError("engine_memory", path=Path(load.path).name, detail=_complaints())
        self._model, self._context = model, context
        self._vocab = lib.llama_model_get_vocab(model)
        self._memory = lib.llama_get_memory(context)
        self._batch = lib.llama_batch_init(_MOST_AHEAD, 0, 1)
        self._model_key = f"{version()} {room.kv} {load.extra_buffers} {_file_key(Path(load.path))}"
        self.device = _gpu_name() if room.gpu_layers else "cpu"

    def _probe(self) -> None:
        """Evaluate one batch and one single token, the two shapes that take different code in llama.cpp."""
        size = int(lib.llama_vocab_n_tokens(self._vocab))
        batch = [number % size for number in range(min(_PROBE_TOKENS, self.context - 1))]
        self._read_in(batch, _never)
        self._append(batch[0], _never)
        self._forget_from(0)

    # -- evaluating

    def _forget_all_but(self, prompt: list[int]) -> int:
        """Keep what memory and `prompt` begin with in common; the number of tokens kept.

        Where another conversation's state has more in common, it is brought back; one that is left is parked. The last
        token is always evaluated again, since its prediction is what starts the answer.
        """
        shared = common(self._cached, prompt[:-1])
        state, promised = self._parked.best_for(prompt[:-1])
        if self._kept - shared >= _WORTH_PARKING:
            self._forget_from(min(self._kept, len(self._cached)))
            self._parked.park(self._saved())
            shared = min(shared, len(self._cached))
        if state is not None and promised - shared >= _WORTH_RESTORING:
            shared = promised if self._put(state) else 0
        self._kept = min(self._kept, shared)
        return self._forget_from(shared)

    def _saved(self) -> State:
        size = int(lib.llama_state_seq_get_size(self._context, 0))
        buffer = (ctypes.c_uint8 * size)()
        written = int(lib.llama_state_seq_get_data(self._context, buffer, size, 0))
        return State(tuple(self._cached), bytes(memoryview(buffer)[:written]))

    def _put(self, state: State) -> bool:
        """Make `state` the memory; where llama.cpp does not take it, memory is empty."""
        self._forget_from(0)
        buffer = (ctypes.c_uint8 * len(state.data)).from_buffer_copy(state.data)
        if not lib.llama_state_seq_set_data(self._context, buffer, len(state.data), 0):
            self._forget_from(0)
            return False
        self._cached = list(state.tokens)
        return True

    def _shared_beginning(self, messages: Sequence[Mapping[str, str]]) -> list[int]:
        """The tokens that every prompt begins with which begins with `messages`."""
        one, other = (self.tokenize([*messages, {"role": "user", "content": text}]) for text in ("a", "1"))
        return one[: common(one, other)]

    def _restore_prefix(self) -> int:
        """How many tokens of the shared beginning were found on disk."""
        if not self._prefix or self._prefix_files is None:
            return 0
        state = self._prefix_files.read(self._model_key, self._prefix)
        if state is None or not self._put(state):
            return 0
        self._prefix = []
        return len(state.tokens)

    def _forget_from(self, position: int) -> int:
        """Drop the memory from `position` on; the position from which it is really empty."""
        if position and not lib.llama_memory_seq_rm(self._memory, 0, position, -1):
            position = 0  # a recurrent model cannot forget a part
        if position == 0:
            lib.llama_memory_clear(self._memory, False)
        del self._cached[position:]
        return position

    def _read_in(
        self,
        tokens: list[int],
        cancelled: Cancelled,
        enough: Cancelled = _never,
        *,
        background: bool = False,
        told: Told | None = None,
    ) -> bool:
        """Evaluate part of a prompt, in steps that a stop or a question need not wait for; False when cancelled."""
        before, done = len(self._cached), 0
        while done < len(tokens):
            chunk = tokens[done : done + self._chunk(background)]
            started = time.perf_counter()
            if cancelled() or enough() or not self._decode(chunk, cancelled, watch=True):
                return False
            done += len(chunk)
            if len(chunk) >= 8:
                rate = len(chunk) / (time.perf_counter() - started)
                self._read_rate = 0.5 * (self._read_rate + rate) if self._read_rate else rate
            if told is not None:
                told(before + done, before + len(tokens))
        return True

    def _chunk(self, background: bool) -> int:
        if background:
            return max(32, min(128, int(self._read_rate * _BACKGROUND_CHUNK_S)))  # fewer at a time cost more each
        return max(64, min(self._most_at_once, int(self._read_rate * _CHUNK_S) or 128))

    @property
    def _most_at_once(self) -> int:
        return int(lib.llama_n_batch(self._context))

    def _append(self, token: int, cancelled: Cancelled) -> bool:
        """Evaluate one token of the answer.

        Asking between all the steps of one token costs a tenth of a small model's speed and
        nothing of a large one's, where one token alone may outlast the time a stop may take.
        """
        started = time.perf_counter()
        done = self._decode([token], cancelled, watch=self._pace.single_s > _SLOW_TOKEN_S)
        self._pace.single(time.perf_counter() - started)
        return done

    def _decode(self, tokens: list[int], cancelled: Cancelled, *, watch: bool, every: bool = False) -> bool:
        """`every`: predict after each of at most `_MOST_AHEAD` tokens, not only after the last."""
        if every:
            batch = self._batch
            batch.n_tokens = len(tokens)
            for place, token in enumerate(tokens):
                batch.token[place], batch.pos[place] = token, len(self._cached) + place
                batch.n_seq_id[place], batch.seq_id[place][0], batch.logits[place] = 1, 0, 1
        else:
            array = (lib.llama_token * len(tokens))(*tokens)
            batch = lib.llama_batch_get_one(array, len(tokens))
        self._watch_cancel = cancelled
        lib.llama_set_abort_callback(self._context, self._abort if watch else lib.ggml_abort_callback(), None)
        outcome = lib.llama_decode(self._context, batch)
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

    def _token_of(self, mark: str) -> int:
        """The one token that `mark` is to this model; -1 where it is none."""
        tokens = self._tokenize(mark, special=True)
        return tokens[0] if len(tokens) == 1 else -1

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


class _Ahead:
    """Tokens that were evaluated before they were said: those that are sure to come, or guesses.

    `place` is where llama.cpp keeps the prediction of the next token.
    """

    def __init__(self, model: LlamaModel) -> None:
        self._model = model
        self._waiting: deque[int] = deque()
        self._guessed, self._seconds = 0, 0.0
        self.place = -1

    def take(self, token: int, guesses: Sequence[int], cancelled: Cancelled, *, sure: bool) -> bool:
        """Have `token` evaluated, with `guesses` in one go where it is not yet; False when cancelled."""
        if self._waiting and self._waiting[0] == token:
            self._waiting.popleft()
            self.place += 1
            return True
        self.drop()
        guesses = list(guesses[: _MOST_AHEAD - 1])
        self.place = -1
        if not guesses:
            return self._model._append(token, cancelled)
        started = time.perf_counter()
        if not self._model._decode([token, *guesses], cancelled, watch=True, every=True):
            return False
        self.place = 0
        self._waiting.extend(guesses)
        self._guessed, self._seconds = (0, 0.0) if sure else (len(guesses), time.perf_counter() - started)
        return True

    def drop(self) -> None:
        """What was not said is forgotten, and how well was guessed is noted."""
        if self._guessed:
            self._model._pace.drafted(self._seconds, 1 + self._guessed - len(self._waiting))
            self._guessed = 0
        if self._waiting:
            self._model._forget_from(len(self._model._cached) - len(self._waiting))
            self._waiting.clear()


def _opens_a_thought(parts: Sequence[Part]) -> bool:
    """Whether the template itself has begun a thought that the model is to go on with."""
    end = parts[-1].text if parts and parts[-1].trusted else ""
    return end.rfind(OPEN) > end.rfind(CLOSE)


def _file_key(path: Path) -> str:
    with path.open("rb") as file:
        return f"{hashlib.sha256(file.read(_HEAD_BYTES)).hexdigest()} {path.stat().st_size}"


def _ran_out_of_memory(complaints: str) -> bool:
    return "alloc" in complaints or "memory" in complaints


def _gpu_name() -> str:
    """ "cuda", "metal"… as llama.cpp was built; "gpu" for a kind that is not known here."""
    info = lib.llama_print_system_info().decode("utf-8", "replace").lower()
    return next((name for name in ("cuda", "metal", "vulkan", "rocm", "sycl") if name in info), "gpu")


def _complaints() -> str:
    return "; ".join(_last_complaints)
