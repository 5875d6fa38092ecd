"""The step that makes a dataset: rows from every source, shared out, counted, written and described by a card.

The same order over the same inputs gives the same bytes, with any number of processes. A folder that already holds
them is left alone.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopdesk.core.prompting import PROMPT_VERSION
from tools.dataset.collecting import Collected, Say, collect, form_of, seed_of
from tools.dataset.form import Form, estimated_tokens
from tools.dataset.generated import GENERATED, PLAIN, generated_rows
from tools.dataset.holding_out import hold_out
from tools.dataset.lengths import load_measure, told
from tools.dataset.order import Order, checked_entries, file_digest, inputs_digest
from tools.dataset.phrasings import SPLITS
from tools.dataset.registry import Entry, rows_of
from tools.dataset.rows import Row
from tools.dataset.shop import opened_shop
from tools.dataset.shop_rows import RowMaker
from tools.errors import ToolError

FORMAT = 1
CARD = "dataset.json"


@dataclass(frozen=True, slots=True)
class Made:
    """`card` is dataset.json; `fresh` is False where the folder held the very same already."""

    folder: Path
    card: Mapping[str, Any]
    fresh: bool


def make_dataset(order: Order, out: Path, say: Say = print) -> Made:
    """The dataset of `order` in the folder `out`: train.jsonl, valid.jsonl, exam.jsonl and dataset.json.

    Raises ToolError for inputs that cannot be used and a disk that does not take the result; `out` is then as before.
    """
    entries = checked_entries(order)
    inputs = inputs_digest(order, entries)
    known = _already_there(out, inputs)
    if known is not None:
        say(f"{out} holds this dataset already")
        return Made(out, known, fresh=False)
    _refuse_other_folder(out)
    collected = collect(order, entries, say)
    if not collected.lines["train"]:
        raise ToolError("no row was made: the sources give nothing to learn; check the shop's rows and the files")
    unit = load_measure(order.tokenizer)[0]
    card = _written(collected, order, entries, inputs, unit, out)
    return Made(out, card, fresh=True)


def preview_rows(order: Order, count: int) -> list[Row]:
    """`count` rows of each source, as they would be made; nothing is written."""
    entries = checked_entries(order)
    form = form_of(order)
    rows: list[Row] = []
    with ExitStack() as stack:
        if order.shop is not None:
            shop = stack.enter_context(opened_shop(order.shop))
            holdout = hold_out(shop.products, shop.records["order"], order.seed)
            rng = random.Random(seed_of(order, "shop", "train", 0))
            rows += RowMaker(shop, holdout, "train", form, rng).rows(count)
    for source, wanted in ((GENERATED, order.generated), (PLAIN, order.plain)):
        if wanted:
            rows += generated_rows(source, "train", min(count, wanted), form, seed_of(order, source, "train", 0))
    for entry in entries:
        on_bad = (lambda error: None) if order.skip_bad else None
        rows += [row for row, _ in zip(rows_of(entry, order.seed, on_bad), range(count), strict=False)]
    return rows


def _already_there(out: Path, inputs: str) -> Mapping[str, Any] | None:
    """The card in `out` where it describes these inputs and the files are as it says."""
    try:
        card = json.loads((out / CARD).read_text(encoding="utf-8"))
        files = {name: file_digest(out / name) for name in card["files"]}
        same = card["inputs"] == inputs and files == {name: part["sha256"] for name, part in card["files"].items()}
        return card if same else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ToolError):
        return None


def _refuse_other_folder(out: Path) -> None:
    if out.exists() and not (out.is_dir() and ((out / CARD).is_file() or not any(out.iterdir()))):
        raise ToolError(f"{out} is there and holds something else; choose another folder")


def _written(
    collected: Collected, order: Order, entries: Sequence[Entry], inputs: str, unit: str, out: Path
) -> Mapping[str, Any]:
    """Writes everything beside `out` and puts it in its place when whole; the card."""
    partial_folder = out.with_name(f"{out.name}.partial")
    try:
        shutil.rmtree(partial_folder, ignore_errors=True)
        partial_folder.mkdir(parents=True)
        files = {}
        for split in SPLITS:
            lines = collected.lines[split]
            random.Random(f"{order.seed}/order").shuffle(lines)
            data = "".join(f"{line.text}\n" for line in lines).encode()
            (partial_folder / f"{split}.jsonl").write_bytes(data)
            files[f"{split}.jsonl"] = {"rows": len(lines), "sha256": hashlib.sha256(data).hexdigest()}
        card = _card(collected, order, entries, inputs, unit, files)
        text = json.dumps(card, ensure_ascii=False, indent=2) + "\n"
        (partial_folder / CARD).write_text(text, encoding="utf-8", newline="\n")
        _put_in_place(partial_folder, out)
    except OSError as error:
        shutil.rmtree(partial_folder, ignore_errors=True)
        raise ToolError(f"{out} cannot be written ({error.strerror}); free space or choose another folder") from error
    return card


def _put_in_place(partial_folder: Path, out: Path) -> None:
    """The new folder for the old one; a kill in between leaves one of them whole."""
    replaced = out.with_name(f"{out.name}.old")
    shutil.rmtree(replaced, ignore_errors=True)
    if out.exists():
        out.rename(replaced)
    partial_folder.rename(out)
    shutil.rmtree(replaced, ignore_errors=True)


def _card(
    collected: Collected, order: Order, entries: Sequence[Entry], inputs: str, unit: str,
    files: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    names = ("class", "kind", "language", "source")
    counts = {
        name: {
            split: dict(sorted(Counter(line.labels[place] for line in collected.lines[split]).items()))
            for split in SPLITS
        }
        for place, name in enumerate(names)
    }
    cut = order.cut_length if unit == "tokens" else None
    lengths = {split: told((line.length for line in collected.lines[split]), cut) for split in SPLITS}
    whole = hashlib.sha256("".join(part["sha256"] for part in files.values()).encode()).hexdigest()
    return {
        "format": FORMAT, "prompt_version": PROMPT_VERSION, "seed": order.seed,
        "form": Form(order.manifest, estimated_tokens).to_json(), "inputs": inputs, "sha256": whole, "files": files,
        "registry": [entry.to_json() for entry in entries], "counts": counts,
        "lengths": {"unit": unit, "cut": cut, **lengths},
        "left_out": {
            **collected.tally.to_json(), "repeated": collected.repeated,
            "skipped": dict(sorted(collected.skipped.items())), "answers": collected.answers_left_out,
        },
    }  # fmt: skip
