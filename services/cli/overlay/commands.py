"""`psmf overlay`: suspension of a Safeguarder under a policy."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short, spaced, word_of

app = group("overlay")
PERSON = Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")]
OVERLAY = Annotated[str, typer.Argument(help="The start of the id of the suspension, as `overlay list` prints it.")]
NEXT = Annotated[str, typer.Option("--review", metavar="DAY", help="The day by which it is looked at again.")]
ON = Annotated[str, typer.Option("--on", metavar="DAY", help="The day, if it was before today.")]


@command(app, "suspend")
def suspend_safeguarder(
    terminal: Terminal,
    safeguarder: PERSON,
    *,
    reason: Annotated[str, typer.Option(help="conduct, performance, pvg-check or disqualification-check.")],
    policy: Annotated[str, typer.Option(help="The policy that it rests on, for example conduct-and-performance.")] = "",
    notice: Annotated[str, typer.Option(metavar="DAY", help="The day on which notice was served.")] = "",
    review: NEXT = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, if it was before today.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Suspend a Safeguarder. What they owe stands still, and concerns about practice are on hold.

    psmf overlay suspend sg-1a2b3c4d --reason pvg-check --policy checks --notice 2026-12-02 --review 2026-12-30
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.SuspendSafeguarderRequest(
        parent=terminal.safeguarder(safeguarder),
        reason=choose(pb.Overlay.Reason, reason, "--reason"),
        policy=policy,
        **_days(notice_date=(notice, "--notice"), start_date=(first, "--from"), review_date=(review, "--review")),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.SuspendSafeguarder, request)
    said = f"Suspended from {day_of(answer, 'start_date')}, to be looked at by {day_of(answer, 'review_date')}."
    terminal.changed(answer, said, f"psmf overlay list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "review")
def review_suspension(
    terminal: Terminal,
    safeguarder: PERSON,
    overlay: OVERLAY,
    *,
    review: NEXT,
    on: ON = "",
    dry_run: DryRun = False,
) -> None:
    """Record that a suspension was looked at and goes on, and by when it is looked at again.

    psmf overlay review sg-1a2b3c4d 0f1e2d3c --review 2027-01-27
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.ReviewSuspensionRequest(
        name=_name(terminal, safeguarder, overlay),
        **_days(review_date=(review, "--review"), reviewed_date=(on, "--on")),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.ReviewSuspension, request)
    said = f"The suspension goes on, to be looked at by {day_of(answer, 'review_date')}."
    terminal.changed(answer, said, f"psmf overlay list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "lift")
def lift_suspension(
    terminal: Terminal,
    safeguarder: PERSON,
    overlay: OVERLAY,
    *,
    reason: Annotated[str, typer.Option(help="not-upheld, no-longer-needed or in-error.")],
    on: ON = "",
    dry_run: DryRun = False,
) -> None:
    """Lift a suspension. Dates go on, concerns are released, and nothing is counted because of it.

    psmf overlay lift sg-1a2b3c4d 0f1e2d3c --reason not-upheld
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.LiftSuspensionRequest(
        name=_name(terminal, safeguarder, overlay),
        reason=choose(pb.Overlay.LiftReason, reason, "--reason"),
        **_days(lift_date=(on, "--on")),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.LiftSuspension, request)
    said = f"The suspension is lifted from {day_of(answer, 'lift_date')}."
    terminal.changed(answer, said, f"psmf duty list --safeguarder {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "list")
def list_overlays(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List a person's suspensions with their policy and their reviews, latest first.

    psmf overlay list sg-1a2b3c4d
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.ListOverlaysRequest(parent=terminal.safeguarder(safeguarder))
    answer = terminal.call(terminal.client.overlays.ListOverlays, request)
    if not answer.overlays and not terminal.as_json:
        terminal.say("No suspension is recorded.")
        return
    names = ("From", "State", "For", "Policy", "Notice", "Looked at", "Again by", "Over from", "Overlay")
    terminal.listing(answer.overlays, "", names, _row)


def _name(terminal: Terminal, safeguarder: str, overlay: str) -> str:
    """Return the full name of an overlay that is named by the start of its id."""
    from psmf.evidence.v1 import overlays_pb2 as pb

    from services.client.find import the_one

    parent = terminal.safeguarder(safeguarder)
    answer = terminal.call(terminal.client.overlays.ListOverlays, pb.ListOverlaysRequest(parent=parent))
    by_id = {each.name.rpartition("/")[2]: each.name for each in answer.overlays}
    return str(by_id[the_one("suspension", overlay, by_id, f"psmf overlay list {safeguarder_of(parent)}")])


def _days(**typed: tuple[str, str]) -> dict[str, Any]:
    return {field: typed_date(day, option) for field, (day, option) in typed.items() if day}


def _state(overlay: Any) -> str:
    reason = spaced(word_of(overlay, "lift_reason")) if overlay.HasField("lift_date") else ""
    return f"{spaced(word_of(overlay, 'state'))}{reason and f': {reason}'}"


def _row(overlay: Any) -> tuple[str, ...]:
    reported = ", reported" if overlay.reported else ""
    looked_at = ", ".join(f"{day.year}-{day.month:02}-{day.day:02}" for day in overlay.reviewed_dates)
    return (
        f"{day_of(overlay, 'start_date')}{reported}",
        _state(overlay),
        spaced(word_of(overlay, "reason")),
        overlay.policy,
        day_of(overlay, "notice_date"),
        looked_at or "-",
        day_of(overlay, "review_date"),
        day_of(overlay, "lift_date"),
        short(overlay.name),
    )
