"""Invented concerns, and what their moves depend on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.rules.domain.closed_lists import (
    Approach,
    Lane,
    RecommendationKind,
    RequiredAction,
    Source,
    SupportAnswer,
    SupportGiven,
    SupportKind,
    SupportsStanding,
)
from services.rules.domain.concerns.approach import follow_approach, follow_recommendation, pass_time
from services.rules.domain.concerns.concern import Concern, ConcernId, EvaluationContext, EvaluationId, raise_concern
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.progress import (
    ActionReviewFact,
    ApproachFact,
    Recommendation,
    RecommendationFact,
    RequiredFact,
    ReviewedFact,
    Support,
)
from services.rules.domain.concerns.reviews import follow_review
from services.rules.domain.concerns.supports import follow_support
from services.rules.domain.evaluation.answers import CountedEvidence, RuleAnswer
from services.rules.domain.facts import EvidenceFact
from tests.rules.builders import NOW, TODAY, a_case_file, an_item, answered, evaluated

EVIDENCE = (
    an_item("one", source=Source.PANEL_MEMBER),
    an_item("two", date(2026, 7, 1), source=Source.SHERIFF),
)
"""Two items from two types of source, which are enough for an escalation."""


def an_answer(lane: Lane = Lane.SUPPORT_NEED, rests_on: tuple[EvidenceFact, ...] = EVIDENCE) -> RuleAnswer:
    """Return a rule's answer in a lane, for which these items counted."""
    answer = answered(evaluated(a_case_file(*EVIDENCE)), "same-theme-two-sources", "S2.1")
    counted = tuple(
        CountedEvidence(fact.evidence_id, fact.happened_on, fact.kind, fact.source, "") for fact in rests_on
    )
    return replace(answer, lane=lane, explanation=replace(answer.explanation, counted=counted))


def a_concern(lane: Lane = Lane.SUPPORT_NEED, rests_on: tuple[EvidenceFact, ...] = EVIDENCE, **changes: Any) -> Concern:
    """Return a concern that was raised on the day of these tests."""
    seen = EvaluationContext(EvaluationId("evaluation"), "hash", TODAY, NOW)
    concern = raise_concern(ConcernId("concern"), "demo-safeguarder", an_answer(lane, rests_on), seen)
    return replace(concern, **changes)


def a_support(version: int = 1, **changes: Any) -> Support:
    """Return a version of a support in the register: offered on the day of these tests, unless changed."""
    fact = Support(SupportKind.MODULE, TODAY, support_id="support", version=version)
    return replace(fact, **changes)


ACCEPTED = a_support(2, answer=SupportAnswer.ACCEPTED, answered_on=TODAY, promised_on=TODAY + timedelta(days=20))
DELIVERED = replace(ACCEPTED, version=3, given=SupportGiven.DELIVERED)


def followed(concern: Concern, *facts: Support) -> Concern:
    """Return a concern after it followed versions of supports, each of which changes it."""
    for fact in facts:
        change = follow_support(concern, fact)
        assert change is not None
        concern = change[1]
    return concern


def an_approach(version: int = 1, **changes: Any) -> ApproachFact:
    """Return a version of a change to required action, served on the day of these tests and not acknowledged."""
    required = (RequiredFact("action", RequiredAction.CHANGE_PRACTICE, TODAY + timedelta(days=28)),)
    days: dict[str, Any] = {"served_on": TODAY, "stands_from": TODAY + timedelta(days=7)}
    fact = ApproachFact("change", version, Approach.REQUIRED_ACTION, NOW, **days, actions=required)
    return replace(fact, **changes)


def read_approach(version: int = 1, on: date = TODAY, **changes: Any) -> ApproachFact:
    """Return a change to required action that the Safeguarder has acknowledged."""
    return an_approach(version, acknowledged_on=on, stands_from=on, **changes)


def approached(concern: Concern, *facts: ApproachFact, today: date = TODAY) -> Concern:
    """Return a concern after it followed versions of changes of approach on a day."""
    for fact in facts:
        for _move, _word, after in follow_approach(concern, fact, today):
            concern = after
    return concern


def a_review(found: str = "not_met", on: date = TODAY, version: int = 1, **changes: Any) -> ActionReviewFact:
    """Return a version of a review of the action that `an_approach` requires, held on a day after its time."""
    fields: dict[str, Any] = {"due_on": on - timedelta(days=1), "supports": SupportsStanding.COMPLETE}
    known, review_id = changes.pop("action_id", "action"), changes.pop("review_id", "review")
    return ActionReviewFact(review_id, version, on, (ReviewedFact(known, found, **fields | changes),))


def talked(concern: Concern, *facts: ActionReviewFact) -> Concern:
    """Return a concern after it followed versions of reviews of actions."""
    for fact in facts:
        followed = follow_review(concern, fact)
        concern = followed[1] if followed else concern
    return concern


def a_recommendation(version: int = 1, stands: bool = True, **changes: Any) -> RecommendationFact:
    """Return a version of a recommendation in the record, which Ministers have unless told otherwise."""
    made = Recommendation(RecommendationKind.MORE_TIME, "a" * 64, TODAY, "team-lead", "recommendation", version)
    return RecommendationFact(replace(made, **changes), stands)


def recommended(concern: Concern, *facts: RecommendationFact) -> Concern:
    """Return a concern after it followed versions of recommendations."""
    for fact in facts:
        concern = follow_recommendation(concern, fact) or concern
    return concern


def later(concern: Concern, today: date) -> Concern:
    """Return a concern on a later day, after what follows from the day alone."""
    for _move, _word, after in pass_time(concern, today):
        concern = after
    return concern


def context(days: int = 0, by: str = "manager", **changes: Any) -> MoveContext:
    """Return what moves depend on some days later, with the evidence of these tests."""
    return replace(MoveContext(TODAY + timedelta(days=days), by, EVIDENCE), **changes)
