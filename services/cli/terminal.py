"""How a command speaks: data on standard output, talk on standard error, everything as JSON when asked."""

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from services.cli.failure import CommandError

if TYPE_CHECKING:
    from services.client.client import Client

DEFAULT_PERSON = "panel-team"
SECONDS_BETWEEN_LINES = 3.0


class Steps(Protocol):
    """Shown how far something has come."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """`done` of `total` parts of a step."""
        ...


class Terminal:
    """What every command is given: how the caller wants answers, and the way to the services."""

    def __init__(self, as_json: bool, person: str, quiet: bool, no_color: bool) -> None:
        self.as_json = as_json
        self.person = person or DEFAULT_PERSON
        self._chosen = bool(person)
        self._quiet = quiet
        dumb = os.environ.get("TERM") == "dumb"
        self._plain = no_color or dumb or bool(os.environ.get("NO_COLOR")) or not sys.stderr.isatty()

    def as_usual(self, person: str) -> None:
        """Call as this persona of the demo where the caller has not chosen one."""
        if not self._chosen:
            self.person = person

    @cached_property
    def client(self) -> "Client":
        """Calls to the services, as the person chosen.

        Raises:
            CommandError: when it is not known where they are, or the person is not.
        """
        from services.client.client import Client

        return Client(_addresses(), _tokens(self.person, self._chosen))

    def call(self, method: Any, request: Any) -> Any:
        """What a method answers."""
        return self.client.call(self.person, method, request)

    def data(self, value: Any) -> None:
        """Print one object as JSON: a message, or plain values."""
        print(json.dumps(plain(value), indent=2, ensure_ascii=False))

    def line(self, value: Any) -> None:
        """Print one object of a stream as a line of JSON."""
        print(json.dumps(plain(value), ensure_ascii=False), flush=True)

    def page(self, messages: Sequence[Any], next_page_token: str) -> None:
        """Print a page of a list as JSON."""
        self.data({"items": [plain(message) for message in messages], "nextPageToken": next_page_token})

    def columns(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows under their names, each column as wide as it needs."""
        widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
        for row in (names, *rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    def text(self, text: str) -> None:
        """Print what was asked for, in words."""
        print(text, flush=True)

    def say(self, text: str) -> None:
        """Talk: what is happening, what to do next."""
        if not self._quiet:
            # In the order in which it was said, also where both go to one file.
            sys.stdout.flush()
            print(text, file=sys.stderr, flush=True)

    def changed(self, message: Any, said: str, following: str = "") -> None:
        """Report a change: the record as it now stands, or what changed and the next command."""
        if self.as_json:
            self.data(message)
            return
        self.text(said)
        if following:
            self.say(f"Next: {following}")

    @contextmanager
    def steps(self) -> Iterator[Steps]:
        """Show progress: a bar on a terminal, a line now and then elsewhere."""
        if self._quiet:
            yield lambda step, done, total: None
        elif self._plain:
            yield _Lines()
        else:
            with _bar() as bar:
                yield bar


class _Lines:
    """Progress in words: a step of one part as it begins, others every few seconds and at their end."""

    def __init__(self) -> None:
        self._said_at = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        since = time.monotonic() - self._said_at
        if total == 1 and done == 0:
            self._say(step)
        elif total > 1 and (done == total or (done > 0 and since > SECONDS_BETWEEN_LINES)):
            self._say(f"{step}: {done:,} of {total:,}")

    def _say(self, text: str) -> None:
        self._said_at = time.monotonic()
        print(text, file=sys.stderr, flush=True)


@contextmanager
def _bar() -> Iterator[Steps]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = progress.add_task(step, total=total)
            progress.update(tasks[step], completed=done, total=total)

        yield show


def plain(value: Any) -> Any:
    """A message as the values of its JSON, with the field names of the contract."""
    from google.protobuf.json_format import MessageToDict
    from google.protobuf.message import Message

    return MessageToDict(value, preserving_proto_field_name=True) if isinstance(value, Message) else value


def demo_folder() -> Path:
    """Where the demo of this directory keeps its files."""
    return Path(os.environ.get("PSMF_DEMO_FOLDER", ".demo"))


def _addresses() -> Mapping[str, str]:
    from services.client.addresses import SERVICES, NoSuiteError, is_running, read_suite

    given = {service: os.environ.get(f"PSMF_{service.upper()}_ADDRESS", "") for service in SERVICES}
    if all(given.values()):
        return given
    folder = demo_folder()
    try:
        suite = read_suite(folder)
    except NoSuiteError as problem:
        names = ", ".join(f"PSMF_{service.upper()}_ADDRESS" for service in SERVICES)
        raise CommandError("UNAVAILABLE", f"{problem}\nOr say where the services are: {names}.") from None
    if not is_running(folder):
        raise CommandError("UNAVAILABLE", f"The demo in {folder} does not run. Start it with: psmf demo up")
    return dict(suite.addresses) | {service: address for service, address in given.items() if address}


def _tokens(person: str, chosen: bool) -> Any:
    """The way to a token: a file that holds one, or, for a persona of the demo, the demo's own issuer."""
    file = os.environ.get("PSMF_TOKEN_FILE", "")
    if file and not chosen:
        return _token_in(Path(file))
    from services.client.tokens import Issuer

    try:
        issuer = Issuer(demo_folder())
    except FileNotFoundError:
        message = "There is no token to call with. Put one in a file and name it in PSMF_TOKEN_FILE."
        raise CommandError("UNAUTHENTICATED", message) from None
    if person not in issuer.people:
        from difflib import get_close_matches

        near = get_close_matches(person, issuer.people, n=3)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        raise CommandError("USAGE", f"The demo has no person {person!r}.{hint} See: psmf demo status")
    return issuer.metadata


def _token_in(file: Path) -> Any:
    def metadata(person: str) -> tuple[tuple[str, str], ...]:
        # Read anew for each call: tokens are short-lived, and whoever writes the file renews it.
        try:
            return (("authorization", f"Bearer {file.read_text().strip()}"),)
        except OSError as problem:
            raise CommandError("UNAUTHENTICATED", f"PSMF_TOKEN_FILE cannot be read: {problem.strerror}") from None

    return metadata
