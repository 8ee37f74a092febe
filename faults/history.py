"""A record of what clients asked for and what they were told. Every check compares the databases with it."""

import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of a command as its client saw it."""

    INVOKED = "invoked"
    OK = "ok"
    FAIL = "fail"
    """The service refused the command, so it must have no effect."""
    UNKNOWN = "unknown"
    """The client gave up without an answer. The command may have had its effect, at most once."""


class Kind(StrEnum):
    """The kind of command."""

    ENTRY = "create_safeguarder"
    APPOINTMENT = "record_ministerial_decision"
    ITEM = "create_evidence_item"
    INCIDENT = "incident"
    """An item that raises a concern at once. Each person has only one such item."""


@dataclass(slots=True)
class Operation:
    """One command. `mark` is stored in its effect, so that the effect can be found."""

    mark: str
    kind: Kind
    person: str
    outcome: Outcome = Outcome.INVOKED
    problem: str = ""
    tries: int = 0
    seconds: float = 0.0
    at: float = field(default_factory=time.monotonic)
    answers: set[bytes] = field(default_factory=set)

    @property
    def request_id(self) -> str:
        """Return the request id, the same in every attempt."""
        return f"request-{self.mark}"


class History:
    """Every operation by its mark."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._operations: dict[str, Operation] = {}

    def invoke(self, kind: Kind, person: str) -> Operation:
        """Record a command that is about to be sent."""
        with self._lock:
            mark = f"case-{len(self._operations):010x}"
            operation = self._operations[mark] = Operation(mark, kind, person)
            return operation

    def all(self, *kinds: Kind) -> list[Operation]:
        """Return operations of some kinds, or all, in the order they were invoked."""
        with self._lock:
            return [one for one in self._operations.values() if not kinds or one.kind in kinds]

    def count(self, outcome: Outcome) -> int:
        """Return how many operations had an outcome."""
        return sum(one.outcome is outcome for one in self.all())
