"""A wait goes on while something moves, and is over when nothing does."""

import subprocess
import sys
import time

import pytest

from services.client.patience import Patience, has_ended
from tests.waiting import run_to_end, until

SECONDS = 1.0
WORKS = "import time\nwhile time.process_time() < {work}: pass\nprint(flush=True)\ntime.sleep(600)"


def seconds_until_over(patience: Patience, seen: list[object]) -> float:
    """Return how long it lasts when it is shown one thing after the other, a tenth of a second each."""
    started = time.monotonic()
    while not patience.is_over(seen.pop(0) if len(seen) > 1 else seen[0]):
        time.sleep(0.1)
    return time.monotonic() - started


def test_it_is_over_when_nothing_moves() -> None:
    assert seconds_until_over(Patience(SECONDS), [None]) >= SECONDS


def test_what_is_seen_to_change_starts_it_again() -> None:
    assert seconds_until_over(Patience(SECONDS), list(range(16))) >= SECONDS + 1.5


def test_it_lasts_as_long_as_a_process_of_ours_works() -> None:
    """However slow the machine is, the process has done its work before the wait for it is over."""
    code = WORKS.format(work=3 * SECONDS)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as works:
        patience = Patience(SECONDS)
        seconds_until_over(patience, [None])
        assert works.stdout is not None
        works.kill()
        assert works.stdout.read() == b"\n", "it was through"
    assert "nothing moved for 1 s" in patience.why()


def test_a_process_that_stands_still_is_named_and_waited_for_no_longer() -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as idle:
        assert not has_ended(idle, SECONDS)
        with pytest.raises(AssertionError, match=r"not so: 0: nothing moved for 1 s; idle: .*time\.sleep\(600\)"):
            until(lambda: 0, SECONDS)
        idle.kill()
        assert has_ended(idle, SECONDS)


def test_a_program_runs_to_its_end_while_it_works_and_is_ended_when_it_stands_still() -> None:
    works = "import time\nwhile time.process_time() < {work}: pass\nprint(input())"
    ended = run_to_end([sys.executable, "-c", works.format(work=2 * SECONDS)], stdin="words", seconds=SECONDS)
    assert (ended.returncode, ended.stdout) == (0, "words\n")
    with pytest.raises(AssertionError, match="does not end: nothing moved for 1 s"):
        run_to_end([sys.executable, "-c", "import time; time.sleep(600)"], seconds=SECONDS)


def test_what_goes_round_in_circles_ends_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.client.patience.LONGEST_SECONDS", 0.5)
    patience = Patience(SECONDS)
    assert seconds_until_over(patience, list(range(1000))) >= 0.5
    assert patience.why().startswith("no end of it")
