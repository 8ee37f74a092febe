"""Kind of fault: a person is not evaluated on a day on which an answer changes, although nothing is recorded.

A missed day is a concern that nobody raises. So on each day up to the one returned, the whole evaluation is asked.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Answer, RuleStatus
from services.rules.domain.evaluation.decision_record import decision_record
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evaluation.holding import LONGEST, holds_until
from services.rules.domain.facts import CaseFile, ConcernKey, OverrideFact
from services.rules.domain.forecasts.trials import try_rules
from services.rules.domain.rulebook.model import Rulebook
from tests.rules.builders import NOW, TODAY, case_files, shipped, team_duties
from tests.rules.domain.evaluation.test_holding_for_days import (
    LAPSING,
    files_about_the_edges,
    with_a_line_that_changes,
    with_holding_time,
)
from tests.rules.domain.evidence.editions import two_editions
from tests.rules.domain.evidence.test_practice_notes import with_note
from tests.sizes import part_of

Said = tuple[str, dict[ConcernKey, Answer]]


def said(rulebook: Rulebook, case_file: CaseFile, day: date) -> Said:
    """Return all that matters of an evaluation on a day, and what rules on trial answer."""
    evaluation = evaluate(rulebook, case_file, day, case_file.known_by(NOW + (day - TODAY)))
    return decision_record(evaluation, None, {}).essence, dict(try_rules(rulebook, evaluation).answers)


def held(rulebook: Rulebook, case_file: CaseFile, day: date = TODAY) -> date:
    known_at = case_file.known_by(NOW + (day - TODAY))
    return holds_until(rulebook, case_file, evaluate(rulebook, case_file, day, known_at))


def on_trial(rulebook: Rulebook, holds_for: str | None) -> Rulebook:
    """Return the rulebook with every other rule on trial, waiting for some days."""
    rules = tuple(
        replace(rule, status=RuleStatus.TRIAL, holds_for=holds_for) if place % 2 else rule
        for place, rule in enumerate(rulebook.rules)
    )
    return replace(rulebook, rules=rules)


NOTED = with_note("S2", "S4.1", accepted=TODAY - timedelta(days=40), effective=TODAY + timedelta(days=5))
RULEBOOKS = {
    "rules as shipped": shipped(),
    "rules that lapse in between": LAPSING,
    "rules that hold for days": with_holding_time(shipped(), "gap_holds_days"),
    "rules that lapse and hold for days": with_holding_time(LAPSING, "gap_holds_days"),
    "a line that changed lately": with_holding_time(
        with_a_line_that_changes(shipped(), "theme_items_line", TODAY - timedelta(days=5), 3), "gap_holds_days"
    ),
    "a window that shrinks soon": with_a_line_that_changes(shipped(), "window_months", TODAY + timedelta(days=9), 6),
    "a note in draft": NOTED,
    "two editions": two_editions(),
    "rules on trial": on_trial(shipped(), "gap_holds_days"),
}


@st.composite
def files(draw: st.DrawFn) -> CaseFile:
    """Draw people with open concerns and overrides, and with days that lie ahead as well as behind."""
    case_file = draw(case_files(most=8) | files_about_the_edges())
    ahead = timedelta(days=draw(st.integers(0, 30)))
    evidence = tuple(
        replace(fact, **draw(st.sampled_from(_moved(fact, ahead))), recorded_at=min(fact.recorded_at, NOW))
        for fact in case_file.evidence
    )
    rules = [rule.rule_id for rule in shipped().rules]
    keys = st.builds(ConcernKey, st.sampled_from(rules), st.sampled_from(("", "S2", "S4", "S5.1")))
    opened = draw(st.frozensets(keys, max_size=3))
    aside = [
        OverrideFact(f"override-{place}", key, TODAY + timedelta(days=starts), TODAY + timedelta(days=starts + 9), NOW)
        for place, (key, starts) in enumerate(draw(st.lists(st.tuples(keys, st.integers(-9, 9)), max_size=2)))
    ]
    concerns = dict.fromkeys(sorted(opened), TODAY - timedelta(days=30))
    told = draw(team_duties(TODAY + ahead))
    duties = tuple(replace(duty, recorded_at=min(duty.recorded_at, NOW)) for duty in told)
    return replace(case_file, evidence=evidence, open_concerns=concerns, overrides=tuple(aside), duties=duties)


def _moved(fact: Any, ahead: timedelta) -> list[dict[str, Any]]:
    day = TODAY + ahead
    return [
        {},
        {"received_on": max(day, fact.happened_on)},
        {"shared_on": day, "countable_from": day, "adverse_from": day + ahead},
        {"countable_from": fact.received_on, "adverse_from": day},
        {"happened_on": TODAY - timedelta(days=365) + ahead, "received_on": TODAY - timedelta(days=300)},
    ]


@pytest.mark.parametrize("rulebook", RULEBOOKS.values(), ids=RULEBOOKS)
@given(case_file=files(), begins=st.integers(0, 20))
@settings(max_examples=part_of(150), deadline=None)
def test_the_answers_are_the_same_on_each_day_up_to_the_last_on_which_they_hold(
    rulebook: Rulebook, case_file: CaseFile, begins: int
) -> None:
    """F4: any person on any day, also with waits, trials, overrides and dates of the rulebook."""
    day = TODAY + timedelta(days=begins)
    last = held(rulebook, case_file, day)
    assert day <= last <= day + LONGEST
    first = said(rulebook, case_file, day)
    while day < last:
        day += timedelta(days=1)
        assert said(rulebook, case_file, day) == first, f"on {day}, although it holds until {last}"
