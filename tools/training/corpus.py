"""Tokenised rows on disk, read by every process of a run without being held in memory."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tools.dataset.rows import read_rows
from tools.errors import ToolError
from tools.training.base import TOKENIZER_FILES
from tools.training.settings import Settings
from tools.training.tokenising import ChatTokenizer, Example

_FORM = "1"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Examples end to end: `starts` (examples + 1,) says where each begins; `lesson` whether it is a first lesson.

    `learned` is the sum of weights of each example, `left_out` how many were too long.
    """

    ids: NDArray[np.int32]
    weights: NDArray[np.float16]
    starts: NDArray[np.int64]
    learned: NDArray[np.float64]
    lesson: NDArray[np.bool_]
    left_out: int

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    @property
    def tokens(self) -> int:
        return int(self.starts[-1])

    def example(self, index: int) -> tuple[NDArray[np.int32], NDArray[np.float16]]:
        """(ids, weights) of one example."""
        place = slice(int(self.starts[index]), int(self.starts[index + 1]))
        return self.ids[place], self.weights[place]


def tokenised(rows: Path, model: Path, settings: Settings, folder: Path, skip_bad: bool = False) -> Corpus:
    """The examples of the file `rows` as the tokenizer in `model` writes them; kept in `folder` for the next time.

    Raises ToolError for a bad row (unless `skip_bad`, which names and skips them), and where nothing is left to learn.
    """
    key = _key(rows, model, settings)
    known = folder / "key.txt"
    if not (known.is_file() and known.read_text(encoding="utf-8") == key):
        bad = (lambda error: print(f"skipped: {error}", flush=True)) if skip_bad else None
        _write(folder, ChatTokenizer(model).examples(read_rows(rows, bad)), settings, key)
    return _load(folder, rows)


def _key(rows: Path, model: Path, settings: Settings) -> str:
    total = hashlib.sha256()
    try:
        for path in (rows, *(model / name for name in TOKENIZER_FILES)):
            if path == rows or path.is_file():
                with path.open("rb") as file:
                    total.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as error:
        raise ToolError(f"{path} cannot be read ({error.strerror}); check the path") from error
    return f"{_FORM} {total.hexdigest()} {settings.source_tokens} {settings.target_tokens} {settings.lessons_source}"


def _write(folder: Path, examples: Iterable[Example], settings: Settings, key: str) -> None:
    partial = folder.with_name(f"{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    lengths, learned, lesson, left_out = [0], [], [], 0
    longest = settings.source_tokens + settings.target_tokens
    with (partial / "ids.bin").open("wb") as ids, (partial / "weights.bin").open("wb") as weights:
        for example in examples:
            if len(example.ids) > longest or example.longest_answer > settings.target_tokens:
                left_out += 1
                continue
            ids.write(example.ids.tobytes())
            weights.write(example.weights.tobytes())
            lengths.append(len(example.ids))
            learned.append(float(example.weights[1:].sum(dtype=np.float64)))
            lesson.append(bool(settings.lessons_source) and example.source == settings.lessons_source)
    np.save(partial / "starts.npy", np.cumsum(lengths, dtype=np.int64))
    np.save(partial / "learned.npy", np.array(learned, np.float64))
    np.save(partial / "lesson.npy", np.array(lesson, np.bool_))
    (partial / "facts.json").write_text(json.dumps({"left_out": left_out}), encoding="utf-8")
    (partial / "key.txt").write_text(key, encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _load(folder: Path, rows: Path) -> Corpus:
    starts, learned, lesson = (np.load(folder / f"{name}.npy") for name in ("starts", "learned", "lesson"))
    left_out = json.loads((folder / "facts.json").read_text(encoding="utf-8"))["left_out"]
    if len(starts) < 2:
        why = f"all {left_out} are too long; raise source_tokens or target_tokens" if left_out else "it is empty"
        raise ToolError(f"{rows} holds nothing to learn from: {why}")
    return Corpus(
        np.memmap(folder / "ids.bin", np.int32, "r"), np.memmap(folder / "weights.bin", np.float16, "r"),
        starts, learned, lesson, left_out,
    )  # fmt: skip
