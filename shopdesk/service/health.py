"""`/healthz` for whoever keeps the service running, `/metrics` for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.concurrency import run_in_threadpool

from shopdesk.service.errors import documented
from shopdesk.service.metrics import CONTENT_TYPE, Metrics
from shopdesk.service.ports import Parts
from shopdesk.service.shapes import Health
from shopdesk.service.turns import Turns


def health_routes(parts: Parts, turns: Turns, metrics: Metrics) -> APIRouter:
    routes = APIRouter(tags=["operation"])

    @routes.get("/healthz", summary="Whether questions can be answered", responses=documented(503))
    async def healthz() -> Health:
        products = await run_in_threadpool(parts.catalogue.total, "product")
        engine = parts.assistant.engine
        state = engine.state if engine is not None else "failed"
        return Health(
            status="starting" if state in ("starting", "stopped") else "degraded" if state == "failed" else "ok",
            version=parts.version, model=engine.manifest.name if engine is not None else None, products=products,
            waiting=turns.waiting, answering=turns.answering,
        )  # fmt: skip

    @routes.get(
        "/metrics",
        summary="Counts for Prometheus",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **documented()},
    )
    async def show_metrics() -> Response:
        return Response(metrics.text(), media_type=CONTENT_TYPE)

    return routes
