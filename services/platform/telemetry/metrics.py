"""Every measure of the suite: its name, unit and meaning, declared here once. Attributes are words of closed lists.

They go out by OTLP, with the traces, and in Prometheus' text form where a service is told to serve that.
What is read from a database when somebody looks is gathered by `gauges`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from opentelemetry import metrics

ATTRIBUTES = frozenset(
    {
        "rpc.system.name",
        "rpc.method",
        "rpc.response.status_code",
        "error.type",
        "reader",
        "source",
        "outcome",
        "rulebook",
        "version",
    }
)
"""Every attribute a measure may have."""
_CALL_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
_ALERT_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
_HANDOVER_SECONDS = (1.0, 5.0, 15.0, 60.0, 120.0, 300.0, 900.0, 3600.0, 14400.0)

_meter = metrics.get_meter("psmf")


def _histogram(name: str, meaning: str, buckets: Sequence[float]) -> metrics.Histogram:
    return _meter.create_histogram(name, "s", meaning, explicit_bucket_boundaries_advisory=buckets)


CALLS = _histogram(
    "rpc.server.call.duration", "Time from request to answer of a gRPC method, by its code.", _CALL_SECONDS
)
EVIDENCE_TO_ALERT = _histogram(
    "psmf.evidence_to_alert.duration", "Time from evidence recorded to the alert it set off.", _ALERT_SECONDS
)
HANDOVER = _histogram(
    "psmf.notification.handover.duration",
    "Time from a message intended to handed over, or given up: `outcome` is sent or failed.",
    _HANDOVER_SECONDS,
)
COUNTERS = ("psmf.replays",)
"""Names of what is counted where it happens."""
REPLAYS = _meter.create_counter(
    COUNTERS[0], "{decision}", "Kept decisions evaluated again: `outcome` is identical, or why it is not."
)


@dataclass(frozen=True, slots=True)
class Gauge:
    """Something read when somebody looks. `rises`: it only grows, so that its rate means something."""

    name: str
    unit: str
    meaning: str
    rises: bool = False


OUTBOX_AGE = Gauge("psmf.outbox.oldest_unsent.age", "s", "Age of the oldest event not yet sent, by who reads.")
OUTBOX_POSITION = Gauge("psmf.outbox.position", "{event}", "Position of the newest event of the service.")
INBOX_AGE = Gauge("psmf.inbox.oldest_unprocessed.age", "s", "Age of the oldest event come and not applied, by source.")
INBOX_POSITION = Gauge("psmf.inbox.position", "{event}", "Position of the last event applied, by source.")
INBOX_CONNECTED = Gauge("psmf.inbox.connected", "{source}", "Whether events of a source can come: 1 or 0.")
DEAD = Gauge("psmf.dead_letters", "{event}", "Events set aside.")
RULEBOOK = Gauge(
    "psmf.rulebook.info", "{rulebook}", "Always 1; `rulebook` is the start of the hash of the one in force."
)
BUILD = Gauge("psmf.build.info", "{build}", "Always 1; `version` is that of the code.")

FIGURES = {
    "facts_accepted": Gauge("psmf.facts.accepted", "{fact}", "Versions of evidence accepted."),
    "facts_received": Gauge("psmf.facts.received", "{fact}", "Of these, arrived at rules."),
    "facts_evaluated": Gauge("psmf.facts.evaluated", "{fact}", "Of these, part of an evaluation."),
    "facts_dead": Gauge("psmf.facts.dead", "{fact}", "Of these, set aside by rules."),
    "people_waiting": Gauge("psmf.evaluations.waiting", "{person}", "People to be evaluated."),
    "evaluations": Gauge("psmf.evaluations", "{evaluation}", "Decision records kept.", rises=True),
    "disagreements": Gauge(
        "psmf.engine.disagreements", "{evaluation}", "Evaluations held: the engines differ.", rises=True
    ),
    "engine_unavailable": Gauge(
        "psmf.engine.unavailable", "{evaluation}", "Evaluations held: durable-rules did not answer.", rises=True
    ),
    "engine_restarts": Gauge("psmf.engine.restarts", "{process}", "Children replaced after a failure.", rises=True),
    "rulebook_faults": Gauge("psmf.rulebook.faults", "{fault}", "Faults of rule files that were refused."),
    "concerns_open": Gauge("psmf.concerns.open", "{concern}", "Matters before people."),
    "sessions_overdue": Gauge("psmf.sessions.overdue", "{session}", "Sessions whose time is over, without a record."),
    "unallocated": Gauge("psmf.people.unallocated", "{person}", "Serving people without a support manager."),
    "alerts_open": Gauge("psmf.alerts.open", "{alert}", "Alerts not ended."),
    "alerts_unassigned": Gauge("psmf.alerts.unassigned", "{alert}", "Alerts for nobody yet."),
    "notifications_waiting": Gauge("psmf.notifications.waiting", "{message}", "Messages to go."),
    "notifications_failed": Gauge("psmf.notifications.failed", "{message}", "Messages given up.", rises=True),
    "oldest_wait_seconds": Gauge(
        "psmf.oldest_wait.age",
        "s",
        "Age of the oldest evidence to be evaluated (rules), message to go (notifications).",
    ),
}
"""The figures of `psmf ops status` that are measured over time, by their name there."""

GAUGES = (
    *(OUTBOX_AGE, OUTBOX_POSITION, INBOX_AGE, INBOX_POSITION, INBOX_CONNECTED, DEAD, RULEBOOK, BUILD),
    *FIGURES.values(),
)


class _Switch:
    """Whether anybody takes the measures."""

    on = False


def are_taken() -> bool:
    """Whether anybody takes the measures."""
    return _Switch.on


def set_up(service: str, *, to_collector: bool, listen: str) -> None:
    """Send measures to the collector, serve them on an address, both or neither."""
    readers: list[Any] = []
    if to_collector:
        from opentelemetry.exporter.otlp.proto.grpc.metric_exporter import OTLPMetricExporter
        from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader

        readers.append(PeriodicExportingMetricReader(OTLPMetricExporter()))
    if listen:
        readers.append(_served(listen))
    if readers:
        from opentelemetry.sdk.metrics import MeterProvider
        from opentelemetry.sdk.resources import Resource

        resource = Resource.create({"service.name": f"psmf-{service}"})
        metrics.set_meter_provider(MeterProvider(resource=resource, metric_readers=readers))
        _Switch.on = True


def _served(listen: str) -> Any:
    from opentelemetry.exporter.prometheus import PrometheusMetricReader
    from prometheus_client import start_http_server

    host, _, port = listen.rpartition(":")
    start_http_server(int(port), host)
    return PrometheusMetricReader(scope_info_enabled=False)
