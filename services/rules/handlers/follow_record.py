"""Let praise follow the record of the session at which it was acknowledged (R70, B6)."""

from collections.abc import Iterable
from datetime import date, datetime

from services.refusals import Refusal
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.history import CALENDAR, Made, Move
from services.rules.handlers.concerns import ConcernContext


def acknowledge_praise(
    safeguarder_id: str, acknowledged: Iterable[str], held_on: date, concerns: SqlConcerns, now: datetime
) -> None:
    """Record that praise was acknowledged at a session held on a day, as its closed record says.

    The record is a fact, so nothing is refused. What is no praise of this person, has ended, is on hold or was
    acknowledged at a session before stays as it is.
    """
    context = ConcernContext(concerns, tuple, CALENDAR, now)
    for concern_id in acknowledged:
        found = concerns.find(concern_id)
        if found is None or found.safeguarder_id != safeguarder_id:
            continue
        try:
            changed = moves.acknowledge_in_session(found, held_on, context.move_context(found))
        except Refusal:
            continue
        made = Made(Move.ACKNOWLEDGE_IN_SESSION, CALENDAR, now, found.state, changed.state)
        concerns.make(changed, made)
