"""Where a Safeguarder's practice stands against each standard, in one of four words (record 2.9, R9).

The words are worked out from what the Safeguarder can see, the same way for every reader. There is no score, and no
order by worst. What Safeguarders say of themselves turns no word against them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.calendar_days import london_today, months_later
from services.evidence.domain.evidence_item import DERIVED, EvidenceItem, ItemState, Polarity
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.action import Action, Purpose
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.sessions.pack import WINDOW_MONTHS, goes_in
from services.evidence.domain.sessions.record import SessionRecord, ViewWord
from services.evidence.domain.standards import KnownEdition
from services.standard_ids import standard_order


class StandingWord(StrEnum):
    """Where practice stands against a standard."""

    MET = "met"
    DEVELOPING = "developing"
    CONCERN = "concern"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"


@dataclass(frozen=True, slots=True)
class StandingNumbers:
    """Our numbers, from services/evidence/data/record.yaml."""

    standing_needs_items: int
    """Items without which there is not enough evidence to say."""


@dataclass(frozen=True, slots=True)
class Practice:
    """What is known of a Safeguarder's practice at one instant, in any order."""

    now: datetime
    edition: KnownEdition
    items: Sequence[EvidenceItem]
    """Every item on the file as it is now."""
    needs: Sequence[Need]
    actions: Sequence[Action]
    concerns: Sequence[KnownConcern]
    records: Sequence[SessionRecord]
    numbers: StandingNumbers

    @property
    def today(self) -> date:
        """The London date of now."""
        return london_today(self.now)


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item of evidence about a standard, as the Safeguarder sees it."""

    item: EvidenceItem
    polarities: tuple[Polarity, ...]
    """What it says about this standard, each once."""
    counts: bool
    reply_due_on: date | None
    """None unless the time to reply runs."""

    @property
    def shows_more_than_concern(self) -> bool:
        """True if it says something else about the standard than a concern."""
        return any(polarity is not Polarity.CONCERN for polarity in self.polarities)


@dataclass(frozen=True, slots=True)
class LastView:
    """What the support manager last said of a standard in a record."""

    word: ViewWord
    held_on: date
    session_id: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class OnStandard:
    """Where practice stands against one standard."""

    standard: str
    word: StandingWord
    under_review: bool
    items: tuple[SeenItem, ...]
    concerns: tuple[str, ...]
    """Ids of open concerns about it."""
    actions: tuple[str, ...]
    """Ids of the actions about it that have not ended."""
    last_view: LastView | None


def seen_since(today: date) -> date:
    """Return the first day of the evidence that is looked at: as for the papers of a session."""
    return months_later(today, -WINDOW_MONTHS)


def on_each_standard(practice: Practice) -> list[OnStandard]:
    """Return where practice stands against each standard of the edition, in order of their ids.

    A standard that has ended stands with them while a matter about it is open.
    """
    edition = practice.edition
    open_matters = [concern.about(edition) for concern in practice.concerns]
    open_matters += [_about(action, practice) for action in practice.actions if action.is_live]
    return [_on(known, practice) for known in sorted({*edition.indicators}.union(*open_matters), key=standard_order)]


def asks_for_a_reply(item: EvidenceItem, today: date) -> bool:
    """Return whether the time to reply to a shared item is not over. Without a last day it stands still.

    Praise alone asks for no reply.
    """
    content = item.content
    is_praise = all(mapping.polarity is Polarity.PRAISE for mapping in content.mappings)
    if item.state is not ItemState.CURRENT or content.shared_on is None or content.replied_on is not None or is_praise:
        return False
    return item.reply_due_on is None or item.reply_due_on >= today


def _on(standard: str, practice: Practice) -> OnStandard:
    concerns = [concern for concern in practice.concerns if standard in concern.about(practice.edition)]
    items = _seen(standard, practice)
    live = sorted(
        action.action_id for action in practice.actions if action.is_live and standard in _about(action, practice)
    )
    return OnStandard(
        standard,
        _word(standard, concerns, items, practice),
        any(concern.is_held for concern in concerns),
        items,
        tuple(sorted(concern.concern_id for concern in concerns)),
        tuple(live),
        _last_view(standard, practice.records),
    )


def _word(
    standard: str, concerns: Iterable[KnownConcern], items: Iterable[SeenItem], practice: Practice
) -> StandingWord:
    """Return the word of a standard. A concern on hold changes none. *Met* rests on more than a concern."""
    moving = [concern for concern in concerns if not concern.is_held]
    if not all(_is_addressed(concern, practice) for concern in moving):
        return StandingWord.CONCERN
    if moving or any(_improves(action, standard, practice) for action in practice.actions):
        return StandingWord.DEVELOPING
    if sum(1 for seen in items if seen.counts and seen.shows_more_than_concern) < practice.numbers.standing_needs_items:
        return StandingWord.NOT_ENOUGH_EVIDENCE
    return StandingWord.MET


def _is_addressed(concern: KnownConcern, practice: Practice) -> bool:
    """Return whether an open action is for a concern: it names the concern, or answers a need that rests on it."""
    resting = {need.need_id for need in practice.needs if need.named.concern == concern.concern_id}
    return any(
        action.is_open
        and (action.proposal.concern == concern.concern_id or not resting.isdisjoint(action.proposal.needs))
        for action in practice.actions
    )


def _improves(action: Action, standard: str, practice: Practice) -> bool:
    """Return whether an action is open to improve practice against a standard, for a reason that others named."""
    proposal = action.proposal
    about_it = standard in _about(action, practice) and proposal.purpose is Purpose.IMPROVE
    return action.is_open and about_it and not _is_their_own(action, practice.needs)


def _about(action: Action, practice: Practice) -> frozenset[str]:
    """Return the standards under which an action is read today."""
    proposal = action.proposal
    return practice.edition.standards_now(proposal.indicator or proposal.standard, london_today(action.created_at))


def _is_their_own(action: Action, needs: Iterable[Need]) -> bool:
    """Return whether an action rests on nothing but what the Safeguarder said of themselves."""
    proposal = action.proposal
    if proposal.concern:
        return False
    answered = [need for need in needs if need.need_id in proposal.needs]
    if answered:
        return all(need.raised_by is Side.SAFEGUARDER and not need.named.concern for need in answered)
    return action.proposed_by is Side.SAFEGUARDER


def _seen(standard: str, practice: Practice) -> tuple[SeenItem, ...]:
    """Return the evidence about a standard that the Safeguarder sees, the newest first."""
    since_on = seen_since(practice.today)
    found = []
    for item in practice.items:
        shown = item.shown_to_the_person
        if item.state is not ItemState.CURRENT or shown is None or item.content.received_on < since_on:
            continue
        said = {mapping.polarity for mapping in shown.content.mappings if mapping.standard == standard}
        if said:
            order = tuple(polarity for polarity in Polarity if polarity in said)
            reply_due_on = item.reply_due_on if asks_for_a_reply(item, practice.today) else None
            found.append(SeenItem(shown, order, _counts(item, practice), reply_due_on))
    found.sort(key=lambda seen: (seen.item.content.received_on, seen.item.evidence_id), reverse=True)
    return tuple(found)


def _counts(item: EvidenceItem, practice: Practice) -> bool:
    """Return whether an item counts as evidence today. What is derived is none beside what it rests on."""
    countable_on = item.countable_on
    if countable_on is None or countable_on > practice.today or item.content.kind in DERIVED:
        return False
    return goes_in(item, practice.now)


def _last_view(standard: str, records: Iterable[SessionRecord]) -> LastView | None:
    """Return the newest view of a standard that a shared record gives. *No new evidence* leaves the one before."""
    shared = [record for record in records if record.stands]
    for record in sorted(shared, key=lambda record: (record.held_on, record.session_id), reverse=True):
        for view in record.content.views:
            if view.standard == standard and view.word is not ViewWord.NO_NEW_EVIDENCE:
                disputed = standard in record.disputed_sections
                return LastView(view.word, record.held_on, record.session_id, disputed)
    return None
