"""A text that looks as if it names a child waits for a person, and nobody else learns of it (P23)."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from tests.answers import refused
from tests.builders import a_mapping, a_request_id, an_item_request
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record

NAMED = "Little Jamie, born 3 May 2014, of 12 High Street"
HELD, CURRENT = pb.ITEM_STATE_HELD, pb.ITEM_STATE_CURRENT


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


def by_call(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> str:
    return str(evidence.items.CreateEvidenceItem(request, **evidence.as_(person)).name)


def by_batch(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> str:
    part = pb.CreateEvidenceItemRequest()
    part.CopyFrom(request)
    part.request_id = ""
    batch = pb.BatchCreateEvidenceItemsRequest(requests=[part], request_id=a_request_id())
    return str(evidence.items.BatchCreateEvidenceItems(batch, **evidence.as_(person)).evidence_items[0].name)


def by_file(evidence: Evidence, request: pb.CreateEvidenceItemRequest, person: str) -> str:
    part = pb.ImportEvidenceItemsRequest(rows=[pb.ImportRow(row=1, request=request)])
    return str(evidence.items.ImportEvidenceItems(iter([part]), **evidence.as_(person)).results[0].evidence_item)


def held(evidence: Evidence) -> dict[str, pb.EvidenceItem]:
    answer = evidence.items.ListHeldEvidenceItems(pb.ListHeldEvidenceItemsRequest(), **evidence.as_("panel-team"))
    return {item.name: item for item in answer.evidence_items}


def get(evidence: Evidence, name: str, person: str = "panel-team") -> Any:
    return evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=name), **evidence.as_(person))


def events_of(evidence: Evidence, name: str) -> list[str]:
    """Return the types of the events that hold an item's id."""
    mark = name.rpartition("/")[2].encode()
    rows = read_rows(evidence.file, "SELECT type, data FROM outbox ORDER BY position")
    return [kind.rpartition(".")[2] for kind, data in rows if mark in bytes(data)]


def release(evidence: Evidence, name: str, **fields: Any) -> pb.EvidenceItem:
    request = pb.ReleaseEvidenceItemRequest(name=name, request_id=a_request_id(), **fields)
    released: pb.EvidenceItem = evidence.items.ReleaseEvidenceItem(request, **evidence.as_("panel-team"))
    return released


@pytest.mark.parametrize("person", ["panel-team", "manager-one", "partner", "person-one"])
@pytest.mark.parametrize("door", [by_call, by_batch, by_file])
def test_whatever_the_door_such_a_text_is_held(evidence: Evidence, door: Callable[..., str], person: str) -> None:
    """P23: at every door, from everybody, the item is held, shown to nobody else and published to nobody."""
    if door is not by_call and person in ("manager-one", "person-one"):
        return  # they have one door only
    changes: dict[str, Any] = {"mappings": None} if person in ("partner", "person-one") else {}
    if person == "person-one":
        changes["source"] = pb.EVIDENCE_SOURCE_SELF
    name = door(evidence, an_item_request("sg-one", summary=NAMED, **changes), person)
    item = held(evidence)[name]
    assert (item.state, item.summary) == (HELD, NAMED)
    assert {"birth", "address", "name"} <= set(item.held_for)
    assert events_of(evidence, name) == []
    listed = pb.ListEvidenceItemsRequest(parent="safeguarders/sg-one", page_size=500)
    for reader in ("panel-team", "manager-one", "senior-manager", "person-one"):
        items = evidence.items.ListEvidenceItems(listed, **evidence.as_(reader)).evidence_items
        assert name not in [item.name for item in items]
    for reader in ("manager-one", "senior-manager", "person-one"):
        assert refused(lambda reader=reader: get(evidence, name, reader)).reason == "EVIDENCE_NOT_FOUND"  # type: ignore[misc]


CHANGES: dict[str, tuple[str, Any]] = {
    "mapped": ("MapEvidenceItem", pb.MapEvidenceItemRequest(mappings=[a_mapping()])),
    "shared": ("ShareEvidenceItem", pb.ShareEvidenceItemRequest()),
    "corrected": (
        "CorrectEvidenceItem",
        pb.CorrectEvidenceItemRequest(
            evidence_item=an_item_request("sg-one").evidence_item, reason=pb.CORRECTION_REASON_ENTERED_WRONGLY
        ),
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_held_item_is_not(evidence: Evidence, change: str) -> None:
    """P23: nothing is done with a held item before a person has looked."""
    method, request = CHANGES[change]
    request.name, request.request_id = record(evidence, summary=NAMED).name, a_request_id()
    answer = refused(lambda: getattr(evidence.items, method)(request, **evidence.as_("panel-team")))
    assert (answer.code, answer.reason) == ("FAILED_PRECONDITION", "ITEM_HELD")


def test_a_released_item_is_like_any_other(evidence: Evidence) -> None:
    """P23: other services receive it as recorded, once, and it can be shared and counted."""
    name = record(evidence, summary=NAMED).name
    assert release(evidence, name, validate_only=True).state == CURRENT
    assert name in held(evidence)
    assert release(evidence, name).state == CURRENT
    assert name not in held(evidence)
    assert events_of(evidence, name) == ["EvidenceItemRecorded"]
    share = pb.ShareEvidenceItemRequest(name=name, request_id=a_request_id())
    assert evidence.items.ShareEvidenceItem(share, **evidence.as_("panel-team")).HasField("shared_date")
    again = refused(lambda: release(evidence, name))
    assert (again.code, again.reason) == ("FAILED_PRECONDITION", "ITEM_NOT_HELD")


def test_a_held_item_that_is_withdrawn_loses_its_text(evidence: Evidence) -> None:
    """P23: the text named a child, so it goes. That there was an item stays on file. Nobody else is told."""
    name = record(evidence, summary=NAMED).name
    why = pb.CORRECTION_REASON_NOT_ADMISSIBLE
    request = pb.WithdrawEvidenceItemRequest(name=name, reason=why, request_id=a_request_id())
    assert evidence.items.WithdrawEvidenceItem(request, **evidence.as_("panel-team")).summary == ""
    assert name not in held(evidence)
    item = get(evidence, name)
    assert (item.state, item.summary) == (pb.ITEM_STATE_WITHDRAWN, "")
    assert events_of(evidence, name) == []
    mark = name.rpartition("/")[2]
    assert read_rows(evidence.file, f"SELECT 1 FROM evidence_text WHERE evidence_id = '{mark}'") == []  # noqa: S608


def test_a_correction_does_not_name_a_child(evidence: Evidence) -> None:
    """P23: a correction that would be held is refused, because what it corrects would be gone meanwhile."""
    request = pb.CorrectEvidenceItemRequest(
        name=record(evidence).name,
        evidence_item=an_item_request("sg-one", summary=NAMED).evidence_item,
        reason=pb.CORRECTION_REASON_ENTERED_WRONGLY,
        request_id=a_request_id(),
    )
    answer = refused(lambda: evidence.items.CorrectEvidenceItem(request, **evidence.as_("panel-team")))
    assert (answer.reason, answer.field) == ("TEXT_MAY_NAME_A_CHILD", "evidence_item.summary")
    assert "Jamie" not in answer.message


def test_the_words_reach_no_log_and_no_event(evidence: Evidence, capfd: pytest.CaptureFixture[str]) -> None:
    """P23: neither the text nor what the screen saw in it leaves the file, held or released."""
    mark = f"Zebedee{uuid.uuid4().hex[:6]}"
    name = record(evidence, summary=f"wee {mark}, born 3 May 2014").name
    release(evidence, name)
    said = capfd.readouterr()
    assert mark not in said.out + said.err
    rows = read_rows(evidence.file, "SELECT data FROM outbox")
    assert not [1 for (data,) in rows if mark.encode() in bytes(data)]


def test_held_items_come_in_pages(evidence: Evidence) -> None:
    """P23: every held item is on one page, and on one only."""
    for _ in range(3):
        record(evidence, summary=NAMED)
    names: list[str] = []
    token = ""
    while True:
        request = pb.ListHeldEvidenceItemsRequest(page_size=2, page_token=token)
        page = evidence.items.ListHeldEvidenceItems(request, **evidence.as_("panel-team"))
        names += [item.name for item in page.evidence_items]
        token = page.next_page_token
        if not token:
            break
    assert len(names) == len(set(names))
    assert set(names) == set(held(evidence))
