"""Makes the tokenizer and the training data of ShopDesk Counter: conversations in shops that never were.

    python tools/make_dataset.py build/counter --conversations 60000
    python tools/make_dataset.py build/counter --preview 5

Writes tokenizer.json, plain-*.npz, train-*.npz, valid-*.npz and corpus.json into the folder. The same seed makes the
same data.
Validation data use goods, names and ways of asking that no training conversation has.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from shopdesk.core.prompting import PROMPT_VERSION
from tools.counter import corpus
from tools.counter.dialogue import DialogueMaker
from tools.counter.tokenizer import conversation_texts, load_tokenizer, make_tokenizer

_SHARD = 2000


def _shard(job: tuple[Path, Path, int, int, str]) -> int:
    path, tokenizer, seed, conversations, kind = job
    return corpus.write_shard(path, load_tokenizer(tokenizer), seed, conversations, kind)


def preview(count: int, seed: int) -> None:
    """Prints some turns as the model will see them."""
    maker = DialogueMaker(random.Random(seed))
    for _ in range(count):
        for turn in maker.conversation().turns:
            print(f"--- {turn.kind}\n{turn.prompt}\n=> {turn.answer}")


def make(folder: Path, conversations: int, seed: int, processes: int, tokenizer_texts: int = 4000) -> int:
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
    corpus.write_card(
        folder,
        seed=seed,
        conversations=conversations,
        tokens=sum(counts),
        prompt_version=PROMPT_VERSION,
        sha256=corpus.digest(shards),
    )
    return sum(counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--conversations", type=int, default=60_000, help="of each sort, plain and full")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--preview", type=int, default=0, metavar="N", help="print N conversations and write nothing")
    options = parser.parse_args()
    if options.preview:
        preview(options.preview, options.seed)
        return
    tokens = make(options.folder, options.conversations, options.seed, options.processes)
    print(f"{options.folder}: {2 * options.conversations} conversations, {tokens:,} tokens")


if __name__ == "__main__":
    main()
