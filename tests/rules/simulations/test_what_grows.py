"""Kind of fault: what grows without a cause: rules' database over a season (F4)."""

import zlib
from pathlib import Path

import orjson

from bench.ten_years import DAYS_BETWEEN_ITEMS, grow
from tests import databases

SHORT = 400
"""Bytes of the line that stands for a day on which nothing changed."""
EMPTY = 500_000
"""Bytes of tables and indexes without a row, a page each and a little more."""
PACKED = 0.25
"""The most that a whole record takes of what it says. A record of 38 KB takes about 4 KB."""


def test_days_on_which_nothing_changes_are_short_and_all_replay(tmp_path: Path) -> None:
    """F4: two people for 40 days. A whole record is compressed, and a day without news is a line that names one."""
    days = 40
    grown = grow(tmp_path, 2, days)
    assert grown.whole + grown.short == 2 * days
    assert grown.whole <= 2 * (1 + 2 * days / DAYS_BETWEEN_ITEMS + 3)
    assert grown.bytes < EMPTY + 2 * days * 5_000
    assert grown.replayed_nightly <= 2 * grown.whole
    query = "SELECT evaluation_id, same_as, packed, record FROM evaluation"
    rows = databases.read_rows(tmp_path / "rules.db", query)
    whole = {name: record for name, same_as, packed, record in rows if not same_as and packed}
    assert len(whole) == grown.whole, "every whole record is compressed"
    for record in whole.values():
        said = zlib.decompress(record)
        assert len(record) < PACKED * len(said)
        assert orjson.loads(said)["answers"]
    short = [(same_as, record) for _, same_as, _, record in rows if same_as]
    assert len(short) == grown.short
    for same_as, record in short:
        assert len(record) < SHORT
        assert same_as in whole
