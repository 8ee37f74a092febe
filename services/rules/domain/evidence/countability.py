"""Whether an item counts on a day, and if not, why. No other module decides this (requirements B4, B22, D15.1)."""

from collections.abc import Iterable
from datetime import date, datetime

from services.rules.domain.closed_lists import (
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    NotCounted,
)
from services.rules.domain.facts import EvidenceFact

_GONE = (ItemStatus.SUPERSEDED, ItemStatus.WITHDRAWN)
_BY_CLASS = {
    EvidenceClass.HELP_SEEKING: NotCounted.HELP_SEEKING,
    EvidenceClass.DEVELOPMENTAL: NotCounted.DEVELOPMENTAL,
    EvidenceClass.UNVERIFIED: NotCounted.UNVERIFIED,
}
_BY_OUTCOME = {
    ComplaintOutcome.PENDING: NotCounted.COMPLAINT_PENDING,
    ComplaintOutcome.NOT_UPHELD: NotCounted.COMPLAINT_NOT_UPHELD,
    ComplaintOutcome.RESOLVED: NotCounted.COMPLAINT_RESOLVED,
    ComplaintOutcome.WITHDRAWN: NotCounted.COMPLAINT_WITHDRAWN,
}


def known_items(
    versions: Iterable[EvidenceFact], as_of: date, as_known_at: datetime, without: frozenset[str]
) -> tuple[EvidenceFact, ...]:
    """Return the latest version of each item as recorded by `as_known_at`, in order of date and id.

    Left out are items received or happening after `as_of`, and those in `without`. Superseded and withdrawn items are
    left out altogether: they leave no trace in later evaluations (D15.13). An item whose state is a word of a later
    release stays, and does not count.
    """
    latest: dict[str, EvidenceFact] = {}
    for fact in versions:
        if fact.recorded_at > as_known_at or fact.evidence_id in without:
            continue
        held = latest.get(fact.evidence_id)
        if held is None or (fact.version, fact.recorded_at) > (held.version, held.recorded_at):
            latest[fact.evidence_id] = fact
    return tuple(
        sorted(
            (f for f in latest.values() if f.status not in _GONE and max(f.received_on, f.happened_on) <= as_of),
            key=lambda f: (f.happened_on, f.evidence_id),
        )
    )


def not_counted(fact: EvidenceFact, on: date) -> NotCounted | None:
    """Return why an item does not count on a day, or None if it may.

    A complaint counts if it was upheld, even in part. One without an outcome is pending. A safety item counts while its
    complaint is still pending, because it goes to a named person at once (R39).
    """
    if fact.not_understood:
        return NotCounted.NOT_UNDERSTOOD
    if fact.evidence_class in _BY_CLASS:
        return _BY_CLASS[fact.evidence_class]
    outcome = fact.complaint_outcome or (ComplaintOutcome.PENDING if fact.kind is Kind.COMPLAINT else None)
    pending_safety = outcome is ComplaintOutcome.PENDING and fact.evidence_class is EvidenceClass.SAFETY
    if outcome in _BY_OUTCOME and not pending_safety:
        return _BY_OUTCOME[outcome]
    if not fact.mappings:
        return NotCounted.UNMAPPED
    if fact.countable_from is None or fact.countable_from > on:
        return NotCounted.NOT_SHARED if fact.shared_on is None or fact.shared_on > on else NotCounted.IN_REPLY_TIME
    return None


def counts_from(fact: EvidenceFact) -> date:
    """Return the first day on which an item counts, supposing that it ever does."""
    known_on = max(fact.received_on, fact.happened_on)
    return known_on if fact.countable_from is None else max(known_on, fact.countable_from)
