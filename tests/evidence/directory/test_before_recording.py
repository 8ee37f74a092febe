"""What somebody knows before they record an item, and what keeps two people from overwriting each other unseen."""

from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import a_mapping, a_request_id, an_item, an_item_request, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, kept, record

CHILD = "Her pupil Isla McKay was not heard."
REASON = pb.CORRECTION_REASON_DUPLICATE


@pytest.fixture(scope="module", autouse=True)
def appointed(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


def choices(evidence: Evidence, person: str) -> pb.RecordingChoices:
    asked = pb.GetRecordingChoicesRequest(parent="safeguarders/sg-one")
    answer: pb.RecordingChoices = evidence.items.GetRecordingChoices(asked, **evidence.as_(person))
    return answer


def test_the_team_records_what_came_from_anybody_and_a_safeguarder_what_is_theirs(evidence: Evidence) -> None:
    own = choices(evidence, "person-one")
    assert list(own.sources) == [pb.EVIDENCE_SOURCE_SELF]
    assert pb.EVIDENCE_KIND_SELF_ASSESSMENT in own.kinds
    assert pb.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW not in own.kinds
    assert not own.may_read_against_standards
    for person in ("manager-one", "panel-team"):
        team = choices(evidence, person)
        assert list(team.sources) == [number for number in pb.EvidenceSource.values() if number]
        assert pb.EVIDENCE_KIND_ACTION_OUTCOME not in team.kinds, "nobody records one"
        assert team.may_read_against_standards


def test_each_of_the_choices_is_taken_and_no_other_one(evidence: Evidence) -> None:
    own = choices(evidence, "person-one")
    for kind in pb.EvidenceKind.values()[1:]:
        request = an_item_request("sg-one", kind=kind, source=pb.EVIDENCE_SOURCE_SELF, mappings=[])
        request.validate_only = True
        call = evidence.items.CreateEvidenceItem
        if kind in own.kinds:
            assert call(request, **evidence.as_("person-one")).kind == kind
        else:
            refusal = refused(partial(call, request, **evidence.as_("person-one")))
            assert refusal.reason == "KIND_NOT_OF_SENDER", kind


def test_a_text_that_is_only_checked_says_what_may_name_a_child(evidence: Evidence) -> None:
    request = an_item_request("sg-one", summary=CHILD)
    request.validate_only = True
    checked = evidence.items.CreateEvidenceItem(request, **evidence.as_("manager-one"))
    assert [(one.sign, one.words) for one in checked.findings] == [("name", "pupil Isla")]
    request = an_item_request("sg-one", summary=CHILD)
    assert not evidence.items.CreateEvidenceItem(request, **evidence.as_("manager-one")).findings


def similar(evidence: Evidence, person: str, **fields: Any) -> list[str]:
    asked = pb.FindSimilarEvidenceItemsRequest(parent="safeguarders/sg-one", evidence_item=an_item(**fields))
    answer = evidence.items.FindSimilarEvidenceItems(asked, **evidence.as_(person))
    return [one.evidence_item.name for one in answer.similar]


def test_what_is_alike_is_shown_to_those_who_may_see_it_and_nothing_is_kept(evidence: Evidence) -> None:
    day, words = to_date(days_ago(60)), "The sheriff thanked them for a clear report."
    held = record(evidence, source=pb.EVIDENCE_SOURCE_SHERIFF, happened_date=day, summary=words)
    fields: dict[str, Any] = {"source": pb.EVIDENCE_SOURCE_CHILD, "happened_date": day, "summary": words.upper()}
    before = kept(evidence)
    for person in ("panel-team", "manager-one"):
        assert similar(evidence, person, **fields) == [held.name]
    assert similar(evidence, "person-one", **fields) == [], "it was not shared with them"
    assert kept(evidence) == before
    assert similar(evidence, "manager-one", source=pb.EVIDENCE_SOURCE_CHILD, summary="Another talk.") == []


def changes(name: str, etag: str) -> dict[str, Any]:
    return {
        "MapEvidenceItem": pb.MapEvidenceItemRequest(name=name, mappings=[a_mapping("S2.1")], etag=etag),
        "ShareEvidenceItem": pb.ShareEvidenceItemRequest(name=name, etag=etag),
        "DecideComplaint": pb.DecideComplaintRequest(name=name, outcome=pb.COMPLAINT_OUTCOME_UPHELD, etag=etag),
        "CorrectEvidenceItem": pb.CorrectEvidenceItemRequest(
            name=name, evidence_item=an_item(), reason=REASON, etag=etag
        ),
        "WithdrawEvidenceItem": pb.WithdrawEvidenceItemRequest(name=name, reason=REASON, etag=etag),
    }


def test_a_change_of_an_old_copy_is_refused_and_changes_nothing(evidence: Evidence) -> None:
    """Takes more than ten seconds on a busy machine only: eight calls, each in a transaction of its own."""
    team = evidence.as_("panel-team")
    held = record(evidence, mappings=[])
    first = pb.MapEvidenceItemRequest(name=held.name, mappings=[a_mapping()], request_id=a_request_id(), etag=held.etag)
    current = evidence.items.MapEvidenceItem(first, **team)
    for method, request in changes(held.name, held.etag).items():
        refusal = refused(partial(getattr(evidence.items, method), request, **team))
        assert (refusal.code, refusal.reason, refusal.metadata["current"]) == (
            "ABORTED", "ETAG_MISMATCH", current.etag,
        ), method  # fmt: skip
    shown = evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=held.name), **team)
    assert (shown.etag, list(shown.mappings)) == (current.etag, [a_mapping()])
    share = pb.ShareEvidenceItemRequest(name=held.name, etag=current.etag, request_id=a_request_id())
    assert evidence.items.ShareEvidenceItem(share, **team).HasField("shared_date")
