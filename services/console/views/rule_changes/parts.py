"""What pages about changes of the rules share: states, people, differences in words, and the places of the pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.calendar_days import london_today
from services.client.words import word_of
from services.console.days import Day, clock_time, long_day
from services.console.views.heading import Link
from services.console.views.parts import GREY, Away, Found, Tag, titles_of_rules
from services.console.words import name_of, words
from services.platform.calls.wire import from_instant

PLACE = "rule_changes"
LIST = "/rule-changes"
RELEASE = "release"
LONGEST_HEADING = 120
"""Characters of a reason that can stand as the heading of its page."""
FEW = 5
"""Smaller numbers of people are not told outside policy staff, because they could point at a person."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of the rulebook that differs: its name, how, and the rules that read it."""

    name: str
    says: tuple[str, ...]
    rules: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """What somebody did with a change, on a day."""

    day: Day
    says: str
    words: str


def content_of(name: str) -> str:
    """Return the hash in the name of a revision."""
    return name.partition("/")[2]


def href_of(revision: Any) -> str:
    """Return the address of a change."""
    return f"{LIST}/{content_of(revision.name)}"


def state_tag(revision: Any) -> Tag:
    """Return the state of a change as a word in a box."""
    return Tag(words(PLACE)["states"][word_of(revision, "state")], GREY)


def title_of(revision: Any) -> str:
    """Return what a change is called: the reason that was given for it."""
    said = words(PLACE)
    if revision.author == RELEASE:
        return str(said["from_release"])
    return revision.reason if len(revision.reason) <= LONGEST_HEADING else str(said["h1_one"])


def called(person: str, people: Found[dict[str, str]] | Away) -> str:
    """Return what somebody is called."""
    if person == RELEASE:
        return str(words(PLACE)["release"])
    return (people.answer.get(person) if isinstance(people, Found) else None) or name_of(person)


def people_in(revision: Any) -> tuple[str, ...]:
    """Return the ids of everybody who did something with a change."""
    found = [revision.author, *(one.approver for one in revision.approvals)]
    for one in revision.returns:
        found += [one.person, one.answered_by]
    return tuple(dict.fromkeys(person for person in found if person and person != RELEASE))


def parameter_name(parameter: str) -> str:
    """Return the name of a number as a line begins with it."""
    name = parameter.replace("_", " ")
    return name[0].upper() + name[1:]


def differences(changes: Any, rules: Found[Any] | Away) -> Iterator[Difference]:
    """Yield what differs, in the words of the service."""
    titles = titles_of_rules(rules)
    for one in changes:
        name = titles.get(one.part) or parameter_name(one.part.replace("-", "_"))
        links = tuple(Link(titles[rule], f"/rules/{rule}") for rule in one.read_by if rule in titles)
        yield Difference(name, tuple(one.words), links)


def history(revision: Any, people: Found[dict[str, str]] | Away) -> tuple[Past, ...]:
    """Return what happened to a change, oldest first."""
    return tuple(past for _, past in sorted(_history(revision, people), key=lambda pair: pair[0]))


def _history(revision: Any, people: Found[dict[str, str]] | Away) -> Iterator[tuple[float, Past]]:
    said: Mapping[str, str] = words(PLACE)["past"]

    def past(instant: Any, what: str, person: str, reason: str) -> tuple[float, Past]:
        at = from_instant(instant)
        says = said[what].format(who=called(person, people), time=clock_time(at))
        return at.timestamp(), Past(long_day(london_today(at)), says, reason)

    yield past(revision.create_time, "handed_in", revision.author, "")
    for one in revision.returns:
        yield past(one.return_time, "sent_back", one.person, one.reason)
        if one.answered_by:
            yield past(one.answer_time, "again", one.answered_by, one.answer)
    for approval in revision.approvals:
        yield past(approval.approve_time, "approved", approval.approver, approval.reason)


def day_of_instant(message: Any, field: str) -> date | None:
    """Return the day of an instant in Scotland; None if it is unset."""
    return london_today(from_instant(getattr(message, field))) if message.HasField(field) else None
