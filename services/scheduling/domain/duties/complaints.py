"""What evidence says of the time limits of a complaint about a Safeguarder: a fact like those in `facts.py`."""

from dataclasses import dataclass
from datetime import date

AWAITED, MET = "awaited", "met"
ITEMS = "evidenceItems"
"""How the complaint that a duty is about is named under the Safeguarder."""


@dataclass(frozen=True, slots=True)
class ComplaintLimit:
    """Something that the Team owes the person who complained."""

    kind: str
    """A word of `DutyKind`. One that only a later release knows is left out before."""
    state: str
    starts_on: date
    """The day from which it is counted, which is none of its days."""
    due_on: date


@dataclass(frozen=True, slots=True)
class ComplaintFact:
    """A complaint with its time limits, and nothing of what it says."""

    evidence_id: str
    version: int
    limits: tuple[ComplaintLimit, ...]
    since_on: date
    """The day since which it stands so, as far as it is known."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"{ITEMS}/{self.evidence_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.limits

    @property
    def awaited(self) -> tuple[ComplaintLimit, ...]:
        """What is owed."""
        return tuple(limit for limit in self.limits if limit.state == AWAITED)

    def has_met(self, kind: str) -> bool:
        """Return whether what was owed was done. A request for stage 2 that was taken back leaves nothing to do."""
        return any(limit.kind == kind and limit.state == MET for limit in self.limits)
