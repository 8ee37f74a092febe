"""The answers of rules: yes, no and unknown, sustained conditions, two lines, guards, and rules that count concerns."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from services.rules.domain.closed_lists import EvidenceClass, Kind, Lane, Polarity, Source
from services.rules.domain.facts import CaseFile, ConcernKey, HypotheticalItem
from tests.rules.builders import (
    PERSON,
    TODAY,
    a_case_file,
    a_late_report,
    an_item,
    answered,
    case_files,
    evaluated,
    shipped,
)
from tests.sizes import part_of

GUARDED = Lane.ESCALATION


def test_missing_records_are_not_enough_evidence_and_never_a_mark() -> None:
    answers = {answer.rule_id: answer.answer for answer in evaluated(a_case_file()).answers}
    assert (
        answers["report-late"] == answers["training-missed"] == answers["child-view-missing"] == "not_enough_evidence"
    )


def test_missing_evidence_only_ever_goes_to_the_team() -> None:
    raised = evaluated(a_case_file()).raised
    assert raised
    assert {answer.lane for answer in raised} == {Lane.DATA_GAP}
    assert {answer.notice.tell for answer in raised} == {"panel_team"}


def test_a_gap_is_watched_before_the_team_is_told() -> None:
    case_file = a_case_file(an_item("one", date(2025, 11, 2), speaks="S3.1"))
    when = {}
    for days in (0, 1, 13, 14):
        answer = answered(evaluated(case_file, TODAY + timedelta(days=days)), "coverage-standard", "S3")
        when[days] = answer.answer
    assert when == {0: "watching", 1: "watching", 13: "raised", 14: "raised"}


def test_a_late_report_keeps_an_open_concern_open_until_none_is_left() -> None:
    one_left = a_case_file(a_late_report("one", date(2026, 6, 1)))
    opened = replace(one_left, open_concerns={ConcernKey("report-late"): date(2026, 7, 1)})
    assert answered(evaluated(one_left), "report-late").answer == "clear"
    assert answered(evaluated(opened), "report-late").answer == "raised"


def test_an_open_concern_clears_when_its_second_line_is_reached() -> None:
    on_time = a_late_report("one", date(2026, 6, 1), details={"days_late": 0})
    opened = a_case_file(on_time, open_concerns={ConcernKey("report-late"): date(2026, 7, 1)})
    assert answered(evaluated(opened), "report-late").answer == "clear"


def test_an_open_concern_without_evidence_left_is_not_enough_evidence() -> None:
    opened = a_case_file(open_concerns={ConcernKey("report-late"): date(2026, 7, 1)})
    assert answered(evaluated(opened), "report-late").answer == "not_enough_evidence"


def test_an_open_concern_is_asked_about_even_when_its_evidence_was_withdrawn() -> None:
    opened = a_case_file(open_concerns={ConcernKey("same-theme-two-sources", "S2.1"): date(2026, 7, 1)})
    assert answered(evaluated(opened), "same-theme-two-sources", "S2.1").answer == "clear"


def test_one_upheld_conduct_complaint_goes_to_a_senior_manager_and_is_no_escalation() -> None:
    complaint = an_item("one", kind=Kind.COMPLAINT, speaks="S6.2", complaint_outcome="upheld")
    evaluation = evaluated(a_case_file(complaint))
    held = answered(evaluation, "conduct")
    assert held.answer == "held_back"
    assert held.explanation.because.startswith("Held back: one item of evidence only.")
    assert answered(evaluation, "conduct-triage").notice.tell == "senior_manager"


def test_two_complaints_from_one_type_of_source_are_no_escalation() -> None:
    complaints = (
        an_item(name, kind=Kind.COMPLAINT, speaks="S6.2", complaint_outcome="upheld") for name in ("one", "two")
    )
    assert "one type of source" in answered(evaluated(a_case_file(*complaints)), "conduct").explanation.because


@given(case_files())
@settings(max_examples=part_of(80), deadline=None)
def test_no_escalation_from_one_item_or_one_type_of_source(case_file: CaseFile) -> None:
    by_id = {fact.evidence_id: fact for fact in case_file.evidence}
    for answer in evaluated(case_file).raised:
        if answer.lane is GUARDED:
            facts = [by_id[item.evidence_id] for item in answer.explanation.counted]
            assert len(facts) >= 2
            assert len({fact.source for fact in facts}) >= 2


@given(case_files())
@settings(max_examples=part_of(60), deadline=None)
def test_swapping_praise_and_concern_mirrors_the_work(case_file: CaseFile) -> None:
    other = {Polarity.PRAISE: Polarity.CONCERN, Polarity.CONCERN: Polarity.PRAISE, Polarity.NEUTRAL: Polarity.NEUTRAL}
    # Praise does not wait for a reply. So only what may count either way from the same day mirrors.
    feedback = tuple(
        replace(
            fact,
            kind=Kind.FEEDBACK,
            evidence_class=EvidenceClass.STANDARD,
            complaint_outcome=None,
            adverse_from=fact.countable_from,
        )
        for fact in case_file.evidence
    )
    swapped = tuple(
        replace(fact, mappings=tuple(replace(m, polarity=other[m.polarity]) for m in fact.mappings))
        for fact in feedback
    )
    as_is, mirrored = (evaluated(a_case_file(*facts)).raised for facts in (feedback, swapped))
    themes = {answer.subject for answer in as_is if answer.rule_id == "same-theme-two-sources"}
    assert themes == {answer.subject for answer in mirrored if answer.rule_id == "excellence-repeat"}


def test_nobody_who_no_longer_serves_is_asked_about() -> None:
    case_file = a_case_file(
        a_late_report("one", TODAY), a_late_report("two", TODAY), person=replace(PERSON, serving=False)
    )
    assert evaluated(case_file).answers == ()


def test_a_matter_near_the_end_of_a_term_rests_on_the_evidence_of_what_is_open() -> None:
    reports = (a_late_report("one", date(2026, 5, 4)), a_late_report("two", date(2026, 9, 7)))
    answer = answered(evaluated(a_case_file(*reports)), "reappointment-open-items")
    assert answer.answer == "raised"
    assert [item.evidence_id for item in answer.explanation.counted] == ["one", "two"]


def test_leaving_items_out_shows_what_a_correction_would_do() -> None:
    case_file = a_case_file(a_late_report("one", date(2026, 5, 4)), a_late_report("two", date(2026, 9, 7)))
    assert answered(evaluated(case_file, without=frozenset({"two"})), "report-late").answer == "clear"


def test_adding_items_in_thought_shows_what_more_evidence_would_do() -> None:
    more = HypotheticalItem(Kind.REPORT_SAMPLE_REVIEW, Source.PANEL_TEAM, "S4", "S4.3", count=2)
    before = answered(evaluated(a_case_file()), "report-sample-short").answer
    assert (before, answered(evaluated(a_case_file(), plus=[more]), "report-sample-short").answer) == (
        "raised",
        "clear",
    )


def test_the_order_evidence_arrives_in_changes_nothing() -> None:
    items = [a_late_report("one", date(2026, 5, 4)), an_item("two"), an_item("three", source=Source.CHILD)]
    assert evaluated(a_case_file(*items)) == evaluated(a_case_file(*reversed(items)))


def test_no_rule_speaks_before_it_is_in_force() -> None:
    assert evaluated(a_case_file(), as_of=date(2025, 12, 31)).answers == ()


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        evaluated(a_case_file(), as_known_at=evaluated(a_case_file()).as_known_at.replace(tzinfo=None))


def test_every_lane_can_be_reached() -> None:
    assert {rule.lane for rule in shipped().rules} == set(Lane)
