"""The store as one object: what `shopdesk.app` hands to the assistant, the window and the command line."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.core.errors import StoreError
from shopdesk.store import backup as backups
from shopdesk.store.answer_cache import AnswerCache
from shopdesk.store.banned import BannedList
from shopdesk.store.browsing import Browser
from shopdesk.store.catalogue import Catalogue
from shopdesk.store.conversations import Conversations
from shopdesk.store.database import Database
from shopdesk.store.editing import Editor
from shopdesk.store.feedback import Feedback
from shopdesk.store.gaps import Gaps
from shopdesk.store.importing.importer import Importer
from shopdesk.store.importing.watching import FolderWatch
from shopdesk.store.insights import Insights
from shopdesk.store.meanings import Meanings
from shopdesk.store.migrations import migrate
from shopdesk.store.settings import Settings
from shopdesk.store.synonyms import Synonyms
from shopdesk.store.writing import tables_with_sample

if TYPE_CHECKING:
    from shopdesk.store.packs.packs import Packs
    from shopdesk.store.packs.publishing import Publisher

_SAMPLE_FILES = ("products.csv", "policies.csv", "promotions.csv", "orders.csv")


class Store:
    """Open with :func:`open_store`; every part may be used from any thread until `close`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.settings = Settings(database)
        self.catalogue = Catalogue(database)
        self.conversations = Conversations(database)
        self.synonyms = Synonyms(database)
        self.importer = Importer(database, self.settings)
        self.editor = Editor(database, self.settings)
        self.browser = Browser(database, self.settings)
        self.answer_cache = AnswerCache(database)
        self.gaps = Gaps(database)
        self.feedback = Feedback(database, self.editor)
        self.insights = Insights(database)
        self.meanings = Meanings(database)
        self.banned = BannedList(database)
        self.watch = FolderWatch(self.importer, self.settings, database.path.parent / "rejected")

    @property
    def path(self) -> Path:
        return self._database.path

    def load_sample(self, folder: Path) -> None:
        """Import the sample shop's files from `folder`, all marked as sample. Raises StoreError where none is there."""
        files = [folder / name for name in _SAMPLE_FILES if (folder / name).is_file()]
        if not files:
            raise StoreError("sample_missing", path=folder)
        self.importer.load_sample(files)

    def has_sample(self) -> bool:
        with self._database.read() as db:
            return bool(tables_with_sample(db))

    @cached_property
    def packs(self) -> Packs:
        """Raises StoreError("packs_missing") without the library that signs."""
        from shopdesk.store.packs.packs import Packs

        return Packs(self._database, self.path.parent)

    @cached_property
    def publisher(self) -> Publisher:
        """Raises StoreError("packs_missing") without the library that signs."""
        from shopdesk.store.packs.publishing import Publisher

        return Publisher(self._database, self.packs, self.path.parent / "publishing")

    def backup(self, path: Path) -> None:
        """A complete copy of the store in one file. Raises StoreError."""
        backups.back_up(self._database, path)

    def restore(self, path: Path) -> None:
        """Put a backup in place of everything the store holds. Raises StoreError, and the store stays as it was."""
        backups.restore(self._database, path)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path) -> Store:
    """Open the database file at `path`, made or brought up to date as needed (an older one is backed up first).

    Raises StoreError: `store_newer`, `store_not_ours`, `store_not_a_database`, `store_corrupt`,
    `store_locked`, `store_read_only`, `store_folder_unusable`, `store_disk_full`.
    """
    database = Database(path)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return Store(database)
