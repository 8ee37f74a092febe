"""Access as callers see it: decided first, with the same answer whether or not the record exists (AIP-211)."""

import random
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import personal_file_pb2, reviewers_pb2, safeguarder_pb2, times_away_pb2
from psmf.evidence.v1 import recommendations_pb2 as recommendations
from psmf.evidence.v1 import review_requests_pb2 as reviews
from psmf.evidence.v1 import session_records_pb2 as sessions
from psmf.platform.v1 import audit_pb2, own_file_pb2, timeline_pb2
from psmf.scheduling.v1 import events_pb2

from services.platform.calls.wire import to_date
from tests.access.decisions import decision_requests
from tests.access.overlay_requests import overlay_requests
from tests.access.page_requests import ABOUT_NOBODY, DIRECTORY, page_requests
from tests.access.samples import sample_requests
from tests.access.table import allowed, methods
from tests.answers import Answer, answer_of, refused
from tests.builders import a_mapping, an_applicant, an_appointment, an_item, an_item_request, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, kept, record
from tests.sizes import part_of
from tests.waiting import HUNG, until
from tests.world import PEOPLE

EVIDENCE, REGISTER = "/psmf.evidence.v1.EvidenceService/", "/psmf.evidence.v1.SafeguarderService/"
AWAY = "/psmf.evidence.v1.TimeAwayService/"
PLANS = "/psmf.evidence.v1.DevelopmentPlanService/"
REVIEWS = "/psmf.evidence.v1.ReviewService/"
RECOMMENDATIONS = "/psmf.evidence.v1.RecommendationService/"
OWN = "/psmf.evidence.v1.PersonalFileService/"
SESSIONS = "/psmf.evidence.v1.SessionRecordService/"
OWN_FILE = "/psmf.platform.v1.OwnFileService/"
AUDIT = "/psmf.platform.v1.AuditService/"
TIMELINE = "/psmf.platform.v1.TimelineService/"
STRANGERS = {"stranger": {"role": "unknown"}, "new-applicant": {"role": "applicant"}}
CALLERS = {**PEOPLE, **STRANGERS}
SUBJECTS = ("sg-one", "sg-two", "sg-nobody")


@dataclass
class Files:
    """The service with one item on the file of each of two Safeguarders. sg-one is allocated to manager-one."""

    evidence: Evidence
    items: dict[str, str]

    def name(self, subject: str) -> str:
        return self.items.get(subject, f"safeguarders/{subject}/evidenceItems/none")


@pytest.fixture(scope="module")
def files(evidence: Evidence) -> Files:
    evidence.world.write_people(CALLERS)
    for subject in ("sg-one", "sg-two"):
        appoint(evidence, subject)
    made = {subject: record(evidence, subject).name for subject in ("sg-one", "sg-two")}
    until(lambda: call(evidence, REGISTER + "GetSafeguarder", b"", "stranger").code != "UNAUTHENTICATED")
    return Files(evidence, made)


def call(evidence: Evidence, path: str, body: bytes, person: str, stream: bool = False) -> Answer:
    """Send bytes as a person. Return an answer without a code if the call was not refused."""
    metadata = evidence.world.metadata(person)
    try:
        if stream:
            evidence.channel.stream_unary(path)(iter([body]), metadata=metadata, timeout=HUNG)
        elif path == OWN_FILE + "ExportMyFile":
            list(evidence.channel.unary_stream(path)(body, metadata=metadata, timeout=HUNG))
        else:
            evidence.channel.unary_unary(path)(body, metadata=metadata, timeout=HUNG)
    except grpc.RpcError as problem:
        return answer_of(problem)
    return Answer("", "", "", "", "", {}, False)


def requests(files: Files, subject: str) -> dict[str, Any]:
    """Return a request for every method, about one person if the method is. Writing requests are trials."""
    name, parent, reason = files.name(subject), f"safeguarders/{subject}", pb.CORRECTION_REASON_DUPLICATE
    item = an_item_request(subject)
    return {
        REGISTER + "CreateSafeguarder": an_applicant("sg-new"),
        REGISTER + "GetSafeguarder": safeguarder_pb2.GetSafeguarderRequest(name=parent),
        REGISTER + "ListSafeguarders": safeguarder_pb2.ListSafeguardersRequest(),
        REGISTER + "BatchGetSafeguarders": safeguarder_pb2.BatchGetSafeguardersRequest(names=[parent]),
        REGISTER + "SearchSafeguarders": safeguarder_pb2.SearchSafeguardersRequest(query=subject),
        **page_requests(parent),
        REGISTER + "SetPanelNumber": safeguarder_pb2.SetPanelNumberRequest(name=parent, panel_number="SP-1"),
        REGISTER + "LookUpSafeguarder": safeguarder_pb2.LookUpSafeguarderRequest(panel_number="SP-1"),
        REGISTER + "RecordMinisterialDecision": an_appointment(subject),
        EVIDENCE + "CreateEvidenceItem": item,
        EVIDENCE + "BatchCreateEvidenceItems": pb.BatchCreateEvidenceItemsRequest(requests=[item]),
        EVIDENCE + "ImportEvidenceItems": pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=1)]),
        EVIDENCE + "GetEvidenceItem": pb.GetEvidenceItemRequest(name=name),
        EVIDENCE + "BatchGetEvidenceItems": pb.BatchGetEvidenceItemsRequest(parent=parent, names=[name]),
        EVIDENCE + "ListEvidenceItems": pb.ListEvidenceItemsRequest(parent=parent),
        EVIDENCE + "ListHeldEvidenceItems": pb.ListHeldEvidenceItemsRequest(),
        EVIDENCE + "ReleaseEvidenceItem": pb.ReleaseEvidenceItemRequest(name=name),
        EVIDENCE + "GetReceipt": pb.GetReceiptRequest(name="receipts/none"),
        EVIDENCE + "MapEvidenceItem": pb.MapEvidenceItemRequest(name=name, mappings=[a_mapping()]),
        EVIDENCE + "ShareEvidenceItem": pb.ShareEvidenceItemRequest(name=name),
        EVIDENCE + "AddReply": pb.AddReplyRequest(name=name, text="I had asked for more time."),
        EVIDENCE + "DecideComplaint": pb.DecideComplaintRequest(name=name, outcome=pb.COMPLAINT_OUTCOME_UPHELD),
        EVIDENCE + "CorrectEvidenceItem": pb.CorrectEvidenceItemRequest(
            name=name, evidence_item=an_item(), reason=reason
        ),
        EVIDENCE + "WithdrawEvidenceItem": pb.WithdrawEvidenceItemRequest(name=name, reason=reason),
        AWAY + "RecordTimeAway": times_away_pb2.RecordTimeAwayRequest(
            parent=parent, kind=times_away_pb2.TIME_AWAY_KIND_LEAVE, start_date=to_date(days_ago(1))
        ),
        AWAY + "ListTimesAway": times_away_pb2.ListTimesAwayRequest(parent=parent),
        **decision_requests(parent),
        **overlay_requests(parent),
        OWN + "GetMyStanding": personal_file_pb2.GetMyStandingRequest(name=f"{parent}/standing"),
        OWN + "GetHandover": personal_file_pb2.GetHandoverRequest(name=f"{parent}/handover"),
        OWN + "ListWaitingForMe": personal_file_pb2.ListWaitingForMeRequest(parent=parent),
        OWN_FILE + "ListReads": own_file_pb2.ListReadsRequest(parent=parent),
        OWN_FILE + "ExportMyFile": own_file_pb2.ExportMyFileRequest(name=f"{parent}/file"),
        AUDIT + "ListAuditEntries": audit_pb2.ListAuditEntriesRequest(parent=parent),
        TIMELINE + "ListTimelineEntries": timeline_pb2.ListTimelineEntriesRequest(parent=parent),
        **session_requests(parent),
        **plan_requests(parent),
        **review_requests(parent),
        **recommendation_requests(parent),
        **sample_requests(parent),
    }


def recommendation_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method about a recommendation."""
    name, kinds = f"{parent}/recommendations/none", recommendations.Recommendation
    text = recommendations.RecommendationText(outcome=kinds.OUTCOME_RECOMMEND)
    asked = [
        recommendations.GetReadinessRequest(parent=parent),
        recommendations.CreateRecommendationRequest(parent=parent, kind=kinds.PURPOSE_REAPPOINTMENT, text=text),
        recommendations.UpdateRecommendationRequest(name=name, text=text, etag="1"),
        recommendations.CheckRecommendationRequest(name=name, etag="1"),
        recommendations.ShareRecommendationRequest(name=name, etag="1"),
        recommendations.AddRepresentationRequest(name=name, nothing_more=True, etag="1"),
        recommendations.ApproveRecommendationRequest(name=name, etag="1"),
        recommendations.SubmitRecommendationRequest(name=name, etag="1"),
        recommendations.WithdrawRecommendationRequest(name=name, because="It is not the time.", etag="1"),
        recommendations.GetRecommendationPackRequest(name=name),
    ]
    return {RECOMMENDATIONS + type(request).__name__.removesuffix("Request"): request for request in asked}


def session_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method about the papers and the record of a session."""
    session, words = f"{parent}/supportSessions/none", sessions.RecordContent(child_interest="Each child was met.")
    record = f"{session}/record"
    asked = [
        sessions.GetSessionPackRequest(name=f"{session}/pack"),
        sessions.AddOwnItemRequest(parent=session, words="How to word a plan"),
        sessions.OfferLateItemRequest(parent=session, item=f"{parent}/evidenceItems/none"),
        sessions.AdmitLateItemRequest(parent=session, item=f"{parent}/evidenceItems/none", version=1),
        sessions.GetSessionRecordRequest(name=record),
        sessions.ListSessionRecordsRequest(parent=parent),
        sessions.CreateSessionRecordRequest(parent=session),
        sessions.UpdateSessionRecordRequest(name=record, content=words, etag="1"),
        sessions.ShareSessionRecordRequest(name=record, etag="1"),
        sessions.AnswerSessionRecordRequest(name=record, edition=1),
        sessions.CloseSessionRecordRequest(name=record, etag="1"),
        sessions.CorrectSessionRecordRequest(name=record, content=words, reason="We met again.", etag="1"),
        sessions.WithdrawSessionRecordRequest(name=record, reason="It did not take place."),
    ]
    return {SESSIONS + type(request).__name__.removesuffix("Request"): request for request in asked}


def plan_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method about a development plan."""
    need, action, support, review = (
        f"{parent}/{part}/none" for part in ("needs", "actions", "supports", "actionReviews")
    )
    day, words, kinds = to_date(days_ago(-60)), "More time with each child", plans.Action
    reviewed = [plans.ActionReview.ReviewedAction(action=action, outcome=kinds.STATE_MET, etag="1")]
    held: dict[str, Any] = {
        "actions": reviewed, "follows": [plans.ActionReview.FOLLOWS_CLOSE], "held_date": to_date(days_ago(1)),
        "words": words,
    }  # fmt: skip
    answers, approach = plans.AnswerSupportRequest, changes.ApproachChange
    asked = [
        plans.GetDevelopmentPlanRequest(name=f"{parent}/developmentPlan"),
        plans.GetSupportFiguresRequest(),
        plans.UpdateDevelopmentPlanRequest(name=f"{parent}/developmentPlan", not_final_because=words),
        plans.ConfirmDevelopmentPlanRequest(name=f"{parent}/developmentPlan", etag="1"),
        plans.ListPlanHistoryRequest(parent=parent),
        plans.CreateStrengthRequest(parent=parent, standard="S4", words=words),
        plans.CreateNeedRequest(parent=parent, standard="S4", words=words),
        plans.CloseNeedRequest(name=need, because=words, etag="1", outcome=plans.Need.STATE_MET),
        plans.CreateActionRequest(
            parent=parent, kind=kinds.KIND_REFLECT, purpose=kinds.PURPOSE_IMPROVE, standard="S4", aim=words,
            measure=words, owner=kinds.OWNER_SAFEGUARDER, due_date=day,
        ),
        plans.AnswerActionRequest(name=action, answer=plans.AnswerActionRequest.ANSWER_AGREED, etag="1"),
        plans.SetActionRequest(name=action, because=words, etag="1"),
        plans.ChangeActionDateRequest(name=action, due_date=day, words=words, etag="1"),
        plans.OfferCompletionRequest(name=action, words=words, etag="1"),
        plans.CloseActionRequest(name=action, outcome=kinds.STATE_MET, words=words, etag="1"),
        plans.HoldActionReviewRequest(parent=parent, **held),
        plans.CorrectActionReviewRequest(name=review, because=words, etag="1", **held),
        plans.AnswerActionReviewRequest(name=review, words=words, etag="1"),
        plans.GetActionReviewRequest(name=review),
        plans.ListActionReviewsRequest(parent=parent),
        plans.OfferSupportRequest(
            parent=parent, kind=plans.Support.KIND_MENTORING, supported=[action], discussed_date=to_date(days_ago(1))
        ),
        plans.AnswerSupportRequest(name=support, answer=answers.ANSWER_ACCEPTED, etag="1"),
        plans.PromiseSupportRequest(name=support, promised_date=day, because=words, etag="1"),
        plans.RecordSupportRequest(
            name=support, outcome=plans.Support.STATE_UNAVAILABLE, because=words, etag="1"
        ),
        plans.ConfirmSupportRequest(name=support, received=plans.Support.RECEIVED_YES, etag="1"),
        plans.AskForViewRequest(name=f"{parent}/views/none"),
        plans.GiveViewRequest(name=f"{parent}/views/none", given=plans.GiveViewRequest.GIVEN_WORDS, words=words),
        changes.ChangeApproachRequest(
            parent=parent, concerns=[f"{parent}/concerns/none"], to_approach=approach.APPROACH_CLEAR_ADVICE,
            expectation=words, because=words, how=approach.HOW_CONSOLE, discussed_date=to_date(days_ago(1)),
        ),
        changes.AcknowledgeApproachRequest(name=f"{parent}/approachChanges/none", etag="1"),
        changes.EndApproachRequest(
            name=f"{parent}/approachChanges/none", outcome=approach.STATE_MET, words=words, etag="1"
        ),
    ]  # fmt: skip
    return {PLANS + type(request).__name__.removesuffix("Request"): request for request in asked}


def review_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method about a review that a Safeguarder asks for."""
    name, words, kinds = f"{parent}/reviewRequests/none", "The date is wrong.", reviews.ReviewRequest
    asked = [
        reviews.CreateReviewRequestRequest(
            parent=parent, target=f"{parent}/concerns/none", grounds=[kinds.GROUND_FACT_WRONG], words=words
        ),
        reviews.GetReviewRequestRequest(name=name),
        reviews.ListReviewRequestsRequest(parent=parent),
        reviewers_pb2.ListReviewersRequest(name=name),
        reviews.AcceptReviewRequestRequest(
            name=name, answer=reviews.AcceptReviewRequestRequest.ANSWER_ACCEPTED, etag="1"
        ),
        reviews.AssignReviewRequestRequest(name=name, reviewer="senior-manager", etag="1"),
        reviews.AddStatementRequest(name=name, words=words, etag="1"),
        reviews.DecideReviewRequestRequest(name=name, decision=kinds.DECISION_UPHELD, reasons=words, etag="1"),
        reviews.WithdrawReviewRequestRequest(name=name, etag="1"),
    ]
    return {REVIEWS + type(request).__name__.removesuffix("Request"): request for request in asked}


def relation(person: str, path: str, subject: str) -> str:
    """Return the relation of a person to the subject of a call, in the story of these tests."""
    method = path.rpartition("/")[2]
    if method in ("BatchCreateEvidenceItems", "ImportEvidenceItems"):
        return "any"
    if method in ABOUT_NOBODY or path.startswith(DIRECTORY):
        return "none"
    if CALLERS[person].get("subject") == subject:
        return "own"
    return "allocated" if (person, subject) == ("manager-one", "sg-one") else "none"


def test_the_story_calls_every_method_of_the_service(files: Files) -> None:
    """Of what every service has, this is what is about a person. Each service has the same policies for it."""
    of_the_service = {
        method.rules.path
        for method in methods()
        if method.service == "evidence" or method.rules.path.startswith((OWN_FILE, TIMELINE, AUDIT + "List"))
    }
    assert set(requests(files, "sg-one")) == of_the_service


@pytest.mark.parametrize("person", CALLERS)
def test_each_caller_passes_where_the_table_says_and_nowhere_else(files: Files, person: str) -> None:
    """`make test` tries fifty calls of each caller. What the policies answer to each method is in test_table.py."""
    role = CALLERS[person]["role"]
    every = [(subject, path, request) for subject in SUBJECTS for path, request in requests(files, subject).items()]
    for subject, path, request in random.Random(person).sample(every, part_of(len(every), least=50)):
        if hasattr(request, "validate_only"):
            request.validate_only = True
        may = relation(person, path, subject) in allowed(path.split(".")[1], path.rpartition("/")[2], role)
        stream = path.endswith("ImportEvidenceItems")
        answer = call(files.evidence, path, request.SerializeToString(), person, stream)
        where = f"{person} calling {path} about {subject}: {answer}"
        assert (answer.code == "PERMISSION_DENIED") != may, where
        assert answer.code not in ("UNAUTHENTICATED", "INTERNAL", "UNKNOWN"), where


@pytest.mark.parametrize("person", ["person-two", "manager-two", "partner", "official", "operator", "stranger"])
def test_a_denial_is_the_same_whether_or_not_the_record_exists(files: Files, person: str) -> None:
    there, not_there = requests(files, "sg-one"), requests(files, "sg-nobody")
    for path, request in there.items():
        if path.endswith("ImportEvidenceItems"):
            continue
        answers = [call(files.evidence, path, r.SerializeToString(), person) for r in (request, not_there[path])]
        if answers[0].code == "PERMISSION_DENIED":
            assert answers[0] == answers[1]


def test_permission_is_decided_before_the_request_is_looked_at(files: Files) -> None:
    """A fault in a request must not reveal anything about a record that the caller may not see."""
    for path, request in requests(files, "sg-one").items():
        for field in list(request.DESCRIPTOR.fields_by_name):
            if field not in ("name", "parent"):
                request.ClearField(field)
        stream = path.endswith("ImportEvidenceItems")
        answer = call(files.evidence, path, request.SerializeToString(), "stranger", stream)
        assert (answer.code, answer.reason, answer.field) == ("PERMISSION_DENIED", "NOT_ALLOWED", ""), path


def test_a_denial_leaves_no_trace_but_its_row_in_the_audit_log(files: Files) -> None:
    before = kept(files.evidence)
    for path, request in requests(files, "sg-one").items():
        stream = path.endswith("ImportEvidenceItems")
        assert call(files.evidence, path, request.SerializeToString(), "stranger", stream).code == "PERMISSION_DENIED"
    assert kept(files.evidence) == before


def test_a_safeguarders_token_cannot_read_anothers_file(files: Files) -> None:
    other = files.items["sg-two"]
    evidence = files.evidence
    reads = {
        "GetSafeguarder": (evidence.people, safeguarder_pb2.GetSafeguarderRequest(name="safeguarders/sg-two")),
        "GetEvidenceItem": (evidence.items, pb.GetEvidenceItemRequest(name=other)),
        "ListEvidenceItems": (evidence.items, pb.ListEvidenceItemsRequest(parent="safeguarders/sg-two")),
    }
    for method, (stub, request) in reads.items():
        answer = refused(lambda s=stub, m=method, r=request: getattr(s, m)(r, **evidence.as_("person-one")))  # type: ignore[misc]
        assert answer.code == "PERMISSION_DENIED", method
    for crafted in (other.replace("sg-two", "sg-one"), f"safeguarders/sg-one/{other}", f"safeguarders/-/{other}"):
        request = pb.GetEvidenceItemRequest(name=crafted)
        answer = refused(lambda r=request: evidence.items.GetEvidenceItem(r, **evidence.as_("person-one")))  # type: ignore[misc]
        assert answer.code in ("NOT_FOUND", "PERMISSION_DENIED", "INVALID_ARGUMENT"), crafted
    for across in ("safeguarders/", "safeguarders", "", "-"):
        listing = pb.ListEvidenceItemsRequest(parent=across)
        answer = refused(lambda r=listing: evidence.items.ListEvidenceItems(r, **evidence.as_("person-one")))  # type: ignore[misc]
        assert answer.code == "PERMISSION_DENIED", across


def test_an_item_not_shared_yet_is_as_if_it_were_not_there(files: Files) -> None:
    evidence = files.evidence
    for path, ask in (
        ("GetEvidenceItem", lambda name: pb.GetEvidenceItemRequest(name=name)),
        ("AddReply", lambda name: pb.AddReplyRequest(name=name, text="I had asked for more time.")),
    ):
        there, not_there = (
            call(evidence, EVIDENCE + path, ask(name).SerializeToString(), "person-one")
            for name in (files.items["sg-one"], "safeguarders/sg-one/evidenceItems/none")
        )
        assert there == not_there
        assert there.code == "NOT_FOUND"


def test_a_partner_system_can_only_add_evidence_read_its_receipt_and_look_up_numbers(files: Files) -> None:
    evidence = files.evidence
    sent = record(evidence, person="partner", mappings=None)
    receipt = evidence.items.GetReceipt(pb.GetReceiptRequest(name=sent.receipt), **evidence.as_("partner"))
    assert [field.name for field, _ in receipt.ListFields()] == ["name", "receive_time", "stage"]
    passed = {
        path.rpartition("/")[2]
        for path, request in requests(files, "sg-one").items()
        if call(evidence, path, request.SerializeToString(), "partner", path.endswith("ImportEvidenceItems")).code
        != "PERMISSION_DENIED"
    }
    adding = {"CreateEvidenceItem", "BatchCreateEvidenceItems", "ImportEvidenceItems"}
    assert passed == adding | {"GetReceipt", "LookUpSafeguarder"}


def test_a_support_managers_list_holds_those_allocated_to_them(files: Files) -> None:
    listed = {
        person: [
            entry.name
            for entry in files.evidence.people.ListSafeguarders(
                safeguarder_pb2.ListSafeguardersRequest(), **files.evidence.as_(person)
            ).safeguarders
        ]
        for person in ("manager-one", "manager-two", "panel-team")
    }
    assert listed["manager-one"] == ["safeguarders/sg-one"]
    assert listed["manager-two"] == []
    assert set(listed["panel-team"]) >= {"safeguarders/sg-one", "safeguarders/sg-two"}


def test_an_allocation_that_moves_moves_the_right_to_read(files: Files) -> None:
    evidence, name = files.evidence, files.items["sg-two"]
    ask = pb.GetEvidenceItemRequest(name=name).SerializeToString()

    def may(person: str) -> bool:
        return call(evidence, EVIDENCE + "GetEvidenceItem", ask, person).code == ""

    for holder, other in (("manager-two", "manager-one"), ("manager-one", "manager-two"), ("nobody", "manager-one")):
        message = events_pb2.SupportManagerAllocated(safeguarder_id="sg-two", support_manager=holder)
        evidence.scheduling.publish("sg-two", message)
        until(lambda holder=holder, other=other: not may(other) and (holder == "nobody" or may(holder)))  # type: ignore[misc]
