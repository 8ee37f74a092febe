"""What KPIs are worked out from: memberships, duties and what came of them, evidence, concerns; each as known when."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.rules.domain.closed_lists import ItemStatus
from services.rules.domain.concerns.history import Made
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.rulebook.kpi import Population


@dataclass(frozen=True, slots=True)
class TermFact:
    """Ministers appointed a person for a term, from its first to its last day."""

    safeguarder_id: str
    term: int
    starts_on: date
    ends_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class EndFact:
    """Membership ended; `ended_on` is its last day."""

    safeguarder_id: str
    ended_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AllocationFact:
    """A person has this support manager, in this region, from a day on."""

    safeguarder_id: str
    support_manager: str
    region: str
    from_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class DutyFact:
    """A support session, or a mandatory training event, is owed to a person by a day."""

    duty_id: str
    safeguarder_id: str
    kind: Population
    number: int
    due_on: date
    recorded_at: datetime


class Step(StrEnum):
    """What came of a duty."""

    OFFERED = "offered"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class StepFact:
    """Something that came of a duty. `by` is who moved or cancelled; a record says who was there, on its day.

    `session_id` names the session or event: a second record of the same one corrects the first.
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


@dataclass(frozen=True, slots=True)
class NoReportFact:
    """So many reports of the contract year of a day were not there to be sampled. The latest for a year holds."""

    safeguarder_id: str
    on: date
    reports: int
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ConcernFact:
    """A concern, or praise, was raised. `evidence_recorded_at`: of the evidence that set it off; None when none did."""

    concern_id: str
    safeguarder_id: str
    lane: str
    raised_at: datetime
    evidence_recorded_at: datetime | None


@dataclass(frozen=True, slots=True)
class EscalationFact:
    """A concern was taken to the Team; `before`: every move that people had made about it until then, oldest first."""

    concern_id: str
    safeguarder_id: str
    escalated_at: datetime
    before: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class KpiFacts:
    """Everything that may bear on a period, in the order in which it was recorded."""

    terms: tuple[TermFact, ...] = ()
    ends: tuple[EndFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    steps: tuple[StepFact, ...] = ()
    items: tuple[tuple[str, EvidenceFact], ...] = ()
    """Every version of every item, each with the id of the person it is about."""
    concerns: tuple[ConcernFact, ...] = ()
    no_reports: tuple[NoReportFact, ...] = ()
    allocations: tuple[AllocationFact, ...] = ()
    escalations: tuple[EscalationFact, ...] = ()

    def known_at(self, instant: datetime) -> "KpiFacts":
        """What had been recorded by an instant; of each item only the version then current, if it then counted."""
        return KpiFacts(
            terms=tuple(fact for fact in self.terms if fact.recorded_at <= instant),
            ends=tuple(fact for fact in self.ends if fact.recorded_at <= instant),
            duties=tuple(fact for fact in self.duties if fact.recorded_at <= instant),
            steps=tuple(fact for fact in self.steps if fact.recorded_at <= instant),
            items=tuple(_current(fact for fact in self.items if fact[1].recorded_at <= instant)),
            concerns=tuple(fact for fact in self.concerns if fact.raised_at <= instant),
            no_reports=tuple(fact for fact in self.no_reports if fact.recorded_at <= instant),
            allocations=tuple(fact for fact in self.allocations if fact.recorded_at <= instant),
            escalations=tuple(fact for fact in self.escalations if fact.escalated_at <= instant),
        )


def _current(items: Iterable[tuple[str, EvidenceFact]]) -> Iterator[tuple[str, EvidenceFact]]:
    newest: dict[str, tuple[str, EvidenceFact]] = {}
    for person, item in items:
        known = newest.get(item.evidence_id)
        if known is None or known[1].version < item.version:
            newest[item.evidence_id] = (person, item)
    return (found for found in newest.values() if found[1].status is ItemStatus.CURRENT)


@dataclass(frozen=True, slots=True)
class Service:
    """Days on which a person serves: first and last day of each term, as far as they are known."""

    spans: tuple[tuple[date, date], ...] = ()

    def days_within(self, starts_on: date, ends_on: date) -> int:
        """How many of the days from one to another, both counted, the person serves."""
        days = ((min(last, ends_on) - max(first, starts_on)).days + 1 for first, last in self.spans)
        return sum(max(0, number) for number in days)

    def serves_on(self, day: date) -> bool:
        """Whether the person serves on a day."""
        return any(first <= day <= last for first, last in self.spans)


def services(facts: KpiFacts) -> Mapping[str, Service]:
    """When each person serves. An end cuts off what was known of terms by then; a later appointment begins anew."""
    found: dict[str, dict[int, tuple[date, date]]] = {}
    both: list[TermFact | EndFact] = [*facts.terms, *facts.ends]
    for fact in sorted(both, key=lambda fact: fact.recorded_at):
        spans = found.setdefault(fact.safeguarder_id, {})
        if isinstance(fact, TermFact):
            spans[fact.term] = (fact.starts_on, fact.ends_on)
            continue
        for term, (first, last) in list(spans.items()):
            spans[term] = (first, min(last, fact.ended_on))
    return {
        person: Service(tuple(sorted(span for span in spans.values() if span[0] <= span[1])))
        for person, spans in found.items()
    }


def contract_year(day: date) -> int:
    """The calendar year in which the contract year of a day begins, on 1 April."""
    return day.year if day.month >= 4 else day.year - 1


def year_before(day: date) -> date:
    """The first day of the twelve months that end on a day."""
    next_day = day + timedelta(days=1)
    try:
        return next_day.replace(year=next_day.year - 1)
    except ValueError:
        return date(next_day.year - 1, 3, 1)
