"""Emergency accesses: who is told of one, and when (X38).

Who answers for the data is told that a file was opened, and so is the support manager, each at once and once. They are
told also when the event comes late and the file is closed again. Who opened it is told when the review is done.
"""

from dataclasses import dataclass
from datetime import date

from services.notifications.domain.news import Line
from services.notifications.domain.notification import Subject


@dataclass(frozen=True, slots=True)
class FileOpened:
    """A version of an emergency access, as those are told of it who look after the file."""

    safeguarder_id: str
    access_id: str
    version: int
    person: str
    """Who opened the file."""
    reviewed: bool

    @property
    def news(self) -> str:
        """What there is to tell. Every version tells the same, so that it is told once."""
        return Subject.FILE_OPENED

    def line(self, today: date) -> Line | None:
        """Return what is told. It does not wait for the office to open."""
        return Line(Subject.FILE_OPENED, to_the_person=False, urgent=True)


@dataclass(frozen=True, slots=True)
class AccessReviewed:
    """A version of an emergency access, as the person who opened the file is told of its review."""

    access: FileOpened

    @property
    def safeguarder_id(self) -> str:
        """The Safeguarder concerned."""
        return self.access.safeguarder_id

    @property
    def version(self) -> int:
        """The number of this version. The highest holds."""
        return self.access.version

    @property
    def news(self) -> str:
        """What there is to tell. Nothing before the review."""
        return Subject.ACCESS_REVIEWED if self.access.reviewed else ""

    def line(self, today: date) -> Line | None:
        """Return what is told, or None before the review."""
        return Line(Subject.ACCESS_REVIEWED, to_the_person=False) if self.access.reviewed else None
