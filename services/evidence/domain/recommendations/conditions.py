"""Conditions that Ministers set, as actions of the new term with their supports (record 2.3)."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from services.evidence.domain.plans.action import (
    Action,
    ActionKind,
    ActionState,
    Basis,
    DayReason,
    DueDay,
    Proposal,
    Purpose,
)
from services.evidence.domain.plans.life_of_a_support import offer
from services.evidence.domain.plans.life_of_an_action import shortest_days
from services.evidence.domain.plans.sides import Actor, PlanNumbers, Side
from services.evidence.domain.plans.support import Offer, Support, Supported
from services.evidence.domain.recommendations.recommendation import Condition, Outcome, Recommendation

MINISTERS = "scottish-ministers"
"""Who sets a condition. It is no person of this system."""


def actions_of(
    decided: Recommendation, actor: Actor, numbers: PlanNumbers, before: int = 0
) -> Iterator[tuple[Action, Support]]:
    """Yield an open action and its support for each condition that Ministers decided on. `actor`: who recorded that.

    `before`: how often its conditions became actions before, on a record that was corrected since. The ids follow from
    both. They begin differently, because people type the beginning of an id.
    """
    if not has_conditions(decided):
        return
    for place, condition in enumerate(decided.text.conditions):
        name = _name(decided, place, before)
        action = _action(_opaque(name), decided.safeguarder_id, condition, actor, numbers)
        yield action, _support(_opaque(f"{name}/support"), action, condition, actor, numbers)


def has_conditions(decided: Recommendation) -> bool:
    """Return whether Ministers decided on a recommendation with conditions."""
    return decided.decided is not None and decided.decided.outcome is Outcome.WITH_CONDITIONS


def ids_of_actions(known: Recommendation, before: int) -> list[str]:
    """Return the id of the action of each condition. `before`: as in `actions_of`."""
    return [_opaque(_name(known, place, before)) for place in range(len(known.text.conditions))]


def _name(known: Recommendation, place: int, before: int) -> str:
    again = f"/again/{before}" if before else ""
    return f"{known.recommendation_id}{again}/conditions/{place}"


def _opaque(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def _action(action_id: str, safeguarder_id: str, condition: Condition, actor: Actor, numbers: PlanNumbers) -> Action:
    """Return the action of a condition. It has our shortest time at least, however late the decision is recorded."""
    shortest = timedelta(days=shortest_days(ActionKind.CHANGE_PRACTICE, numbers))
    due_on = max(condition.due_on, actor.today + shortest)
    proposal = Proposal(
        ActionKind.CHANGE_PRACTICE,
        Purpose.IMPROVE,
        condition.standard,
        "",
        condition.words,
        condition.measure,
        Side.SAFEGUARDER,
        due_on,
    )
    return Action(
        action_id,
        safeguarder_id,
        proposal,
        Side.PANEL_TEAM,
        MINISTERS,
        actor.now,
        actor.now,
        due_days=(DueDay(due_on, actor.today, MINISTERS, DayReason.FIRST),),
        answer_due_on=None,
        state=ActionState.OPEN,
        basis=Basis.SET,
        asked_on=actor.today,
        opened_on=actor.today,
    )


def _support(support_id: str, action: Action, condition: Condition, actor: Actor, numbers: PlanNumbers) -> Support:
    supported = Supported(actions=(action.action_id,))
    offered = Offer(condition.support_kind, supported, condition.support, actor.today)
    return offer(support_id, action.safeguarder_id, offered, actor, numbers)
