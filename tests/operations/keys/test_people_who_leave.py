"""docs/operations.md, a person who leaves: nothing more is shown or sent to them, and their work goes to others.

Long, because it needs the whole suite with its console.
"""

import json
from datetime import UTC, datetime, timedelta

import grpc
import httpx2
import pytest
from psmf.notifications.v1 import notifications_pb2

from services.client.addresses import SERVICES
from services.demo.waiting import wait_until_settled
from tests.operations.keys.running import Running, is_in, sign_in
from tests.operations.load import PERSON, Load
from tests.waiting import HUNG, until

pytestmark = pytest.mark.journey
REGION = {"east": "west", "north": "east", "west": "north"}


def manager_of(running: Running) -> str:
    """Return the support manager of the person in the suite; empty until there is one."""
    shown = json.loads(running.psmf("safeguarder", "show", PERSON, "--json", "--as", "panel-team").stdout)
    return str(shown.get("support_manager", ""))


def test_a_support_manager_leaves(running: Running) -> None:
    load = Load(running.supervisor, running.folder)
    leaver = until(lambda: manager_of(running), HUNG)
    region = leaver.split("-")[2]
    acts, follows = f"support-manager-{region}-{3 - int(leaver[-1])}", f"support-manager-{REGION[region]}-1"
    today = datetime.now(UTC).date()
    covered = ("--from", today.isoformat(), "--to", (today + timedelta(days=5)).isoformat(), "--as", "panel-team")
    token = f"Bearer {load._issuer.token(leaver)}"
    watch = load.client.watch(
        leaver, load.client.alerts.WatchAlerts, notifications_pb2.WatchAlertsRequest(parent="safeguarders/-")
    )
    next(watch)  # what is there now
    with httpx2.Client(base_url=running.supervisor.console, trust_env=False) as browser:
        sign_in(browser, leaver)

        people = running.ring.read("people.json")
        running.ring.write("people.json", {person: entry for person, entry in people.items() if person != leaver})

        until(lambda: not any(running.is_let_in(service, token) for service in SERVICES), HUNG)
        assert not is_in(browser)
    # The people of the leaver are found by the name, and given to somebody else.
    listed = running.psmf("safeguarder", "list", "--manager", leaver, "--json", "--as", "panel-team").stdout
    assert PERSON in listed
    running.psmf("delegation", "create", PERSON, acts, *covered)
    wait_until_settled(load.client)
    running.psmf("safeguarder", "allocate", PERSON, "--to", follows, "--reason", "absence", "--as", "panel-team")
    until(lambda: manager_of(running) == follows, HUNG)
    listed = running.psmf("safeguarder", "list", "--manager", leaver, "--json", "--as", "panel-team").stdout
    assert PERSON not in listed
    # What happens then is sent to nobody who has left.
    with load.sending():
        until(lambda: len(load.acknowledged) > 5, 200)
    with pytest.raises(grpc.RpcError) as ended:
        for _ in watch:
            pass
    assert ended.value.code() is grpc.StatusCode.UNAUTHENTICATED
    running.ring.write("people.json", people)
