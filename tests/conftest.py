"""Fixtures for the tests of every part, and the marks that say which tests a run takes.

Fixtures import services, brokers and databases only when a test asks for them, so that a part without them is quick.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog

from tests import sizes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.suite import LoadedSuite

pytest_plugins = ["tests.reporting", "tests.sharing"]

# A thread that outlives its test may still log. A command that runs in this process would print that as its own output.
structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts pytest in the background makes it ignore SIGINT. The programs that tests start would ignore it
    # too, and some of them can only be stopped by it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The readline library, which pytest loads, sets the width behind Python's back. Programs that tests start would wrap
# their lines to it. Only what Python has set itself it also takes away.
os.environ["COLUMNS"] = ""
del os.environ["COLUMNS"]


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> LoadedSuite:
    """Run the whole suite with its story loaded. All tests share it, so only the concern of tests/cli may be moved."""
    from tests.sharing import until_its_group_ends
    from tests.suite import loaded_suite

    return until_its_group_ends(loaded_suite(tmp_path_factory.mktemp("suite")))


@pytest.fixture(scope="session")
def own_suite(suite: LoadedSuite, tmp_path_factory: pytest.TempPathFactory) -> LoadedSuite:
    """A copy of that suite, for what pages and people change: each test other people, and rules of days to come."""
    from tests.sharing import until_its_group_ends
    from tests.suite import beginning_as

    return until_its_group_ends(beginning_as(suite, tmp_path_factory.mktemp("own")))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """Choose the kind of database for the test's services and stores. Each such test runs once on each kind."""
    from tests import databases

    kind: str = request.param
    databases.choose(kind)
    yield kind
    databases.drop_made()
    databases.choose(databases.SQLITE)


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """Make a folder for PostgreSQL's files outside pytest's folder, which a second run as root closes to its user."""
    with tempfile.TemporaryDirectory(prefix="psmf-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


only_sqlite = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

LONG = (
    "tests/faults/",
    "tests/operations/",
    "tests/bench/test_goals.py::test_each_benchmark_can_be_loaded",
    "tests/bus/test_kafka_names.py",
    "tests/bus/test_kafka_relay.py",
    "tests/bus/test_kafka_rights.py",
    "tests/bus/test_kafka_strangers.py",
    "tests/cli/test_walkthrough.py::test_a_number_is_changed_tried_guarded_approved_put_in_force_and_taken_back",
    "tests/console/feedback/test_journey.py",
    "tests/console/my_file/test_journey.py",
    "tests/console/recording/test_journey.py",
    "tests/console/sessions/test_journey.py",
    "tests/console/steps/test_writing_journeys.py",
    "tests/demo/test_production_profile.py",
    "tests/demo/test_demo_commands.py",
    "tests/demo/test_running_suite.py::test_telling_the_story_again_changes_nothing",
    "tests/demo/test_story.py::test_the_story_holds_on_any_day",
    "tests/platform/test_program.py::test_migrations_run_alone_and_again[postgresql",
    "tests/rules/daily/test_compacting.py::test_killed_twice_it_loses_nothing_and_comes_to_its_end",
    "tests/rules/domain/workbench/test_coverage.py::"
    "test_every_small_change_of_a_shipped_rule_is_noticed_by_its_examples",
    "tests/rules/simulations/test_replay.py::"
    "test_a_thousand_decisions_replay_alike_in_every_process_time_zone_and_locale",
    "tests/journeys/test_copies_share_the_load.py",
    "tests/journeys/test_a_shadow_tries_a_candidate.py",
    "tests/journeys/test_every_pair_ends_alike.py",
    "tests/sim/test_simulation.py::test_a_failure_is_shrunk_to_the_faults_it_takes",
    "tests/sim/test_simulation.py::test_the_same_seed_is_the_same_run_whatever_the_seed_of_hashes",
    "tests/journeys/test_kill_at_any_moment.py",
)
"""Tests that take many seconds each, most of them of real processes. `make long` runs them.

Of the journeys through a real browser `make test` has those of tests/console/test_journeys.py. The forms of the others
are filled and sent without a browser in the tests beside them. Of Kafka it has the contract of the bus, and not a
second broker that asks for certificates. What the walkthrough does is done by commands in tests/cli/rules too.
"""
TOLD_IN_PRODUCTION = "[production]"
"""Tests of the story that is told on PostgreSQL and Kafka, which takes a minute. `make long` runs them too."""
STORES = (
    "tests/notifications/adapters/",
    "tests/platform/",
    "tests/rules/adapters/",
    "tests/scheduling/adapters/",
)
"""Tests of what speaks to a database. Each file is tried on both kinds, and with all its cases on SQLite."""
ALL_FOUR = ("tests/between/", "tests/lives/")
"""Tests of the four services together. A service's own tests have shown that it is the same on both kinds."""
_collected: set[str] = set()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark tests that need the whole suite as `journey`, that take minutes as `long`, that try a part as `scaled`."""
    if item.nodeid.startswith(LONG) or item.nodeid.endswith(TOLD_IN_PRODUCTION) or _is_on_postgresql_again(item):
        item.add_marker(pytest.mark.long)
    if sizes.scales(item):
        item.add_marker(pytest.mark.scaled)
    if "suite" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.journey)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let no collection of garbage go through what was loaded for fifteen thousand tests. It stays until the end."""
    gc.collect()
    gc.freeze()


def _is_on_postgresql_again(item: pytest.Item) -> bool:
    """Return whether a test is the same as one on SQLite, and PostgreSQL has had its like already.

    A service asks its store for everything, and stores are tested on both. So PostgreSQL has the first test of each
    file about a store, of each other folder, and of the services together. `make long` takes all.
    """
    file = item.nodeid.partition("::")[0]
    folder = next((start for start in ALL_FOUR if file.startswith(start)), file.rpartition("/")[0])
    like = f"{file if file.startswith(STORES) else folder} on PostgreSQL"
    twin = item.nodeid.replace("postgresql", "sqlite")
    _collected.add(item.nodeid)
    chosen = getattr(item, "callspec", None)
    if chosen is None or chosen.params.get("database_kind") != "postgresql":
        return False
    is_again = like in _collected and twin in _collected
    _collected.add(like)
    return is_again
