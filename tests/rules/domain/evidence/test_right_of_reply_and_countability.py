"""Whether an item counts: right of reply, class, complaint outcome, and when it was known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from services.rules.domain.closed_lists import (
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    NotCounted,
    Polarity,
    Source,
)
from services.rules.domain.facts import CaseFile
from tests.rules.builders import NOW, TODAY, a_case_file, an_item, answered, case_files, evaluated
from tests.sizes import part_of

OTHER = an_item("other", source=Source.CHILD)


def reason_for(case_file: CaseFile) -> NotCounted:
    """Return why the rule on repeated themes did not count the item `one`."""
    answer = answered(evaluated(case_file), "same-theme-two-sources", "S2.1")
    assert answer.answer == "clear"
    return next(item.reason for item in answer.explanation.not_counted if item.evidence_id == "one")


def test_two_types_of_source_on_one_indicator_raise_a_concern() -> None:
    assert answered(evaluated(a_case_file(an_item("one"), OTHER)), "same-theme-two-sources", "S2.1").answer == "raised"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"evidence_class": EvidenceClass.DEVELOPMENTAL}, NotCounted.DEVELOPMENTAL),
        ({"evidence_class": EvidenceClass.EXPLORATORY}, NotCounted.EXPLORATORY),
        ({"evidence_class": EvidenceClass.HELP_SEEKING}, NotCounted.HELP_SEEKING),
        ({"evidence_class": EvidenceClass.UNVERIFIED}, NotCounted.UNVERIFIED),
        ({"complaint_outcome": ComplaintOutcome.PENDING}, NotCounted.COMPLAINT_PENDING),
        ({"complaint_outcome": ComplaintOutcome.NOT_UPHELD}, NotCounted.COMPLAINT_NOT_UPHELD),
        ({"complaint_outcome": ComplaintOutcome.RESOLVED}, NotCounted.COMPLAINT_RESOLVED),
        ({"complaint_outcome": ComplaintOutcome.WITHDRAWN}, NotCounted.COMPLAINT_WITHDRAWN),
        ({"kind": Kind.COMPLAINT, "complaint_outcome": None}, NotCounted.COMPLAINT_PENDING),
        ({"countable_from": None, "shared_on": None}, NotCounted.NOT_SHARED),
        ({"countable_from": None}, NotCounted.IN_REPLY_TIME),
        ({"countable_from": TODAY + timedelta(days=1)}, NotCounted.IN_REPLY_TIME),
        ({"happened_on": date(2025, 10, 1), "received_on": date(2025, 10, 1)}, NotCounted.OUT_OF_WINDOW),
    ],
    ids=str,
)
def test_an_item_that_may_not_count_is_named_with_its_reason(changes: dict[str, Any], reason: NotCounted) -> None:
    assert reason_for(a_case_file(an_item("one", **changes), OTHER)) is reason


def test_reply_time_is_told_with_its_last_day() -> None:
    item = an_item("one", countable_from=date(2026, 12, 4), reply_due_on=date(2026, 12, 3))
    answer = answered(evaluated(a_case_file(item, OTHER)), "same-theme-two-sources", "S2.1")
    assert [item.text for item in answer.explanation.not_counted] == ["in reply time until 3 December 2026"]


def test_an_item_counts_from_the_day_its_reply_time_lapsed() -> None:
    case_file = a_case_file(an_item("one", countable_from=TODAY), OTHER)
    on_the_day = answered(evaluated(case_file), "same-theme-two-sources", "S2.1")
    the_day_before = answered(evaluated(case_file, TODAY - timedelta(days=1)), "same-theme-two-sources", "S2.1")
    assert (the_day_before.answer, on_the_day.answer) == ("clear", "raised")


def test_a_safety_item_counts_while_its_complaint_is_pending() -> None:
    item = an_item(
        "one", kind=Kind.COMPLAINT, speaks="S5.1", evidence_class=EvidenceClass.SAFETY,
        complaint_outcome=ComplaintOutcome.PENDING,
    )  # fmt: skip
    assert answered(evaluated(a_case_file(item)), "confidentiality").answer == "raised"


@pytest.mark.parametrize(
    "outcome", [ComplaintOutcome.NOT_UPHELD, ComplaintOutcome.RESOLVED, ComplaintOutcome.WITHDRAWN]
)
def test_a_safety_item_whose_complaint_ended_without_being_upheld_does_not_count(outcome: ComplaintOutcome) -> None:
    item = an_item(
        "one", kind=Kind.COMPLAINT, speaks="S5.1", evidence_class=EvidenceClass.SAFETY, complaint_outcome=outcome
    )
    assert answered(evaluated(a_case_file(item)), "confidentiality").answer == "clear"


def test_a_complaint_resolved_without_a_finding_is_said_to_be_so() -> None:
    item = an_item("one", kind=Kind.COMPLAINT, complaint_outcome=ComplaintOutcome.RESOLVED)
    answer = answered(evaluated(a_case_file(item, OTHER)), "same-theme-two-sources", "S2.1")
    assert [item.text for item in answer.explanation.not_counted] == ["the complaint was resolved without a finding"]


def test_exploratory_practice_counts_as_praise() -> None:
    first = an_item("one", polarity=Polarity.PRAISE, evidence_class=EvidenceClass.EXPLORATORY)
    second = an_item("two", polarity=Polarity.PRAISE, source=Source.CHILD)
    assert answered(evaluated(a_case_file(first, second)), "excellence-repeat", "S2.1").answer == "raised"


def test_an_item_mapped_to_no_standard_never_counts() -> None:
    answer = answered(
        evaluated(a_case_file(an_item("one", kind=Kind.REPORT_SAMPLE_REVIEW, speaks=""))), "report-sample-short"
    )
    assert [item.reason for item in answer.explanation.not_counted] == [NotCounted.UNMAPPED]


def test_conduct_before_the_standards_were_in_law_is_not_measured_against_them() -> None:
    before = an_item("one", happened_on=date(2016, 4, 24))
    evaluation = evaluated(a_case_file(before, OTHER))
    assert answered(evaluation, "no-improvement", "S2.1").answer == "clear"
    assert all(item.evidence_id != "one" for answer in evaluation.answers for item in answer.explanation.counted)


@given(case_files())
@settings(max_examples=part_of(60), deadline=None)
def test_no_evaluation_uses_an_item_that_is_not_countable(case_file: CaseFile) -> None:
    by_id = {fact.evidence_id: fact for fact in case_file.evidence}
    never = {EvidenceClass.DEVELOPMENTAL, EvidenceClass.HELP_SEEKING, EvidenceClass.UNVERIFIED}
    for answer in evaluated(case_file).answers:
        for counted in answer.explanation.counted:
            fact = by_id[counted.evidence_id]
            assert fact.countable_from is not None
            assert max(fact.countable_from, fact.received_on) <= TODAY
            assert fact.evidence_class not in never
            pending_safety = EvidenceClass.SAFETY, ComplaintOutcome.PENDING
            found = (None, ComplaintOutcome.UPHELD, ComplaintOutcome.PARTLY_UPHELD)
            assert fact.complaint_outcome in found or (fact.evidence_class, fact.complaint_outcome) == pending_safety


@given(case_files(), case_files(most=5))
@settings(max_examples=part_of(40), deadline=None)
def test_an_answer_never_changes_by_what_became_known_later(case_file: CaseFile, later: CaseFile) -> None:
    afterwards = tuple(
        replace(fact, evidence_id=fact.evidence_id + suffix, version=9, recorded_at=NOW + timedelta(seconds=1))
        for fact in later.evidence
        for suffix in ("", "-new")
    )
    assert evaluated(case_file) == evaluated(replace(case_file, evidence=case_file.evidence + afterwards))


@given(case_files(), case_files(most=4))
@settings(max_examples=part_of(40), deadline=None)
def test_a_superseded_or_withdrawn_item_leaves_no_trace(case_file: CaseFile, removed: CaseFile) -> None:
    gone = tuple(
        replace(fact, evidence_id=f"gone-{number}", version=version, status=status)
        for number, fact in enumerate(removed.evidence)
        for version, status in ((1, ItemStatus.CURRENT), (2, (ItemStatus.SUPERSEDED, ItemStatus.WITHDRAWN)[number % 2]))
    )
    assert evaluated(case_file) == evaluated(replace(case_file, evidence=gone + case_file.evidence))


def test_a_correction_known_later_leaves_the_earlier_answer_as_it_was() -> None:
    wrong = an_item("one")
    corrected = replace(wrong, version=2, status=ItemStatus.SUPERSEDED, recorded_at=datetime(2026, 10, 1, tzinfo=UTC))
    case_file = a_case_file(wrong, corrected, OTHER)
    then = evaluated(case_file, as_known_at=datetime(2026, 9, 30, tzinfo=UTC))
    assert answered(then, "same-theme-two-sources", "S2.1").answer == "raised"
    assert answered(evaluated(case_file), "same-theme-two-sources", "S2.1").answer == "clear"
