"""Converts a trained Counter to GGUF, proves that the file answers as the network does, and packages it.

    python tools/convert_counter.py build/counter --out resources/models

Reads tokenizer.json, corpus.json and run/model.pt of the folder; writes counter.gguf and its manifest counter.json.
Nothing is written to the target when parity fails (exit code 1).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from dataclasses import asdict, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from shopdesk.core.prompting import PROMPT_VERSION
from tools.counter import parity
from tools.counter.conversion import NAME, convert
from tools.counter.dialogue import MANIFEST
from tools.counter.examination import unseen_shops
from tools.counter.spoken import spoken_words
from tools.counter.tokenizer import load_tokenizer
from tools.counter.training import load_network

_DESCRIPTION = (
    "Words answers in Chinese and English from facts and a plan; trained from scratch for ShopDesk. Knows nothing else."
)


class Unequal(RuntimeError):
    """The file does not answer as the network does."""


def package(folder: Path, target: Path, kind: str, prompts: int) -> tuple[Path, parity.Parity]:
    """counter.gguf and counter.json in `target`. Raises Unequal."""
    network, tokenizer = load_network(folder / "run" / "model.pt"), load_tokenizer(folder / "tokenizer.json")
    card = json.loads((folder / "corpus.json").read_text(encoding="utf-8"))
    draft = folder / MANIFEST.file
    convert(network, tokenizer, draft, kind, card["sha256"])
    found = parity.compare(network, tokenizer, draft, [case.messages for case in unseen_shops(prompts, 99)], kind)
    if not found.passed:
        raise Unequal(f"parity failed, nothing was packaged: {found}")
    target.mkdir(parents=True, exist_ok=True)
    final = target / MANIFEST.file
    if final.absolute() != draft.absolute():
        shutil.copyfile(draft, final)
    manifest = replace(
        MANIFEST, name=NAME, context=network.shape.context, prompt_version=PROMPT_VERSION, license="Apache-2.0",
        sha256=hashlib.sha256(final.read_bytes()).hexdigest(), description=_DESCRIPTION,
        words=spoken_words(tokenizer),
    )  # fmt: skip
    final.with_suffix(".json").write_text(
        json.dumps(asdict(manifest), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return final, found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--type", choices=("f16", "q8_0"), default="f16")
    parser.add_argument("--prompts", type=int, default=100, help="prompts of the parity gate")
    options = parser.parse_args()
    try:
        path, found = package(options.folder, options.out, options.type, options.prompts)
    except Unequal as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"{found}\n{path.stat().st_size / 1e6:.1f} MB")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
