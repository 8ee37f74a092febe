"""What a run says beside its dots: each failure as it comes, which real parts it used, and which attacks it tried."""

from typing import Any

import pytest

from tests.attacks import attempts

USED: list[str] = []
"""The brokers and databases that this process started or was given. Who starts one adds it."""
_TOLD = pytest.StashKey[list[str]]()
_TRIED = pytest.StashKey[list[attempts.Tally]]()
LONG_SECONDS = 10.0
"""A test that needs more says why in its docstring."""
_SAYS_WHY = "says why"


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Have failures named where the terminal is."""
    config.stash[_TOLD], config.stash[_TRIED] = [], [attempts.TRIED]
    if terminal := config.pluginmanager.get_plugin("terminalreporter"):
        config.pluginmanager.register(_AtOnce(terminal))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Note whether a test has a docstring: of several processes, the one that reports does not see its code."""
    item.user_properties.append((_SAYS_WHY, bool(getattr(getattr(item, "obj", None), "__doc__", ""))))


class _AtOnce:
    """Names each failure as it comes, before the end of the run, and at the end what is long and does not say why."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal
        self._unexplained: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Name a failure with its last line."""
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            why = crash.message.splitlines()[0] if crash and crash.message else ""
            self._terminal.ensure_newline()
            self._terminal.write_line(f"FAILED {report.nodeid} {report.when}: {why}", red=True)
        if report.when == "call" and report.duration > LONG_SECONDS and not dict(report.user_properties)[_SAYS_WHY]:
            self._unexplained.append(report.nodeid)

    def pytest_terminal_summary(self) -> None:
        """Name what took long and does not say why. On a busy machine more does: no failure."""
        for test in self._unexplained:
            self._terminal.write_line(f"More than {LONG_SECONDS:.0f} s, and its docstring does not say why: {test}")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Have a process of several tell the one that reports what it used and tried."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput |= {"used": USED, "tried": attempts.TRIED}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Note what a process of several has told."""
    told = getattr(node, "workeroutput", {})
    node.config.stash[_TOLD] += told.get("used", [])
    node.config.stash[_TRIED].append(told.get("tried", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which real parts were used and which attacks were tried, if any."""
    for said in [*USED, *config.stash[_TOLD], *attempts.together(config.stash[_TRIED])]:
        terminalreporter.write_line(said)
