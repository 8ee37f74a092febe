"""What the services answered about one recommendation, and who asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.client.words import safeguarder_of, word_of
from services.console.views.parts import Away, Found
from services.console.views.recommendations.lists import path_of
from services.console.words import name_of, words

TEAM = "panel_team"
BEFORE_SUBMISSION = ("drafted", "checked", "shared", "approved")


@dataclass(frozen=True, slots=True)
class AskedRecommendation:
    """What the services answered, and who asks."""

    pack: Any
    names: Found[Mapping[str, str]] | Away
    people: Found[Mapping[str, str]] | Away
    reader: str
    role: str

    @property
    def one(self) -> Any:
        """Return the recommendation itself."""
        return self.pack.recommendation

    @property
    def is_own(self) -> bool:
        """Return whether the person whom it is about reads it."""
        return self.role == "safeguarder"

    @property
    def state(self) -> str:
        """Return where it stands."""
        return word_of(self.one, "state")

    @property
    def name(self) -> str:
        """Return what the person is called."""
        names = self.names.answer if isinstance(self.names, Found) else {}
        return names.get(f"safeguarders/{safeguarder_of(self.one.name)}", "") or str(words("matter")["somebody"])

    @property
    def path(self) -> str:
        """Return the address of the page."""
        return path_of(self.one.name, self.is_own)

    def called(self, person: str) -> str:
        """Return what somebody of the staff is called."""
        found = self.people.answer if isinstance(self.people, Found) else {}
        return found.get(person, "") or name_of(person)

    @property
    def writes(self) -> bool:
        """Return whether the reader can write its text: the Team can, until it is submitted."""
        return self.role == TEAM and self.state in BEFORE_SUBMISSION
