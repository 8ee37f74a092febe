"""Invariants of every step. `ending` has the invariants that hold once nothing is left to do."""

from collections import defaultdict
from typing import TYPE_CHECKING

from tests.sim.simulated.chance import Violation
from tests.sim.simulated.client import Command

if TYPE_CHECKING:
    from tests.sim.world import World

_NEW = "SELECT n, source, event_id, key, sequence FROM sim_applied WHERE n > ? ORDER BY n"
_THERE = "SELECT 1 FROM outbox WHERE event_id = ?"
_DOUBLE_ALERTS = (
    "SELECT safeguarder_id, rule, subject FROM alert WHERE state <> 'resolved' "
    "GROUP BY safeguarder_id, rule, subject, window_starts_on HAVING COUNT(*) > 1"
)
_DOUBLE_MANAGERS = "SELECT safeguarder_id FROM allocation WHERE is_current GROUP BY safeguarder_id HAVING COUNT(*) > 1"


class Checks:
    """Checks of everything committed since the last check."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._commits: dict[str, int] = {}
        self._seen: dict[str, int] = defaultdict(int)
        self._last: dict[tuple[str, str, str], int] = defaultdict(int)
        self._sent: dict[str, int] = defaultdict(int)

    def each_step(self) -> None:
        """Check one step. Raises Violation."""
        for service, database in self._world.databases.items():
            if database.commits.count == self._commits.get(service):
                continue
            self._commits[service] = database.commits.count
            self._applied(service)
            self._relay(service)
            if service == "notifications":
                self._none(service, _DOUBLE_ALERTS, "one live alert for each matter")
            if service == "scheduling":
                self._none(service, _DOUBLE_MANAGERS, "one current support manager")

    def answered(self, command: Command, known: str, state: str, answer: bytes) -> None:
        """Check the answer to a command. Raises Violation."""
        if not self._world.client.answered(command, known, state, answer):
            raise Violation("a repeat gets the same answer", f"{command.method} {command.request.request_id}")

    def _applied(self, service: str) -> None:
        for n, source, event_id, key, sequence in self._world.databases[service].rows(_NEW, self._seen[service]):
            self._seen[service] = n
            place = (service, source, key)
            if not self._world.databases[source].rows(_THERE, event_id):
                raise Violation("no effect without its cause", f"{service} applied {event_id}: {source} knows nothing")
            if sequence <= self._last[place]:
                raise Violation("each event is applied once", f"{service} applied {source} {key} {sequence} again")
            if sequence != self._last[place] + 1:
                raise Violation("events of a key are applied in order", f"{service}: {source} {key} {sequence} early")
            self._last[place] = sequence
            self._world.note(service, source, event_id, sequence)

    def _relay(self, service: str) -> None:
        for (position,) in self._world.databases[service].rows("SELECT position FROM relay"):
            if position < self._sent[service]:
                raise Violation("the relay's mark moves forward", f"{service}: {self._sent[service]} to {position}")
            self._sent[service] = position

    def _none(self, service: str, query: str, invariant: str) -> None:
        for row in self._world.databases[service].rows(query):
            raise Violation(invariant, str(row))
