"""Who answers a support, when it is late, and who says that it was given (R76, R151)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.plans import life_of_a_support as life
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.plans.support import Received, Support, SupportAnswer, SupportState
from services.evidence.domain.safeguarder import LegalBasis, Safeguarder, SafeguarderId, State, Term
from services.evidence.wire.plans.events import support_event
from services.platform.calls.wire import from_date
from tests.evidence.plans.build import (
    MANAGER,
    NOW,
    NUMBERS,
    PERSON,
    TEAM,
    TODAY,
    accepted,
    answering,
    denying,
    later,
    offered,
    refused,
)

ACCEPTED, DECLINED, NONE_GIVEN = SupportAnswer
GIVEN, NOT_GIVEN, CANNOT = SupportState.DELIVERED, SupportState.NOT_DELIVERED, SupportState.UNAVAILABLE
MOST = 400


def office_days(n: int) -> date:
    return add_working_days(WorkingCalendar.OFFICE, TODAY, n)


def on(actor: Actor, day: date) -> Actor:
    return later(actor, days=(day - TODAY).days)


def answered(
    support: Support, given: SupportAnswer, actor: Actor = PERSON, again_on: tuple[date, ...] = (), words: str = ""
) -> Support:
    asked = life.Asked(answering(support), again_on)
    return life.answer(support, given, words, asked, actor, NUMBERS)


def delivered(support: Support, day: date = TODAY, actor: Actor = MANAGER) -> Support:
    return life.record(support, life.Recorded(GIVEN, day), actor, NUMBERS)


def said(support: Support, outcome: SupportState, because: str = "No mentor is free.", actor: Actor = TEAM) -> Support:
    return life.record(support, life.Recorded(outcome, because=because), actor, NUMBERS)


def confirmed(support: Support, received: Received, actor: Actor = PERSON) -> Support:
    return life.confirm(support, received, "It was cancelled.", denying(support), actor)


def test_an_accepted_support_is_promised_within_our_usual_time_or_by_the_day_that_the_team_named() -> None:
    assert offered().answer_due_on == office_days(10)
    usual = accepted()
    assert (usual.state, usual.promised_on, usual.first_promised_on) == (SupportState.ACCEPTED, *[office_days(40)] * 2)
    named = TODAY + timedelta(days=20)
    assert accepted(promised_on=named).promised_on == named
    late = answered(offered(promised_on=named), ACCEPTED, on(PERSON, named + timedelta(days=1)))
    assert late.promised_on is not None
    assert late.promised_on > named, "a day that has passed is no promise"


def test_nobody_spoke_of_a_support_before_there_was_anything_to_speak_of() -> None:
    """P6, P11: not before the concern was raised or reopened, nor before the person served."""
    yesterday = offered(discussed_on=TODAY - timedelta(days=1)).offer
    life.check_spoken_of(yesterday, None)
    life.check_spoken_of(yesterday, yesterday.discussed_on)
    assert refused(lambda: life.check_spoken_of(yesterday, TODAY)) == "DATE_OUT_OF_ORDER"


def test_a_person_serves_since_they_joined_or_came_back() -> None:
    day, year = TODAY, timedelta(days=365)
    basis = LegalBasis("SSI 2012/54", "7", "1")
    first = Term(1, day - 5 * year, day - 4 * year, basis)
    second = Term(2, day - 2 * year, day - year, basis)
    third = Term(3, second.ends_on + timedelta(days=1), day + year, basis)
    fields = {"areas": (), "state": State.APPOINTED, "demo": True, "created_at": NOW}
    person = Safeguarder(SafeguarderId("sg-one"), "Demo Person", terms=(first, second, third), **fields)  # type: ignore[arg-type]
    assert person.serves_since(day) == second.starts_on
    assert person.serves_since(first.ends_on) == first.starts_on
    assert person.serves_since(second.starts_on - timedelta(days=1)) is None
    further = replace(person, terms=(first, replace(second, after_leaving=False), third))
    assert further.serves_since(day) == first.starts_on, "a further period goes on, although Ministers decided late"
    back = replace(person, terms=(first, second, replace(third, after_leaving=True)))
    assert back.serves_since(day) == third.starts_on, "somebody who left and came back the next day begins again"


def test_no_answer_is_recorded_only_after_the_time_is_over_and_a_session_at_which_they_were_asked_again() -> None:
    due_on = offered().answer_due_on
    assert due_on is not None
    after = due_on + timedelta(days=3)
    asked = (after,)
    assert refused(lambda: answered(offered(), NONE_GIVEN, on(MANAGER, after))) == "ASK_AGAIN"
    assert refused(lambda: answered(offered(), NONE_GIVEN, on(MANAGER, after), (due_on,))) == "ASK_AGAIN"
    for nobody_else in (PERSON, TEAM):
        assert refused(lambda who=nobody_else: answered(offered(), NONE_GIVEN, on(who, after), asked)) == "ASK_AGAIN"  # type: ignore[misc]
    none = answered(offered(), NONE_GIVEN, on(MANAGER, after), asked)
    assert (none.state, none.promised_on) == (SupportState.NONE_GIVEN, None)


def test_an_answer_that_others_entered_is_marked_and_the_safeguarders_own_word_takes_its_place() -> None:
    entered = answered(offered(), DECLINED, MANAGER, words="Not this year, she said.")
    assert entered.answer_entered_by == "manager-one"
    own = answered(entered, ACCEPTED)
    assert (own.state, own.answer_entered_by) == (SupportState.ACCEPTED, "")
    assert refused(lambda: answered(own, DECLINED)) == "ANSWERED_ALREADY"
    assert refused(lambda: answered(own, DECLINED, MANAGER)) == "ANSWERED_ALREADY"


def test_who_enters_that_the_safeguarder_declined_says_in_which_words() -> None:
    assert refused(lambda: answered(offered(), DECLINED, MANAGER)) == "FIELD_MISSING"
    assert answered(offered(), DECLINED).answer_words == "", "their own answer needs no words"


def test_the_safeguarders_own_word_takes_its_place_until_the_support_is_given() -> None:
    missed = said(answered(offered(), ACCEPTED, MANAGER), NOT_GIVEN)
    own = answered(missed, ACCEPTED)
    assert (own.state, own.promised_on, own.answer_entered_by) == (NOT_GIVEN, missed.promised_on, "")
    assert answered(own, ACCEPTED, later(PERSON, days=1)) is own
    declined = answered(missed, DECLINED)
    assert (declined.state, declined.is_owed, declined.promised_on) == (SupportState.DECLINED, False, None)
    assert refused(lambda: answered(own, DECLINED)) == "ANSWERED_ALREADY"
    assert refused(lambda: answered(missed, DECLINED, MANAGER, words="She said so.")) == "ANSWERED_ALREADY"
    given = delivered(missed)
    assert refused(lambda: answered(given, DECLINED)) == "SUPPORT_ENDED"


def test_when_the_safeguarder_says_what_others_entered_the_promise_stands() -> None:
    entered = answered(offered(), ACCEPTED, MANAGER)
    own = answered(entered, ACCEPTED, later(PERSON, days=30))
    assert own.first_promised_on == entered.first_promised_on
    assert own.answer_entered_by == ""


def test_another_promise_makes_nothing_less_late() -> None:
    support = accepted()
    first = support.first_promised_on
    assert first is not None
    moved = life.promise(support, first + timedelta(days=30), "The mentor is ill.", TEAM, NUMBERS)
    assert not moved.is_late(first)
    assert moved.is_late(first + timedelta(days=1))
    for day in (first, first + timedelta(days=30)):
        reason = refused(lambda day=day: life.promise(moved, day, "Sooner.", TEAM, NUMBERS))  # type: ignore[misc]
        assert reason == "DATE_NOT_LATER"
    assert refused(lambda: life.promise(offered(), first, "Later.", TEAM, NUMBERS)) == "SUPPORT_NOT_OWED"


@pytest.mark.parametrize(("days", "reason"), [(-1, "DATE_IN_PAST"), (MOST, "DATE_TOO_FAR")])
def test_a_promise_is_a_day_of_the_next_year(days: int, reason: str) -> None:
    day = TODAY + timedelta(days=days)
    assert refused(lambda: offered(promised_on=day)) == reason
    assert refused(lambda: life.promise(accepted(), day, "The mentor is ill.", TEAM, NUMBERS)) == reason


@pytest.mark.parametrize("support", [offered, lambda: answered(offered(), DECLINED)])
def test_what_nobody_accepted_cannot_be_given(support: Callable[[], Support]) -> None:
    assert refused(lambda: delivered(support())) == "SUPPORT_NOT_OWED"
    assert refused(lambda: said(support(), NOT_GIVEN)) == "SUPPORT_NOT_OWED"


def test_what_was_not_given_is_still_owed_and_can_be_given_later() -> None:
    missed = said(accepted(), NOT_GIVEN)
    assert missed.is_owed
    given = delivered(missed, TODAY)
    assert (given.state, given.is_owed, given.because) == (GIVEN, False, "")
    assert refused(lambda: delivered(missed, TODAY + timedelta(days=1))) == "DATE_IN_FUTURE"
    assert refused(lambda: delivered(missed, TODAY - timedelta(days=1))) == "DATE_NOT_LATER"


def test_what_the_team_cannot_provide_needs_a_reason_and_stays_owed_to_the_safeguarder() -> None:
    assert refused(lambda: said(accepted(), CANNOT, because="")) == "FIELD_MISSING"
    for support in (offered(), accepted()):
        gone = said(support, CANNOT)
        assert gone.is_owed
        assert gone.unavailable_on == TODAY
        assert gone.answer_due_on is None
        assert refused(lambda gone=gone: answered(gone, ACCEPTED)) == "SUPPORT_ENDED"  # type: ignore[misc]


def test_what_the_safeguarder_did_not_receive_was_not_given() -> None:
    given = delivered(accepted())
    assert given.received_due_on == office_days(10)
    denied = confirmed(given, Received.NO, on(PERSON, office_days(10)))
    assert (denied.state, denied.delivered_on, denied.is_owed) == (NOT_GIVEN, None, True)
    assert refused(lambda: delivered(denied)) == "DATE_NOT_LATER", "the same day again is no news"
    tomorrow = later(MANAGER, days=1)
    again = delivered(denied, tomorrow.today, tomorrow)
    assert (again.received, again.state) == (None, GIVEN)
    restored = confirmed(denied, Received.YES)
    assert (restored.state, restored.delivered_on) == (GIVEN, TODAY)


def test_it_stands_as_given_since_the_day_of_the_record_and_not_of_the_gift() -> None:
    """What hangs on it stood still until then, so no day is taken back when a record comes late."""
    recorded = later(TEAM, days=5)
    given = delivered(accepted(), TODAY + timedelta(days=1), recorded)
    assert given.given_since == recorded.today
    assert confirmed(given, Received.YES, later(PERSON, days=7)).given_since == recorded.today
    denied = confirmed(given, Received.NO, later(PERSON, days=6))
    restored = confirmed(denied, Received.YES, later(PERSON, days=8))
    assert restored.given_since == TODAY + timedelta(days=8)


def test_the_event_says_since_when_it_stands_as_given() -> None:
    given = delivered(accepted(), TODAY)
    assert from_date(support_event(given), "given_since_date") == TODAY
    assert not support_event(confirmed(given, Received.NO)).HasField("given_since_date")


def test_after_the_time_to_say_so_the_team_can_still_record_that_it_was_not_given() -> None:
    given, after = delivered(accepted()), on(PERSON, office_days(11))
    assert refused(lambda: confirmed(given, Received.NO, after)) == "CONFIRM_TIME_OVER"
    assert confirmed(given, Received.YES, after).received is Received.YES
    assert said(given, NOT_GIVEN, actor=on(TEAM, office_days(11))).is_owed
    assert refused(lambda: said(confirmed(given, Received.YES), NOT_GIVEN)) == "SUPPORT_NOT_OWED"
    assert refused(lambda: confirmed(accepted(), Received.NO)) == "SUPPORT_NOT_GIVEN"


def test_a_repeat_of_a_move_changes_nothing() -> None:
    support = accepted()
    assert answered(support, ACCEPTED, later(PERSON, days=50)) is support
    given = delivered(support)
    assert delivered(given) is given
    denied = confirmed(given, Received.NO)
    assert confirmed(denied, Received.NO) is denied
    gone = said(support, CANNOT)
    assert said(gone, CANNOT) is gone
