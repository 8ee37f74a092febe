"""The commands that change an item on file: map, share, reply, decide, withdraw, correct. Each makes a new version."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from services.evidence.domain import evidence_item
from services.evidence.domain.evidence_item import ComplaintOutcome, CorrectionReason, EvidenceItem, Mapping
from services.evidence.domain.standards import check_mappings, edition_in_force
from services.evidence.handlers.create_evidence_item import CreateEvidenceItem, create_evidence_items
from services.evidence.ports import File, Register
from services.refusals import Refusal, not_found


def find_item(safeguarder_id: str, evidence_id: str, file: File) -> EvidenceItem:
    """The item on that person's file.

    Raises:
        Refusal: NOT_FOUND, also when it is on another person's file.
    """
    item = file.find(evidence_id)
    if item is None or item.safeguarder_id != safeguarder_id:
        raise _item_not_found()
    return item


def _item_not_found() -> Refusal:
    return not_found("EVIDENCE_NOT_FOUND", "No such item is on this person's file.", "name")


def _change(
    name: tuple[str, str], file: File, what: str, change: Callable[[EvidenceItem], EvidenceItem]
) -> EvidenceItem:
    item = change(find_item(*name, file))
    file.change(item, what)
    return item


def map_evidence_item(name: tuple[str, str], mappings: tuple[Mapping, ...], file: File, now: datetime) -> EvidenceItem:
    """The item, read against the edition in force when it happened. Raises Refusal for unknown ids."""

    def mapped(item: EvidenceItem) -> EvidenceItem:
        check_mappings(mappings, edition_in_force(file.editions(), item.content.happened_on), "mappings")
        return evidence_item.map_item(item, mappings, now)

    return _change(name, file, "mapped", mapped)


def share_evidence_item(
    name: tuple[str, str], file: File, reply_working_days: int, today: date, now: datetime
) -> EvidenceItem:
    """The item, shown to the person concerned today."""
    due_on = evidence_item.reply_due_on(today, reply_working_days)
    return _change(name, file, "shared", lambda item: evidence_item.share(item, today, due_on, now))


def add_reply(name: tuple[str, str], text: str, file: File, today: date, now: datetime) -> EvidenceItem:
    """The item with today's reply. One the person may not see yet is not found: that it exists is confidential."""

    def replied(item: EvidenceItem) -> EvidenceItem:
        if not item.open_to_the_person:
            raise _item_not_found()
        return evidence_item.add_reply(item, text, today, now)

    return _change(name, file, "replied", replied)


def decide_complaint(name: tuple[str, str], outcome: ComplaintOutcome, file: File, now: datetime) -> EvidenceItem:
    """The complaint with its outcome."""
    return _change(name, file, "decided", lambda item: evidence_item.decide_complaint(item, outcome, now))


def withdraw_evidence_item(name: tuple[str, str], reason: CorrectionReason, file: File, now: datetime) -> EvidenceItem:
    """The item, out of account."""
    return _change(name, file, "withdrawn", lambda item: evidence_item.withdraw(item, reason, now))


@dataclass(frozen=True, slots=True)
class CorrectEvidenceItem:
    """What stands in the place of an item, whole, and why."""

    evidence_id: str
    reason: CorrectionReason
    correction: CreateEvidenceItem


def correct_evidence_item(
    command: CorrectEvidenceItem, register: Register, file: File, reply_working_days: int, now: datetime
) -> EvidenceItem:
    """The correction, on file in place of the item it supersedes."""
    old = find_item(command.correction.safeguarder_id, command.evidence_id, file)
    new = create_evidence_items([command.correction], register, file, reply_working_days, now)[0]
    file.change(evidence_item.supersede(old, new.evidence_id, command.reason, now), "superseded")
    return new
