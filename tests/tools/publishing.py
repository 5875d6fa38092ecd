"""What the tests of publishing share: a few rows of an exam, and model files changed on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

from shopdesk.core.prompting import build_messages
from shopdesk.core.record_plans import product_plan
from shopdesk.core.types import ModelManifest, Record
from shopdesk.core.understanding import Vocabulary, understand
from tools.dataset.rows import ExamRow, Message

MANIFEST = ModelManifest(
    "Small", "small.gguf", context=2048, facts_per_prompt=3, needs_plan=True, prose="quote", history_turns=2,
    max_answer_tokens=40,
)  # fmt: skip
"""What the embedded model is asked by."""

_GOODS = (
    ("JKT-105", "蓝色夹克", "Blue Jacket", "404.00", 15, "A5"),
    ("MUG-2", "蓝色水壶", "Blue Kettle", "29.90", 3, "C12"),
    ("TNT-77", "鹭洲珐琅帐篷", "Spruce Tent for Two", "1299.00", 42, "B7"),
    ("LMP-9", "萤火充电头灯", "Firefly Head Lamp", "88.50", 120, "D3"),
)
_QUESTIONS = {
    "zh": ("{}多少钱？", "{}还有几件？", "{}在哪个货位？"),
    "en": ("how much is the {}?", "how many {} are left?"),
}


def exam_rows() -> list[ExamRow]:
    """Twenty questions about four products; the names of two are not easy to copy."""
    rows = []
    for sku, zh, en, price, stock, location in _GOODS:
        record = Record(
            "product", sku, zh,
            {"sku": sku, "price": price, "currency": "CNY", "stock": stock, "unit": "件", "location": location},
            "2026-01-01T09:30:00+08:00", {"name_en": en},
        )  # fmt: skip
        for language, name in (("zh", zh), ("en", en)):
            for number, question in enumerate(_QUESTIONS[language]):
                plan = product_plan(understand(question.format(name), Vocabulary()), [record])
                messages = build_messages(plan, (), MANIFEST, len)
                told = tuple(Message(message.role, message.content) for message in messages)
                name_of_row = f"{sku}-{language}-{number}"
                rows.append(
                    ExamRow(name_of_row, "product", "value", plan.language, "test", told, plan=plan, reference="")
                )
    return rows


Change = Callable[[NDArray[Any]], NDArray[Any]]


def rewritten(
    source: Path,
    target: Path,
    metadata: Mapping[str, Any] | None = None,
    tensors: Mapping[str, Change] | None = None,
    renamed: Mapping[str, str] | None = None,
    added: Mapping[str, str] | None = None,
) -> Path:
    """`source` again as `target`, with other metadata, with the stored numbers of some tensors changed, with tensors
    under other names ("" leaves one out), or with copies `added` (new name → old name)."""
    reader = gguf.GGUFReader(source)
    writer = gguf.GGUFWriter(target, str(reader.fields["general.architecture"].contents()))
    writer.kv_data[0].clear()
    for name, field in reader.fields.items():
        if name.startswith("GGUF."):
            continue
        value = (metadata or {}).get(name, field.contents())
        writer.add_key_value(name, value, field.types[0], field.types[-1] if len(field.types) > 1 else None)
    held = {tensor.name: tensor for tensor in reader.tensors}
    names = {name: (renamed or {}).get(name, name) for name in held}
    for name, new in [*names.items(), *((old, new) for new, old in (added or {}).items())]:
        if new:
            data = (tensors or {}).get(new, np.copy)(np.array(held[name].data))
            writer.add_tensor(new, data, raw_dtype=held[name].tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return target
