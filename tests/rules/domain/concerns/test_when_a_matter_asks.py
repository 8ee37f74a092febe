"""By when somebody answers a matter, for whom it waits, and why a move is not possible yet (X11, B14, D15.5)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from services.calendar_days import WorkingCalendar, add_working_days
from services.rules.domain.closed_lists import Lane, State, Tell
from services.rules.domain.concerns.concern import Concern, due_on, respond_by, waits_for
from services.rules.domain.concerns.guards import Guard
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.transitions import allowed_moves, blocked_moves
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import a_concern, context

WITHIN = a_concern().answer.notice.within_working_days
FIRST = add_working_days(WorkingCalendar.OFFICE, TODAY, WITHIN)


def made(move: Move, day: int, from_state: State, to_state: State) -> Made:
    """Return a move that was made some days after the concern was raised."""
    return Made(move, "manager", NOW + timedelta(days=day), from_state, to_state)


HELD = made(Move.HOLD, 1, State.RAISED, State.HELD)
HELD_FOR_MORE = made(Move.HOLD, 2, State.HELD, State.HELD)
ONE_SETTLED = made(Move.RELEASE, 3, State.HELD, State.HELD)
RELEASED = made(Move.RELEASE, 5, State.HELD, State.RAISED)
REOPENED = made(Move.REOPEN, 40, State.CLOSED, State.REOPENED)


def after(at: datetime, days: int = 0) -> date:
    return add_working_days(WorkingCalendar.OFFICE, at.date(), WITHIN) + timedelta(days=days)


@pytest.mark.parametrize(
    ("moves", "day"),
    [
        ([], FIRST),
        ([HELD], FIRST),
        ([HELD, RELEASED], FIRST + timedelta(days=4)),
        ([HELD, HELD_FOR_MORE, ONE_SETTLED, RELEASED], FIRST + timedelta(days=4)),
        ([HELD, RELEASED, REOPENED], after(REOPENED.at)),
        ([made(Move.ACKNOWLEDGE, 1, State.RAISED, State.ACKNOWLEDGED)], FIRST),
    ],
)
def test_the_days_of_the_rule_run_from_its_raising_and_not_while_it_is_on_hold(moves: list[Made], day: date) -> None:
    assert respond_by(a_concern(), moves) == day


def test_what_has_ended_waits_for_nobody() -> None:
    assert respond_by(a_concern(state=State.CLOSED), []) is None


def test_it_is_due_on_its_owners_next_date_and_without_an_owner_when_somebody_must_respond() -> None:
    assert due_on(a_concern(), []) == FIRST
    assert due_on(a_concern(owner="manager", next_on=TODAY), []) == TODAY


@pytest.mark.parametrize(
    ("owner", "tell", "waits"),
    [
        ("me", Tell.SENIOR_MANAGER, True),
        ("", Tell.SUPPORT_MANAGER, True),
        ("", Tell.SENIOR_MANAGER, False),
        ("somebody", Tell.SUPPORT_MANAGER, False),
    ],
)
def test_it_waits_for_its_owner_or_else_for_those_who_are_told(owner: str, tell: Tell, waits: bool) -> None:
    concern = a_concern(owner=owner)
    told = replace(concern.answer, notice=replace(concern.answer.notice, tell=tell))
    assert waits_for(replace(concern, answer=told), "me", "support_manager") is waits


@pytest.mark.parametrize("lane", [Lane.SUPPORT_NEED, Lane.EXCELLENCE, Lane.DATA_GAP])
@pytest.mark.parametrize("state", [State.RAISED, State.IN_SUPPORT, State.HELD, State.CLOSED])
def test_a_move_that_fits_the_matter_is_allowed_or_says_why_not(lane: Lane, state: State) -> None:
    concern: Concern = a_concern(lane, state=state)
    allowed, blocked = allowed_moves(concern, context()), blocked_moves(concern, context())
    assert not set(allowed) & set(blocked)
    assert Guard.LANE not in blocked.values()
    assert (Move.ESCALATE in blocked) is (lane is Lane.SUPPORT_NEED)
    assert (Move.INVITE_TO_SHARE in blocked) is (lane is Lane.EXCELLENCE)
