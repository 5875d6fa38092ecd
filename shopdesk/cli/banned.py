"""`shopdesk banned`: the words that no answer may show."""

from __future__ import annotations

import argparse
from pathlib import Path

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import UserFacingError


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        banned = app.store.banned
        match options.action:
            case "list":
                return _list(banned.words(), options, console)
            case "add":
                count = banned.add(options.words)
            case "remove":
                count = banned.remove(options.words)
            case "import":
                count = banned.add(word for file in options.words for word in banned.read_file(Path(file)))
            case _:
                count = _export(banned.words(), Path(options.words[0]))
    if options.json:
        console.print_json({"action": options.action, "words": count})
    else:
        console.say(f"banned_{options.action}", count=count)
    return 0


def _list(words: list[str], options: argparse.Namespace, console: Console) -> int:
    if options.json:
        console.print_json(words)
    else:
        for word in words:
            console.print(word)
    return 0


def _export(words: list[str], file: Path) -> int:
    try:
        file.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    except OSError as error:
        raise UserFacingError("export_failed", path=file, detail=str(error)) from error
    return len(words)
