"""`psmf concern nobodys`: what nobody has taken on, the one that waits longest first (X15)."""

from datetime import date
from typing import Any

import typer

from services.cli.command import command
from services.cli.page.beside import Beside, by_when
from services.cli.terminal import Terminal
from services.client.words import LANES, iso_in_words, short, word_of

EVERYBODY, MOST = "safeguarders/-", 500


def register(app: typer.Typer) -> None:
    """Add the command to `psmf concern`."""
    command(app, "nobodys")(list_nobodys)


def list_nobodys(terminal: Terminal) -> None:
    """List open concerns that nobody has taken on, the one that waits longest first, with how long each waits.

    It also says of which nobody could be told, because nobody is allocated.

    psmf concern nobodys
    """
    from psmf.notifications.v1 import notifications_pb2
    from psmf.rules.v1 import rules_pb2

    from services.platform.calls.wire import from_instant

    asked = rules_pb2.ListConcernsRequest(parent=EVERYBODY, page_size=MOST)
    concerns = terminal.pages(terminal.client.concerns.ListConcerns, asked, "concerns")
    unowned = (one for one in concerns if not one.owner)
    waiting = sorted(unowned, key=lambda one: (from_instant(one.raise_time), one.name))
    listed = notifications_pb2.ListAlertsRequest(parent=EVERYBODY, page_size=MOST)
    alerts = terminal.pages(terminal.client.alerts.ListAlerts, listed, "alerts")
    untold = {alert.concern for alert in alerts if not alert.recipient}
    if not waiting and not terminal.as_json:
        terminal.say("Every open concern has somebody who has taken it on.")
        return
    beside, today = Beside(terminal), date.today()  # noqa: DTZ011  the day of the person here
    terminal.entries(waiting, "", lambda one: _entry(one, beside, today, untold), "psmf concern show")


def _entry(concern: Any, beside: Beside, today: date, untold: set[str]) -> tuple[str, ...]:
    """Return the id of a concern and its lines: about whom, what, why, and how long it waits."""
    due = f"Respond by {by_when(concern, 'respond_by_date')}" if concern.HasField("respond_by_date") else ""
    told = "nobody could be told: nobody is allocated" if concern.name in untold else ""
    return (
        short(concern.name),
        f"{LANES.get(word_of(concern, 'lane'), '')} · {beside.who(concern.name)}",
        beside.what(concern.rule, concern.subject),
        concern.explanation.because,
        " · ".join(filter(None, (age_in_words(concern, today), due, told))),
    )


def age_in_words(concern: Any, today: date) -> str:
    """Return since when a concern waits, and how many days of the office that is."""
    from services.calendar_days import WorkingCalendar, london_today, working_days_between
    from services.platform.calls.wire import from_instant

    since = london_today(from_instant(concern.raise_time))
    if since >= today:
        return "raised today"
    days = working_days_between(WorkingCalendar.OFFICE, since, today)
    return f"waits since {iso_in_words(since.isoformat())}, {days} working day{'' if days == 1 else 's'}"
