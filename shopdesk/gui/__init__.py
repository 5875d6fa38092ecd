"""The window (PySide6). It knows the core's events and types; store, engine and assistant are handed in."""
