"""F1: what waits, what is leased and what is deleted, while a machine's clock stands wrong for a while."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.calls.client import ServiceToken
from services.platform.calls.identity import Directory, Tokens
from services.platform.events.poison import ALWAYS_BORNE, SPAN, PoisonMeter, TooManyDeadLettersError
from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.relay import LEASE, KafkaRelay
from services.platform.process.clock_watch import STEP_SECONDS, ClockWatch
from services.platform.storage.database import Database, execute, to_micros
from services.platform.waits import CONFIRMED_AFTER, ConfirmedTime, come_sql, come_within, has_come
from tests.clock import FixedClock
from tests.platform.small_service import new_database
from tests.world import World

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
JUMPS = (timedelta(hours=1), timedelta(hours=-1), timedelta(days=-1), timedelta(days=400))
EVERY_JUMP = pytest.mark.parametrize("jump", JUMPS, ids=str)
spans = st.timedeltas(timedelta(0), timedelta(days=1))
jumps = st.timedeltas(timedelta(days=-4000), timedelta(days=4000))


@given(longest=spans, wait=spans, jump=jumps)
def test_whatever_waits_is_due_within_twice_its_longest_wait(
    longest: timedelta, wait: timedelta, jump: timedelta
) -> None:
    """F1: whichever way the clock stood wrong when something was put off, it comes in time once the clock is right."""
    due = to_micros(NOON + jump + min(wait, longest))
    assert has_come(due, NOON, longest) or has_come(due, NOON + longest, longest)


@given(longest=spans, wait=spans)
def test_with_a_right_clock_nothing_is_due_early(longest: timedelta, wait: timedelta) -> None:
    wait = min(wait, longest)
    assert has_come(to_micros(NOON + wait), NOON, longest) == (wait == timedelta(0))


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Database:
    return new_database(tmp_path / "small.db")


def test_the_database_says_the_same_of_an_instant(database: Database) -> None:
    """The condition in SQL and the one in Python are one rule."""
    hour = timedelta(hours=1)
    for seconds in (-(10**6), -1, 0, 1, 3599, 3600, 3601, 10**8):
        at = to_micros(NOON + timedelta(seconds=seconds))
        database.write(lambda tx, at=at: execute(tx, "UPDATE relay SET held_until = ?", (at,)))  # type: ignore[misc]
        with database.read() as connection:
            row = execute(
                connection, f"SELECT 1 WHERE {come_sql(f'CAST({at} AS BIGINT)')}", come_within(NOON, hour)
            ).fetchone()
        assert (row is not None) == has_come(at, NOON, hour)
    database.close()


def a_relay(database: Database, clock: FixedClock) -> KafkaRelay:
    return KafkaRelay("evidence", database, KafkaConnection(()), clock.now)


@EVERY_JUMP
def test_a_lease_taken_while_the_clock_stood_wrong_ends_in_its_own_length(database: Database, jump: timedelta) -> None:
    """F1: a killed copy that took the lease a year ahead keeps the outbox for ten seconds and no longer."""
    clock = FixedClock(NOON)
    clock.step(jump)
    assert a_relay(database, clock)._lease_now() is not None
    clock.step(-jump)
    clock.instant += LEASE
    assert a_relay(database, clock)._lease_now() is not None
    database.close()


def test_a_lease_still_keeps_others_away_for_its_length(database: Database) -> None:
    clock = FixedClock(NOON)
    assert a_relay(database, clock)._lease_now() is not None
    clock.instant += LEASE - timedelta(seconds=1)
    assert a_relay(database, clock)._lease_now() is None
    database.close()


@EVERY_JUMP
def test_a_service_signs_its_token_again_once_its_clock_is_right(tmp_path: Path, jump: timedelta) -> None:
    """F1: a token that was signed an hour ahead is not valid yet, and the service's own calls were refused."""
    world = World(tmp_path)
    settings = world.settings("evidence")
    clock = FixedClock(NOON)
    token = ServiceToken(settings["service_key_file"], "evidence", clock.now)
    checks = Tokens(settings["keys_file"], Directory(settings["people_file"]), clock.now)
    for step in (jump, -jump):
        clock.step(step)
        assert checks.principal(token.metadata("evidence")[0][1]).person == "service:evidence"


@EVERY_JUMP
def test_dead_letters_counted_while_the_clock_stood_wrong_stop_no_reader(jump: timedelta) -> None:
    clock = FixedClock(NOON)
    meter = PoisonMeter(clock.now)
    clock.step(jump)
    for _ in range(ALWAYS_BORNE):
        meter.dead_lettered()
    clock.step(-jump)
    clock.instant += 2 * SPAN
    meter.dead_lettered()
    meter.check()
    for _ in range(ALWAYS_BORNE):
        meter.dead_lettered()
    with pytest.raises(TooManyDeadLettersError):
        meter.check()


@given(steps=st.lists(jumps, max_size=4), ran=st.timedeltas(CONFIRMED_AFTER, timedelta(days=3)))
def test_no_clock_makes_anything_older_than_it_is(steps: list[timedelta], ran: timedelta) -> None:
    """F1: an answer that is still promised is not deleted because a clock stood a year ahead."""
    clock = FixedClock(NOON)
    confirmed = ConfirmedTime(clock)
    assert confirmed.now() is None
    clock.instant += ran
    for step in steps:
        clock.step(step)
        now = confirmed.now()
        assert now is not None
        assert now <= NOON + ran
    for step in steps:
        clock.step(-step)
    assert confirmed.now() == clock.now()


@EVERY_JUMP
def test_each_step_of_the_clock_is_noticed_and_answered_until_that_succeeds(jump: timedelta) -> None:
    """F1: a step against the steady clock is noted, and what depends on the time is done again."""
    clock, answered = FixedClock(NOON), []
    watch = ClockWatch(clock)

    def answer() -> None:
        answered.append(clock.now())
        if len(answered) == 1:
            raise RuntimeError

    watch.on_step(answer)
    clock.instant += timedelta(days=30)
    watch.turn()
    assert answered == [], "a month that passed is no step"
    clock.step(jump)
    with pytest.raises(RuntimeError):
        watch.turn()
    watch.turn()
    watch.turn()
    assert len(answered) == 2
    assert watch.step_seconds == round(jump.total_seconds())
    assert watch.stepped_at == clock.now()


def test_what_a_time_service_corrects_is_no_step() -> None:
    clock = FixedClock(NOON)
    watch = ClockWatch(clock)
    for _ in range(10):
        clock.step(timedelta(seconds=STEP_SECONDS - 1))
        watch.turn()
    assert watch.stepped_at is None
