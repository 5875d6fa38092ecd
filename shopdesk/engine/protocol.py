"""What the program and the model's worker process say to each other: JSON, one message a line.

The program writes to the worker's standard input, the worker to its standard output. Each line
is one object whose "type" names one of the classes below and whose other keys are its fields;
text is ASCII-escaped, so that a line never contains a raw line break and any string survives,
lone surrogates included.

    worker  → Hello                      once, when llama.cpp is loaded
    program → Load                       → Loaded or Failed
    program → Generate                   → Progress…, Delta…, Done; or Failed
    program → Cancel (id of a Generate)  the Generate then ends with Done(reason="cancelled")
    program → Count                      → Counted or Failed; answered also while generating
    program → Embed                      → Embedded or Failed
    program → Ping                       → Pong, at once whatever the worker does, unless it hangs
    program → Quit, or end of file       the worker exits

`id` ties replies to their request. Unknown keys are ignored, so that a field may be added
without a new version; anything else needs `VERSION` raised.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Literal

VERSION = 2


class ProtocolError(Exception):
    """A line that is no message of this protocol: our fault, or a foreign program at the other end."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The worker is up. `llama` names the binding, its version and its build; `gpu` and `amx` say
    whether it would use a graphics card and the processor's AMX units. `devices`: what else than the
    processor llama.cpp can compute with, each {"name", "description", "free", "total"} (bytes)."""

    version: int
    llama: str
    gpu: bool
    amx: bool
    pid: int
    devices: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Load:
    """Load a model. `context` is in tokens; `gpu_layers` -1 means all of them, 0 none.

    `extra_buffers`: let llama.cpp repack weights for special CPU units (fast, but it crashes on some).
    `probe`: evaluate a short batch before answering, so that a crash happens now and not in an answer.
    `rooms`: how much to take, each as the fields of `shopdesk.engine.fit.Room`, the first that there is memory
    for; without any, `context` and `gpu_layers` hold. `parking`: bytes for the states of conversations that are
    not being answered. `prefix`: messages that every prompt begins with; their state is kept in `prefix_folder`.
    `memory_limit`: bytes of its own that the worker may take, 0 for no limit.
    `embeds`: load it for vectors, not answers.
    """

    id: int
    path: str
    context: int
    threads: int
    gpu_layers: int
    extra_buffers: bool
    probe: bool
    rooms: list[dict[str, Any]] = field(default_factory=list)
    parking: int = 0
    prefix: list[dict[str, str]] = field(default_factory=list)
    prefix_folder: str = ""
    memory_limit: int = 0
    embeds: bool = False

    def numbered(self, id: int) -> Load:
        return replace(self, id=id)


@dataclass(frozen=True, slots=True)
class Loaded:
    """`gpu_failed`: why the graphics card was not used as asked for, or "". `room`: the one of `Load.rooms` that
    was taken, `stepped` how many before it there was no memory for. `prefix`: tokens restored from disk."""

    id: int
    device: str
    context: int
    ms: float
    gpu_failed: str = ""
    room: dict[str, Any] = field(default_factory=dict)
    stepped: int = 0
    prefix: int = 0


@dataclass(frozen=True, slots=True)
class Generate:
    """`messages` are {"role", "content"} objects. `max_tokens` 0 only reads the prompt in.

    `copy`: texts that, once begun, are said to their end. `words`: the model's own wording, if it is
    known; a text that begins with anything else is sure from its first token on. With `guarded`, the only figures
    that may be written are `figures`, the only facts that may be cited `citations`. `background`: ahead of
    a question, in small steps, so that the question itself need not wait. `schema`: the JSON schema of the only text
    that may be written, none where it is empty.
    """

    id: int
    messages: list[dict[str, str]]
    max_tokens: int
    temperature: float = 0.0
    seed: int = 0
    copy: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    guarded: bool = False
    figures: list[str] = field(default_factory=list)
    citations: list[int] = field(default_factory=list)
    background: bool = False
    schema: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of the `total` tokens of a prompt are read."""

    id: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Delta:
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """`reused` counts prompt tokens that were still in memory."""

    id: int
    reason: Literal["stop", "length", "cancelled"]
    prompt: int
    reused: int
    completion: int


@dataclass(frozen=True, slots=True)
class Cancel:
    """`at_once`: also in the midst of a step of reading, whose work is then lost."""

    id: int
    at_once: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    id: int
    text: str


@dataclass(frozen=True, slots=True)
class Counted:
    id: int
    count: int


@dataclass(frozen=True, slots=True)
class Embed:
    """Make a vector of each text; the model was loaded with `Load.embeds`."""

    id: int
    texts: list[str]

    def numbered(self, id: int) -> Embed:
        return replace(self, id=id)


@dataclass(frozen=True, slots=True)
class Embedded:
    """Vectors of length 1, each as base64 of float32."""

    id: int
    vectors: list[str]


@dataclass(frozen=True, slots=True)
class Failed:
    """The request `id` failed in a way the user can be told: a code of `shopdesk.core.messages`."""

    id: int
    code: str
    detail: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ping:
    pass


@dataclass(frozen=True, slots=True)
class Pong:
    pass


@dataclass(frozen=True, slots=True)
class Quit:
    pass


Message = (
    Hello | Load | Loaded | Generate | Progress | Delta | Done | Cancel | Count | Counted | Embed | Embedded | Failed
    | Ping | Pong | Quit
)  # fmt: skip
Reply = Loaded | Progress | Delta | Done | Counted | Embedded | Failed

_TYPES: Mapping[str, type[Message]] = {
    cls.__name__.lower(): cls
    for cls in (
        Hello,
        Load,
        Loaded,
        Generate,
        Progress,
        Delta,
        Done,
        Cancel,
        Count,
        Counted,
        Embed,
        Embedded,
        Failed,
        Ping,
        Pong,
        Quit,
    )
}


def encode(message: Message) -> bytes:
    """One line, line break included."""
    body = {"type": type(message).__name__.lower(), **asdict(message)}
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """The inverse of :func:`encode`. Raises ProtocolError on anything else."""
    try:
        body = json.loads(line)
        cls = _TYPES[body.pop("type")]
        known = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in body.items() if name in known})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise ProtocolError(f"not a message: {line[:200]!r} ({fault!r})") from fault
