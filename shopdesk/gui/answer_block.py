"""One question with its answer: notice, words, nearest rows, footer. Its buttons are made when it is turned to."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from shopdesk.core.types import Fact
from shopdesk.core.wording import label_of
from shopdesk.gui.answer_text import AnswerText
from shopdesk.gui.answer_tools import AnswerTools, RightAnswer
from shopdesk.gui.look import Look
from shopdesk.gui.paragraphs import Paragraphs
from shopdesk.gui.pieces import Button, Translated, label, set_role
from shopdesk.gui.restored import Footer
from shopdesk.gui.speech import Voice
from shopdesk.gui.wording import clock, route_name

_CITATION_TEXT = re.compile(r"\s?\[\d{1,3}\]")
_NEAREST = 3
_LONGEST_CHIP = 24
_FOOTER_PX = 40


class Bubble(QFrame):
    """The clerk's words, at the right, as wide as they need."""

    def __init__(self, text: str, look: Look) -> None:
        super().__init__()
        self.setObjectName("bubble")
        self.text = _Question(text, look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.addWidget(self.text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def fit(self, available: int) -> None:
        """Take at most four fifths of `available` pixels."""
        self.text.document.setTextWidth(-1)
        wanted = int(self.text.document.idealWidth()) + 1 + 2 * 16
        width = min(max(80, int(available * 0.8)), wanted)
        if width != self.minimumWidth():
            self.setFixedWidth(width)


class _Question(Paragraphs):
    def __init__(self, text: str, look: Look) -> None:
        super().__init__(look, 15)
        self.show_text(text)

    def text(self) -> str:
        return self._text

    def show_text(self, text: str) -> None:
        self._text = text
        self.document.setPlainText(text)
        self.text_changed()


class _Rule(QWidget):
    """The line at the left of an answer: in the accent where the cards at the right belong to it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self.chosen = look, False
        self.setFixedWidth(3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.theme.accent if self.chosen else self._look.theme.line))
        painter.end()


class AnswerBlock(Translated, QWidget):
    """Knows the facts it was answered from, and the stored messages that it shows the versions of."""

    cited = Signal(object, int)  # (block, fact id)
    chosen = Signal(object)
    nearest_wanted = Signal(str)
    ask_again = Signal(str)
    anew_wanted = Signal(object)  # answer the same question again
    edit_wanted = Signal(object)
    voted = Signal(object, str, str)  # (block, "up" or "down", the right answer)
    version_wanted = Signal(object, int)  # (block, message id)

    def __init__(self, question: str, look: Look, voice: Voice | None = None) -> None:
        super().__init__()
        self._look, self._voice = look, voice
        self.question = question
        self.facts: tuple[Fact, ...] = ()
        self.focus: tuple[object, ...] = ()
        self.messages: tuple[int, ...] = ()
        self.shown_message: int | None = None
        self.vote = ""
        self._footer: Footer | None = None
        self._waiting = True
        self._writing_anew, self._draft = "", ""
        self.bubble = Bubble(question, look)
        self.answer = AnswerText(look)
        self.progress = label("", "muted")
        self.footer = label("", "small")
        self._footer_mark = label("", wrap=False)
        self._rule = _Rule(look)
        # What most blocks never need is made when it is wanted.
        self._tools: AnswerTools | None = None
        self._resume: Button | None = None
        self._again: Button | None = None
        self._notice: _Notice | None = None
        self._nearest: QWidget | None = None
        self.right_answer: RightAnswer | None = None
        self._lay_out()
        self.answer.cited.connect(lambda number: self.cited.emit(self, number))
        self.answer.touched.connect(lambda: self.chosen.emit(self))
        look.changed.connect(self._dress_footer)
        self.retranslate()

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.addStretch(1)
        asked.addWidget(self.bubble)
        self._footer_row = QWidget()
        self._under = QHBoxLayout(self._footer_row)
        self._under.setSpacing(0)
        self._under.setContentsMargins(0, 0, 0, 0)
        self._footer_mark.setContentsMargins(0, 0, 4, 0)
        self._under.addWidget(self._footer_mark)
        self._under.addWidget(self.footer, 1)
        self._footer_row.setMinimumHeight(self._look.px(_FOOTER_PX))
        self._words = QVBoxLayout()
        self._words.setSpacing(8)
        self._words.addWidget(self.progress)
        self._words.addWidget(self.answer)
        self._words.addWidget(self._footer_row)
        page = QHBoxLayout()
        page.setSpacing(16)
        page.addWidget(self._rule)
        page.addLayout(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(asked)
        column.addLayout(page)
        for piece in (self.answer, self._footer_mark, self.footer):
            piece.hide()

    # What happens to an answer, in the order of core.events -----------------------------------

    def facts_found(self, facts: tuple[Fact, ...], focus: tuple[object, ...]) -> None:
        self.facts, self.focus = facts, focus
        self._show_progress()

    def append_text(self, text: str) -> None:
        self._words_are_here()
        if not self._writing_anew:
            self.answer.append_text(text)
            return
        # An answer that goes on where it was stopped: what stands there stays until more is there, or another.
        self._draft += text
        if not self._writing_anew.startswith(self._draft):
            self._writing_anew = ""
            self.answer.replace_text(self._draft)

    def replace_text(self, text: str) -> None:
        self._words_are_here()
        self._writing_anew = ""
        self.answer.replace_text(text)

    def begin_anew(self, question: str = "") -> None:
        """The same question, or another in its place, is being answered again."""
        goes_on = self.stopped and not question
        if question:
            self.question = question
            self.bubble.text.show_text(question)
            self._fit_bubble()
        self._draft, self._writing_anew = "", self.answer.text() if goes_on else ""
        if not goes_on:
            self.answer.replace_text("")
            self.answer.hide()
        self._footer, self.vote, self._waiting = None, "", True
        for piece in (self.footer, self._footer_mark, self._resume, self._again, self._tools, self._notice):
            if piece is not None:
                piece.hide()
        self._close_right_answer()
        self._clear_nearest()
        set_role(self.progress, "muted")
        self.progress.setVisible(not goes_on)
        self._show_progress()

    def show_notice(self, text: str, details: str) -> None:
        self.notice.setText(text)
        self.details.setText(details)
        assert self._notice is not None
        self.notice_details.setVisible(bool(details))
        self._notice.show()

    def finish(self, text: str, footer: Footer) -> None:
        """The answer is complete: `text` is what was stored, whatever had been streamed."""
        self._words_are_here()
        self._writing_anew = ""
        if self.answer.text() != text:
            self.answer.replace_text(text)
        self._footer = footer
        self._clear_nearest()
        if footer.route == "refusal":
            self._offer_nearest()
        if footer.stopped:
            self.resume.show()
        self._dress_footer()
        self._dress_tools(wanted=self._rule.chosen)

    def fail(self, text: str) -> None:
        """No answer came. The question stays and can be asked again."""
        self._waiting = False
        self.progress.setText(text)
        set_role(self.progress, "error")
        self.progress.show()
        self.again.show()

    def leave_unanswered(self) -> None:
        """Stored without an answer: the program was ended in between."""
        self.fail(self.tr("No answer was stored: ShopDesk ended before it was complete."))

    @property
    def answered(self) -> bool:
        return self._footer is not None

    @property
    def route(self) -> str:
        """Where the shown answer came from; empty while there is none."""
        return self._footer.route if self._footer else ""

    @property
    def stopped(self) -> bool:
        return self._footer is not None and self._footer.stopped

    def know_messages(self, messages: tuple[int, ...], shown: int | None = None) -> None:
        """Which stored messages stand here, oldest first; the last is shown unless `shown` says otherwise."""
        self.messages = messages
        self.shown_message = shown or (messages[-1] if messages else None)
        if len(messages) > 1:
            self.show_tools()
        self._dress_tools()

    def show_vote(self, vote: str) -> None:
        """`vote`: "up", "down" or "" for none."""
        self.vote = vote
        if vote:
            self.show_tools()
        self._dress_tools()

    def copy_answer(self) -> None:
        """The answer without its citation marks, ready to be sent to a customer."""
        QApplication.clipboard().setText(self._plain_words())

    def read_aloud(self) -> None:
        if self._voice is not None:
            self._voice.say(self._plain_words(), self._look.language)

    def choose(self, chosen: bool) -> None:
        """Whether the cards at the right belong to this answer."""
        if chosen != self._rule.chosen:
            self._rule.chosen = chosen
            self._rule.update()
        if chosen:
            self.show_tools()

    # What is made when it is wanted -----------------------------------------------------------

    @property
    def tools(self) -> AnswerTools:
        if self._tools is None:
            tools = self._tools = AnswerTools(self._look)
            tools.hide()
            tools.copy.clicked.connect(self.copy_answer)
            tools.anew.clicked.connect(lambda: self.anew_wanted.emit(self))
            tools.edit.clicked.connect(lambda: self.edit_wanted.emit(self))
            tools.speak.clicked.connect(self.read_aloud)
            tools.earlier.clicked.connect(lambda: self._turn_version(-1))
            tools.later.clicked.connect(lambda: self._turn_version(1))
            tools.up.clicked.connect(lambda: self._vote("up"))
            tools.down.clicked.connect(lambda: self._vote("down"))
            self._under.addWidget(tools)
        return self._tools

    @property
    def resume(self) -> Button:
        if self._resume is None:
            self._resume = Button(self._look, "chevron-right", "plain")
            self._resume.name(self.tr("Continue"), "Ctrl+R")
            self._resume.clicked.connect(lambda: self.anew_wanted.emit(self))
            self._under.insertWidget(2, self._resume)
        return self._resume

    @property
    def again(self) -> Button:
        if self._again is None:
            self._again = Button(self._look, "", "link")
            self._again.name(self.tr("Ask again"))
            self._again.clicked.connect(lambda: self.ask_again.emit(self.question))
            self._under.addWidget(self._again)
        return self._again

    @property
    def nearest(self) -> list[Button]:
        """The products offered where nothing was found."""
        return self._nearest.findChildren(Button) if self._nearest is not None else []

    @property
    def notice(self) -> QLabel:
        return self._noticed().text

    @property
    def details(self) -> QLabel:
        return self._noticed().details

    @property
    def notice_details(self) -> Button:
        return self._noticed().button

    def _noticed(self) -> _Notice:
        if self._notice is None:
            self._notice = _Notice(self._look)
            self._notice.hide()
            self._words.insertWidget(0, self._notice)
        return self._notice

    def show_tools(self) -> None:
        """The buttons, for an answer that somebody turned to."""
        if self._footer is not None and not self._footer_row.isHidden():
            self._dress_tools(wanted=True)

    # Qt's own ---------------------------------------------------------------------------------

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.show_tools()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.chosen.emit(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bubble()

    def fit(self, width: int) -> int:
        """The height that this block takes at `width`."""
        self.bubble.fit(width)
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)

    def retranslate(self) -> None:
        if self._resume is not None:
            self._resume.name(self.tr("Continue"), "Ctrl+R")
        if self._again is not None:
            self._again.name(self.tr("Ask again"))
        self.bubble.text.setAccessibleName(self.tr("Question"))
        self.answer.setAccessibleName(self.tr("Answer"))
        self._show_progress()
        self._dress_footer()

    def _fit_bubble(self) -> None:
        self.bubble.fit(self.width())

    def _plain_words(self) -> str:
        return _CITATION_TEXT.sub("", self.answer.text())

    def _vote(self, vote: str) -> None:
        self.show_vote(vote)
        self.voted.emit(self, vote, "")
        if vote == "down" and self.right_answer is None:
            self.right_answer = RightAnswer(self._look)
            self.right_answer.given.connect(self._give_right_answer)
            self._words.addWidget(self.right_answer)
            self.right_answer.text.setFocus()
        elif vote == "up":
            self._close_right_answer()

    def _give_right_answer(self, text: str) -> None:
        if text:
            self.voted.emit(self, "down", text)
        self._close_right_answer()

    def _close_right_answer(self) -> None:
        if self.right_answer is not None:
            self.right_answer.hide()
            self.right_answer.deleteLater()
            self.right_answer = None

    def _turn_version(self, step: int) -> None:
        place = self.messages.index(self.shown_message) + step if self.shown_message in self.messages else -1
        if 0 <= place < len(self.messages):
            self.version_wanted.emit(self, self.messages[place])

    def _words_are_here(self) -> None:
        if self._waiting or self.answer.isHidden():
            self._waiting = False
            self.progress.hide()
            self.answer.show()

    def _show_progress(self) -> None:
        if not self._waiting:
            return
        self.progress.setText(self.tr("Writing…") if self.facts else self.tr("Looking…"))

    def _dress_tools(self, *, wanted: bool = False) -> None:
        """Which buttons can be used. They are there only where they were `wanted` once."""
        if self._tools is None and not wanted:
            return
        tools, done, stored = self.tools, self._footer is not None, bool(self.messages)
        place = self.messages.index(self.shown_message) if self.shown_message in self.messages else 0
        tools.show_versions(place + 1, len(self.messages))
        tools.show_vote(self.vote)
        tools.copy.setVisible(bool(self.answer.text()))
        for button in (tools.up, tools.down, tools.edit, tools.anew):
            button.setVisible(stored)
        tools.speak.setVisible(self._voice is not None and self._voice.ready)
        tools.setVisible(done)

    def _clear_nearest(self) -> None:
        if self._nearest is not None:
            self._nearest.hide()
            self._nearest.deleteLater()
            self._nearest = None

    def _offer_nearest(self) -> None:
        if not self.facts:
            return
        self._nearest = QWidget()
        line = QHBoxLayout(self._nearest)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for fact in self.facts[:_NEAREST]:
            name = label_of(fact.record, self._look.language)
            chip = Button(self._look, "", "chip")
            chip.name(name if len(name) <= _LONGEST_CHIP else name[: _LONGEST_CHIP - 1] + "…")
            chip.setToolTip(name)
            chip.clicked.connect(lambda _=False, wanted=name: self.nearest_wanted.emit(wanted))
            line.addWidget(chip)
        line.addStretch(1)
        self._words.insertWidget(self._words.indexOf(self._footer_row), self._nearest)

    def _dress_footer(self) -> None:
        footer = self._footer
        if footer is None:
            return
        parts: list[str] = []
        if footer.stopped:
            parts.append(self.tr("stopped"))
        elif footer.route == "refusal":
            parts.append(route_name("refusal"))
        elif footer.as_of or not footer.grounded:
            parts.append(self.tr("checked against the rows") if footer.grounded else self.tr("not checked"))
            parts.append(route_name(footer.route))
        elif footer.route != "exact":
            parts.append(route_name(footer.route))  # small talk: it leans on no row, so none was looked at
        if footer.repaired:
            parts.append(self.tr("corrected"))
        if footer.as_of and footer.route != "refusal":
            parts.append(self.tr("as of {time}").format(time=clock(footer.as_of)))
        self.footer.setVisible(bool(parts))
        self.footer.setText(" · ".join(part for part in parts if part))
        good = footer.grounded and bool(footer.as_of) and not footer.stopped and footer.route != "refusal"
        icon, ink = ("check", self._look.theme.accent) if good else ("warning", self._look.theme.warning)
        side = self._look.px(18)
        self._footer_mark.setPixmap(self._look.icons.pixmap(icon, ink, side, self.devicePixelRatioF()))
        self._footer_mark.setVisible(good or (not footer.grounded and footer.route != "refusal" and not footer.stopped))


class _Notice(Translated, QWidget):
    """One line over the answer, such as that the model is not available, and its details."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.text = label("", "small")
        self.button = Button(look, "", "link")
        self.details = label("", "small", selectable=True)
        self.details.hide()
        line = QHBoxLayout()
        line.addWidget(self.text, 1)
        line.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addWidget(self.details)
        self.button.clicked.connect(lambda: self.details.setVisible(not self.details.isVisible()))
        self.retranslate()

    def retranslate(self) -> None:
        self.button.name(self.tr("Details"))
