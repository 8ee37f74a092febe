"""In which order tests are run, and how processes share them: what shares a suite or a broker stays together."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any, TypeVar

import pytest
from xdist.scheduler import LoadScopeScheduling

FIRST = (
    "tests/architecture/",
    "tests/calendar_days/",
    "tests/deploy/",
    "tests/rules/domain/",
    "tests/scheduling/domain/",
)
"""What needs no service: the first failure shows within minutes."""
TOGETHER = {
    "tests/architecture/": "architecture",
    "tests/attacks/inside/": "doors",
    "tests/bus/": "broker",
    "tests/cli/test_events.py": "broker",
    "tests/cli/": "suite",
    "tests/console/feedback/test_journey.py": "suite",
    "tests/console/my_file/test_journey.py": "suite",
    "tests/console/people/test_journey.py": "suite",
    "tests/console/recording/test_journey.py": "suite",
    "tests/console/reviews/test_journey.py": "suite",
    "tests/console/rule_changes/test_journey.py": "suite",
    "tests/console/sessions/test_journey.py": "suite",
    "tests/console/steps/test_writing_journeys.py": "suite",
    "tests/console/test_journeys.py": "suite",
    "tests/console/test_matrix.py": "browser",
    "tests/demo/test_running_suite.py": "suite",
    "tests/journeys/": "suite",
    "tests/operations/keys/test_own_keys.py": "keys",
    "tests/operations/keys/test_people_who_leave.py": "keys",
    "tests/telemetry/": "telemetry",
}
"""What is started once for all that use it, so that one process runs them. The first that fits says which."""
ALONE = ("tests/lives/",)
"""What shares nothing: at the end of a run each process takes the next test, and none waits for the others."""
LONGEST = ("suite", "broker", "tests/sim/test_simulation.py", "tests/demo/test_demo_commands.py")
"""Groups of a minute and more, begun early: at the end of a run one process would wait for the other."""


def group_of(nodeid: str) -> str:
    """Return what a test is run together with: what it shares, else the tests of its file."""
    if nodeid.startswith(ALONE):
        return nodeid
    return next((group for start, group in TOGETHER.items() if nodeid.startswith(start)), nodeid.partition("::")[0])


def turn_of(nodeid: str) -> tuple[bool, bool, int]:
    """Return what to order tests by."""
    group = group_of(nodeid)
    return (
        not nodeid.startswith(FIRST),
        nodeid.startswith(ALONE),
        LONGEST.index(group) if group in LONGEST else len(LONGEST),
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have what is pure come first, and then what takes longest."""
    items.sort(key=lambda item: turn_of(item.nodeid))


T = TypeVar("T")
_shared = ExitStack()


def until_its_group_ends(shared: AbstractContextManager[T]) -> T:
    """Enter what a group of tests shares, and leave it after the group's last test.

    A session's fixture would end with the run. Until then an idle suite with its broker takes a tenth of the machine.
    """
    return _shared.enter_context(shared)


def when_its_group_ends(end: Callable[[], object]) -> None:
    """Call something after the last test of a group."""
    _shared.callback(end)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End what the group of a test has shared when the next test belongs to another."""
    if nextitem is None or group_of(nextitem.nodeid) != group_of(item.nodeid):
        _shared.close()


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
    """Gives whole groups to processes, in the order of the tests."""

    def __init__(self, config: pytest.Config, log: Any) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGroup:
    """Share by group. (`--dist=loadgroup` of pytest-xdist 3.8 does nothing under pytest 9.2.)"""
    return ByGroup(config, log)
