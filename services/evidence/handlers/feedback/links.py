"""The Team's side of feedback links: make, list and take them back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.calendar_days import london_today
from services.evidence.adapters.feedback.links import SqlFeedbackLinks
from services.evidence.domain.feedback.link import (
    Asked,
    FeedbackLink,
    FeedbackNumbers,
    GiverKept,
    LinkState,
    new_link,
    revoked,
)
from services.evidence.domain.safeguarder import Safeguarder, not_entered
from services.evidence.ports import Register
from services.platform.calls.relations import Listed
from services.refusals import invalid, not_found, precondition


@dataclass(frozen=True, slots=True)
class LinkContext:
    """What a handler of the Team works with: the links, the register, who asks, whom they may see, and when."""

    links: SqlFeedbackLinks
    register: Register
    me: str
    people: Listed
    numbers: FeedbackNumbers
    now: datetime


def make_link(asked: Asked, token: str, context: LinkContext) -> FeedbackLink:
    """Add a link.

    Raises:
        Refusal: NOT_FOUND for nobody whom the caller may see; NOT_APPOINTED for a day on which the person was no
            member; DATE_IN_FUTURE; CASE_REFERENCE_NOT_OPAQUE.
    """
    person = context.register.find(asked.safeguarder_id) if context.people.holds(asked.safeguarder_id) else None
    _require_member(person, asked.happened_on, london_today(context.now))
    days = context.numbers.feedback_link_days
    link = new_link(asked, uuid.uuid4().hex, token, context.me, context.now, days)
    context.links.add(link)
    return link


def list_links(
    safeguarder_id: str, state: LinkState | None, after: tuple[int, str] | None, most: int, context: LinkContext
) -> Sequence[tuple[FeedbackLink, GiverKept | None]]:
    """Return links about the people whom the caller may see, or about one of them, with what their givers said."""
    people = context.people
    if safeguarder_id:
        people = Listed((safeguarder_id,) if people.holds(safeguarder_id) else ())
    found = context.links.page(people, state, context.now, after, most)
    givers = context.links.givers([link.link_id for link in found], london_today(context.now))
    return [(link, givers.get(link.link_id)) for link in found]


def take_back(link_id: str, context: LinkContext) -> FeedbackLink:
    """Take a link back. Refuse NOT_FOUND, and FEEDBACK_SENT if something was sent by it."""
    link = context.links.find(link_id)
    if link is None or not context.people.holds(link.safeguarder_id):
        raise not_found("FEEDBACK_LINK_NOT_FOUND", "There is no such feedback link.", "name")
    after = revoked(link, context.now)
    context.links.change(after)
    return after


def _require_member(person: Safeguarder | None, day: date, today: date) -> None:
    if day > today:
        raise invalid("DATE_IN_FUTURE", "happened_date is in the future.", "happened_date", date=day.isoformat())
    if person is None:
        raise not_entered()
    if not person.serves_on(day):
        message = "The person was not a member of the Panel on that day. Check the day."
        raise precondition("NOT_APPOINTED", message, "happened_date", date=day.isoformat())
