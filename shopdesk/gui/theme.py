"""Colours and style: two themes made of the same few tokens, and the style sheet drawn from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from shopdesk.core.types import Language

_LATIN_FAMILIES = (
    "Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "Roboto", "Ubuntu", "Cantarell", "DejaVu Sans", "Liberation Sans",
)  # fmt: skip
_HAN_FAMILIES = (
    "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)  # fmt: skip
BASE_PX = 14
FOCUS_PX = 30
SMALLEST, LARGEST = 1.0, 2.0
"""How large letters may be made, 1.0 being as drawn."""
SCALES = ("1.0", "1.25", "1.5", "1.75", "2.0")
_READABLE = 4.5


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window: three surfaces, three inks, one accent, one warning, one error."""

    name: str
    page: str
    panel: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str


LIGHT = Theme(
    name="light", page="#ffffff", panel="#f4f6f5", raised="#e6eae8", line="#d5dbd8", text="#17201d", muted="#56625e",
    accent="#0b6b57", accent_strong="#085443", accent_soft="#dcefe9", on_accent="#ffffff",
    warning="#855300", warning_soft="#fbefd9", error="#b0241c", error_soft="#fbe6e4",
)  # fmt: skip
DARK = Theme(
    name="dark", page="#161b1a", panel="#1d2422", raised="#2a3330", line="#36413d", text="#e8eeeb", muted="#9fada8",
    accent="#57c7ac", accent_strong="#7ad9c2", accent_soft="#1d3f37", on_accent="#06241d",
    warning="#e6b45c", warning_soft="#3a2f1a", error="#f29a92", error_soft="#42221f",
)  # fmt: skip
CONTRAST = Theme(
    name="contrast", page="#000000", panel="#000000", raised="#1c1c1c", line="#ffffff", text="#ffffff",
    muted="#e6e6e6", accent="#ffe14d", accent_strong="#fff2a8", accent_soft="#33300a", on_accent="#000000",
    warning="#ffb84d", warning_soft="#2b1d00", error="#ff9e94", error_soft="#330b07",
)  # fmt: skip
NAMED = {theme.name: theme for theme in (LIGHT, DARK, CONTRAST)}


def theme_named(name: str) -> Theme:
    """The theme for the setting `name`: "light", "dark", "contrast", or else what the desktop prefers."""
    if name in NAMED:
        return NAMED[name]
    from PySide6.QtCore import Qt

    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def with_accent(theme: Theme, accent: str) -> Theme:
    """`theme` in the shop's own accent colour, made lighter or darker until it can be read; "" keeps the theme's."""
    color = QColor(accent) if accent else QColor()
    if not color.isValid() or theme is CONTRAST:
        return theme
    dark = QColor(theme.page).lightness() < 128
    surfaces = (theme.page, theme.panel)
    for _ in range(40):
        name = color.name()
        soft = _mixed(color, QColor(theme.page), 0.16)
        if min(contrast(name, surface) for surface in (*surfaces, soft)) >= _READABLE:
            break
        color = _mixed_color(color, QColor("#ffffff" if dark else "#000000"), 0.92)
    strong = _mixed(color, QColor("#ffffff" if dark else "#000000"), 0.8)
    ink = max(("#ffffff", "#000000"), key=lambda ink: min(contrast(ink, color.name()), contrast(ink, strong)))
    return replace(theme, accent=color.name(), accent_strong=strong, accent_soft=soft, on_accent=ink)


def _mixed(color: QColor, other: QColor, share: float) -> str:
    return _mixed_color(color, other, share).name()


def _mixed_color(color: QColor, other: QColor, share: float) -> QColor:
    """`share` of `color`, the rest of `other`."""
    parts = ((color.redF(), other.redF()), (color.greenF(), other.greenF()), (color.blueF(), other.blueF()))
    return QColor.fromRgbF(*(one * share + two * (1 - share) for one, two in parts))


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    c = QColor(color)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def font_families(language: Language) -> tuple[str, ...]:
    """The fonts to draw with, the first that is there first. Quotation marks, dashes and dots stand in both kinds of
    fonts, as wide as a character in the Chinese ones: so those of the language come first."""
    return (*_HAN_FAMILIES, *_LATIN_FAMILIES) if language == "zh" else (*_LATIN_FAMILIES, *_HAN_FAMILIES)


def apply_letters(
    application: QApplication, theme: Theme, scale: float = 1.0, family: str = "", language: Language = "en"
) -> None:
    """Give the whole program font and palette, letters `scale` large, and no style sheet."""
    # Exchanging one sheet for another takes five times as long as taking the old one off first.
    application.setStyleSheet("")
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    font = QFont()
    font.setFamilies([*([family] if family else []), *font_families(language)])
    font.setPixelSize(round(BASE_PX * scale))
    application.setFont(font)
    application.setPalette(_palette(theme))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.page, QPalette.ColorRole.Base: theme.page,
        QPalette.ColorRole.AlternateBase: theme.panel, QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.WindowText: theme.text, QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.ButtonText: theme.text, QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent, QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent, QPalette.ColorRole.ToolTipBase: theme.raised,
        QPalette.ColorRole.ToolTipText: theme.text, QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Accent: theme.accent,
    }  # fmt: skip
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(disabled, role, QColor(theme.muted))
    return palette


def scaled(sheet: str, scale: float) -> str:
    """Every length of more than 3 px in a style sheet made `scale` times as long; hairlines stay."""
    if scale == 1.0:
        return sheet
    return re.sub(r"\b(\d+)px", lambda found: _scaled_px(int(found[1]), scale), sheet)


def _scaled_px(pixels: int, scale: float) -> str:
    return f"{round(pixels * scale) if pixels > 3 else pixels}px"


def customer_sheet(theme: Theme) -> str:
    """The style sheet of what customers are shown, drawn for a screen of 1366×768."""
    t = theme
    return f"""
    QLabel[role="customer-shop"] {{ font-size: 26px; font-weight: 600; }}
    QLabel[role="customer-title"] {{ font-size: 36px; font-weight: 600; }}
    QLabel[role="customer-price"] {{ font-size: 68px; font-weight: 700; }}
    QLabel[role="customer-struck"] {{ font-size: 24px; color: {t.muted}; text-decoration: line-through; }}
    QLabel[role="customer-text"] {{ font-size: 20px; color: {t.muted}; }}
    QLabel[role="customer-offer"] {{ font-size: 24px; font-weight: 600; color: {t.accent}; }}
    QLabel[role="customer-good"] {{ font-size: 22px; font-weight: 600; color: {t.accent}; }}
    QLabel[role="customer-gone"] {{ font-size: 22px; font-weight: 600; color: {t.warning}; }}
    """


def style_sheet(theme: Theme) -> str:
    """The one style sheet. Widgets choose their look by object name or by the property `role`."""
    t = theme
    return f"""
    QMainWindow, QWidget#page {{ background: {t.page}; }}
    QWidget#rail, QWidget#facts, QWidget#facts-body {{ background: {t.panel}; }}
    QScrollArea, QScrollArea > QWidget#qt_scrollarea_viewport {{ background: transparent; border: none; }}
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; padding: 4px 8px; }}

    QLabel {{ color: {t.text}; background: transparent; }}
    QLabel[role="muted"] {{ color: {t.muted}; }}
    QLabel[role="small"] {{ color: {t.muted}; font-size: 12px; }}
    QLabel[role="heading"] {{ color: {t.muted}; font-size: 12px; font-weight: 600; }}
    QLabel[role="title"] {{ font-size: 15px; font-weight: 600; }}
    QLabel[role="page-title"] {{ font-size: 22px; font-weight: 600; }}
    QLabel[role="greeting"] {{ font-size: 26px; font-weight: 600; }}
    QLabel[role="focus"] {{ font-size: {FOCUS_PX}px; font-weight: 600; }}
    QLabel[role="focus-text"] {{ font-size: 18px; font-weight: 600; }}
    QLabel[role="focus-none"] {{ font-size: {FOCUS_PX}px; font-weight: 600; color: {t.warning}; }}
    QLabel[role="struck"] {{ color: {t.muted}; text-decoration: line-through; }}
    QLabel[role="strong"] {{ font-weight: 600; }}
    QLabel[role="offer"] {{ color: {t.accent}; }}
    QLabel[role="offer-price"] {{ color: {t.accent}; font-size: 20px; font-weight: 600; }}
    QLabel[role="figure"] {{ font-size: 30px; font-weight: 600; }}
    QFrame#suggestions {{ background: {t.page}; border: 1px solid {t.line}; border-radius: 6px; }}
    QListWidget {{ background: transparent; border: none; outline: none; color: {t.text}; }}
    QListWidget::item {{ padding: 0 8px; border-radius: 4px; }}
    QListWidget::item:selected {{ background: {t.accent_soft}; color: {t.accent}; }}
    QListWidget::item:hover {{ background: {t.raised}; }}
    QLabel[role="warning"] {{ color: {t.warning}; }}
    QLabel[role="error"] {{ color: {t.error}; }}
    QLabel[role="good"] {{ color: {t.accent}; }}
    QFrame#quote {{ background: {t.accent_soft}; border-radius: 6px; }}
    QLabel[role="quote"], QLabel[role="prose"] {{ font-size: 15px; }}
    QLabel[role="badge"] {{ background: {t.raised}; color: {t.muted}; border-radius: 4px; padding: 1px 6px;
        font-size: 11px; }}
    QLabel[role="badge-warning"] {{ background: {t.warning_soft}; color: {t.warning}; border-radius: 4px;
        padding: 1px 6px; font-size: 11px; }}
    QLabel[role="number"] {{ background: {t.accent_soft}; color: {t.accent}; border-radius: 4px; padding: 1px 6px;
        font-size: 12px; font-weight: 600; }}
    QLabel[role="second"] {{ font-size: 18px; font-weight: 600; }}

    QFrame#card {{ background: {t.page}; border-radius: 6px; border: 2px solid {t.page}; }}
    QFrame#card[marked="true"] {{ border: 2px solid {t.accent}; }}
    QFrame#section {{ background: {t.panel}; border-radius: 6px; }}
    QWidget#form-body {{ background: {t.panel}; }}
    QFrame#drop {{ background: {t.panel}; border-radius: 6px; border: 2px dashed {t.line}; }}
    QFrame#drop[over="true"] {{ border-color: {t.accent}; background: {t.accent_soft}; }}
    QFrame#bubble {{ background: {t.accent_soft}; border-radius: 6px; }}
    QFrame#answer-rule {{ background: {t.line}; }}
    QFrame#answer-rule[chosen="true"] {{ background: {t.accent}; }}
    QFrame#divider {{ background: {t.line}; }}
    QFrame#composer {{ background: {t.page}; border: 1px solid {t.line}; border-radius: 6px; }}
    QFrame#composer[focused="true"] {{ border: 1px solid {t.accent}; }}
    QFrame#message {{ background: {t.raised}; border-radius: 6px; }}
    QFrame#message[level="error"] {{ background: {t.error_soft}; }}
    QFrame#message[level="warning"] {{ background: {t.warning_soft}; }}
    QFrame#message[level="error"] QLabel {{ color: {t.error}; }}
    QFrame#message[level="warning"] QLabel {{ color: {t.warning}; }}

    QTextEdit, QPlainTextEdit, QTextBrowser {{ background: transparent; border: none; color: {t.text};
        selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
    QPlainTextEdit#details {{ background: {t.page}; border-radius: 6px; padding: 8px; font-size: 12px; }}
    QTextEdit#answer {{ font-size: 16px; }}
    QTextEdit#question {{ font-size: 15px; }}
    QPlainTextEdit#question-input {{ font-size: 15px; }}

    QLineEdit {{ background: {t.page}; color: {t.text}; border: 1px solid {t.line}; border-radius: 6px;
        min-height: 38px; padding: 0 8px; selection-background-color: {t.accent};
        selection-color: {t.on_accent}; }}
    QLineEdit:focus {{ border: 1px solid {t.accent}; }}
    QLineEdit#inline {{ min-height: 30px; }}
    QLineEdit[fault="true"], QPlainTextEdit[fault="true"] {{ border: 1px solid {t.error}; }}
    QLineEdit:read-only {{ background: {t.panel}; color: {t.muted}; }}
    QPlainTextEdit#field {{ background: {t.page}; border: 1px solid {t.line}; border-radius: 6px; padding: 6px 6px; }}
    QPlainTextEdit#field:focus {{ border: 1px solid {t.accent}; }}
    QTextBrowser#preview {{ background: {t.page}; border-radius: 6px; padding: 8px; }}
    QCheckBox {{ color: {t.text}; spacing: 8px; min-height: 32px; }}
    QTableView QComboBox {{ min-height: 34px; border-radius: 6px; font-size: 13px; }}
    QSplitter::handle {{ background: {t.page}; }}
    QComboBox {{ background: {t.page}; color: {t.text}; border: 1px solid {t.line}; border-radius: 6px;
        min-height: 38px; padding: 0 8px; }}
    QComboBox:focus {{ border: 1px solid {t.accent}; }}
    QComboBox::drop-down {{ border: none; width: 28px; }}
    QComboBox QAbstractItemView {{ background: {t.page}; color: {t.text}; border: 1px solid {t.line};
        selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: none; }}

    QPushButton, QToolButton {{ background: {t.raised}; color: {t.text}; border: 1px solid transparent;
        border-radius: 6px; min-height: 38px; padding: 0 16px; }}
    QPushButton:hover, QToolButton:hover {{ background: {t.line}; }}
    QPushButton:focus, QToolButton:focus {{ border: 1px solid {t.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {t.muted}; background: {t.panel}; }}
    QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent}; font-weight: 600; }}
    QPushButton[role="primary"]:hover {{ background: {t.accent_strong}; }}
    QPushButton[role="primary"]:focus {{ border: 1px solid {t.text}; }}
    QPushButton[role="primary"]:disabled {{ background: {t.raised}; color: {t.muted}; }}
    QPushButton[role="plain"], QToolButton[role="plain"] {{ background: transparent; padding: 0 8px; }}
    QPushButton[role="plain"]:hover, QToolButton[role="plain"]:hover {{ background: {t.raised}; }}
    QPushButton[role="nav"], QToolButton[role="nav"] {{ background: transparent; text-align: left; padding: 0 8px; }}
    QPushButton[role="nav"]:hover {{ background: {t.raised}; }}
    QPushButton[role="nav"]:checked {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 600; }}
    QPushButton[role="link"] {{ background: transparent; color: {t.accent}; padding: 0 4px 0 0; min-height: 24px;
        text-align: left; }}
    QPushButton[role="link"]:hover {{ text-decoration: underline; }}
    QPushButton[role="chip"] {{ background: {t.panel}; border: 1px solid {t.line}; padding: 0 16px; }}
    QPushButton[role="chip"]:hover {{ background: {t.accent_soft}; border-color: {t.accent}; }}
    QPushButton[role="variant"] {{ background: {t.panel}; padding: 0 8px; text-align: left; font-size: 13px; }}
    QPushButton[role="variant"][gone="true"] {{ color: {t.muted}; }}
    QPushButton[role="variant"]:hover {{ background: {t.raised}; }}
    QPushButton[role="variant"]:checked {{ background: {t.accent_soft}; color: {t.accent}; font-weight: 600; }}
    QPushButton[role="segment"] {{ background: {t.raised}; padding: 0 16px; }}
    QPushButton[role="segment"]:hover {{ background: {t.line}; }}
    QPushButton[role="segment"]:checked {{ background: {t.accent}; color: {t.on_accent}; font-weight: 600; }}
    QPushButton[role="tab"] {{ background: transparent; padding: 0 12px; border: none; border-radius: 6px; }}
    QPushButton[role="tab"]:hover {{ background: {t.raised}; }}
    QPushButton[role="tab"]:checked {{ background: {t.page}; font-weight: 600; }}
    QPushButton[role="tab"][tone="warning"] {{ color: {t.warning}; }}
    QPushButton[role="tab"][tone="error"] {{ color: {t.error}; }}
    QPushButton[role="tab"]:disabled {{ color: {t.muted}; background: transparent; }}
    QPushButton[role="choice"] {{ background: {t.page}; text-align: left; padding: 8px 12px; }}
    QPushButton[role="choice"]:hover {{ background: {t.accent_soft}; }}
    QPushButton[role="danger"] {{ background: transparent; color: {t.error}; padding: 0 12px; }}
    QPushButton[role="danger"]:hover {{ background: {t.error_soft}; }}
    QPushButton[role="square"] {{ background: transparent; padding: 0; min-width: 38px; max-width: 38px; }}
    QPushButton[role="square"]:hover {{ background: {t.raised}; }}
    QPushButton[role="send"] {{ background: {t.accent}; padding: 0; min-width: 38px; max-width: 38px; }}
    QPushButton[role="send"]:hover {{ background: {t.accent_strong}; }}
    QPushButton[role="send"]:disabled {{ background: {t.raised}; }}

    QListView {{ background: transparent; border: none; outline: none; }}
    QTableView {{ background: {t.page}; alternate-background-color: {t.panel}; color: {t.text}; border: none;
        border-radius: 6px; gridline-color: {t.panel}; selection-background-color: {t.accent_soft};
        selection-color: {t.text}; font-size: 13px; outline: none; }}
    QTableView::item {{ padding: 0 8px; }}
    QHeaderView {{ background: {t.page}; border: none; }}
    QHeaderView::section {{ background: {t.page}; color: {t.muted}; border: none; padding: 8px 8px 8px 11px;
        font-size: 12px; font-weight: 600; }}
    QTableCornerButton::section {{ background: {t.page}; border: none; }}

    QProgressBar {{ background: transparent; border: none; min-height: 3px; max-height: 3px; }}
    QProgressBar::chunk {{ background: {t.accent}; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {t.line}; border-radius: 4px; min-height: 32px; margin: 1px; }}
    QScrollBar::handle:vertical:hover {{ background: {t.muted}; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {t.line}; border-radius: 4px; min-width: 32px; margin: 1px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QCheckBox::indicator {{
        width: 18px; height: 18px; border: 2px solid {t.muted}; border-radius: 4px; background: {t.page};
    }}
    QCheckBox::indicator:checked {{ border-color: {t.accent}; background: {t.accent}; }}
    QMenu {{ background: {t.page}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent_soft}; }}
    """
