"""What may count on a day, and why the rest does not. The one place that decides it (requirements B4, B22, D15.1)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

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


class Evidence:
    """The items to go by on a day, as rules look for them: worked out once for all rules.

    `items` are all known by the day, in order of date.
    """

    def __init__(self, items: tuple[EvidenceFact, ...], as_of: date, rulebook: Rulebook) -> None:
        self.items = items
        self._as_of = as_of
        self._rulebook = rulebook

    @cached_property
    def set_aside(self) -> Mapping[str, NotCounted]:
        """Items that do not count on the day, by id, and why."""
        found = ((fact.evidence_id, not_counted(fact, self._as_of)) for fact in self.items)
        return {evidence_id: reason for evidence_id, reason in found if reason is not None}

    @cached_property
    def countable(self) -> tuple[CountableMapping, ...]:
        """What may count on the day. A mapping counts if the edition in force when it happened has the indicator (R45).

        What may count on an earlier day is among it: an item never stops to be countable by time.
        """
        return tuple(countable_mappings((f for f in self.items if f.evidence_id not in self.set_aside), self._rulebook))

    @cached_property
    def praise(self) -> tuple[CountableMapping, ...]:
        """What may count as praise on the day."""
        return tuple(entry for entry in self.countable if entry.mapping.polarity is Polarity.PRAISE)

    def countable_about(self, subject: str | None) -> Sequence[CountableMapping]:
        """What may count about a standard or an indicator; None for everything."""
        return self.countable if subject is None else self._countable_by_subject.get(subject, ())

    def about(self, subject: str | None) -> tuple[EvidenceFact, ...]:
        """Items mapped to a standard or an indicator, whether they count or not; None for all."""
        return self.items if subject is None else self._by_subject.get(subject, ())

    @cached_property
    def spoken_to(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """Ids of the items mapped to each standard and indicator, whether they count or not."""
        found: dict[tuple[str, str], list[str]] = {}
        for fact in self.items:
            for mapping in fact.mappings:
                found.setdefault((mapping.standard, mapping.indicator), []).append(fact.evidence_id)
        return {place: frozenset(ids) for place, ids in found.items()}

    @cached_property
    def _countable_by_subject(self) -> Mapping[str, Sequence[CountableMapping]]:
        found: dict[str, list[CountableMapping]] = {}
        for entry in self.countable:
            found.setdefault(entry.mapping.standard, []).append(entry)
            found.setdefault(entry.mapping.indicator, []).append(entry)
        return found

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[EvidenceFact, ...]]:
        found: dict[str, dict[str, EvidenceFact]] = {}
        for fact in self.items:
            for mapping in fact.mappings:
                found.setdefault(mapping.standard, {})[fact.evidence_id] = fact
                found.setdefault(mapping.indicator, {})[fact.evidence_id] = fact
        return {subject: tuple(facts.values()) for subject, facts in found.items()}


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
