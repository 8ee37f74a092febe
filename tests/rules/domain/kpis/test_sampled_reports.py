"""KPI 6 reads the rounds of sampling, and never counts one report twice (R161, D9, P16)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.rules.domain.closed_lists import Kind
from services.rules.domain.kpis.facts import KpiFacts, NoReportFact, SampleFact
from services.rules.domain.kpis.known import Known
from services.rules.domain.kpis.report import ledger
from tests.rules.builders import an_item, shipped
from tests.rules.kpi_builders import YEAR_END, a_term, at, kpi_named, year

H1, H2 = date(2026, 4, 1), date(2026, 10, 1)
READ = SampleFact("h1", "sg-one", H1, at("2026-05-04"), "case.report", date(2026, 5, 4), sequence=1)
SECOND = replace(READ, sample_id="h2", on=H2, report_id="other.report", read_on=date(2026, 11, 2))
GONE = replace(SECOND, read_on=None, reason="no_report_due")
REVIEW = an_item("item", date(2026, 5, 4), kind=Kind.REPORT_SAMPLE_REVIEW, polarity="neutral", judged_id="case.report")


def words(*samples: SampleFact, items: tuple = (), missing: int = 0, as_of: date = YEAR_END) -> tuple[object, ...]:  # type: ignore[type-arg]
    recorded = NoReportFact("sg-one", date(2026, 9, 1), missing, "not_provided", at("2026-09-01"))
    facts = KpiFacts(
        (a_term(),),
        items=tuple(("sg-one", item) for item in items),
        no_reports=(recorded,) if missing else (),
        samples=samples,
    )
    (entry,) = ledger(kpi_named("kpi-6-seen"), shipped(), Known(facts, as_of), year(as_of))
    said = entry.unit.words
    seen, there = said["report_sample_review_items"], said["reports_seen_or_not_available"]
    return seen, there, said["not_available_because"], entry.judgement.result.value


def test_a_sampled_report_is_seen_from_its_first_reading_on() -> None:
    """Its item waits until two readers have reconciled; what the Team owes is done."""
    assert words(READ)[0] == 1
    assert words(READ, as_of=date(2026, 5, 3))[0] == 0
    assert words(replace(READ, read_on=None))[0] == 0
    assert words(READ, SECOND)[3] == "counted"


def test_one_report_one_item() -> None:
    """The sample and its item are about one report, and so are two readings, whichever is heard first."""
    again = replace(REVIEW, evidence_id="by-hand")
    assert words(READ, items=(REVIEW, again))[0] == 1
    assert words(READ, replace(SECOND, report_id=READ.report_id))[0] == 1
    of_the_case = replace(REVIEW, evidence_id="no-due-date", judged_id="case")
    assert words(READ, items=(of_the_case,))[0] == 1, "it may be of the same report"
    assert words(SECOND, items=(REVIEW,))[0] == 2


def test_a_report_that_cannot_be_had_leaves_the_kpi_with_its_reason() -> None:
    assert words(READ, GONE) == (1, 2, "no_report_due", "left_out")
    came = replace(GONE, reason="", read_on=date(2026, 12, 1), recorded_at=at("2026-12-01"), sequence=2)
    assert words(READ, GONE, came) == (2, 2, "nothing", "counted")
    assert words(READ, came, GONE)[0] == 2, "the newest fact holds, in whatever order they come"


@pytest.mark.parametrize(
    ("missing", "there", "why"), [(0, 1, "no_report_due"), (1, 1, "not_provided"), (2, 2, "not_provided")]
)
def test_a_round_and_the_record_of_the_year_speak_of_the_same_reports(missing: int, there: int, why: str) -> None:
    assert words(GONE, missing=missing)[1:3] == (there, why)


def test_a_round_of_another_year_says_nothing_of_this_one() -> None:
    before = replace(GONE, on=date(2025, 10, 1))
    assert words(before)[1] == 0
    late = replace(READ, on=date(2025, 10, 1), read_on=H1 + timedelta(days=9))
    assert words(late)[0] == 1, "read in this year, it is seen in this year"
