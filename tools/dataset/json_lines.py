"""JSON Lines read one at a time: what is wrong is told with file and line."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from tools.errors import ToolError

OnBad = Callable[[ToolError], None]
"""What becomes of a line that cannot be used: it is called instead of the error being raised, and the line left out."""
T = TypeVar("T")


def read_lines(path: Path, build: Callable[[Mapping[str, Any]], T], on_bad: OnBad | None = None) -> Iterator[T]:
    """What `build` makes of the object on each line; empty lines do not count.

    `build` raises ValueError for an object that it cannot use. Raises ToolError naming file and line
    for bad UTF-8, broken JSON, something that is no object and what `build` refuses.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    item = _object(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)
                    if item is None:
                        continue
                    built = build(item)
                except ValueError as error:
                    bad = ToolError(f"{path}, line {number}: {error}")
                    if on_bad is None:
                        raise bad from None
                    on_bad(bad)
                    continue
                yield built
    except OSError as error:
        raise ToolError(f"{path} cannot be read ({error.strerror}); check the path") from error


def _object(line: bytes) -> Mapping[str, Any] | None:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 (byte {error.start + 1} of the line); save the file as UTF-8") from None
    if not text:
        return None
    try:
        item = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON ({error.msg} at character {error.pos + 1})") from None
    except RecursionError:
        raise ValueError("broken JSON (nested too deep)") from None
    if not isinstance(item, dict):
        raise ValueError("no JSON object")
    return item


def text_of(item: Mapping[str, Any], name: str, *, empty: bool = False) -> str:
    """The text under `name`. Raises ValueError where it is missing, no text, blank (unless `empty`) or no Unicode."""
    if name not in item:
        raise ValueError(f"{name!r} is missing")
    return checked_text(item[name], repr(name), empty=empty)


def checked_text(value: object, where: str, *, empty: bool = False) -> str:
    """`value`, which must be a text. Raises ValueError that says `where` it stands."""
    if not isinstance(value, str):
        raise ValueError(f"{where} is no text")
    if not empty and not value.strip():
        raise ValueError(f"{where} is empty")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(f"{where} holds half a character (a lone surrogate)") from None
    return value


def write_lines(path: Path, items: Iterable[Mapping[str, Any]]) -> None:
    """One object a line, `.partial` until whole. Raises ToolError where the disk does not take it."""
    partial = path.with_name(f"{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            for item in items:
                file.write(json.dumps(item, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise ToolError(f"{path} cannot be written ({error.strerror}); free space or choose another folder") from error
