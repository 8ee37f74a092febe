"""No time passes while something stands still, exact to the day, in whatever order it comes (D15.5, record 8)."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.calendar_days import WorkingCalendar, first_working_day_from, is_working_day
from services.scheduling.domain.duties.owed import owed_on
from services.scheduling.domain.duties.standstills import due_on
from services.scheduling.domain.duties.states import ActionState, DutyKind, OwedBy, SupportState
from services.scheduling.domain.obligations.clocks import Clock, Pause, PauseReason
from tests.scheduling.builders import POLICY
from tests.scheduling.duties.build import MONDAY, a_support, an_action, facts

DAYS = 28
LAST = MONDAY + timedelta(days=DAYS)


def on(n: int) -> date:
    return MONDAY + timedelta(days=n)


PAUSES = st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 40)), max_size=5)
OPEN_PAUSES = st.lists(st.integers(-10, 60), max_size=2)


def pauses_of(closed: list[tuple[int, int]], still_open: list[int] = []) -> list[Pause]:  # noqa: B006
    """Pauses as their first day and length, and those of which nobody knows the last day."""
    known = [Pause(f"c{n}", PauseReason.ON_LEAVE, on(a), on(a + days)) for n, (a, days) in enumerate(closed)]
    return known + [Pause(f"o{n}", PauseReason.SUPPORT_LATE, on(a)) for n, a in enumerate(still_open)]


@given(PAUSES)
def test_no_time_passes_while_paused(closed: list[tuple[int, int]]) -> None:
    """The due day is the one on which as many days ran as without a standstill, counted day by day."""
    clock = Clock(MONDAY).with_pauses(pauses_of(closed))
    n, passed = -1, 0
    while passed < DAYS + 1:
        n += 1
        passed += not any(first <= n < first + length for first, length in closed)
    expected = on(n) if n == DAYS else first_working_day_from(WorkingCalendar.OFFICE, on(n))
    assert due_on(clock, LAST, on(500)) == expected


@given(st.data(), PAUSES, OPEN_PAUSES, st.integers(0, 120))
def test_order_of_pauses_is_nothing(
    data: st.DataObject, closed: list[tuple[int, int]], still_open: list[int], today: int
) -> None:
    pauses = pauses_of(closed, still_open)
    shuffled = data.draw(st.permutations(pauses))
    clocks = [Clock(MONDAY).with_pauses(some) for some in (pauses, shuffled, [*pauses, *shuffled])]
    assert len({due_on(clock, LAST, on(today)) for clock in clocks}) == 1


@given(PAUSES, OPEN_PAUSES, st.integers(0, 120))
def test_a_due_day_that_a_standstill_moved_is_an_office_day_and_never_earlier(
    closed: list[tuple[int, int]], still_open: list[int], today: int
) -> None:
    due = due_on(Clock(MONDAY).with_pauses(pauses_of(closed, still_open)), LAST, on(today))
    assert due >= LAST
    assert due == LAST or is_working_day(WorkingCalendar.OFFICE, due)


@given(st.integers(-10, DAYS), st.integers(0, 200))
def test_a_due_day_is_never_past_while_a_standstill_of_unknown_length_reaches_it(first: int, today: int) -> None:
    """It does not move each day either: only on the day that was told."""
    clock = Clock(MONDAY).with_pauses(pauses_of([], [first]))
    due, day_before = (due_on(clock, LAST, on(n)) for n in (today, today - 1))
    assert due > on(today) or today < first or due == LAST >= on(today)
    assert due == day_before or day_before == on(today) or today == first


@given(st.integers(DAYS + 1, 60), st.integers(DAYS + 1, 200))
def test_a_standstill_after_the_due_day_excuses_nothing(first: int, today: int) -> None:
    assert due_on(Clock(MONDAY).with_pauses(pauses_of([], [first])), LAST, on(today)) == LAST


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 120))
def test_the_team_owes_so_the_clock_stands(promised: int, days_late: int, today: int) -> None:
    """While a support is late, its action's running time is 0: each late day before the due day moves it by one."""
    given_on = on(promised + days_late)
    still_late = a_support(first_promised_on=on(promised), promised_on=on(promised))
    given = a_support("delivered", first_promised_on=on(promised), promised_on=on(promised), delivered_on=given_on)
    late_days = [on(n) for n in range(promised + 1, promised + days_late + 1)]
    for support in (still_late, given):
        action = owed_on(on(today), facts(an_action(due_on=LAST), support), POLICY)[0]
        assert all(action.stands_still_because(late) == (PauseReason.SUPPORT_LATE,) for late in late_days)
    moved = late_days if late_days and late_days[0] <= LAST else []
    expected = LAST if not moved else first_working_day_from(WorkingCalendar.OFFICE, LAST + timedelta(len(moved)))
    assert owed_on(on(today), facts(an_action(due_on=LAST), given), POLICY)[0].due_on(on(500)) == expected


@given(
    st.sampled_from(ActionState),
    st.sampled_from(OwedBy),
    st.sampled_from(OwedBy),
    st.sampled_from(SupportState),
    st.integers(0, 100),
)
def test_team_duties_never_reach_the_person(
    action: ActionState, owner: OwedBy, proposed_by: OwedBy, support: SupportState, today: int
) -> None:
    """D15.17: nothing that the Team owes is ever owed by the Safeguarder."""
    late = a_support(support, first_promised_on=on(5), promised_on=on(5))
    acted = an_action(action, owner=owner, proposed_by=proposed_by)
    duties = owed_on(on(today), facts(acted, late), POLICY)
    theirs = {DutyKind.ANSWER_RECORD, DutyKind.ANSWER_ACTION, DutyKind.ANSWER_SUPPORT, DutyKind.ACTION}
    assert {duty.kind for duty in duties if duty.owed_by is OwedBy.SAFEGUARDER} <= theirs
    for duty in duties:
        if duty.kind is DutyKind.ACTION:
            assert duty.owed_by is owner
        if duty.kind is DutyKind.ANSWER_ACTION:
            assert duty.owed_by is not proposed_by
