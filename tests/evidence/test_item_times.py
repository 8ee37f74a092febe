"""The time at which an item was recorded stays, whatever happens to the item later."""

import uuid
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psmf.evidence.v1 import evidence_pb2 as pb

from tests.builders import a_mapping
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record
from tests.sizes import part_of


@pytest.fixture(scope="module", autouse=True)
def _appointed(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


CHANGES = ("map", "share", "reply", "decide", "withdraw")


def change(evidence: Evidence, item: pb.EvidenceItem, what: str) -> None:
    """Change an item in one way."""
    items: Any = evidence.items
    calls = {
        "map": lambda: items.MapEvidenceItem(
            pb.MapEvidenceItemRequest(name=item.name, mappings=[a_mapping("S5.1")], request_id=str(uuid.uuid4())),
            **evidence.as_("panel-team"),
        ),
        "share": lambda: items.ShareEvidenceItem(
            pb.ShareEvidenceItemRequest(name=item.name), **evidence.as_("panel-team")
        ),
        "reply": lambda: items.AddReply(
            pb.AddReplyRequest(name=item.name, text="As it was."), **evidence.as_("person-one")
        ),
        "decide": lambda: items.DecideComplaint(
            pb.DecideComplaintRequest(name=item.name, outcome=pb.COMPLAINT_OUTCOME_UPHELD), **evidence.as_("panel-team")
        ),
        "withdraw": lambda: items.WithdrawEvidenceItem(
            pb.WithdrawEvidenceItemRequest(name=item.name, reason=pb.CORRECTION_REASON_DUPLICATE),
            **evidence.as_("panel-team"),
        ),
    }
    calls[what]()


@given(chosen=st.sets(st.sampled_from(CHANGES)))
@settings(max_examples=part_of(16), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_receipt_and_the_item_keep_the_time_of_the_first_version(evidence: Evidence, chosen: set[str]) -> None:
    """P3: map, share, answer, decide or withdraw an item. Its receipt still gives the time at which it came."""
    if "reply" in chosen:
        chosen.add("share")
    item = record(evidence, kind=pb.EVIDENCE_KIND_COMPLAINT)
    for what in (what for what in CHANGES if what in chosen):
        change(evidence, item, what)
        wanted: dict[str, Any] = evidence.as_("panel-team")
        read = evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=item.name), **wanted)
        receipt = evidence.items.GetReceipt(pb.GetReceiptRequest(name=item.receipt), **wanted)
        listed = evidence.items.ListEvidenceItems(
            pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=500), **wanted
        )
        assert read.etag != item.etag
        assert read.create_time == item.create_time
        assert receipt.receive_time == item.create_time
        assert {found.create_time.ToNanoseconds() for found in listed.evidence_items if found.name == item.name} == {
            item.create_time.ToNanoseconds()
        }
