"""The store at size: importing a generated shop, and finding the facts for a question in it.

facts_p95_ms_100k    from the question to the facts on the screen, 95 of 100 questions are quicker
import_100k_s        reading and checking a CSV file, and writing its rows, in seconds

The names carry the size that was measured (`--products`).
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from shopdesk.app import open_app
from shopdesk.core.events import FactsFound
from tools.bench.clock import now_ms, percentile
from tools.bench.questions import questions_about
from tools.bench.shops import write_csv

QUESTIONS = 200


def measure(products: int) -> Mapping[str, float]:
    size = size_name(products)
    with tempfile.TemporaryDirectory() as folder, open_app(Path(folder) / "home", empty=True) as app:
        file = Path(folder) / "products.csv"
        write_csv(file, products)
        began = now_ms()
        app.store.importer.commit(app.store.importer.plan(file, kind="products"))
        imported = (now_ms() - began) / 1000
        times = []
        for question in questions_about(app.store.catalogue, QUESTIONS):
            asked = now_ms()
            for event in app.assistant.answer(question, route="exact"):
                if isinstance(event, FactsFound):
                    times.append(now_ms() - asked)
    return {
        f"import_{size}_s": imported,
        f"facts_p50_ms_{size}": percentile(times, 0.5),
        f"facts_p95_ms_{size}": percentile(times, 0.95),
    }


def size_name(products: int) -> str:
    """100000 → "100k", 1000000 → "1m"."""
    for unit, name in ((1_000_000, "m"), (1_000, "k")):
        if products % unit == 0 and products >= unit:
            return f"{products // unit}{name}"
    return str(products)
