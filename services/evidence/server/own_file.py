"""What Safeguarders take with them of what evidence keeps, read by the methods that show it to them."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from psmf.evidence.v1 import decisions_pb2 as decisions_pb
from psmf.evidence.v1 import development_plans_pb2 as plans_pb
from psmf.evidence.v1 import drafts_pb2 as drafts_pb
from psmf.evidence.v1 import evidence_pb2 as items_pb
from psmf.evidence.v1 import overlays_pb2 as overlays_pb
from psmf.evidence.v1 import personal_file_pb2 as own_pb
from psmf.evidence.v1 import recommendations_pb2 as recommendations_pb
from psmf.evidence.v1 import report_samples_pb2 as samples_pb
from psmf.evidence.v1 import review_requests_pb2 as reviews_pb
from psmf.evidence.v1 import safeguarder_pb2 as people_pb
from psmf.evidence.v1 import session_records_pb2 as sessions_pb
from psmf.evidence.v1 import times_away_pb2 as times_pb
from psmf.platform.v1 import own_file_pb2 as file_pb

from services.evidence.adapters.session_packs import SqlSessionPacks
from services.evidence.adapters.store import SqlFile
from services.evidence.domain.evidence_item import EvidenceItem, ItemState
from services.evidence.server.decisions import DecisionServer
from services.evidence.server.development_plans import DevelopmentPlanServer
from services.evidence.server.evidence import EvidenceServer
from services.evidence.server.overlays import OverlayServer
from services.evidence.server.pages.drafts import DraftServer
from services.evidence.server.personal_file import PersonalFileServer
from services.evidence.server.recommendations import RecommendationServer
from services.evidence.server.report_samples import ReportSampleServer
from services.evidence.server.review_requests import ReviewServer
from services.evidence.server.safeguarders import SafeguarderServer
from services.evidence.server.session_records import SessionRecordServer
from services.evidence.server.times_away import TimeAwayServer
from services.evidence.wire.items import held_item_message
from services.platform.calls.commands import current_call
from services.platform.calls.relations import Listed
from services.platform.process.own_records import OwnFile, OwnKind, OwnRecord, listed, single
from services.platform.storage.database import Database

_MOST_HELD = 500
"""Items of one person that wait for a look. More would wait for weeks, which an alert for the Team ends long before."""
_LEFT_OUT = (
    ("items of evidence that have not been shared with you", file_pb.GROUND_NOT_SHARED),
    ("texts by others that wait for a look", file_pb.GROUND_WAITS_FOR_A_LOOK),
    ("drafts of records and of recommendations", file_pb.GROUND_NOT_SHARED),
    ("readings of sampled reports before they are shared", file_pb.GROUND_NOT_SHARED),
    ("the words of drafts", file_pb.GROUND_NOT_SHARED),
    ("links by which others give feedback", file_pb.GROUND_ABOUT_OTHERS),
    ("who read a sampled report", file_pb.GROUND_ABOUT_OTHERS),
    ("who sent or entered an item of evidence, or a step of a complaint", file_pb.GROUND_ABOUT_OTHERS),
    ("who could review something, and why others could not", file_pb.GROUND_ABOUT_OTHERS),
)


class Servers(NamedTuple):
    """The gRPC services whose methods show a person their file."""

    safeguarders: SafeguarderServer
    decisions: DecisionServer
    evidence: EvidenceServer
    times_away: TimeAwayServer
    overlays: OverlayServer
    records: SessionRecordServer
    plans: DevelopmentPlanServer
    own_view: PersonalFileServer
    reviews: ReviewServer
    recommendations: RecommendationServer
    samples: ReportSampleServer
    drafts: DraftServer


def own_file(served: Servers, database: Database) -> OwnFile:
    """Return what people take with them of what evidence keeps."""
    items, plans, records, own_view = served.evidence, served.plans, served.records, served.own_view
    reads: dict[str, Any] = {
        **_of_the_register(served),
        "TimeAwayService/ListTimesAway": listed(
            served.times_away.ListTimesAway, times_pb.ListTimesAwayRequest, "times_away"
        ),
        "OverlayService/ListOverlays": listed(
            served.overlays.ListOverlays, overlays_pb.ListOverlaysRequest, "overlays"
        ),
        "PersonalFileService/GetMyStanding": single(own_view.GetMyStanding, own_pb.GetMyStandingRequest, "/standing"),
        "PersonalFileService/ListWaitingForMe": single(
            own_view.ListWaitingForMe, own_pb.ListWaitingForMeRequest, field="parent"
        ),
        "EvidenceService/ListEvidenceItems": lambda person: _items(person, items, database),
        "SessionRecordService/GetSessionPack": lambda person: _packs(person, records, database),
        "SessionRecordService/GetSessionRecord": lambda person: _records(person, records),
        "DevelopmentPlanService/GetDevelopmentPlan": single(
            plans.GetDevelopmentPlan, plans_pb.GetDevelopmentPlanRequest, "/developmentPlan"
        ),
        "DevelopmentPlanService/ListPlanHistory": listed(
            plans.ListPlanHistory, plans_pb.ListPlanHistoryRequest, "versions"
        ),
        "DevelopmentPlanService/ListActionReviews": listed(
            plans.ListActionReviews, plans_pb.ListActionReviewsRequest, "action_reviews"
        ),
        "ReviewService/ListReviewRequests": listed(
            served.reviews.ListReviewRequests, reviews_pb.ListReviewRequestsRequest, "review_requests"
        ),
        "ReportSampleService/ListReportSamples": listed(
            served.samples.ListReportSamples, samples_pb.ListReportSamplesRequest, "report_samples"
        ),
        "DraftService/ListDrafts": listed(served.drafts.ListDrafts, drafts_pb.ListDraftsRequest, "drafts"),
        "RecommendationService/GetReadiness": _readiness(served.recommendations),
        "RecommendationService/GetRecommendationPack": lambda person: _recommended(person, served.recommendations),
    }
    return OwnFile([OwnKind(f"psmf.evidence.v1.{method}", read) for method, read in reads.items()], _LEFT_OUT)


def _of_the_register(served: Servers) -> dict[str, Any]:
    decisions = served.decisions.ListMinisterialDecisions
    return {
        "SafeguarderService/GetSafeguarder": single(
            served.safeguarders.GetSafeguarder, people_pb.GetSafeguarderRequest
        ),
        "DecisionService/ListMinisterialDecisions": listed(
            decisions, decisions_pb.ListMinisterialDecisionsRequest, "decisions"
        ),
    }


def _items(person: str, server: EvidenceServer, database: Database) -> Iterator[OwnRecord]:
    for kept in listed(server.ListEvidenceItems, items_pb.ListEvidenceItemsRequest, "evidence_items")(person):
        item: Any = kept.record
        yield OwnRecord(item, {"reply.text": file_pb.GROUND_WAITS_FOR_A_LOOK} if item.reply.held else {})
    # They sent it, and so know of it. Its words wait for a look like everybody's.
    with database.read() as connection:
        held = SqlFile(connection).held(Listed((_id(person),)), None, _MOST_HELD)
    for waits in held:
        if _is_their_own(waits):
            yield OwnRecord(held_item_message(waits), {"summary": file_pb.GROUND_WAITS_FOR_A_LOOK})


def _is_their_own(item: EvidenceItem) -> bool:
    return item.state is ItemState.HELD and item.sender == current_call.get().principal.person


def _packs(person: str, server: SessionRecordServer, database: Database) -> Iterator[OwnRecord]:
    with database.read() as connection:
        packs = SqlSessionPacks(connection).of(_id(person))
    for pack in sorted(packs, key=lambda pack: (pack.starts_at, pack.session_id), reverse=True):
        ending = f"/supportSessions/{pack.session_id}/pack"
        yield from single(server.GetSessionPack, sessions_pb.GetSessionPackRequest, ending)(person)


def _records(person: str, server: SessionRecordServer) -> Iterator[OwnRecord]:
    """Yield every text of each record, the newest first: what was corrected stays theirs to read."""
    every = listed(server.ListSessionRecords, sessions_pb.ListSessionRecordsRequest, "session_records")
    for kept in every(person):
        yield kept
        record: Any = kept.record
        ending = record.name.removeprefix(person)
        for edition in range(record.edition - 1, 0, -1):
            asked = sessions_pb.GetSessionRecordRequest
            yield from single(server.GetSessionRecord, asked, ending, edition=edition)(person)


def _readiness(server: RecommendationServer) -> Callable[[str], Iterator[OwnRecord]]:
    return single(server.GetReadiness, recommendations_pb.GetReadinessRequest, field="parent")


def _recommended(person: str, server: RecommendationServer) -> Iterator[OwnRecord]:
    (readiness,) = (kept.record for kept in _readiness(server)(person))
    shared: Any = readiness
    for each in shared.recommendations:
        asked, ending = recommendations_pb.GetRecommendationPackRequest, each.name.removeprefix(person)
        yield from single(server.GetRecommendationPack, asked, ending)(person)


def _id(person: str) -> str:
    return person.partition("/")[2]
