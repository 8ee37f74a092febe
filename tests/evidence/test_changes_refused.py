"""Changes that an item's state does not allow are refused, and the item stays as it was."""

from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import safeguarder_pb2

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import a_mapping, an_item, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, loaded, record, refused_without_trace


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")
    appoint(evidence, "sg-two")


def refusal(evidence: Evidence, method: str, request: Any, person: str = "panel-team") -> tuple[str, str, str]:
    answer = refused_without_trace(evidence, getattr(evidence.items, method), request, person)
    return answer.code, answer.reason, answer.field


@pytest.mark.parametrize(
    "name", ["safeguarders/sg-one/evidenceItems/none", "safeguarders/sg-nobody/evidenceItems/none"]
)
def test_an_unknown_item_is_not_found_whatever_is_asked(evidence: Evidence, name: str) -> None:
    reason = pb.CORRECTION_REASON_DUPLICATE
    requests = {
        "MapEvidenceItem": pb.MapEvidenceItemRequest(name=name, mappings=[a_mapping()]),
        "ShareEvidenceItem": pb.ShareEvidenceItemRequest(name=name),
        "DecideComplaint": pb.DecideComplaintRequest(name=name, outcome=pb.COMPLAINT_OUTCOME_UPHELD),
        "WithdrawEvidenceItem": pb.WithdrawEvidenceItemRequest(name=name, reason=reason),
        "CorrectEvidenceItem": pb.CorrectEvidenceItemRequest(name=name, evidence_item=an_item(), reason=reason),
    }
    for method, request in requests.items():
        assert refusal(evidence, method, request) == ("NOT_FOUND", "EVIDENCE_NOT_FOUND", "name"), method


def test_an_item_is_not_found_on_another_persons_file(evidence: Evidence) -> None:
    name = record(evidence).name.replace("sg-one", "sg-two")
    request = pb.ShareEvidenceItemRequest(name=name)
    assert refusal(evidence, "ShareEvidenceItem", request) == ("NOT_FOUND", "EVIDENCE_NOT_FOUND", "name")


@pytest.mark.parametrize("name", ["x", "safeguarders/sg-one", "safeguarders/sg-one/evidenceItems/", "receipts/r1", ""])
def test_a_name_of_another_form_is_refused(evidence: Evidence, name: str) -> None:
    code, reason, field = refusal(evidence, "ShareEvidenceItem", pb.ShareEvidenceItemRequest(name=name))
    assert (code, reason, field) == ("INVALID_ARGUMENT", "NAME_NOT_VALID" if name else "FIELD_MISSING", "name")


def test_an_item_is_mapped_to_known_indicators_only(evidence: Evidence) -> None:
    name = record(evidence, mappings=None).name
    unknown = pb.MapEvidenceItemRequest(name=name, mappings=[a_mapping(), a_mapping("S9.1")])
    assert refusal(evidence, "MapEvidenceItem", unknown) == (
        "INVALID_ARGUMENT",
        "UNKNOWN_STANDARD",
        "mappings[1].standard",
    )
    assert refusal(evidence, "MapEvidenceItem", pb.MapEvidenceItemRequest(name=name))[1:] == (
        "FIELD_MISSING",
        "mappings",
    )


def test_an_item_is_shared_once(evidence: Evidence) -> None:
    name = loaded(evidence, shared_date=to_date(days_ago(10))).name
    request = pb.ShareEvidenceItemRequest(name=name)
    assert refusal(evidence, "ShareEvidenceItem", request) == ("FAILED_PRECONDITION", "ALREADY_SHARED", "name")


def test_a_reply_needs_words_and_an_item_that_was_shared(evidence: Evidence) -> None:
    praise = record(evidence, mappings=[a_mapping(polarity=pb.POLARITY_PRAISE)]).name
    request = pb.AddReplyRequest(name=praise, text="Thank you.")
    assert refusal(evidence, "AddReply", request, "person-one") == ("FAILED_PRECONDITION", "NOT_SHARED", "name")
    shared = loaded(evidence, shared_date=to_date(days_ago(10))).name
    for text in ("", " \n "):
        empty = pb.AddReplyRequest(name=shared, text=text)
        assert refusal(evidence, "AddReply", empty, "person-one") == ("INVALID_ARGUMENT", "FIELD_MISSING", "text")
    long = pb.AddReplyRequest(name=shared, text="x" * 4001)
    assert refusal(evidence, "AddReply", long, "person-one")[1:] == ("TEXT_TOO_LONG", "text")


def test_a_reply_is_given_once(evidence: Evidence) -> None:
    reply = pb.Reply(reply_date=to_date(days_ago(9)))
    name = loaded(evidence, shared_date=to_date(days_ago(10)), reply=reply).name
    request = pb.AddReplyRequest(name=name, text="And another thing.")
    assert refusal(evidence, "AddReply", request, "person-one") == ("FAILED_PRECONDITION", "ALREADY_REPLIED", "name")


def test_only_a_complaint_has_an_outcome_and_only_once(evidence: Evidence) -> None:
    feedback = record(evidence).name
    complaint = record(evidence, kind=pb.EVIDENCE_KIND_COMPLAINT).name
    upheld = pb.COMPLAINT_OUTCOME_UPHELD
    request = pb.DecideComplaintRequest(name=feedback, outcome=upheld)
    assert refusal(evidence, "DecideComplaint", request)[1] == "NOT_A_COMPLAINT"
    pending = pb.DecideComplaintRequest(name=complaint, outcome=pb.COMPLAINT_OUTCOME_PENDING)
    assert refusal(evidence, "DecideComplaint", pending)[1:] == ("OUTCOME_MISSING", "outcome")
    unknown = pb.DecideComplaintRequest(name=complaint, outcome=99)  # type: ignore[arg-type]
    assert refusal(evidence, "DecideComplaint", unknown)[1:] == ("UNKNOWN_VALUE", "outcome")
    decided = pb.DecideComplaintRequest(name=complaint, outcome=upheld)
    evidence.items.DecideComplaint(decided, **evidence.as_("panel-team"))
    assert refusal(evidence, "DecideComplaint", decided)[:2] == ("FAILED_PRECONDITION", "ALREADY_DECIDED")


@pytest.mark.parametrize("method", ["WithdrawEvidenceItem", "CorrectEvidenceItem"])
@pytest.mark.parametrize(("reason", "code"), [(0, "FIELD_MISSING"), (99, "UNKNOWN_VALUE")])
def test_taking_an_item_out_of_account_needs_a_reason(evidence: Evidence, method: str, reason: Any, code: str) -> None:
    name = record(evidence).name
    request: Any = pb.WithdrawEvidenceItemRequest(name=name, reason=reason)
    if method == "CorrectEvidenceItem":
        request = pb.CorrectEvidenceItemRequest(name=name, evidence_item=an_item(), reason=reason)
    assert refusal(evidence, method, request)[1:] == (code, "reason")


def test_a_correction_that_cannot_be_taken_in_leaves_the_item_in_account(evidence: Evidence) -> None:
    name = record(evidence).name
    request = pb.CorrectEvidenceItemRequest(
        name=name,
        evidence_item=an_item(mappings=[a_mapping("S9.1")]),
        reason=pb.CORRECTION_REASON_ENTERED_WRONGLY,
    )
    assert refusal(evidence, "CorrectEvidenceItem", request)[1] == "UNKNOWN_STANDARD"
    read = evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=name), **evidence.as_("panel-team"))
    assert read.state == pb.ITEM_STATE_CURRENT


def test_a_receipt_is_its_senders_alone(evidence: Evidence) -> None:
    receipt = pb.GetReceiptRequest(name=record(evidence, person="partner", mappings=None).receipt)
    got = evidence.items.GetReceipt(receipt, **evidence.as_("partner"))
    assert got.stage == pb.Receipt.STAGE_RECEIVED
    for other in ("other-partner", "panel-team"):
        assert refusal(evidence, "GetReceipt", receipt, other) == ("NOT_FOUND", "RECEIPT_NOT_FOUND", "name")


@pytest.mark.parametrize("size", [-1, 501, 2**31 - 1])
def test_a_page_size_out_of_range_is_refused(evidence: Evidence, size: int) -> None:
    items = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=size)
    people = safeguarder_pb2.ListSafeguardersRequest(page_size=size)
    assert page_refusal(evidence, items) == page_refusal(evidence, people) == ("PAGE_SIZE_OUT_OF_RANGE", "page_size")


def page_refusal(evidence: Evidence, request: Any, person: str = "panel-team") -> tuple[str, str]:
    lists = isinstance(request, pb.ListEvidenceItemsRequest)
    method = evidence.items.ListEvidenceItems if lists else evidence.people.ListSafeguarders
    answer = refused(lambda: method(request, **evidence.as_(person)))
    assert answer.code == "INVALID_ARGUMENT"
    return answer.reason, answer.field


def test_a_page_token_belongs_to_one_list_one_filter_and_one_caller(evidence: Evidence) -> None:
    for _ in range(2):
        record(evidence)
    first = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=1)
    token = evidence.items.ListEvidenceItems(first, **evidence.as_("panel-team")).next_page_token
    assert token
    not_valid = ("PAGE_TOKEN_NOT_VALID", "page_token")

    def on(**changes: Any) -> pb.ListEvidenceItemsRequest:
        fields: dict[str, Any] = {"parent": "safeguarders/sg-one", "page_token": token} | changes
        return pb.ListEvidenceItemsRequest(**fields)

    assert page_refusal(evidence, on(parent="safeguarders/sg-two")) == not_valid
    assert page_refusal(evidence, on(standard="S4")) == not_valid
    assert page_refusal(evidence, on(kind=pb.EVIDENCE_KIND_COMPLAINT)) == not_valid
    assert page_refusal(evidence, on(), "senior-manager") == not_valid
    assert page_refusal(evidence, safeguarder_pb2.ListSafeguardersRequest(page_token=token)) == not_valid
    for broken in ("x", token[:-4], "NQ==", "W10="):
        assert page_refusal(evidence, on(page_token=broken)) == not_valid


def test_pages_hold_every_item_once(evidence: Evidence) -> None:
    appoint(evidence, "sg-pages")
    made = [record(evidence, "sg-pages", received_date=to_date(days_ago(21 - day % 3))).name for day in range(7)]
    found: list[str] = []
    token = ""
    while True:
        page = evidence.items.ListEvidenceItems(
            pb.ListEvidenceItemsRequest(parent="safeguarders/sg-pages", page_size=2, page_token=token),
            **evidence.as_("panel-team"),
        )
        found += [item.name for item in page.evidence_items]
        token = page.next_page_token
        if not token:
            break
    assert sorted(found) == sorted(made)


@pytest.mark.parametrize("standard", ["%", "_", "S_", "' OR 1=1 --", "S", ""])
def test_a_filter_is_taken_as_it_stands(evidence: Evidence, standard: str) -> None:
    request = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-two", standard=standard)
    record(evidence, "sg-two")
    found = evidence.items.ListEvidenceItems(request, **evidence.as_("panel-team")).evidence_items
    assert bool(found) == (standard == ""), "no wildcard finds what was not asked for"


def test_a_filter_is_plain_text(evidence: Evidence) -> None:
    items = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-two", standard="S4\x00")
    people = safeguarder_pb2.ListSafeguardersRequest(area="fife\x00")
    assert page_refusal(evidence, items) == ("TEXT_NOT_PLAIN", "standard")
    assert page_refusal(evidence, people) == ("TEXT_NOT_PLAIN", "area")
