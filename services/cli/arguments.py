"""Days, instants, texts and words of closed lists as people type them, and the fields that every change carries."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.failure import CommandError, file_failures

WordsFile = Annotated[
    Path | None, typer.Option(help="A file that holds the words. - reads standard input.", allow_dash=True)
]


def read_day(text: str, what: str) -> date:
    """Read a day typed as 2026-12-03. `what` names the argument or option in the failure.

    Raises:
        CommandError: USAGE.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError("USAGE", f"{what} {text!r} is not a day. Write it as 2026-12-03.") from None


def read_instant(text: str, what: str) -> datetime:
    """Read an instant typed as 2026-12-03T09:00 and return it in UTC. Without a zone it is Scottish clock time.

    Raises:
        CommandError: USAGE.
    """
    from services.platform.clock import LONDON

    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError("USAGE", f"{what} {text!r} is not an instant. Write it as 2026-12-03T09:00.") from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=LONDON)).astimezone(UTC)


def typed_date(text: str, what: str) -> Any:
    """Read a day typed as 2026-12-03 and return it as a request's date.

    Raises:
        CommandError: USAGE.
    """
    from services.platform.calls.wire import to_date

    return to_date(read_day(text, what))


def change_fields(dry_run: bool) -> dict[str, Any]:
    """Return the fields of every request that changes something.

    The new request id lets the client repeat the call without a second effect.
    """
    import uuid

    return {"request_id": str(uuid.uuid4()), "validate_only": dry_run}


def choose(enum: Any, word: str, what: str, own: Sequence[str] = ()) -> Any:
    """Return an enum's number for a word, typed with dashes or underscores.

    `own`: the words that this command takes, if the closed list also serves other commands.

    Raises:
        CommandError: USAGE, naming the allowed words with hyphens, as the help and the examples do.
    """
    from services.platform.calls.wire import from_word, to_word

    value = from_word(enum, word.replace("-", "_"))
    if not value or (own and to_word(enum, value) not in own):
        words = own or [to_word(enum, number) for number in enum.values() if number]
        allowed = ", ".join(word.replace("_", "-") for word in words)
        raise CommandError("USAGE", f"{what} {word!r} is not one of: {allowed}.")
    return value


def text_in(file: Path) -> str:
    """Return the text of a file that a person wrote, with line feeds.

    Raises:
        CommandError: USAGE if it cannot be read, or is not UTF-8.
    """
    with file_failures(file, "read"):
        content = file.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise CommandError("USAGE", f"{file} is not UTF-8 text. Save it as UTF-8.") from None


def words_of(typed: str, file: Path | None, *, needed: bool = True) -> str:
    """Return the words that were typed or that a file holds.

    Raises:
        CommandError: USAGE if there are both, if there are none and they are needed, or if the file cannot be read.
    """
    if typed.strip() and file:
        raise CommandError("USAGE", "Write the words, or name a file with --words-file, and not both.")
    if needed and not typed.strip() and not file:
        raise CommandError("USAGE", "Write the words, or name a file that holds them with --words-file.")
    if file is None:
        return typed
    return sys.stdin.read() if str(file) == "-" else text_in(file)


def text_or_file(typed: str) -> str:
    """Return a text as it was typed, or for `@FILE` what the file holds.

    Raises:
        CommandError: USAGE if the file cannot be read.
    """
    return text_in(Path(typed.removeprefix("@"))) if typed.startswith("@") else typed
