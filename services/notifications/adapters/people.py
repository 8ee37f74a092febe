"""Who is who, from the directory, and who supports whom, from the allocations heard of."""

from sqlalchemy import Connection

from services.notifications.domain.notification import Channel
from services.platform.calls.identity import Directory
from services.platform.calls.relations import allocated_to


class DirectoryPeople:
    """The directory of people. Addresses are looked up when they are needed and never stored."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def about(self, safeguarder_id: str) -> str:
        """The person whom a record is about, or empty."""
        found = self._directory.about(safeguarder_id)
        return found.person if found else ""

    def first_with_role(self, role: str, near: str = "") -> str:
        """The first person in a role, in order of id, or empty; one of the region of `near` comes first."""
        found = self._directory.with_role(role)
        neighbour = self._directory.find(near)
        same_region = [entry for entry in found if neighbour and entry.region == neighbour.region]
        return next((entry.person for entry in (*same_region, *found)), "")

    def role_of(self, person: str) -> str:
        """The person's role; empty for somebody unknown."""
        found = self._directory.find(person)
        return found.role if found else ""

    def channel(self, person: str) -> Channel:
        """How to reach a person: by e-mail, or by the inbox where they are known and have no address."""
        found = self._directory.find(person)
        return Channel.INBOX if found and not found.email else Channel.EMAIL

    def address(self, person: str) -> str:
        """E-mail address, or empty."""
        found = self._directory.find(person)
        return found.email if found else ""


class SqlAllocations:
    """The allocations, in the transaction at hand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def support_manager_of(self, safeguarder_id: str) -> str:
        """The allocated support manager, or empty."""
        return allocated_to(self._connection, safeguarder_id)
