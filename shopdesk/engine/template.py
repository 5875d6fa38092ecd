"""From chat messages to the prompt a model was trained on, by the template that its GGUF carries.

The template is rendered with a stand-in for each message's text, and cut at the stand-ins. So a
template never sees what people typed, and the pieces stay apart: special tokens such as
`<|im_end|>` count only where the template wrote them (see `shopdesk.engine.llama`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

import jinja2
import jinja2.ext
import jinja2.sandbox

from shopdesk.core.errors import EngineError

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_STAND_IN = "\ue0f0{}\ue0f1"
_STAND_INS = re.compile("\ue0f0([0-9]+)\ue0f1")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the prompt: `trusted` is the template's own text, the rest came from messages."""

    text: str
    trusted: bool


class ChatTemplate:
    """`source` is the Jinja text of the GGUF's `tokenizer.chat_template`, or None for plain ChatML."""

    def __init__(self, source: str | None, *, bos: str = "", eos: str = "") -> None:
        self._bos, self._eos = bos, eos
        # Sandboxed: the template comes from a file that a stranger may have made.
        environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=[jinja2.ext.loopcontrols]
        )
        environment.filters["tojson"] = _to_json
        environment.globals["raise_exception"] = _refuse
        environment.globals["strftime_now"] = lambda form: datetime.now().strftime(form)
        try:
            self._template = environment.from_string(source or CHATML)
        except jinja2.TemplateError as fault:
            raise EngineError("model_template", detail=str(fault)) from fault

    def parts(self, messages: Sequence[Mapping[str, str]]) -> list[Part]:
        """The prompt for the next assistant turn, in order. Raises EngineError("model_template")."""
        try:
            return self._render(messages)
        except jinja2.TemplateError as fault:
            # Several model families know no system role; their instructions open the first turn.
            if messages and messages[0]["role"] == "system":
                return self._render_without_system(messages, fault)
            raise EngineError("model_template", detail=str(fault)) from fault

    def _render_without_system(self, messages: Sequence[Mapping[str, str]], first: jinja2.TemplateError) -> list[Part]:
        system, *rest = messages
        turns = [dict(message) for message in rest]
        user = next((turn for turn in turns if turn["role"] == "user"), None)
        if user is None:
            raise EngineError("model_template", detail=str(first)) from first
        user["content"] = f"{system['content']}\n\n{user['content']}"
        try:
            return self._render(turns)
        except jinja2.TemplateError as fault:
            raise EngineError("model_template", detail=str(fault)) from fault

    def _render(self, messages: Sequence[Mapping[str, str]]) -> list[Part]:
        turns = [{"role": m["role"], "content": _STAND_IN.format(number)} for number, m in enumerate(messages)]
        text = self._template.render(
            messages=turns, add_generation_prompt=True, enable_thinking=False, bos_token=self._bos, eos_token=self._eos
        )
        parts = []
        for index, piece in enumerate(_STAND_INS.split(text)):
            from_message = index % 2 == 1
            piece = messages[int(piece)]["content"] if from_message else piece
            if piece:
                parts.append(Part(piece, trusted=not from_message))
        return parts


def _refuse(message: str) -> NoReturn:
    raise jinja2.TemplateError(message)


def _to_json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
