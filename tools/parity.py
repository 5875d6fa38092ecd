"""Holds GGUF files to the merged model they were made from, on the shop's exam; the gate that publishing stands behind.

    python tools/parity.py RUN/merged RUN/gguf/shop-f16.gguf RUN/gguf/shop-q4_k_m.gguf --exam RUN/data/exam.jsonl \\
        --out RUN

Writes parity.json and parity.md. Exit code 1 when a file does not pass; the report names the cause.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.dataset.rows import read_exam
from tools.errors import ToolError, run_script
from tools.publishing.provenance import manifest_from


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the merged model")
    parser.add_argument("files", type=Path, nargs="+", help="GGUF files made from it")
    parser.add_argument("--exam", type=Path, required=True, metavar="FILE", help="exam.jsonl")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the report goes")
    parser.add_argument("--manifest", type=Path, metavar="FILE", help="what the app may ask of the model")
    parser.add_argument("--rows", type=int, default=100, help="how many questions, spread over all (100)")
    parser.add_argument("--most", type=int, help="most tokens of an answer (the manifest's)")
    parser.add_argument("--device", default="cpu", help="where the merged model runs: cpu, cuda")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    from tools.publishing.parity import compare, write_parity

    parity = compare(
        options.folder, options.files, list(read_exam(options.exam)), manifest_from(options.manifest),
        options.out / "parity.partial", count=options.rows, most=options.most, device=options.device,
        threads=options.threads, progress=_tell,
    )  # fmt: skip
    report = write_parity(parity, options.out)
    print(report.with_suffix(".md").read_text(encoding="utf-8"))
    failed = [verdict.file for verdict in parity.verdicts if not verdict.passed]
    if failed:
        raise ToolError(f"{', '.join(failed)} did not pass; nothing of this may be published. See {report.parent}.")


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text:<70}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    run_script(main)
