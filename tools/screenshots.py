"""Render the main screens of the window as PNG, in both languages and themes, from the real program.

    python tools/screenshots.py                 all screens into build/screenshots/
    python tools/screenshots.py --only chat     one group of screens
    python tools/screenshots.py --scale 1.5     letters at 150 %; both 100 % and 150 % otherwise
    python tools/screenshots.py --out DIR

Files are named <screen>-<lang>-<theme>-<width>x<height>.png, at 150 % with -150 before the suffix. Each shop is made
afresh in a temporary folder with the sample rows and the embedded model; nothing of the user's own is read. Needs no
display.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QWidget

from shopdesk.app import open_app
from shopdesk.core.errors import EngineError, StoreError
from shopdesk.gui.application import build_window
from shopdesk.gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = {
    "zh": ("极风跑鞋 2 黑色 42 码还有货吗？", "多少钱？", "买了多久可以退货？", "JKT-105 和 JKT-210 哪个便宜？"),
    "en": ("Is the Galefoot Runner 2 in black, size 42, in stock?", "How much is it?", "How long can I return it?",
           "Which is cheaper, JKT-105 or JKT-210?"),
}  # fmt: skip
UNKNOWN = {"zh": "有卖火星车吗？", "en": "Do you sell Mars rovers?"}
TABLES = {
    "zh": "货号,品名,颜色,尺码,零售价,库存,货位,产地\n"
    + "".join(
        f"YG-{n},云谷{name},{color},{size},¥{price}.00,{stock},B{n % 7}-{n % 9},浙江\n"
        for n, (name, color, size, price, stock) in enumerate(
            [("帆布包", "米白", "均码", 129, 24), ("帆布包", "墨绿", "均码", 129, 11),
             ("保温杯", "雾蓝", "500ml", 159, 8),
             ("渔夫帽", "卡其", "M", 89, 0), ("渔夫帽", "卡其", "L", 89, 5), ("速干T恤", "石灰", "XL", 0, 17)],
            start=301,
        )
    ),
    "en": "SKU,Name,Colour,Size,Price,Stock,Shelf,Made in\n"
    + "".join(
        f"YG-{n},{name},{color},{size},${price}.00,{stock},B{n % 7}-{n % 9},Portugal\n"
        for n, (name, color, size, price, stock) in enumerate(
            [("Canvas tote", "cream", "one size", 29, 24), ("Canvas tote", "green", "one size", 29, 11),
             ("Steel bottle", "blue", "500 ml", 35, 8), ("Bucket hat", "khaki", "M", 22, 0),
             ("Bucket hat", "khaki", "L", 22, 5), ("Quick-dry shirt", "lime", "XL", 0, 17)],
            start=301,
        )
    ),
}  # fmt: skip


def _exported(table: str) -> str:
    """The next export of the same goods: a slipped price, other stock, a row that cannot be read."""
    head, first, second, third, *_others = table.splitlines()
    slipped = first.replace("129.00", "1290.00").replace("29.00", "290.00")
    return "\n".join([head, slipped, second.replace(",11,", ",9,"), third, "YG-399,?,,,12.x,3,,"])


class Photographer:
    """One window in one language and theme, and the screens it is put through."""

    def __init__(
        self, application: QApplication, language: str, theme: str, scale: float, out: Path, home: Path
    ) -> None:
        self.language, self.theme, self.scale, self.out, self.home = language, theme, scale, out, home
        self.app: Any = open_app(home, language="zh" if language == "zh" else "en")
        self.app.settings.set("theme", theme)
        self.app.settings.set("scale", scale)
        self.window: MainWindow = build_window(self.app, application)

    def begin(self) -> None:
        start: Callable[[], object] | None = getattr(self.app.engine, "start", None)
        if start is not None:
            start()
            try:
                self.app.engine.wait_ready(60)
            except EngineError as error:
                print(f"the model does not answer: {error}", file=sys.stderr)
        self.window.show()
        self.window.begin()
        self.settle()

    def settle(self) -> None:
        """Let everything under way finish, and the layouts come to rest."""
        calm_since = time.monotonic()
        while self.window.jobs.busy or time.monotonic() - calm_since < 0.25:
            QApplication.processEvents()
            if self.window.jobs.busy:
                calm_since = time.monotonic()
            time.sleep(0.005)

    def take(self, screen: str, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.settle()
        self.save(screen, self.window, width, height)

    def both(self, screen: str) -> None:
        """At the sizes of a till and of a large screen."""
        self.take(screen, 1366, 768)
        self.take(screen, 1920, 1080)

    def save(self, screen: str, widget: QWidget, width: int, height: int) -> None:
        size = "" if self.scale == 1.0 else f"-{self.scale:.0%}".rstrip("%")
        path = self.out / f"{screen}-{self.language}-{self.theme}-{width}x{height}{size}.png"
        widget.grab().save(str(path))
        print(path)

    def screens(self, only: str) -> None:
        groups: dict[str, Callable[[], None]] = {
            "welcome": self.welcome_screen, "empty": lambda: self.both("empty"), "chat": self.chat_screens,
            "products": self.product_screens, "admin": self.admin_screens, "import": self.import_screens,
            "insights": self.insight_screens, "settings": self.settings_screens,
        }  # fmt: skip
        for name, take in groups.items():
            if only in ("", name):
                take()

    def ask(self, *questions: str) -> None:
        self.window.show_page("chat")
        for question in questions:
            self.window.session.ask(question)
            self.settle()

    def welcome_screen(self) -> None:
        self.window.show_page("welcome")
        self.both("welcome")
        self.window.show_page("chat")

    def chat_screens(self) -> None:
        window, questions = self.window, QUESTIONS[self.language]
        self.ask(*questions[:2])
        self.both("chat")
        self.ask(questions[2])
        self.take("policy", 1366, 768)
        window.chat.blocks[0].chosen.emit(window.chat.blocks[0])
        self.take("two", 1000, 768)
        self.take("narrow", 760, 768)
        window.resize(1366, 768)
        self.settle()
        window.composer.input.setFocus()
        window.composer.input.setPlainText("/")
        self.take("commands", 1366, 768)
        window.composer.input.clear()

    def product_screens(self) -> None:
        """Products side by side, the customer's view, the label."""
        window = self.window
        self.ask(QUESTIONS[self.language][3])
        window.products.compare_cards()
        self.both("compare")
        window.show_page("chat")
        self.ask(QUESTIONS[self.language][1])
        window.products.toggle_customer()
        view = window.products.customer
        assert view is not None
        for width, height in ((1366, 768), (1920, 1080)):
            view.showNormal()
            self.settle()
            view.resize(width, height)
            self.settle()
            self.save("customer", view, width, height)
        view.close()
        window.products.comparison.show_records(())

    def insight_screens(self) -> None:
        """Charts and lists, of what was asked and voted here."""
        window, store = self.window, self.app.store
        self.ask(*QUESTIONS[self.language], QUESTIONS[self.language][0], UNKNOWN[self.language])
        message = window.chat.blocks[-1].shown_message
        assert message is not None
        store.feedback.vote(message, "down")
        window.show_page("insights")
        self.both("insights")
        window.page_named("insights").verticalScrollBar().setValue(100_000)  # type: ignore[attr-defined]
        self.take("insights-lists", 1366, 768)
        window.show_page("backup")
        self.both("backup")

    def settings_screens(self) -> None:
        window = self.window
        window.show_page("settings")
        self.both("settings")
        self.take("settings", 1366, 2400)
        window.show_page("help")
        self.both("help")
        window.access.know(True)
        window.show_page("settings")
        self.both("lock")

    def import_screens(self) -> None:
        """A file before and after it is imported, the next export of the same till, and an undo over an edit."""
        page, zh = self.window.import_page, self.language == "zh"
        self.window.show_page("import")
        self.take("import-empty", 1366, 768)
        self.open_table("新到货.csv" if zh else "new-arrivals.csv", TABLES[self.language])
        self.take("import", 1366, 768)
        self.take("import", 1366, 1300)
        page.work.commit()
        self.take("imported", 1366, 768)
        self.open_table("收银机.csv" if zh else "till.csv", _exported(TABLES[self.language]))
        page.change.choose("changed")
        self.take("import-changed", 1366, 1300)
        self.take("import-changed", 1920, 1080)
        page.change.choose("rejected")
        page.body.verticalScrollBar().setValue(page.body.verticalScrollBar().maximum())
        self.take("import-rejected", 1366, 768)
        page.work.commit()
        self.settle()
        self.app.store.editor.change("products", "YG-302", {"stock": "40"})
        page.work.ask_undo(2)
        self.settle()
        page.body.verticalScrollBar().setValue(0)
        self.take("import-conflicts", 1366, 768)
        page.conflicts.chosen.emit(2, False)
        self.settle()
        self.window.message_bar.hide()

    def admin_screens(self) -> None:
        """The table of each kind, and a row of it as a form."""
        window = self.window
        for kind in ("products", "policies", "promotions", "orders", "answers"):
            window.show_page(kind)
            self.take(f"admin-{kind}", 1366, 768)
            page = window.records_pages[kind]
            if not page.rows.rowCount():
                continue
            page.table.selectRow(min(1, page.rows.rowCount() - 1))
            self.take(f"admin-{kind}-form", 1366, 768)
            self.take(f"admin-{kind}-form", 1920, 1080)
        page = window.records_pages["products"]
        window.show_page("products")
        self.settle()
        page.form.show_fault("price", StoreError("row_amount_unread", value="19,9,0").text(self.language))
        self.take("admin-fault", 760, 768)
        page.close_form()

    def open_table(self, name: str, text: str) -> None:
        table = self.home / name
        table.write_text(text, encoding="utf-8")
        self.window.import_page.open_file(table)
        self.settle()

    def close(self) -> None:
        self.window.close()
        self.window.look.close()
        self.app.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--only", default="", help="one group, such as chat, import, admin or settings")
    parser.add_argument("--lang", choices=("zh", "en"), action="append")
    parser.add_argument("--theme", choices=("light", "dark"), action="append")
    parser.add_argument("--scale", type=float, action="append")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    for language in wanted.lang or ("zh", "en"):
        for theme in wanted.theme or ("light", "dark"):
            for scale in wanted.scale or (1.0, 1.5):
                with tempfile.TemporaryDirectory() as home:
                    photographer = Photographer(application, language, theme, scale, wanted.out, Path(home))
                    photographer.begin()
                    photographer.screens(wanted.only)
                    photographer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
