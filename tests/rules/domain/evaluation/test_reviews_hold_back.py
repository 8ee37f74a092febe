"""Asking for a review can only hold something back, and never raises anything (B5, record 2.5 and 8)."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Answer, Lane
from services.rules.domain.evaluation.decision_record import recorded_inputs
from services.rules.domain.facts import CaseFile, ConcernKey, ReviewFact
from tests.rules.builders import NOW, TODAY, a_case_file, answered, case_files, evaluated, shipped
from tests.rules.domain.concerns.builders import EVIDENCE
from tests.rules.domain.evaluation.test_decision_record import recorded

THEME = ("same-theme-two-sources", "S2.1")
WAITS = (Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK)


def under_review(case_file: CaseFile, *evidence_ids: str) -> CaseFile:
    """Return a case file while a review of these items is open."""
    return replace(case_file, reviews=(ReviewFact("r1", evidence_ids, NOW),))


def test_nothing_new_is_raised_on_an_item_that_is_reviewed_and_it_says_why() -> None:
    case_file = a_case_file(*EVIDENCE)
    assert answered(evaluated(case_file), *THEME).answer is Answer.RAISED
    held = answered(evaluated(under_review(case_file, "one")), *THEME)
    assert held.answer is Answer.HELD_BACK
    assert held.explanation.because.startswith("Held back: a review is open of evidence that it rests on.")


def test_what_is_open_already_counts_as_it_did() -> None:
    opened = a_case_file(*EVIDENCE, open_concerns={ConcernKey(*THEME): TODAY})
    assert answered(evaluated(under_review(opened, "one")), *THEME) == answered(evaluated(opened), *THEME)


def test_a_review_that_has_ended_or_is_not_yet_known_holds_nothing_back() -> None:
    case_file = a_case_file(*EVIDENCE)
    for review in (ReviewFact("r1", ("one",), NOW, NOW), ReviewFact("r1", ("one",), NOW.replace(hour=19))):
        assert answered(evaluated(replace(case_file, reviews=(review,))), *THEME).answer is Answer.RAISED


@given(case_files(), st.data())
def test_no_answer_changes_but_that_something_new_is_held_back(case_file: CaseFile, data: st.DataObject) -> None:
    ids = [fact.evidence_id for fact in case_file.evidence]
    reviewed = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
    before = {(a.rule_id, a.subject): a for a in evaluated(case_file).answers}
    after = {(a.rule_id, a.subject): a for a in evaluated(under_review(case_file, *reviewed)).answers}
    assert before.keys() == after.keys()
    for key, answer in after.items():
        if answer.answer is Answer.RAISED:
            assert before[key].answer is Answer.RAISED
        if answer.lane not in WAITS and not shipped().looks_at_concerns(shipped().rule(key[0])):
            assert answer == before[key]


def test_a_decision_replays_with_the_reviews_that_were_open() -> None:
    case_file = under_review(a_case_file(*EVIDENCE), "one")
    record = recorded(case_file)
    inputs = recorded_inputs(record.content)
    assert inputs.case_file.reviews == case_file.reviews
    assert recorded(inputs.case_file).content == record.content
    assert b'"reviews"' not in recorded(a_case_file(*EVIDENCE)).content, "a record without one is as it ever was"
