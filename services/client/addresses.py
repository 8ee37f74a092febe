"""Where the services listen, and whether a suite runs in a folder."""

import fcntl
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, NamedTuple

SERVICES = ("evidence", "rules", "scheduling", "notifications")


STATE_FILE = "suite.json"


LOCK_FILE = "lock"


class NoSuiteError(Exception):
    """No suite runs in a folder, or one runs already. The message says what to do."""


class Part(NamedTuple):
    """What a suite stands on: `kafka` or `postgresql`, where it is, which version, and its process id."""

    name: str
    address: str
    version: str
    process: int


@dataclass(frozen=True, slots=True)
class Suite:
    """What others need to know of a running suite. Addresses by service; process ids, the supervisor's apart."""

    addresses: Mapping[str, str]
    mailbox: str
    supervisor: int
    processes: Mapping[str, int]
    profile: str
    parts: Sequence[Part]

    def address_of(self, name: str) -> str:
        """Where a part is, empty when the suite does without it."""
        return next((part.address for part in self.parts if part.name == name), "")

    def write(self, folder: Path) -> None:
        """Tell others, in one step, so that nobody reads half of it."""
        new = folder / f"{STATE_FILE}.new"
        new.write_text(json.dumps(asdict(self), indent=1))
        new.replace(folder / STATE_FILE)


def read_suite(folder: Path) -> Suite:
    """The suite of a folder.

    Raises:
        NoSuiteError: when none was started there.
    """
    try:
        kept = json.loads((folder / STATE_FILE).read_text())
        return Suite(**kept | {"parts": [Part(*part) for part in kept["parts"]]})
    except FileNotFoundError:
        raise NoSuiteError(f"No demo was started in {folder}. Start one with: psmf demo up") from None


def take_lock(folder: Path) -> IO[bytes]:
    """The folder's lock, held as long as the file, or a child that was given it, is open.

    The services inherit it: even if their supervisor dies, nobody can start a second suite on the same databases.

    Raises:
        NoSuiteError: when a suite runs there already.
    """
    file = (folder / LOCK_FILE).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise NoSuiteError(f"A demo runs in {folder} already. Stop it with: psmf demo down") from None
    return file


def is_running(folder: Path) -> bool:
    """Whether a suite, or a part of one, runs in the folder."""
    if not (folder / LOCK_FILE).exists():
        return False
    try:
        take_lock(folder).close()
    except NoSuiteError:
        return True
    return False
