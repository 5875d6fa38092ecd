"""The prompt: one constant system message, then each question together with the facts it is answered from.

Training data are built by these same functions, so what a model learned is what it is asked.
`PROMPT_VERSION` rises with every change of the text they make; since 2 only what models without a plan are given
has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from shopdesk.core import small_talk
from shopdesk.core.plan import Plan
from shopdesk.core.types import ChatMessage, Exchange, Fact, Language, ModelManifest
from shopdesk.core.wording import (
    OWN_TO_A_SIZE,
    all_fields,
    describing_fields,
    field_name,
    label_of,
    not_recorded,
    shorten,
    title_of,
    value_text,
)

PROMPT_VERSION = 3

SYSTEM = (
    "ShopDesk. 只根据资料，按要点，用提问的语言回答，句末标注编号。"
    "Answer only from the facts, by the point, in the language of the question; cite numbers."
)  # fmt: skip
_TEMPLATE_TOKENS = 8  # what a chat template adds to a message, at most


def fact_line(
    fact: Fact, language: Language, asked: Sequence[str] = (), *, whole: bool = False, brief: bool = False
) -> str:
    """One fact on one line: `[1] label | 价格: ¥499.00 | 库存: 3 双`.

    A record's text is data: line breaks are folded away, so no text from a file can begin a line
    of the prompt. `whole` adds descriptions, attributes and policy texts, for models that can bear
    them; `brief` has only what is asked for, or the first thing that there is to say.
    """
    record = fact.record
    if record.kind == "computed":
        return f"[{fact.id}] {record.title}: {record.fields['text']}"
    name, fields = label_of(record, language), describing_fields(record, asked)
    if brief:
        fields = list(asked) or fields[:1]
    if whole:
        name, fields = title_of(record, language), all_fields(record, asked)
    parts = [f"[{fact.id}] {name}"]
    for field in fields:
        value = value_text(record, field, language)
        if value is not None:
            limit = 1200 if field == "body" and whole else 120
            parts.append(f"{field_name(field, language)}: {shorten(' '.join(value.split()), limit)}")
        elif field in asked:
            parts.append(f"{field_name(field, language)}: {not_recorded(language)}")
    return " | ".join(parts)


def mention(fact: Fact, language: Language, asked: Sequence[str]) -> str:
    """A record that a result was computed from, on one line: its name, and what it says of what is asked."""
    said = ((field, value_text(fact.record, field, language)) for field in asked)
    values = [f"{field_name(field, language)}: {value}" for field, value in said if value is not None]
    return " | ".join([f"[{fact.id}] {label_of(fact.record, language)}", *values])


def plan_line(plan: Plan) -> str:
    """What to say, on one line: `要点: [1] label | 价格: ¥499.00`."""
    head = "要点" if plan.language == "zh" else "Point"
    if plan.intent == "small_talk":
        return f"{head}: {small_talk.name_of(plan.talk, plan.language)}"
    if plan.target is None:
        return f"{head}: {'无' if plan.language == 'zh' else 'none'}"
    mark = f"[{plan.target.id}]"
    if plan.intent == "computed":
        return f"{head}: {mark} {plan.points[0].name}: {plan.points[0].value}"
    if plan.intent == "policy":
        return f"{head}: {mark} {plan.label} | {'引文' if plan.language == 'zh' else 'quote'}"
    said = " | ".join(f"{point.name}: {point.value}" for point in plan.points)
    return f"{head}: {mark} {plan.label} | {said}"


def narrowed(plan: Plan, limit: int) -> list[Fact]:
    """At most `limit` facts, the target always among them, in the order of their numbers."""
    kept = [fact for fact in plan.facts if fact != plan.target]
    kept = kept[: max(0, limit - 1)] if plan.target is not None else kept[:limit]
    if plan.target is not None:
        kept.append(plan.target)
    return sorted(kept, key=lambda fact: fact.id)


def question_text(plan: Plan, manifest: ModelManifest, earlier: Iterable[str] = ()) -> str:
    """The user message: facts, the plan where the model needs one, and the question.

    Models that can bear it are given records whole: once in a conversation, after that only what is asked of them, and
    not beside a result that was computed from them, for reading takes time.
    """
    zh = plan.language == "zh"
    # rows that only come near would tempt a model to answer from them
    known = [] if plan.target is None else narrowed(plan, manifest.facts_per_prompt)
    if manifest.prose != "free":
        lines = [fact_line(fact, plan.language, plan.asked) for fact in known]
    elif plan.target is not None and plan.target.record.kind == "computed":
        lines = [mention(fact, plan.language, plan.asked) for fact in known if fact != plan.target]
        lines.append(fact_line(plan.target, plan.language))
    else:
        lines = _whole_once(known, plan, earlier)
    facts = "\n".join(["资料:" if zh else "Facts:", *lines]) if lines else ("资料: 无" if zh else "Facts: none")
    guided = f"\n{plan_line(plan)}" if manifest.needs_plan else ""
    return f"{facts}{guided}\n{bare_question(plan.question, plan.language)}"


def _whole_once(facts: Sequence[Fact], plan: Plan, earlier: Iterable[str]) -> list[str]:
    """Each record whole, or in brief where it stands whole in an earlier message."""
    lines = [fact_line(fact, plan.language, plan.asked, whole=True) for fact in facts]
    lines = _shared_once(lines, [field_name(field, plan.language) for field in (*OWN_TO_A_SIZE, *plan.asked)])
    told = _told(earlier)
    return [
        fact_line(fact, plan.language, plan.asked, brief=True)
        if any(said.issuperset(_record_in(line)) for said in told)
        else line
        for fact, line in zip(facts, lines, strict=True)
    ]


def _shared_once(lines: Sequence[str], own: Sequence[str]) -> list[str]:
    """Of a product's sizes and colours, those after the first say what it said too only in fields of `own`."""
    first: dict[str, list[str]] = {}
    short = []
    for line in lines:
        mark = line.partition(" ")[0]
        title, *parts = _record_in(line)
        said = first.get(title, [])
        first.setdefault(title, parts)
        kept = [part for part in parts if part not in said or part.partition(": ")[0] in own]
        short.append(" | ".join([f"{mark} {title}", *kept]))
    return short


def _told(messages: Iterable[str]) -> list[set[str]]:
    """The records of earlier messages, each as its name and what is said of it."""
    lines = (line for message in messages for line in message.splitlines())
    return [set(_record_in(line)) for line in lines if line.startswith("[")]


def _record_in(line: str) -> list[str]:
    return line.partition("] ")[2].split(" | ")


def bare_question(question: str, language: Language) -> str:
    """A question without facts, as an earlier turn whose facts are not kept appears."""
    return f"{'问题' if language == 'zh' else 'Question'}: {' '.join(question.split())}"


def build_messages(
    plan: Plan,
    history: Sequence[Exchange],
    manifest: ModelManifest,
    count_tokens: Callable[[str], int],
) -> list[ChatMessage]:
    """System message, as many of the latest earlier turns as the context holds, then the question.

    Earlier turns stand exactly as they were sent (`Exchange.prompt`), so that a model's cache of
    them stays valid. Room for the answer (`manifest.max_answer_tokens`) is kept free.
    """
    asked = ChatMessage("user", question_text(plan, manifest))
    room = manifest.context - manifest.max_answer_tokens
    room -= sum(count_tokens(text) + _TEMPLATE_TOKENS for text in (SYSTEM, asked.content))
    turns: list[ChatMessage] = []
    for exchange in reversed(history[-manifest.history_turns :] if manifest.history_turns else []):
        pair = [
            ChatMessage("user", exchange.prompt or bare_question(exchange.question, plan.language)),
            ChatMessage("assistant", exchange.answer),
        ]
        room -= sum(count_tokens(message.content) + _TEMPLATE_TOKENS for message in pair)
        if room < 0:
            break
        turns = pair + turns
    if turns:
        asked = ChatMessage("user", question_text(plan, manifest, (turn.content for turn in turns[::2])))
    return [ChatMessage("system", SYSTEM), *turns, asked]


def chatml(messages: Sequence[ChatMessage]) -> str:
    """The text of a chat in ChatML, Qwen's template without thinking, open for the answer."""
    said = "".join(f"<|im_start|>{message.role}\n{message.content}<|im_end|>\n" for message in messages)
    return f"{said}<|im_start|>assistant\n"
