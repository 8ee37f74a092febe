"""A PostgreSQL that speaks TLS. It takes services by their certificates, as production does, or by passwords."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import psycopg

from services.client.addresses import SERVICES
from services.demo.local_postgres import create_database
from services.demo.stack import Parts
from tests.deploy.manifests import of_kind
from tests.operations.keys.over_tls import Certificates
from tests.waiting import run_to_end
from tests.world import free_port

PROGRAMS = Path(__file__).parents[3] / ".cache" / "postgres" / "bin"
SERVER = "psmf-postgres-rw"
"""How production calls the server. The certificate names it; here it is on this machine."""
BY_PASSWORD = [f"hostssl {service} {service} all scram-sha-256" for service in SERVICES]
"""Lines of pg_hba.conf where services have passwords."""


def by_certificate() -> list[str]:
    """Return the very lines of pg_hba.conf of the manifest for production."""
    lines: list[str] = of_kind("production", "Cluster")["psmf-postgres"]["spec"]["postgresql"]["pg_hba"]
    return lines


class PostgresOverTls:
    """One server. Its own user reaches it by a socket, and everybody else as the lines of `lets_in` say."""

    def __init__(self, folder: Path, certificates: Certificates, lets_in: Sequence[str] = ()) -> None:
        assert (PROGRAMS / "postgres").exists(), "There is no PostgreSQL that speaks TLS here. Fetch it: ./dev postgres"
        self._folder, self._data, self._certificates = folder, folder / "data", certificates
        self._lets_in = lets_in or by_certificate()
        self.port = free_port()
        # PostgreSQL refuses to run as root. If the tests run as root, it runs as a user without rights.
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None

    def start(self) -> None:
        """Make the server and start it."""
        self._folder.mkdir()
        self._own(self._folder)
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "--auth=trust", "--no-sync")
        hba = "\n".join(["local all postgres trust", *self._lets_in, "host all all all reject", ""])
        settings = {
            "listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": self._folder,
            "ssl": "on", "ssl_cert_file": "server.crt", "ssl_key_file": "server.key", "ssl_ca_file": "clients.crt",
            "fsync": "off",
        }  # fmt: skip
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = '{value}'\n" for name, value in settings.items())
        (self._data / "pg_hba.conf").write_text(hba)
        self._copy()
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self._folder / "log"), "-w", "start")
        for service in SERVICES:
            self.ask(f"CREATE ROLE {service} LOGIN")
            create_database(self.own_address, service)
            self.ask(f"ALTER DATABASE {service} OWNER TO {service}")

    def stop(self) -> None:
        """Stop the server."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")

    def read_certificates_again(self) -> None:
        """Have new connections meet the newest certificate of the server, and the newest authorities of clients."""
        self._copy()
        self.ask("SELECT pg_reload_conf()")

    def end_connections(self) -> None:
        """End every connection of a service, as a restart of the server would."""
        self.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> 'postgres'")

    def shown(self) -> set[tuple[str, str]]:
        """Return the users that are connected, with the serial number of the certificate that each showed."""
        query = "SELECT usename, client_serial::text FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl"
        return {(str(user), str(serial)) for user, serial in self.ask(query)}

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Run a statement as the server's own user."""
        with psycopg.connect(self.own_address, autocommit=True) as connection:
            asked = connection.execute(query.encode())
            return asked.fetchall() if asked.description else []

    @property
    def own_address(self) -> str:
        """Address of the server for its own user."""
        return f"postgresql://postgres@/postgres?host={self._folder}&port={self.port}"

    def address(self, service: str, shows: str = "") -> str:
        """Return the address of a service's database as production has it. `shows`: whose certificate, if another's."""
        files = self._certificates.of(shows or service)
        own = f"&sslcert={files.certificate}&sslkey={files.key}"
        return self._address_of(service, service, files.authority) + own

    def address_with(self, password: str, service: str) -> str:
        """Return the address of a service's database where it enters by a password."""
        return self._address_of(service, f"{service}:{password}", self._certificates.of(SERVER).authority)

    def is_let_in(self, address: str) -> bool:
        """Return whether the server takes a new connection."""
        try:
            psycopg.connect(address, connect_timeout=20).close()
        except psycopg.OperationalError:
            return False
        return True

    def migrate(self, service: str, address: str) -> None:
        """Make the tables of a service."""
        command = [sys.executable, "-P", "-m", f"services.{service}", "migrate"]
        migrated = run_to_end(command, env=os.environ | {"PSMF_DATABASE": of_driver(address)})
        assert migrated.returncode == 0, migrated.stderr

    def _address_of(self, database: str, who: str, authority: Path) -> str:
        return (
            f"postgresql://{who}@{SERVER}:{self.port}/{database}?hostaddr=127.0.0.1&sslmode=verify-full"
            f"&sslrootcert={authority}"
        )

    def _copy(self) -> None:
        """Copy the server's files to where it may read them."""
        files = self._certificates.of(SERVER)
        held = {"server.crt": files.certificate, "server.key": files.key, "clients.crt": files.authority}
        for name, file in held.items():
            beside = self._data / f"{name}.new"
            shutil.copy(file, beside)
            beside.chmod(0o600)
            self._own(beside)
            beside.replace(self._data / name)

    def _own(self, path: Path) -> None:
        if self._user:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _run(self, program: str, *arguments: str) -> None:
        user = self._user.pw_uid if self._user else None
        subprocess.run(
            [PROGRAMS / program, *arguments], check=True, user=user, cwd="/", stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip


def of_driver(address: str) -> str:
    """Return an address as a service's setting has it."""
    return address.replace("postgresql://", "postgresql+psycopg://")


class PartsOverTls(Parts):
    """Databases in a server that knows services by their certificates, with the services' own feed."""

    def __init__(self, folder: Path, server: PostgresOverTls) -> None:
        super().__init__(folder)
        self._server = server

    def settings(self, service: str) -> dict[str, str]:
        """Return the settings of a service."""
        return {"database": of_driver(self._server.address(service)), "transport": "feed"}
