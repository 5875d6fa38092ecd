"""Makes a dataset to train and examine a model with: from a shop, from files, from shops that never were.

    python tools/make_dataset.py build/data --shop ~/.local/share/shopdesk
    python tools/make_dataset.py build/data --shop HOME --registry data/dataset_info.json --use faq
    python tools/make_dataset.py build/counter --generated 60000 --plain 60000 --manifest counter
    python tools/make_dataset.py build/data --shop HOME --preview 3

Writes train.jsonl, valid.jsonl, exam.jsonl and the card dataset.json. The prompts are the app's own; what the exam asks
about, and the words it asks in, are nowhere in the training rows. The same inputs and seed make the same bytes; a
folder that holds them already is left as it is.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from shopdesk.paths import find_home
from tools.dataset.form import manifest_named
from tools.dataset.making import make_dataset, preview_rows
from tools.dataset.order import Order
from tools.dataset.report import as_seen, statistics
from tools.errors import run_script


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the dataset goes")
    shop = parser.add_argument_group("a shop")
    shop.add_argument(
        "--shop", nargs="?", const="", metavar="HOME", help="home folder or database (usual: SHOPDESK_HOME)"
    )
    shop.add_argument("--samples", type=_count, default=11_000, help="training rows about it")
    shop.add_argument(
        "--answers", type=Path, metavar="FILE", help="JSON Lines of question and answer found right there"
    )
    files = parser.add_argument_group("files")
    files.add_argument("--registry", type=Path, metavar="FILE", help="dataset_info.json")
    files.add_argument("--use", nargs="+", default=[], metavar="NAME", help="only these of the registry")
    files.add_argument("--skip-bad", action="store_true", help="leave out and count rows that cannot be used")
    never = parser.add_argument_group("shops that never were")
    never.add_argument("--generated", type=_count, default=0, metavar="N", help="conversations")
    never.add_argument("--plain", type=_count, default=0, metavar="N", help="first lessons, one short fact each")
    parser.add_argument("--valid", type=_count, metavar="N", help="rows to validate by, of each source")
    parser.add_argument("--exam", type=_count, metavar="N", help="rows of the exam, of each source")
    parser.add_argument("--manifest", default="free", help="what the model bears: counter, free, or a manifest file")
    parser.add_argument("--tokenizer", type=Path, metavar="PATH", help="tokenizer.json or a model folder, to count by")
    parser.add_argument("--cut-length", type=_count, default=1536, metavar="N", help="count rows that are longer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=_count, default=1)
    parser.add_argument(
        "--preview", type=_count, default=0, metavar="N", help="print N rows of each source, write nothing"
    )
    options = parser.parse_args()
    if options.shop is None and options.registry is None and not (options.generated or options.plain):
        parser.error("give --shop, --registry, --generated or --plain")
    if options.use and options.registry is None:
        parser.error("--use names datasets of a --registry")
    order = Order(
        shop=None if options.shop is None else Path(options.shop) if options.shop else find_home().root,
        samples=options.samples, answers=options.answers, registry=options.registry, use=tuple(options.use),
        generated=options.generated, plain=options.plain, valid=options.valid, exam=options.exam,
        manifest=manifest_named(options.manifest), seed=options.seed, tokenizer=options.tokenizer,
        cut_length=options.cut_length, skip_bad=options.skip_bad, processes=max(1, options.processes),
    )  # fmt: skip
    if options.preview:
        for row in preview_rows(order, options.preview):
            print(as_seen(row))
        return
    made = make_dataset(order, options.folder)
    print(statistics(made.card))
    print(options.folder)


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"not a number from 0 up: {text}")
    return number


if __name__ == "__main__":
    run_script(main)
