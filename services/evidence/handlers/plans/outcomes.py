"""What the outcome of an action makes: an item of evidence, shared at once (R56)."""

from collections.abc import Sequence
from dataclasses import replace

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.evidence_item import CorrectionReason, EvidenceId, ItemState
from services.evidence.domain.life_of_an_item import corrected, share, supersede
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.outcome import makes_evidence, outcome_item, supports_standing
from services.evidence.domain.plans.plan import TimedSupport
from services.evidence.handlers.reply_times import ReplyTimes


def record(ended: Action, supports: Sequence[TimedSupport], reply_working_days: int, files: PlanFile) -> Action:
    """Record the item that an action makes as it ends, and return the action with it.

    The Safeguarder sees the item in the same moment, with the time to reply of everything that is shared. Nothing is
    recorded about somebody who does not serve any more, nor of an action that makes no evidence.
    """
    actor = files.actor
    if not makes_evidence(ended) or not _serves(ended, files):
        return ended
    item = outcome_item(ended, supports_standing(ended, supports, actor.today), actor)
    files.file.record([item])
    reply = ReplyTimes(files.times_away, files.requests, reply_working_days).of(ended.safeguarder_id, actor.today)
    files.file.change(share(item, reply, actor.now), "shared")
    return replace(ended, outcome_evidence=item.evidence_id)


def correct(ended: Action, supports: Sequence[TimedSupport], reply_working_days: int, files: PlanFile) -> Action:
    """Record what the item of an action says since its outcome was corrected, and return the action with it.

    The item before stays on file as superseded. The new one is shared like it, keeps the reply, and has a new time to
    reply. An item that the Team withdrew stays withdrawn, and nothing takes its place.
    """
    before = files.file.find(EvidenceId(ended.outcome_evidence)) if ended.outcome_evidence else None
    if before is None or before.state is not ItemState.CURRENT or not _serves(ended, files):
        return ended
    now, reply_times = files.actor.now, ReplyTimes(files.times_away, files.requests, reply_working_days)
    reply = reply_times.of(ended.safeguarder_id, files.actor.today)
    item = corrected(
        outcome_item(ended, supports_standing(ended, supports, files.actor.today), files.actor), before, reply
    )
    files.file.record([item])
    files.file.change(supersede(before, item.evidence_id, CorrectionReason.ENTERED_WRONGLY, now), "superseded")
    return replace(ended, outcome_evidence=item.evidence_id)


def _serves(action: Action, files: PlanFile) -> bool:
    entry = files.people.find(action.safeguarder_id)
    return entry is not None and entry.serves_on(files.actor.today)
