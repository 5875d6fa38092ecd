"""The words of an answer on the page: written as they come, with citations that can be clicked."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from shopdesk.gui.look import Look
from shopdesk.gui.markdown import is_markdown, safe_markdown
from shopdesk.gui.paragraphs import Paragraphs

_CITATION = QRegularExpression(r"\[\d{1,3}\]")
_LINE_HEIGHT_PERCENT = 112.0
_PX = 16


class AnswerText(Paragraphs):
    """An answer. Its `[1]` can be clicked; lists, tables and bold are drawn; HTML, links and pictures are just text."""

    cited = Signal(int)

    def __init__(self, look: Look) -> None:
        self._source = ""
        self._drawn_as_markdown = False
        super().__init__(look, _PX)
        self.link.connect(lambda target: self.cited.emit(int(target)) if target.isdigit() else None)
        self._space_lines()

    def text(self) -> str:
        """The answer as it was written, Markdown marks included."""
        return self._source

    def append_text(self, text: str) -> None:
        """More words at the end; what stands there does not move."""
        self._source += text
        start = 0
        if self._drawn_as_markdown or is_markdown(self._source):
            self._drawn_as_markdown = True
            features = (
                QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
            )
            self.document.setMarkdown(safe_markdown(self._source), features)
            self._mark_citations(0)
        else:
            start = max(0, self.document.characterCount() - 6)
            cursor = QTextCursor(self.document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text, QTextCharFormat())
            self._mark_citations(start)
        self.text_changed(start)

    def replace_text(self, text: str) -> None:
        """Other words in place of all that stands there."""
        self._source = ""
        self._drawn_as_markdown = False
        self.document.clear()
        self._space_lines()
        self.append_text(text)

    def dress(self) -> None:
        super().dress()
        self._mark_citations(0)

    def _space_lines(self) -> None:
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        QTextCursor(self.document).setBlockFormat(spacing)

    def _mark_citations(self, start: int) -> None:
        mark = QTextCharFormat()
        mark.setForeground(QColor(self._look.theme.accent))
        mark.setFontWeight(QFont.Weight.DemiBold)
        mark.setAnchor(True)
        found = self.document.find(_CITATION, start)
        while not found.isNull():
            mark.setAnchorHref(found.selectedText()[1:-1])
            found.mergeCharFormat(mark)
            found = self.document.find(_CITATION, found)
