"""One issuer for all tests that sign people in, and a console of its own for those that change what it knows."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.console.issuer.running import Door, Running, door, running
from tests.console.site import OPEN
from tests.waiting import HUNG


@pytest.fixture(autouse=True)
def nobody_is_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for the issuer as long as a busy machine takes. A page would otherwise say that it is away."""
    monkeypatch.setattr("services.console.signin.issuer.ANSWER_SECONDS", HUNG)
    monkeypatch.setattr("services.console.frame.PAGE_SECONDS", HUNG)


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("issuer")) as found:
        yield found


@pytest.fixture
def at(issuer: Running, tmp_path: Path) -> Door:
    return door(issuer, tmp_path)


@pytest.fixture(scope="session")
def shared(issuer: Running, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One console for the tables below, because each of their rows only signs in, or is refused."""
    found = door(issuer, tmp_path_factory.mktemp("console"))
    OPEN.remove(found.site)
    yield found
    found.site.close()


@pytest.fixture
def one(shared: Door) -> Door:
    shared.site.jar, shared.told = {}, {}
    # Some tests change the issuer's keys, and the console looks for new ones at most once a minute.
    shared.later(timedelta(minutes=2))
    return shared
