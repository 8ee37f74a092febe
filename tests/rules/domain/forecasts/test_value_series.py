"""A value series says at each moment what the live path measures then (B2, Q25)."""

from datetime import timedelta

import pytest
from hypothesis import given, settings

from services.rules.domain.closed_lists import Counts
from services.rules.domain.evaluation.answering import PASSING_DAYS
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import CaseFile
from services.rules.domain.forecasts.person_series import Known, PersonSeries
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.series import Series
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import TODAY, a_case_file, a_late_report, shipped
from tests.rules.domain.forecasts.test_over_time import RULEBOOKS, about_the_edges, every_moment, histories
from tests.rules.domain.forecasts.test_whatif import with_number
from tests.sizes import part_of

SPAN = Span(TODAY - timedelta(days=12), TODAY)
NOT_IN_SERIES = (*PASSING_DAYS, Counts.CONCERNS_RAISED)
SOME = ("rules as shipped", "a window that shrinks for a day", "an edition that begins in the span")


@pytest.mark.parametrize("name", SOME)
@given(case_file=histories() | about_the_edges())
@settings(max_examples=part_of(30), deadline=None)
def test_a_series_has_at_each_moment_the_value_that_an_evaluation_measures(name: str, case_file: CaseFile) -> None:
    rulebook = RULEBOOKS[name]
    series = PersonSeries(ForecastScope(rulebook), case_file, SPAN, rulebook.rules, Known())
    for moment in every_moment(case_file, SPAN):
        evaluation = evaluate(rulebook, case_file, moment.on, moment.known_at)
        for case in (answered.case for answered in evaluation.answered if answered.case.on == moment.on):
            wanted = [rulebook.measures[measure] for measure in case.measures]
            followed = [measure for measure in wanted if measure.counts not in NOT_IN_SERIES]
            values = {measure.name: series.of(measure, case.subject).at(moment) for measure in followed}
            assert values == {measure.name: case.measures[measure.name] for measure in followed}


def series_of_late_reports(rulebook: Rulebook, known: Known) -> Series:
    late = a_case_file(a_late_report("late", TODAY - timedelta(days=250)))
    span = Span(TODAY - timedelta(days=300), TODAY)
    series = PersonSeries(ForecastScope(rulebook), late, span, rulebook.rules, known)
    return series.of(rulebook.measures["late_reports"], "")


def test_another_line_reads_the_same_series_and_another_window_one_of_its_own() -> None:
    known = Known()
    late = series_of_late_reports(shipped(), known)
    assert list(late.values) == [None, 1], "unknown until there is a report, which counts for a year"
    assert series_of_late_reports(with_number(shipped(), "late_reports_line", 1), known) is late
    shorter = series_of_late_reports(with_number(shipped(), "window_months", 6), known)
    assert list(shorter.values) == [None, 1, None]
