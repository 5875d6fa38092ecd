"""JSON Lines in, JSON Lines out, in the same order: the form of `ask --batch` and `search --batch`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

from shopdesk.cli.answers import error_json
from shopdesk.cli.console import Console
from shopdesk.core.errors import UserFacingError

Line = Mapping[str, Any]


def run_batch(source: str, field: str, answer: Callable[[Line], dict[str, Any]], console: Console) -> int:
    """Answer each line of the file `source` ("-" is standard input). A line that cannot be answered
    gives `{"id", "error"}` in its place; the exit code is then 1."""
    failed = False
    with _lines_of(source) as lines:
        for number, text in enumerate(lines, start=1):
            if not text.strip():
                continue
            line: Line = {}
            try:
                line = _parse(text, number, field)
                if not isinstance(line.get(field), str):
                    raise UserFacingError("batch_line_bad", line=number, field=field)
                result = answer(line)
            except UserFacingError as error:
                failed = True
                result = {"id": line.get("id"), field: line.get(field), "error": error_json(error, console.language)}
            console.print_json(result, compact=True)
    return 1 if failed else 0


def _parse(text: str, number: int, field: str) -> Line:
    try:
        line = json.loads(text.lstrip("\ufeff"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise UserFacingError("batch_line_bad", line=number, field=field, detail=str(error)) from error
    if not isinstance(line, dict):
        raise UserFacingError("batch_line_bad", line=number, field=field)
    return line


def _refuse_constant(name: str) -> None:
    """NaN and Infinity, which Python reads and JSON does not have: they must not come back in an answer's id."""
    raise ValueError(f"{name} is not JSON")


@contextmanager
def _lines_of(source: str) -> Iterator[TextIO]:
    if source == "-":
        yield sys.stdin
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(source).open(encoding="utf-8-sig", errors="replace"))
        except OSError as error:
            raise UserFacingError("file_unreadable", path=source, detail=str(error)) from error
        yield file
