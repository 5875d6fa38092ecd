"""Two families of errors: the world's fault (tell the user) and ours (a crash report)."""

from __future__ import annotations


class UserFacingError(Exception):
    """Something the user can understand and mend: a missing file, a locked folder, a broken model.

    `code` names the message in :mod:`shopdesk.core.messages`, which words it in both languages;
    `params` fill its placeholders. `detail` is technical text for the "details" line and the log.
    """

    def __init__(self, code: str, *, detail: str = "", **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.detail = detail

    def text(self, language: str) -> str:
        from shopdesk.core.messages import text_of

        return text_of(self.code, language, **self.params)

    def __str__(self) -> str:
        return self.text("en")


class StoreError(UserFacingError):
    """The database or the data folder cannot be used."""


class ImportFault(UserFacingError):
    """A file cannot be imported as a whole (single bad rows are rejected, not raised)."""


class EngineError(UserFacingError):
    """The model cannot answer now; rows still do."""
