"""A small service on the platform, with the contracts of three services. A test sets what its methods do."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.message_factory import GetMessageClass
from psmf.evidence.v1 import evidence_pb2, evidence_pb2_grpc, safeguarder_pb2
from psmf.notifications.v1 import notifications_pb2, notifications_pb2_grpc
from psmf.platform.v1 import feed_pb2_grpc
from psmf.rules.v1 import rules_pb2, rules_pb2_grpc
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table

from services.platform.calls.commands import Commands
from services.platform.calls.method_rules import method_policies
from services.platform.events.inbox_tables import DEAD_LETTERS
from services.platform.events.outbox import PUBLISHED
from services.platform.kafka.relay import relay_table
from services.platform.process.process import Process, ServiceParts
from services.platform.process.settings import ServiceSettings
from services.platform.storage.counts import keep_counts
from services.platform.storage.database import Database, execute
from tests import databases
from tests.waiting import HUNG
from tests.world import SUBJECTS, World, platform_tables, running

PROTOS = [evidence_pb2.DESCRIPTOR, safeguarder_pb2.DESCRIPTOR, notifications_pb2.DESCRIPTOR, rules_pb2.DESCRIPTOR]
SHARED = {
    "ReadFeed", "GetStatus", "ListDeadLetters", "RetryDeadLetter", "DropDeadLetter", "RepublishEvents", "AcceptSource",
    "ListPlaces", "CheckPlaces",
    "ListReads", "ExportMyFile", "ListAuditEntries", "CheckAudit", "GetCheckpoints",
}  # fmt: skip
Work = Callable[[Any], Any]


def now() -> datetime:
    """Return the current instant."""
    return datetime.now(UTC)


def small_tables() -> MetaData:
    """Return the tables that every service has, the relay's, and a table of counts for effects."""
    metadata = platform_tables()
    relay_table(metadata)
    Table("tally", metadata, Column("name", String, primary_key=True), Column("count", Integer, nullable=False))
    return metadata


def new_database(file: Path) -> Database:
    """Create a database with the platform's tables."""
    database = Database(databases.address(file))
    small_tables().create_all(database.engine)
    keep_counts(database.engine, (PUBLISHED, DEAD_LETTERS))
    return database


def count_one(connection: Connection, name: str) -> int:
    """Add one to a count and return it. This effect shows whether something happened exactly once."""
    row = execute(connection, "SELECT count FROM tally WHERE name = ?", (name,)).fetchone()
    count = (row[0] if row else 0) + 1
    upsert = "INSERT INTO tally (name, count) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET count = excluded.count"
    execute(connection, upsert, (name, count))
    return count


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    """Return the rows that another process would read from a database file."""
    return databases.read_rows(file, query)


def counts(file: Path) -> dict[str, int]:
    """Return every count."""
    return dict(rows(file, "SELECT name, count FROM tally"))


@dataclass
class SmallService:
    """The service, its database and ways to call it. Every method does `work`."""

    world: World
    database: Database
    file: Path
    commands: Commands
    process: Process
    work: Work = field(default=lambda request: None)
    channel: Any = None
    items: Any = None
    alerts: Any = None
    concerns: Any = None
    rulebook: Any = None
    feed: Any = None

    def as_(self, person: str) -> dict[str, Any]:
        """Return the keyword arguments that make `person` the caller."""
        return {"metadata": self.world.metadata(person), "timeout": HUNG}

    def connect(self, channel: grpc.Channel) -> None:
        """Create the stubs for a channel."""
        self.channel = channel
        self.items = evidence_pb2_grpc.EvidenceServiceStub(channel)
        self.alerts = notifications_pb2_grpc.AlertServiceStub(channel)
        self.concerns = rules_pb2_grpc.ConcernServiceStub(channel)
        self.rulebook = rules_pb2_grpc.RulebookServiceStub(channel)
        self.feed = feed_pb2_grpc.FeedServiceStub(channel)


def serve(service: "SmallService", server: grpc.Server, protos: Sequence[FileDescriptor]) -> None:
    """Serve every method of the contracts with the service's work. For a client's stream it runs once for each part."""

    def one(request: Any, context: Any) -> Any:
        return service.work(request)

    def answers(request: Any, context: Any) -> Any:
        yield from service.work(request)

    def parts(requests: Any, context: Any) -> Any:
        return [service.work(request) for request in requests][-1]

    for contract in (contract for file in protos for contract in file.services_by_name.values()):
        handlers = {}
        for method in contract.methods:
            make: Any = grpc.unary_unary_rpc_method_handler
            behaviour: Callable[[Any, Any], Any] = one
            if method.client_streaming:
                make, behaviour = grpc.stream_unary_rpc_method_handler, parts
            elif method.server_streaming:
                make, behaviour = grpc.unary_stream_rpc_method_handler, answers
            request, answer = GetMessageClass(method.input_type), GetMessageClass(method.output_type)
            handlers[method.name] = make(behaviour, request.FromString, answer.SerializeToString)
        server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(contract.full_name, handlers)])


def policies(methods: set[str]) -> str:
    """Return policies. The Team may do anything; Safeguarders read their own data, support managers their people's."""
    actions = ", ".join(f'Action::"{method}"' for method in sorted(methods - SHARED))
    return (
        f'permit (principal, action in [{actions}], resource) when {{ principal.role == "panel_team" }};\n'
        'permit (principal, action == Action::"GetEvidenceItem", resource)\n'
        'when { principal.role == "safeguarder" && resource.relation == "own" };\n'
        'permit (principal, action == Action::"GetEvidenceItem", resource)\n'
        'when { principal.role == "support_manager" && resource.relation == "allocated" };\n'
    )


@contextmanager
def small_service(
    folder: Path, settings: dict[str, Any] | None = None, protos: Sequence[FileDescriptor] = PROTOS
) -> Iterator[SmallService]:
    """Run the service, with these contracts."""
    world = World(folder)
    own = folder / "evidence"
    own.mkdir()
    (own / "access.cedar").write_text(policies({rules.method for rules in method_policies(protos).values()}))
    read = ServiceSettings(**world.settings("evidence") | (settings or {}))
    file = folder / "evidence.db"
    database = new_database(file)
    parts = ServiceParts(read, database, protos, own, SUBJECTS)
    service = SmallService(world, database, file, parts.commands, parts.process(lambda: ({}, {})))
    serve(service, parts.server.server, protos)
    with running(service.process) as channel:
        service.connect(channel)
        yield service
