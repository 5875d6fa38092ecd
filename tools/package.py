"""Packages a GGUF file that passed: model, manifest with SHA-256, card with exam and parity; for `shopdesk models add`.

    python tools/package.py RUN/gguf/shop-q4_k_m.gguf --parity RUN/parity.json --exam RUN/exam/exam.json \\
        --out RUN/package --zip

Nothing is written when the file did not pass, or when the reports are of another file. The last line printed is what
`shopdesk models add` takes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.errors import ToolError, run_script
from tools.publishing.provenance import manifest_from


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="the GGUF file")
    parser.add_argument("--parity", type=Path, required=True, metavar="FILE", help="parity.json")
    parser.add_argument("--exam", type=Path, required=True, metavar="FILE", help="exam.json")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--manifest", type=Path, metavar="FILE", help="what the app may ask (the file's own metadata)")
    parser.add_argument("--notes", type=Path, metavar="FILE", help="Markdown that goes into the card")
    parser.add_argument("--zip", action="store_true", help="as one file too")
    options = parser.parse_args()
    from tools.publishing.packaging import package

    try:
        notes = options.notes.read_text(encoding="utf-8") if options.notes else ""
    except (OSError, ValueError) as fault:
        raise ToolError(f"{options.notes} cannot be read ({fault}).") from fault
    made = package(
        options.model, options.parity, options.exam, options.out,
        manifest=manifest_from(options.manifest) if options.manifest else None, notes=notes, zipped=options.zip,
    )  # fmt: skip
    print(made.zip or made.folder)


if __name__ == "__main__":
    run_script(main)
