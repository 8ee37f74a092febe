"""Leave and suspension: times in which a Safeguarder is away from the Panel's work, while membership goes on (R90).

Neither counts against anybody, and no reason beyond the kind is kept. Scheduling pauses what is owed meanwhile. No time
to reply counts a day away.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby, pairwise

from services.calendar_days import Days, london_today
from services.evidence.domain.safeguarder import Safeguarder, SafeguarderId, check_serves
from services.refusals import conflict, invalid, precondition


class AwayKind(StrEnum):
    """Why a person is away."""

    LEAVE = "leave"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True)
class TimeAway:
    """A time away as it was last recorded. `ends_on` is its last day, or None while nobody knows it."""

    time_away_id: str
    safeguarder_id: SafeguarderId
    kind: AwayKind
    starts_on: date
    ends_on: date | None
    cancelled: bool
    recorded_by: str
    recorded_at: datetime
    version: int = 1

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/timesAway/{self.time_away_id}"

    def overlaps(self, other: "TimeAway") -> bool:
        """Return whether a day lies in both. One without a last day has every day from its first."""
        ends_on, other_ends_on = self.ends_on or date.max, other.ends_on or date.max
        return self.starts_on <= other_ends_on and other.starts_on <= ends_on


def check_time_away(away: TimeAway, entry: Safeguarder, *, records_decisions: bool) -> None:
    """Check a time away. `records_decisions`: whether the caller records what Ministers and officials decide.

    Raises:
        Refusal: END_BEFORE_START; NOT_APPOINTED if the person does not serve on its first day; NOT_YOURS_TO_RECORD.
    """
    check_days(away.starts_on, away.ends_on)
    check_serves(entry, away.starts_on)
    if records_decisions is not (away.kind is AwayKind.SUSPENSION):
        message = "A suspension is a decision, which a recorder of decisions records. The Team records leave."
        raise precondition("NOT_YOURS_TO_RECORD", message, "kind")


def check_days(starts_on: date, ends_on: date | None) -> None:
    """Check that the last day is not before the first. Refuse END_BEFORE_START otherwise."""
    if ends_on is not None and ends_on < starts_on:
        raise invalid("END_BEFORE_START", "end_date is before start_date.", "end_date")


def check_not_on_file(away: TimeAway, known: Iterable[TimeAway]) -> None:
    """Check that no other time away of the same kind has a day in common with one.

    Otherwise a leave that is entered twice is on file twice, and the dates stay moved when one of the two is cancelled.

    Raises:
        Refusal: TIME_AWAY_ON_FILE, with the name of the one on file.
    """
    if away.cancelled:
        return
    for other in known:
        same = other.kind is away.kind and other.time_away_id != away.time_away_id
        if same and not other.cancelled and other.overlaps(away):
            message = (
                f"A {other.kind} on some of these days is on file. Correct or cancel that one (psmf away correct)."
            )
            raise conflict("TIME_AWAY_ON_FILE", message, "start_date", on_file=other.name)


def correct(before: TimeAway, after: TimeAway) -> TimeAway:
    """Return a correction as the next version.

    Raises:
        Refusal: KIND_STAYS if the kind differs.
    """
    if after.kind is not before.kind:
        raise precondition("KIND_STAYS", "A correction keeps the kind. Cancel this one and record a new one.", "kind")
    return TimeAway(
        before.time_away_id, before.safeguarder_id, after.kind, after.starts_on, after.ends_on, after.cancelled,
        after.recorded_by, after.recorded_at, before.version + 1,
    )  # fmt: skip


def days_not_counted(versions: Iterable[TimeAway]) -> list[Days]:
    """Return the days that no time to reply counts, from every version of a person's times away.

    A correction holds from its own day on. Until then the days on record are days away, and they stay so: the person
    was told that their time stands still, so they did not use it. What was put right on its own day leaves nothing.
    """
    found: list[Days] = []
    in_order = sorted(versions, key=lambda away: (away.time_away_id, away.version))
    for _, of_one in groupby(in_order, key=lambda away: away.time_away_id):
        found += _not_counted(list(of_one))
    return sorted(found, key=lambda days: days.first_on)


def _not_counted(versions: Sequence[TimeAway]) -> Iterator[Days]:
    """Yield the days of one time away, from its versions in their order."""
    for before, after in pairwise(versions):
        corrected_on = london_today(after.recorded_at)
        until = min(before.ends_on or date.max, corrected_on - timedelta(days=1))
        if not before.cancelled and before.starts_on <= until and london_today(before.recorded_at) < corrected_on:
            yield Days(before.starts_on, until)
    newest = versions[-1]
    if not newest.cancelled:
        yield Days(newest.starts_on, newest.ends_on)
