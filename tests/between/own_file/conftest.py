"""The four services together, with one Safeguarder about whom each of them keeps something."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from services.client.client import Client
from tests.between.doors.test_across import draw_reports, put_on_file
from tests.between.together import Together, together
from tests.world import PEOPLE

PARENT, MANAGER, PERSON = "safeguarders/sg-one", "manager-one", "person-one"
STAFF: Mapping[str, Mapping[str, Any]] = {**PEOPLE, "auditor": {"role": "auditor"}, "lead": {"role": "data_lead"}}


@pytest.fixture(scope="package")
def one_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """A Safeguarder with a support manager, and something about them in every service."""
    with together(tmp_path_factory.mktemp("own-file"), STAFF) as running:
        put_on_file(running, "sg-one")
        running.appoint("sg-two")
        draw_reports(running)
        running.settle()
        yield running


@pytest.fixture(scope="package")
def client(one_person: Together) -> Iterator[Client]:
    """Calls to the services, as the command line makes them."""
    addresses = {name: f"127.0.0.1:{each.process.server.port}" for name, each in one_person.services.items()}
    made = Client(addresses, lambda person: one_person.as_(person)["metadata"])
    yield made
    made.close()
