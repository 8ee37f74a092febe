"""One suite with its console for all tests of keys and of people who leave: its start takes a third of a minute."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.demo.profile import Beside
from services.demo.supervisor import Supervisor
from tests.operations.keys.running import Running
from tests.operations.load import PERSON, Load


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the suite, with approvals of rules as in production, and one serving person."""
    folder = tmp_path_factory.mktemp("keys") / "suite"
    supervisor = Supervisor(folder, [PERSON], beside=Beside.PAGES)
    supervisor.environment["rules"] = {"PSMF_RULEBOOK_NEEDS_APPROVAL": "true"}
    with supervisor:
        Load(supervisor, folder).prepare()
        yield Running(folder, supervisor)


@pytest.fixture(scope="module")
def own_root() -> Iterator[Path]:
    """Make a folder that PostgreSQL's own user may enter, unlike pytest's."""
    with tempfile.TemporaryDirectory(prefix="psmf-tls-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
