"""How long rows are, in the tokens of a tokenizer or else in characters, and how that is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from shopdesk.core.prompting import chatml
from shopdesk.core.types import ChatMessage
from tools.dataset.rows import ExamRow, Row
from tools.errors import ToolError

Measure = Callable[[str], int]
BIN = 128
"""Width of the histogram's bins."""


def load_measure(tokenizer: Path | None) -> tuple[str, Measure]:
    """("tokens", a count by the tokenizer.json at `tokenizer` or in that folder), or ("characters", len) for None.

    Raises ToolError where that is no tokenizer.
    """
    if tokenizer is None:
        return "characters", len
    path = tokenizer / "tokenizer.json" if tokenizer.is_dir() else tokenizer
    if not path.is_file():
        raise ToolError(f"{path} is missing; give a tokenizer.json or the folder of a model that has one")
    try:
        from tokenizers import Tokenizer
    except ImportError:
        raise ToolError("counting tokens needs the package tokenizers; install the extra [train]") from None
    try:
        loaded = Tokenizer.from_file(str(path))
    except Exception as error:
        raise ToolError(f"{path} is no tokenizer ({error}); give the tokenizer.json of a model") from error
    return "tokens", lambda text: len(loaded.encode(text, add_special_tokens=False).ids)


def length_of(row: Row, measure: Measure) -> int:
    """The length of a row as one chat, the answer to be given included."""
    messages = [ChatMessage(message.role, message.content) for message in row.messages]
    if isinstance(row, ExamRow):
        return measure(chatml(messages) + row.reference)
    return measure(chatml(messages).removesuffix("<|im_start|>assistant\n"))


def told(lengths: Iterable[int], cut: int | None) -> dict[str, Any]:
    """Count, median, 95th percentile, longest, those over the cut (if any), a histogram (bin's beginning → rows)."""
    found = sorted(lengths)
    if not found:
        return {"rows": 0}
    bins: dict[str, int] = {}
    for length in found:
        start = length // BIN * BIN
        bins[str(start)] = bins.get(str(start), 0) + 1
    return {
        "rows": len(found), "p50": _at(found, 0.5), "p95": _at(found, 0.95), "max": found[-1],
        "longer_than_cut": None if cut is None else sum(length > cut for length in found), "histogram": bins,
    }  # fmt: skip


def _at(ordered: Sequence[int], share: float) -> int:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def histogram_lines(bins: Mapping[str, int], width: int = 40) -> list[str]:
    """The histogram as lines of bars."""
    most = max(bins.values(), default=1)
    return [f"{start:>7} {'█' * max(1, round(count / most * width))} {count}" for start, count in bins.items()]
