"""Kind of fault: what grows without a cause: rules' database over a season (F4)."""

import zlib
from pathlib import Path

import orjson

from bench.ten_years import DAYS_BETWEEN_ITEMS, Grown, grow
from tests import databases

SHORT = 400
"""Bytes of the line that stands for a day on which nothing changed."""
ANSWERS = 2_000
"""Bytes of the answers that differ without news, such as those of an item that leaves a window."""
EMPTY = 500_000
"""Bytes of tables and indexes without a row, a page each and a little more."""
PACKED = 0.25
"""The most that a whole record takes of what it says. A record of 38 KB takes about 4 KB."""


def test_days_on_which_nothing_changes_leave_nothing_and_all_replay(tmp_path: Path) -> None:
    """F4: two people for 40 days. The whole records are those of evaluating both every day, and few are short."""
    days = 40
    daily = grow(tmp_path / "daily", 2, days, every_day=True)
    assert daily.whole + daily.short == 2 * days
    assert daily.whole <= 2 * (1 + 2 * days / DAYS_BETWEEN_ITEMS + 3)
    assert daily.bytes < EMPTY + 2 * days * 5_000
    assert daily.replayed_nightly <= 2 * daily.whole
    grown = grow(tmp_path, 2, days)
    assert grown.whole == daily.whole, "nobody is left out on a day on which an answer changes"
    assert grown.short < daily.short / 10
    _check_records(tmp_path / "daily" / "rules.db", daily)
    _check_records(tmp_path / "rules.db", grown)


def _check_records(file: Path, grown: Grown) -> None:
    query = "SELECT evaluation_id, same_as, packed, record FROM evaluation"
    rows = databases.read_rows(file, query)
    whole = {name: record for name, same_as, packed, record in rows if not same_as and packed}
    assert len(whole) == grown.whole, "every whole record is compressed"
    for record in whole.values():
        said = zlib.decompress(record)
        assert len(record) < PACKED * len(said)
        assert orjson.loads(said)["answers"]
    short = [(same_as, packed, record) for _, same_as, packed, record in rows if same_as]
    assert len(short) == grown.short
    for same_as, packed, record in short:
        assert len(record) < (ANSWERS if packed else SHORT)
        assert same_as in whole
