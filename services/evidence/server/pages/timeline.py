"""What happened with a person, as evidence keeps it, read by the methods that show it to the same reader."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from psmf.evidence.v1 import decisions_pb2 as decisions_pb
from psmf.evidence.v1 import development_plans_pb2 as plans_pb
from psmf.evidence.v1 import evidence_pb2 as items_pb
from psmf.evidence.v1 import overlays_pb2 as overlays_pb
from psmf.evidence.v1 import recommendations_pb2 as recommendations_pb
from psmf.evidence.v1 import report_samples_pb2 as samples_pb
from psmf.evidence.v1 import review_requests_pb2 as reviews_pb
from psmf.evidence.v1 import session_records_pb2 as sessions_pb
from psmf.evidence.v1 import times_away_pb2 as times_pb
from psmf.platform.v1 import timeline_pb2 as pb

from services.evidence.adapters.pages.item_times import item_times
from services.evidence.server.own_file import Servers
from services.evidence.wire import timeline as wire
from services.platform.calls.timeline import TimelinePart
from services.platform.process.own_records import pages
from services.platform.storage.database import Database


class _List(NamedTuple):
    """A list about one person: the method that answers it, its request, and the field with the records."""

    ask: Callable[[Any, Any], Any]
    request: Callable[..., Any]
    field: str

    def of(self, person: str) -> Iterator[Any]:
        return pages(self.ask, self.request(parent=person), self.field)


def timeline(served: Servers, database: Database) -> list[TimelinePart]:
    """Return the parts of the timeline that evidence keeps."""
    overlays = _List(served.overlays.ListOverlays, overlays_pb.ListOverlaysRequest, "overlays")
    plans, reviews, samples = served.plans, served.reviews, served.samples
    recorded = _List(served.evidence.ListEvidenceItems, items_pb.ListEvidenceItemsRequest, "evidence_items")
    away = _List(served.times_away.ListTimesAway, times_pb.ListTimesAwayRequest, "times_away")
    records = _List(served.records.ListSessionRecords, sessions_pb.ListSessionRecordsRequest, "session_records")

    def items(person: str) -> Iterator[pb.TimelineEntry]:
        with database.read() as connection:
            times = item_times(connection, person.partition("/")[2])
        return wire.of_items(recorded.of(person), times)

    def times_away(person: str) -> Iterator[pb.TimelineEntry]:
        # An overlay and its days away have one id. They are one absence, and the overlay says more.
        known = {_id(one) for one in overlays.of(person)}
        return wire.of_times_away(one for one in away.of(person) if _id(one) not in known)

    parts = {
        "EvidenceService/ListEvidenceItems": items,
        "DecisionService/ListMinisterialDecisions": _told(
            wire.of_decisions,
            _List(served.decisions.ListMinisterialDecisions, decisions_pb.ListMinisterialDecisionsRequest, "decisions"),
        ),
        "OverlayService/ListOverlays": _told(wire.of_overlays, overlays),
        "TimeAwayService/ListTimesAway": times_away,
        "SessionRecordService/ListSessionRecords": _told(wire.of_records, records),
        "DevelopmentPlanService/ListPlanHistory": _told(
            wire.of_plans, _List(plans.ListPlanHistory, plans_pb.ListPlanHistoryRequest, "versions")
        ),
        "DevelopmentPlanService/ListActionReviews": _told(
            wire.of_action_reviews, _List(plans.ListActionReviews, plans_pb.ListActionReviewsRequest, "action_reviews")
        ),
        "ReviewService/ListReviewRequests": _told(
            wire.of_reviews, _List(reviews.ListReviewRequests, reviews_pb.ListReviewRequestsRequest, "review_requests")
        ),
        "ReportSampleService/ListReportSamples": _told(
            wire.of_samples, _List(samples.ListReportSamples, samples_pb.ListReportSamplesRequest, "report_samples")
        ),
        "RecommendationService/GetReadiness": _told(
            wire.of_recommendations,
            _List(served.recommendations.GetReadiness, recommendations_pb.GetReadinessRequest, "recommendations"),
        ),
    }
    return [TimelinePart(f"psmf.evidence.v1.{method}", read) for method, read in parts.items()]


def _told(tell: Callable[[Iterator[Any]], wire.Entries], records: _List) -> Callable[[str], wire.Entries]:
    return lambda person: tell(records.of(person))


def _id(message: Any) -> str:
    return str(message.name).rpartition("/")[2]
