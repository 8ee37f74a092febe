"""Let praise follow the record of the session at which it was acknowledged (R70, B6)."""

from collections.abc import Iterable
from datetime import date, datetime

from services.calendar_days import london_today
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.domain.concerns.history import CALENDAR, Made, Move
from services.rules.domain.concerns.praise import follow_acknowledgement


def acknowledge_praise(
    safeguarder_id: str, acknowledged: Iterable[str], held_on: date, concerns: SqlConcerns, now: datetime
) -> None:
    """Record that praise was acknowledged at a session held on a day, as its closed record says.

    The record is a fact, so nothing is refused. What is no praise of this person stays as it is.
    """
    for concern_id in acknowledged:
        found = concerns.find(concern_id)
        if found is None or found.safeguarder_id != safeguarder_id:
            continue
        changed = follow_acknowledgement(found, held_on, london_today(now))
        if changed is not None:
            concerns.make(changed, Made(Move.ACKNOWLEDGE_IN_SESSION, CALENDAR, now, found.state, changed.state))
