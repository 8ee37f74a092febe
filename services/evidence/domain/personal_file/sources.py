"""Where a Safeguarder's own view comes from, and until when each source is known. Nothing is left out in silence."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SourceState(StrEnum):
    """What is known of what a service tells."""

    KNOWN = "known"
    NEVER_TOLD = "never_told"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Source:
    """A service from which the view has something."""

    service: str
    state: SourceState
    known_at: datetime | None
    """When it last told something about the person that is used here; None if it told nothing."""
