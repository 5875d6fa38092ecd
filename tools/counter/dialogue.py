"""Conversations between a clerk and ShopDesk Counter, with the app's own prompts and answers of our own.

A conversation is a list of turns; each turn's user message is made by `shopdesk.core.prompting` from a plan such
as the app's planner makes, so that what the model learns is what it will be asked.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shopdesk.core import arithmetic
from shopdesk.core.plan import Intent, Plan, Point
from shopdesk.core.prompting import SYSTEM, plan_line, question_text
from shopdesk.core.small_talk import Talk
from shopdesk.core.types import Fact, Language, ModelManifest, Record
from shopdesk.core.wording import (
    citation,
    exact_answer,
    field_name,
    label_of,
    not_recorded,
    point_of,
    quotation,
    shorten,
    shown_attributes,
    value_text,
)
from tools.counter import lexicon, phrases
from tools.counter.phrases import Group
from tools.counter.shop import ShopMaker
from tools.counter.small_talk import CHATTER, SMALL_TALK

MANIFEST = ModelManifest(
    name="ShopDesk Counter", file="counter.gguf", context=2048, facts_per_prompt=1, needs_plan=True, prose="quote",
    history_turns=2, max_answer_tokens=320,
)  # fmt: skip
"""What the model is made to bear; prompts for training and examination are cut to it."""

_SERIES = (
    (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024), (35, 36, 37, 38, 39, 40, 41, 42), (100, 200, 250, 500, 750, 1000),
    (1.2, 1.5, 1.8, 2, 2.2, 12, 15, 18, 20), (110, 120, 130, 140, 1300, 1400), (5, 55, 65, 75, 85, 555),
)  # fmt: skip
"""Values of one kind that differ in a figure or two."""
_LANGUAGES: tuple[Language, Language] = ("zh", "en")
Target = Literal["product", "order", "promotion"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its prompt and the answer to learn (None: a turn that is only history).

    `heard` is what stands as this turn's answer when later turns follow: the app's stored text.
    """

    plan: Plan
    kind: str
    prompt: str
    answer: str
    heard: str


@dataclass(frozen=True, slots=True)
class Conversation:
    turns: tuple[Turn, ...]


class DialogueMaker:
    """Random conversations. `held_out` uses names and phrasings that training never sees.

    `plain` makes single turns about one short fact, from which copying is learned soonest.
    """

    def __init__(self, rng: random.Random, held_out: bool = False, plain: bool = False) -> None:
        self.rng = rng
        self.held_out = held_out
        self.plain = plain
        self.shop = ShopMaker(rng, held_out, plain)

    def conversation(self) -> Conversation:
        language: Language = self.rng.choice(_LANGUAGES)
        count = 1 if self.plain else self.rng.choices((1, 2, 3), (0.62, 0.28, 0.1))[0]
        turns: list[Turn] = []
        while len(turns) < count:
            before = turns[-1] if turns else None
            if before is not None and self.rng.random() < 0.1:
                language = self.rng.choice(_LANGUAGES)
            follow = (
                before is not None
                and before.plan.target is not None
                and before.plan.intent in ("value", "not_recorded")
            )
            if (
                follow
                and before is not None
                and before.plan.target is not None
                and before.plan.target.record.kind == "product"
                and self.rng.random() < 0.7
            ):
                turns.append(self._follow_up(language, before))
            else:
                turns.append(self.turn(language))
        return Conversation(tuple(turns))

    def turn(self, language: Language, kind: str = "") -> Turn:
        """One turn that stands alone. `kind` is one of KINDS, random when empty."""
        if not kind and self.plain and self.rng.random() < 0.6:
            kind = self.rng.choice(("price", "stock", "location", "attribute"))
        kind = kind or self.rng.choices(tuple(KINDS), tuple(weight for weight, _ in KINDS.values()))[0]
        return KINDS[kind][1](self, language, kind)

    # ---- rows and facts

    def _titled(self, language: Language) -> Language:
        other: Language = "en" if language == "zh" else "zh"
        return other if self.rng.random() < 0.15 else language

    def _facts(self, target: Record, titled: Language) -> tuple[tuple[Fact, ...], Fact]:
        """`target` among near duplicates and strangers, in any place."""
        count = 1 if self.plain else self.rng.choices((1, 2, 3), (0.45, 0.3, 0.25))[0]
        rows = [target]
        for _ in range(count - 1):
            rows.append(
                self.shop.near_duplicate(target, titled) if self.rng.random() < 0.6 else self.shop.product(titled)
            )
        if self.rng.random() < 0.6:
            self.rng.shuffle(rows)
        facts = tuple(Fact(index + 1, row) for index, row in enumerate(rows))
        return facts, next(fact for fact in facts if fact.record is target)

    def _mention(self, record: Record, language: Language) -> str:
        """The product as somebody would type it: whole, in part, by code, in lower case."""
        rng = self.rng
        label, title = label_of(record, language), record.title_in(language)
        color, size = (str(record.fields.get(field) or "") for field in ("color", "size"))
        roll = rng.random()
        if roll < 0.3:
            text = label
        elif roll < 0.55:
            text = title
        elif roll < 0.68:
            text = (
                rng.choice(
                    (
                        f"{color}{title}",
                        f"{color}的{title}",
                        f"{title}{color}{size}",
                        f"{title} {size}",
                        f"{size}码的{title}",
                    )
                )
                if language == "zh"
                else rng.choice(
                    (
                        f"{color} {title}",
                        f"{title} in {color}" if color else title,
                        f"{title} size {size}" if size else title,
                        f"{title} {color} {size}",
                    )
                )
            )
        elif roll < 0.78:
            text = record.key
        elif language == "zh":
            start = rng.randint(0, max(0, len(title) - 3))
            text = title[start : start + rng.randint(2, 8)].strip() or title
        else:
            words = title.split()
            start = rng.randint(0, max(0, len(words) - 2))
            text = " ".join(words[start : start + rng.randint(1, 3)])
        text = " ".join(text.split())
        return text.lower() if rng.random() < 0.3 else text

    # ---- wording

    def _ask(self, groups: Sequence[Group], fill: Callable[[str], str]) -> tuple[str, Group]:
        group = self.rng.choice(groups)
        pattern = self.rng.choice(group.asked(self.held_out))
        question = " ".join(fill(pattern).split())
        return self._varied(question), group

    def _varied(self, question: str) -> str:
        rng = self.rng
        if rng.random() < 0.25:
            question += rng.choice(("?", "？", "", "??", " ", "!", "。", ".")) if question[-1:] not in "?？" else ""
        if rng.random() < 0.08:
            question = (
                rng.choice(
                    ("麻烦，", "那个，", "老板，", "hi ", "hello, ", "Excuse me, ", "快点，", "顾客问：", "ok ", "嗯，")
                )
                + question
            )
        return question

    def _plan(
        self,
        intent: Intent,
        language: Language,
        question: str,
        facts: tuple[Fact, ...],
        target: Fact,
        points: Sequence[Point],
        asked: Sequence[str],
        label: str = "",
    ) -> Plan:
        label = label or label_of(target.record, language)
        points = tuple(replace(point, value=shorten(point.value)) for point in points)
        return Plan(
            intent,
            language,
            question,
            facts,
            target,
            label,
            points,
            (label, *(point.value for point in points)),
            asked=tuple(asked),
        )

    def _turn(self, plan: Plan, kind: str, answer: str) -> Turn:
        answer = answer.strip()
        heard = answer
        if self.rng.random() < 0.2:
            # a stored answer may be the app's own sentence, or one that the check put in its place
            heard = exact_answer(plan)
        elif plan.intent == "policy":
            heard += quotation(plan)
        # the app shows the planned fact alone; now and then there are others, so that they do not confuse
        shown = 1 if self.held_out else self.rng.choices((1, 2, 3), (0.8, 0.12, 0.08))[0]
        prompt = question_text(plan, replace(MANIFEST, facts_per_prompt=shown))
        return Turn(plan, kind, prompt, answer, heard)

    # ---- kinds of questions

    def _single(self, language: Language, kind: str) -> Turn:
        titled = self._titled(language)
        record = self._with_field(kind, titled, language)
        facts, target = self._facts(record, titled)
        return self._about_field(language, kind, facts, target, None)

    def _with_field(self, kind: str, titled: Language, language: Language) -> Record:
        """A product that says something in the field that `kind` asks for."""
        while True:
            record = self.shop.product(titled)
            if kind == "attribute":
                if shown_attributes(record):
                    return record
            elif value_text(record, kind, language) is not None:
                return record

    def _about_field(
        self, language: Language, kind: str, facts: tuple[Fact, ...], target: Fact, follow: Sequence[str] | None
    ) -> Turn:
        record = target.record
        field = f"attributes.{self.rng.choice(shown_attributes(record))}" if kind == "attribute" else kind
        point = point_of(record, field, language)
        groups = phrases.VALUE[language][kind]
        fill = self._filler(record, language, point.name)
        if follow is None:
            question, group = self._ask(groups, fill)
        else:
            question, group = self._varied(" ".join(fill(self.rng.choice(follow)).split())), groups[0]
        # variants that agree in what is asked are answered under their common name
        label = record.title_in(language) if self.rng.random() < 0.12 else ""
        plan = self._plan("value", language, question, facts, target, (point,), (field,), label)
        return self._turn(plan, kind, answer_in(group, plan, self.rng))

    def _filler(self, record: Record, language: Language, name: str) -> Callable[[str], str]:
        unit = str(record.fields.get("unit") or "个")
        variant = str(
            record.fields.get("color") or record.fields.get("size") or ("这个" if language == "zh" else "that one")
        )

        def fill(pattern: str) -> str:
            return pattern.format(
                n=self._mention(record, language), u=unit, f=name, v=variant, d=self.rng.randint(2, 30), t="", fs=""
            )

        return fill

    def _follow_up(self, language: Language, before: Turn) -> Turn:
        assert before.plan.target is not None
        old, titled = before.plan.target.record, self._guess(before.plan.target.record)
        record = self.shop.near_duplicate(old, titled) if self.rng.random() < 0.4 else old
        kinds = [
            kind
            for kind in phrases.FOLLOW_UPS[language]
            if (
                shown_attributes(record)
                if kind == "attribute"
                else kind == "several" or value_text(record, kind, language) is not None
            )
        ]
        weights = [4 if kind in ("price", "stock", "attribute") else 2 for kind in kinds]
        kind = self.rng.choices(kinds, weights)[0]
        patterns = phrases.FOLLOW_UPS[language][kind]
        facts, target = (
            self._facts(record, titled) if self.rng.random() < 0.4 else ((Fact(1, record),), Fact(1, record))
        )
        if kind == "several":
            return self._about_several(language, facts, target, patterns)
        return self._about_field(language, kind, facts, target, patterns)

    @staticmethod
    def _guess(record: Record) -> Language:
        return "zh" if any("\u4e00" <= character <= "\u9fff" for character in record.title) else "en"

    def _several(self, language: Language, kind: str) -> Turn:
        titled = self._titled(language)
        record = self._with_field("stock", titled, language)
        facts, target = self._facts(record, titled)
        return self._about_several(language, facts, target, None)

    def _about_several(
        self, language: Language, facts: tuple[Fact, ...], target: Fact, follow: Sequence[str] | None
    ) -> Turn:
        record = target.record
        groups = phrases.VALUE[language]["several"]
        chosen = 0 if follow else self.rng.randrange(len(groups))
        usual = ["price", "stock", "location"] if chosen == 0 else ["stock", "price"]
        if chosen == 1 or self.rng.random() < 0.2:
            names = [
                "price",
                "stock",
                "location",
                "list_price",
                "sku",
                "barcode",
                "color",
                "size",
                "brand",
                *(f"attributes.{name}" for name in shown_attributes(record)),
            ]
            usual = self.rng.sample(names, self.rng.choice((2, 2, 3)))
        fields = [
            field for field in usual if value_text(record, field, language) is not None or self.rng.random() < 0.25
        ]
        if len(fields) < 2:
            fields = ["price", "stock"]
        points = [point_of(record, field, language) for field in fields]
        both = ("和" if language == "zh" else " and ").join(point.name for point in points)
        filler = self._filler(record, language, points[0].name)
        patterns = follow if follow is not None else groups[chosen].asked(self.held_out)
        pattern = self.rng.choice(patterns).replace("{fs}", both.replace("{", "").replace("}", ""))
        question = self._varied(" ".join(filler(pattern).split()))
        plan = self._plan("value", language, question, facts, target, points, fields)
        return self._turn(plan, "several", answer_in(groups[chosen], plan, self.rng))

    def _not_recorded(self, language: Language, kind: str) -> Turn:
        titled = self._titled(language)
        while True:
            record = self.shop.product(titled)
            missing = [
                field
                for field in ("price", "list_price", "stock", "location", "barcode", "brand", "color", "size")
                if value_text(record, field, language) is None
            ]
            if missing:
                break
        if self.rng.random() < 0.35:
            name, _, _, _ = self.shop.attribute(titled)
            if name not in record.attributes:
                missing = [f"attributes.{name}"]
        field = self.rng.choice(missing)
        facts, target = self._facts(record, titled)
        point = Point(field, field_name(field, language), not_recorded(language))
        question, group = self._ask(phrases.VALUE[language]["not_recorded"], self._filler(record, language, point.name))
        plan = self._plan("not_recorded", language, question, facts, target, (point,), (field,))
        return self._turn(plan, kind, answer_in(group, plan, self.rng))

    def _order(self, language: Language, kind: str) -> Turn:
        record = self.shop.order(self._titled(language))
        known = [
            field
            for field in ("status", "carrier", "tracking", "placed_at", "expected_at", "total", "lines")
            if value_text(record, field, language)
        ]
        groups = phrases.VALUE[language]["order"]
        chosen = self.rng.randrange(2)
        usual = [field for field in ("status", "carrier", "tracking", "expected_at") if field in known]
        fields = usual if chosen == 0 and self.rng.random() < 0.6 else [self.rng.choice(known)]
        points = [point_of(record, field, language) for field in fields]
        mention = self.rng.choice(
            (record.key, record.title, f"订单{record.key}" if language == "zh" else f"order {record.key}")
        )
        pattern = self.rng.choice(groups[chosen].asked(self.held_out))
        question = self._varied(pattern.format(n=mention, f=points[0].name))
        facts = (Fact(1, record),)
        plan = self._plan("value", language, question, facts, facts[0], points, fields)
        group = groups[chosen] if len(points) == 1 else phrases.VALUE[language]["several"][0]
        return self._turn(plan, kind, answer_in(group, plan, self.rng))

    def _policy(self, language: Language, kind: str) -> Turn:
        titled = self._titled(language)
        count = 1 if self.plain else self.rng.randint(1, 3)
        record_kind = "promotion" if self.rng.random() < 0.35 else "policy"
        records = [self.shop.text_record(record_kind, titled) for _ in range(count)]
        facts = tuple(Fact(index + 1, record) for index, record in enumerate(records))
        target = facts[0] if self.rng.random() < 0.7 else self.rng.choice(facts)
        body = str(target.record.fields["body"])
        groups = phrases.POLICY[language]
        group = groups[2] if record_kind == "promotion" and self.rng.random() < 0.7 else self.rng.choice(groups[:2])
        title = target.record.title
        pattern = self.rng.choice(group.asked(self.held_out))
        question = self._varied(pattern.format(t=title, n=title, d=self.rng.randint(2, 40)))
        label = label_of(target.record, language)
        plan = Plan("policy", language, question, facts, target, label, must=(label,), quotes=(body,), asked=("body",))
        return self._turn(plan, kind, answer_in(group, plan, self.rng))

    def _computed(self, language: Language, kind: str) -> Turn:
        titled = self._titled(language)
        rows = [self.shop.product(titled)]
        wanted = 2 if self.plain else self.rng.choice((2, 2, 3, 3, 4, 5, 5, 6, 7))
        alike = self.rng.random() < 0.5
        currency = rows[0].fields["currency"]
        while len(rows) < wanted:
            row = self.shop.near_duplicate(rows[0], titled) if alike else self.shop.product(titled)
            rows.append(
                replace(
                    row, fields={**row.fields, "currency": currency, "price": self.shop.amount(str(currency or ""))}
                )
            )
        if rows[0].fields["price"] is None:
            rows[0] = replace(rows[0], fields={**rows[0].fields, "price": self.shop.amount(str(currency or ""))})
        facts = tuple(Fact(index + 1, row) for index, row in enumerate(rows))
        noun = self.shop.pick(lexicon.GOODS)[0 if language == "zh" else 1]
        quantity, limit = self.rng.randint(2, 20), self.rng.randint(1, 50) * 10
        how = self.rng.choices(
            ("compare", "total", "list", "extreme_low", "extreme_high", "count", "options"), (5, 4, 8, 1.5, 1, 0.7, 1.5)
        )[0]
        name = ""
        computation: arithmetic.Computation | None
        if how == "compare":
            facts = facts[:2]
            computation = arithmetic.compare(facts[0], facts[1], language)
        elif how == "total":
            facts = facts[: self.rng.choice((1, 1, 1, 2))]
            computation = arithmetic.total(facts, [quantity, *(self.rng.randint(1, 5) for _ in facts[1:])], language)
        elif how == "list":
            computation = self._listing(facts, language)
        elif how.startswith("extreme"):
            computation = arithmetic.extreme(facts[:1], language, highest=how == "extreme_high")
        elif how == "count":
            crowd = [Fact(0, replace(rows[0], key=str(index))) for index in range(self.rng.randint(2, 60))]
            computation = arithmetic.count(crowd, language, complete=self.rng.random() < 0.7)
        else:
            field = self.rng.choice(("color", "size", "attributes.x"))
            pool = (
                [color[0 if titled == "zh" else 1] for color in lexicon.COLORS]
                if field == "color"
                else list(lexicon.SIZES[self.rng.choice(tuple(lexicon.SIZES))])
            )
            if field == "attributes.x":
                attribute, values = self.rng.choice(lexicon.WORDED_ATTRIBUTES)
                pool, name = (
                    [value[0 if titled == "zh" else 1] for value in values],
                    attribute[0 if titled == "zh" else 1],
                )
            name = name or field_name(field, language)
            if self.rng.random() < 0.3:
                unit = self.rng.choice(("G", "GB", "ml", "cm", "", "码", " L", "W", "g"))
                pool = [f"{number}{unit}" for number in self.rng.choice(_SERIES)]
            values_shown = self.rng.sample(pool, min(len(pool), self.rng.randint(2, 6)))
            computation = arithmetic.options(facts, rows[0].title_in(language), name, values_shown, language)
        assert computation is not None
        target = Fact(len(facts) + 1, computation.record)
        group = phrases.COMPUTED[language][how]
        pattern = self.rng.choice(group.asked(self.held_out))
        second = self._mention(facts[1].record, language) if len(facts) > 1 else noun
        mention = self._mention(rows[0], language) if how in ("total", "options") else noun
        question = self._varied(
            " ".join(
                pattern.format(
                    a=self._mention(rows[0], language),
                    b=second,
                    n=mention,
                    q=quantity,
                    u=rows[0].fields.get("unit") or "个",
                    p=limit,
                    f=name,
                ).split()
            )
        )
        if how == "list" and self.rng.random() < 0.5:
            question = self._asked_of_many(rows[0], language)
        point = Point("text", computation.record.title, str(computation.record.fields["text"]))
        plan = Plan("computed", language, question, (*facts, target), target, points=(point,), must=computation.must)
        return self._turn(plan, how, answer_in(group, plan, self.rng))

    def _asked_of_many(self, record: Record, language: Language) -> str:
        """A question as about one product, which fits several, so that a list answers it."""
        field = self.rng.choice(("price", "stock", "stock", "location", "barcode", "sku", "several"))
        filler = self._filler(record, language, field_name(field, language))
        question, _ = self._ask(phrases.VALUE[language][field], lambda pattern: filler(pattern.replace("{fs}", "")))
        return question

    def _listing(self, facts: tuple[Fact, ...], language: Language) -> arithmetic.Computation:
        rng = self.rng
        if rng.random() < 0.15:
            titled = self._guess(facts[0].record)
            promotions = tuple(
                Fact(index + 1, self.shop.text_record("promotion", titled)) for index in range(rng.randint(2, 4))
            )
            return arithmetic.listing(promotions, rng.choice(((), ("body",), ("ends",))), language)
        fields = rng.choice(
            (
                ("price",),
                ("price",),
                ("stock",),
                ("location",),
                ("stock", "price"),
                ("price", "stock"),
                ("color",),
                ("sku",),
            )
        )
        return arithmetic.listing(facts, fields, language, complete=rng.random() < 0.7)

    def _not_found(self, language: Language, kind: str) -> Turn:
        titled = self._titled(language)
        facts: tuple[Fact, ...] = ()
        if self.rng.random() < 0.6:
            facts = tuple(Fact(index + 1, self.shop.product(titled)) for index in range(self.rng.randint(1, 3)))
        stranger = self.shop.product(titled)
        field = field_name(self.rng.choice(("price", "stock", "location", "size")), language)
        question, group = self._ask(
            phrases.NOT_FOUND[language],
            lambda pattern: pattern.format(
                n=self._mention(stranger, language), f=field, o=self.rng.randint(10**5, 10**10)
            ),
        )
        plan = Plan("not_found", language, question, facts)
        return self._turn(plan, kind, self.rng.choice(group.answers))

    def _small_talk(self, language: Language, kind: str) -> Turn:
        sort, group = self.rng.choice(list(SMALL_TALK[language].items()))
        question, _ = self._ask((group,), lambda pattern: pattern)
        if not self.held_out and self.rng.random() < 0.4:
            question = self._chatty(question, sort, language)
        # rules do not know every way of saying it: then the words alone must tell
        known = sort if self.rng.random() < 0.5 else None
        return self._turn(Plan("small_talk", language, question, talk=known), kind, group.answers[0])

    def _chatty(self, question: str, sort: Talk, language: Language) -> str:
        """`question` with what people say before and after it; what it is for stays the same."""
        rng = self.rng
        before, after = CHATTER[language][sort]
        lead, tail = rng.choice(before), rng.choice(after)
        comma = "，" if language == "zh" else ", "
        parts = [lead if rng.random() < 0.6 else "", question.rstrip("?？!。. "), tail if rng.random() < 0.6 else ""]
        return comma.join(part for part in parts if part)


def answer_in(group: Group, plan: Plan, rng: random.Random) -> str:
    """The answer to `plan` by one of the patterns of `group` that suit its value."""
    assert plan.target is not None
    zh = plan.language == "zh"
    value = plan.points[0].value if plan.points else ""
    name = plan.points[0].name if plan.points else ""
    missing = value == not_recorded(plan.language)
    if plan.intent == "not_recorded":
        group = phrases.VALUE[plan.language]["not_recorded"][0]
    absent = "无货" in value or "out of stock" in value
    patterns = [pattern for pattern in group.answers if pattern[0] not in "+-" or (pattern[0] == "-") == absent]
    pattern = rng.choice(patterns).lstrip("+-")
    if missing and len(plan.points) == 1:
        pattern = phrases.VALUE[plan.language]["not_recorded"][0].answers[0]
    elif (
        plan.points
        and plan.points[0].field == "stock"
        and len(plan.points) == 1
        and not any(character.isdigit() for character in value)
    ):
        pattern = "{L}：{V} {C}。" if zh else "{L}: {V} {C}."  # the value is a sentence of its own: 有货（数量未登记）
    elif len(plan.points) == 1 and plan.points[0].field in ("description", "body", "attributes.description"):
        pattern = "{L}：{V} {C}。" if zh else "{L}: {V} {C}."
    if len(plan.points) == 1 and name and _is_foreign(name, plan.language) and not missing:
        pattern = "{L}：{V} {C}。" if zh else "{L}: {V} {C}."  # a column named in the other language is not said
    named = [(("" if _is_foreign(point.name, plan.language) else f"{point.name} "), point) for point in plan.points]
    said = ("，" if zh else ", ").join(f"{lead}{point.value}" for lead, point in named)
    if any(not lead for lead, _ in named) and "{S2}" in pattern:
        pattern = "{L}：{S} {C}。" if zh else "{L}: {S} {C}."
    if zh:
        said_fully = "，".join(
            f"{point.name}是 {point.value}" if point.value != not_recorded("zh") else f"{point.name}{point.value}"
            for point in plan.points
        )
    else:
        first, *others = plan.points or (Point("", "", ""),)
        rest = (f"the {point.name} is {point.value}" for point in others)
        said_fully = ", ".join([f"{first.name} of {plan.label} is {first.value}", *rest])
    slots = {"L": plan.label, "V": value, "F": name, "C": citation(plan.target.id), "S": said, "S2": said_fully}
    return weld(pattern, slots)


def _is_foreign(name: str, language: Language) -> bool:
    """Whether a column's name is in the other language (SKU is at home in both)."""
    return name != "SKU" and name.isascii() == (language == "zh")


def weld(pattern: str, slots: dict[str, str]) -> str:
    """The pattern with its slots filled; a space stands between a Chinese mark or character and a Latin word.

    The space is more than typography: a word has the same tokens as in the facts only when the same kind of
    character stands before it.
    """
    text = ""
    for part in _parts(pattern):
        piece = slots[part[1:-1]] if part.startswith("{") else part
        if part.startswith("{"):
            if (
                text
                and text[-1] not in ' "“(（'
                and not text[-1].isascii()
                and piece[:1].isascii()
                and piece[:1].isalpha()
            ):
                text += " "
        elif text and text[-1].isascii() and text[-1].isalnum() and piece[:1] and "\u4e00" <= piece[0] <= "\u9fff":
            text += " "
        text += piece
    return text


def _parts(pattern: str) -> list[str]:
    parts: list[str] = []
    rest = pattern
    while rest:
        start = rest.find("{")
        if start < 0:
            parts.append(rest)
            break
        if start:
            parts.append(rest[:start])
        end = rest.index("}", start) + 1
        parts.append(rest[start:end])
        rest = rest[end:]
    return parts


KINDS: dict[str, tuple[float, Callable[[DialogueMaker, Language, str], Turn]]] = {
    "price": (16, DialogueMaker._single),
    "list_price": (3, DialogueMaker._single),
    "stock": (13, DialogueMaker._single),
    "location": (6, DialogueMaker._single),
    "sku": (3, DialogueMaker._single),
    "barcode": (2.5, DialogueMaker._single),
    "color": (1.5, DialogueMaker._single),
    "size": (1.5, DialogueMaker._single),
    "brand": (1.2, DialogueMaker._single),
    "category": (0.8, DialogueMaker._single),
    "store": (0.6, DialogueMaker._single),
    "description": (1.2, DialogueMaker._single),
    "attribute": (11, DialogueMaker._single),
    "several": (11, DialogueMaker._several),
    "not_recorded": (3, DialogueMaker._not_recorded),
    "order": (4, DialogueMaker._order),
    "policy": (5, DialogueMaker._policy),
    "computed": (24, DialogueMaker._computed),
    "not_found": (3, DialogueMaker._not_found),
    "small_talk": (3.5, DialogueMaker._small_talk),
}
"""Each kind of question with its share of the conversations and its maker."""


def written(
    conversation: Conversation, rng: random.Random, system: bool = True
) -> tuple[str, list[tuple[int, int, float]]]:
    """A conversation as ChatML and the spans (start, end, weight) whose tokens are to be learned.

    Learned are the answers, each with the space before it that a name inside a sentence has too, and with a
    small weight the plan lines, because they repeat what the facts say and so teach copying. Without `system`
    the conversation begins with the first question.
    """
    text = f"<|im_start|>system\n{SYSTEM}<|im_end|>\n" if system else ""
    spans: list[tuple[int, int, float]] = []
    for turn in conversation.turns:
        start = len(text) + len("<|im_start|>user\n")
        text += f"<|im_start|>user\n{turn.prompt}<|im_end|>\n<|im_start|>assistant\n"
        line = plan_line(turn.plan)
        point = turn.prompt.rfind(line)
        if turn.plan.target is not None and point >= 0:
            spans.append((start + point + line.index("]") + 1, start + point + len(line), PLAN_WEIGHT))
        last = turn is conversation.turns[-1]
        if last or rng.random() < 0.6:
            spans.append((len(text), len(text) + len(turn.answer) + 1 + len("<|im_end|>"), 1.0))
            text += f" {turn.answer}<|im_end|>\n"
        else:
            text += f"{turn.heard}<|im_end|>\n"
    return text, spans


PLAN_WEIGHT = 0.5
