"""`/snapshots/latest`: the shop's signed rows for its other counters, sent only where they have changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Response
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool

from shopdesk.service.errors import documented
from shopdesk.service.metrics import Metrics
from shopdesk.service.ports import Publisher

MEDIA_TYPE = "application/vnd.shopdesk.pack"


def snapshot_routes(publisher: Publisher, metrics: Metrics) -> APIRouter:
    routes = APIRouter(prefix="/snapshots", tags=["counters"])

    @routes.get(
        "/latest",
        summary="The signed snapshot of the shop's rows",
        response_class=FileResponse,
        responses={
            200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
            304: {"description": "the counter has it already (If-None-Match)"},
            **documented(503),
        },
    )
    async def latest(if_none_match: Annotated[str | None, Header()] = None) -> Response:
        published = await run_in_threadpool(publisher.current)
        metrics.published(published.version)
        tag = f'"{published.etag}"'
        headers = {"ETag": tag, "X-Snapshot-Version": str(published.version), "Cache-Control": "no-cache"}
        if if_none_match is not None and tag in [part.strip() for part in if_none_match.split(",")]:
            return Response(status_code=304, headers=headers)
        metrics.pulled()
        return FileResponse(published.file, media_type=MEDIA_TYPE, headers=headers)

    return routes
