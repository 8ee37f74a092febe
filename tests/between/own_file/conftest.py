"""The four services together, with one Safeguarder about whom each of them keeps something."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from services.client.client import Client
from tests.between.doors.test_across import allocate, ask_for_review, cover, draw_reports, hold_review, leave
from tests.between.sessions.build import a_shared_record, confirm_plan
from tests.between.test_one_matter_one_state import raise_matter
from tests.between.together import Together, together
from tests.world import PEOPLE

PARENT, MANAGER, PERSON = "safeguarders/sg-one", "manager-one", "person-one"
STAFF: Mapping[str, Mapping[str, Any]] = {**PEOPLE, "auditor": {"role": "auditor"}, "lead": {"role": "data_lead"}}


@pytest.fixture(scope="module")
def one_person(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Together]:
    """A Safeguarder with a support manager, and something about them in every service."""
    with together(tmp_path_factory.mktemp("own-file"), STAFF) as running:
        running.appoint("sg-one")
        running.appoint("sg-two")
        allocate(running, "sg-one", MANAGER)
        raise_matter(running, "sg-one")
        running.share(running.record("sg-one"))
        leave(running, "sg-one")
        a_shared_record(running, "sg-one", MANAGER)
        confirm_plan(running, "sg-one", MANAGER)
        hold_review(running, "sg-one")
        cover(running, "sg-one")
        ask_for_review(running, "sg-one")
        draw_reports(running)
        running.settle()
        yield running


@pytest.fixture(scope="module")
def client(one_person: Together) -> Iterator[Client]:
    """Calls to the services, as the command line makes them."""
    addresses = {name: f"127.0.0.1:{each.process.server.port}" for name, each in one_person.services.items()}
    made = Client(addresses, lambda person: one_person.as_(person)["metadata"])
    yield made
    made.close()
