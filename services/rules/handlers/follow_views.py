"""Let concerns follow the Safeguarder's views, which evidence keeps (record 1.4)."""

from datetime import datetime

from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.domain.concerns.history import CALENDAR, Made, Move
from services.rules.domain.concerns.views import TAKEN_BACK, ViewFact, follow_view


def follow(safeguarder_id: str, concern_id: str, said: ViewFact, concerns: SqlConcerns, now: datetime) -> None:
    """Store the view of a concern. A concern of somebody else, or of nobody, stays as it is.

    The view is a fact, so nothing is refused.
    """
    found = concerns.find(concern_id)
    changed = follow_view(found, said) if found and found.safeguarder_id == safeguarder_id else None
    if found is not None and changed is not None:
        word = said.view.value if said.view else TAKEN_BACK
        concerns.make(changed, Made(Move.RECORD_VIEW, CALENDAR, now, found.state, changed.state, word))
