"""Days, instants and words of closed lists, as people type them."""

from datetime import UTC, date, datetime
from typing import Any


def read_day(text: str, what: str) -> date:
    """A day typed as 2026-12-03.

    Raises:
        CommandError: USAGE.
    """
    from services.cli.failure import CommandError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError("USAGE", f"{what} {text!r} is not a day. Write it as 2026-12-03.") from None


def read_instant(text: str, what: str) -> datetime:
    """An instant typed as 2026-12-03T09:00, on the clocks in Scotland unless it says otherwise; in UTC.

    Raises:
        CommandError: USAGE.
    """
    from services.cli.failure import CommandError
    from services.platform.clock import LONDON

    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError("USAGE", f"{what} {text!r} is no instant. Write it as 2026-12-03T09:00.") from None
    return (instant if instant.tzinfo else instant.replace(tzinfo=LONDON)).astimezone(UTC)


def choose(enum: Any, word: str, what: str) -> Any:
    """The value of an enum for a word typed.

    Raises:
        CommandError: USAGE, with the words allowed.
    """
    from services.cli.failure import CommandError
    from services.platform.calls.wire import from_word, to_word

    try:
        value = from_word(enum, word.replace("-", "_")) if word else 0
    except KeyError:
        value = 0
    if not value:
        allowed = ", ".join(to_word(enum, number) for number in enum.values() if number)
        raise CommandError("USAGE", f"{what} {word!r} is not one of: {allowed}.")
    return value
