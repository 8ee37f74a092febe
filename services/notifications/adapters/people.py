"""The directory of people."""

from collections.abc import Iterable, Set

from services.notifications.domain.notification import Channel
from services.platform.calls.identity import Directory


class DirectoryPeople:
    """The directory of people. Addresses are looked up when they are needed, and never stored."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def about(self, safeguarder_id: str) -> str:
        """Return the person whom a record is about, or empty."""
        found = self._directory.about(safeguarder_id)
        return found.person if found else ""

    def first_with_role(self, role: str, near: str = "", but: Set[str] = frozenset()) -> str:
        """Return the first person in a role by id, or empty; nobody of `but`. Those of `near`'s region come first."""
        return self._directory.first_with_role(role, near, but)

    def every_account(self, people: Iterable[str]) -> frozenset[str]:
        """Return these accounts, with every other account of the same people."""
        return self._directory.every_account(people)

    def role_of(self, person: str) -> str:
        """Return the person's role, or empty if they are unknown."""
        return self._directory.role_of(person)

    def channel(self, person: str) -> Channel:
        """Return how to reach a person: the inbox if they are known and have no address, or else e-mail."""
        found = self._directory.find(person)
        return Channel.INBOX if found and not found.email else Channel.EMAIL

    def address(self, person: str) -> str:
        """Return the e-mail address of a person, or empty."""
        found = self._directory.find(person)
        return found.email if found else ""
