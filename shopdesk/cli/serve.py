"""`shopdesk serve`: the assistant over HTTP, until a signal ends it."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk import __version__
from shopdesk.app import App
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import UserFacingError
from shopdesk.paths import resources

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shopdesk.service.tokens import Tokens

TOKEN_VARIABLE = "SHOPDESK_SERVE_TOKEN"
REMOTE_LANES = 8
"""Questions that a model server is asked at a time; the local model answers one."""


def run(options: argparse.Namespace, console: Console) -> int:
    token = options.token or os.environ.get(TOKEN_VARIABLE) or None
    try:
        from shopdesk.service import server, tokens
    except ImportError as error:
        raise UserFacingError("service_missing", detail=str(error)) from error
    if options.issue is not None:
        if token is None:
            raise UserFacingError("issue_needs_token")
        return _issue(tokens.Tokens(token), options, console)
    with server.bind(options.host, options.port, has_token=token is not None) as listening:
        url = server.url_of(listening)
        with opened(options, console, with_model=True) as app:
            server.start_service_log(app.home.logs / "service.log")
            try:
                application = _application(app, options, tokens.Tokens(token) if token else None)
                app.warm_up()
                app.follow_catalogue()
                _tell(url, options, console)
                server.run(application, listening)
            finally:
                server.stop_service_log()
    return 0


def _application(app: App, options: argparse.Namespace, tokens: Tokens | None) -> FastAPI:
    from shopdesk.service.application import create
    from shopdesk.service.ports import Limits, Parts

    limits = Limits(lanes=REMOTE_LANES if getattr(app.engine, "concurrent", False) else 1)
    if options.rate:
        limits = replace(limits, per_minute=options.rate)
    publisher = app.store.publisher if options.publish else None
    parts = Parts(app.assistant, app.store.catalogue, resources() / "service", __version__, publisher)
    return create(parts, limits, tokens)


def _tell(url: str, options: argparse.Namespace, console: Console) -> None:
    if options.json:
        console.print_json({"url": url, "pid": os.getpid()}, compact=True)
    else:
        console.print(console.text("serving", url=url))


def _issue(issuer: Tokens, options: argparse.Namespace, console: Console) -> int:
    try:
        token = issuer.issue(options.issue, options.days)
    except ValueError as error:
        raise UserFacingError("token_name_bad", name=options.issue) from error
    if options.json:
        console.print_json({"name": options.issue, "days": options.days, "token": token})
    else:
        console.print(token)
    return 0
