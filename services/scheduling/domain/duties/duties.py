"""Duties as they are kept and told. The newest facts decide how each stands, whatever came before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import WorkingCalendar, first_working_day_from, london_today
from services.scheduling.domain.duties.endings import was_met
from services.scheduling.domain.duties.facts import Facts
from services.scheduling.domain.duties.owed import Owed, owed_on, said_to_be_done
from services.scheduling.domain.duties.states import DutyKind, OwedBy
from services.scheduling.domain.events import DutyChanged
from services.scheduling.domain.identifiers import DutyId, SafeguarderId
from services.scheduling.domain.obligations.clocks import PauseReason
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.versions import next_version


class DutyState(StrEnum):
    """How a duty stands."""

    RUNNING = "running"
    STANDING_STILL = "standing_still"
    MET = "met"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that somebody owes by a day, as it was last told."""

    duty_id: DutyId
    safeguarder_id: SafeguarderId
    kind: DutyKind
    owed_by: OwedBy
    about: str
    """Name under the Safeguarder of the record, plan, action, support, view, change of approach or request."""
    mark: str
    """Which one, where the same can be owed again."""
    state: DutyState
    starts_on: date
    """The first day that counts."""
    due_on: date
    """The last day, moved by the days that it stood still."""
    standstill_reasons: tuple[PauseReason, ...] = ()
    version: int = 0
    person: str = ""
    """Who owes it, where that is one person other than the Safeguarder and the support manager."""

    @property
    def is_open(self) -> bool:
        """True while it is owed."""
        return self.state in {DutyState.RUNNING, DutyState.STANDING_STILL}

    def is_overdue(self, today: date) -> bool:
        """Return whether its last day has passed and it is still owed.

        A Safeguarder whose last day is a closed day has the next office day too. The Team has not.
        """
        theirs = self.owed_by is OwedBy.SAFEGUARDER
        last_day = first_working_day_from(WorkingCalendar.OFFICE, self.due_on) if theirs else self.due_on
        return self.is_open and last_day < today


def follow_facts(
    known: Sequence[Duty], facts: Facts, now: datetime, policy: SchedulingPolicy, new_id: Callable[[str], DutyId]
) -> tuple[Duty, ...]:
    """Return the duties that are no longer as they were told, each with its next version.

    A duty that is first known when it is over is left out: nobody was asked for it. An action that is said to be done
    is told with its day all the same, because its outcome depends on the day. Calling this again changes nothing.
    `new_id` makes the id from text that names exactly one duty.
    """
    today = london_today(now)
    before = {duty.duty_id: duty for duty in known}
    standing = {duty.duty_id: duty for duty in _standing(facts, today, policy, new_id)}
    standing |= {duty.duty_id: duty for duty in _done(facts, today, new_id)}
    over = (_closed(duty, facts) for duty in known if duty.is_open and duty.duty_id not in standing)
    return tuple(_numbered(_changes(before, (*standing.values(), *over)), before, now))


def told(duty: Duty, now: datetime) -> DutyChanged:
    """Return the event that says how a duty stands."""
    return DutyChanged(
        duty.safeguarder_id,
        duty.duty_id,
        duty.version,
        duty.kind,
        duty.owed_by,
        duty.about,
        duty.state,
        duty.due_on,
        duty.standstill_reasons,
        now,
        duty.person,
    )


def _standing(facts: Facts, today: date, policy: SchedulingPolicy, new_id: Callable[[str], DutyId]) -> Iterable[Duty]:
    for owed in owed_on(today, facts, policy):
        yield _duty(facts.safeguarder_id, owed, today, new_id)


def _done(facts: Facts, today: date, new_id: Callable[[str], DutyId]) -> Iterable[Duty]:
    for owed in said_to_be_done(today, facts):
        duty = _duty(facts.safeguarder_id, owed, today, new_id)
        yield replace(duty, state=DutyState.MET, standstill_reasons=())


def _duty(safeguarder_id: SafeguarderId, owed: Owed, today: date, new_id: Callable[[str], DutyId]) -> Duty:
    duty_id = new_id(f"{safeguarder_id}/{owed.kind}/{owed.about}/{owed.mark}")
    reasons = owed.stands_still_because(today)
    state = DutyState.STANDING_STILL if reasons else DutyState.RUNNING
    what = (owed.kind, owed.owed_by, owed.about, owed.mark)
    days = (owed.clock.starts_on, owed.due_on(today))
    return Duty(duty_id, safeguarder_id, *what, state, *days, reasons, person=owed.person)


def _closed(duty: Duty, facts: Facts) -> Duty:
    met = was_met(duty.kind, duty.about, duty.mark, facts)
    return replace(duty, state=DutyState.MET if met else DutyState.ENDED, standstill_reasons=())


def _changes(before: dict[DutyId, Duty], after: Iterable[Duty]) -> Iterable[Duty]:
    for duty in after:
        known = before.get(duty.duty_id)
        if known is None or replace(duty, version=known.version) != known:
            yield duty


def _numbered(changed: Iterable[Duty], before: dict[DutyId, Duty], now: datetime) -> Iterable[Duty]:
    for duty in changed:
        known = before.get(duty.duty_id)
        yield replace(duty, version=next_version(known.version if known else 0, now))
