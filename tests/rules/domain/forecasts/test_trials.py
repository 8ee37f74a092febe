"""A trial rule is asked as if it alone were live, has no effect, and is compared with people's decisions."""

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Answer, HoldReason, Lane, RuleStatus, State
from services.rules.domain.concerns.concern import Concern, EvaluationId, Reason
from services.rules.domain.concerns.overrides import Override
from services.rules.domain.concerns.progress import Hold, Progress
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.facts import CaseFile, ConcernKey, OverrideFact
from services.rules.domain.forecasts.plan import Span
from services.rules.domain.forecasts.trials import Decided, Standing, Tried, report, stand, terms_of, try_rules
from services.rules.domain.forecasts.whatif import Difference, WhatIf
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.workbench.mutants import mutants_of
from tests.rules.builders import NOW, PERSON, TODAY, a_case_file, a_late_report, case_files, shipped
from tests.rules.domain.concerns.builders import a_concern
from tests.sizes import part_of

RULES = [rule.rule_id for rule in shipped().rules]
SEEN = EvaluationId("evaluation")


@cache
def with_status(rule_id: str, status: RuleStatus) -> Rulebook:
    """Return the shipped rulebook with another status of one rule."""
    rules = (replace(rule, status=status) if rule.rule_id == rule_id else rule for rule in shipped().rules)
    return replace(shipped(), rules=tuple(rules))


def tried(rulebook: Rulebook, case_file: CaseFile) -> Tried:
    return try_rules(rulebook, evaluate(rulebook, case_file, TODAY, NOW))


@given(case_files(), st.sampled_from(RULES))
@settings(max_examples=part_of(30), deadline=None)
def test_a_rule_on_trial_answers_what_it_would_answer_if_it_were_live(case_file: CaseFile, rule_id: str) -> None:
    live = evaluate(shipped(), case_file, TODAY, NOW).answers
    answers = tried(with_status(rule_id, RuleStatus.TRIAL), case_file).answers
    assert answers == {ConcernKey(a.rule_id, a.subject): a.answer for a in live if a.rule_id == rule_id}


@given(case_files(), st.sampled_from(RULES))
@settings(max_examples=part_of(30), deadline=None)
def test_a_decision_with_a_rule_on_trial_is_byte_for_byte_the_one_without(case_file: CaseFile, rule_id: str) -> None:
    records = []
    for status in (RuleStatus.TRIAL, RuleStatus.DRAFT):
        evaluation = evaluate(with_status(rule_id, status), case_file, TODAY, NOW)
        records.append(decision_record(evaluation, [one.answers for one in evaluation.answered], {}).content)
    assert records[0] == records[1]


def test_no_other_rule_counts_what_a_rule_on_trial_would_raise() -> None:
    """The rule `reappointment-open-items` counts concerns that other rules raise."""
    person = replace(PERSON, term_ends_on=TODAY + timedelta(days=30))
    late = a_case_file(*(a_late_report(f"late-{n}", TODAY - timedelta(days=20 + n)) for n in range(3)), person=person)
    raised = {a.rule_id for a in evaluate(shipped(), late, TODAY, NOW).raised}
    assert {"report-late", "reappointment-open-items"} <= raised
    on_trial = with_status("report-late", RuleStatus.TRIAL)
    assert "reappointment-open-items" not in {a.rule_id for a in evaluate(on_trial, late, TODAY, NOW).raised}
    assert tried(on_trial, late).answers[ConcernKey("report-late", "")] is Answer.RAISED


def test_a_rule_on_trial_is_asked_from_its_day_on_and_of_nobody_who_no_longer_serves() -> None:
    late = a_case_file(a_late_report("late", TODAY - timedelta(days=9)))
    on_trial = with_status("report-late", RuleStatus.TRIAL)
    tomorrow = tuple(
        replace(rule, in_force_from=TODAY + timedelta(days=1)) if rule.rule_id == "report-late" else rule
        for rule in on_trial.rules
    )
    assert tried(on_trial, late).answers
    assert not tried(replace(on_trial, rules=tomorrow), late).answers
    assert not tried(on_trial, replace(late, person=replace(PERSON, serving=False))).answers


def test_a_what_if_from_trial_to_live_names_who_would_be_raised() -> None:
    late = a_case_file(*(a_late_report(f"late-{n}", TODAY - timedelta(days=20 + n)) for n in range(2)))
    span = Span(TODAY - timedelta(days=40), TODAY)
    whatif = WhatIf(with_status("report-late", RuleStatus.TRIAL), shipped(), span, as_dated=True)
    (change,) = (one for one in whatif.person(late).changed if one.key.rule_id == "report-late")
    assert change.difference is Difference.NEWLY_RAISED
    assert change.reasons == ("report-late: status: trial → live",)


def test_another_trial_begins_where_what_an_answer_follows_from_changes_and_not_with_words_or_status() -> None:
    """Every small change that can alter an answer makes another trial. A title, sentence or status does not."""
    for rule in shipped().rules:
        terms = terms_of(shipped(), rule)
        others = {terms_of(m.rulebook, m.rulebook.rule(rule.rule_id)) for m in mutants_of(shipped(), rule)}
        assert terms not in others
        words = replace(rule, title="Another", because="Another", examples=(), status=RuleStatus.TRIAL)
        assert terms_of(shipped(), words) == terms


def test_what_a_rule_on_trial_says_is_followed_from_one_evaluation_to_the_next() -> None:
    key = ConcernKey("report-late", "")
    known: dict[ConcernKey, Standing] = {}
    told = []
    for day, answer in enumerate([Answer.CLEAR, Answer.CLEAR, Answer.RAISED, None, Answer.RAISED]):
        answers = {key: answer} if answer else {}
        changed = stand("sg-one", known, Tried({}, answers, ()), TODAY + timedelta(days=day), SEEN)
        known |= {ConcernKey(one.rule_id, one.subject): one for one in changed}
        told.append(len(changed))
    assert told == [1, 0, 1, 1, 1]  # nothing is written where nothing changes
    one = known[key]
    assert (one.asked_on, one.raised_on) == (TODAY, TODAY + timedelta(days=2))
    assert (one.answer, one.answered_on) == (Answer.RAISED, TODAY + timedelta(days=4))


def a_standing(person: str, *, raised: bool = True, subject: str = "S2.1", days: int = 0) -> Standing:
    on = TODAY + timedelta(days=days)
    answer = Answer.RAISED if raised else Answer.CLEAR
    return Standing(person, "same-theme-two-sources", subject, answer, on, on if raised else None, TODAY, SEEN)


HELD = Progress(hold=Hold((HoldReason.REVIEW_OPEN,), State.RAISED, TODAY))
DECIDED: dict[str, tuple[dict[str, Any], Decided]] = {
    "raised": ({}, Decided.UNDECIDED),
    "held before anybody took it on": ({"state": State.HELD, "progress": HELD}, Decided.UNDECIDED),
    "taken on": ({"state": State.ACKNOWLEDGED, "owner": "manager"}, Decided.TAKEN_ON),
    "closed after support": (
        {"state": State.CLOSED, "owner": "manager", "reason": Reason.SUPPORT_GIVEN}, Decided.TAKEN_ON,
    ),
    "gone away before anybody took it on": (
        {"state": State.CLOSED, "reason": Reason.NO_LONGER_APPLIES}, Decided.UNDECIDED,
    ),
    "dismissed": ({"state": State.DISMISSED, "reason": Reason.RULE_NOT_FITTING}, Decided.DISMISSED),
    "merged into another": ({"state": State.MERGED}, Decided.NOT_RAISED),
    "praise, which a rule of concern is not compared with": (
        {"answer": replace(a_concern().answer, lane=Lane.EXCELLENCE)}, Decided.NOT_RAISED,
    ),
    "about another standard": ({"answer": replace(a_concern().answer, subject="S4.1")}, Decided.NOT_RAISED),
    "about somebody else": ({"safeguarder_id": "sg-two"}, Decided.NOT_RAISED),
}  # fmt: skip


def a_concern_about(person: str, **changes: Any) -> Concern:
    return replace(a_concern(), **{"safeguarder_id": person} | changes)


@pytest.mark.parametrize(("changes", "decided"), DECIDED.values(), ids=DECIDED)
def test_a_trial_is_compared_with_what_people_decided_about_the_same_person_and_standard(
    changes: dict[str, Any], decided: Decided
) -> None:
    rule = shipped().rule("same-theme-two-sources")
    found = report(rule, [a_standing("sg-one")], [a_concern_about("sg-one", **changes)])
    assert +found.raised == {decided: 1}
    silent = report(rule, [a_standing("sg-one", raised=False)], [a_concern_about("sg-one", **changes)])
    assert +silent.silent == {decided: 1}
    assert not silent.raised


def test_of_several_concerns_the_one_that_people_took_furthest_is_compared() -> None:
    rule = shipped().rule("same-theme-two-sources")
    concerns = [
        a_concern_about("sg-one"),
        a_concern_about("sg-one", state=State.DISMISSED),
        a_concern_about("sg-one", state=State.IN_SUPPORT, owner="manager"),
    ]
    assert +report(rule, [a_standing("sg-one")], concerns).raised == {Decided.TAKEN_ON: 1}


def test_a_rule_that_people_set_aside_is_a_decision_about_the_same_person_and_standard() -> None:
    """It has no bearing on another standard, nor on praise."""
    rule, days = shipped().rule("same-theme-two-sources"), (TODAY, TODAY)
    for other, subject, decision in (
        (rule, "S2.1", Decided.SET_ASIDE),
        (shipped().rule("report-late"), "", Decided.NOT_RAISED),
        (shipped().rule("excellence-repeat"), "S2.1", Decided.NOT_RAISED),
    ):
        aside = OverrideFact("override", ConcernKey(other.rule_id, subject), *days, NOW)
        made = [(Override("sg-one", aside, "Discussed", "senior"), other)]
        assert +report(rule, [a_standing("sg-one")], [], made).raised == {decision: 1}


def test_a_report_says_of_how_many_people_since_when_and_what_still_holds() -> None:
    rule = shipped().rule("same-theme-two-sources")
    gone = replace(a_standing("sg-one", subject="S3.1", days=3), answer=Answer.CLEAR)
    standings = [a_standing("sg-one"), gone, a_standing("sg-two", days=5), a_standing("sg-three", raised=False)]
    found = report(rule, standings, [])
    assert (found.since, found.people, found.people_raised, found.still_raised) == (TODAY, 3, 2, 2)
    assert (found.first_raised_on, found.last_raised_on) == (TODAY, TODAY + timedelta(days=5))
    assert (found.raised.total(), found.silent.total()) == (3, 1)
    assert report(rule, [], []).since is None
