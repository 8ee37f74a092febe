"""Any process may end at any time. Nothing acknowledged is lost and nothing is done twice (reliability Q1, Q2, Q7).

The crashes at named instants take minutes on a slow disk, so they are in `make faults` and not here.
"""

import pytest

from faults.__main__ import SEED
from faults.figure import COMMIT
from faults.kinds import crashes, logs
from faults.stage import Stage

pytestmark = pytest.mark.journey


def test_killing_every_service_under_load_loses_and_doubles_nothing(embedded: Stage) -> None:
    assert crashes.kills(embedded, COMMIT).problems == []


def test_recorded_events_lead_to_the_same_state_in_any_order(embedded: Stage) -> None:
    assert logs.any_order(embedded, COMMIT).problems == []


def test_a_crash_in_a_migration_leaves_what_the_next_start_completes() -> None:
    assert crashes.migrations(SEED, COMMIT).problems == []
