"""A service as a process: the parts that every service has, started in order and stopped in reverse."""

import gc
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from google.protobuf.descriptor import FileDescriptor
from google.protobuf.message import Message
from psmf.platform.v1 import (
    access_pb2_grpc,
    audit_pb2_grpc,
    events_pb2_grpc,
    feed_pb2_grpc,
    own_file_pb2_grpc,
    status_pb2_grpc,
    timeline_pb2_grpc,
)

from services.platform.audit.log import AuditLog
from services.platform.audit.statement import TYPE as CHECKPOINT
from services.platform.calls.access import Access
from services.platform.calls.client import ServiceToken
from services.platform.calls.commands import Commands
from services.platform.calls.gate import Gate, Records
from services.platform.calls.identity import Directory, Principal, Tokens
from services.platform.calls.method_rules import MethodPolicy, method_policies
from services.platform.calls.named import listed_subject, put_in_place_of_all, subject_of
from services.platform.calls.pages import PageSeal
from services.platform.calls.relations import Related, Subjects, evident_relation, relation_of
from services.platform.calls.timeline import TimelinePart
from services.platform.clock import Clock, SystemClock
from services.platform.door.server import GrpcServer
from services.platform.events.consumer import EventConsumer
from services.platform.events.feed import FeedConsumer, FeedServer
from services.platform.events.gaps import Gaps
from services.platform.events.inbox import Inbox, Reaction, ignore
from services.platform.events.inbox_tables import DEAD_LETTERS
from services.platform.events.outbox import PUBLISHED
from services.platform.events.readers import Readers
from services.platform.kafka.consumer import KafkaEventConsumer
from services.platform.kafka.relay import KafkaRelay
from services.platform.loop import Loop
from services.platform.process import gauges
from services.platform.process.access_server import AccessServer
from services.platform.process.audit.keeper import CheckpointKeeper, reader_of
from services.platform.process.audit.server import AuditServer
from services.platform.process.clock_watch import ClockWatch
from services.platform.process.events_server import EventsServer
from services.platform.process.gauges import NO_GAUGES, Figures, OwnGauges, Watched
from services.platform.process.own_file_server import OwnFileServer
from services.platform.process.own_records import OwnFile
from services.platform.process.probe import StorageProbe
from services.platform.process.settings import ServiceSettings
from services.platform.process.status import StatusServer
from services.platform.process.stop_signal import stop_signal
from services.platform.process.timeline_server import TimelineServer
from services.platform.storage.counts import Changes, Count, keep_counts
from services.platform.storage.database import Database
from services.platform.telemetry import traces
from services.platform.telemetry.logs import log
from services.platform.waits import ConfirmedTime

GRACE_SECONDS = 5.0
"""Time for running calls at a stop. Deployments allow 40 seconds before they kill the process."""
ANSWERS_KEPT = timedelta(days=7)
"""How long a repeated command gets its first answer, as promised to callers (docs/calling.md)."""
HOUSEKEEPING_SECONDS = 3600.0
SWITCH_SECONDS = 0.001
"""How long a thread that computes may keep Python from another one. Its own 5 ms is long for a thread that only passes
something on, such as an event, which goes through several. Much less costs work where many threads compute."""


class Worker(Protocol):
    """Work that runs beside the server: a consumer, an evaluator, a sender."""

    def start(self) -> None:
        """Begin; return at once."""
        ...

    def stop(self) -> None:
        """Finish the current work, then return."""
        ...


class ServiceParts:
    """The parts of a service that are the same for all. Methods, reactions and workers are its own.

    `folder` holds the service's access policies, and its name is the service's name.
    """

    def __init__(
        self,
        settings: ServiceSettings,
        database: Database,
        protos: Iterable[FileDescriptor],
        folder: Path,
        subjects: Subjects,
        clock: Clock | None = None,
    ) -> None:
        self._service = service = folder.name
        self._shadow = settings.shadow_name
        self.clock = clock or SystemClock()
        self.database = database
        self.directory = Directory(settings.people_file)
        self.token = ServiceToken(settings.service_key_file, service, self.clock.now, settings.tls)
        tokens = Tokens(settings.keys_file, self.directory, self.clock.now, settings.audience_of(service))
        proved = reader_of(tokens)
        self._log = AuditLog(service, subjects.collection, partial(self.token.sign, CHECKPOINT), proved)
        self.commands = Commands(database, self.clock.now, self._log)
        # SQLite has one writing process, so there is one copy, and its claims are its own again after a restart.
        self.copy_name = settings.copy_name or (uuid.uuid4().hex if database.is_shared else "only")
        self._given_name = settings.copy_name
        self._subjects = subjects
        self._kafka = settings.kafka
        files = list(protos)
        self._methods = methods = method_policies(files)
        self.access = Access(folder / "access.cedar", methods)
        about = Records(self._relate, self._require_parent, PageSeal(partial(self.token.keys_for, "page tokens")))
        gate = Gate(service, methods, tokens, self.access, about, self.commands)
        self.server = GrpcServer(service, settings.listen, gate, settings.health_listen, settings.tls)
        self._feed = FeedServer(service, database)
        self._consumers: list[EventConsumer] = []
        self._inboxes: dict[str, Inbox] = {}
        self._addresses: dict[str, str] = {}
        self._keeper = CheckpointKeeper(database, self._log, self._addresses, self.token, proved, settings.audit_file)
        self.clock_watch = ClockWatch(self.clock)
        self._workers: list[Worker] = []
        self._relay = None if self._shadow else self._send_events()
        if settings.reflection:
            self._offer_reflection(files)

    def _send_events(self) -> KafkaRelay | None:
        """Serve the outbox as a feed, and return what sends it to the topic with Kafka. A shadow has neither."""
        feed_pb2_grpc.add_FeedServiceServicer_to_server(self._feed, self.server.server)
        if self._kafka is None:
            return None
        relay = KafkaRelay(self._service, self.database, self._kafka, self.clock.now)
        self._workers.append(relay)
        return relay

    @property
    def _reader(self) -> str:
        """The name under which it reads events. With another name it takes none away from the service."""
        return f"{self._service}.shadow.{self._shadow}" if self._shadow else self._service

    def _offer_reflection(self, files: Sequence[FileDescriptor]) -> None:
        names = [entry.full_name for file in files for entry in file.services_by_name.values()]
        own = ("Access", "Audit", "Events", "Feed", "OwnFile", "Status", "Timeline")
        self.server.offer_reflection([*names, *(f"psmf.platform.v1.{name}Service" for name in own)])

    def listen_to(self, source: str, address: str, reactions: Mapping[str, Reaction]) -> None:
        """Apply these reactions to another service's events, from its topic, or else from its feed at an address."""
        used = {kind: react for kind, react in reactions.items() if react is not ignore}
        known = {**reactions, **traces.traced(self._service, used)}  # a span of nothing would tell an operator nothing
        inbox = self._inboxes[source] = Inbox(self.database, source, known, self.clock.now)
        self._addresses[source] = address
        if self._kafka:
            gaps = Gaps(self._reader, inbox, address, self.token, self.clock.now)
            consumer = KafkaEventConsumer(self._reader, inbox, self._kafka, self._given_name, gaps)
            if self._shadow:
                consumer.keep_dead_letters()
            self._consumers.append(consumer)
        else:
            self._consumers.append(FeedConsumer(self._reader, inbox, address, self.token))

    def run_beside(self, worker: Worker) -> None:
        """Run a worker for as long as the service runs."""
        self._workers.append(worker)

    def hand_out(self, own_file: OwnFile) -> None:
        """Let people take with them what this service keeps about them."""
        server = OwnFileServer(self.database, self._subjects, self._methods.values(), own_file)
        own_file_pb2_grpc.add_OwnFileServiceServicer_to_server(server, self.server.server)

    def tell_of_the_past(self, parts: Sequence[TimelinePart]) -> None:
        """Let people see what happened with a person, in order of time."""
        server = TimelineServer(self._subjects, self.access, self._methods, parts, self.clock)
        timeline_pb2_grpc.add_TimelineServiceServicer_to_server(server, self.server.server)

    def process(
        self, figures: Figures, own_gauges: OwnGauges = NO_GAUGES, counts: Sequence[Count | Changes] = ()
    ) -> "Process":
        """Return the service, ready to start. `counts`: what the database keeps for its figures and its own work."""
        keep_counts(self.database.engine, (PUBLISHED, DEAD_LETTERS, *counts))
        status = StatusServer(self._service, self.database, self._consumers, self.clock, figures, self.clock_watch)
        status_pb2_grpc.add_StatusServiceServicer_to_server(status, self.server.server)
        access_pb2_grpc.add_AccessServiceServicer_to_server(AccessServer(self.access), self.server.server)
        events = EventsServer(self.database, self.commands, self._inboxes, self._relay is not None)
        events_pb2_grpc.add_EventsServiceServicer_to_server(events, self.server.server)
        audit_server = AuditServer(self.database, self._log, self._keeper.proved)
        audit_pb2_grpc.add_AuditServiceServicer_to_server(audit_server, self.server.server)
        sender = self._relay or self._feed
        gauges.watch(Watched(self.database, self.clock.now, figures, self._consumers, lambda: sender.sent, own_gauges))
        housekeeping = Loop("housekeeping", partial(self._forget_answers, ConfirmedTime(self.clock)))
        watch = Loop("clock watch", self.clock_watch.turn)
        probe = Loop("probe", StorageProbe(self.database, self.server.set_ready).turn)
        checkpoints = Loop("audit checkpoints", partial(self._keeper.turn, self.clock.now))
        beside = (*self._consumers, *self._workers, housekeeping, watch, probe, checkpoints)
        # Whom a service reads, mostly reads it too. One that does not says so.
        # Nobody has read a shadow, and those who read the service would not know its database.
        readers = Readers(self._service, self.database, {} if self._shadow else self._addresses, self.token)
        return Process(self.server, list(beside), self.database, readers)

    def _forget_answers(self, confirmed: ConfirmedTime) -> float:
        """Delete the answers that are no longer promised. Return the seconds until the next time."""
        now = confirmed.now()
        if now is not None:
            self.commands.forget_answers(now - ANSWERS_KEPT)
        return HOUSEKEEPING_SECONDS

    def _relate(self, principal: Principal, request: Message | None) -> Related:
        """Return the record that a request is about and the caller's relation to it.

        A caller who has one record of their own and sees no other means that one by `-`. The request is then about it.
        """
        if request is not None and principal.role == self._subjects.own_role and principal.subject:
            put_in_place_of_all(request, self._subjects.collection, principal.subject)
        subject = subject_of(request, self._subjects.collection)
        if evident := evident_relation(principal, subject):
            return evident
        with self.database.read() as connection:
            return relation_of(connection, principal, subject, self._subjects.allocated_role, self.clock.now())

    def _require_parent(self, rules: MethodPolicy, request: Message) -> None:
        """Refuse a list of the records of somebody unknown. An empty list would say that nothing is held about them.

        Raises:
            Refusal: NOT_FOUND.
        """
        subject = listed_subject(rules.method, request, self._subjects.collection)
        if subject:
            with self.database.read() as connection:
                self._subjects.require(connection, subject)


def _spare_the_collector() -> None:
    """Make garbage collection rare, and leave out everything made at the start, which stays for good.

    The short-lived values of calls have no cycles. `make bench` showed that with the defaults a fifth of the time of a
    batch goes into collections that find nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


class Process:
    """One running service."""

    def __init__(self, server: GrpcServer, workers: list[Worker], database: Database, readers: Readers) -> None:
        self.server = server
        self._readers = readers
        self._workers = workers
        self._database = database

    def start(self) -> None:
        """Start the workers, then serve."""
        for worker in self._workers:
            worker.start()
        self.server.start()
        log().info("serving", service=self.server.service, address=str(self.server.port))

    def stop(self) -> None:
        """Report not ready, end the streams, let calls finish, stop the workers and close the database.

        The order matters. Probes must see it before calls are refused, open streams would use up the whole grace, and
        calls and workers need the database to the end.
        """
        self.server.not_ready()
        self._database.end_waits()
        self.server.stop(GRACE_SECONDS)
        for worker in reversed(self._workers):
            worker.stop()
        self._database.close()

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT.

        Raises:
            UnusableDatabaseError: a reader has read another database than this one.
        """
        self._readers.ask()
        with stop_signal() as wait:
            self.start()
            self._readers.start()
            _spare_the_collector()
            sys.setswitchinterval(SWITCH_SECONDS)
            wait()
            self._readers.stop()
            self.stop()
        log().info("stopped", service=self.server.service)
