"""`shopdesk feedback`: what people thought of answers, decided upon, and exported to learn from."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.store import Store
from shopdesk.store.feedback import Opinion


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        match options.action:
            case "export":
                return _export(app.store, Path(options.target), options, console)
            case "list":
                return _list(app.store, options, console)
            case _:
                opinion = _decide(app.store, options)
    if options.json:
        console.print_json(opinion.to_json())
    else:
        console.say(f"feedback_{options.action}", id=opinion.id, question=opinion.question)
    return 0


def _decide(store: Store, options: argparse.Namespace) -> Opinion:
    number, answer, by = int(options.target), options.answer or "", _user()
    match options.action:
        case "approve":
            return store.feedback.approve(number, answer, by=by)
        case "dismiss":
            return store.feedback.dismiss(number, by=by)
        case action:
            return store.feedback.vote(number, "up" if action == "up" else "down", answer, by=by)


def _list(store: Store, options: argparse.Namespace, console: Console) -> int:
    opinions = store.feedback.list(options.status)
    if options.json:
        console.print_json([opinion.to_json() for opinion in opinions])
        return 0
    for opinion in opinions:
        sign = "👍" if opinion.vote == "up" else "👎"
        console.print(f"{opinion.id}  {sign}  {console.text(f'feedback_{opinion.status}')}  {opinion.question}")
        console.print(f"    {opinion.answer}")
        if opinion.right_answer:
            console.print(f"    → {opinion.right_answer}")
    if not opinions:
        console.say("nothing")
    return 0


def _export(store: Store, file: Path, options: argparse.Namespace, console: Console) -> int:
    count = store.feedback.export(file)
    if options.json:
        console.print_json({"kind": "feedback", "file": str(file), "rows": count})
    else:
        console.say("exported", count=count, file=file)
    return 0


def _user() -> str:
    """Who is at the machine, as far as it knows."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
