"""The only bilingual file of the service: domain values as protobuf, and back."""

from typing import Any

from psmf.evidence.v1 import events_pb2, evidence_pb2, safeguarder_pb2

from services.evidence.domain.evidence_item import (
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
)
from services.evidence.domain.safeguarder import (
    Decision,
    DecisionKind,
    EndReason,
    LegalBasis,
    Safeguarder,
    State,
    Term,
)
from services.platform.wire import (
    from_date,
    from_word,
    to_date,
    to_instant,
    to_member,
    to_needed_text,
    to_text,
    to_word,
)
from services.refusals import invalid

LONGEST_SUMMARY = 2000
LONGEST_REPLY = 4000
LONGEST_NAME = 120
MOST_MAPPINGS = 100
"""Editions have some twenty indicators; the limit keeps an item's event within what a transport takes."""
_LINES = ("on_time", "form", "clear", "reasoned", "justifiable")
_EVENTS: dict[str, Any] = {
    "recorded": events_pb2.EvidenceItemRecorded,
    "mapped": events_pb2.EvidenceItemMapped,
    "shared": events_pb2.EvidenceItemShared,
    "replied": events_pb2.EvidenceReplyReceived,
    "decided": events_pb2.ComplaintDecided,
    "superseded": events_pb2.EvidenceItemSuperseded,
    "withdrawn": events_pb2.EvidenceItemWithdrawn,
}


def content(message: evidence_pb2.EvidenceItem) -> Content:
    """What a sender says of an item. Raises Refusal INVALID for a value out of place."""
    path = "evidence_item."
    happened_on, received_on = from_date(message, "happened_date", path), from_date(message, "received_date", path)
    assert happened_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    assert received_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    evidence_class = message.evidence_class or evidence_pb2.EVIDENCE_CLASS_STANDARD
    return Content(
        kind=to_member(Kind, evidence_pb2.EvidenceKind, message.kind, "evidence_item.kind"),
        source=to_word(evidence_pb2.EvidenceSource, message.source, f"{path}source"),
        aspect=to_word(evidence_pb2.Aspect, message.aspect, f"{path}aspect"),
        setting=to_word(evidence_pb2.Setting, message.setting, f"{path}setting"),
        evidence_class=to_member(EvidenceClass, evidence_pb2.EvidenceClass, evidence_class, f"{path}evidence_class"),
        happened_on=happened_on,
        received_on=received_on,
        mappings=mappings(message.mappings, f"{path}mappings"),
        summary=to_text(message.summary, f"{path}summary", LONGEST_SUMMARY),
        case_reference=message.case_reference,
        report_review=_report_review(message),
        timeliness=_timeliness(message, path),
        complaint_outcome=_complaint_outcome(message, path),
        shared_on=from_date(message, "shared_date", path),
        replied_on=from_date(message.reply, "reply_date", f"{path}reply."),
        reply_text=to_text(message.reply.text, f"{path}reply.text", LONGEST_REPLY),
    )


def mappings(messages: Any, path: str) -> tuple[Mapping, ...]:
    """The standards an item speaks to. Raises Refusal INVALID for more than an edition could have."""
    if len(messages) > MOST_MAPPINGS:
        raise invalid("TOO_MANY_MAPPINGS", f"An item has at most {MOST_MAPPINGS} mappings.", path)
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
    return ReportReview(
        **lines, child_views_recorded=review.child_views_recorded, second_reader_agrees=review.second_reader_agrees
    )


def _timeliness(message: evidence_pb2.EvidenceItem, path: str) -> Timeliness | None:
    if message.kind != evidence_pb2.EVIDENCE_KIND_SCRA_TIMELINESS or not message.HasField("timeliness"):
        return None
    due_on = from_date(message.timeliness, "due_date", f"{path}timeliness.")
    filed_on = from_date(message.timeliness, "filed_date", f"{path}timeliness.")
    assert due_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    assert filed_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    return Timeliness(due_on, filed_on, message.timeliness.extension_agreed)


def _complaint_outcome(message: evidence_pb2.EvidenceItem, path: str) -> ComplaintOutcome | None:
    if message.kind != evidence_pb2.EVIDENCE_KIND_COMPLAINT:
        return None
    return complaint_outcome(message.complaint_outcome, f"{path}complaint_outcome") or ComplaintOutcome.PENDING


def complaint_outcome(number: int, path: str) -> ComplaintOutcome | None:
    """How a complaint ended, None when it is not said."""
    word = to_word(evidence_pb2.ComplaintOutcome, number, path)
    return ComplaintOutcome(word) if word else None


def correction_reason(number: int) -> CorrectionReason:
    """Why an item was corrected or withdrawn."""
    return to_member(CorrectionReason, evidence_pb2.CorrectionReason, number, "reason")


def item_message(item: EvidenceItem) -> evidence_pb2.EvidenceItem:
    """An item for those who may read it."""
    said = item.content
    reply = evidence_pb2.Reply(text=said.reply_text, reply_date=to_date(said.replied_on)) if said.replied_on else None
    return evidence_pb2.EvidenceItem(
        name=item_name(item),
        kind=from_word(evidence_pb2.EvidenceKind, said.kind),
        source=from_word(evidence_pb2.EvidenceSource, said.source),
        aspect=from_word(evidence_pb2.Aspect, said.aspect),
        setting=from_word(evidence_pb2.Setting, said.setting),
        evidence_class=from_word(evidence_pb2.EvidenceClass, said.evidence_class),
        happened_date=to_date(said.happened_on),
        received_date=to_date(said.received_on),
        mappings=_mapping_messages(item),
        summary=said.summary,
        case_reference=said.case_reference,
        report_review=_report_review_message(said),
        timeliness=_timeliness_message(said),
        complaint_outcome=from_word(evidence_pb2.ComplaintOutcome, said.complaint_outcome),
        shared_date=to_date(said.shared_on),
        reply_due_date=to_date(item.reply_due_on),
        reply=reply,
        countable_date=to_date(item.countable_on),
        state=from_word(evidence_pb2.ItemState, item.state),
        superseded_by=item.superseded_by and f"safeguarders/{item.safeguarder_id}/evidenceItems/{item.superseded_by}",
        create_time=to_instant(item.recorded_at),
        receipt=f"receipts/{item.receipt_id}",
        etag=str(item.version),
    )


def item_name(item: EvidenceItem) -> str:
    """The resource name of an item."""
    return f"safeguarders/{item.safeguarder_id}/evidenceItems/{item.evidence_id}"


def _mapping_messages(item: EvidenceItem) -> list[evidence_pb2.Mapping]:
    return [
        evidence_pb2.Mapping(
            standard=mapping.standard,
            indicator=mapping.indicator,
            polarity=from_word(evidence_pb2.Polarity, mapping.polarity),
        )
        for mapping in item.content.mappings
    ]


def _report_review_message(said: Content) -> evidence_pb2.ReportReview | None:
    review = said.report_review
    if review is None:
        return None
    return evidence_pb2.ReportReview(
        **{line: from_word(evidence_pb2.LineRating, getattr(review, line)) for line in _LINES},
        child_views_recorded=review.child_views_recorded,
        second_reader_agrees=review.second_reader_agrees,
    )


def _timeliness_message(said: Content) -> evidence_pb2.Timeliness | None:
    times = said.timeliness
    if times is None:
        return None
    return evidence_pb2.Timeliness(
        due_date=to_date(times.due_on), filed_date=to_date(times.filed_on), extension_agreed=times.extension_agreed
    )


def item_event(item: EvidenceItem, what: str) -> Any:
    """The event that an item was `recorded`, `mapped`, `shared`, ...: its facts, never its words."""
    said = item.content
    fact = events_pb2.EvidenceFact(
        evidence_id=item.evidence_id,
        safeguarder_id=item.safeguarder_id,
        version=item.version,
        record_time=to_instant(item.recorded_at),
        kind=from_word(evidence_pb2.EvidenceKind, said.kind),
        source=from_word(evidence_pb2.EvidenceSource, said.source),
        aspect=from_word(evidence_pb2.Aspect, said.aspect),
        setting=from_word(evidence_pb2.Setting, said.setting),
        evidence_class=from_word(evidence_pb2.EvidenceClass, said.evidence_class),
        happened_date=to_date(said.happened_on),
        received_date=to_date(said.received_on),
        shared_date=to_date(said.shared_on),
        reply_due_date=to_date(item.reply_due_on),
        replied_date=to_date(said.replied_on),
        countable_date=to_date(item.countable_on),
        complaint_outcome=from_word(evidence_pb2.ComplaintOutcome, said.complaint_outcome),
        state=from_word(evidence_pb2.ItemState, item.state),
        mappings=_mapping_messages(item),
        report_review=_report_review_message(said),
        timeliness=_timeliness_message(said),
        history=item.history,
    )
    return _EVENTS[what](fact=fact)


def receipt_message(item: EvidenceItem) -> evidence_pb2.Receipt:
    """What the sender may know: nothing about the person."""
    said = item.content
    closed = item.state is not ItemState.CURRENT or said.complaint_outcome not in (None, ComplaintOutcome.PENDING)
    stage = "closed" if closed else "considered" if said.mappings else "received"
    return evidence_pb2.Receipt(
        name=f"receipts/{item.receipt_id}",
        receive_time=to_instant(item.recorded_at),
        stage=from_word(evidence_pb2.Receipt.Stage, stage),
    )


def decision(message: safeguarder_pb2.RecordMinisterialDecisionRequest, recorded_by: str, now: Any) -> Decision:
    """A decision of Ministers."""
    effective_on = from_date(message, "effective_date")
    assert effective_on is not None  # noqa: S101  REQUIRED, enforced by the gate
    reason = to_word(safeguarder_pb2.EndReason, message.end_reason, "end_reason")
    basis = message.legal_basis
    return Decision(
        kind=DecisionKind(to_word(safeguarder_pb2.RecordMinisterialDecisionRequest.Kind, message.kind, "kind")),
        effective_on=effective_on,
        legal_basis=LegalBasis(
            *(
                to_needed_text(getattr(basis, field), f"legal_basis.{field}", LONGEST_NAME)
                for field in ("instrument", "provision", "version")
            )
        ),
        recommended_by=message.recommended_by,
        recorded_by=recorded_by,
        recorded_at=now,
        term_months=message.term_months,
        end_reason=EndReason(reason) if reason else None,
    )


def display_name(message: safeguarder_pb2.Safeguarder) -> str:
    """What a person is called. Raises Refusal INVALID when it is empty."""
    return to_needed_text(message.display_name, "safeguarder.display_name", LONGEST_NAME)


def safeguarder_message(entry: Safeguarder) -> safeguarder_pb2.Safeguarder:
    """An entry for those who may read it."""
    return safeguarder_pb2.Safeguarder(
        name=f"safeguarders/{entry.safeguarder_id}",
        display_name=entry.display_name,
        areas=entry.areas,
        state=from_word(safeguarder_pb2.Safeguarder.State, entry.state),
        terms=[_term_message(entry, term) for term in entry.terms],
        demo=entry.demo,
        create_time=to_instant(entry.created_at),
        etag=str(entry.version),
    )


def _term_message(entry: Safeguarder, term: Term) -> safeguarder_pb2.Term:
    basis = term.legal_basis
    return safeguarder_pb2.Term(
        name=f"safeguarders/{entry.safeguarder_id}/terms/{term.number}",
        start_date=to_date(term.starts_on),
        end_date=to_date(term.ends_on),
        legal_basis=safeguarder_pb2.LegalBasis(
            instrument=basis.instrument, provision=basis.provision, version=basis.version
        ),
    )


def decision_event(entry: Safeguarder, made: Decision) -> Any:
    """The event that a decision sets off: an appointment, or an end."""
    term = entry.terms[-1]
    if entry.state is State.ENDED:
        return events_pb2.SafeguarderEnded(
            safeguarder_id=entry.safeguarder_id,
            end_date=to_date(term.ends_on),
            reason=from_word(safeguarder_pb2.EndReason, made.end_reason),
        )
    return events_pb2.SafeguarderAppointed(
        safeguarder_id=entry.safeguarder_id,
        term=term.number,
        start_date=to_date(term.starts_on),
        end_date=to_date(term.ends_on),
        appointed_date=to_date(entry.appointed_on),
        areas=entry.areas,
        demo=entry.demo,
    )
