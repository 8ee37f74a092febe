"""The draw can be drawn again, by everybody who has the seed and the references (R53, record 2.8)."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.evidence.domain.evidence_item import ItemState, Kind
from services.evidence.domain.samples import draw
from services.evidence.domain.samples.sample import Report, State
from tests.evidence.samples.build import NOW, ROUND, a_record, a_report, a_sample

REPORTS = [a_report(number) for number in range(40)]
FEW = REPORTS[:6]
AGAIN = """
import hashlib
references = [f"case-{number:04}/2026-10-01" for number in range(40)]
key = lambda reference: hashlib.sha256(f"1:5eed:sg-one:{reference}".encode()).hexdigest()
print(*sorted(references, key=key))
"""
"""The draw as docs/samples.md describes it, without a line of ours."""


def test_the_draw_can_be_drawn_again_in_another_process() -> None:
    drawn = draw.in_order(ROUND.seed, "sg-one", REPORTS)
    again = subprocess.run([sys.executable, "-c", AGAIN], capture_output=True, text=True, check=True)
    assert again.stdout.split() == [f"{report.case_reference}/{report.due_on}" for report in drawn]


@given(st.permutations(FEW), st.integers(0, 999).map(str), st.integers(0, 5))
def test_neither_the_order_nor_one_report_more_moves_the_others(reports: list[Report], seed: str, more: int) -> None:
    whole = draw.in_order(seed, "sg-one", reports)
    without = draw.in_order(seed, "sg-one", [report for report in reports if report != FEW[more]])
    assert whole == draw.in_order(seed, "sg-one", FEW)
    assert without == tuple(report for report in whole if report != FEW[more])


def test_every_report_comes_first_about_as_often_and_a_fifth_of_people_are_read_twice() -> None:
    seeds = [f"seed {number}" for number in range(1000)]
    first = [draw.in_order(seed, "sg-one", REPORTS[:4])[0] for seed in seeds]
    assert all(200 < first.count(report) < 300 for report in REPORTS[:4])
    assert 150 < sum(draw.is_read_twice(seed, "sg-one", 20) for seed in seeds) < 250
    assert all(draw.is_read_twice(seed, "sg-one", 100) for seed in seeds)


def test_a_round_is_half_a_contract_year_and_takes_the_reports_filed_since_the_last_one() -> None:
    days = {"2026-04-01": "2026-H1", "2026-09-30": "2026-H1", "2026-10-01": "2026-H2", "2027-03-31": "2026-H2"}
    assert {day: draw.half_of(date.fromisoformat(day)) for day in days} == days
    assert [draw.first_day(half) for half in ("2026-H1", "2026-H2")] == [date(2026, 4, 1), date(2026, 10, 1)]
    first = draw.new_round("5eed", None, "panel-team", NOW)
    assert (first.round_id, first.since, first.until) == ("2026-H2", date(2026, 4, 1), date(2026, 11, 28))
    following = draw.new_round("other", first, "panel-team", NOW + timedelta(days=150))
    assert (following.round_id, following.since) == ("2027-H1", date(2026, 11, 29))


def test_a_report_that_is_filed_once_the_seed_is_known_cannot_be_drawn() -> None:
    """Who knows the seed could else file the report that comes first."""
    days = [ROUND.since - timedelta(days=1), ROUND.since, ROUND.until, ROUND.until + timedelta(days=1)]
    records = [a_record(a_report(number, day)) for number, day in enumerate(days)]
    found = draw.reports_of(ROUND, records, [], [])
    assert [report.filed_on for report in found] == days[1:3]


def test_a_report_that_was_read_is_not_drawn_again() -> None:
    reports = [a_report(number) for number in range(4)]
    records = [a_record(report) for report in reports]
    review = records[0].content._replace(kind=Kind.REPORT_SAMPLE_REVIEW, timeliness=None)
    named = records[0]._replace(content=review._replace(report_due_on=reports[0].due_on))
    of_the_case = records[1]._replace(content=review._replace(case_reference=reports[1].case_reference))
    taken_back = named._replace(
        content=named.content._replace(case_reference=reports[3].case_reference), state=ItemState.WITHDRAWN
    )
    before = replace(a_sample(), state=State.OBTAINED, drawn_from=(replace(reports[2], due_on=date(2026, 9, 1)),))
    found = draw.reports_of(ROUND, records, [named, of_the_case, taken_back], [before])
    assert found == [reports[3]], "SCRA corrected the due date of the third one after it was sampled"
    not_had = replace(before, state=State.NOT_AVAILABLE)
    assert draw.reports_of(ROUND, records, [], [not_had]) == reports


def test_a_record_that_was_taken_out_or_names_no_case_is_not_drawn_from() -> None:
    record = a_record(a_report())
    no_case = record._replace(content=record.content._replace(case_reference=""))
    corrected = record._replace(state=ItemState.SUPERSEDED)
    assert draw.reports_of(ROUND, [no_case, corrected], [], []) == []
    assert len(draw.reports_of(ROUND, [record, record], [], [])) == 1


def test_a_person_has_one_sample_in_a_round() -> None:
    known = draw.draw(ROUND, "sg-one", [], 20, NOW)
    assert (known.state, known.report) == (State.DUE, None)
    assert known.sample_id == a_sample().sample_id
    assert known.sample_id != draw.sample_id_of("2027-H1", "sg-one")
