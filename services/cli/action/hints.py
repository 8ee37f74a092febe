"""Which command may follow on an action, for the one who reads it."""

from typing import Any

from services.cli.plan.reading import Found, is_the_safeguarder
from services.cli.terminal import Terminal
from services.client.words import short, word_of


def say_what_follows(terminal: Terminal, found: Found) -> None:
    """Say which command the reader may run on an action next, if any."""
    action, typed, state = found.record, found.typed, word_of(found.record, "state")
    if state not in ("proposed", "open", "completion_offered"):
        return
    own = is_the_safeguarder(terminal, action.name)
    if state == "proposed":
        _on_proposed(terminal, action, typed, own)
    elif state == "open" and own == (word_of(action, "owner") == "safeguarder"):
        terminal.following(f'psmf action done {typed} "what was done"', action, when="when it is done")
    elif state == "open" and not own:
        terminal.following(f'psmf action move {typed} "why" --to DAY', action, when="if it needs more time")
        person = typed.rpartition("/")[0] or "-"
        review = f'psmf action review {person} "what was found" --action {short(action.name)}=OUTCOME --held DAY'
        terminal.following(f"{review} --follows close", action, when="after a talk about it")
    elif state == "completion_offered" and not own:
        terminal.following(f'psmf action close {typed} "what was found" --outcome met', action, when="if it is met")


def _on_proposed(terminal: Terminal, action: Any, typed: str, own: bool) -> None:
    by_manager, answer = word_of(action, "proposed_by") == "support_manager", word_of(action, "answer")
    if own == by_manager and not answer:
        terminal.following(f"psmf action answer {typed} --answer agreed", action, when="to agree")
        other = f'psmf action answer {typed} --answer not-agreed "why"'
        terminal.following(other, action, when="if you do not agree")
    elif own != by_manager and answer == "not_agreed":
        if by_manager:
            terminal.following(f'psmf action set {typed} "because"', action, when="to set it all the same")
        terminal.following(f'psmf action close {typed} "why" --outcome withdrawn', action, when="to withdraw it")
