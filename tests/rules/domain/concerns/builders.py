"""Invented concerns, and what their moves depend on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.rules.domain.closed_lists import Lane, Source, SupportAnswer, SupportGiven, SupportKind
from services.rules.domain.concerns.concern import Concern, ConcernId, EvaluationContext, EvaluationId, raise_concern
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.progress import Support
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


def context(days: int = 0, by: str = "manager", **changes: Any) -> MoveContext:
    """Return what moves depend on some days later, with the evidence of these tests."""
    return replace(MoveContext(TODAY + timedelta(days=days), by, EVIDENCE), **changes)
