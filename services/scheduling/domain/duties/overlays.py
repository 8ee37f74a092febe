"""What evidence says of an overlay of a membership: a fact like those in `facts.py`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OverlayFact:
    """A suspension or a leave, without what it is for. Its days away are kept with the other times away."""

    overlay_id: str
    version: int
    in_force: bool
    starts_on: date
    review_on: date | None
    """The day by which it is looked at again, while it is in force."""
    reviewed_on: date | None
    """The day on which it was looked at last."""
    since_on: date
    """The day since which it stands so, as far as it is known."""
    asked_on: date | None = None
    """The day on which a leave was asked for."""
    answer_due_on: date | None = None
    """The last day for an answer to a request for a leave, while one is awaited."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"overlays/{self.overlay_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.in_force, self.review_on, self.answer_due_on
