"""An item is adverse by what a measure does with it, and counts against nobody before its reply or lapse (B4)."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings

from services.rules.domain.closed_lists import (
    Answer,
    Comparator,
    ComplaintOutcome,
    EvidenceClass,
    Kind,
    Lane,
    NotCounted,
    Polarity,
)
from services.rules.domain.evaluation.decision_record import decision_record, recorded_inputs
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evaluation.examination import Examination, Question
from services.rules.domain.evidence.countability import with_adverse_day
from services.rules.domain.evidence.matching import Evidence
from services.rules.domain.facts import REPORT_LINES, EvidenceFact, StandardMapping
from services.rules.domain.rulebook.conditions import Comparison
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

TOMORROW = TODAY + timedelta(days=1)
AGAINST = (Lane.SUPPORT_NEED, Lane.ESCALATION, Lane.REAPPOINTMENT_RISK, Lane.SAFETY)
UNSHARED: dict[str, Any] = {"countable_from": date(2026, 6, 1), "adverse_from": None, "shared_on": None}
IN_REPLY: dict[str, Any] = {"adverse_from": TOMORROW, "reply_due_on": TODAY}
READ_WHATEVER_POLARITY = {
    "late_reports", "samples_line_below", "samples_without_child_views", "training_missed", "sessions_missed",
}  # fmt: skip


def two_late(**changes: Any) -> tuple[EvidenceFact, ...]:
    """Return two late reports that the Team mapped as neutral."""
    neutral = {"polarity": Polarity.NEUTRAL} | changes
    return a_late_report("one", date(2026, 9, 1), **neutral), a_late_report("two", date(2026, 9, 8), **neutral)


@pytest.mark.parametrize("polarity", list(Polarity))
def test_late_reports_wait_for_the_reply_whatever_polarity_somebody_typed(polarity: Polarity) -> None:
    """P8: the rule counts days late, so two late reports that were never shared raise nothing."""
    dates = {} if polarity is not Polarity.CONCERN else {"countable_from": None}
    waiting = two_late(**UNSHARED | dates | {"polarity": polarity})
    answer = answered(evaluated(a_case_file(*waiting)), "report-late")
    assert answer.answer is not Answer.RAISED
    assert {item.reason for item in answer.explanation.not_counted} == {NotCounted.NOT_SHARED}
    assert answered(evaluated(a_case_file(*two_late(polarity=polarity))), "report-late").answer is Answer.RAISED


def test_what_waits_to_be_shared_is_said_to_be_the_teams_task() -> None:
    """P8: a late report that nobody shared is not lost in silence."""
    on_time = an_item("ok", kind=Kind.SCRA_TIMELINESS, speaks="S4.1", details={"days_late": 0}, **UNSHARED)
    seen = [replace(on_time, evidence_id=f"ok-{n}", mappings=_as(on_time, Polarity.NEUTRAL)) for n in range(2)]
    late = two_late(**UNSHARED)[0], replace(two_late()[1], **IN_REPLY)
    answer = answered(evaluated(a_case_file(*seen, *late)), "report-late")
    assert answer.answer is Answer.CLEAR
    assert answer.explanation.because.endswith(" 1 item waits to be shared by the Team. 1 item is in reply time.")


def _as(fact: EvidenceFact, polarity: Polarity) -> tuple[StandardMapping, ...]:
    return tuple(replace(mapping, polarity=polarity) for mapping in fact.mappings)


def test_reports_on_time_need_no_sharing_to_make_an_answer_possible() -> None:
    """P8: what only shows that there is evidence is not adverse, so coverage and KPIs stay as they were."""
    seen = [replace(f, details={"days_late": 0, "extension_agreed": False}) for f in two_late(**UNSHARED)]
    answer = answered(evaluated(a_case_file(*seen)), "report-late")
    assert answer.answer is Answer.CLEAR
    assert not answer.explanation.not_counted


def test_the_rulebook_says_which_measures_count_against_the_person() -> None:
    """P8: by what its rules do with a measure. Praise and the Team's own tasks count against nobody."""
    measures, adverse = shipped().measures, shipped().adverse
    assert adverse >= READ_WHATEVER_POLARITY
    assert {name for name in adverse if measures[name].polarity is Polarity.PRAISE} == set()
    assert adverse.isdisjoint({"excellent_reports", "items_on_standard", "kinds_missing", "report_samples"})
    with_concern = {name for name, one in measures.items() if one.polarity is Polarity.CONCERN}
    assert with_concern <= adverse


@pytest.mark.parametrize(
    ("lane", "comparator", "adverse"),
    [(lane, Comparator.AT_LEAST, lane in AGAINST) for lane in Lane]
    + [(lane, Comparator.BELOW, False) for lane in Lane]
    + [(lane, Comparator.ABOVE, lane in AGAINST) for lane in Lane],
)
def test_a_measure_is_adverse_if_more_of_it_raises_a_concern(lane: Lane, comparator: Comparator, adverse: bool) -> None:
    """P8: also in a rulebook that somebody else writes."""
    rule = shipped().rule("report-sample-short")
    when = Comparison("report_samples", comparator, rule.lines[0])
    clears = Comparison("report_samples", Comparator.AT_LEAST if comparator is Comparator.BELOW else Comparator.BELOW,
                        rule.lines[0])  # fmt: skip
    book = replace(shipped(), rules=(replace(rule, lane=lane, when=when, clears_when=clears),))
    assert ("report_samples" in book.adverse) is adverse


STATES: dict[str, dict[str, Any]] = {
    "not shared": {"adverse_from": None, "shared_on": None},
    "in reply time": IN_REPLY,
    "lapsed": {"adverse_from": TODAY},
}


ADVERSE = sorted(shipped().adverse)


def an_item_for(name: str, polarity: Polarity, blank: str = "") -> EvidenceFact:
    """Return an item that an adverse measure looks for, apart from its polarity, with the detail `blank` left out."""
    wanted = shipped().measures[name]
    words: dict[str, Any] = {w.detail: w.one_of[0] if w.one_of else 3 for w in wanted.where}
    if "report_line" in words:
        words |= dict.fromkeys(REPORT_LINES, words.pop("report_line"))
    on_item = {name: words.pop(name) for name in ("complaint_outcome", "evidence_class") if name in words}
    kind = min(wanted.kinds, default=Kind.FEEDBACK)
    speaks = f"{wanted.standard}.1" if wanted.standard else "S4.1"
    details = {detail: word for detail, word in words.items() if detail != blank}
    return an_item("one", kind=kind, speaks=speaks, polarity=polarity, details=details, **on_item)


def counted(name: str, fact: EvidenceFact) -> bool:
    """Return whether a measure of the rulebook counts an item today, about the indicator that it speaks to."""
    evidence = Evidence((fact,), TODAY, shipped())
    return bool(evidence.match(name, fact.mappings[0].indicator, shipped().in_force(TODAY)).counted)


@pytest.mark.parametrize("polarity", list(Polarity))
@pytest.mark.parametrize("name", ADVERSE)
def test_no_measure_counts_an_item_against_the_person_before_its_reply_or_lapse(name: str, polarity: Polarity) -> None:
    """P8: over every adverse measure of the rulebook, each polarity, and each detail left blank."""
    wanted = shipped().measures[name]
    blanks = ("", *(where.detail for where in wanted.where))
    looked_for = wanted.polarity in (None, polarity)
    for blank, (state, dates) in product(blanks, STATES.items()):
        fact = an_item_for(name, polarity, blank)
        safety = fact.evidence_class is EvidenceClass.SAFETY
        waits = polarity is Polarity.CONCERN and not safety
        countable_from = dates["adverse_from"] if waits else fact.happened_on
        fact = replace(fact, **dates | {"countable_from": countable_from})
        is_due = state == "lapsed" or (safety and name in shipped().for_safety)
        assert not counted(name, fact) or is_due, (state, blank)
        if is_due and looked_for and not blank:
            assert counted(name, fact), f"the case shows nothing: {state}"


@given(case_files())
@settings(max_examples=part_of(100), deadline=None)
def test_nothing_is_raised_against_the_person_by_an_item_that_waits(case_file: Any) -> None:
    """P8: over random files, no answer in a lane against the person rests on an item before its day."""
    question = Question(shipped(), PERSON, TODAY, {})
    facts = tuple(sorted(case_file.evidence, key=lambda fact: (fact.happened_on, fact.evidence_id)))
    known = tuple(fact for fact in facts if fact.received_on <= TODAY)
    for outcome in Examination(question, Evidence(known, TODAY, shipped())).outcomes.values():
        if outcome.rule.lane in AGAINST and outcome.answer is not Answer.CLEAR:
            for fact in outcome.rests_on:
                safety = outcome.rule.lane is Lane.SAFETY and fact.evidence_class is EvidenceClass.SAFETY
                from_on = fact.countable_from if safety else fact.adverse_from
                assert from_on is not None
                assert from_on <= TODAY


def test_an_item_counts_as_it_did_on_an_earlier_day() -> None:
    """P8: what counted once stays so as at that day, and what waited then still waits as at that day."""
    lapsed = date(2026, 10, 20)
    late = two_late(adverse_from=lapsed, countable_from=date(2026, 9, 8))
    for on, answer in ((lapsed - timedelta(days=1), Answer.NOT_ENOUGH_EVIDENCE), (lapsed, Answer.RAISED)):
        assert answered(evaluated(a_case_file(*late), on), "report-late").answer is answer, on


def test_a_sharing_that_was_reported_is_marked_wherever_it_counts() -> None:
    """P6: the explanation says that the sharing came with a loaded history."""
    answer = answered(evaluated(a_case_file(*two_late(sharing_reported=True))), "report-late")
    assert answer.answer is Answer.RAISED
    assert all("sharing reported, not recorded here" in item.text for item in answer.explanation.counted)


def test_a_record_of_the_release_before_replays_byte_for_byte() -> None:
    """P8: two neutral late reports had raised a concern at once. The record of that decision stays as it is."""
    case_file = a_case_file(*two_late(shared_on=None))
    then = evaluate(shipped(), case_file, TODAY, case_file.known_by(case_file.evidence[0].recorded_at))
    assert answered(then, "report-late").answer is Answer.RAISED
    kept = decision_record(then, [a.answers for a in then.answered], {}, record_format=1).content
    assert b"adverse_from" not in kept
    assert b"sharing_reported" not in kept
    inputs = recorded_inputs(kept)
    again = evaluate(shipped(), inputs.case_file, inputs.as_of, inputs.as_known_at)
    assert decision_record(again, [a.answers for a in again.answered], {}, "", inputs.record_format).content == kept


MONDAY = date(2026, 11, 2)
DUE = {"shared_on": MONDAY, "reply_due_on": date(2026, 11, 16)}


@pytest.mark.parametrize(
    ("fact", "adverse_from"),
    [
        (an_item("one", countable_from=MONDAY), MONDAY),
        (an_item("one", countable_from=None), None),
        (an_item("one", polarity=Polarity.NEUTRAL, shared_on=None), None),
        (an_item("one", polarity=Polarity.NEUTRAL, **DUE), date(2026, 11, 17)),
        (an_item("one", polarity=Polarity.PRAISE, **DUE, replied_on=date(2026, 11, 4)), date(2026, 11, 4)),
        (an_item("one", polarity=Polarity.PRAISE, **DUE, replied_on=date(2026, 11, 30)), date(2026, 11, 17)),
        (an_item("one", polarity=Polarity.NEUTRAL, evidence_class=EvidenceClass.SAFETY), date(2026, 6, 1)),
        (an_item("one", MONDAY, kind=Kind.ATTENDANCE, shared_on=None), date(2026, 11, 17)),
    ],
)
def test_facts_of_the_release_before_get_their_day(fact: EvidenceFact, adverse_from: date | None) -> None:
    """P8, P9: they are stored without it, and absences had counted on the day."""
    assert with_adverse_day(replace(fact, adverse_from=None)).adverse_from == adverse_from


def test_a_complaint_that_is_not_upheld_counts_nowhere_whatever_its_polarity() -> None:
    """P7: over every polarity, with everything else in its favour."""
    for polarity, outcome in product(Polarity, (ComplaintOutcome.NOT_UPHELD, ComplaintOutcome.WITHDRAWN)):
        complaint = an_item("one", kind=Kind.COMPLAINT, complaint_outcome=outcome, polarity=polarity)
        for answer in evaluated(a_case_file(complaint)).answers:
            assert "one" not in {item.evidence_id for item in answer.explanation.counted}
