"""`psmf ops backup` and `psmf ops restore`: copies of a suite's SQLite databases as they were at one instant."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from services.cli.failure import CommandError
from services.cli.terminal import Terminal, demo_folder

Key = Annotated[
    Path | None,
    typer.Option("--key", envvar="PSMF_BACKUP_KEY_FILE", help="File with the key of sealed copies: 32 bytes, base64."),
]


def backup(
    terminal: Terminal,
    folder: Annotated[Path, typer.Argument(help="A new folder for the copies.")],
    files: Annotated[list[Path] | None, typer.Argument(help="The services' databases. Default: the demo's.")] = None,
    key: Key = None,
) -> None:
    """Copy the SQLite databases of all services as they were at one instant, while the services run.

    With a key the copies are sealed: nobody can read or change them without it. Keep the key elsewhere.

    psmf ops backup backup-of-today --key backup.key
    psmf ops backup backup-of-today evidence.db rules.db scheduling.db notifications.db --key backup.key
    """
    from services.client.addresses import SERVICES
    from services.platform.storage.sqlite.backup import back_up
    from services.platform.storage.sqlite.library import library
    from services.platform.storage.unusable import UnusableDatabaseError

    databases = files or [demo_folder() / f"{service}.db" for service in SERVICES]
    missing = [str(file) for file in databases if not file.is_file()]
    if missing:
        message = f"There is no {', '.join(missing)}. For PostgreSQL use its own programs: docs/operations.md"
        raise CommandError("NOT_FOUND", message)
    _require_new(folder)
    secret = _key_in(key) if key else b""
    try:
        if not secret:
            back_up(databases, folder)
            copies = [folder / file.name for file in databases]
        else:
            copies = _sealed_copies(databases, folder, secret)
    except (library.Error, UnusableDatabaseError) as problem:
        raise CommandError("UNAVAILABLE", f"Not backed up: {problem}. Remove {folder} and try again.") from problem
    named = [str(copy) for copy in copies]
    how = "Copied and sealed" if secret else "Copied, and not sealed (--key seals them),"
    terminal.changed(
        {"copies": named, "sealed": bool(secret)}, f"{how} as they were at one instant: {', '.join(named)}"
    )


def _sealed_copies(databases: Sequence[Path], folder: Path, secret: bytes) -> list[Path]:
    """Return sealed copies. Those that can be read stand beside the databases meanwhile, and nowhere else."""
    from services.platform.storage.sealed import ENDING, seal
    from services.platform.storage.sqlite.backup import back_up

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".backup-", dir=databases[0].resolve().parent))
    try:
        back_up(databases, beside)
        copies = []
        for file in databases:
            copies.append(folder / f"{file.name}{ENDING}")
            seal(beside / file.name, copies[-1], secret)
    finally:
        shutil.rmtree(beside)
    return copies


def restore(
    terminal: Terminal,
    copies: Annotated[Path, typer.Argument(help="The folder with the sealed copies.")],
    folder: Annotated[Path, typer.Argument(help="A new folder for the databases.")],
    key: Key = None,
) -> None:
    """Open the sealed copies of a backup. Then stop the services and put the databases where they expect them.

    psmf ops restore backup-of-today restored --key backup.key
    """
    from services.platform.storage.sealed import ENDING, unseal

    sealed = sorted(copies.glob(f"*{ENDING}"))
    if not sealed:
        raise CommandError("NOT_FOUND", f"{copies} holds no sealed copies. Copies without a seal need no key.")
    if key is None:
        raise CommandError("USAGE", "Name the file with the key: --key backup.key")
    _require_new(folder)
    secret = _key_in(key)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = [folder / file.name.removesuffix(ENDING) for file in sealed]
    try:
        with _in_a_sentence():
            for file, database in zip(sealed, opened, strict=True):
                unseal(file, database, secret)
    except CommandError:
        # The four belong together. Some of them would be taken for a backup.
        for database in opened:
            database.unlink(missing_ok=True)
        raise
    named = [str(file) for file in opened]
    terminal.changed({"databases": named}, f"Opened: {', '.join(named)}")


def _key_in(file: Path) -> bytes:
    from services.platform.storage.sealed import read_seal_key

    with _in_a_sentence():
        return read_seal_key(file)


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Refuse the command with the sentence of a file or a key that cannot be used."""
    from services.platform.storage.sealed import UnsealedError

    try:
        yield
    except UnsealedError as problem:
        raise CommandError("FAILED_PRECONDITION", str(problem)) from problem


def _require_new(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise CommandError("ALREADY_EXISTS", f"{folder} is not empty. Name a new folder.")
