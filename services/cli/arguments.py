"""Days, instants and words of closed lists as people type them, and the fields that every change carries."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from services.cli.failure import CommandError


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
        CommandError: USAGE, naming the allowed words.
    """
    from services.platform.calls.wire import from_word, to_word

    value = from_word(enum, word.replace("-", "_"))
    if not value or (own and to_word(enum, value) not in own):
        allowed = ", ".join(own or [to_word(enum, number) for number in enum.values() if number])
        raise CommandError("USAGE", f"{what} {word!r} is not one of: {allowed}.")
    return value
