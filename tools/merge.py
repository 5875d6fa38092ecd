"""Merges an adapter into its base: one model folder in safetensors shards, with tokenizer, template and settings.

    python tools/merge.py BASE RUN/train/best --out RUN/merged
    python tools/merge.py BASE RUN/train/best --out RUN/merged --shard-size 2GB --dtype bfloat16

A model that was trained in full is taken too; it gets what its folder lacks from the base.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.errors import run_script
from tools.publishing.needs import amount


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="the model folder that was trained from")
    parser.add_argument("trained", type=Path, help="the adapter folder that training left")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--shard-size", default="4GB", help="largest weight file (4GB)")
    parser.add_argument("--dtype", choices=("float32", "float16", "bfloat16"), help="instead of the base's own")
    options = parser.parse_args()
    from tools.publishing.merging import merge

    merged = merge(options.base, options.trained, options.out, options.shard_size, options.dtype)
    print(f"{amount(merged.size)} in {merged.shards} files, {merged.dtype}{', output untied' if merged.untied else ''}")
    print(merged.path)


if __name__ == "__main__":
    run_script(main)
