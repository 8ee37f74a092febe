"""What the notifications service measures of itself. Names and meanings are declared here once."""

from services.platform.process.gauges import OwnGauges
from services.platform.telemetry.metrics import Gauge, histogram

_ALERT_SECONDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
_HANDOVER_SECONDS = (1.0, 5.0, 15.0, 60.0, 120.0, 300.0, 900.0, 3600.0, 14400.0)

GAUGES = OwnGauges(
    {
        "alerts_open": Gauge("psmf.alerts.open", "{alert}", "Alerts not ended."),
        "alerts_unassigned": Gauge("psmf.alerts.unassigned", "{alert}", "Alerts that nobody has yet."),
        "notifications_waiting": Gauge("psmf.notifications.waiting", "{message}", "Messages to send."),
        "notifications_failed": Gauge("psmf.notifications.failed", "{message}", "Messages given up.", rises=True),
        "oldest_wait_seconds": Gauge("psmf.oldest_wait.age", "s", "Longest wait of a message that may go."),
    }
)
EVIDENCE_TO_ALERT = histogram(
    "psmf.evidence_to_alert.duration", "Time from evidence recorded to the alert it set off.", _ALERT_SECONDS
)
HANDOVER = histogram(
    "psmf.notification.handover.duration",
    "Time from when a message may go to handed over, or given up: `outcome` is sent or failed.",
    _HANDOVER_SECONDS,
)
