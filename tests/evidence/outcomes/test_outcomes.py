"""What the outcome of an action says as evidence, and which actions say nothing (R56)."""

from dataclasses import replace

import pytest

from services.evidence.domain.deliveries import judged_id
from services.evidence.domain.evidence_item import EvidenceItem, Kind, Polarity, SupportsStanding
from services.evidence.domain.life_of_an_item import check_correction, map_item, reply_time, share
from services.evidence.domain.plans import life_of_a_support as supports
from services.evidence.domain.plans.action import OUTCOMES, Action, ActionState
from services.evidence.domain.plans.outcome import makes_evidence, outcome_item, supports_standing
from services.evidence.domain.plans.plan import TimedSupport
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.plans.support import Received, Support, SupportAnswer, Supported, SupportState
from services.who import Who
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
    opened,
    proposed,
    refused,
)

STANDING = SupportsStanding


def ended(outcome: ActionState = ActionState.NOT_MET, **changes: object) -> Action:
    """Return an action of the Safeguarder that ended."""
    return replace(opened(), state=outcome, **changes)  # type: ignore[arg-type]


def item_of(action: Action) -> EvidenceItem:
    return outcome_item(action, STANDING.COMPLETE, MANAGER)


@pytest.mark.parametrize(
    ("outcome", "speaks"),
    [("met", "praise"), ("partly_met", "neutral"), ("not_possible", "neutral"), ("not_met", "concern")],
)
def test_each_outcome_speaks_in_its_way_of_what_the_action_was_about(outcome: str, speaks: str) -> None:
    action = replace(ended(ActionState(outcome)), proposal=replace(opened().proposal, indicator="S2.2"))
    content = item_of(action).content
    ((standard, indicator, polarity),) = [(one.standard, one.indicator, one.polarity) for one in content.mappings]
    assert (standard, indicator, polarity) == ("S2", "S2.2", Polarity(speaks))
    assert (content.kind, content.source, content.summary) == (Kind.ACTION_OUTCOME, "panel_team", "")
    assert content.happened_on == content.received_on == TODAY
    said = content.action
    assert said is not None
    assert (said.outcome, said.purpose, said.basis, said.supports) == (outcome, "improve", "agreed", "complete")


def test_it_counts_against_the_safeguarder_only_after_they_could_reply() -> None:
    shared = share(item_of(ended()), reply_time(TODAY, 10), NOW)
    assert shared.adverse_on is not None
    assert shared.reply_due_on is not None
    assert shared.countable_on == shared.adverse_on > shared.reply_due_on > TODAY
    met = share(item_of(ended(ActionState.MET)), reply_time(TODAY, 10), NOW)
    assert met.countable_on == TODAY


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_what_safeguarders_name_themselves_and_what_others_have_to_do_is_no_evidence(outcome: ActionState) -> None:
    """`own_words_never_count`: neither for nor against. An item of those that were met would tell of the others."""
    assert makes_evidence(ended(outcome))
    assert not makes_evidence(ended(outcome, proposed_by=Side.SAFEGUARDER))
    for owner in (Side.SUPPORT_MANAGER, Side.PANEL_TEAM):
        assert not makes_evidence(ended(outcome, proposal=replace(opened().proposal, owner=owner)))


@pytest.mark.parametrize("state", [state for state in ActionState if state not in OUTCOMES])
def test_an_action_without_an_outcome_is_no_evidence(state: ActionState) -> None:
    assert not makes_evidence(ended(state))


def test_an_action_makes_one_item_whoever_ends_it_and_when() -> None:
    first, second = item_of(ended()), outcome_item(ended(ActionState.MET), STANDING.DECLINED, later(TEAM, days=3))
    assert first.evidence_id == second.evidence_id
    assert judged_id("sg-one", first.content) == judged_id("sg-one", second.content) != ""
    other = item_of(replace(ended(), action_id="a2"))
    assert other.evidence_id != first.evidence_id
    assert judged_id("sg-one", other.content) != judged_id("sg-one", first.content)


def test_nobody_makes_it_say_something_else_than_the_action() -> None:
    item = item_of(ended())
    assert refused(lambda: map_item(item, (), reply_time(TODAY, 10), NOW)) == "MADE_BY_AN_ACTION"
    assert refused(lambda: check_correction(item, item.content, Who("panel-team"))) == "MADE_BY_AN_ACTION"


def timed(support: Support) -> TimedSupport:
    return TimedSupport(support, answering(support), denying(support))


def standing(*found: Support, action: Action | None = None, days: int = 0) -> SupportsStanding:
    return supports_standing(action or ended(), map(timed, found), later(MANAGER, days=days).today)


def recorded(support: Support, outcome: SupportState, because: str = "") -> Support:
    on = TODAY if outcome is SupportState.DELIVERED else None
    return supports.record(support, supports.Recorded(outcome, on, because), TEAM, NUMBERS)


GIVEN = recorded(accepted(), SupportState.DELIVERED)
RECEIVED = supports.confirm(GIVEN, Received.YES, "", denying(GIVEN), PERSON)
DECLINED = supports.answer(offered(), SupportAnswer.DECLINED, "", supports.Asked(), PERSON, NUMBERS)
CANNOT = recorded(accepted(), SupportState.UNAVAILABLE, "Nobody is free.")
NOT_GIVEN = recorded(accepted(), SupportState.NOT_DELIVERED, "Nobody came.")


def test_how_supports_stand_is_worked_out_from_the_register() -> None:
    assert standing() is STANDING.NONE_OFFERED
    assert standing(offered()) is standing(accepted()) is STANDING.STILL_RUNNING
    assert standing(accepted(), days=90) is STANDING.TEAM_COULD_NOT, "it is late"
    assert standing(NOT_GIVEN) is standing(CANNOT) is STANDING.TEAM_COULD_NOT
    assert standing(DECLINED) is STANDING.DECLINED
    assert standing(RECEIVED) is standing(DECLINED, RECEIVED) is STANDING.COMPLETE
    assert standing(GIVEN) is STANDING.STILL_RUNNING, "the Safeguarder can still say that they did not receive it"
    assert standing(GIVEN, days=30) is STANDING.COMPLETE
    assert standing(RECEIVED, NOT_GIVEN) is STANDING.TEAM_COULD_NOT
    assert standing(NOT_GIVEN, offered()) is STANDING.STILL_RUNNING


def test_what_the_team_replaced_with_another_support_that_was_accepted_does_not_count() -> None:
    other = replace(RECEIVED, support_id="u2")
    assert standing(CANNOT, other) is STANDING.COMPLETE
    assert standing(CANNOT, replace(DECLINED, support_id="u2")) is STANDING.TEAM_COULD_NOT


def test_only_what_is_for_the_action_counts() -> None:
    elsewhere = offered(supported=Supported(actions=("a2",), needs=("n2",), concerns=("c2",)))
    assert standing(elsewhere) is STANDING.NONE_OFFERED
    of_need = replace(ended(), proposal=replace(proposed().proposal, needs=("n2",)))
    assert standing(elsewhere, action=of_need) is STANDING.STILL_RUNNING
