"""docs/operations.md, passwords of the databases: each service gets another one under load. Nothing is lost.

Long, because it needs the whole suite and a PostgreSQL that speaks TLS (`./dev postgres`).
"""

from pathlib import Path

import pytest

from services.client.addresses import SERVICES
from services.demo.stack import Parts
from services.demo.supervisor import Supervisor
from services.demo.waiting import wait_until_settled
from tests.bus.guarded.certificates import Authority
from tests.operations.keys.over_tls import Certificates
from tests.operations.keys.postgres_over_tls import BY_PASSWORD, SERVER, PostgresOverTls, of_driver
from tests.operations.load import PERSON, Load
from tests.operations.test_embedded import items
from tests.suite import ask_psmf
from tests.waiting import until

pytestmark = pytest.mark.journey
FIRST, NEXT = "a-first-one", "the-next-one"


class PartsWithPasswords(Parts):
    """Databases in a server that knows services by passwords. Each address is in a file, as a secret is."""

    def __init__(self, folder: Path, server: PostgresOverTls) -> None:
        super().__init__(folder)
        self._secrets = folder.parent / "secrets"
        self._secrets.mkdir()
        self.server = server
        for service in SERVICES:
            self.set_password(service, FIRST)
            server.migrate(service, server.address_with(FIRST, service))

    def set_password(self, service: str, password: str) -> None:
        """Change a password as the page says: in the file, then in PostgreSQL."""
        new = self._secrets / f"{service}.new"
        new.write_text(of_driver(self.server.address_with(password, service)))
        new.replace(self._secrets / service)
        self.server.ask(f"ALTER ROLE {service} PASSWORD '{password}'")

    def settings(self, service: str) -> dict[str, str]:
        """Return the settings of a service."""
        return {"database_file": str(self._secrets / service), "transport": "feed"}


def test_each_password_is_changed_while_evidence_comes_in(own_root: Path, tmp_path: Path) -> None:
    """Long: four services start again under load."""
    (own_root / "tls").mkdir()
    certificates = Certificates(own_root / "tls", Authority(own_root, "one"), (SERVER,))
    server = PostgresOverTls(own_root / "postgres", certificates, BY_PASSWORD)
    server.start()
    try:
        folder = tmp_path / "suite"
        parts = PartsWithPasswords(folder, server)
        with Supervisor(folder, [PERSON], parts) as supervisor:
            load = Load(supervisor, folder)
            load.prepare()
            with load.sending():
                for service in SERVICES:
                    parts.set_password(service, NEXT)
                    assert not server.is_let_in(server.address_with(FIRST, service)), "the old password is out"
                    supervisor.end(service)
                    supervisor.restart(service)
                server.end_connections()  # so each service has to show its new password
                sent = len(load.acknowledged)
                until(lambda: len(load.acknowledged) > sent + 10, 200)
            assert load.errors == [], "after one repeat no call may fail"
            wait_until_settled(load.client)
            assert sorted(items(load)) == sorted(load.acknowledged), "nothing may be lost or doubled"
            assert ask_psmf(folder, "ops", "ledger", "--as", "operator").returncode == 0
    finally:
        server.stop()
