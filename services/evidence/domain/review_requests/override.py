"""What evidence knows of an override: rules keep it (R92)."""

from dataclasses import dataclass
from datetime import date

from services.refusals import not_found, precondition


@dataclass(frozen=True, slots=True)
class Override:
    """A rule that is set aside for a Safeguarder, as rules last told."""

    override_id: str
    safeguarder_id: str
    author: str
    starts_on: date
    ends_on: date
    version: int
    """1, and 2 once it was ended before its last day."""

    def holds_on(self, day: date) -> bool:
        """Return whether the rule is set aside on a day."""
        return self.version == 1 and self.starts_on <= day <= self.ends_on


def check_reviewable(known: Override | None, safeguarder_id: str, today: date) -> Override:
    """Return an override of which a review can be asked for. Refuse OVERRIDE_NOT_FOUND and OVERRIDE_ENDED."""
    if known is None or known.safeguarder_id != safeguarder_id:
        message = "This person's file has no such override. If it has just been made, ask again in a moment."
        raise not_found("OVERRIDE_NOT_FOUND", message, "target")
    if not known.holds_on(today):
        raise precondition("OVERRIDE_ENDED", "This override is no longer in force.", "target")
    return known
