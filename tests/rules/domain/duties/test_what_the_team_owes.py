"""What the Team owes is the Team's task: rules for gaps say so, and nothing else changes (R43, D15.17).

The kind that this file closes: a Team that is late makes a person look worse.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Counts, Lane, TeamDutyKind, Tell
from services.rules.domain.concerns.concern import has_news, may_be_raised_after, propose_closing
from services.rules.domain.evaluation.answers import ClearsIf, RuleAnswer
from services.rules.domain.evaluation.evaluate import Evaluation, evaluate
from services.rules.domain.evidence.team_duties import open_duties
from services.rules.domain.facts import CaseFile, TeamDuty
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import PERSON, a_case_file, a_duty, an_item, answered, case_files, shipped, team_duties
from tests.rules.domain.concerns.builders import a_concern
from tests.sizes import part_of

IN_FORCE, DAY = date(2027, 4, 1), date(2027, 11, 2)
NOW = datetime(2027, 11, 2, 18, 0, tzinfo=UTC)
SERVING = replace(PERSON, term_ends_on=date(2028, 6, 30))
YESTERDAY = DAY - timedelta(days=1)
RULES = {
    "team-support-late": {TeamDutyKind.DELIVER_SUPPORT},
    "team-record-late": {TeamDutyKind.SHARE_RECORD, TeamDutyKind.RESPOND_TO_DISPUTE},
    "plan-not-final": {TeamDutyKind.FINALISE_PLAN},
    "report-sample-late": {
        TeamDutyKind.DRAW_SAMPLE,
        TeamDutyKind.OBTAIN_REPORT,
        TeamDutyKind.READ_REPORT,
        TeamDutyKind.SECOND_READING,
        TeamDutyKind.RECONCILE_READINGS,
        TeamDutyKind.SHARE_READING,
    },
    "reappointment-too-late": {TeamDutyKind.SHARE_RECOMMENDATION, TeamDutyKind.SUBMIT_RECOMMENDATION},
}


def asked(*duties: TeamDuty, **changes: Any) -> Evaluation:
    case_file = a_case_file(person=changes.pop("person", SERVING), duties=duties, **changes)
    return evaluate(shipped(), case_file, DAY, NOW)


def of_the_team(rulebook: Rulebook) -> frozenset[str]:
    """Return the rules that look at what the Team owes."""
    counting = {name for name, m in rulebook.measures.items() if m.counts is Counts.TEAM_DUTIES_OVERDUE}
    return frozenset(rule.rule_id for rule in rulebook.rules if counting & set(rule.measures))


def about_the_person(evaluation: Evaluation) -> list[RuleAnswer]:
    return [answer for answer in evaluation.answers if answer.rule_id not in RULES]


def late(name: str = "duty", **changes: Any) -> TeamDuty:
    return a_duty(name, YESTERDAY, **changes)


def a_late_answer(*duties: TeamDuty) -> RuleAnswer:
    return answered(asked(*duties), "team-support-late")


def test_the_rules_for_gaps_look_at_it_and_tell_the_team() -> None:
    assert of_the_team(shipped()) == RULES.keys()
    for name in RULES:
        rule = shipped().rule(name)
        assert (rule.lane, rule.routing.tell, rule.in_force_from) == (Lane.DATA_GAP, Tell.PANEL_TEAM, IN_FORCE)


@given(case_files(), st.integers(0, 500), st.data())
@settings(max_examples=part_of(80), deadline=None)
def test_team_duties_never_reach_the_person(case_file: CaseFile, later: int, data: st.DataObject) -> None:
    """Every answer about the person, its sentence, items and what would clear it: the same whatever the Team owes."""
    days = timedelta(days=later)
    file, day, known_at = replace(case_file, person=SERVING), DAY - days, NOW - days
    opened = {} if data.draw(st.booleans()) else dict.fromkeys(_raised(file, day, known_at), day - timedelta(days=30))
    plain = replace(file, open_concerns=opened)
    owed = replace(plain, duties=data.draw(team_duties(day)))
    before, after = (evaluate(shipped(), one, day, known_at) for one in (plain, owed))
    assert about_the_person(after) == about_the_person(before)
    assert {answer.lane for answer in after.raised if answer.rule_id in RULES} <= {Lane.DATA_GAP}


def _raised(file: CaseFile, day: date, known_at: datetime) -> list[Any]:
    from services.rules.domain.facts import ConcernKey

    return [ConcernKey(answer.rule_id, answer.subject) for answer in evaluate(shipped(), file, day, known_at).raised]


@given(case_files(most=8), team_duties(DAY))
@settings(max_examples=part_of(30), deadline=None)
def test_no_forecast_about_the_person_changes(case_file: CaseFile, duties: tuple[TeamDuty, ...]) -> None:
    others = frozenset(rule.rule_id for rule in shipped().rules) - RULES.keys()
    scope, span = ForecastScope(shipped(), others), Span(DAY - timedelta(days=120), DAY)
    plain = replace(case_file, person=SERVING)
    owed = replace(plain, duties=duties)
    assert PersonForecast(scope, owed, span).spells == PersonForecast(scope, plain, span).spells


@pytest.mark.parametrize("kind", TeamDutyKind)
def test_each_rule_looks_at_its_own_duties_only(kind: TeamDutyKind) -> None:
    raised = {answer.rule_id for answer in asked(late(kind=kind)).raised if answer.rule_id in RULES}
    assert raised == {name for name, kinds in RULES.items() if kind in kinds}


def test_a_duty_is_overdue_from_the_day_after_its_last_day() -> None:
    assert a_late_answer(a_duty(due_on=DAY)).answer == "clear"
    assert a_late_answer(a_duty(due_on=YESTERDAY)).answer == "raised"


def test_the_answer_names_the_duty_and_what_clears_it() -> None:
    given_before = a_duty("given", YESTERDAY, is_open=False)
    why = a_late_answer(late(), given_before).explanation
    (duty,) = why.duties
    assert (duty.duty_id, duty.kind, duty.due_on) == ("duty", "deliver_support", YESTERDAY)
    assert duty.about == "safeguarders/demo-safeguarder/supports/duty"
    assert duty.text == "a support that was accepted, to be given by 1 November 2027"
    assert why.counted == why.praise == ()
    text = "Clears if the support due on 1 November 2027 is given, or cannot be given and no open action rests on it."
    assert why.clears_if == ClearsIf(text, done=("duty",))


def test_two_duties_clear_it_together() -> None:
    first, second = a_duty("first", date(2027, 6, 14)), late("second")
    why = a_late_answer(second, first).explanation
    assert why.clears_if is not None
    assert why.clears_if.done == ("first", "second")
    assert why.clears_if.text.index("14 June") < why.clears_if.text.index("1 November")
    assert a_late_answer(replace(first, is_open=False), second).answer == "raised"
    assert a_late_answer(replace(first, is_open=False), replace(second, is_open=False)).answer == "clear"


@pytest.mark.parametrize("change", [{"is_open": False}, {"due_on": DAY}], ids=["done or withdrawn", "a later day"])
def test_it_is_over_once_the_duty_is_done_ends_or_has_a_later_day(change: dict[str, Any]) -> None:
    newer = late(version=2, recorded_at=NOW - timedelta(hours=1), **change) if "due_on" not in change else None
    newer = newer or a_duty(version=2, recorded_at=NOW - timedelta(hours=1), **change)
    for versions in ((late(), newer), (newer, late())):
        assert a_late_answer(*versions).answer == "clear", "the newest version holds, in whatever order they came"


def test_nothing_is_asked_once_membership_has_ended() -> None:
    assert asked(late(), person=replace(SERVING, serving=False)).answers == ()


@given(team_duties(DAY), st.data())
@settings(max_examples=part_of(60))
def test_order_and_repetition_change_nothing(duties: tuple[TeamDuty, ...], data: st.DataObject) -> None:
    again = data.draw(st.permutations(duties + duties))
    at = NOW - timedelta(days=data.draw(st.integers(0, 90)))
    assert open_duties(again, at) == open_duties(duties, at)


def test_what_was_told_later_was_not_known_before() -> None:
    done = late(version=2, is_open=False, recorded_at=NOW + timedelta(hours=1))
    case_file = a_case_file(person=SERVING, duties=(late(), done))
    assert answered(evaluate(shipped(), case_file, DAY, NOW), "team-support-late").answer == "raised"
    later = evaluate(shipped(), case_file, DAY, NOW + timedelta(hours=2))
    assert answered(later, "team-support-late").answer == "clear"
    assert case_file.known_by(NOW) == NOW + timedelta(hours=1), "an evaluation looks at all that has come"


def test_evidence_clears_nothing_that_the_team_owes() -> None:
    items = [an_item(f"item-{number}", date(2027, 9, 1)) for number in range(3)]
    found = evaluate(shipped(), a_case_file(*items, person=SERVING, duties=(late(),)), DAY, NOW)
    assert answered(found, "team-support-late") == a_late_answer(late())


def test_a_promise_that_is_broken_again_is_raised_again_after_a_person_ended_the_first() -> None:
    first, again, other = (a_late_answer(duty) for duty in (a_duty(due_on=date(2027, 6, 1)), late(), late("other")))
    open_concern = replace(a_concern(), answer=first)
    assert not has_news(open_concern, first)
    assert has_news(open_concern, again)
    assert has_news(open_concern, other)
    assert not may_be_raised_after(open_concern, first)
    assert may_be_raised_after(open_concern, again)
    assert may_be_raised_after(open_concern, other)
    assert may_be_raised_after(propose_closing(open_concern), first)
