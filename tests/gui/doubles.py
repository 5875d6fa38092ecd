"""A shop in memory that behaves as the window expects: real core types and events, no database, no model."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from shopdesk.core.errors import UserFacingError
from shopdesk.core.events import AnswerDone, Event, FactsFound, Focus, TextDelta
from shopdesk.core.types import Answer, Fact, Hit, ModelManifest, Record
from shopdesk.engine.packages import Report

AS_OF = "2026-11-20T09:30:00+08:00"


def product(key: str = "JKT-105", title: str = "岭上冲锋衣", **fields: Any) -> Record:
    values = {
        "sku": key, "price": "404.00", "list_price": "499.00", "currency": "CNY", "stock": 15, "unit": "件",
        "color": "黑色", "size": "L", "location": "A5", "brand": "岭上", "category": "冲锋衣",
        "description": "三层压胶，大雨里走两小时也不渗。", "group": "JKT",
    }  # fmt: skip
    values.update(fields)
    return Record("product", key, title, values, AS_OF, {"防水": "10000 mm", "重量": "480 g"}, sample=True)


POLICY = Record(
    "policy", "returns", "退换货",
    {"body": "商品自售出之日起 7 日内可以退货。退货需要小票，商品应完好。贴身衣物不退。", "topic": "returns"}, AS_OF,
)  # fmt: skip


def fact_of(record: Record, number: int = 1) -> Fact:
    return Fact(number, record)


@dataclass
class Row:
    id: int
    title: str
    created_at: str
    updated_at: str
    pinned: bool = False
    found: int | None = None
    snippet: str = ""


@dataclass
class Stored:
    id: int
    question: str
    answer_text: str | None
    answer_json: str | None
    facts_json: str
    created_at: str


@dataclass
class Conversations:
    rows: list[Row] = field(default_factory=list)
    stored: dict[int, list[Stored]] = field(default_factory=dict)
    deleted: list[int] = field(default_factory=list)
    revised: dict[int, int] = field(default_factory=dict)
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def start(self) -> int:
        number = next(self._ids)
        self.rows.insert(0, Row(number, "", AS_OF, AS_OF))
        self.stored[number] = []
        return number

    def list(self, limit: int = 200, text: str = "") -> Sequence[Row]:
        return [row for row in self.rows if text in row.title][:limit]

    def turns(self, conversation_id: int) -> Sequence[Any]:
        if conversation_id not in self.stored:
            raise UserFacingError("conversation_missing", id=conversation_id)
        places: dict[int, list[Stored]] = {}
        for message in self.stored[conversation_id]:
            places.setdefault(self.revised.get(message.id, message.id), []).append(message)
        return [
            SimpleNamespace(
                messages=tuple(message.id for message in of_turn),
                characters=len(of_turn[-1].question + (of_turn[-1].answer_text or "")),
            )
            for _, of_turn in sorted(places.items())
        ]

    def messages_by_id(self, ids: Sequence[int]) -> Sequence[Stored]:
        return [message for kept in self.stored.values() for message in kept if message.id in ids]

    def history_before(self, message_id: int, limit: int) -> Sequence[Any]:
        return ()

    def revise(self, message_id: int, earlier: int) -> None:
        self.revised[message_id] = self.revised.get(earlier, earlier)

    def pin(self, conversation_id: int, pinned: bool) -> None:
        next(row for row in self.rows if row.id == conversation_id).pinned = pinned

    def export(self, conversation_id: int, path: Path) -> None:
        path.write_text("\n".join(message.question for message in self.stored[conversation_id]), encoding="utf-8")

    def rename(self, conversation_id: int, title: str) -> None:
        next(row for row in self.rows if row.id == conversation_id).title = title

    def delete(self, conversation_id: int) -> None:
        self.rows = [row for row in self.rows if row.id != conversation_id]
        self.deleted.append(conversation_id)

    def keep(self, conversation_id: int, question: str, answer: Answer | None, facts: Sequence[Fact]) -> int:
        """The number of the message that is kept."""
        row = next(row for row in self.rows if row.id == conversation_id)
        row.title = row.title or question[:40]
        number = next(self._message_ids)
        self.stored[conversation_id].append(
            Stored(
                number, question, answer.text if answer else None,
                json.dumps(answer.to_json()) if answer else None,
                json.dumps([fact.to_json() for fact in facts]), AS_OF,
            )
        )  # fmt: skip
        return number


def answered(question: str, text: str, facts: Sequence[Fact], **more: Any) -> Answer:
    values: dict[str, Any] = {"route": "model", "citations": (1,), "grounded": True, "model_name": "counter", **more}
    return Answer(question=question, text=text, language="zh", facts=tuple(facts), **values)


Script = Callable[[str, threading.Event], Iterator[Event]]


def price_answer(question: str, cancel: threading.Event) -> Iterator[Event]:
    """Facts, three pieces, done: the ordinary case."""
    facts = (fact_of(product()), fact_of(POLICY, 2))
    yield FactsFound(facts, (Focus(1, "price"),), "zh", 3.0)
    pieces = ("岭上冲锋衣 的价格", "是 ¥404.00 ", "[1]。")
    for piece in pieces:
        yield TextDelta(piece)
    yield AnswerDone(answered(question, "".join(pieces), facts))


class Assistant:
    """Answers by `script`; keeps what it answered, as the real one does."""

    def __init__(self, conversations: Conversations, script: Script = price_answer) -> None:
        self.conversations = conversations
        self.script = script
        self.asked: list[str] = []

    def answer(self, question: str, *, conversation_id: int | None = None, **more: Any) -> Iterator[Event]:
        self.asked.append(question)
        facts: tuple[Fact, ...] = ()
        for event in self.script(question, more["cancel"]):
            if isinstance(event, FactsFound):
                facts = event.facts
            if isinstance(event, AnswerDone) and conversation_id is not None:
                number = self.conversations.keep(conversation_id, question, event.answer, facts)
                event = AnswerDone(replace(event.answer, message_id=number))
            yield event


@dataclass
class Feedback:
    votes: dict[int, tuple[str, str]] = field(default_factory=dict)

    def vote(self, message: int, vote: str, right_answer: str = "") -> None:
        self.votes[message] = (vote, right_answer)

    def of_message(self, message: int) -> Any:
        return SimpleNamespace(vote=self.votes[message][0]) if message in self.votes else None

    def list(self, status: str | None = None) -> Sequence[Any]:
        return ()


class Settings:
    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        self.values[key] = value


class Engine:
    """A model that is ready; the test tells its state on any thread."""

    manifest = ModelManifest("counter", "counter.gguf", license="Apache-2.0")
    device = "cpu"

    def __init__(self) -> None:
        self.state = "ready"
        self.listeners: list[Callable[[str], None]] = []

    def on_state(self, listener: Callable[[str], None]) -> None:
        self.listeners.append(listener)

    def tell(self, state: str) -> None:
        self.state = state
        for listener in self.listeners:
            listener(state)


class App:
    """See `shopdesk.gui.ports.AppLike`."""

    def __init__(self, root: Path, language: str = "zh", script: Script = price_answer) -> None:
        conversations = Conversations()
        variants = [product(f"JKT-{n}", size=size, stock=stock) for n, size, stock in ((105, "L", 15), (106, "XL", 0))]
        self.home = SimpleNamespace(root=root)
        self.language = language
        self.notices: list[Any] = []
        self.store = SimpleNamespace(
            catalogue=SimpleNamespace(
                variants_of=lambda record: list(variants),
                search=lambda wish: [Hit(record, 1.0) for record in variants],
                by_code=lambda code: [record for record in variants if record.key == code],
                promotions_on=lambda day: [],
            ),
            feedback=Feedback(),
            conversations=conversations,
            importer=SimpleNamespace(batches=list, layouts=list),
            watch=SimpleNamespace(folder=None, look=lambda: iter(())),
            settings=Settings(),
            has_sample=lambda: True,
        )
        self.assistant = Assistant(conversations, script)
        entry = SimpleNamespace(
            name="counter", path=root / "counter.gguf", manifest=Engine.manifest, bundled=True, size=31_000_000,
            problem=None, embeds=False,
            report=Report(base_model="Small-1B", made="2026-11-21", exam_exact=0.945, parity=True),
        )  # fmt: skip
        self.shelf = SimpleNamespace(
            list=lambda: [entry, *self.added], add=lambda file, told: entry,
            offered=lambda: (SimpleNamespace(name="big:q4", size=2_500_000_000, memory=3e9, fits=False, license=""),),
        )  # fmt: skip
        self.added: list[Any] = []
        self.pull: Callable[[str, Callable[[int, int], None]], Any] = lambda name, told: entry
        self.settings = Settings()
        self.engine: Engine | None = Engine()
        self.used: list[str | None] = []

    def choose_model(self, name: str) -> Any:
        entry = next(entry for entry in self.shelf.list() if entry.name == name)
        self.settings.set("embedding_model" if entry.embeds else "model", name)
        return entry

    def remove_model(self, name: str) -> Any:
        self.added = [entry for entry in self.added if entry.name != name]

    def use_model(self, name: str | None = None) -> None:
        self.used.append(name)

    def pull_model(self, name: str, told: Callable[[int, int], None]) -> Any:
        return self.pull(name, told)

    def warm_up(self) -> None:
        """The model of this shop is always warm."""
