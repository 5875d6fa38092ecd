"""A table or view of the chain's own database, as a CSV file that is then imported like any other."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shopdesk.core.errors import ImportFault

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

_ROWS_AT_A_TIME = 2000
_CONNECT_S = 10
_NAMES_SHOWN = 20


def fetch_table(url: str, name: str, folder: Path) -> Path:
    """Write the rows of `name` ("table", "view" or "schema.table") to a CSV file in `folder`, and return it.

    `url` is an SQLAlchemy address; `postgresql://` uses psycopg, which also reads the user's password file. Nothing is
    written to the database, and all rows are of one moment. Raises ImportFault: database_library, database_unusable,
    database_table_unknown, import_write_failed.
    """
    try:
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError as error:
        raise ImportFault("database_library", detail=str(error)) from error
    schema, _, table_name = name.rpartition(".")
    file = folder / f"{name.replace('/', '_')}.csv"
    try:
        with _connected(url) as connection:
            table = _table(connection, table_name, schema or None)
            _write(connection, table, file)
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise ImportFault("database_unusable", address=_shown(url), detail=str(cause)) from error
    except OSError as error:
        raise ImportFault("import_write_failed", path=file, detail=str(error)) from error
    return file


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    from sqlalchemy import create_engine, make_url

    address = make_url(url.strip())
    options: dict[str, Any] = {}
    if address.get_backend_name() in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
        options = {"connect_args": {"connect_timeout": _CONNECT_S}, "isolation_level": "REPEATABLE READ"}
    try:
        engine = create_engine(address, **options)
    except ImportError as error:
        raise ImportFault("database_library", detail=str(error)) from error
    try:
        with engine.connect() as connection:
            if options:
                connection = connection.execution_options(postgresql_readonly=True)
            yield connection
    finally:
        engine.dispose()


def _table(connection: Connection, name: str, schema: str | None) -> Table:
    from sqlalchemy import MetaData, Table, inspect
    from sqlalchemy.exc import NoSuchTableError

    try:
        return Table(name, MetaData(), schema=schema, autoload_with=connection, resolve_fks=False)
    except NoSuchTableError as error:
        seen = inspect(connection)
        names = sorted([*seen.get_table_names(schema), *seen.get_view_names(schema)])[:_NAMES_SHOWN]
        full = f"{schema}.{name}" if schema else name
        raise ImportFault("database_table_unknown", table=full, names=", ".join(names) or "–") from error


def _write(connection: Connection, table: Table, file: Path) -> None:
    from sqlalchemy import select

    streaming = connection.execution_options(yield_per=_ROWS_AT_A_TIME)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([column.name for column in table.columns])
        for row in streaming.execute(select(table)):
            writer.writerow([_text(value) for value in row])


def _text(value: object) -> str:
    """A value as it stands in a file; nothing for what is null."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case Decimal():
            return format(value, "f")
        case datetime() | date():
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
        case bytes() | memoryview():
            return bytes(value).hex()
    return str(value)


def _shown(url: str) -> str:
    """The address without its password."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url.strip()).render_as_string(hide_password=True)
    except ArgumentError:
        return "?"
