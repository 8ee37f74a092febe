"""How the commands of `psmf concern` find a concern and make a move."""

from typing import Any

from services.cli.arguments import read_day, read_instant
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import day_of, short, spaced


def find_concern(terminal: Terminal, text: str) -> Any:
    """The concern a person means by a full name or the beginning of an id, among those he or she may see.

    Raises:
        CommandError: NOT_FOUND; USAGE when several begin so.
    """
    from psmf.rules.v1 import rules_pb2 as pb

    concerns = terminal.client.concerns
    if text.startswith("safeguarders/"):
        return terminal.call(concerns.GetConcern, pb.GetConcernRequest(name=text))
    request = pb.ListConcernsRequest(parent="safeguarders/-", include_closed=True, page_size=500)
    pages = terminal.client.pages(terminal.person, concerns.ListConcerns, request, "concerns")
    found = [concern for concern in pages if text and concern.name.rpartition("/")[2].startswith(text)]
    if not found:
        raise CommandError("NOT_FOUND", f"You see no concern {text!r}. See: psmf concern list --all")
    if len(found) > 1:
        several = ", ".join(short(concern.name) for concern in found[:5])
        raise CommandError("USAGE", f"Several concerns begin with {text!r}: {several}. Type more of the id.")
    return found[0]


def move(terminal: Terminal, concern: str, method: str, dry_run: bool, **fields: Any) -> None:
    """Make a move by its method, and say where the concern stands since."""
    import uuid

    from psmf.rules.v1 import concern_moves_pb2 as moves
    from psmf.rules.v1 import rules_pb2 as pb

    found = find_concern(terminal, concern)
    kind = getattr(moves, f"{method}Request", None) or getattr(pb, f"{method}Request")
    request = kind(name=found.name, etag=found.etag, request_id=str(uuid.uuid4()), validate_only=dry_run, **fields)
    answer = terminal.call(getattr(terminal.client.concerns, method), request)
    would = "Nothing was changed. It would be: " if dry_run else ""
    terminal.changed(
        answer, f"{would}{short(answer.name)}: {stands(answer)}.", f"psmf concern show {short(answer.name)}"
    )


def stands(concern: Any) -> str:
    """Where it stands, with whom, and by when."""
    from psmf.rules.v1 import concern_moves_pb2 as moves
    from psmf.rules.v1 import rules_pb2 as pb

    from services.platform.calls.wire import to_word

    state = spaced(to_word(pb.Concern.State, concern.state))
    held = [spaced(to_word(moves.HoldReason, reason)) for reason in concern.course.held_for]
    if concern.course.practice_note:
        held.append(f"until the Practice Note {concern.course.practice_note.rpartition('/')[2]} takes effect")
    parts = [f"{state} ({', '.join(held)})" if held else state]
    if concern.owner:
        parts.append(f"with {concern.owner}")
    if concern.course.HasField("due_date"):
        parts.append(f"due {day_of(concern.course, 'due_date')}")
    return ", ".join(parts)


def day(text: str, what: str = "--on") -> Any:
    """A day typed as 2026-12-03, for a request."""
    from services.platform.calls.wire import to_date

    return to_date(read_day(text, what))


def as_it_stood(request: Any, as_of: str, known_at: str) -> Any:
    """The request, asked as at a day and as known at an instant, where they were typed."""
    if as_of:
        request.as_of_date.CopyFrom(day(as_of, "--as-of"))
    if known_at:
        request.known_at_time.FromDatetime(read_instant(known_at, "--known-at"))
    return request
