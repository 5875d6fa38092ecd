"""Converts a Hugging Face folder to a GGUF file by the official converter, and says in it where it comes from.

    python tools/convert.py RUN/merged --out RUN/gguf/shop-f16.gguf --name "Shop 4B" --license Apache-2.0 \\
        --base-model Qwen3-4B-Instruct-2507 --data RUN/data --run RUN

`--manifest` is a JSON file with what the app may ask of the model (see shopdesk.core.types.ModelManifest).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.errors import run_script
from tools.publishing.needs import amount
from tools.publishing.provenance import data_sha256, manifest_from, provenance


def main() -> None:
    from tools.publishing.converting import KINDS, convert

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--type", choices=sorted(KINDS), default="f16")
    parser.add_argument("--name", help="what the model is called (the folder's name)")
    parser.add_argument("--license", default="", help="SPDX id, as Apache-2.0")
    parser.add_argument("--base-model", default="", help="the model it was trained from")
    parser.add_argument("--data", type=Path, help="the dataset's folder, whose card holds its SHA-256")
    parser.add_argument("--run", default="", help="what the training run is called")
    parser.add_argument("--manifest", type=Path, metavar="FILE")
    options = parser.parse_args()
    origin = provenance(
        options.name or options.folder.name, options.license, base_model=options.base_model,
        data_sha256=data_sha256(options.data) if options.data else "", training_run=options.run,
        manifest=manifest_from(options.manifest),
    )  # fmt: skip
    converted = convert(options.folder, options.out, origin, options.type)
    print(f"{amount(converted.size)}, {converted.kind}")
    print(converted.path)


if __name__ == "__main__":
    run_script(main)
