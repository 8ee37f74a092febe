"""The context of every handler: the schedules, the support managers, the policy and the time."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.calendar_days import london_today
from services.refusals import not_found
from services.scheduling.domain.attendance import AbsenceReview, Away
from services.scheduling.domain.cover import Cover, without_right
from services.scheduling.domain.duties.absences import review_of_an_absence
from services.scheduling.domain.duties.complaints import ComplaintFact
from services.scheduling.domain.duties.cover import StandingLink
from services.scheduling.domain.duties.duties import Duty, follow_facts, told
from services.scheduling.domain.duties.facts import Facts, HeldSession, PlannedTerm, ReviewFact
from services.scheduling.domain.events import Event
from services.scheduling.domain.identifiers import DutyId, ObligationId, Region, SafeguarderId, SessionId
from services.scheduling.domain.obligations.obligations import Term
from services.scheduling.domain.obligations.policy import SchedulingPolicy
from services.scheduling.domain.obligations.times_away import away_of, pauses_of
from services.scheduling.domain.schedule import Schedule
from services.scheduling.domain.sessions.changes import number_changes
from services.scheduling.domain.sessions.diary import Diary
from services.scheduling.domain.sessions.sessions import SessionState
from services.scheduling.ports import Covers, Duties, Emergencies, Schedules, SupportManagers, Trainings

_IDS = uuid.UUID("5a1c7f0e-6f0b-5d0e-9d55-2b7c3a1e2016")
"""Namespace of the ids made from text. With another one, repeated work would make second sessions and obligations."""


@dataclass(frozen=True, slots=True)
class SchedulingContext:
    """Everything a handler needs to change schedules in the current transaction."""

    schedules: Schedules
    duties: Duties
    trainings: Trainings
    covers: Covers
    emergencies: Emergencies
    support_managers: SupportManagers
    regions: Mapping[str, Region]
    """The region of each area, by area id."""
    policy: SchedulingPolicy
    now: datetime

    @property
    def today(self) -> date:
        """The London date."""
        return london_today(self.now)

    def schedule(self, safeguarder_id: SafeguarderId) -> Schedule:
        """Return the schedule of an appointed Safeguarder, or refuse SAFEGUARDER_NOT_FOUND."""
        found = self.schedules.find(safeguarder_id)
        if found is None or not found.terms:
            message = "No Safeguarder with this id has been appointed."
            raise not_found("SAFEGUARDER_NOT_FOUND", message, "name")
        return found

    def reviews(self, safeguarder_id: SafeguarderId) -> tuple[AbsenceReview, ...]:
        """Return the reviews of a person's absences, for which they asked."""
        requests = (fact for fact in self.duties.facts(safeguarder_id) if isinstance(fact, ReviewFact))
        return tuple(review for review in map(review_of_an_absence, requests) if review)

    def away(self, schedule: Schedule) -> Away:
        """Return when a person is away, and the reviews of their absences."""
        return replace(away_of(schedule.times_away), reviews=self.reviews(schedule.safeguarder_id))

    def diary(self, schedule: Schedule) -> Diary | None:
        """Return the person's sessions and the manager's other engagements. None before the first support manager."""
        diary = schedule.diary(self.today)
        if diary is None:
            return None
        engaged_at = self.schedules.engaged_at(diary.support_manager, apart_from=schedule.safeguarder_id)
        return replace(diary, manager_engaged_at=engaged_at)

    def keep(self, before: Schedule, after: Schedule, events: Sequence[Event]) -> None:
        """Store what changed between two versions of a schedule, and publish the events.

        Every session that changed gets its next version, and how it stands is published after the other events.
        """
        sessions, changes = number_changes(before.sessions, after.sessions, self.now, self.policy)
        self.schedules.put(before, replace(after, sessions=sessions), (*events, *changes))
        if before.current_manager != after.current_manager:
            self.end_delegations(after)
        if _duties_rest_on(before) != _duties_rest_on(after):
            self.keep_duties(after)

    def cover_of(self, schedule: Schedule) -> Cover:
        """Return who supports a Safeguarder, who acts for that person, and whom a declared link keeps out."""
        safeguarder_id = schedule.safeguarder_id
        delegations, links = self.covers.delegations(safeguarder_id), self.covers.links(safeguarder_id)
        return Cover(schedule.current_manager, delegations, links)

    def end_delegations(self, schedule: Schedule) -> None:
        """End the delegations about a Safeguarder by which nobody may act any more."""
        self.covers.put_delegations(without_right(self.cover_of(schedule), self.now, self.today), self.now)

    def duties_changed(self, schedule: Schedule) -> tuple[Duty, ...]:
        """Return the duties about a Safeguarder that are no longer as they were told, each with its next version."""
        links = self.covers.links(schedule.safeguarder_id)
        standing = (
            StandingLink(link.link_id, link.person, london_today(link.declared_at)) for link in links if link.stands
        )
        left_on = schedule.left_on or date.min
        # Who complained waits for an answer, whether or not the person is still a member.
        known = self.duties.facts(schedule.safeguarder_id)
        said = tuple(fact for fact in known if fact.since_on > left_on or isinstance(fact, ComplaintFact))
        accesses = self.emergencies.to_review(schedule.safeguarder_id)
        facts = replace(_duties_rest_on(schedule), said=said, links=tuple(standing), accesses=accesses)
        return follow_facts(self.duties.of(schedule.safeguarder_id), facts, self.now, self.policy, duty_id)

    def keep_duties(self, schedule: Schedule) -> None:
        """Work out who owes what about a Safeguarder, and store and publish what changed."""
        changed = self.duties_changed(schedule)
        self.duties.put(changed, [told(duty, self.now) for duty in changed])


def _duties_rest_on(schedule: Schedule) -> Facts:
    """Return the part of a schedule from which duties are worked out."""
    held = (
        HeldSession(session.session_id, session.starts_on)
        for session in schedule.sessions
        if session.held_recorded_at is not None and session.starts_on > (schedule.left_on or date.min)
    )
    terms = tuple(_planned(term, schedule) for term in schedule.terms)
    pauses = pauses_of(schedule.times_away)
    manager = schedule.current_manager or ""
    last_days = (schedule.ended_on, schedule.leaves_on)
    return Facts(schedule.safeguarder_id, (), tuple(held), pauses, *last_days, terms, manager)


def _planned(term: Term, schedule: Schedule) -> PlannedTerm:
    """Return a term with the days of its sessions. An earlier release held some of which no record is owed."""
    of_term = [
        session
        for session in schedule.sessions
        if session.number and term.starts_on <= session.starts_on <= term.ends_on
    ]
    before = any(session.state is SessionState.HELD and session.held_recorded_at is None for session in of_term)
    days = (
        session.starts_on
        for session in of_term
        if session.is_open or (session.state is SessionState.HELD and session.held_recorded_at is not None)
    )
    return PlannedTerm(term.number, term.starts_on, term.ends_on, tuple(sorted(days)), before)


def session_id(name: str) -> SessionId:
    """Return the id of the session that a text names. The same text gives the same id, so repeats add nothing."""
    return SessionId(uuid.uuid5(_IDS, f"session/{name}").hex)


def obligation_id(name: str) -> ObligationId:
    """Return the id of the obligation that a text names. The same text gives the same id."""
    return ObligationId(uuid.uuid5(_IDS, f"obligation/{name}").hex)


def duty_id(name: str) -> DutyId:
    """Return the id of the duty that a text names. The same text gives the same id."""
    return DutyId(uuid.uuid5(_IDS, f"duty/{name}").hex)
