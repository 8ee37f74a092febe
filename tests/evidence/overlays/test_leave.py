"""A leave is asked for and agreed to, and its days are days away only from then on (R90)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.evidence.domain.overlays.leave import AskedLeave, answer, ask, end
from services.evidence.domain.overlays.overlay import Effect, LeaveKind, Overlay, OverlayState, days_away
from services.refusals import Refusal
from tests.evidence.overlays.test_suspensions import ENTRY, POLICY, TEAM, TODAY, day, later, reason_of


def asked(**changes: Any) -> Overlay:
    wanted = AskedLeave(LeaveKind.CARING, day(7), day(20), read_back=False, by_the_person=True)
    return ask("o1", ENTRY, replace(wanted, **changes), POLICY, TEAM)


def agreed() -> Overlay:
    return answer(asked(), "", later(1, TEAM), agreed=True)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"ends_on": None}, ""),
        ({"starts_on": day(-20)}, ""),
        ({"by_the_person": False, "read_back": True}, ""),
        ({"by_the_person": False}, "ASK_FIRST"),
        ({"ends_on": day(6)}, "END_BEFORE_START"),
        ({"starts_on": date(2025, 12, 31)}, "NOT_APPOINTED"),
    ],
)
def test_a_leave_is_asked_for_by_the_person_or_read_back_to_them(changes: dict[str, Any], reason: str) -> None:
    if reason:
        assert reason_of(lambda: asked(**changes)) == reason
        return
    made = asked(**changes)
    assert (made.state, made.effects, days_away(made)) == (OverlayState.ASKED, (Effect.DAYS_AWAY,), None)


def test_it_is_no_time_away_until_somebody_agrees() -> None:
    away = days_away(agreed())
    assert away is not None
    assert (away.time_away_id, away.starts_on, away.ends_on, away.cancelled) == ("o1", day(7), day(20), False)


def test_who_declines_says_why_and_nothing_is_away() -> None:
    assert reason_of(lambda: answer(asked(), "", TEAM, agreed=False)) == "SAY_WHY"
    declined = answer(asked(), "Nobody else serves in that area.", TEAM, agreed=False)
    assert (declined.state, days_away(declined)) == (OverlayState.DECLINED, None)
    for answered in (declined, agreed()):
        assert reason_of(lambda answered=answered: answer(answered, "", TEAM, agreed=True)) == "LEAVE_ANSWERED"


@pytest.mark.parametrize(("last_on", "not_taken"), [(day(9), False), (day(40), False), (day(7), False), (None, True)])
def test_its_last_day_can_be_set_also_afterwards_or_that_it_was_not_taken(last_on: date, not_taken: bool) -> None:
    away = days_away(end(agreed(), last_on, later(50, TEAM), not_taken=not_taken))
    assert away is not None
    assert away.cancelled is not_taken
    assert not_taken or away.ends_on == last_on


def test_what_was_not_agreed_to_has_no_end_and_an_end_is_one_of_the_two() -> None:
    assert reason_of(lambda: end(asked(), day(9), TEAM, not_taken=False)) == "LEAVE_NOT_AGREED"
    for last_on, not_taken in ((None, False), (day(9), True)):
        with pytest.raises(Refusal) as refused:
            end(agreed(), last_on, TEAM, not_taken=not_taken)
        assert refused.value.reason == "LAST_DAY_OR_NOT_TAKEN"
    assert reason_of(lambda: end(agreed(), day(6), TEAM, not_taken=False)) == "END_BEFORE_START"
    assert day(6) > TODAY
