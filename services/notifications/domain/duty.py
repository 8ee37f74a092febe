"""What somebody owes by a day, and who is asked for it (record 3).

Scheduling says what is owed, by whom and by when. A day that moves takes the steps of the ladder with it. What stands
still asks nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.calendar_days import WorkingCalendar, add_working_days
from services.notifications.domain.ladder import Rung, Step
from services.notifications.domain.news import Line
from services.notifications.domain.notification import Subject


class DutyKind(StrEnum):
    """What is owed."""

    SHARE_RECORD = "share_record"
    ANSWER_RECORD = "answer_record"
    RESPOND_TO_DISPUTE = "respond_to_dispute"
    ANSWER_ACTION = "answer_action"
    ANSWER_SUPPORT = "answer_support"
    DELIVER_SUPPORT = "deliver_support"
    ACTION = "action"
    LOOK_AT_COMPLETION = "look_at_completion"
    REVIEW_ACTION = "review_action"
    FINALISE_PLAN = "finalise_plan"
    GIVE_VIEW = "give_view"
    ACKNOWLEDGE_APPROACH = "acknowledge_approach"
    ALLOCATE_ANOTHER = "allocate_another"
    ASSIGN_REVIEW = "assign_review"
    DECIDE_REVIEW = "decide_review"
    SHARE_RECOMMENDATION = "share_recommendation"
    SUBMIT_RECOMMENDATION = "submit_recommendation"
    REPRESENTATIONS = "representations"
    REVIEW_SUSPENSION = "review_suspension"
    ANSWER_LEAVE = "answer_leave"
    DRAW_SAMPLE = "draw_sample"
    OBTAIN_REPORT = "obtain_report"
    READ_REPORT = "read_report"
    SECOND_READING = "second_reading"
    RECONCILE_READINGS = "reconcile_readings"
    SHARE_READING = "share_reading"
    RECORD_DECISION = "record_decision"
    REVIEW_CONTINUING = "review_continuing"
    ANSWER_COMPLAINT = "answer_complaint"
    ACKNOWLEDGE_COMPLAINT = "acknowledge_complaint"
    INVESTIGATE_COMPLAINT = "investigate_complaint"
    REVIEW_ACCESS = "review_access"
    OTHER = "other"
    """Something that only a later release knows. It is asked for, but no message says what it is."""


_SUBJECTS = {
    DutyKind.SHARE_RECORD: Subject.RECORD_DUE,
    DutyKind.ANSWER_RECORD: Subject.RECORD_TO_ANSWER,
    DutyKind.RESPOND_TO_DISPUTE: Subject.RECORD_DISPUTED,
    DutyKind.ANSWER_ACTION: Subject.ACTION_TO_ANSWER,
    DutyKind.ANSWER_SUPPORT: Subject.SUPPORT_TO_ANSWER,
    DutyKind.DELIVER_SUPPORT: Subject.SUPPORT_DUE,
    DutyKind.ACTION: Subject.ACTION_DUE,
    DutyKind.LOOK_AT_COMPLETION: Subject.ACTION_DONE,
    DutyKind.REVIEW_ACTION: Subject.ACTION_REVIEW_DUE,
    DutyKind.FINALISE_PLAN: Subject.PLAN_DUE,
    DutyKind.GIVE_VIEW: Subject.VIEW_TO_GIVE,
    DutyKind.ACKNOWLEDGE_APPROACH: Subject.APPROACH_TO_READ,
    DutyKind.ALLOCATE_ANOTHER: Subject.ALLOCATION_DUE,
    DutyKind.ASSIGN_REVIEW: Subject.REVIEW_TO_ASSIGN,
    DutyKind.DECIDE_REVIEW: Subject.REVIEW_TO_DECIDE,
    DutyKind.SHARE_RECOMMENDATION: Subject.RECOMMENDATION_DUE,
    DutyKind.SUBMIT_RECOMMENDATION: Subject.RECOMMENDATION_DUE,
    DutyKind.REPRESENTATIONS: Subject.RECOMMENDATION_TO_ANSWER,
    DutyKind.REVIEW_SUSPENSION: Subject.SUSPENSION_TO_REVIEW,
    DutyKind.ANSWER_LEAVE: Subject.LEAVE_TO_ANSWER,
    DutyKind.DRAW_SAMPLE: Subject.SAMPLE_TO_DRAW,
    DutyKind.OBTAIN_REPORT: Subject.REPORT_TO_OBTAIN,
    DutyKind.READ_REPORT: Subject.REPORT_TO_READ,
    DutyKind.SECOND_READING: Subject.REPORT_TO_READ,
    DutyKind.RECONCILE_READINGS: Subject.READINGS_TO_RECONCILE,
    DutyKind.SHARE_READING: Subject.READING_TO_SHARE,
    DutyKind.RECORD_DECISION: Subject.DECISION_DUE,
    DutyKind.REVIEW_CONTINUING: Subject.RECOMMENDATION_DUE,
    DutyKind.ANSWER_COMPLAINT: Subject.COMPLAINT_DUE,
    DutyKind.ACKNOWLEDGE_COMPLAINT: Subject.COMPLAINT_DUE,
    DutyKind.INVESTIGATE_COMPLAINT: Subject.COMPLAINT_DUE,
    DutyKind.REVIEW_ACCESS: Subject.ACCESS_TO_REVIEW,
}


class OwedBy(StrEnum):
    """Who owes it."""

    SAFEGUARDER = "safeguarder"
    SUPPORT_MANAGER = "support_manager"
    PANEL_TEAM = "panel_team"
    SENIOR_MANAGER = "senior_manager"
    REVIEWER = "reviewer"
    READER = "reader"
    DATA_LEAD = "data_lead"
    OTHER = "other"
    """Somebody whom only a later release knows. Nobody is asked."""


class DutyStands(StrEnum):
    """How a duty stands."""

    RUNNING = "running"
    STANDING_STILL = "standing_still"
    OVER = "over"
    """Met, ended otherwise, or a state that only a later release knows."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as scheduling last told of it, and how far it has come on its ladder."""

    safeguarder_id: str
    duty_id: str
    version: int
    kind: DutyKind
    owed_by: OwedBy
    stands: DutyStands
    due_on: date | None
    asked: int = 0
    """Steps of its ladder that were taken or left out for this day."""
    counted_from: date | None = None
    """The day on which staff were first asked from the due day on. The later steps are counted from it."""
    person: str = ""
    """Who owes it, where that is one person other than the Safeguarder and the support manager."""

    @property
    def asks(self) -> bool:
        """Whether somebody is asked for it when its day comes."""
        return self.stands is DutyStands.RUNNING and self.due_on is not None and self.owed_by is not OwedBy.OTHER

    @property
    def is_for_many(self) -> bool:
        """Whether one act does it for many Safeguarders: the draw of a round is for everybody who serves."""
        return self.kind is DutyKind.DRAW_SAMPLE

    @property
    def is_the_persons(self) -> bool:
        """Whether the Safeguarder owes it."""
        return self.owed_by is OwedBy.SAFEGUARDER

    def line(self, step: Step, today: date) -> Line:
        """Return what a message of a step says. It says no day that has gone by.

        An action of the Safeguarder's that is overdue is a talk to have, and says so.
        """
        subject = _SUBJECTS.get(self.kind)
        if step.who is Rung.MANAGER:
            subject = Subject.ACTION_REVIEW_DUE if self.kind is DutyKind.ACTION else Subject.CALL_DUE
        day = self.due_on if self.due_on and self.due_on >= today else None
        return Line(subject, self.is_the_persons and step.who is Rung.OWNER, day)


def follow(known: Duty | None, told: Duty, steps: Sequence[Step], today: date) -> Duty:
    """Return a duty after scheduling told of it, with how far it has come on its ladder.

    The steps begin again for another day, and for a duty that was over. Reminders whose day has come by then are left
    out: nobody is asked for days gone by.
    """
    if known is not None and known.due_on == told.due_on and not _runs_again(known, told):
        return replace(told, asked=known.asked, counted_from=known.counted_from)
    gone = [step for step in steps if step.after < 0 and _has_come(step, told, today)]
    return replace(told, asked=len(gone))


def take_steps(duty: Duty, steps: Sequence[Step], today: date) -> tuple[Duty, tuple[Step, ...]]:
    """Return the duty after every step whose day has come, and the steps at which somebody is asked today.

    Of several reminders the last one counts. Later steps of staff wait until the first has been taken and had its time.
    """
    asking: list[Step] = []
    for step in steps[duty.asked :] if duty.asks else ():
        if not _has_come(step, duty, today):
            break
        duty = replace(duty, asked=duty.asked + 1)
        if step.after < 0:
            asking = [step] if _is_to_come(duty, today) else []
        elif step.who is not Rung.OWNER or not duty.is_the_persons or duty.due_on == today:
            asking.append(step)
            duty = replace(duty, counted_from=duty.counted_from or today)
    return duty, tuple(asking)


def _runs_again(known: Duty, told: Duty) -> bool:
    return known.stands is DutyStands.OVER and told.stands is not DutyStands.OVER


def _is_to_come(duty: Duty, today: date) -> bool:
    return duty.due_on is not None and duty.due_on > today


def _has_come(step: Step, duty: Duty, today: date) -> bool:
    """Return whether the day of a step has come. Days are counted near today: a calendar ends some years ahead."""
    if duty.due_on is None:
        return False
    if step.after < 0:
        return duty.due_on <= add_working_days(WorkingCalendar.OFFICE, today, -step.after)
    since = duty.counted_from or duty.due_on
    return since <= today and add_working_days(WorkingCalendar.OFFICE, since, step.after) <= today


_AT_ONCE = {
    DutyKind.READ_REPORT: Subject.REPORT_TO_READ,
    DutyKind.SECOND_READING: Subject.REPORT_TO_READ,
    DutyKind.RECONCILE_READINGS: Subject.READINGS_TO_RECONCILE,
}


@dataclass(frozen=True, slots=True)
class ForTheReader:
    """A duty of the reader of a sampled report, as news for that reader."""

    duty: Duty

    @property
    def safeguarder_id(self) -> str:
        """The Safeguarder concerned."""
        return self.duty.safeguarder_id

    @property
    def version(self) -> int:
        """The number of this version. The highest holds."""
        return self.duty.version

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        return "" if self.duty.stands is DutyStands.OVER else _AT_ONCE.get(self.duty.kind, "")

    def line(self, today: date) -> Line | None:
        """Return what is told, with the last day unless it has passed. The report waits all the same."""
        due_on = self.duty.due_on
        day = due_on if due_on and due_on >= today else None
        return Line(_AT_ONCE[self.duty.kind], to_the_person=False, answer_by_on=day) if self.news else None
