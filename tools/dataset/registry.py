"""The registry of instruction files, `dataset_info.json` as LLaMA-Factory has it, and the rows of what it names.

    {"faq": {"file_name": "faq.json", "columns": {"prompt": "instruction", "query": "input", "response": "output"}},
     "chats": {"file_name": "chats.jsonl", "formatting": "sharegpt", "columns": {"messages": "conversations"}}}

`formatting` is "alpaca" (the usual one: columns prompt, query, response, history, system), "sharegpt" (columns
messages, system; tags role_tag, content_tag, user_tag, assistant_tag, system_tag) or "openai" (the same with the tags
of OpenAI's messages). `num_samples` takes that many by lot; `subset` and `folder` name a folder below `file_name`.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shopdesk.core.understanding import detect_language
from tools.dataset.json_lines import OnBad, checked_text, read_objects
from tools.dataset.rows import Message, Row, answer
from tools.errors import ToolError

_ALPACA = {"prompt": "instruction", "query": "input", "response": "output", "history": "history", "system": "system"}
_CHAT = {"messages": "conversations", "system": "system"}
_SHAREGPT_TAGS = {
    "role_tag": "from", "content_tag": "value", "user_tag": "human", "assistant_tag": "gpt", "system_tag": "system",
    "observation_tag": "observation", "function_tag": "function_call",
}  # fmt: skip
_OPENAI_TAGS = {
    "role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant",
    "system_tag": "system", "observation_tag": "tool", "function_tag": "function_call",
}  # fmt: skip
_KNOWN = {"file_name", "formatting", "columns", "tags", "subset", "folder", "split", "num_samples", "ranking"}
_ON_A_HUB = ("hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "cloud_file_name")
_OTHER_COLUMNS = ("tools", "images", "videos", "audios", "chosen", "rejected", "kto_tag")
_ENDINGS = (".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Entry:
    """One dataset of a registry. `files` hold it, in order; `columns` and `tags` are complete."""

    name: str
    files: tuple[Path, ...]
    formatting: str
    columns: Mapping[str, str]
    tags: Mapping[str, str] = field(default_factory=dict)
    num_samples: int | None = None

    def to_json(self) -> dict[str, Any]:
        """All that decides what the entry gives, but where its files lie."""
        return {
            "name": self.name, "files": [path.name for path in self.files], "formatting": self.formatting,
            "columns": dict(self.columns), "tags": dict(self.tags), "num_samples": self.num_samples,
        }  # fmt: skip


def read_registry(path: Path, use: Sequence[str] = ()) -> list[Entry]:
    """The entries of the registry at `path` (a file, or a folder that holds dataset_info.json): those named in `use`,
    otherwise all. Raises ToolError naming file, entry and field."""
    path = path / "dataset_info.json" if path.is_dir() else path
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ToolError(f"{path} cannot be read ({error.strerror}); give a registry, dataset_info.json") from error
    except ValueError as error:
        raise ToolError(f"{path} is no registry ({error}); it must be a JSON object of named datasets") from error
    if not isinstance(data, dict) or not all(isinstance(entry, dict) for entry in data.values()):
        raise ToolError(f"{path} is no registry; it must be a JSON object of named datasets")
    if missing := [name for name in use if name not in data]:
        raise ToolError(f"{path} has no dataset {missing[0]!r}; it has {', '.join(map(repr, data))}")
    return [_entry(path, name, data[name]) for name in (use or data)]


def _entry(registry: Path, name: str, data: Mapping[str, Any]) -> Entry:
    where = f"{registry}, {name!r}"
    formatting = data.get("formatting", "alpaca")
    if formatting not in ("alpaca", "sharegpt", "openai"):
        raise ToolError(f"{where}: 'formatting' is none of alpaca, sharegpt, openai: {formatting!r}")
    if "file_name" not in data:
        hub = next((key for key in _ON_A_HUB if key in data), None)
        raise ToolError(
            f"{where} lies on a hub ({hub}); download it, and name the file as 'file_name'" if hub
            else f"{where}: 'file_name' is missing"
        )  # fmt: skip
    if unknown := sorted(set(data) - _KNOWN - set(_ON_A_HUB)):
        raise ToolError(f"{where}: {unknown[0]!r} is no field of a dataset; known are {', '.join(sorted(_KNOWN))}")
    if data.get("ranking"):
        raise ToolError(f"{where} holds preferences ('ranking'), but answers are learned here; leave it out with --use")
    usual_tags = _OPENAI_TAGS if formatting == "openai" else _SHAREGPT_TAGS
    usual_columns = _ALPACA if formatting == "alpaca" else _CHAT
    if formatting == "openai":
        usual_columns = usual_columns | {"messages": "messages"}
    columns = _named(data.get("columns", {}), usual_columns, _OTHER_COLUMNS, f"{where}: 'columns'")
    tags = _named(data.get("tags", {}), usual_tags, (), f"{where}: 'tags'")
    wanted = data.get("num_samples")
    if wanted is not None and (not isinstance(wanted, int) or isinstance(wanted, bool) or wanted < 1):
        raise ToolError(f"{where}: 'num_samples' is no whole number from 1 up: {wanted!r}")
    return Entry(name, _files(registry, where, data), formatting, columns, tags, wanted)


def _named(given: object, usual: Mapping[str, str], others: Sequence[str], where: str) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise ToolError(f"{where} is no object of names")
    if unknown := sorted(set(given) - set(usual) - set(others)):
        raise ToolError(f"{where} has {unknown[0]!r}, which is none of {', '.join((*usual, *others))}")
    return {**usual, **given}


def _files(registry: Path, where: str, data: Mapping[str, Any]) -> tuple[Path, ...]:
    name = data["file_name"]
    if not isinstance(name, str) or not name:
        raise ToolError(f"{where}: 'file_name' is no text")
    place = registry.parent / name
    for part in ("folder", "subset"):
        if data.get(part) and place.is_dir():
            place = place / str(data[part])
    if place.is_dir():
        files = tuple(sorted(path for path in place.iterdir() if path.suffix.lower() in _ENDINGS))
        if not files:
            raise ToolError(f"{where}: {place} holds no {' or '.join(_ENDINGS)} file")
        return files
    if not place.is_file():
        raise ToolError(f"{where}: the file {place} is missing")
    if place.suffix.lower() not in _ENDINGS:
        raise ToolError(f"{where}: {place.name} is no {' or '.join(_ENDINGS)} file; convert it first")
    return (place,)


def rows_of(entry: Entry, seed: int, on_bad: OnBad | None = None) -> Iterator[Row]:
    """The rows of an entry, one after another, with `num_samples` as many by lot (some twice where there are fewer).

    Raises ToolError naming file, line and field of what cannot be used, unless `on_bad` takes it.
    """
    rows = _all_rows(entry, on_bad)
    if entry.num_samples is None:
        yield from rows
        return
    found = list(rows)
    rng = random.Random(f"{seed}/{entry.name}")
    rng.shuffle(found)
    for number in range(entry.num_samples if found else 0):
        row, again = found[number % len(found)], number // len(found)
        yield row if not again else _renamed(row, f"{row.id}-again-{again}")


def _renamed(row: Row, id: str) -> Row:
    return Row(id, row.class_name, row.kind, row.language, row.source, row.messages, row.emphasis)


def _all_rows(entry: Entry, on_bad: OnBad | None) -> Iterator[Row]:
    number = 0

    def build(item: Mapping[str, Any]) -> Row:
        messages = _of_alpaca(item, entry) if entry.formatting == "alpaca" else _of_chat(item, entry)
        words = " ".join(message.content for message in messages if message.role == "user")
        return Row(
            f"{entry.name}-{number:06d}", "general", "instruction", detect_language(words), entry.name, tuple(messages)
        )

    for path in entry.files:
        for row in read_objects(path, build, on_bad):
            number += 1
            yield row


def _of_alpaca(item: Mapping[str, Any], entry: Entry) -> list[Message]:
    """`instruction` and `input` are one question; `history` is a list of earlier [question, answer]."""
    column = entry.columns
    _refuse_others(item, entry)
    messages = _system(item.get(column["system"]), repr(column["system"]))
    earlier = item.get(column["history"]) or []
    if not isinstance(earlier, list):
        raise ValueError(f"{column['history']!r} is no list")
    for place, pair in enumerate(earlier):
        where = f"{column['history']!r}[{place}]"
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError(f"{where} is no pair of question and answer")
        messages.append(Message("user", checked_text(pair[0], f"{where}[0]")))
        messages.append(answer(checked_text(pair[1], f"{where}[1]")))
    if column["prompt"] not in item:
        raise ValueError(f"{column['prompt']!r} is missing")
    if column["response"] not in item:
        raise ValueError(f"{column['response']!r} is missing")
    parts = [checked_text(item[column["prompt"]], repr(column["prompt"]))]
    query = item.get(column["query"])
    if query is not None:
        parts.append(checked_text(query, repr(column["query"]), empty=True))
    messages.append(Message("user", "\n".join(part for part in parts if part)))
    messages.append(answer(checked_text(item[column["response"]], repr(column["response"]))))
    return messages


def _of_chat(item: Mapping[str, Any], entry: Entry) -> list[Message]:
    column = entry.columns["messages"]
    _refuse_others(item, entry)
    said = item.get(column)
    if not isinstance(said, list) or not said:
        raise ValueError(f"{column!r} is missing" if column not in item else f"{column!r} is no list of messages")
    messages = _system(item.get(entry.columns["system"]), repr(entry.columns["system"]))
    for place, part in enumerate(said):
        message = _message(part, f"{column!r}[{place}]", entry.tags)
        if message.role == "system" and place == 0:
            messages = [message]
            continue
        place_in_turn = len(messages) - (1 if messages and messages[0].role == "system" else 0)
        if message.role != ("user", "assistant")[place_in_turn % 2]:
            raise ValueError(
                f"{column!r}[{place}] is out of turn: after the other's word, user and assistant alternate"
            )
        messages.append(message)
    if not messages or messages[-1].role != "assistant":
        raise ValueError(f"{column!r} do not end with an answer")
    if not any(message.weight for message in messages):
        raise ValueError(f"{column!r} hold no answer to learn")
    return messages


def _message(part: object, where: str, tags: Mapping[str, str]) -> Message:
    if not isinstance(part, Mapping):
        raise ValueError(f"{where} is no object")
    role = part.get(tags["role_tag"])
    roles = {tags["user_tag"]: "user", tags["assistant_tag"]: "assistant", tags["system_tag"]: "system"}
    if role in (tags["observation_tag"], tags["function_tag"]):
        raise ValueError(f"{where} is the call of a tool ({role!r}), which cannot be learned here")
    if not isinstance(role, str) or role not in roles:
        raise ValueError(f"{where} {tags['role_tag']!r} is none of {', '.join(roles)}: {role!r}")
    content = checked_text(
        part.get(tags["content_tag"]), f"{where} {tags['content_tag']!r}", empty=roles[role] == "system"
    )
    if roles[role] != "assistant":
        return Message("system" if roles[role] == "system" else "user", content)
    weight = part.get("weight", 1)
    if not isinstance(weight, int | float) or isinstance(weight, bool) or not 0 <= weight < float("inf"):
        raise ValueError(f"{where} 'weight' is no number from 0 up")
    return answer(content, float(weight))


def _system(text: object, where: str) -> list[Message]:
    if text is None or text == "":
        return []
    return [Message("system", checked_text(text, where))]


def _refuse_others(item: Mapping[str, Any], entry: Entry) -> None:
    """Pictures, sounds and tools cannot be learned by a model of text; a row without any may pass."""
    for name in _OTHER_COLUMNS:
        column = entry.columns.get(name)
        if column and item.get(column):
            raise ValueError(f"{column!r} holds {name}, which cannot be learned here")
