"""The doors by which evidence comes in: a single call, a batch and a file. What is true at one is true at each."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.wire import to_date
from tests.builders import a_request_id, an_item_request, days_ago
from tests.evidence.conftest import Evidence

CASES = (f"case-{number:04}" for number in range(10_000))
Delivered = list[tuple[str, int]]


def a_report(case: str, filed: int = 37, received: int = 21, **changes: Any) -> pb.CreateEvidenceItemRequest:
    """Return SCRA's record of a report that was due 40 days ago. Days are counted back from today."""
    answer = changes.pop("extension_answer", pb.YES_NO_UNSPECIFIED)
    due = changes.pop("due", 40)
    times = pb.Timeliness(due_date=to_date(days_ago(due)), filed_date=to_date(days_ago(filed)), extension_answer=answer)
    fields = {
        "kind": pb.EVIDENCE_KIND_SCRA_TIMELINESS,
        "source": pb.EVIDENCE_SOURCE_SCRA,
        "happened_date": to_date(days_ago(37)),
        "received_date": to_date(days_ago(received)),
        "timeliness": times,
        "case_reference": case,
        "mappings": None,
    }
    return an_item_request(changes.pop("person", "sg-one"), **fields | changes)


def by_call(evidence: Evidence, *requests: pb.CreateEvidenceItemRequest, person: str = "panel-team") -> Delivered:
    made = [evidence.items.CreateEvidenceItem(request, **evidence.as_(person)) for request in requests]
    return [(item.name, item.delivery) for item in made]


def by_batch(evidence: Evidence, *requests: pb.CreateEvidenceItemRequest, person: str = "panel-team") -> Delivered:
    batch = pb.BatchCreateEvidenceItemsRequest(requests=requests, request_id=a_request_id())
    made = evidence.items.BatchCreateEvidenceItems(batch, **evidence.as_(person)).evidence_items
    return [(item.name, item.delivery) for item in made]


def by_file(evidence: Evidence, *requests: pb.CreateEvidenceItemRequest, person: str = "panel-team") -> Delivered:
    rows = [pb.ImportRow(row=number, request=request) for number, request in enumerate(requests, 1)]
    parts: Iterator[Any] = iter([pb.ImportEvidenceItemsRequest(rows=rows)])
    answer = evidence.items.ImportEvidenceItems(parts, **evidence.as_(person))
    assert [row.reason for row in answer.results] == [""] * len(rows)
    return [(row.evidence_item, row.delivery) for row in answer.results]


DOORS = {"a single call": by_call, "a batch": by_batch, "a file": by_file}
Door = Callable[..., Delivered]
doors = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


def state_of(evidence: Evidence, name: str) -> Any:
    return evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=name), **evidence.as_("panel-team"))
