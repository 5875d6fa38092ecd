"""How others answer from a shop's data, with the same model: to see what the assistant around it is worth.

Naive retrieval, in the manner of today's desktop chat programs: the tables as CSV text, cut into chunks, the likeliest
of them in the system prompt, the model free to write. Keyword context, in the manner of a first chat server:
`if "退货" in question`, the text on returns goes into the prompt, otherwise nothing does.
"""

from __future__ import annotations

import csv
import io
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shopdesk.core.ports import Completed
from shopdesk.core.types import ModelManifest
from shopdesk.engine.llama import LlamaModel
from shopdesk.engine.protocol import Load
from tools.examination.hand_asked import Row, ShopRows
from tools.examination.questions import Question

CHUNK = 500
"""Characters of a chunk, and how many of them the next one repeats."""
OVERLAP = 50
CHUNKS = 4
"""Chunks that go into the prompt."""
_MOST_TOKENS = 160
_ROOM = 64
_SYSTEM = (
    "你是门店的客服助手，请根据下面的资料回答问题。You are the shop's assistant; answer from the context below.\n\n"
)
_KEYWORDS: Sequence[tuple[Sequence[str], Sequence[str]]] = (
    (("退货", "退款", "退换", "return", "refund"), ("退", "return")),
    (("发货", "快递", "配送", "运费", "shipping", "delivery"), ("配送", "发货", "快递", "deliver", "shipping")),
    (("保修", "质保", "维修", "warranty", "repair"), ("保修", "质保", "维修", "warranty", "repair")),
    (("会员", "积分", "member", "points"), ("会员", "积分", "member")),
    (("优惠", "满减", "促销", "discount", "promotion", "offer"), ("满", "券", "折", "off", "coupon")),
)
"""Words of a question, and the words in the title of the text that is put into the prompt for them."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """`answer` gives an object of the form that `ask --json` prints; `ranked` the texts it took, best first."""

    name: str
    answer: Callable[[Question], dict[str, Any]]
    ranked: Callable[[Question], list[str]] | None


def baselines(model: Path, manifest: ModelManifest, rows: ShopRows, *, threads: int) -> list[Baseline]:
    """Both, over one model file. Raises EngineError."""
    load = Load(0, str(model), manifest.context, threads=threads, gpu_layers=0, extra_buffers=False, probe=False)
    llama = LlamaModel(load)
    chunks = Chunks.of(rows)

    def naive(question: Question) -> dict[str, Any]:
        return _answered(llama, question, chunks.best(question.text)[:CHUNKS])

    def by_keyword(question: Question) -> dict[str, Any]:
        return _answered(llama, question, keyword_context(question.text, rows))

    return [
        Baseline("naive retrieval", naive, lambda question: chunks.best(question.text)),
        Baseline("keyword context", by_keyword, None),
    ]


def chunks_of(text: str) -> list[str]:
    return [text[start : start + CHUNK] for start in range(0, max(1, len(text) - OVERLAP), CHUNK - OVERLAP)]


def keyword_context(question: str, rows: ShopRows) -> list[str]:
    """The first text whose title has the words that a word of the question stands for."""
    for asked, titled in _KEYWORDS:
        if any(word in question.casefold() for word in asked):
            for rule in (*rows.policies, *rows.promotions):
                if any(word in str(rule["title"]).casefold() for word in titled):
                    return [f"{rule['title']}\n{rule.get('body') or ''}"]
    return []


class Chunks:
    """Texts found by the cosine of their words (pairs of characters in Chinese), weighed by their rarity."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = list(texts)
        counts = [Counter(_words(text)) for text in texts]
        found = Counter(word for count in counts for word in count)
        self._rarity = {word: math.log((1 + len(texts)) / (1 + rows)) + 1 for word, rows in found.items()}
        self._vectors = [self._vector(count) for count in counts]

    @classmethod
    def of(cls, rows: ShopRows) -> Chunks:
        """A shop's tables as CSV text, cut."""
        return cls([text for table in _tables(rows) for text in chunks_of(table)])

    def system_for(self, question: str) -> str:
        """The system message of naive retrieval: the nearest chunks, however far, as vectors of meaning give them."""
        nearest = dict.fromkeys([*self.best(question), *self._texts])
        return _SYSTEM + "".join(f"{text}\n\n" for text in [*nearest][:CHUNKS])

    def best(self, question: str) -> list[str]:
        asked = self._vector(Counter(_words(question)))
        scores = [sum(weight * vector.get(word, 0.0) for word, weight in asked.items()) for vector in self._vectors]
        order = sorted(range(len(scores)), key=lambda number: (-scores[number], number))
        return [self._texts[number] for number in order[:10] if scores[number] > 0]

    def _vector(self, count: Counter[str]) -> Mapping[str, float]:
        weights = {word: (1 + math.log(n)) * self._rarity.get(word, 0.0) for word, n in count.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}


def _words(text: str) -> list[str]:
    found = re.findall(r"[a-z0-9][a-z0-9\-]*", text.casefold())
    for run in re.findall(r"[\u3400-\u9fff]+", text):
        found += [run[place : place + 2] for place in range(max(1, len(run) - 1))]
    return found


def _tables(rows: ShopRows) -> list[str]:
    return [_csv(table) for table in (rows.products, rows.policies, rows.promotions, rows.orders) if table]


def _csv(rows: Sequence[Row]) -> str:
    left_out = {"sample", "as_of", "stale", "image", "group"}
    flat = [
        {
            name: value
            for name, value in row.items()
            if name not in left_out | {"attributes"} and value not in (None, "")
        }
        | dict(row.get("attributes") or {})
        for row in rows
    ]
    columns = list(dict.fromkeys(name for row in flat for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows(flat)
    return out.getvalue()


def _answered(llama: LlamaModel, question: Question, context: Sequence[str]) -> dict[str, Any]:
    started = time.perf_counter()
    turns = [
        {"role": role, "content": turn[part]}
        for turn in question.history
        for role, part in (("user", "question"), ("assistant", "answer"))
    ]
    asked = {"role": "user", "content": question.text}
    room = llama.context - _MOST_TOKENS - _ROOM - sum(llama.count(turn["content"]) + 8 for turn in (*turns, asked))
    system = _fitting(llama, context, room)
    said = ""
    for piece in llama.generate(
        [{"role": "system", "content": system}, *turns, asked],
        max_tokens=_MOST_TOKENS,
        temperature=0.0,
        seed=0,
        cancelled=lambda: False,
    ):
        if not isinstance(piece, Completed):
            said += piece.text
    facts = [
        {"id": number, "kind": "text", "key": "", "title": "", "fields": {"text": text}}
        for number, text in enumerate(context, 1)
    ]
    return {
        "answer": said.strip(), "route": "model", "facts": facts, "citations": [fact["id"] for fact in facts],
        "repaired": 0, "timings_ms": {"total": (time.perf_counter() - started) * 1000},
    }  # fmt: skip


def _fitting(llama: LlamaModel, context: Sequence[str], room: int) -> str:
    """The system prompt with as much of the context as there is room for."""
    system = _SYSTEM
    for text in context:
        longer = f"{system}{text}\n\n"
        while text and llama.count(longer) > room:
            text = text[: len(text) * 3 // 4]
            longer = f"{system}{text}\n\n"
        if not text:
            break
        system = longer
    return system
