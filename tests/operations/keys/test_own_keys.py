"""docs/operations.md, changing keys: each is changed under load. The old one stops, the new one works, nothing is lost.

Long, because it needs the whole suite with its console.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc
import httpx2
import pytest
from psmf.evidence.v1 import evidence_pb2
from psmf.platform.v1 import audit_pb2

from services.client.addresses import SERVICES
from services.client.tokens import Issuer as DemoIssuer
from services.demo.issuer import APPROVALS, DESK_KEY, SESSION_KEYS
from services.demo.waiting import wait_until_settled
from services.platform.audit.statement import said_in
from services.platform.calls.client import ServiceToken
from services.platform.calls.identity import DEMO_ISSUER, sign_token
from tests.operations.keys.ring import SEEN_SECONDS, a_key_after, session_key
from tests.operations.keys.running import Running, is_in, sign_in
from tests.operations.load import PERSON, Load
from tests.operations.test_embedded import is_well, items
from tests.suite import ask_psmf
from tests.waiting import HUNG, until

pytestmark = pytest.mark.journey


def test_the_issuers_key(running: Running) -> None:
    """Long: a load goes on while the services take the new key, and while they refuse the old one."""
    ring, old = running.ring, running.ring.own(DEMO_ISSUER)
    new = a_key_after(old)
    of_old, of_new = (f"Bearer {sign_token(key, DEMO_ISSUER, 'operator', datetime.now(UTC))}" for key in (old, new))
    load = Load(running.supervisor, running.folder)
    with load.sending():
        until(lambda: len(load.acknowledged) > 20, 200)
        ring.add_public(new, DEMO_ISSUER)
        until(lambda: all(running.is_let_in(service, of_new) for service in SERVICES), HUNG)
        assert all(running.is_let_in(service, of_old) for service in SERVICES)
        ring.give(DEMO_ISSUER, new)
        load._issuer = DemoIssuer(running.folder)  # the issuer signs by the new key from now on
        sent = len(load.acknowledged)
        until(lambda: len(load.acknowledged) > sent + 20, 200)
        ring.take_out(old)  # fifteen minutes later, so that no token of the old key is in use any more
        until(lambda: not any(running.is_let_in(service, of_old) for service in SERVICES), HUNG)
        sent = len(load.acknowledged)
        until(lambda: len(load.acknowledged) > sent + 20, 200)
    assert (load.errors, load.retried) == ([], 0), "no call may fail"
    # The demo's console signs people in itself, so it is the issuer that has a new key.
    running.supervisor.end("console")
    running.supervisor.restart("console")


def newest_checkpoint(load: Load, service: str) -> str:
    """Return the newest checkpoint of a service's audit log, as signed."""
    asked = load.client.audit_of[service].GetCheckpoints
    return str(load.client.call("operator", asked, audit_pb2.GetCheckpointsRequest()).newest)


def test_the_key_of_each_service(running: Running) -> None:
    """Its tokens, the checkpoints of its audit log and the page tokens of its lists are made by it.

    Long: the four services are started again, and a hundred rows are written by each key.
    """
    ring, load = running.ring, Load(running.supervisor, running.folder)
    before = set(items(load))
    old = {service: ring.own(service) for service in SERVICES}
    new = {service: a_key_after(key) for service, key in old.items()}
    with load.sending():
        until(lambda: len(load.acknowledged) > 120, 200)
        page = evidence_pb2.ListEvidenceItemsRequest(parent=f"safeguarders/{PERSON}", page_size=10)
        page.page_token = list_items(load, page).next_page_token
        kept = newest_checkpoint(load, "evidence")
        for service in SERVICES:
            ring.add_public(new[service], f"service:{service}")
        time.sleep(SEEN_SECONDS)
        for service in SERVICES:
            ring.give(service, new[service], old[service])
        time.sleep(SEEN_SECONDS)
        for service in SERVICES:
            ring.retire(old[service])
        stolen = {name: token_of(running, name, key_file(running, name, old[name])) for name in SERVICES}
        for service, authorization in stolen.items():
            until(lambda s=service, a=authorization: not running.is_let_in(s, a), HUNG)  # type: ignore[misc]
        assert list_items(load, page).evidence_items, "a list that was begun goes on"
        for service in SERVICES:
            ring.give(service, new[service])
        time.sleep(SEEN_SECONDS)
        with pytest.raises(grpc.RpcError, match="not valid for these filters"):
            list_items(load, page)
        sent = len(load.acknowledged)
        until(lambda: len(load.acknowledged) > sent + 120, 200)
        until(lambda: newest_checkpoint(load, "evidence") != kept, HUNG)
    assert (load.errors, load.retried) == ([], 0), "no call may fail"
    # Streams of events are opened again, by the new keys.
    for service in SERVICES:
        running.supervisor.end(service)
        running.supervisor.restart(service)
    wait_until_settled(load.client)
    assert before | set(load.acknowledged) == set(items(load))
    assert is_well(running.folder)
    running.psmf("audit", "verify", "--as", "operator")
    outside = running.folder / "evidence.checkpoints"  # written once a minute: what the old key signed is kept there
    until(lambda: said_in(kept) in [said_in(signed) for signed in outside.read_text().splitlines()], HUNG)
    ring.take_out(old["evidence"])
    time.sleep(SEEN_SECONDS)
    accused = ask_psmf(running.folder, "audit", "verify", "--as", "operator")
    assert accused.returncode == 1, "without the public part of the old key its checkpoints count as forged"
    ring.add_public(old["evidence"], "service:evidence")
    ring.retire(old["evidence"])
    time.sleep(SEEN_SECONDS)
    running.psmf("audit", "verify", "--as", "operator")


def list_items(load: Load, request: evidence_pb2.ListEvidenceItemsRequest) -> evidence_pb2.ListEvidenceItemsResponse:
    """Return a page of items."""
    return load.client.evidence.ListEvidenceItems(request, metadata=load.client._metadata("panel-team"), timeout=HUNG)


def key_file(running: Running, service: str, key: object) -> Path:
    """Write a key as somebody who took it would hold it."""
    running.ring.give(f"stolen-{service}", key)  # type: ignore[arg-type]
    return running.folder / f"stolen-{service}.key"


def token_of(running: Running, service: str, file: Path) -> str:
    """Return the authorization that a key gives a service."""
    ((_, authorization),) = ServiceToken(file, service, lambda: datetime.now(UTC)).metadata("evidence")
    return authorization


def test_the_consoles_own_key(running: Running) -> None:
    """The key by which it takes feedback from people who are not signed in."""
    ring, old = running.ring, running.ring.own(DESK_KEY)
    new = a_key_after(old)
    taken = f"Bearer {sign_token(old, 'service:console', 'service:console', datetime.now(UTC))}"
    page = f"{running.supervisor.console}/feedback/a-link-of-nobody"
    shown = httpx2.get(page, trust_env=False).status_code
    assert shown != 503, "evidence was asked, and knows no such link"
    ring.add_public(new, "service:console")
    time.sleep(SEEN_SECONDS)
    ring.give(DESK_KEY, new)
    time.sleep(SEEN_SECONDS)
    ring.retire(old)
    until(lambda: not running.is_let_in("evidence", taken), HUNG)
    assert httpx2.get(page, trust_env=False).status_code == shown
    log = (running.folder / "logs" / "console.log").read_text()
    assert "desk_refused" not in log


def change_a_number(running: Running, value: int) -> str:
    """Have one person change a number, and another approve and publish it. Return the revision in force then."""
    day = (datetime.now(UTC) + timedelta(days=400 + value)).date().isoformat()
    why = ("--why", "As the Team asked", "--cites", "Minute 14")
    number = ("rules", "change", "gap_holds_days", "--from", day, "--value", str(value))
    running.psmf(*number, *why, "--as", "policy-editor")
    listed = running.psmf("rules", "revisions", "--json", "--as", "policy-approver").stdout
    revision = listed.partition("rulebookRevisions/")[2].partition('"')[0]
    running.psmf("rules", "approve", revision, "--reason", "Read and tried", "--as", "policy-approver")
    running.psmf("rules", "publish", revision, "--as", "policy-approver")
    return revision


def test_the_key_of_approvals(running: Running) -> None:
    """Long: two rulebooks come into force, each tried on its examples, and rules starts again."""
    ring, old = running.ring, running.ring.own(APPROVALS)
    new = a_key_after(old)
    change_a_number(running, 15)
    ring.give(APPROVALS, new, old)
    time.sleep(SEEN_SECONDS)
    change_a_number(running, 16)
    running.psmf("rules", "verify", "--as", "policy-approver")
    running.supervisor.end("rules")
    running.supervisor.restart("rules")
    running.psmf("rules", "verify", "--as", "policy-approver")
    # The private part of the old key is not needed any more.
    ring.write(f"{APPROVALS}.key", {"keys": [new.as_dict(private=True), old.as_dict(private=False)]})
    time.sleep(SEEN_SECONDS)
    running.psmf("rules", "verify", "--as", "policy-approver")
    # Without its public part, what it signed is not trusted.
    ring.give(APPROVALS, new)
    time.sleep(SEEN_SECONDS)
    assert ask_psmf(running.folder, "rules", "verify", "--as", "policy-approver").returncode == 1
    ring.write(f"{APPROVALS}.key", {"keys": [new.as_dict(private=True), old.as_dict(private=False)]})
    time.sleep(SEEN_SECONDS)


def test_the_keys_of_sessions(running: Running) -> None:
    """Somebody who is signed in stays so while the key is changed, and not once the old one has gone."""
    ring, (old,) = running.ring, running.ring.read(SESSION_KEYS)["keys"]
    with httpx2.Client(base_url=running.supervisor.console, trust_env=False) as browser:
        sign_in(browser, "official")
        ring.write(SESSION_KEYS, {"keys": [session_key("next"), old]})
        time.sleep(SEEN_SECONDS)
        held = browser.cookies["psmf-demo"]
        assert is_in(browser)
        assert browser.cookies["psmf-demo"] != held, "a page seals the session again, by the new key"
        stale = {"psmf-demo": held}
        ring.write(SESSION_KEYS, {"keys": ring.read(SESSION_KEYS)["keys"][:1]})
        time.sleep(SEEN_SECONDS)
        assert is_in(browser)
        with httpx2.Client(base_url=running.supervisor.console, trust_env=False, cookies=stale) as other:
            assert not is_in(other)
