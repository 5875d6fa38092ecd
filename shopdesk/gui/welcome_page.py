"""The first start, on one page from top to bottom: language, shop, data, model, first question. Nothing is a must."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shopdesk.gui import shop
from shopdesk.gui.access import LONGEST_PIN, SHORTEST_PIN, Access
from shopdesk.gui.flow import FlowLayout
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Choice, Section, Translated, label, page_of
from shopdesk.gui.ports import AppLike

WELCOMED = "welcomed"
"""The setting that says that this page was seen."""
_COLUMN_PX, _TWO_COLUMNS_PX = 960, 860


class WelcomePage(Translated, QScrollArea):
    """`done`: to the chat, with a first question or "" for none."""

    done = Signal(str)
    spoken = Signal(str)  # the language that was chosen
    shop_changed = Signal()
    import_wanted = Signal()
    model_file_chosen = Signal(object)  # Path
    download_wanted = Signal()

    def __init__(
        self, app: AppLike, access: Access, jobs: Jobs, look: Look, messages: Messages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._app, self._access, self._jobs, self._look, self._messages = app, access, jobs, look, messages
        self._model_state = "none"
        self._columns = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title, self.lead = label("", "greeting"), label("", "muted")
        self._headings = {name: label("", "title") for name in ("language", "shop", "data", "model", "ask")}
        self.language = Choice(look, ("zh", "en"), look.language)
        self.name, self.pin = QLineEdit(str(app.settings.get(shop.SHOP_NAME) or "")), QLineEdit()
        self.name.setMaxLength(60)
        self.pin.setMaxLength(LONGEST_PIN)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setProperty("takes_scans", True)
        self.sample_button, self.import_button = Button(look, "box"), Button(look, "import")
        self.data_note, self.model_note = label("", "small"), label("", "small")
        self.model_button, self.download_button = Button(look, "plus"), Button(look, "import")
        self.questions = [Button(look, "chat", "chip") for _ in range(3)]
        self.start_button = Button(look, "check", "primary", ink="on_accent")
        self._lay_out()
        self.language.chosen.connect(self.spoken)
        self.sample_button.clicked.connect(lambda: self.questions[0].setFocus())
        self.import_button.clicked.connect(self._to_import)
        self.model_button.clicked.connect(self._choose_model)
        self.download_button.clicked.connect(self._to_models)
        self.start_button.clicked.connect(lambda: self.finish(""))
        for number, button in enumerate(self.questions):
            button.clicked.connect(lambda _=False, n=number: self.finish(self._first_questions()[n]))
        self.retranslate()

    def _lay_out(self) -> None:
        who = QHBoxLayout()
        who.setSpacing(8)
        who.addWidget(self.name, 3)
        who.addWidget(self.pin, 2)
        data, ask, model, end = FlowLayout(8), QVBoxLayout(), FlowLayout(8), QHBoxLayout()
        for button in (self.sample_button, self.import_button):
            data.addWidget(button)
        for button in self.questions:
            ask.addWidget(button)
        for button in (self.model_button, self.download_button):
            model.addWidget(button)
        end.addWidget(self.start_button)
        end.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.lead)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._sections = [
            Section(self._headings["language"], self.language), Section(self._headings["shop"], who),
            Section(self._headings["data"], self.data_note, data),
            Section(self._headings["model"], self.model_note, model),
        ]  # fmt: skip
        self._place_sections(2)
        column.addLayout(self._grid)
        column.addWidget(Section(self._headings["ask"], ask))
        column.addLayout(end)
        column.addStretch(1)
        self.setWidget(page_of(self._look, column, _COLUMN_PX))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_sections(2 if self.width() >= self._look.px(_TWO_COLUMNS_PX) else 1)

    def _place_sections(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for number, section in enumerate(self._sections):
                self._grid.addWidget(section, number // columns, number % columns)
            for column in range(2):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def show_engine(self, state: str) -> None:
        """ "none", "starting", "ready"…: how the model is doing while one reads."""
        self._model_state = state
        self._word_model()

    def finish(self, question: str) -> None:
        """Keep what was given and go to the chat."""
        self._keep()
        self.done.emit(question)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Welcome to ShopDesk"))
        self.lead.setText(self.tr("Five things in a minute. Each can be changed later, in the settings."))
        headings = {
            "language": self.tr("1 Language"), "shop": self.tr("2 Your shop"), "data": self.tr("3 Products"),
            "model": self.tr("4 Model"), "ask": self.tr("5 A first question"),
        }  # fmt: skip
        for name, text in headings.items():
            self._headings[name].setText(text)
        self.language.buttons["zh"].name("中文")
        self.language.buttons["en"].name("English")
        self.name.setPlaceholderText(self.tr("Name of the shop"))
        self.name.setAccessibleName(self.tr("Name of the shop"))
        self.pin.setPlaceholderText(self.tr("PIN (optional)"))
        self.pin.setAccessibleName(self.tr("PIN for the manager (may stay empty)"))
        self.data_note.setText(
            self.tr("A sample shop is there to try things out. Your own products take its place when you import them.")
        )
        self.sample_button.name(self.tr("Begin with the sample shop"))
        self.import_button.name(self.tr("Import my own file"), "Ctrl+I")
        self.model_button.name(self.tr("Add a model from disk or USB…"))
        self.download_button.name(self.tr("Download…"))
        for button, question in zip(self.questions, self._first_questions(), strict=True):
            button.name(question)
        self.start_button.name(self.tr("Start"))
        self._word_model()

    def _first_questions(self) -> tuple[str, str, str]:
        return (
            self.tr("Is JKT-105 in stock?"), self.tr("Which promotions run today?"),
            self.tr("How long can goods be returned?"),
        )  # fmt: skip

    def _word_model(self) -> None:
        states = {
            "ready": self.tr("The model that comes with ShopDesk is ready."),
            "starting": self.tr("The model that comes with ShopDesk is loading; the rows answer meanwhile."),
            "stopped": self.tr("The model that comes with ShopDesk is loading; the rows answer meanwhile."),
        }
        self.model_note.setText(
            states.get(self._model_state, self.tr("There is no model that can be used; the rows answer all the same."))
        )

    def _to_import(self) -> None:
        self._keep()
        self.import_wanted.emit()

    def _to_models(self) -> None:
        self._keep()
        self.download_wanted.emit()

    def _choose_model(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a model file"), "", self.tr("Model files (*.gguf *.zip)")
        )
        if name:
            self.model_file_chosen.emit(Path(name))

    def _keep(self) -> None:
        name, pin, app = self.name.text().strip(), self.pin.text(), self._app
        if pin and len(pin) < SHORTEST_PIN:
            self._messages.say(self.tr("A PIN has at least {n} characters.").format(n=SHORTEST_PIN), "", "warning")
            pin = ""
        self.pin.clear()

        def keep() -> None:
            if name:
                app.settings.set(shop.SHOP_NAME, name)
            if pin:
                self._access.pin.set(pin)
            app.settings.set(WELCOMED, True)

        def kept(_nothing: object) -> None:
            if pin:
                self._access.know(True)
            self.shop_changed.emit()

        self._jobs.keep(keep, on_done=kept, on_failed=self._messages.report)
