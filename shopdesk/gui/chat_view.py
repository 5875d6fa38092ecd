"""The conversation in the middle: only the blocks that can be seen exist, so that 10,000 open and scroll at once."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QStackedWidget, QWidget

from shopdesk.gui.answer_block import AnswerBlock
from shopdesk.gui.empty_state import EmptyState
from shopdesk.gui.look import Look
from shopdesk.gui.ports import TurnLike
from shopdesk.gui.restored import StoredAnswer
from shopdesk.gui.speech import Voice

COLUMN_PX = 760
"""Widest text column; longer lines are hard to read."""
_NEAR_END_PX = 32
_SIDE_PX, _TOP_PX, _BOTTOM_PX, _GAP_PX = 24, 24, 16, 32
_ABOUT_BLOCK_PX, _ABOUT_LINE_PX, _ABOUT_LINE_CHARACTERS = 140, 26, 38
"""What a block takes before it was ever drawn: itself, and each line of its text."""
_KEPT_BLOCKS = 24
"""Blocks out of sight that are kept all the same, for scrolling back."""


@dataclass(eq=False)
class Place:
    """One turn of the conversation. `block` is there while it is in or near sight."""

    number: int
    messages: tuple[int, ...] = ()
    height: int = _ABOUT_BLOCK_PX
    stored: StoredAnswer | None = None
    block: AnswerBlock | None = None
    kept: bool = field(default=False)
    """Asked just now: not in the store as it is shown, so the block stays."""


class TurnColumn(QAbstractScrollArea):
    """A column of turns of which only those in or near sight have widgets. Heights not yet seen are estimated."""

    wanted = Signal(list)  # message ids whose texts are needed
    made = Signal(object)  # a block was made; whoever knows the session connects it

    def __init__(self, look: Look, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._voice = look, voice
        self.places: list[Place] = []
        self._of_block: dict[AnswerBlock, Place] = {}
        self._steps: list[int] = []  # the height of each place and the gap after it
        self._tops: list[int] | None = None
        self._asked: set[int] = set()
        self._at_end = True
        self._arranging = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setObjectName("page")
        # One block a turn of the event loop is made, so that a jump to elsewhere never holds the window up.
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(0)
        self._next.timeout.connect(self.arrange)
        bar = self.verticalScrollBar()
        bar.setSingleStep(24)
        bar.valueChanged.connect(self._moved)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    # What stands there ------------------------------------------------------------------------

    def add(self, block: AnswerBlock) -> None:
        """A turn at the end that is not in the store yet; the view goes there."""
        place = Place(len(self.places), kept=True)
        self.places.append(place)
        self._steps.append(place.height + _GAP_PX)
        self._tops = None
        self._at_end = True
        self.take(place, block)
        self.arrange()

    def show_turns(self, turns: Sequence[TurnLike], at: int | None = None) -> None:
        """A stored conversation: its end, or the turn that holds the message `at`."""
        self.clear()
        self.places = [Place(n, turn.messages, _about(turn.characters)) for n, turn in enumerate(turns)]
        self._steps = [place.height + _GAP_PX for place in self.places]
        self._tops = None
        number = next((n for n, place in enumerate(self.places) if at in place.messages), None)
        if number is None:
            self._at_end = True
            self.arrange()
            return
        self._at_end = False
        self._set_range()
        self.verticalScrollBar().setValue(self._all_tops()[number] - _TOP_PX)
        self.arrange()

    def fill(self, texts: dict[int, StoredAnswer]) -> None:
        """The texts that were `wanted` have come."""
        for place in self.places_near():
            for message in place.messages:
                if message in texts and message == place.messages[-1]:
                    place.stored = texts[message]
        self._asked.difference_update(texts)
        self.arrange()

    def clear(self) -> None:
        for place in list(self._of_block.values()):
            self._drop(place)
        self.places, self._steps, self._tops = [], [], None
        self._asked.clear()
        self._at_end = True
        self._next.stop()
        self.verticalScrollBar().setRange(0, 0)

    def place_of(self, block: AnswerBlock) -> Place | None:
        return self._of_block.get(block)

    def live(self) -> list[AnswerBlock]:
        """The blocks that exist, in order."""
        return sorted(self._of_block, key=lambda block: self._of_block[block].number)

    def places_near(self) -> list[Place]:
        """The places in sight, and a screen before and after."""
        if not self.places:
            return []
        first, last = self._near()
        return self.places[first : last + 1]

    @property
    def at_end(self) -> bool:
        return self._at_end

    # Arranging --------------------------------------------------------------------------------

    def arrange(self) -> None:
        """Make the blocks in sight that are missing, put all where they belong, let go of those far away."""
        if self._arranging or not self.places:
            return
        self._arranging = True
        try:
            self._set_range()
            if self._at_end:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            first, last = self._near()
            seen_first, seen_last = self._between(0, 0)
            made = 0
            # The end first where the end is in sight: it is what one came for.
            order = range(last, first - 1, -1) if self._at_end else range(first, last + 1)
            in_sight = [n for n in order if seen_first <= n <= seen_last]
            for number in [*in_sight, *(n for n in order if not seen_first <= n <= seen_last)]:
                place = self.places[number]
                if place.block is None and place.stored is not None:
                    if made:
                        self._next.start()
                        break
                    self._make(place)
                    made += 1
            self._put()
            self._let_go(first, last)
            self._ask_for(first, last)
            if made:
                self._next.start()
        finally:
            self._arranging = False

    def measure(self, block: AnswerBlock) -> None:
        """A block grew or shrank: what is in sight stays where it is, unless the end was in sight, which then stays."""
        place = self._of_block.get(block)
        if place is None or self._arranging:
            return
        height = block.fit(self._width())
        if height != place.height:
            self._resize_place(place, height)
            self._set_range()
            if self._at_end:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            self._put()

    def show_block(self, block: AnswerBlock) -> None:
        """Bring a block into sight."""
        if (place := self._of_block.get(block)) is not None:
            top, bar = self._all_tops()[place.number], self.verticalScrollBar()
            if top < bar.value() or top + place.height > bar.value() + self.viewport().height():
                bar.setValue(top - _TOP_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.places:
            return
        width = self._width()
        for block, place in list(self._of_block.items()):
            self._resize_place(place, block.fit(width))
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and isinstance(watched, AnswerBlock):
            self.measure(watched)
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return QSize(400, 300)

    def _make(self, place: Place) -> None:
        stored = place.stored
        assert stored is not None
        block = AnswerBlock(stored.question, self._look, self._voice)
        block.facts_found(stored.facts, ())
        block.know_messages(place.messages)
        show_stored(block, stored)
        self.take(place, block)

    def take(self, place: Place, block: AnswerBlock) -> None:
        """From now on `block` shows `place`."""
        place.block = block
        self._of_block[block] = place
        block.setParent(self.viewport())
        block.installEventFilter(self)
        self._resize_place(place, block.fit(self._width()), was_guessed=True)
        block.resize(self._width(), place.height)
        self.made.emit(block)

    def _resize_place(self, place: Place, height: int, *, was_guessed: bool = False) -> None:
        """What is in sight must not jump when something above it turns out taller or shorter."""
        if height == place.height:
            return
        bar = self.verticalScrollBar()
        top = self._all_tops()[place.number]
        grown = height - place.height
        # A block that grows while it is read grows at its end; one that was guessed is read from its end upwards.
        above = top if was_guessed else top + place.height
        place.height = height
        self._steps[place.number] = height + _GAP_PX
        self._tops = None
        if not self._at_end and above < bar.value():
            self._set_range()
            blocked = bar.blockSignals(True)
            bar.setValue(bar.value() + grown)
            bar.blockSignals(blocked)

    def _put(self) -> None:
        tops, value = self._all_tops(), self.verticalScrollBar().value()
        width = self._width()
        left = max(_SIDE_PX, (self._room() - width) // 2)
        for block, place in self._of_block.items():
            block.setGeometry(QRect(left, tops[place.number] - value, width, place.height))
            block.show()

    def _let_go(self, first: int, last: int) -> None:
        far = [
            place for place in self._of_block.values() if not place.kept and not first <= place.number <= last
        ]  # fmt: skip
        focused = QApplication.focusWidget()
        for place in far[:-_KEPT_BLOCKS] if len(far) > _KEPT_BLOCKS else ():
            if place.block is not None and not (focused is not None and place.block.isAncestorOf(focused)):
                self._drop(place)
                place.stored = None  # read again when it is wanted: a vote may have been given meanwhile

    def _drop(self, place: Place) -> None:
        if place.block is not None:
            del self._of_block[place.block]
            place.block.removeEventFilter(self)
            place.block.hide()
            place.block.deleteLater()
            place.block = None

    def _ask_for(self, first: int, last: int) -> None:
        missing = [
            place.messages[-1] for place in self.places[first : last + 1]
            if place.block is None and place.stored is None and place.messages
            and place.messages[-1] not in self._asked
        ]  # fmt: skip
        if missing:
            self._asked.update(missing)
            self.wanted.emit(missing)

    def _moved(self, value: int) -> None:
        if self._arranging:
            return
        self._at_end = value >= self.verticalScrollBar().maximum() - _NEAR_END_PX
        self.arrange()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Walking through with the keyboard scrolls along."""
        if new is None or not self.viewport().isAncestorOf(new) or not self.isVisible():
            return
        place = new.mapTo(self.viewport(), new.rect().topLeft()).y()
        bar = self.verticalScrollBar()
        if place < 0:
            bar.setValue(bar.value() + place - _TOP_PX)
        elif place + new.height() > self.viewport().height():
            beyond = place + min(new.height(), self.viewport().height()) - self.viewport().height()
            bar.setValue(bar.value() + beyond + _BOTTOM_PX)

    # Measures ---------------------------------------------------------------------------------

    def _room(self) -> int:
        """The width of the column and its margins, whether the bar is there or not."""
        return self.width()

    def _width(self) -> int:
        return max(120, min(self._look.px(COLUMN_PX), self._room() - 2 * _SIDE_PX))

    def _all_tops(self) -> list[int]:
        if self._tops is None:
            self._tops = list(itertools.accumulate(self._steps, initial=_TOP_PX))
        return self._tops

    def _set_range(self) -> None:
        total = self._all_tops()[-1] - _GAP_PX + _BOTTOM_PX if self.places else 0
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, self.viewport().height()))
        blocked = bar.blockSignals(True)
        bar.setRange(0, max(0, total - self.viewport().height()))
        bar.blockSignals(blocked)

    def _between(self, before: int, after: int) -> tuple[int, int]:
        tops, value = self._all_tops(), self.verticalScrollBar().value()
        first = max(0, bisect_right(tops, max(0, value - before)) - 1)
        last = max(first, bisect_right(tops, value + self.viewport().height() + after) - 1)
        return min(first, len(self.places) - 1), min(last, len(self.places) - 1)

    def _near(self) -> tuple[int, int]:
        height = self.viewport().height()
        return self._between(height, height)


class ChatView(QStackedWidget):
    """The turns of one conversation, or the empty state when there are none. Tells what happens in any block."""

    cited = Signal(object, int)
    chosen = Signal(object)
    nearest_wanted = Signal(str)
    ask_again = Signal(str)
    anew_wanted = Signal(object)
    edit_wanted = Signal(object)
    voted = Signal(object, str, str)
    version_wanted = Signal(object, int)
    texts_wanted = Signal(list)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.voice = Voice(self)
        self.empty = EmptyState(look)
        self.scroller = TurnColumn(look, self.voice)
        self.addWidget(self.empty)
        self.addWidget(self.scroller)
        self.scroller.wanted.connect(self.texts_wanted)
        self.scroller.made.connect(self._made)

    @property
    def blocks(self) -> Sequence[AnswerBlock]:
        """The blocks that exist just now, in order: those in or near sight, and those asked since."""
        return tuple(self.scroller.live())

    @property
    def turns(self) -> int:
        """How many questions the conversation has."""
        return len(self.scroller.places)

    def add(self, question: str) -> AnswerBlock:
        """A new block at the end; the view goes there."""
        block = AnswerBlock(question, self._look, self.voice)
        self.setCurrentWidget(self.scroller)
        self.scroller.add(block)
        return block

    def show_turns(self, turns: Sequence[TurnLike], at: int | None = None) -> None:
        self.setCurrentWidget(self.scroller if turns else self.empty)
        self.scroller.show_turns(turns, at)

    def fill(self, texts: dict[int, StoredAnswer]) -> None:
        self.scroller.fill(texts)

    def know_messages(self, block: AnswerBlock, messages: tuple[int, ...]) -> None:
        """The block shows stored messages from now on."""
        block.know_messages(messages)
        place = self.scroller.place_of(block)
        if place is not None:
            place.messages = messages

    def clear(self) -> None:
        self.voice.stop()
        self.scroller.clear()
        self.setCurrentWidget(self.empty)

    def _made(self, block: AnswerBlock) -> None:
        block.cited.connect(self.cited)
        block.chosen.connect(self.chosen)
        block.nearest_wanted.connect(self.nearest_wanted)
        block.ask_again.connect(self.ask_again)
        block.anew_wanted.connect(self.anew_wanted)
        block.edit_wanted.connect(self.edit_wanted)
        block.voted.connect(self.voted)
        block.version_wanted.connect(self.version_wanted)


def show_stored(block: AnswerBlock, stored: StoredAnswer) -> None:
    """Put a stored answer into its block."""
    if stored.text is None or stored.footer is None:
        block.leave_unanswered()
    else:
        block.finish(stored.text, stored.footer)
    block.show_vote(stored.vote)


def _about(characters: int) -> int:
    return _ABOUT_BLOCK_PX + characters // _ABOUT_LINE_CHARACTERS * _ABOUT_LINE_PX
