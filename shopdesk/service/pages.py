"""The web pages: a chat for phones at `/`, and `/docs`, which reads /openapi.json. Nothing comes from elsewhere."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse

_PAGES = {
    "/": "page.html", "/page.js": "page.js", "/page.css": "page.css", "/docs": "docs.html", "/docs.js": "docs.js",
}  # fmt: skip


def page_routes(folder: Path) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    for path, name in _PAGES.items():
        routes.add_api_route(path, _sender(folder / name), methods=["GET"], response_class=FileResponse)
    return routes


def _sender(file: Path):  # type: ignore[no-untyped-def]
    async def send() -> FileResponse:
        return FileResponse(file, headers={"Cache-Control": "no-cache"})

    return send
