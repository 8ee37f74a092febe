"""The four services together in one process, one clock, and nothing that happens unless a test asks for it.

Everything is real: each service is composed as it runs, calls go over gRPC through the gate, databases are SQLite or
PostgreSQL, e-mails go to a mail server, both engines answer. Only the threads of workers are missing. `settle` gives
each worker its turns until there is nothing left to do, so a test needs no waiting and knows what happened before what.

How many tests begin is done once in a process. Each of them gets a copy of what that left (`Together.begun`).
"""

import importlib
import random
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from joserfc.jwk import OKPKey
from psmf.evidence.v1 import (
    decisions_pb2_grpc,
    development_plans_pb2_grpc,
    evidence_pb2_grpc,
    feedback_links_pb2_grpc,
    overlays_pb2_grpc,
    personal_file_pb2_grpc,
    recommendations_pb2_grpc,
    report_samples_pb2_grpc,
    review_requests_pb2_grpc,
    safeguarder_pb2_grpc,
    session_records_pb2_grpc,
    times_away_pb2_grpc,
)
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.notifications.v1 import notifications_pb2 as notifications
from psmf.notifications.v1 import notifications_pb2_grpc
from psmf.platform.v1 import status_pb2_grpc
from psmf.rules.v1 import kpis_pb2_grpc, overrides_pb2_grpc, revisions_pb2_grpc, rules_pb2_grpc
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import cover_pb2_grpc, duties_pb2_grpc, emergency_access_pb2_grpc, scheduling_pb2_grpc

from services.calendar_days import WorkingCalendar, add_working_days, first_working_day_from
from services.platform.calls.client import open_channel
from services.platform.calls.identity import new_key
from services.platform.calls.wire import to_date
from services.platform.events.outbox import events_after
from services.platform.process.process import Process
from tests import databases
from tests.between.running.service import FromOutbox, Running
from tests.builders import a_request_id, an_applicant, an_appointment, an_item_request
from tests.clock import FixedClock
from tests.engines import shared_engine
from tests.notifications.mail_server import MailServer, a_mail_server
from tests.world import SERVICES, World

T = TypeVar("T")
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""A Monday morning in the office."""
MOST_ROUNDS = 200
"""Rounds after which services that still find something to do are taken to go in circles."""
MOST_EVENTS = 100_000
"""More than a test makes."""
_STUBS: dict[str, dict[str, Any]] = {
    "evidence": {
        "safeguarders": safeguarder_pb2_grpc.SafeguarderServiceStub,
        "evidence": evidence_pb2_grpc.EvidenceServiceStub,
        "feedback": feedback_links_pb2_grpc.FeedbackLinkServiceStub,
        "decisions": decisions_pb2_grpc.DecisionServiceStub,
        "overlays": overlays_pb2_grpc.OverlayServiceStub,
        "times_away": times_away_pb2_grpc.TimeAwayServiceStub,
        "samples": report_samples_pb2_grpc.ReportSampleServiceStub,
        "session_records": session_records_pb2_grpc.SessionRecordServiceStub,
        "plans": development_plans_pb2_grpc.DevelopmentPlanServiceStub,
        "recommendations": recommendations_pb2_grpc.RecommendationServiceStub,
        "personal_file": personal_file_pb2_grpc.PersonalFileServiceStub,
        "reviews": review_requests_pb2_grpc.ReviewServiceStub,
    },
    "rules": {
        "concerns": rules_pb2_grpc.ConcernServiceStub,
        "rulebook": rules_pb2_grpc.RulebookServiceStub,
        "standards": rules_pb2_grpc.StandardsServiceStub,
        "revisions": revisions_pb2_grpc.RulebookRevisionServiceStub,
        "kpis": kpis_pb2_grpc.KpiServiceStub,
        "overrides": overrides_pb2_grpc.RuleOverrideServiceStub,
    },
    "scheduling": {
        "allocations": scheduling_pb2_grpc.AllocationServiceStub,
        "obligations": scheduling_pb2_grpc.ObligationServiceStub,
        "trainings": scheduling_pb2_grpc.TrainingServiceStub,
        "sessions": scheduling_pb2_grpc.SupportSessionServiceStub,
        "duties": duties_pb2_grpc.DutyServiceStub,
        "cover": cover_pb2_grpc.CoverServiceStub,
        "emergencies": emergency_access_pb2_grpc.EmergencyAccessServiceStub,
    },
    "notifications": {
        "alerts": notifications_pb2_grpc.AlertServiceStub,
        "notifications": notifications_pb2_grpc.NotificationServiceStub,
    },
}
_OWN_SETTINGS: dict[str, dict[str, Any]] = {
    "rules": {"rulebook_needs_approval": False},
    "notifications": {"mail_from": "psmf@example.invalid", "smtp_start_tls": False, "group_seconds": 0},
}


@dataclass(frozen=True)
class Beginning:
    """What was there after a beginning: databases, the time, e-mails, and what its maker returned."""

    databases: Path
    instant: datetime
    taken: tuple[EmailMessage, ...]
    made: Any


_NOBODY = object()
"""Stands in what is kept for the services that it belongs to, so that a copy belongs to others."""


@dataclass
class Together:
    """The four services, the people in them, and the clock."""

    kept: ClassVar[dict[Hashable, Beginning]] = {}
    """The beginnings that were made in this process, on SQLite."""

    world: World
    mail: MailServer
    rulebook: Path | None = None
    clock: FixedClock = field(default_factory=lambda: FixedClock(START))
    held_back: set[tuple[str, str]] = field(default_factory=set)
    """Pairs of reader and source between which no event passes for now."""
    _turns: dict[tuple[str, str], Any] = field(default_factory=dict)
    """How everything stood before the last turn of each service, and before its last reading of each source."""
    _running: dict[str, Running] = field(default_factory=dict)
    _begun: Hashable = None
    """What was begun so far, with nothing in between."""
    _left: Any = None
    """How everything stood when the last beginning was made."""

    @property
    def services(self) -> dict[str, Running]:
        """The services. They are started when something first needs them."""
        if not self._running:
            for name in SERVICES:
                self.start(name)
        return self._running

    def __getattr__(self, name: str) -> Any:
        """Return the stub of a gRPC service, such as `together.evidence` or `together.alerts`."""
        for service, stubs in _STUBS.items():
            if name in stubs:
                return stubs[name](self.services[service].channel)
        raise AttributeError(name)

    def as_(self, person: str) -> dict[str, Any]:
        """Return the keyword arguments that make a call as `person`."""
        return {"metadata": self.world.metadata(person, self.clock.now())}

    @property
    def today(self) -> date:
        """The date in London."""
        return self.clock.today()

    def ago(self, days: int) -> date:
        """Return a date before today, by the clock of the test."""
        return self.today - timedelta(days=days)

    # Services

    def start(self, name: str) -> None:
        """Start a service on its database."""
        others = {f"{other}_address": "127.0.0.1:9" for other in SERVICES}
        given = self.world.settings(name) | others | _OWN_SETTINGS.get(name, {})
        if name == "notifications":
            given["smtp_address"] = self.mail.address
        if name == "rules" and self.rulebook is not None:
            given["rulebook"] = self.rulebook
        settings = importlib.import_module(f"services.{name}.settings").Settings
        known = {key: value for key, value in given.items() if key in settings.model_fields}
        compose = importlib.import_module(f"services.{name}.compose").compose
        shared = {"engine": shared_engine()} if name == "rules" else {}
        process: Process = compose(settings(**known), self.clock, **shared)
        process.server.start()
        self._running[name] = Running(name, process, open_channel(f"127.0.0.1:{process.server.port}"))

    def end(self) -> None:
        """End all services."""
        for service in self._running.values():
            service.end()

    def restart(self, name: str) -> None:
        """End a service and start it again."""
        self.services[name].end()
        self.start(name)

    def status(self, name: str) -> status_pb2_grpc.StatusServiceStub:
        """Return the stub of a service's status."""
        return status_pb2_grpc.StatusServiceStub(self.services[name].channel)

    def begun(self, make: Callable[..., T], *how: Any, **named: Any) -> T:
        """Return what `make(self, ...)` makes. Where it was made like this before, copy what that left behind.

        It depends on nothing but its arguments, the people, the time and what was begun before. A copy stands as after
        a restart of all four services, and shares nothing with the first.
        """
        at_rest = not self._running or self._left == self._stands()
        if not at_rest or self.held_back or self.rulebook or not databases.are_files():
            return make(self, *how, **named)
        people = (self.world.folder / "people.json").read_bytes()
        begun = self._begun, make, how, tuple(named.items()), people, self.clock.instant
        kept = self.kept.get(begun)
        if kept is not None and not self._running:
            databases.take(kept.databases, self.world.folder)
            self.clock.instant = kept.instant
            self.mail.taken[:] = kept.taken
            self._begun = begun
            copy: T = deepcopy(kept.made, {id(_NOBODY): self})
            return copy
        made = make(self, *how, **named)
        copies = databases.keep(self.world.folder, SERVICES)
        made_of_nobody = deepcopy(made, {id(self): _NOBODY})
        self.kept[begun] = Beginning(copies, self.clock.instant, tuple(self.mail.taken), made_of_nobody)
        self._begun, self._left = begun, self._stands()
        return made

    def _stands(self) -> Any:
        return self._commits(), self.clock.instant

    # Events and time

    def deliver(self, reader: str, source: str) -> None:
        """Have a service read all events of another, and apply them."""
        for consumer in self.services[reader].readers():
            if consumer.source == source:
                consumer._read(FromOutbox(self.services[source]))  # type: ignore[arg-type]

    def deliver_again(self, reader: str, source: str, choices: random.Random) -> None:
        """Have a service receive all events of another again, in any order, with some that are new to it."""
        with self.services[source].database.read() as connection:
            events = events_after(connection, 0, MOST_EVENTS)
        choices.shuffle(events)
        for consumer in self.services[reader].readers():
            if consumer.source == source:
                consumer._inbox.apply(events)

    def settle(self) -> None:
        """Give everything its turns until there is nothing left to do.

        A reader may find something to do after a new event of its source, and a service's own work after a commit or a
        change of the clock. Both may after a restart.
        """
        for _round in range(MOST_ROUNDS):
            before = self._commits()
            for name, service in self.services.items():
                for consumer in service.readers():
                    source = self.services[consumer.source]
                    held_back = (name, source.name) in self.held_back
                    if not held_back and self._is_due(name, source.name, source.known_head(), None):
                        self.deliver(name, source.name)
                if self._is_due(name, name, service.database.commits.count, self.clock.instant):
                    service.work()
            if self._commits() == before:
                return
        raise AssertionError(f"the services still find something to do after {MOST_ROUNDS} rounds")

    def _is_due(self, name: str, source: str, stands_at: int, at: datetime | None) -> bool:
        now = at, id(self.services[name]), id(self.services[source]), stands_at
        before, self._turns[name, source] = self._turns.get((name, source)), now
        return before != now

    def pass_time(self, span: timedelta) -> None:
        """Let time pass at once, and settle."""
        self.clock.instant += span
        self.settle()

    def days(self, number: int) -> None:
        """Let days pass, one after another, as they do."""
        for _day in range(number):
            self.pass_time(timedelta(days=1))

    def until(self, day: date) -> None:
        """Let days pass until a date."""
        self.days((day - self.today).days)

    def until_after(self, due_on: date) -> None:
        """Let days pass until the office day after the last day of what is due. A closed day is not the last one."""
        last_day = first_working_day_from(WorkingCalendar.OFFICE, due_on)
        self.until(add_working_days(WorkingCalendar.OFFICE, last_day, 1))

    def _commits(self) -> list[int]:
        return [service.database.commits.count for service in self.services.values()]

    # People

    def appoint(self, safeguarder_id: str, *areas: str, since: date | None = None) -> str:
        """Enter and appoint a Safeguarder, two years ago unless said otherwise. Return the name of the record."""
        return self.begun(Together._appoint, safeguarder_id, areas, since)

    def _appoint(self, safeguarder_id: str, areas: tuple[str, ...], since: date | None) -> str:
        entry = an_applicant(safeguarder_id, areas=areas or ("fife",))
        made = self.safeguarders.CreateSafeguarder(entry, **self.as_("panel-team"))
        on = since or self.today - timedelta(days=730)
        self.safeguarders.RecordMinisterialDecision(an_appointment(safeguarder_id, on), **self.as_("recorder"))
        self.settle()
        return str(made.name)

    def record(self, safeguarder_id: str, person: str = "panel-team", **changes: Any) -> items.EvidenceItem:
        """Record `an_item` that happened 22 days ago and came the day after, unless said otherwise."""
        dates = {"happened_date": to_date(self.ago(22)), "received_date": to_date(self.ago(21))}
        request = an_item_request(safeguarder_id, **dates | changes)
        item: items.EvidenceItem = self.evidence.CreateEvidenceItem(request, **self.as_(person))
        return item

    def share(self, item: items.EvidenceItem, person: str = "panel-team") -> items.EvidenceItem:
        """Share an item with the Safeguarder, and settle."""
        request = items.ShareEvidenceItemRequest(name=item.name, request_id=a_request_id())
        shared: items.EvidenceItem = self.evidence.ShareEvidenceItem(request, **self.as_(person))
        self.settle()
        return shared

    def open_concerns(self, safeguarder_id: str, person: str = "panel-team") -> dict[str, rules.Concern]:
        """Return the open concerns about a person, by rule: the last of a rule that is asked of several subjects."""
        return {concern.rule: concern for concern in self.concerns_of(safeguarder_id, person)}

    def concerns_of(self, safeguarder_id: str, person: str = "panel-team") -> list[rules.Concern]:
        """Return every open concern about a person."""
        request = rules.ListConcernsRequest(parent=f"safeguarders/{safeguarder_id}", page_size=500)
        return list(self.concerns.ListConcerns(request, **self.as_(person)).concerns)

    def open_alerts(self, safeguarder_id: str, person: str = "panel-team") -> list[notifications.Alert]:
        """Return the alerts about a person."""
        request = notifications.ListAlertsRequest(parent=f"safeguarders/{safeguarder_id}")
        return list(self.alerts.ListAlerts(request, **self.as_(person)).alerts)


@cache
def _keys() -> tuple[OKPKey, dict[str, OKPKey]]:
    """The keys of all worlds here. A copy of a beginning may hold what was signed when it was made."""
    return new_key("issuer-1"), {name: new_key(name) for name in SERVICES}


@contextmanager
def together(
    folder: Path, people: Mapping[str, Mapping[str, str]] | None = None, rulebook: Path | None = None
) -> Iterator[Together]:
    """Make the four services in a folder, on the kind of database that the test has chosen, and end them."""
    world = World(folder, *_keys())
    if people is not None:
        world.write_people(people)
    with a_mail_server() as mail:
        running = Together(world, mail, rulebook)
        try:
            yield running
        finally:
            running.end()
