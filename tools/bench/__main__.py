"""Runs the benchmarks and writes their figures, medians unless the name says otherwise.

    python -m tools.bench                        all groups
    python -m tools.bench store --products 10000 one group, at another size
    python -m tools.bench engine --model FILE    another model than the embedded one
    python -m tools.bench rivals --rival FILE    the engine beside others on a large model, random weights without FILE
    python -m tools.bench train --gpu            training at the 4B shape on a CUDA GPU

The figures go to build/bench.json, one flat object; groups that do not run keep theirs. The group `train` needs torch
and is left out of "all groups" where that is not installed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from shopdesk.core.errors import UserFacingError
from tools.bench import assistant, conversation, engine, rivals, search, store, train, window

OUTPUT = Path(__file__).resolve().parents[2] / "build" / "bench.json"
Figures = Mapping[str, float]
GROUPS: Mapping[str, Callable[[argparse.Namespace], Figures]] = {
    "engine": lambda options: {
        **engine.measure(options.model),
        **rivals.measure(options.rival, options.vocabulary, options.parts),
    },
    "rivals": lambda options: rivals.measure(options.rival, options.vocabulary, options.parts),
    "assistant": lambda options: assistant.measure(options.model),
    "store": lambda options: store.measure(options.products),
    "search": lambda _: search.measure(),
    "window": lambda options: {**window.measure(options.products), **conversation.measure(options.products)},
    "train": lambda options: train.measure(options.gpu),
}


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    failed = False
    for group in options.groups or (name for name in GROUPS if _by_itself(name)):
        try:
            found = GROUPS[group](options)
        except UserFacingError as problem:
            print(f"{group}: {problem} {problem.detail}", file=sys.stderr)
            failed = True
            continue
        for name, value in found.items():
            print(f"{name:<32}{value:>14,.3f}")
        _keep(found)
    print(OUTPUT)
    return int(failed)


def _by_itself(group: str) -> bool:
    """Whether a group runs where none is named. `rivals` is a part of `engine`, `train` needs torch, `search` data."""
    return group != "rivals" and (group != "train" or train.possible()) and (group != "search" or search.possible())


def _keep(found: Figures) -> None:
    known = json.loads(OUTPUT.read_text(encoding="utf-8")) if OUTPUT.is_file() else {}
    rounded = {name: round(value, 3) for name, value in found.items()}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(known | rounded, indent=1) + "\n", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description="Runs the benchmarks.")
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], metavar="GROUP", help=", ".join(GROUPS))
    parser.add_argument("--model", type=Path, help="a GGUF file instead of the embedded model")
    parser.add_argument("--rival", type=Path, help="a GGUF file for the comparison with others")
    parser.add_argument("--parts", nargs="+", choices=rivals.PARTS, default=rivals.PARTS, help="of the comparison")
    parser.add_argument("--vocabulary", type=Path, help="a GGUF file whose tokenizer the random model takes")
    parser.add_argument("--products", type=int, default=100_000, help="size of the generated shop")
    parser.add_argument("--gpu", action="store_true", help="train: the 4B shape on a CUDA GPU")
    return parser


if __name__ == "__main__":
    sys.exit(main())
