"""Support managers, and calendar addresses, from the directory."""

from collections.abc import Mapping

from services.platform.calls.identity import Directory, Person
from services.scheduling.adapters.calendar_file import Participant
from services.scheduling.domain.identifiers import Region, SafeguarderId, SupportManagerId

SUPPORT_MANAGER = "support_manager"


class DirectoryPeople:
    """The Team's support managers, and how calendars name those invited."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def regions(self) -> Mapping[SupportManagerId, Region]:
        """The region of each support manager; one without a region of ours is not allocated anybody."""
        known = set(Region)
        entries = self._directory.with_role(SUPPORT_MANAGER)
        return {SupportManagerId(entry.person): Region(entry.region) for entry in entries if entry.region in known}

    def organiser(self, support_manager: SupportManagerId) -> Participant:
        """The support manager as a calendar names them."""
        return _participant(self._directory.find(support_manager), "support-manager", support_manager)

    def attendee(self, safeguarder_id: SafeguarderId) -> Participant:
        """The Safeguarder as a calendar names them."""
        return _participant(self._directory.about(safeguarder_id), "safeguarder", safeguarder_id)


def _participant(person: Person | None, kind: str, opaque_id: str) -> Participant:
    """With an e-mail address where the directory has one; the id alone otherwise."""
    address = f"mailto:{person.email}" if person and person.email else f"urn:psmf:{kind}:{opaque_id}"
    return Participant(opaque_id, address)
