"""What a run says beside its dots: each failure as it comes, and which real parts it used."""

from typing import Any

import pytest

USED: list[str] = []
"""The brokers and databases that this process started or was given. Who starts one adds it."""
_TOLD = pytest.StashKey[list[str]]()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Have failures named where the terminal is."""
    config.stash[_TOLD] = []
    if terminal := config.pluginmanager.get_plugin("terminalreporter"):
        config.pluginmanager.register(_AtOnce(terminal))


class _AtOnce:
    """Names each failure as it comes: whoever waits for the end of the run need not wait to know of it."""

    def __init__(self, terminal: pytest.TerminalReporter) -> None:
        self._terminal = terminal

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Name a failure with its last line."""
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            why = crash.message.splitlines()[0] if crash and crash.message else ""
            self._terminal.ensure_newline()
            self._terminal.write_line(f"FAILED {report.nodeid} {report.when}: {why}", red=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Have a process of several tell the one that reports what it used."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["used"] = USED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Note what a process of several has told."""
    node.config.stash[_TOLD] += getattr(node, "workeroutput", {}).get("used", [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which real parts were used, if any."""
    for used in [*USED, *config.stash[_TOLD]]:
        terminalreporter.write_line(used)
