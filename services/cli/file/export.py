"""Writing a whole file: nothing is left half-done, and nobody else on the machine can read it."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO

from services.cli.file.commands import FILE
from services.cli.session.reading import editions
from services.cli.terminal import Terminal
from services.client.file.as_html import HtmlFile
from services.client.file.as_json import JsonFile
from services.client.file.whole import End, read_file, whose
from services.client.why import titles_of
from services.client.words import EVERYBODY
from services.platform.clock import LONDON, SystemClock
from services.rules.domain.rulebook.wording import day_in_words


def write_file(terminal: Terminal, folder: Path) -> tuple[Path, Path, int]:
    """Write the caller's file as HTML and JSON, from one reading. Return where, and how many records it has.

    Raises:
        ClientError: a service broke off. Nothing is written.
        grpc.RpcError: a service refused the call or does not answer. Nothing is written.
        OSError: the folder cannot be written to.
    """
    page, data = folder / f"{FILE}.html", folder / f"{FILE}.json"
    now = SystemClock().now().astimezone(LONDON)
    made, number = f"{day_in_words(now.date())} {now:%H:%M}", 0
    parts = read_file(terminal.client, terminal.person, f"{EVERYBODY}/file")
    first = next(parts)  # the entry in the register, or a refusal before anything is written
    folder.mkdir(parents=True, exist_ok=True)
    named = whose(first)
    with ExitStack() as files:
        written = HtmlFile(files.enter_context(_whole(page)), named, made, titles_of(editions(terminal), now.date()))
        plain = JsonFile(files.enter_context(_whole(data)), named, now.isoformat(timespec="seconds"))
        for part in chain([first], parts):
            for writer in (written, plain):
                if isinstance(part, End):
                    writer.end_of(part)
                else:
                    writer.add(part)
            number += not isinstance(part, End)
        written.close()
        plain.close()
    return page, data, number


@contextmanager
def _whole(file: Path) -> Iterator[IO[str]]:
    """Open a file to be written that takes its name only once it is whole. Only its owner can read it."""
    part = file.with_name(f".{file.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            yield out
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
