"""Kind of fault: what grows without a cause: rules' database over a season (F4)."""

from pathlib import Path

from bench.ten_years import DAYS_BETWEEN_ITEMS, grow


def test_days_on_which_nothing_changes_are_short_and_all_replay(tmp_path: Path) -> None:
    """F4: two people for 40 days."""
    days = 40
    grown = grow(tmp_path, 2, days)
    assert grown.whole + grown.short == 2 * days
    assert grown.whole <= 2 * (1 + 2 * days / DAYS_BETWEEN_ITEMS + 3)
    assert grown.bytes < 2 * days * 10_000
    assert grown.replayed_nightly <= 2 * grown.whole
