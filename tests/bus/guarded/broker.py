"""An Apache Kafka as in production. Clients need a certificate, and have only the rights in the manifests."""

from pathlib import Path
from typing import Any

from services.demo.free_ports import free_ports
from services.demo.local_kafka import Listener, LocalKafka
from services.platform.kafka.clients import KafkaConnection, new_admin
from tests.bus.guarded.certificates import Authority, Files
from tests.bus.proxy import Proxy
from tests.deploy.manifests import of_kind, rights
from tests.waiting import until

PROPERTIES = """\
listener.name.tls.ssl.client.auth=required
listener.name.tls.ssl.keystore.type=PEM
listener.name.tls.ssl.keystore.location={keystore}
listener.name.tls.ssl.truststore.type=PEM
listener.name.tls.ssl.truststore.location={truststore}
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS;User:CN=psmf-topics
"""
"""Two users need no rule: the one who creates topics, and the plain listener's, which only broker and tests use."""


class GuardedBroker:
    """A broker with a TLS listener, and its certificate authorities."""

    def __init__(self, folder: Path) -> None:
        self.brokers, self.clients = Authority(folder, "cluster-ca"), Authority(folder, "clients-ca")
        own = self.brokers.issue("broker")
        keystore = folder / "broker.pem"
        keystore.write_bytes(own.key.read_bytes() + own.certificate.read_bytes())
        port, before_it = free_ports(2)
        given = PROPERTIES.format(keystore=keystore, truststore=self.clients.file)
        self.kafka = LocalKafka(folder / "kafka", [Listener("TLS", "SSL", port, before_it, given)])
        self.proxy = Proxy(before_it, port)
        self.address = f"127.0.0.1:{before_it}"
        """Address for clients with a certificate."""

    def start(self, overlay: str) -> None:
        """Start the broker with the rights in an overlay's manifests."""
        self.kafka.start()
        self._allow(overlay)

    def stop(self) -> None:
        """Stop the broker."""
        self.proxy.close()
        self.kafka.stop()

    def certificate_of(self, service: str) -> Files:
        """Return the files that Strimzi puts in the secret of a service's KafkaUser."""
        return self.clients.issue(f"psmf-{service}-kafka")

    def connection(self, files: Files | None, authority: Path | None = None) -> KafkaConnection:
        """Return the connection of a client with these files."""
        certificate, key = files or (None, None)
        return KafkaConnection((self.address,), authority or self.brokers.file, certificate, key)

    def _allow(self, overlay: str) -> None:
        """Give each KafkaUser of an overlay its rights, as Strimzi's User Operator does."""
        from kafka.admin import (
            ACL,
            ACLFilter,
            ACLOperation,
            ACLPermissionType,
            ACLResourcePatternType,
            ResourcePattern,
            ResourcePatternFilter,
            ResourceType,
        )

        admin = new_admin(self.kafka.connection, "psmf-tests")
        try:
            rules = [
                ACL(
                    f"User:CN={name}",
                    "*",
                    ACLOperation[operation.upper()],
                    ACLPermissionType.ALLOW,
                    ResourcePattern(ResourceType[kind.upper()], resource, _pattern(meant)),
                )
                for name, user in of_kind(overlay, "KafkaUser").items()
                for kind, resource, meant, operation in rights(user)
            ]
            answer = admin.create_acls(rules)
            assert answer["failed"] == [], answer
            # The broker applies them once it has read them from the controller, so a client may come too early.
            any_rule = ACLFilter(
                None, None, ACLOperation.ANY, ACLPermissionType.ANY,
                ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY),
            )  # fmt: skip
            until(lambda: len(admin.describe_acls(any_rule)[0]) >= len(set(rules)))
        finally:
            admin.close()


def _pattern(meant: str) -> Any:
    from kafka.admin import ACLResourcePatternType

    return {"literal": ACLResourcePatternType.LITERAL, "prefix": ACLResourcePatternType.PREFIXED}[meant]
