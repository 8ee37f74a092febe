"""Items that were shared too late for the papers of a session: offer them, and admit them (record 2.1)."""

from collections.abc import Callable

from services.evidence.adapters.session_files import SessionFile
from services.evidence.domain.evidence_item import EvidenceId, EvidenceItem
from services.evidence.domain.sessions import late_items as late
from services.evidence.domain.sessions.late_items import LateItems, Read
from services.evidence.domain.sessions.pack import Pack
from services.evidence.handlers.session_packs import find_pack

Name = tuple[str, str]
"""The ids of the Safeguarder and of the session."""


def offer(name: Name, evidence_id: str, person: str, files: SessionFile) -> Pack:
    """Offer an item beside papers, and return the papers. Refuse NOT_FOUND, and what `late.offer` refuses."""

    def move(before: LateItems, item: EvidenceItem | None, pack: Pack) -> LateItems:
        return late.offer(before, item, person, pack, files.now)

    return _change(name, evidence_id, files, move)


def admit(name: Name, evidence_id: str, read: Read, files: SessionFile) -> Pack:
    """Admit an item, and return the papers. Refuse NOT_FOUND, and what `late.admit` refuses."""

    def move(before: LateItems, item: EvidenceItem | None, pack: Pack) -> LateItems:
        return late.admit(before, evidence_id, item, read, pack)

    return _change(name, evidence_id, files, move)


def _change(
    name: Name, evidence_id: str, files: SessionFile, move: Callable[[LateItems, EvidenceItem | None, Pack], LateItems]
) -> Pack:
    pack = find_pack(*name, files)
    before = files.packs.late_items(pack.session_id) or LateItems(pack.session_id, pack.safeguarder_id)
    after = move(before, files.file.find(EvidenceId(evidence_id)), pack)
    if after is not before:
        files.packs.put_late_items(after, pack, files.now)
    return pack
