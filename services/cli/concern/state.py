"""How the commands of `psmf concern` say a concern's state, and ask for it as it was."""

from collections.abc import Callable
from typing import Any

from services.cli.arguments import read_day, read_instant
from services.client.words import day_of, spaced


def stands(concern: Any, day: Callable[[Any, str], str] = day_of) -> str:
    """Return a concern's state, its owner and its due date, in words. `day` says how a date field is written."""
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
        parts.append(f"due {day(concern.course, 'due_date')}")
    return ", ".join(parts)


def as_it_was(request: Any, as_of: str, known_at: str) -> Any:
    """Return the request, asked as of a day or an instant where one was typed."""
    from services.platform.calls.wire import to_date

    if as_of:
        request.as_of_date.CopyFrom(to_date(read_day(as_of, "--as-of")))
    if known_at:
        request.known_at_time.FromDatetime(read_instant(known_at, "--known-at"))
    return request
