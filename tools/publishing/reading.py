"""Does a GGUF file read prompts as the model's own tokenizer and template do? And if not, which of the two is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transformers import PreTrainedTokenizerBase

from shopdesk.core.errors import EngineError
from tools.publishing.contents import Contents
from tools.publishing.converting import pre_tokenizer_of
from tools.publishing.reference import Reference, chat_of
from tools.publishing.running import RunningModel

Sort = Literal["template", "vocabulary", "pre-tokenizer", "tokenizer", "end mark"]

PROBES = (
    "库存12件，¥1,299.00起；货号AB-2024/7x（约3.5㎡）…编号00123456789",
    "It's 20% off, isn't it? WE'LL see: they'd pay $1,299.50 — not 12345678.",
    "一行\n\n  两行\r\n\t三行   \n    四 行  ",
    "Größe 42½, naïve café №7 · ＡＢＣ１２３ ①②③ 鱻𠮷 한국어 かな русский",
    "a  b   c    d\n\n\ne!!!???...---===///\\\\\\ {x: [1, 2]} <b>不是标签</b> 😀👍🏽",
)
"""What tokenizers are known to disagree about: digits, contractions, spaces, line breaks, widths, scripts."""


@dataclass(frozen=True, slots=True)
class Misreading:
    sort: Sort
    text: str


def misreadings(reference: Reference, running: RunningModel, contents: Contents) -> tuple[int, list[Misreading]]:
    """How many of the reference's prompts become the same tokens, and what is wrong with those that do not."""
    tokenizer = reference.tokenizer
    same, found = 0, _names(reference, contents, tokenizer)
    for spoken in reference.spoken:
        try:
            text, tokens = running.prompt(chat_of(spoken.row))
        except EngineError as fault:
            found.append(Misreading("template", f"the file's chat template cannot be used: {fault.text('en')}"))
            break
        if text != spoken.text:
            found.append(Misreading("template", _first_difference(spoken.row.id, spoken.text, text)))
        elif tuple(tokens) != spoken.prompt:
            found.append(Misreading("tokenizer", _first_token(spoken.row.id, spoken.prompt, tokens, tokenizer)))
        else:
            same += 1
    for probe in PROBES:
        wanted, got = tokenizer(probe, add_special_tokens=False)["input_ids"], running.plain_tokens(probe)
        if wanted != got:
            found.append(Misreading("tokenizer", _first_token("a test text", wanted, got, tokenizer)))
    if strangers := sorted(end for end in reference.ends if not running.ends(end)):
        text = ", ".join(repr(tokenizer.convert_ids_to_tokens(end)) for end in strangers)
        found.append(Misreading("end mark", f"{text} ends an answer of the model, but not one of the file"))
    named = contents.metadata.get("tokenizer.ggml.eos_token_id")
    if named is not None and named not in reference.ends:
        text = f"the file names {tokenizer.convert_ids_to_tokens(named)!r} as its end mark, which the model does not"
        found.append(Misreading("end mark", text))
    return same, _causes(found)


def _names(reference: Reference, contents: Contents, tokenizer: PreTrainedTokenizerBase) -> list[Misreading]:
    """What can be told from the file's metadata alone."""
    found = []
    tokens = contents.metadata.get("tokenizer.ggml.tokens") or []
    for token, number in sorted(tokenizer.get_vocab().items(), key=lambda item: item[1]):
        held = tokens[number] if number < len(tokens) else None
        if held != token:
            found.append(Misreading("vocabulary", f"token {number} is {held!r} in the file and {token!r} in the model"))
            break
    expected, named = pre_tokenizer_of(reference.folder.path), contents.metadata.get("tokenizer.ggml.pre")
    if expected is not None and named != expected:
        found.append(
            Misreading("pre-tokenizer", f"the file names the pre-tokenizer {named!r}, the model's is {expected!r}")
        )
    return found


def _causes(found: list[Misreading]) -> list[Misreading]:
    """The first of each sort; other tokens need no telling where vocabulary or pre-tokenizer explain them."""
    first: dict[Sort, Misreading] = {}
    for item in found:
        first.setdefault(item.sort, item)
    if "vocabulary" in first or "pre-tokenizer" in first:
        first.pop("tokenizer", None)
    return list(first.values())


def _first_difference(row: str, wanted: str, got: str) -> str:
    place = next((i for i, (a, b) in enumerate(zip(wanted, got, strict=False)) if a != b), min(len(wanted), len(got)))
    start = max(0, place - 20)
    return (
        f"the file's chat template writes row {row} otherwise at character {place}: "
        f"{got[start : place + 40]!r} instead of {wanted[start : place + 40]!r}"
    )


def _first_token(row: str, wanted: object, got: object, tokenizer: PreTrainedTokenizerBase) -> str:
    one, other = list(wanted), list(got)  # type: ignore[call-overload]
    place = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    pieces = [tokenizer.convert_ids_to_tokens(tokens[place : place + 4]) for tokens in (other, one)]
    return f"the file cuts {row} otherwise from token {place} on: {pieces[0]} instead of {pieces[1]}"
