"""The rules service over a database that somebody changed, and an operator who answers for what stands in it (A3)."""

import json
from pathlib import Path
from typing import Any

import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from psmf.platform.v1 import status_pb2, status_pb2_grpc
from psmf.rules.v1 import revisions_pb2 as pb
from psmf.rules.v1 import rules_pb2

from services.platform.calls.identity import new_key
from services.platform.storage.database import Database, execute
from services.rules.compose import sign_activations
from tests.rules.rulebook.test_rulebook_revisions import refused
from tests.rules.workbench import Workbench, a_workbench, changed
from tests.world import World

CHANGED = "Activation 2 is not as it was signed. Changed: the person."


def health(bench: Workbench, name: str) -> str:
    stub: Any = health_pb2_grpc.HealthStub(bench.channel)
    answer = stub.Check(health_pb2.HealthCheckRequest(service=name))
    return health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)


def test_a_changed_database_stops_the_rules_and_says_why_until_an_operator_answers_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World(tmp_path)
    with a_workbench(tmp_path, world) as bench:
        draft = bench.submit(changed("Looked at again"))
        bench.approve(draft.name)
        bench.activate(draft.name)
        looked = bench.verify()
        assert (list(looked.faults), looked.signed, looked.activations) == ([], True, 2)
        assert (looked.in_force.revision, list(looked.approvers)) == (draft.name, ["approver"])
        assert looked.in_force.kind == pb.RulebookActivation.KIND_ACTIVATION
    database = Database(bench.settings.database_url)
    database.write(lambda tx: execute(tx, "UPDATE rulebook_activation SET person = 'x' WHERE number = 2") and None)
    database.close()

    with a_workbench(tmp_path, world) as bench:
        looked = bench.verify()
        assert looked.faults[0] == CHANGED
        assert not looked.HasField("in_force")
        info = refused(bench.rulebook.GetRulebook, rules_pb2.GetRulebookRequest(), **bench.as_("official"))
        assert info.reason == "RULEBOOK_NOT_TRUSTED"
        assert refused(bench.activate, draft.name).reason == "RULEBOOK_NOT_TRUSTED"
        assert [health(bench, name) for name in ("", "ready")] == ["SERVING", "NOT_SERVING"]
        status = status_pb2_grpc.StatusServiceStub(bench.channel).GetStatus(
            status_pb2.GetStatusRequest(), **bench.as_("operator")
        )
        assert (status.facts["rulebook"], status.facts["rulebook_untrusted"]) == ("", CHANGED)
        assert status.figures["rulebook_untrusted"] == 1

    # A new key comes, and the old one is lost with what it signed.
    key = new_key("approvals-2027").as_dict(private=True)
    Path(bench.settings.approval_key_file or "").write_text(json.dumps(key))
    for name, value in bench.settings.model_dump(mode="json").items():
        if value not in (None, ""):
            monkeypatch.setenv(f"PSMF_{name.upper()}", str(value))
    sign_activations()
    said = capsys.readouterr().out
    assert "Signed although: Activation 1 bears no signature of this service." in said
    assert f"In force: rulebook {draft.name.removeprefix('rulebookRevisions/')}, put there by x." in said
    with a_workbench(tmp_path, world) as bench:
        assert bench.in_force() == draft.name
        assert list(bench.verify().faults) == []
