"""Trains a model on a dataset: LoRA, DoRA, QLoRA or all weights, from a model folder or from scratch.

    python tools/train.py --preset counter --data build/data --set tokenizer=build/tokenizer --out build/train
    python tools/train.py --preset qwen3-0.6b --base models/Qwen3-0.6B --data build/data --out build/train
    accelerate launch tools/train.py --preset qwen3-4b-instruct-2507 --base … --data … --out …
    python tools/train.py --preview-command --preset …       say what would run, and run nothing
    python tools/train.py --report RUN RUN… --out report.html

Cut off, the same command goes on where it stopped. Settings: tools/training/settings.py; presets: tools/presets/.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.errors import run_script


def main() -> None:
    parser = _parser()
    options = parser.parse_args()
    if options.report:
        from tools.training.report import write_report

        print(write_report(options.report, options.out or Path("report.html")))
        return
    from tools.training.settings import load_settings

    settings = load_settings(options.preset, options.set, base=options.base, processes=options.processes)
    if options.preview_command:
        from tools.training.preview import preview

        print(preview(settings, options.data, options.out))
        return
    if options.data is None or options.out is None:
        parser.error("--data and --out are needed")
    from tools.training.run import train

    result = train(settings, options.data, options.out, fresh=options.fresh, skip_bad=options.skip_bad)
    print(result.best)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", default="qwen3-4b-instruct-2507", help="a name in tools/presets, or a .toml file")
    parser.add_argument("--data", type=Path, help="folder with train.jsonl and valid.jsonl")
    parser.add_argument("--out", type=Path, help="folder of the run, or file of the report")
    parser.add_argument("--base", help="model folder, or 'scratch'")
    parser.add_argument(
        "--set", action="append", default=[], metavar="KEY=VALUE", help="change a setting of the preset"
    )
    parser.add_argument("--processes", type=int, help="processes on a processor (one thread each is quickest)")
    parser.add_argument("--preview-command", action="store_true", help="print the resolved run and do nothing")
    parser.add_argument("--report", nargs="+", type=Path, metavar="RUN", help="write one report of these runs to --out")
    parser.add_argument("--fresh", action="store_true", help="begin anew where a run is in --out already")
    parser.add_argument("--skip-bad", action="store_true", help="name bad rows and leave them out instead of stopping")
    return parser


if __name__ == "__main__":
    run_script(main)
