"""Every word of the contract of plans is made by the public methods, or by weeks that pass."""

from types import SimpleNamespace
from typing import Any

from google.protobuf.message import Message
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.evidence.v1 import development_plans_pb2_grpc, events_pb2, evidence_pb2
from psmf.evidence.v1 import safeguarder_pb2 as register

from services.platform.storage.database import Database
from tests.builders import a_request_id, an_appointment, days_ago
from tests.databases import address, read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.plans.desk import MANAGER, PERSON, TEAM, Desk
from tests.evidence.steps import appoint
from tests.operations.every_word_of_a_plan import WORDS, Plan, make_every_word_of_a_plan, weeks_pass
from tests.operations.new_words.made import words_in


class Office:
    """Calls of the evidence service, and what was seen of them."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.client = SimpleNamespace(plans=development_plans_pb2_grpc.DevelopmentPlanServiceStub(evidence.channel))
        self.answers: list[Message] = []

    def does(self, person: str, method: Any, request: Any) -> Any:
        if "request_id" in request.DESCRIPTOR.fields_by_name:
            request.request_id = a_request_id()
        answer = method(request, **self.evidence.as_(person))
        self.answers.append(answer)
        return answer


def test_every_word_of_a_plan_can_be_made_and_no_event_has_a_text(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")
    office = Office(evidence)
    plan = Plan(office, "sg-one", MANAGER, Desk(evidence).follow_concern("c-1"))
    plan.person = PERSON
    make_every_word_of_a_plan(plan)
    database = Database(str(address(evidence.file)))
    database.write(lambda tx: weeks_pass(tx, "sg-one"))
    database.close()
    plan.reads()
    ended = register.RecordMinisterialDecisionRequest.KIND_ENDED
    resigned = an_appointment("sg-one", days_ago(1), kind=ended, end_reason=register.END_REASON_RESIGNED)
    evidence.people.RecordMinisterialDecision(resigned, **evidence.as_("recorder"))
    plan.does(TEAM, "ListPlanHistory", parent=plan.parent)
    enums = [
        *pb.DESCRIPTOR.enum_types_by_name.values(),
        *(enum for message in pb.DESCRIPTOR.message_types_by_name.values() for enum in message.enum_types),
    ]
    every = {f"{enum.full_name}.{value.name}" for enum in enums for value in enum.values if value.number}
    of_ministers = {"psmf.evidence.v1.Raiser.RAISER_PANEL_TEAM"}
    """Made by a decision with conditions. `tests/between/recommendations` sees it."""
    assert every - {word for message in office.answers for word in words_in(message)} == of_ministers
    rows = read_rows(evidence.file, "SELECT type, data FROM outbox")
    sent = (
        events_pb2.ActionChanged,
        events_pb2.SupportChanged,
        events_pb2.DevelopmentPlanChanged,
        events_pb2.ViewChanged,
        events_pb2.ActionReviewHeld,
    )
    kinds = {kind.DESCRIPTOR.full_name for kind in sent}
    assert kinds <= {kind for kind, _ in rows}
    facts = [
        getattr(events_pb2, kind.rpartition(".")[2]).FromString(bytes(data)).fact
        for kind, data in rows
        if "Evidence" in kind.rpartition(".")[2]
    ]
    only = {evidence_pb2.EVIDENCE_KIND_ACTION_OUTCOME}
    assert {fact.kind for fact in facts} == only, "nothing else that is said in a plan is evidence about anybody"
    standings = {fact.action_outcome.supports_standing for fact in facts}
    assert standings == {number for number in evidence_pb2.SupportsStanding.values() if number}
    versions: dict[str, list[tuple[int, bool]]] = {}
    for part_id, version, newest in read_rows(evidence.file, "SELECT part_id, version, is_newest FROM plan_part"):
        versions.setdefault(part_id, []).append((version, bool(newest)))
    for kept in versions.values():
        assert sorted(kept) == [(version, version == len(kept)) for version in range(1, len(kept) + 1)]
    assert [kind for kind, data in rows if WORDS.encode() in bytes(data)] == []
