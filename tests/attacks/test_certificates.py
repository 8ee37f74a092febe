"""Services know each other by certificates: attack A5. A token that somebody got hold of opens nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.platform.v1 import feed_pb2, feed_pb2_grpc, status_pb2, status_pb2_grpc

from services.platform.calls.client import ServiceToken, open_channel
from services.platform.calls.identity import audience_of, sign_token
from services.platform.events.feed import FeedConsumer
from services.platform.tls import TlsFiles
from tests.answers import refused
from tests.attacks.attempts import attempted
from tests.bus.guarded.certificates import Authority
from tests.platform.events import Applied, an_inbox
from tests.platform.small_service import new_database, now
from tests.platform.test_feed import Station, started
from tests.waiting import HUNG, until
from tests.world import World


class Panel:
    """Evidence over TLS, and certificates of its own authority and of another."""

    def __init__(self, folder: Path) -> None:
        self.authority, self.stranger = Authority(folder, "ours"), Authority(folder, "others")
        self.evidence = self.files("evidence")
        own = self.evidence
        self.station: Station = started(
            World(folder), 0, tls_certificate_file=own.certificate, tls_key_file=own.key, tls_ca_file=own.authority
        )

    def files(self, name: str, by: Authority | None = None, trusting: Authority | None = None) -> TlsFiles:
        """Return a certificate of a name, from our authority unless another is given."""
        issued = (by or self.authority).issue(name)
        return TlsFiles(issued.certificate, issued.key, (trusting or self.authority).file)

    def token(self, service: str, audience: str = "evidence") -> tuple[tuple[str, str], ...]:
        """Return the metadata of a call by a service."""
        name = f"service:{service}"
        key = self.station.world.service_keys[service]
        return (("authorization", f"Bearer {sign_token(key, name, name, now(), audience=audience_of(audience))}"),)


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panel]:
    made = Panel(tmp_path_factory.mktemp("certificates"))
    yield made
    made.station.process.stop()


def read_feed(panel: Panel, tls: TlsFiles | None, metadata: Any) -> Any:
    with open_channel(panel.station.address, tls, "evidence") as channel:
        stub = feed_pb2_grpc.FeedServiceStub(channel)
        stream = stub.ReadFeed(feed_pb2.ReadFeedRequest(), metadata=metadata, timeout=HUNG)
        try:
            return next(stream)
        finally:
            stream.cancel()


def test_a_service_with_its_own_certificate_and_a_token_for_this_one_reads_the_feed(panel: Panel) -> None:
    panel.station.publish("sg-one", 2)
    assert len(read_feed(panel, panel.files("rules"), panel.token("rules")).events) == 2


def test_a_person_is_known_by_their_token_over_any_certificate_of_ours(panel: Panel) -> None:
    with open_channel(panel.station.address, panel.files("gateway"), "evidence") as channel:
        answer = status_pb2_grpc.StatusServiceStub(channel).GetStatus(
            status_pb2.GetStatusRequest(), metadata=panel.station.world.metadata("operator"), timeout=HUNG
        )
    assert answer.figures["events_accepted"] >= 0


TAKEN: dict[str, Callable[[Panel], tuple[TlsFiles | None, Any]]] = {
    "a token over plain text": lambda panel: (None, panel.token("rules")),
    "a token over a certificate of another authority": lambda panel: (
        panel.files("rules", by=panel.stranger),
        panel.token("rules"),
    ),
    "a token of another service over one's own certificate": lambda panel: (
        panel.files("scheduling"),
        panel.token("rules"),
    ),
    "a token that was sent to another service": lambda panel: (
        panel.files("rules"),
        panel.token("rules", "scheduling"),
    ),
    "a token for all services": lambda panel: (
        panel.files("rules"),
        panel.station.world.metadata("service:rules"),
    ),
}


def test_a_token_that_somebody_got_hold_of_opens_no_feed(panel: Panel) -> None:
    opened = []
    for kind, made in TAKEN.items():
        tls, metadata = made(panel)
        answer = refused(lambda tls=tls, metadata=metadata: read_feed(panel, tls, metadata))  # type: ignore[misc]
        if answer.code not in ("UNAUTHENTICATED", "UNAVAILABLE"):
            opened.append(kind)
    attempted("A service's token in other hands", len(TAKEN), opened)


@pytest.mark.parametrize("pretence", ["of another authority", "of another service"])
def test_a_false_service_at_the_address_of_another_gets_no_token(panel: Panel, tmp_path: Path, pretence: str) -> None:
    came: list[Any] = []

    class Pretender(feed_pb2_grpc.FeedServiceServicer):
        def ReadFeed(self, request: Any, context: Any) -> Any:  # noqa: N802  gRPC gives the name
            came.append(context.invocation_metadata())
            yield feed_pb2.FeedBatch()

    of_a_stranger = pretence == "of another authority"
    false = panel.files("evidence", by=panel.stranger) if of_a_stranger else panel.files("scheduling")
    server = grpc.server(ThreadPoolExecutor(2))
    feed_pb2_grpc.add_FeedServiceServicer_to_server(Pretender(), server)
    port = server.add_secure_port("127.0.0.1:0", false.of_server())
    server.start()
    database = new_database(tmp_path / "reader.db")
    token = ServiceToken(panel.station.world.folder / "rules.key", "rules", now, panel.files("rules"))
    consumer = FeedConsumer("rules", an_inbox(database, Applied()), f"127.0.0.1:{port}", token)
    consumer.start()
    try:
        with pytest.raises(AssertionError):
            until(lambda: bool(came) or consumer.connected, 1)
    finally:
        consumer.stop()
        server.stop(None).wait()
        database.close()
    assert came == []


def test_a_new_certificate_needs_no_restart(panel: Panel, tmp_path: Path) -> None:
    """Both ends read their files again: the authority is changed under them, in two steps as operators do it."""
    database, reaction = new_database(tmp_path / "reader.db"), Applied()
    own = panel.files("rules")
    token = ServiceToken(panel.station.world.folder / "rules.key", "rules", now, own)
    consumer = FeedConsumer("rules", an_inbox(database, reaction), panel.station.address, token)
    consumer.start()
    try:
        until(lambda: consumer.connected, HUNG)
        later = Authority(tmp_path, "later")
        both = panel.authority.file.read_bytes() + later.file.read_bytes()
        for trusted in {own.authority, panel.evidence.authority}:
            trusted.write_bytes(both)
        for name, files in (("evidence", panel.evidence), ("rules", own)):
            issued = later.issue(name)
            files.key.write_bytes(issued.key.read_bytes())
            files.certificate.write_bytes(issued.certificate.read_bytes())
        again = TlsFiles(own.certificate, own.key, later.file)
        # This caller trusts the new authority alone.
        until(lambda: read_feed(panel, again, panel.token("rules")) is not None, HUNG)
        panel.station.publish("sg-two", 1)
        consumer._stream.cancel()
        until(lambda: consumer.connected, HUNG)
    finally:
        consumer.stop()
        database.close()
