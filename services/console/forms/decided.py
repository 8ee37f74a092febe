"""What Scottish Ministers decided, as it was typed: words of closed lists, a day, months and what it rests on."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """A decision as it is recorded. `end_reason`: empty unless membership ends. `basis`: three parts of a citation."""

    kind: str
    end_reason: str
    decided_as: str
    on: date
    months: int
    basis: tuple[str, str, str]
    reasons: str
