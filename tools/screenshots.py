"""Render the main screens of the window as PNG, in both languages and themes, from the real program.

    python tools/screenshots.py                 all screens into build/screenshots/
    python tools/screenshots.py --only chat     one screen
    python tools/screenshots.py --out DIR

Files are named <screen>-<lang>-<theme>-<width>x<height>.png. Each shop is made afresh in a temporary
folder with the sample rows and the embedded model; nothing of the user's own is read. Needs no display.
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

from PySide6.QtWidgets import QApplication

from shopdesk.app import open_app
from shopdesk.core.errors import EngineError
from shopdesk.gui.application import build_window
from shopdesk.gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = {
    "zh": ("极风跑鞋 2 黑色 42 码还有货吗？", "多少钱？", "买了多久可以退货？"),
    "en": ("Is the Galefoot Runner 2 in black, size 42, in stock?", "How much is it?", "How long can I return it?"),
}
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


class Photographer:
    """One window in one language and theme, and the screens it is put through."""

    def __init__(self, application: QApplication, language: str, theme: str, out: Path, home: Path) -> None:
        self.language, self.theme, self.out, self.home = language, theme, out, home
        self.app: Any = open_app(home, language="zh" if language == "zh" else "en")
        self.app.settings.set("theme", theme)
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
        path = self.out / f"{screen}-{self.language}-{self.theme}-{width}x{height}.png"
        self.window.grab().save(str(path))
        print(path)

    def screens(self, only: str) -> None:
        window = self.window
        if only in ("", "empty"):
            self.take("empty", 1366, 768)
        if only in ("", "chat", "two", "narrow", "policy"):
            for question in QUESTIONS[self.language][:2]:
                window.session.ask(question)
                self.settle()
            self.take("chat", 1366, 768)
            self.take("chat", 1920, 1080)
            window.session.ask(QUESTIONS[self.language][2])
            self.settle()
            self.take("policy", 1366, 768)
            window.chat.blocks[0].chosen.emit(window.chat.blocks[0])
            self.take("two", 1000, 768)
            self.take("narrow", 760, 768)
        if only in ("", "import"):
            table = self.home / ("新到货.csv" if self.language == "zh" else "new-arrivals.csv")
            table.write_text(TABLES[self.language], encoding="utf-8")
            window.show_page("import")
            window.import_page.open_file(table)
            self.take("import", 1366, 768)
            self.take("import", 1366, 1300)
            window.import_page.commit()
            self.take("imported", 1366, 768)
        if only in ("", "settings"):
            window.show_page("settings")
            self.take("settings", 1366, 768)

    def close(self) -> None:
        self.window.close()
        self.window.look.close()
        self.app.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--only", default="", help="one screen: empty, chat, import or settings")
    parser.add_argument("--lang", choices=("zh", "en"), action="append")
    parser.add_argument("--theme", choices=("light", "dark"), action="append")
    wanted = parser.parse_args()
    wanted.out.mkdir(parents=True, exist_ok=True)
    application = QApplication(sys.argv[:1])
    for language in wanted.lang or ("zh", "en"):
        for theme in wanted.theme or ("light", "dark"):
            with tempfile.TemporaryDirectory() as home:
                photographer = Photographer(application, language, theme, wanted.out, Path(home))
                photographer.begin()
                photographer.screens(wanted.only)
                photographer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
