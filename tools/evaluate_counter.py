"""Examines a Counter model file with questions it never saw, by the app's own check, and prints the table.

    python tools/evaluate_counter.py resources/models/counter.gguf --cases 300
    python tools/evaluate_counter.py build/counter/counter.gguf --names goods.csv:name --failures 20

`--names FILE:COLUMN` adds a part about products that bear the names in a column of a CSV file.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.counter import examination
from tools.counter.answering import answering, open_model
from tools.counter.dialogue import MANIFEST


def words_of(model: Path) -> tuple[str, ...]:
    """The wording that the manifest beside the model file allows."""
    return tuple(json.loads(model.with_suffix(".json").read_text(encoding="utf-8")).get("words", ()))


def names_in(source: str) -> list[str]:
    """The distinct names of `FILE:COLUMN`, at most 60 characters long."""
    path, _, column = source.rpartition(":")
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return sorted(
            {
                " ".join(row[column].split())
                for row in csv.DictReader(file)
                if row.get(column) and len(row[column]) <= 60
            }
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--cases", type=int, default=300)
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--names", action="append", default=[], metavar="FILE:COLUMN")
    parser.add_argument("--free", action="store_true", help="without the app's help in copying: the bare model")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--failures", type=int, default=0, help="print so many wrong answers")
    options = parser.parse_args()
    cases = [
        *examination.unseen_shops(options.cases, options.seed),
        *examination.unheard_questions(max(1, options.cases // 150), options.seed),
    ]
    names = [name for source in options.names for name in names_in(source)]
    if names:
        cases += examination.real_names(names, options.cases, options.seed)
    words = () if options.free else words_of(options.model)
    answer = answering(open_model(options.model), MANIFEST.max_answer_tokens, words)
    marks = examination.examined(cases, answer, guided=not options.free)
    rows = examination.table(marks)
    for mark in [mark for mark in marks if not mark.right][: options.failures]:
        prompt = mark.case.turn.prompt[-300:]
        print(f"{mark.case.part}, {mark.case.turn.kind}: {mark.reason}\n  {prompt!r}\n  {mark.answer}")
    for part, lines in rows.items():
        print(part)
        for row, score in lines.items():
            print(f"  {row:<20} {score}")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
