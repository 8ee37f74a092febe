"""When an item of evidence came to be as it is: read, shared, replied to, decided, taken out."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple


class ItemVersion(NamedTuple):
    """What one version of an item says, as far as a timeline tells of it."""

    recorded_at: datetime
    is_read: bool
    """It was read against the Practice Standards."""
    shared_on: date | None
    replied_on: date | None
    outcome: str
    """The outcome of a complaint; empty while there is none."""
    is_out: bool
    """It was corrected or taken back."""


class ItemTimes(NamedTuple):
    """When each was recorded. None where it is not so, or was so from the beginning."""

    read_at: datetime | None = None
    shared_at: datetime | None = None
    replied_at: datetime | None = None
    decided_at: datetime | None = None
    taken_out_at: datetime | None = None


def times_of(versions: Sequence[ItemVersion]) -> ItemTimes:
    """Return when what the newest of some versions says was recorded. `versions`: oldest first, at least one."""
    return ItemTimes(
        read_at=_since(versions, lambda version: version.is_read),
        shared_at=_since(versions, lambda version: version.shared_on),
        replied_at=_since(versions, lambda version: version.replied_on),
        decided_at=_since(versions, lambda version: version.outcome),
        taken_out_at=_since(versions, lambda version: version.is_out),
    )


def _since(versions: Sequence[ItemVersion], says: Callable[[ItemVersion], object]) -> datetime | None:
    """Return when an item began to say what it says now. A day that changed since began with the change."""
    now = says(versions[-1])
    if not now:
        return None
    pairs = zip(reversed(versions[:-1]), reversed(versions[1:]), strict=True)
    return next((after.recorded_at for before, after in pairs if says(before) != now), None)
