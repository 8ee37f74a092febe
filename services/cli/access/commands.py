"""`psmf access`: a file that is opened in an emergency, to read, and the review of that."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose
from services.cli.command import DryRun, PageSize, PageToken, PersonOrOneself, command, group
from services.cli.page.beside import Beside
from services.cli.terminal import Terminal
from services.client.words import day_of, london_time, safeguarder_of, short, spaced, word_of

app = group("access")
Whose = Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")]
Which = Annotated[str, typer.Argument(help="The start of its id, as `access list` prints it.")]


@command(app, "open")
def open_access(
    terminal: Terminal,
    safeguarder: Whose,
    *,
    kind: Annotated[str, typer.Option(help="child-at-risk or adult-at-risk.")],
    reason: Annotated[str, typer.Option(help="Why, in your words. Name no child.")],
    dry_run: DryRun = False,
) -> None:
    """Open the file of somebody who is not allocated to you, because a child or an adult may be at risk.

    You can read it for some hours, and change nothing. The data lead and the support manager are told at once, each
    reading is in the audit log as emergency access, and the data lead reviews it. `safeguarder find` gives an id.

    psmf access open sg-1a2b3c4d --kind child-at-risk --reason "The hearing phoned, nobody of the region answers."
    """
    from psmf.scheduling.v1 import emergency_access_pb2 as pb

    request = pb.OpenEmergencyAccessRequest(
        parent=terminal.safeguarder(safeguarder),
        kind=choose(pb.EmergencyAccess.Kind, kind, "--kind"),
        reason=reason,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.emergencies.OpenEmergencyAccess, request)
    person = safeguarder_of(answer.name)
    said = (
        f"You can read the file of {person} until {london_time(answer.end_time)}. Who answers for the data and the "
        "support manager are told. If a part of it is still closed to you, try again in some seconds."
    )
    terminal.changed(answer, said, f"psmf handover {person}", dry_run=dry_run)


@command(app, "close")
def close_access(terminal: Terminal, safeguarder: Whose, access: Which, dry_run: DryRun = False) -> None:
    """Close an emergency access before its time: your own, or as the data lead any.

    psmf access close sg-1a2b3c4d 0f1e2d3c
    """
    from psmf.scheduling.v1 import emergency_access_pb2 as pb

    name = _name(terminal, safeguarder, access)
    request = pb.CloseEmergencyAccessRequest(name=name, **change_fields(dry_run))
    answer = terminal.call(terminal.client.emergencies.CloseEmergencyAccess, request)
    said = f"{answer.opened_by} can no longer read the file of {safeguarder_of(answer.name)} by this emergency access."
    terminal.changed(answer, said, "psmf access list --all", dry_run=dry_run)


@command(app, "review")
def review_access(
    terminal: Terminal,
    safeguarder: Whose,
    access: Which,
    *,
    outcome: Annotated[str, typer.Option(help="justified or not-justified.")],
    reasons: Annotated[str, typer.Option(help="Why, in your words. Name no child.")],
    dry_run: DryRun = False,
) -> None:
    """Say whether an emergency access was justified, once it is over. What was read is in `audit list`.

    psmf access review sg-1a2b3c4d 0f1e2d3c --outcome justified --reasons "The manager was on leave." --as data-lead
    """
    from psmf.scheduling.v1 import emergency_access_pb2 as pb

    name = _name(terminal, safeguarder, access)
    request = pb.ReviewEmergencyAccessRequest(
        name=name,
        outcome=choose(pb.EmergencyAccess.Outcome, outcome, "--outcome"),
        reasons=reasons,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.emergencies.ReviewEmergencyAccess, request)
    said = f"Reviewed: {spaced(word_of(answer, 'outcome'))}. {answer.opened_by} is told that it was reviewed."
    terminal.changed(answer, said, "psmf access list", dry_run=dry_run)


@command(app, "list")
def list_accesses(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    include_reviewed: Annotated[bool, typer.Option("--all", help="Include those that were reviewed.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List who opened a file in an emergency and until when, the newest first. The data lead sees what to review.

    psmf access list --as data-lead
    psmf access list sg-1a2b3c4d --all
    """
    from psmf.scheduling.v1 import emergency_access_pb2 as pb

    request = pb.ListEmergencyAccessesRequest(
        parent=terminal.safeguarder(safeguarder),
        include_reviewed=include_reviewed,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.emergencies.ListEmergencyAccesses, request)
    if not answer.emergency_accesses and not terminal.as_json:
        which = "" if include_reviewed else ", or all of them are reviewed: --all"
        terminal.say(f"No file that you can see was opened in an emergency{which}.")
        return
    beside = Beside(terminal)
    names = ("Safeguarder", "Opened by", "Why", "Opened", "State", "Until", "Review", "Reason", "Id")
    terminal.listing(answer.emergency_accesses, answer.next_page_token, names, lambda one: _row(one, beside))


def _name(terminal: Terminal, safeguarder: str, access: str) -> str:
    """Return the full name of an emergency access that is named by the start of its id.

    It is looked for in the list across files: who opened a file may not list what concerns that file alone.
    """
    from psmf.scheduling.v1 import emergency_access_pb2 as pb

    from services.client.find import one_name

    parent, client = terminal.safeguarder(safeguarder), terminal.client
    request = pb.ListEmergencyAccessesRequest(parent="safeguarders/-", include_reviewed=True)
    known = client.pages(terminal.person, client.emergencies.ListEmergencyAccesses, request, "emergency_accesses")
    names = [one.name for one in known if one.name.startswith(f"{parent}/")]
    return one_name("emergency access", access, names, "psmf access list --all")


def _row(one: Any, beside: Beside) -> tuple[str, ...]:
    until = one.close_time if one.HasField("close_time") else one.end_time
    opened = (one.opened_by, spaced(word_of(one, "kind")), london_time(one.open_time))
    review = spaced(word_of(one, "outcome")) if one.outcome else f"by {day_of(one, 'review_due_date')}"
    stands = (spaced(word_of(one, "state")), london_time(until), review)
    return (beside.who(one.name), *opened, *stands, one.reason, short(one.name))
