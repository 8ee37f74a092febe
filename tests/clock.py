"""A clock for tests and the simulator."""

from dataclasses import dataclass
from datetime import date, datetime

from services.platform.clock import LONDON


@dataclass
class FixedClock:
    """A clock that stands still until it is set, for tests and simulation."""

    instant: datetime

    def now(self) -> datetime:
        """The instant it is set to."""
        return self.instant

    def today(self) -> date:
        """The London date of that instant."""
        return self.instant.astimezone(LONDON).date()
