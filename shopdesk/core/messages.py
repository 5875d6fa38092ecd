"""Every message to the user that is not part of an answer, in both languages, by code."""

from __future__ import annotations

from collections.abc import Mapping

_MESSAGES: Mapping[str, tuple[str, str]] = {
    # code: (English, Chinese)
    "conversation_missing": ("There is no conversation {id}.", "没有编号为 {id} 的会话。"),
    "question_empty": ("Please type a question.", "请输入问题。"),
    "question_too_long": ("The question is longer than {limit} characters.", "问题超过 {limit} 个字符。"),
    "engine_missing": ("No model is installed; the shop's rows still answer.", "没有可用的模型，仍按店里的资料回答。"),
}


def text_of(code: str, language: str, **params: object) -> str:
    """The message `code` in `language` ("zh" or "en"), its placeholders filled.

    An unknown code is our fault and raises KeyError, so that a test finds it.
    """
    english, chinese = _MESSAGES[code]
    return (chinese if language == "zh" else english).format(**params)


def codes() -> frozenset[str]:
    return frozenset(_MESSAGES)
