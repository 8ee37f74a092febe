"""What is owed in each twelve months of a term: three support sessions, two mandatory trainings (R18, R102, R122).

The duty runs both ways (R43): the Team delivers, the Safeguarder attends. Each obligation has its window, the calendar
it is counted by, and a clock.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from services.calendar_days import WorkingCalendar, last_working_day_until, london_today
from services.refusals import invalid
from services.scheduling.domain.attendance import Attendance, TrainingAttendance, check_absence_reason
from services.scheduling.domain.events import ObligationsOpened, OwedObligation, TrainingAttendanceRecorded
from services.scheduling.domain.identifiers import ObligationId, SafeguarderId
from services.scheduling.domain.obligations.clocks import Clock, Pause, pause_clock, resume_clock
from services.scheduling.domain.obligations.policy import SchedulingPolicy


class ObligationKind(StrEnum):
    """What is owed."""

    SUPPORT_SESSION = "support_session"
    MANDATORY_TRAINING = "mandatory_training"


@dataclass(frozen=True, slots=True)
class Term:
    """A term on the Safeguarders Panel, from its first to its last day."""

    safeguarder_id: SafeguarderId
    number: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months of a term, or the part of them the term reaches; first and last day."""

    starts_on: date
    ends_on: date
    days_in_twelve_months: int

    @property
    def days(self) -> int:
        """How many days the window has."""
        return (self.ends_on - self.starts_on).days + 1

    def share(self, per_year: int) -> int:
        """What is owed in this window of a number owed in twelve months: a part-year owes its part, rounded down."""
        return per_year * self.days // self.days_in_twelve_months


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing owed in a window; `number` counts within its kind and window, from 1."""

    obligation_id: ObligationId
    safeguarder_id: SafeguarderId
    term: int
    kind: ObligationKind
    number: int
    window_starts_on: date
    window_ends_on: date
    calendar: WorkingCalendar
    clock: Clock
    delivered: bool = False
    """The Team did its part."""
    attended: bool = False
    """The Safeguarder did his or hers."""

    def due_on(self, today: date) -> date:
        """The last working day of the window, later by the days the clock stood still within it."""
        days = (self.window_ends_on - self.window_starts_on).days + 1
        return last_working_day_until(self.calendar, self.clock.day_reached(days, today))


def windows(term: Term, policy: SchedulingPolicy) -> Iterator[Window]:
    """The twelve months that make up a term, from its first day's anniversaries or from a fixed day of the year."""
    first = term.starts_on
    if policy.year_starts_on is not None:
        month, day = policy.year_starts_on
        first = date(first.year if (first.month, first.day) >= (month, day) else first.year - 1, month, day)
    for year in count():
        begins, next_begins = anniversary(first, year), anniversary(first, year + 1)
        if begins > term.ends_on:
            return
        ends = min(next_begins - timedelta(days=1), term.ends_on)
        yield Window(max(begins, term.starts_on), ends, (next_begins - begins).days)


def anniversary(first: date, years: int) -> date:
    """The same day a number of years later. What began on 29 February begins again on 1 March of a common year."""
    try:
        return first.replace(year=first.year + years)
    except ValueError:
        return date(first.year + years, 3, 1)


def open_obligations(
    term: Term,
    known: Sequence[Obligation],
    today: date,
    policy: SchedulingPolicy,
    new_id: Callable[[str], ObligationId],
) -> tuple[tuple[Obligation, ...], tuple[ObligationsOpened, ...]]:
    """The obligations of the twelve months of the term that run today, unless they are known, and what to publish.

    The next year's open on its first day. Twelve months over before anyone asked are not opened: what was owed in them
    can no longer be done. A pause still open on the person's known obligations holds for the new ones.
    Nothing opens once membership has ended. Asked again, it opens nothing twice.
    `new_id` makes an id from words that name the obligation and no other.
    """
    of_term = [obligation for obligation in known if obligation.term == term.number]
    if any(obligation.clock.ended_on is not None for obligation in of_term):
        return (), ()
    begun = {obligation.window_starts_on for obligation in of_term}
    pauses = {pause.cause_id: pause for obligation in known for pause in obligation.clock.pauses}.values()
    opened: list[Obligation] = []
    events: list[ObligationsOpened] = []
    for window in windows(term, policy):
        if not window.starts_on <= today <= window.ends_on or window.starts_on in begun:
            continue
        owed = _owed_in(window, policy)
        if not owed:
            continue
        clock = Clock(window.starts_on, tuple(p for p in pauses if (p.resumed_on or date.max) > window.starts_on))
        new = [
            Obligation(
                new_id(f"{term.safeguarder_id}/{term.number}/{window.starts_on}/{kind}/{number}"),
                term.safeguarder_id,
                term.number,
                kind,
                number,
                window.starts_on,
                window.ends_on,
                policy.calendar,
                clock,
            )
            for kind, number in owed
        ]
        opened += new
        events.append(_opened(term, window, new, today))
    return tuple(opened), tuple(events)


def pause_obligations(obligations: Sequence[Obligation], pause: Pause) -> tuple[Obligation, ...]:
    """Every clock of the person paused; on one that has stopped already it makes no difference."""
    return tuple(replace(owed, clock=pause_clock(owed.clock, pause)) for owed in obligations)


def resume_obligations(obligations: Sequence[Obligation], cause_id: str, on: date) -> tuple[Obligation, ...]:
    """Every clock of the person that this cause paused runs again from a day. Refuses what resume_clock refuses."""
    return tuple(replace(owed, clock=resume_clock(owed.clock, cause_id, on)) for owed in obligations)


def end_membership(obligations: Sequence[Obligation], last_day: date) -> tuple[Obligation, ...]:
    """Every clock of the person stopped after the last day of membership (D15.15). An earlier end stands."""
    first_day_after = last_day + timedelta(days=1)
    return tuple(
        replace(owed, clock=replace(owed.clock, ended_on=min(owed.clock.ended_on or first_day_after, first_day_after)))
        for owed in obligations
    )


def with_outcome(obligation: Obligation, delivered: bool, attended: bool, met_on: date | None) -> Obligation:
    """The obligation with what both sides did. Its clock stops on the day it is met; a correction lets it run on."""
    clock = replace(obligation.clock, met_on=met_on)
    return replace(obligation, delivered=delivered, attended=attended, clock=clock)


def record_training_attendance(
    obligation: Obligation, training: TrainingAttendance, now: datetime, policy: SchedulingPolicy
) -> tuple[Obligation, TrainingAttendanceRecorded]:
    """The obligation with attendance at a mandatory training event recorded, or corrected, and what to publish.

    Refuses NOT_A_TRAINING, TRAINING_IN_FUTURE, TRAINING_OUTSIDE_WINDOW and REASON_WITHOUT_ABSENCE.
    """
    _check_training(obligation, training, london_today(now))
    part_counts = policy.part_attendance_counts
    attended = training.attendance.present and (training.attendance is not Attendance.PART or part_counts)
    event = TrainingAttendanceRecorded(
        obligation.safeguarder_id,
        obligation.obligation_id,
        training.held_on,
        training.attendance,
        recorded_at=now,
        history=training.history,
    )
    met_on = training.held_on if attended else None
    return with_outcome(obligation, delivered=True, attended=attended, met_on=met_on), event


def _check_training(obligation: Obligation, training: TrainingAttendance, today: date) -> None:
    check_absence_reason(training.attendance, training.absence_reason)
    if obligation.kind is not ObligationKind.MANDATORY_TRAINING:
        message = "This obligation is a support session. Record attendance on the session itself."
        raise invalid("NOT_A_TRAINING", message, field="name")
    if training.held_on > today:
        message = "The event is still to come. Record attendance once it has been held."
        raise invalid("TRAINING_IN_FUTURE", message, field="event_date")
    last = max(obligation.window_ends_on, obligation.due_on(today))
    if obligation.clock.ended_on is not None:
        last = min(last, obligation.clock.ended_on - timedelta(days=1))
    if not obligation.window_starts_on <= training.held_on <= last:
        message = f"The obligation is for {obligation.window_starts_on} to {last}. Name the one the event falls in."
        raise invalid("TRAINING_OUTSIDE_WINDOW", message, field="event_date")


def _owed_in(window: Window, policy: SchedulingPolicy) -> list[tuple[ObligationKind, int]]:
    per_year = {
        ObligationKind.SUPPORT_SESSION: policy.support_sessions_per_year,
        ObligationKind.MANDATORY_TRAINING: policy.mandatory_trainings_per_year,
    }
    return [(kind, number + 1) for kind, owed in per_year.items() for number in range(window.share(owed))]


def _opened(term: Term, window: Window, opened: Sequence[Obligation], today: date) -> ObligationsOpened:
    kinds = [owed.kind for owed in opened]
    return ObligationsOpened(
        term.safeguarder_id,
        window.starts_on,
        window.ends_on,
        support_sessions=kinds.count(ObligationKind.SUPPORT_SESSION),
        training_events=kinds.count(ObligationKind.MANDATORY_TRAINING),
        obligations=tuple(OwedObligation(o.obligation_id, o.kind, o.number, o.due_on(today)) for o in opened),
    )
