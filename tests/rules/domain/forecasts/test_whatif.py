"""The people a candidate rulebook would affect: named, dated, with the reason; nobody if nothing changes (B2)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Kind, Lane, RuleStatus, Source
from services.rules.domain.facts import CaseFile, ConcernKey
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.forecasts.whatif import (
    ConcernChange,
    Difference,
    Tuning,
    WhatIf,
    WhatIfReport,
    throughout,
    touched,
    with_one_change,
)
from services.rules.domain.rulebook.changes import changes
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import PERSON, TODAY, a_case_file, a_late_report, an_item, case_files, shipped
from tests.sizes import part_of

SPAN = Span(TODAY - timedelta(days=200), TODAY)
SERVES_ON = replace(PERSON, term_ends_on=TODAY + timedelta(days=900))
THREE_LATE = a_case_file(
    *(a_late_report(f"late-{n}", TODAY - timedelta(days=90 - 30 * n)) for n in range(3)), person=SERVES_ON
)


def with_number(rulebook: Rulebook, name: str, value: int, on: date | None = None) -> Rulebook:
    """Return the rulebook with another value of a parameter, from a day on if one is given."""
    held = rulebook.parameters[name]
    new = replace(held.values[-1], value=value, from_on=on or held.values[-1].from_on)
    values = (*held.values, new) if on else (*held.values[:-1], new)
    return replace(rulebook, parameters={**rulebook.parameters, name: replace(held, values=values)})


def with_rule(rulebook: Rulebook, rule_id: str, **parts: object) -> Rulebook:
    """Return the rulebook with one rule changed."""
    rules = (replace(rule, **parts) if rule.rule_id == rule_id else rule for rule in rulebook.rules)  # type: ignore[arg-type]
    return replace(rulebook, rules=tuple(rules))


def changed(after: Rulebook, case_file: CaseFile = THREE_LATE, **how: bool) -> tuple[ConcernChange, ...]:
    """Return what a candidate changes about a person with three late reports, 90, 60 and 30 days ago."""
    return WhatIf(shipped(), after, SPAN, **how).person(case_file).changed


@given(case_file=case_files())
@settings(max_examples=part_of(15), deadline=None)
def test_the_rulebook_against_itself_touches_nobody(case_file: CaseFile) -> None:
    whatif = WhatIf(shipped(), shipped(), SPAN)
    assert not whatif.changes
    assert not whatif.person(case_file).changed


def test_a_lower_line_raises_earlier_and_says_which_number_did_it() -> None:
    (found,) = changed(with_number(with_number(shipped(), "late_reports_line", 1), "praise_items_line", 3))
    assert (found.key, found.difference) == (ConcernKey("report-late"), Difference.EARLIER)
    assert found.on == found.after[0].began_on == TODAY - timedelta(days=90)
    assert found.before[0].began_on == TODAY - timedelta(days=60)
    assert found.reasons == ("late_reports_line: 2 → 1 reports from 1 January 2026",)


@pytest.mark.parametrize(
    ("line", "difference"),
    [(3, Difference.LATER), (4, Difference.NO_LONGER_RAISED)],
)
def test_a_higher_line_raises_later_or_no_longer(line: int, difference: Difference) -> None:
    found = changed(with_number(shipped(), "late_reports_line", line))
    assert {change.difference for change in found if change.key.rule_id == "report-late"} == {difference}


def test_what_counts_open_matters_changes_with_the_matters_it_counts() -> None:
    near_the_end = replace(THREE_LATE, person=replace(THREE_LATE.person, term_ends_on=TODAY + timedelta(days=100)))
    found = changed(with_number(shipped(), "late_reports_line", 4), near_the_end)
    assert {change.key.rule_id for change in found} == {"report-late", "reappointment-open-items"}


def test_a_rule_in_another_lane_changes_the_lane_of_what_it_raises() -> None:
    (found,) = changed(with_rule(shipped(), "report-late", lane=Lane.DATA_GAP))
    assert (found.difference, found.lanes) == (Difference.LANE_CHANGED, (Lane.SUPPORT_NEED, Lane.DATA_GAP))


def test_a_rule_that_is_retired_raises_nothing_and_is_the_reason() -> None:
    (found,) = changed(with_rule(shipped(), "report-late", status=RuleStatus.RETIRED))
    assert found.difference is Difference.NO_LONGER_RAISED
    assert found.reasons == ("report-late: status: live → retired",)


def test_two_changes_that_only_work_together_are_both_the_reason() -> None:
    older = [a_late_report(f"old-{n}", TODAY - timedelta(days=450 + n)) for n in range(2)]
    candidate = with_number(with_number(shipped(), "late_reports_line", 4), "window_months", 24)
    before = with_number(shipped(), "late_reports_line", 5)
    case_file = a_case_file(*older, *THREE_LATE.evidence[:2], person=SERVES_ON)
    found = {c.key.rule_id: c for c in WhatIf(before, candidate, SPAN).person(case_file).changed}
    assert found["report-late"].difference is Difference.NEWLY_RAISED
    assert len(found["report-late"].reasons) == 2


def test_by_default_a_number_dated_ahead_is_tried_as_if_it_had_always_been_so() -> None:
    candidate = with_number(shipped(), "late_reports_line", 1, on=TODAY + timedelta(days=100))
    assert [change.difference for change in changed(candidate)] == [Difference.EARLIER]
    assert not changed(candidate, as_dated=True)


def test_by_its_dates_a_number_changes_what_comes_after_it() -> None:
    on = TODAY - timedelta(days=75)
    (found,) = changed(with_number(shipped(), "late_reports_line", 1, on=on), as_dated=True)
    assert found.after[0].began_on == on


CANDIDATES = {
    "a number": with_number(shipped(), "theme_items_line", 3),
    "a window": with_number(shipped(), "window_months", 6),
    "days to hold": with_number(shipped(), "gap_holds_days", 30),
    "a rule's lane": with_rule(shipped(), "same-theme-two-sources", lane=Lane.SAFETY),
    "the lane of a rule that shares its measure": with_rule(shipped(), "conduct-triage", lane=Lane.SAFETY),
    "a rule less": replace(shipped(), rules=shipped().rules[2:]),
    "a measure": replace(
        shipped(),
        measures={**shipped().measures, "late_reports": replace(shipped().measures["late_reports"], where=())},
    ),
}


@pytest.mark.parametrize("after", CANDIDATES.values(), ids=CANDIDATES.keys())
@given(case_file=case_files())
@settings(max_examples=part_of(6), deadline=None)
def test_rules_that_a_candidate_does_not_touch_answer_as_before(after: Rulebook, case_file: CaseFile) -> None:
    before = shipped()
    names = touched(before, after, changes(before, after))
    both = [PersonForecast(ForecastScope(book), case_file, SPAN).spells for book in (before, after)]
    rest = [{key: spells for key, spells in all_spells.items() if key.rule_id not in names} for all_spells in both]
    assert rest[0] == rest[1]


@pytest.mark.parametrize("after", CANDIDATES.values(), ids=CANDIDATES.keys())
def test_the_only_change_made_alone_is_the_candidate(after: Rulebook) -> None:
    found = changes(shipped(), after)
    if len(found) == 1:
        assert not changes(with_one_change(shipped(), after, found[0]), after)


def test_who_is_one_step_from_a_line_is_named_on_either_side() -> None:
    one_late = replace(THREE_LATE, evidence=THREE_LATE.evidence[:1])
    candidate = with_number(shipped(), "late_reports_line", 3)
    whatif = WhatIf(shipped(), candidate, SPAN)
    near = {n: ConcernKey("report-late") in whatif.person(replace(THREE_LATE, evidence=THREE_LATE.evidence[:n])).near
            for n in range(4)}  # fmt: skip
    assert near == {0: False, 1: False, 2: True, 3: False}
    assert (
        ConcernKey("report-late")
        in WhatIf(shipped(), with_number(shipped(), "late_reports_clear", 2), SPAN).person(one_late).near
    )


def test_a_report_adds_people_up_in_any_order() -> None:
    whatif = WhatIf(shipped(), with_number(shipped(), "late_reports_line", 1), SPAN)
    files = [replace(THREE_LATE, person=replace(THREE_LATE.person, safeguarder_id=f"sg-{n}")) for n in range(3)]
    report = WhatIfReport()
    for case_file in [*files, a_case_file()]:
        report.add(whatif.person(case_file), "manager-one")
    assert (report.people, report.people_changed) == (4, 3)
    assert report.counts == {"earlier": 3}
    (reason,) = report.by_reason
    assert report.by_reason[reason] == 3
    assert sum(before for before, _ in report.load.values()) == sum(after for _, after in report.load.values()) == 3


def test_a_rule_whose_measure_another_rule_takes_to_the_lane_of_safety_may_answer_otherwise() -> None:
    after = with_rule(shipped(), "conduct-triage", lane=Lane.SAFETY)
    assert "conduct" in touched(shipped(), after, changes(shipped(), after))


def test_tuning_shows_where_a_number_tips_and_where_it_makes_no_difference() -> None:
    tuning = Tuning(shipped(), "late_reports_line", range(1, 9), SPAN)
    for count in (1, 3, 3):
        items = (
            an_item(f"late-{n}", TODAY - timedelta(days=90 - 20 * n), kind=Kind.SCRA_TIMELINESS, source=Source.SCRA,
                    speaks="S4.1", details={"days_late": 1, "extension_agreed": False})
            for n in range(count)
        )  # fmt: skip
        tuning.add(a_case_file(*items))
    assert tuning.people == [3, 2, 2, 0, 0, 0, 0, 0]
    assert tuning.tipping == (2, 4)
    assert tuning.flat == ((4, 8),)


@given(number=st.integers(1, 10))
def test_what_is_in_force_throughout_has_no_dates_of_its_own(number: int) -> None:
    dated = with_number(shipped(), "late_reports_line", number, on=TODAY)
    assert throughout(dated).lines_on(SPAN.since)["late_reports_line"] == number


@pytest.mark.parametrize("after", CANDIDATES.values(), ids=CANDIDATES.keys())
@given(case_file=case_files())
@settings(max_examples=part_of(6), deadline=None)
def test_what_is_taken_over_from_the_other_rulebook_is_what_would_be_found(
    after: Rulebook, case_file: CaseFile
) -> None:
    outcome = WhatIf(shipped(), after, SPAN, as_dated=True).person(case_file)
    both = [PersonForecast(ForecastScope(book), case_file, SPAN).spells for book in (shipped(), after)]
    keys = {*both[0], *both[1]}
    differ = {key for key in keys if both[0].get(key) != both[1].get(key)}
    assert {c.key for c in outcome.changed if c.difference is not Difference.LANE_CHANGED} == differ
    for change in outcome.changed:
        assert (change.before, change.after) == (both[0].get(change.key, ()), both[1].get(change.key, ()))
