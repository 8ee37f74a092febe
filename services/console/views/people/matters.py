"""What was raised about a person, as the Team and its managers read it. Praise stands first, and last what is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.console.views.heading import Heading
from services.console.views.my_file.matters import MatterGroup, groups_of
from services.console.views.parts import Away, Found, says_away
from services.console.views.people.frame import AskedPerson, PersonFrame, frame_of, heading_of


@dataclass(frozen=True, slots=True)
class MattersView:
    """The page."""

    heading: Heading
    person: PersonFrame
    groups: tuple[MatterGroup, ...]
    away: tuple[str, ...]


def build(
    person: AskedPerson, answer: Any, people: Found[Mapping[str, str]] | Away, now: datetime, today: date
) -> MattersView:
    """Return the page."""
    names = people.answer if isinstance(people, Found) else {}
    return MattersView(
        heading=heading_of("matters"),
        person=frame_of(person, "matters", today),
        groups=tuple(groups_of(answer.concerns, names, today, f"{person.address}/matters")),
        away=tuple(says_away((*person.parts, people), now)),
    )
