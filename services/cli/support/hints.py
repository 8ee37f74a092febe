"""Which command may follow on a support, for the one who reads it."""

from typing import Any

from services.cli.plan.reading import Found, is_the_safeguarder
from services.cli.terminal import Terminal
from services.client.words import word_of

_BOTH = [("accepted", "to accept it"), ("declined", "to decline it")]


def say_what_follows(terminal: Terminal, found: Found) -> None:
    """Say which command the reader may run on a support next, if any."""
    support, typed, state = found.record, found.typed, word_of(found.record, "state")
    own = is_the_safeguarder(terminal, support.name)
    for answer, when in answers_to(support, own=own):
        terminal.following(f"psmf support answer {typed} --answer {answer}", support, when=when)
    if state in ("accepted", "not_delivered") and not own:
        said = f"psmf support record {typed} --outcome delivered --on DAY"
        terminal.following(said, support, when="when it was given")
    elif state == "delivered" and own and not word_of(support, "received"):
        terminal.following(f"psmf support received {typed} --answer yes", support, when="if you received it")
        terminal.following(f"psmf support received {typed} --answer no", support, when="if you did not")


def answers_to(support: Any, *, own: bool) -> list[tuple[str, str]]:
    """Return the answers that the reader may give to a support, each with when. `own`: it is offered to them."""
    state = word_of(support, "state")
    if not own or (state != "offered" and not support.answer_entered_by):
        return []
    otherwise = "if you see it otherwise"
    return {
        "offered": _BOTH,
        "none_given": _BOTH,
        "accepted": [("declined", otherwise)],
        "not_delivered": [("declined", otherwise)],
        "declined": [("accepted", otherwise)],
    }.get(state, [])
