"""Composition of the scheduling service: every object is built here, from top to bottom."""

from collections.abc import Callable
from pathlib import Path

from psmf.scheduling.v1 import (
    cover_pb2,
    cover_pb2_grpc,
    duties_pb2,
    duties_pb2_grpc,
    emergency_access_pb2,
    emergency_access_pb2_grpc,
    scheduling_pb2,
    scheduling_pb2_grpc,
)
from sqlalchemy import Connection

from services.platform.calls.relations import Subjects
from services.platform.clock import Clock
from services.platform.loop import Loop
from services.platform.process.process import Process, ServiceParts
from services.platform.storage.counts import Count, counted
from services.platform.storage.database import Database, count_rows, to_micros
from services.platform.storage.opening import open_database
from services.scheduling import consumer
from services.scheduling.adapters.covers import SqlCovers
from services.scheduling.adapters.data_files import read_policy, read_regions
from services.scheduling.adapters.duties import SqlDuties
from services.scheduling.adapters.emergencies import SqlEmergencies
from services.scheduling.adapters.people import DirectoryPeople
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.adapters.trainings import SqlTrainings
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.ports import SupportManagers
from services.scheduling.server.allocations import AllocationServer
from services.scheduling.server.covers import CoverServer
from services.scheduling.server.duties import DutyServer
from services.scheduling.server.emergencies import EmergencyAccessServer
from services.scheduling.server.obligations import ObligationServer
from services.scheduling.server.own_file import Servers, own_file
from services.scheduling.server.people import require_known
from services.scheduling.server.sessions import SupportSessionServer
from services.scheduling.server.timeline import timeline
from services.scheduling.server.trainings import TrainingServer
from services.scheduling.settings import Settings
from services.scheduling.telemetry import GAUGES
from services.scheduling.worker import DailyRun

HERE = Path(__file__).parent
OWN_TABLE = "support_session"
"""A table that no other service has. It tells this service's database from others."""
SUBJECTS = Subjects("safeguarders", "support_manager", "safeguarder", require_known)
"""Every record here is about a Safeguarder, and only a support manager can have one allocated."""


COUNTS = (
    Count("allocations", "allocation", "{row}.is_current"),
    Count("obligations_open", "obligation", "{row}.is_open"),
)
"""What the database counts for the figures."""


def compose(settings: Settings, clock: Clock | None = None) -> Process:
    """Return the service, ready to start. `clock`: the machine's, unless a test moves one of its own."""
    database = open_database(settings.database_url, HERE / "migrations", OWN_TABLE)
    served = (scheduling_pb2, duties_pb2, cover_pb2, emergency_access_pb2)
    protos = [file.DESCRIPTOR for file in served]
    parts = ServiceParts(settings, database, protos, HERE, SUBJECTS, clock)
    clock, people = parts.clock, DirectoryPeople(parts.directory)
    new_context = context_factory(people, clock)

    allocations = AllocationServer(database, parts.commands, new_context)
    scheduling_pb2_grpc.add_AllocationServiceServicer_to_server(allocations, parts.server.server)
    obligations = ObligationServer(database, parts.commands, new_context)
    scheduling_pb2_grpc.add_ObligationServiceServicer_to_server(obligations, parts.server.server)
    duties = DutyServer(database, clock)
    duties_pb2_grpc.add_DutyServiceServicer_to_server(duties, parts.server.server)
    covers = CoverServer(database, parts.commands, new_context, clock)
    cover_pb2_grpc.add_CoverServiceServicer_to_server(covers, parts.server.server)
    emergencies = EmergencyAccessServer(database, parts.commands, new_context, clock)
    emergency_access_pb2_grpc.add_EmergencyAccessServiceServicer_to_server(emergencies, parts.server.server)
    trainings = TrainingServer(database, parts.commands, new_context)
    scheduling_pb2_grpc.add_TrainingServiceServicer_to_server(trainings, parts.server.server)
    sessions = SupportSessionServer(database, parts.commands, new_context, people, clock)
    scheduling_pb2_grpc.add_SupportSessionServiceServicer_to_server(sessions, parts.server.server)

    parts.hand_out(own_file(Servers(allocations, covers, duties, emergencies, obligations, sessions)))
    parts.tell_of_the_past(timeline(covers, database, new_context))

    parts.listen_to("evidence", settings.evidence_address, consumer.from_evidence(new_context))
    parts.listen_to("rules", settings.rules_address, consumer.from_rules(new_context))
    parts.run_beside(Loop("daily-run", DailyRun(database, new_context, clock).turn))
    return parts.process(figures=lambda: figures(database, clock), own_gauges=GAUGES, counts=COUNTS)


def context_factory(support_managers: SupportManagers, clock: Clock) -> Callable[[Connection], SchedulingContext]:
    """Return a function that makes the handlers' context for a transaction."""
    regions, policy = read_regions(), read_policy()

    def new_context(connection: Connection) -> SchedulingContext:
        now = clock.now()
        stores = (
            SqlSchedules(connection, now),
            SqlDuties(connection, now),
            SqlTrainings(connection),
            SqlCovers(connection),
            SqlEmergencies(connection),
        )
        return SchedulingContext(*stores, support_managers, regions, policy, now)

    return new_context


def figures(database: Database, clock: Clock) -> tuple[dict[str, int], dict[str, str]]:
    """Return the figures that GetStatus shows for this service."""
    today, now = clock.today().isoformat(), to_micros(clock.now())
    # These depend on the day or the hour, so they are counted by an index of what is still to come.
    counts: dict[str, tuple[str, tuple[object, ...]]] = {
        "unallocated": (
            "safeguarder WHERE serves_until >= ? AND NOT EXISTS (SELECT 1 FROM allocation "
            "WHERE is_current AND allocation.safeguarder_id = safeguarder.safeguarder_id)",
            (today,),
        ),
        "sessions_overdue": ("support_session WHERE is_open AND starts_at <= ?", (now,)),
        "sessions_upcoming": ("support_session WHERE is_open AND starts_at > ?", (now,)),
    }
    with database.read() as connection:
        now_counted = {name: count_rows(connection, rows, given) for name, (rows, given) in counts.items()}
        return counted(connection, COUNTS) | now_counted, {}
