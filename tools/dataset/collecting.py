"""Rows from every source, piece by piece, in one process or several, with the same result."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial

from tools.dataset.form import Form, estimated_tokens
from tools.dataset.generated import GENERATED, PLAIN, generated_rows
from tools.dataset.holding_out import hold_out
from tools.dataset.lengths import Measure, length_of, load_measure
from tools.dataset.order import Order
from tools.dataset.phrasings import SPLITS, Split
from tools.dataset.registry import Entry, rows_of
from tools.dataset.rows import Row, row_to_json
from tools.dataset.shop import Answered, opened_shop, read_answered
from tools.dataset.shop_rows import RowMaker, Tally
from tools.errors import ToolError

_SHARD = 250
_ROUNDS = 4
"""How often more rows are asked of a shop that repeats itself."""
_TO_VALIDATE = 50
"""One in so many rows of a file is kept for validation."""
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is written, with what is counted of it; `same` is equal for rows that would teach the same."""

    text: str
    same: bytes
    labels: tuple[str, str, str, str]
    length: int


@dataclass(frozen=True, slots=True)
class _Job:
    """A piece of work that depends on nothing but the order and itself."""

    source: str
    split: Split
    index: int
    count: int


@dataclass(slots=True)
class Collected:
    """All rows, by split, and what was left out on the way."""

    lines: dict[Split, list[Line]] = field(default_factory=lambda: {split: [] for split in SPLITS})
    tally: Tally = field(default_factory=Tally)
    repeated: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    answers_left_out: int = 0


def form_of(order: Order) -> Form:
    unit, measure = load_measure(order.tokenizer)
    return Form(order.manifest, measure if unit == "tokens" else estimated_tokens)


def seed_of(order: Order, source: str, split: Split, index: int) -> str:
    return f"{order.seed}/{source}/{split}/{index}"


class _Workshop:
    """Where rows are made, in this process or another: the shop stays open between jobs."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._form, self._measure = form_of(order), load_measure(order.tokenizer)[1]
        self._stack = ExitStack()
        if order.shop is not None:
            self._shop = self._stack.enter_context(opened_shop(order.shop))
            self._holdout = hold_out(self._shop.products, self._shop.records["order"], order.seed)

    def work(self, job: _Job) -> tuple[list[Line], Tally]:
        seed, tally = seed_of(self._order, job.source, job.split, job.index), Tally()
        if job.source == "shop":
            maker = self._maker(job.split, seed)
            rows, tally = list(maker.rows(job.count)), maker.tally
        else:
            rows = list(generated_rows(job.source, job.split, job.count, self._form, seed))
        return [_line(row, f"{row.id}-{job.index}.{place}", self._measure) for place, row in enumerate(rows)], tally

    def answered(self, pairs: Iterable[Answered]) -> Iterator[tuple[Split, Line] | None]:
        """The row of each pair, and of the shop's own approved answers, in the split that the rows behind it belong
        to; None where there is no such row."""
        makers = {split: self._maker(split, seed_of(self._order, "answers", split, 0)) for split in SPLITS}
        for number, pair in enumerate((*self._shop.answered, *pairs)):
            made = ((split, maker.answered_row(pair)) for split, maker in makers.items())
            found = next(((split, row) for split, row in made if row is not None), None)
            yield found and (found[0], _line(found[1], f"{found[1].id}-answer-{number}", self._measure))

    def close(self) -> None:
        self._stack.close()

    def _maker(self, split: Split, seed: str) -> RowMaker:
        return RowMaker(self._shop, self._holdout, split, self._form, random.Random(seed))


_workshop: _Workshop | None = None
"""This process's own, where it is one of several."""


def _begin(order: Order) -> None:
    global _workshop
    _workshop = _Workshop(order)


def _work(job: _Job) -> tuple[list[Line], Tally]:
    assert _workshop is not None
    return _workshop.work(job)


_Run = Callable[[Iterable[_Job]], Iterable[tuple[list[Line], Tally]]]


def collect(order: Order, entries: Sequence[Entry], say: Say) -> Collected:
    collected = Collected()
    with ExitStack() as stack:
        workshop = stack.enter_context(closing(_Workshop(order)))
        run: _Run = partial(map, workshop.work)
        if order.processes > 1:
            pool = multiprocessing.get_context("spawn").Pool(order.processes, _begin, (order,))
            run = partial(stack.enter_context(pool).imap, _work)
        for source, split, wanted in _wishes(order):
            added = _from_jobs(source, split, wanted, run, collected)
            less = "" if added == wanted else f", as many different ones as there are ({wanted:,} were wanted)"
            say(f"{source}, {split}: {added:,} rows{less}")
        if order.shop is not None:
            given = read_answered(order.answers) if order.answers is not None else []
            _add_answers(workshop, given, collected)
    for entry in entries:
        say(f"{entry.name}: {_add_entry(entry, order, collected):,} rows")
    return collected


def _wishes(order: Order) -> Iterator[tuple[str, Split, int]]:
    """How many rows of which source for which split."""
    counts = {"shop": order.samples if order.shop else 0, GENERATED: order.generated, PLAIN: order.plain}
    for source, count in counts.items():
        if not count:
            continue
        yield source, "train", count
        if source != PLAIN:
            yield source, "valid", max(40, min(600, count // 25)) if order.valid is None else order.valid
            yield source, "exam", max(60, min(800, count // 16)) if order.exam is None else order.exam


def _from_jobs(source: str, split: Split, wanted: int, run: _Run, collected: Collected) -> int:
    """Adds `wanted` rows that are all different; a shop that repeats itself is asked some more."""
    seen = {line.same for line in collected.lines[split]}
    lines: list[Line] = []
    index = 0
    for _ in range(_ROUNDS):
        missing = wanted - len(lines)
        jobs = [
            _Job(source, split, index + place, min(_SHARD, missing - start))
            for place, start in enumerate(range(0, missing, _SHARD))
        ]
        index += len(jobs)
        for made, tally in run(jobs):
            collected.tally.add(tally)
            for line in made:
                collected.repeated += line.same in seen
                if line.same not in seen:
                    seen.add(line.same)
                    lines.append(line)
        if missing > _SHARD and wanted - len(lines) > missing * 0.9:
            break
    collected.lines[split] += lines
    return len(lines)


def _add_answers(workshop: _Workshop, pairs: Sequence[Answered], collected: Collected) -> None:
    for found in workshop.answered(pairs):
        if found is None:
            collected.answers_left_out += 1
        else:
            collected.lines[found[0]].append(found[1])


def _add_entry(entry: Entry, order: Order, collected: Collected) -> int:
    """The rows of a file; those that ask the same go to the same split."""
    measure = load_measure(order.tokenizer)[1]

    def count(error: ToolError) -> None:
        collected.skipped[entry.name] += 1

    added = 0
    for row in rows_of(entry, order.seed, count if order.skip_bad else None):
        asked = next(message.content for message in row.messages if message.role == "user")
        lot = int.from_bytes(hashlib.sha256(asked.encode()).digest()[:4], "big")
        split: Split = "valid" if lot % _TO_VALIDATE == 0 else "train"
        collected.lines[split].append(_line(row, row.id, measure))
        added += 1
    return added


def _line(row: Row, id: str, measure: Measure) -> Line:
    data = row_to_json(row) | {"id": id}
    same = hashlib.sha256(json.dumps(data["messages"], ensure_ascii=False).encode()).digest()
    labels = (row.class_name, row.kind, row.language, row.source)
    return Line(json.dumps(data, ensure_ascii=False), same, labels, length_of(row, measure))
