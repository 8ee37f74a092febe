"""Needs, actions and supports for tests, and who acts on them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.evidence.domain.plans import life_of_a_support, life_of_an_action
from services.evidence.domain.plans.action import Action, ActionAnswer, ActionKind, Proposal, Purpose
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.sides import Actor, PlanNumbers, Side
from services.evidence.domain.plans.strength import Named
from services.evidence.domain.plans.support import Offer, Support, SupportAnswer, Supported, SupportKind
from services.evidence.domain.standing import GivenTime, Standing, standing_of
from services.refusals import Refusal

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
"""A Monday."""
TODAY = NOW.date()
NUMBERS = PlanNumbers(
    action_answer_working_days=10,
    support_answer_working_days=10,
    view_answer_working_days=10,
    approach_working_days=5,
    promise_working_days=40,
    received_working_days=10,
    plan_answer_working_days=10,
    shortest_module_days=28,
    shortest_reports_in_time_days=70,
    shortest_mentor_days=56,
    shortest_other_days=28,
    least_working_days=5,
    longest_months=12,
)
PERSON = Actor("person-one", Side.SAFEGUARDER, NOW)
MANAGER = Actor("manager-one", Side.SUPPORT_MANAGER, NOW)
TEAM = Actor("panel-team", Side.PANEL_TEAM, NOW)


def later(actor: Actor, **passed: int) -> Actor:
    """Return a person some time later. `passed`: as for a timedelta."""
    return replace(actor, now=actor.now + timedelta(**passed))


def a_proposal(days: int = 60, **changes: Any) -> Proposal:
    """Return an action that the Safeguarder is to do within some days."""
    fields: dict[str, Any] = {
        "kind": ActionKind.CHANGE_PRACTICE,
        "purpose": Purpose.IMPROVE,
        "standard": "S2",
        "indicator": "",
        "aim": "Speak with each agency.",
        "measure": "Each report names them.",
        "owner": Side.SAFEGUARDER,
        "due_on": TODAY + timedelta(days=days),
    }
    return Proposal(**fields | changes)


def proposed(by: Actor = MANAGER, **changes: Any) -> Action:
    """Return an action that somebody has just proposed."""
    return life_of_an_action.propose("a1", "sg-one", a_proposal(**changes), by, NUMBERS)


def opened(**changes: Any) -> Action:
    """Return an action that the manager proposed and the Safeguarder agreed to."""
    return life_of_an_action.answer(proposed(**changes), ActionAnswer.AGREED, "", PERSON)


def in_time(action: Action) -> Standing:
    """Return the time of an action of which scheduling has said nothing."""
    return standing_of(action.time, (), None, TODAY)


def answering(part: Action | Support) -> Standing | None:
    """Return the time to answer a part of which scheduling has said nothing."""
    return _undisturbed(part.time_to_answer)


def denying(support: Support) -> Standing | None:
    """Return the time to say that a support was not received, for somebody who is never away."""
    return _undisturbed(support.time_to_deny)


def _undisturbed(given: GivenTime | None) -> Standing | None:
    return standing_of(given, (), None, TODAY) if given else None


def offered(**changes: Any) -> Support:
    """Return a support that was offered just now."""
    fields: dict[str, Any] = {
        "kind": SupportKind.MENTORING,
        "supported": Supported(actions=("a1",)),
        "words": "A mentor for three months.",
        "discussed_on": TODAY,
    }
    return life_of_a_support.offer("u1", "sg-one", Offer(**fields | changes), MANAGER, NUMBERS)


def accepted(**changes: Any) -> Support:
    """Return a support that the Safeguarder accepted just now."""
    return life_of_a_support.answer(
        offered(**changes), SupportAnswer.ACCEPTED, "", life_of_a_support.Asked(), PERSON, NUMBERS
    )


def a_need(by: Actor = MANAGER, **named: Any) -> Need:
    """Return a need that somebody has just named."""
    fields: dict[str, Any] = {"standard": "S2", "words": "To speak with each agency.", "evidence": ("e1",)}
    return Need("n1", "sg-one", Named(**fields | named), by.side, by.person, by.now, by.now)


def refused(move: Callable[[], object]) -> str:
    """Return the reason for which a move is refused."""
    with pytest.raises(Refusal) as problem:
        move()
    return problem.value.reason
