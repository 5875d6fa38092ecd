"""JSON objects read one at a time, from JSON Lines or one array: what is wrong is told with file and line."""

from __future__ import annotations

import json
import os
import re
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


def read_objects(path: Path, build: Callable[[Mapping[str, Any]], T], on_bad: OnBad | None = None) -> Iterator[T]:
    """As :func:`read_lines`, also for a file that is one array; an object's line is then the one it begins on."""
    if not _is_array(path):
        yield from read_lines(path, build, on_bad)
        return
    text = _whole_text(path)
    at, line, counted, first = text.index("[") + 1, 1, 0, True
    while True:
        at = _next_item(text, at, path, first=first)
        line, counted, first = line + text.count("\n", counted, at), at, False
        if text[at] == "]":
            break
        try:
            item, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise _broken(path, error) from None
        except RecursionError:
            raise ToolError(f"{path}, line {line}: broken JSON (nested too deep)") from None
        try:
            if not isinstance(item, dict):
                raise ValueError("no JSON object")
            built = build(item)
        except ValueError as error:
            bad = ToolError(f"{path}, line {line}: {error}")
            if on_bad is None:
                raise bad from None
            on_bad(bad)
            continue
        yield built
    if rest := text[at + 1 :].strip():
        raise ToolError(f"{path}, line {line}: something follows the end of the array: {rest[:20]!r}")


_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[ \t\r\n]*")


def _next_item(text: str, at: int, path: Path, *, first: bool) -> int:
    """Where the next item of an array begins, or its end: behind spaces and, but for the first, a comma."""
    start = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]
    if text[start : start + 1] == "]":
        return start
    if not first:
        if text[start : start + 1] != ",":
            raise _broken(path, json.JSONDecodeError("Expecting ',' delimiter", text, start))
        start = _BETWEEN.match(text, start + 1).end()  # type: ignore[union-attr]
    if start >= len(text) or text[start] == "]":
        raise _broken(path, json.JSONDecodeError("Expecting value", text, start))
    return start


def _broken(path: Path, error: json.JSONDecodeError) -> ToolError:
    return ToolError(f"{path}, line {error.lineno}: broken JSON ({error.msg}, character {error.colno})")


def _is_array(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"["
    except OSError as error:
        raise ToolError(f"{path} cannot be read ({error.strerror}); check the path") from error


def _whole_text(path: Path) -> str:
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ToolError(f"{path}, line {line}: not UTF-8; save the file as UTF-8") from None


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
