"""`psmf events dead-letters`: events that a service could not apply, to be retried or dropped."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from services.cli.arguments import change_fields
from services.cli.command import DryRun, command, group
from services.cli.failure import CHECK_FAILED, LATER
from services.cli.terminal import Terminal

app = group("dead-letters", "Events that a service could not apply, the reason, and the events that wait behind them.")
EVENT = Annotated[str, typer.Argument(help="The event's id, or its first characters.")]
DEAD, WAITS = "dead", "waits"
LIST = "psmf events dead-letters list"
MOST = 500
"""The largest page. More dead letters than that have one cause: the first page shows it."""


class Letter(NamedTuple):
    """A dead-lettered event, and the service that could not apply it."""

    service: str
    event: Any
    behind: int
    """Number of later events of the same key that wait for it."""

    def words(self) -> tuple[str, ...]:
        """Return the cells of a row of the list."""
        from services.client.words import london_time

        event = self.event
        kind = event.type.rpartition(".")[2]
        since = london_time(event.set_aside_time)
        waiting = f"{self.behind:,} waiting" if self.behind else "-"
        return (self.service, event.event_id, event.source, kind, event.key, event.state, event.reason, since, waiting)

    def data(self) -> dict[str, Any]:
        """Return the plain values of its JSON."""
        from services.cli.terminal import plain

        return {"service": self.service, **plain(self.event), "waiting_behind": self.behind}


@command(app, "list")
def list_dead_letters(
    terminal: Terminal,
    everything: Annotated[
        bool, typer.Option("--all", help="Include events that wait, and events that were dropped.")
    ] = False,
) -> int:
    """List the dead-lettered events of all services: why, since when, and how many events wait behind each.

    psmf events dead-letters list --as operator
    """
    letters, silent = _letters(terminal)
    shown = [letter for letter in letters if everything or letter.event.state == DEAD]
    if terminal.as_json:
        terminal.data({"items": [letter.data() for letter in shown], "not_answering": silent})
    elif shown:
        names = ("Service", "Event", "From", "Type", "Key", "State", "Reason", "Since", "Behind it")
        terminal.columns(names, [letter.words() for letter in shown])
        terminal.following("psmf events dead-letters retry EVENT", when="when the cause is fixed")
    else:
        terminal.text("No event is dead-lettered.")
    for service in silent:
        terminal.say(f"{service} does not answer.")
    return LATER if silent else 0


@command(app, "retry")
def retry(terminal: Terminal, event: EVENT, dry_run: DryRun = False) -> int:
    """Apply an event again, and then the events behind it. Exit code 1 if it still cannot be applied.

    psmf events dead-letters retry 1a2b3c4d --as operator
    """
    from psmf.platform.v1 import events_pb2 as pb

    def settle(letter: Letter) -> Any:
        request = pb.RetryDeadLetterRequest(event_id=letter.event.event_id, **change_fields(dry_run))
        return terminal.call(terminal.client.events_of[letter.service].RetryDeadLetter, request)

    settled = _settled(terminal, event, settle)
    still = [letter for letter in settled if letter.event.state == DEAD and not dry_run]
    _say(terminal, settled, "would be applied again" if dry_run else "", dry_run)
    return CHECK_FAILED if still else 0


@command(app, "drop")
def drop(
    terminal: Terminal,
    event: EVENT,
    reason: Annotated[
        str, typer.Option(metavar="WORD", help="Why it may be dropped, in one word, for example superseded.")
    ],
    dry_run: DryRun = False,
) -> None:
    """Drop an event for good. The events behind it are applied without it. It stays listed with the reason.

    psmf events dead-letters drop 1a2b3c4d --reason superseded --dry-run --as operator
    """
    from psmf.platform.v1 import events_pb2 as pb

    def settle(letter: Letter) -> Any:
        request = pb.DropDeadLetterRequest(event_id=letter.event.event_id, reason=reason, **change_fields(dry_run))
        return terminal.call(terminal.client.events_of[letter.service].DropDeadLetter, request)

    _say(terminal, _settled(terminal, event, settle), "would be dropped" if dry_run else "", dry_run)


def _settled(terminal: Terminal, event: str, settle: Callable[[Letter], Any]) -> list[Letter]:
    """Settle an event in every service that could not apply it; return the letters as they are afterwards."""
    return [letter._replace(event=settle(letter)) for letter in _find(terminal, event)]


def _say(terminal: Terminal, settled: Sequence[Letter], instead: str, dry_run: bool) -> None:
    said = [
        f"{letter.service}: {letter.event.event_id} {instead or 'is ' + _state(letter.event)}"
        + (f", with {letter.behind:,} waiting behind it" if letter.behind else "")
        for letter in settled
    ]
    said += ["Nothing was changed."] if dry_run else []
    following = "" if dry_run else f"{LIST} --as operator"
    terminal.changed({"items": [letter.data() for letter in settled]}, "\n".join(said), following)


def _state(event: Any) -> str:
    return f"still {event.state} ({event.reason})" if event.state == DEAD else str(event.state)


def _find(terminal: Terminal, text: str) -> list[Letter]:
    """Return the event that `text` names, once for each service that could not apply it.

    Raises:
        ClientError: NOT_FOUND; USAGE when several events begin with it.
    """
    from services.client.find import the_one

    letters, silent = _letters(terminal)
    note = f" Not answering: {', '.join(silent)}." if silent else ""
    event_id = the_one("dead letter", text, (letter.event.event_id for letter in letters), f"{LIST} --all", note)
    found = [letter for letter in letters if letter.event.event_id == event_id]
    # If some services have settled it already, only the others are left to do.
    return [letter for letter in found if letter.event.state == DEAD] or found


def _letters(terminal: Terminal) -> tuple[list[Letter], list[str]]:
    """Return the dead letters of every service, and the services that do not answer."""
    from psmf.platform.v1 import events_pb2 as pb

    events_of = terminal.client.events_of
    answers, silent = terminal.client.ask_each(
        events_of,
        lambda service: terminal.call(events_of[service].ListDeadLetters, pb.ListDeadLettersRequest(page_size=MOST)),
    )
    letters = [
        Letter(service, event, _behind(event, answer.dead_letters))
        for service, answer in answers.items()
        for event in answer.dead_letters
    ]
    return letters, silent


def _behind(event: Any, events: Sequence[Any]) -> int:
    if event.state != DEAD:
        return 0
    of_key = (other for other in events if (other.source, other.key) == (event.source, event.key))
    return sum(other.state == WAITS and other.key_sequence > event.key_sequence for other in of_key)
