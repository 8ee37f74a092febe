"""A session's calendar file moves one entry, says nothing about performance, and shows London time (X11)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar

from services.calendar_days import LONDON
from services.scheduling.adapters.calendar_file import Participant, calendar_file
from services.scheduling.domain.identifiers import ConcernId, Party, SessionId
from services.scheduling.domain.sessions.agenda import Lane
from services.scheduling.domain.sessions.sessions import SupportSession, cancel, confirm, reschedule
from tests.scheduling.builders import NOW, a_session, an_item, at

MANAGER = Participant("east-1", "urn:psmf:support-manager:east-1")
SAFEGUARDER = Participant("demo-safeguarder", "urn:psmf:safeguarder:demo-safeguarder")


def written(session: SupportSession) -> bytes:
    return calendar_file(session, MANAGER, SAFEGUARDER, stamped_at=NOW)


def read_back(session: SupportSession) -> tuple[Any, Any]:
    calendar = Calendar.from_ical(written(session))
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_a_proposed_session_is_one_request_with_a_neutral_title() -> None:
    calendar, event = read_back(a_session(at("2027-01-12")))
    assert (calendar["METHOD"], event["SUMMARY"], event["STATUS"]) == ("REQUEST", "Support session", "TENTATIVE")
    assert (event["UID"], event["SEQUENCE"]) == ("session-1@scheduling.psmf", 0)
    assert event["ORGANIZER"].params["CN"] == "east-1"
    assert event["ATTENDEE"].params["CN"] == "demo-safeguarder"


@pytest.mark.parametrize(
    ("starts_at", "shown", "offset_hours"),
    [(at("2027-01-12"), "20270112T100000", 0), (at("2027-07-12"), "20270712T100000", 1)],
)
def test_the_time_is_shown_in_london_in_winter_and_in_summer(
    starts_at: datetime, shown: str, offset_hours: int
) -> None:
    session = a_session(starts_at)
    assert f"DTSTART;TZID=Europe/London:{shown}\r\n".encode() in written(session)
    calendar, event = read_back(session)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert event["DTSTART"].dt == starts_at
    assert event["DTSTART"].dt.utcoffset().total_seconds() == offset_hours * 3600
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 90 * 60


@pytest.mark.parametrize("year", range(2024, 2040))
def test_the_clocks_change_in_the_file_when_they_change_in_london(year: int) -> None:
    """doors D16: an onset is written in the time that ends then (RFC 5545 3.6.5): 01:00 to summer, 02:00 to winter."""
    (zone,) = read_back(a_session(at("2027-07-12")))[0].walk("VTIMEZONE")
    for part in zone.subcomponents:
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        onsets = rrulestr(part["RRULE"].to_ical().decode(), dtstart=part["DTSTART"].dt)
        onset = next(onset for onset in onsets if onset.year == year)
        change = (onset - before).replace(tzinfo=UTC)
        assert (change - timedelta(seconds=1)).astimezone(LONDON).utcoffset() == before
        assert change.astimezone(LONDON).utcoffset() == after


@pytest.mark.parametrize("minutes", range(-120, 180, 15))
def test_a_session_in_the_night_in_which_the_clocks_change_is_shown_at_its_time(minutes: int) -> None:
    """doors D16: a time that comes twice is written in UTC, or a calendar takes the first for the second."""
    for change in (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)):
        starts_at = change + timedelta(minutes=minutes)
        _, event = read_back(a_session(starts_at))
        assert event["DTSTART"].dt == starts_at
        assert event["DTEND"].dt - event["DTSTART"].dt.astimezone(UTC) == timedelta(minutes=90)


def test_a_moved_session_keeps_its_uid_with_a_higher_sequence() -> None:
    set_date, _ = confirm(a_session(at("2027-01-12")), NOW)
    moved, new, _ = reschedule(set_date, at("2027-01-19"), Party.TEAM, NOW, SessionId("session-2"))
    _, event = read_back(new)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("session-1@scheduling.psmf", 2, "TENTATIVE")
    with pytest.raises(ValueError, match="give the session that took its place"):
        written(moved)


def test_a_session_called_off_is_taken_out_of_calendars() -> None:
    called_off, _ = cancel(confirm(a_session(at("2027-01-12")), NOW)[0], Party.TEAM)
    calendar, event = read_back(called_off)
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)


def test_nothing_of_the_agenda_reaches_the_file() -> None:
    item = an_item("concern-of-s4", Lane.ESCALATION)
    session = a_session(at("2027-01-12"))
    full = replace(session, agenda=(item,), proposed_for_concern=ConcernId("concern-of-s4"))
    assert written(full) == written(session)


def test_the_same_session_gives_the_same_bytes() -> None:
    assert written(a_session(at("2027-01-12"))) == written(a_session(at("2027-01-12")))


def test_lines_hold_to_the_standard() -> None:
    lines = written(a_session(at("2027-01-12"))).split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-1] == b""
