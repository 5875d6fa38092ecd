"""Exam rows from a real home: hand-written patterns asked about the shop's own rows.

The plan of each row is the planner's own where it understood the question as it was meant; otherwise it is made
from what was meant, by the same functions of the core, with near rows beside it. So the model is examined, not the
understanding; how often the planner agreed is counted apart.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shopdesk.core.plan import Plan
from shopdesk.core.planning import Planner
from shopdesk.core.ports import SearchWish
from shopdesk.core.prompting import build_messages
from shopdesk.core.quoting import Quoter
from shopdesk.core.record_plans import comparison_plan, numbered, product_plan, value_plan
from shopdesk.core.rule_plans import promotion_plan, quoted_plan
from shopdesk.core.types import Exchange, Fact, Kind, Language, ModelManifest, Record
from shopdesk.core.understanding import Understanding, understand
from shopdesk.core.wording import exact_answer, field_name, shown_attributes, value_text
from shopdesk.store import Store
from shopdesk.store.catalogue import Catalogue
from tools.dataset.rows import Class, ExamRow, Message
from tools.examination.by_hand import BY_HAND, Patterns

_OFTEN_EMPTY = ("barcode", "location", "brand", "color", "list_price", "size")
_USUAL = ("price", "stock", "location")
_ABSENT: Mapping[Language, Sequence[str]] = {
    "zh": ("电吉他", "洗碗机", "鱼竿", "天文望远镜", "割草机", "潜水服", "缝纫机", "老花镜", "鹦鹉笼", "滑雪板"),
    "en": ("electric guitars", "a dishwasher", "fishing rods", "a lawn mower", "wetsuits", "a sewing machine",
           "reading glasses", "a parrot cage", "snowboards", "garden gnomes"),
}  # fmt: skip
_CLASSES: Mapping[str, Class] = {
    "policy": "policy", "promotion": "promotion", "order": "order", "follow_up": "multi_turn",
    "small_talk": "general", "not_found": "general",
}  # fmt: skip
_Made = tuple[Plan, Sequence[Exchange], bool]
_COUNT: Callable[[str], int] = len
"""More tokens than any tokenizer makes of a text would be; short prompts lose no turn by it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A row, and whether the app's own planner makes the same of its question."""

    row: ExamRow
    understood: bool


ODD_SHOP = Path(__file__).resolve().parent / "odd_shop"
"""The files of a shop of our own: rare characters, odd codes, names in several scripts at once."""


def by_hand_rows(store: Store, name: str, manifest: ModelManifest, seed: int = 0) -> list[ExamRow]:
    """The questions written by hand, asked of the shop in `store` in both languages."""
    asker = HomeAsker(store.catalogue, name, manifest, today=date.today(), seed=seed)
    return [asked.row for language, patterns in BY_HAND.items() for asked in asker.rows(patterns, language)]


class HomeAsker:
    """Asks one shop. `name` becomes the rows' source; the same seed gives the same rows."""

    def __init__(self, catalogue: Catalogue, name: str, manifest: ModelManifest, *, today: date, seed: int = 0) -> None:
        self._catalogue, self._name, self._manifest = catalogue, name, manifest
        self._planner = Planner(catalogue, lambda: today)
        self._today = today
        self._rng = random.Random(f"{seed}/{name}")
        self._products = self._all("product")
        self._orders, self._policies, self._promotions = self._all("order"), self._all("policy"), self._all("promotion")

    def _all(self, kind: Kind) -> list[Record]:
        return sorted(self._catalogue.records(kind), key=lambda record: record.key)

    def rows(self, patterns: Patterns, language: Language) -> Iterator[Asked]:
        """One row a pattern, as far as the shop has what it asks for."""
        for kind, asked in patterns.items():
            for number, pattern in enumerate(asked):
                text, _, detail = pattern.partition("|")
                made = self._made(kind, text, detail, language)
                if made is None:
                    continue
                plan, history, understood = made
                messages = build_messages(plan, history, self._manifest, _COUNT)
                row = ExamRow(
                    f"{self._name}/{language}/{kind}/{number}",
                    _CLASSES.get(kind, "product"),
                    f"small_talk/{detail}" if kind == "small_talk" else kind,
                    language,
                    self._name,
                    tuple(Message(message.role, message.content) for message in messages),
                    plan=plan,
                    reference="",
                )
                yield Asked(row, understood)

    # ---- one question

    def _made(self, kind: str, pattern: str, detail: str, language: Language) -> _Made | None:
        fill = _Filling(pattern, language)
        if kind == "small_talk":
            question = fill.text()
            talk = self._planner.plan(question).talk
            return Plan("small_talk", language, question, talk=talk), (), talk is not None
        if kind == "not_found":
            question = fill.text(x=self._rng.choice(_ABSENT[language]))
            found = self._planner.plan(question)
            return Plan("not_found", language, question, found.facts[:3]), (), found.intent == "not_found"
        if kind == "order":
            return self._about_order(fill, language)
        if kind in ("policy", "promotion"):
            return self._about_rule(fill, kind, language)
        if kind == "follow_up":
            return self._following(fill, detail, language)
        if kind == "compare":
            return self._comparing(fill, language)
        if kind in ("list", "extreme_low", "extreme_high", "count"):
            return self._over_many(fill, kind, language)
        if kind == "options":
            return self._options(fill, language)
        return self._about_product(fill, kind, language)

    def _about_product(self, fill: _Filling, kind: str, language: Language) -> _Made | None:
        found = self._with_field(kind, language)
        if found is None:
            return None
        record, fields = found
        quantity = self._rng.randint(2, 12)
        question = fill.text(
            n=self._mention(record, language), f=field_name(fields[0], language), q=quantity,
            u=record.fields.get("unit") or "个",
        )  # fmt: skip
        read = self._meant(question, language, fields)
        if kind == "total":
            read = replace(read, kinds=frozenset({"total"}), quantities=(quantity,), asked=())
            plan = product_plan(read, [record])
        else:
            facts = self._beside(record)
            target = next(fact for fact in facts if fact.record == record)
            plan = value_plan(read, facts, target, fields)
        return self._own_if_same(plan, question, ())

    def _comparing(self, fill: _Filling, language: Language) -> _Made | None:
        for _ in range(20):
            first, second = self._rng.sample(self._products, 2)
            if self._rng.random() < 0.4 and len(near := self._near(first)) > 0:
                second = near[0]
            same = first.fields.get("currency") == second.fields.get("currency")
            if same and _price(first) and _price(second) and first.title != second.title:
                break
        else:
            return None
        question = fill.text(a=self._mention(first, language), b=self._mention(second, language))
        read = self._meant(question, language, ("price",))
        return self._own_if_same(comparison_plan(read, first, second), question, ())

    def _over_many(self, fill: _Filling, kind: str, language: Language) -> _Made | None:
        for _ in range(30):
            sort, records = self._sort_of_goods(language)
            limit = 0
            if "{p}" in fill.pattern:
                prices = sorted(float(_price(record) or 0) for record in records)
                limit = max(10, round(prices[len(prices) // 2] / 10 + 1) * 10) if prices else 0
                records = [record for record in records if 0 < float(_price(record) or 0) <= limit]
            if len(records) > 1:
                break
        else:
            return None
        question = fill.text(c=sort, p=limit)
        kinds = {"extreme_low": "cheapest", "extreme_high": "dearest"}.get(kind, kind)
        read = replace(self._meant(question, language, ("price",)), kinds=frozenset({kinds}))
        if kind == "count":
            read = replace(read, asked=())
        plan = product_plan(read, records[:40])
        return self._own_if_same(plan, question, ()) if plan.intent == "computed" else None

    def _options(self, fill: _Filling, language: Language) -> _Made | None:
        groups = [group for group in self._groups().values() if len(group) > 1]
        self._rng.shuffle(groups)
        for group in groups:
            varying = [
                field
                for field in ("color", "size", *(f"attributes.{name}" for name in shown_attributes(group[0])))
                if len({value_text(record, field, language) for record in group} - {None}) > 1
            ]
            if not varying:
                continue
            field = self._rng.choice(varying)
            question = fill.text(n=group[0].title_in(language), f=field_name(field, language))
            read = replace(self._meant(question, language, (field,)), kinds=frozenset())
            plan = product_plan(read, group[:8])
            if plan.intent == "computed":
                return self._own_if_same(plan, question, ())
        return None

    def _about_order(self, fill: _Filling, language: Language) -> _Made | None:
        if not self._orders:
            return None
        order = self._rng.choice(self._orders)
        known = [
            field
            for field in ("status", "carrier", "tracking", "placed_at", "expected_at", "total", "lines")
            if value_text(order, field, language)
        ]
        field = self._rng.choice(known)
        question = fill.text(o=order.key, f=field_name(field, language))
        usual = [name for name in ("status", "carrier", "tracking", "expected_at") if name in known]
        fields = [field] if "{f}" in fill.pattern else usual or known[:1]
        facts = numbered([order])
        plan = value_plan(self._meant(question, language, fields), facts, facts[0], fields)
        return self._own_if_same(plan, question, ())

    def _about_rule(self, fill: _Filling, kind: str, language: Language) -> _Made | None:
        rules = self._policies if kind == "policy" else self._promotions
        rules = [record for record in rules if record.fields.get("language") in (None, "", language)]
        if not rules:
            return None
        rule = self._rng.choice(rules)
        question = fill.text(t=rule.title_in(language))
        read = replace(understand(question, self._catalogue.vocabulary()), language=language)
        plan = promotion_plan(read, [rule], self._today) if kind == "promotion" else None
        if plan is None:
            quotation = Quoter(question, [rule], language).best()
            if quotation is None:
                return None
            plan = quoted_plan(read, quotation)
        return self._own_if_same(plan, question, ())

    def _following(self, fill: _Filling, wanted: str, language: Language) -> _Made | None:
        found = self._with_field(wanted, language)
        if found is None:
            return None
        record, fields = found
        first = "price" if wanted != "price" and _price(record) else "sku"
        opening = f"{record.title_in(language)} {field_name(first, language)}"
        facts = self._beside(record)
        target = next(fact for fact in facts if fact.record == record)
        before = value_plan(self._meant(opening, language, (first,)), facts, target, [first])
        prompt = build_messages(before, (), self._manifest, _COUNT)[-1].content
        history = (Exchange(opening, exact_answer(before), before.facts, prompt),)
        question = fill.text(f=field_name(fields[0], language))
        alone = numbered([record])
        plan = value_plan(self._meant(question, language, fields), alone, alone[0], fields)
        return self._own_if_same(plan, question, history)

    # ---- what is meant

    def _meant(self, question: str, language: Language, fields: Sequence[str]) -> Understanding:
        """The question read by the app, but asking for `fields` in `language` whatever it understood."""
        read = understand(question, self._catalogue.vocabulary())
        return replace(
            read, language=language, kinds=frozenset(), quantities=(), colors=(), sizes=(),
            asked=tuple(field for field in fields if not field.startswith("attributes.")),
            attributes=tuple(field.removeprefix("attributes.") for field in fields if field.startswith("attributes.")),
        )  # fmt: skip

    def _own_if_same(self, plan: Plan, question: str, history: Sequence[Exchange]) -> _Made:
        """The planner's plan where it says the same about the same, else `plan`."""
        own = self._planner.plan(question, history)
        same = (own.intent, own.language, own.must) == (plan.intent, plan.language, plan.must)
        return (own if same else plan), history, same

    def _with_field(self, kind: str, language: Language) -> tuple[Record, list[str]] | None:
        """A product that suits a question of `kind`, and the fields it is about."""
        for _ in range(200):
            record = self._rng.choice(self._products)
            if kind == "total":
                if _price(record):
                    return record, ["price"]
            elif kind == "several":
                known = [field for field in _USUAL if value_text(record, field, language)]
                if len(known) > 1:
                    return record, known
            elif kind == "attribute":
                names = [name for name in shown_attributes(record) if record.attributes[name]]
                if names:
                    return record, [f"attributes.{self._rng.choice(names)}"]
            elif kind == "not_recorded":
                empty = [field for field in _OFTEN_EMPTY if value_text(record, field, language) is None]
                columns = [
                    name for name in self._catalogue.vocabulary().attributes if not name.endswith(("_en", "_zh"))
                ]
                empty += [f"attributes.{name}" for name in columns[:20] if not record.attributes.get(name)]
                if empty:
                    return record, [self._rng.choice(empty)]
            elif value_text(record, kind, language) is not None:
                return record, [kind]
        return None

    def _near(self, record: Record) -> list[Record]:
        hits = self._catalogue.search(SearchWish(record.title, ("product",), 8))
        return [hit.record for hit in hits if hit.record.key != record.key]

    def _beside(self, record: Record) -> tuple[Fact, ...]:
        """`record` alone or among rows that a search for its name brings too, in any place."""
        others = self._near(record)[: self._rng.choices((0, 1, 2), (0.5, 0.25, 0.25))[0]]
        rows = [record, *others]
        if self._rng.random() < 0.5:
            self._rng.shuffle(rows)
        return numbered(rows)

    def _groups(self) -> dict[str, list[Record]]:
        groups: dict[str, list[Record]] = {}
        for record in self._products:
            groups.setdefault(str(record.fields.get("group") or record.title), []).append(record)
        return groups

    def _sort_of_goods(self, language: Language) -> tuple[str, list[Record]]:
        """A category, brand or product with variants, and all its rows."""
        field = self._rng.choice(("category", "category", "brand", "group"))
        sorts: dict[str, list[Record]] = {}
        for record in self._products:
            name = record.title_in(language) if field == "group" else str(record.fields.get(field) or "")
            if name and _price(record):
                sorts.setdefault(name, []).append(record)
        several = [(name, records) for name, records in sorted(sorts.items()) if len(records) > 1]
        return self._rng.choice(several) if several else ("", [])

    def _mention(self, record: Record, language: Language) -> str:
        """The product as people name it: whole, shortened, in lower case, by its code."""
        rng, title = self._rng, record.title_in(language)
        roll = rng.random()
        variant = " ".join(str(record.fields[field]) for field in ("color", "size") if record.fields.get(field))
        if roll < 0.08 and value_text(record, "sku", language):
            return record.key
        if roll < 0.25 and variant:
            return f"{title} {variant}"
        if roll < 0.5:
            return _shortened(title, rng)
        return title.lower() if roll < 0.65 else title


class _Filling:
    """A pattern whose places are filled once each."""

    def __init__(self, pattern: str, language: Language) -> None:
        self.pattern, self._language = pattern, language

    def text(self, **parts: object) -> str:
        filled = re.sub(r"\{(\w)\}", lambda match: str(parts[match.group(1)]), self.pattern)
        return " ".join(filled.split())


def _price(record: Record) -> str | None:
    value = record.fields.get("price")
    return str(value) if value is not None else None


def _shortened(title: str, rng: random.Random) -> str:
    words = title.split()
    if len(words) > 2:
        size = rng.randint(2, min(5, len(words) - 1))
        start = rng.choice((0, len(words) - size))
        return " ".join(words[start : start + size])
    if len(title) > 6 and not title.isascii():
        size = rng.randint(3, min(8, len(title) - 1))
        return title[-size:] if rng.random() < 0.6 else title[:size]
    return title
