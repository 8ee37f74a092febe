"""What the scheduling service measures of itself. Names and meanings are declared here once."""

from services.platform.process.gauges import OwnGauges
from services.platform.telemetry.metrics import Gauge

GAUGES = OwnGauges(
    {
        "sessions_overdue": Gauge("psmf.sessions.overdue", "{session}", "Sessions that are over and have no record."),
        "unallocated": Gauge("psmf.people.unallocated", "{person}", "Serving people without a support manager."),
    }
)
