"""`psmf ops backup`: the databases of a suite on SQLite, as they were at one instant."""

from pathlib import Path
from typing import Annotated

import typer

from services.cli.failure import CommandError
from services.cli.terminal import Terminal, demo_folder


def backup(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="A new folder for the copies.")],
    files: Annotated[
        list[Path] | None, typer.Argument(help="The services' databases; the demo's, if not said.")
    ] = None,
) -> None:
    """Copy the SQLite databases of all services, as they were at one instant, while the services run.

    psmf ops backup backup-of-today
    psmf ops backup backup-of-today evidence.db rules.db scheduling.db notifications.db
    """
    import sqlite3

    from services.client.addresses import SERVICES
    from services.platform.storage.sqlite_backup import back_up

    databases = files or [demo_folder() / f"{service}.db" for service in SERVICES]
    missing = [str(file) for file in databases if not file.is_file()]
    if missing:
        message = f"There is no {', '.join(missing)}. PostgreSQL is backed up by its own programs: docs/operations.md"
        raise CommandError("NOT_FOUND", message)
    if folder.exists() and any(folder.iterdir()):
        raise CommandError("ALREADY_EXISTS", f"{folder} holds something already. Name a new folder.")
    try:
        back_up(databases, folder)
    except sqlite3.Error as problem:
        raise CommandError("UNAVAILABLE", f"Not backed up: {problem}. Remove {folder} and try again.") from problem
    copies = [str(folder / file.name) for file in databases]
    terminal.changed({"copies": copies}, "Copied, all of one instant: " + ", ".join(copies))
