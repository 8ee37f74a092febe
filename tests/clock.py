"""A clock for tests and the simulator."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.platform.clock import LONDON


@dataclass
class FixedClock:
    """A clock that stands still until it is set, for tests and simulation."""

    instant: datetime
    stepped: timedelta = timedelta(0)
    """How far it was set forwards or back, all in all. All other changes of `instant` are time that passes."""

    def now(self) -> datetime:
        """The instant it is set to."""
        return self.instant

    def today(self) -> date:
        """The London date of that instant."""
        return self.instant.astimezone(LONDON).date()

    def steady(self) -> float:
        """The seconds that have passed, without the steps."""
        return (self.instant - self.stepped).timestamp()

    def step(self, span: timedelta) -> None:
        """Set it forwards or back, as a person or a time service does."""
        self.instant += span
        self.stepped += span
