"""What a session record must have before it is shared, and what it may rest on (R66-R70, B6)."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.evidence.domain.sessions.record import NEED_A_BASIS, Content, Outcome, OutcomeWord
from services.refusals import Refusal, precondition


@dataclass(frozen=True, slots=True)
class Papers:
    """What a record may rest on, and what it must have."""

    hash: str
    praise: frozenset[str]
    own_items: frozenset[str]
    on_agenda: frozenset[str]
    """Concerns and what was carried. With praise and own items, everything that needs an outcome."""
    evidence: frozenset[str]
    """Other evidence that views may rest on."""
    standards: tuple[str, ...]

    @property
    def to_settle(self) -> frozenset[str]:
        """Everything that needs an outcome."""
        return self.praise | self.own_items | self.on_agenda

    @property
    def names(self) -> frozenset[str]:
        """Every name that a record may use."""
        return self.to_settle | self.evidence


def check_complete(content: Content, papers: Papers) -> None:
    """Check that a record has everything it needs, and uses nothing that is not in the papers.

    Raises:
        Refusal: NOT_IN_PACK; OUTCOME_DOES_NOT_SUIT; PRAISE_FIRST; RECORD_INCOMPLETE, each naming all that is at fault.
    """
    for fault in _faults(content, papers):
        raise fault


def _faults(content: Content, papers: Papers) -> list[Refusal]:
    used = {name for view in content.views for name in view.basis} | {said.item for said in content.outcomes}
    outside = sorted(used - papers.names)
    unsuited = sorted(said.item for said in content.outcomes if not _suits(said, papers))
    outcomes = {said.item: said.word for said in content.outcomes}
    unpraised = sorted(name for name in papers.praise if outcomes.get(name) is not OutcomeWord.ACKNOWLEDGED)
    missing = _missing(content, papers)
    faults = []
    if outside:
        message = "What is not in the papers of the session cannot be used in its record:"
        faults.append(_fault("NOT_IN_PACK", message, outside))
    if unsuited:
        message = "Praise is acknowledged, own items are settled, and anything else ends otherwise:"
        faults.append(_fault("OUTCOME_DOES_NOT_SUIT", message, unsuited))
    if unpraised:
        faults.append(_fault("PRAISE_FIRST", "Acknowledge the praise in the papers first:", unpraised))
    if missing:
        faults.append(_fault("RECORD_INCOMPLETE", "The record is not complete. Missing:", missing))
    return faults


def _fault(reason: str, message: str, names: Sequence[str]) -> Refusal:
    return precondition(reason, f"{message} {', '.join(names)}.", "content", names=" ".join(names))


def _suits(said: Outcome, papers: Papers) -> bool:
    if said.word is OutcomeWord.ACKNOWLEDGED:
        return said.item in papers.praise
    if said.word is OutcomeWord.SETTLED:
        return said.item in papers.own_items
    return True


def _missing(content: Content, papers: Papers) -> list[str]:
    views = {view.standard: view for view in content.views}
    outcomes = {said.item: said for said in content.outcomes}
    missing = [f"a view of {standard}" for standard in papers.standards if standard not in views]
    missing += [
        f"what the view of {view.standard} rests on"
        for view in content.views
        if view.word in NEED_A_BASIS and not view.basis
    ]
    missing += [f"an outcome for {name}" for name in sorted(papers.to_settle) if name not in outcomes]
    missing += [
        f"words on {said.item}"
        for said in content.outcomes
        if said.word is not OutcomeWord.ACKNOWLEDGED and not said.words
    ]
    return [*missing, *([] if content.child_interest else ["child_interest"])]
