"""Praise that was acknowledged at a support session, as the session's closed record says (record 1.4).

Evidence keeps the record. Praise follows it and never refuses what it says.
"""

from dataclasses import replace
from datetime import date

from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.transitions import STEPS


def follow_acknowledgement(concern: Concern, held_on: date, today: date) -> Concern | None:
    """Return praise as acknowledged at a session that was held on a day. None if that changes nothing.

    Nothing changes on what is no praise, has ended, or was acknowledged at a session before. A session from before the
    praise was raised, or reopened, was not about it. Praise on hold stays on hold, and is acknowledged once it is
    released: the record says it only once.
    """
    step, hold = STEPS[Move.ACKNOWLEDGE_IN_SESSION], concern.progress.hold
    stood = hold.stood if hold is not None else concern.state
    since = concern.progress.reopened_day or concern.raised_at.date()
    if stood not in step.states or concern.answer.lane not in step.lanes or not since <= held_on <= today:
        return None
    if hold is None:
        return replace(concern, state=State.ACKNOWLEDGED_IN_SESSION, version=concern.version + 1)
    progress = replace(concern.progress, hold=replace(hold, stood=State.ACKNOWLEDGED_IN_SESSION))
    return replace(concern, progress=progress, version=concern.version + 1)
