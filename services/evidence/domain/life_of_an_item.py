"""What people do with an item on file: map, share, reply, decide, correct, withdraw. Each makes a new version.

Sharing starts the time to reply. It starts again with each change that turns a shared item towards a concern or changes
its content (B4), because nobody can reply to what is not said yet.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from services.calendar_days import Days, WorkingCalendar, add_working_days, add_working_days_without
from services.child_screen import signs_of_a_child
from services.evidence.domain.complaints import moving
from services.evidence.domain.complaints.moving import Case, Move
from services.evidence.domain.complaints.stages import ComplaintNumbers, Recorder, Stages, Step
from services.evidence.domain.evidence_item import (
    FOUND,
    ComplaintOutcome,
    Content,
    CorrectionReason,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    ItemState,
    Kind,
    Mapping,
    Polarity,
    Words,
)
from services.refusals import invalid, precondition
from services.who import Who

STRUCK = "[struck out]"
"""Stands in a text where a person of the Team took words out, because they named a child."""
_WEIGHT = {Polarity.PRAISE: 0, Polarity.NEUTRAL: 1, Polarity.CONCERN: 2}


class ReplyTime(NamedTuple):
    """A time to reply that begins with a sharing: its first and its last day."""

    begins_on: date
    due_on: date | None
    """None while it stands still: the person is away and nobody knows until when, or a review of the item is open."""
    moved: bool = False
    """Whether days away, or of a review, were left out, so that it ends later than it would have."""
    reviewed_since: date | None = None
    """The day on which an open review of the item was asked for. None without one."""


def reply_time(shared_on: date, working_days: int, not_counted: Sequence[Days] = ()) -> ReplyTime:
    """Return the time to reply to an item, counted in working days of the Team's office after it was shared.

    `not_counted`: the days on which the person is away, or a review of the item is open. They may reply on them, but
    their time does not run (R90, B5).
    """
    due_on = add_working_days_without(WorkingCalendar.OFFICE, shared_on, working_days, not_counted)
    moved = due_on is not None and due_on != add_working_days(WorkingCalendar.OFFICE, shared_on, working_days)
    return ReplyTime(shared_on, due_on, moved)


def move_reply_time(item: EvidenceItem, reply: ReplyTime, today: date, now: datetime) -> EvidenceItem | None:
    """Return the next version of an item whose time to reply is another one by now; None if nothing changes.

    An item that has a reply keeps its days: the reply was made, and what it let count stays so. So does one whose time
    was over and is over. One that counts already stops counting until the time that is left is over. A reply that was
    given while a review is open waits for the end of the review.
    """
    content = item.content
    if item.state is not ItemState.CURRENT or content.shared_on is None:
        return None
    if content.replied_on is not None:
        return _move_reply(item, content.replied_on, reply, today, now)
    days = (item.reply_due_on, reply.due_on)
    if days[0] == days[1] or all(day is not None and day < today for day in days):
        return None
    return with_reply_time(_changed(item, now), reply)


def _move_reply(
    item: EvidenceItem, replied_on: date, reply: ReplyTime, today: date, now: datetime
) -> EvidenceItem | None:
    since = reply.reviewed_since
    if item.reply_waits:
        # It was open to others whether the item stands at all. To reply meanwhile costs the person nothing.
        if since is not None:
            return None
        return with_reply_time(_changed(item, now), reply)._replace(reply_waits=False, reply_counts_on=today)
    had_lapsed = since is not None and item.reply_due_on is not None and item.reply_due_on < since
    if since is None or replied_on < since or had_lapsed or item.content.evidence_class is EvidenceClass.SAFETY:
        return None
    return with_reply_time(_changed(item, now), reply)._replace(reply_waits=True)


def with_reply_time(item: EvidenceItem, reply: ReplyTime) -> EvidenceItem:
    """Return an item with a time to reply."""
    return item._replace(reply_due_on=reply.due_on, reply_moved=reply.moved)


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
    begun = item._replace(content=content, sharing_reported=False, reply_waits=False, reply_counts_on=None)
    return with_reply_time(begun, reply)


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


def _check_not_under_review(item: EvidenceItem) -> None:
    """Refuse UNDER_REVIEW for an item that somebody else looks at. A matter of safety waits for nobody (B5)."""
    if item.under_review and item.content.evidence_class is not EvidenceClass.SAFETY:
        message = "The Safeguarder asked for a review of this item. It stays as it is until that is decided."
        raise precondition("UNDER_REVIEW", message, "name")


def map_item(item: EvidenceItem, mappings: tuple[Mapping, ...], reply: ReplyTime, now: datetime) -> EvidenceItem:
    """Map an item to the standards (R30). What turns a shared item towards a concern starts its time to reply again.

    Raises:
        Refusal: MADE_BY_AN_ACTION; UNDER_REVIEW; and as `_changed` says.
    """
    _check_not_made_by_an_action(item)
    _check_not_under_review(item)
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
    return with_reply_time(_changed(item, now, item.content._replace(shared_on=reply.begins_on)), reply)


def add_reply(item: EvidenceItem, text: str, today: date, now: datetime) -> EvidenceItem:
    """Add the reply of the Safeguarder concerned. The reply stays with the item from now on.

    A reply that looks as if it names a child is given today like any other. Its words are not shown until a person of
    the Team has looked (P23).

    Raises:
        Refusal: PRECONDITION if the item is not shared or already has a reply.
    """
    if item.content.shared_on is None:
        raise precondition("NOT_SHARED", "The item has not been shared yet.", "name")
    if item.content.replied_on is not None:
        raise precondition("ALREADY_REPLIED", "The item already has a reply.", "name")
    words = f"{item.content.reply_text}\n\n{text}" if item.content.reply_text else text
    waits = item.under_review and item.reply_due_on is None and item.content.evidence_class is not EvidenceClass.SAFETY
    replied = _changed(item, now, item.content._replace(replied_on=today, reply_text=words))
    replied = replied._replace(reply_waits=waits, reply_counts_on=None)
    held = item.to_look_at | {Words.REPLY} if signs_of_a_child(text, today.year) else item.to_look_at
    return replied._replace(to_look_at=held)


def decide_complaint(
    item: EvidenceItem, outcome: ComplaintOutcome, decided_by: str, reply: ReplyTime, now: datetime
) -> EvidenceItem:
    """Set the outcome of a complaint. A finding starts the time to reply again, because only now it counts.

    Raises:
        Refusal: PRECONDITION if the item is not a complaint or already has an outcome; UNDER_REVIEW.
    """
    _check_not_under_review(item)
    if item.content.kind is not Kind.COMPLAINT:
        raise precondition("NOT_A_COMPLAINT", "Only a complaint has an outcome.", "name")
    if item.content.complaint_outcome is not ComplaintOutcome.PENDING:
        raise precondition("ALREADY_DECIDED", moving.DECIDED, "name")
    stages = moving.decided(item.stages, Recorder(decided_by, now))
    decided = _changed(item, now, item.content._replace(complaint_outcome=outcome))
    decided = decided._replace(decided_by=decided_by, stages=stages)
    return shared_again(decided, reply) if outcome in FOUND else decided


def move_complaint(item: EvidenceItem, move: Move, by: Recorder, numbers: ComplaintNumbers) -> EvidenceItem:
    """Record a step of a complaint, or correct one. An answer that settles it gives it its outcome.

    A review of the item stops nothing else: the person who complained still waits for an answer.

    Raises:
        Refusal: NOT_A_COMPLAINT; as `moving.moved` says; UNDER_REVIEW for a step that gives it its outcome.
    """
    if item.content.kind is not Kind.COMPLAINT:
        raise precondition("NOT_A_COMPLAINT", "Only a complaint has stages and an outcome.", "name")
    content = item.content
    is_decided = content.complaint_outcome is not ComplaintOutcome.PENDING
    stages = moving.moved(Case(item.stages or Stages(), content.received_on, is_decided), move, by, numbers)
    if move.step is not Step.SETTLED or move.correction is not None:
        return _changed(item, by.now)._replace(stages=stages)
    _check_not_under_review(item)
    settled = _changed(item, by.now, content._replace(complaint_outcome=ComplaintOutcome.RESOLVED))
    return settled._replace(stages=stages, decided_by=by.person)


def check_correction(old: EvidenceItem, new: Content, corrected_by: Who) -> None:
    """Check that a correction leaves what a person decided (X37).

    A complaint that was not upheld would otherwise count again as feedback, by the hand of one person.

    Raises:
        Refusal: MADE_BY_AN_ACTION; UNDER_REVIEW; KIND_STAYS if the kind differs; SECOND_PERSON_NEEDED if the person who
            decided a complaint changes its outcome.
    """
    _check_not_made_by_an_action(old)
    _check_not_under_review(old)
    if new.kind is not old.content.kind:
        message = (
            "A correction keeps the kind of an item. Withdraw this item and record a new one, which is shared first."
        )
        raise precondition("KIND_STAYS", message, "evidence_item.kind")
    outcome, decided = old.content.complaint_outcome, old.content.complaint_outcome is not ComplaintOutcome.PENDING
    if decided and new.complaint_outcome is not outcome and corrected_by.is_any_of([old.decided_by or old.sender]):
        message = "You decided this complaint, so another person of the Team must correct its outcome."
        raise precondition("SECOND_PERSON_NEEDED", message, "evidence_item.complaint_outcome")
    moving.check_received(old.stages, new.received_on)


def _check_not_made_by_an_action(item: EvidenceItem) -> None:
    """Refuse what would let an item say something else than the action that it is derived from."""
    if item.content.action is not None:
        message = "This item says how an action ended, and follows it. If that is wrong, withdraw the item."
        raise precondition("MADE_BY_AN_ACTION", message, "name")


def corrected(new: EvidenceItem, old: EvidenceItem, reply: ReplyTime) -> EvidenceItem:
    """Return a correction as it goes on file. The correction of a shared item is shared, with a new time to reply.

    A text that it takes over waits for a person as it did.
    """
    if old.content.kind is Kind.COMPLAINT:
        new = new._replace(stages=_stages_after(new, old))
    kept = {Words.REPLY} | ({Words.SUMMARY} if new.content.summary == old.content.summary else set())
    new = new._replace(to_look_at=new.to_look_at | old.to_look_at & kept, stands_alone=old.stands_alone)
    if old.content.shared_on is None:
        return new
    content = new.content._replace(shared_on=old.content.shared_on, reply_text=old.content.reply_text)
    decided_by = old.decided_by if new.content.complaint_outcome is old.content.complaint_outcome else new.sender
    return shared_again(new._replace(content=content, decided_by=decided_by), reply)


def _stages_after(new: EvidenceItem, old: EvidenceItem) -> Stages:
    """Return how far the correction of a complaint has come: as far as the item before."""
    outcome = new.content.complaint_outcome
    changed, decided_now = outcome is not old.content.complaint_outcome, outcome is not ComplaintOutcome.PENDING
    by = Recorder(new.sender, new.recorded_at)
    return moving.taken_over(new.stages, old.stages, by, changed=changed, decided_now=decided_now)


def words_to_look_at(item: EvidenceItem) -> dict[Words, str]:
    """Return the texts of an item that wait for a person of the Team to look at them."""
    waits = frozenset(Words) if item.state is ItemState.HELD else item.to_look_at
    return {words: text for words, text in item.texts.items() if words in waits and text}


def release(item: EvidenceItem, strike: Sequence[str], now: datetime) -> EvidenceItem:
    """Release the texts of an item, after a person has looked at them (P23).

    `strike`: words that name a child. They are deleted, and `STRUCK` stands in their place, so that nothing else of a
    reply is lost. An item that was held is from now on an item like any other. Otherwise only the texts change: what
    counts, and since when, stays as it was.

    Raises:
        Refusal: ITEM_NOT_HELD; WORDS_NOT_IN_TEXT if some of the words stand in none of the texts.
    """
    texts = words_to_look_at(item)
    if not texts:
        raise precondition("ITEM_NOT_HELD", "No text of the item is held.", "name")
    for place, struck in enumerate(strike):
        if not any(struck in text for text in texts.values()):
            message = "These words are not in the text. Copy them exactly as they are there."
            raise invalid("WORDS_NOT_IN_TEXT", message, f"strike[{place}]")
    # The longest first, because a short one may stand in a longer one.
    for struck in sorted(strike, key=len, reverse=True):
        texts = {words: text.replace(struck, STRUCK) for words, text in texts.items()}
    content = item.content._replace(
        summary=texts.get(Words.SUMMARY, item.content.summary),
        reply_text=texts.get(Words.REPLY, item.content.reply_text),
    )
    released = item._replace(content=content, to_look_at=frozenset())
    if item.state is not ItemState.HELD:
        return released
    return released._replace(state=ItemState.CURRENT, version=item.version + 1, recorded_at=now)


def supersede(item: EvidenceItem, by: EvidenceId, reason: CorrectionReason, now: datetime) -> EvidenceItem:
    """Mark an item as replaced by a correction. It stays on file with the reason."""
    return _changed(item, now)._replace(state=ItemState.SUPERSEDED, superseded_by=by, taken_out_because=reason)


def withdraw(item: EvidenceItem, reason: CorrectionReason, now: datetime) -> EvidenceItem:
    """Withdraw an item, so that it no longer counts. It stays on file with the reason, but a held one without its text.

    The text of a held item may name a child, so it goes (P23).

    Raises:
        Refusal: UNDER_REVIEW, unless its source corrected what it said; and as `_changed` says.
    """
    if reason is not CorrectionReason.SOURCE_CORRECTED:
        _check_not_under_review(item)
    if item.state is ItemState.HELD:
        item = item._replace(state=ItemState.CURRENT, content=item.content._replace(summary=""))
    return _changed(item, now)._replace(state=ItemState.WITHDRAWN, taken_out_because=reason)


def withdraw_by_review(item: EvidenceItem, now: datetime) -> EvidenceItem | None:
    """Return an item that no longer counts, because a review of it was upheld. None if it was taken out before."""
    if item.state is not ItemState.CURRENT:
        return None
    return _changed(item, now)._replace(state=ItemState.WITHDRAWN, taken_out_because=CorrectionReason.REVIEW_UPHELD)
