"""Quantises a GGUF file with llama.cpp, to one type or several.

    python tools/quantize.py RUN/gguf/shop-f16.gguf --types q4_k_m,q8_0
    python tools/quantize.py RUN/gguf/shop-f16.gguf --types q4_k_m --folder RUN/merged --exam RUN/data/exam.jsonl

With `--folder` and `--exam` the inputs of each matrix are weighed by the exam's prompts first (an importance matrix,
kept as importance.gguf beside the result). The files are named as the source with its type exchanged.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.errors import ToolError, run_script
from tools.publishing.needs import amount

if TYPE_CHECKING:
    from tools.publishing.importance import Importance


def main() -> None:
    from tools.publishing.quantizing import KINDS, name_for, quantize

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a GGUF file of type f16, bf16 or f32")
    parser.add_argument("--types", default="q4_k_m", help="by commas; known are " + ", ".join(sorted(KINDS)))
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the files go (beside the source)")
    parser.add_argument("--importance", type=Path, metavar="FILE", help="an importance matrix measured earlier")
    parser.add_argument("--folder", type=Path, help="the merged model, to measure one with")
    parser.add_argument("--exam", type=Path, metavar="FILE", help="exam.jsonl, whose prompts are read for it")
    parser.add_argument("--prompts", type=int, default=200, help="how many of them (200)")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    out = options.out or options.source.parent
    importance = _importance(options, out)
    for kind in filter(None, options.types.split(",")):
        made = quantize(options.source, out / name_for(options.source, kind), kind, importance, options.threads)
        types = ", ".join(f"{count} {name}" for name, count in sorted(made.types.items()))
        print(f"{amount(made.size)}: {types}")
        if made.fallbacks:
            print(f"rows of another length than a multiple of 256, in coarser blocks: {', '.join(made.fallbacks)}")
        print(made.path)


def _importance(options: argparse.Namespace, out: Path) -> Importance | None:
    if options.importance is not None:
        from tools.publishing.importance import Importance

        return Importance.load(options.importance)
    if options.folder is None and options.exam is None:
        return None
    if options.folder is None or options.exam is None:
        raise ToolError("an importance matrix is measured from both --folder and --exam; give the other one too.")
    from tools.dataset.rows import read_exam
    from tools.publishing.reference import importance_from

    measured = importance_from(options.folder, list(read_exam(options.exam)), options.prompts)
    print(f"inputs weighed over {measured.tokens:,} tokens of {measured.prompts} prompts", file=sys.stderr)
    measured.save(out / "importance.gguf")
    return measured


if __name__ == "__main__":
    run_script(main)
