"""Every measure that the platform, the four services and the console declare."""

from services.console import telemetry as console
from services.evidence import telemetry as evidence
from services.notifications import telemetry as notifications
from services.platform.telemetry import metrics
from services.rules import telemetry as rules
from services.scheduling import telemetry as scheduling

OWN = {
    "evidence": evidence.GAUGES,
    "notifications": notifications.GAUGES,
    "rules": rules.GAUGES,
    "scheduling": scheduling.GAUGES,
}
GAUGES = tuple({gauge.name: gauge for own in OWN.values() for gauge in own.all()}.values())
COUNTERS = (*metrics.COUNTERS, *rules.COUNTERS, *console.COUNTERS)
HISTOGRAMS = (
    "rpc.server.call.duration",
    "http.server.request.duration",
    "psmf.evidence_to_alert.duration",
    "psmf.notification.handover.duration",
)
ATTRIBUTES = metrics.ATTRIBUTES | rules.ATTRIBUTES | console.ATTRIBUTES
