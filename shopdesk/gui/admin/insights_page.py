"""What use tells: questions a day, how long answers took, what is asked most, what is missing, what was bad."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from shopdesk.gui.charts import Chart
from shopdesk.gui.jobs import Jobs
from shopdesk.gui.look import Look
from shopdesk.gui.messages import Messages
from shopdesk.gui.pieces import Button, Choice, Section, Translated, clear, label, measure_anew, page_of
from shopdesk.gui.ports import AppLike
from shopdesk.gui.wording import column_label, kind_name, route_name, translate

_COLUMN_PX = 960
_MOST_LINES = 8
SPANS = ("7", "30", "90")


class InsightsPage(Translated, QScrollArea):
    """`asked`: a question of the lists is to be asked in the chat."""

    asked = Signal(str)

    def __init__(self, app: AppLike, jobs: Jobs, look: Look, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._app, self._jobs, self._look, self._messages = app, jobs, look, messages
        self._span = "30"
        self._found: tuple[Any, Any, Any] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = label("", "page-title")
        self.span = Choice(look, SPANS, self._span)
        self.figures = QHBoxLayout()
        self.figures.setSpacing(16)
        self.questions, self.latency = Chart(look), Chart(look, lines=True, unit=" ms")
        self._headings = {name: label("", "title") for name in ("questions", "latency", "asked", "gaps", "votes")}
        self._lists = {name: QVBoxLayout() for name in ("asked", "gaps", "votes")}
        column = QVBoxLayout()
        column.setSpacing(16)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.span)
        column.addLayout(head)
        column.addLayout(self.figures)
        column.addWidget(Section(self._headings["questions"], self.questions))
        column.addWidget(Section(self._headings["latency"], self.latency))
        for name in ("asked", "gaps", "votes"):
            column.addWidget(Section(self._headings[name], self._lists[name]))
        column.addStretch(1)
        self.setWidget(page_of(look, column, _COLUMN_PX))
        self.span.chosen.connect(self._choose_span)
        self.retranslate()

    def refresh(self) -> None:
        store, days = self._app.store, int(self._span)

        def find() -> object:
            bad = [opinion for opinion in store.feedback.list("open") if opinion.vote == "down"]
            return store.insights.use(days), list(store.gaps.report())[:_MOST_LINES], bad[:_MOST_LINES]

        self._jobs.call("insights", find, on_done=self._show, on_failed=self._messages.report)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Insights"))
        for span in SPANS:
            self.span.buttons[span].name(self.tr("{n} days").format(n=span))
        headings = {
            "questions": self.tr("Questions a day"), "latency": self.tr("How long answers took, in milliseconds"),
            "asked": self.tr("Asked most"), "gaps": self.tr("What the shop's data do not say"),
            "votes": self.tr("Answers marked as bad"),
        }  # fmt: skip
        for name, text in headings.items():
            self._headings[name].setText(text)
        self.questions.setAccessibleName(headings["questions"])
        self.latency.setAccessibleName(headings["latency"])
        self._fill()

    def _choose_span(self, span: str) -> None:
        self._span = span
        self.refresh()

    def _show(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._found = found
        self._fill()

    def _fill(self) -> None:
        if self._found is None:
            return
        use, gaps, votes = self._found
        days = [day.day for day in use.days]
        self.questions.show_series(
            days,
            (self.tr("questions"), "accent", [day.questions for day in use.days]),
            (self.tr("without an answer"), "warning", [day.refused for day in use.days]),
        )
        self.latency.show_series(
            days,
            (self.tr("middle"), "accent", [day.median_ms for day in use.days]),
            (self.tr("slowest tenth"), "warning", [day.slow_ms for day in use.days]),
        )
        self._fill_figures(use)
        self._fill_asked(use)
        self._fill_gaps(gaps)
        self._fill_votes(votes)
        body = self.widget()
        assert body is not None
        measure_anew(body)

    def _fill_figures(self, use: Any) -> None:
        clear(self.figures)
        down = sum(day.down_votes for day in use.days)
        up = sum(day.up_votes for day in use.days)
        refused = sum(day.refused for day in use.days)
        told = [
            (f"{use.questions:,}", self.tr("questions")),
            (f"{refused / use.questions:.0%}" if use.questions else "–", self.tr("without an answer")),
            (f"{up:,}", self.tr("marked as good")), (f"{down:,}", self.tr("marked as bad")),
        ]  # fmt: skip
        routes = sorted(use.routes.items(), key=lambda item: -item[1])[:1]
        told += [(f"{times / max(1, use.questions):.0%}", route_name(route)) for route, times in routes]
        for figure, name in told:
            self.figures.addWidget(Section(label(figure, "figure", wrap=False), label(name, "small", wrap=False)), 1)

    def _fill_asked(self, use: Any) -> None:
        rows = self._rows("asked")
        for question, times in use.most_asked[:_MOST_LINES]:
            rows.addLayout(self._line(question, self._times(times), question))
        self._say_nothing(rows, not use.most_asked)

    def _fill_gaps(self, gaps: Any) -> None:
        rows = self._rows("gaps")
        for gap in gaps:
            what = kind_name(gap.kind)
            if gap.field:
                what = f"{what} · {column_label(gap.field, self._look.language)}"
            question = gap.questions[0].question
            note = f"{gap_reason(gap.reason)} · {what} · {self._times(gap.times)}"
            rows.addLayout(self._line(gap.subject or question, note, question))
        self._say_nothing(rows, not gaps)

    def _times(self, times: int) -> str:
        return self.tr("once") if times == 1 else self.tr("{n} times").format(n=times)

    def _fill_votes(self, votes: Any) -> None:
        rows = self._rows("votes")
        for opinion in votes:
            rows.addLayout(self._line(opinion.question, opinion.answer, opinion.question))
            rows.addLayout(self._decision(opinion))
        self._say_nothing(rows, not votes)

    def _decision(self, opinion: Any) -> QHBoxLayout:
        """What the right answer is, to be approved, or nothing to come of the vote."""
        text = QLineEdit(opinion.right_answer or "")
        text.setPlaceholderText(self.tr("The right answer, as it is to be given from now on"))
        text.setAccessibleName(self.tr("The right answer"))
        approve, dismiss = Button(self._look, "check"), Button(self._look, "close", "plain")
        approve.name(self.tr("Approve"))
        dismiss.name(self.tr("Dismiss"))
        feedback = self._app.store.feedback
        approve.clicked.connect(lambda: self._decide(lambda: feedback.approve(opinion.id, text.text().strip())))
        dismiss.clicked.connect(lambda: self._decide(lambda: feedback.dismiss(opinion.id)))
        line = QHBoxLayout()
        line.addWidget(text, 1)
        line.addWidget(approve)
        line.addWidget(dismiss)
        return line

    def _decide(self, decision: Any) -> None:
        self._jobs.call("decide", decision, on_done=lambda _: self.refresh(), on_failed=self._messages.report)

    def _rows(self, name: str) -> QVBoxLayout:
        clear(self._lists[name])
        return self._lists[name]

    def _line(self, text: str, note: str, question: str) -> QHBoxLayout:
        line = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(text))
        words.addWidget(label(note, "small"))
        line.addLayout(words, 1)
        again = Button(self._look, "chat", "square", ink="muted")
        again.name(self.tr("Ask this"), bare=True)
        again.clicked.connect(lambda: self.asked.emit(question))
        line.addWidget(again)
        return line

    def _say_nothing(self, rows: QVBoxLayout, nothing: bool) -> None:
        if nothing:
            rows.addWidget(label(self.tr("Nothing yet."), "muted"))


def gap_reason(reason: str) -> str:
    """Why a question could not be answered, for people."""
    names = {
        "not_found": translate("Gaps", "no such row"), "not_recorded": translate("Gaps", "not recorded"),
        "down_voted": translate("Gaps", "marked as bad"), "unsure": translate("Gaps", "answered, but unsure"),
        "outdated_answer": translate("Gaps", "approved answer out of date"),
    }  # fmt: skip
    return names.get(reason, reason)
