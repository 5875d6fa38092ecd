"""Training data on disk: conversations as token numbers with a weight for each token that is to be learned.

A corpus is a folder of shards (`train-0000.npz`, `plain-0000.npz`, `valid-0000.npz`…), each with
`ids` (uint16, all conversations end to end), `weights` (uint8, hundredths;
the weight of predicting the token at that place) and `ends` (where each conversation stops), plus `corpus.json`.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from shopdesk.core.prompting import PROMPT_VERSION
from tools.counter.dialogue import DialogueMaker, written
from tools.counter.tokenizer import conversation_texts, load_tokenizer, make_tokenizer

LONGEST = 1024
"""Conversations of more tokens are left out."""

Ids = NDArray[np.uint16]
Weights = NDArray[np.uint8]


def encoded(tokenizer: Tokenizer, text: str, spans: Sequence[tuple[int, int, float]]) -> tuple[Ids, Weights]:
    """Token numbers of `text` and the weight of each token: that of the span that it begins in, otherwise 0."""
    encoding = tokenizer.encode(text)
    weights = np.zeros(len(encoding.ids), np.uint8)
    starts = np.array([start for start, _ in encoding.offsets])
    for start, end, weight in spans:
        weights[(starts >= start) & (starts < end)] = round(weight * 100)
    return np.array(encoding.ids, np.uint16), weights


def write_shard(path: Path, tokenizer: Tokenizer, seed: int, conversations: int, kind: str) -> int:
    """`conversations` random ones, made from `seed` alone; the number of tokens written.

    `kind` is "train", "valid" (held out) or "plain": the first lessons, about one short fact each and mostly without
    the constant system message.
    """
    rng = random.Random(seed)
    maker = DialogueMaker(rng, held_out=kind == "valid", plain=kind == "plain")
    ids, weights, ends, total = [], [], [], 0
    for _ in range(conversations):
        numbers, marks = encoded(
            tokenizer, *written(maker.conversation(), rng, system=kind != "plain" or rng.random() < 0.2)
        )
        if len(numbers) > LONGEST:
            continue
        total += len(numbers)
        ids.append(numbers)
        weights.append(marks)
        ends.append(total)
    np.savez(path, ids=np.concatenate(ids), weights=np.concatenate(weights), ends=np.array(ends, np.int64))
    return total


@dataclass(frozen=True, slots=True)
class Corpus:
    """Conversations in memory."""

    conversations: list[tuple[Ids, Weights]]

    @property
    def tokens(self) -> int:
        return sum(len(ids) for ids, _ in self.conversations)

    @classmethod
    def load(cls, paths: Sequence[Path]) -> Corpus:
        """All conversations of the shards at `paths`. Raises FileNotFoundError when there is none."""
        if not paths:
            raise FileNotFoundError("the corpus has no shards; make it with tools/make_dataset.py")
        found: list[tuple[Ids, Weights]] = []
        for path in paths:
            with np.load(path) as shard:
                cuts = shard["ends"][:-1]
                found += zip(np.split(shard["ids"], cuts), np.split(shard["weights"], cuts), strict=True)
        return cls(found)

    def batches(self, rng: random.Random, tokens: int) -> Iterator[list[tuple[Ids, Weights]]]:
        """Endless batches of about `tokens` tokens, each of conversations of nearly the same length."""
        while True:
            order = list(range(len(self.conversations)))
            rng.shuffle(order)
            for start in range(0, len(order), 4096):
                window = sorted(order[start : start + 4096], key=lambda index: len(self.conversations[index][0]))
                groups: list[list[tuple[Ids, Weights]]] = [[]]
                for index in window:
                    conversation = self.conversations[index]
                    if len(conversation[0]) * (len(groups[-1]) + 1) > tokens and groups[-1]:
                        groups.append([])
                    groups[-1].append(conversation)
                rng.shuffle(groups)
                yield from groups


def digest(paths: Sequence[Path]) -> str:
    """SHA-256 over the shards, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(paths):
        with np.load(path) as shard:
            total.update(shard["ids"].tobytes())
            total.update(shard["weights"].tobytes())
    return total.hexdigest()


def write_card(folder: Path, **values: object) -> None:
    (folder / "corpus.json").write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


_SHARD = 2000


def _shard(job: tuple[Path, Path, int, int, str]) -> int:
    path, tokenizer, seed, conversations, kind = job
    return write_shard(path, load_tokenizer(tokenizer), seed, conversations, kind)


def make_corpus(folder: Path, conversations: int, seed: int, processes: int, tokenizer_texts: int = 4000) -> int:
    """Tokenizer and data in `folder`; the number of training tokens."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.npz"):
        old.unlink()
    tokenizer = folder / "tokenizer.json"
    make_tokenizer(list(conversation_texts(seed, tokenizer_texts))).save(str(tokenizer))
    jobs = [
        (
            folder / f"{kind}-{index:04d}.npz",
            tokenizer,
            (seed * 3 + offset) * 100_003 + index,
            min(_SHARD, wanted - start),
            kind,
        )
        for offset, (kind, wanted) in enumerate(
            {"train": conversations, "plain": conversations, "valid": max(50, min(600, conversations // 50))}.items()
        )
        for index, start in enumerate(range(0, wanted, _SHARD))
    ]
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        counts = pool.map(_shard, jobs, chunksize=1)
    shards = sorted([*folder.glob("train-*.npz"), *folder.glob("plain-*.npz")])
    write_card(
        folder,
        seed=seed,
        conversations=conversations,
        tokens=sum(counts),
        prompt_version=PROMPT_VERSION,
        sha256=digest(shards),
    )
    return sum(counts)
