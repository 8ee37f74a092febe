"""Commands that change an item on file: map, share, reply, move, decide, withdraw, correct. Each makes a version."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from services.calendar_days import london_today
from services.evidence.domain import life_of_an_item as life
from services.evidence.domain.complaints.moving import Move
from services.evidence.domain.complaints.stages import ComplaintNumbers, Recorder
from services.evidence.domain.evidence_item import ComplaintOutcome, CorrectionReason, EvidenceItem, Mapping
from services.evidence.domain.life_of_an_item import ReplyTime
from services.evidence.domain.standards import check_mappings, edition_in_force
from services.evidence.handlers.create_evidence_item import CreateEvidenceItem, create_correction
from services.evidence.handlers.reply_times import ReplyTimes
from services.evidence.ports import File, Register
from services.refusals import Refusal, conflict, not_found


def find_item(safeguarder_id: str, evidence_id: str, file: File) -> EvidenceItem:
    """Return an item on that person's file. Refuse NOT_FOUND, also for an item on another person's file."""
    item = file.find(evidence_id)
    if item is None or item.safeguarder_id != safeguarder_id:
        raise item_not_found()
    return item


def item_not_found() -> Refusal:
    """Return the refusal for an item that is not there, or that the caller must not know of."""
    return not_found("EVIDENCE_NOT_FOUND", "There is no such item on this person's file.", "name")


def require_copy(name: tuple[str, str], etag: str, file: File) -> None:
    """Refuse ETAG_MISMATCH if an item has changed since the caller read it. An empty etag asks for nothing."""
    if not etag:
        return
    current = str(find_item(*name, file).version)
    if etag != current:
        message = "This item has changed since you read it. Read it again, then decide again."
        raise conflict("ETAG_MISMATCH", message, "etag", read=etag[:20], current=current)


def _change(
    name: tuple[str, str], file: File, what: str, change: Callable[[EvidenceItem], EvidenceItem]
) -> EvidenceItem:
    item = change(find_item(*name, file))
    file.change(item, what)
    return item


def map_evidence_item(
    name: tuple[str, str], mappings: tuple[Mapping, ...], file: File, reply: ReplyTime, now: datetime
) -> EvidenceItem:
    """Map an item to the edition in force when it happened. Refuse unknown standards and indicators."""

    def mapped(item: EvidenceItem) -> EvidenceItem:
        check_mappings(mappings, edition_in_force(file.editions(), item.content.happened_on), "mappings")
        return life.map_item(item, mappings, reply, now)

    return _change(name, file, "mapped", mapped)


def share_evidence_item(name: tuple[str, str], file: File, reply: ReplyTime, now: datetime) -> EvidenceItem:
    """Record that an item was shared today with the Safeguarder concerned."""
    return _change(name, file, "shared", lambda item: life.share(item, reply, now))


def add_reply(name: tuple[str, str], text: str, file: File, today: date, now: datetime) -> EvidenceItem:
    """Add today's reply to an item.

    Refuse NOT_FOUND if the person may not see the item yet, because its existence is confidential.
    """

    def replied(item: EvidenceItem) -> EvidenceItem:
        if item.shown_to_the_person is None:
            raise item_not_found()
        return life.add_reply(item, text, today, now)

    return _change(name, file, "replied", replied)


def decide_complaint(
    name: tuple[str, str], outcome: ComplaintOutcome, decided_by: str, file: File, reply: ReplyTime, now: datetime
) -> EvidenceItem:
    """Set the outcome of a complaint."""
    return _change(name, file, "decided", lambda item: life.decide_complaint(item, outcome, decided_by, reply, now))


def move_complaint_stage(
    name: tuple[str, str], move: Move, by: Recorder, file: File, numbers: ComplaintNumbers
) -> EvidenceItem:
    """Record a step of a complaint, or correct one. One that gives it an outcome is published as its decision."""
    before = find_item(*name, file)
    after = life.move_complaint(before, move, by, numbers)
    is_decided = after.content.complaint_outcome is not before.content.complaint_outcome
    file.change(after, "decided" if is_decided else "stage_moved")
    return after


def release_evidence_item(
    name: tuple[str, str], strike: Sequence[str], file: File, reply_times: ReplyTimes, now: datetime
) -> EvidenceItem:
    """Release what is held of an item, without the words to strike.

    Other services receive an item that was held as recorded. Of other items only texts change, which no service has.
    """
    item = find_item(*name, file)
    released = life.release(item, strike, now)
    file.put_texts(released)
    if released.version > item.version:
        if released.content.shared_on is not None:
            # A leave may have been recorded while it was held.
            released = life.with_reply_time(released, reply_times.of(name[0], released.content.shared_on, name[1]))
        file.change(released, "recorded")
    return released


def withdraw_evidence_item(name: tuple[str, str], reason: CorrectionReason, file: File, now: datetime) -> EvidenceItem:
    """Withdraw an item, so that it no longer counts."""
    return _change(name, file, "withdrawn", lambda item: life.withdraw(item, reason, now))


@dataclass(frozen=True, slots=True)
class CorrectEvidenceItem:
    """A complete correction of an item, with the reason."""

    evidence_id: str
    reason: CorrectionReason
    correction: CreateEvidenceItem


def correct_evidence_item(
    command: CorrectEvidenceItem, register: Register, file: File, reply_times: ReplyTimes, now: datetime
) -> EvidenceItem:
    """Put a correction on file and mark the corrected item as superseded. Return the correction.

    What the old item says of its sharing and reply may come back with the correction, and is never taken from there.
    """
    old = find_item(command.correction.safeguarder_id, command.evidence_id, file)
    sent = command.correction
    life.check_correction(old, sent.content, sent.who)
    content = sent.content
    if content.shared_on == old.content.shared_on and content.replied_on in (None, old.content.replied_on):
        content = content._replace(shared_on=None, replied_on=None, reply_text="")
    reply = reply_times.of(sent.safeguarder_id, london_today(now))
    finish = partial(life.corrected, old=old, reply=reply)
    # The body still speaks in an item that the Team corrects, so it stays one voice in rules (P19).
    looked_at = content.summary == old.content.summary
    correction = sent._replace(content=content, sent_for=old.sent_for, looked_at=looked_at)
    new = create_correction(correction, register, file, reply_times, now, finish)
    file.change(life.supersede(old, new.evidence_id, command.reason, now), "superseded")
    return new
