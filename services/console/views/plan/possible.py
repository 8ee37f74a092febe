"""Which steps a reader can make on a development plan and on each of its parts.

The service decides. A link that it would refuse is not shown, so this follows its rules of who may do what, and when.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.client.words import word_of
from services.platform.calls.wire import from_date

OWN, MANAGER, SENIOR = "safeguarder", "support_manager", "senior_manager"
TEAM = (MANAGER, SENIOR, "panel_team")
MANAGERS = (MANAGER, SENIOR)
OPEN = ("open", "completion_offered")
OTHER_SIDE = {OWN: MANAGER, MANAGER: OWN}
OWED = ("accepted", "not_delivered")


def of_plan(plan: Any, role: str, today: date) -> Iterator[str]:
    """Yield the steps on the whole plan."""
    if role in (OWN, MANAGER):
        yield from ("strength", "need", "action")
    if role in TEAM:
        yield "support"
    if not plan.term:
        return
    if role == MANAGER and not plan.strengths:
        yield "no-strength"
    if role == MANAGER and not plan.HasField("in_force"):
        yield "not-final"
    if role in (OWN, MANAGER) and not plan.missing and not _has_confirmed(plan, role):
        yield "confirm"
    if role == MANAGER and plan.HasField("awaited") and _is_over(plan.awaited, today):
        yield "without-answer"


def waits_for(plan: Any, role: str) -> bool:
    """Return whether a reader could confirm the plan if nothing were missing."""
    return role in (OWN, MANAGER) and bool(plan.term) and bool(plan.missing)


def of_need(need: Any, role: str) -> Iterator[str]:
    """Yield the steps on a need. Safeguarders end what they named themselves."""
    if word_of(need, "state") not in ("identified", "planned"):
        return
    if role in MANAGERS or (role == OWN and word_of(need, "raised_by") == OWN):
        yield "end"
    if role == MANAGER and word_of(need, "state") == "identified":
        yield "carry"


def of_action(action: Any, role: str, today: date) -> Iterator[str]:
    """Yield the steps on an action: one that is proposed is answered, one that is open is done, moved or ended."""
    state, proposer = word_of(action, "state"), word_of(action, "proposed_by")
    if state == "proposed":
        yield from _of_proposed(action, role, proposer, today)
    if state in OPEN:
        if role in (OWN, MANAGER) and state == "open" and (word_of(action, "owner") == OWN) is (role == OWN):
            yield "done"
        if role in MANAGERS:
            yield from ("move", "review", "end")
        if role == MANAGER:
            yield "replace"


def _of_proposed(action: Any, role: str, proposer: str, today: date) -> Iterator[str]:
    if proposer == OTHER_SIDE.get(role) and not action.answer:
        yield "answer"
    if proposer == MANAGER and role in MANAGERS:
        if word_of(action, "answer") == "not_agreed" or (not action.answer and _is_over(action, today)):
            yield "set"
        yield from ("move", "withdraw")
    if proposer == role == OWN:
        yield "withdraw"


def of_support(support: Any, role: str) -> Iterator[str]:
    """Yield the steps that the Team can make on a support. The Safeguarder answers on pages of their own."""
    state = word_of(support, "state")
    if state == "offered" and role in (MANAGER, "panel_team"):
        yield "answer"
    if state in OWED and role in TEAM:
        yield from ("record", "promise")


def own_answer(support: Any) -> str:
    """Return what the Safeguarder can say of a support now: `support` to answer it, `received`, or empty."""
    state = word_of(support, "state")
    if state in ("offered", "none_given"):
        return "support"
    return "received" if state == "delivered" and not support.received else ""


def of_approach(change: Any, role: str) -> Iterator[str]:
    """Yield the steps on a change of approach."""
    if word_of(change, "state") == "served" and role in MANAGERS:
        yield "end"


def may_change_approach(plan: Any, role: str) -> bool:
    """Return whether a reader may change the approach to a matter. The way to it is on the page of the matter."""
    return role in MANAGERS and bool(plan.term)


def of_review(review: Any, role: str) -> Iterator[str]:
    """Yield the steps on a review of actions. One that is about several actions is corrected with a command."""
    if role == OWN and (not review.safeguarder_words or review.entered_by):
        yield "answer"
    if role in MANAGERS and len(review.actions) == 1:
        yield "correct"


def _has_confirmed(plan: Any, role: str) -> bool:
    """Return whether a side has confirmed the plan as it stands. A version without an answer still takes one."""
    version = plan.awaited if plan.HasField("awaited") else plan.in_force if plan.is_in_force else None
    return version is not None and version.HasField(f"{role}_confirm_time")


def _is_over(one: Any, today: date) -> bool:
    """Return whether the Safeguarder's time to answer is over."""
    due = from_date(one, "answer_due_date")
    return due is not None and due < today
