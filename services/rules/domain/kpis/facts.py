"""The facts from which KPIs are worked out, each with the time it was recorded."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.rules.domain.closed_lists import ItemStatus
from services.rules.domain.concerns.history import Made
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.kpis.record import RecordFact
from services.rules.domain.rulebook.kpi import Population


@dataclass(frozen=True, slots=True)
class TermFact:
    """An appointment by Scottish Ministers for a term, from its first to its last day.

    Of two facts about the same thing, the one with the higher `sequence` is the newer one, whatever the clocks of the
    services showed. It is the number of the event within its key, and 0 for facts stored by earlier releases.
    """

    safeguarder_id: str
    term: int
    starts_on: date
    ends_on: date
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class EndFact:
    """The end of a membership. `ended_on` is its last day."""

    safeguarder_id: str
    ended_on: date
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class MembershipFact:
    """A whole membership as a correction has it: the first and last day of each term. It replaces all before it."""

    safeguarder_id: str
    terms: tuple[tuple[int, date, date], ...]
    """The number of each term, with its days. Of one that was ended, the last day of membership."""
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class AllocationFact:
    """An allocation to a support manager and the region of that manager, from a day on."""

    safeguarder_id: str
    support_manager: str
    region: str
    from_on: date
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class DutyFact:
    """A duty: a support session, or a mandatory training event, that is owed to a person by a day.

    Of several facts about one duty, the newest gives the due date.
    """

    duty_id: str
    safeguarder_id: str
    kind: Population
    number: int
    due_on: date
    recorded_at: datetime
    sequence: int = 0


class Step(StrEnum):
    """The steps of a duty."""

    OFFERED = "offered"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RECORDED = "recorded"
    HELD = "held"
    """A training event was held that delivers the duty. One that is not delivered was not held after all."""


@dataclass(frozen=True, slots=True)
class StepFact:
    """One step of a duty. `by` is who moved or cancelled it. A record says who was there, on the day of the session.

    `session_id` names the session or event. A newer record of the same one corrects those before it.
    """

    duty_id: str
    safeguarder_id: str
    session_id: str
    step: Step
    recorded_at: datetime
    by: str = ""
    on: date | None = None
    delivered: bool = False
    attendance: str = ""
    sequence: int = 0
    mode: str = ""
    """How a session was held. Empty if it was not, and of a release that did not say."""


@dataclass(frozen=True, slots=True)
class NoReportFact:
    """A number of reports in the contract year of a day that could not be sampled. The latest of a year counts."""

    safeguarder_id: str
    on: date
    reports: int
    reason: str
    recorded_at: datetime
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class SampleFact:
    """How the sampled report of a person stands, in the round of the half year that begins on a day.

    `report_id` is the same as that of an item about the report. `reason` says why no report can be had.
    Of several facts about one sample, the newest one holds.
    """

    sample_id: str
    safeguarder_id: str
    on: date
    recorded_at: datetime
    report_id: str = ""
    read_on: date | None = None
    reason: str = ""
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class AwayFact:
    """A leave or a suspension. `ends_on`: its last day, or None while nobody knows it. The newest of one id holds.

    `sequence`: its version.
    """

    safeguarder_id: str
    time_away_id: str
    starts_on: date
    ends_on: date | None
    cancelled: bool
    recorded_at: datetime
    sequence: int = 0


Dated = (
    TermFact | EndFact | MembershipFact | AllocationFact | DutyFact | StepFact | NoReportFact | SampleFact | AwayFact
)


def age(fact: Dated) -> tuple[int, datetime]:
    """Return what puts the facts of one source about one person in order, the newest last."""
    return fact.sequence, fact.recorded_at


@dataclass(frozen=True, slots=True)
class ConcernFact:
    """A concern, or praise, that was raised.

    `evidence_recorded_at` is when the evidence that led to it was recorded, None if it was not evidence.
    """

    concern_id: str
    safeguarder_id: str
    lane: str
    raised_at: datetime
    evidence_recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class EscalationFact:
    """An escalation of a concern. `before` are all moves that people had made on it until then, oldest first."""

    concern_id: str
    safeguarder_id: str
    escalated_at: datetime
    before: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """All facts that a report on a period can need."""

    terms: tuple[TermFact, ...] = ()
    ends: tuple[EndFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    steps: tuple[StepFact, ...] = ()
    items: tuple[tuple[str, EvidenceFact], ...] = ()
    """All versions of all items, each with the id of the Safeguarder."""
    concerns: tuple[ConcernFact, ...] = ()
    no_reports: tuple[NoReportFact, ...] = ()
    allocations: tuple[AllocationFact, ...] = ()
    escalations: tuple[EscalationFact, ...] = ()
    samples: tuple[SampleFact, ...] = ()
    away: tuple[AwayFact, ...] = ()
    record: tuple[RecordFact, ...] = ()
    memberships: tuple[MembershipFact, ...] = ()

    def known_at(self, instant: datetime) -> "KpiFacts":
        """Return the facts recorded by an instant. Of each item, that is its latest version, if that is current."""
        return KpiFacts(
            terms=tuple(fact for fact in self.terms if fact.recorded_at <= instant),
            ends=tuple(fact for fact in self.ends if fact.recorded_at <= instant),
            duties=tuple(_newest(fact for fact in self.duties if fact.recorded_at <= instant)),
            steps=tuple(fact for fact in self.steps if fact.recorded_at <= instant),
            items=tuple(_current(fact for fact in self.items if fact[1].recorded_at <= instant)),
            concerns=tuple(fact for fact in self.concerns if fact.raised_at <= instant),
            no_reports=tuple(fact for fact in self.no_reports if fact.recorded_at <= instant),
            samples=tuple(fact for fact in self.samples if fact.recorded_at <= instant),
            allocations=tuple(fact for fact in self.allocations if fact.recorded_at <= instant),
            escalations=tuple(fact for fact in self.escalations if fact.escalated_at <= instant),
            away=tuple(fact for fact in self.away if fact.recorded_at <= instant),
            record=tuple(fact for fact in self.record if fact.recorded_at <= instant),
            memberships=tuple(fact for fact in self.memberships if fact.recorded_at <= instant),
        )


def _newest(duties: Iterable[DutyFact]) -> Iterable[DutyFact]:
    return {duty.duty_id: duty for duty in sorted(duties, key=age)}.values()


def _current(items: Iterable[tuple[str, EvidenceFact]]) -> Iterator[tuple[str, EvidenceFact]]:
    newest: dict[str, tuple[str, EvidenceFact]] = {}
    for person, item in items:
        known = newest.get(item.evidence_id)
        if known is None or known[1].version < item.version:
            newest[item.evidence_id] = (person, item)
    return (found for found in newest.values() if found[1].status is ItemStatus.CURRENT)


@dataclass(frozen=True, slots=True)
class Service:
    """The days on which a person serves: the first and last day of each term that is known.

    `away`: the first and last day of each leave and suspension, whose days are left out. They do not overlap.
    """

    spans: tuple[tuple[date, date], ...] = ()
    away: tuple[tuple[date, date], ...] = ()

    def days_within(self, starts_on: date, ends_on: date) -> int:
        """Return on how many days the person serves, from one day to another, both included."""
        return _days((max(first, starts_on), min(last, ends_on)) for first, last in self.spans)

    def days_there(self, starts_on: date, ends_on: date) -> int:
        """Return on how many of these days the person serves and is neither on leave nor suspended."""
        within = [(max(first, starts_on), min(last, ends_on)) for first, last in self.spans]
        gone = [(max(a, first), min(b, last)) for first, last in within for a, b in self.away]
        return self.days_within(starts_on, ends_on) - _days(gone)

    def serves_on(self, day: date) -> bool:
        """Return whether the person serves on a day."""
        return any(first <= day <= last for first, last in self.spans)


def services(facts: KpiFacts) -> Mapping[str, Service]:
    """Return when each person serves.

    An end cuts off all terms that came before it. An appointment that came later starts a new term. A correction has
    the whole membership.
    """
    found: dict[str, dict[int, tuple[date, date]]] = {}
    away = _away(facts.away)
    heard: list[TermFact | EndFact | MembershipFact] = [*facts.terms, *facts.ends, *facts.memberships]
    for fact in sorted(heard, key=age):
        spans = found.setdefault(fact.safeguarder_id, {})
        if isinstance(fact, MembershipFact):
            found[fact.safeguarder_id] = {term: (first, last) for term, first, last in fact.terms}
            continue
        if isinstance(fact, TermFact):
            spans[fact.term] = (fact.starts_on, fact.ends_on)
            continue
        for term, (first, last) in list(spans.items()):
            spans[term] = (first, min(last, fact.ended_on))
    return {
        person: Service(tuple(sorted(span for span in spans.values() if span[0] <= span[1])), away.get(person, ()))
        for person, spans in found.items()
    }


def _days(spans: Iterable[tuple[date, date]]) -> int:
    return sum(max(0, (last - first).days + 1) for first, last in spans)


def _away(facts: Iterable[AwayFact]) -> dict[str, tuple[tuple[date, date], ...]]:
    """Return when each person was away, by the newest record of each time. Times that overlap become one."""
    newest = {fact.time_away_id: fact for fact in sorted(facts, key=age)}
    found: dict[str, list[tuple[date, date]]] = {}
    for fact in sorted(newest.values(), key=lambda fact: (fact.starts_on, fact.time_away_id)):
        if fact.cancelled:
            continue
        spans, first, last = found.setdefault(fact.safeguarder_id, []), fact.starts_on, fact.ends_on or date.max
        if spans and first <= spans[-1][1]:
            first, before = spans.pop()
            last = max(last, before)
        spans.append((first, last))
    return {person: tuple(spans) for person, spans in found.items()}


def contract_year(day: date) -> int:
    """Return the calendar year in which the contract year of a day begins, on 1 April."""
    return day.year if day.month >= 4 else day.year - 1
