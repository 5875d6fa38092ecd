"""`shopdesk synonyms`: words that mean the same to the search, in groups."""

from __future__ import annotations

import argparse
from pathlib import Path

from shopdesk.cli.console import Console
from shopdesk.cli.opening import opened
from shopdesk.core.errors import UserFacingError
from shopdesk.store.synonyms import Synonyms


def run(options: argparse.Namespace, console: Console) -> int:
    with opened(options, console) as app:
        synonyms = app.store.synonyms
        match options.action:
            case "list":
                return _list(synonyms, options, console)
            case "add":
                synonyms.add(", ".join(options.words))
                count = 1
            case "remove":
                count = sum(synonyms.remove(word) for word in options.words)
            case "import":
                count = synonyms.replace(_lines(Path(options.words[0])))
            case _:
                count = _export(synonyms, Path(options.words[0]))
    if options.json:
        console.print_json({"action": options.action, "groups": count})
    else:
        console.say(f"synonyms_{options.action}", count=count)
    return 0


def _list(synonyms: Synonyms, options: argparse.Namespace, console: Console) -> int:
    groups = synonyms.groups()
    if options.json:
        console.print_json([list(group) for group in groups])
    else:
        for group in groups:
            console.print(", ".join(group))
    return 0


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserFacingError("synonyms_unreadable", path=file, detail=str(error)) from error


def _export(synonyms: Synonyms, file: Path) -> int:
    groups = synonyms.groups()
    try:
        file.write_text("".join(f"{', '.join(group)}\n" for group in groups), encoding="utf-8")
    except OSError as error:
        raise UserFacingError("export_failed", path=file, detail=str(error)) from error
    return len(groups)
