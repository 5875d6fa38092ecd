"""Standard output and error of one command: results on the one, everything else on the other."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, TextIO

from shopdesk.cli.texts import text_of
from shopdesk.core.errors import UserFacingError
from shopdesk.core.text import is_han
from shopdesk.core.types import Language

# Names and answers come from files and models: what would steer the terminal is shown, not obeyed.
_UNPRINTABLE = {code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"}
# In JSON the same characters are escaped, and nothing is lost; json escapes those below 0x20 itself.
_ESCAPED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}


class Console:
    """Speaks the user's language. `print` is for results, `say` for everything beside them."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language

    def text(self, name: str, /, **params: object) -> str:
        return text_of(name, self.language, **params)

    def print(self, text: str = "", end: str = "\n") -> None:
        try:
            sys.stdout.write(text.translate(_UNPRINTABLE) + end)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            sys.stdout = _nowhere("w")  # what the old stream still holds must not fail once more at exit
            raise UserFacingError("output_unwritable", detail=str(error)) from error

    def print_json(self, value: Any, *, compact: bool = False) -> None:
        """One JSON document; on one line where `compact`."""
        text = json.dumps(value, ensure_ascii=False, indent=None if compact else 2)
        self.print(text.translate(_ESCAPED))

    def print_table(self, rows: Iterable[Sequence[object]]) -> None:
        """Columns aligned, Chinese characters counted as two."""
        texts = [["" if cell is None else " ".join(str(cell).split()) for cell in row] for row in rows]
        if not texts:
            self.say("nothing")
            return
        widths = [max(_width(row[column]) for row in texts) for column in range(len(texts[0]))]
        for row in texts:
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
            self.print("  ".join(cells).rstrip())

    def say(self, name: str, /, **params: object) -> None:
        self.say_line(self.text(name, **params))

    def say_line(self, line: str) -> None:
        print(line.translate(_UNPRINTABLE), file=sys.stderr, flush=True)

    def progress(self, line: str) -> None:
        """A line that the next one takes the place of; "" ends it. Only for a terminal."""
        print(f"\r\033[K{line.translate(_UNPRINTABLE)}", end="", file=sys.stderr, flush=True)

    def say_error(self, error: UserFacingError) -> None:
        self.say("error", text=error.text(self.language))
        if error.detail:
            self.say_line(f"  {error.detail}")

    def confirms(self, name: str) -> bool:
        """Ask on the terminal; only a yes is one."""
        from shopdesk.cli.texts import YES_WORDS

        print(self.text(name), end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip().lower() in YES_WORDS


def _width(text: str) -> int:
    return sum(2 if is_han(character) or "\uff00" <= character <= "\uffef" else 1 for character in text)


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    return Path(os.devnull).open(mode, encoding="utf-8")


def use_utf8() -> None:
    """Standard streams carry UTF-8 on every system; a byte that is none becomes U+FFFD, never an error."""
    # A program that was started with a closed stream has none at all; it reads nothing and writes nowhere then.
    sys.stdin = sys.stdin or _nowhere("r")
    sys.stdout = sys.stdout or _nowhere("w")
    sys.stderr = sys.stderr or _nowhere("w")
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
