"""Fetching models from a stand-in hub on this machine: whole, cut off and gone on, wrong, absent."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from shopdesk.core.errors import EngineError
from shopdesk.core.messages import codes
from shopdesk.engine.models import ModelShelf
from shopdesk.engine.pulling import PRESETS, QUANTISATIONS, Wanted

pytest.importorskip("huggingface_hub")
PLACE = "shop/models-GGUF/tiny.gguf"


class Hub:
    """Serves one file as a hub does. `cut_after`: bytes after which each connection breaks; `serves`: how often it
    answers at all; `etag`: the checksum that it promises."""

    def __init__(self, content: bytes) -> None:
        self.content, self.etag = content, hashlib.sha256(content).hexdigest()
        self.cut_after: int | None = None
        self.serves: int | None = None
        self.ranges: list[str | None] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                self._answer(body=False)

            def do_GET(self) -> None:
                self._answer(body=True)

            def _answer(self, *, body: bool) -> None:
                if body and len(hub.ranges) == hub.serves:
                    self.send_error(500)
                    return
                if self.path != "/shop/models-GGUF/resolve/main/tiny.gguf":
                    self.send_response(404)
                    self.send_header("X-Error-Code", "EntryNotFound")
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                    return
                wanted = self.headers.get("Range") if body else None
                start = int(match.group(1)) if wanted and (match := re.match(r"bytes=(\d+)-", wanted)) else 0
                data = hub.content[start:]
                self.send_response(206 if start else 200)
                self.send_header("Content-Length", str(len(data)))
                if start:
                    self.send_header("Content-Range", f"bytes {start}-{len(hub.content) - 1}/{len(hub.content)}")
                self.send_header("X-Repo-Commit", "c" * 40)
                self.send_header("ETag", f'"{hub.etag}"')
                self.send_header("X-Linked-ETag", f'"{hub.etag}"')
                self.send_header("X-Linked-Size", str(len(hub.content)))
                self.send_header("Accept-Ranges", "bytes")
                self.end_headers()
                if not body:
                    return
                hub.ranges.append(wanted)
                if hub.cut_after is not None:
                    self.wfile.write(data[: hub.cut_after])
                    self.wfile.flush()
                    self.connection.close()
                    self.close_connection = True
                else:
                    self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


@pytest.fixture
def hub(tiny: Path) -> Iterator[Hub]:
    made = Hub(tiny.read_bytes())
    yield made
    made.close()


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelShelf:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy", "HF_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    return ModelShelf(tmp_path / "bundled", tmp_path / "模型")


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(EngineError) as fault:
        act()
    assert fault.value.code in codes()
    assert fault.value.text("zh") != fault.value.text("en")
    return fault.value.code


def nothing(_there: int, _size: int) -> None:
    pass


def test_a_model_is_fetched_checked_and_put_on_the_shelf(hub: Hub, shelf: ModelShelf, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    entry = shelf.pull(PLACE, lambda there, size: told.append((there, size)), endpoint=hub.url)
    size = len(hub.content)
    assert told[-1] == (size, size)
    assert entry.path == tmp_path / "模型" / "tiny.gguf"
    assert entry.path.read_bytes() == hub.content
    assert shelf.verify("tiny").expected == hub.etag
    manifest = json.loads(entry.path.with_suffix(".json").read_text())
    assert (manifest["context"], manifest["description"]) == (4096, f"{PLACE} at {'c' * 12}")
    assert not (tmp_path / "模型" / ".pulling" / "shop--models-GGUF").exists()
    assert refusal(lambda: shelf.pull(PLACE, nothing, endpoint=hub.url)) == "model_name_taken"


def test_the_mirror_may_stand_in_the_environment(hub: Hub, shelf: ModelShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.url + "/")
    assert shelf.pull(PLACE, nothing).path.is_file()


def test_a_download_that_was_cut_off_goes_on(hub: Hub, shelf: ModelShelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _seconds: None)  # the library waits between its own trials
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 8000)  # what arrives in part is not written
    hub.cut_after, hub.serves = 40_000, 3
    assert refusal(lambda: shelf.pull(PLACE, nothing, endpoint=hub.url)) == "model_pull_failed"
    assert shelf.list() == []
    hub.cut_after = hub.serves = None
    told: list[int] = []
    entry = shelf.pull(PLACE, lambda there, _size: told.append(there), endpoint=hub.url)
    assert entry.path.read_bytes() == hub.content
    assert hub.ranges == [None, "bytes=40000-", "bytes=80000-", "bytes=120000-"]
    assert told[0] > 120_000, "what was there counts"


def test_a_file_that_is_not_the_promised_one_is_refused(hub: Hub, shelf: ModelShelf) -> None:
    hub.etag = "0" * 64
    assert refusal(lambda: shelf.pull(PLACE, nothing, endpoint=hub.url)) == "model_checksum"
    assert shelf.list() == []
    hub.etag = hashlib.sha256(hub.content).hexdigest()
    assert shelf.pull(PLACE, nothing, endpoint=hub.url).path.is_file(), "the next trial begins anew"


def test_what_is_no_model_is_refused(hub: Hub, shelf: ModelShelf) -> None:
    hub.content = b"<!DOCTYPE html>" * 50
    hub.etag = hashlib.sha256(hub.content).hexdigest()
    assert refusal(lambda: shelf.pull(PLACE, nothing, endpoint=hub.url)) == "model_foreign"


def test_a_file_that_is_not_there_and_a_hub_that_is_not(hub: Hub, shelf: ModelShelf) -> None:
    gone = "shop/models-GGUF/other.gguf"
    assert refusal(lambda: shelf.pull(gone, nothing, endpoint=hub.url)) == "model_pull_failed"
    assert refusal(lambda: shelf.pull(PLACE, nothing, endpoint="http://127.0.0.1:9")) == "model_pull_failed"


def test_too_little_room_is_said_before_anything_is_fetched(
    hub: Hub, shelf: ModelShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 1000})())
    assert refusal(lambda: shelf.pull(PLACE, nothing, endpoint=hub.url)) == "model_no_space"
    assert hub.ranges == []


@pytest.mark.parametrize("name", ["", "nonsense", "a/b", "a/b/../c.gguf", "a/b/c.bin", "qwen3-4b-instruct-2507:q1"])
def test_a_name_that_is_none(shelf: ModelShelf, name: str) -> None:
    assert refusal(lambda: shelf.pull(name, nothing)) == "model_pull_name"


def test_presets_name_their_files_and_their_needs() -> None:
    assert Wanted.of("Qwen3-4B-Instruct-2507").file == "Qwen3-4B-Instruct-2507-Q4_K_M.gguf"
    assert Wanted.of("qwen2.5-7b-instruct:q8_0").file == "Qwen2.5-7B-Instruct-Q8_0.gguf"
    for preset in PRESETS.values():
        assert set(preset.bytes) == set(QUANTISATIONS)
        needs = [preset.memory(kind) for kind in QUANTISATIONS]
        assert needs == sorted(needs)
        assert all(preset.bytes[kind] < preset.memory(kind) < preset.bytes[kind] + (2 << 30) for kind in QUANTISATIONS)
