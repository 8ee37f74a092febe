"""How the commands of `psmf concern` find a concern, and say its state."""

from typing import Any

from services.cli.arguments import read_day, read_instant
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import day_of, short, spaced


def find_concern(terminal: Terminal, text: str) -> Any:
    """Return the concern with a full name, or with an id that begins so, among those the person may see.

    Raises:
        CommandError: NOT_FOUND; USAGE if several ids begin so.
    """
    from psmf.rules.v1 import rules_pb2 as pb

    concerns = terminal.client.concerns
    if text.startswith("safeguarders/"):
        return terminal.call(concerns.GetConcern, pb.GetConcernRequest(name=text))
    request = pb.ListConcernsRequest(parent="safeguarders/-", include_closed=True, page_size=500)
    pages = terminal.client.pages(terminal.person, concerns.ListConcerns, request, "concerns")
    found = [concern for concern in pages if text and concern.name.rpartition("/")[2].startswith(text)]
    if not found:
        raise CommandError("NOT_FOUND", f"You can see no concern {text!r}. See: psmf concern list --all")
    if len(found) > 1:
        several = ", ".join(short(concern.name) for concern in found[:5])
        raise CommandError("USAGE", f"Several concerns begin with {text!r}: {several}. Type more of the id.")
    return found[0]


def stands(concern: Any) -> str:
    """Return a concern's state, its owner and its due date, in words."""
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


def as_it_was(request: Any, as_of: str, known_at: str) -> Any:
    """Return the request, asked as of a day or an instant where one was typed."""
    from services.platform.calls.wire import to_date

    if as_of:
        request.as_of_date.CopyFrom(to_date(read_day(as_of, "--as-of")))
    if known_at:
        request.known_at_time.FromDatetime(read_instant(known_at, "--known-at"))
    return request
