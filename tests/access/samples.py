"""A request for every method about sampling."""

from typing import Any

from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import report_samples_pb2 as samples

from services.platform.calls.wire import to_date
from tests.builders import days_ago

SAMPLES = "/psmf.evidence.v1.ReportSampleService/"


def sample_requests(parent: str) -> dict[str, Any]:
    """Return a request for every method about sampling."""
    name, this = f"{parent}/reportSamples/none", "sampleRounds/-"
    rating = samples.Rating(clear=items.LINE_RATING_AT)
    asked = [
        samples.RecordReportsNotAvailableRequest(
            parent=parent, date=to_date(days_ago(1)), reason=samples.NO_REPORT_REASON_NO_APPOINTMENT
        ),
        samples.CreateSampleRoundRequest(),
        samples.GetSampleRoundRequest(name=this),
        samples.DrawSamplesRequest(name=this),
        samples.GetReportSampleRequest(name=name),
        samples.ListReportSamplesRequest(parent=parent),
        samples.RecordObtainedRequest(name=name, etag="1"),
        samples.AssignReadingRequest(name=name, reader="reviewer-one", etag="1"),
        samples.EndReadingWaitRequest(name=name, etag="1"),
        samples.RecordReadingRequest(name=name, rating=rating),
        samples.ReconcileReadingsRequest(name=name, rating=rating, etag="1"),
        samples.GetAgreementRequest(),
    ]
    return {SAMPLES + type(request).__name__.removesuffix("Request"): request for request in asked}
