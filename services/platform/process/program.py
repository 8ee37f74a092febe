"""The program `python -m services.<name>`: serve, or bring the service's own database up to date and end."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy.exc import DBAPIError

from services.platform.data_file import DataFileError
from services.platform.process.process import Process
from services.platform.process.settings import DatabaseSettings, ProgramSettings, ServiceSettings, read_settings
from services.platform.storage.only_writer import only_writer
from services.platform.storage.opening import open_database
from services.platform.storage.unusable import UnusableDatabaseError
from services.platform.telemetry import traces

S = TypeVar("S", bound=ServiceSettings)
P = TypeVar("P", bound=ProgramSettings)
USAGE = """\
python -m services.{service}            serve until SIGTERM
python -m services.{service} migrate    bring the database to the newest schema, and end; makes a new one
python -m services.{service} check      say what is wrong with the settings, and end
"""
USAGE_WITHOUT_DATABASE = """\
python -m services.{program}          serve until SIGTERM
python -m services.{program} check    say what is wrong with the settings, and end
"""


def main(
    service: str,
    kind: type[S],
    compose: Callable[[S], Process],
    folder: Path,
    own_table: str,
    log_fields: frozenset[str] = frozenset(),
) -> None:
    """Do what the arguments of the process ask for. Unknown arguments end with exit code 2.

    `own_table`: a table that only this service's database has.
    """
    close_to_others()
    match sys.argv[1:]:
        case []:
            settings = read_settings(kind)
            with in_a_sentence(service), only_writer(settings.database_url):
                traces.set_up(service, settings.metrics_listen, log_fields, settings.trace_file)
                compose(settings).run()
        case ["check"]:
            check(read_settings(kind))
        case ["migrate"]:
            given = read_settings(DatabaseSettings)
            with in_a_sentence(service), only_writer(given.database_url):
                migrate(given, folder / "migrations", own_table)
        case _:
            sys.stderr.write(USAGE.format(service=service))
            raise SystemExit(2)


def close_to_others() -> None:
    """Let only the owner of this process read what it writes from now on: databases hold personal data (A10)."""
    os.umask(0o077)


class Runs(Protocol):
    """A program that is ready to start."""

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT."""
        ...


def main_without_database(
    program: str, kind: type[P], compose: Callable[[P], Runs], log_fields: frozenset[str] = frozenset()
) -> None:
    """Run a program that has no database, and serves its measures itself. Unknown arguments end with exit code 2."""
    if sys.argv[1:] not in ([], ["check"]):
        sys.stderr.write(USAGE_WITHOUT_DATABASE.format(program=program))
        raise SystemExit(2)
    close_to_others()
    settings = read_settings(kind)
    if sys.argv[1:]:
        check(settings)
        return
    readable = bool(settings.metrics_listen)
    with in_a_sentence(program):
        traces.set_up(program, log_fields=log_fields, trace_file=settings.trace_file, readable=readable)
        compose(settings).run()


def check(settings: ProgramSettings) -> None:
    """Say that the settings, which were read, would not stop a start. Files and addresses are not tried."""
    sys.stdout.write("The settings can be used.\n")
    if not settings.profile:
        sys.stdout.write("They were not checked for what is unsafe: PSMF_PROFILE is not production.\n")


@contextmanager
def in_a_sentence(service: str) -> Iterator[None]:
    """End with exit code 2 and a sentence, not with a stack trace, where a database or a file cannot be used (F7)."""
    try:
        yield
    except (UnusableDatabaseError, DataFileError) as problem:
        sys.stderr.write(f"psmf {service}: {problem}\n")
    except OSError as problem:
        said = f"{problem.filename}: {problem.strerror}" if problem.filename else str(problem.strerror or problem)
        sys.stderr.write(f"psmf {service}: {said}. Check the path or address in the settings, and its rights.\n")
    except DBAPIError as problem:
        # Only the first line of the driver's words: the others repeat the statement.
        said = str(problem.orig).partition("\n")[0]
        sys.stderr.write(f"psmf {service}: The database does not answer as it should: {said}. Check that it runs and ")
        sys.stderr.write("that PSMF_DATABASE names it, then start again.\n")
    else:
        return
    raise SystemExit(2) from None


def migrate(settings: DatabaseSettings, migrations: Path, own_table: str) -> None:
    """Bring a database to the newest schema. An empty one becomes the service's: this is its first start.

    It needs only the address of the database, because the job that runs it in a cluster has no keys to read.
    """
    open_database(settings.database_url, migrations, own_table, may_be_new=True).close()
