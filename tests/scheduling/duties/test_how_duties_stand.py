"""How a duty is told: as it opens, moves, stands still, is met or ends. The newest facts decide (record 0.2, 3.1)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar_days import london_instant
from services.scheduling.domain.duties.duties import Duty, DutyState
from services.scheduling.domain.duties.facts import Fact, Facts, HeldSession, remember
from services.scheduling.domain.duties.states import ActionState, Ending, OwedBy, RecordState, SupportState
from services.scheduling.domain.identifiers import SessionId
from services.scheduling.domain.obligations.clocks import Pause, PauseReason
from tests.scheduling.builders import NOW, at
from tests.scheduling.duties.build import MONDAY, Told, a_record, a_support, an_action, away, day, facts
from tests.sizes import part_of

HELD = HeldSession(SessionId("s1"), MONDAY)


def test_a_duty_is_told_once_as_it_opens_and_once_as_it_is_met() -> None:
    told = Told()
    assert told.on("11-02", facts(held=[HELD])) == [("share_record", "running", "11-16")]
    assert told.on("11-03", facts(held=[HELD])) == []
    shared = a_record("shared", since_on=day("11-04"), answer_due_on=day("11-18"))
    both = [("answer_record", "running", "11-18"), ("share_record", "met", "11-16")]
    assert told.on("11-04", facts(shared, held=[HELD])) == both
    assert told.on("11-05", facts(shared, held=[HELD])) == []


@pytest.mark.parametrize(
    ("before", "after", "ends"),
    [
        (a_record("shared"), a_record("disputed"), {"answer_record": "met"}),
        (a_record("shared"), a_record("closed", ending=Ending.CONFIRMED), {"answer_record": "met"}),
        (a_record("shared"), a_record("closed", ending=Ending.DISPUTED), {"answer_record": "met"}),
        (a_record("shared"), a_record("closed", ending=Ending.NO_ANSWER), {"answer_record": "ended"}),
        (a_record("shared"), a_record("withdrawn"), {"answer_record": "ended"}),
        (a_record("disputed"), a_record("closed", ending=Ending.DISPUTED), {"respond_to_dispute": "met"}),
        (a_record("disputed"), a_record("shared", edition=2), {"respond_to_dispute": "met"}),
        (a_record("disputed"), a_record("withdrawn"), {"respond_to_dispute": "ended"}),
        (an_action("proposed"), an_action("open"), {"answer_action": "met"}),
        (an_action("proposed"), an_action("proposed", answered=True, answer_due_on=None), {"answer_action": "met"}),
        (an_action("proposed"), an_action("open", answered=False), {"answer_action": "ended"}),
        (an_action("proposed"), an_action("withdrawn", answered=False), {"answer_action": "ended"}),
        (a_support("offered"), a_support("accepted"), {"answer_support": "met"}),
        (a_support("offered"), a_support("declined"), {"answer_support": "met"}),
        (a_support("offered"), a_support("none_given"), {"answer_support": "ended"}),
        (a_support("offered"), a_support("unavailable"), {"answer_support": "ended"}),
        (a_support("accepted"), a_support("delivered"), {"deliver_support": "met"}),
        (a_support("not_delivered"), a_support("delivered"), {"deliver_support": "met"}),
        (a_support("accepted"), a_support("unavailable"), {"deliver_support": "ended"}),
        *((an_action("open"), an_action(state), {"action": "met"}) for state in ("met", "partly_met")),
        (an_action("open"), an_action("completion_offered"), {"action": "met"}),
        *(
            (an_action("open"), an_action(state), {"action": "ended"})
            for state in ("not_met", "not_possible", "replaced", "withdrawn")
        ),
        *(
            (an_action("completion_offered"), an_action(state), {"look_at_completion": "met"})
            for state in ("met", "partly_met", "not_met", "not_possible", "open")
        ),
        (an_action("completion_offered"), an_action("withdrawn"), {"look_at_completion": "ended"}),
    ],
    ids=lambda case: f"{case.about} {case.state}" if hasattr(case, "about") else str(case),
)
def test_a_duty_ends_as_what_it_was_about_does(before: Fact, after: Fact, ends: dict[str, str]) -> None:
    """Silence never meets a duty, and never ends one as met."""
    told = Told()
    told.on("11-03", facts(before))
    found = told.on("11-04", facts(replace(after, version=2)))
    assert {kind: state for kind, state, _ in found if state in {"met", "ended"}} == ends


def test_each_text_of_a_record_is_answered_by_itself() -> None:
    told = Told()
    told.on("11-03", facts(a_record("shared")))
    second = a_record("shared", version=4, edition=2, answer_due_on=day("11-25"))
    found = told.on("11-11", facts(second))
    assert found == [("answer_record", "running", "11-25"), ("answer_record", "ended", "11-16")]


def test_what_turns_out_not_to_have_been_given_is_owed_again() -> None:
    """The same duty, with a higher version."""
    told = Told()
    told.on("11-03", facts(a_support()))
    told.on("11-09", facts(a_support("delivered", 2, delivered_on=day("11-09"))))
    assert told.on("11-12", facts(a_support("not_delivered", 3))) == [("deliver_support", "running", "11-10")]
    assert len(told.duties) == 1


def test_an_overdue_action_is_reviewed_and_an_extension_meets_the_review() -> None:
    told, action = Told(), an_action(due_on=day("11-20"))
    assert told.on("11-03", facts(action)) == [("action", "running", "11-20")]
    assert told.on("11-21", facts(action)) == []
    assert told.on("11-23", facts(action)) == [("review_action", "running", "12-08")]
    extended = replace(action, version=2, due_on=day("12-11"))
    assert told.on("11-25", facts(extended)) == [("action", "running", "12-11"), ("review_action", "met", "12-08")]
    assert told.on("12-14", facts(extended))[0][0] == "review_action", "another one"
    assert len(told.duties) == 3


def test_an_action_that_is_said_to_be_done_still_gets_back_the_days_of_a_late_support() -> None:
    """Its outcome is not *not met* before the moved day is over, so the day is told while the manager looks."""
    told, done = Told(), an_action("completion_offered", 2, due_on=day("11-20"))
    told.on("11-03", facts(an_action(due_on=day("11-20")), a_support()))
    assert ("action", "met", "11-20") in told.on("11-16", facts(done, a_support()))
    assert told.on("11-20", facts(done, a_support())) == [("action", "met", "12-01")], "it has come, and moves on"
    given = facts(done, a_support("delivered", 2, delivered_on=day("11-23")))
    assert ("action", "met", "12-03") in told.on("11-23", given)
    assert told.on("12-15", given) == []


def test_the_day_of_an_action_that_is_first_known_when_it_is_said_to_be_done_is_told_too() -> None:
    known = facts(an_action("completion_offered"), pauses=[away("11-05", "11-10")])
    both = [("look_at_completion", "running", "11-16"), ("action", "met", "12-07")]
    assert sorted(Told().on("11-12", known)) == sorted(both)
    assert Told().on("11-12", replace(known, ended_on=day("11-11"))) == []


def test_a_review_ends_when_the_day_turns_out_not_to_have_passed() -> None:
    """A leave that is recorded late gives its days back."""
    told, action = Told(), an_action(due_on=day("11-20"))
    told.on("11-23", facts(action))
    found = told.on("11-24", facts(action, pauses=[away("11-09", "11-13")]))
    assert found == [("action", "running", "11-25"), ("review_action", "ended", "12-08")]


@pytest.mark.parametrize(
    ("closed", "state"),
    [("met", "met"), ("not_met", "met"), ("not_possible", "met"), ("withdrawn", "ended"), ("replaced", "ended")],
)
def test_a_review_is_met_by_an_outcome(closed: str, state: str) -> None:
    told, action = Told(), an_action(due_on=day("11-20"))
    told.on("11-23", facts(action))
    found = told.on("11-24", facts(an_action(closed, 2, due_on=day("11-20"))))
    assert ("review_action", state, "12-08") in found


def test_a_standstill_is_told_as_it_begins_and_as_it_ends() -> None:
    told, action = Told(), an_action()
    leave = [away("11-05", "11-10")]
    assert told.on("11-03", facts(action, pauses=leave)) == [("action", "running", "12-07")]
    assert told.on("11-05", facts(action, pauses=leave)) == [("action", "standing_still", "12-07")]
    assert told.on("11-10", facts(action, pauses=leave)) == []
    assert told.on("11-11", facts(action, pauses=leave)) == [("action", "running", "12-07")]


def test_a_day_that_moves_while_nobody_knows_how_long_is_told_only_when_it_has_come() -> None:
    told, known = Told(), facts(an_action(due_on=day("11-20")), a_support())
    told.on("11-03", known)
    assert told.on("11-11", known) == [("action", "standing_still", "11-20")]
    for number in range(12, 20):
        assert told.on(f"11-{number}", known) == []
    assert told.on("11-20", known) == [("action", "standing_still", "12-01")]
    assert told.on("11-23", known) == []
    given = facts(an_action(due_on=day("11-20")), a_support("delivered", 2, delivered_on=day("11-24")))
    assert told.on("11-25", given) == [("action", "running", "12-04"), ("deliver_support", "met", "11-10")]


def test_a_second_reason_is_told_too() -> None:
    told, known = Told(), facts(an_action(), a_support())
    told.on("11-11", known)
    told.on("11-12", replace(known, away=(away("11-12"),)))
    action = next(duty for duty in told.duties.values() if duty.kind == "action")
    assert action.standstill_reasons == (PauseReason.ON_LEAVE, PauseReason.SUPPORT_LATE)


def test_a_second_standstill_of_unknown_length_moves_nothing_until_the_day_has_come() -> None:
    told, known = Told(), facts(an_action(), a_support())
    told.on("11-11", known)
    assert told.on("11-16", replace(known, away=(away("11-16"),))) == [("action", "standing_still", "11-30")]


def test_what_is_over_stands_still_no_more() -> None:
    told, known = Told(), facts(an_action(), pauses=[away("11-05")])
    told.on("11-06", known)
    told.on("11-09", replace(known, said=(an_action("withdrawn", 2),)))
    assert [(duty.state, duty.standstill_reasons) for duty in told.duties.values()] == [("ended", ())]


def test_a_duty_that_was_met_stays_met() -> None:
    """Also when the next text is shared, and when membership ends."""
    told = Told()
    told.on("11-03", facts(a_record("shared")))
    told.on("11-04", facts(a_record("closed", 2, ending=Ending.CONFIRMED)))
    second = facts(a_record("shared", 3, edition=2, answer_due_on=day("11-25")))
    assert told.on("11-11", second) == [("answer_record", "running", "11-25")]
    assert told.on("11-13", replace(second, ended_on=day("11-12"))) == [("answer_record", "ended", "11-25")]


def test_a_version_that_stands_as_the_one_before_begins_no_new_days() -> None:
    """Such as one in which somebody asked to withdraw a record: a leave since it was shared still counts in full."""
    first = a_record("shared")
    (known,) = taken_in([first, replace(first, version=2, since_on=day("11-09"))])
    leave = [away("11-03", "11-09")]
    assert Told().on("11-10", facts(known, pauses=leave)) == [("answer_record", "running", "11-23")]
    action = an_action("proposed")
    (known,) = taken_in([action, replace(action, version=2, due_on=day("12-18"), since_on=day("11-09"))])
    assert Told().on("11-10", facts(known, pauses=leave)) == [("answer_action", "running", "11-23")]


def test_when_membership_has_ended_everything_ends() -> None:
    told = Told()
    everything = facts(a_record(), an_action(), a_support(), held=[HeldSession(SessionId("s2"), MONDAY)])
    assert len(told.on("11-03", everything)) == 4
    over = replace(everything, ended_on=day("11-05"))
    assert told.on("11-05", over) == []
    assert {state for _, state, _ in told.on("11-06", over)} == {"ended"}
    assert not any(duty.is_open for duty in told.duties.values())


def test_a_session_that_was_not_held_after_all_owes_no_record() -> None:
    told = Told()
    told.on("11-03", facts(held=[HELD]))
    assert told.on("11-04", facts()) == [("share_record", "ended", "11-16")]
    assert told.on("11-05", facts(held=[HELD])) == [("share_record", "running", "11-16")]


def test_what_is_first_known_when_it_is_over_is_told_to_nobody() -> None:
    """Nobody was asked for it."""
    told = Told()
    closed = (a_record("closed", ending=Ending.CONFIRMED), an_action("met"), a_support("delivered"))
    assert told.on("11-03", facts(*closed, held=[HELD])) == []


def test_a_version_is_never_one_that_a_reader_has_seen() -> None:
    """Also after a database was restored: never below the minutes since 2026, and higher with each change."""
    told, now = Told(), at("2026-11-03")
    minutes = (now - at("2026-01-01", "00:00")) // timedelta(minutes=1)
    seen = [told.changes(now, facts(held=[HELD])), told.changes(now, facts()), told.changes(now, facts(held=[HELD]))]
    assert [duty.version for (duty,) in seen] == [minutes, minutes + 1, minutes + 2]


def test_an_overdue_duty_is_overdue_until_it_is_over() -> None:
    told = Told()
    told.on("11-03", facts(an_action(due_on=day("11-20"))))
    (action,) = told.duties.values()
    assert [action.is_overdue(day(on)) for on in ("11-20", "11-21")] == [False, True]
    assert not replace(action, state=DutyState.MET).is_overdue(day("11-21"))


def test_who_has_a_closed_day_as_the_last_one_has_the_next_office_day_too() -> None:
    """The 30th is St Andrew's Day. What the Team owes is overdue at once."""
    told = Told()
    told.on("11-03", facts(an_action(due_on=day("11-30"))))
    (theirs,) = told.duties.values()
    assert [theirs.is_overdue(day(on)) for on in ("12-01", "12-02")] == [False, True]
    assert replace(theirs, owed_by=OwedBy.PANEL_TEAM).is_overdue(day("12-01"))


# Histories of facts: each thing has some versions; what comes is mixed up and doubled.

DUE = st.sampled_from([None, day("11-16"), day("11-20"), day("12-18")])
RECORDS = st.builds(a_record, st.sampled_from([str(s) for s in RecordState]), edition=st.integers(1, 2))
ACTIONS = st.builds(
    an_action,
    st.sampled_from([str(s) for s in ActionState]),
    owner=st.sampled_from(OwedBy),
    answered=st.booleans(),
    due_on=st.sampled_from([day("11-10"), day("11-20"), day("12-18")]),
)
SUPPORTS = st.builds(a_support, st.sampled_from([str(s) for s in SupportState]), delivered_on=DUE)
AWAY = st.lists(st.sampled_from([away("11-05", "11-10"), away("11-12", "11-30"), away("11-18")]), max_size=2)


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    """Versions of a record, an action and a support. Versions that stand alike follow one another."""
    everything: list[Fact] = []
    kinds: tuple[st.SearchStrategy[Fact], ...] = (RECORDS, ACTIONS, SUPPORTS)
    for kind in kinds:
        stands = draw(st.lists(kind, max_size=3, unique_by=lambda fact: fact.stand))
        facts_of = [stand for stand in stands for _ in range(draw(st.integers(1, 2)))]
        days = sorted(draw(st.lists(st.integers(0, 30), min_size=len(facts_of), max_size=len(facts_of))))
        everything += [
            replace(fact, version=n, since_on=MONDAY + timedelta(days=since))
            for n, (fact, since) in enumerate(zip(facts_of, days, strict=True), 1)
        ]
    return everything


def taken_in(order: list[Fact]) -> tuple[Fact, ...]:
    known: dict[str, Fact] = {}
    for fact in order:
        known[fact.about] = remember(tuple(known.values()), fact)
    return tuple(known[about] for about in sorted(known))


def open_duties(told: Told) -> set[Duty]:
    return {replace(duty, version=0) for duty in told.duties.values() if duty.is_open}


@settings(max_examples=part_of(500), deadline=None)
@given(histories(), AWAY, st.data())
def test_any_order_and_any_repetition_of_facts_gives_the_same_duties(
    history: list[Fact], pauses: list[Pause], data: st.DataObject
) -> None:
    """Record 8, newest_version_everywhere: worked out after each fact, or once from the newest of each."""
    mixed = data.draw(st.permutations([*history, *history]))
    today: date = data.draw(st.sampled_from([day("11-06"), day("11-20"), day("12-04")]))
    now = london_instant(today, NOW.time())
    once, step_by_step = Told(), Told()
    once.changes(now, facts(*taken_in(history), pauses=pauses))
    for n in range(len(mixed)):
        step_by_step.changes(now, facts(*taken_in(mixed[: n + 1]), pauses=pauses))
    assert open_duties(step_by_step) == open_duties(once)


@settings(max_examples=part_of(300), deadline=None)
@given(histories(), AWAY, st.lists(st.integers(0, 60), min_size=1, max_size=6))
def test_whatever_was_told_is_how_it_stands_and_nothing_is_told_twice(
    history: list[Fact], pauses: list[Pause], days: list[int]
) -> None:
    """Days that were left out, such as while the service stood still, leave no trace either."""
    known: Facts = facts(*taken_in(history), held=[HELD], pauses=pauses)
    told, fresh = Told(), Told()
    for n in sorted(days):
        now = london_instant(MONDAY + timedelta(days=n), NOW.time())
        told.changes(now, known)
        assert told.changes(now, known) == ()
    fresh.changes(now, known)
    assert open_duties(told) == open_duties(fresh)
