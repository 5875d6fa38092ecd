"""`shopdesk sync URL`: this counter takes its rows from another computer's `shopdesk serve --publish`."""

from __future__ import annotations

import argparse
import os

from shopdesk.app import SYNC_MINUTES, SYNC_SETTINGS, SYNC_TOKEN_VARIABLE, puller
from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import StoreError
from shopdesk.store.packs.signing import fingerprint_of


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        if options.url == "off":
            for name in SYNC_SETTINGS:
                app.settings.set(name, None)
            console.say("sync_off")
            return 0
        url = options.url or app.settings.get("sync_url")
        if not url:
            raise StoreError("sync_none")
        before = app.store.packs.installed()
        token = options.token or os.environ.get(SYNC_TOKEN_VARIABLE) or app.settings.get("sync_token")
        installed = puller(app, url, token, options.key).pull()
        # kept once the address has proved to be one
        given = {"sync_url": options.url, "sync_token": options.token, "sync_minutes": options.minutes}
        for name, value in given.items():
            if value is not None:
                app.settings.set(name, value)
        now = app.store.packs.installed()
    report = {
        "url": url, "changed": installed is not None, "version": now.version if now else None,
        "fingerprint": fingerprint_of(now.key) if now else None,
        "minutes": options.minutes or SYNC_MINUTES,
    }  # fmt: skip
    if options.json:
        console.print_json(report)
    elif installed is None:
        console.say("sync_nothing")
    else:
        console.say("pack_installed", **report)
        if before is None:
            console.say("pack_trusted")
    return 0
