"""iCalendar file of a support session (RFC 5545, 5546): one event, a neutral title, no word about performance (X11)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Component, Event, vCalAddress

from services.calendar_days import LONDON
from services.plain_text import shown_in_line
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession

TITLE = "Support session"
CONTENT_TYPE = "text/calendar"
FILE_NAME = "support-session.ics"

TIME_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZNAME:BST
DTSTART:19970330T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:GMT
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""
"""London time by the rule in force since 1996. An onset is written in the time that ends then (RFC 5545 3.6.5).

icalendar can make a time zone, but writes the onset of summer time an hour late.
"""

STATUS = {
    SessionState.PROPOSED: "TENTATIVE",
    SessionState.CONFIRMED: "CONFIRMED",
    SessionState.HELD: "CONFIRMED",
    SessionState.NOT_HELD: "CONFIRMED",
    SessionState.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True, slots=True)
class Participant:
    """An invited person, with the id to show and a calendar address (`mailto:` or `urn:`)."""

    display_id: str
    address: str


def calendar_file(
    session: SupportSession, organiser: Participant, attendee: Participant, stamped_at: datetime
) -> bytes:
    """Return the file of one session. The file of a cancelled session tells calendars to remove it.

    A session and those that take its place share one UID, and SEQUENCE rises with each change, so calendars move one
    entry.

    Raises:
        ValueError: The session was rescheduled. The session that took its place has the file.
    """
    if session.state is SessionState.RESCHEDULED:
        raise ValueError("a rescheduled session has no calendar file: give the session that took its place")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//psmf//scheduling//EN")
    calendar.add("method", "CANCEL" if session.state is SessionState.CANCELLED else "REQUEST")
    calendar.add_component(Component.from_ical(TIME_ZONE))
    calendar.add_component(_event(session, organiser, attendee, stamped_at))
    return bytes(calendar.to_ical())


def _event(session: SupportSession, organiser: Participant, attendee: Participant, stamped_at: datetime) -> Event:
    starts_at, ends_at = _shown(session.starts_at, session.starts_at + timedelta(minutes=session.minutes))
    event = Event()
    event.add("uid", f"{session.calendar_uid}@scheduling.psmf")
    event.add("sequence", session.calendar_sequence)
    event.add("dtstamp", stamped_at)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", TITLE)
    event.add("status", STATUS[session.state])
    event.add("class", "PRIVATE")
    event.add("organizer", _address(organiser))
    event.add("attendee", _address(attendee))
    return event


def _shown(*instants: datetime) -> list[datetime]:
    """Return instants in London time, or all of them in UTC if London's clocks show one of them twice.

    A calendar takes a time that comes twice for the first (RFC 5545 3.3.5), so the second would be an hour out.
    """
    shown = [instant.astimezone(LONDON) for instant in instants]
    comes_twice = any(one.replace(fold=0).utcoffset() != one.replace(fold=1).utcoffset() for one in shown)
    return [instant.astimezone(UTC) for instant in instants] if comes_twice else shown


def _address(participant: Participant) -> vCalAddress:
    address = vCalAddress(participant.address)
    address.params["CN"] = shown_in_line(participant.display_id)
    return address
