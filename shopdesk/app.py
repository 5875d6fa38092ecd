"""The composition root: the only module that sees every layer and plugs them together."""

from __future__ import annotations

import locale
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path, PurePath
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from shopdesk.core.errors import EngineError, UserFacingError
from shopdesk.core.events import Notice
from shopdesk.core.types import Language
from shopdesk.log import start_log
from shopdesk.paths import Home, find_home, resources
from shopdesk.settings import Settings

if TYPE_CHECKING:
    from shopdesk.core.types import ChatMessage, ModelManifest
    from shopdesk.engine.client import LocalEngine
    from shopdesk.engine.embedding import Embedder
    from shopdesk.engine.fallback import FallbackEngine
    from shopdesk.engine.models import ModelEntry, ModelShelf
    from shopdesk.meaning import SearchByMeaning
    from shopdesk.store import Store
    from shopdesk.store.packs.pulling import Follower, Puller

log = logging.getLogger(__name__)

LOCAL = "local"
_MODEL_FAULTS = frozenset(
    {
        "engine_unusable", "engine_memory", "engine_keeps_crashing", "model_broken", "model_checksum", "model_foreign",
        "model_missing", "model_template", "model_truncated", "model_unreadable", "model_version",
    }
)  # fmt: skip
"""What keeps one model from running and not the next."""
SYNC_SETTINGS = ("sync_url", "sync_token", "sync_minutes")
SYNC_MINUTES = 5
SYNC_TOKEN_VARIABLE = "SHOPDESK_SYNC_TOKEN"
_SAMPLE_DECIDED = "sample_decided"


class App(AbstractContextManager["App"]):
    """ShopDesk with its parts in place. Made by :func:`open_app`; close it, or use it in a `with`.

    `engine` is None where there is no usable model; `notices` then says why, and rows still answer.
    No model is loaded before the first question for it, unless :meth:`warm_up` is called.
    """

    def __init__(self, home: Home, settings: Settings, store: Store, shelf: ModelShelf, language: Language) -> None:
        self.home = home
        self.settings = settings
        self.store = store
        self.shelf = shelf
        self.language: Language = language
        self.engine: LocalEngine | FallbackEngine | None = None
        self.notices: list[Notice] = []
        self._follower: Follower | None = None
        from shopdesk.core.ahead import ReadingAhead
        from shopdesk.core.assistant import Assistant

        self.assistant = Assistant(
            store.catalogue, store.conversations, None, today=date.today,
            cache=store.answer_cache, gaps=store.gaps, banned=store.banned,
        )  # fmt: skip
        self.ahead = ReadingAhead(self.assistant.likely_prompt, self._read_ahead, self._reads_ahead)
        self.meaning: SearchByMeaning | None = None
        self._embedder: Embedder | None = None

    def use_model(self, name: str | None = None, engine: str | None = None) -> None:
        """Answer with the model `name` from now on (the chosen or embedded one for None).

        `engine` is "local" or the base URL of an OpenAI-compatible service, None what the setting `engine_url` says.
        Where the model cannot be used, `engine` is None afterwards and `notices` holds the reason.
        """
        engine = engine or self.settings.get("engine_url") or LOCAL
        if self.engine is not None:
            self.engine.close()
        self.engine, self.notices = None, []
        try:
            self.engine = self._remote(engine, name) if engine != LOCAL else self._local(name)
        except EngineError as error:
            self._note(error)
        self.assistant.engine = self.engine

    def pull_model(self, name: str, told: Callable[[int, int], None], mirror: str | None = None) -> ModelEntry:
        """Fetch a model from the hub, or from its mirror, by the proxy of the settings; see `ModelShelf.pull`."""
        if proxy := self.settings.get("proxy"):
            os.environ.setdefault("HTTPS_PROXY", proxy)
            os.environ.setdefault("HTTP_PROXY", proxy)
        return self.shelf.pull(name, told, endpoint=mirror or self.settings.get("model_mirror"))

    def choose_model(self, name: str) -> ModelEntry:
        """Remember a model of the shelf as the one to answer, or to search by meaning where it is made for that.

        Raises EngineError. The one that answers is taken into use by :meth:`use_model`.
        """
        entry = self.shelf.find(name)
        self.settings.set("embedding_model" if entry.embeds else "model", entry.name)
        if entry.embeds:
            self.use_meaning()
        return entry

    def remove_model(self, name: str) -> ModelEntry:
        """Delete a model of the home; the search goes by words alone where it went by this one. Raises EngineError."""
        if self.settings.get("embedding_model") == self.shelf.find(name).name:
            self.settings.set("embedding_model", None)
            self.use_meaning()
        return self.shelf.remove(name)

    def use_meaning(self) -> None:
        """Let the search also go by meaning, from now on, where an embedding model is chosen; else by words alone."""
        self._end_meaning()
        name = self.settings.get("embedding_model")
        if not name:
            return
        from shopdesk.engine.embedding import Embedder
        from shopdesk.meaning import SearchByMeaning

        try:
            self._embedder = Embedder(self.shelf.find(name).path, self.home.root)
        except EngineError as error:
            self._note(error)
            return
        self.meaning = SearchByMeaning(self.store.meanings, self._embedder.identity, self._embedder.vectors)
        self.store.catalogue.search_also_by(self.meaning.nearest)

    def _end_meaning(self) -> None:
        if self._embedder is not None:
            self.store.catalogue.search_also_by(None)
            self._embedder.close()
        if self.meaning is not None:
            self.meaning.close()
        self.meaning = self._embedder = None

    def warm_up(self) -> None:
        """Begin to load the models now, and what the first question would wait for. Returns at once."""
        threading.Thread(target=_read_ahead, name="reading ahead", daemon=True).start()
        if self.engine is not None:
            self.engine.start()
        if self.meaning is not None:
            self.meaning.start()

    def follow_catalogue(self) -> None:
        """Where a shop's service is set (`shopdesk sync`), fetch its rows now and every few minutes until `close`."""
        url = self.settings.get("sync_url")
        if not url or self._follower is not None:
            return
        from shopdesk.store.packs.pulling import Follower

        minutes = self.settings.get("sync_minutes")
        seconds = 60.0 * (minutes if isinstance(minutes, int) and minutes > 0 else SYNC_MINUTES)
        token = os.environ.get(SYNC_TOKEN_VARIABLE) or self.settings.get("sync_token")
        self._follower = Follower(puller(self, url, token), seconds)

    def typed(self, text: str, conversation_id: int | None) -> None:
        """The input now holds `text`: what the model is likely to need for it is read ahead. Returns at once."""
        self.ahead.typed(text, conversation_id)

    def _reads_ahead(self) -> bool:
        from shopdesk.engine.hardware import on_battery

        wish = self.settings.get("read_ahead")
        return wish == "on" or (wish != "off" and not on_battery())

    def _read_ahead(self, prompt: Sequence[ChatMessage], stop: threading.Event) -> None:
        prefill = getattr(self.engine, "prefill", None)  # a server elsewhere has none
        if prefill is not None:
            prefill(prompt, cancel=stop)

    def close(self) -> None:
        self.ahead.close()
        if self._follower is not None:
            self._follower.close()
        self._end_meaning()
        if self.engine is not None:
            self.engine.close()
        self.store.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _local(self, name: str | None) -> LocalEngine:
        from shopdesk.core.prompting import SYSTEM
        from shopdesk.core.types import ChatMessage
        from shopdesk.engine.client import LocalEngine

        entry = self.shelf.find(name) if name else self._chosen_entry()
        shared = (ChatMessage("system", SYSTEM),)
        engine = LocalEngine(entry.path, entry.manifest, data_dir=self.home.root, prefix=shared)
        engine.on_state(lambda state: self._model_tried(engine, entry, state))
        return engine

    def _model_tried(self, engine: LocalEngine, entry: ModelEntry, state: str) -> None:
        """Remember a chosen model that works; one that does not gives way to the last that did."""
        if engine is not self.engine or not entry.goes_by(self.settings.get("model")):
            return
        if state == "ready" and self.settings.get("model_worked") != entry.name:
            self.settings.set("model_worked", entry.name)
        elif state == "failed" and engine.failure is not None and engine.failure.code in _MODEL_FAULTS:
            self._fall_back(engine, entry, engine.failure)

    def _fall_back(self, engine: LocalEngine, entry: ModelEntry, failure: EngineError) -> None:
        worked = self.settings.get("model_worked")
        names = (other.name for other in self.shelf.list() if other.problem is None and other.path != entry.path)
        other = max(names, key=lambda name: name == worked, default=None)
        if other is None:
            return
        self._note(failure)
        self._note(EngineError("model_fell_back", name=entry.name, other=other))
        self.engine = self.assistant.engine = instead = self._local(other)
        engine.hand_over_to(instead)
        instead.start()

    def _chosen_entry(self) -> ModelEntry:
        """The model of the settings; where that is gone or broken, the first that can be used."""
        chosen = self.settings.get("model")
        if chosen:
            try:
                return self.shelf.find(chosen)
            except EngineError as error:
                self._note(error)
        return self.shelf.default()

    def _note(self, error: EngineError) -> None:
        log.warning("model cannot be used: %s %s", error.code, error.detail)
        self.notices.append(Notice(error.code, error.text(self.language), error.detail))

    def _remote(self, url: str, model: str | None) -> FallbackEngine:
        from shopdesk.engine.fallback import FallbackEngine
        from shopdesk.engine.remote import RemoteEngine

        token = os.environ.get("SHOPDESK_ENGINE_TOKEN") or self.settings.get("engine_token")
        remote = RemoteEngine(url, model=model, token=token, known=self._manifest_of)
        return FallbackEngine(remote, lambda: self._local(None))

    def _manifest_of(self, model: str) -> ModelManifest | None:
        """Of the model on the shelf whose name, or whose file's name, this is."""
        name = PurePath(model.replace("\\", "/")).name
        for entry in self.shelf.list():
            if entry.problem is None and entry.goes_by(name):
                return entry.manifest
        return None


def open_app(
    home: Path | str | None = None,
    *,
    empty: bool = False,
    model: str | None = None,
    engine: str | None = None,
    language: Literal["zh", "en"] | None = None,
) -> App:
    """Open the shop in `home` (default: SHOPDESK_HOME, else the usual place of this system).

    A new home gets the sample shop unless `empty`. Raises StoreError where home or database cannot
    be used; a model that cannot be used is a notice, not an error.
    """
    from shopdesk.engine.models import ModelShelf
    from shopdesk.store import open_store

    place = find_home(home)
    place.create()
    start_log(place.log_file)
    settings = Settings(place.settings)
    spoken = language or language_of(settings)
    store = open_store(place.database)
    try:
        _decide_on_sample(store, empty=empty)
        app = App(place, settings, store, ModelShelf(resources() / "models", place.models), spoken)
    except BaseException:
        store.close()
        raise
    app.use_model(model, engine)
    app.use_meaning()
    return app


def _read_ahead() -> None:
    """What understanding the first questions would have to read and compile."""
    from shopdesk.core.chances import load_chances
    from shopdesk.core.late import compile_all

    load_chances()
    compile_all()


def run_window(app: App) -> int:
    """Show the window until it is closed; the exit code. Raises UserFacingError("window_unavailable")."""
    try:
        from shopdesk.gui.application import run_window as run
    except ImportError as error:
        # Qt's own libraries are there (they are dependencies); what it misses is the system's.
        raise UserFacingError("window_unavailable", detail=str(error)) from error
    app.warm_up()
    app.follow_catalogue()
    return run(app)


def puller(app: App, url: str, token: str | None, key: str | None = None) -> Puller:
    """What fetches the rows of the shop's service at `url` into this home."""
    from shopdesk.store.packs.pulling import Puller

    return Puller(app.store.packs, app.home.root, url, token, key)


def has_display() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def language_of(settings: Settings) -> Language:
    """The chosen language, else the system's: Chinese where that is Chinese, else English."""
    chosen = settings.get("language")
    if chosen in ("zh", "en"):
        return "zh" if chosen == "zh" else "en"
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    named = next((name for name in names if name), None) or locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def _decide_on_sample(store: Store, *, empty: bool) -> None:
    """Once per home: the sample shop or none. An interrupted first start decides again."""
    if store.settings.get(_SAMPLE_DECIDED):
        return
    if not empty:
        store.load_sample(resources() / "sample")
    store.settings.set(_SAMPLE_DECIDED, True)
