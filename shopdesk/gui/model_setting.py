"""Setting: which model words the answers; files added, downloaded and removed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from shopdesk.core.errors import UserFacingError
from shopdesk.gui.jobs import Job, Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, ComboBox, Section, Translated, clear, label
from shopdesk.gui.ports import AppLike

_MEGABYTE, _GIGABYTE = 1_000_000, 1e9
_LOOK_MS = 200
"""How often the bar is drawn while a model comes."""


class _LetGo(Exception):
    """Thrown into a download or a copy that is not wanted any more."""


class ModelSetting(Translated, Section):
    """The shelf, line by line, with what came with the program first. `changed`: another model is in use."""

    changed = Signal()

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages) -> None:
        super().__init__()
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._entries: list[Any] | None = None  # None: not looked yet
        self._busy = False
        self._adding: Job | None = None
        self._there = self._size = 0
        self._offered = tuple(app.shelf.offered())
        self.heading, self.note = label("", "title"), label("", "small")
        self.add_button, self.download_button = Button(look, "plus"), Button(look, "import")
        self.offers, self.offer_note = ComboBox(look), label("", "small")
        self.progress, self.bar = label("", "small"), QProgressBar()
        self.cancel_button = Button(look, "close", "plain")
        self.bar.setTextVisible(False)
        self._models = QVBoxLayout()
        self._models.setSpacing(4)
        self._lay_out()
        self._looking = QTimer(self)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._show_progress)
        self.add_button.clicked.connect(self._choose_file)
        self.download_button.clicked.connect(self.download)
        self.cancel_button.clicked.connect(self.cancel)
        self.offers.currentIndexChanged.connect(lambda _number: self._word_offer())
        self.retranslate()
        self._draw_adding()

    def _lay_out(self) -> None:
        models, self._under_way = QWidget(), QWidget()
        models.setLayout(self._models)
        self._models.setContentsMargins(0, 0, 0, 0)
        adding, downloading, going = QHBoxLayout(), QHBoxLayout(), QHBoxLayout(self._under_way)
        adding.addWidget(self.add_button)
        adding.addStretch(1)
        downloading.addWidget(self.offers, 1)
        downloading.addWidget(self.download_button)
        going.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.addWidget(self.progress)
        words.addWidget(self.bar)
        going.addLayout(words, 1)
        going.addWidget(self.cancel_button)
        for piece in (self.heading, self.note, models, adding, downloading, self.offer_note, self._under_way):
            self.put(piece)

    def refresh(self) -> None:
        """Look at the shelf again."""
        self._jobs.call("models", self._app.shelf.list, on_done=self._show_models, on_failed=self._messages.report)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Model file"))
        self.note.setText(
            self.tr(
                "The model only words the answers; every value comes from the rows. Without a model the rows answer."
            )
        )
        self.add_button.name(self.tr("Add a model file…"))
        self.download_button.name(self.tr("Download"))
        self.cancel_button.name(self.tr("Cancel"))
        self.offers.setAccessibleName(self.tr("Larger models to download"))
        chosen = max(0, self.offers.currentIndex())
        self.offers.clear()
        for offer in self._offered:
            told = self.tr("{name} · {size} GB").format(name=offer.name, size=f"{offer.size / _GIGABYTE:.1f}")
            self.offers.addItem(told, offer)
        self.offers.setCurrentIndex(chosen)
        self._draw_models()
        self._show_progress()

    # The shelf --------------------------------------------------------------------------------

    def _show_models(self, entries: object) -> None:
        self._entries = list(entries) if isinstance(entries, list | tuple) else []
        self._draw_models()

    def _draw_models(self) -> None:
        clear(self._models)
        current = (self._current_model(), self._app.settings.get("embedding_model"))
        for entry in self._entries or ():
            self._models.addLayout(self._model_row(entry, entry.name in current))
        if self._entries == []:
            self._models.addWidget(label(self.tr("No model file was found."), "muted"))

    def _model_row(self, entry: Any, current: bool) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(str(entry.name)))
        about = [self.tr("{n} MB").format(n=f"{entry.size / _MEGABYTE:,.0f}")]
        if entry.bundled:
            about.append(self.tr("comes with ShopDesk"))
        if entry.embeds:
            about.append(self.tr("search by meaning"))
        if entry.manifest.license:
            about.append(str(entry.manifest.license))
        words.addWidget(label(" · ".join(about), "small"))
        if told := self._told(entry.report):
            words.addWidget(label(told, "small"))
        if entry.problem is not None:
            problem = entry.problem
            text = problem.text(self._look.language) if isinstance(problem, UserFacingError) else str(problem)
            words.addWidget(label(text, "error"))
        line.addLayout(words, 1)
        if not entry.bundled and (entry.embeds or not current):
            away = Button(self._look, "trash", "square", ink="muted")
            away.name(self.tr("Remove {name} from this computer").format(name=entry.name), bare=True)
            away.clicked.connect(lambda _=False, name=str(entry.name): self._remove(name))
            line.addWidget(away)
        button = Button(self._look, "check" if current else "", "segment", ink="on_accent")
        button.setCheckable(True)
        button.setChecked(current)
        button.name(self.tr("In use") if current else self.tr("Use"))
        button.setEnabled(entry.problem is None and not self._busy)
        button.clicked.connect(lambda _=False, name=str(entry.name): self._use(name))
        line.addWidget(button)
        return line

    def _told(self, report: Any) -> str:
        """How a model did and where it comes from; "" where its manifest does not say."""
        parts = []
        if report.exam_exact is not None:
            parts.append(self.tr("{share} right in the exam").format(share=f"{report.exam_exact:.1%}"))
        if report.parity:
            parts.append(self.tr("parity passed"))
        if report.base_model:
            parts.append(self.tr("from {base}").format(base=report.base_model))
        return " · ".join([*parts, *filter(None, [report.made])])

    def _current_model(self) -> str:
        engine = self._app.engine
        manifest = getattr(engine, "manifest", None)
        chosen = self._app.settings.get("model")
        if chosen:
            return str(chosen)
        file = getattr(manifest, "file", "")
        for entry in self._entries or ():
            if manifest is not None and (entry.manifest == manifest or entry.path.name == file):
                return str(entry.name)
        return ""

    def _use(self, name: str) -> None:
        self._busy = True
        self._draw_models()

        def use() -> None:
            if not self._app.choose_model(name).embeds:
                self._app.use_model(name)
            self._app.warm_up()

        self._jobs.call("use-model", use, on_done=self._used, on_failed=self._not_used)

    def _used(self, _nothing: object) -> None:
        self._busy = False
        self._draw_models()
        for notice in self._app.notices:
            self._messages.say(notice.text, notice.detail, "warning")
        self.changed.emit()

    def _not_used(self, error: object) -> None:
        self._busy = False
        self._draw_models()
        self._messages.report(error)
        self.changed.emit()

    def _remove(self, name: str) -> None:
        self._jobs.call(
            "remove-model", lambda: self._app.remove_model(name), on_done=lambda _: self.refresh(),
            on_failed=self._messages.report,
        )  # fmt: skip

    # Files that are added ---------------------------------------------------------------------

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a model file"), "", self.tr("Model files (*.gguf *.zip)")
        )
        if name:
            self.add(Path(name))

    def add(self, file: Path) -> None:
        """Put a file on the shelf (it is copied into the data folder). Cancelled, nothing of it is left."""
        if self._adding is None:
            size = file.stat().st_size if file.is_file() else 0
            self._bring("add-model", size, lambda told: self._app.shelf.add(file, told))

    def download(self) -> None:
        """Fetch the chosen model. Cancelled or cut off, it goes on later where it was."""
        offer, app = self.offers.currentData(), self._app
        if offer is not None and self._adding is None:
            self._bring("download-model", offer.size, lambda told: app.pull_model(offer.name, told))

    def _bring(self, name: str, size: int, bring: Callable[[Callable[[int, int], None]], object]) -> None:
        """Have `bring` put a model on the shelf, which tells it how many bytes of how many are there."""
        self._there, self._size = 0, size

        def work(cancel: threading.Event) -> Iterator[object]:
            def told(there: int, size: int) -> None:
                self._there, self._size = there, size  # read by the timer: no signal for every kilobyte
                if cancel.is_set():
                    raise _LetGo

            try:
                yield bring(told)
            except Exception:
                if not cancel.is_set():
                    raise

        self._adding = self._jobs.start(
            name, work, on_news=self._brought, on_failed=self._messages.report, on_ended=self._ended
        )
        self._looking.start()
        self._draw_adding()

    def cancel(self) -> None:
        if self._adding is not None:
            self._adding.stop()

    def _brought(self, entry: object) -> None:
        self._messages.say(self.tr("{name} is there. Press “Use” to answer with it.").format(name=entry.name))  # type: ignore[attr-defined]
        self.refresh()

    def _ended(self) -> None:
        self._adding = None
        self._looking.stop()
        self._draw_adding()

    def _draw_adding(self) -> None:
        going = self._adding is not None
        self._under_way.setVisible(going)
        self.offers.setEnabled(not going)
        self.download_button.setEnabled(not going)
        self._show_progress()

    def _word_offer(self) -> None:
        offer = self.offers.currentData()
        if offer is None:
            return
        text = self.tr("Needs about {memory} GB of memory. Only a download uses the network.").format(
            memory=f"{offer.memory / _GIGABYTE:.1f}"
        )
        if not offer.fits:
            text += " " + self.tr("That is more than this computer has free.")
        self.offer_note.setText(text)

    def _show_progress(self) -> None:
        if self._adding is not None and self._adding.stopping:
            self.progress.setText(self.tr("Stopping…"))
        elif self._size:
            share = min(1.0, self._there / self._size)
            self.bar.setRange(0, 1000 if self._there else 0)
            self.bar.setValue(round(share * 1000))
            self.progress.setText(
                self.tr("{share} of {size} GB").format(share=f"{share:.0%}", size=f"{self._size / _GIGABYTE:.1f}")
            )
