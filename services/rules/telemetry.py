"""What the rules service measures and logs of itself. Names and meanings are declared here once."""

from services.platform.process.gauges import OwnGauges
from services.platform.telemetry.metrics import Gauge, counter

LOG_FIELDS = frozenset({"rulebook", "evaluation", "concern", "people_read"})
"""Fields of log lines beside those of every service."""

GAUGES = OwnGauges(
    {
        "facts_received": Gauge("psmf.facts.received", "{fact}", "Versions of evidence that arrived at rules."),
        "facts_evaluated": Gauge("psmf.facts.evaluated", "{fact}", "Of these, part of an evaluation."),
        "facts_dead": Gauge("psmf.facts.dead", "{fact}", "Of these, dead-lettered by rules."),
        "people_waiting": Gauge("psmf.evaluations.waiting", "{person}", "People to be evaluated."),
        "people_held": Gauge(
            "psmf.evaluations.held", "{person}", "Of these, held because their last evaluation failed."
        ),
        "evaluations_failed": Gauge(
            "psmf.evaluations.failed", "{evaluation}", "Evaluations that raised an error and were held.", rises=True
        ),
        "evaluations": Gauge("psmf.evaluations", "{evaluation}", "Decision records kept.", rises=True),
        "disagreements": Gauge(
            "psmf.engine.disagreements", "{evaluation}", "Evaluations deferred: the engines differ.", rises=True
        ),
        "engine_unavailable": Gauge(
            "psmf.engine.unavailable", "{evaluation}", "Evaluations deferred: durable-rules did not answer.", rises=True
        ),
        "engine_restarts": Gauge("psmf.engine.restarts", "{process}", "Children replaced after a failure.", rises=True),
        "rulebook_faults": Gauge("psmf.rulebook.faults", "{fault}", "Faults of rule files that were refused."),
        "rulebook_untrusted": Gauge(
            "psmf.rulebook.untrusted", "{fault}", "Parts of stored rulebooks or activations that are not as signed."
        ),
        "concerns_open": Gauge("psmf.concerns.open", "{concern}", "Concerns that are open."),
        "oldest_wait_seconds": Gauge("psmf.oldest_wait.age", "s", "Age of the oldest evidence to be evaluated."),
    },
    facts={
        "rulebook": Gauge(
            "psmf.rulebook.info", "{rulebook}", "Always 1; `rulebook` is the start of the hash of the one in force."
        )
    },
)
COUNTERS = ("psmf.replays",)
"""Names of what is counted where it happens."""
REPLAYS = counter(
    COUNTERS[0], "{decision}", "Kept decisions evaluated again: `outcome` is identical, or why it is not."
)
ATTRIBUTES = frozenset({"rulebook"})
"""Attributes of measures beside those of every service."""
