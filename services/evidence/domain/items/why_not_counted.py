"""Why an item of evidence does not count, in one word (B4, B22).

Rules decide by the same reasons whether they count an item (`services/rules/domain/evidence/countability.py`). A test
holds the two to each other, so that nobody reads another reason on an item than on the matter that left it out.
"""

from enum import StrEnum

from services.evidence.domain.evidence_item import (
    ComplaintOutcome,
    EvidenceClass,
    EvidenceItem,
    ItemState,
    Kind,
    Polarity,
)


class WhyNotCounted(StrEnum):
    """Why an item does not count."""

    HELD = "held"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    HELP_SEEKING = "help_seeking"
    DEVELOPMENTAL = "developmental"
    UNVERIFIED = "unverified"
    EXPLORATORY = "exploratory"
    COMPLAINT_PENDING = "complaint_pending"
    COMPLAINT_NOT_UPHELD = "complaint_not_upheld"
    COMPLAINT_RESOLVED = "complaint_resolved"
    COMPLAINT_WITHDRAWN = "complaint_withdrawn"
    UNMAPPED = "unmapped"
    NOT_SHARED = "not_shared"
    REPLY_STANDS_STILL = "reply_stands_still"
    """Nobody knows yet until when the person can reply. Once that day is known, the item counts after it."""


_STATES = {
    ItemState.HELD: WhyNotCounted.HELD,
    ItemState.SUPERSEDED: WhyNotCounted.SUPERSEDED,
    ItemState.WITHDRAWN: WhyNotCounted.WITHDRAWN,
}
_CLASSES = {
    EvidenceClass.HELP_SEEKING: WhyNotCounted.HELP_SEEKING,
    EvidenceClass.DEVELOPMENTAL: WhyNotCounted.DEVELOPMENTAL,
    EvidenceClass.UNVERIFIED: WhyNotCounted.UNVERIFIED,
}
_OUTCOMES = {
    ComplaintOutcome.PENDING: WhyNotCounted.COMPLAINT_PENDING,
    ComplaintOutcome.NOT_UPHELD: WhyNotCounted.COMPLAINT_NOT_UPHELD,
    ComplaintOutcome.RESOLVED: WhyNotCounted.COMPLAINT_RESOLVED,
    ComplaintOutcome.WITHDRAWN: WhyNotCounted.COMPLAINT_WITHDRAWN,
}


def why_not_counted(item: EvidenceItem) -> WhyNotCounted | None:
    """Return why an item does not count; None if it does, or will from a day that is known.

    A matter of safety counts in its own lane without a reply and without an outcome (R39).
    """
    content = item.content
    found = _STATES.get(item.state) or _CLASSES.get(content.evidence_class)
    if found is not None:
        return found
    outcome = content.complaint_outcome or (ComplaintOutcome.PENDING if content.kind is Kind.COMPLAINT else None)
    of_safety = outcome is ComplaintOutcome.PENDING and content.evidence_class is EvidenceClass.SAFETY
    if outcome in _OUTCOMES and not of_safety:
        return _OUTCOMES[outcome]
    if not content.mappings:
        return WhyNotCounted.UNMAPPED
    is_praise = all(mapping.polarity is Polarity.PRAISE for mapping in content.mappings)
    if content.evidence_class is EvidenceClass.EXPLORATORY and not is_praise:
        return WhyNotCounted.EXPLORATORY
    if item.countable_on is not None:
        return None
    if of_safety:
        return WhyNotCounted.COMPLAINT_PENDING
    return WhyNotCounted.NOT_SHARED if content.shared_on is None else WhyNotCounted.REPLY_STANDS_STILL
