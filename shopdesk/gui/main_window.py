"""The window: three panes that fold, and the actions with their keys. What happens is in session and the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from shopdesk.gui import shop
from shopdesk.gui.access import Access, Pin
from shopdesk.gui.admin.kinds import KINDS
from shopdesk.gui.admin.rail import AdminRail
from shopdesk.gui.chat_view import COLUMN_PX, ChatView
from shopdesk.gui.chip_row import ChipRow
from shopdesk.gui.composer import Composer
from shopdesk.gui.conversations_panel import ConversationsPanel
from shopdesk.gui.facts_panel import FactsPanel
from shopdesk.gui.folder_watch import FolderWatcher
from shopdesk.gui.header import Header
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.library import Library
from shopdesk.gui.look import Look
from shopdesk.gui.messages import MessageBar, Messages
from shopdesk.gui.page_making import made
from shopdesk.gui.ports import AppLike
from shopdesk.gui.product_desk import ProductDesk
from shopdesk.gui.scanner import Scanner
from shopdesk.gui.session import Session
from shopdesk.gui.shop import last_import, shop_name
from shopdesk.gui.theme import SCALES
from shopdesk.gui.typeahead import ProductNames
from shopdesk.gui.wearing import wear
from shopdesk.gui.window_state import keep_state, restore_state
from shopdesk.gui.wiring import EngineWatch

if TYPE_CHECKING:  # the pages are loaded when they are first wanted
    from shopdesk.gui.admin.records_page import RecordsPage
    from shopdesk.gui.importing.page import ImportPage
    from shopdesk.gui.settings_page import SettingsPage

THREE_PANES_PX = 1200
TWO_PANES_PX = 800
RAIL_PX = 248
FACTS_PX = 348
FOR_EVERYONE = frozenset({"chat", "compare", "help", "lock", "welcome"})
"""The pages that no PIN stands before."""
STRIP_PX = 192
"""Most height of the cards above the chat when there is only one pane."""
_MOST_STRIP = 0.36
LOW_PX = 480
"""A window lower than this leaves the quick questions out."""


class MainWindow(QMainWindow):
    """Left the conversations, in the middle the page, right the facts."""

    def __init__(self, app: AppLike, look: Look, messages: Messages) -> None:
        super().__init__()
        self.app, self.look, self.messages = app, look, messages
        self.jobs = Jobs(self)
        self.engine_watch = EngineWatch(self)
        self.rail, self.admin_rail = ConversationsPanel(look), AdminRail(look)
        self.header = Header(look)
        self.message_bar = MessageBar(look)
        self.chat = ChatView(look)
        self.composer = Composer(look)
        self.facts = FactsPanel(look)
        self.access = Access(Pin(app.store.settings), self)
        self.products = ProductDesk(app, self.jobs, look, messages, self.facts, self, lambda: self.page)
        self.pages_made: dict[str, QWidget] = {}
        self.records_pages: dict[str, RecordsPage] = {}
        self.folder_watcher = FolderWatcher(app, self.jobs, look, messages, self._importing, self)
        self.library = Library(app, self.jobs, messages, self.rail)
        self.session = Session(app, self.jobs, look, messages, self.chat, self.facts, self.composer, self.library)
        self.names = ProductNames(app, self.jobs, look, messages.report)
        self.scanner = Scanner(self)
        self._page, self.behind_lock = "chat", "settings"
        self._panes = 0
        self._drawer_open = False
        self._lay_out()
        self._connect()
        self._keys()
        self.setMinimumSize(420, 480)
        if not restore_state(self, app.settings):
            self.resize(1366, 768)
        self.setWindowTitle("ShopDesk")
        self._fold()

    # Building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._middle = QWidget()
        self._middle.setObjectName("page")
        self._chat_page = QWidget()
        self._chat_page.setObjectName("page")
        composer_line = QHBoxLayout()
        composer_line.setContentsMargins(24, 0, 24, 16)
        composer_line.addStretch(1)
        composer_line.addWidget(self.composer, 1000)
        composer_line.addStretch(1)
        self.chips = ChipRow(self.look)
        self.chips.hide()
        chips_line = QHBoxLayout()
        chips_line.setContentsMargins(24, 0, 24, 8)
        chips_line.addStretch(1)
        chips_line.addWidget(self.chips, 1000)
        chips_line.addStretch(1)
        self._chat_column = QVBoxLayout(self._chat_page)
        self._chat_column.setContentsMargins(0, 0, 0, 0)
        self._chat_column.setSpacing(0)
        self._chat_column.addWidget(self.chat, 1)
        self._chat_column.addLayout(chips_line)
        self._chat_column.addLayout(composer_line)
        self.pages = QStackedWidget()
        for page in (self._chat_page, self.products.comparison):
            self.pages.addWidget(page)
        self.rails = QStackedWidget()
        self.rails.addWidget(self.rail)
        self.rails.addWidget(self.admin_rail)
        notices = QHBoxLayout()
        notices.setContentsMargins(24, 0, 24, 0)
        notices.addWidget(self.message_bar)
        column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(notices)
        column.addWidget(self.pages, 1)
        self._central = QWidget()
        self._row = QHBoxLayout(self._central)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.rails)
        self._row.addWidget(self._middle, 1)
        self._row.addWidget(self.facts)
        self.setCentralWidget(self._central)
        self._size_panes()

    def _connect(self) -> None:
        self.messages.said.connect(self.message_bar.show_message)
        self.rail.page_wanted.connect(self.toggle_page)
        self.admin_rail.page_wanted.connect(self.show_page)
        self.rail.new_wanted.connect(self._new_conversation)
        self.rail.opened.connect(self._open_conversation)
        self.composer.float_over(self)
        self.composer.typed.connect(self.names.typed)
        self.names.found.connect(self.composer.offer)
        self.composer.command_wanted.connect(self.do_command)
        self.scanner.scanned.connect(self.show_scanned)
        self.look.changed.connect(self._size_panes)
        self.header.menu_clicked.connect(self.toggle_drawer)
        self.header.back_clicked.connect(lambda: self.show_page("chat"))
        self.chat.empty.import_wanted.connect(lambda: self.show_page("import"))
        self.facts.filled.connect(lambda _filled: self._place_facts())
        self.folder_watcher.stored.connect(self.rows_changed)
        self.chips.prefill.connect(self.composer.prefill)
        self.chat.currentChanged.connect(lambda _number: self._fit_height())
        self.header.language_wanted.connect(self.speak)
        self.header.lock_clicked.connect(self.lock)
        self.access.changed.connect(self._access_changed)
        self.products.page_wanted.connect(self.show_page)
        self.engine_watch.changed.connect(lambda state: self.header.show_engine(state, self.app.engine))

    def _keys(self) -> None:
        actions = {
            "Ctrl+N": self.rail.new_wanted.emit, "Ctrl+F": lambda: self._search(),
            "Ctrl+I": lambda: self.toggle_page("import"),
            "Ctrl+,": lambda: self.toggle_page("settings"), "Ctrl+K": self._focus_composer, "Esc": self._escape,
            "Ctrl+Shift+C": self._copy_last, "Ctrl+B": self.toggle_drawer,
            "Ctrl+D": lambda: self.toggle_page("products"), "Ctrl+R": self._answer_anew, "Ctrl+E": self._edit_last,
            "Ctrl+Shift+S": self._speak_last, "F1": lambda: self.toggle_page("help"),
            "F11": self.products.toggle_customer,
            "Ctrl+L": self.lock, "Ctrl+M": self.products.compare_first, "Ctrl+Up": lambda: self.session.step(-1),
            "Ctrl+Down": lambda: self.session.step(1), "Ctrl++": lambda: self._resize_letters(1),
            "Ctrl+=": lambda: self._resize_letters(1), "Ctrl+-": lambda: self._resize_letters(-1),
        }  # fmt: skip
        for keys, action in actions.items():
            QShortcut(QKeySequence(keys), self).activated.connect(action)
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(lambda number=number: self.facts.highlight(number))

    def _size_panes(self) -> None:
        """What is as wide as its letters want it."""
        self.rails.setFixedWidth(self.look.px(RAIL_PX))
        self.composer.setMaximumWidth(self.look.px(COLUMN_PX))
        self.chips.setMaximumWidth(self.look.px(COLUMN_PX))
        self._panes = 0
        self._fold()

    def begin(self) -> None:
        """The window is shown: hand over early messages, follow the engine, open the last conversation."""
        self.messages.listen()
        self.engine_watch.watch(self.app.engine)
        for notice in self.app.notices:
            self.messages.say(notice.text, notice.detail, "warning")
        self.session.restore_last()
        self.folder_watcher.begin()
        self.refresh_look()
        pin = self.access.pin
        self.jobs.call("pin", lambda: pin.exists, on_done=self.access.know, on_failed=self.messages.report)  # type: ignore[arg-type]
        self.refresh_data_age()
        self.composer.input.setFocus()

    def refresh_data_age(self) -> None:
        """Ask the store when rows last came in."""
        store = self.app.store

        def ask() -> object:
            sample = store.has_sample()
            return last_import(store), sample, shop_name(self.app, self.look, sample)

        def show(found: object) -> None:
            assert isinstance(found, tuple)
            imported_at, sample, name = found
            self.chat.empty.show_data_age(imported_at, sample)
            self.header.name_shop(name)
            self.products.name_shop(name)

        self.jobs.call("data-age", ask, on_done=show, on_failed=self.messages.report)

    # Pages and panes ------------------------------------------------------------------------

    @property
    def page(self) -> str:
        """The page that is shown: "chat", "import", "settings" or a kind of rows."""
        return self._page

    def show_page(self, name: str) -> None:
        """Turn to a page. Those for the manager ask for the PIN first, where there is one."""
        if name not in FOR_EVERYONE and not self.access.may_manage:
            self.behind_lock, name = name, "lock"
        self._page = name
        self.pages.setCurrentWidget(self.page_named(name))
        self.rails.setCurrentWidget(self.rail if name in FOR_EVERYONE else self.admin_rail)
        self.admin_rail.show_page(name)
        self.header.show_page(name)
        self._place_facts()
        refresh: Callable[[], None] | None = getattr(self.page_named(name), "refresh", None)
        if refresh is not None:
            refresh()
        if name not in FOR_EVERYONE:
            self.access.visited()
        self._close_drawer()
        if name != "chat":
            self.page_named(name).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.isVisible():
            self.composer.input.setFocus()

    def page_named(self, name: str) -> QWidget:
        """The page `name`; most are made when they are first wanted."""
        own: dict[str, QWidget] = {"chat": self._chat_page, "compare": self.products.comparison}
        if name in own:
            return own[name]
        if name not in self.pages_made:
            page = self.pages_made[name] = made(name, self)
            self.pages.addWidget(page)
        return self.pages_made[name]

    @property
    def settings_page(self) -> SettingsPage:
        return cast("SettingsPage", self.page_named("settings"))

    def show_models(self) -> None:
        """The settings, where models are chosen and downloaded."""
        self.show_page("settings")
        if self._page == "settings":
            page = self.settings_page
            QTimer.singleShot(0, page, lambda: page.ensureWidgetVisible(page.models, 0, 24))

    @property
    def import_page(self) -> ImportPage:
        return cast("ImportPage", self.page_named("import"))

    def _importing(self) -> bool:
        return "import" in self.pages_made and self.import_page.work.busy

    def welcome_if_new(self) -> None:
        """At the very first start: the page that leads to a first question."""
        from shopdesk.gui.welcome_page import WELCOMED

        if not self.app.settings.get(WELCOMED) and self.session.conversation_id is None:
            self.show_page("welcome")

    def ask(self, question: str) -> None:
        self.show_page("chat")
        if question:
            self.session.ask(question)

    def store_restored(self) -> None:
        """Another store stands in the place of the one that was shown."""
        self.session.new_conversation()
        self.library.refresh()
        pin = self.access.pin
        self.jobs.call("pin", lambda: pin.exists, on_done=self.access.know, on_failed=self.messages.report)  # type: ignore[arg-type]
        self.refresh_data_age()

    def _access_changed(self) -> None:
        self.header.show_lock(self.access.protected and self.access.may_manage)
        if not self.access.may_manage and self._page not in FOR_EVERYONE:
            self.show_page("chat")

    def lock(self) -> None:
        """Only the chat, until the PIN is given again."""
        self.access.lock()
        if self.access.protected:
            self.show_page("chat")

    # Look and language ----------------------------------------------------------------------

    def speak(self, language: str) -> None:
        """Change the language of the window, now and for the next start."""
        self.look.speak("zh" if language == "zh" else "en")
        settings = self.app.settings
        self.jobs.keep(lambda: settings.set("language", language), on_failed=self.messages.report)
        self.refresh_data_age()

    def refresh_look(self) -> None:
        """Theme, size, font and the shop's own look, as the settings have them."""
        wear(self.look, self.app)
        chips = shop.chips_of(self.app)
        self.chips.show_chips(chips)
        self.chat.empty.row.show_chips(chips)
        self.chat.empty.greet(str(self.app.settings.get(shop.GREETING) or ""))
        self.header.show_logo(shop.logo_of(self.app))

    def _resize_letters(self, by: int) -> None:
        settings = self.app.settings
        place = SCALES.index(str(float(self.look.scale))) + by if str(float(self.look.scale)) in SCALES else 0
        scale = float(SCALES[max(0, min(place, len(SCALES) - 1))])
        self.jobs.keep(
            lambda: settings.set("scale", scale), on_done=lambda _: self.refresh_look(),
            on_failed=self.messages.report,
        )  # fmt: skip

    def rows_changed(self) -> None:
        """Rows came in or went, on another page than the one of their kind."""
        self.refresh_data_age()
        if self._page in KINDS:
            self.records_pages[self._page].refresh()
        elif self._page == "import":
            self.import_page.refresh()

    def toggle_page(self, name: str) -> None:
        """Go to a page, or back to the chat when it is already there."""
        self.show_page("chat" if self.page == name else name)

    @property
    def panes(self) -> int:
        """How many panes stand side by side: 3, 2 or 1."""
        return self._panes

    def toggle_drawer(self) -> None:
        """Show or hide the conversations where they are folded away."""
        if self._panes == 3:
            return
        self._drawer_open = not self._drawer_open
        self._place_drawer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self._fit_height()

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_state(self, self.app.settings)
        self.products.close()
        self.access.close()
        self.scanner.close()
        self.names.cancel()
        self.library.close()
        self.session.close()
        self.engine_watch.close()
        self.folder_watcher.close()
        self.jobs.close()
        event.accept()

    def _fold(self) -> None:
        width = self.width()
        panes = 3 if width >= self.look.px(THREE_PANES_PX) else 2 if width >= self.look.px(TWO_PANES_PX) else 1
        if panes != self._panes:
            self._panes = panes
            self.header.show_menu(panes < 3)
            self._drawer_open = False
            self._place_facts()
        self._place_drawer()

    def _place_facts(self) -> None:
        """Beside the chat, or as a strip above it in a narrow window; nowhere on the other pages."""
        strip = self._panes == 1
        self.facts.show_strip(strip)
        if strip:
            if self._chat_column.indexOf(self.facts) < 0:
                self._chat_column.insertWidget(0, self.facts)
            self.facts.setMinimumWidth(0)
            self.facts.setMaximumWidth(16_777_215)
        else:
            if self._row.indexOf(self.facts) < 0:
                self._row.addWidget(self.facts)
            self.facts.setFixedWidth(self.look.px(FACTS_PX))
            self.facts.setMinimumHeight(0)
            self.facts.setMaximumHeight(16_777_215)
        self.facts.setVisible(self.page == "chat" and (not strip or bool(self.facts.cards)))
        self._fit_height()

    def _fit_height(self) -> None:
        """Where letters are large and the window is low, the answer needs the room most."""
        self.chips.setVisible(self.chat.currentIndex() > 0 and self.height() >= self.look.px(LOW_PX))
        if self._panes == 1:
            self.facts.setFixedHeight(min(self.look.px(STRIP_PX), int(self.height() * _MOST_STRIP)))

    def _place_drawer(self) -> None:
        """In three panes the rail is part of the row; otherwise it lies over the page while it is open."""
        central = self._central
        if self._panes == 3:
            if self._row.indexOf(self.rails) < 0:
                self._row.insertWidget(0, self.rails)
            self.rails.show()
            return
        if self._row.indexOf(self.rails) >= 0:
            self._row.removeWidget(self.rails)
            self.rails.setParent(central)
        self.rails.setGeometry(0, self.header.height(), self.look.px(RAIL_PX), central.height() - self.header.height())
        self.rails.setVisible(self._drawer_open)
        if self._drawer_open:
            self.rails.raise_()
            (self.rail.list if self._page == "chat" else self.admin_rail).setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_drawer(self) -> None:
        if self._panes < 3 and self._drawer_open:
            self.toggle_drawer()

    # Keys -----------------------------------------------------------------------------------

    def _search(self, words: str = "") -> None:
        if self._page in KINDS:
            self.records_pages[self._page].search.setFocus()
            return
        self.show_page("chat")
        if self._panes < 3 and not self._drawer_open:
            self.toggle_drawer()
        if words:
            self.rail.search.setText(words)
        self.rail.search.setFocus()
        self.rail.search.selectAll()

    def _focus_composer(self) -> None:
        self.show_page("chat")
        self.composer.input.setFocus()

    def _escape(self) -> None:
        """One key for "enough": the answer, the drawer, the page, in this order."""
        if self.session.busy:
            self.session.stop()
        elif self.composer.suggestions is not None and self.composer.suggestions.isVisible():
            self.composer.offer(())
        elif self.composer.in_edit:
            self.composer.leave_edit()
        elif self._panes < 3 and self._drawer_open:
            self._close_drawer()
        elif self._page in KINDS and self.records_pages[self._page].form.isVisible():
            self.records_pages[self._page].close_form()
        elif self._page != "chat":
            self.show_page("chat")
        else:
            self.composer.input.setFocus()

    def _copy_last(self) -> None:
        if (block := self.session.last_block()) is not None:
            block.copy_answer()

    def _answer_anew(self) -> None:
        if self._page == "chat" and (block := self.session.last_block()) is not None:
            self.session.answer_anew(block)

    def _edit_last(self) -> None:
        if self._page == "chat" and (block := self.session.last_block()) is not None:
            self.session.edit(block)

    def _speak_last(self) -> None:
        if (block := self.session.last_block()) is not None:
            block.read_aloud()

    # What is wanted from outside the pages ---------------------------------------------------

    def _new_conversation(self) -> None:
        self.session.new_conversation()
        self.show_page("chat")

    def _open_conversation(self, conversation_id: int, at: object) -> None:
        self.session.open(conversation_id, at if isinstance(at, int) else None)
        self.show_page("chat")

    def show_scanned(self, code: str) -> None:
        """A barcode was scanned: the product's rows at once, whatever was going on."""
        self.show_page("chat")
        self.session.ask_rows(code)

    def do_command(self, command: str, words: str) -> None:
        """What was typed after a slash."""
        if not command:
            self.messages.say(
                self.tr("There is no command /{name}. /help lists them.").format(name=words), "", "warning"
            )
            return
        actions: dict[str, Callable[[], object]] = {
            "compare": self.products.compare_cards, "customer": self.products.toggle_customer, "lock": self.lock,
            "help": lambda: self.show_page("help"), "new": self._new_conversation,
            "find": lambda: self._search(words), "again": self._answer_anew, "export": self._export,
            "import": lambda: self.show_page("import"), "data": lambda: self.show_page("products"),
            "settings": lambda: self.show_page("settings"),
        }  # fmt: skip
        actions[command]()

    def _export(self) -> None:
        if self.session.conversation_id is not None:
            title = str(self.rail.model.index_of(self.session.conversation_id).data() or "")
            self.library.choose_file(self.session.conversation_id, title)
