"""A support session as an iCalendar file (RFC 5545, 5546): one event, a neutral title, no word of performance (X11)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vCalAddress

from services.calendar_days import LONDON
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession

TITLE = "Support session"
CONTENT_TYPE = "text/calendar"
FILE_NAME = "support-session.ics"

STATUS = {
    SessionState.PROPOSED: "TENTATIVE",
    SessionState.CONFIRMED: "CONFIRMED",
    SessionState.HELD: "CONFIRMED",
    SessionState.NOT_HELD: "CONFIRMED",
    SessionState.CANCELLED: "CANCELLED",
}


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone invited: the id to show, and a calendar address (mailto: or urn:)."""

    display_id: str
    address: str


def calendar_file(
    session: SupportSession, organiser: Participant, attendee: Participant, stamped_at: datetime
) -> bytes:
    """The file for one session as it stands; a cancelled one asks calendars to take it out.

    The UID is the same for a session and those that take its place, and the SEQUENCE rises with each change, so that
    calendars move one entry. Raises ValueError for a session that was rescheduled: the one in its place has the file.
    """
    if session.state is SessionState.RESCHEDULED:
        raise ValueError("a rescheduled session has no calendar file: give the session that took its place")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//psmf//scheduling//EN")
    calendar.add("method", "CANCEL" if session.state is SessionState.CANCELLED else "REQUEST")
    calendar.add_component(_event(session, organiser, attendee, stamped_at))
    # Two years round the session hold every change of the clocks a calendar needs to place it.
    year = session.starts_on.year
    calendar.add_missing_timezones(first_date=date(year - 1, 1, 1), last_date=date(year + 1, 12, 31))
    return bytes(calendar.to_ical())


def _event(session: SupportSession, organiser: Participant, attendee: Participant, stamped_at: datetime) -> Event:
    starts_at = session.starts_at.astimezone(LONDON)
    event = Event()
    event.add("uid", f"{session.calendar_uid}@scheduling.psmf")
    event.add("sequence", session.calendar_sequence)
    event.add("dtstamp", stamped_at)
    event.add("dtstart", starts_at)
    event.add("dtend", (session.starts_at + timedelta(minutes=session.minutes)).astimezone(LONDON))
    event.add("summary", TITLE)
    event.add("status", STATUS[session.state])
    event.add("class", "PRIVATE")
    event.add("organizer", _address(organiser))
    event.add("attendee", _address(attendee))
    return event


def _address(participant: Participant) -> vCalAddress:
    address = vCalAddress(participant.address)
    address.params["CN"] = participant.display_id
    return address
