"""Support managers and calendar addresses from the directory of people."""

from collections.abc import Mapping, Sequence

from services.platform.calls.identity import Directory, Person
from services.scheduling.adapters.calendar_file import Participant
from services.scheduling.domain.identifiers import Region, SafeguarderId, SupportManagerId

SUPPORT_MANAGER = "support_manager"
NOT_STAFF = ("safeguarder", "applicant", "partner_system", "service", "unknown")
"""Roles of those who work on no Safeguarder's matters, so that no link can keep them from one."""


class DirectoryPeople:
    """The support managers of the Team, and the invited people as calendars name them."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def regions(self) -> Mapping[SupportManagerId, Region]:
        """Return the region of each support manager. Nobody is allocated to a manager without one of our regions."""
        known = set(Region)
        entries = self._directory.with_role(SUPPORT_MANAGER)
        return {SupportManagerId(entry.person): Region(entry.region) for entry in entries if entry.region in known}

    def role_of_staff(self, person: str, safeguarder_id: SafeguarderId) -> str:
        """Return the role of a member of staff; empty for anybody else, and for the Safeguarder."""
        found = self._directory.find(person)
        if found is None or found.role in NOT_STAFF or self._directory.is_about(person, safeguarder_id):
            return ""
        return found.role

    def with_role(self, role: str) -> Sequence[str]:
        """Return the ids of everybody with a role."""
        return [entry.person for entry in self._directory.with_role(role)]

    def organiser(self, support_manager: SupportManagerId) -> Participant:
        """Return the support manager as a calendar names them."""
        return _participant(self._directory.find(support_manager), "support-manager", support_manager)

    def attendee(self, safeguarder_id: SafeguarderId) -> Participant:
        """Return the Safeguarder as a calendar names them."""
        return _participant(self._directory.about(safeguarder_id), "safeguarder", safeguarder_id)


def _participant(person: Person | None, kind: str, opaque_id: str) -> Participant:
    """Return a participant with their e-mail address, or with the id alone if the directory has none."""
    address = f"mailto:{person.email}" if person and person.email else f"urn:psmf:{kind}:{opaque_id}"
    return Participant(opaque_id, address)
