"""docs/operations.md, certificates between services: replaced under load, and then their authority. Nothing is lost.

Long, because it needs the whole suite.
"""

from pathlib import Path

import grpc
import pytest
from psmf.platform.v1 import status_pb2, status_pb2_grpc

from services.client.addresses import SERVICES
from services.client.client import Client
from services.client.tokens import Metadata
from services.demo.waiting import wait_until_settled
from services.platform.calls.client import open_channel
from services.platform.tls import TlsFiles
from tests.bus.guarded.certificates import Authority
from tests.operations.keys.over_tls import Certificates, SupervisorOverTls
from tests.operations.load import PERSON, Load
from tests.operations.test_embedded import is_well, items
from tests.waiting import until

pytestmark = pytest.mark.journey


class LoadOverTls(Load):
    """A load that opens a new connection for each item, as many callers would."""

    def __init__(self, supervisor: SupervisorOverTls, folder: Path, certificates: Certificates) -> None:
        super().__init__(supervisor, folder)
        self._addresses, self._certificates = supervisor.addresses, certificates
        self.client = self._again()

    def _again(self) -> Client:
        return Client(self._addresses, self._issuer.metadata, 120.0, self._certificates.of("gateway"))

    def _once(self, request: object, seconds: float, wait: bool) -> None:
        before, self.client = self.client, self._again()
        before.close()
        super()._once(request, 30.0, wait=True)


def takes(supervisor: SupervisorOverTls, service: str, files: TlsFiles, metadata: Metadata) -> bool:
    """Return whether a service takes a new connection with these files."""
    with open_channel(supervisor.addresses[service], files, service) as channel:
        try:
            status_pb2_grpc.StatusServiceStub(channel).GetStatus(
                status_pb2.GetStatusRequest(), metadata=metadata, timeout=5
            )
        except grpc.RpcError:
            return False
    return True


def test_certificates_and_then_their_authority_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long: each of five processes is changed three times under load, and the suite is started again."""
    old, new = Authority(tmp_path, "old"), Authority(tmp_path, "new")
    (tmp_path / "tls").mkdir()
    certificates = Certificates(tmp_path / "tls", old)
    everybody = (*SERVICES, "gateway")
    with SupervisorOverTls(tmp_path / "suite", [PERSON], certificates) as supervisor:
        load = LoadOverTls(supervisor, tmp_path / "suite", certificates)
        load.prepare()
        of_old = TlsFiles(*old.issue("gateway"), old.file)
        operator = load._issuer.metadata("operator")

        def some_more() -> None:
            sent = len(load.acknowledged)
            until(lambda: len(load.acknowledged) > sent + 10, 200)

        with load.sending():
            some_more()
            # A certificate ends: another one of the same authority.
            for name in everybody:
                certificates.put(name, old, old)
                some_more()
            # The authority ends: trusted are both, then the certificates are of the new one, then it is trusted alone.
            for name in everybody:
                certificates.put(name, old, old, new)
            some_more()
            for name in everybody:
                certificates.put(name, new, old, new)
                some_more()
            assert all(takes(supervisor, service, certificates.of("gateway"), operator) for service in SERVICES)
            for name in everybody:
                certificates.put(name, new, new)
            some_more()
        assert (load.errors, load.retried) == ([], 0), "no call may fail"
        assert not any(takes(supervisor, service, of_old, operator) for service in SERVICES)
        # Streams of events are opened again, under the new authority.
        for service in SERVICES:
            supervisor.end(service)
            supervisor.restart(service)
        wait_until_settled(load._again())
        assert sorted(items(load)) == sorted(load.acknowledged)
        for name, value in certificates.settings("gateway").items():
            monkeypatch.setenv(name, value)
        assert is_well(tmp_path / "suite")
