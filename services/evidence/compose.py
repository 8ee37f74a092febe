"""Composition of the evidence service: every object is built here, from top to bottom."""

from datetime import datetime
from functools import partial
from pathlib import Path

from psmf.evidence.v1 import (
    decisions_pb2,
    decisions_pb2_grpc,
    development_plans_pb2,
    development_plans_pb2_grpc,
    directory_pb2,
    directory_pb2_grpc,
    drafts_pb2,
    drafts_pb2_grpc,
    evidence_pb2,
    evidence_pb2_grpc,
    feedback_links_pb2,
    feedback_links_pb2_grpc,
    overlays_pb2,
    overlays_pb2_grpc,
    personal_file_pb2,
    personal_file_pb2_grpc,
    recommendations_pb2,
    recommendations_pb2_grpc,
    report_samples_pb2,
    report_samples_pb2_grpc,
    review_requests_pb2,
    review_requests_pb2_grpc,
    safeguarder_pb2,
    safeguarder_pb2_grpc,
    session_records_pb2,
    session_records_pb2_grpc,
    times_away_pb2,
    times_away_pb2_grpc,
)
from sqlalchemy import Connection

from services.evidence import consumer
from services.evidence.adapters.feedback.questions import feedback_forms
from services.evidence.adapters.overlays.policy import overlay_policy
from services.evidence.adapters.personal_file.ways import ways_to_show
from services.evidence.adapters.record_numbers import (
    complaint_numbers,
    feedback_numbers,
    plan_numbers,
    recommendation_numbers,
    record_numbers,
    review_numbers,
    sample_numbers,
    standing_numbers,
)
from services.evidence.adapters.review_requests.files import ReviewFile, review_file
from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.adapters.senders import known_bodies, own_kinds
from services.evidence.adapters.store import SqlFile
from services.evidence.adapters.times_away import SqlTimesAway
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.handlers.reply_times import ReplyTimes, move_reply_times
from services.evidence.server.decisions import DecisionServer
from services.evidence.server.development_plans import DevelopmentPlanServer
from services.evidence.server.evidence import EvidenceServer
from services.evidence.server.overlays import OverlayServer
from services.evidence.server.own_file import Servers, own_file
from services.evidence.server.pages.directory import DirectoryServer
from services.evidence.server.pages.drafts import DraftServer
from services.evidence.server.pages.feedback_links import FeedbackLinkServer
from services.evidence.server.pages.timeline import timeline
from services.evidence.server.personal_file import PersonalFileServer
from services.evidence.server.recommendations import RecommendationServer
from services.evidence.server.report_samples import ReportSampleServer
from services.evidence.server.review_requests import ReviewServer
from services.evidence.server.safeguarders import SafeguarderServer, require_known
from services.evidence.server.session_records import Beside, SessionRecordServer
from services.evidence.server.times_away import TimeAwayServer
from services.evidence.settings import Settings
from services.evidence.telemetry import GAUGES
from services.evidence.worker import (
    EndOfOverlays,
    EndsToTell,
    LookThrough,
    ReviewCalendar,
    SessionCalendar,
    feedback_that_is_over,
    forgotten_drafts,
)
from services.platform.calls.identity import Directory
from services.platform.calls.relations import Subjects
from services.platform.clock import Clock
from services.platform.loop import Loop
from services.platform.process.process import Process, ServiceParts
from services.platform.storage.counts import Count, counted
from services.platform.storage.database import Database
from services.platform.storage.opening import open_database

HERE = Path(__file__).parent
OWN_TABLE = "evidence_item"
"""A table that no other service has. It tells this service's database from others."""
ITEMS_TOGETHER = 500
"""Items of an earlier release in one transaction. A larger one would keep other writers waiting."""
SUBJECTS = Subjects("safeguarders", "support_manager", "safeguarder", require_known)
"""Every record here is about a Safeguarder, and only a support manager can have one allocated."""


COUNTS = (
    Count("evidence_items", "evidence_item"),
    Count("events_accepted", "outbox", "{row}.type LIKE 'psmf.evidence.v1.%'"),
    # Every event about an item. The ledger compares their number with what rules has evaluated, dead-lettered or still
    # waiting.
    Count(
        "facts_accepted",
        "outbox",
        "{row}.type NOT LIKE 'psmf.evidence.v1.Safeguarder%' AND {row}.type NOT LIKE 'psmf.evidence.v1.Session%' "
        "AND {row}.type <> 'psmf.evidence.v1.WordsHeld' AND {row}.type <> 'psmf.evidence.v1.ActionChanged' "
        "AND {row}.type <> 'psmf.evidence.v1.SafetySaid' "
        "AND {row}.type <> 'psmf.evidence.v1.SupportChanged' AND {row}.type <> 'psmf.evidence.v1.ViewChanged' "
        "AND {row}.type <> 'psmf.evidence.v1.ActionReviewHeld' "
        "AND {row}.type <> 'psmf.evidence.v1.DevelopmentPlanChanged' "
        "AND {row}.type <> 'psmf.evidence.v1.ApproachChanged' "
        "AND {row}.type <> 'psmf.evidence.v1.ReviewRequestChanged' "
        "AND {row}.type <> 'psmf.evidence.v1.RecommendationChanged' "
        "AND {row}.type <> 'psmf.evidence.v1.ReportSampleChanged' "
        "AND {row}.type <> 'psmf.evidence.v1.OverlayChanged'",
    ),
    Count("items_held", "evidence_item", "{row}.held OR {row}.to_look_at <> ''"),
    Count("safeguarders", "safeguarder"),
    Count("standards_editions", "standards_edition"),
)
"""What the database counts for the figures."""


def compose(settings: Settings, clock: Clock | None = None) -> Process:
    """Return the service, ready to start. `clock`: the machine's, unless a test moves one of its own."""
    numbers = (record_numbers, plan_numbers, standing_numbers, review_numbers, recommendation_numbers, sample_numbers)
    more_numbers = (complaint_numbers, feedback_numbers)
    for read in (known_bodies, own_kinds, *numbers, *more_numbers, feedback_forms, ways_to_show, overlay_policy):
        read()  # a fault in a file of data stops the start, with its line
    database = open_database(settings.database_url, HERE / "migrations", OWN_TABLE)
    contracts = [evidence_pb2.DESCRIPTOR, safeguarder_pb2.DESCRIPTOR, report_samples_pb2.DESCRIPTOR]
    contracts += [times_away_pb2.DESCRIPTOR, session_records_pb2.DESCRIPTOR, development_plans_pb2.DESCRIPTOR]
    contracts += [personal_file_pb2.DESCRIPTOR, review_requests_pb2.DESCRIPTOR, recommendations_pb2.DESCRIPTOR]
    contracts += [overlays_pb2.DESCRIPTOR, decisions_pb2.DESCRIPTOR, directory_pb2.DESCRIPTOR, drafts_pb2.DESCRIPTOR]
    contracts += [feedback_links_pb2.DESCRIPTOR]
    parts = ServiceParts(settings, database, contracts, HERE, SUBJECTS, clock)

    kept = _serve(parts, database, settings.reply_working_days)
    parts.hand_out(own_file(kept, database))
    parts.tell_of_the_past(timeline(kept, database))
    identify_earlier_items(database, parts.clock)
    leave_out_earlier_days(database, parts.clock, settings.reply_working_days)
    job = LookThrough(database, parts.clock, partial(body_of, parts.directory))
    parts.run_beside(Loop("look through", job.turn))
    parts.run_beside(Loop("session calendar", SessionCalendar(database, parts.clock).turn))
    ended = EndOfOverlays(database, parts.clock, settings.reply_working_days)
    parts.run_beside(Loop("end of overlays", ended.turn))
    parts.run_beside(Loop("ends to tell", EndsToTell(database, parts.clock).turn))
    parts.run_beside(Loop("feedback that is over", feedback_that_is_over(database, parts.clock).turn))
    parts.run_beside(Loop("forgotten drafts", forgotten_drafts(database, parts.clock).turn))
    reviews = ReviewCalendar(database, parts.clock, partial(_reviews, parts.directory, settings.reply_working_days))
    parts.run_beside(Loop("review calendar", reviews.turn))
    parts.listen_to("rules", settings.rules_address, consumer.FROM_RULES)
    parts.listen_to("scheduling", settings.scheduling_address, consumer.FROM_SCHEDULING)
    return parts.process(figures=lambda: figures(database), own_gauges=GAUGES, counts=COUNTS)


def _serve(parts: ServiceParts, database: Database, reply_working_days: int) -> Servers:
    """Add every gRPC service to the server. Return those whose methods show people their file."""
    safeguarders = SafeguarderServer(database, parts.commands, parts.clock, parts.directory)
    evidence = EvidenceServer(database, parts.commands, parts.clock, reply_working_days)
    safeguarder_pb2_grpc.add_SafeguarderServiceServicer_to_server(safeguarders, parts.server.server)
    evidence_pb2_grpc.add_EvidenceServiceServicer_to_server(evidence, parts.server.server)
    samples = ReportSampleServer(database, parts.commands, parts.clock, parts.directory)
    report_samples_pb2_grpc.add_ReportSampleServiceServicer_to_server(samples, parts.server.server)

    times_away = TimeAwayServer(database, parts.commands, parts.clock, reply_working_days)
    times_away_pb2_grpc.add_TimeAwayServiceServicer_to_server(times_away, parts.server.server)

    overlays = OverlayServer(database, parts.commands, parts.clock, reply_working_days)
    overlays_pb2_grpc.add_OverlayServiceServicer_to_server(overlays, parts.server.server)

    decisions = DecisionServer(database, parts.commands, parts.clock, reply_working_days)
    decisions_pb2_grpc.add_DecisionServiceServicer_to_server(decisions, parts.server.server)

    plans = DevelopmentPlanServer(database, parts.commands, parts.clock, reply_working_days)
    development_plans_pb2_grpc.add_DevelopmentPlanServiceServicer_to_server(plans, parts.server.server)

    records = SessionRecordServer(database, parts.commands, parts.clock, Beside(evidence, plans))
    session_records_pb2_grpc.add_SessionRecordServiceServicer_to_server(records, parts.server.server)

    own_view = PersonalFileServer(database, parts.clock)
    personal_file_pb2_grpc.add_PersonalFileServiceServicer_to_server(own_view, parts.server.server)

    reviews = ReviewServer(database, parts.commands, parts.clock, parts.directory, reply_working_days)
    review_requests_pb2_grpc.add_ReviewServiceServicer_to_server(reviews, parts.server.server)

    recommendations = RecommendationServer(database, parts.commands, parts.clock)
    recommendations_pb2_grpc.add_RecommendationServiceServicer_to_server(recommendations, parts.server.server)

    drafts = _serve_pages(parts, database, reply_working_days)
    record = (records, plans, own_view, reviews, recommendations, samples, drafts)
    return Servers(safeguarders, decisions, evidence, times_away, overlays, *record)


def _serve_pages(parts: ServiceParts, database: Database, reply_working_days: int) -> DraftServer:
    """Add what pages need beside the record. Return the drafts, which a person takes with them."""
    directory = DirectoryServer(database, parts.clock, parts.directory)
    directory_pb2_grpc.add_DirectoryServiceServicer_to_server(directory, parts.server.server)
    feedback = FeedbackLinkServer(database, parts.commands, parts.clock, reply_working_days)
    feedback_links_pb2_grpc.add_FeedbackLinkServiceServicer_to_server(feedback, parts.server.server)
    drafts = DraftServer(database, parts.commands, parts.clock)
    drafts_pb2_grpc.add_DraftServiceServicer_to_server(drafts, parts.server.server)
    return drafts


def _reviews(directory: Directory, reply_working_days: int, connection: Connection, now: datetime) -> ReviewFile:
    """Return what the calendar needs to work on review requests."""
    return review_file(connection, directory, Actor("calendar", Side.PANEL_TEAM, now), reply_working_days)


def identify_earlier_items(database: Database, clock: Clock) -> None:
    """Publish which report each item of an earlier release is about, so that rules and KPIs count reports (P16)."""
    while database.write(lambda tx: SqlFile(tx).identify_earlier_items(ITEMS_TOGETHER, clock.now())):
        pass


def leave_out_earlier_days(database: Database, clock: Clock, reply_working_days: int) -> None:
    """Move each running time to reply that an earlier release let run on during a time away or a review (R90, B5)."""
    with database.read() as connection:
        people = {*SqlTimesAway(connection).people(), *SqlReviewRequests(connection).people()}
    for person in sorted(people):
        database.write(partial(_leave_out_days, person, clock.now(), reply_working_days))


def _leave_out_days(person: str, now: datetime, reply_working_days: int, tx: Connection) -> None:
    file, reply_times = SqlFile(tx), ReplyTimes(SqlTimesAway(tx), SqlReviewRequests(tx), reply_working_days)
    move_reply_times(file.of_person(person), reply_times, file, now)


def body_of(directory: Directory, sender: str) -> str:
    """Return the body whose system a sender is; empty for a person, and for a system that is not in the directory."""
    found = directory.find(sender)
    return found.sender if found else ""


def figures(database: Database) -> tuple[dict[str, int], dict[str, str]]:
    """Return the figures that GetStatus shows for this service."""
    with database.read() as connection:
        return counted(connection, COUNTS), {}
