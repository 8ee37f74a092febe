"""Addresses of the services, and the state of a suite that runs in a folder."""

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, NamedTuple

from services.client.errors import ClientError, NoSuiteError
from services.platform.tls import TlsFiles

SERVICES = ("evidence", "rules", "scheduling", "notifications")
STATE_FILE = "suite.json"
LOCK_FILE = "lock"


class Part(NamedTuple):
    """A program below the services: `kafka` or `postgresql`, with its address, version and process id."""

    name: str
    address: str
    version: str
    process: int


@dataclass(frozen=True, slots=True)
class Suite:
    """A running suite as other processes see it: addresses and process ids by service, and the supervisor's own id."""

    addresses: Mapping[str, str]
    mailbox: str
    supervisor: int
    processes: Mapping[str, int]
    profile: str
    parts: Sequence[Part]
    console: str = ""
    """Where the web pages are, for a browser on this machine; empty if the suite runs without them."""

    def address_of(self, name: str) -> str:
        """Return the address of a part, empty if the suite runs without it."""
        return next((part.address for part in self.parts if part.name == name), "")

    def write(self, folder: Path) -> None:
        """Write the state file of a folder."""
        # Renaming is one step: a reader sees the old file or the new one, never half of it.
        new = folder / f"{STATE_FILE}.new"
        new.write_text(json.dumps(asdict(self), indent=1))
        new.replace(folder / STATE_FILE)


def read_suite(folder: Path) -> Suite:
    """Return the suite that was started in a folder. It may have died since: ask `is_running`.

    Raises:
        NoSuiteError: nothing was started there.
    """
    try:
        kept = json.loads((folder / STATE_FILE).read_text())
        return Suite(**kept | {"parts": [Part(*part) for part in kept["parts"]]})
    except FileNotFoundError:
        raise NoSuiteError(f"No demo is running in {folder}. Start it with: psmf demo up") from None


def checkpoints_file(folder: Path, service: str) -> Path:
    """Return the file in which a service of a demo keeps the checkpoints of its audit log."""
    return folder / f"{service}.checkpoints"


def trace_file(folder: Path, service: str) -> Path:
    """Return the file in which a service of a demo keeps its spans."""
    return folder / "traces" / f"{service}.jsonl"


def take_lock(folder: Path) -> IO[bytes]:
    """Return the locked file of a folder. The lock holds while the file is open here or in a child that was given it.

    The services inherit it. If their supervisor dies, nobody can start a second suite on the same databases.

    Raises:
        NoSuiteError: a suite already runs there.
    """
    file = (folder / LOCK_FILE).open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise NoSuiteError(f"A demo already runs in {folder}. Stop it with: psmf demo down") from None
    return file


def is_running(folder: Path) -> bool:
    """Return whether a suite, or one process of it, runs in the folder."""
    if not (folder / LOCK_FILE).exists():
        return False
    try:
        take_lock(folder).close()
    except NoSuiteError:
        return True
    return False


def service_addresses(folder: Path) -> dict[str, str]:
    """Return the address of each service: from PSMF_…_ADDRESS where set, otherwise from the suite in `folder`.

    Raises:
        ClientError: UNAVAILABLE, when no suite runs there and the environment does not name every service.
    """
    given = {service: os.environ.get(_address_name(service), "") for service in SERVICES}
    if all(given.values()):
        return given
    try:
        suite = read_suite(folder)
    except NoSuiteError as problem:
        names = ", ".join(map(_address_name, SERVICES))
        raise ClientError("UNAVAILABLE", f"{problem}\nOr set the addresses of the services: {names}.") from None
    if not is_running(folder):
        raise ClientError("UNAVAILABLE", f"The demo in {folder} is not running. Start it with: psmf demo up")
    return dict(suite.addresses) | {service: address for service, address in given.items() if address}


def checkpoint_files(folder: Path) -> list[Path]:
    """Return the files of checkpoints of the services that are asked in the suite in `folder`; none if it is stopped.

    A file of a suite that is not asked would accuse the logs of another.
    """
    if not is_running(folder):
        return []
    asked_here = (service for service in SERVICES if not os.environ.get(_address_name(service)))
    return [file for service in asked_here if (file := checkpoints_file(folder, service)).exists()]


def _address_name(service: str) -> str:
    return f"PSMF_{service.upper()}_ADDRESS"


def own_certificate() -> TlsFiles | None:
    """Return the files with which commands connect over TLS, from PSMF_TLS_…_FILE; None for plain text.

    Raises:
        ClientError: INVALID, where only some of the files are named.
    """
    names = [f"PSMF_TLS_{part}_FILE" for part in ("CERTIFICATE", "KEY", "CA")]
    certificate, key, authority = (os.environ.get(name, "") for name in names)
    if not (certificate or key or authority):
        return None
    if not (certificate and key and authority):
        raise ClientError("INVALID", f"Set {', '.join(names)}, or none of them.")
    return TlsFiles(Path(certificate), Path(key), Path(authority))
