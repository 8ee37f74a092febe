"""The mappings of items that count: to which indicator, and which of them a measure may use (B17, R45).

Whether the item itself counts is decided in `countability`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.rules.domain.closed_lists import Aspect, ComplaintOutcome, EvidenceClass, Kind, Polarity, Setting
from services.rules.domain.facts import EvidenceFact, HypotheticalItem, StandardMapping, attendance_mapping
from services.rules.domain.rulebook.measures import Measure
from services.rules.domain.rulebook.model import InForce, Rulebook
from services.rules.domain.rulebook.practice_notes import PracticeNote
from services.rules.domain.rulebook.standards import StandardsEdition


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
            held = (mapping for mapping in fact.mappings if _is_held(mapping, edition))
            yield from (CountableMapping(fact, mapping) for mapping in held)


def _is_held(mapping: StandardMapping, edition: StandardsEdition) -> bool:
    """Return whether an edition has an indicator, or the standard if the item is about a whole one."""
    if not mapping.indicator:
        return edition.has_standard(mapping.standard)
    return edition.indicator(mapping.indicator) is not None


def read_by_edition(facts: Iterable[EvidenceFact], rulebook: Rulebook) -> tuple[EvidenceFact, ...]:
    """Return facts with attendance mapped to the indicator that it shows by the edition in force on its day (R45).

    Attendance is stored without a mapping, because an edition may be loaded after the event. Attendance that an earlier
    release mapped keeps that indicator while the edition has it. Other items are mapped by people.
    """
    return tuple(_attendance_mapped(fact, rulebook) if fact.kind is Kind.ATTENDANCE else fact for fact in facts)


def _attendance_mapped(fact: EvidenceFact, rulebook: Rulebook) -> EvidenceFact:
    edition, event = rulebook.edition_on(fact.happened_on), fact.details.get("event")
    shown = edition.shown_by_attendance.get(str(event)) if edition else None
    if shown is None or edition is None or any(edition.indicator(part.indicator) for part in fact.mappings):
        return fact
    return replace(fact, mappings=(attendance_mapping(fact, shown),))


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
            adverse_from=as_of,
            complaint_outcome=ComplaintOutcome.UPHELD if item.kind is Kind.COMPLAINT else None,
            mappings=(StandardMapping(item.standard, item.indicator, item.polarity),),
        )
        for place, item in enumerate(items, 1)
        for number in range(1, item.count + 1)
    )
