"""Which decision may follow which recommendation: the whole table (P21)."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.evidence.domain.recommendations.of_a_concern import (
    Recommendation,
    check_recommendation,
)
from services.evidence.domain.recommendations.recommendation import Outcome
from services.evidence.domain.safeguarder import Decision, DecisionKind, EndReason, LegalBasis
from services.refusals import Refusal
from services.who import Who

CONTINUE = {Outcome.RECOMMEND, Outcome.WITH_CONDITIONS, Outcome.MORE_TIME}
NOT_TO_CONTINUE = {Outcome.DO_NOT_RECOMMEND}
ALLOWED = {
    DecisionKind.APPOINTED: set(Outcome),
    DecisionKind.REAPPOINTED: CONTINUE,
    EndReason.REMOVED: NOT_TO_CONTINUE,
    EndReason.NOT_REAPPOINTED: NOT_TO_CONTINUE,
    EndReason.RESIGNED: set(Outcome),
    EndReason.TERM_ENDED: set(Outcome),
    EndReason.DISQUALIFIED: set(Outcome),
    EndReason.DIED: set(Outcome),
}
NOW = datetime(2026, 11, 2, tzinfo=UTC)
A_DECISION = Decision(
    DecisionKind.ENDED,
    date(2026, 11, 1),
    LegalBasis("i", "p", "v"),
    "team",
    "recorder",
    datetime(2026, 11, 2, tzinfo=UTC),
)
STANDS = Recommendation("c1", "sg-one", Outcome.DO_NOT_RECOMMEND, "team")


def decision(what: DecisionKind | EndReason) -> Decision:
    if isinstance(what, DecisionKind):
        return replace(A_DECISION, kind=what)
    return replace(A_DECISION, end_reason=what)


def reason(made: Decision, named: str, found: Recommendation | None) -> str:
    """Return the reason of the refusal; empty if there is none."""
    try:
        check_recommendation(replace(made, recommendation=named), "sg-one", found, Who(made.recorded_by))
    except Refusal as refusal:
        return refusal.reason
    return ""


@pytest.mark.parametrize(("what", "kind"), list(itertools.product(ALLOWED, Outcome)))
def test_a_decision_follows_a_recommendation_of_its_own_kind(what: DecisionKind | EndReason, kind: Outcome) -> None:
    """P21: Ministers remove nobody whom the Team recommended to continue, and the other way round."""
    expected = "" if kind in ALLOWED[what] else "RECOMMENDATION_DOES_NOT_FIT"
    assert reason(decision(what), "c1", replace(STANDS, kind=kind)) == expected


@pytest.mark.parametrize("what", ALLOWED)
def test_only_a_removal_needs_a_recommendation(what: DecisionKind | EndReason) -> None:
    """P21: other decisions may name none, but what a decision names exists, about this person."""
    assert reason(decision(what), "", None) == ("RECOMMENDATION_NEEDED" if what is EndReason.REMOVED else "")
    assert reason(decision(what), "c1", None) == "RECOMMENDATION_NOT_FOUND"
    assert reason(decision(what), "c1", replace(STANDS, safeguarder_id="sg-two")) == "RECOMMENDATION_NOT_FOUND"


@pytest.mark.parametrize("what", ALLOWED)
def test_no_decision_follows_the_recorders_own_recommendation(what: DecisionKind | EndReason) -> None:
    """P21: two people, whatever the request says."""
    for kind in Outcome:
        own = replace(STANDS, kind=kind, made_by="recorder")
        assert reason(decision(what), "c1", own) == "RECOMMENDER_CANNOT_RECORD"


def test_a_recommendation_of_the_release_before_does_not_say_who_made_it() -> None:
    """P21: the person whom the request names is then taken at their word, as before."""
    unsaid = replace(STANDS, made_by="")
    assert reason(replace(decision(EndReason.REMOVED), recommended_by="lead"), "c1", unsaid) == ""
