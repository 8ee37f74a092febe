"""What happened with a person, as evidence keeps it, read by the methods that show it to the same reader."""

from collections.abc import Callable, Iterator
from typing import Any

from psmf.evidence.v1 import decisions_pb2 as decisions_pb
from psmf.evidence.v1 import development_plans_pb2 as plans_pb
from psmf.evidence.v1 import evidence_pb2 as items_pb
from psmf.evidence.v1 import overlays_pb2 as overlays_pb
from psmf.evidence.v1 import recommendations_pb2 as recommendations_pb
from psmf.evidence.v1 import report_samples_pb2 as samples_pb
from psmf.evidence.v1 import review_requests_pb2 as reviews_pb
from psmf.evidence.v1 import session_records_pb2 as sessions_pb
from psmf.evidence.v1 import times_away_pb2 as times_pb

from services.evidence.adapters.pages.item_times import item_times
from services.evidence.server.own_file import Servers
from services.evidence.wire import timeline as wire
from services.platform.calls.timeline import TimelinePart
from services.platform.process.own_records import messages_of, single
from services.platform.storage.database import Database

Read = Callable[[str], wire.Entries]


def timeline(served: Servers, database: Database) -> list[TimelinePart]:
    """Return the parts of the timeline that evidence keeps."""
    parts = {
        "EvidenceService/ListEvidenceItems": _items(served, database),
        **_of_the_register(served),
        **_of_support(served),
        **_of_decisions(served),
    }
    return [TimelinePart(f"psmf.evidence.v1.{method}", read) for method, read in parts.items()]


def _items(served: Servers, database: Database) -> Read:
    recorded = messages_of(served.evidence.ListEvidenceItems, items_pb.ListEvidenceItemsRequest, "evidence_items")

    def read(person: str) -> wire.Entries:
        with database.read() as connection:
            times = item_times(connection, person.partition("/")[2])
        return wire.of_items(recorded(person), times)

    return read


def _of_the_register(served: Servers) -> dict[str, Read]:
    overlays = messages_of(served.overlays.ListOverlays, overlays_pb.ListOverlaysRequest, "overlays")
    away = messages_of(served.times_away.ListTimesAway, times_pb.ListTimesAwayRequest, "times_away")

    def times_away(person: str) -> wire.Entries:
        # An overlay and its days away have one id. They are one absence, and the overlay says more.
        known = {_id(one) for one in overlays(person)}
        return wire.of_times_away(one for one in away(person) if _id(one) not in known)

    return {
        "OverlayService/ListOverlays": lambda person: wire.of_overlays(overlays(person)),
        "TimeAwayService/ListTimesAway": times_away,
    }


def _of_support(served: Servers) -> dict[str, Read]:
    plans, samples = served.plans, served.samples
    return {
        "SessionRecordService/ListSessionRecords": _records(served),
        "DevelopmentPlanService/ListPlanHistory": _told(
            wire.of_plans, plans.ListPlanHistory, plans_pb.ListPlanHistoryRequest, "versions"
        ),
        "DevelopmentPlanService/ListActionReviews": _told(
            wire.of_action_reviews, plans.ListActionReviews, plans_pb.ListActionReviewsRequest, "action_reviews"
        ),
        "ReportSampleService/ListReportSamples": _told(
            wire.of_samples, samples.ListReportSamples, samples_pb.ListReportSamplesRequest, "report_samples"
        ),
    }


def _records(served: Servers) -> Read:
    newest = messages_of(served.records.ListSessionRecords, sessions_pb.ListSessionRecordsRequest, "session_records")

    def texts(person: str) -> Iterator[Any]:
        for record in newest(person):
            yield record
            ending = record.name.removeprefix(person)
            for edition in range(record.edition - 1, 0, -1):
                asked = single(
                    served.records.GetSessionRecord, sessions_pb.GetSessionRecordRequest, ending, edition=edition
                )
                yield from (text.record for text in asked(person))

    return lambda person: wire.of_records(texts(person))


def _of_decisions(served: Servers) -> dict[str, Read]:
    decisions, reviews, recommended = served.decisions, served.reviews, served.recommendations
    return {
        "DecisionService/ListMinisterialDecisions": _told(
            wire.of_decisions,
            decisions.ListMinisterialDecisions,
            decisions_pb.ListMinisterialDecisionsRequest,
            "decisions",
        ),
        "ReviewService/ListReviewRequests": _told(
            wire.of_reviews, reviews.ListReviewRequests, reviews_pb.ListReviewRequestsRequest, "review_requests"
        ),
        "RecommendationService/GetReadiness": _told(
            wire.of_recommendations,
            recommended.GetReadiness,
            recommendations_pb.GetReadinessRequest,
            "recommendations",
        ),
    }


def _told(tell: Callable[[Iterator[Any]], wire.Entries], ask: Any, request: Any, field: str) -> Read:
    messages = messages_of(ask, request, field)
    return lambda person: tell(messages(person))


def _id(message: Any) -> str:
    return str(message.name).rpartition("/")[2]
