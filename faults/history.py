"""What clients asked for and what they heard, written down as it happens: the other half of every check."""

import threading
import time
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How a command ended as its client saw it."""

    INVOKED = "invoked"
    OK = "ok"
    FAIL = "fail"
    """Refused by the service: it must have had no effect."""
    UNKNOWN = "unknown"
    """The client gave up without an answer: it may have had its effect, once."""


class Kind(StrEnum):
    """What was asked for."""

    ENTRY = "create_safeguarder"
    APPOINTMENT = "record_ministerial_decision"
    ITEM = "create_evidence_item"
    INCIDENT = "incident"
    """An item that raises a concern at once, for a person it is told of only once."""


@dataclass(slots=True)
class Operation:
    """One command. `mark` stands in what it makes, so that its effect can be found."""

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
        """The id its request carries, in every try."""
        return f"request-{self.mark}"


class History:
    """Every operation, by its mark."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._operations: dict[str, Operation] = {}

    def invoke(self, kind: Kind, person: str) -> Operation:
        """Note that something is about to be asked for."""
        with self._lock:
            mark = f"case-{len(self._operations):010x}"
            operation = self._operations[mark] = Operation(mark, kind, person)
            return operation

    def all(self, *kinds: Kind) -> list[Operation]:
        """Operations of some kinds, or all, in the order they were invoked."""
        with self._lock:
            return [one for one in self._operations.values() if not kinds or one.kind in kinds]

    def count(self, outcome: Outcome) -> int:
        """How many ended so."""
        return sum(one.outcome is outcome for one in self.all())
