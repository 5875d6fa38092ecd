"""One SQLite file, one connection per thread, one immediate transaction per write.

WAL lets readers go on while a write runs, and lets two programs share one home; a writer that
finds the file taken waits up to `BUSY_SECONDS` before it gives up with a StoreError.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

if "numpy" not in sys.modules:
    # sqlite_utils loads numpy where it can, only to know its types: a fifth of a second of every start. None in
    # sys.modules is Python's own way to say "not there" (reference, "The module cache"); sqlite_utils has no setting.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    import sqlite_utils

    del sys.modules["numpy"]
else:
    import sqlite_utils

from shopdesk.core.errors import StoreError

BUSY_SECONDS = 8.0
_LEAST_ROOM = 64 << 10
_T = TypeVar("_T")

# SQLite's primary result codes (https://sqlite.org/rescode.html), by what they mean to the user.
_BUSY = {5, 6}
_READ_ONLY = {8}
_FULL = {13}
_UNREACHABLE = {10, 14, 23}
_CORRUPT = {11, 26}


class Database:
    """The shop's database file. Safe to use from any thread; `close` ends all its connections."""

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._closed = False
        self._check_folder()
        with self._translated():
            self._use_wal(self.connection())

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode, with rows as `sqlite3.Row`."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._connect()
            self._local.connection = connection
        return connection

    def utils(self) -> sqlite_utils.Database:
        """This thread's connection as sqlite-utils sees it."""
        return sqlite_utils.Database(self.connection(), execute_plugins=False, strict=True)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A consistent view over several queries. Raises StoreError for what SQLite refuses."""
        with self._translated():
            connection = self.connection()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One immediate transaction: all of it is stored, or nothing. Raises StoreError."""
        with self._translated():
            connection = self.connection()
            if connection.in_transaction:
                raise RuntimeError("a write inside another transaction of the same thread")
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        with self._lock:
            self._closed = True
            connections, self._open = self._open, []
        for _, connection in connections:
            connection.close()
        self._local = threading.local()

    def reconnect(self) -> None:
        """Close this thread's connection, so that the next use sees the file afresh (after a restore)."""
        connection = self.connection()
        with self._lock:
            self._open = [(thread, other) for thread, other in self._open if other is not connection]
        connection.close()
        del self._local.connection

    def _connect(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError("store_closed", path=self.path)
            self._forget_ended_threads()
            connection = sqlite3.connect(
                str(self.path), timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
            )
            self._open.append((threading.current_thread(), connection))
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -32000")
        return connection

    def _forget_ended_threads(self) -> None:
        ended = [connection for thread, connection in self._open if not thread.is_alive()]
        for connection in ended:
            connection.close()
        self._open = [(thread, connection) for thread, connection in self._open if thread.is_alive()]

    def _use_wal(self, connection: sqlite3.Connection) -> None:
        # The switch needs the file for itself for a moment and ignores the busy timeout,
        # so a second program starting at the same time has to ask again.
        deadline = time.monotonic() + self._busy_seconds
        while True:
            try:
                if str(connection.execute("PRAGMA journal_mode").fetchone()[0]) == "wal":
                    return
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if _primary_code(error) not in _BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def _check_folder(self) -> None:
        folder = self.path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError("store_folder_unusable", path=folder, detail=str(error)) from error
        if self.path.is_dir():
            raise StoreError("store_not_a_database", path=self.path, detail="it is a folder")
        for place in (folder, self.path):
            if place.exists() and not os.access(place, os.W_OK):
                raise StoreError("store_read_only", path=place)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self.explain(error) from error

    def explain(self, error: sqlite3.Error) -> Exception:
        """A StoreError where the world is at fault, else `error` itself (ours)."""
        code = _primary_code(error)
        if code in _UNREACHABLE and self._no_room():
            return StoreError("store_disk_full", path=self.path, detail=str(error))
        for codes, message in (
            (_BUSY, "store_locked"),
            (_READ_ONLY, "store_read_only"),
            (_FULL, "store_disk_full"),
            (_UNREACHABLE, "store_folder_unusable"),
            (_CORRUPT, "store_corrupt"),
        ):
            if code in codes:
                return StoreError(message, path=self.path, detail=str(error))
        return error

    def _no_room(self) -> bool:
        """On a full disk SQLite cannot even make the small files beside the database that it opens it with."""
        try:
            return shutil.disk_usage(self.path.parent).free < _LEAST_ROOM
        except OSError:
            return False


def _primary_code(error: sqlite3.Error) -> int:
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def storable(text: str) -> str:
    """`text` without lone surrogates, which no file can hold as UTF-8; all else stays as it is."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8")
    return text
