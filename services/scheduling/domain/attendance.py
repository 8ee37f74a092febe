"""Attendance at support sessions and training events. Offered, delivered and attended are three facts (R124, R162)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.calendar_days import Days, WorkingCalendar, add_working_days_without
from services.refusals import invalid, precondition


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


ASKS_FOR_A_REPLY = (Attendance.AWAITING_EVIDENCE, Attendance.ABSENT_UNEXCUSED)
"""Absences that a Safeguarder may explain. A leave, a suspension or a review that was upheld explains them."""


@dataclass(frozen=True, slots=True)
class AbsenceReview:
    """A review of one absence, for which the Safeguarder asked (R92)."""

    record_id: str
    """Id of the session, or of the training owed."""
    asked_on: date
    days: Days | None
    """The days on which the time to reply stands still. None if it ended on the day on which it was asked for."""
    is_open: bool
    upheld: bool

    def excuses(self, day: date) -> bool:
        """Return whether it excuses an absence on a day.

        Somebody who missed a training can miss the next one that is offered for it. A review that was asked for before
        says nothing of that.
        """
        return self.upheld and day <= self.asked_on


@dataclass(frozen=True, slots=True)
class Away:
    """When a Safeguarder is away (R90). `not_counted`: the days that a time to reply leaves out."""

    days: tuple[Days, ...] = ()
    not_counted: tuple[Days, ...] = ()
    reviews: tuple[AbsenceReview, ...] = ()
    """Reviews of absences. They excuse an absence, and stop the time to reply to it, as a time away does."""

    def on(self, day: date) -> bool:
        """Return whether the person is on leave or suspended on a day."""
        return any(stretch.covers(day) for stretch in self.days)

    def for_record(self, record_id: str) -> "Away":
        """Return what of it concerns one record of attendance."""
        own = tuple(review for review in self.reviews if review.record_id == record_id)
        stopped = (review.days for review in own if review.days)
        return replace(self, not_counted=(*self.not_counted, *stopped), reviews=own)

    def excuses(self, day: date) -> bool:
        """Return whether it excuses an absence on a day, as `for_record` returned it."""
        return self.on(day) or any(review.excuses(day) for review in self.reviews)


NEVER_AWAY = Away()


@dataclass(frozen=True, slots=True)
class Told:
    """What was last published of a record of attendance."""

    attendance: Attendance
    """The word that counts. A leave, a suspension or an upheld review excuses the absence that was recorded."""
    shared_on: date
    """The day on which the time to reply began."""
    reply_due_on: date | None
    """None while it stands still: the person is away, or a review is open, and nobody knows until when."""
    sharing_reported: bool = False


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


def check_not_away(attendance: Attendance, on: date, away: Away) -> None:
    """Refuse AWAY_THAT_DAY for an unexcused absence on a day of leave or suspension (R90)."""
    if attendance is Attendance.ABSENT_UNEXCUSED and away.on(on):
        message = (
            "The person is on leave or suspended on that day, so the absence cannot be unexcused. Record "
            "absent_excused. If they were not away, correct or cancel the time away first (psmf away correct)."
        )
        raise precondition("AWAY_THAT_DAY", message, field="attendance", date=on.isoformat())


def check_not_reviewed(attendance: Attendance, on: date, reviews: Sequence[AbsenceReview]) -> None:
    """Refuse a record that a review of the absence does not allow (R92). `on`: the day of the absence.

    Raises:
        Refusal: UNDER_REVIEW while one is open. EXCUSED_BY_REVIEW for an absence that an upheld one excused.
    """
    if any(review.is_open for review in reviews):
        message = "The Safeguarder asked for a review of this absence. It stays as it is until that is decided."
        raise precondition("UNDER_REVIEW", message, field="attendance")
    if attendance is Attendance.ABSENT_UNEXCUSED and any(review.excuses(on) for review in reviews):
        message = "A review that was upheld excused this absence, so it cannot be unexcused."
        raise precondition("EXCUSED_BY_REVIEW", message, field="attendance")


def tell(recorded: Attendance, on: date, shared_on: date, away: Away, working_days: int) -> Told:
    """Return what is published of attendance on a day, with the last day to reply to it (B4).

    An absence counts against nobody before that day has passed. Until then the Team can still record it as excused. It
    is counted in working days of the Team's office on which the person is not away.
    """
    excused = recorded in ASKS_FOR_A_REPLY and away.excuses(on)
    due_on = add_working_days_without(WorkingCalendar.OFFICE, shared_on, working_days, away.not_counted)
    return Told(Attendance.ABSENT_EXCUSED if excused else recorded, shared_on, due_on)


def tell_again(
    recorded: Attendance, on: date, told: Told | None, away: Away, today: date, working_days: int
) -> Told | None:
    """Return what is to be published of attendance after a change of times away or of a review, or None if nothing is.

    A leave or a suspension excuses an absence on its days, and an upheld review excuses its own. If a time away is
    cancelled, the word that was recorded holds again, with a time to reply of its own. A time to reply that was over
    and is over stays. `told`: None for a record of which an earlier release kept no day. It is excused likewise, and
    its time to reply stays as it was.
    """
    if recorded not in ASKS_FOR_A_REPLY:
        return None
    if told is None:
        return tell(recorded, on, today, away, working_days) if away.excuses(on) else None
    given_back = told.attendance is not recorded and not away.excuses(on)
    after = tell(recorded, on, today if given_back else told.shared_on, away, working_days)
    if after.attendance is not told.attendance:
        return after
    days = (told.reply_due_on, after.reply_due_on)
    stays = days[0] == days[1] or all(day is not None and day < today for day in days)
    if stays or after.attendance is Attendance.ABSENT_EXCUSED:
        return None
    return replace(after, sharing_reported=told.sharing_reported)


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
