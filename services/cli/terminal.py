"""Output of commands: data on standard output, messages on standard error, and everything as JSON on request."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from services.cli.page.out import put, put_json, tell
from services.cli.page.width import output_width
from services.client.lines import fitted, folded
from services.plain_text import shown_in_line

if TYPE_CHECKING:
    from services.client.client import Client

DEFAULT_PERSON = "panel-team"
SECONDS_BETWEEN_LINES = 3.0
"""Between lines of progress in a log: often enough to show life, seldom enough to be read."""


class Steps(Protocol):
    """Display of the progress of a command."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` parts of a step are finished."""
        ...


class Terminal:
    """First argument of every command: how the caller wants answers, and the way to the services."""

    def __init__(self, as_json: bool, person: str, quiet: bool, no_color: bool) -> None:
        self.as_json = as_json
        self.person = person or DEFAULT_PERSON
        self._chosen = bool(person)
        self._quiet = quiet
        dumb = os.environ.get("TERM") == "dumb"
        self._plain = no_color or dumb or bool(os.environ.get("NO_COLOR")) or not sys.stderr.isatty()

    def as_usual(self, person: str) -> None:
        """Call as this persona of the demo, unless the caller has chosen one with --as."""
        if not self._chosen:
            self.person = person

    @cached_property
    def client(self) -> "Client":
        """Calls to the services as the chosen person, connected on first use so that --help needs no suite.

        Raises:
            ClientError: the addresses or the person are not known.
        """
        from services.client.addresses import own_certificate, service_addresses
        from services.client.client import Client
        from services.client.tokens import call_metadata

        folder = demo_folder()
        return Client(
            service_addresses(folder), call_metadata(folder, self.person, self._chosen), tls=own_certificate()
        )

    @property
    def as_caller(self) -> str:
        """The option with which another command is the same person's; empty for the usual one."""
        return f" --as {self.person}" if self._chosen else ""

    def call(self, method: Any, request: Any) -> Any:
        """Call a method as the chosen person and return its answer."""
        return self.client.call(self.person, method, request)

    def pages(self, method: Any, request: Any, field: str) -> Iterator[Any]:
        """Yield every record of a list as the chosen person sees it."""
        return self.client.pages(self.person, method, request, field)

    def find(self, kind: str, text: str) -> Any:
        """Return the record of a kind of `services.client.find.FINDABLE`, by its name or the start of its id.

        Raises:
            ClientError: NOT_FOUND; USAGE when several begin with it.
        """
        from services.client.find import find

        return find(self.client, self.person, kind, text)

    def name_of(self, kind: str, text: str) -> str:
        """Return the full name of the record that `text` names, as `find` does. A full name needs no call.

        Raises:
            ClientError: NOT_FOUND; USAGE when several begin with it.
        """
        from services.client.find import find_name

        return find_name(self.client, self.person, kind, text)

    def safeguarder(self, text: str) -> str:
        """Return `safeguarders/{id}` of the one Safeguarder that a text names, or of everybody for `-`.

        Raises:
            ClientError: NOT_FOUND, with the nearest; USAGE when several fit.
        """
        from services.client.people import find_safeguarder

        return find_safeguarder(self.client, self.person, text)

    def data(self, value: Any) -> None:
        """Print one object as JSON: a message, or plain values."""
        put_json(plain(value), indent=2)

    def line(self, value: Any) -> None:
        """Print one object of a stream as a line of JSON."""
        put_json(plain(value))

    def page(self, messages: Sequence[Any], next_page_token: str) -> None:
        """Print a page of a list as JSON."""
        self.data({"items": [plain(message) for message in messages], "nextPageToken": next_page_token})

    def listing(
        self,
        messages: Sequence[Any],
        next_page_token: str,
        names: Sequence[str],
        row: Callable[[Any], Sequence[str]],
        following: str = "",
    ) -> None:
        """Print a page of a list, as JSON or as rows under `names`, and say how to see more.

        `row` makes the cells of one message. `following` is a command about the first row, named by its first cell.
        """
        if self.as_json:
            self.page(messages, next_page_token)
            return
        rows = [row(message) for message in messages]
        self.columns(names, rows)
        if next_page_token:
            self.say(f"There are more: --page-token {next_page_token}")
        elif following and rows:
            self.following(f"{following} {rows[0][0]}", messages[0])

    def entries(
        self,
        messages: Sequence[Any],
        next_page_token: str,
        entry: Callable[[Any], Sequence[str]],
        following: str = "",
    ) -> None:
        """Print a page of a list, as JSON or as an entry of several lines for each message, and say how to see more.

        `entry` makes the id of a message and its lines; empty lines are left out. `following` is a command about the
        first id.
        """
        if self.as_json:
            self.page(messages, next_page_token)
            return
        entries = [entry(message) for message in messages]
        width = output_width()
        for known, *lines in entries:
            margin = " " * (len(known) + 2)
            for place, line in enumerate(filter(None, lines)):
                self.text(folded(line, width, margin if place else f"{known}  ", margin))
        if next_page_token:
            self.say(f"There are more: --page-token {next_page_token}")
        elif following and entries:
            self.following(f"{following} {entries[0][0]}", messages[0])

    def columns(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows under their names, with each column as wide as its longest cell.

        Rows that are too wide for the terminal stand one cell a line, each beside its name. No cell is cut.
        """
        rows = [[shown_in_line(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
        width = output_width()
        if rows and sum(widths) + 2 * (len(widths) - 1) > width:
            self._one_cell_a_line(names, rows, width)
            return
        for row in (names, *rows):
            put("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    def _one_cell_a_line(self, names: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> None:
        beside = max(map(len, names)) + 2
        for place, row in enumerate(rows):
            if place:
                put()
            for name, cell in zip(names, row, strict=True):
                put(folded(cell, width, name.ljust(beside), " " * beside) or name)

    def text(self, text: str) -> None:
        """Print the answer in words. A line that is too wide for the terminal goes on below."""
        put(fitted(text, output_width()))

    def exact(self, text: str) -> None:
        """Print a text that a program reads, or that somebody copies, as it is."""
        put(text)

    def say(self, text: str) -> None:
        """Print a message beside the answer: what is happening, or what to do next."""
        if not self._quiet:
            # Keeps the order of both streams where they go to one file.
            sys.stdout.flush()
            tell(text)

    def changed(self, message: Any, said: str, following: str = "", *, dry_run: bool = False) -> None:
        """Report a change: as JSON the record after it, otherwise a sentence and the next command."""
        if self.as_json:
            self.data(message)
            return
        self.text(f"Nothing was changed. It would be: {said}" if dry_run else said)
        if following:
            self.following(following, message)

    def following(self, command: str, about: Any = "", *, when: str = "", by: str = "") -> None:
        """Say which command comes next, if the caller may run it. Every hint is said here.

        `about` is the record that the command is about, or its name. `when` says what has to happen first. `by` names
        another office: the hint then says who goes on, and does not depend on the caller.
        """
        if self._quiet:
            return
        from services.cli.doors.hints import may_run
        from services.cli.doors.methods import CALLS, command_in

        name = command_in(command)
        usually = CALLS[name].usually
        person = self.person if self._chosen or not usually else usually
        if not by and not may_run(self, person, name, about if isinstance(about, str) else getattr(about, "name", "")):
            return
        as_caller = "" if by else self.as_caller
        start = ", ".join(filter(None, ("Next", f"by {by}" if by else "", when)))
        self.say(f"{start}: {command}{as_caller}")

    @contextmanager
    def steps(self) -> Iterator[Steps]:
        """Show progress: as a bar on a terminal, as a line every few seconds elsewhere."""
        if self._quiet:
            yield lambda step, done, total: None
        elif self._plain:
            yield _Lines()
        else:
            with _bar() as bar:
                yield bar


class _Lines:
    """Progress in lines: a step of one part when it begins, others every few seconds and when they end."""

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
        tell(text)


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
    """Return a message as plain values of its JSON, with the field names of the contract; other values unchanged."""
    from google.protobuf.json_format import MessageToDict
    from google.protobuf.message import Message

    return MessageToDict(value, preserving_proto_field_name=True) if isinstance(value, Message) else value


def demo_folder() -> Path:
    """Return the folder of the demo that belongs to the current directory."""
    return Path(os.environ.get("PSMF_DEMO_FOLDER", ".demo"))
