"""Certificates from a test's own certificate authority, in the files that a service and a broker read."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


class Files(NamedTuple):
    """A certificate and its private key, each in a file."""

    certificate: Path
    key: Path


class Authority:
    """A certificate authority that signs like Strimzi's User Operator does for a KafkaUser."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder / name
        self._folder.mkdir(parents=True)
        self._name = _name(name)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.file = self._folder / "ca.crt"
        builder = _builder(self._name, self._name, self._key, DAY)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self._write(self.file, builder.sign(self._key, hashes.SHA256()))

    def issue(self, common_name: str, lives: timedelta = DAY) -> Files:
        """Issue a certificate for a name, also as a host name, and this machine's address. An existing one is replaced.

        `lives` is its lifetime. A negative lifetime gives an expired certificate.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        here = x509.SubjectAlternativeName([x509.DNSName(common_name), x509.IPAddress(ip_address("127.0.0.1"))])
        builder = _builder(_name(common_name), self._name, key, lives).add_extension(here, critical=False)
        files = Files(self._folder / f"{common_name}.crt", self._folder / f"{common_name}.key")
        self._write(files.certificate, builder.sign(self._key, hashes.SHA256()))
        files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return files

    @staticmethod
    def _write(file: Path, certificate: x509.Certificate) -> None:
        file.write_bytes(certificate.public_bytes(Encoding.PEM))


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, lives: timedelta
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
    now = datetime.now(UTC)
    return builder.not_valid_before(now - 3 * DAY).not_valid_after(now + lives)
