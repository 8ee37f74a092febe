"""A probe of a service's own database: whether it can still be written, and once a day whether it is damaged (F5).

Readiness, status, measures and `psmf ops doctor` show what it finds. Without it a service on a full disk refuses every
command while everything that only asks looks well.
"""

import time
from collections.abc import Callable

from services.platform.storage.counters import count_one
from services.platform.storage.database import Database
from services.platform.telemetry.logs import log

PROBE_SECONDS = 15.0
"""Time until a fault is seen that no caller has met. A probe is one small commit."""
DAY_SECONDS = 24 * 3600.0
PROBES = "storage_probes"
"""The counter that a probe writes."""


class StorageProbe:
    """The job that writes, reads back what the database says of itself, and tells who must know."""

    def __init__(self, database: Database, on_health: Callable[[bool], None]) -> None:
        """`on_health` is told after each look whether the database can be written."""
        self._database = database
        self._on_health = on_health
        self._check_at = time.monotonic() + DAY_SECONDS  # the start checked it
        self._fault = ""

    def turn(self) -> float:
        """Look once. Return the seconds until the next look."""
        health = self._database.health
        try:
            self._database.write(lambda tx: count_one(tx, PROBES))
        except Exception as problem:
            if not health.fault:
                health.refused(type(problem).__name__)
        if time.monotonic() >= self._check_at:
            self._check_at = time.monotonic() + DAY_SECONDS
            self._database.look_for_damage()
        if health.fault != self._fault:
            self._fault = health.fault
            log().critical("storage_refuses", reason=self._fault) if self._fault else log().info("storage_recovered")
        self._on_health(not self._fault)
        return PROBE_SECONDS
