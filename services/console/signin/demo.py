"""The demo's own way in: a list of invented people with a button each. It exists only where everybody is invented."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from services.client.tokens import PERSONA_NAMES, Issuer
from services.console.signin.people import Persona, persona_of
from services.platform.calls.identity import DEMO_ISSUER, Directory, Person
from services.platform.data_file import DataFileError
from services.platform.watched_file import read_file


class DemoSignIn:
    """The people of a demo's folder, and the tokens that its issuer signs for them.

    Raises:
        DataFileError: the folder's keys are not those of a demo alone, or a file is missing. People who are not
            invented could otherwise be signed in by a button.
    """

    def __init__(self, folder: Path) -> None:
        _require_demo(folder)
        self._directory = Directory(folder / "people.json")
        self._issuer = Issuer(folder)
        self._names = _names(folder / PERSONA_NAMES)

    def people(self) -> Mapping[str, Sequence[Persona]]:
        """Return everybody who can be signed in, by role."""
        found: dict[str, list[Persona]] = {}
        for person in self._issuer.people:
            entry = self._directory.find(person)
            if entry is not None:
                found.setdefault(entry.role, []).append(self._persona(entry))
        return found

    def find(self, person: str) -> Persona | None:
        """Return somebody as the directory knows them now, or None. A role that was taken away is gone at once."""
        entry = self._directory.find(person)
        if entry is None or person not in self._issuer.people:
            return None
        return self._persona(entry)

    def token(self, person: str) -> str:
        """Return a token to call the services with as this person.

        Raises:
            KeyError: the demo has no such person.
        """
        return self._issuer.token(person)

    def _persona(self, entry: Person) -> Persona:
        return persona_of(entry, self._names.get(entry.person, ""))


def _names(file: Path) -> Mapping[str, str]:
    """Return the names of invented people by id. A suite without a story has none, and then ids are shown."""
    if not file.exists():
        return {}
    return read_file(file, lambda held: {str(person): str(name) for person, name in held.items()}, "names by id")


def _require_demo(folder: Path) -> None:
    file = folder / "keys.json"
    try:
        issuers = {entry["issuer"] for entry in json.loads(file.read_text())["keys"]}
    except (OSError, ValueError, LookupError, TypeError):
        raise DataFileError(f"{file} does not hold the public keys of a demo.") from None
    others = {issuer for issuer in issuers if issuer != DEMO_ISSUER and not issuer.startswith("service:")}
    if others:
        message = f"{file} trusts an issuer that is no demo's. Take PSMF_DEMO_IDENTITY away: with it anybody is anyone."
        raise DataFileError(message)
