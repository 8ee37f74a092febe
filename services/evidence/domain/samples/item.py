"""The item of evidence that a reading makes. A report makes one, however often it is read (P16)."""

import hashlib

from services.evidence.domain.deliveries import judged_id
from services.evidence.domain.evidence_item import (
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    Kind,
    ReportReview,
)
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.samples.sample import BELOW, Rating, Sample


def report_id_of(sample: Sample) -> str:
    """Return the opaque id of the report that a sample is about; empty if none was drawn. Its item has the same."""
    report = sample.report
    if report is None:
        return ""
    about = Content(
        Kind.REPORT_SAMPLE_REVIEW,
        source="panel_team",
        aspect="practice",
        setting="appointment",
        evidence_class=EvidenceClass.STANDARD,
        happened_on=report.filed_on,
        received_on=report.filed_on,
        case_reference=report.case_reference,
        report_due_on=report.due_on,
    )
    return judged_id(sample.safeguarder_id, about)


def item_of(sample: Sample, actor: Actor) -> EvidenceItem | None:
    """Return the item that the outcome of a sample makes; None while nothing stands. The same sample makes the same.

    It is neither mapped nor shared: the Team does that, as with every item.
    """
    report, outcome, read_on = sample.report, sample.outcome, sample.read_on
    if report is None or outcome is None or read_on is None:
        return None
    rating, words = outcome
    content = Content(
        Kind.REPORT_SAMPLE_REVIEW,
        source="panel_team",
        aspect="practice",
        setting="appointment",
        evidence_class=EvidenceClass.STANDARD,
        happened_on=read_on,
        received_on=actor.today,
        summary=words,
        case_reference=report.case_reference,
        report_review=_review(sample, rating),
        report_due_on=report.due_on,
    )
    opaque = hashlib.sha256(f"reading of sample {sample.sample_id}".encode()).hexdigest()
    return EvidenceItem(
        EvidenceId(opaque[:32]),
        sample.safeguarder_id,
        content,
        reply_due_on=None,
        created_at=actor.now,
        recorded_at=actor.now,
        sender=actor.person,
        receipt_id=opaque[32:],
        history=False,
        stands_alone=not sample.second_wanted and rating.has_a_line_below,
    )


def _review(sample: Sample, rating: Rating) -> ReportReview:
    lines = (rating.on_time, rating.form, rating.clear, rating.reasoned, rating.justifiable)
    return ReportReview(*lines, rating.child_views, _second_reader_agrees(sample, rating))


def _second_reader_agrees(sample: Sample, rating: Rating) -> bool | None:
    """Return whether a second reader agrees with the lines that are below standard.

    Of one reading alone nobody has said, so a line below standard says nothing in either direction. Without such a line
    no second reader agreed, and nothing rests on it.
    """
    if not sample.second_wanted:
        return None if rating.has_a_line_below else False
    if sample.agreed is not None and sample.agreed.by_senior:
        both = zip(*(reading.rating.lines for reading in sample.readings), rating.lines, strict=True)
        return all(first == second == BELOW for first, second, stands in both if stands == BELOW)
    return True
