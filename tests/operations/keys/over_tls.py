"""A suite whose services know one another by certificates, and folders of certificates replaced in one step."""

from collections.abc import Callable, Iterable
from pathlib import Path

from grpc_health.v1 import health_pb2_grpc

from services.client.addresses import SERVICES
from services.demo.supervisor import CONSOLE, Supervisor, _serves
from services.platform.calls.client import open_channel
from services.platform.tls import TlsFiles
from tests.bus.guarded.certificates import Authority

EVERYBODY = (*SERVICES, CONSOLE, "gateway")


class Certificates:
    """The certificate, the key and the authorities of each process, as Kubernetes mounts a secret.

    What is read is a link to a folder. A new folder is written beside, and the link is moved: nobody reads half of it.
    """

    def __init__(self, folder: Path, authority: Authority, names: Iterable[str] = EVERYBODY) -> None:
        self._folder = folder
        self._versions = 0
        for name in names:
            self.put(name, authority, authority)

    def put(self, name: str, signed_by: Authority, *trusted: Authority) -> None:
        """Give a process a certificate of an authority, and the authorities whose certificates it takes."""
        self._versions += 1
        issued = signed_by.issue(name)
        new = self._folder / f"{name}.{self._versions}"
        new.mkdir()
        (new / "tls.crt").write_bytes(issued.certificate.read_bytes())
        (new / "tls.key").write_bytes(issued.key.read_bytes())
        (new / "tls.key").chmod(0o600)  # PostgreSQL's client reads no key that others could read
        (new / "ca.crt").write_bytes(b"".join(authority.file.read_bytes() for authority in trusted))
        link = self._folder / f"{name}.link"
        link.symlink_to(new)
        link.replace(self._folder / name)

    def of(self, name: str) -> TlsFiles:
        """Return the files of a process."""
        folder = self._folder / name
        return TlsFiles(folder / "tls.crt", folder / "tls.key", folder / "ca.crt")

    def settings(self, name: str) -> dict[str, str]:
        """Return the settings of a process."""
        files = self.of(name)
        return {
            "PSMF_TLS_CERTIFICATE_FILE": str(files.certificate),
            "PSMF_TLS_KEY_FILE": str(files.key),
            "PSMF_TLS_CA_FILE": str(files.authority),
        }


class SupervisorOverTls(Supervisor):
    """A supervisor of services that take no connection in plain text."""

    def __init__(self, folder: Path, people: list[str], certificates: Certificates) -> None:
        super().__init__(folder, people)
        self._certificates = certificates
        self.environment = {name: certificates.settings(name) for name in SERVICES}

    def wait_until_serving(self, service: str) -> None:
        """Wait until a service serves over TLS."""
        with open_channel(self.addresses[service], self._certificates.of("gateway"), service) as channel:
            health = health_pb2_grpc.HealthStub(channel)
            serves: Callable[[], bool] = lambda: _serves(health)  # noqa: E731
            self._wait_until(service, serves)
