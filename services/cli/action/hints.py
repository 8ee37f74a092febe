"""Which command may follow on an action, for the one who reads it."""

from typing import Any

from services.cli.doors.hints import may_run
from services.cli.plan.reading import Found
from services.cli.plan.shown import due_of
from services.cli.terminal import Terminal
from services.client.words import word_of


def say_what_follows(terminal: Terminal, found: Found) -> None:
    """Say which command the reader may run on an action next, if any."""
    action, typed = found.record, found.typed
    state = word_of(action, "state")
    if state == "proposed":
        _on_proposed(terminal, action, typed)
    elif state == "open" and word_of(action, "owner") == "safeguarder" and _is_the_safeguarder(terminal, action):
        terminal.following(f'psmf action done {typed} "what you did"', action, when="when it is done")
    elif state == "completion_offered" or (state == "open" and word_of(action, "owner") != "safeguarder"):
        if not _is_the_safeguarder(terminal, action):
            said = f'psmf action close {typed} "what was found" --outcome met'
            terminal.following(said, action, when="if it is met")
    elif state == "open":
        later = f'psmf action move {typed} "why" --to DAY'
        terminal.following(later, action, when=f"if {due_of(action)} is too early")


def _on_proposed(terminal: Terminal, action: Any, typed: str) -> None:
    by_manager = word_of(action, "proposed_by") == "support_manager"
    if _is_the_safeguarder(terminal, action) == by_manager:
        if not word_of(action, "answer"):
            terminal.following(f"psmf action answer {typed} --answer agreed", action, when="to agree")
            other = f'psmf action answer {typed} --answer not-agreed "why"'
            terminal.following(other, action, when="if you do not agree")
    elif by_manager and word_of(action, "answer") == "not_agreed":
        terminal.following(f'psmf action set {typed} "because"', action, when="to set it all the same")
        terminal.following(f'psmf action close {typed} "why" --outcome withdrawn', action, when="to withdraw it")


def _is_the_safeguarder(terminal: Terminal, action: Any) -> bool:
    """Return whether the reader is the person concerned: nobody else may say that an action is done."""
    return may_run(terminal, terminal.person, "action done", action.name)
