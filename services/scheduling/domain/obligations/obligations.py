"""The obligations of each twelve months of a term: three support sessions, two mandatory trainings (R18, R102, R122).

Both sides have an obligation (R43): the Team delivers and the Safeguarder attends. Each obligation has a window, a
calendar and a clock. Each falls due at the end of its own part of the twelve months, so that what somebody owes who
leaves is the part of the year that they served, as for sampled reports.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count

from services.calendar_days import WorkingCalendar, last_working_day_until, london_today, months_later
from services.refusals import invalid
from services.scheduling.domain.attendance import (
    NEVER_AWAY,
    Attendance,
    Away,
    Told,
    TrainingAttendance,
    check_absence_reason,
    check_not_away,
    check_not_reviewed,
    check_sharing,
    tell,
    tell_again,
)
from services.scheduling.domain.events import (
    ObligationDueDateChanged,
    ObligationsOpened,
    OwedObligation,
    TrainingAttendanceRecorded,
)
from services.scheduling.domain.identifiers import ObligationId, SafeguarderId, TrainingEventId
from services.scheduling.domain.obligations.clocks import Clock, ClockState, Pause
from services.scheduling.domain.obligations.policy import SchedulingPolicy

NewId = Callable[[str], ObligationId]
"""A function that makes the id of an obligation from the text that names it."""


class ObligationKind(StrEnum):
    """The kind of event that is owed."""

    SUPPORT_SESSION = "support_session"
    MANDATORY_TRAINING = "mandatory_training"


@dataclass(frozen=True, slots=True)
class Term:
    """A term on the Safeguarders Panel. Both days belong to it."""

    safeguarder_id: SafeguarderId
    number: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months of a term, or the part of them that lies within the term. Both days belong to it."""

    starts_on: date
    ends_on: date
    days_in_twelve_months: int

    @property
    def days(self) -> int:
        """The number of days in the window."""
        return (self.ends_on - self.starts_on).days + 1

    def share(self, per_year: int) -> int:
        """Return this window's share of a yearly number. A part-year owes its proportion, rounded down."""
        return per_year * self.days // self.days_in_twelve_months

    def part(self, number: int, per_year: int) -> "Part":
        """Return the part of the twelve months in which one of a yearly number falls, counted from 1.

        So many parts are over after any number of days as the share of these days, rounded down.
        """
        ends = (-(-self.days_in_twelve_months * each // per_year) for each in (number - 1, number))
        after, until = (min(end, self.days) for end in ends)
        return Part(after, until)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a window: the days of the window that pass before it begins, and until it ends."""

    after_days: int
    until_days: int


@dataclass(frozen=True, slots=True)
class Obligation:
    """One session or training owed in a window. `number` counts from 1 within its kind and window."""

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
    """Whether the Team met its side."""
    attended: bool = False
    """Whether the Safeguarder met theirs."""
    part: Part | None = None
    """Its own part of the window. None for an obligation of an earlier release, which is due at the window's end."""
    attendance_on: date | None = None
    """The day of the training event for which attendance is recorded."""
    attendance: Attendance | None = None
    """What is recorded for that day. None for an obligation of an earlier release."""
    told: Told | None = None
    """What was last published of that. None before that, and if an earlier release published it."""
    training_event: TrainingEventId | None = None
    """The training event that delivered it."""
    delivered_on: date | None = None
    """The day on which that event was held."""
    told_due_on: date | None = None
    """The due date that was last published. None for an obligation of an earlier release."""

    def due_on(self, today: date) -> date:
        """Return the last working day of its part of the window, moved later by the days the clock was paused."""
        if self.part is None:
            return self.closes_on(today)
        return last_working_day_until(self.calendar, self.clock.day_reached(self.part.until_days, today))

    def closes_on(self, today: date) -> date:
        """Return the last working day of the whole window, moved in the same way. What is late can be held until then.

        A session or training after that day belongs to the next twelve months. What is met may have been met late, so
        the day does not depend on that.
        """
        days = (self.window_ends_on - self.window_starts_on).days + 1
        return last_working_day_until(self.calendar, replace(self.clock, met_on=None).day_reached(days, today))

    def part_starts_on(self, today: date) -> date:
        """Return the first day of its part of the window, moved in the same way."""
        return self.clock.day_reached(self.part.after_days + 1 if self.part else 1, today)


def windows(term: Term, policy: SchedulingPolicy) -> Iterator[Window]:
    """Return the twelve-month windows of a term. They begin on its anniversaries or on a fixed day of the year."""
    first = term.starts_on
    if policy.year_starts_on is not None:
        month, day = policy.year_starts_on
        first = date(first.year if (first.month, first.day) >= (month, day) else first.year - 1, month, day)
    for year in count():
        begins, next_begins = months_later(first, 12 * year), months_later(first, 12 * (year + 1))
        if begins > term.ends_on:
            return
        ends = min(next_begins - timedelta(days=1), term.ends_on)
        yield Window(max(begins, term.starts_on), ends, (next_begins - begins).days)


def open_obligations(
    term: Term,
    known: Sequence[Obligation],
    today: date,
    policy: SchedulingPolicy,
    new_id: NewId,
    pauses: Sequence[Pause] = (),
) -> tuple[tuple[Obligation, ...], tuple[ObligationsOpened, ...]]:
    """Open the obligations of today's window that are not known. Return them with the events to publish.

    A window that ended before this was first called is not opened, because its obligations can no longer be met.
    `pauses` that reach the window are on the new clocks from the start. Nothing opens once membership has ended.
    Calling this again opens nothing twice: `new_id` makes the id from text that names exactly one obligation.
    """
    of_term = [obligation for obligation in known if obligation.term == term.number]
    # A clock of this term that ended says that membership ended, so no window of the term opens any more. One that
    # never ran says only that a correction left its window out.
    if any(obligation.clock.ended_on not in (None, obligation.clock.starts_on) for obligation in of_term):
        return (), ()
    begun = {(obligation.window_starts_on, obligation.kind, obligation.number) for obligation in of_term}
    opened: list[Obligation] = []
    events: list[ObligationsOpened] = []
    for window in windows(term, policy):
        if not window.starts_on <= today <= window.ends_on:
            continue
        owed = [each for each in _owed_in(window, policy) if (window.starts_on, *each) not in begun]
        if not owed:
            continue
        clock = Clock(window.starts_on).with_pauses(pauses)
        paused = [replace(_new(term, window, each, policy, new_id), clock=clock) for each in owed]
        placed = [in_its_part(obligation, window, today, policy) for obligation in paused]
        new = [replace(obligation, told_due_on=obligation.due_on(today)) for obligation in placed]
        opened += new
        events.append(_opened(term, window, new, today))
    return tuple(opened), tuple(events)


def with_due_dates_told(
    terms: Sequence[Term], obligations: Sequence[Obligation], today: date, policy: SchedulingPolicy
) -> tuple[tuple[Obligation, ...], tuple[ObligationDueDateChanged, ...]]:
    """Return the obligations with the events for due dates that are no longer what was published.

    A due date moves with a pause, also if the pause is heard of after the term or the membership has ended. Otherwise
    a KPI would count short what fell due only after somebody left. An obligation of an earlier release gets its own
    part of the window. While nobody knows when a pause ends the due date moves every day, so it is told only when the
    day that was told has come. It is then never past for a KPI.
    """
    by_start = {(term.number, window.starts_on): window for term in terms for window in windows(term, policy)}
    after: list[Obligation] = []
    events: list[ObligationDueDateChanged] = []
    for obligation in obligations:
        window = by_start.get((obligation.term, obligation.window_starts_on))
        if _may_be_told(obligation, today):
            if window is not None and _has_no_part_yet(obligation, window, today):
                obligation = in_its_part(obligation, window, today, policy)  # noqa: PLW2901
            due_on = obligation.due_on(today)
            if obligation.part is not None and due_on != obligation.told_due_on:
                obligation = replace(obligation, told_due_on=due_on)  # noqa: PLW2901
                events.append(ObligationDueDateChanged(obligation.safeguarder_id, _owed(obligation, today)))
        after.append(obligation)
    return tuple(after), tuple(events)


def _has_no_part_yet(obligation: Obligation, window: Window, today: date) -> bool:
    runs = obligation.clock.state_on(today) is not ClockState.STOPPED
    return obligation.part is None and runs and today <= window.ends_on


def _may_be_told(obligation: Obligation, today: date) -> bool:
    clock, told_due_on = obligation.clock, obligation.told_due_on
    if clock.state_on(today) is ClockState.STOPPED or not clock.is_paused_without_end(today):
        return True
    return told_due_on is not None and told_due_on <= today


def end_membership(obligations: Sequence[Obligation], last_day: date) -> tuple[Obligation, ...]:
    """Stop every clock after the last day of membership (D15.15). An earlier end stays as it is."""
    first_day_after = last_day + timedelta(days=1)
    return tuple(
        replace(owed, clock=replace(owed.clock, ended_on=min(owed.clock.ended_on or first_day_after, first_day_after)))
        for owed in obligations
    )


def with_outcome(obligation: Obligation, delivered: bool, attended: bool, met_on: date | None) -> Obligation:
    """Return the obligation with what each side did. Its clock stops on `met_on`, or runs on if that is None."""
    clock = replace(obligation.clock, met_on=met_on)
    return replace(obligation, delivered=delivered, attended=attended, clock=clock)


def record_training_attendance(
    obligation: Obligation,
    training: TrainingAttendance,
    now: datetime,
    policy: SchedulingPolicy,
    away: Away = NEVER_AWAY,
) -> tuple[Obligation, TrainingAttendanceRecorded | None]:
    """Record or correct attendance at a mandatory training event. Return the obligation and the event to publish.

    The same record again says nothing new. It is not published, so the time to reply does not begin again (P4, P9).
    Attendance does not deliver the training. `trainings.deliver` does, from the event that was held.

    Raises:
        Refusal: NOT_A_TRAINING, TRAINING_IN_FUTURE, TRAINING_OUTSIDE_WINDOW, REASON_WITHOUT_ABSENCE, or any refusal of
            `check_sharing`, `check_not_away` and `check_not_reviewed`.
    """
    today, away = london_today(now), away.for_record(obligation.obligation_id)
    _check_training(obligation, training, today)
    check_sharing(training, today)
    check_not_away(training.attendance, training.held_on, away)
    check_not_reviewed(training.attendance, training.held_on, away.reviews)
    known = (obligation.attendance_on, obligation.attendance) == (training.held_on, training.attendance)
    if known and training.shared_on is None:
        return obligation, None
    part_counts = policy.part_attendance_counts
    attended = training.attendance.present and (training.attendance is not Attendance.PART or part_counts)
    working_days = policy.attendance_reply_working_days
    told = tell(training.attendance, training.held_on, training.shared_on or today, away, working_days)
    told = replace(told, sharing_reported=training.shared_on is not None)
    met_on = training.held_on if attended else None
    after = with_outcome(obligation, obligation.delivered, attended=attended, met_on=met_on)
    after = replace(after, attendance_on=training.held_on, attendance=training.attendance, told=told)
    return after, replace(_attendance_recorded(after, training.held_on, told, now), history=training.history)


def tell_attendance_again(
    obligation: Obligation, away: Away, now: datetime, policy: SchedulingPolicy
) -> tuple[Obligation, TrainingAttendanceRecorded | None]:
    """Return a training owed after a change of times away or of a review, with the event if it is told again."""
    recorded, on, before = obligation.attendance, obligation.attendance_on, obligation.told
    if recorded is None or on is None:
        return obligation, None
    away = away.for_record(obligation.obligation_id)
    told = tell_again(recorded, on, before, away, london_today(now), policy.attendance_reply_working_days)
    if told is None:
        return obligation, None
    only_time = before is not None and before.attendance is told.attendance
    event = replace(_attendance_recorded(obligation, on, told, now), reply_time_moved=only_time)
    return replace(obligation, told=told), event


def _attendance_recorded(obligation: Obligation, on: date, told: Told, now: datetime) -> TrainingAttendanceRecorded:
    return TrainingAttendanceRecorded(
        obligation.safeguarder_id,
        obligation.obligation_id,
        on,
        told.attendance,
        recorded_at=now,
        history=False,
        reply_due_on=told.reply_due_on,
        sharing_reported=told.sharing_reported,
    )


def _check_training(obligation: Obligation, training: TrainingAttendance, today: date) -> None:
    check_absence_reason(training.attendance, training.absence_reason)
    if obligation.kind is not ObligationKind.MANDATORY_TRAINING:
        message = "This obligation is a support session. Record attendance on the session itself."
        raise invalid("NOT_A_TRAINING", message, field="name")
    if training.held_on > today:
        message = "The event is in the future. Record attendance after it."
        raise invalid("TRAINING_IN_FUTURE", message, field="event_date")
    # Pauses move the due date beyond the window, so an event in that time still meets the obligation.
    last = max(obligation.window_ends_on, obligation.closes_on(today))
    if obligation.clock.ended_on is not None:
        last = min(last, obligation.clock.ended_on - timedelta(days=1))
    if not obligation.window_starts_on <= training.held_on <= last:
        message = (
            f"This obligation runs from {obligation.window_starts_on} to {last}. Name the one that covers the event."
        )
        raise invalid("TRAINING_OUTSIDE_WINDOW", message, field="event_date")


def _per_year(policy: SchedulingPolicy) -> dict[ObligationKind, int]:
    return {
        ObligationKind.SUPPORT_SESSION: policy.support_sessions_per_year,
        ObligationKind.MANDATORY_TRAINING: policy.mandatory_trainings_per_year,
    }


def _owed_in(window: Window, policy: SchedulingPolicy) -> list[tuple[ObligationKind, int]]:
    return [(kind, number + 1) for kind, owed in _per_year(policy).items() for number in range(window.share(owed))]


def in_its_part(obligation: Obligation, window: Window, today: date, policy: SchedulingPolicy) -> Obligation:
    """Return an obligation with its own part of its window.

    What was due before anyone knew of it falls due with the next part: nobody could have met it.
    """
    per_year = _per_year(policy)[obligation.kind]
    for number in range(obligation.number, per_year + 1):
        placed = replace(obligation, part=window.part(number, per_year))
        if placed.due_on(today) >= today:
            return placed
    return replace(obligation, part=window.part(per_year, per_year))


def is_owed_in(window: Window, obligation: Obligation, policy: SchedulingPolicy) -> bool:
    """Return whether a window asks for an obligation of this kind and number."""
    return (obligation.kind, obligation.number) in _owed_in(window, policy)


def _new(
    term: Term, window: Window, owed: tuple[ObligationKind, int], policy: SchedulingPolicy, new_id: NewId
) -> Obligation:
    kind, number = owed
    name = f"{term.safeguarder_id}/{term.number}/{window.starts_on}/{kind}/{number}"
    what = (new_id(name), term.safeguarder_id, term.number, kind, number)
    return Obligation(*what, window.starts_on, window.ends_on, policy.calendar, Clock(window.starts_on))


def _owed(obligation: Obligation, today: date) -> OwedObligation:
    return OwedObligation(obligation.obligation_id, obligation.kind, obligation.number, obligation.due_on(today))


def _opened(term: Term, window: Window, opened: Sequence[Obligation], today: date) -> ObligationsOpened:
    kinds = [owed.kind for owed in opened]
    return ObligationsOpened(
        term.safeguarder_id,
        window.starts_on,
        window.ends_on,
        support_sessions=kinds.count(ObligationKind.SUPPORT_SESSION),
        training_events=kinds.count(ObligationKind.MANDATORY_TRAINING),
        obligations=tuple(_owed(obligation, today) for obligation in opened),
    )
