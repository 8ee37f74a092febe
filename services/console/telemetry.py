"""What the console measures and logs of itself. Names and meanings are declared here once."""

from services.platform.telemetry.metrics import counter

LOG_FIELDS = frozenset({"route", "status", "milliseconds", "role", "calls"})
"""Fields of log lines beside those of every process. A route is a pattern, never a path: a path holds ids."""
COUNTERS = ("console.part.away", "console.csrf.refused")
"""Names of what is counted where it happens."""
AWAY = counter(COUNTERS[0], "{part}", "Parts of pages that could not be shown, by the `service` that was away.")
CSRF_REFUSED = counter(COUNTERS[1], "{form}", "Forms refused because they did not come from a page of ours.")
ATTRIBUTES = frozenset({"service"})
"""Attributes of measures beside those of every process."""
