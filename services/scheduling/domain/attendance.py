"""Who was at a support session or a training event. Offered, delivered and attended are three facts (R124, R162)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.refusals import invalid


class Attendance(StrEnum):
    """How a Safeguarder took part. Absence waits for its reason until a person says whether it is excused."""

    ATTENDED = "attended"
    LATE = "late"
    PART = "part"
    AWAITING_EVIDENCE = "awaiting_evidence"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT_UNEXCUSED = "absent_unexcused"

    @property
    def present(self) -> bool:
        """Whether the Safeguarder was there at all."""
        return self in {Attendance.ATTENDED, Attendance.LATE, Attendance.PART}


class AbsenceReason(StrEnum):
    """Why someone was absent, no closer than needed: nothing about health or family is kept."""

    HEARING_OR_COURT = "hearing_or_court"
    PERSONAL_CIRCUMSTANCES = "personal_circumstances"
    TRAVEL_OR_WEATHER = "travel_or_weather"
    TECHNICAL = "technical"
    TEAM = "team"
    NONE_GIVEN = "none_given"


class Mode(StrEnum):
    """How a support session is held; the framework means face to face (R148)."""

    FACE_TO_FACE = "face_to_face"
    ONLINE = "online"
    TELEPHONE = "telephone"


@dataclass(frozen=True, slots=True)
class SessionAttendance:
    """Who was at a support session: delivered when the Team was present, attended when the Safeguarder was (D3)."""

    team_present: bool
    attendance: Attendance
    mode: Mode | None = None
    absence_reason: AbsenceReason | None = None

    @property
    def delivered(self) -> bool:
        """The Team did its part."""
        return self.team_present

    @property
    def attended(self) -> bool:
        """The Safeguarder did his or hers."""
        return self.attendance.present

    @property
    def held(self) -> bool:
        """Both were there."""
        return self.delivered and self.attended


@dataclass(frozen=True, slots=True)
class TrainingAttendance:
    """How a Safeguarder took part in a mandatory training event; `history` marks a file of past records."""

    held_on: date
    attendance: Attendance
    absence_reason: AbsenceReason | None = None
    history: bool = False


def check_session_attendance(recorded: SessionAttendance) -> None:
    """Refuses MODE_NEEDED, REASON_WITHOUT_ABSENCE, and TEAM_ABSENT: a lapse of the Team is not the person's."""
    if recorded.held and recorded.mode is None:
        raise invalid("MODE_NEEDED", "Say how the session was held: face_to_face, online or telephone.", field="mode")
    check_absence_reason(recorded.attendance, recorded.absence_reason)
    if not recorded.team_present and recorded.attendance is Attendance.ABSENT_UNEXCUSED:
        message = "The Team was not there, so absence cannot be unexcused. Record absent_excused or awaiting_evidence."
        raise invalid("TEAM_ABSENT", message, field="attendance")


def check_absence_reason(attendance: Attendance, reason: AbsenceReason | None) -> None:
    """Refuses REASON_WITHOUT_ABSENCE."""
    if attendance.present and reason is not None:
        message = "A reason for absence is recorded for someone who was present. Leave one of the two out."
        raise invalid("REASON_WITHOUT_ABSENCE", message, field="absence_reason")
