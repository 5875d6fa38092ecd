"""From arguments to exit code: 0 done, 1 the world's fault, 2 wrong usage, 70 our fault."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from shopdesk.cli.arguments import RECORDS, build_parser, check, read_common
from shopdesk.cli.console import Console, use_utf8
from shopdesk.core.errors import UserFacingError
from shopdesk.core.types import Language

DONE, WORLDS_FAULT, OUR_FAULT, INTERRUPTED = 0, 1, 70, 130

# Which module runs which command. Imported when needed: `--help` must not wait for the store.
_MODULES: dict[str | None, str] = {
    None: "start",
    "ask": "ask",
    "search": "search",
    "extract": "extract",
    "import": "importing",
    "imports": "importing",
    **dict.fromkeys(RECORDS, "records"),
    "feedback": "feedback",
    "gaps": "gaps",
    "banned": "banned",
    "synonyms": "synonyms",
    "models": "models",
    "serve": "serve",
    "pack": "pack",
    "sync": "sync",
    "doctor": "doctor",
    "backup": "backup",
    "restore": "backup",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    use_utf8()
    given = list(sys.argv[1:] if arguments is None else arguments)
    common = read_common(given)
    console = Console(common.language or _language_of(common.home))
    parser = build_parser(console.language)
    try:
        options = parser.parse_args(given)
        check(parser, options)
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else DONE
    options.home, options.empty, options.language = common.home, common.empty, common.language
    return _run(options, console)


def _run(options: argparse.Namespace, console: Console) -> int:
    try:
        command = importlib.import_module(f"shopdesk.cli.{_MODULES[options.command]}")
        code: int = command.run(options, console)
        sys.stdout.flush()
        return code
    except UserFacingError as error:
        console.say_error(error)
        return WORLDS_FAULT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has what it wanted. Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the last resort: our own fault becomes a report
        from shopdesk.log import report_crash
        from shopdesk.paths import find_home

        file = find_home(options.home).log_file
        report_crash(error, file)
        console.say("crashed", log=file)
        return OUR_FAULT


def _language_of(home: str | None) -> Language:
    from shopdesk.app import language_of
    from shopdesk.paths import find_home
    from shopdesk.settings import Settings

    return language_of(Settings(find_home(home).settings))
