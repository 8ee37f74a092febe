"""How far something has come that was sent by a link, worked out from what is on file. Nobody sets it."""

from collections.abc import Sequence
from enum import StrEnum

from services.evidence.domain.evidence_item import ComplaintOutcome, EvidenceItem, ItemState
from services.evidence.domain.sessions.record import RecordState, SessionRecord


class Stage(StrEnum):
    """How far it has come."""

    RECEIVED = "received"
    READ = "read"
    TALKED_ABOUT = "talked_about"
    FINISHED = "finished"


def stage_of(item: EvidenceItem, records: Sequence[SessionRecord | None]) -> Stage:
    """Return the stage of an item, as it stands after its corrections.

    `records`: the record of each session that was held with the item in its papers, or None where there is none yet.
    """
    outcome = item.content.complaint_outcome
    decided = outcome not in (None, ComplaintOutcome.PENDING)
    closed = any(record is not None and record.state is RecordState.CLOSED for record in records)
    pending = outcome is ComplaintOutcome.PENDING
    if item.state is ItemState.WITHDRAWN or decided or (closed and not pending):
        return Stage.FINISHED
    if records:
        return Stage.TALKED_ABOUT
    is_read = item.content.mappings or item.content.shared_on is not None
    return Stage.READ if is_read else Stage.RECEIVED
