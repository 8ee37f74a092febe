"""A newer record replaces those before it in every figure, whatever the clocks of the services showed."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.kpis.facts import AllocationFact, EndFact, KpiFacts, NoReportFact, StepFact, services
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.regions import regions_of
from tests.rules.kpi_builders import LATER, TRAINING, YEAR_END, a_duty, a_record, a_term, at, figure_of, reported, steps

DUTIES = (a_duty("session"), a_duty("training", kind=TRAINING))
TOLD = at("2026-10-01")


def of_year(*steps: StepFact) -> KpiFacts:
    return KpiFacts((a_term(),), duties=DUTIES, steps=steps)


@given(st.data())
def test_figures_follow_the_newest_record_of_each_session(data: st.DataObject) -> None:
    """P1: records in any order, with days and clocks in any order, tell what the newest of each session tells."""
    drawn = [data.draw(steps(data.draw(st.sampled_from(DUTIES)))) for _ in range(data.draw(st.integers(1, 8)))]
    everything = [replace(step, sequence=number) for number, step in enumerate(drawn, 1)]
    # What comes after the report was made corrects nothing in it.
    known = [step for step in everything if step.recorded_at <= LATER]
    newest = {(step.duty_id, step.session_id, step.step): step for step in known}
    as_of = data.draw(st.sampled_from((date(2026, 9, 30), date(2026, 12, 31), YEAR_END)))
    shuffled = data.draw(st.permutations(everything))
    corrected = [step for step in known if step.on is None or newest[step.duty_id, step.session_id, step.step] is step]
    found, wanted = (reported(of_year(*facts), as_of=as_of) for facts in (shuffled, corrected))
    assert found.content == wanted.content


def test_a_record_that_is_moved_to_a_later_day_says_nothing_of_the_day_before() -> None:
    """P1: only the date of the record is corrected."""
    first = replace(a_record("training", "2026-09-01"), sequence=1)
    moved = replace(a_record("training", "2026-11-03", recorded="2026-11-04"), sequence=2)
    on_10_october = reported(of_year(first, moved), as_of=date(2026, 10, 10))
    assert figure_of(on_10_october, "kpi-5-attended").numerator.units == 0
    at_the_end = reported(of_year(first, moved))
    assert figure_of(at_the_end, "kpi-5-attended").numerator.units == 1


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 5)), min_size=1, max_size=6), st.randoms())
def test_reports_not_available_are_those_of_the_newest_record(records: list[tuple[int, int]], random: object) -> None:
    facts = [
        NoReportFact("sg-one", date(2026, 9, 1), reports, "no_appointment", TOLD + timedelta(hours=hours), number)
        for number, (reports, hours) in enumerate(records, 1)
    ]
    random.shuffle(facts)  # type: ignore[attr-defined]
    known = Known(KpiFacts(no_reports=tuple(facts)), YEAR_END)
    assert [fact.reports for fact in known.no_reports("sg-one", (date(2026, 4, 1), YEAR_END))] == [records[-1][0]]


@given(st.lists(st.tuples(st.sampled_from(("east", "west")), st.integers(-5, 5)), min_size=1, max_size=6), st.randoms())
def test_the_newest_allocation_of_a_day_holds(records: list[tuple[str, int]], random: object) -> None:
    facts = [
        AllocationFact("sg-one", f"manager-{region}", region, date(2026, 9, 1), TOLD + timedelta(hours=hours), number)
        for number, (region, hours) in enumerate(records, 1)
    ]
    random.shuffle(facts)  # type: ignore[attr-defined]
    assert regions_of(Known(KpiFacts(allocations=tuple(facts)), YEAR_END)) == {"sg-one": records[-1][0]}


def test_an_end_cuts_off_the_terms_before_it_though_the_clock_went_back() -> None:
    appointed = replace(a_term(), recorded_at=at("2026-01-06", 12), sequence=1)
    ended = EndFact("sg-one", date(2026, 11, 30), at("2026-01-06", 11), 2)
    (span,) = services(KpiFacts((appointed,), (ended,)))["sg-one"].spans
    assert span[1] == date(2026, 11, 30)
