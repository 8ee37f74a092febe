"""`psmf alert`: people's inbox, and the reason for each entry."""

from contextlib import closing
from datetime import date, timedelta
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, typed_date
from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.page.beside import Beside, by_when
from services.cli.page.width import output_width
from services.cli.terminal import Terminal
from services.client.deadlines import closed_then
from services.client.owed import owed_as_listed
from services.client.words import LANES, day_of, safeguarder_of, short, spaced, word_of

app = group("alert")
SNOOZE_WORDS = ("taken_to_session", "awaiting_information", "person_on_leave")
OUTCOMES = ("taken_to_session", "explained", "gap_filled", "praise_acknowledged")
"""The words of each command. The contract has one closed list for both (`AlertReason`)."""
ALERT = Annotated[str, typer.Argument(help="The alert's id, or its first characters.")]


@command(app, "list")
def list_alerts(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only alerts about this person: a name or an id.")] = "-",
    recipient: Annotated[str, typer.Option(help="Only alerts for this person.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Include alerts that have ended or are suppressed.")
    ] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List alerts, most urgent first.

    psmf alert list
    psmf alert list --as support-manager-east-1
    psmf alert list --safeguarder "Demo Euan Larchfield"
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    parent = terminal.safeguarder(safeguarder)
    request = pb.ListAlertsRequest(
        parent=parent,
        recipient=recipient,
        include_ended=everything,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.alerts.ListAlerts, request)
    beside = Beside(terminal, parent)
    terminal.entries(answer.alerts, answer.next_page_token, lambda alert: _entry(alert, beside), "psmf alert why")


@command(app, "why")
def why_alert(terminal: Terminal, alert: ALERT) -> None:
    """Explain an alert: which evidence counted, which did not, the rule, and what would clear it.

    Staff also see which body's system sent the evidence.

    psmf alert why 1a2b3c4d
    """
    from psmf.rules.v1 import rules_pb2

    from services.calendar_days import london_today
    from services.client.concern_rows import concern_row
    from services.client.why import rule_lines, titles_of, why
    from services.platform.calls.wire import from_instant

    found = terminal.find("alert", alert)
    concern = terminal.call(terminal.client.concerns.GetConcern, rules_pb2.GetConcernRequest(name=found.concern))
    if terminal.as_json:
        terminal.data(concern)
        return
    editions = terminal.call(terminal.client.standards.ListStandardsEditions, rules_pb2.ListStandardsEditionsRequest())
    rules = terminal.call(terminal.client.rulebook.ListRules, rules_pb2.ListRulesRequest()).rules
    about = [line for rule in rules if rule.rule == concern.rule for line in rule_lines(rule)]
    titles = titles_of(editions.standards_editions, london_today(from_instant(concern.raise_time)))
    bodies = _bodies(terminal, found.name)
    row = concern_row(concern) | {"shown": owed_as_listed(terminal.client, terminal.person, found.name)}
    terminal.text(why(row, _name(terminal, found.name), titles, about, bodies, output_width()))
    next_date = a_week_from(date.today())  # noqa: DTZ011  an example for the person here
    terminal.following(f"psmf alert acknowledge {short(found.name)} --next-date {next_date}", found)


@command(app, "acknowledge")
def acknowledge_alert(
    terminal: Terminal,
    alert: ALERT,
    next_date: Annotated[
        str,
        typer.Option(
            help="The day on which you look at it next, as 2026-12-03. If the office is closed then: its next open day."
        ),
    ],
    owner: Annotated[str, typer.Option(help="The person who takes it on. Default: you.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Take an alert on, and set the date on which you look at it next.

    psmf alert acknowledge 1a2b3c4d --next-date 2026-12-03
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    found = terminal.find("alert", alert)
    request = pb.AcknowledgeAlertRequest(
        name=found.name,
        owner=owner,
        next_date=typed_date(next_date, "--next-date"),
        etag=found.etag,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.alerts.AcknowledgeAlert, request)
    said = f"{answer.owner} has taken {short(answer.name)} on. Next date: {day_of(answer, 'next_date')}."
    said += closed_then(answer, "next_date", request.next_date)
    following = f"psmf alert resolve {short(answer.name)} --outcome taken-to-session"
    terminal.changed(answer, said, following, dry_run=dry_run)


@command(app, "snooze")
def snooze_alert(
    terminal: Terminal,
    alert: ALERT,
    until: Annotated[
        str,
        typer.Option(
            help="The day on which it comes back, as 2026-12-03. If the office is closed then: its next open day."
        ),
    ],
    reason: Annotated[str, typer.Option(help="taken-to-session, awaiting-information or person-on-leave.")],
    dry_run: DryRun = False,
) -> None:
    """Put an alert off until a day. New evidence brings it back earlier.

    If it has no owner, it is yours from then on.

    psmf alert snooze 1a2b3c4d --until 2026-12-03 --reason awaiting-information
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    found = terminal.find("alert", alert)
    request = pb.SnoozeAlertRequest(
        name=found.name,
        until_date=typed_date(until, "--until"),
        reason=choose(pb.AlertReason, reason, "--reason", SNOOZE_WORDS),
        etag=found.etag,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.alerts.SnoozeAlert, request)
    said = f"{short(answer.name)} comes back on {day_of(answer, 'next_date')}."
    said += closed_then(answer, "next_date", request.until_date)
    terminal.changed(answer, said, dry_run=dry_run)


@command(app, "resolve")
def resolve_alert(
    terminal: Terminal,
    alert: ALERT,
    outcome: Annotated[str, typer.Option(help="taken-to-session, explained, gap-filled or praise-acknowledged.")],
    dry_run: DryRun = False,
) -> None:
    """End an alert with an outcome, and its concern with it.

    An alert that is taken to a session needs an owner and a next date first. It comes back on that date.

    psmf alert resolve 1a2b3c4d --outcome taken-to-session
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    found = terminal.find("alert", alert)
    chosen = choose(pb.AlertReason, outcome, "--outcome", OUTCOMES)
    request = pb.ResolveAlertRequest(name=found.name, outcome=chosen, etag=found.etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.alerts.ResolveAlert, request)
    said = f"{short(answer.name)} has ended: {outcome.replace('-', ' ').replace('_', ' ')}."
    terminal.changed(answer, said, dry_run=dry_run)


@command(app, "watch")
def watch_alerts(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only alerts about this person: a name or an id.")] = "-",
    resume_token: Annotated[str, typer.Option(help="Continue after this token, as --json printed it.")] = "",
) -> None:
    """Show alerts as they change, until you press Ctrl-C.

    psmf alert watch --json
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    request = pb.WatchAlertsRequest(parent=terminal.safeguarder(safeguarder), resume_token=resume_token)
    beside = Beside(terminal)
    with closing(terminal.client.watch(terminal.person, terminal.client.alerts.WatchAlerts, request)) as stream:
        for answer in stream:
            if not answer.HasField("alert"):
                continue
            alert = answer.alert
            if terminal.as_json:
                terminal.line(answer)
            else:
                lane = LANES.get(alert.lane, alert.lane)
                about = f"{beside.who(alert.name)} · {beside.what(alert.rule, alert.subject)}"
                terminal.text(f"{short(alert.name)}  {lane} · {about} · {state_of(alert)}")


def a_week_from(day: date) -> date:
    """Return the first day on which the office is open, a week after a day or later."""
    from services.calendar_days import WorkingCalendar, add_working_days

    return add_working_days(WorkingCalendar.OFFICE, day + timedelta(days=6), 1)


def state_of(alert: Any) -> str:
    """Return an alert's state in words, marked `quiet` or `held` where it is.

    A quiet alert was raised by a change of the rulebook alone, and nobody was told. An alert is held while its concern
    is on hold.
    """
    state = spaced(word_of(alert, "state"))
    marks = ("quiet",) * alert.quiet + ("held",) * alert.HasField("held_date")
    return ", ".join((state, *marks))


def _name(terminal: Terminal, name: str) -> str:
    """Return a Safeguarder's name if the caller may see it, otherwise the id."""
    import grpc
    from psmf.evidence.v1 import safeguarder_pb2

    request = safeguarder_pb2.GetSafeguarderRequest(name="/".join(name.split("/")[:2]))
    try:
        return str(terminal.call(terminal.client.safeguarders.GetSafeguarder, request).display_name)
    except grpc.RpcError:
        return safeguarder_of(name)


def _bodies(terminal: Terminal, name: str) -> dict[str, str]:
    """Return the bodies whose systems sent a person's evidence, by the item's id; none for a Safeguarder (P19)."""
    import grpc
    from psmf.evidence.v1 import evidence_pb2

    request = evidence_pb2.ListEvidenceItemsRequest(parent="/".join(name.split("/")[:2]), page_size=500)
    try:
        items = list(terminal.pages(terminal.client.evidence.ListEvidenceItems, request, "evidence_items"))
    except grpc.RpcError as error:
        if error.code() is not grpc.StatusCode.PERMISSION_DENIED:
            terminal.say("Whose system sent each item is not shown: evidence does not answer. Ask again later.")
        return {}
    return {item.name.rpartition("/")[2]: item.sender_body for item in items}


def _entry(alert: Any, beside: Beside) -> tuple[str, ...]:
    """Return the id of an alert and its lines: about whom, what, why, and by when."""
    from psmf.notifications.v1 import notifications_pb2 as pb

    dates = [("Respond by", "respond_by_date"), ("Next date", "next_date")]
    if alert.state == pb.Alert.STATE_RESOLVED or alert.HasField("held_date"):
        dates = []  # Nobody has to act any more, or not yet.
    asked = [f"{label} {by_when(alert, field)}" for label, field in dates if alert.HasField(field)]
    return (
        short(alert.name),
        f"{LANES.get(alert.lane, alert.lane)} · {beside.who(alert.name)}",
        beside.what(alert.rule, alert.subject),
        beside.why(alert.concern),
        " · ".join([*asked, state_of(alert), f"with {alert.owner or alert.recipient or 'nobody yet'}"]),
    )
