"""An office for step-by-step tests, and the notifications service as it runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from psmf.notifications.v1 import notifications_pb2 as pb
from psmf.notifications.v1 import notifications_pb2_grpc
from psmf.platform.v1 import status_pb2, status_pb2_grpc

from services.notifications.compose import compose
from services.platform.calls.client import refusal_of
from services.platform.events.outbox import head_position
from services.refusals import Refusal
from tests.notifications.mail_server import MailServer, a_mail_server
from tests.notifications.office import Office, an_office, settings_of
from tests.waiting import until
from tests.world import Publisher, World, publishers, running


@pytest.fixture
def office(tmp_path: Path, database_kind: str) -> Iterator[Office]:
    with an_office(tmp_path) as made:
        yield made


@dataclass
class Service:
    """The running service, the feeds it listens to, and its mail server."""

    world: World
    channel: grpc.Channel
    alerts: notifications_pb2_grpc.AlertServiceStub
    sent: notifications_pb2_grpc.NotificationServiceStub
    feeds: dict[str, Publisher]
    mail: MailServer

    def as_(self, person: str) -> dict[str, Any]:
        """Keyword arguments that make a call `person`'s."""
        return {"metadata": self.world.metadata(person)}

    def receive(self, *messages: Message) -> None:
        """Publish messages, and wait until the service has applied them."""
        for message in messages:
            source = message.DESCRIPTOR.file.package.split(".")[1]
            key = getattr(message, "safeguarder_id", "") or message.concern.safeguarder_id  # type: ignore[attr-defined]
            self.feeds[source].publish(key, message)
            until(self._has_heard_everything)

    def _has_heard_everything(self) -> bool:
        positions = {source.source: source.position for source in self.status().sources}
        return all(positions[name] == head(feed) for name, feed in self.feeds.items())

    def status(self) -> status_pb2.Status:
        """The status of the service."""
        stub = status_pb2_grpc.StatusServiceStub(self.channel)
        answer: status_pb2.Status = stub.GetStatus(status_pb2.GetStatusRequest(), **self.as_("operator"))
        return answer

    def list_alerts(self, person: str, parent: str = "safeguarders/-", **fields: Any) -> list[pb.Alert]:
        """The alerts a person sees."""
        request = pb.ListAlertsRequest(parent=parent, **fields)
        return list(self.alerts.ListAlerts(request, **self.as_(person)).alerts)

    def refused(self, call: Any, request: Message, person: str) -> Refusal:
        """How a call is refused."""
        with pytest.raises(grpc.RpcError) as refused:
            call(request, **self.as_(person))
        return refusal_of(refused.value)


def head(feed: Publisher) -> int:
    """Position of the newest event of a feed."""
    with feed.database.read() as connection:
        return head_position(connection)


@pytest.fixture
def service(database_kind: str, tmp_path: Path) -> Iterator[Service]:
    world = World(tmp_path)
    with publishers(world, "evidence", "rules", "scheduling") as feeds, a_mail_server() as mail:
        settings = settings_of(
            world,
            evidence_address=feeds["evidence"].address,
            rules_address=feeds["rules"].address,
            scheduling_address=feeds["scheduling"].address,
            smtp_address=mail.address,
            email_in_office_hours=False,
            group_seconds=0.05,
            retry_seconds=0.1,
        )
        with running(compose(settings)) as channel:
            alerts = notifications_pb2_grpc.AlertServiceStub(channel)
            sent = notifications_pb2_grpc.NotificationServiceStub(channel)
            yield Service(world, channel, alerts, sent, feeds, mail)
