"""`shopdesk backup FILE` and `shopdesk restore FILE`."""

from __future__ import annotations

import argparse

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        if options.command == "backup":
            app.store.backup(options.file)
            console.say("backed_up", file=options.file)
        else:
            app.store.restore(options.file)
            console.say("restored", file=options.file)
    return 0
