"""Leave and suspension as evidence records them, and the pauses of clocks that they cause (R90, X40)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.calendar_days import Days
from services.scheduling.domain.attendance import Away
from services.scheduling.domain.obligations.clocks import Pause, PauseReason
from services.scheduling.domain.obligations.obligations import Obligation


@dataclass(frozen=True, slots=True)
class TimeAway:
    """A leave or a suspension as it was last recorded. `ends_on` is its last day, or None while nobody knows it."""

    time_away_id: str
    version: int
    reason: PauseReason
    starts_on: date
    ends_on: date | None
    cancelled: bool
    not_counted: tuple[Days, ...] | None = None
    """The days that no time to reply counts because of it. None if the release before recorded it and did not say."""

    @property
    def pause(self) -> Pause:
        """The pause that it causes. The clock runs again on the day after its last."""
        resumed_on = self.ends_on + timedelta(days=1) if self.ends_on else None
        return Pause(self.time_away_id, self.reason, self.starts_on, resumed_on)


def remember(known: Iterable[TimeAway], said: TimeAway) -> tuple[TimeAway, ...]:
    """Return the times away with one more. The highest version of each holds, in whatever order they come."""
    by_id = {away.time_away_id: away for away in known}
    before = by_id.get(said.time_away_id)
    if before is None or before.version < said.version:
        by_id[said.time_away_id] = said
    return tuple(sorted(by_id.values(), key=lambda away: (away.starts_on, away.time_away_id)))


def pauses_of(times_away: Iterable[TimeAway]) -> tuple[Pause, ...]:
    """Return the pauses of the times away that happened, in order of their first day."""
    return tuple(away.pause for away in times_away if not away.cancelled)


def with_pauses(obligations: Sequence[Obligation], pauses: Sequence[Pause]) -> tuple[Obligation, ...]:
    """Return the obligations with these pauses on their clocks, and no others."""
    return tuple(replace(owed, clock=owed.clock.with_pauses(pauses)) for owed in obligations)


def away_of(times_away: Iterable[TimeAway]) -> Away:
    """Return when a person is away by times away, and the days that no time to reply counts."""
    days: list[Days] = []
    not_counted: list[Days] = []
    for away in times_away:
        own = () if away.cancelled else (Days(away.starts_on, away.ends_on),)
        days += own
        not_counted += own if away.not_counted is None else away.not_counted
    return Away(tuple(days), tuple(not_counted))
