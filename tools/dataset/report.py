"""A dataset told to people: its counts and lengths, and rows as a model sees them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tools.dataset.lengths import histogram_lines
from tools.dataset.phrasings import SPLITS
from tools.dataset.rows import Message, Row


def statistics(card: Mapping[str, Any]) -> str:
    """The card's figures as lines of text: rows by split and class, language and kind; lengths; what was left out."""
    return "\n".join(_statistics(card))


def _statistics(card: Mapping[str, Any]) -> Iterator[str]:
    yield f"{'':<14}" + "".join(f"{split:>8}" for split in SPLITS)
    yield f"{'rows':<14}" + "".join(f"{card['files'][f'{split}.jsonl']['rows']:>8,}" for split in SPLITS)
    for name, counts in card["counts"].items():
        yield f"by {name}"
        for value in sorted({value for split in SPLITS for value in counts[split]}):
            yield f"  {value:<12}" + "".join(f"{counts[split].get(value, 0):>8,}" for split in SPLITS)
    lengths = card["lengths"]
    for split in SPLITS:
        told = lengths[split]
        if not told["rows"]:
            continue
        yield f"{split}: {lengths['unit']} p50 {told['p50']}, p95 {told['p95']}, longest {told['max']}"
        if told["longer_than_cut"]:
            yield f"  {told['longer_than_cut']:,} rows are longer than {lengths['cut']} and would not be learned whole"
        if split == "train":
            yield from histogram_lines(told["histogram"])
    if lengths["cut"] is None:
        yield "give a tokenizer to count tokens, and the rows that are too long to be learned whole"
    yield from _left_out(card["left_out"])


def _left_out(left_out: Mapping[str, Any]) -> Iterator[str]:
    said = {
        "read_otherwise": "questions that the planner read otherwise", "held_back": "that touch held-out rows",
        "no_answer": "without an answer that passes the check",
    }  # fmt: skip
    for name, words in said.items():
        if total := sum(left_out[name].values()):
            yield f"left out: {total:,} {words}"
    for name, count in left_out["skipped"].items():
        yield f"skipped: {count:,} bad rows of {name}"
    if left_out["answers"]:
        yield f"left out: {left_out['answers']:,} of the shop's own answers, which its rows do not bear out"


def as_seen(row: Row) -> str:
    """A row as the chat that the model reads: what is learned stands in « », what is emphasised in ‹ ›."""
    head = f"--- {row.id}  ({row.class_name}, {row.kind}, {row.language})"
    return "\n".join([head, *(_shown(row, place, message) for place, message in enumerate(row.messages))])


def _shown(row: Row, place: int, message: Message) -> str:
    text, end = message.content, "<|im_end|>"
    for span in sorted((span for span in row.emphasis if span.message == place), key=lambda span: -span.start):
        text = f"{text[: span.start]}‹{text[span.start : span.end]}›{text[span.end :]}"
    if message.weight > 0:
        text, end = f"«{text}{end}»", ""
    return f"<|im_start|>{message.role}\n{text}{end}"
