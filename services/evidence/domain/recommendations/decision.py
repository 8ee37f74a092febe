"""What Ministers decide on a recommendation (R86): a third person records it, on the pack both sides saw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.evidence.domain.overlays.suspension import DecidedOn, Recorder
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.recommendations.criteria import FITTING
from services.evidence.domain.recommendations.recommendation import Decided, Kind, Outcome, Recommendation, State
from services.evidence.domain.safeguarder import Decision, DecisionKind, EndReason
from services.refusals import invalid, not_found, precondition
from services.who import Who

_TO_GO_ON = (Outcome.RECOMMEND, Outcome.WITH_CONDITIONS)
_NOT_TO = (Outcome.DO_NOT_RECOMMEND,)
DECIDES: Mapping[DecisionKind | EndReason, tuple[tuple[Kind, ...], tuple[Outcome, ...]]] = {
    DecisionKind.APPOINTED: ((Kind.APPOINTMENT,), _TO_GO_ON),
    DecisionKind.REAPPOINTED: ((Kind.REAPPOINTMENT,), _TO_GO_ON),
    DecisionKind.CONTINUING: ((Kind.CONTINUING,), FITTING[Kind.CONTINUING]),
    EndReason.NOT_REAPPOINTED: ((Kind.REAPPOINTMENT,), _NOT_TO),
    EndReason.REMOVED: ((Kind.REMOVAL,), (Outcome.RECOMMEND,)),
}
"""For each decision, the kinds of recommendation that it can follow, and as what such a recommendation is decided."""


def decide(
    known: Recommendation | None, decision: Decision, safeguarder_id: str, by: Who
) -> tuple[Recommendation, Decision]:
    """Return a recommendation with what Ministers decided on it, and the decision with who recommended it.

    Raises:
        Refusal: RECOMMENDATION_NOT_FOUND; RECOMMENDER_CANNOT_RECORD; ALREADY_DECIDED; NOT_SUBMITTED; OTHER_PACK;
            RECOMMENDATION_DOES_NOT_FIT; CONDITIONS_MISSING; REASONS_MISSING.
    """
    known = _sent(known, safeguarder_id, decision.pack_hash, by)
    after = _with_decision(known, decision)
    assert after.decided is not None  # noqa: S101  it was just decided
    said: dict[str, Any] = {"decided_as": after.decided.outcome.value, "criteria_version": known.criteria_version}
    return after, replace(decision, recommended_by=known.drafters[-1], **said)


def decide_on_suspension(
    known: Recommendation | None, kind: Kind, said: DecidedOn, safeguarder_id: str, by: Recorder
) -> Recommendation:
    """Return a recommendation that was followed when a suspension was recorded or lifted.

    Raises:
        Refusal: as `decide` does, but for conditions.
    """
    known = _sent(known, safeguarder_id, said.pack_hash, by, "decided_on.")
    if known.kind is not kind:
        message = f"This follows a recommendation of its own kind: {kind.replace('_', ' ')}."
        raise precondition("RECOMMENDATION_DOES_NOT_FIT", message, "decided_on.recommendation", kind=known.kind.value)
    return _decided(known, Decided(Outcome.RECOMMEND, said.reasons, by.person, by.now), "decided_on.reasons")


def undecided(known: Recommendation, now: datetime) -> Recommendation:
    """Return a recommendation on which, as is recorded now, nothing was decided."""
    return replace(known, version=known.version + 1, recorded_at=now, state=State.SUBMITTED, decided=None)


def decide_again(
    known: Recommendation, before: Decision | None, after: Decision | None, actor: Actor
) -> Recommendation:
    """Return a recommendation as a correction of the decision on it says. It is submitted if there was no decision.

    `before`: what was recorded until now.

    Raises:
        Refusal: RECOMMENDER_CANNOT_RECORD; ALREADY_DECIDED; RECOMMENDATION_DOES_NOT_FIT; CONDITIONS_MISSING;
            REASONS_MISSING.
    """
    if actor.is_any_of((*known.drafters, known.approved_by)):
        message = "Nobody who drafted or approved the recommendation takes part in the record of the decision."
        raise precondition("RECOMMENDER_CANNOT_RECORD", message, "name")
    if before is None and known.state is State.DECIDED:
        message = "Another decision on the recommendation is recorded meanwhile. Correct that one."
        raise precondition("ALREADY_DECIDED", message, "name")
    if after is None:
        return undecided(known, actor.now)
    return _with_decision(known, after)


def _with_decision(known: Recommendation, decision: Decision) -> Recommendation:
    """Return a recommendation with a decision on it."""
    decided_as = _decided_as(known, decision)
    return _decided(known, Decided(decided_as, decision.reasons, decision.recorded_by, decision.recorded_at), "reasons")


def _decided(known: Recommendation, decided: Decided, field: str) -> Recommendation:
    if decided.outcome is not known.text.outcome and not decided.reasons:
        message = f"{field} is needed: say why Ministers decided something else than was recommended."
        raise invalid("REASONS_MISSING", message, field)
    changes: dict[str, Any] = {"version": known.version + 1, "recorded_at": decided.recorded_at}
    return replace(known, state=State.DECIDED, decided=decided, **changes)


def _sent(
    known: Recommendation | None, safeguarder_id: str, pack_hash: str, by: Who, within: str = ""
) -> Recommendation:
    """Return a recommendation that waits for a decision, if this pack is the one that both sides saw.

    `within`: where the request names it, for the refusal.
    """
    field = f"{within}recommendation"
    if known is None or known.safeguarder_id != safeguarder_id:
        raise not_found("RECOMMENDATION_NOT_FOUND", "No recommendation about this person has this name.", field)
    if by.is_any_of((*known.drafters, known.approved_by)):
        message = "A third person records the decision: nobody who drafted or approved the recommendation."
        raise precondition("RECOMMENDER_CANNOT_RECORD", message, field)
    if known.state is State.DECIDED:
        raise precondition("ALREADY_DECIDED", "Ministers have decided on this recommendation already.", field)
    if known.state is not State.SUBMITTED or known.pack is None:
        message = "This recommendation is not submitted. Ministers decide on what both sides have seen."
        raise precondition("NOT_SUBMITTED", message, field, state=known.state.value)
    if pack_hash != known.pack.hash:
        message = "This is the hash of another pack than the one that both sides saw."
        raise precondition("OTHER_PACK", message, f"{within}pack_hash")
    return known


def _decided_as(known: Recommendation, decision: Decision) -> Outcome:
    """Return as what a recommendation is decided: as was said, else as was recommended, else the only way there is."""
    kinds, outcomes = DECIDES.get(decision.end_reason or decision.kind, ((), ()))
    if known.kind not in kinds:
        message = "The Team recommended something else. A decision follows a recommendation of its own kind."
        raise precondition("RECOMMENDATION_DOES_NOT_FIT", message, "recommendation", kind=known.kind.value)
    as_recommended = known.text.outcome if known.text.outcome in outcomes else outcomes[0]
    decided_as = Outcome(decision.decided_as) if decision.decided_as else as_recommended
    if decided_as not in outcomes:
        words = ", ".join(outcome.replace("_", "-") for outcome in outcomes)
        message = f"This decision can only be recorded as: {words}."
        raise precondition("RECOMMENDATION_DOES_NOT_FIT", message, "decided_as")
    if decided_as is Outcome.WITH_CONDITIONS and not known.text.conditions:
        message = "The recommendation has no conditions. What nobody has read and answered is no condition."
        raise precondition("CONDITIONS_MISSING", message, "decided_as")
    return decided_as
