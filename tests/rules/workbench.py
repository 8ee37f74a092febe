"""The rules service where new rule files wait for approval, and the calls people make there."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import grpc
from psmf.evidence.v1 import events_pb2 as evidence_events
from psmf.platform.v1 import timeline_pb2_grpc
from psmf.rules.v1 import revisions_pb2 as pb
from psmf.rules.v1 import revisions_pb2_grpc, rules_pb2, rules_pb2_grpc, simulations_pb2_grpc

from services.platform.calls.identity import new_key
from services.platform.calls.wire import to_date
from services.rules.compose import HERE, compose
from services.rules.settings import Settings
from tests.builders import a_request_id, days_ago
from tests.engines import shared_engine
from tests.rules.conftest import settings as rules_settings
from tests.world import Publisher, World, publishers, running


@dataclass
class Workbench:
    """The service where new rule files wait for approval."""

    world: World
    settings: Settings
    stub: revisions_pb2_grpc.RulebookRevisionServiceStub
    rulebook: rules_pb2_grpc.RulebookServiceStub
    concerns: rules_pb2_grpc.ConcernServiceStub
    simulations: simulations_pb2_grpc.SimulationServiceStub
    timeline: timeline_pb2_grpc.TimelineServiceStub
    others: dict[str, Publisher]
    channel: grpc.Channel

    def as_(self, person: str) -> Any:
        return {"metadata": self.world.metadata(person)}

    def submit(self, files: dict[str, str], person: str = "editor", **changes: Any) -> pb.RulebookRevision:
        request = pb.CreateRulebookRevisionRequest(files=files, reason="Board minute 14", **changes)
        return self.stub.CreateRulebookRevision(request, **self.as_(person))

    def approve(self, name: str, person: str = "approver", **changes: Any) -> pb.RulebookRevision:
        request = pb.ApproveRulebookRevisionRequest(name=name, reason="Read and tried", **changes)
        return self.stub.ApproveRulebookRevision(request, **self.as_(person))

    def activate(self, name: str, **changes: Any) -> pb.RulebookRevision:
        request = pb.ActivateRulebookRevisionRequest(name=name, request_id=a_request_id(), **changes)
        return self.stub.ActivateRulebookRevision(request, **self.as_("approver"))

    def roll_back(self, **changes: Any) -> pb.RulebookRevision:
        request = pb.RollbackRulebookRequest(reason="Too many raised", **changes)
        return self.stub.RollbackRulebook(request, **self.as_("approver"))

    def revision(self, name: str) -> pb.RulebookRevision:
        request = pb.GetRulebookRevisionRequest(name=name)
        return self.stub.GetRulebookRevision(request, **self.as_("approver"))

    def plan(self) -> pb.RulebookPlan:
        return self.stub.GetRulebookPlan(pb.GetRulebookPlanRequest(), **self.as_("official"))

    def verify(self) -> pb.VerifyRulebookActivationsResponse:
        request = pb.VerifyRulebookActivationsRequest()
        return self.stub.VerifyRulebookActivations(request, **self.as_("approver"))

    def in_force(self) -> str:
        answer = self.rulebook.GetRulebook(rules_pb2.GetRulebookRequest(), **self.as_("official"))
        return f"rulebookRevisions/{answer.hash}"


def shipped() -> dict[str, str]:
    folder = HERE / "rulebook"
    return {file.relative_to(folder).as_posix(): file.read_text() for file in sorted(folder.rglob("*.yaml"))}


def changed(why: str) -> dict[str, str]:
    """The shipped rulebook with another reason for its first parameter."""
    files = shipped()
    return files | {"parameters.yaml": files["parameters.yaml"].replace("why: ", f"why: {why}. ", 1)}


@contextmanager
def a_workbench(folder: Path, world: World | None = None, **changes: Any) -> Iterator[Workbench]:
    world = world or World(folder)
    key = folder / "approvals.key"
    if not key.exists():
        key.write_text(json.dumps(new_key("approvals").as_dict(private=True)))
    rulebook = folder / "rulebook"
    if not rulebook.exists():
        shutil.copytree(HERE / "rulebook", rulebook)
    with publishers(world, "evidence", "scheduling", "notifications") as others:
        fields = rules_settings(world, rulebook, others).model_dump()
        settings = Settings(**fields | {"approval_key_file": key, "rulebook_needs_approval": True} | changes)
        with running(compose(settings, engine=shared_engine())) as channel:
            yield Workbench(
                world,
                settings,
                revisions_pb2_grpc.RulebookRevisionServiceStub(channel),
                rules_pb2_grpc.RulebookServiceStub(channel),
                rules_pb2_grpc.ConcernServiceStub(channel),
                simulations_pb2_grpc.SimulationServiceStub(channel),
                timeline_pb2_grpc.TimelineServiceStub(channel),
                others,
                channel,
            )


def appoint(bench: Workbench) -> None:
    """Ministers appointed sg-one sixty days ago, and manager-one supports them."""
    on = days_ago(60)
    appointed = evidence_events.SafeguarderAppointed(
        safeguarder_id="sg-one",
        term=1,
        start_date=to_date(on),
        appointed_date=to_date(on),
        end_date=to_date(on + timedelta(days=1094)),
        areas=["fife"],
        demo=True,
    )
    bench.others["evidence"].publish("sg-one", appointed)


def evaluated(bench: Workbench) -> rules_pb2.Evaluation:
    """An evaluation of sg-one, now."""
    request = rules_pb2.EvaluateSafeguarderRequest(name="safeguarders/sg-one")
    return bench.concerns.EvaluateSafeguarder(request, **bench.as_("panel-team"))


def answers(bench: Workbench) -> bool:
    """Whether the rules service knows sg-one by now."""
    try:
        return bool(evaluated(bench).answers)
    except grpc.RpcError:
        return False


def outcome(bench: Workbench) -> str:
    """The outcome of one call: `agreed`, or what went wrong."""
    try:
        return "agreed" if evaluated(bench).engines_agree else "disagreed"
    except grpc.RpcError as problem:
        return repr(problem)
