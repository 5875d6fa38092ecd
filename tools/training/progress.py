"""What a run tells while it goes: a line in the terminal, and log.jsonl."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_QUIET_S = 15.0
"""How often a line is printed where nobody watches a terminal."""


def duration(seconds: float) -> str:
    """`42 s`, `3:05 min`, `2:07 h`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    return f"{whole // 60}:{whole % 60:02d} min" if whole < 3600 else f"{whole // 3600}:{whole // 60 % 60:02d} h"


class Log:
    """log.jsonl of a run."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def cut_after(self, step: int) -> None:
        """Drops what was told of updates that were lost in a kill and will be made again."""
        if not self._path.is_file():
            return
        rows = [row for row in read_log(self._path) if row["step"] <= step]
        fresh = self._path.with_name(f"{self._path.name}.partial")
        fresh.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        fresh.replace(self._path)

    def add(self, row: Mapping[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def read_log(path: Path) -> list[dict[str, Any]]:
    """The rows of a log; a last line that a kill cut off does not count."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            rows.append(json.loads(line))
        except ValueError:
            continue
    return rows


class Progress:
    """The line in the terminal; in a file or a pipe, one line now and then."""

    def __init__(self) -> None:
        self._live = sys.stderr.isatty()
        self._told = 0.0

    def tell(self, row: Mapping[str, Any], total_steps: int) -> None:
        now = time.monotonic()
        checked = "held_out_loss" in row
        if not self._live and not checked and now - self._told < _QUIET_S:
            return
        self._told = now
        steps = f"{row['step']}/{total_steps}" if total_steps else f"{row['step']}"
        held_out = f"  held-out {row['held_out_loss']:.4f}" if checked else ""
        text = (
            f"{row['progress']:4.0%}  step {steps}  loss {row['loss']:.4f}{held_out}  {row['tokens_per_s']:,} tokens/s"
            f"  {row['memory_mb']:,.0f} MB  left {duration(row['left_s'])}"
        )
        if self._live:
            print(f"\r\x1b[K{text}", end="\n" if checked else "", file=sys.stderr, flush=True)
        else:
            print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._live:
            print(file=sys.stderr, flush=True)
