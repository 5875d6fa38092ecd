"""Slash commands: what can be typed in place of a question. Each has a Chinese and an English name."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.gui.wording import translate


@dataclass(frozen=True, slots=True)
class Command:
    """`takes`: whether words may follow."""

    id: str
    zh: str
    en: str
    takes: bool = False

    def name(self, language: str) -> str:
        return "/" + (self.zh if language == "zh" else self.en)

    def about(self) -> str:
        """What it does, for people."""
        return {
            "new": translate("Commands", "New conversation"),
            "find": translate("Commands", "Search all that was said"),
            "again": translate("Commands", "Answer the last question again"),
            "compare": translate("Commands", "Compare the products on the cards"),
            "customer": translate("Commands", "Show the product to the customer"),
            "export": translate("Commands", "Write this conversation to a file"),
            "import": translate("Commands", "Import a file"),
            "data": translate("Commands", "The shop's data"),
            "settings": translate("Commands", "Settings"),
            "lock": translate("Commands", "Lock what is for the manager"),
            "help": translate("Commands", "All commands and keys"),
        }[self.id]


COMMANDS = (
    Command("new", "新会话", "new"), Command("find", "搜索", "find", takes=True), Command("again", "重答", "again"),
    Command("compare", "比较", "compare"), Command("customer", "顾客", "customer"), Command("export", "导出", "export"),
    Command("import", "导入", "import"), Command("data", "数据", "data"), Command("settings", "设置", "settings"),
    Command("lock", "锁定", "lock"), Command("help", "帮助", "help"),
)  # fmt: skip


def begun(text: str) -> list[Command]:
    """The commands whose name, in either language, begins as `text` does."""
    typed = text[1:].lower() if text.startswith("/") and "\n" not in text else None
    if typed is None:
        return []
    return [command for command in COMMANDS if command.zh.startswith(typed) or command.en.startswith(typed)]


def read(text: str) -> tuple[Command | None, str] | None:
    """(command, the words after it); (None, …) for a name that there is not; None where `text` is no command.

    A slash alone, or inside a path or a fraction such as `/2`, is a question like any other.
    """
    head, _, rest = text.strip().partition(" ")
    if not head.startswith("/") or not head[1:].isalpha():
        return None
    name = head[1:].lower()
    for command in COMMANDS:
        if name in (command.zh, command.en):
            return command, rest.strip()
    return None, name
