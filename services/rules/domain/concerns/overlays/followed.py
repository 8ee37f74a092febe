"""Suspensions of a Safeguarder, as evidence keeps them (R90, record 1.4, 2.7).

While one lasts whose policy holds practice, concerns about practice are on hold. They follow the record and refuse
nothing. Once it is over, a concern stands where it stood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.calendar_days import london_today
from services.rules.domain.closed_lists import HoldReason
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import Move
from services.rules.domain.concerns.overlays.holds import WAITS, hold_for, release_from
from services.rules.domain.facts import SuspensionFact


@dataclass(frozen=True, slots=True)
class OverlayFact:
    """A version of an overlay. `ended_at`: None while it is in force."""

    overlay_id: str
    safeguarder_id: str
    version: int
    starts_on: date
    holds_practice: bool
    opened_at: datetime
    ended_at: datetime | None = None

    @property
    def fact(self) -> SuspensionFact:
        """What evaluations use of it."""
        return SuspensionFact(self.overlay_id, self.opened_at, self.ended_at)


def follow_overlays(concern: Concern, overlays: Sequence[OverlayFact], today: date) -> tuple[Move, Concern]:
    """Return an open concern as the overlays of its person have it, with the move; unchanged if they agree.

    `overlays`: the newest version of each, in whatever order they came.
    """
    waits = concern.answer.lane in WAITS
    holding = [each for each in overlays if waits and each.holds_practice and each.ended_at is None]
    wanted = tuple(sorted(each.overlay_id for each in holding))
    known = concern.progress.hold.suspensions if concern.progress.hold else ()
    if wanted == known:
        return Move.HOLD, concern
    if not wanted:
        return Move.RELEASE, release_from(concern, HoldReason.SUSPENDED, today)
    # A concern that was raised meanwhile was not on hold before it was raised.
    opened_on = concern.progress.reopened_day or london_today(concern.raised_at)
    since = max(min(each.starts_on for each in holding), opened_on)
    return Move.HOLD, hold_for(concern, HoldReason.SUSPENDED, wanted, since)
