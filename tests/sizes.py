"""How much a run tries: `make test` one in twenty seeds, random cases and combinations, `make long` all of them."""

import os

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

WHOLE = os.environ.get("PSMF_TEST_SIZE") == "whole"
"""Whether this run tries everything, as `make long` says."""
ONE_IN = 20
"""Few enough that `make test` answers within ten minutes on two cores."""
LEAST = 3
"""One in twenty of few is not enough to meet two cases that differ."""


def part_of(whole: int, least: int = LEAST) -> int:
    """Return how many of `whole` seeds or random cases this run tries.

    A test file that asks is run by `make long` too (tests/conftest.py), with the whole number.
    """
    return whole if WHOLE else min(whole, max(least, -(-whole // ONE_IN)))


def scales(item: pytest.Item) -> bool:
    """Return whether a test tries less in `make test`: its file asks for a part, or Hypothesis draws its cases."""
    asks = getattr(getattr(item, "module", None), part_of.__name__, None) is part_of
    return asks or is_hypothesis_test(getattr(item, "obj", None))


settings.register_profile(
    "psmf",
    max_examples=part_of(100),
    # On a busy machine cases are slow, which is no fault of theirs.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("psmf")
