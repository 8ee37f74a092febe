"""A request for every method that pages need beside the record: names, drafts, and what comes before recording."""

from typing import Any

from psmf.evidence.v1 import directory_pb2, drafts_pb2, evidence_pb2

from tests.builders import an_item

EVIDENCE = "/psmf.evidence.v1.EvidenceService/"
DIRECTORY = "/psmf.evidence.v1.DirectoryService/"
DRAFTS = "/psmf.evidence.v1.DraftService/"

ABOUT_NOBODY = {
    *("CreateSafeguarder", "ListSafeguarders", "BatchGetSafeguarders", "SearchSafeguarders"),
    *("ListHeldEvidenceItems", "GetReceipt", "LookUpSafeguarder"),
    *("CreateDraft", "GetDraft", "UpdateDraft", "DeleteDraft"),
}
"""Methods of evidence whose request is about no one person, so that the caller has no relation to it."""


def page_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method about names, drafts and what comes before recording."""
    return {
        EVIDENCE + "GetRecordingChoices": evidence_pb2.GetRecordingChoicesRequest(parent=parent),
        EVIDENCE + "FindSimilarEvidenceItems": evidence_pb2.FindSimilarEvidenceItemsRequest(
            parent=parent, evidence_item=an_item()
        ),
        DRAFTS + "CreateDraft": drafts_pb2.CreateDraftRequest(kind=drafts_pb2.Draft.KIND_REPLY, safeguarder=parent),
        DRAFTS + "GetDraft": drafts_pb2.GetDraftRequest(name="drafts/none"),
        DRAFTS + "ListDrafts": drafts_pb2.ListDraftsRequest(parent=parent),
        DRAFTS + "UpdateDraft": drafts_pb2.UpdateDraftRequest(name="drafts/none", etag="1"),
        DRAFTS + "DeleteDraft": drafts_pb2.DeleteDraftRequest(name="drafts/none"),
        DIRECTORY + "GetMe": directory_pb2.GetMeRequest(),
        DIRECTORY + "BatchGetPeople": directory_pb2.BatchGetPeopleRequest(people=["person-one", "manager-one"]),
        DIRECTORY + "ListColleagues": directory_pb2.ListColleaguesRequest(),
    }
