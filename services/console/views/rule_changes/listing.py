"""Every change of the rules: what waits for somebody, what is in force, and what was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.client.words import how_many, word_of
from services.console.days import Day, clock_time, long_day
from services.console.views.form import Told
from services.console.views.heading import Heading, Link
from services.console.views.parts import GREY, Away, Found, Tag
from services.console.views.rule_changes.parts import (
    FEW,
    LIST,
    PLACE,
    called,
    day_of_instant,
    href_of,
    parameter_name,
    state_tag,
    title_of,
)
from services.console.words import words
from services.platform.calls.wire import from_date

GROUPS = ("waiting", "ready", "in_force", "sent_back", "earlier")
"""The groups of the list, in order."""
GROUP_OF = {
    "draft": "waiting",
    "approved": "ready",
    "scheduled": "ready",
    "active": "in_force",
    "sent_back": "sent_back",
    "superseded": "earlier",
    "rolled_back": "earlier",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in the list."""

    title: str
    href: str
    tag: Tag
    by: str
    day: Day | None


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changes in like states."""

    id: str
    name: str
    rows: tuple[ChangeRow, ...]
    none: str


@dataclass(frozen=True, slots=True)
class OnTrial:
    """A rule on trial, and how it would have done."""

    title: str
    says: str


@dataclass(frozen=True, slots=True)
class ListView:
    """The page."""

    heading: Heading
    lead: str
    told: Told | None
    groups: tuple[ChangeGroup, ...]
    trials: tuple[OnTrial, ...]
    older: Link | None
    away: str


def build(
    revisions: Any,
    tried: Found[Any] | Away | None,
    trials: Found[Any] | Away | None,
    people: Found[dict[str, str]] | Away,
    now: datetime,
) -> ListView:
    """Return the page. `tried`, `trials`: None for a reader who may not see them."""
    said = words(PLACE)
    rows: dict[str, list[ChangeRow]] = {group: [] for group in GROUPS}
    for revision in revisions.rulebook_revisions:
        rows[GROUP_OF[word_of(revision, "state")]].append(_row(revision, people))
    groups = [
        ChangeGroup(f"is-{name.replace('_', '-')}", said["groups"][name], tuple(rows[name]), said["none"].get(name, ""))
        for name in GROUPS
        if rows[name] or name in said["none"]
    ]
    if tried is not None:
        groups.insert(0, ChangeGroup("is-tried", said["groups"]["tried"], tuple(_tried(tried)), said["none_tried"]))
    is_away = any(isinstance(one, Away) for one in (tried, trials, people))
    token = revisions.next_page_token
    return ListView(
        heading=Heading(said["h1"], said["h1"], PLACE),
        lead=said["lead"],
        told=None,
        groups=tuple(groups),
        trials=tuple(_trials(trials)),
        older=Link(said["older"], f"{LIST}?after={token}") if token else None,
        away=said.say("away", time=clock_time(now)) if is_away else "",
    )


def _row(revision: Any, people: Found[dict[str, str]] | Away) -> ChangeRow:
    by = words(PLACE).say("by", who=called(revision.author, people))
    day = day_of_instant(revision, "effective_time") or day_of_instant(revision, "create_time")
    return ChangeRow(title_of(revision), href_of(revision), state_tag(revision), by, long_day(day) if day else None)


def _tried(tried: Found[Any] | Away) -> Iterator[ChangeRow]:
    """Yield the changes of a number that the reader has tried. Each can be handed in for a month."""
    said = words(PLACE)
    for one in tried.answer.simulations if isinstance(tried, Found) else ():
        if one.HasField("change"):
            change, day = one.change, from_date(one.change, "from_date")
            since = long_day(day).text if day else ""
            name = parameter_name(change.parameter)
            title = said.say("tried_row", name=name, value=change.value, day=since)
            href = f"/numbers/{change.parameter}/change/{one.name.partition('/')[2]}"
            asked = day_of_instant(one, "create_time")
            tag = Tag(said["runs"][word_of(one, "state")], GREY)
            yield ChangeRow(title, href, tag, said["tried_on"], long_day(asked) if asked else None)


def _trials(trials: Found[Any] | Away | None) -> Iterator[OnTrial]:
    said = words(PLACE)
    for one in trials.answer.rule_trials if isinstance(trials, Found) else ():
        people = how_many(one.people, said["people"])
        raised = said["few"] if one.people_raised < FEW else str(one.people_raised)
        yield OnTrial(one.title, said.say("trial", people=people, raised=raised))
