"""Examines a bare model, a GGUF file or a Hugging Face folder, and prints the table by type and language.

    python tools/exam_model.py resources/models/counter.gguf --rows RUN/data/exam.jsonl
    python tools/exam_model.py resources/models/counter.gguf --synthetic 250 --untrained --wrong-plans --out RUN/exam

With `--out` the table goes to exam.md and exam.json in that folder, and every answer to answers.jsonl.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.counter.dialogue import MANIFEST
from tools.dataset.rows import ExamRow, read_exam
from tools.errors import ToolError, run_script
from tools.examination.answering import DECODINGS, manifest_for, open_model
from tools.examination.model_exam import Sitting, conduct, sit
from tools.examination.model_report import as_json, as_markdown
from tools.examination.untrained import untrained_twin
from tools.examination.wrong_plans import Behaviour


def main() -> None:
    options = _options()
    rows = [row for file in options.rows for row in read_exam(file)]
    if not rows:
        raise ToolError("There is nothing to ask; give a file of exam rows with --rows.")
    if options.part_of > 1:
        random.Random(0).shuffle(rows)
        rows = rows[: len(rows) // options.part_of]
    manifest = manifest_for(options.model, MANIFEST)
    examinee = open_model(options.model, manifest, threads=options.threads)
    if "as used" in options.decodings and not manifest.words:
        print("The manifest lists no words; as used, only what was begun is copied.", file=sys.stderr)
    sittings = sit(examinee, rows, options.decodings, _progress)
    if options.untrained:
        sittings += _untrained(options.model, rows[:: options.untrained], options)
    conducts: dict[str, Sequence[Behaviour]] = {}
    if options.wrong_plans:
        for decoding in options.decodings:
            if decoding in examinee.decodings:
                conducts[decoding] = conduct(examinee, rows[:: options.wrong_plans], decoding)
    text = as_markdown(sittings, conducts)
    print(text)
    if options.out:
        _write(options.out, text, sittings, conducts)


def _untrained(model: Path, rows: Sequence[ExamRow], options: argparse.Namespace) -> list[Sitting]:
    with tempfile.TemporaryDirectory() as folder:
        twin = untrained_twin(model, Path(folder) / "untrained.gguf")
        examinee = replace(open_model(twin, manifest_for(model, MANIFEST), threads=options.threads), name="untrained")
        return sit(examinee, rows, options.decodings, _progress)


def _write(out: Path, text: str, sittings: Sequence[Sitting], conducts: dict[str, Sequence[Behaviour]]) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "exam.md").write_text(text, encoding="utf-8")
        body = json.dumps(as_json(sittings, conducts), ensure_ascii=False, indent=1)
        (out / "exam.json").write_text(body + "\n", encoding="utf-8")
        with (out / "answers.jsonl").open("w", encoding="utf-8") as file:
            for sitting in sittings:
                for mark in sitting.marks:
                    told = {
                        "model": sitting.model, "decoding": sitting.decoding, "id": mark.row.id, "kind": mark.row.kind,
                        "language": mark.row.language, "question": mark.row.plan.question, "said": mark.said.text,
                        "must": list(mark.row.plan.must), "fault": mark.fault, "beside": mark.beside,
                    }  # fmt: skip
                    file.write(json.dumps(told, ensure_ascii=False) + "\n")
    except OSError as fault:
        raise ToolError(f"{out} cannot be written ({fault}); choose another folder with --out.") from fault


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty() and (done % 20 == 0 or done == of):
        print(f"\r{done} of {of}", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--rows", type=Path, action="append", default=[], metavar="FILE", help="exam rows (JSON Lines)")
    parser.add_argument("--decodings", type=_decodings, default=list(DECODINGS), help="bare,as-used")
    parser.add_argument("--part-of", type=int, default=1, metavar="N", help="only every N-th row, drawn at random")
    parser.add_argument("--untrained", type=int, nargs="?", const=4, default=0, metavar="N",
                        help="ask an untrained model of the same shape too, every N-th row (4)")  # fmt: skip
    parser.add_argument("--wrong-plans", type=int, nargs="?", const=4, default=0, metavar="N",
                        help="plant wrong plans into every N-th row (4)")  # fmt: skip
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FOLDER")
    return parser.parse_args()


def _decodings(text: str) -> list[str]:
    found = [name.replace("-", " ") for name in text.split(",")]
    if not set(found) <= set(DECODINGS):
        raise argparse.ArgumentTypeError("decodings are bare and as-used, by commas")
    return found


if __name__ == "__main__":
    run_script(main)
