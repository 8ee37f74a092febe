"""A person without a report to sample is never a silent gap: the Team records why (R161)."""

from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2, report_samples_pb2_grpc
from psmf.evidence.v1 import report_samples_pb2 as pb

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.builders import a_request_id, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint

EVENT = events_pb2.SafeguarderReportsNotAvailable


@pytest.fixture(scope="module")
def samples(evidence: Evidence) -> Any:
    """Two people appointed; the first is allocated to manager-one."""
    for person in ("sg-one", "sg-two"):
        appoint(evidence, person)
    return report_samples_pb2_grpc.ReportSampleServiceStub(evidence.channel)


def a_gap(person: str = "sg-two", **changes: Any) -> pb.RecordReportsNotAvailableRequest:
    fields: dict[str, Any] = {
        "parent": f"safeguarders/{person}",
        "date": to_date(days_ago(1)),
        "reports": 2,
        "reason": pb.NO_REPORT_REASON_NO_APPOINTMENT,
        "request_id": a_request_id(),
    }
    return pb.RecordReportsNotAvailableRequest(**fields | changes)


def published(evidence: Evidence, person: str) -> list[Any]:
    rows = read_rows(evidence.file, "SELECT type, key, data FROM outbox ORDER BY position")
    return [
        EVENT.FromString(bytes(data)) for kind, key, data in rows if (kind, key) == (EVENT.DESCRIPTOR.full_name, person)
    ]


def test_what_is_recorded_is_told_once_to_whoever_counts_reports(samples: Any, evidence: Evidence) -> None:
    request = a_gap()
    samples.RecordReportsNotAvailable(a_gap(validate_only=True), **evidence.as_("panel-team"))
    assert published(evidence, "sg-two") == []
    answer = samples.RecordReportsNotAvailable(request, **evidence.as_("panel-team"))
    assert samples.RecordReportsNotAvailable(request, **evidence.as_("panel-team")) == answer
    (event,) = published(evidence, "sg-two")
    assert (event.reports, event.reason, from_date(event, "date")) == (
        2,
        pb.NO_REPORT_REASON_NO_APPOINTMENT,
        days_ago(1),
    )


@pytest.mark.parametrize(
    ("request_", "code", "reason"),
    [
        (a_gap(date=to_date(days_ago(-1))), "INVALID_ARGUMENT", "DATE_IN_FUTURE"),
        (a_gap(date=to_date(days_ago(4000))), "FAILED_PRECONDITION", "NOT_SERVING"),
        (a_gap(reports=11), "INVALID_ARGUMENT", "REPORTS_OUT_OF_RANGE"),
        (a_gap(reports=-1), "INVALID_ARGUMENT", "REPORTS_OUT_OF_RANGE"),
        (a_gap(reason=0), "INVALID_ARGUMENT", "FIELD_MISSING"),
        (a_gap("sg-nobody"), "NOT_FOUND", "SAFEGUARDER_NOT_FOUND"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_told(
    samples: Any, evidence: Evidence, request_: Any, code: str, reason: str
) -> None:
    before = len(published(evidence, "sg-two"))
    answer = refused(lambda: samples.RecordReportsNotAvailable(request_, **evidence.as_("panel-team")))
    assert (answer.code, answer.reason) == (code, reason)
    assert len(published(evidence, "sg-two")) == before


def test_a_support_manager_records_it_of_those_allocated_only(samples: Any, evidence: Evidence) -> None:
    samples.RecordReportsNotAvailable(a_gap("sg-one"), **evidence.as_("manager-one"))
    answer = refused(lambda: samples.RecordReportsNotAvailable(a_gap("sg-two"), **evidence.as_("manager-one")))
    assert answer.code == "PERMISSION_DENIED"
