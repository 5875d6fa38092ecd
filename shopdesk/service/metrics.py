"""What is counted for /metrics, in Prometheus' own form. No text of a customer is a label."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from shopdesk.core.types import Answer

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """One registry per service, so that two in one process do not count into each other."""

    def __init__(self, *, version: str) -> None:
        self.registry = CollectorRegistry()
        labels = ("path", "status")
        self._requests = self._counter("shopdesk_requests", "Requests, by path and status", labels)
        self._seconds = self._histogram("shopdesk_request_seconds", "Seconds until a response has ended", ("path",))
        self._answers = self._counter("shopdesk_answers", "Answers, by how they were found", ("route",))
        self._first = self._histogram("shopdesk_first_word_seconds", "Seconds until the model's first word")
        self._waited = self._histogram("shopdesk_wait_seconds", "Seconds that questions waited for their turn")
        self._repaired = self._counter("shopdesk_repaired", "Sentences of the model that the rows replaced")
        self._left = self._counter("shopdesk_cancelled", "Answers that the client did not wait for")
        self._refused = self._counter("shopdesk_refused", "Requests that were refused, by reason", ("reason",))
        self._pulled = self._counter("shopdesk_snapshots_sent", "Snapshots that counters took")
        self._published = Gauge("shopdesk_snapshot_version", "The published snapshot", registry=self.registry)
        about = Gauge("shopdesk_info", "The running program", ("version",), registry=self.registry)
        about.labels(version).set(1)

    def watch(self, name: str, text: str, value: Callable[[], float]) -> None:
        """A gauge that is read when it is asked for."""
        Gauge(name, text, registry=self.registry).set_function(value)

    def request_ended(self, path: str, status: int, seconds: float) -> None:
        self._requests.labels(path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)

    def answered(self, answer: Answer, waited: float) -> None:
        self._answers.labels(answer.route).inc()
        self._waited.observe(waited)
        self._repaired.inc(answer.repaired)
        if (first := answer.timings_ms.get("first_token")) is not None:
            self._first.observe(first / 1000)

    def left(self) -> None:
        self._left.inc()

    def refused(self, reason: str) -> None:
        self._refused.labels(reason).inc()

    def published(self, version: int) -> None:
        self._published.set(version)

    def pulled(self) -> None:
        self._pulled.inc()

    def text(self) -> bytes:
        return generate_latest(self.registry)

    def _counter(self, name: str, text: str, labels: tuple[str, ...] = ()) -> Counter:
        return Counter(name, text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, labels: tuple[str, ...] = ()) -> Histogram:
        return Histogram(name, text, labels, buckets=_SECONDS, registry=self.registry)
