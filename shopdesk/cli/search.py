"""`shopdesk search`: rows that fit a query, best first."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from typing import Any

from shopdesk.app import App
from shopdesk.cli.batch import run_batch
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.ports import SearchWish
from shopdesk.core.types import Hit, Kind, Record, price_text

KIND_OF: dict[str, Kind] = {
    "products": "product",
    "policies": "policy",
    "promotions": "promotion",
    "orders": "order",
}


def run(options: argparse.Namespace, console: Console) -> int:
    kinds = tuple(KIND_OF[name] for name in options.kind or KIND_OF)
    wish = SearchWish(
        "", kinds=kinds, limit=options.limit, colors=tuple(options.color), sizes=tuple(options.size),
        brands=tuple(options.brand), categories=tuple(options.category), stores=tuple(options.store),
        min_price=options.min_price, max_price=options.max_price, in_stock=options.in_stock,
    )  # fmt: skip
    with opened(options, console) as app:
        if options.batch:
            return run_batch(
                options.batch,
                "query",
                lambda line: {"id": line.get("id"), **_found(app, line["query"], wish)[1]},
                console,
            )
        hits, result = _found(app, " ".join(options.query), wish)
    if options.json:
        console.print_json(result)
    else:
        console.print_table(_row(hit.record, console) for hit in hits)
    return 0


def _found(app: App, query: str, wish: SearchWish) -> tuple[list[Hit], dict[str, Any]]:
    started = time.perf_counter()
    hits = app.store.catalogue.search(replace(wish, text=query))
    ms = (time.perf_counter() - started) * 1000
    return hits, {"query": query, "results": [_hit_json(hit) for hit in hits], "ms": round(ms, 1)}


def _hit_json(hit: Hit) -> dict[str, Any]:
    record = hit.record
    fields: dict[str, Any] = {name: value for name, value in record.fields.items() if value is not None}
    if record.attributes:
        fields["attributes"] = dict(record.attributes)
    return {
        "kind": record.kind,
        "key": record.key,
        "title": record.title,
        "score": round(hit.score, 4),
        "fields": fields,
    }


def _row(record: Record, console: Console) -> tuple[object, ...]:
    price = record.fields.get("price")
    shown = price_text(price, str(record.fields.get("currency") or "")) if isinstance(price, str) else ""
    return record.key, record.title_in(console.language), shown, record.fields.get("stock")
