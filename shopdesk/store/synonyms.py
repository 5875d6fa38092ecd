"""Words that mean the same to this shop's customers, in groups that the admin edits: `laptop, notebook`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from shopdesk.core.errors import StoreError
from shopdesk.core.text import fold, is_han
from shopdesk.store.database import Database, storable

_BETWEEN = re.compile(r"\s*[,，、;；=|\t]\s*")
_MOST_TEXTS = 8


class Synonyms:
    """The shop's groups of synonyms. A word may stand in several groups."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def groups(self) -> list[tuple[str, ...]]:
        with self._database.read() as db:
            rows = db.execute("SELECT words FROM synonyms ORDER BY id").fetchall()
        return [parsed(row["words"]) for row in rows]

    def add(self, words: str) -> tuple[str, ...]:
        """Add a group said as `laptop, notebook`. Raises StoreError("synonyms_too_few") for less than two words."""
        group = parsed(words)
        if len(group) < 2:
            raise StoreError("synonyms_too_few", words=words)
        with self._database.write() as db:
            db.execute("INSERT OR IGNORE INTO synonyms (words) VALUES (?)", (", ".join(group),))
            _changed(db)
        return group

    def remove(self, word: str) -> int:
        """Remove every group with this word (or said just so); how many."""
        said = parsed(word)
        with self._database.write() as db:
            rows = db.execute("SELECT id, words FROM synonyms").fetchall()
            gone = [row["id"] for row in rows if set(said) <= set(parsed(row["words"]))] if said else []
            db.executemany("DELETE FROM synonyms WHERE id = ?", ((row_id,) for row_id in gone))
            _changed(db)
        return len(gone)

    def replace(self, lines: Iterable[str]) -> int:
        """Put the groups of a file (one a line, empty lines and those after # aside) in place of all; how many.

        Raises StoreError("synonyms_too_few") with the line that is none, and then nothing is changed.
        """
        groups = []
        for number, line in enumerate(lines, 1):
            text = line.lstrip("\ufeff").split("#", 1)[0].strip()
            if not text:
                continue
            group = parsed(text)
            if len(group) < 2:
                raise StoreError("synonyms_too_few", words=f"{number}: {text}")
            groups.append(group)
        with self._database.write() as db:
            db.execute("DELETE FROM synonyms")
            db.executemany(
                "INSERT OR IGNORE INTO synonyms (words) VALUES (?)", ((", ".join(group),) for group in groups)
            )
            _changed(db)
        return len(groups)


def _changed(db: object) -> None:
    db.execute("UPDATE revision SET value = value + 1")  # type: ignore[attr-defined]


def parsed(text: str) -> tuple[str, ...]:
    """The words of a group, folded, each once: `Laptop，Notebook` → ("laptop", "notebook")."""
    return tuple(dict.fromkeys(word for part in _BETWEEN.split(storable(text)) if (word := fold(part))))


def in_other_words(text: str, groups: Sequence[tuple[str, ...]]) -> list[str]:
    """`text` with a word of a group put in place of another, one at a time, a few at most."""
    folded = fold(text)
    return list(dict.fromkeys(_replaced(folded, groups)))[:_MOST_TEXTS]


def _replaced(folded: str, groups: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for group in groups:
        said = [word for word in group if word in folded]
        for word in sorted(said, key=len, reverse=True):
            pattern = _as_a_word(word)
            if pattern.search(folded):
                for other in group:
                    if other != word:
                        yield pattern.sub(lambda _, other=other: other, folded)  # type: ignore[misc]
                break


def _as_a_word(word: str) -> re.Pattern[str]:
    """Finds `word`, Latin ones also in the plural, but not inside another word."""
    before = "" if is_han(word[0]) else r"(?<![a-z0-9])"
    after = "" if is_han(word[-1]) else r"(?:s|es)?(?![a-z0-9])"
    return re.compile(f"{before}{re.escape(word)}{after}")
