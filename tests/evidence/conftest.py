"""The evidence service as it runs, with an edition of the standards published to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2_grpc, safeguarder_pb2_grpc
from psmf.rules.v1 import events_pb2 as rules_events
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.evidence.compose import compose
from services.evidence.settings import Settings
from services.platform.calls.wire import to_date
from tests.builders import DAY_OF_EDITION
from tests.databases import read_rows
from tests.waiting import until
from tests.world import Publisher, World, publishers, running


@dataclass
class Evidence:
    """Everything a test of the service needs."""

    world: World
    people: safeguarder_pb2_grpc.SafeguarderServiceStub
    items: evidence_pb2_grpc.EvidenceServiceStub
    rules: Publisher
    scheduling: Publisher
    channel: Any
    file: Path

    def as_(self, person: str) -> dict[str, Any]:
        """Keyword arguments that make a call `person`'s."""
        return {"metadata": self.world.metadata(person)}


@pytest.fixture(scope="module")
def evidence(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evidence]:
    world = World(tmp_path_factory.mktemp("evidence"))
    with publishers(world, "rules", "scheduling") as others:
        settings = Settings(
            **world.settings("evidence"),
            rules_address=others["rules"].address,
            scheduling_address=others["scheduling"].address,
        )
        others["rules"].publish(
            "2015-07",
            rules_events.StandardsEditionPublished(
                edition="2015-07",
                effective_date=to_date(DAY_OF_EDITION),
                standards=[
                    rules_events.StandardIndicators(standard="S4", indicators=["S4.1", "S4.2"]),
                    rules_events.StandardIndicators(standard="S5", indicators=["S5.1"]),
                ],
            ),
        )
        others["scheduling"].publish(
            "sg-one",
            scheduling_events.SupportManagerAllocated(safeguarder_id="sg-one", support_manager="manager-one"),
        )
        process = compose(settings)
        with running(process) as channel:
            until(lambda: _heard(world.folder / "evidence.db"))
            yield Evidence(
                world,
                safeguarder_pb2_grpc.SafeguarderServiceStub(channel),
                evidence_pb2_grpc.EvidenceServiceStub(channel),
                others["rules"],
                others["scheduling"],
                channel,
                world.folder / "evidence.db",
            )


def _heard(file: Path) -> bool:
    return all(read_rows(file, f"SELECT 1 FROM {table}") for table in ("standards_edition", "relation"))  # noqa: S608
