"""The scheduling service as it runs, with people appointed through the feed it listens to.

One session lies in the past: its schedule was made four months ago by the handlers that the service itself uses.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.platform.v1 import status_pb2, status_pb2_grpc
from psmf.scheduling.v1 import duties_pb2_grpc, scheduling_pb2_grpc
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.platform.clock import SystemClock
from services.scheduling.compose import compose
from services.scheduling.handlers.react_to_membership import add_term
from services.scheduling.settings import Settings
from services.scheduling.wire import messages as wire
from tests.scheduling.office import Office, Team
from tests.scheduling.received import appointed
from tests.waiting import until
from tests.world import Publisher, World, publishers, running

TODAY = SystemClock().today()
RECENTLY = TODAY - timedelta(days=20)
LONG_BEFORE = timedelta(days=120)


@dataclass
class Scheduling:
    """Everything a test of the service needs."""

    world: World
    allocations: scheduling_pb2_grpc.AllocationServiceStub
    obligations: scheduling_pb2_grpc.ObligationServiceStub
    duties: duties_pb2_grpc.DutyServiceStub
    sessions: scheduling_pb2_grpc.SupportSessionServiceStub
    status: status_pb2_grpc.StatusServiceStub
    evidence: Publisher
    rules: Publisher
    channel: grpc.Channel

    def as_(self, person: str) -> dict[str, Any]:
        """Keyword arguments that make a call `person`'s."""
        return {"metadata": self.world.metadata(person)}

    def receive(self, publisher: Publisher, key: str, *messages: Any) -> None:
        """Publish for the service, and wait until it has applied all of it."""
        publisher.publish(key, *messages)
        with publisher.database.read() as connection:
            head = connection.exec_driver_sql("SELECT MAX(position) FROM outbox").scalar_one()
        until(lambda: any(source.position >= head for source in self._sources(publisher)))

    def appoint(self, safeguarder_id: str, *areas: str) -> None:
        """Have someone appointed, recently, in areas of the east unless said otherwise."""
        self.receive(self.evidence, safeguarder_id, appointed(safeguarder_id, RECENTLY, areas=areas or ("fife",)))

    def listed(self, safeguarder_id: str, upcoming_only: bool = True) -> list[pb.SupportSession]:
        """The Team's list of a person's sessions."""
        request = pb.ListSupportSessionsRequest(parent=f"safeguarders/{safeguarder_id}", upcoming_only=upcoming_only)
        return list(self.sessions.ListSupportSessions(request, **self.as_("panel-team")).support_sessions)

    def owed(self, safeguarder_id: str, kind: Any) -> list[pb.Obligation]:
        """The Team's list of what is owed, of one kind."""
        request = pb.ListObligationsRequest(parent=f"safeguarders/{safeguarder_id}")
        answer = self.obligations.ListObligations(request, **self.as_("panel-team"))
        return [obligation for obligation in answer.obligations if obligation.kind == kind]

    def figures(self) -> dict[str, int]:
        """What the service says of itself."""
        return dict(self.status.GetStatus(status_pb2.GetStatusRequest(), **self.as_("operator")).figures)

    def _sources(self, publisher: Publisher) -> list[status_pb2.SourceStatus]:
        answer = self.status.GetStatus(status_pb2.GetStatusRequest(), **self.as_("operator"))
        assert answer.dead == 0
        name = publisher.process.server.service
        return [source for source in answer.sources if source.source == name]


def _four_months_ago(file: Path) -> None:
    """A person appointed four months ago, whose first session has passed."""
    office = Office(file, Team(**{"manager-one": "east"}))
    office.clock.instant = datetime.now(UTC) - LONG_BEFORE
    served = wire.term(appointed("sg-served", TODAY - LONG_BEFORE - timedelta(days=10)))
    office.command(lambda context: add_term(served, ("fife",), context))
    office.close()


@pytest.fixture(scope="module")
def scheduling(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scheduling]:
    world = World(tmp_path_factory.mktemp("scheduling"))
    with publishers(world, "evidence", "rules") as others:
        settings = Settings(
            **world.settings("scheduling"),
            evidence_address=others["evidence"].address,
            rules_address=others["rules"].address,
        )
        process = compose(settings)
        _four_months_ago(world.folder / "scheduling.db")
        with running(process) as channel:
            made = Scheduling(
                world,
                scheduling_pb2_grpc.AllocationServiceStub(channel),
                scheduling_pb2_grpc.ObligationServiceStub(channel),
                duties_pb2_grpc.DutyServiceStub(channel),
                scheduling_pb2_grpc.SupportSessionServiceStub(channel),
                status_pb2_grpc.StatusServiceStub(channel),
                others["evidence"],
                others["rules"],
                channel,
            )
            made.appoint("sg-one")
            made.appoint("sg-two", "glasgow")
            yield made
