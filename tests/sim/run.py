"""A run of one seed from beginning to end."""

import contextlib
import logging
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from unittest.mock import patch

import structlog

from services.platform.kafka import relay
from tests.sim.ending import ask_for_everyone, check_all, check_ledger, settle
from tests.sim.reference import check_against_reference
from tests.sim.simulated.chance import Violation
from tests.sim.world import STEPS, World


@dataclass(frozen=True, slots=True)
class Result:
    """The result of a seed."""

    seed: int
    hash: str
    fired: tuple[str, ...]
    """The faults that occurred."""
    invariant: str = ""
    """The invariant that does not hold, or an empty text."""
    what: str = ""
    steps: int = 0


def run(seed: int, only: Collection[str] | None = None) -> Result:
    """Run a seed, with all its faults or only the named ones."""
    world = World(seed, only)
    invariant = what = ""
    with _deterministic(world):
        try:
            for _ in range(world.chance.stream("length").choice(STEPS)):
                world.step()
            settle(world)
            check_ledger(world)  # before everyone is evaluated again, which would hide a lost request
            ask_for_everyone(world)
            settle(world)
            check_all(world)
            check_against_reference(world)
        except Violation as violation:
            invariant, what = violation.invariant, str(violation)
    world.close()
    return Result(seed, world.hash.hexdigest(), tuple(world.chance.fired), invariant, what, world.steps)


@contextlib.contextmanager
def _deterministic(world: World) -> Iterator[None]:
    """Take ids from the seed and the relay's stopwatch from the world, and write no logs."""
    ids = world.chance.stream("ids")
    real, configured = uuid.uuid4, structlog.get_config()
    uuid.uuid4 = lambda: uuid.UUID(int=ids.getrandbits(128), version=4)
    watch = SimpleNamespace(monotonic=lambda: world.seconds)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        with patch.object(relay, "time", watch):
            yield
    finally:
        uuid.uuid4 = real
        structlog.configure(**configured)
