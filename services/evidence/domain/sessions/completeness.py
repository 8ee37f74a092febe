"""What a session record must have before it is shared, and what it may rest on (R66-R70, B6)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.evidence.domain.sessions.record import NEED_A_BASIS, Content, Outcome, OutcomeWord
from services.refusals import Refusal, invalid, precondition

_NEED_WORDS = (OutcomeWord.SETTLED, OutcomeWord.NO_ACTION, OutcomeWord.CARRIED_FORWARD)


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
    admitted: frozenset[str] = frozenset()
    """Late items that the Safeguarder admitted. Praise among them is acknowledged like any other."""
    actions: frozenset[str] = frozenset()
    """Actions of the plan that an outcome may name."""
    actions_in_papers: frozenset[str] = frozenset()
    """Actions that were spoken of all the same, such as one that had ended before the session."""
    supports: frozenset[str] = frozenset()
    """Supports of the plan that it may name."""
    said_before: tuple[Outcome, ...] = ()
    """Outcomes of the text that a corrected one follows. Those of a release before name no action."""
    derived: frozenset[str] = frozenset()
    """What rests on other evidence. No view may rest on it."""

    def after(self, text: Content) -> "Papers":
        """Return the papers for a text that follows another one: it may name the same actions and supports again."""
        return replace(
            self,
            actions=self.actions | text.named_actions,
            supports=self.supports.union(text.supports),
            said_before=text.outcomes,
        )

    @property
    def to_settle(self) -> frozenset[str]:
        """Everything that needs an outcome."""
        return self.praise | self.own_items | self.on_agenda

    @property
    def names(self) -> frozenset[str]:
        """Every name that a record may use."""
        return self.to_settle | self.evidence | self.admitted


def check_names(content: Content, papers: Papers) -> None:
    """Check that a record uses nothing that is not in the papers, and views nothing but standards of the edition.

    Raises:
        Refusal: UNKNOWN_STANDARD, NOT_IN_PACK, RESTS_ON_EVIDENCE or NOT_IN_PLAN, with the field. It never repeats a
            name that neither the papers nor the plan hold.
    """
    for place, view in enumerate(content.views):
        if view.standard not in papers.standards:
            message = f"content.views[{place}].standard must be one of {', '.join(papers.standards)}."
            raise invalid("UNKNOWN_STANDARD", message, f"content.views[{place}].standard")
        if not papers.names.issuperset(view.basis):
            raise _not_in_pack(f"content.views[{place}].basis")
        if not papers.derived.isdisjoint(view.basis):
            message = "A view rests on evidence, and not on the outcome of an action. Name what that rests on."
            raise precondition("RESTS_ON_EVIDENCE", message, f"content.views[{place}].basis")
    for place, said in enumerate(content.outcomes):
        if said.item not in papers.names:
            raise _not_in_pack(f"content.outcomes[{place}].item")
    _check_plan(content, papers)


def _check_plan(content: Content, papers: Papers) -> None:
    for place, said in enumerate(content.outcomes):
        if said.action and said.action not in papers.actions:
            raise _no_such_action(f"content.outcomes[{place}].action")
    if not (papers.actions | papers.actions_in_papers).issuperset(content.actions):
        raise _no_such_action("content.actions")
    if not papers.supports.issuperset(content.supports):
        message = "content.supports: name supports that are in the papers, or were spoken of since the session."
        raise precondition("NOT_IN_PLAN", message, "content.supports")


def _not_in_pack(path: str) -> Refusal:
    message = f"{path}: what is not in the papers of the session cannot be used in its record."
    return precondition("NOT_IN_PACK", message, path)


def _no_such_action(path: str) -> Refusal:
    message = f"{path}: name an action of the plan that is proposed or open, or was on the day of the session."
    return precondition("NOT_IN_PLAN", message, path)


def check_complete(content: Content, papers: Papers) -> None:
    """Check that a record has everything it needs, and uses nothing that is not in the papers.

    Raises:
        Refusal: as `check_names` says; OUTCOME_DOES_NOT_SUIT; PRAISE_FIRST; RECORD_INCOMPLETE, each naming all that is
            at fault.
    """
    check_names(content, papers)
    for fault in _faults(content, papers):
        raise fault


def _faults(content: Content, papers: Papers) -> list[Refusal]:
    unsuited = sorted(said.item for said in content.outcomes if not _suits(said, papers))
    outcomes = {said.item: said.word for said in content.outcomes}
    unpraised = sorted(name for name in papers.praise if outcomes.get(name) is not OutcomeWord.ACKNOWLEDGED)
    missing = _missing(content, papers)
    faults = []
    if unsuited:
        message = "Praise is acknowledged, own items are settled, and only the outcome action names an action:"
        faults.append(invalid("OUTCOME_DOES_NOT_SUIT", *_named(message, unsuited)))
    if unpraised:
        message = "Acknowledge the praise in the papers first:"
        faults.append(precondition("PRAISE_FIRST", *_named(message, unpraised)))
    if missing:
        message = "The record is not complete. Missing:"
        faults.append(precondition("RECORD_INCOMPLETE", *_named(message, missing)))
    return faults


def _named(message: str, names: Sequence[str]) -> tuple[str, str]:
    """Return a message with the names at fault, and the field."""
    return f"{message} {', '.join(names)}.", "content"


def _suits(said: Outcome, papers: Papers) -> bool:
    if said.action and said.word is not OutcomeWord.ACTION:
        return False
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
    missing += [f"words on {said.item}" for said in content.outcomes if said.word in _NEED_WORDS and not said.words]
    missing += [
        f"the action that answers {said.item}"
        for said in content.outcomes
        if said.word is OutcomeWord.ACTION and not said.action and said not in papers.said_before
    ]
    return [*missing, *([] if content.child_interest else ["child_interest"])]
