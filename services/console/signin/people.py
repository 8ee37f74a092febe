"""People who can be signed in, as the services know them: from the directory by which every call is judged."""

from dataclasses import dataclass

from services.platform.calls.identity import Person


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody whom the directory knows, with their role and the record about them."""

    person: str
    role: str
    subject: str
    name: str = ""
    """What the directory or the demo's own file calls them; empty if neither says."""


def persona_of(entry: Person, name: str = "") -> Persona:
    """Return an entry of the directory as somebody who can be signed in. `name`: for an entry that says none."""
    return Persona(entry.person, entry.role, entry.subject, entry.display_name or name)
