"""The shop's rows, conversations and settings in one SQLite file."""

from shopdesk.store.store import Store, open_store

__all__ = ["Store", "open_store"]
