"""The running rules service. Publishers stand in for the evidence and scheduling services."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import rules_pb2 as pb
from psmf.rules.v1 import rules_pb2_grpc
from psmf.scheduling.v1 import events_pb2 as scheduling_events

from services.platform.calls.wire import to_date, to_instant
from services.platform.clock import SystemClock
from services.rules.compose import HERE, compose
from services.rules.settings import Settings
from tests.builders import a_mapping, a_request_id, days_ago
from tests.engines import shared_engine
from tests.waiting import until
from tests.world import Publisher, World, publishers, running

NOBODY = "127.0.0.1:9"
"""An address at which nothing listens."""


@dataclass
class Rules:
    """Everything a test of the service needs."""

    world: World
    folder: Path
    concerns: rules_pb2_grpc.ConcernServiceStub
    rulebook: rules_pb2_grpc.RulebookServiceStub
    standards: rules_pb2_grpc.StandardsServiceStub
    evidence: Publisher
    scheduling: Publisher
    channel: Any

    def as_(self, person: str) -> dict[str, Any]:
        """Return the keyword arguments that make a call as `person`."""
        return {"metadata": self.world.metadata(person)}

    def appoint(self, safeguarder_id: str, days: int = 60) -> None:
        """Publish that Ministers appointed a person some days ago."""
        on = days_ago(days)
        self.evidence.publish(
            safeguarder_id,
            evidence_events.SafeguarderAppointed(
                safeguarder_id=safeguarder_id,
                term=1,
                start_date=to_date(on),
                appointed_date=to_date(on),
                end_date=to_date(on + timedelta(days=1094)),
                areas=["fife"],
                demo=True,
            ),
        )
        self.scheduling.publish(
            safeguarder_id,
            scheduling_events.SupportManagerAllocated(safeguarder_id=safeguarder_id, support_manager="manager-one"),
        )
        until(lambda: self._is_allocated(safeguarder_id))  # events of two sources: each arrives in its own time

    def _is_allocated(self, safeguarder_id: str) -> bool:
        request = pb.ListConcernsRequest(parent=f"safeguarders/{safeguarder_id}")
        try:
            self.concerns.ListConcerns(request, **self.as_("manager-one"))
        except grpc.RpcError:
            return False
        return True

    def record(self, safeguarder_id: str, *facts: evidence_events.EvidenceFact) -> None:
        """Publish that the evidence service recorded these items."""
        self.evidence.publish(safeguarder_id, *(evidence_events.EvidenceItemRecorded(fact=fact) for fact in facts))

    def open_concerns(self, safeguarder_id: str, person: str = "panel-team", **filters: Any) -> list[pb.Concern]:
        """Return the open concerns about a person."""
        request = pb.ListConcernsRequest(parent=f"safeguarders/{safeguarder_id}", **filters)
        return list(self.concerns.ListConcerns(request, **self.as_(person)).concerns)

    def raised(self, safeguarder_id: str, rule: str) -> pb.Concern:
        """Wait for the open concern of a rule."""
        return until(lambda: next((c for c in self.open_concerns(safeguarder_id) if c.rule == rule), None))  # type: ignore[return-value]


def a_fact(safeguarder_id: str, evidence_id: str, **changes: Any) -> evidence_events.EvidenceFact:
    """Return a safety item on confidentiality from a local authority, ten days old, that counts at once."""
    fields: dict[str, Any] = {
        "evidence_id": f"{safeguarder_id}-{evidence_id}",
        "safeguarder_id": safeguarder_id,
        "version": 1,
        "record_time": to_instant(SystemClock().now()),
        "kind": evidence_pb2.EVIDENCE_KIND_FEEDBACK,
        "source": evidence_pb2.EVIDENCE_SOURCE_LOCAL_AUTHORITY,
        "aspect": evidence_pb2.ASPECT_PRACTICE,
        "setting": evidence_pb2.SETTING_APPOINTMENT,
        "evidence_class": evidence_pb2.EVIDENCE_CLASS_SAFETY,
        "happened_date": to_date(days_ago(10)),
        "received_date": to_date(days_ago(9)),
        "countable_date": to_date(days_ago(9)),
        "state": evidence_pb2.ITEM_STATE_CURRENT,
        "mappings": [a_mapping("S5.1")],
    } | changes
    return evidence_events.EvidenceFact(**fields)


@pytest.fixture(scope="module")
def rules(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rules]:
    """The service on a copy of the shipped rulebook."""
    world = World(tmp_path_factory.mktemp("rules"))
    folder = world.folder / "rulebook"
    shutil.copytree(HERE / "rulebook", folder)
    with publishers(world, "evidence", "scheduling", "notifications") as others:
        process = compose(settings(world, folder, others), engine=shared_engine())
        with running(process) as channel:
            yield Rules(
                world,
                folder,
                rules_pb2_grpc.ConcernServiceStub(channel),
                rules_pb2_grpc.RulebookServiceStub(channel),
                rules_pb2_grpc.StandardsServiceStub(channel),
                others["evidence"],
                others["scheduling"],
                channel,
            )


def settings(world: World, folder: Path, others: dict[str, Publisher]) -> Settings:
    """Return the settings of the service in a test."""
    return Settings(
        **world.settings("rules"),
        rulebook=folder,
        rulebook_needs_approval=False,
        evidence_address=others["evidence"].address,
        scheduling_address=others["scheduling"].address,
        notifications_address=others["notifications"].address if "notifications" in others else NOBODY,
    )


def an_acknowledgement(concern: pb.Concern, **changes: Any) -> pb.AcknowledgeConcernRequest:
    """Return a request by which a named person acknowledges a concern, with today as the next date."""
    fields: dict[str, Any] = {"next_date": to_date(SystemClock().today())} | changes
    return pb.AcknowledgeConcernRequest(name=concern.name, request_id=a_request_id(), **fields)
