"""What the parts of one person's plan say together: which need is planned, and what the Team owes for an action."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from services.evidence.domain.plans.action import Action, SupportOwed
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import OWED, WAITS, Received, Support, SupportState
from services.evidence.domain.plans.view import View
from services.evidence.domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Plan:
    """A person's plan as it stands, in the order in which people read it."""

    safeguarder_id: str
    strengths: Sequence[Strength]
    needs: Sequence[tuple[Need, bool]]
    """Each with whether it is planned."""
    actions: Sequence["TimedAction"]
    supports: Sequence["TimedSupport"]
    views: Sequence["TimedView"]
    today: date


class TimedAction(NamedTuple):
    """An action, how its time stands, and how the time to answer it stands while an answer is awaited."""

    action: Action
    standing: Standing
    answering: Standing | None


class TimedSupport(NamedTuple):
    """A support, with how the time to answer it stands, and the time to say that it was not received."""

    support: Support
    answering: Standing | None
    """None while no answer is awaited."""
    denying: Standing | None
    """None while it does not stand as given."""


class TimedView(NamedTuple):
    """A view of a concern, and how the time to give it stands while it is awaited."""

    view: View
    answering: Standing | None


def is_planned(need: Need, actions: Iterable[Action]) -> bool:
    """Return whether a proposed or open action answers a need."""
    return any(action.is_live and need.need_id in action.proposal.needs for action in actions)


def support_owed(action: Action, supports: Iterable["TimedSupport"], today: date) -> SupportOwed | None:
    """Return what the Team owes for an action, for a need that it answers, or for its concern; None if nothing.

    What was recorded as given counts until the Safeguarder says that they received it, or cannot deny it any more.
    """
    found = [owed for owed in (_owed(one, action, today) for one in supports) if owed]
    return max(found, key=lambda owed: owed.deny_until or date.max, default=None)


def goes_along(one: "TimedSupport", before: Action, after: Action, today: date) -> bool:
    """Return whether a support is for another action too, which takes the place of one that needs it.

    What was declined, not answered, or given for sure stays with the action that ended. What the Team cannot provide
    would be for no later action, so it goes along by name.
    """
    support = one.support
    named = after.action_id in support.offer.supported.actions
    if named or not is_for(support, before):
        return False
    if support.state is SupportState.UNAVAILABLE:
        return is_needed(support, before)
    awaited = support.state in (SupportState.OFFERED, *OWED) or may_be_denied(one, today)
    return awaited and not is_for(support, after)


def _owed(one: "TimedSupport", action: Action, today: date) -> SupportOwed | None:
    support = one.support
    if not is_for(support, action):
        return None
    if support.is_owed:
        return SupportOwed() if is_needed(support, action) else None
    if support.received is Received.YES or not may_be_denied(one, today):
        return None
    return SupportOwed(one.denying.due_on if one.denying else None)


def is_needed(support: Support, action: Action) -> bool:
    """Return whether an action rests on a support that is for it. Later ones do not on what the Team cannot provide.

    Only what takes the place of an earlier one still does.
    """
    cannot_since = support.unavailable_on
    if support.state is not SupportState.UNAVAILABLE or cannot_since is None:
        return True
    took_over = bool(action.proposal.replaces) and action.action_id in support.offer.supported.actions
    return took_over or (action.opened_on is not None and action.opened_on <= cannot_since)


def may_be_denied(one: "TimedSupport", today: date) -> bool:
    """Return whether the Safeguarder can still say that they did not receive a support."""
    return one.denying is not None and not one.denying.is_over(today)


def is_for(support: Support, action: Action) -> bool:
    """Return whether a support is for an action, for a need that it answers, or for its concern."""
    supported, proposal = support.offer.supported, action.proposal
    return (
        action.action_id in supported.actions
        or not set(proposal.needs).isdisjoint(supported.needs)
        or proposal.concern in supported.concerns
    )


def newest_first(parts: Iterable[Strength]) -> list[Strength]:
    """Return strengths, the newest first."""
    return sorted(parts, key=lambda part: part.created_at, reverse=True)


def needs_in_order(needs: Iterable[Need], actions: Sequence[Action]) -> list[tuple[Need, bool]]:
    """Return needs with whether each is planned: open ones first, then the newest first."""
    ordered = sorted(needs, key=lambda need: need.created_at, reverse=True)
    ordered.sort(key=lambda need: not need.is_open)
    return [(need, is_planned(need, actions)) for need in ordered]


def actions_in_order(actions: Iterable[TimedAction]) -> list[TimedAction]:
    """Return actions: those that have not ended first, then the earliest due first."""
    return sorted(actions, key=lambda one: (not one.action.is_live, one.standing.due_on, one.action.action_id))


def supports_in_order(supports: Iterable[TimedSupport]) -> list[TimedSupport]:
    """Return supports: those that somebody waits for first, then the newest first."""
    ordered = sorted(supports, key=lambda one: one.support.created_at, reverse=True)
    return sorted(ordered, key=lambda one: one.support.state not in WAITS)


def views_in_order(views: Iterable[TimedView]) -> list[TimedView]:
    """Return views: those that are awaited first, then the newest first."""
    ordered = sorted(views, key=lambda one: one.view.created_at, reverse=True)
    return sorted(ordered, key=lambda one: not one.view.is_awaited)
