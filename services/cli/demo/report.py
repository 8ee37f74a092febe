"""The demo's closing report: what was raised and why, where everything is, and what to try next."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.cli.page.width import output_width
from services.client.client import Client
from services.client.owed import owed_as_listed
from services.client.why import titles_of, why
from services.client.words import EVERYBODY, LANES, short
from services.demo.issuer import safeguarder_persona
from services.demo.story.values import Story
from services.demo.telling.wire import PANEL_TEAM

if TYPE_CHECKING:
    from services.demo.run import Demo

LINE = 100
"""Characters of the line between two explanations, where there is room."""


def report(client: Client, story: Story, seen: Mapping[str, Any]) -> str:
    """Return every concern with its explanation, most urgent first, and the totals."""
    from psmf.rules.v1 import rules_pb2

    from services.platform.clock import SystemClock

    request = rules_pb2.ListStandardsEditionsRequest()
    editions = client.call(PANEL_TEAM, client.standards.ListStandardsEditions, request).standards_editions
    titles = titles_of(editions, SystemClock().today())
    names = {person.safeguarder_id: person.display_name for person in story.people}
    chapters = {chapter.safeguarder_id: chapter.title for chapter in story.chapters}
    order, width = list(LANES), output_width()
    parts = [
        f"{chapters.get(row['safeguarder'], 'Not in the story')}\n\n"
        f"{why(row | {'shown': _owed(client, row)}, names[row['safeguarder']], titles, width=width)}"
        for row in sorted(seen["concerns"], key=lambda row: order.index(row["lane"]))
    ]
    end = f"{_not_raised(story)}\n{_sums(story, seen)}"
    return f"\n{'-' * min(LINE, width)}\n".join(["", *parts, end])


def _owed(client: Client, row: Mapping[str, Any]) -> Mapping[str, str]:
    return owed_as_listed(client, PANEL_TEAM, f"safeguarders/{row['safeguarder']}")


def in_short(story: Story, seen: Mapping[str, Any]) -> str:
    """Return what came of the story: how many matters in each lane, and the totals."""
    counted = Counter(row["lane"] for row in seen["concerns"])
    lanes = [f"  {counted[lane]:3}  {words}" for lane, words in LANES.items() if counted[lane]]
    return "\n".join(["", *lanes, "", _sums(story, seen), "All of them, with their reasons: psmf demo report", ""])


def what_next(demo: "Demo", folder: Path) -> str:
    """Return the addresses, the people to call as, and commands to try."""
    from psmf.notifications.v1 import notifications_pb2

    request = notifications_pb2.ListAlertsRequest(parent=EVERYBODY, page_size=1)
    alerts = demo.client.call(PANEL_TEAM, demo.client.alerts.ListAlerts, request).alerts
    told = next(chapter for chapter in demo.story.chapters if chapter.raised)
    person = safeguarder_persona(told.safeguarder_id).person
    lines = [f"  {service:14} {address}" for service, address in demo.supervisor.addresses.items()]
    return "\n".join(
        [
            "In another terminal, in this directory, try",
            "  psmf alert list --as support-manager-east-1",
            *(f"  psmf alert why {short(alert.name)}" for alert in alerts),
            f"  psmf evidence list {told.safeguarder_id} --as {person}",
            "  psmf ops trace                 one reply, from its call to the alert",
            "  psmf ops status",
            "",
            "Services (gRPC, with reflection)",
            *lines,
            *(
                f"  {name:14} measures at http://{address}/metrics"
                for name, address in demo.supervisor.measures.items()
            ),
            *(f"  {part.name:14} {part.address}" for part in demo.supervisor.found),
            f"  {'e-mails':14} {folder / 'mail'}",
            "",
            "Sign in as      panel-team, support-manager-east-1, senior-manager-west, partner-scra, operator, "
            f"{person}; all: psmf demo status",
            "",
            "Everything here is demo data: the people are invented. Stop with Ctrl-C, or from "
            "elsewhere with: psmf demo down. Start over with: psmf demo reset",
            "",
            "The same in a browser, as any of these people:",
            f"  {demo.supervisor.console}",
        ]
    )


def _not_raised(story: Story) -> str:
    silent = [
        f"  {chapter.title}: {not_raised.rule} {not_raised.subject}".rstrip()
        for chapter in story.chapters
        for not_raised in chapter.silent
    ]
    return "\n".join(["Not raised, as it should be:", *silent, ""])


def _sums(story: Story, seen: Mapping[str, Any]) -> str:
    counted, ran = seen["ledger"], seen["engines"]
    quiet = len(story.people) - len({row["safeguarder"] for row in seen["concerns"]})
    return "\n".join(
        [
            f"{len(seen['concerns'])} matters were raised about {len(story.people) - quiet} of {len(story.people)} "
            f"invented Safeguarders, and none about the other {quiet}.",
            f"{counted['accepted']:,} facts accepted = {counted['evaluated']:,} evaluated "
            f"+ {counted['waiting']:,} waiting + {counted['dead']:,} dead.",
            f"{ran['evaluations']:,} evaluations by two engines, {ran['disagreements']:,} disagreements.",
            f"{seen['sessions']['count']:,} support sessions proposed, {len(seen['alerts']):,} alerts, "
            f"{sum(row['count'] for row in seen['notifications']):,} messages.",
            "",
        ]
    )
