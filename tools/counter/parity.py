"""Does the GGUF file answer as the trained network does? Same token numbers, same greedy words.

The file is run by the app's own engine code, so what is compared is what a clerk will get.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from shopdesk.core.prompting import chatml
from shopdesk.core.types import ChatMessage
from tools.counter.answering import answering, open_model
from tools.counter.network import Network
from tools.counter.tokenizer import END

TIE = {"f16": 0.02, "q8_0": 0.25}
"""Logits this close are a tie, which rounding may decide either way; by type of file."""


@dataclass(frozen=True, slots=True)
class Parity:
    """Of `prompts`: how many are cut into the same tokens and answered alike, and the share of agreeing tokens.

    A token agrees when the network would have said it too, or found it as good as its own but for a tie.
    """

    prompts: int
    same_tokens: int
    same_answers: int
    token_agreement: float

    @property
    def passed(self) -> bool:
        return self.same_tokens == self.prompts and self.token_agreement >= 0.98


@torch.no_grad()
def _agreeing(network: Network, tokens: Sequence[int], answer: Sequence[int], tie: float) -> list[bool]:
    """For each token of the file's answer whether the network would have said it too."""
    logits = network(torch.tensor([[*tokens, *answer]]))[0, len(tokens) - 1 : -1]
    said = logits.gather(1, torch.tensor(answer)[:, None])[:, 0]
    return [bool(close) for close in logits.max(-1).values - said <= tie]


def compare(
    network: Network,
    tokenizer: Tokenizer,
    path: Path,
    chats: Sequence[Sequence[ChatMessage]],
    kind: str = "f16",
    most: int = 160,
) -> Parity:
    """The parity of the file at `path` with `network` over `chats`, each ending with a question."""
    model, end = open_model(path), tokenizer.token_to_id(END)
    answer = answering(model, most)
    same_tokens, same_answers, agreeing = 0, 0, []
    for chat in chats:
        tokens = tokenizer.encode(chatml(chat)).ids
        same_tokens += tokens == model.tokenize([asdict(message) for message in chat])
        answer(chat, ())
        # text alone would not tell in which of several ways a word was put together
        words = model._cached[len(tokens) :]
        # an answer that ran into the limit has no end mark of its own
        agreed = _agreeing(network, tokens, words if len(words) >= most else [*words, end], TIE[kind])
        same_answers += all(agreed)
        agreeing += agreed
    return Parity(len(chats), same_tokens, same_answers, sum(agreeing) / max(1, len(agreeing)))
