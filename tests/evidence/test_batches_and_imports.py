"""A batch is stored as a whole or not at all. The rows of a file are separate, and sending it twice changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import a_mapping, a_request_id, an_item_request, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, kept, record, refused_without_trace
from tests.waiting import HUNG


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")
    appoint(evidence, "sg-two")


def a_batch(*requests: pb.CreateEvidenceItemRequest) -> pb.BatchCreateEvidenceItemsRequest:
    return pb.BatchCreateEvidenceItemsRequest(requests=requests, request_id=a_request_id())


def rows(*requests: pb.CreateEvidenceItemRequest) -> list[pb.ImportRow]:
    return [pb.ImportRow(row=number, request=request) for number, request in enumerate(requests, 1)]


def send(evidence: Evidence, *parts: list[pb.ImportRow], person: str = "panel-team") -> Any:
    requests: Iterator[Any] = iter([pb.ImportEvidenceItemsRequest(rows=part) for part in parts])
    return evidence.items.ImportEvidenceItems(requests, timeout=HUNG, **evidence.as_(person))


def outcomes(answer: Any) -> list[tuple[int, str, str]]:
    """Row, reason and field of each result; a row that was recorded has neither."""
    return [(result.row, result.reason, result.field) for result in answer.results]


def test_a_batch_is_recorded_in_the_order_asked(evidence: Evidence) -> None:
    batch = a_batch(an_item_request("sg-one", summary="first"), an_item_request("sg-two", summary="second"))
    made = evidence.items.BatchCreateEvidenceItems(batch, **evidence.as_("panel-team")).evidence_items
    assert [item.summary for item in made] == ["first", "second"]
    assert made[1].name.startswith("safeguarders/sg-two/")


def test_a_batch_sent_again_is_answered_again(evidence: Evidence) -> None:
    batch = a_batch(an_item_request("sg-one"), an_item_request("sg-two"))
    first = evidence.items.BatchCreateEvidenceItems(batch, **evidence.as_("panel-team"))
    before = kept(evidence)
    assert evidence.items.BatchCreateEvidenceItems(batch, **evidence.as_("panel-team")) == first
    assert kept(evidence) == before


@pytest.mark.parametrize(
    ("changes", "reason", "field"),
    [
        ({"kind": None}, "FIELD_MISSING", "evidence_item.kind"),
        ({"kind": 99}, "UNKNOWN_VALUE", "evidence_item.kind"),
        ({"summary": "a\x00b"}, "TEXT_NOT_PLAIN", "evidence_item.summary"),
        ({"happened_date": to_date(days_ago(500))}, "DATE_BEFORE_APPOINTMENT", "evidence_item.happened_date"),
        ({"mappings": [a_mapping("S9.1")]}, "UNKNOWN_STANDARD", "evidence_item.mappings[0].standard"),
        ({"case_reference": "a child"}, "CASE_REFERENCE_NOT_OPAQUE", "evidence_item.case_reference"),
    ],
)
@pytest.mark.parametrize("place", [0, 2])
def test_one_bad_item_refuses_the_whole_batch_and_is_named(
    evidence: Evidence, changes: dict[str, Any], reason: str, field: str, place: int
) -> None:
    requests = [an_item_request("sg-one") for _ in range(3)]
    requests[place] = an_item_request("sg-one", **changes)
    answer = refused_without_trace(evidence, evidence.items.BatchCreateEvidenceItems, a_batch(*requests))
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", reason)
    assert answer.field == f"requests[{place}].{field}"


@pytest.mark.parametrize(
    ("parent", "code", "reason"),
    [
        ("safeguarders/sg-nobody", "NOT_FOUND", "SAFEGUARDER_NOT_FOUND"),
        ("people/sg-one", "INVALID_ARGUMENT", "NAME_NOT_VALID"),
        ("", "INVALID_ARGUMENT", "FIELD_MISSING"),
    ],
)
def test_a_batch_names_the_item_whose_person_is_not_there(
    evidence: Evidence, parent: str, code: str, reason: str
) -> None:
    requests = [an_item_request("sg-one"), an_item_request("sg-one")]
    requests[1].parent = parent
    answer = refused_without_trace(evidence, evidence.items.BatchCreateEvidenceItems, a_batch(*requests))
    assert (answer.code, answer.reason, answer.field) == (code, reason, "requests[1].parent")


def test_a_part_of_a_batch_cannot_be_a_trial(evidence: Evidence) -> None:
    requests = [an_item_request("sg-one"), an_item_request("sg-one")]
    requests[1].validate_only = True
    answer = refused_without_trace(evidence, evidence.items.BatchCreateEvidenceItems, a_batch(*requests))
    assert (answer.reason, answer.field) == ("VALIDATE_ONLY_NOT_HERE", "requests[1].validate_only")


def test_a_batch_holds_one_to_five_hundred_items(evidence: Evidence) -> None:
    create = evidence.items.BatchCreateEvidenceItems
    answer = refused_without_trace(evidence, create, a_batch())
    assert (answer.reason, answer.field) == ("FIELD_MISSING", "requests")
    item = an_item_request("sg-one")
    answer = refused_without_trace(evidence, create, a_batch(*[item] * 501))
    assert (answer.reason, answer.field) == ("BATCH_SIZE_OUT_OF_RANGE", "requests")
    full = a_batch(*[item] * 500)
    full.validate_only = True
    assert len(create(full, timeout=HUNG, **evidence.as_("panel-team")).evidence_items) == 500


def test_each_row_of_a_file_is_recorded_or_refused_by_itself(evidence: Evidence) -> None:
    good, unknown, future, nobody = (an_item_request("sg-one") for _ in range(4))
    unknown.evidence_item.mappings[0].standard = "S44"
    future.evidence_item.received_date.CopyFrom(to_date(days_ago(-1)))
    nobody.parent = "safeguarders/sg-nobody"
    answer = send(evidence, rows(good, unknown), rows(future, nobody, an_item_request("sg-two")))
    assert (answer.recorded, answer.refused) == (2, 3)
    assert outcomes(answer) == [
        (1, "", ""),
        (2, "UNKNOWN_STANDARD", "mappings[0].standard"),
        (1, "DATE_IN_FUTURE", "received_date"),
        (2, "SAFEGUARDER_NOT_FOUND", "parent"),
        (3, "", ""),
    ]
    assert all(result.message for result in answer.results if result.reason)
    assert answer.results[0].evidence_item.startswith("safeguarders/sg-one/evidenceItems/")


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        (lambda row: row.ClearField("request"), "FIELD_MISSING", ""),
        (lambda row: row.request.ClearField("request_id"), "FIELD_MISSING", "request_id"),
        (lambda row: setattr(row.request, "request_id", "a/0"), "REQUEST_ID_NOT_VALID", "request_id"),
        (lambda row: setattr(row.request, "validate_only", True), "VALIDATE_ONLY_NOT_HERE", "validate_only"),
        (lambda row: row.request.ClearField("parent"), "FIELD_MISSING", "parent"),
        (lambda row: row.request.evidence_item.ClearField("kind"), "FIELD_MISSING", "kind"),
        (lambda row: setattr(row.request.evidence_item, "summary", "a\x00b"), "TEXT_NOT_PLAIN", "summary"),
    ],
)
def test_a_row_that_is_incomplete_is_refused_with_its_field(
    evidence: Evidence, change: Any, reason: str, field: str
) -> None:
    (row,) = rows(an_item_request("sg-one"))
    change(row)
    before = kept(evidence)
    answer = send(evidence, [row])
    assert outcomes(answer) == [(1, reason, field or "request")]
    assert kept(evidence) == before, "only that there was an import is written down"


def test_a_file_sent_twice_gives_the_same_names_and_doubles_nothing(evidence: Evidence) -> None:
    file = rows(*[an_item_request("sg-one") for _ in range(20)])
    first = send(evidence, file)
    before = kept(evidence)
    again = send(evidence, file[:7], file[7:])
    assert (again.recorded, again.refused) == (first.recorded, first.refused)
    assert [row.evidence_item for row in again.results] == [row.evidence_item for row in first.results]
    assert {row.delivery for row in first.results} == {pb.DELIVERY_NEW}
    assert {row.delivery for row in again.results} == {pb.DELIVERY_RECORDED_BEFORE}
    assert kept(evidence) == before


def test_a_row_repeated_in_one_file_is_recorded_once(evidence: Evidence) -> None:
    request = an_item_request("sg-one")
    before = kept(evidence)["evidence_item"]
    answer = send(evidence, rows(request, request))
    assert answer.results[0].evidence_item == answer.results[1].evidence_item
    assert kept(evidence)["evidence_item"] == before + 1


def test_a_changed_row_with_the_same_id_is_refused(evidence: Evidence) -> None:
    request = an_item_request("sg-one", summary="as it was")
    send(evidence, rows(request))
    for change in ({"summary": "otherwise"}, {"kind": pb.EVIDENCE_KIND_OBSERVATION}):
        changed = an_item_request("sg-one", **({"summary": "as it was"} | change))
        changed.request_id = request.request_id
        assert outcomes(send(evidence, rows(changed))) == [(1, "REQUEST_ID_REUSED", "request_id")]
    other = an_item_request("sg-two", summary="as it was")
    other.request_id = request.request_id
    assert outcomes(send(evidence, rows(other))) == [(1, "REQUEST_ID_REUSED", "request_id")]


def test_a_file_sent_again_after_an_item_was_shared_leaves_the_item_as_it_is(evidence: Evidence) -> None:
    file = rows(an_item_request("sg-one"))
    name = send(evidence, file).results[0].evidence_item
    evidence.items.ShareEvidenceItem(pb.ShareEvidenceItemRequest(name=name), **evidence.as_("panel-team"))
    assert send(evidence, file).results[0].evidence_item == name
    item = evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=name), **evidence.as_("panel-team"))
    assert item.HasField("shared_date")


def test_an_id_used_in_a_file_cannot_be_used_again_by_itself(evidence: Evidence) -> None:
    request = an_item_request("sg-one")
    send(evidence, rows(request))
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request)
    assert (answer.code, answer.reason, answer.field) == ("INVALID_ARGUMENT", "REQUEST_ID_REUSED", "request_id")


def test_an_item_sent_by_itself_is_known_when_it_comes_in_a_file(evidence: Evidence) -> None:
    request = an_item_request("sg-one")
    made = evidence.items.CreateEvidenceItem(request, **evidence.as_("panel-team"))
    assert send(evidence, rows(request)).results[0].evidence_item == made.name


def test_two_senders_may_use_the_same_id(evidence: Evidence) -> None:
    request = an_item_request("sg-one", mappings=None)
    names = {
        send(evidence, rows(request), person=person).results[0].evidence_item for person in ("partner", "panel-team")
    }
    assert len(names) == 2


def test_an_import_holds_parts_of_one_to_five_hundred_rows(evidence: Evidence) -> None:
    for part in ([], rows(*[an_item_request("sg-one")] * 501)):
        answer = refused(lambda part=part: send(evidence, part))  # type: ignore[misc]
        assert (answer.code, answer.reason, answer.field) == ("INVALID_ARGUMENT", "BATCH_SIZE_OUT_OF_RANGE", "rows")


def test_an_import_of_nothing_records_nothing(evidence: Evidence) -> None:
    before = kept(evidence)
    answer = send(evidence)
    assert (answer.recorded, answer.refused, len(answer.results)) == (0, 0, 0)
    assert kept(evidence) == before


def test_an_import_of_more_than_twenty_thousand_rows_is_refused(evidence: Evidence) -> None:
    empty = [pb.ImportRow(row=1)] * 500
    assert send(evidence, *[empty] * 40).refused == 20_000
    answer = refused(lambda: send(evidence, *[empty] * 40, empty[:1]))
    assert (answer.code, answer.reason) == ("INVALID_ARGUMENT", "IMPORT_TOO_LARGE")


def test_a_history_is_marked_for_the_next_daily_run_until_it_changes(evidence: Evidence) -> None:
    past = an_item_request("sg-one")
    past.history = True
    made = evidence.items.CreateEvidenceItem(past, **evidence.as_("panel-team"))
    live = record(evidence)
    assert marked(evidence, made.name) is True
    assert marked(evidence, live.name) is False
    evidence.items.ShareEvidenceItem(pb.ShareEvidenceItemRequest(name=made.name), **evidence.as_("panel-team"))
    assert marked(evidence, made.name) is False


def marked(evidence: Evidence, name: str) -> bool:
    """Whether the newest event about an item marks it as history."""
    events = read_rows(evidence.file, "SELECT data FROM outbox WHERE type LIKE '%EvidenceItem%' ORDER BY position DESC")
    facts = (events_pb2.EvidenceItemRecorded.FromString(data).fact for (data,) in events)
    return next(fact.history for fact in facts if name.endswith(fact.evidence_id))
