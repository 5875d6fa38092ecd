"""Tables and views of a database, taken in like files: from a real PostgreSQL, and what can go wrong."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shopdesk.core.errors import ImportFault
from shopdesk.store import Store
from shopdesk.store.importing.databases import fetch_table
from tests.store.conftest import import_file

sqlalchemy = pytest.importorskip("sqlalchemy", reason="the extra `postgres` is not installed")

GOODS = """
CREATE TABLE goods (sku text PRIMARY KEY, name text, price numeric(10, 2), stock integer, checked timestamptz,
                    heavy boolean, traits jsonb);
INSERT INTO goods VALUES
  ('PG-1', '保温水壺, "großer" قارورة', 1299.50, 7, '2026-11-20 09:30+00', true, '{"颜色": "蓝"}'),
  ('PG-2', 'Towel', 0.10, NULL, NULL, false, NULL);
CREATE SCHEMA sales;
CREATE VIEW sales.cheap AS SELECT sku, name, price FROM goods WHERE price < 1;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL of this test's own, on a port of its own."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    user = "nobody" if os.name == "posix" and os.geteuid() == 0 else None  # it refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", _free_port()
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"

    def run(name: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / name), "-D", str(data), *arguments], check=True, user=user, cwd=folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    try:
        run("initdb", "--no-sync", "--auth=trust", "--username=shop", "--encoding=UTF8", "--locale=C")
        run("pg_ctl", "-w", "-o", settings, "start")
        try:
            yield f"postgresql://shop:s3cret@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def shop(server: str) -> str:
    execute(server, GOODS)
    return server


def execute(url: str, statements: str) -> None:
    import psycopg

    with psycopg.connect(url) as connection:
        connection.execute(statements.encode())


def test_a_table_of_postgresql_becomes_rows_and_follows_its_changes(shop: str, store: Store, tmp_path: Path) -> None:
    plan = import_file(store, fetch_table(shop, "goods", tmp_path))
    assert (plan["read"], plan["new"], plan["rejected"]) == (2, 2, 0)
    (record,) = store.catalogue.by_code("PG-1")
    assert record.title == '保温水壺, "großer" قارورة'
    assert (str(record.fields["price"]), record.fields["stock"]) == ("1299.50", 7)
    (other,) = store.catalogue.by_code("PG-2")
    assert (str(other.fields["price"]), other.fields["stock"]) == ("0.10", None)
    execute(shop, "UPDATE goods SET price = 1199.00 WHERE sku = 'PG-1'")
    again = import_file(store, fetch_table(shop, "goods", tmp_path))
    assert (again["changed"], again["unchanged"]) == (1, 1)
    assert str(store.catalogue.by_code("PG-1")[0].fields["price"]) == "1199.00"


def test_a_view_in_a_schema_is_read(shop: str, tmp_path: Path) -> None:
    file = fetch_table(shop, "sales.cheap", tmp_path)
    assert file.read_text(encoding="utf-8").splitlines() == ["sku,name,price", "PG-2,Towel,0.10"]


def test_a_table_that_is_not_there_names_those_that_are(shop: str, tmp_path: Path) -> None:
    with pytest.raises(ImportFault) as fault:
        fetch_table(shop, "sales.goods", tmp_path)
    assert fault.value.code == "database_table_unknown" and "cheap" in fault.value.text("en")


def test_the_database_is_only_read(shop: str) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    from shopdesk.store.importing.databases import _connected

    with _connected(shop) as connection, pytest.raises(SQLAlchemyError, match="read-only"):
        connection.execute(text("DELETE FROM goods"))


@pytest.mark.parametrize("address", ["postgresql://u:s3cret@127.0.0.1:9/x", "nonsense", "nodb://u:s3cret@h/x", ""])
def test_a_database_that_cannot_be_reached_is_told_without_the_password(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImportFault) as fault:
        fetch_table(address, "goods", tmp_path)
    assert fault.value.code == "database_unusable"
    assert "s3cret" not in fault.value.text("en") + fault.value.detail
    assert not list(tmp_path.iterdir())


def test_any_database_that_sqlalchemy_reads_will_do(tmp_path: Path) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / "chain.db") as db:
        db.execute("CREATE TABLE goods (sku, name, price)")
        db.execute("INSERT INTO goods VALUES ('S-1', 'Mug', 9.5), ('S-2', 'Cup', 8.0)")
    file = fetch_table(f"sqlite:///{tmp_path / 'chain.db'}", "goods", tmp_path)
    assert file.read_text(encoding="utf-8").splitlines() == ["sku,name,price", "S-1,Mug,9.5", "S-2,Cup,8"]


def _programs() -> Path | None:
    """Where initdb and pg_ctl lie."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("initdb")
    places += [Path(on_path).resolve().parent] if on_path else []
    return next((place for place in places if (place / "pg_ctl").exists()), None)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
