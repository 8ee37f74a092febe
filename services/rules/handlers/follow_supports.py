"""Let concerns follow the register of supports, which evidence keeps (R76, R80; record 1.4)."""

from collections.abc import Iterable
from datetime import datetime

from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import CALENDAR, Made
from services.rules.domain.concerns.progress import Support
from services.rules.domain.concerns.supports import follow_support


def follow_register(
    safeguarder_id: str, concern_ids: Iterable[str], support: Support, concerns: SqlConcerns, now: datetime
) -> None:
    """Store a support on each concern that it is for. A concern of somebody else, or of nobody, stays as it is.

    The register is a fact, so nothing is refused.
    """
    for concern_id in concern_ids:
        found = _goes_on_as(concern_id, concerns)
        followed = follow_support(found, support) if found and found.safeguarder_id == safeguarder_id else None
        if found is not None and followed is not None:
            move, changed = followed
            concerns.make(changed, Made(move, CALENDAR, now, found.state, changed.state, support.words))


def _goes_on_as(concern_id: str, concerns: SqlConcerns) -> Concern | None:
    """Return a concern, or the one that it was merged into."""
    found = concerns.find(concern_id)
    return _goes_on_as(found.progress.merged_into, concerns) if found and found.progress.merged_into else found
