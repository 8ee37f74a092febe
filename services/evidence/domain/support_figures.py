"""Which help was given for each standard, and what was said of that standard next (B16).

Counts only. What came after a support is not said to come from it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from services.evidence.domain.evidence_item import DERIVED, EvidenceClass, EvidenceItem, ItemState, Polarity
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.support import Support, SupportKind, SupportState
from services.evidence.domain.sessions.record import SessionRecord, ViewWord
from services.evidence.domain.standards import KnownEdition
from services.standard_ids import standard_order

NO_STANDARD = ""
"""Stands for a support whose concern names no standard here."""
_SPEAKS = (Polarity.CONCERN, Polarity.PRAISE, Polarity.NEUTRAL)
"""An item that says several things of a standard is counted once, by the first of these."""


class Next(StrEnum):
    """What was said next of a standard, after a support for it was given."""

    MET = "met"
    DEVELOPING = "developing"
    CONCERN = "concern"
    NO_VIEW = "no_view"
    """Nobody has given a view since that says how practice stands."""


@dataclass(frozen=True, slots=True)
class Helped:
    """What is known of one person, as it stands: the supports that are counted, and what can follow them."""

    supports: Sequence[Support]
    needs: Mapping[str, Need]
    actions: Mapping[str, Action]
    concerns: Mapping[str, KnownConcern]
    records: Sequence[SessionRecord]
    items: Sequence[EvidenceItem]


@dataclass(slots=True)
class SupportFigure:
    """The supports of one kind for one standard. `views` and `items` each add up to the supports given."""

    states: Counter[SupportState] = field(default_factory=Counter)
    views: Counter[Next] = field(default_factory=Counter)
    items: Counter[Polarity | None] = field(default_factory=Counter)
    """None: nothing that counts has been said since."""

    @property
    def offered(self) -> int:
        """How many were offered."""
        return self.states.total()


Figures = dict[tuple[str, SupportKind], SupportFigure]


def count_supports(people: Iterable[Helped], edition: KnownEdition, today: date) -> Figures:
    """Return the figures by standard and kind, in that order. A support for two standards is counted with each."""
    found: Figures = {}
    for person in people:
        for support in person.supports:
            for standard in standards_of(support, person, edition):
                figure = found.setdefault((standard, support.offer.kind), SupportFigure())
                figure.states[support.state] += 1
                if support.state is SupportState.DELIVERED and support.delivered_on is not None:
                    figure.views[_next_view(standard, support.delivered_on, person.records)] += 1
                    figure.items[_next_item(standard, support.delivered_on, person.items, today)] += 1
    return dict(sorted(found.items(), key=lambda each: (standard_order(each[0][0]), each[0][1])))


def standards_of(support: Support, person: Helped, edition: KnownEdition) -> list[str]:
    """Return the standards of what a support is for: of its needs, its actions and its concerns."""
    named = support.offer.supported
    found = {person.needs[each].named.standard for each in named.needs if each in person.needs}
    found |= {person.actions[each].proposal.standard for each in named.actions if each in person.actions}
    for said in (person.concerns[each].said for each in named.concerns if each in person.concerns):
        if said is not None:
            found |= said.standards_in(edition)
    return sorted(found, key=standard_order) or [NO_STANDARD]


def _next_view(standard: str, after: date, records: Iterable[SessionRecord]) -> Next:
    """Return the first view of a standard from a session after a day. A disputed one is nobody's agreed word."""
    shared = [record for record in records if record.stands]
    for record in sorted(shared, key=lambda record: (record.held_on, record.session_id)):
        if record.held_on > after and standard not in record.disputed_sections:
            for view in record.content.views:
                if view.standard == standard and view.word in _SAYS:
                    return _SAYS[view.word]
    return Next.NO_VIEW


_SAYS = {ViewWord.MET: Next.MET, ViewWord.DEVELOPING: Next.DEVELOPING, ViewWord.CONCERN: Next.CONCERN}
"""Views that say how practice stands. The other two say that there is nothing to say it by."""


def _next_item(standard: str, after: date, items: Iterable[EvidenceItem], today: date) -> Polarity | None:
    """Return what the first item that happened after a day, and that counts today, says of a standard."""
    for item in sorted(items, key=lambda item: (item.content.happened_on, item.evidence_id)):
        if item.content.happened_on <= after or not _counts(item, today):
            continue
        said = {mapping.polarity for mapping in item.content.mappings if mapping.standard == standard}
        if said:
            return next(polarity for polarity in _SPEAKS if polarity in said)
    return None


def _counts(item: EvidenceItem, today: date) -> bool:
    """Return whether an item is evidence about practice today. Safety has a lane of its own."""
    countable_on, content = item.countable_on, item.content
    of_practice = content.kind not in DERIVED and content.evidence_class is not EvidenceClass.SAFETY
    is_used = item.state is ItemState.CURRENT and of_practice
    return is_used and countable_on is not None and countable_on <= today
