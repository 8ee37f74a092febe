"""A request for every method that pages need beside the record: names, drafts, and what comes before recording."""

from typing import Any

from psmf.evidence.v1 import complaint_stages_pb2, directory_pb2, drafts_pb2, evidence_pb2, feedback_links_pb2

from services.platform.calls.wire import to_date
from tests.builders import an_item, days_ago

EVIDENCE = "/psmf.evidence.v1.EvidenceService/"
DIRECTORY = "/psmf.evidence.v1.DirectoryService/"
DRAFTS = "/psmf.evidence.v1.DraftService/"
FEEDBACK = "/psmf.evidence.v1.FeedbackLinkService/"

ABOUT_NOBODY = {
    *("CreateSafeguarder", "ListSafeguarders", "BatchGetSafeguarders", "SearchSafeguarders"),
    *("ListHeldEvidenceItems", "GetReceipt", "LookUpSafeguarder"),
    *("CreateDraft", "GetDraft", "UpdateDraft", "DeleteDraft"),
    *("ListFeedbackLinks", "RevokeFeedbackLink", "ExchangeFeedbackLink", "SendFeedback", "GetFeedbackStage"),
}
"""Methods of evidence whose request is about no one person, so that the caller has no relation to it."""


def page_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method about names, drafts, complaints and what comes before recording."""
    return {
        EVIDENCE + "GetRecordingChoices": evidence_pb2.GetRecordingChoicesRequest(parent=parent),
        EVIDENCE + "FindSimilarEvidenceItems": evidence_pb2.FindSimilarEvidenceItemsRequest(
            parent=parent, evidence_item=an_item()
        ),
        EVIDENCE + "MoveComplaintStage": complaint_stages_pb2.MoveComplaintStageRequest(
            name=f"{parent}/evidenceItems/none", step=complaint_stages_pb2.ComplaintStages.STEP_ANSWERED
        ),
        DRAFTS + "CreateDraft": drafts_pb2.CreateDraftRequest(kind=drafts_pb2.Draft.KIND_REPLY, safeguarder=parent),
        DRAFTS + "GetDraft": drafts_pb2.GetDraftRequest(name="drafts/none"),
        DRAFTS + "ListDrafts": drafts_pb2.ListDraftsRequest(parent=parent),
        DRAFTS + "UpdateDraft": drafts_pb2.UpdateDraftRequest(name="drafts/none", etag="1"),
        DRAFTS + "DeleteDraft": drafts_pb2.DeleteDraftRequest(name="drafts/none"),
        **{FEEDBACK + type(each).__name__.removesuffix("Request"): each for each in _of_feedback(parent)},
        DIRECTORY + "GetMe": directory_pb2.GetMeRequest(),
        DIRECTORY + "BatchGetPeople": directory_pb2.BatchGetPeopleRequest(people=["person-one", "manager-one"]),
        DIRECTORY + "ListColleagues": directory_pb2.ListColleaguesRequest(),
    }


def _of_feedback(parent: str) -> list[Any]:
    secret, pb = "a" * 32, feedback_links_pb2
    return [
        pb.CreateFeedbackLinkRequest(parent=parent, giver=pb.FEEDBACK_GIVER_CHILD, happened_date=to_date(days_ago(9))),
        pb.ListFeedbackLinksRequest(safeguarder=parent),
        pb.RevokeFeedbackLinkRequest(name="feedbackLinks/none"),
        pb.ExchangeFeedbackLinkRequest(token=secret, session=secret),
        pb.SendFeedbackRequest(session=secret, answers=[pb.FeedbackAnswer(question="good", text="You listened.")]),
        pb.GetFeedbackStageRequest(code="K7M4-2XQ9-TB"),
    ]
