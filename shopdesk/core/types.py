"""The nouns of ShopDesk: records, facts, questions asked earlier, answers, models.

Everything here is immutable and JSON-ready, so that one value can cross threads,
processes and the command line without being translated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Language = Literal["zh", "en"]
Kind = Literal["product", "policy", "promotion", "order", "computed", "store", "answer", "barcode", "term"]
Route = Literal["exact", "approved", "cache", "model", "refusal"]
RouteWish = Literal["auto", "exact", "model"]
Value = str | int | bool | None

CURRENCY_SIGNS: Mapping[str, str] = {
    "CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "JP¥", "HKD": "HK$", "TWD": "NT$", "KRW": "₩",
}  # fmt: skip
ZERO_DECIMAL_CURRENCIES = frozenset({"JPY", "KRW", "VND", "CLP"})


def decimals_of(currency: str) -> int:
    """Digits after the decimal point of `currency` (ISO 4217 code)."""
    return 0 if currency in ZERO_DECIMAL_CURRENCIES else 2


def format_minor(minor: int, currency: str) -> str:
    """The plain decimal string of an amount in minor units: 40400 CNY → "404.00"."""
    digits = decimals_of(currency)
    if digits == 0:
        return str(minor)
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}"


def parse_minor(amount: str, currency: str) -> int:
    """The inverse of :func:`format_minor`. Raises ValueError on anything else."""
    digits = decimals_of(currency)
    sign, text = (-1, amount[1:]) if amount.startswith("-") else (1, amount)
    whole, _, part = text.partition(".")
    if not whole.isdigit() or len(part) > digits or (part and not part.isdigit()):
        raise ValueError(f"not an amount of {currency}: {amount!r}")
    scale = 100 if digits == 2 else 1
    return sign * (int(whole) * scale + int(part.ljust(digits, "0") or 0))


def price_text(amount: str, currency: str) -> str:
    """A price as people read it: ("404.00", "CNY") → "¥404.00"; an unknown currency follows the amount."""
    sign = CURRENCY_SIGNS.get(currency)
    if sign is None:
        return f"{amount} {currency}".rstrip()
    return f"-{sign}{amount[1:]}" if amount.startswith("-") else f"{sign}{amount}"


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the shop's store, as the assistant and the screens see it.

    `key` is what a person would type to find it again: the SKU of a product, the slug of a
    policy, the code of a promotion, the number of an order. `fields` holds the known columns in
    display order (prices as decimal strings beside `currency`, stock as an int); `attributes`
    holds every other column of the imported file, name → text. `as_of` is ISO 8601; `stale` says that it
    is longer ago than the shop trusts such a row.

    Fields by kind (absent or None where the shop does not say):

    product    sku, price, list_price, currency, stock, available, unit, barcode, color, size,
               location, brand, category, description, image, store, group
    policy     body, language, topic
    promotion  type, threshold, discount, currency, starts, ends, scope, body
    order      status, placed_at, total, currency, carrier, tracking, expected_at, lines, customer
    """

    kind: Kind
    key: str
    title: str
    fields: Mapping[str, Value]
    as_of: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    sample: bool = False
    stale: bool = False

    def title_in(self, language: Language) -> str:
        """The name to say in `language`: the attribute `name_en` / `name_zh` where the shop has one."""
        return self.attributes.get(f"name_{language}") or self.title


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found by a search. Higher scores are better; they compare within one search only."""

    record: Record
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """A record with the number under which one answer cites it. `id` is 1, 2, 3…"""

    id: int
    record: Record

    def to_json(self) -> dict[str, Any]:
        record = self.record
        fields: dict[str, Any] = {name: value for name, value in record.fields.items() if value is not None}
        if record.attributes:
            fields["attributes"] = dict(record.attributes)
        return {
            "id": self.id, "kind": record.kind, "key": record.key, "title": record.title,
            "as_of": record.as_of, "stale": record.stale, "sample": record.sample, "fields": fields,
        }  # fmt: skip

    @classmethod
    def from_json(cls, item: Mapping[str, Any]) -> Fact:
        """The inverse of :meth:`to_json`. Raises KeyError, TypeError or ValueError on anything else."""
        fields = dict(item["fields"])
        attributes = dict(fields.pop("attributes", None) or {})
        record = Record(
            item["kind"], str(item["key"]), str(item["title"]), fields, str(item["as_of"]),
            attributes, bool(item.get("sample", False)), bool(item.get("stale", False)),
        )  # fmt: skip
        return cls(int(item["id"]), record)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One earlier question and its answer, with the facts it was answered from.

    `prompt` is the user message as it was sent to the model, empty when rows alone answered.
    """

    question: str
    answer: str
    facts: tuple[Fact, ...] = ()
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What a model file is and what it can bear. Stands beside the GGUF as `<stem>.json`.

    `facts_per_prompt`: how many records it reads reliably. `needs_plan`: whether the prompt must
    say which record and field to use. `prose`: "quote" when code must choose and quote policy
    sentences, "free" when the model may phrase them. `history_turns`: earlier exchanges that go
    into the prompt. `context`: tokens. `words`: the pieces of text that a small model's own wording
    is made of; whatever else it begins to say can only be a name or value that it copies.
    """

    name: str
    file: str
    context: int = 4096
    facts_per_prompt: int = 8
    needs_plan: bool = False
    prose: Literal["quote", "free"] = "free"
    history_turns: int = 6
    max_answer_tokens: int = 512
    words: tuple[str, ...] = ()
    prompt_version: int = 1
    license: str = ""
    sha256: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class TokenCounts:
    prompt: int = 0
    reused: int = 0
    completion: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer, as stored and as `ask --json` prints it. Times are milliseconds.

    `field` is the name of the field that it says, in its language; "" where it quotes, sums up or refuses.
    """

    question: str
    text: str
    language: Language
    route: Route
    facts: tuple[Fact, ...]
    citations: tuple[int, ...]
    grounded: bool
    repaired: int = 0
    stopped: bool = False
    model_name: str | None = None
    model_device: str | None = None
    tokens: TokenCounts = field(default_factory=TokenCounts)
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    conversation_id: int | None = None
    message_id: int | None = None
    notice: str | None = None
    prompt: str = ""
    field: str = ""

    def to_json(self, id: Any = None) -> dict[str, Any]:
        return {
            "id": id, "question": self.question, "answer": self.text, "language": self.language,
            "route": self.route, "facts": [fact.to_json() for fact in self.facts],
            "citations": list(self.citations), "grounded": self.grounded, "repaired": self.repaired,
            "stopped": self.stopped,
            "model": {"name": self.model_name, "device": self.model_device} if self.model_name else None,
            "tokens": asdict(self.tokens),
            "timings_ms": {"facts": None, "first_token": None, "total": None}
            | {name: round(ms, 1) for name, ms in self.timings_ms.items()},
            "conversation": self.conversation_id, "message": self.message_id, "notice": self.notice,
            "prompt": self.prompt, "field": self.field or None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The values that really stand in the shop's product rows (as written there, most frequent first). `headings` are
    what the shop's own files of products call a field."""

    colors: Sequence[str] = ()
    sizes: Sequence[str] = ()
    brands: Sequence[str] = ()
    categories: Sequence[str] = ()
    stores: Sequence[str] = ()
    attributes: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headings: Mapping[str, Sequence[str]] = field(default_factory=dict)
