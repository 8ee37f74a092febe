"""Which source and kind a system may send, and who is shown as its sender (P19)."""

from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as pb

from services.evidence.adapters.senders import known_bodies
from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import a_request_id, an_item_request, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record, refused_without_trace

KINDS: dict[Any, dict[str, Any]] = {
    pb.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW: {"report_review": pb.ReportReview(clear=pb.LINE_RATING_AT)},
    pb.EVIDENCE_KIND_SCRA_TIMELINESS: {
        "timeliness": pb.Timeliness(due_date=to_date(days_ago(30)), filed_date=to_date(days_ago(29)))
    },
}
PARTNERS = {"partner": "scra", "other-partner": "local-authority"}
WORDS = [
    (person, source, kind)
    for person in PARTNERS
    for source in list(pb.EvidenceSource.values())[1:]
    for kind in list(pb.EvidenceKind.values())[1:]
]


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


def word(enum: Any, number: int) -> str:
    return str(enum.Name(number)).partition("_")[2].partition("_")[2].lower()


@pytest.mark.parametrize(("person", "source", "kind"), WORDS)
def test_a_system_sends_what_its_body_may_say(evidence: Evidence, person: str, source: Any, kind: Any) -> None:
    """P19: every source and every kind of the contract, from two bodies."""
    body = known_bodies()[PARTNERS[person]]
    request = an_item_request("sg-one", source=source, kind=kind, mappings=None, **KINDS.get(kind, {}))
    if word(pb.EvidenceSource, source) not in body.sources:
        expected = ("SOURCE_NOT_OF_SENDER", "evidence_item.source")
    elif word(pb.EvidenceKind, kind) not in body.kinds:
        expected = ("KIND_NOT_OF_SENDER", "evidence_item.kind")
    else:
        assert evidence.items.CreateEvidenceItem(request, **evidence.as_(person)).receipt
        return
    answer = refused(lambda: evidence.items.CreateEvidenceItem(request, **evidence.as_(person)))
    assert (answer.reason, answer.field) == expected


def test_a_system_without_a_body_sends_nothing(evidence: Evidence) -> None:
    """P19: a partner that the directory enters for no body is refused, with what to do."""
    request = an_item_request("sg-one", mappings=None)
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request, "unknown-partner")
    assert (answer.code, answer.reason) == ("FAILED_PRECONDITION", "SENDER_NOT_KNOWN")


def test_the_team_sees_who_recorded_an_item_and_the_safeguarder_does_not(evidence: Evidence) -> None:
    """P19: the sender is shown to the Team, never to the Safeguarder concerned."""
    sent = record(evidence, person="partner", mappings=None)
    share = pb.ShareEvidenceItemRequest(name=sent.name, request_id=a_request_id())
    evidence.items.ShareEvidenceItem(share, **evidence.as_("panel-team"))
    get, listed = pb.GetEvidenceItemRequest(name=sent.name), pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one")
    assert evidence.items.GetEvidenceItem(get, **evidence.as_("panel-team")).sender == "partner"
    assert evidence.items.GetEvidenceItem(get, **evidence.as_("person-one")).sender == ""
    shown = evidence.items.ListEvidenceItems(listed, **evidence.as_("person-one")).evidence_items
    assert {item.sender for item in shown} <= {"", "person-one"}
    reply = pb.AddReplyRequest(name=sent.name, text="Thank you.", request_id=a_request_id())
    assert evidence.items.AddReply(reply, **evidence.as_("person-one")).sender == ""


def fact_of(evidence: Evidence, item: pb.EvidenceItem) -> events_pb2.EvidenceFact:
    """Return the fact in the event of a new item."""
    rows = read_rows(evidence.file, "SELECT data FROM outbox WHERE type LIKE '%EvidenceItemRecorded' ORDER BY position")
    facts = [events_pb2.EvidenceItemRecorded.FromString(bytes(data)).fact for (data,) in rows]
    return next(fact for fact in facts if item.name.endswith(fact.evidence_id))


def test_one_body_has_one_opaque_id_in_events_whatever_its_sources(evidence: Evidence) -> None:
    """P19: rules know that two items come from one body, and not from which. A person has none."""
    both = [
        record(evidence, person="partner", mappings=None, source=source)
        for source in (pb.EVIDENCE_SOURCE_SCRA, pb.EVIDENCE_SOURCE_REPORTER)
    ]
    ids = {fact_of(evidence, item).sender_id for item in both}
    assert len(ids) == 1
    assert "scra" not in "".join(ids)
    assert ids != {""}
    assert fact_of(evidence, record(evidence)).sender_id == ""


def test_a_correction_by_the_team_leaves_an_item_with_its_body(evidence: Evidence) -> None:
    """P19: otherwise one body would be two voices after a correction."""
    sent = record(evidence, person="partner", mappings=None)
    corrected = pb.CorrectEvidenceItemRequest(
        name=sent.name,
        evidence_item=an_item_request("sg-one", mappings=None, summary="Corrected.").evidence_item,
        reason=pb.CORRECTION_REASON_ENTERED_WRONGLY,
        request_id=a_request_id(),
    )
    new = evidence.items.CorrectEvidenceItem(corrected, **evidence.as_("panel-team"))
    assert fact_of(evidence, new).sender_id == fact_of(evidence, sent).sender_id
