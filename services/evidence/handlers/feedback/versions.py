"""An item that came by a link, through its corrections."""

from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.ports import File


def versions_of(evidence_id: str, file: File) -> list[EvidenceItem]:
    """Return an item and its corrections, in their order."""
    found: list[EvidenceItem] = []
    while evidence_id and (item := file.find(evidence_id)) is not None:
        found.append(item)
        evidence_id = item.superseded_by
    return found
