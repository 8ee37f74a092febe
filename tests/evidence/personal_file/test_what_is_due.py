"""What is due from whom, both ways, and what happens if the Safeguarder does nothing (R16, R43)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.evidence.domain.evidence_item import Polarity
from services.evidence.domain.personal_file.dues import (
    IF_NOTHING,
    Due,
    DueKind,
    InHand,
    dues_of,
    waiting_for_the_person,
)
from services.evidence.domain.plans import life_of_a_plan, life_of_a_support, life_of_an_action, view
from services.evidence.domain.plans.action import Action, ActionAnswer
from services.evidence.domain.plans.contents import Contents, Term
from services.evidence.domain.plans.plan import Plan, TimedAction, TimedSupport, TimedView
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import Support, SupportState
from services.evidence.domain.plans.term_plan import ShownVersion, TermPlan, VersionState, WholePlan
from services.evidence.domain.sessions import life_of_a_record
from services.evidence.domain.sessions.record import Dispute, SessionRecord, TimedRecord
from services.evidence.domain.standing import Standing, Timed
from services.evidence.wire.personal_file import METHODS
from tests.evidence.approach.test_life_of_a_change import serve
from tests.evidence.personal_file.build import an_item
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
    in_time,
    offered,
    opened,
    proposed,
)
from tests.evidence.sessions.build import NUMBERS as RECORD_NUMBERS
from tests.evidence.sessions.build import a_shared_record
from tests.evidence.sessions.build import answering as answering_record

TERM = Term(1, TODAY - timedelta(days=30))
IN_FORCE = WholePlan(
    Plan("sg-one", (), (), (), (), (), TODAY),
    TERM,
    Contents("hash", ()),
    in_force=ShownVersion("sg-one", life_of_a_plan.confirm(
        TermPlan("sg-one", TERM, NOW), Contents("hash", ()), 0, MANAGER, NUMBERS
    ).newest, VersionState.IN_FORCE, None),  # type: ignore[arg-type]
)  # fmt: skip
"""A plan that asks for nothing."""
DAY = TODAY + timedelta(days=3)


def nothing_said(timed: Timed, about_id: str) -> Standing | None:
    return None


def hand(
    actions: Sequence[Action] = (), supports: Sequence[Support] = (), views: Sequence[view.View] = (), **given: Any
) -> InHand:
    """Return what is in hand of somebody who serves, with these parts of the plan."""
    plan = replace(
        IN_FORCE.plan,
        actions=[TimedAction(each, in_time(each), answering(each)) for each in actions],
        supports=[TimedSupport(each, answering(each), denying(each)) for each in supports],
        views=[TimedView(each, Standing(DAY)) for each in views],
    )
    whole = replace(given.pop("whole", IN_FORCE), plan=plan)
    return InHand(**{"safeguarder_id": "sg-one", "today": TODAY, "items": (), "is_over": False, "plan": whole} | given)


def due(in_hand: InHand, said: Callable[[Timed, str], Standing | None] = nothing_said) -> list[tuple[Any, ...]]:
    return [(each.kind, each.owed_by, each.due_on) for each in dues_of(in_hand, said)]


def records(*kept: SessionRecord) -> list[TimedRecord]:
    return [TimedRecord(each, answering_record(each)) for each in kept]


def given_today(support: Support) -> Support:
    said = life_of_a_support.Recorded(SupportState.DELIVERED, TODAY)
    return life_of_a_support.record(support, said, TEAM, NUMBERS)


def test_nothing_is_due_from_anybody_where_nothing_is_in_hand() -> None:
    assert due(hand()) == []


def test_a_reply_waits_while_its_time_runs_and_praise_asks_for_none() -> None:
    running, over = an_item(1, polarity=Polarity.CONCERN, days=3), an_item(2, polarity=Polarity.CONCERN, days=30)
    neutral, praise = an_item(3, days=3), an_item(4, polarity=Polarity.PRAISE, days=3)
    replied = an_item(5, polarity=Polarity.CONCERN, days=3, replied_on=TODAY)
    found = dues_of(hand(items=[running, over, neutral, praise, replied]), nothing_said)
    assert [each.about.rpartition("/")[2] for each in found] == ["e1", "e3"], "a late report may be read as neutral"
    assert {each.due_on for each in found} == {TODAY + timedelta(days=11)}
    (still,) = dues_of(hand(items=[running._replace(reply_due_on=None)]), nothing_said)
    assert (still.due_on, still.stands_still) == (None, True), "nobody knows the last day while they are away"


def test_a_proposed_action_waits_for_the_other_side_and_an_answered_one_for_nobody() -> None:
    by_manager, by_person = proposed(MANAGER), proposed(PERSON)
    assert due(hand([by_manager])) == [(DueKind.ANSWER_ACTION, Side.SAFEGUARDER, by_manager.answer_due_on)]
    assert due(hand([by_person])) == [(DueKind.ANSWER_ACTION, Side.SUPPORT_MANAGER, by_person.answer_due_on)]
    refused = life_of_an_action.answer(by_manager, ActionAnswer.NOT_AGREED, "It is done.", PERSON)
    assert due(hand([refused])) == []


def test_an_open_action_is_due_from_its_owner_and_a_talk_from_the_manager_once_its_day_has_passed() -> None:
    action = opened()
    assert due(hand([action])) == [(DueKind.ACTION, Side.SAFEGUARDER, action.due_on)]
    late = replace(hand([action]), today=action.due_on + timedelta(days=7))
    said = {(Timed.REVIEW_ACTION, "a1"): Standing(DAY)}
    assert due(late, lambda *what: said.get(what)) == [
        (DueKind.REVIEW_ACTION, Side.SUPPORT_MANAGER, DAY),
        (DueKind.ACTION, Side.SAFEGUARDER, action.due_on),
    ]
    teams = opened(owner=Side.PANEL_TEAM)
    late = replace(hand([teams]), today=teams.due_on + timedelta(days=1))
    assert due(late) == [(DueKind.ACTION, Side.PANEL_TEAM, teams.due_on)], "nobody talks with them about the Team's"


@pytest.mark.parametrize(
    ("owner", "looks"),
    [(Side.SAFEGUARDER, Side.SUPPORT_MANAGER), (Side.SUPPORT_MANAGER, Side.PANEL_TEAM)],
)
def test_what_is_said_to_be_done_is_looked_at_by_somebody_else(owner: Side, looks: Side) -> None:
    by = PERSON if owner is Side.SAFEGUARDER else MANAGER
    done = life_of_an_action.offer_completion(opened(owner=owner), "I have done it.", (), by)
    assert due(hand([done])) == [(DueKind.LOOK_AT_COMPLETION, looks, None)], "no day is known here"


def test_a_support_is_due_from_whoever_has_the_next_word() -> None:
    offer, taken = offered(), accepted()
    assert due(hand(supports=[offer])) == [(DueKind.ANSWER_SUPPORT, Side.SAFEGUARDER, offer.answer_due_on)]
    assert due(hand(supports=[taken])) == [(DueKind.DELIVER_SUPPORT, Side.PANEL_TEAM, taken.promised_on)]
    given = given_today(taken)
    assert due(hand(supports=[given])) == [(DueKind.SAY_RECEIVED, Side.SAFEGUARDER, given.deny_until)]
    over = replace(hand(supports=[given]), today=TODAY + timedelta(days=60))
    assert due(over) == []


def test_a_view_that_was_asked_for_waits() -> None:
    asked = view.ask(None, ("sg-one", "c1"), MANAGER, NUMBERS)
    assert due(hand(views=[asked])) == [(DueKind.GIVE_VIEW, Side.SAFEGUARDER, DAY)]
    assert due(hand(views=[view.give(asked, ("sg-one", "c1"), "I had no notice.", PERSON)])) == []


def test_a_record_waits_for_the_safeguarder_and_a_dispute_for_the_manager() -> None:
    shared = a_shared_record()
    assert due(hand(records=records(shared))) == [(DueKind.ANSWER_RECORD, Side.SAFEGUARDER, shared.answer_due_on)]
    disputes = [Dispute("S2", "I asked first.")]
    disputed = life_of_a_record.answer(shared, 1, disputes, NOW, RECORD_NUMBERS)
    assert due(hand(records=records(disputed))) == [
        (DueKind.RESPOND_TO_DISPUTE, Side.SUPPORT_MANAGER, disputed.response_due_on)
    ]


def test_a_session_that_was_held_and_has_no_record_is_due_from_the_manager() -> None:
    said = {(Timed.SHARE_RECORD, "x1"): Standing(DAY)}
    assert due(hand(unrecorded=["x1"]), lambda *what: said.get(what)) == [
        (DueKind.SHARE_RECORD, Side.SUPPORT_MANAGER, DAY)
    ]


def test_an_item_beside_papers_waits_for_the_day_of_the_session() -> None:
    assert due(hand(with_late_items=[("x1", DAY)])) == [(DueKind.ADMIT_LATE_ITEM, Side.SAFEGUARDER, DAY)]


@pytest.mark.parametrize(("by", "other"), [(MANAGER, Side.SAFEGUARDER), (PERSON, Side.SUPPORT_MANAGER)])
def test_a_version_of_a_plan_waits_for_the_other_side(by: Actor, other: Side) -> None:
    version = life_of_a_plan.confirm(TermPlan("sg-one", TERM, NOW), Contents("hash", ()), 0, by, NUMBERS).newest
    assert version is not None
    whole = replace(IN_FORCE, awaited=ShownVersion("sg-one", version, VersionState.AWAITED, Standing(DAY)))
    assert due(hand(whole=whole)) == [(DueKind.CONFIRM_PLAN, other, DAY)]


def test_the_plan_of_a_term_is_due_from_the_team_until_a_version_is_in_force() -> None:
    assert due(hand(whole=replace(IN_FORCE, in_force=None))) == [(DueKind.FINALISE_PLAN, Side.PANEL_TEAM, None)]
    before_any_term = replace(IN_FORCE, in_force=None, term=Term(0, date.min))
    assert due(hand(whole=before_any_term)) == []


def test_once_membership_has_ended_nobody_owes_anything_and_a_reply_is_still_taken() -> None:
    left = hand([opened()], [offered()], items=[an_item(days=3)], records=records(a_shared_record()), is_over=True)
    assert due(left) == [(DueKind.REPLY, Side.SAFEGUARDER, TODAY + timedelta(days=11))]


def test_the_earliest_comes_first_and_what_has_no_day_comes_last() -> None:
    done = life_of_an_action.offer_completion(opened(), "I have done it.", (), PERSON)
    days = [day for _, _, day in due(hand([done, proposed(PERSON)], [accepted()], items=[an_item(days=3)]))]
    known = [day for day in days if day]
    assert days == [*sorted(known), None]


def test_a_day_that_has_passed_says_so_unless_the_time_stands_still() -> None:
    passed = Due(DueKind.ACTION, Side.SAFEGUARDER, "a", TODAY - timedelta(days=3))
    assert passed.has_passed(TODAY)
    assert not replace(passed, stands_still=True).has_passed(TODAY)
    assert not replace(passed, due_on=TODAY).has_passed(TODAY)
    assert not replace(passed, due_on=None).has_passed(TODAY)
    sunday = replace(passed, due_on=TODAY - timedelta(days=1))
    assert not sunday.has_passed(TODAY), "a Safeguarder has the next office day too"
    assert replace(sunday, owed_by=Side.PANEL_TEAM).has_passed(TODAY)


def test_what_waits_for_the_safeguarder_is_what_they_owe_and_says_that_nothing_is_taken_as_agreed() -> None:
    shared = [
        *dues_of(hand([proposed(), opened()], [offered()], items=[an_item(days=3)]), nothing_said),
        *dues_of(hand([], [given_today(accepted())]), nothing_said),
        *dues_of(hand(views=[view.ask(None, ("sg-one", "c1"), MANAGER, NUMBERS)]), nothing_said),
    ]
    waiting = waiting_for_the_person([*shared, *dues_of(hand(supports=[accepted()]), nothing_said)])
    assert waiting == shared
    assert IF_NOTHING.keys() == METHODS.keys() >= {each.kind for each in waiting}
    assert all(said.endswith(" Nothing is taken as agreed.") for said in IF_NOTHING.values())
    assert not any(said in text for text in IF_NOTHING.values() for said in ("you agree", "taken as yes"))


def test_a_change_of_approach_that_is_served_waits_until_it_is_acknowledged() -> None:
    change = serve()
    assert change.is_awaited
    assert due(hand(approaches=[(change, Standing(DAY))])) == [(DueKind.ACKNOWLEDGE_APPROACH, Side.SAFEGUARDER, DAY)]
