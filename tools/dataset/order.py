"""What dataset to make, and the digest of all that decides what comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from shopdesk.core.types import ModelManifest
from tools.dataset.form import FREE, Form, estimated_tokens
from tools.dataset.lengths import load_measure
from tools.dataset.registry import Entry, read_registry
from tools.dataset.shop import opened_shop
from tools.errors import ToolError


@dataclass(frozen=True, slots=True)
class Order:
    """What to make. Counts are of training rows; `valid` and `exam` rows come on top (None: a usual share).

    `shop`: a home folder or database file; `answers`: a JSON Lines file of `question` and `answer` from that shop;
    `registry`: a dataset_info.json, `use` the names in it (all when empty); `generated` and `plain`: conversations in
    shops that never were. `tokenizer`: a tokenizer.json or a folder with one, to count tokens by; rows longer than
    `cut_length` are counted, and kept. `skip_bad`: leave out and count what cannot be used in a file.
    """

    shop: Path | None = None
    samples: int = 11_000
    answers: Path | None = None
    registry: Path | None = None
    use: tuple[str, ...] = ()
    generated: int = 0
    plain: int = 0
    valid: int | None = None
    exam: int | None = None
    manifest: ModelManifest = FREE
    seed: int = 1
    tokenizer: Path | None = None
    cut_length: int = 1536
    skip_bad: bool = False
    processes: int = 1


def checked_entries(order: Order) -> list[Entry]:
    """The entries of the registry, once the order is known to be one that can be carried out."""
    if order.shop is None and order.registry is None and not order.generated and not order.plain:
        raise ToolError("nothing to make rows from; give a shop, a registry or a number of generated conversations")
    if order.answers is not None and order.shop is None:
        raise ToolError("answers belong to a shop, whose rows they are checked against; give the shop as well")
    load_measure(order.tokenizer)
    return read_registry(order.registry, order.use) if order.registry is not None else []


def inputs_digest(order: Order, entries: Sequence[Entry]) -> str:
    """SHA-256 over all that decides what is made: the order, the shop's rows, the files and the code itself."""
    total = hashlib.sha256(_code())
    settled = {
        "samples": order.samples if order.shop else 0, "generated": order.generated, "plain": order.plain,
        "valid": order.valid, "exam": order.exam, "seed": order.seed, "cut_length": order.cut_length,
        "skip_bad": order.skip_bad, "form": Form(order.manifest, estimated_tokens).to_json(),
        "registry": [entry.to_json() for entry in entries],
    }  # fmt: skip
    total.update(json.dumps(settled, sort_keys=True).encode())
    if order.shop is not None:
        with opened_shop(order.shop) as shop:
            total.update(shop.digest().encode())
    tokenizer = order.tokenizer
    if tokenizer is not None and tokenizer.is_dir():
        tokenizer = tokenizer / "tokenizer.json"
    for path in (order.answers, tokenizer, *(path for entry in entries for path in entry.files)):
        total.update(b"-" if path is None else file_digest(path).encode())
    return total.hexdigest()


@lru_cache(maxsize=1)
def _code() -> bytes:
    """A digest of the code that makes rows: other code, other rows."""
    root = Path(__file__).resolve().parents[2]
    total = hashlib.sha256()
    for folder in ("shopdesk/core", "tools/dataset", "tools/counter"):
        for path in sorted([*(root / folder).rglob("*.py"), *(root / folder).rglob("*.toml")]):
            total.update(path.name.encode() + path.read_bytes())
    return total.digest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file. Raises ToolError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ToolError(f"{path} cannot be read ({error.strerror}); check the path") from error
