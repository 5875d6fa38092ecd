"""Examines a bare model, a GGUF file or a Hugging Face folder, and prints the table by type and language.

    python tools/exam_model.py resources/models/counter.gguf --odd-shop --untrained --wrong-plans
    python tools/exam_model.py resources/models/counter.gguf --home HOME --rows RUN/data/exam.jsonl --out RUN/exam

Asked are the rows of a dataset's exam.jsonl (`--rows`), and questions written by hand: about a shop of our own with odd
names and codes (`--odd-shop`), about the shop in any home (`--home`). With `--out` the table goes to exam.md and
exam.json in that folder, and every answer to answers.jsonl.
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

from shopdesk.core.types import ModelManifest
from shopdesk.store import open_store
from tools.counter.dialogue import MANIFEST
from tools.dataset.rows import ExamRow, read_exam
from tools.errors import ToolError, run_script
from tools.examination.answering import DECODINGS, manifest_for, open_model
from tools.examination.home_rows import ODD_SHOP, by_hand_rows
from tools.examination.model_exam import Sitting, conduct, sit
from tools.examination.model_report import as_json, as_markdown
from tools.examination.untrained import untrained_twin
from tools.examination.wrong_plans import Behaviour


def main() -> None:
    options = _options()
    manifest = manifest_for(options.model, MANIFEST)
    rows = [row for file in options.rows for row in read_exam(file)]
    for home in options.home:
        rows += _asked_by_hand(home, manifest)
    if options.odd_shop:
        rows += _asked_of_the_odd_shop(manifest)
    if not rows:
        raise ToolError("There is nothing to ask; give exam rows with --rows, or a shop with --home or --odd-shop.")
    if options.part_of > 1:
        random.Random(0).shuffle(rows)
        rows = rows[: len(rows) // options.part_of]
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


def _asked_by_hand(home: Path, manifest: ModelManifest) -> list[ExamRow]:
    if not (home / "shop.db").is_file():
        raise ToolError(f"{home} is no home of ShopDesk; name the folder that holds shop.db.")
    with open_store(home / "shop.db") as store:
        return by_hand_rows(store, home.resolve().name, manifest)


def _asked_of_the_odd_shop(manifest: ModelManifest) -> list[ExamRow]:
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "shop.db") as store:
        store.load_sample(ODD_SHOP)
        return by_hand_rows(store, "odd shop", manifest)


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
                        "must": list(mark.row.plan.must), "fault": mark.fault,
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
    parser.add_argument("--home", type=Path, action="append", default=[], metavar="HOME",
                        help="ask the questions written by hand about the shop in this home")  # fmt: skip
    parser.add_argument("--odd-shop", action="store_true", help="ask them about a shop with odd names and codes")
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
