"""Makes a model for a shop, from its data to a checked package, with one command; cut off, it goes on where it stopped.

    python tools/make_model.py build/model --shop ~/.local/share/shopdesk
    python tools/make_model.py build/model --preset qwen3-4b-instruct-2507 --base models/Qwen3-4B --shop HOME
    python tools/make_model.py build/toy --sample --toy
    shopdesk models add build/model/package

The steps: data, base, train, merge, convert, quantise, exam, parity, package. Each is a script of its own in tools/ and
leaves its result in the folder: data/, train/ (with loss.png), merged/, gguf/, exam/, parity.md, package/.
The last line printed is the path of the packaged GGUF file.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.errors import ToolError, run_script

_TOY = ("steps=12", "checks=2", "batch=16")


def main() -> None:
    options = _parser().parse_args()
    if options.shop and options.sample:
        raise ToolError("choose one of --shop and --sample.")
    from tools.making.chain import Wish, make_model
    from tools.making.sample import sample_home

    toy = options.toy
    wish = Wish(
        preset=options.preset, out=options.out, base=options.base or "", name=options.name or "",
        shop=sample_home(options.out / "home") if options.sample else options.shop,
        answers=options.answers, registry=options.registry, use=tuple(options.use),
        samples=options.samples or (160 if toy else None), generated=options.generated, plain=options.plain,
        exam=options.exam or (24 if toy else None), parity_rows=min(options.parity_rows, 12 if toy else 1000),
        types=tuple(filter(None, options.types.split(","))), importance=options.importance,
        settings=(*(_TOY if toy else ()), *options.set), seed=options.seed, processes=options.processes,
        zipped=options.zip, allow_worse=options.allow_worse or toy,
    )  # fmt: skip
    print(make_model(wish, lambda text: print(text, file=sys.stderr, flush=True)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="folder of the run")
    parser.add_argument("--preset", default="counter-shop", help="a name in tools/presets, or a .toml file")
    parser.add_argument("--base", help="model folder, GGUF file, 'embedded' or 'scratch' (the preset's)")
    parser.add_argument("--name", help="what the model will be called")
    parser.add_argument("--shop", type=Path, metavar="HOME", help="whose rows to learn from: a home folder or database")
    parser.add_argument("--sample", action="store_true", help="the sample shop")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="questions with the right answers, JSON Lines")
    parser.add_argument("--registry", type=Path, metavar="FILE", help="a dataset_info.json with data sets of your own")
    parser.add_argument("--use", action="append", default=[], metavar="NAME", help="of these data sets only NAME")
    parser.add_argument("--samples", type=int, help="rows made from the shop")
    parser.add_argument("--generated", type=int, help="conversations in shops that never were")
    parser.add_argument("--plain", type=int, help="of them simple ones, for first lessons")
    parser.add_argument("--exam", type=int, help="questions kept for the exam")
    parser.add_argument("--parity-rows", type=int, default=60, help="questions by which file and model are compared")
    parser.add_argument("--types", default="", help="by commas: f16, q8_0, q4_k_m…; the last one is packaged")
    parser.add_argument("--importance", action="store_true", help="weigh the inputs by the exam's prompts (imatrix)")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="change a training setting")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--zip", action="store_true", help="the package as one file as well")
    parser.add_argument("--toy", action="store_true", help="a few rows and steps: every step, in minutes, of no use")
    parser.add_argument("--allow-worse", action="store_true", help="package what does worse on the exam than its base")
    return parser


if __name__ == "__main__":
    run_script(main)
