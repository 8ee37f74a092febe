"""An adverse item counts only after the person concerned has replied, or the time to reply has lapsed (B4)."""

from datetime import timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.calendar_days import WorkingCalendar, add_working_days
from services.platform.calls.wire import from_date, to_date
from tests.builders import a_mapping, an_applicant, an_appointment, an_item_request, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.steps import loaded


@pytest.fixture(scope="module", autouse=True)
def _appointed(evidence: Evidence) -> None:
    evidence.people.CreateSafeguarder(an_applicant("sg-one"), **evidence.as_("panel-team"))
    evidence.people.RecordMinisterialDecision(an_appointment("sg-one"), **evidence.as_("recorder"))


def record(evidence: Evidence, **changes: object) -> pb.EvidenceItem:
    item: pb.EvidenceItem = evidence.items.CreateEvidenceItem(
        an_item_request("sg-one", **changes), **evidence.as_("panel-team")
    )
    return item


def test_an_adverse_item_cannot_count_before_it_is_shared(evidence: Evidence) -> None:
    assert not record(evidence).HasField("countable_date")


def test_a_shared_item_counts_the_day_after_the_time_to_reply(evidence: Evidence) -> None:
    item = record(evidence)
    shared = evidence.items.ShareEvidenceItem(
        pb.ShareEvidenceItemRequest(name=item.name), **evidence.as_("manager-one")
    )
    due_on = add_working_days(WorkingCalendar.OFFICE, days_ago(0), 10)
    assert from_date(shared, "reply_due_date") == due_on
    assert from_date(shared, "countable_date") == due_on + timedelta(days=1)


def test_a_reply_lets_an_item_count_that_day_and_travels_with_it(evidence: Evidence) -> None:
    item = record(evidence)
    evidence.items.ShareEvidenceItem(pb.ShareEvidenceItemRequest(name=item.name), **evidence.as_("panel-team"))
    replied = evidence.items.AddReply(
        pb.AddReplyRequest(name=item.name, text="I had asked for more time."), **evidence.as_("person-one")
    )
    assert from_date(replied, "countable_date") == days_ago(0)
    read = evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=item.name), **evidence.as_("manager-one"))
    assert read.reply.text == "I had asked for more time."


def test_a_safety_item_counts_at_once_and_is_marked(evidence: Evidence) -> None:
    item = record(evidence, evidence_class=pb.EVIDENCE_CLASS_SAFETY, mappings=[a_mapping("S5.1")])
    assert from_date(item, "countable_date") == days_ago(21)
    assert item.evidence_class == pb.EVIDENCE_CLASS_SAFETY


def test_praise_counts_from_the_day_the_team_knew(evidence: Evidence) -> None:
    item = record(evidence, mappings=[a_mapping(polarity=pb.POLARITY_PRAISE)])
    assert from_date(item, "countable_date") == days_ago(21)


def test_an_item_not_mapped_to_a_standard_cannot_count(evidence: Evidence) -> None:
    assert not record(evidence, mappings=None).HasField("countable_date")


NOT_UPHELD = pytest.mark.parametrize(
    "outcome",
    [pb.COMPLAINT_OUTCOME_NOT_UPHELD, pb.COMPLAINT_OUTCOME_RESOLVED, pb.COMPLAINT_OUTCOME_WITHDRAWN],
    ids=pb.ComplaintOutcome.Name,
)


@NOT_UPHELD
def test_a_complaint_counts_only_when_it_is_upheld(evidence: Evidence, outcome: pb.ComplaintOutcome) -> None:
    shared: dict[str, Any] = {"shared_date": to_date(days_ago(20)), "reply": pb.Reply(reply_date=to_date(days_ago(19)))}
    item = loaded(evidence, kind=pb.EVIDENCE_KIND_COMPLAINT, **shared)
    assert item.complaint_outcome == pb.COMPLAINT_OUTCOME_PENDING
    assert not item.HasField("countable_date")
    assert not decided(evidence, item, outcome).HasField("countable_date")


def decided(evidence: Evidence, item: pb.EvidenceItem, outcome: pb.ComplaintOutcome) -> pb.EvidenceItem:
    """A complaint with its outcome."""
    request = pb.DecideComplaintRequest(name=item.name, outcome=outcome)
    complaint: pb.EvidenceItem = evidence.items.DecideComplaint(request, **evidence.as_("panel-team"))
    return complaint


def a_safety_complaint(evidence: Evidence) -> pb.EvidenceItem:
    """A complaint on confidentiality, of the class that goes to a named person at once."""
    return record(
        evidence,
        kind=pb.EVIDENCE_KIND_COMPLAINT,
        evidence_class=pb.EVIDENCE_CLASS_SAFETY,
        mappings=[a_mapping("S5.1")],
    )


def test_a_safety_item_counts_at_once_while_its_complaint_is_pending(evidence: Evidence) -> None:
    item = a_safety_complaint(evidence)
    assert item.complaint_outcome == pb.COMPLAINT_OUTCOME_PENDING
    assert from_date(item, "countable_date") == days_ago(21)
    assert from_date(decided(evidence, item, pb.COMPLAINT_OUTCOME_UPHELD), "countable_date") == days_ago(21)


@NOT_UPHELD
def test_a_safety_item_no_longer_counts_once_its_complaint_ended_without_being_upheld(
    evidence: Evidence, outcome: pb.ComplaintOutcome
) -> None:
    assert not decided(evidence, a_safety_complaint(evidence), outcome).HasField("countable_date")


def test_help_seeking_is_never_evidence(evidence: Evidence) -> None:
    assert not record(evidence, evidence_class=pb.EVIDENCE_CLASS_HELP_SEEKING).HasField("countable_date")


def test_a_corrected_item_stays_on_file_and_no_longer_counts(evidence: Evidence) -> None:
    item = record(evidence, evidence_class=pb.EVIDENCE_CLASS_SAFETY)
    correction = an_item_request("sg-one", mappings=[a_mapping("S4.2")]).evidence_item
    new = evidence.items.CorrectEvidenceItem(
        pb.CorrectEvidenceItemRequest(
            name=item.name, evidence_item=correction, reason=pb.CORRECTION_REASON_ENTERED_WRONGLY
        ),
        **evidence.as_("panel-team"),
    )
    old = evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=item.name), **evidence.as_("panel-team"))
    assert old.state == pb.ITEM_STATE_SUPERSEDED
    assert old.superseded_by == new.name
    assert not old.HasField("countable_date")


def test_a_withdrawn_item_stays_on_file_and_takes_no_more_changes(evidence: Evidence) -> None:
    import grpc

    item = record(evidence)
    evidence.items.WithdrawEvidenceItem(
        pb.WithdrawEvidenceItemRequest(name=item.name, reason=pb.CORRECTION_REASON_DUPLICATE),
        **evidence.as_("panel-team"),
    )
    with pytest.raises(grpc.RpcError) as refused:
        evidence.items.ShareEvidenceItem(pb.ShareEvidenceItemRequest(name=item.name), **evidence.as_("panel-team"))
    assert refused.value.code() == grpc.StatusCode.FAILED_PRECONDITION


def test_the_person_concerned_sees_an_adverse_item_once_it_is_shared(evidence: Evidence) -> None:
    item = record(evidence)
    mine = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=500)
    before = evidence.items.ListEvidenceItems(mine, **evidence.as_("person-one"))
    assert item.name not in {found.name for found in before.evidence_items}
    evidence.items.ShareEvidenceItem(pb.ShareEvidenceItemRequest(name=item.name), **evidence.as_("panel-team"))
    after = evidence.items.ListEvidenceItems(mine, **evidence.as_("person-one"))
    assert item.name in {found.name for found in after.evidence_items}
