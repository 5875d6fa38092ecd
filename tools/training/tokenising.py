"""Rows of a dataset as token numbers, each with the weight of learning to predict it.

Prompts are laid out by the program's own template code and cut into tokens as its engine cuts them, so that the model
is asked in training what it will be asked in the shop: plain text is one run from one special token to the next, and
only the template can write special tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from shopdesk.core.errors import EngineError
from shopdesk.engine.template import ChatTemplate, Part
from tools.dataset.rows import Message, Row
from tools.errors import ToolError
from tools.training.base import load_tokenizer

Ids = NDArray[np.int32]
Weights = NDArray[np.float16]
_AT_A_TIME = 512


@dataclass(frozen=True, slots=True)
class Example:
    """One sequence; `longest_answer` is the most tokens of a learned answer in it."""

    ids: Ids
    weights: Weights
    source: str
    longest_answer: int


@dataclass(slots=True)
class _Piece:
    """A special token, or a run of plain text with weights on spans of its characters."""

    text: str = ""
    special: int | None = None
    spans: list[tuple[int, int, float]] = field(default_factory=list)


class ChatTokenizer:
    """The tokenizer and chat template of a model folder."""

    def __init__(self, folder: Path) -> None:
        """Raises ToolError for a folder without them, or with a template that marks no end of an answer."""
        tokenizer = load_tokenizer(folder)
        self._plain: Tokenizer = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        self._plain.no_padding()
        self._plain.no_truncation()
        self._plain.encode_special_tokens = True
        added = tokenizer.added_tokens_decoder
        self._special = {token.content: number for number, token in added.items() if token.special}
        source = tokenizer.chat_template
        if not isinstance(source, str):
            raise ToolError(f"{folder} has no chat template; give it a chat_template.jinja")
        try:
            self._template = ChatTemplate(
                source, bos=str(tokenizer.bos_token or ""), eos=str(tokenizer.eos_token or "")
            )
            self.end = self._end_mark()
        except EngineError as error:
            raise ToolError(f"the chat template of {folder} cannot be used: {error.detail}") from error
        self._cut = re.compile(f"({'|'.join(map(re.escape, sorted(self._special, key=len, reverse=True)))})")

    def examples(self, rows: Iterable[Row]) -> Iterator[Example]:
        """The examples of `rows`, in order: one of each, or several where the template writes history another way."""
        rows = iter(rows)
        while batch := list(islice(rows, _AT_A_TIME)):
            laid_out = [(row, pieces) for row in batch for pieces in self._sequences(row)]
            runs = dict.fromkeys(piece.text for _, pieces in laid_out for piece in pieces if piece.special is None)
            encoded = dict(zip(runs, self._plain.encode_batch(list(runs), add_special_tokens=False), strict=True))
            for row, pieces in laid_out:
                ids: list[int] = []
                weights: list[float] = []
                longest = 0
                for piece in pieces:
                    if piece.special is not None:
                        ids.append(piece.special)
                        weights.append(piece.spans[0][2] if piece.spans else 0.0)
                        continue
                    run = encoded[piece.text]
                    ids += run.ids
                    found = np.zeros(len(run.ids), np.float16)
                    if piece.spans:
                        starts = np.array([start for start, _ in run.offsets])
                        for start, end, weight in piece.spans:
                            found[(starts >= start) & (starts < end)] = weight
                        if piece.spans == [(0, len(piece.text), piece.spans[0][2])]:
                            longest = max(longest, len(run.ids))
                    weights += found.tolist()
                yield Example(np.array(ids, np.int32), np.array(weights, np.float16), row.source, longest)

    def _sequences(self, row: Row) -> Iterator[list[_Piece]]:
        """The row in pieces: answers whose prompt is the beginning of a later one's share a sequence with it."""
        waiting = [number for number, message in enumerate(row.messages) if message.weight > 0]
        while waiting:
            parts = self._parts(row, waiting[-1])
            answers: dict[int, float] = {}
            for number in list(waiting):
                before = self._parts(row, number)
                if parts[: len(before)] == before:
                    answers[len(before) - 1] = row.messages[number].weight
                    waiting.remove(number)
            yield self._pieces(parts, answers, row)

    def _parts(self, row: Row, answer: int) -> list[Part]:
        """The prompt for the answer at that place among the messages, and the answer itself."""
        turns = [{"role": message.role, "content": message.content} for message in row.messages]
        try:
            return [*self._template.parts(turns[:answer]), Part(turns[answer]["content"], trusted=False)]
        except EngineError as error:
            raise ToolError(f"row {row.id} does not go into the chat template: {error.detail}") from error

    def _pieces(self, parts: Sequence[Part], answers: dict[int, float], row: Row) -> list[_Piece]:
        pieces, run = [], _Piece()
        emphasised = _spans_by_part(parts, row)
        weight = 0.0
        for place, part in enumerate(parts):
            if part.trusted:
                for text in self._cut.split(part.text):
                    special = self._special.get(text)
                    if special is None:
                        run.text += text
                        continue
                    if run.text:
                        pieces.append(run)
                    ends = weight > 0 and special == self.end
                    pieces.append(_Piece(special=special, spans=[(0, 0, weight)] if ends else []))
                    run, weight = _Piece(), 0.0
                continue
            if place in answers:
                if run.text:
                    pieces.append(run)
                weight = answers[place]
                run = _Piece(spans=[(0, len(part.text), weight)])
            offset = len(run.text)
            run.spans += [(offset + start, offset + end, share) for start, end, share in emphasised.get(place, ())]
            run.text += part.text
        pieces.append(run)
        pieces.append(_Piece(special=self.end, spans=[(0, 0, weight)]))
        return pieces

    def _end_mark(self) -> int:
        """The special token that the template writes right after an answer."""
        names = sorted(self._special, key=len, reverse=True)
        turns = [Message("user", "1"), Message("assistant", "2"), Message("user", "3")]
        parts = self._template.parts([{"role": turn.role, "content": turn.content} for turn in turns])
        place = next((place for place, part in enumerate(parts) if not part.trusted and part.text == "2"), None)
        if place is not None and place + 1 < len(parts):
            after = parts[place + 1].text
            for name in names:
                if after.startswith(name):
                    return self._special[name]
        raise ToolError("the chat template writes no special token after an answer; the model could not learn to stop")


def _spans_by_part(parts: Sequence[Part], row: Row) -> dict[int, list[tuple[int, int, float]]]:
    """The emphasised spans of each part that came from a message (a template may put words before the message's)."""
    found: dict[int, list[tuple[int, int, float]]] = {}
    contents = [place for place, part in enumerate(parts) if not part.trusted]
    for emphasis in row.emphasis:
        content = row.messages[emphasis.message].content
        for place in contents:
            if parts[place].text.endswith(content):
                offset = len(parts[place].text) - len(content)
                span = (offset + emphasis.start, offset + emphasis.end, emphasis.weight)
                found.setdefault(place, []).append(span)
                break
    return found
