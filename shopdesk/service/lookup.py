"""`/search` and `/products/{sku}`: the shop's rows without any model."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from shopdesk.core.ports import SearchWish
from shopdesk.core.types import Kind
from shopdesk.service.errors import documented, error_response
from shopdesk.service.ports import Catalogue
from shopdesk.service.shapes import Row, SearchReply, Text, found_row, row_of

KIND_OF: dict[str, Kind] = {
    "products": "product", "policies": "policy", "promotions": "promotion", "orders": "order",
}  # fmt: skip
_Kinds = Annotated[list[str], Query(description="products, policies, promotions or orders; may be repeated")]


def lookup_routes(catalogue: Catalogue) -> APIRouter:
    routes = APIRouter(tags=["rows"])

    @routes.get(
        "/search", summary="Rows that fit, best first", response_model=SearchReply, responses=documented(422, 503)
    )
    async def search(
        q: Annotated[Text, Query(max_length=2000, description="what to find, in Chinese or English")],
        kind: _Kinds = [],  # noqa: B006 - FastAPI copies it
        limit: Annotated[int, Query(ge=1, le=100)] = 10,
    ) -> SearchReply | JSONResponse:
        unknown = next((name for name in kind if name not in KIND_OF), None)
        if unknown is not None:
            return error_response(422, "kind_unknown", "kind", kinds=", ".join(KIND_OF))
        kinds = tuple(KIND_OF[name] for name in kind or KIND_OF)
        started = time.perf_counter()
        hits = await run_in_threadpool(catalogue.search, SearchWish(q, kinds=kinds, limit=limit))
        ms = round((time.perf_counter() - started) * 1000, 1)
        return SearchReply(query=q, results=[found_row(hit) for hit in hits], ms=ms)

    @routes.get("/products/{sku}", summary="One product", response_model=Row, responses=documented(404, 422, 503))
    async def product(sku: Annotated[Text, Path(max_length=200, examples=["JKT-105"])]) -> Row | JSONResponse:
        record = await run_in_threadpool(catalogue.get, "product", sku)
        if record is None:
            return error_response(404, "record_missing", "sku", kind="products", key=sku)
        return row_of(record)

    return routes
