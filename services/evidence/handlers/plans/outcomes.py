"""What the outcome of an action makes: an item of evidence, shared at once (R56)."""

from collections.abc import Sequence
from dataclasses import replace

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.life_of_an_item import reply_time, share
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.outcome import makes_evidence, outcome_item, supports_standing
from services.evidence.domain.plans.plan import TimedSupport


def record(ended: Action, supports: Sequence[TimedSupport], reply_working_days: int, files: PlanFile) -> Action:
    """Record the item that an action makes as it ends, and return the action with it.

    The Safeguarder sees the item in the same moment, with the time to reply of everything that is shared. Nothing is
    recorded about somebody who does not serve any more, nor of an action that makes no evidence.
    """
    actor, entry = files.actor, files.people.find(ended.safeguarder_id)
    if not makes_evidence(ended) or entry is None or not entry.serves_on(actor.today):
        return ended
    item = outcome_item(ended, supports_standing(ended, supports, actor.today), actor)
    files.file.record([item])
    files.file.change(share(item, reply_time(actor.today, reply_working_days), actor.now), "shared")
    return replace(ended, outcome_evidence=item.evidence_id)
