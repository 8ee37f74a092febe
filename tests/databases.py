"""The database of a test: a SQLite file, or a database in a real PostgreSQL. The same tests run on both.

PostgreSQL is the server named in TEST_DATABASE_URL, or else its own programs on this machine, or else a container in
Docker. If none of these is available, the run fails and says what is missing.
"""

import atexit
import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import psycopg
from sqlalchemy import Engine, NullPool, create_engine

from services.demo.local_postgres import LocalPostgres, PostgresNotStartedError, create_database
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.platform.storage.origin import new_origin
from services.platform.storage.sqlite.library import library
from tests.reporting import USED

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SERVICES = Path(__file__).parents[1] / "services"
KINDS = (SQLITE, POSTGRESQL)


class _Chosen:
    kind = SQLITE
    server = ""
    """Address of the server's own database. Empty until a test needs the server."""
    made: ClassVar[set[str]] = set()
    """Names of the PostgreSQL databases that tests are using."""


def choose(kind: str) -> None:
    """Use this kind of database from now on."""
    _Chosen.kind = kind


def address(file: Path) -> str:
    """Return the address of the database that a test calls by a file's name. The same name gives the same address."""
    if _Chosen.kind == SQLITE:
        return f"sqlite:///{file}"
    _Chosen.made.add(_name(file))
    return create_database(postgresql(), _name(file))


def of_service(service: str, file: Path) -> str:
    """Return the address of a service's database at the newest schema.

    The first is migrated and the others are copies of it, because a run starts some thousands of services. Each copy
    gets an identity of its own, as a database has that a migration makes.
    """
    if file.exists() or _name(file) in _Chosen.made:
        return address(file)
    source = _migrated(service, _Chosen.kind)
    if _Chosen.kind == SQLITE:
        shutil.copy(source, file)
        with contextlib.closing(library.connect(file, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("UPDATE origin SET database_id = ?", (new_origin()[0],))
        return address(file)
    _Chosen.made.add(_name(file))
    copied = create_database(postgresql(), _name(file), template=_name(source))
    with psycopg.connect(copied.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("UPDATE origin SET database_id = %s", (new_origin()[0],))
    return copied


@cache
def _migrated(service: str, kind: str) -> Path:
    file = _until_the_process_ends("psmf-migrated-") / f"{service}.db"
    made = Database(address(file) if kind == SQLITE else create_database(postgresql(), _name(file)))
    bring_up_to_date(made.engine, SERVICES / service / "migrations")
    made.close()
    return file


def _until_the_process_ends(prefix: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def are_files() -> bool:
    """Return whether databases are files now."""
    return _Chosen.kind == SQLITE


def keep(folder: Path, services: Iterable[str]) -> Path:
    """Copy the databases of services out of a folder. Return the folder of the copies, which goes with the process."""
    copies = _until_the_process_ends("psmf-kept-")
    for service in services:
        with (
            contextlib.closing(library.connect(folder / f"{service}.db")) as source,
            contextlib.closing(library.connect(copies / f"{service}.db")) as copy,
        ):
            copy.execute("PRAGMA synchronous=OFF")
            source.backup(copy)
    return copies


def take(copies: Path, folder: Path) -> None:
    """Put copies of databases into a folder where nobody uses one yet."""
    for copy in copies.iterdir():
        shutil.copy(copy, folder)


def drop_made() -> None:
    """Drop the PostgreSQL databases of the tests that have ended. Each takes 14 MB."""
    for name in _Chosen.made:
        with psycopg.connect(postgresql(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
    _Chosen.made.clear()


def _name(file: Path) -> str:
    return "t_" + hashlib.sha256(str(file).encode()).hexdigest()[:24]


def postgresql() -> str:
    """Return the address of a running PostgreSQL. The first call starts it."""
    if not _Chosen.server:
        _Chosen.server, how = _start()
        with psycopg.connect(_Chosen.server) as connection:
            number = connection.info.server_version
        USED.append(f"PostgreSQL {number // 10_000}.{number % 10_000} ({how})")
    return _Chosen.server


def _start() -> tuple[str, str]:
    if named := os.environ.get("TEST_DATABASE_URL"):
        return named, "named in TEST_DATABASE_URL"
    local = LocalPostgres(Path(tempfile.mkdtemp(prefix="psmf-pg-")))
    try:
        local.start()
    except PostgresNotStartedError as problem:
        return _in_docker(str(problem)), "in Docker"
    atexit.register(local.stop)
    return local.address, "its own programs"


def _in_docker(why: str) -> str:
    from testcontainers.postgres import PostgresContainer

    try:
        container = PostgresContainer("postgres:18", driver=None)
        container.start()
    except Exception as problem:
        raise PostgresNotStartedError(f"No PostgreSQL for the tests. {why} No Docker either: {problem}") from problem
    atexit.register(container.stop)
    return str(container.get_connection_url())


def engine_of(url: str) -> Engine:
    """Return an engine without a pool, to look at a database from outside. SQLite is that of the services."""
    options = {"module": library} if url.startswith("sqlite:") else {}
    return create_engine(url, poolclass=NullPool, **options)


def read_rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """Return the rows that another process would read from a database."""
    with engine_of(address(file)).connect() as connection:
        return [tuple(row) for row in connection.connection.cursor().execute(query).fetchall()]
