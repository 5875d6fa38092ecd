"""Try a running `shopdesk serve` as a shop would use it, and count what went wrong; exit code 0 where nothing did.

    .venv/bin/python tools/try_service.py load --clients 50 --seconds 120
    .venv/bin/python tools/try_service.py load --clients 8 --server model.gguf
    .venv/bin/python tools/try_service.py swaps --swaps 100 --clients 8
    .venv/bin/python tools/try_service.py schema --examples 50

`load`: clients that each ask for prices and stocks of products of their own, one question after the other; an answer
is lost when it is not there, and mixed when it does not hold the value of the product that was asked for. `swaps`: a
counter follows a shop whose rows all change together, while clients ask the counter; a read is torn when it holds
values of two versions, wrong when its version was never published. `schema`: schemathesis sends what the OpenAPI
document allows and what it does not. `load --server` puts `python -m llama_cpp.server` with a model file behind the
service. Everything runs on this machine, in temporary homes.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from shopdesk.app import open_app
from shopdesk.core.types import Record
from shopdesk.engine.hardware import this_machine
from shopdesk.store import Store
from shopdesk.store.packs.pulling import Puller

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE_S = 120


@dataclass
class Tally:
    """What clients met. `seconds` are those until each answer was there, `firsts` those until its first word."""

    answered: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    routes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    firsts: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def report(self, took: float) -> dict[str, Any]:
        waits = {"": self.seconds, "first_word_": self.firsts}
        return {
            "answered": self.answered, "lost": len(self.lost), "mixed": len(self.wrong),
            "per_second": round(self.answered / took, 2),
            **{f"{name}p{share}_s": _quantile(found, share) for name, found in waits.items() for share in (50, 95)},
            "routes": dict(self.routes), "examples": (self.lost + self.wrong)[:5],
        }  # fmt: skip


def _quantile(seconds: Sequence[float], percent: int) -> float | None:
    ordered = sorted(seconds)
    return round(ordered[percent * (len(ordered) - 1) // 100], 3) if ordered else None


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        report = options.run(options, Path(folder))
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0 if report["passed"] else 1


# --- load


def load(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    home = folder / "home"
    rows = _priced_rows(home)
    tally = Tally()
    with contextlib.ExitStack() as stack:
        engine = stack.enter_context(model_server(options.server)) if options.server else options.engine
        url = stack.enter_context(serving(home, "--engine", engine))
        ended = time.monotonic() + options.seconds
        clients = [
            threading.Thread(target=_ask_until, args=(url, rows, ended, tally, random.Random(number)))
            for number in range(options.clients)
        ]
        _run_all(clients)
    report = tally.report(options.seconds)
    return {**report, "passed": bool(tally.answered) and not tally.lost and not tally.wrong}


def _ask_until(url: str, rows: Sequence[Record], ended: float, tally: Tally, chance: random.Random) -> None:
    connection = _connected(url)
    while time.monotonic() < ended:
        row = chance.choice(rows)
        asked, expected = chance.choice(_QUESTIONS)
        value = str(row.fields[expected])
        began = time.perf_counter()
        try:
            status, body, first = _streamed(connection, {"query": asked.format(row.key), "stream": True}, began)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            with tally.lock:
                tally.lost.append(repr(fault))
            connection = _connected(url)
            continue
        took = time.perf_counter() - began
        with tally.lock:
            if status != 200:
                tally.lost.append(f"{status} {body}")
                continue
            tally.answered += 1
            tally.seconds.append(took)
            tally.firsts.append(first)
            tally.routes[body["route"]] += 1
            keys = {source["key"] for source in body["sources"]}
            if value not in body["response"] or keys != {row.key}:
                tally.wrong.append(f"{asked.format(row.key)} → {body['response']} (not {value})")
    connection.close()


_QUESTIONS = (
    ("{} 多少钱?", "price"), ("{} 还有货吗?", "stock"), ("how much is {}?", "price"), ("{} 在哪个货位?", "location"),
)  # fmt: skip


def _priced_rows(home: Path) -> list[Record]:
    with open_app(home) as app:
        rows = app.store.catalogue.records("product")
    return [row for row in rows if all(row.fields.get(name) for name in ("price", "stock", "location"))]


# --- swaps


def swaps(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The version is in every price: all rows cost ¥1000.00 plus the version's number of fen."""
    shop, counter = folder / "shop", folder / "counter"
    with open_app(shop) as app, open_app(counter, empty=True) as till:
        keys = [row.key for row in app.store.catalogue.records("product")]
        _reprice(app.store, 0)
        published = {0}
        with serving(shop, "--publish") as source:
            # the counter's rows are swapped by this process while another one answers from them
            puller = Puller(till.store.packs, counter, source)
            puller.pull()
            tally = Tally()
            ended = threading.Event()
            with serving(counter) as url:
                clients = [
                    threading.Thread(target=_read_until, args=(url, keys, ended, published, tally, random.Random(n)))
                    for n in range(options.clients)
                ]
                for client in clients:
                    client.start()
                began, done = time.monotonic(), 0
                try:
                    for version in range(1, options.swaps + 1):
                        published.add(version)
                        _reprice(app.store, version)
                        done += puller.pull() is not None
                finally:
                    ended.set()
                    for client in clients:
                        client.join()
    report = tally.report(time.monotonic() - began)
    report |= {"swaps": done, "torn_or_wrong": report.pop("mixed")}
    return {**report, "passed": done == options.swaps and not tally.wrong and not tally.lost and tally.answered > 0}


def _reprice(store: Store, version: int) -> None:
    with store._database.write() as db:
        db.execute("UPDATE products SET price_minor = ?, list_price_minor = NULL", (100_000 + version,))
        db.execute("UPDATE revision SET value = value + 1")


def _read_until(
    url: str, keys: Sequence[str], ended: threading.Event, published: set[int], tally: Tally, chance: random.Random
) -> None:
    connection = _connected(url)
    while not ended.is_set():
        one, other = chance.sample(list(keys), 2)
        began = time.perf_counter()
        try:
            if chance.random() < 0.5:
                status, body = _post(connection, "/chat", {"query": f"{one} 和 {other} 一共多少钱?"})
                rows = body.get("sources", [])
            else:
                status, body = _get(connection, f"/search?kind=products&limit=100&q={quote(one.split('-')[0])}")
                rows = body.get("results", [])
        except (OSError, http.client.HTTPException, ValueError) as fault:
            with tally.lock:
                tally.lost.append(repr(fault))
            connection = _connected(url)
            continue
        with tally.lock:
            if status != 200:
                tally.lost.append(f"{status} {body}")
                continue
            tally.answered += 1
            tally.seconds.append(time.perf_counter() - began)
            seen = {row["fields"]["price"] for row in rows if row["kind"] == "product"}
            versions = {round(float(price) * 100) - 100_000 for price in seen}
            if len(versions) > 1 or not versions <= published:
                tally.wrong.append(f"{sorted(versions)}: {body}"[:300])
    connection.close()


# --- schema

_CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
)  # fmt: skip


def schema(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    with serving(folder / "home", "--publish") as url:
        command = [
            str(Path(sys.executable).with_name("schemathesis")), "run", f"{url}/openapi.json",
            "--checks", ",".join(_CHECKS),
            "--max-examples", str(options.examples), "--phases", "examples,coverage,fuzzing",
            "--generation-database", "none", "--request-timeout", "60", "--suppress-health-check", "all",
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder)
        counts = _count(_connected(url))
    errors = sum(number for status, number in counts.items() if status >= 500 and status != 503)
    return {
        "statuses": {str(status): number for status, number in sorted(counts.items())}, "server_errors": errors,
        "tail": done.stdout.splitlines()[-40:] if done.returncode else done.stdout.splitlines()[-8:],
        "passed": done.returncode == 0 and errors == 0 and bool(counts),
    }  # fmt: skip


def _count(connection: http.client.HTTPConnection) -> Counter[int]:
    """Responses by status, as the service counted them."""
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    found: Counter[int] = Counter()
    for status, number in re.findall(r'^shopdesk_requests_total\{.*status="(\d+)"\} ([\d.e+]+)$', text, re.MULTILINE):
        found[int(status)] += int(float(number))
    return found


# --- the service and its clients


@contextlib.contextmanager
def serving(home: Path, *arguments: str) -> Iterator[str]:
    """`shopdesk serve` in a process of its own, ended by the signal that supervisors send."""
    command = [*_program(home), "serve", "--port", "0", "--json", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=_environment()) as process:
        assert process.stdout is not None
        try:
            url = str(json.loads(process.stdout.readline())["url"])
            _wait_for_model(url)
            yield url
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


@contextlib.contextmanager
def model_server(model: Path) -> Iterator[str]:
    """`python -m llama_cpp.server` with a model file; its base URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    threads = str(this_machine().threads)
    command = [
        sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--n_ctx", "4096", "--port", str(port),
        "--n_threads", threads, "--n_threads_batch", threads, "--interrupt_requests", "false",
    ]  # fmt: skip
    # threads that wait by spinning would take the processor from the others
    environment = {"OMP_WAIT_POLICY": "passive", **os.environ}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as process:
        try:
            deadline = time.monotonic() + _PATIENCE_S
            while process.poll() is None and time.monotonic() < deadline:
                with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                    if _get(_connected(f"http://127.0.0.1:{port}"), "/v1/models")[0] == 200:
                        break
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def _wait_for_model(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            connection = _connected(url)
            if _get(connection, "/healthz")[1]["status"] != "starting":
                return
            connection.close()
        time.sleep(0.2)
    raise SystemExit("the model was not ready in time")


def _program(home: Path) -> list[str]:
    return [sys.executable, "-m", "shopdesk", "--home", str(home)]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}


def _connected(url: str) -> http.client.HTTPConnection:
    address = urlsplit(url)
    return http.client.HTTPConnection(str(address.hostname), address.port, timeout=_PATIENCE_S)


def _post(connection: http.client.HTTPConnection, path: str, body: Any) -> tuple[int, Any]:
    connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def _streamed(connection: http.client.HTTPConnection, body: Any, began: float) -> tuple[int, Any, float]:
    """Status, the answer that ends the stream, seconds from `began` to its first word."""
    connection.request("POST", "/chat", json.dumps(body), {"Content-Type": "application/json"})
    response = connection.getresponse()
    if response.status != 200:
        return response.status, json.loads(response.read()), 0.0
    first, name, done = 0.0, "", None
    for line in response:
        if line.startswith(b"event: "):
            name = line[7:].strip().decode()
        elif line.startswith(b"data: "):
            first = first or (time.perf_counter() - began if name == "delta" else 0.0)
            done = json.loads(line[6:]) if name == "done" else done
    if done is None:
        raise ValueError("the answer broke off")
    return 200, done, first


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, Any]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def _run_all(threads: Sequence[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    trials = parser.add_subparsers(required=True)
    loading = trials.add_parser("load")
    loading.add_argument("--clients", type=int, default=50)
    loading.add_argument("--seconds", type=float, default=120)
    loading.add_argument("--engine", default="local", help="local, or the base URL of a model server")
    loading.add_argument("--server", type=Path, metavar="FILE", help="a GGUF file that llama_cpp.server is to serve")
    loading.set_defaults(run=load)
    swapping = trials.add_parser("swaps")
    swapping.add_argument("--swaps", type=int, default=100)
    swapping.add_argument("--clients", type=int, default=8)
    swapping.set_defaults(run=swaps)
    sending = trials.add_parser("schema")
    sending.add_argument("--examples", type=int, default=50)
    sending.set_defaults(run=schema)
    return parser


if __name__ == "__main__":
    sys.exit(main())
