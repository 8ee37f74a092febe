"""News of something on record: who is told of it, and when (record 6).

The newest version holds. Nobody is told twice of one thing, or of what is no longer so.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.notifications.domain.notification import Subject


@dataclass(frozen=True, slots=True)
class News:
    """What was last told about something on record: the newest version known, and of what."""

    version: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What a message says in the list of messages: no content, and at most two days."""

    subject: Subject | None
    to_the_person: bool
    """Whether it goes to the Safeguarder, and not to staff."""
    answer_by_on: date | None = None
    session_on: date | None = None
    review_on: date | None = None
    urgent: bool = False
    """Whether it is sent at once, and not with others."""


def in_time(line: Line | None, today: date) -> Line | None:
    """Return what is told, or None. Nobody is asked for an answer when the time for it has passed."""
    return None if line is None or (line.answer_by_on or today) < today else line


class OnRecord(Protocol):
    """A version of something on record, without words of anybody."""

    @property
    def safeguarder_id(self) -> str:
        """The Safeguarder concerned."""
        ...

    @property
    def version(self) -> int:
        """The number of this version. The highest holds."""
        ...

    @property
    def news(self) -> str:
        """What there is to tell. Versions that tell the same are told once."""
        ...

    def line(self, today: date) -> Line | None:
        """Return what is told, or None. Nobody is asked for an answer when the time for it has passed."""
        ...
