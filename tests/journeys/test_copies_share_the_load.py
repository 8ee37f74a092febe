"""Two copies of every service that works events off share an import by consumer group, and one may die half-way."""

import threading
from pathlib import Path

import pytest

from services.client.client import Client
from services.client.tokens import Issuer
from services.demo.outcome import differences, outcome
from services.demo.stack import Parts, Profile
from services.demo.supervisor import Supervisor
from services.demo.telling.loading import load
from services.demo.waiting import statuses
from tests.suite import LoadedSuite, assert_same_end
from tests.waiting import HUNG, until

pytestmark = pytest.mark.journey

COPIES = {"rules": 2, "scheduling": 2, "notifications": 2}


def test_two_copies_with_one_killed_half_way_end_as_one_copy_does(production: LoadedSuite, tmp_path: Path) -> None:
    told = production.demo.story
    people = [person.safeguarder_id for person in told.people]
    with Supervisor(tmp_path, people, Parts(tmp_path, Profile.PRODUCTION), COPIES) as supervisor:
        client = Client(supervisor.addresses, Issuer(tmp_path).metadata, HUNG)
        half = production.seen["ledger"]["accepted"] // 2

        def kill_half_way() -> None:
            until(lambda: statuses(client)["rules"].figures["facts_received"] >= half, 300)
            supervisor.kill("rules-2")

        killing = threading.Thread(target=kill_half_way)
        killing.start()
        load(told, client)
        killing.join()
        seen = outcome(client, told)
        client.close()
    assert differences(told, seen) == []
    assert_same_end(seen, production.seen)
