"""Composition of the evidence service: every object is built here, from top to bottom."""

from pathlib import Path

from psmf.evidence.v1 import (
    evidence_pb2,
    evidence_pb2_grpc,
    report_samples_pb2,
    report_samples_pb2_grpc,
    safeguarder_pb2,
    safeguarder_pb2_grpc,
)

from services.evidence import consumer
from services.evidence.server.evidence import EvidenceServer
from services.evidence.server.report_samples import ReportSampleServer
from services.evidence.server.safeguarders import SafeguarderServer
from services.evidence.settings import Settings
from services.evidence.telemetry import GAUGES
from services.platform.calls.relations import Subjects
from services.platform.clock import Clock
from services.platform.process.process import Process, ServiceParts
from services.platform.storage.database import Database, count_rows
from services.platform.storage.opening import open_database

HERE = Path(__file__).parent
OWN_TABLE = "evidence_item"
"""A table that no other service has. It tells this service's database from others."""
SUBJECTS = Subjects("safeguarders", "support_manager")
"""Every record here is about a Safeguarder, and only a support manager can have one allocated."""


def compose(settings: Settings, clock: Clock | None = None) -> Process:
    """Return the service, ready to start. `clock`: the machine's, unless a test moves one of its own."""
    database = open_database(settings.database_url, HERE / "migrations", OWN_TABLE)
    contracts = [evidence_pb2.DESCRIPTOR, safeguarder_pb2.DESCRIPTOR, report_samples_pb2.DESCRIPTOR]
    parts = ServiceParts(settings, database, contracts, HERE, SUBJECTS, clock)

    safeguarders = SafeguarderServer(database, parts.commands, parts.clock)
    evidence = EvidenceServer(database, parts.commands, parts.clock, settings.reply_working_days)
    safeguarder_pb2_grpc.add_SafeguarderServiceServicer_to_server(safeguarders, parts.server.server)
    evidence_pb2_grpc.add_EvidenceServiceServicer_to_server(evidence, parts.server.server)
    samples = ReportSampleServer(parts.commands, parts.clock)
    report_samples_pb2_grpc.add_ReportSampleServiceServicer_to_server(samples, parts.server.server)

    parts.listen_to("rules", settings.rules_address, consumer.FROM_RULES)
    parts.listen_to("scheduling", settings.scheduling_address, consumer.FROM_SCHEDULING)
    return parts.process(figures=lambda: figures(database), own_gauges=GAUGES)


def figures(database: Database) -> tuple[dict[str, int], dict[str, str]]:
    """Return the figures that GetStatus shows for this service."""
    with database.read() as connection:
        items = count_rows(connection, "evidence_item")
        events = count_rows(connection, "outbox WHERE type LIKE 'psmf.evidence.v1.%'")
        # Every event about an item. The ledger compares their number with what rules has evaluated, dead-lettered or
        # still waiting.
        facts = count_rows(connection, "outbox WHERE type NOT LIKE 'psmf.evidence.v1.Safeguarder%'")
        people = count_rows(connection, "safeguarder")
        editions = count_rows(connection, "standards_edition")
    return {
        "evidence_items": items,
        "events_accepted": events,
        "facts_accepted": facts,
        "safeguarders": people,
        "standards_editions": editions,
    }, {}
