"""The whole chain at toy length on a CPU: data → tokenizer → train → convert → quantise → parity → package.

    python tools/toy_model.py [--minutes 0.5]

The last line printed is the path of the packaged GGUF. The model is far too little trained to be of use; what is
shown is that every step works and that the file answers as the network it was made from.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.convert_counter import package
from tools.counter.corpus import make_corpus
from tools.counter.shape import Shape
from tools.counter.tokenizer import load_tokenizer
from tools.counter.training import Recipe
from tools.train_counter import restarted_with_warm_memory, train_in_processes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=0.5, help="time for training")
    parser.add_argument("--folder", type=Path, default=Path("build/toy-model"))
    options = parser.parse_args()
    restarted_with_warm_memory()
    processes = min(2, os.cpu_count() or 1)
    tokens = make_corpus(options.folder, 600, seed=5, processes=processes, tokenizer_texts=400)
    size = load_tokenizer(options.folder / "tokenizer.json").get_vocab_size()
    shape = Shape(-(-size // 64) * 64, hidden=64, layers=2, heads=2, kv_heads=1, head_dim=32, feed_forward=128)
    print(f"data: {tokens:,} tokens, vocabulary {size}")
    train_in_processes(options.folder, Recipe(options.minutes, tokens=2048, save_every_s=60), shape, processes)
    for kind in ("f16", "q8_0"):
        path, parity = package(options.folder, options.folder / "package", kind, prompts=12)
        print(f"{kind}: {parity}")
    print(path)


if __name__ == "__main__":
    main()
