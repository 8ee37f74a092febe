"""In a pool of threads callers take turns, and one caller has a part of them at most."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.platform.door.limits import PoolSize
from services.platform.door.pools import Pool, Seat
from tests.waiting import HUNG


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool("pool", PoolSize(threads=2, of_one=1))
    yield made
    made.stop()


class Held:
    """Work that goes on until it is let go, and notes that it ran."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self._go = threading.Event()

    def by(self, whose: str) -> Any:
        def work() -> None:
            self._go.wait(HUNG)
            self.ran.append(whose)

        return work

    def let_go(self) -> None:
        self._go.set()


def test_one_caller_has_a_part_of_the_threads_and_another_starts_at_once(pool: Pool) -> None:
    held = Held()
    first = [pool.add("partner", held.by("partner")) for _ in range(5)]
    assert pool.is_free
    assert pool.add("panel-team", lambda: "done").result(HUNG) == "done"
    held.let_go()
    for each in first:
        each.result(HUNG)
    assert pool.is_free


def test_callers_take_turns_though_one_asked_for_everything_first() -> None:
    pool, held = Pool("pool", PoolSize(threads=1, of_one=1)), Held()
    busy = pool.add("partner", held.by("first"))
    order: list[str] = []
    rest = [pool.add("partner", lambda: order.append("partner")) for _ in range(3)]
    rest += [pool.add("panel-team", lambda: order.append("panel-team")) for _ in range(3)]
    held.let_go()
    for each in (busy, *rest):
        each.result(HUNG)
    pool.stop()
    assert order == ["partner", "panel-team"] * 3


def test_what_work_raises_comes_to_its_caller_and_the_thread_goes_on(pool: Pool) -> None:
    def fail() -> None:
        raise KeyError("x")

    assert isinstance(pool.add("a", fail).exception(HUNG), KeyError)
    assert pool.add("a", lambda: 1).result(HUNG) == 1


def test_a_seat_is_what_grpc_takes_for_a_pool_of_threads(pool: Pool) -> None:
    assert Seat(pool, "a").submit(lambda one, *, two: (one, two), 1, two=2).result(HUNG) == (1, 2)


@given(st.lists(st.sampled_from("abcd"), max_size=30), st.integers(1, 4), st.integers(1, 4))
def test_all_work_is_done_once_and_nobody_ever_has_more_than_their_part(
    asked: list[str], threads: int, of_one: int
) -> None:
    pool = Pool("pool", PoolSize(threads, of_one))
    lock, running, most = threading.Lock(), dict.fromkeys("abcd", 0), dict.fromkeys("abcd", 0)

    def work(whose: str) -> str:
        with lock:
            running[whose] += 1
            most[whose] = max(most[whose], running[whose])
        with lock:
            running[whose] -= 1
        return whose

    outcomes: list[Future[str]] = [pool.add(whose, lambda whose=whose: work(whose)) for whose in asked]  # type: ignore[misc]
    assert [outcome.result(HUNG) for outcome in outcomes] == asked
    pool.stop()
    assert max(most.values()) <= of_one
