"""Steps that several tests of the evidence service share."""

from datetime import date
from typing import Any

from psmf.evidence.v1 import development_plans_pb2, development_plans_pb2_grpc
from psmf.evidence.v1 import evidence_pb2 as pb

from tests.answers import Answer, refused
from tests.builders import a_request_id, an_applicant, an_appointment, an_item_request
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.waiting import HUNG

TABLES = ("safeguarder", "evidence_item", "evidence_version", "evidence_text", "outbox", "request", "inbox")
"""What a call writes to, except the audit log, which also says what was refused."""


def appoint(evidence: Evidence, safeguarder_id: str, on: date | None = None) -> None:
    """Enter a person in the register and record their appointment, a year ago unless said otherwise."""
    evidence.people.CreateSafeguarder(an_applicant(safeguarder_id), **evidence.as_("panel-team"))
    evidence.people.RecordMinisterialDecision(an_appointment(safeguarder_id, on), **evidence.as_("recorder"))


def give_a_reason(evidence: Evidence, safeguarder_id: str = "sg-one") -> None:
    """Have the support manager say why the plan of the term is not final. Its records can then be shared."""
    request = development_plans_pb2.UpdateDevelopmentPlanRequest(
        name=f"safeguarders/{safeguarder_id}/developmentPlan",
        not_final_because="We meet again in January.",
        request_id=a_request_id(),
    )
    stub = development_plans_pb2_grpc.DevelopmentPlanServiceStub(evidence.channel)
    stub.UpdateDevelopmentPlan(request, **evidence.as_("manager-one"))


def record(evidence: Evidence, safeguarder_id: str = "sg-one", person: str = "panel-team", **changes: Any) -> Any:
    """Record an item, as the Team unless said otherwise."""
    return evidence.items.CreateEvidenceItem(an_item_request(safeguarder_id, **changes), **evidence.as_(person))


def loaded(evidence: Evidence, safeguarder_id: str = "sg-one", **changes: Any) -> Any:
    """Load an item of the past, which may say when it was shared and replied to."""
    request = an_item_request(safeguarder_id, **changes)
    request.history = True
    return evidence.items.CreateEvidenceItem(request, **evidence.as_("panel-team"))


def kept(evidence: Evidence) -> dict[str, int]:
    """Rows in every table a call could write to, as another process sees them."""
    every = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in TABLES)  # noqa: S608
    return dict(read_rows(evidence.file, every))


def refused_without_trace(evidence: Evidence, method: Any, request: Any, person: str = "panel-team") -> Answer:
    """Return the refusal of a call, after checking that nothing was written and that the service still answers."""
    before = kept(evidence)
    answer = refused(lambda: method(request, timeout=HUNG, **evidence.as_(person)))
    assert kept(evidence) == before, "a refused call leaves nothing behind"
    assert answer.domain == "evidence.psmf"
    trial = an_item_request("sg-one")
    trial.validate_only = True
    assert evidence.items.CreateEvidenceItem(trial, **evidence.as_("panel-team")).state == pb.ITEM_STATE_CURRENT
    return answer
