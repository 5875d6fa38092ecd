"""`shopdesk extract`: the wishes that a question states, as JSON."""

from __future__ import annotations

import argparse
import sys

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import EngineError
from shopdesk.core.extraction import extract


def run(options: argparse.Namespace, console: Console) -> int:
    question = " ".join(options.question)
    if question == "-":
        question = sys.stdin.read()
    with opened(options, console, with_model=True) as app:
        try:
            wishes = extract(question, app.store.catalogue.vocabulary(), app.engine)
        except EngineError as fault:
            console.say("notice", text=fault.text(console.language))
            wishes = extract(question, app.store.catalogue.vocabulary())
    if options.json:
        console.print_json(wishes)
    else:
        console.print_table((name, value) for name, value in wishes.items() if value is not None)
    return 0
