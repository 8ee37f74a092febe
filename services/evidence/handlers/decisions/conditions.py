"""Conditions that Ministers set, as actions of the person's plan, as often as the decision is recorded or corrected."""

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.evidence_item import CorrectionReason, ItemState
from services.evidence.domain.life_of_an_item import withdraw
from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.plans.life_of_an_action import withdraw_what_fell
from services.evidence.domain.plans.outcome import evidence_of
from services.evidence.domain.recommendations.conditions import actions_of, has_conditions, ids_of_actions
from services.evidence.domain.recommendations.recommendation import Recommendation
from services.evidence.handlers.plans import approach

_FELL = (ActionState.WITHDRAWN, ActionState.REPLACED)


def follow_conditions(decided: Recommendation, because: str, plan: PlanFile) -> None:
    """Open an action for each condition that Ministers set, or withdraw those that they did not set.

    The supports that the Team promised stay: they favour the person. `because`: why an action is withdrawn.
    """
    made = _made(decided, plan)
    standing = [action for action in made[-1] if action.state not in _FELL] if made else []
    if not has_conditions(decided):
        for action in standing:
            _withdraw(action, because, plan)
        if standing:
            approach.follow_days(decided.safeguarder_id, plan)
    elif not standing:
        for action, support in actions_of(decided, plan.actor, plan.numbers, len(made)):
            plan.parts.put(action)
            plan.parts.put(support)


def _made(decided: Recommendation, plan: PlanFile) -> list[list[Action]]:
    """Return the actions of its conditions, each time that they became actions."""
    made: list[list[Action]] = []
    while decided.text.conditions:
        found = [plan.parts.find(Action, each) for each in ids_of_actions(decided, len(made))]
        actions = [action for action in found if action is not None]
        if not actions:
            break
        made.append(actions)
    return made


def _withdraw(action: Action, because: str, plan: PlanFile) -> None:
    """Withdraw an action that Ministers did not set, and what its outcome would say of the person."""
    plan.parts.put(withdraw_what_fell(action, because, plan.actor))
    item = plan.file.find(evidence_of(action))
    if item is not None and item.state is ItemState.CURRENT:
        plan.file.change(withdraw(item, CorrectionReason.SOURCE_CORRECTED, plan.actor.now), "withdrawn")
