"""Attendance at support sessions and training events. Offered, delivered and attended are three facts (R124, R162)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.calendar_days import WorkingCalendar, add_working_days
from services.refusals import invalid


class Attendance(StrEnum):
    """How a Safeguarder took part. An absence stays `awaiting_evidence` until a person says whether it is excused."""

    ATTENDED = "attended"
    LATE = "late"
    PART = "part"
    AWAITING_EVIDENCE = "awaiting_evidence"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT_UNEXCUSED = "absent_unexcused"

    @property
    def present(self) -> bool:
        """True if the Safeguarder was there for any part."""
        return self in {Attendance.ATTENDED, Attendance.LATE, Attendance.PART}


class AbsenceReason(StrEnum):
    """The reason for an absence, in broad terms only: nothing about health or family is kept."""

    HEARING_OR_COURT = "hearing_or_court"
    PERSONAL_CIRCUMSTANCES = "personal_circumstances"
    TRAVEL_OR_WEATHER = "travel_or_weather"
    TECHNICAL = "technical"
    TEAM = "team"
    NONE_GIVEN = "none_given"


class Mode(StrEnum):
    """How a support session is held. The framework expects face to face (R148)."""

    FACE_TO_FACE = "face_to_face"
    ONLINE = "online"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class SessionAttendance:
    """Who was at a support session. The Team's presence delivers it, the Safeguarder's presence attends it (D3)."""

    team_present: bool
    attendance: Attendance
    mode: Mode | None = None
    absence_reason: AbsenceReason | None = None

    @property
    def delivered(self) -> bool:
        """True if the Team met its side of the obligation."""
        return self.team_present

    @property
    def attended(self) -> bool:
        """True if the Safeguarder met theirs."""
        return self.attendance.present

    @property
    def held(self) -> bool:
        """True if both were there."""
        return self.delivered and self.attended


@dataclass(frozen=True, slots=True)
class TrainingAttendance:
    """How a Safeguarder took part in a mandatory training event. `history` marks a record loaded from the past."""

    held_on: date
    attendance: Attendance
    absence_reason: AbsenceReason | None = None
    history: bool = False
    shared_on: date | None = None
    """The day on which the person was told of a record of the past. Otherwise they are told by its recording here."""


def check_session_attendance(recorded: SessionAttendance) -> None:
    """Check that an attendance record does not contradict itself.

    Raises:
        Refusal: MODE_NEEDED, REASON_WITHOUT_ABSENCE, or TEAM_ABSENT. Without TEAM_ABSENT, a failure of the Team would
            be counted as an unexcused absence of the Safeguarder.
    """
    if recorded.held and recorded.mode is None:
        raise invalid("MODE_NEEDED", "Say how the session was held: face_to_face, online or telephone.", field="mode")
    check_absence_reason(recorded.attendance, recorded.absence_reason)
    if not recorded.team_present and recorded.attendance is Attendance.ABSENT_UNEXCUSED:
        message = "The Team was absent, so the absence cannot be unexcused. Record absent_excused or awaiting_evidence."
        raise invalid("TEAM_ABSENT", message, field="attendance")


def check_absence_reason(attendance: Attendance, reason: AbsenceReason | None) -> None:
    """Refuse a reason for absence for someone who was present (REASON_WITHOUT_ABSENCE)."""
    if attendance.present and reason is not None:
        message = "The person was present, so there is no absence to explain. Leave absence_reason out."
        raise invalid("REASON_WITHOUT_ABSENCE", message, field="absence_reason")


def reply_due_on(shared_on: date, working_days: int) -> date:
    """Return the last day to reply to a record of attendance, in working days of the Team's office (B4).

    An absence counts against nobody before that day has passed. Until then the Team can still record it as excused.
    """
    return add_working_days(WorkingCalendar.OFFICE, shared_on, working_days)


def check_sharing(training: TrainingAttendance, today: date) -> None:
    """Refuse a day of sharing that is not reported with a history, or that cannot be.

    Raises:
        Refusal: SHARING_NOT_RECORDED, DATE_IN_FUTURE or DATE_BEFORE_HAPPENED.
    """
    shared_on = training.shared_on
    if shared_on is None:
        return
    if not training.history:
        message = "shared_date can only be given with history. The recording itself starts the time to reply."
        raise invalid("SHARING_NOT_RECORDED", message, field="shared_date")
    if shared_on > today:
        raise invalid("DATE_IN_FUTURE", "shared_date is in the future.", field="shared_date")
    if shared_on < training.held_on:
        raise invalid("DATE_BEFORE_HAPPENED", "shared_date is before the event.", field="shared_date")
