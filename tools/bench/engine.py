"""The engine: how long until a model is ready, says its first word, and how fast it goes on; and beside others.

The embedded model alone:

worker_first_start_ms     the first start on a machine, which may have to find out what it bears
worker_ready_ms           from the start of the worker process to the loaded model
embedded_first_token_ms   from a shop question's prompt to its first piece, prompt not seen before
embedded_stop_ms          from pressing stop in mid-answer to the end of the answer
embedded_tokens_per_s     tokens after the first piece per second
guard_decode_ratio        tokens per second with the figures guarded / without

A model of full size (random weights, see tools/bench/shapes.py) on the same file, turn about in one run (see
tools/bench/rivals.py): this engine; llama-cpp-python in a process of its own with the facts in the system prompt, as
most chat programs do it; and the llama.cpp server. Ratios are ours / theirs, medians of the rounds.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from shopdesk.core.figures import AllowedFigures
from shopdesk.core.ports import Completed
from shopdesk.core.types import ChatMessage, ModelManifest
from shopdesk.engine.client import LocalEngine
from shopdesk.engine.models import ModelShelf
from shopdesk.paths import resources
from tools.bench.clock import now_ms, percentile
from tools.bench.shops import rows

STARTS, PROMPTS, ANSWER_TOKENS = 5, 40, 64


def measure(model: Path | None) -> Mapping[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        shelf = ModelShelf(resources() / "models", Path(folder) / "models")
        entry = shelf.find(model) if model else shelf.default()
        data = Path(folder)
        first_start = _start(entry.path, entry.manifest, data)
        ready = [_start(entry.path, entry.manifest, data) for _ in range(STARTS)]
        with LocalEngine(entry.path, entry.manifest, data_dir=data) as running:
            running.wait_ready(60)
            stops = [_stop(running, messages) for messages in list(_prompts())[:STARTS]]
            firsts, rates = zip(*(_answer(running, messages) for messages in _prompts()), strict=True)
            guarded = [_guarded_ratio(running, messages) for messages in list(_prompts())[:PROMPTS]]
    return {
        "worker_first_start_ms": first_start,
        "worker_ready_ms": percentile(ready, 0.5),
        "worker_ready_max_ms": max(ready),
        "embedded_first_token_ms": percentile(firsts, 0.5),
        "embedded_first_token_p95_ms": percentile(firsts, 0.95),
        "embedded_stop_ms": percentile(stops, 0.5),
        "embedded_tokens_per_s": percentile([rate for rate in rates if rate], 0.5),
        "guard_decode_ratio": percentile([ratio for ratio in guarded if ratio], 0.5),
    }


def _start(model: Path, manifest: ModelManifest, data: Path) -> float:
    began = now_ms()
    with LocalEngine(model, manifest, data_dir=data) as engine:
        engine.wait_ready(300)
        return now_ms() - began


def _stop(engine: LocalEngine, messages: Sequence[ChatMessage]) -> float:
    cancel, stopped = threading.Event(), 0.0
    for _ in engine.generate(messages, max_tokens=ANSWER_TOKENS, cancel=cancel):
        if not cancel.is_set():
            cancel.set()
            stopped = now_ms()
    return now_ms() - stopped


def _answer(
    engine: LocalEngine, messages: Sequence[ChatMessage], allowed: AllowedFigures | None = None
) -> tuple[float, float]:
    """Milliseconds to the first piece, and tokens per second after it (0 for an answer of one piece)."""
    began, first, tokens = now_ms(), 0.0, 0
    for event in engine.generate(messages, max_tokens=ANSWER_TOKENS, allowed=allowed):
        first = first or now_ms()
        if isinstance(event, Completed):
            tokens = event.tokens.completion
    seconds = (now_ms() - first) / 1000
    return first - began, (tokens - 1) / seconds if tokens > 2 else 0.0


def _guarded_ratio(engine: LocalEngine, messages: Sequence[ChatMessage]) -> float:
    """Speed with the figures of the prompt as the only ones allowed / without, one right after the other."""
    figures = AllowedFigures.standing_in((), messages[-1].content, (1, 2, 3))
    free, guarded = _answer(engine, messages)[1], _answer(engine, messages, figures)[1]
    return guarded / free if free and guarded else 0.0


def _prompts() -> Iterator[list[ChatMessage]]:
    """Questions with three records each, all different, in the manner of the assistant's own."""
    shop = list(rows(3 * PROMPTS))
    for start in range(0, len(shop), 3):
        three = shop[start : start + 3]
        facts = [
            f"[{number}] {row['name']}（{row['color']}，{row['size']}） | 价格: ¥{row['price']} | "
            f"库存: {row['stock']} | 货位: {row['location']} | SKU: {row['sku']}"
            for number, row in enumerate(three, 1)
        ]
        point = f"要点: [1] {three[0]['name']}（{three[0]['color']}，{three[0]['size']}） | 价格: ¥{three[0]['price']}"
        question = f"问题: {three[0]['name']}多少钱"
        yield [ChatMessage("user", "\n".join(["资料:", *facts, point, question]))]
