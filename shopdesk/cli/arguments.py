"""The commands and their options, as the README and `--help` name them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from shopdesk import __version__
from shopdesk.cli.texts import text_of
from shopdesk.core.types import Language

KINDS = ("products", "policies", "promotions", "orders")
RECORDS = (*KINDS, "stores", "answers", "barcodes", "lists")
IMPORTED = (*RECORDS, "attributes")
ROUTES = ("auto", "exact", "model")
_AMOUNT = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,2})?")
_LARGEST = 2**63 - 1  # what the store can hold


class Parser(argparse.ArgumentParser):
    """An argument parser whose headings are in the user's language."""

    def __init__(self, *, language: Language, with_help: bool = True, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self.language: Language = language
        self._positionals.title = text_of("arguments", language)
        self._optionals.title = text_of("options", language)
        if with_help:
            self.add_argument("-h", "--help", action="help", help=text_of("help", language))

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", text_of("usage", self.language), 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", text_of("usage", self.language), 1)

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{text_of('error', self.language, text=message)}\n")


@dataclass(frozen=True, slots=True)
class Common:
    """The options that stand before or after every command."""

    home: str | None
    empty: bool
    language: Language | None


def read_common(arguments: Sequence[str]) -> Common:
    """Home and language, known before the other arguments are read, so that errors in them are worded right."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--home")
    parser.add_argument("--language", choices=("zh", "en"))
    parser.add_argument("--empty", action="store_true")
    end = arguments.index("--") if "--" in arguments else len(arguments)
    try:
        known, _ = parser.parse_known_args(arguments[:end])
    except argparse.ArgumentError:
        return Common(None, False, None)
    return Common(known.home, known.empty, known.language)


def build_parser(language: Language) -> Parser:
    def text(name: str) -> str:
        return text_of(name, language)

    # SUPPRESS: an option that is absent after the command must not undo one before it.
    common = Parser(language=language, with_help=False)
    common.add_argument("--home", metavar="DIR", default=argparse.SUPPRESS, help=text("home"))
    common.add_argument("--empty", action="store_true", default=argparse.SUPPRESS, help=text("empty"))
    common.add_argument("--language", choices=("zh", "en"), default=argparse.SUPPRESS, help=text("language"))

    parser = Parser(language=language, prog="shopdesk", description=text("about"), parents=[common])
    parser.add_argument("--version", action="version", version=f"ShopDesk {__version__}", help=text("version"))
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(dest="command", title=text("commands"), metavar="COMMAND")

    def command(name: str) -> argparse.ArgumentParser:
        new = commands.add_parser(name, help=text(name), description=text(name), language=language, parents=[common])
        if name not in ("backup", "restore"):
            new.add_argument("--json", action="store_true", help=text("json"))
        return new

    ask = command("ask")
    ask.add_argument("question", nargs="*", metavar="QUESTION", help=text("ask_question"))
    ask.add_argument("--batch", metavar="FILE|-", help=text("ask_batch"))
    ask.add_argument("--conversation", type=_number, metavar="ID", help=text("ask_conversation"))
    ask.add_argument("--route", choices=ROUTES, default="auto", help=text("ask_route"))
    ask.add_argument("--no-cache", action="store_true", help=text("ask_no_cache"))
    ask.add_argument("--model", metavar="NAME|PATH", help=text("ask_model"))
    ask.add_argument("--engine", metavar="local|URL", help=text("ask_engine"))

    search = command("search")
    search.add_argument("query", nargs="*", metavar="QUERY", help=text("search_query"))
    search.add_argument("--kind", choices=KINDS, action="append", help=text("search_kind"))
    search.add_argument("--limit", type=_positive, default=10, metavar="N", help=text("search_limit"))
    search.add_argument("--batch", metavar="FILE|-", help=text("search_batch"))
    search.add_argument("--min-price", type=_price, metavar="AMOUNT", help=text("search_min_price"))
    search.add_argument("--max-price", type=_price, metavar="AMOUNT", help=text("search_max_price"))
    for trait in ("color", "size", "brand", "category", "store"):
        search.add_argument(f"--{trait}", action="append", default=[], metavar="VALUE", help=text("search_trait"))
    search.add_argument("--in-stock", action="store_true", help=text("search_in_stock"))

    extract = command("extract")
    extract.add_argument("question", nargs="+", metavar="QUESTION", help=text("ask_question"))
    extract.add_argument("--model", metavar="NAME|PATH", help=text("ask_model"))
    extract.add_argument("--engine", metavar="local|URL", help=text("ask_engine"))

    importing = command("import")
    importing.add_argument("files", nargs="*", type=Path, metavar="FILE", help=text("import_file"))
    importing.add_argument("--database", metavar="URL", help=text("import_database"))
    importing.add_argument("--table", action="append", metavar="NAME", default=[], help=text("import_table"))
    importing.add_argument("--kind", choices=IMPORTED, help=text("import_kind"))
    importing.add_argument(
        "--map", action="append", type=_field_and_column, metavar="FIELD=COLUMN", default=[], help=text("import_map")
    )
    importing.add_argument("--encoding", help=text("import_encoding"))
    importing.add_argument("--currency", help=text("import_currency"))
    importing.add_argument("--header", choices=("yes", "no"), help=text("import_header"))
    importing.add_argument("--rejected", type=Path, metavar="FILE", help=text("import_rejected_to"))
    importing.add_argument("--accept-damage", action="store_true", help=text("import_accept_damage"))
    importing.add_argument("--dry-run", action="store_true", help=text("import_dry_run"))
    importing.add_argument("--yes", "-y", action="store_true", help=text("import_yes"))

    imports = command("imports")
    imports.add_argument("action", nargs="?", choices=("list", "show", "undo"), default="list", help=text("action"))
    imports.add_argument("batch", nargs="?", type=_number, metavar="BATCH", help=text("imports_batch"))
    imports.add_argument("--keep-edits", action="store_true", help=text("imports_keep_edits"))

    for kind in RECORDS:
        records = command(kind)
        records.add_argument(
            "action", nargs="?", choices=("list", "show", "export"), default="list", help=text("action")
        )
        records.add_argument("target", nargs="?", metavar="KEY|FILE", help=text("records_target"))
        records.add_argument("--text", default="", help=text("records_text"))
        records.add_argument("--limit", type=_positive, metavar="N", help=text("records_limit"))

    feedback = command("feedback")
    feedback.add_argument(
        "action",
        nargs="?",
        choices=("list", "export", "up", "down", "approve", "dismiss"),
        default="list",
        help=text("feedback_action"),
    )
    feedback.add_argument("target", nargs="?", metavar="FILE|MESSAGE|NUMBER", help=text("feedback_target"))
    feedback.add_argument("--answer", metavar="TEXT", help=text("feedback_answer"))
    feedback.add_argument("--status", choices=("open", "approved", "dismissed"), help=text("feedback_status"))
    command("gaps")

    banned = command("banned")
    banned.add_argument(
        "action",
        nargs="?",
        choices=("list", "add", "remove", "import", "export"),
        default="list",
        help=text("action"),
    )
    banned.add_argument("words", nargs="*", metavar="WORD|FILE", help=text("banned_words"))

    synonyms = command("synonyms")
    synonyms.add_argument(
        "action",
        nargs="?",
        choices=("list", "add", "remove", "import", "export"),
        default="list",
        help=text("action"),
    )
    synonyms.add_argument("words", nargs="*", metavar="WORD|FILE", help=text("synonyms_words"))

    models = command("models")
    models.add_argument(
        "action",
        nargs="?",
        choices=("list", "show", "use", "add", "verify", "remove", "pull", "presets"),
        default="list",
        help=text("action"),
    )
    models.add_argument("target", nargs="?", metavar="NAME|FILE", help=text("models_target"))
    models.add_argument("--mirror", metavar="URL", help=text("models_mirror"))

    pack = command("pack")
    pack.add_argument("action", choices=("build", "install", "rollback"), help=text("action"))
    pack.add_argument("file", nargs="?", type=Path, metavar="FILE", help=text("pack_file"))
    pack.add_argument("--with-model", nargs="?", const="", metavar="NAME", help=text("pack_with_model"))
    pack.add_argument("--wheels", type=Path, metavar="DIR", help=text("pack_wheels"))
    pack.add_argument("--key", help=text("pack_key"))

    sync = command("sync")
    sync.add_argument("url", nargs="?", metavar="URL|off", help=text("sync_url"))
    sync.add_argument("--token", help=text("sync_token"))
    sync.add_argument("--key", help=text("sync_key"))
    sync.add_argument("--minutes", type=_positive, help=text("sync_minutes"))

    serve = command("serve")
    serve.add_argument("--host", default="127.0.0.1", help=text("serve_host"))
    serve.add_argument("--port", type=_port, default=8765, help=text("serve_port"))
    serve.add_argument("--token", help=text("serve_token"))
    serve.add_argument("--rate", type=_positive, metavar="N", help=text("serve_rate"))
    serve.add_argument("--publish", action="store_true", help=text("serve_publish"))
    serve.add_argument("--issue", metavar="NAME", help=text("serve_issue"))
    serve.add_argument("--days", type=_positive, default=30, help=text("serve_days"))
    serve.add_argument("--model", metavar="NAME|PATH", help=text("ask_model"))
    serve.add_argument("--engine", metavar="local|URL", help=text("ask_engine"))

    command("doctor")
    command("backup").add_argument("file", type=Path, metavar="FILE", help=text("backup"))
    command("restore").add_argument("file", type=Path, metavar="FILE", help=text("restore"))
    return parser


def check(parser: Parser, options: argparse.Namespace) -> None:
    """What argparse cannot say: which arguments need which. Exits with 2 where they do not fit."""
    if options.command in ("ask", "search"):
        text = options.question if options.command == "ask" else options.query
        if bool(text) == bool(options.batch):
            parser.error("QUESTION | --batch FILE" if options.command == "ask" else "QUERY | --batch FILE")
        if options.command == "ask" and options.batch and options.conversation is not None:
            parser.error("--batch | --conversation")
    if options.command in RECORDS and options.action != "list" and not options.target:
        parser.error(f"{options.command} {options.action} {'KEY' if options.action == 'show' else 'FILE'}")
    if options.command == "feedback" and options.action != "list":
        number = options.action != "export"
        if not options.target or (number and not options.target.isdecimal()):
            wanted = {"export": "FILE", "up": "MESSAGE", "down": "MESSAGE"}.get(options.action, "NUMBER")
            parser.error(f"feedback {options.action} {wanted}")
    if options.command in ("banned", "synonyms") and options.action != "list" and not options.words:
        parser.error(
            f"{options.command} {options.action} {'FILE' if options.action in ('import', 'export') else 'WORD'}"
        )
    if options.command == "models" and options.action not in ("list", "presets") and not options.target:
        parser.error(f"models {options.action} {'FILE' if options.action == 'add' else 'NAME'}")
    if options.command == "pack" and options.action != "rollback" and options.file is None:
        parser.error(f"pack {options.action} FILE")
    if options.command == "import":
        if not options.files and not options.database:
            parser.error("import FILE")
        if bool(options.database) != bool(options.table):
            parser.error("import --database URL --table NAME")
    if options.command == "imports" and options.action != "list" and options.batch is None:
        parser.error(f"imports {options.action} BATCH")


def _number(text: str) -> int:
    number = int(text)
    if abs(number) > _LARGEST:
        raise argparse.ArgumentTypeError(text)
    return number


def _positive(text: str) -> int:
    number = _number(text)
    if number < 1:
        raise argparse.ArgumentTypeError(text)
    return number


def _port(text: str) -> int:
    number = _number(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(text)
    return number


def _price(text: str) -> int:
    """An amount as it is said, in hundredths of its unit."""
    if not _AMOUNT.fullmatch(text):
        raise argparse.ArgumentTypeError(text)
    return int(Decimal(text) * 100)


def _field_and_column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not (field and equals and column):
        raise argparse.ArgumentTypeError(f"FIELD=COLUMN: {text}")
    return field.strip(), column.strip()
