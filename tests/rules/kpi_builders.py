"""Invented facts for KPIs: people, what is owed to them, and what was done."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import strategies as st

from services.rules.domain.kpis.facts import (
    ConcernFact,
    DutyFact,
    EndFact,
    KpiFacts,
    NoReportFact,
    SampleFact,
    Step,
    StepFact,
    TermFact,
)
from services.rules.domain.kpis.periods import Period, period_of
from services.rules.domain.kpis.record import (
    OwedFact,
    PapersFact,
    PlanReasonFact,
    PromisedFact,
    RecordFact,
    ReviewAskedFact,
    SharedRecordFact,
)
from services.rules.domain.kpis.report import Figure, Report, report
from services.rules.domain.rulebook.kpi import Kpi, Population
from tests.rules.builders import items, shipped

YEAR_END = date(2027, 3, 31)
LATER = datetime(2027, 6, 1, 12, tzinfo=UTC)
OVER = date(2027, 6, 1)
SESSION, TRAINING = Population.SUPPORT_SESSION, Population.MANDATORY_TRAINING


def at(day: date | str, hour: int = 9) -> datetime:
    """Return an instant of a day."""
    return datetime.combine(date.fromisoformat(day) if isinstance(day, str) else day, time(hour), UTC)


def a_term(person: str = "sg-one", starts: str = "2025-01-06", ends: str = "2028-01-05", term: int = 1) -> TermFact:
    """Return a term that covers the whole contract year 2026-27."""
    return TermFact(person, term, date.fromisoformat(starts), date.fromisoformat(ends), at(starts))


def a_duty(name: str, person: str = "sg-one", due: str = "2026-12-31", kind: Population = SESSION) -> DutyFact:
    """Return a core session that is owed to a person by the end of 2026."""
    return DutyFact(name, person, kind, 1, date.fromisoformat(due), at("2026-01-06"))


def a_step(duty: str, step: Step, on: str, person: str = "sg-one", **what: Any) -> StepFact:
    """Return one step of a duty, recorded on the day."""
    session = what.pop("session", f"{duty}-session")
    recorded = what.pop("recorded", on)
    held = date.fromisoformat(on) if step is Step.RECORDED else None
    return StepFact(duty, person, session, step, at(recorded), on=held, **what)


def a_record(
    duty: str, on: str = "2026-09-01", attendance: str = "attended", delivered: bool = True, **what: Any
) -> StepFact:
    """Return a record of who was there, recorded on the day."""
    return a_step(duty, Step.RECORDED, on, attendance=attendance, delivered=delivered, **what)


def reported(facts: KpiFacts, label: str = "2026-27", as_of: date | None = None, known: datetime = LATER) -> Report:
    """Return the report with the rulebook that ships."""
    return report(shipped(), facts, period_of(label, as_of, OVER), known)


def figure_of(found: Report, kpi_id: str) -> Figure:
    """Return one figure of a report."""
    return next(figure for figure in found.figures if figure.kpi_id == kpi_id)


def kpi_named(kpi_id: str) -> Kpi:
    """Return a KPI that ships."""
    return next(kpi for kpi in shipped().kpis if kpi.kpi_id == kpi_id)


def year(as_of: date = YEAR_END) -> Period:
    """Return the contract year 2026-27."""
    return period_of("2026-27", as_of, OVER)


PEOPLE = ("sg-one", "sg-two", "sg-three")
_DAYS = st.dates(date(2025, 10, 1), date(2027, 5, 31))


@st.composite
def terms(draw: st.DrawFn, person: str) -> list[TermFact | EndFact]:
    """Draw a person's terms, one after the other, and perhaps an end."""
    starts = draw(st.dates(date(2024, 1, 1), date(2027, 2, 1)))
    ends = starts + timedelta(days=draw(st.integers(0, 1095)))
    found: list[TermFact | EndFact] = [TermFact(person, 1, starts, ends, at(starts))]
    if draw(st.booleans()):
        found.append(EndFact(person, draw(_DAYS), at(draw(_DAYS))))
    if draw(st.booleans()):
        again = ends + timedelta(days=1)
        found.append(TermFact(person, 2, again, again + timedelta(days=1000), at(draw(_DAYS))))
    return found


@st.composite
def steps(draw: st.DrawFn, duty: DutyFact) -> StepFact:
    """Draw any step of a duty."""
    on = draw(_DAYS)
    step = draw(st.sampled_from(Step))
    if step is not Step.RECORDED:
        return a_step(
            duty.duty_id, step, str(on), duty.safeguarder_id, by=draw(st.sampled_from(("team", "safeguarder")))
        )
    words = ("attended", "part", "awaiting_evidence", "absent_excused", "absent_unexcused")
    return a_record(
        duty.duty_id,
        str(on),
        draw(st.sampled_from(words)),
        draw(st.booleans()),
        person=duty.safeguarder_id,
        recorded=str(on + timedelta(days=draw(st.integers(0, 60)))),
        session=f"{duty.duty_id}-{draw(st.integers(1, 2))}",
    )


@st.composite
def _of_the_record(draw: st.DrawFn) -> RecordFact:
    """Draw any version of anything in the record of a person. Its id is that person's."""
    person, on, day, version = draw(st.sampled_from(PEOPLE)), draw(_DAYS), draw(_DAYS), draw(st.integers(1, 3))
    name = f"{person}-{draw(st.integers(1, 2))}"
    state = draw(st.sampled_from(("open", "met", "ended")))
    answer = draw(st.sampled_from(("awaited", "confirmed", "disputed", "no_answer", "withdrawn")))
    kinds: tuple[RecordFact, ...] = (
        OwedFact(f"owed-{name}", person, day, state, on, at(on), name, version),
        OwedFact(f"plan-{name}", person, day, state, on, at(on), "", version),
        PapersFact(name, person, at(day), day, state == "ended", at(on), version),
        SharedRecordFact(name, person, day, answer, ("c0",), (), on, at(on), version),
        PlanReasonFact(person, 1, on, at(on), version),
        PromisedFact(name, person, day, day, on if state == "met" else None, False, False, at(on), version),
        ReviewAskedFact(name, person, on, day, version - 1, day if state == "met" else None, "", name, on, at(on), 1),
    )
    return draw(st.sampled_from(kinds))


@st.composite
def kpi_facts(draw: st.DrawFn) -> KpiFacts:
    """Draw any facts about three people."""
    members = [fact for person in PEOPLE for fact in draw(terms(person))]
    duties = [
        DutyFact(f"{person}-{kind}-{number}", person, kind, number, draw(_DAYS), at("2025-10-01"))
        for person in draw(st.sets(st.sampled_from(PEOPLE)))
        for kind in (SESSION, TRAINING)
        for number in range(1, draw(st.integers(0, 2)) + 1)
    ]
    came = [step for duty in duties for step in draw(st.lists(steps(duty), max_size=3))]
    evidence = [
        (draw(st.sampled_from(PEOPLE)), draw(items(f"item-{place}"))) for place in range(draw(st.integers(0, 6)))
    ]
    missing = [
        NoReportFact(draw(st.sampled_from(PEOPLE)), day, draw(st.integers(0, 3)), "no_appointment", at(draw(_DAYS)))
        for day in draw(st.lists(_DAYS, max_size=3))
    ]
    sampled = [
        SampleFact(
            f"sample-{draw(st.integers(1, 3))}",
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from((date(2026, 4, 1), date(2026, 10, 1)))),
            at(day),
            report_id=draw(st.sampled_from(("report-1.1", "report-1.2", "report-1"))),
            read_on=draw(st.none() | st.just(day)),
            reason=draw(st.sampled_from(("", "not_provided"))),
        )
        for day in draw(st.lists(_DAYS, max_size=3))
    ]
    raised = [
        ConcernFact(
            f"c{place}", draw(st.sampled_from(PEOPLE)), "support_need", at(day), draw(st.none() | st.just(at(day)))
        )
        for place, day in enumerate(draw(st.lists(_DAYS, max_size=3)))
    ]
    record = draw(st.lists(_of_the_record(), max_size=6))
    return KpiFacts(
        tuple(fact for fact in members if isinstance(fact, TermFact)),
        tuple(fact for fact in members if isinstance(fact, EndFact)),
        tuple(duties),
        tuple(sorted(came, key=lambda step: step.recorded_at)),
        tuple(evidence),
        tuple(raised),
        tuple(sorted(missing, key=lambda fact: fact.recorded_at)),
        samples=tuple(sorted(sampled, key=lambda fact: fact.recorded_at)),
        record=tuple(record),
    )
