"""Who owes what by when, from the newest facts about records, actions and supports (record 3.1)."""

from dataclasses import replace

import pytest

from services.scheduling.domain.duties.facts import ActionFact, DueDay, Fact, HeldSession
from services.scheduling.domain.duties.states import OwedBy
from services.scheduling.domain.identifiers import ActionId, ConcernId, SessionId
from tests.scheduling.duties.build import MONDAY, a_record, a_support, an_action, away, day, facts, owed, who_and_when

HELD = HeldSession(SessionId("s1"), MONDAY)
THEIRS = OwedBy.SAFEGUARDER


def test_a_session_that_was_held_owes_a_record_in_ten_office_working_days() -> None:
    assert who_and_when("11-03", facts(held=[HELD])) == [("share_record", "support_manager", "11-16")]
    st_andrews = replace(HELD, held_on=day("11-20"))
    assert who_and_when("11-21", facts(held=[st_andrews]))[0][2] == "12-07", "the office is closed on St Andrew's Day"


@pytest.mark.parametrize("state", ["shared", "disputed", "closed", "withdrawn"])
def test_a_record_that_was_shared_is_not_owed_again(state: str) -> None:
    """Also one that was withdrawn: the session was not held then."""
    assert "share_record" not in [each.kind for each in owed("11-03", facts(a_record(state), held=[HELD]))]


@pytest.mark.parametrize(
    ("fact", "duty"),
    [
        (a_record("shared"), ("answer_record", "safeguarder", "11-16")),
        (a_record("disputed"), ("respond_to_dispute", "support_manager", "11-20")),
        (an_action("proposed"), ("answer_action", "safeguarder", "11-16")),
        (an_action("proposed", proposed_by=THEIRS), ("answer_action", "support_manager", "11-16")),
        (an_action("open"), ("action", "safeguarder", "11-30")),
        (an_action("open", owner=OwedBy.SUPPORT_MANAGER), ("action", "support_manager", "11-30")),
        (an_action("open", owner=OwedBy.PANEL_TEAM), ("action", "panel_team", "11-30")),
        (an_action("completion_offered"), ("look_at_completion", "support_manager", "11-16")),
        (an_action("completion_offered", owner=OwedBy.PANEL_TEAM), ("look_at_completion", "support_manager", "11-16")),
        (an_action("completion_offered", owner=OwedBy.SUPPORT_MANAGER), ("look_at_completion", "panel_team", "11-16")),
        (a_support("offered"), ("answer_support", "safeguarder", "11-16")),
        (a_support("accepted"), ("deliver_support", "panel_team", "11-10")),
        (a_support("not_delivered"), ("deliver_support", "panel_team", "11-10")),
        (a_support("accepted", promised_on=day("11-27")), ("deliver_support", "panel_team", "11-27")),
    ],
)
def test_what_is_open_is_owed_by_the_side_whose_turn_it_is(fact: Fact, duty: tuple[str, str, str]) -> None:
    assert who_and_when("11-03", facts(fact)) == [duty]


@pytest.mark.parametrize(
    "fact",
    [
        a_record("closed"),
        a_record("withdrawn"),
        an_action("proposed", answered=True, answer_due_on=None),
        *(an_action(state) for state in ("met", "partly_met", "not_met", "not_possible", "replaced", "withdrawn")),
        *(a_support(state) for state in ("declined", "none_given", "unavailable", "delivered")),
    ],
    ids=lambda fact: f"{fact.about} {fact.state}",
)
def test_what_is_over_or_waits_for_nobody_is_not_owed(fact: Fact) -> None:
    assert owed("11-03", facts(fact)) == []


def test_the_day_after_an_action_is_overdue_its_review_opens_for_the_support_manager() -> None:
    """Monday the 30th is St Andrew's Day: the due day stands as it was set, and the office day after it counts too."""
    action = ("action", "safeguarder", "11-30")
    assert who_and_when("12-01", facts(an_action())) == [action]
    assert who_and_when("12-02", facts(an_action())) == [action, ("review_action", "support_manager", "12-16")]
    on_friday = an_action(due_on=day("11-20"))
    assert [each.kind for each in owed("11-22", facts(on_friday))] == ["action"], "not on a day the office is closed"
    assert who_and_when("11-23", facts(on_friday))[1] == ("review_action", "support_manager", "12-08")


@pytest.mark.parametrize("owner", [OwedBy.SUPPORT_MANAGER, OwedBy.PANEL_TEAM])
def test_an_action_of_the_team_that_is_overdue_opens_no_review(owner: OwedBy) -> None:
    """Record 2.3: that is a duty of the Team, and nothing else."""
    assert [each.kind for each in owed("12-10", facts(an_action(owner=owner)))] == ["action"]


def test_once_it_is_said_that_an_action_is_done_the_support_managers_delay_is_their_own() -> None:
    assert [each.kind for each in owed("12-15", facts(an_action("completion_offered")))] == ["look_at_completion"]


def test_nobody_owes_anything_once_membership_has_ended() -> None:
    """D15.15. The last day still belongs to it."""
    everything = (a_record(), an_action(), a_support())
    known = facts(*everything, held=[HeldSession(SessionId("s2"), MONDAY)], ended_on=day("11-06"))
    assert len(owed("11-06", known)) == 4
    assert owed("11-07", known) == []


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        (a_record("shared"), "answer_record"),
        (an_action("proposed"), "answer_action"),
        (an_action("open"), "action"),
        (a_support("offered"), "answer_support"),
    ],
)
def test_what_the_safeguarder_owes_stands_still_while_they_are_away(fact: Fact, kind: str) -> None:
    known = facts(fact, pauses=[away("11-05", "11-10")])
    (duty,) = owed("11-06", known)
    assert (duty.kind, duty.stands_still_because(day("11-06"))) == (kind, ("on_leave",))
    assert duty.stands_still_because(day("11-11")) == ()
    before = owed("11-06", facts(fact))[0].due_on(day("11-11"))
    moved = {"11-16": "11-23", "11-30": "12-07"}[before.isoformat()[5:]]
    assert duty.due_on(day("11-11")) == day(moved), "six days, then the next day on which the office is open"


@pytest.mark.parametrize(
    "fact",
    [
        a_record("disputed"),
        an_action("proposed", proposed_by=THEIRS),
        an_action("open", owner=OwedBy.PANEL_TEAM),
        an_action("completion_offered"),
        a_support("accepted", promised_on=day("11-27")),
    ],
)
def test_what_the_team_and_the_support_manager_owe_runs_on(fact: Fact) -> None:
    """Also while the Safeguarder is away, and while a support is late."""
    late = a_support("accepted", support_id="u2", first_promised_on=day("11-04"))
    known = facts(fact, late, pauses=[away("11-05")])
    (duty, _) = owed("11-12", known)
    assert duty.stands_still_because(day("11-12")) == ()
    assert duty.due_on(day("11-12")) == owed("11-12", facts(fact))[0].due_on(day("11-12"))


@pytest.mark.parametrize(
    "support",
    [
        a_support(),
        a_support(action_ids=(), need_ids=("n0", "n1")),
        a_support(action_ids=(), concern_ids=("c1",)),
        a_support("not_delivered"),
        a_support("unavailable"),
        a_support(promised_on=day("12-18")),
    ],
)
def test_a_late_support_stops_the_action_that_it_is_for(support: Fact) -> None:
    """From the day after the first promised day, whatever is promised later."""
    known = facts(an_action(concern_id=ConcernId("c1")), support)
    action = owed("11-10", known)[0]
    assert [action.stands_still_because(day(on)) for on in ("11-10", "11-11")] == [(), ("support_late",)]


@pytest.mark.parametrize(
    "support",
    [
        a_support(action_ids=("a2",), need_ids=("n2",), concern_ids=("c2",)),
        a_support("offered"),
        a_support("declined"),
        a_support("none_given"),
        a_support("unavailable", unavailable_on=day("11-01")),
        a_support("delivered", delivered_on=day("11-10")),
    ],
)
def test_a_support_for_something_else_or_that_is_not_late_stops_nothing(support: Fact) -> None:
    action = owed("11-20", facts(an_action(), support))[0]
    assert action.stands_still_because(day("11-20")) == ()
    assert action.due_on(day("11-20")) == day("11-30")


def test_a_late_support_gives_back_each_day_up_to_the_day_on_which_it_was_given() -> None:
    late = a_support("delivered", delivered_on=day("11-13"))
    action = owed("11-16", facts(an_action(), late))[0]
    assert action.stands_still_because(day("11-13")) == ("support_late",)
    assert action.stands_still_because(day("11-14")) == ()
    assert action.due_on(day("11-16")) == day("12-03"), "three days"


def extended(*days: tuple[str, str]) -> ActionFact:
    """The action a1 with each of its due days, and the day on which it was set."""
    due_days = tuple(DueDay(day(due), day(set_on)) for due, set_on in days)
    return an_action(due_on=due_days[-1].day, due_days=due_days)


def test_days_before_a_later_due_day_was_set_are_not_given_twice() -> None:
    """The newest due day has the leave in it already. The person who set it saw the day as it had moved."""
    action = extended(("11-30", "10-26"), ("12-11", "11-16"))
    (duty,) = owed("11-17", facts(action, pauses=[away("11-05", "11-10")]))
    assert duty.due_on(day("11-17")) == day("12-11")
    (duty,) = owed("11-27", facts(action, pauses=[away("11-05", "11-10"), away("11-20", "11-26")]))
    assert duty.due_on(day("11-27")) == day("12-18"), "a leave after that day still counts"


def test_a_due_day_is_never_earlier_because_it_was_extended() -> None:
    """A standstill of unknown length may have been going on when it was extended. The day before keeps its days."""
    action = extended(("11-30", "10-26"), ("12-02", "11-20"))
    given = a_support("delivered", delivered_on=day("11-25"))
    (duty,) = owed("11-26", facts(action, given))
    assert duty.due_on(day("11-26")) == day("12-15"), "fifteen days after the first due day"


def test_a_due_day_that_was_set_before_the_action_opened_runs_from_the_day_it_opened() -> None:
    action = extended(("11-20", "10-19"), ("11-30", "10-26"))
    (duty,) = owed("11-17", facts(action, pauses=[away("10-28", "11-07")]))
    assert (duty.clock.starts_on, duty.due_on(day("11-17"))) == (MONDAY, day("12-07"))


def test_a_delivery_that_is_recorded_late_takes_no_day_back() -> None:
    """Record 2.3: days that were given back while it was late stay with the Safeguarder, whatever day is recorded."""
    late = a_support("delivered", delivered_on=day("11-09"), given_since_on=day("11-13"), since_on=day("11-13"))
    action = owed("11-16", facts(an_action(), late))[0]
    assert action.due_on(day("11-16")) == day("12-03"), "three days, as if it had been given when it was recorded"
    in_time = a_support("delivered", delivered_on=day("11-09"), given_since_on=day("11-10"))
    assert owed("11-16", facts(an_action(), in_time))[0].due_on(day("11-16")) == day("11-30")


def test_a_delivery_that_says_no_day_of_its_record_counts_from_the_day_it_stands_so() -> None:
    """An event of the release before does not say it."""
    late = a_support("delivered", delivered_on=day("11-09"), given_since_on=None, since_on=day("11-13"))
    assert owed("11-16", facts(an_action(), late))[0].due_on(day("11-16")) == day("12-03")


def test_an_unavailable_support_holds_the_actions_that_were_open_then_and_no_later_ones() -> None:
    gone = a_support("unavailable", action_ids=(), need_ids=("n1",), unavailable_on=day("11-12"))
    before, later = an_action(opened_on=day("11-12")), an_action(opened_on=day("11-13"), action_id=ActionId("a2"))
    of_before, of_later = (each for each in owed("11-18", facts(before, later, gone)) if each.kind == "action")
    assert of_before.stands_still_because(day("11-18")) == ("support_late",)
    assert of_later.stands_still_because(day("11-18")) == ()


def test_an_offer_that_cannot_be_given_holds_its_actions_from_the_day_on_which_that_was_said() -> None:
    """Nobody had promised a day for it. Evidence refuses *not met* for it too."""
    gone = a_support("unavailable", first_promised_on=None, promised_on=None, unavailable_on=day("11-12"))
    action = owed("11-18", facts(an_action(), gone))[0]
    assert [action.stands_still_because(day(on)) for on in ("11-11", "11-12")] == [(), ("support_late",)]


def test_what_the_team_cannot_provide_it_still_owes_while_an_open_action_rests_on_it() -> None:
    """Else the Team ends what it owes by saying that it has none, and nobody looks for another support."""
    gone = a_support("unavailable")
    owes = ("deliver_support", "panel_team", "11-10")
    assert owes in who_and_when("11-21", facts(an_action(), gone))
    assert owes in who_and_when("11-21", facts(an_action("completion_offered"), gone))
    for action in (
        an_action("met"),
        an_action(opened_on=day("11-21")),
        an_action(action_id=ActionId("a2"), need_ids=()),
    ):
        assert owes not in who_and_when("11-21", facts(action, gone))


def test_an_action_that_takes_the_place_of_another_rests_on_what_that_one_rested_on() -> None:
    gone = a_support("unavailable", action_ids=("a1", "a2"), unavailable_on=day("11-12"))
    instead = an_action(action_id=ActionId("a2"), opened_on=day("11-13"), takes_a_place=True)
    assert owed("11-18", facts(instead, gone))[0].stands_still_because(day("11-18")) == ("support_late",)
    later = replace(instead, takes_a_place=False)
    assert owed("11-18", facts(later, gone))[0].stands_still_because(day("11-18")) == ()
