"""docs/operations.md, certificates for the databases: replaced under load, and then their authority. Nothing is lost.

Long, because it needs the whole suite and a PostgreSQL that speaks TLS (`./dev postgres`).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509

from services.client.addresses import SERVICES
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from tests.bus.guarded.certificates import Authority
from tests.operations.keys.over_tls import Certificates
from tests.operations.keys.postgres_over_tls import SERVER, PartsOverTls, PostgresOverTls
from tests.operations.load import PERSON, Load
from tests.operations.test_embedded import items
from tests.suite import ask_psmf
from tests.waiting import until

pytestmark = pytest.mark.journey
STRANGER = "stranger"


class Panel:
    """A server, and the certificates of it and of the services."""

    def __init__(self, folder: Path) -> None:
        self.authority, self.next_authority = Authority(folder, "one"), Authority(folder, "next")
        (folder / "tls").mkdir()
        self.certificates = Certificates(folder / "tls", self.authority, (*SERVICES, SERVER))
        self.certificates.put(STRANGER, Authority(folder, "another"), self.authority)
        self.server = PostgresOverTls(folder / "postgres", self.certificates)

    def serial(self, service: str) -> str:
        """Return the number of the certificate that a service has now."""
        held = x509.load_pem_x509_certificate(self.certificates.of(service).certificate.read_bytes())
        return str(held.serial_number)


@pytest.fixture(scope="module")
def panel(own_root: Path) -> Iterator[Panel]:
    made = Panel(own_root)
    made.server.start()
    for service in SERVICES:
        made.server.migrate(service, made.server.address(service))
    yield made
    made.server.stop()


def test_a_service_enters_its_own_database_by_its_own_certificate_alone(panel: Panel) -> None:
    server = panel.server
    own = server.address("evidence")
    tried = {
        "its own certificate": own,
        "the certificate of another service": server.address("evidence", "rules"),
        "a certificate of another authority": server.address("evidence", STRANGER),
        "no certificate": own.partition("&sslcert")[0] + "&sslcert=none",
        "the database of another service": own.replace("/evidence?", "/rules?"),
        "plain text": own.partition("?")[0] + "?hostaddr=127.0.0.1&sslmode=disable",
        "a server of another name": own.replace(SERVER, "another-server"),
    }
    assert [kind for kind, address in tried.items() if server.is_let_in(address)] == ["its own certificate"]


def test_certificates_and_then_their_authority_are_replaced(panel: Panel, tmp_path: Path) -> None:
    """Long: each of four services gets three certificates under load, and connects again with each."""
    server, put, one, following = panel.server, panel.certificates.put, panel.authority, panel.next_authority
    folder = tmp_path / "suite"
    with Supervisor(folder, [PERSON], PartsOverTls(folder, server)) as supervisor:
        load = Load(supervisor, folder)
        load.prepare()

        def all_show_their_newest() -> None:
            server.end_connections()
            newest = {(service, panel.serial(service)) for service in SERVICES}
            until(lambda: server.shown() == newest, 200)
            sent = len(load.acknowledged)
            until(lambda: len(load.acknowledged) > sent + 10, 200)

        with load.sending():
            all_show_their_newest()
            old = panel.serial("evidence")
            # A certificate ends: another one of the same authority.
            for service in SERVICES:
                put(service, one, one)
            all_show_their_newest()
            assert panel.serial("evidence") != old
            # The authority ends: trusted are both, then the certificates are of the next one, then it is trusted alone.
            for name in (*SERVICES, SERVER):
                put(name, one, one, following)
            server.read_certificates_again()
            for name in (*SERVICES, SERVER):
                put(name, following, one, following)
            server.read_certificates_again()
            all_show_their_newest()
            for name in (*SERVICES, SERVER):
                put(name, following, following)
            server.read_certificates_again()
            all_show_their_newest()
        assert load.errors == [], "after one repeat no call may fail"
        put(STRANGER, one, following)
        assert not server.is_let_in(server.address("evidence", STRANGER)), "the old authority is out"
        wait_until_settled(load.client)
        assert sorted(items(load)) == sorted(load.acknowledged), "nothing may be lost or doubled"
        assert ask_psmf(folder, "ops", "ledger", "--as", "operator").returncode == 0
