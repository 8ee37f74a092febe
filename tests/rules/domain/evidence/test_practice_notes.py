"""While a Practice Note on a theme is drafted, nothing adverse on that theme counts (R152-R156, B17)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from services.rules.domain.closed_lists import (
    Answer,
    ComplaintOutcome,
    EvidenceClass,
    Kind,
    Lane,
    NotCounted,
    Polarity,
    Source,
)
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.facts import CaseFile
from services.rules.domain.forecasts.plan import Span
from services.rules.domain.forecasts.whatif import Difference, WhatIf
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.practice_notes import NoteStage, PracticeNote
from tests.rules.builders import NOW, TODAY, a_case_file, a_late_report, an_item, answered, case_files, shipped
from tests.sizes import part_of

DRAFTED_FROM, EFFECTIVE_FROM = TODAY - timedelta(days=30), TODAY + timedelta(days=60)
THEME = (
    an_item("one", source=Source.PANEL_MEMBER),
    an_item("two", date(2026, 7, 1), source=Source.SHERIFF),
)
"""Two adverse items on S2.1 from two types of source: enough for an offer of support."""
RULE = ("same-theme-two-sources", "S2.1")


def a_note(*about: str, **stages: date) -> PracticeNote:
    """Return the rulebook with a note that is in draft on the day of these tests."""
    days = stages or {"accepted": DRAFTED_FROM, "effective": EFFECTIVE_FROM}
    return PracticeNote(
        note_id="enquiries",
        title="Enquiries",
        means="How far enquiries go",
        about=about or ("S2.1",),
        why="Feedback differs",
        source="invented",
        owner="invented",
        stages=tuple((NoteStage(stage), day) for stage, day in days.items()),
    )


def with_note(*about: str, **stages: date) -> Rulebook:
    return replace(shipped(), notes=(*shipped().notes, a_note(*about, **stages)), content_hash="with-a-note")


def asked(rulebook: Rulebook, case_file: CaseFile, on: date = TODAY) -> Evaluation:
    return evaluate(rulebook, case_file, on, NOW + timedelta(days=400))


def raised(evaluation: Evaluation) -> set[tuple[str, str]]:
    return {(answer.rule_id, answer.subject) for answer in evaluation.raised}


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (DRAFTED_FROM - timedelta(days=1), True),
        (DRAFTED_FROM, False),
        (TODAY, False),
        (EFFECTIVE_FROM - timedelta(days=1), False),
        (EFFECTIVE_FROM, True),
    ],
)
def test_what_speaks_against_somebody_waits_from_acceptance_until_the_note_takes_effect(on: date, counts: bool) -> None:
    assert (RULE in raised(asked(with_note(), a_case_file(*THEME), on))) is counts


def test_it_waits_through_every_stage_of_drafting_and_no_longer_once_the_note_is_withdrawn() -> None:
    stages = {stage.value: TODAY - timedelta(days=6 - n) for n, stage in enumerate(NoteStage)}
    unclear = [a_note(**stages).is_unclear_on(TODAY - timedelta(days=7 - n)) for n in range(8)]
    assert unclear == [False, True, True, True, True, False, False, False]
    given_up = a_note(accepted=TODAY - timedelta(days=2), withdrawn=TODAY)
    assert [given_up.is_unclear_on(TODAY - timedelta(days=n)) for n in (1, 0)] == [True, False]


def test_the_reason_names_the_note_and_the_sentence_says_that_something_waits() -> None:
    evaluation = asked(with_note(), a_case_file(*THEME))
    answer = answered(evaluation, *RULE)
    assert answer.explanation.because == (
        "Nothing in the evidence crosses a line of this rule. Practice is unclear: 2 items wait for a Practice Note."
    )
    assert {(item.evidence_id, item.reason, item.text) for item in answer.explanation.not_counted} == {
        (name, NotCounted.PRACTICE_UNCLEAR, 'practice is unclear: the Practice Note "Enquiries" is being drafted')
        for name in ("one", "two")
    }
    assert evaluation.waits_for[RULE] == "enquiries"
    assert not asked(shipped(), a_case_file(*THEME)).waits_for


def test_a_note_on_a_standard_is_about_each_of_its_indicators_and_about_no_other() -> None:
    for about, waits in (("S2", True), ("S2.1", True), ("S2.2", False), ("S3", False)):
        assert (RULE not in raised(asked(with_note(about), a_case_file(*THEME)))) is waits


def test_a_matter_of_safety_waits_for_nothing() -> None:
    safety = an_item("safe", speaks="S5.1", evidence_class=EvidenceClass.SAFETY, source=Source.LOCAL_AUTHORITY)
    upheld = an_item("upheld", speaks="S5.1", kind=Kind.COMPLAINT, complaint_outcome=ComplaintOutcome.UPHELD)
    for item in (safety, upheld):
        assert ("confidentiality", "") in raised(asked(with_note("S5"), a_case_file(item)))


def test_praise_counts_while_a_note_is_being_drafted() -> None:
    praise = tuple(replace(fact, mappings=(replace(fact.mappings[0], polarity=Polarity.PRAISE),)) for fact in THEME)
    before, during = (asked(book, a_case_file(*praise)) for book in (shipped(), with_note()))
    excellence = {answer.rule_id for answer in during.raised if answer.lane is Lane.EXCELLENCE}
    assert excellence == {answer.rule_id for answer in before.raised if answer.lane is Lane.EXCELLENCE}


def test_missing_evidence_is_not_made_of_what_waits() -> None:
    """A measure that only asks whether evidence exists still finds it, so the Team owes nothing more."""
    item = an_item("one", speaks="S3.1")
    before, during = (asked(book, a_case_file(item)) for book in (shipped(), with_note("S3")))
    assert answered(during, "coverage-standard", "S3").answer is answered(before, "coverage-standard", "S3").answer


def test_late_reports_wait_where_the_time_allowed_is_unclear() -> None:
    late = a_case_file(*(a_late_report(f"late-{n}", date(2026, 6, 1 + n)) for n in range(2)))
    assert ("report-late", "") in raised(asked(shipped(), late))
    answer = answered(asked(with_note("S4.1"), late), "report-late")
    assert answer.answer is not Answer.RAISED
    assert {item.reason for item in answer.explanation.not_counted} == {NotCounted.PRACTICE_UNCLEAR}


@settings(max_examples=part_of(150), deadline=None)
@given(case_file=case_files())
def test_no_note_ever_makes_a_concern_and_none_rests_on_what_waits(case_file: CaseFile) -> None:
    book = with_note("S1", "S2", "S3", "S4", "S5", "S6", "S7", "E")
    before, during = asked(shipped(), case_file), asked(book, case_file)
    against = (Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK)
    assert {(a.rule_id, a.subject) for a in during.raised if a.lane in against} <= raised(before)
    adverse = {
        fact.evidence_id
        for fact in case_file.evidence
        if fact.evidence_class is not EvidenceClass.SAFETY and {m.polarity for m in fact.mappings} == {Polarity.CONCERN}
    }
    weighing = [a for a in during.raised if a.lane in (Lane.SUPPORT_NEED, Lane.ESCALATION)]
    assert not {i.evidence_id for a in weighing for i in a.explanation.counted if "counted" in i.text} & adverse
    safety = {(a.rule_id, a.subject) for a in before.raised if a.lane is Lane.SAFETY}
    assert safety <= raised(during)


def test_a_what_if_says_who_waits_when_a_note_is_begun_and_that_it_comes_from_the_note() -> None:
    span = Span(TODAY - timedelta(days=200), TODAY)
    whatif = WhatIf(shipped(), with_note(), span, as_dated=True)
    (note,) = whatif.changes
    assert RULE[0] in whatif.bears_on(note)
    (change,) = (c for c in whatif.person(a_case_file(*THEME)).changed if tuple(c.key) == RULE)
    assert change.difference is Difference.LASTS_OTHERWISE
    assert change.after[-1].ended_on == DRAFTED_FROM
    assert change.reasons == ("note enquiries added",)
