"""An e-mail goes while the office is open; safety goes at once; what waited goes as one e-mail (X19)."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.calendar_days import LONDON
from services.notifications.adapters.ladders import read_ladders
from services.notifications.compose import COUNTS, figures
from services.notifications.domain.notification import Outcome, State
from services.platform.storage.counts import keep_counts
from tests.notifications.builders import a_concern, a_safety_matter, allocated, raised
from tests.notifications.office import RETRIES, Office, Post

OFFICE = read_ladders().office
CLOSED_UNTIL = [
    ("2026-11-24 17:00", "2026-11-25 09:00"),
    ("2026-11-27 22:00", "2026-12-01 09:00"),  # a weekend, and Saint Andrew's Day after it
    ("2026-07-01 07:30", "2026-07-01 08:00"),  # summer time
]
"""Instants in UTC: when something comes up, and when the office opens."""


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("at", "opens"), CLOSED_UNTIL)
def test_an_email_waits_until_the_office_opens(office: Office, at: str, opens: str) -> None:
    """X19: the first e-mail about a matter, and every other that is not about safety."""
    office.clock.instant = utc(at)
    office.receive(allocated(), raised(a_concern()))
    post = Post()
    for _ in range(3):
        office.go_on(minutes=2)
        office.send_all(post)
    assert post.addresses == []
    office.clock.instant = utc(opens)
    office.send_all(post)
    assert post.addresses == ["person-one", "manager-one"]


def test_a_matter_of_safety_goes_at_night(office: Office) -> None:
    """X19: at once, to everybody whom it concerns, on a Saturday night too."""
    office.clock.instant = utc("2026-11-21 23:40")
    office.receive(allocated(), raised(a_safety_matter()))
    post = Post()
    office.send_all(post)
    assert {one.state for one in office.notifications()} == {State.SENT}
    assert len(post.addresses) == len(office.notifications()) > 0


def test_what_comes_up_while_the_office_is_closed_goes_as_one_email_to_each_person(office: Office) -> None:
    """X19: a weekend's matters are one e-mail on Monday."""
    office.clock.instant = utc("2026-11-20 18:00")
    office.receive(allocated(), raised(a_concern("c-1")))
    office.go_on(hours=20)
    office.receive(raised(a_concern("c-2", rule="report-quality")))
    office.clock.instant = utc("2026-11-23 09:00")
    post = Post()
    office.send_all(post)
    assert post.addresses == ["person-one", "manager-one"]


def test_an_email_that_could_not_go_before_the_office_closed_goes_when_it_opens(office: Office) -> None:
    """X19: the evening uses up no tries, or a mail server that is down for a night would lose the message."""
    office.clock.instant = utc("2026-11-24 16:50")
    office.receive(raised(a_concern()))
    post = Post(Outcome.NOT_SENT)
    for _ in range(12):
        office.go_on(minutes=5)
        office.send_all(post)
    assert len(post.addresses) == 1
    office.clock.instant = utc("2026-11-25 09:00")
    office.send_all(post)
    assert [one.state for one in office.notifications()] == [State.SENT]


def test_a_closed_office_is_no_delay_of_a_message(office: Office) -> None:
    """X19: otherwise the operator is called each night. What waits after the office has opened is a delay."""
    office.clock.instant = utc("2026-11-20 18:00")
    keep_counts(office.database.engine, COUNTS)
    office.receive(allocated(), raised(a_concern()))

    def waited() -> int:
        return figures(office.database, office.clock, RETRIES)[0]["oldest_wait_seconds"]

    office.clock.instant = utc("2026-11-23 08:59")
    assert waited() == 0
    office.clock.instant = utc("2026-11-23 09:20")
    assert waited() == 20 * 60
    office.send_all(Post())
    office.clock.instant = utc("2026-11-23 23:00")
    office.receive(raised(a_safety_matter()))
    office.go_on(minutes=30)
    assert waited() == 30 * 60


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_office_opens_at_its_hour_and_never_before_the_instant_asked_for(at: datetime) -> None:
    """X19: over every night, weekend, holiday and change of the clocks."""
    opens = OFFICE.open_from(at)
    assert OFFICE.is_open(opens)
    assert opens >= at
    assert OFFICE.is_open(at) == (opens == at)
    if opens != at:
        assert opens.astimezone(LONDON).time() == OFFICE.opens
