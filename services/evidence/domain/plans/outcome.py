"""The outcome of an action as an item of evidence (R56). It is derived: it rests on evidence that is on file already.

An action makes one item, when it ends. Three kinds of actions make none:
- What the Safeguarder proposed themselves. Their own words never count. An item for each of their actions that was met
  would tell by its absence of those that were not.
- What somebody else has to do. It says nothing about the Safeguarder.
- What was reported. How it was agreed is not recorded here.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

from services.evidence.domain.evidence_item import (
    ActionOutcome,
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    Kind,
    Mapping,
    Polarity,
    SupportsStanding,
)
from services.evidence.domain.plans.action import OUTCOMES, Action, ActionState
from services.evidence.domain.plans.plan import TimedSupport, is_for, is_needed, may_be_denied
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.support import Received, Support, SupportAnswer, SupportState

_SPEAKS = {
    ActionState.MET: Polarity.PRAISE,
    ActionState.PARTLY_MET: Polarity.NEUTRAL,
    ActionState.NOT_POSSIBLE: Polarity.NEUTRAL,
    ActionState.NOT_MET: Polarity.CONCERN,
}


def makes_evidence(action: Action) -> bool:
    """Return whether the outcome of an action is evidence about the Safeguarder."""
    theirs = action.proposal.owner is Side.SAFEGUARDER and not action.reported
    return theirs and action.proposed_by is not Side.SAFEGUARDER and action.state in OUTCOMES


def evidence_of(action: Action) -> EvidenceId:
    """Return the id of the item that the outcome of an action makes. The same outcome always makes the same item."""
    return EvidenceId(_hash_of(action)[:32])


def outcome_item(action: Action, supports: SupportsStanding, actor: Actor) -> EvidenceItem:
    """Return the item that an action makes as it ends. It has no words of its own: those stay on the action.

    `supports`: how its supports stand. The item is not shared yet. An action about a whole standard speaks to no
    indicator of it.
    """
    proposal = action.proposal
    said = ActionOutcome(action.action_id, action.state, proposal.purpose, action.basis or "", supports)
    content = Content(
        Kind.ACTION_OUTCOME,
        source="panel_team",
        aspect="practice",
        setting="panel",
        evidence_class=EvidenceClass.STANDARD,
        happened_on=actor.today,
        received_on=actor.today,
        mappings=(Mapping(proposal.standard, proposal.indicator, _SPEAKS[action.state]),),
        action=said,
    )
    return EvidenceItem(
        evidence_of(action),
        action.safeguarder_id,
        content,
        reply_due_on=None,
        created_at=actor.now,
        recorded_at=actor.now,
        sender=actor.person,
        receipt_id=_hash_of(action)[32:],
        history=False,
    )


def supports_standing(action: Action, supports: Iterable[TimedSupport], today: date) -> SupportsStanding:
    """Return how the supports of an action stand on a day.

    It agrees with `supports_standing` of rules, which works out the same for the supports of a concern. What the Team
    could not provide before the action opened is none of its supports.
    """
    its = [one for one in supports if is_for(one.support, action) and is_needed(one.support, action)]
    found = {_stands(one, today) for one in its if not _is_replaced(one.support, its)}
    for word in (SupportsStanding.STILL_RUNNING, SupportsStanding.TEAM_COULD_NOT):
        if word in found:
            return word
    if not found:
        return SupportsStanding.NONE_OFFERED
    return SupportsStanding.DECLINED if found == {SupportsStanding.DECLINED} else SupportsStanding.COMPLETE


def _stands(one: TimedSupport, today: date) -> SupportsStanding:
    support = one.support
    if support.state is SupportState.DECLINED:
        return SupportsStanding.DECLINED
    if support.state in (SupportState.NOT_DELIVERED, SupportState.UNAVAILABLE) or support.is_late(today):
        return SupportsStanding.TEAM_COULD_NOT
    if support.state in (SupportState.OFFERED, SupportState.ACCEPTED):
        return SupportsStanding.STILL_RUNNING
    waits = support.received is not Received.YES and may_be_denied(one, today)
    return SupportsStanding.STILL_RUNNING if waits else SupportsStanding.COMPLETE


def _is_replaced(support: Support, supports: Iterable[TimedSupport]) -> bool:
    """Return whether the Team cannot provide a support, and the Safeguarder accepted another one after that."""
    since = support.unavailable_on
    return since is not None and any(
        one.support.offer.discussed_on >= since
        and one.support.answer is SupportAnswer.ACCEPTED
        and one.support.unavailable_on is None
        for one in supports
    )


def _hash_of(action: Action) -> str:
    # A corrected outcome makes an item of its own, which supersedes the one before.
    corrected = f", corrected in version {action.version}" if action.outcome_evidence else ""
    return hashlib.sha256(f"outcome of action {action.action_id}{corrected}".encode()).hexdigest()
