"""The program `python -m services.<name>`: serve, or bring the service's own database up to date and end."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from services.platform.process.process import Process
from services.platform.process.settings import DatabaseSettings, ServiceSettings, read_settings
from services.platform.storage.opening import open_database
from services.platform.storage.wrong_database import WrongDatabaseError
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
    own_table: str,
    log_fields: frozenset[str] = frozenset(),
) -> None:
    """Do what the arguments of the process ask for. Unknown arguments and a wrong database end with exit code 2.

    `own_table`: a table that only this service's database has.
    """
    try:
        match sys.argv[1:]:
            case []:
                settings = read_settings(kind)
                traces.set_up(service, settings.metrics_listen, log_fields)
                compose(settings).run()
            case ["migrate"]:
                migrate(read_settings(DatabaseSettings), folder / "migrations", own_table)
            case _:
                sys.stderr.write(USAGE.format(service=service))
                raise SystemExit(2)
    except WrongDatabaseError as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from None


def migrate(settings: DatabaseSettings, migrations: Path, own_table: str) -> None:
    """Bring a database to the newest schema.

    It needs only the address of the database, because the job that runs it in a cluster has no keys to read.
    """
    open_database(settings.database_url, migrations, own_table).close()
