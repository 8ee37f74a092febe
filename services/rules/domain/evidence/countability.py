"""What may count on a day, and why the rest does not. The one place that decides it (requirements B4, B22, D15.1)."""

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
    """The items to go by: the latest version of each as known then, had by the Team on `as_of`, in a fixed order.

    What was superseded or withdrawn is left out altogether: it leaves no trace in later evaluations (D15.13).
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
    """Why an item known on that day does not count at all, or None if it may.

    A complaint counts when it was upheld, if only in part; one without an outcome is pending. Safety items count while
    a complaint is still pending: they go to a named person at once (R39).
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
    """First day an item counts, if it ever does."""
    known_on = max(fact.received_on, fact.happened_on)
    return known_on if fact.countable_from is None else max(known_on, fact.countable_from)


@dataclass(frozen=True, slots=True)
class CountableMapping:
    """One mapping of one item that may count."""

    fact: EvidenceFact
    mapping: StandardMapping


def countable_mappings(facts: Iterable[EvidenceFact], rulebook: Rulebook) -> Iterator[CountableMapping]:
    """The mappings to indicators of the edition in force when the item happened."""
    for fact in facts:
        edition = rulebook.edition_on(fact.happened_on)
        if edition is not None:
            held = (mapping for mapping in fact.mappings if edition.indicator(mapping.indicator) is not None)
            yield from (CountableMapping(fact, mapping) for mapping in held)


def may_count_as(entry: CountableMapping, wanted: Measure, terms: InForce) -> bool:
    """Whether a measure may use a mapping: exploratory practice counts as praise or not at all; nothing is held
    against anybody on a theme on which a Practice Note is being drafted."""
    if entry.fact.evidence_class is EvidenceClass.EXPLORATORY and wanted.polarity is not Polarity.PRAISE:
        return False
    return note_awaited(entry.fact, entry.mapping, wanted, terms) is None


def note_awaited(fact: EvidenceFact, mapping: StandardMapping, wanted: Measure, terms: InForce) -> PracticeNote | None:
    """The first Practice Note being drafted that a mapping waits for before a measure may use it (B17).

    What speaks against somebody waits until the note says what is right, and counts from then. Safety waits for
    nothing.
    """
    if wanted.name not in terms.waiting or mapping.polarity is not Polarity.CONCERN:
        return None
    if fact.evidence_class is EvidenceClass.SAFETY:
        return None
    return next((note for note in terms.unclear if note.is_about(mapping.standard, mapping.indicator)), None)


def in_thought(items: Iterable[HypotheticalItem], as_of: date, as_known_at: datetime) -> tuple[EvidenceFact, ...]:
    """Hypothetical items as facts that happened, were known and may count on `as_of`; a complaint is upheld."""
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
