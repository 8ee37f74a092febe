"""Events that cannot be applied, and work that hangs (reliability Q8)."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from faults.__main__ import SEED
from faults.figure import COMMIT
from faults.kinds import poison
from services.platform.events.poison import ALWAYS_BORNE, PoisonMeter, TooManyDeadLettersError
from services.platform.threads import EXIT_CODE

HANGS = """
import sys, time
from services.platform.storage.database import Database
database = Database(sys.argv[1], work_seconds=0.4)
for _ in range(8):
    database.write(lambda tx: time.sleep(0.1))
print("worked", flush=True)
database.write(lambda tx: time.sleep(60))
"""


@pytest.mark.journey
def test_poison_is_set_aside_its_key_waits_and_nobody_else_does() -> None:
    assert poison.poisons(SEED, COMMIT).problems == []


def test_work_that_hangs_ends_the_process_and_work_that_is_done_does_not(tmp_path: Path) -> None:
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", HANGS, f"sqlite:///{tmp_path / 'hangs.db'}"], capture_output=True, text=True, check=False
    )
    assert ended.returncode == EXIT_CODE
    assert ended.stdout.startswith("worked\n"), "a series of short work must not count as hanging"
    assert "work_hangs" in ended.stdout + ended.stderr
    assert time.monotonic() - started < 30


class Hour:
    """A clock that the test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def a_meter(came: int, set_aside: int) -> tuple[PoisonMeter, Hour]:
    clock = Hour()
    meter = PoisonMeter(clock)
    meter.came(came)
    for _ in range(set_aside):
        meter.dead_lettered()
    return meter, clock


@pytest.mark.parametrize(("came", "set_aside"), [(1, ALWAYS_BORNE), (5, ALWAYS_BORNE), (10_000, 100)])
def test_a_few_events_set_aside_are_borne(came: int, set_aside: int) -> None:
    a_meter(came, set_aside)[0].check()


@pytest.mark.parametrize(("came", "set_aside"), [(6, 6), (599, 6), (10_000, 101)])
def test_many_events_set_aside_stop_the_reader(came: int, set_aside: int) -> None:
    with pytest.raises(TooManyDeadLettersError):
        a_meter(came, set_aside)[0].check()


def test_what_was_set_aside_longer_ago_than_a_minute_counts_no_more() -> None:
    meter, clock = a_meter(6, 6)
    clock.now += timedelta(minutes=1, seconds=1)
    meter.check()
