"""How soon the local model answers: worker ready, first token, tokens a second, stop. On an idle machine only.

    .venv/bin/python tools/bench/engine_start.py [MODEL.gguf] [--rounds 5]

Prints one JSON object with medians over all rounds; times are milliseconds.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from shopdesk.core.ports import Completed, Piece  # noqa: E402
from shopdesk.core.types import ChatMessage  # noqa: E402
from shopdesk.engine.client import LocalEngine  # noqa: E402
from shopdesk.engine.models import ModelShelf  # noqa: E402

FACTS = "\n".join(f"[{n}] 名称: 样品 {n} | 价格: ¥{n}9.00 | 库存: {n}件 | 货位: A{n}" for n in range(1, 4))
PROMPT = [ChatMessage("system", f"资料：\n{FACTS}"), ChatMessage("user", "样品 2 多少钱？")]

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("model", nargs="?", default="counter")
arguments.add_argument("--rounds", type=int, default=5)
options = arguments.parse_args()

entry = ModelShelf(ROOT / "resources" / "models", ROOT / "resources" / "models").find(options.model)
seen: dict[str, list[float]] = {name: [] for name in ("ready_ms", "first_token_ms", "tokens_per_s", "stop_ms")}
with tempfile.TemporaryDirectory() as home:
    for _ in range(options.rounds):
        started = time.perf_counter()
        with LocalEngine(entry.path, entry.manifest, data_dir=Path(home)) as engine:
            engine.wait_ready()
            seen["ready_ms"].append((time.perf_counter() - started) * 1000)
            cancel = threading.Event()
            started = time.perf_counter()
            first = started
            for event in engine.generate(PROMPT, max_tokens=128, temperature=0.0):
                if isinstance(event, Piece) and first == started:
                    first = time.perf_counter()
                    seen["first_token_ms"].append((first - started) * 1000)
                if isinstance(event, Completed) and event.tokens.completion > 1:
                    seen["tokens_per_s"].append((event.tokens.completion - 1) / (time.perf_counter() - first))
            answer = engine.generate(PROMPT, max_tokens=128, cancel=cancel)
            next(answer)
            cancel.set()
            started = time.perf_counter()
            list(answer)
            seen["stop_ms"].append((time.perf_counter() - started) * 1000)
print(json.dumps({name: round(median(values), 1) for name, values in seen.items() if values} | {"model": entry.name}))
