"""Whether an item counts on a day, and if not, why. No other module decides this (requirements B4, B22, D15.1)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.rules.domain.closed_lists import (
    Aspect,
    ComplaintOutcome,
    EvidenceClass,
    ItemStatus,
    Kind,
    NotCounted,
    Polarity,
    Setting,
)
from services.rules.domain.facts import EvidenceFact, HypotheticalItem, StandardMapping
from services.rules.domain.rulebook.model import InForce, Measure, Rulebook
from services.rules.domain.rulebook.practice_notes import PracticeNote

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
    left out altogether: they leave no trace in later evaluations (D15.13).
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
            (
                f
                for f in latest.values()
                if f.status is ItemStatus.CURRENT and max(f.received_on, f.happened_on) <= as_of
            ),
            key=lambda f: (f.happened_on, f.evidence_id),
        )
    )


def not_counted(fact: EvidenceFact, on: date) -> NotCounted | None:
    """Return why an item does not count on a day, or None if it may.

    A complaint counts if it was upheld, even in part. One without an outcome is pending. A safety item counts while its
    complaint is still pending, because it goes to a named person at once (R39).
    """
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


@dataclass(frozen=True, slots=True)
class CountableMapping:
    """One item with one of its mappings that may count."""

    fact: EvidenceFact
    mapping: StandardMapping


def countable_mappings(facts: Iterable[EvidenceFact], rulebook: Rulebook) -> Iterator[CountableMapping]:
    """Yield the mappings to indicators of the edition in force when the item happened (R45)."""
    for fact in facts:
        edition = rulebook.edition_on(fact.happened_on)
        if edition is not None:
            held = (mapping for mapping in fact.mappings if edition.indicator(mapping.indicator) is not None)
            yield from (CountableMapping(fact, mapping) for mapping in held)


def may_count_as(entry: CountableMapping, wanted: Measure, terms: InForce) -> bool:
    """Return whether a measure may use a mapping.

    Exploratory practice counts as praise or not at all. A concern on a theme waits while its Practice Note is drafted.
    """
    if entry.fact.evidence_class is EvidenceClass.EXPLORATORY and wanted.polarity is not Polarity.PRAISE:
        return False
    return note_awaited(entry.fact, entry.mapping, wanted, terms) is None


def note_awaited(fact: EvidenceFact, mapping: StandardMapping, wanted: Measure, terms: InForce) -> PracticeNote | None:
    """Return the first Practice Note in draft that a mapping waits for before a measure may use it (B17).

    A mapping with the polarity concern waits until the note clarifies practice, and counts from then. Safety items do
    not wait.
    """
    if wanted.name not in terms.waiting or mapping.polarity is not Polarity.CONCERN:
        return None
    if fact.evidence_class is EvidenceClass.SAFETY:
        return None
    return next((note for note in terms.unclear if note.is_about(mapping.standard, mapping.indicator)), None)


def hypothetical_facts(
    items: Iterable[HypotheticalItem], as_of: date, as_known_at: datetime
) -> tuple[EvidenceFact, ...]:
    """Return hypothetical items as facts that happened, were known and count on `as_of`. A complaint is upheld."""
    return tuple(
        EvidenceFact(
            evidence_id=f"in-thought-{place}-{number}",
            kind=item.kind,
            source=item.source,
            aspect=Aspect.PRACTICE,
            setting=Setting.APPOINTMENT,
            evidence_class=EvidenceClass.STANDARD,
            happened_on=as_of,
            received_on=as_of,
            recorded_at=as_known_at,
            countable_from=as_of,
            complaint_outcome=ComplaintOutcome.UPHELD if item.kind is Kind.COMPLAINT else None,
            mappings=(StandardMapping(item.standard, item.indicator, item.polarity),),
        )
        for place, item in enumerate(items, 1)
        for number in range(1, item.count + 1)
    )
