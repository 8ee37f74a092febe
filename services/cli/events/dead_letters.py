"""`psmf events dead-letters`: events that a service could not apply, and what to do with them."""

import uuid
from collections.abc import Callable, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from services.cli.command import DryRun, command, group
from services.cli.failure import CHECK_FAILED, LATER, CommandError
from services.cli.terminal import Terminal

app = group("dead-letters", "Events that a service could not apply, with why, and what waits behind them.")
EVENT = Annotated[str, typer.Argument(help="The event's id, or the first characters of it.")]
DEAD, WAITS = "dead", "waits"
MOST = 500


class Letter(NamedTuple):
    """An event set aside, and the service that could not apply it."""

    service: str
    event: Any
    behind: int
    """How many later events of the same key wait for it."""

    def words(self) -> tuple[str, ...]:
        """As a row of the list."""
        from services.client.words import london_time

        event = self.event
        kind = event.type.rpartition(".")[2]
        since = london_time(event.set_aside_time)
        waiting = f"{self.behind:,} waiting" if self.behind else "-"
        return (self.service, event.event_id, event.source, kind, event.key, event.state, event.reason, since, waiting)

    def data(self) -> dict[str, Any]:
        """As JSON."""
        from services.cli.terminal import plain

        return {"service": self.service, **plain(self.event), "waiting_behind": self.behind}


@command(app, "list")
def list_dead_letters(
    terminal: Terminal,
    everything: Annotated[bool, typer.Option("--all", help="Also what waits, and what was let go.")] = False,
) -> int:
    """List the events set aside, over all services: why, since when, and what waits behind each.

    psmf events dead-letters list --as operator
    """
    letters, silent = _letters(terminal)
    shown = [letter for letter in letters if everything or letter.event.state == DEAD]
    if terminal.as_json:
        terminal.data({"items": [letter.data() for letter in shown], "not_answering": silent})
    elif shown:
        names = ("Service", "Event", "From", "Type", "Key", "State", "Reason", "Since", "Behind it")
        terminal.columns(names, [letter.words() for letter in shown])
        terminal.say("Next, once the cause is mended: psmf events dead-letters retry EVENT --as operator")
    else:
        terminal.text("No event is set aside.")
    for service in silent:
        terminal.say(f"{service} does not answer.")
    return LATER if silent else 0


@command(app, "retry")
def retry(terminal: Terminal, event: EVENT, dry_run: DryRun = False) -> int:
    """Apply an event once more, and then what waits behind it; 1 when it cannot be applied still.

    psmf events dead-letters retry 1a2b3c4d --as operator
    """
    from psmf.platform.v1 import events_pb2 as pb

    def settle(letter: Letter) -> Any:
        request = pb.RetryDeadLetterRequest(
            event_id=letter.event.event_id, request_id=str(uuid.uuid4()), validate_only=dry_run
        )
        return terminal.call(terminal.client.events_of[letter.service].RetryDeadLetter, request)

    settled = _settled(terminal, event, settle)
    still = [letter for letter in settled if letter.event.state == DEAD and not dry_run]
    _say(terminal, settled, "would be applied once more" if dry_run else "", dry_run)
    return CHECK_FAILED if still else 0


@command(app, "drop")
def drop(
    terminal: Terminal,
    event: EVENT,
    reason: Annotated[str, typer.Option(metavar="WORD", help="Why it may be let go, in one word, as superseded.")],
    dry_run: DryRun = False,
) -> None:
    """Let an event go for good: what waits behind it is applied without it. It stays listed with the reason.

    psmf events dead-letters drop 1a2b3c4d --reason superseded --dry-run --as operator
    """
    from psmf.platform.v1 import events_pb2 as pb

    def settle(letter: Letter) -> Any:
        request = pb.DropDeadLetterRequest(
            event_id=letter.event.event_id, reason=reason, request_id=str(uuid.uuid4()), validate_only=dry_run
        )
        return terminal.call(terminal.client.events_of[letter.service].DropDeadLetter, request)

    _say(terminal, _settled(terminal, event, settle), "would be let go" if dry_run else "", dry_run)


def _settled(terminal: Terminal, event: str, settle: Callable[[Letter], Any]) -> list[Letter]:
    """What became of an event in every service that could not apply it."""
    return [letter._replace(event=settle(letter)) for letter in _find(terminal, event)]


def _say(terminal: Terminal, settled: Sequence[Letter], instead: str, dry_run: bool) -> None:
    said = [
        f"{letter.service}: {letter.event.event_id} {instead or 'is ' + _state(letter.event)}"
        + (f", with {letter.behind:,} waiting behind it" if letter.behind else "")
        for letter in settled
    ]
    said += ["Nothing was changed."] if dry_run else []
    following = "" if dry_run else "psmf events dead-letters list --as operator"
    terminal.changed({"items": [letter.data() for letter in settled]}, "\n".join(said), following)


def _state(event: Any) -> str:
    return f"{event.state} still ({event.reason})" if event.state == DEAD else str(event.state)


def _find(terminal: Terminal, text: str) -> list[Letter]:
    """The event meant, in each service that could not apply it.

    Raises:
        CommandError: NOT_FOUND; USAGE when several events begin so.
    """
    letters, silent = _letters(terminal)
    found = [letter for letter in letters if text and letter.event.event_id.startswith(text)]
    if not found:
        where = f" Not answering: {', '.join(silent)}." if silent else ""
        raise CommandError(
            "NOT_FOUND", f"No event {text!r} is set aside.{where} See: psmf events dead-letters list --all"
        )
    ids = sorted({letter.event.event_id for letter in found})
    if len(ids) > 1:
        raise CommandError("USAGE", f"Several events begin with {text!r}: {', '.join(ids[:5])}. Type more of the id.")
    return [letter for letter in found if letter.event.state == DEAD] or found


def _letters(terminal: Terminal) -> tuple[list[Letter], list[str]]:
    """Every event set aside, by service, and the services that do not answer."""
    import grpc
    from psmf.platform.v1 import events_pb2 as pb

    letters: list[Letter] = []
    silent: list[str] = []
    for service, stub in terminal.client.events_of.items():
        try:
            events = terminal.call(stub.ListDeadLetters, pb.ListDeadLettersRequest(page_size=MOST)).dead_letters
        except grpc.RpcError as error:
            if error.code() not in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED):
                raise
            silent.append(service)
            continue
        letters += [Letter(service, event, _behind(event, events)) for event in events]
    return letters, silent


def _behind(event: Any, events: Sequence[Any]) -> int:
    if event.state != DEAD:
        return 0
    of_key = (other for other in events if (other.source, other.key) == (event.source, event.key))
    return sum(other.state == WAITS and other.key_sequence > event.key_sequence for other in of_key)
