"""Corrections of a recorded decision of Ministers (R86). One person enters a correction, and another confirms it.

The first record is never changed. What is recorded of a decision is what the last confirmed correction says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.safeguarder import (
    Decision,
    DecisionKind,
    EndReason,
    LegalBasis,
    Safeguarder,
    apply_decision,
    apply_recorded,
    as_applicant,
)
from services.refusals import Refusal, invalid, precondition
from services.who import Who


class CorrectionState(StrEnum):
    """Where a correction stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of what is recorded of a decision. `decision`: what it says; None if there was no such decision."""

    decision: Decision | None
    because: str
    entered_by: str
    entered_at: datetime
    state: CorrectionState = CorrectionState.WAITING
    answered_by: str = ""
    """Who confirmed it or took it back."""
    answered_at: datetime | None = None
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """A recorded decision with every correction of it, in the order in which they were entered."""

    safeguarder_id: str
    number: int
    """The version of the register's entry to which it led."""
    first: Decision
    corrections: tuple[Correction, ...] = ()

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/decisions/{self.number}"

    @property
    def etag(self) -> str:
        """Return what changes with every correction, and with the answer to it."""
        answered = sum(each.answered_at is not None for each in self.corrections)
        return str(1 + len(self.corrections) + answered)

    @property
    def stands(self) -> Decision | None:
        """What is recorded now. None if there was no such decision."""
        confirmed = (each for each in reversed(self.corrections) if each.state is CorrectionState.CONFIRMED)
        newest = next(confirmed, None)
        return newest.decision if newest else self.first

    @property
    def waiting(self) -> Correction | None:
        """The correction that waits for a second person."""
        last = self.corrections[-1] if self.corrections else None
        return last if last and last.state is CorrectionState.WAITING else None


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody corrects. What is None or empty stays as it is recorded."""

    effective_on: date | None = None
    term_months: int = 0
    legal_basis: LegalBasis | None = None
    end_reason: EndReason | None = None
    decided_as: str = ""
    reasons: str = ""
    not_made: bool = False
    """There was no such decision."""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of the record itself is corrected."""
        return self == Change(not_made=self.not_made)


def enter(known: RecordedDecision, change: Change, because: str, actor: Actor) -> RecordedDecision:
    """Return a decision with a correction that waits for a second person.

    Raises:
        Refusal: CORRECTION_WAITS; CORRECTION_UNCLEAR; NOTHING_CORRECTED; RECOMMENDER_CANNOT_RECORD;
            END_REASON_DOES_NOT_FIT; TERM_MONTHS_DO_NOT_FIT; RECOMMENDATION_DOES_NOT_FIT; RECOMMENDATION_NEEDED.
    """
    if known.waiting:
        message = "A correction of this decision waits for a second person. It is confirmed or taken back first."
        raise precondition("CORRECTION_WAITS", message, "name")
    if change.not_made and not change.is_empty:
        message = "Either there was no such decision, or the record of it is corrected. Leave record out, or not_made."
        raise invalid("CORRECTION_UNCLEAR", message, "not_made")
    _check_person(known.first, actor)
    corrected = None if change.not_made else _corrected(known.stands or known.first, change, actor)
    if _says(corrected) == _says(known.stands):
        raise invalid(
            "NOTHING_CORRECTED", "That is what is recorded already. Say what the record should say.", "record"
        )
    entered = Correction(corrected, because, actor.person, actor.now)
    return replace(known, corrections=(*known.corrections, entered))


def confirm(known: RecordedDecision, actor: Actor) -> RecordedDecision:
    """Return a decision whose correction a second person has confirmed.

    Raises:
        Refusal: NO_CORRECTION_WAITS; SECOND_PERSON; RECOMMENDER_CANNOT_RECORD.
    """
    waiting = _waiting(known)
    if actor.is_any_of([waiting.entered_by]):
        message = "A second person confirms a correction: not the one who entered it."
        raise precondition("SECOND_PERSON", message, "name")
    _check_person(known.first, actor)
    return _answered(known, waiting, actor, CorrectionState.CONFIRMED)


def withdraw(known: RecordedDecision, because: str, actor: Actor) -> RecordedDecision:
    """Return a decision whose correction is taken back. It never changed anything. Refuse NO_CORRECTION_WAITS."""
    return _answered(known, _waiting(known), actor, CorrectionState.WITHDRAWN, because)


def membership_after(entry: Safeguarder, decisions: Sequence[RecordedDecision], corrected: int, by: Who) -> Safeguarder:
    """Return an entry of the register after all its decisions, in order, as they are recorded now.

    `corrected`: the number of the decision whose correction is tried. Its waiting correction is taken as confirmed.
    `by`: who enters or confirms it.

    Raises:
        Refusal: as `apply_decision` for the corrected decision; LATER_DECISION_DOES_NOT_FIT.
    """
    after = as_applicant(entry)
    for known in decisions:
        is_it = known.number == corrected
        decision = known.waiting.decision if is_it and known.waiting else known.stands
        if decision is not None:
            after = apply_decision(after, decision, by) if is_it else _follow(after, decision, known)
    return replace(after, version=entry.version + 1)


def _follow(entry: Safeguarder, decision: Decision, known: RecordedDecision) -> Safeguarder:
    """Return the entry after a decision that nobody corrects now."""
    try:
        return apply_recorded(entry, decision)
    except Refusal as refusal:
        message = (
            "With this correction, another recorded decision would not be allowed any more. Correct that one first."
        )
        fault = {"decision": known.name, "because": refusal.reason}
        raise precondition("LATER_DECISION_DOES_NOT_FIT", message, "record", **fault) from refusal


def _corrected(base: Decision, change: Change, actor: Actor) -> Decision:
    if change.end_reason and base.kind is not DecisionKind.ENDED:
        raise invalid("END_REASON_DOES_NOT_FIT", "Only the end of a membership has an end_reason.", "record.end_reason")
    if change.term_months and base.kind is not DecisionKind.REAPPOINTED:
        message = "Only a reappointment has term_months. A first term is exactly three years (reg 7(1))."
        raise invalid("TERM_MONTHS_DO_NOT_FIT", message, "record.term_months")
    if change.decided_as and not base.recommendation_id:
        message = "This decision follows no recommendation of the record, so it is decided as none."
        raise precondition("RECOMMENDATION_DOES_NOT_FIT", message, "record.decided_as")
    _check_end_reason(base, change)
    return replace(
        base,
        effective_on=change.effective_on or base.effective_on,
        term_months=change.term_months or base.term_months,
        legal_basis=change.legal_basis or base.legal_basis,
        end_reason=change.end_reason or base.end_reason,
        decided_as=change.decided_as or base.decided_as,
        reasons=change.reasons or base.reasons,
        recorded_by=actor.person,
        recorded_at=actor.now,
    )


def _check_end_reason(base: Decision, change: Change) -> None:
    """Refuse RECOMMENDATION_NEEDED for an end that Ministers decide on a recommendation, if the record names none."""
    changed = replace(base, end_reason=change.end_reason or base.end_reason)
    if changed.end_reason is base.end_reason or changed.rests_on_the_law_alone or base.recommendation_id:
        return
    message = (
        "Such a decision follows a recommendation, and the record names none. Correct it as not made. Once that is "
        "confirmed, record the decision with its recommendation."
    )
    raise invalid("RECOMMENDATION_NEEDED", message, "record.end_reason")


def _says(decision: Decision | None) -> tuple[object, ...] | None:
    """Return what a correction can change of a decision."""
    if decision is None:
        return None
    days = (decision.effective_on, decision.term_months, decision.legal_basis)
    return *days, decision.end_reason, decision.decided_as, decision.reasons


def _waiting(known: RecordedDecision) -> Correction:
    if known.waiting is None:
        raise precondition("NO_CORRECTION_WAITS", "No correction of this decision waits for a second person.", "name")
    return known.waiting


def _check_person(decision: Decision, actor: Actor) -> None:
    if actor.is_any_of([decision.recommended_by]):
        message = "The person who recommended a decision takes no part in the record of it."
        raise precondition("RECOMMENDER_CANNOT_RECORD", message, "name")


def _answered(
    known: RecordedDecision, waiting: Correction, actor: Actor, state: CorrectionState, because: str = ""
) -> RecordedDecision:
    answer: dict[str, Any] = {"answered_by": actor.person, "answered_at": actor.now, "withdrawn_because": because}
    return replace(known, corrections=(*known.corrections[:-1], replace(waiting, state=state, **answer)))
