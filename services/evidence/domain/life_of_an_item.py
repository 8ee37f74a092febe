"""What people do with an item on file: map, share, reply, decide, correct, withdraw. Each makes a new version.

Sharing starts the time to reply. It starts again with each change that turns a shared item towards a concern or changes
its content (B4), because nobody can reply to what is not said yet.
"""

from datetime import date, datetime
from typing import NamedTuple

from services.calendar_days import WorkingCalendar, add_working_days
from services.evidence.domain.evidence_item import (
    FOUND,
    ComplaintOutcome,
    Content,
    CorrectionReason,
    EvidenceId,
    EvidenceItem,
    ItemState,
    Kind,
    Mapping,
    Polarity,
)
from services.refusals import precondition

_DECIDED = "The complaint already has an outcome. If it is wrong, another person of the Team can correct it."
_WEIGHT = {Polarity.PRAISE: 0, Polarity.NEUTRAL: 1, Polarity.CONCERN: 2}


class ReplyTime(NamedTuple):
    """A time to reply that begins with a sharing: its first and its last day."""

    begins_on: date
    due_on: date


def reply_time(shared_on: date, working_days: int) -> ReplyTime:
    """Return the time to reply to an item, counted in working days of the Team's office after it was shared."""
    return ReplyTime(shared_on, add_working_days(WorkingCalendar.OFFICE, shared_on, working_days))


def turns_towards_concern(item: EvidenceItem, mappings: tuple[Mapping, ...]) -> bool:
    """Return whether new mappings may let an item count against the person where it did not before.

    A mapping does if its indicator is new, or had a better polarity. New praise does not, unless the item has something
    that measures read whatever its polarity, such as days late.
    """
    before: dict[str, int] = {}
    for mapping in item.content.mappings:
        before[mapping.indicator] = max(_WEIGHT[mapping.polarity], before.get(mapping.indicator, 0))
    content = item.content
    is_read = bool(content.timeliness or content.report_review or content.complaint_outcome)
    unknown = -1 if is_read else _WEIGHT[Polarity.PRAISE]
    return any(_WEIGHT[mapping.polarity] > before.get(mapping.indicator, unknown) for mapping in mappings)


def shared_again(item: EvidenceItem, reply: ReplyTime) -> EvidenceItem:
    """Return an item with its time to reply begun again; unchanged if it is not shared.

    An earlier reply keeps its words, but was given to something else, so it no longer lets the item count.
    """
    content = item.content
    if content.shared_on is None:
        return item
    content = content._replace(shared_on=reply.begins_on, replied_on=None)
    return item._replace(content=content, reply_due_on=reply.due_on, sharing_reported=False)


def _changed(item: EvidenceItem, now: datetime, content: Content | None = None) -> EvidenceItem:
    """Return the next version of an item, for the commands below to fill in."""
    if item.state is ItemState.HELD:
        message = "The item is held, because its text may name a child. Release or withdraw it first."
        raise precondition("ITEM_HELD", message, "name")
    if item.state is not ItemState.CURRENT:
        raise precondition(
            "ITEM_NOT_CURRENT", "The item was superseded or withdrawn, so it can no longer be changed.", "name"
        )
    # `history` marks loaded past records. A change to one happens now, so it is evaluated like any new item.
    return item._replace(content=content or item.content, version=item.version + 1, recorded_at=now, history=False)


def map_item(item: EvidenceItem, mappings: tuple[Mapping, ...], reply: ReplyTime, now: datetime) -> EvidenceItem:
    """Map an item to the standards (R30). What turns a shared item towards a concern starts its time to reply again."""
    mapped = _changed(item, now, item.content._replace(mappings=mappings))
    return shared_again(mapped, reply) if turns_towards_concern(item, mappings) else mapped


def identify(item: EvidenceItem, now: datetime) -> EvidenceItem:
    """Return the version of an item of an earlier release in which it names the report that it is about (P16)."""
    return _changed(item, now)


def share(item: EvidenceItem, reply: ReplyTime, now: datetime) -> EvidenceItem:
    """Share an item with the Safeguarder concerned, who can reply until the time to reply is over.

    Raises:
        Refusal: PRECONDITION if it was already shared.
    """
    if item.content.shared_on is not None:
        raise precondition("ALREADY_SHARED", "The item has already been shared.", "name")
    return _changed(item, now, item.content._replace(shared_on=reply.begins_on))._replace(reply_due_on=reply.due_on)


def add_reply(item: EvidenceItem, text: str, today: date, now: datetime) -> EvidenceItem:
    """Add the reply of the Safeguarder concerned. The reply stays with the item from now on.

    Raises:
        Refusal: PRECONDITION if the item is not shared or already has a reply.
    """
    if item.content.shared_on is None:
        raise precondition("NOT_SHARED", "The item has not been shared yet.", "name")
    if item.content.replied_on is not None:
        raise precondition("ALREADY_REPLIED", "The item already has a reply.", "name")
    words = f"{item.content.reply_text}\n\n{text}" if item.content.reply_text else text
    return _changed(item, now, item.content._replace(replied_on=today, reply_text=words))


def decide_complaint(
    item: EvidenceItem, outcome: ComplaintOutcome, decided_by: str, reply: ReplyTime, now: datetime
) -> EvidenceItem:
    """Set the outcome of a complaint. A finding starts the time to reply again, because only now it counts.

    Raises:
        Refusal: PRECONDITION if the item is not a complaint or already has an outcome.
    """
    if item.content.kind is not Kind.COMPLAINT:
        raise precondition("NOT_A_COMPLAINT", "Only a complaint has an outcome.", "name")
    if item.content.complaint_outcome is not ComplaintOutcome.PENDING:
        raise precondition("ALREADY_DECIDED", _DECIDED, "name")
    decided = _changed(item, now, item.content._replace(complaint_outcome=outcome))._replace(decided_by=decided_by)
    return shared_again(decided, reply) if outcome in FOUND else decided


def check_correction(old: EvidenceItem, new: Content, corrected_by: str) -> None:
    """Check that a correction leaves what a person decided (X37).

    A complaint that was not upheld would otherwise count again as feedback, by the hand of one person.

    Raises:
        Refusal: KIND_STAYS if the kind differs; SECOND_PERSON_NEEDED if the person who decided a complaint changes its
            outcome.
    """
    if new.kind is not old.content.kind:
        message = (
            "A correction keeps the kind of an item. Withdraw this item and record a new one, which is shared first."
        )
        raise precondition("KIND_STAYS", message, "evidence_item.kind")
    outcome, decided = old.content.complaint_outcome, old.content.complaint_outcome is not ComplaintOutcome.PENDING
    if decided and new.complaint_outcome is not outcome and corrected_by == (old.decided_by or old.sender):
        message = "You decided this complaint, so another person of the Team must correct its outcome."
        raise precondition("SECOND_PERSON_NEEDED", message, "evidence_item.complaint_outcome")


def corrected(new: EvidenceItem, old: EvidenceItem, reply: ReplyTime) -> EvidenceItem:
    """Return a correction as it goes on file. The correction of a shared item is shared, with a new time to reply."""
    if old.content.shared_on is None:
        return new
    content = new.content._replace(shared_on=old.content.shared_on, reply_text=old.content.reply_text)
    decided_by = old.decided_by if new.content.complaint_outcome is old.content.complaint_outcome else new.sender
    return shared_again(new._replace(content=content, decided_by=decided_by), reply)


def release(item: EvidenceItem, now: datetime) -> EvidenceItem:
    """Release a held item, after a person has looked at its text. From now on it is an item like any other (P23).

    Raises:
        Refusal: PRECONDITION if the item is not held.
    """
    if item.state is not ItemState.HELD:
        raise precondition("ITEM_NOT_HELD", "The item is not held.", "name")
    return item._replace(state=ItemState.CURRENT, version=item.version + 1, recorded_at=now)


def supersede(item: EvidenceItem, by: EvidenceId, reason: CorrectionReason, now: datetime) -> EvidenceItem:
    """Mark an item as replaced by a correction. It stays on file with the reason."""
    return _changed(item, now)._replace(state=ItemState.SUPERSEDED, superseded_by=by, taken_out_because=reason)


def withdraw(item: EvidenceItem, reason: CorrectionReason, now: datetime) -> EvidenceItem:
    """Withdraw an item, so that it no longer counts. It stays on file with the reason, but a held one without its text.

    The text of a held item may name a child, so it goes (P23).
    """
    if item.state is ItemState.HELD:
        item = item._replace(state=ItemState.CURRENT, content=item.content._replace(summary=""))
    return _changed(item, now)._replace(state=ItemState.WITHDRAWN, taken_out_because=reason)
