"""Items of evidence as protobuf: what senders give, what people read, and the events that other services receive."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2, evidence_pb2

from services.evidence.domain.deliveries import Delivered, Delivery, judged_id
from services.evidence.domain.evidence_item import (
    ActionOutcome,
    ComplaintOutcome,
    Content,
    CorrectionReason,
    EvidenceClass,
    EvidenceItem,
    ItemState,
    Kind,
    Mapping,
    Polarity,
    ReportReview,
    Timeliness,
    Words,
)
from services.evidence.domain.items.why_not_counted import why_not_counted
from services.evidence.domain.life_of_an_item import words_to_look_at
from services.evidence.domain.senders import voice_id
from services.evidence.wire.complaints.stages import put_limits, put_stages
from services.platform.calls.wire import (
    from_date,
    from_word,
    numbers,
    to_date,
    to_instant,
    to_member,
    to_needed_text,
    to_text,
    to_word,
)
from services.refusals import Refusal, invalid, precondition

LONGEST_SUMMARY, LONGEST_REPLY, LONGEST_NAME = 2000, 4000, 120
_ID_PREFIX = re.compile(r"[a-z0-9-]{4,36}")
"""Fewer characters would list half of the files."""
MOST_STRIKES = 50
MOST_MAPPINGS = 100
"""An edition has about twenty indicators. The limit keeps an item's event small enough for every transport."""
_LINES = ("on_time", "form", "clear", "reasoned", "justifiable")
# Enum numbers by word, looked up once, because every item is written with them.
_KINDS, _SOURCES = numbers(evidence_pb2.EvidenceKind), numbers(evidence_pb2.EvidenceSource)
_ASPECTS, _SETTINGS = numbers(evidence_pb2.Aspect), numbers(evidence_pb2.Setting)
_CLASSES, _STATES = numbers(evidence_pb2.EvidenceClass), numbers(evidence_pb2.ItemState)
_OUTCOMES, _POLARITIES = numbers(evidence_pb2.ComplaintOutcome), numbers(evidence_pb2.Polarity)
_DELIVERIES, _WHY_NOT = numbers(evidence_pb2.Delivery), numbers(evidence_pb2.WhyNotCounted)
_RATINGS = numbers(evidence_pb2.LineRating)
_ANSWERS: dict[bool | None, Any] = {
    None: evidence_pb2.YES_NO_UNSPECIFIED,
    True: evidence_pb2.YES_NO_YES,
    False: evidence_pb2.YES_NO_NO,
}
_EVENTS: dict[str, Any] = {
    "recorded": events_pb2.EvidenceItemRecorded,
    "identified": events_pb2.EvidenceItemIdentified,
    "mapped": events_pb2.EvidenceItemMapped,
    "shared": events_pb2.EvidenceItemShared,
    "reply_time_moved": events_pb2.EvidenceReplyTimeMoved,
    "replied": events_pb2.EvidenceReplyReceived,
    "decided": events_pb2.ComplaintDecided,
    "stage_moved": events_pb2.ComplaintStageMoved,
    "superseded": events_pb2.EvidenceItemSuperseded,
    "withdrawn": events_pb2.EvidenceItemWithdrawn,
}


def source_words() -> frozenset[str]:
    """Return the words of the contract for who evidence comes from."""
    return frozenset(word for word in _SOURCES if word)


def content(message: evidence_pb2.EvidenceItem) -> Content:
    """Return the content that a sender gives for an item. Refuse INVALID for an unknown value."""
    happened_on = from_date(message, "happened_date", "evidence_item.")
    received_on = from_date(message, "received_date", "evidence_item.")
    assert happened_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    assert received_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    evidence_class = message.evidence_class or evidence_pb2.EVIDENCE_CLASS_STANDARD
    reply = message.reply
    return Content(
        kind=to_member(Kind, evidence_pb2.EvidenceKind, message.kind, "evidence_item.kind"),
        source=to_word(evidence_pb2.EvidenceSource, message.source, "evidence_item.source"),
        aspect=to_word(evidence_pb2.Aspect, message.aspect, "evidence_item.aspect"),
        setting=to_word(evidence_pb2.Setting, message.setting, "evidence_item.setting"),
        evidence_class=to_member(
            EvidenceClass, evidence_pb2.EvidenceClass, evidence_class, "evidence_item.evidence_class"
        ),
        happened_on=happened_on,
        received_on=received_on,
        mappings=mappings(message.mappings, "evidence_item.mappings"),
        summary=to_text(message.summary, "evidence_item.summary", LONGEST_SUMMARY),
        case_reference=message.case_reference,
        report_review=_report_review(message),
        report_due_on=_report_due_on(message),
        timeliness=_timeliness(message),
        complaint_outcome=_complaint_outcome(message),
        shared_on=from_date(message, "shared_date", "evidence_item."),
        replied_on=from_date(reply, "reply_date", "evidence_item.reply."),
        reply_text=to_text(reply.text, "evidence_item.reply.text", LONGEST_REPLY),
    )


def mappings(messages: Any, path: str) -> tuple[Mapping, ...]:
    """Return the mappings of an item. Refuse TOO_MANY_MAPPINGS, and INVALID for an unknown value."""
    if len(messages) > MOST_MAPPINGS:
        raise invalid("TOO_MANY_MAPPINGS", f"An item can have at most {MOST_MAPPINGS} mappings.", path)
    return tuple(
        Mapping(
            message.standard,
            message.indicator,
            to_member(Polarity, evidence_pb2.Polarity, message.polarity, f"{path}[{index}].polarity"),
        )
        for index, message in enumerate(messages)
    )


def _report_review(message: evidence_pb2.EvidenceItem) -> ReportReview | None:
    if message.kind != evidence_pb2.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW or not message.HasField("report_review"):
        return None
    review = message.report_review
    lines: Any = {
        line: to_word(evidence_pb2.LineRating, getattr(review, line), f"evidence_item.report_review.{line}")
        for line in _LINES
    }
    path = "evidence_item.report_review"
    return ReportReview(
        **lines,
        child_views_recorded=_answer(
            review.child_views_answer, review.child_views_recorded, f"{path}.child_views_answer"
        ),
        second_reader_agrees=_answer(
            review.second_reader_answer, review.second_reader_agrees, f"{path}.second_reader_answer"
        ),
    )


def _report_due_on(message: evidence_pb2.EvidenceItem) -> date | None:
    if message.kind != evidence_pb2.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW:
        return None
    return from_date(message.report_review, "report_due_date", "evidence_item.report_review.")


def _answer(answer: int, said_yes: bool, path: str) -> bool | None:
    """Return yes, no, or None for a blank. `said_yes` is the field of earlier releases, whose false is no answer."""
    word = to_word(evidence_pb2.YesNo, answer, path)
    return word == "yes" if word else said_yes or None


def _timeliness(message: evidence_pb2.EvidenceItem) -> Timeliness | None:
    if message.kind != evidence_pb2.EVIDENCE_KIND_SCRA_TIMELINESS or not message.HasField("timeliness"):
        return None
    due_on = from_date(message.timeliness, "due_date", "evidence_item.timeliness.")
    filed_on = from_date(message.timeliness, "filed_date", "evidence_item.timeliness.")
    assert due_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    assert filed_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    times = message.timeliness
    agreed = _answer(times.extension_answer, times.extension_agreed, "evidence_item.timeliness.extension_answer")
    return Timeliness(due_on, filed_on, agreed)


def _complaint_outcome(message: evidence_pb2.EvidenceItem) -> ComplaintOutcome | None:
    if message.kind != evidence_pb2.EVIDENCE_KIND_COMPLAINT:
        return None
    return complaint_outcome(message.complaint_outcome, "evidence_item.complaint_outcome") or ComplaintOutcome.PENDING


def complaint_outcome(number: int, path: str) -> ComplaintOutcome | None:
    """Return the outcome of a complaint, or None if it is not set."""
    word = to_word(evidence_pb2.ComplaintOutcome, number, path)
    return ComplaintOutcome(word) if word else None


def correction_reason(number: int) -> CorrectionReason:
    """Return the reason for correcting or withdrawing an item.

    Raises:
        Refusal: UNKNOWN_VALUE; REVIEW_DECIDES for the reason that only the decision of a review gives.
    """
    reason = to_member(CorrectionReason, evidence_pb2.CorrectionReason, number, "reason")
    if reason is CorrectionReason.REVIEW_UPHELD:
        raise precondition("REVIEW_DECIDES", "Only the decision of a review gives this reason.", "reason")
    return reason


def words_to_strike(strike: Sequence[str]) -> list[str]:
    """Return the words to take out of a text, as the text is kept."""
    if len(strike) > MOST_STRIKES:
        raise invalid("TOO_MANY_WORDS", f"At most {MOST_STRIKES} words can be struck out at once.", "strike")
    return [to_needed_text(words, f"strike[{place}]", LONGEST_REPLY) for place, words in enumerate(strike)]


def put_item(
    target: evidence_pb2.EvidenceItem,
    item: EvidenceItem,
    delivery: Delivery | None = None,
    *,
    with_held_words: bool = False,
) -> None:
    """Write an item into an empty message, for people who may read it. `delivery`: what became of a delivery.

    `with_held_words`: for a person of the Team, who looks at a reply before it is shown to others (P23).
    """
    said = item.content
    target.delivery = _DELIVERIES[delivery or ""]
    _put_facts(target, item)
    target.name = item_name(item)
    target.create_time.CopyFrom(to_instant(item.created_at))
    if item.receipt_id:  # what somebody else sent in has a receipt of theirs
        target.receipt = f"receipts/{item.receipt_id}"
    target.etag = str(item.version)
    target.sender = item.sender
    target.sender_body = item.sent_for
    target.to_look_at.extend(sorted(words_to_look_at(item)))
    target.summary = said.summary
    target.case_reference = said.case_reference
    waits = Words.REPLY in item.to_look_at
    if waits:
        target.reply.held = True
    if said.reply_text and (with_held_words or not waits):
        target.reply.text = said.reply_text
    if said.replied_on:
        target.reply.reply_date.CopyFrom(to_date(said.replied_on))
    if item.stages is not None:
        put_stages(target.complaint_stages, item.stages, item.complaint_limits)
    if item.superseded_by:
        target.superseded_by = f"safeguarders/{item.safeguarder_id}/evidenceItems/{item.superseded_by}"
    target.why_not_counted = _WHY_NOT[why_not_counted(item) or ""]
    if item.taken_out_because:
        target.taken_out_because = from_word(evidence_pb2.CorrectionReason, item.taken_out_because)


def item_message(
    item: EvidenceItem, delivery: Delivery | None = None, *, with_held_words: bool = False
) -> evidence_pb2.EvidenceItem:
    """Return the message of an item, for people who may read it, as `put_item` does."""
    message = evidence_pb2.EvidenceItem()
    put_item(message, item, delivery, with_held_words=with_held_words)
    return message


def held_item_message(item: EvidenceItem) -> evidence_pb2.EvidenceItem:
    """Return the message of an item that waits for a look, for the person who sent it: what it is, without a text."""
    return evidence_pb2.EvidenceItem(
        name=item_name(item),
        kind=from_word(evidence_pb2.EvidenceKind, item.content.kind),
        received_date=to_date(item.content.received_on),
        state=from_word(evidence_pb2.ItemState, item.state),
    )


def words_held() -> tuple[str, events_pb2.WordsHeld]:
    """Return the event that something is held, and its key. It says neither what nor about whom (P23)."""
    return "words-held", events_pb2.WordsHeld()


def item_name(item: EvidenceItem) -> str:
    """Return the resource name of an item."""
    return f"safeguarders/{item.safeguarder_id}/evidenceItems/{item.evidence_id}"


def item_event(item: EvidenceItem, what: str) -> Any:
    """Return the event for an item that was `recorded`, `mapped`, `shared` and so on. It never holds its text."""
    event = _EVENTS[what]()
    fact = event.fact
    _put_facts(fact, item)
    fact.evidence_id = item.evidence_id
    fact.safeguarder_id = item.safeguarder_id
    fact.version = item.version
    fact.record_time.CopyFrom(to_instant(item.recorded_at))
    fact.history = item.history
    fact.judged_id = judged_id(item.safeguarder_id, item.content)
    fact.sender_id = voice_id(item.sent_for)
    fact.no_second_reader = item.stands_alone
    put_limits(fact.complaint_limits, item.complaint_limits)
    if item.content.replied_on:
        fact.replied_date.CopyFrom(to_date(item.content.replied_on))
    return event


def _put_facts(target: Any, item: EvidenceItem) -> None:
    """Write the fields that an item's message and its event share.

    Setting field by field is twice as fast as keyword arguments, and imports and pages write hundreds of items.
    """
    said = item.content
    target.kind = _KINDS[said.kind]
    target.source = _SOURCES[said.source]
    target.aspect = _ASPECTS[said.aspect]
    target.setting = _SETTINGS[said.setting]
    target.evidence_class = _CLASSES[said.evidence_class]
    target.state = _STATES[item.state]
    target.complaint_outcome = _OUTCOMES[said.complaint_outcome or ""]
    target.happened_date.CopyFrom(to_date(said.happened_on))
    target.received_date.CopyFrom(to_date(said.received_on))
    _put_later_dates(target, item)
    for mapping in said.mappings:
        part = target.mappings.add()
        part.standard = mapping.standard
        part.indicator = mapping.indicator
        part.polarity = _POLARITIES[mapping.polarity]
    _put_review(target, said.report_review, said.report_due_on)
    _put_timeliness(target, said.timeliness)
    _put_outcome(target, item.safeguarder_id, said.action)


def _put_later_dates(target: Any, item: EvidenceItem) -> None:
    if item.content.shared_on:
        target.shared_date.CopyFrom(to_date(item.content.shared_on))
    if item.reply_due_on:
        target.reply_due_date.CopyFrom(to_date(item.reply_due_on))
    countable_on = item.countable_on
    if countable_on:
        target.countable_date.CopyFrom(to_date(countable_on))
    adverse_on = item.adverse_on
    if adverse_on:
        target.adverse_date.CopyFrom(to_date(adverse_on))
    target.sharing_reported = item.sharing_reported
    target.reply_stands_still = item.reply_stands_still
    target.reply_moved = item.reply_moved


def _put_review(target: Any, review: ReportReview | None, due_on: date | None) -> None:
    if review is None:
        return
    part = target.report_review
    part.SetInParent()
    for line in _LINES:
        setattr(part, line, _RATINGS[getattr(review, line)])
    part.child_views_answer = _ANSWERS[review.child_views_recorded]
    part.second_reader_answer = _ANSWERS[review.second_reader_agrees]
    # Readers of the release before know only the yes.
    part.child_views_recorded = review.child_views_recorded is True
    part.second_reader_agrees = review.second_reader_agrees is True
    if due_on:
        part.report_due_date.CopyFrom(to_date(due_on))


def _put_timeliness(target: Any, times: Timeliness | None) -> None:
    if times is None:
        return
    part = target.timeliness
    part.due_date.CopyFrom(to_date(times.due_on))
    part.filed_date.CopyFrom(to_date(times.filed_on))
    part.extension_answer = _ANSWERS[times.extension_agreed]
    part.extension_agreed = times.extension_agreed is True


def _put_outcome(target: Any, safeguarder_id: str, action: ActionOutcome | None) -> None:
    if action is None:
        return
    part = target.action_outcome
    part.derived_from = f"safeguarders/{safeguarder_id}/actions/{action.action_id}"
    part.outcome = from_word(plans.Action.State, action.outcome)
    part.purpose = from_word(plans.Action.Purpose, action.purpose)
    part.basis = from_word(plans.Action.Basis, action.basis)
    part.supports_standing = from_word(evidence_pb2.SupportsStanding, action.supports)


def row_result(number: int, outcome: Delivered | Refusal) -> evidence_pb2.RowResult:
    """Return what became of a row of a file: the item's name, or the refusal with the field as the file knows it."""
    if isinstance(outcome, Refusal):
        field = outcome.field.removeprefix("request.").removeprefix("evidence_item.")
        return evidence_pb2.RowResult(row=number, reason=outcome.reason, field=field, message=outcome.message)
    delivery = _DELIVERIES[outcome.delivery]
    return evidence_pb2.RowResult(row=number, evidence_item=item_name(outcome.item), delivery=delivery)


def receipt_message(item: EvidenceItem) -> evidence_pb2.Receipt:
    """Return the receipt for a sender. It says nothing about the Safeguarder."""
    said = item.content
    closed = item.state is not ItemState.CURRENT or said.complaint_outcome not in (None, ComplaintOutcome.PENDING)
    stage = "closed" if closed else "considered" if said.mappings else "received"
    return evidence_pb2.Receipt(
        name=f"receipts/{item.receipt_id}",
        receive_time=to_instant(item.created_at),
        stage=from_word(evidence_pb2.Receipt.Stage, stage),
    )


def id_prefix(request: evidence_pb2.ListEvidenceItemsRequest) -> str:
    """Return the characters with which the ids of a list begin; empty for all items of one person.

    Raises:
        Refusal: INVALID if they have another form, or if a list over several people has none.
    """
    prefix, across = request.id_prefix, request.parent.endswith("/-")
    if (prefix or (across and not request.waiting_for)) and not _ID_PREFIX.fullmatch(prefix):
        message = "Name a Safeguarder, or ask for waiting_for, or id_prefix: 4 to 36 of a-z, 0-9 and hyphen."
        raise invalid("ID_PREFIX_NOT_VALID", message, "id_prefix")
    return prefix
