"""Measures of every service, and how a service declares its own. Attributes are words of closed lists.

Measures are sent by OTLP like traces, and served in Prometheus' text form if a setting says so. Those that are read
from a database when a collector asks are in `process.gauges`.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from opentelemetry import metrics

ATTRIBUTES = frozenset(
    {
        "rpc.system.name",
        "rpc.method",
        "rpc.response.status_code",
        "http.request.method",
        "http.route",
        "http.response.status_code",
        "error.type",
        "reader",
        "source",
        "outcome",
        "version",
    }
)
"""Every attribute that a measure of the platform may have. A service declares its own with its measures."""
_CALL_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)

_meter = metrics.get_meter("psmf")


def histogram(name: str, meaning: str, buckets: Sequence[float]) -> metrics.Histogram:
    """Declare a measure of seconds. With OpenTelemetry's own buckets, all that is fast would look the same."""
    return _meter.create_histogram(name, "s", meaning, explicit_bucket_boundaries_advisory=buckets)


def counter(name: str, unit: str, meaning: str) -> metrics.Counter:
    """Declare a counter that is raised where the thing happens."""
    return _meter.create_counter(name, unit, meaning)


CALLS = histogram(
    "rpc.server.call.duration", "Time from request to answer of a gRPC method, by its code.", _CALL_SECONDS
)

REQUESTS = histogram(
    "http.server.request.duration", "Time from request to answer of a page, by its route.", _CALL_SECONDS
)

COUNTERS = ("psmf.writer.faults", "psmf.clock.steps")
"""Names of what is counted where it happens, in every service."""
WRITER_FAULTS = counter(COUNTERS[0], "{fault}", "Faults of the thread that writes, outside the work of a caller.")
CLOCK_STEPS = counter(COUNTERS[1], "{step}", "Times that the machine's clock was set, forwards or back.")


@dataclass(frozen=True, slots=True)
class Gauge:
    """A measure that is read when a collector asks. `rises`: it only grows, so its rate means something."""

    name: str
    unit: str
    meaning: str
    rises: bool = False


OUTBOX_AGE = Gauge("psmf.outbox.oldest_unsent.age", "s", "Age of the oldest event not yet sent, by who reads.")
OUTBOX_POSITION = Gauge("psmf.outbox.position", "{event}", "Position of the newest event of the service.")
INBOX_AGE = Gauge("psmf.inbox.oldest_unprocessed.age", "s", "Age of the oldest event come and not applied, by source.")
INBOX_POSITION = Gauge("psmf.inbox.position", "{event}", "Position of the last event applied, by source.")
INBOX_CONNECTED = Gauge("psmf.inbox.connected", "{source}", "Whether events of a source can come: 1 or 0.")
DEAD = Gauge("psmf.dead_letters", "{event}", "Events dead-lettered.")
STORAGE = Gauge("psmf.storage.writable", "{database}", "Whether the database can be written: 1 or 0.")
LOG_BYTES = Gauge("psmf.storage.log", "By", "Size of the write-ahead log beside a SQLite database.")
BUILD = Gauge("psmf.build.info", "{build}", "Always 1; `version` is that of the code.")

GAUGES = (OUTBOX_AGE, OUTBOX_POSITION, INBOX_AGE, INBOX_POSITION, INBOX_CONNECTED, DEAD, STORAGE, LOG_BYTES, BUILD)
"""The gauges that every service has."""


class _Switch:
    """A switch that is on if anybody collects measures."""

    on = False


def are_taken() -> bool:
    """Return whether anybody collects measures."""
    return _Switch.on


def set_up(service: str, *, to_collector: bool, listen: str, readable: bool) -> None:
    """Send measures to the collector, serve them on an address, or both.

    `readable`: for a process that serves them itself, by `as_text`.

    Raises:
        OSError: nothing can be served at `listen`, which is named as its file.
    """
    readers: list[Any] = []
    # The SDK takes long to import, so only a process whose measures somebody collects imports it.
    if to_collector:
        from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

        readers.append(PeriodicExportingMetricReader(OTLPMetricExporter()))
    if listen:
        _serve(listen)
    if listen or readable:
        readers.append(_of_prometheus())
    if readers:
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.resources import Resource

        resource = Resource.create({"service.name": f"psmf-{service}"})
        metrics.set_meter_provider(MeterProvider(resource=resource, metric_readers=readers))
        _Switch.on = True


def as_text() -> tuple[bytes, str]:
    """Return every measure in Prometheus' text form, and the media type of that form."""
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

    return generate_latest(), CONTENT_TYPE_LATEST


def _serve(listen: str) -> None:
    from prometheus_client import start_http_server

    host, _, port = listen.rpartition(":")
    try:
        start_http_server(int(port), host)
    except (OSError, OverflowError) as problem:
        said = getattr(problem, "strerror", None) or str(problem)
        raise OSError(errno.EADDRNOTAVAIL, f"no measures can be served at this address ({said})", listen) from None


def _of_prometheus() -> Any:
    from opentelemetry.exporter.prometheus import PrometheusMetricReader

    return PrometheusMetricReader(scope_info_enabled=False)
