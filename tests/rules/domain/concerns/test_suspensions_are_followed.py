"""While a Safeguarder is suspended, practice is on hold, and afterwards nothing is left of it (R90, D15.5)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from services.refusals import Refusal
from services.rules.domain.closed_lists import Answer, HoldReason, Lane, State
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.overlays.followed import OverlayFact, follow_overlays
from services.rules.domain.evaluation.decision_record import recorded_inputs
from services.rules.domain.facts import CaseFile, ConcernKey, SuspensionFact
from tests.rules.builders import NOW, TODAY, a_case_file, answered, case_files, evaluated, shipped
from tests.rules.domain.concerns.builders import EVIDENCE, context
from tests.rules.domain.concerns.test_concern_life_cycle import with_action
from tests.rules.domain.evaluation.test_decision_record import recorded
from tests.rules.domain.evaluation.test_reviews_hold_back import THEME, WAITS

CONCERN = with_action()


def overlay(overlay_id: str = "o1", **changes: Any) -> OverlayFact:
    return replace(OverlayFact(overlay_id, CONCERN.safeguarder_id, 1, TODAY, True, NOW), **changes)


def after(concern: Concern, overlays: list[OverlayFact], day: int = 0) -> Concern:
    return follow_overlays(concern, overlays, TODAY + timedelta(days=day))[1]


def test_a_concern_is_on_hold_while_the_person_is_suspended_and_returns_to_where_it_stood() -> None:
    held = after(CONCERN, [overlay()])
    assert held.state is State.HELD
    assert after(held, [overlay()], 1) is held, "the same news changes nothing"
    free = after(held, [overlay(ended_at=NOW)], 7)
    assert (free.state, free.progress.hold) == (CONCERN.state, None)
    assert free.progress.action == CONCERN.progress.action, "scheduling moves the days of what is in the plan"
    assert [pause.by_the_record for pause in free.progress.pauses] == [True]


def test_of_two_the_last_to_end_releases_it() -> None:
    held = after(CONCERN, [overlay(), overlay("o2")])
    once = after(held, [overlay(ended_at=NOW), overlay("o2")], 5)
    assert once.state is State.HELD
    assert after(once, [overlay(ended_at=NOW), overlay("o2", ended_at=NOW)], 6).state is CONCERN.state


def test_one_whose_policy_does_not_hold_practice_holds_nothing() -> None:
    assert after(CONCERN, [overlay(holds_practice=False)]) is CONCERN


@pytest.mark.parametrize("lane", [Lane.SAFETY, Lane.EXCELLENCE, Lane.DATA_GAP])
def test_safety_praise_and_what_the_team_owes_wait_for_nothing(lane: Lane) -> None:
    other = replace(CONCERN, answer=replace(CONCERN.answer, lane=lane))
    assert after(other, [overlay()]) is other


def test_nobody_releases_by_hand_what_a_suspension_in_the_record_holds() -> None:
    with pytest.raises(Refusal) as refused:
        life.release(after(CONCERN, [overlay()]), HoldReason.SUSPENDED, context())
    assert refused.value.metadata["guard"] == "suspension_runs"


def test_a_hold_of_before_the_record_is_still_released_by_hand() -> None:
    typed = life.hold(CONCERN, HoldReason.SUSPENDED, context())
    assert after(typed, []) is typed
    assert life.release(typed, HoldReason.SUSPENDED, context(2)).state is CONCERN.state


def suspended(case_file: CaseFile, **changes: Any) -> CaseFile:
    return replace(case_file, suspensions=(replace(SuspensionFact("o1", NOW), **changes),))


def test_nothing_new_is_raised_about_practice_and_it_says_why() -> None:
    held = answered(evaluated(suspended(a_case_file(*EVIDENCE))), *THEME)
    assert held.answer is Answer.HELD_BACK
    assert held.explanation.because.startswith("Held back: the Safeguarder is suspended.")
    opened = a_case_file(*EVIDENCE, open_concerns={ConcernKey(*THEME): TODAY})
    assert answered(evaluated(suspended(opened)), *THEME) == answered(evaluated(opened), *THEME)


@given(case_files())
def test_a_lifted_suspension_leaves_nothing_and_one_in_force_only_holds_back(case_file: CaseFile) -> None:
    """Record 8, `lifted_leaves_nothing`: no answer and no measure differs once it is over."""
    before = evaluated(case_file)
    assert evaluated(suspended(case_file, ended_at=NOW)) == before
    known = {(answer.rule_id, answer.subject): answer for answer in before.answers}
    for answer in evaluated(suspended(case_file)).answers:
        key = (answer.rule_id, answer.subject)
        if answer.answer is Answer.RAISED:
            assert known[key].answer is Answer.RAISED
        if answer.lane not in WAITS and not shipped().looks_at_concerns(shipped().rule(key[0])):
            assert answer == known[key]


def test_a_decision_replays_with_the_suspension_that_was_in_force() -> None:
    case_file = suspended(a_case_file(*EVIDENCE))
    record = recorded(case_file)
    inputs = recorded_inputs(record.content)
    assert inputs.case_file.suspensions == case_file.suspensions
    assert recorded(inputs.case_file).content == record.content
    assert b'"suspensions"' not in recorded(a_case_file(*EVIDENCE)).content
