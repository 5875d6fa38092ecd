"""Answers read aloud, where Qt TextToSpeech and a voice of the system are there. Nothing is ever listened to."""

from __future__ import annotations

import importlib
import logging
from typing import Any

from PySide6.QtCore import QLocale, QObject

log = logging.getLogger(__name__)


class Voice(QObject):
    """The system's voice. Loaded at the first question whether it is there, so that starting never waits for it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: Any = None
        self._looked = False

    @property
    def ready(self) -> bool:
        """Whether anything can be said here."""
        if not self._looked:
            self._looked = True
            self._engine = self._find()
        return self._engine is not None

    def say(self, text: str, language: str) -> None:
        """Read `text` aloud, or stop where it is being read already."""
        if not self.ready:
            return
        if self._engine.state() == type(self._engine).State.Speaking:
            self._engine.stop()
            return
        china = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
        self._engine.setLocale(china if language == "zh" else QLocale(QLocale.Language.English))
        self._engine.say(text)

    def stop(self) -> None:
        if self._engine is not None:
            self._engine.stop()

    def _find(self) -> Any:
        try:
            speech = importlib.import_module("PySide6.QtTextToSpeech")
        except ImportError:
            return None  # PySide6-Addons is not installed, or its system libraries are not there
        engines = [name for name in speech.QTextToSpeech.availableEngines() if name != "mock"]
        if not engines:
            return None
        engine = speech.QTextToSpeech(engines[0], self)
        log.info("answers can be read aloud by %s", engines[0])
        return engine
