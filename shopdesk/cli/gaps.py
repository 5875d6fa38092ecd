"""`shopdesk gaps`: what the shop's data could not answer, grouped by what is missing, the most asked first."""

from __future__ import annotations

import argparse

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.store.gaps import GapGroup

_QUESTIONS_SHOWN = 5
_KEYS_SHOWN = 8


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        groups = app.store.gaps.report()
    if options.json:
        console.print_json([group.to_json() for group in groups])
        return 0
    for group in groups:
        console.print(f"{group.times} × {console.text(f'gap_{group.reason}')}: {_missing(group, console)}")
        for asked in group.questions[:_QUESTIONS_SHOWN]:
            console.print(f"    {asked.times} × {asked.question}")
        if len(group.questions) > _QUESTIONS_SHOWN:
            console.print(f"    {console.text('import_more', count=len(group.questions) - _QUESTIONS_SHOWN)}")
    if not groups:
        console.say("nothing")
    return 0


def _missing(group: GapGroup, console: Console) -> str:
    kind = console.text(f"gap_kind_{group.kind}")
    what = group.field or group.subject
    keys = ", ".join(group.keys[:_KEYS_SHOWN]) + (" …" if len(group.keys) > _KEYS_SHOWN else "")
    return " · ".join(part for part in (kind, what, keys) if part)
