"""A strength of a Safeguarder, in the words of who named it (R54). It is not changed afterwards."""

from dataclasses import dataclass
from datetime import datetime

from services.evidence.domain.plans.sides import Side


@dataclass(frozen=True, slots=True)
class Named:
    """A strength or a need as somebody names it."""

    standard: str
    words: str
    evidence: tuple[str, ...] = ()
    concern: str = ""


@dataclass(frozen=True, slots=True)
class Strength:
    """One strength."""

    strength_id: str
    safeguarder_id: str
    named: Named
    raised_by: Side
    raised_by_person: str
    created_at: datetime
    recorded_at: datetime
    version: int = 1

    @property
    def part_id(self) -> str:
        """Its id."""
        return self.strength_id
