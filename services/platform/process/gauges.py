"""Gauges, which are read only when a collector asks: the service's own figures, and how far its events have come.

One look at the database serves all gauges of a collection, and other collections in the next seconds.
"""

import functools
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from opentelemetry import metrics as api
from sqlalchemy import Connection, text

from services.build import build_version
from services.platform.events.inbox_tables import dead_lettered, done_with
from services.platform.events.outbox import published
from services.platform.storage.database import Database, to_micros
from services.platform.telemetry import metrics

LOOK_AGAIN_SECONDS = 10.0
"""Shorter than collectors usually ask, yet two of them together cost one look."""
HASH_LETTERS = 12
"""Letters of a fact, usually a hash, that are shown. Enough to tell two apart."""
Figures = Callable[[], tuple[Mapping[str, int], Mapping[str, str]]]
"""Returns the figures and the facts of a service by name, as in GetStatus."""
Reading = tuple[float, Mapping[str, str]]
_UNSENT = text("SELECT recorded_at FROM outbox WHERE position > :position ORDER BY position LIMIT 1")


class Source(Protocol):
    """The part of an event consumer that the gauges read."""

    source: str
    connected: bool

    @property
    def waiting_since(self) -> datetime | None:
        """Return when the oldest event received and not yet applied was recorded; None if there is none."""
        ...


@dataclass(frozen=True, slots=True)
class OwnGauges:
    """A service's own gauges, by the names of its figures and facts in GetStatus.

    A figure's gauge shows its number. A fact's gauge is always 1 and has the start of the fact as an attribute.
    """

    figures: Mapping[str, metrics.Gauge] = field(default_factory=dict)
    facts: Mapping[str, metrics.Gauge] = field(default_factory=dict)

    def all(self) -> tuple[metrics.Gauge, ...]:
        """Return every gauge of the service, the platform's included."""
        return (*metrics.GAUGES, *self.figures.values(), *self.facts.values())


NO_GAUGES = OwnGauges()
"""For a service that measures nothing of its own."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The parts of one service that its gauges read. `sent`: up to which position each reader was sent events."""

    database: Database
    now: Callable[[], datetime]
    figures: Figures
    sources: Sequence[Source]
    sent: Callable[[], Mapping[str, int]]
    own: OwnGauges = NO_GAUGES


def watch(watched: Watched) -> None:
    """Register the gauges of this process. Do nothing if nobody collects measures."""
    if not metrics.are_taken():
        return
    figures = Glance(lambda: readings(watched))
    gauges = {gauge.name: gauge for gauge in watched.own.all()}
    meter = api.get_meter("psmf")
    for name in figures.now():
        gauge = gauges[name]
        make = meter.create_observable_counter if gauge.rises else meter.create_observable_gauge
        make(name, [functools.partial(_observed, figures, name)], gauge.unit, gauge.meaning)


class Glance:
    """The readings of one look, kept for a few seconds.

    Every gauge asks for itself. The lock makes threads that ask together wait for one look instead of taking several.
    """

    def __init__(self, look: Callable[[], Mapping[str, list[Reading]]]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._until = 0.0
        self._seen: Mapping[str, list[Reading]] = {}

    def now(self) -> Mapping[str, list[Reading]]:
        """Return the readings by the name of their gauge."""
        with self._lock:
            if time.monotonic() >= self._until:
                # The time moves only after a look that succeeded, so one that failed is repeated at the next question.
                self._seen = self._look()
                self._until = time.monotonic() + LOOK_AGAIN_SECONDS
            return self._seen


def _observed(figures: Glance, name: str, _: Any) -> Iterable[Any]:
    return [api.Observation(value, attributes) for value, attributes in figures.now().get(name, ())]


def readings(watched: Watched) -> dict[str, list[Reading]]:
    """Return what every gauge shows now, by its name."""
    now = watched.now()
    # One snapshot for all of them, so that positions and ages fit each other.
    with watched.database.read() as connection:
        seen = _of_outbox(connection, watched.sent(), now)
        seen |= _of_sources(connection, watched.sources, now)
    figures, facts = watched.figures()
    own = watched.own
    seen |= {gauge.name: [(float(figures[name]), {})] for name, gauge in own.figures.items() if name in figures}
    seen |= {
        gauge.name: [(1.0, {name: facts[name][:HASH_LETTERS]})] for name, gauge in own.facts.items() if name in facts
    }
    seen[metrics.STORAGE.name] = [(0.0 if watched.database.health.fault else 1.0, {})]
    seen[metrics.LOG_BYTES.name] = [(float(watched.database.log_bytes), {})]
    seen[metrics.BUILD.name] = [(1.0, {"version": build_version()})]
    return seen


def _of_outbox(connection: Connection, sent: Mapping[str, int], now: datetime) -> dict[str, list[Reading]]:
    ages: list[Reading] = []
    for reader, position in sent.items():
        recorded_at = connection.execute(_UNSENT, {"position": position}).scalar()
        age = 0.0 if recorded_at is None else max(0.0, (to_micros(now) - recorded_at) / 1e6)
        ages.append((age, {"reader": reader}))
    return {
        metrics.OUTBOX_AGE.name: ages,
        metrics.OUTBOX_POSITION.name: [(float(published(connection)), {})],
        metrics.DEAD.name: [(float(dead_lettered(connection)), {})],
    }


def _of_sources(connection: Connection, sources: Sequence[Source], now: datetime) -> dict[str, list[Reading]]:
    def each(value: Callable[[Source], float]) -> list[Reading]:
        return [(value(source), {"source": source.source}) for source in sources]

    def age(source: Source) -> float:
        since = source.waiting_since
        return max(0.0, (now - since).total_seconds()) if since else 0.0

    return {
        metrics.INBOX_AGE.name: each(age),
        metrics.INBOX_POSITION.name: each(lambda source: float(done_with(connection, source.source))),
        metrics.INBOX_CONNECTED.name: each(lambda source: float(source.connected)),
    }
