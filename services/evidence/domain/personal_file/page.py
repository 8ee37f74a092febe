"""A Safeguarder's own view of their file, as it is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.evidence.domain.personal_file.dues import Due
from services.evidence.domain.personal_file.own_standing import OnStandard
from services.evidence.domain.personal_file.sources import Source
from services.evidence.domain.personal_file.ways import Way
from services.evidence.domain.plans.plan import TimedAction


@dataclass(frozen=True, slots=True)
class OwnStanding:
    """Where a person's practice stands, what is open, and what is due from whom."""

    safeguarder_id: str
    today: date
    since_on: date
    edition: str
    """Empty while none is known."""
    standards: Sequence[OnStandard]
    actions: Sequence[TimedAction]
    dues: Sequence[Due]
    support_manager: str
    ways: Sequence[Way]
    sources: Sequence[Source]
    more_is_open: bool


@dataclass(frozen=True, slots=True)
class OwnList:
    """What waits for a person."""

    today: date
    waiting: Sequence[Due]
    sources: Sequence[Source]
