"""Trains ShopDesk Counter from scratch on the data of tools/make_dataset.py, within a budget of minutes, on a CPU.

    python tools/train_counter.py build/counter --minutes 65

Reads tokenizer.json and the shards of the folder; writes run/checkpoint.pt, run/model.pt and run/log.jsonl there.
Killed, it goes on from the last checkpoint with --resume. The learning rate falls to nothing as the budget runs out,
so the end is a finished model.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import torch
import torch.multiprocessing

from tools.counter.corpus import Corpus
from tools.counter.shape import Shape
from tools.counter.tokenizer import load_tokenizer
from tools.counter.training import Recipe, Team, Trainer

# Touching a fresh page is far slower than using a warm one, so glibc is told to keep its memory and to use huge pages.
_MEMORY = (
    "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=1000000000000:glibc.malloc.arena_max=1"
)


def restarted_with_warm_memory() -> None:
    """Starts this script again with glibc's memory settings (they are read at process start only)."""
    if sys.platform == "linux" and "GLIBC_TUNABLES" not in os.environ:
        os.environ["GLIBC_TUNABLES"] = _MEMORY
        os.execv(sys.executable, [sys.executable, *sys.argv])


def train(folder: Path, recipe: Recipe, shape: Shape, team: Team, resume: bool = False) -> None:
    """One process of a run in `folder`/run, whose weights will be `model.pt` there."""
    run = folder / "run"
    trainer = Trainer(shape, recipe, run, team)
    if resume and trainer.resume() and team.rank == 0:
        print(f"going on from step {trainer.step}, {trainer.elapsed / 60:.1f} minutes used", flush=True)
    if team.rank == 0:
        count = sum(parameter.numel() for parameter in trainer.network.parameters())
        print(f"{count:,} parameters, {recipe.minutes:g} minutes, {team.size} processes", flush=True)
    trainer.run(*(Corpus.load(sorted(folder.glob(f"{kind}-*.npz"))) for kind in ("plain", "train", "valid")))


def _end_with_parent() -> None:
    """Ends this process as soon as the one that started it is gone, killed or not."""

    def watch(parent: int) -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, args=(os.getppid(),), daemon=True).start()


def _member(rank: int, folder: Path, recipe: Recipe, shape: Shape, size: int, resume: bool) -> None:
    _end_with_parent()
    torch.set_num_threads(1)
    warm = torch.ones(2**28 + 2**29)
    del warm
    train(folder, recipe, shape, Team(rank, size, (folder / "run" / "meeting").absolute()), resume)


def train_in_processes(folder: Path, recipe: Recipe, shape: Shape, processes: int, resume: bool = False) -> Path:
    """Trains with several processes; the path of the weights."""
    run = folder / "run"
    run.mkdir(parents=True, exist_ok=True)
    for name in ("meeting", *(() if resume else ("checkpoint.pt", "model.pt", "log.jsonl"))):
        (run / name).unlink(missing_ok=True)
    torch.multiprocessing.spawn(_member, (folder, recipe, shape, processes, resume), nprocs=processes)
    return run / "model.pt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=65.0)
    parser.add_argument("--tokens", type=int, default=4096, help="tokens in a batch, over all processes")
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--hidden", type=int, default=256)
    parser.add_argument("--feed-forward", type=int, default=768)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--resume", action="store_true")
    options = parser.parse_args()
    restarted_with_warm_memory()
    size = load_tokenizer(options.folder / "tokenizer.json").get_vocab_size()
    shape = Shape(-(-size // 64) * 64, options.hidden, options.layers, feed_forward=options.feed_forward)
    recipe = Recipe(options.minutes, options.tokens)
    print(train_in_processes(options.folder, recipe, shape, options.processes, options.resume))


if __name__ == "__main__":
    main()
