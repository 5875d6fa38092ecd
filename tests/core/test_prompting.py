"""What a model is given to read, above all: how little of what it has read already."""

from __future__ import annotations

from shopdesk.core.plan import Plan
from shopdesk.core.prompting import build_messages, question_text
from shopdesk.core.types import Exchange, Fact, ModelManifest, Record, Value

FREE = ModelManifest("free", "")
COUNTER = ModelManifest("counter", "", prose="quote", needs_plan=True, facts_per_prompt=1)


def mug(stock: int = 7) -> Fact:
    fields: dict[str, Value] = {"sku": "M-1", "price": "9.00", "currency": "CNY", "stock": stock, "location": "A5"}
    return Fact(1, Record("product", "M-1", "Mug", fields, "2026-11-20T09:00:00+00:00", {"Glaze": "celadon"}))


def plan(question: str, fact: Fact, *asked: str) -> Plan:
    return Plan("value", "en", question, (fact,), fact, "Mug", asked=asked)


def test_a_record_stands_whole_once_in_a_conversation_then_only_what_is_asked_of_it() -> None:
    first = question_text(plan("how much?", mug(), "price"), FREE)
    assert "celadon" in first and "A5" in first
    again = question_text(plan("how many?", mug(), "stock"), FREE, [first])
    assert again == "Facts:\n[1] Mug | stock: 7\nQuestion: how many?"
    changed = question_text(plan("how many?", mug(stock=3), "stock"), FREE, [first])
    assert "celadon" in changed and "stock: 3" in changed, "what has changed since is told anew"


def test_a_whole_record_reads_the_same_whatever_is_asked_of_it() -> None:
    lines = {question_text(plan("?", mug(), asked), FREE).splitlines()[1] for asked in ("price", "stock", "location")}
    assert len(lines) == 1
    assert "warranty: not recorded" in question_text(plan("?", mug(), "attributes.warranty"), FREE)


def boot(size: str, number: int = 1) -> Fact:
    fields: dict[str, Value] = {
        "sku": f"B-{size}", "price": "90.00", "currency": "CNY", "stock": 7, "brand": "Fell", "color": "red",
        "size": size, "description": "Warm, and dry in snow.",
    }  # fmt: skip
    at = "2026-11-20T09:00:00+00:00"
    return Fact(number, Record("product", f"B-{size}", "Boot", fields, at, {"sole": "rubber"}))


def test_what_sizes_and_colours_of_a_product_share_is_told_once() -> None:
    both = Plan("value", "en", "?", (boot("38"), boot("44", 2)), boot("38"), "Boot", asked=("price",))
    *_, second, _ = question_text(both, FREE).splitlines()
    assert second == "[2] Boot | price: ¥90.00 | color: red | size: 44 | SKU: B-44 | stock: 7"


def test_what_a_result_was_computed_from_is_only_mentioned() -> None:
    total = Fact(3, Record("computed", "total", "In total", {"text": "2 × ¥90.00 = ¥180.00"}, ""))
    asked = Plan("computed", "en", "two pairs?", (boot("38"), boot("44", 2), total), total, "", asked=("price",))
    assert question_text(asked, FREE).splitlines()[1:4] == [
        "[1] Boot (red, 38) | price: ¥90.00",
        "[2] Boot (red, 44) | price: ¥90.00",
        "[3] In total: 2 × ¥90.00 = ¥180.00",
    ]


def test_sizes_and_colours_of_a_product_read_the_same_as_long_as_they_are() -> None:
    small, large = (question_text(plan("?", boot(size), "price"), FREE) for size in ("38", "44"))
    shared = small.partition("38")[0]
    assert large.startswith(shared)
    assert all(said in shared for said in ("Fell", "rubber", "Warm, and dry", "red"))
    assert large.partition("\nQuestion")[0].endswith("color: red | size: 44 | SKU: B-44 | stock: 7")


def test_earlier_turns_stand_as_they_were_sent_and_the_new_one_is_short() -> None:
    first = question_text(plan("how much?", mug(), "price"), FREE)
    history = [Exchange("how much?", "¥9.00 [1].", (mug(),), first)]
    messages = build_messages(plan("how many?", mug(), "stock"), history, FREE, len)
    assert [message.content for message in messages[1:3]] == [first, "¥9.00 [1]."]
    assert len(messages[3].content) < len(first) / 2


def test_a_small_model_is_asked_in_the_form_that_it_learned_in_every_turn() -> None:
    first = question_text(plan("how many?", mug(), "stock"), COUNTER)
    assert question_text(plan("how many?", mug(), "stock"), COUNTER, [first]) == first
