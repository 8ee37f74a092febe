"""`psmf away`: leave and suspension of a Safeguarder."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short, spaced, word_of

app = group("away")
PERSON = Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")]
FIRST = Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, as 2026-12-03.")]
LAST = Annotated[str, typer.Option("--to", metavar="DAY", help="The last day. Leave it out while nobody knows it.")]
KIND = Annotated[str, typer.Option(help="leave or suspension.")]


@command(app, "record")
def record_time_away(
    terminal: Terminal,
    safeguarder: PERSON,
    *,
    first: FIRST,
    last: LAST = "",
    dry_run: DryRun = False,
) -> None:
    """Record a leave. What the person owes meanwhile falls due later by as many days.

    psmf away record sg-1a2b3c4d --from 2026-12-03 --to 2027-01-15
    """
    _send(terminal, _request(terminal, safeguarder, first, last, "leave"), dry_run)


@command(app, "correct")
def correct_time_away(
    terminal: Terminal,
    safeguarder: PERSON,
    time_away: Annotated[str, typer.Argument(help="The start of its id, as `away list` prints it.")],
    *,
    first: FIRST,
    last: LAST = "",
    kind: KIND = "leave",
    cancelled: Annotated[bool, typer.Option("--cancelled", help="It did not happen.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Correct the days of a leave, set its last day, or cancel it. Due dates move with it.

    A suspension without a policy, which a release before kept, is corrected here too.

    psmf away correct sg-1a2b3c4d 0f1e2d3c --from 2026-12-03 --to 2027-01-08
    """
    request = _request(terminal, safeguarder, first, last, kind)
    request.time_away_id, request.cancelled = _id_of(terminal, request.parent, time_away), cancelled
    _send(terminal, request, dry_run)


@command(app, "list")
def list_times_away(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List a person's leave and suspensions, latest first.

    psmf away list sg-1a2b3c4d
    """
    from psmf.evidence.v1 import times_away_pb2 as pb

    request = pb.ListTimesAwayRequest(parent=terminal.safeguarder(safeguarder))
    answer = terminal.call(terminal.client.times_away.ListTimesAway, request)
    if not answer.times_away and not terminal.as_json:
        terminal.say("No leave or suspension is recorded.")
        return
    terminal.listing(answer.times_away, "", ("From", "To", "Kind", "State", "Time away"), _row)


def _id_of(terminal: Terminal, parent: str, time_away: str) -> str:
    """Return the whole id of a time away that is named by the start of it."""
    from psmf.evidence.v1 import times_away_pb2 as pb

    from services.client.find import one_name

    answer = terminal.call(terminal.client.times_away.ListTimesAway, pb.ListTimesAwayRequest(parent=parent))
    command = f"psmf away list {safeguarder_of(parent)}"
    return one_name("time away", time_away, [each.name for each in answer.times_away], command).rpartition("/")[2]


def _request(terminal: Terminal, safeguarder: str, first: str, last: str, kind: str) -> Any:
    from psmf.evidence.v1 import times_away_pb2 as pb

    request = pb.RecordTimeAwayRequest(
        parent=terminal.safeguarder(safeguarder),
        kind=choose(pb.TimeAwayKind, kind, "--kind"),
        start_date=typed_date(first, "--from"),
    )
    if last:
        request.end_date.CopyFrom(typed_date(last, "--to"))
    return request


def _send(terminal: Terminal, request: Any, dry_run: bool) -> None:
    request.MergeFrom(type(request)(**change_fields(dry_run)))
    answer = terminal.call(terminal.client.times_away.RecordTimeAway, request)
    days = f"from {day_of(answer, 'start_date')} to {_last_day(answer)}"
    said = f"The {spaced(word_of(answer, 'kind'))} {days} is cancelled." if answer.cancelled else f"Away {days}."
    terminal.changed(answer, said, f"psmf obligation list {safeguarder_of(answer.name)}", dry_run=dry_run)


def _last_day(away: Any) -> str:
    return day_of(away, "end_date") if away.HasField("end_date") else "a day that is not known"


def _row(away: Any) -> tuple[str, ...]:
    state = "cancelled" if away.cancelled else "recorded"
    kind = spaced(word_of(away, "kind"))
    return (day_of(away, "start_date"), _last_day(away), kind, state, short(away.name))
