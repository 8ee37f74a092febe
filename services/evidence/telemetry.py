"""What the evidence service measures of itself. Names and meanings are declared here once."""

from services.platform.process.gauges import OwnGauges
from services.platform.telemetry.metrics import Gauge

GAUGES = OwnGauges(
    {
        "facts_accepted": Gauge("psmf.facts.accepted", "{fact}", "Versions of evidence accepted."),
        "items_held": Gauge("psmf.evidence.held", "{item}", "Items with a text that waits for a person to look at it."),
    }
)
