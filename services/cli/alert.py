"""`psmf alert`: the inbox, and why something is in it."""

from datetime import date, timedelta
from typing import Annotated, Any

import typer

from services.cli.arguments import choose, read_day
from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import LANES, day_of, safeguarder_name, safeguarder_of, short, spaced

app = group("alert")
ALERT = Annotated[str, typer.Argument(help="The alert's id, or the first characters of it.")]
ALL = "safeguarders/-"


@command(app, "list")
def list_alerts(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only alerts about this person.")] = "-",
    recipient: Annotated[str, typer.Option(help="Only alerts for this person.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also ended and silenced ones.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List alerts, most urgent first.

    psmf alert list
    psmf alert list --as support-manager-east-1
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    request = pb.ListAlertsRequest(
        parent=safeguarder_name(safeguarder),
        recipient=recipient,
        include_ended=everything,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.alerts.ListAlerts, request)
    if terminal.as_json:
        terminal.page(answer.alerts, answer.next_page_token)
        return
    rows = [
        (
            short(alert.name),
            LANES.get(alert.lane, alert.lane),
            safeguarder_of(alert.name),
            " ".join((alert.rule, alert.subject)).strip(),
            day_of(alert, "respond_by_date"),
            state_of(alert),
            alert.owner or alert.recipient or "nobody yet",
        )
        for alert in answer.alerts
    ]
    terminal.columns(("Alert", "What for", "Safeguarder", "Rule", "Respond by", "State", "With"), rows)
    if answer.next_page_token:
        terminal.say(f"There are more: --page-token {answer.next_page_token}")
    elif rows:
        terminal.say(f"Next: psmf alert why {rows[0][0]}")


@command(app, "why")
def why_alert(terminal: Terminal, alert: ALERT) -> None:
    """Say why an alert was raised: evidence counted and not counted, the rule, and what would clear it.

    psmf alert why 1a2b3c4d
    """
    from psmf.rules.v1 import rules_pb2

    from services.client.concern_rows import concern_row
    from services.client.why import rule_lines, titles_of, why

    found = find_alert(terminal, alert)
    concern = terminal.call(terminal.client.concerns.GetConcern, rules_pb2.GetConcernRequest(name=found.concern))
    if terminal.as_json:
        terminal.data(concern)
        return
    editions = terminal.call(terminal.client.standards.ListStandardsEditions, rules_pb2.ListStandardsEditionsRequest())
    rules = terminal.call(terminal.client.rulebook.ListRules, rules_pb2.ListRulesRequest()).rules
    about = [line for rule in rules if rule.rule == concern.rule for line in rule_lines(rule)]
    terminal.text(why(concern_row(concern), _name(terminal, found.name), titles_of(editions.standards_editions), about))
    next_week = date.today() + timedelta(days=7)  # noqa: DTZ011  an example for the person at this terminal
    terminal.say(f"\nNext: psmf alert acknowledge {short(found.name)} --next-date {next_week}")


@command(app, "acknowledge")
def acknowledge_alert(
    terminal: Terminal,
    alert: ALERT,
    next_date: Annotated[str, typer.Option(help="When you will look at it next, as 2026-12-03.")],
    owner: Annotated[str, typer.Option(help="Who takes it on; you, if not said.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Take an alert on, with the next date.

    psmf alert acknowledge 1a2b3c4d --next-date 2026-12-03
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    from services.platform.calls.wire import to_date

    found = find_alert(terminal, alert)
    request = pb.AcknowledgeAlertRequest(
        name=found.name,
        owner=owner,
        next_date=to_date(read_day(next_date, "--next-date")),
        etag=found.etag,
        **_asked(dry_run),
    )
    answer = terminal.call(terminal.client.alerts.AcknowledgeAlert, request)
    said = (
        f"{_would(dry_run)}{answer.owner} has taken {short(answer.name)} on; next date {day_of(answer, 'next_date')}."
    )
    terminal.changed(answer, said, f"psmf alert resolve {short(answer.name)} --outcome taken-to-session")


@command(app, "snooze")
def snooze_alert(
    terminal: Terminal,
    alert: ALERT,
    until: Annotated[str, typer.Option(help="The day it comes back, as 2026-12-03.")],
    reason: Annotated[str, typer.Option(help="For example awaiting-information.")],
    dry_run: DryRun = False,
) -> None:
    """Put an alert aside until a day; new evidence brings it back earlier.

    psmf alert snooze 1a2b3c4d --until 2026-12-03 --reason awaiting-information
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    from services.platform.calls.wire import to_date

    found = find_alert(terminal, alert)
    request = pb.SnoozeAlertRequest(
        name=found.name,
        until_date=to_date(read_day(until, "--until")),
        reason=choose(pb.AlertReason, reason, "--reason"),
        etag=found.etag,
        **_asked(dry_run),
    )
    answer = terminal.call(terminal.client.alerts.SnoozeAlert, request)
    terminal.changed(answer, f"{_would(dry_run)}{short(answer.name)} comes back on {day_of(answer, 'next_date')}.")


@command(app, "resolve")
def resolve_alert(
    terminal: Terminal,
    alert: ALERT,
    outcome: Annotated[str, typer.Option(help="For example taken-to-session, explained, praise-acknowledged.")],
    dry_run: DryRun = False,
) -> None:
    """End an alert with an outcome.

    psmf alert resolve 1a2b3c4d --outcome taken-to-session
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    found = find_alert(terminal, alert)
    chosen = choose(pb.AlertReason, outcome, "--outcome")
    request = pb.ResolveAlertRequest(name=found.name, outcome=chosen, etag=found.etag, **_asked(dry_run))
    answer = terminal.call(terminal.client.alerts.ResolveAlert, request)
    terminal.changed(answer, f"{_would(dry_run)}{short(answer.name)} has ended: {spaced(outcome.replace('-', '_'))}.")


@command(app, "watch")
def watch_alerts(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only alerts about this person.")] = "-",
    resume_token: Annotated[str, typer.Option(help="Go on after this token.")] = "",
) -> None:
    """Show alerts as they change, until Ctrl-C.

    psmf alert watch --json
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    request = pb.WatchAlertsRequest(parent=safeguarder_name(safeguarder), resume_token=resume_token)
    stream = terminal.client.watch(terminal.person, terminal.client.alerts.WatchAlerts, request)
    try:
        for answer in stream:
            if not answer.HasField("alert"):
                continue
            alert = answer.alert
            if terminal.as_json:
                terminal.line(answer)
            else:
                what = " ".join((alert.rule, alert.subject)).strip()
                terminal.text(f"{short(alert.name)}  {LANES.get(alert.lane, alert.lane)}  {what}  {state_of(alert)}")
    finally:
        stream.cancel()


def find_alert(terminal: Terminal, text: str) -> Any:
    """The alert a person means by a full name or the beginning of an id, among those he or she may see.

    Raises:
        CommandError: NOT_FOUND; USAGE when several begin so.
    """
    from psmf.notifications.v1 import notifications_pb2 as pb

    alerts = terminal.client.alerts
    if text.startswith("safeguarders/"):
        return terminal.call(alerts.GetAlert, pb.GetAlertRequest(name=text))
    request = pb.ListAlertsRequest(parent=ALL, include_ended=True, page_size=500)
    wanted = text.removeprefix("alerts/")
    pages = terminal.client.pages(terminal.person, alerts.ListAlerts, request, "alerts")
    found = [alert for alert in pages if wanted and alert.name.rpartition("/")[2].startswith(wanted)]
    if not found:
        raise CommandError("NOT_FOUND", f"You see no alert {text!r}. See: psmf alert list --all")
    if len(found) > 1:
        several = ", ".join(short(alert.name) for alert in found[:5])
        raise CommandError("USAGE", f"Several alerts begin with {text!r}: {several}. Type more of the id.")
    return found[0]


def state_of(alert: Any) -> str:
    """How an alert stands; `quiet` besides where a change of the rulebook alone raised it and nobody was told, `held`
    where its concern is."""
    from psmf.notifications.v1 import notifications_pb2 as pb

    from services.platform.calls.wire import to_word

    state = spaced(to_word(pb.Alert.State, alert.state))
    marks = ("quiet",) * alert.quiet + ("held",) * alert.HasField("held_date")
    return ", ".join((state, *marks))


def _name(terminal: Terminal, name: str) -> str:
    """What the person is called, where the caller may know; the id otherwise."""
    import grpc
    from psmf.evidence.v1 import safeguarder_pb2

    request = safeguarder_pb2.GetSafeguarderRequest(name="/".join(name.split("/")[:2]))
    try:
        return str(terminal.call(terminal.client.safeguarders.GetSafeguarder, request).display_name)
    except grpc.RpcError:
        return safeguarder_of(name)


def _asked(dry_run: bool) -> dict[str, Any]:
    import uuid

    return {"request_id": str(uuid.uuid4()), "validate_only": dry_run}


def _would(dry_run: bool) -> str:
    return "Nothing was changed. It would be: " if dry_run else ""
