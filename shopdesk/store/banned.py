"""The shop's list of words that no answer may show."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from shopdesk.core.banned import BannedWords
from shopdesk.core.errors import StoreError
from shopdesk.store.database import Database, storable
from shopdesk.store.importing.encodings import find_encoding

_MOST_CHARACTERS = 100


class BannedList:
    """Words in the order of the alphabet. See :mod:`shopdesk.core.banned` for how they are found."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._known: tuple[tuple[str, ...], BannedWords] = ((), BannedWords(()))

    def words(self) -> list[str]:
        with self._database.read() as db:
            return [row["word"] for row in db.execute("SELECT word FROM banned_words ORDER BY word")]

    def add(self, words: Iterable[str]) -> int:
        """Adds words; how many were new. Raises StoreError("banned_word_bad") for one that cannot be looked for."""
        wanted = [word for text in words if (word := " ".join(storable(text).split()))]
        for word in wanted:
            if len(word) > _MOST_CHARACTERS or not BannedWords([word]):
                raise StoreError("banned_word_bad", word=word[:_MOST_CHARACTERS])
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._database.write() as db:
            before = db.total_changes
            rows = [(word, now) for word in wanted]
            db.executemany("INSERT OR IGNORE INTO banned_words (word, added_at) VALUES (?, ?)", rows)
            return db.total_changes - before

    def remove(self, words: Iterable[str]) -> int:
        """Takes words from the list; how many were on it."""
        with self._database.write() as db:
            before = db.total_changes
            rows = [(" ".join(storable(word).split()),) for word in words]
            db.executemany("DELETE FROM banned_words WHERE word = ?", rows)
            return db.total_changes - before

    def read_file(self, path: Path) -> list[str]:
        """The words of a text file, one a line; what follows a # is a remark. Raises StoreError("file_unreadable")."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise StoreError("file_unreadable", path=path, detail=str(error)) from error
        encoding = find_encoding(lambda: BytesIO(content))
        if encoding is None:
            raise StoreError("file_unreadable", path=path)
        text = content.decode(encoding.name, "replace").lstrip("\ufeff")
        return [word for line in text.splitlines() if (word := line.partition("#")[0].strip())]

    def banned(self) -> BannedWords:
        """The list ready to be looked for; built anew only when it has changed."""
        words = tuple(self.words())
        with self._lock:
            if self._known[0] != words:
                self._known = (words, BannedWords(words))
            return self._known[1]
