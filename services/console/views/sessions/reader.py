"""Who reads a page of sessions. Both sides read the same things; the words speak to one of them."""

from dataclasses import dataclass

from services.client.words import id_under, safeguarder_of
from services.console.views.heading import Heading, Link
from services.console.views.people.frame import Banner
from services.console.words import words

ARRANGE = ("support_manager", "panel_team")
"""Roles of the Team that confirm, move and cancel sessions, and record who was there."""
WRITE = "support_manager"
"""The role that writes records."""
RECORDS_DECISIONS = "decision_recorder"
"""The role that has pages of its own about a person: those on what Ministers decided."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads about the sessions of a Safeguarder: the Safeguarder, or one of the Team.

    `person`: name of the record about the Safeguarder, and `name` what they are called.
    """

    person: str
    name: str
    role: str = ""
    says: tuple[str, ...] = ()
    """What the banner says of them, on the Team's pages."""
    came_from: str = ""
    """The recommendation from whose page a recorder of decisions came."""

    @property
    def is_own(self) -> bool:
        """Return whether the Safeguarder reads."""
        return self.role == "safeguarder"

    @property
    def arranges(self) -> bool:
        """Return whether the reader may confirm and move a session."""
        return self.is_own or self.role in ARRANGE

    @property
    def writes(self) -> bool:
        """Return whether the reader may write the record."""
        return self.role == WRITE

    @property
    def base(self) -> str:
        """Return where the pages about the Safeguarder stand."""
        if self.is_own:
            return "/my-file"
        pages = "/decisions" if self.role == RECORDS_DECISIONS else "/people"
        return f"{pages}/{safeguarder_of(self.person)}"

    @property
    def banner(self) -> Banner:
        """Return whom the page is about. On the Team's pages it leads to their file."""
        return Banner(self.name, self.says, "" if self.is_own else self.base)

    def href(self, session: str, step: str = "") -> str:
        """Return the address of a session, or of a step on it."""
        page = f"{self.base}/sessions/{id_under(session)}"
        return f"{page}/{step}" if step else page

    def say(self, key: str, **put_in: object) -> str:
        """Return a text as this reader reads it: `key_own` where the Safeguarder has words of their own."""
        said = words("sessions")
        own = f"{key}_own"
        return said.say(own if self.is_own and own in said else key, name=self.name, **put_in)

    def heading(self, title: str, back: Link, tab: str = "") -> Heading:
        """Return the heading of a page. No name of a person stands in the title of the tab."""
        said = words("sessions")
        place = "sessions" if self.is_own else "people"
        return Heading(title, f"{tab or title} - {said['section']}", place, back)


def of_role(person: str, name: str, role: str, says: tuple[str, ...] = ()) -> Reader:
    """Return a reader. Somebody whose name nobody answers is *the Safeguarder*."""
    return Reader(person, name or words("sessions")["somebody"], role, says)
