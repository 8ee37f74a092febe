"""Versions of what is published whole. The highest version of a thing holds, for every reader."""

from datetime import UTC, datetime, timedelta

_COUNTED_FROM = datetime(2026, 1, 1, tzinfo=UTC)


def next_version(known: int, now: datetime) -> int:
    """Return the version after the one that is known. 0 stands for none.

    It is never lower than the minutes since 2026. A database that was restored, or that a release kept which does not
    know versions, would otherwise give versions that readers take for old ones.
    """
    return max(1, known + 1, (now - _COUNTED_FROM) // timedelta(minutes=1))
