"""The command line. `main` is the entry point of the program `shopdesk`."""

from shopdesk.cli.entry import main

__all__ = ["main"]
