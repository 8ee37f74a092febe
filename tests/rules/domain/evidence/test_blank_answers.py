"""A blank in evidence is neither a yes nor a no: it is not enough evidence, and the Team's task (P18)."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Answer, Kind, NotCounted, Polarity, Source
from services.rules.domain.evaluation.decision_record import decision_record, recorded_inputs
from services.rules.domain.evidence.mappings import CountableMapping
from services.rules.domain.evidence.matching import match
from services.rules.domain.facts import DETAILS, NOT_SAID, REPORT_LINES, EvidenceFact
from tests.rules.builders import TODAY, a_case_file, a_late_report, an_item, answered, evaluated, shipped

REVIEW = (*REPORT_LINES, "child_views_recorded", "second_reader_agrees")
MEASURES = [name for name, measure in shipped().measures.items() if measure.where]
SUBJECTS = ("S4.1", "S4.2", "S4.3", "S4.4", "S4.5")


def a_review(name: str, *blank: str, **details: Any) -> EvidenceFact:
    """Return a report review with every line above standard and both answers yes, unless said otherwise."""
    said: dict[str, Any] = (
        dict.fromkeys(REPORT_LINES, "above") | {"child_views_recorded": True, "second_reader_agrees": True} | details
    )
    kept = {key: value for key, value in said.items() if key not in blank}
    day = date(2026, 6, int(name.rpartition("-")[2]))
    return an_item(
        name, day, kind=Kind.REPORT_SAMPLE_REVIEW, source=Source.PANEL_TEAM, speaks="S1.1", details=kept, blank=blank
    )


def test_reviews_that_say_nothing_of_the_childs_views_are_not_enough_evidence() -> None:
    """P18: three reviews with the answer left empty raise nothing about the Safeguarder. The Team is asked."""
    evaluation = evaluated(a_case_file(*(a_review(f"review-{n}", "child_views_recorded") for n in (1, 2, 3))))
    answer = answered(evaluation, "child-view-missing")
    assert answer.answer is Answer.NOT_ENOUGH_EVIDENCE
    assert "there is none" in answer.explanation.because
    assert {item.reason for item in answer.explanation.not_counted} == {NotCounted.NOT_SAID}
    asked = answered(evaluation, "answer-missing")
    assert asked.answer is Answer.RAISED
    assert len(asked.explanation.counted) == 3


def test_a_no_is_still_a_no() -> None:
    """P18: two reviews that say no are raised, whatever a third leaves blank."""
    said = [a_review(f"review-{n}", child_views_recorded=False) for n in (1, 2)]
    evaluation = evaluated(a_case_file(*said, a_review("review-3", "child_views_recorded")))
    assert answered(evaluation, "child-view-missing").answer is Answer.RAISED


@pytest.mark.parametrize(
    ("blank", "rule", "subject"),
    [
        (("child_views_recorded",), "child-view-missing", ""),
        (("second_reader_agrees",), "report-quality", "S4.4"),
        (("reasoned",), "report-quality", "S4.4"),
    ],
)
def test_a_blank_in_one_of_two_reviews_leaves_too_few(blank: tuple[str, ...], rule: str, subject: str) -> None:
    """P18: the same for every answer and every line of a review."""
    no: dict[str, Any] = {"child_views_recorded": False, "reasoned": "below", "second_reader_agrees": True}
    spoken = an_item("any", speaks="S4.4").mappings
    reviews = [replace(a_review("review-1", *blank, **no), mappings=spoken), a_review("review-2", **no)]
    reviews = [replace(review, mappings=spoken) for review in reviews]
    answer = answered(evaluated(a_case_file(*reviews)), rule, subject)
    assert answer.answer is Answer.NOT_ENOUGH_EVIDENCE


def test_a_late_report_without_an_answer_on_a_further_date_is_not_counted() -> None:
    """P18: nobody said that no hearing set a further date, so nobody is late yet."""
    late = [
        replace(a_late_report(f"late-{n}", date(2026, n, 2)), details={"days_late": 3}, blank=("extension_agreed",))
        for n in (5, 6)
    ]
    evaluation = evaluated(a_case_file(*late))
    assert answered(evaluation, "report-late").answer is Answer.NOT_ENOUGH_EVIDENCE
    assert answered(evaluation, "answer-missing").answer is Answer.RAISED


def test_a_report_in_time_needs_no_answer_on_a_further_date() -> None:
    """P18: where the other details decide, a blank changes nothing."""
    in_time = [
        replace(a_late_report(f"in-time-{n}", date(2026, n, 2)), details={"days_late": 0}, blank=("extension_agreed",))
        for n in (5, 6)
    ]
    evaluation = evaluated(a_case_file(*in_time))
    assert answered(evaluation, "report-late").answer is Answer.CLEAR
    assert answered(evaluation, "answer-missing").answer is Answer.CLEAR


def details_with_blanks() -> st.SearchStrategy[tuple[Kind, dict[str, Any]]]:
    """Draw a kind of item that has yes/no answers, and each of its details: a value, or None for a blank."""
    lines: dict[str, Any] = {line: st.sampled_from(["below", "at", "above", None]) for line in REPORT_LINES}
    answers = dict.fromkeys(("child_views_recorded", "second_reader_agrees"), st.sampled_from([True, False, None]))
    late = {"days_late": st.integers(0, 2), "extension_agreed": st.sampled_from([True, False, None])}
    return st.one_of(
        st.tuples(st.just(Kind.REPORT_SAMPLE_REVIEW), st.fixed_dictionaries(lines | answers)),
        st.tuples(st.just(Kind.SCRA_TIMELINESS), st.fixed_dictionaries(late)),
    )


def taken_as(name: str, subject: str, fact: EvidenceFact) -> str:
    """Return how a measure takes an item: counted, seen or left out."""
    terms = shipped().in_force(TODAY)
    entries = [CountableMapping(fact, mapping) for mapping in fact.mappings]
    matched = match(shipped().measures[name], subject, entries, terms, TODAY)
    return "counted" if matched.counted else "seen" if matched.others else "left out"


@given(details_with_blanks(), st.sampled_from(MEASURES), st.sampled_from(SUBJECTS), st.sampled_from(Polarity))
def test_a_blank_counts_only_where_every_answer_would_give_the_same(
    drawn: tuple[Kind, dict[str, Any]], name: str, subject: str, polarity: Polarity
) -> None:
    """P18: over every measure with details. A blank never decides, and never hides what the rest decides."""
    kind, said = drawn
    if any(where.detail == NOT_SAID for where in shipped().measures[name].where):
        return  # such a measure asks for blanks
    blank = tuple(detail for detail, value in said.items() if value is None)
    known = {detail: value for detail, value in said.items() if value is not None}
    spoken = an_item("any", speaks=subject, polarity=polarity).mappings
    fact = an_item("one", kind=kind, mappings=spoken, details=known, blank=blank)
    choices = [DETAILS[detail] if isinstance(DETAILS[detail], tuple) else (True, False) for detail in blank]
    fills: list[dict[str, Any]] = [dict(zip(blank, fill, strict=True)) for fill in product(*choices)]  # type: ignore[arg-type]
    possible = {taken_as(name, subject, replace(fact, details={**known, **fill}, blank=())) for fill in fills}
    taken = taken_as(name, subject, fact)
    assert taken == possible.pop() if len(possible) == 1 else taken == "left out"


def test_a_decision_record_keeps_what_was_blank() -> None:
    """P18: a decision on blanks replays from its record."""
    evaluation = evaluated(a_case_file(a_review("review-1", "child_views_recorded", "clear")))
    written = decision_record(evaluation, None, {})
    assert recorded_inputs(written.content).case_file.evidence == evaluation.case_file.evidence


@pytest.mark.parametrize("name", ["days_late", "attendance", "nothing"])
def test_only_what_may_be_blank_can_be_blank(name: str) -> None:
    """P18: a number of days is known or the item is not timeliness at all."""
    with pytest.raises(ValueError, match="cannot be blank"):
        an_item("one", blank=(name,))


def test_an_answer_that_nobody_can_give_is_not_asked_for_and_still_says_nothing() -> None:
    """Decision 0063: the one reading of a sampled report gets no second reader. It stays a blank, and is not clear."""
    spoken, no_reader = an_item("any", speaks="S4.4").mappings, ("second_reader_agrees",)
    first, second = a_review("review-1", *no_reader, reasoned="below"), a_review("review-2", reasoned="below")
    alone, read_twice = replace(first, mappings=spoken, unanswerable=no_reader), replace(second, mappings=spoken)
    evaluation = evaluated(a_case_file(alone, read_twice))
    assert answered(evaluation, "answer-missing").answer is Answer.CLEAR
    assert answered(evaluation, "report-quality", "S4.4").answer is Answer.NOT_ENOUGH_EVIDENCE
    written = decision_record(evaluation, None, {})
    assert recorded_inputs(written.content).case_file.evidence == evaluation.case_file.evidence
    without_views = a_review("review-3", "child_views_recorded")
    asked = answered(evaluated(a_case_file(alone, without_views)), "answer-missing")
    assert [item.evidence_id for item in asked.explanation.counted] == ["review-3"]
