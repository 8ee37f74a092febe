"""A running copy of a service: the real servers, reactions and workers. Each gets turns instead of a thread."""

import functools
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from psmf.platform.v1 import feed_pb2
from sqlalchemy import Connection

from services.evidence import consumer as evidence_consumer
from services.evidence.server.evidence import EvidenceServer
from services.evidence.server.safeguarders import SafeguarderServer
from services.notifications import consumer as notifications_consumer
from services.notifications.adapters.people import DirectoryPeople
from services.notifications.compose import context_factory as notifications_context
from services.notifications.domain.notification import Retries
from services.notifications.handlers.context import AlertContext
from services.notifications.settings import Settings
from services.notifications.worker import ClockJob, Sender
from services.platform.audit.log import AuditLog
from services.platform.calls.access import Access
from services.platform.calls.commands import Commands
from services.platform.calls.method_rules import method_policies
from services.platform.events.feed import FeedConsumer, as_sent
from services.platform.events.inbox import Inbox, Reaction
from services.platform.events.outbox import StoredEvent, events_after, head_position
from services.platform.kafka.clients import KafkaConnection
from services.platform.kafka.consumer import KafkaEventConsumer
from services.platform.kafka.relay import KafkaRelay
from services.platform.kafka.topics import topic_of
from services.platform.process.events_server import EventsServer
from services.platform.storage.database import execute
from services.platform.storage.origin import read_origin
from services.rules import compose as rules
from services.rules import consumer as rules_consumer
from services.rules.adapters.engine.process import EngineUnavailable
from services.rules.adapters.rule_files.folder import load_rulebook
from services.rules.domain.evaluation.plain_engine import Case, CaseAnswers, answer
from services.rules.domain.rulebook.model import Rulebook
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.server.evaluations import ConcernService
from services.rules.worker import Evaluator
from services.scheduling import consumer as scheduling_consumer
from services.scheduling.adapters.covers import SqlCovers
from services.scheduling.adapters.data_files import read_policy, read_regions
from services.scheduling.adapters.duties import SqlDuties
from services.scheduling.adapters.emergencies import SqlEmergencies
from services.scheduling.adapters.people import DirectoryPeople as Team
from services.scheduling.adapters.store import SqlSchedules
from services.scheduling.adapters.trainings import SqlTrainings
from services.scheduling.handlers.context import SchedulingContext
from services.scheduling.server.allocations import AllocationServer
from services.scheduling.server.covers import CoverServer
from services.scheduling.server.duties import DutyServer
from services.scheduling.server.obligations import ObligationServer
from services.scheduling.server.sessions import SupportSessionServer
from services.scheduling.server.trainings import TrainingServer
from services.scheduling.worker import DailyRun
from tests.sim.simulated.bus import Client, Producer
from tests.sim.simulated.people import Known

if TYPE_CHECKING:
    from tests.sim.world import World

SERVICES = ("evidence", "rules", "scheduling", "notifications")
REPLY_WORKING_DAYS = 2
SETTINGS = Settings.model_construct(group_seconds=2.0, safety_tell_safeguarder=True, held_respond_within_working_days=1)
RETRIES = Retries(timedelta(seconds=5), most=10)
_APPLY = "INSERT INTO sim_applied (source, event_id, key, sequence) VALUES (?, ?, ?, ?)"


class PoisonError(Exception):
    """The error of a reaction that cannot apply an event."""


class Heard(dict[str, Reaction]):
    """Reactions that also record, in the transaction of the effect, that an event was applied."""

    def __init__(self, source: str, reactions: dict[str, Reaction], poisoned: Callable[[str], bool]) -> None:
        super().__init__(reactions)
        self._source = source
        self._poisoned = poisoned

    def __getitem__(self, kind: str) -> Reaction:
        """Return the reaction to a kind of event."""

        def reaction(connection: Connection, event: StoredEvent) -> None:
            if self._poisoned(event.event_id):
                raise PoisonError
            execute(connection, _APPLY, (self._source, event.event_id, event.key, event.key_sequence))
            react(connection, event)

        react = super().__getitem__(kind)
        return reaction


class KafkaLink:
    """A consumer of a topic."""

    def __init__(self, copy: "Copy", inbox: Inbox) -> None:
        self._broker = copy.world.broker
        self._consumer = KafkaEventConsumer(copy.service, inbox, KafkaConnection(()))
        inbox.on_dead = lambda event, reason: None  # nothing here reads the topic of dead letters
        self._group, self._topic = f"psmf.{copy.service}.{inbox.source}", topic_of(inbox.source)
        self.client: Client | None = None

    def turn(self) -> None:
        """Read and apply the next records. After a fault, rejoin as a new member of the group."""
        if self.client is None:
            self.client = self._broker.join(self._group, self._topic)
            self._consumer._inbox.take_up()
        try:
            self._consumer._turn(self.client)
        except Exception:
            self.leave()
            raise

    def leave(self) -> None:
        """Leave the group."""
        if self.client is not None:
            self.client.close()
        self.client = None


class FeedLink:
    """A reader of another service's feed. Each turn is a stream that breaks off."""

    def __init__(self, copy: "Copy", inbox: Inbox) -> None:
        self._world, self._source = copy.world, inbox.source
        token = cast(Any, FakeToken())
        self._consumer = FeedConsumer(copy.service, inbox, "", token)

    def turn(self) -> None:
        """Read and apply the events of one stream."""
        self._consumer._read(cast(Any, self))

    def ReadFeed(self, request: feed_pb2.ReadFeedRequest, **call: object) -> Iterator[feed_pb2.FeedBatch]:  # noqa: N802
        """Yield a few batches of any size."""
        database = self._world.databases[self._source]
        position = request.after_position
        for _batch in range(self._world.chance.stream("batches").randint(1, 2)):
            with database.read() as connection:
                # One more than drawn, because a reader begins with the event that it read last.
                events = events_after(connection, position, self._world.chance.stream("batch").randint(1, 6) + 1)
                head, origin = head_position(connection), read_origin(connection)
            if events:
                position = events[-1].position
                sent = [as_sent(event, self._source) for event in events]
                yield feed_pb2.FeedBatch(events=sent, head_position=head, origin=origin)

    def leave(self) -> None:
        """Do nothing: the stream ends with the copy."""


class FakeToken:
    """A token that nothing checks."""

    def metadata(self, to: str, new: bool = False) -> tuple[()]:
        """Return no metadata."""
        return ()


class PlainEngine:
    """The plain evaluator in place of the second engine. These tests do not check whether the two engines agree."""

    restarts = 0

    def __init__(self, world: "World") -> None:
        self._world = world

    def evaluate(self, rulebook: Rulebook, cases: list[Case]) -> list[CaseAnswers]:
        """Return the answers, or none."""
        self._world.at("evaluating", "rules")
        if self._world.chance.fault("engine"):
            raise EngineUnavailable
        return [answer(rulebook, case) for case in cases]


@functools.cache
def the_rulebook() -> Rulebook:
    """Return the rulebook, which is read once."""
    return load_rulebook(rules.HERE / "rulebook")


class Shelf(RulebookInForce):
    """The rulebook in force. Its files are not read again at every start, which saves time."""

    def __init__(self, copy: "Copy") -> None:
        super().__init__(rules.HERE / "nothing", copy.database, copy.clock)

    def _read_files(self, folder: Path) -> tuple[Rulebook, dict[str, str]]:
        return the_rulebook(), {}


class Copy:
    """One copy of a service, from its start to a crash."""

    def __init__(self, world: "World", service: str, name: str) -> None:
        self.world, self.service, self.name = world, service, name
        self.database, self.clock = world.databases[service], world.clocks[service]
        self.alive = True
        self.turns: dict[str, Callable[[], object]] = {}
        self.methods: dict[str, Callable[[Any, Any], Any]] = {}
        self.links: list[KafkaLink | FeedLink] = []
        self.inboxes: dict[str, Inbox] = {}
        log = AuditLog(service, "safeguarders", lambda said: said.hex())
        self.commands = Commands(self.database, self.clock.now, log)
        _BUILD[service](self)
        if world.shape.by_kafka:
            self._relay = KafkaRelay(service, self.database, KafkaConnection(()), self.clock.now, batch=2)
            self.turns["relay"] = self._relay_turn
        events = EventsServer(self.database, self.commands, self.inboxes, world.shape.by_kafka)
        self.serve(events)

    def listen(self, source: str, reactions: dict[str, Reaction]) -> None:
        """Subscribe to another service's events."""
        heard = Heard(source, reactions, functools.partial(self.world.is_poison, self.service))
        inbox = self.inboxes[source] = Inbox(self.database, source, heard, self.clock.now)
        link = KafkaLink(self, inbox) if self.world.shape.by_kafka else FeedLink(self, inbox)
        self.links.append(link)
        self.turns[f"hears {source}"] = link.turn

    def serve(self, *servers: object) -> None:
        """Register the servers that answer calls."""
        for server in servers:
            self.methods |= {name: getattr(server, name) for name in dir(server) if name[0].isupper()}

    def end(self) -> None:
        """End the copy: its memory and connections are gone."""
        self.alive = False
        for link in self.links:
            link.leave()

    def _relay_turn(self) -> int:
        if self._relay._producer is None:
            self._relay._producer = Producer(self.world.broker)
        try:
            return self._relay._round()
        except Exception:
            with suppress(Exception):
                self._relay._let_go()
            raise


def _evidence(copy: Copy) -> None:
    copy.serve(
        SafeguarderServer(copy.database, copy.commands, copy.clock, Known()),
        EvidenceServer(copy.database, copy.commands, copy.clock, REPLY_WORKING_DAYS),
    )
    copy.listen("rules", evidence_consumer.FROM_RULES)
    copy.listen("scheduling", evidence_consumer.FROM_SCHEDULING)


def _rules(copy: Copy) -> None:
    in_force, engine = Shelf(copy), cast(Any, PlainEngine(copy.world))
    evaluator = Evaluator(copy.database, in_force, engine, copy.clock, copy.name)

    def evaluate() -> int:
        evaluator._start_day()
        return evaluator.evaluate_waiting()

    access = Access(rules.HERE / "access.cedar", method_policies(rules.CONTRACTS))
    parts = SimpleNamespace(
        database=copy.database, commands=copy.commands, clock=copy.clock, access=access, directory=Known()
    )
    copy.serve(ConcernService(cast(Any, parts), in_force, engine))
    copy.listen("evidence", rules_consumer.from_evidence(copy.clock.now, in_force.stored_or_current))
    copy.listen("scheduling", rules_consumer.from_scheduling(copy.clock.now, Known()))
    if "notifications" in copy.world.shape.services:
        copy.listen("notifications", rules_consumer.from_notifications(copy.clock.now, Known()))
        copy.turns["evaluator"] = evaluate


@functools.cache
def _of_scheduling() -> tuple[Any, Any]:
    return read_regions(), read_policy()


def _scheduling(copy: Copy) -> None:
    people = Team(Known())
    regions, policy = _of_scheduling()

    def new_context(connection: Connection) -> SchedulingContext:
        now = copy.clock.now()
        stores = (
            SqlSchedules(connection, now),
            SqlDuties(connection, now),
            SqlTrainings(connection),
            SqlCovers(connection),
            SqlEmergencies(connection),
        )
        return SchedulingContext(*stores, people, regions, policy, now)

    copy.serve(
        AllocationServer(copy.database, copy.commands, new_context),
        ObligationServer(copy.database, copy.commands, new_context),
        DutyServer(copy.database, copy.clock),
        CoverServer(copy.database, copy.commands, new_context, copy.clock),
        TrainingServer(copy.database, copy.commands, new_context),
        SupportSessionServer(copy.database, copy.commands, new_context, people, copy.clock),
    )
    copy.listen("evidence", scheduling_consumer.from_evidence(new_context))
    copy.listen("rules", scheduling_consumer.from_rules(new_context))
    copy.turns["daily run"] = DailyRun(copy.database, new_context, copy.clock).run


def _notifications(copy: Copy) -> None:
    people = DirectoryPeople(Known())
    context_at = notifications_context(SETTINGS, people)

    def new_context(connection: Connection) -> AlertContext:
        now: datetime = copy.clock.now()
        return context_at(connection, now)

    sender = Sender(copy.database, people, copy.world.post, copy.clock, RETRIES, copy.name)
    sender.start_again()
    copy.listen("evidence", notifications_consumer.from_evidence(new_context))
    copy.listen("rules", notifications_consumer.from_rules(new_context))
    copy.listen("scheduling", notifications_consumer.from_scheduling(new_context))
    copy.turns["sender"] = sender.turn
    copy.turns["clock"] = ClockJob(copy.database, context_at, sender, copy.clock).turn


_BUILD = {"evidence": _evidence, "rules": _rules, "scheduling": _scheduling, "notifications": _notifications}
