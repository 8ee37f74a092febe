"""The program `python -m services.<name>`: serve, or bring the service's own database up to date and end."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from services.platform.process.process import Process
from services.platform.process.settings import DatabaseSettings, ServiceSettings, read_settings
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.platform.telemetry import traces

S = TypeVar("S", bound=ServiceSettings)
USAGE = """\
python -m services.{service}            serve until SIGTERM
python -m services.{service} migrate    bring the database to the newest schema, and end
"""


def main(
    service: str,
    kind: type[S],
    compose: Callable[[S], Process],
    folder: Path,
    log_fields: frozenset[str] = frozenset(),
) -> None:
    """Do what the arguments of the process ask for. Unknown arguments end with exit code 2."""
    match sys.argv[1:]:
        case []:
            settings = read_settings(kind)
            traces.set_up(service, settings.metrics_listen, log_fields, settings.trace_file)
            compose(settings).run()
        case ["migrate"]:
            migrate(read_settings(DatabaseSettings), folder / "migrations")
        case _:
            sys.stderr.write(USAGE.format(service=service))
            raise SystemExit(2)


def migrate(settings: DatabaseSettings, migrations: Path) -> None:
    """Bring a database to the newest schema.

    It needs only the address of the database, because the job that runs it in a cluster has no keys to read.
    """
    database = Database(settings.database_url)
    try:
        bring_up_to_date(database.engine, migrations)
    finally:
        database.close()
