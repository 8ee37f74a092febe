"""Ministers decide on the pack that both sides saw, and a third person records it (R86, P21)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.evidence.domain.plans.action import ActionState, Basis
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.recommendations.conditions import MINISTERS, actions_of
from services.evidence.domain.recommendations.decision import decide
from services.evidence.domain.recommendations.recommendation import Decided, Kind, Outcome, Recommendation, State
from services.evidence.domain.safeguarder import Decision, DecisionKind, EndReason, LegalBasis, apply_decision
from services.who import Who
from tests.evidence.plans.build import NOW, NUMBERS, TEAM, TODAY, refused
from tests.evidence.recommendations.build import MEMBER, SECOND, TERM, a_text, approved, shared, submitted

RECORDER = Who("recorder")
WITH_CONDITIONS = submitted(text=a_text(outcome=Outcome.WITH_CONDITIONS))


def a_decision(known: Recommendation, **changes: Any) -> Decision:
    fields: dict[str, Any] = {
        "kind": DecisionKind.REAPPOINTED,
        "effective_on": TERM.ends_on + timedelta(days=1),
        "legal_basis": LegalBasis("SSI 2012/54", "reg 7(2)", "as amended"),
        "recommended_by": "",
        "recorded_by": "recorder",
        "recorded_at": NOW,
        "term_months": 24,
        "recommendation_id": known.recommendation_id,
        "pack_hash": known.pack.hash if known.pack else "",
    }
    return Decision(**fields | changes)


def test_a_decision_names_the_recommendation_and_the_service_knows_who_made_it() -> None:
    known, decision = decide(WITH_CONDITIONS, a_decision(WITH_CONDITIONS), "sg-one", RECORDER)
    assert known.state is State.DECIDED
    assert known.decided == Decided(Outcome.WITH_CONDITIONS, "", "recorder", NOW)
    assert (decision.recommended_by, decision.decided_as) == (TEAM.person, "with_conditions")
    assert decision.criteria_version == WITH_CONDITIONS.criteria_version > 0
    assert len(apply_decision(MEMBER, decision, RECORDER).terms) == 2


@pytest.mark.parametrize(
    ("known", "changes", "reason"),
    [
        (None, {}, "RECOMMENDATION_NOT_FOUND"),
        (replace(WITH_CONDITIONS, safeguarder_id="sg-two"), {}, "RECOMMENDATION_NOT_FOUND"),
        (WITH_CONDITIONS, {"recorded_by": TEAM.person}, "RECOMMENDER_CANNOT_RECORD"),
        (WITH_CONDITIONS, {"recorded_by": SECOND.person}, "RECOMMENDER_CANNOT_RECORD"),
        (shared(), {}, "NOT_SUBMITTED"),
        (approved(), {}, "NOT_SUBMITTED"),
        (decide(WITH_CONDITIONS, a_decision(WITH_CONDITIONS), "sg-one", RECORDER)[0], {}, "ALREADY_DECIDED"),
        (WITH_CONDITIONS, {"pack_hash": "0" * 64}, "OTHER_PACK"),
        (WITH_CONDITIONS, {"pack_hash": ""}, "OTHER_PACK"),
        (submitted(kind=Kind.CONTINUING), {}, "RECOMMENDATION_DOES_NOT_FIT"),
        (WITH_CONDITIONS, {"kind": DecisionKind.APPOINTED}, "RECOMMENDATION_DOES_NOT_FIT"),
        (
            WITH_CONDITIONS,
            {"kind": DecisionKind.ENDED, "end_reason": EndReason.RESIGNED},
            "RECOMMENDATION_DOES_NOT_FIT",
        ),
        (WITH_CONDITIONS, {"decided_as": "do_not_recommend"}, "RECOMMENDATION_DOES_NOT_FIT"),
        (WITH_CONDITIONS, {"decided_as": "recommend"}, "REASONS_MISSING"),
        (submitted(), {"decided_as": "with_conditions", "reasons": "We add one."}, "CONDITIONS_MISSING"),
        (
            WITH_CONDITIONS,
            {"kind": DecisionKind.ENDED, "end_reason": EndReason.NOT_REAPPOINTED},
            "REASONS_MISSING",
        ),
    ],
)
def test_what_a_decision_is_refused_for(known: Any, changes: dict[str, Any], reason: str) -> None:
    decision = a_decision(known or WITH_CONDITIONS, **changes)
    assert refused(lambda: decide(known, decision, "sg-one", Who(decision.recorded_by))) == reason


def test_something_else_is_decided_with_reasons() -> None:
    decision = a_decision(WITH_CONDITIONS, decided_as="recommend", reasons="Both are met already.")
    known, _ = decide(WITH_CONDITIONS, decision, "sg-one", RECORDER)
    assert known.decided is not None
    assert (known.decided.outcome, known.decided.reasons) == (Outcome.RECOMMEND, "Both are met already.")
    assert list(actions_of(known, TEAM, NUMBERS)) == []


def test_conditions_become_actions_of_the_new_term_set_by_ministers_with_their_support() -> None:
    known, _ = decide(WITH_CONDITIONS, a_decision(WITH_CONDITIONS), "sg-one", RECORDER)
    ((action, support),) = actions_of(known, TEAM, NUMBERS)
    condition = known.text.conditions[0]
    assert (action.state, action.basis, action.proposed_by_person) == (ActionState.OPEN, Basis.SET, MINISTERS)
    assert (action.proposal.aim, action.proposal.measure, action.due_on) == (
        condition.words,
        condition.measure,
        TODAY + timedelta(days=300),
    )
    assert action.proposal.owner is Side.SAFEGUARDER
    assert support.offer.supported.actions == (action.action_id,)
    assert support.offer.words == condition.support
    assert [each.action_id for each, _ in actions_of(known, TEAM, NUMBERS)] == [action.action_id]
    two = replace(known, text=replace(known.text, conditions=(condition, condition)))
    begins = {
        part[:8] for each, beside in actions_of(two, TEAM, NUMBERS) for part in (each.action_id, beside.support_id)
    }
    assert len(begins | {known.recommendation_id[:8]}) == 5, "people type the beginning of an id"


def test_a_condition_that_is_decided_late_has_our_shortest_time_from_then() -> None:
    """Nobody owes on the first day what was to be done before it."""
    known, _ = decide(WITH_CONDITIONS, a_decision(WITH_CONDITIONS), "sg-one", RECORDER)
    late = replace(TEAM, now=NOW + timedelta(days=299))
    ((action, _),) = actions_of(known, late, NUMBERS)
    assert action.due_on == late.today + timedelta(days=NUMBERS.shortest_other_days)


CONTINUING: dict[str, Any] = {"kind": DecisionKind.CONTINUING, "effective_on": TODAY, "term_months": 0}


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("recommended", [Outcome.WITH_CONDITIONS, Outcome.MORE_TIME])
def test_whatever_is_decided_on_continuing_the_membership_stays_as_it_is(
    outcome: Outcome, recommended: Outcome
) -> None:
    known = submitted(kind=Kind.CONTINUING, text=a_text(Kind.CONTINUING, recommended))
    said = {} if outcome is recommended else {"decided_as": outcome, "reasons": "Ministers see it so."}
    decision = a_decision(known, **CONTINUING | said)
    if outcome is Outcome.WITH_CONDITIONS is not recommended:
        assert refused(lambda: decide(known, decision, "sg-one", RECORDER)) == "CONDITIONS_MISSING"
        return
    decided, recorded = decide(known, decision, "sg-one", RECORDER)
    assert decided.decided is not None
    assert (decided.decided.outcome, recorded.decided_as) == (outcome, outcome.value)
    assert apply_decision(MEMBER, recorded, RECORDER) == replace(MEMBER, version=MEMBER.version + 1)
    assert len(list(actions_of(decided, TEAM, NUMBERS))) == (outcome is Outcome.WITH_CONDITIONS)


def test_a_decision_on_continuing_answers_a_recommendation_on_it_about_somebody_who_serves() -> None:
    known = submitted(kind=Kind.CONTINUING)
    for other in (Kind.REAPPOINTMENT, Kind.SUSPENSION):
        decision = a_decision(submitted(kind=other), **CONTINUING)
        assert refused(lambda d=decision, o=other: decide(submitted(kind=o), d, "sg-one", RECORDER)) == (  # type: ignore[misc]
            "RECOMMENDATION_DOES_NOT_FIT"
        )
    _, recorded = decide(known, a_decision(known, **CONTINUING), "sg-one", RECORDER)
    for day in (TERM.starts_on - timedelta(days=1), TERM.ends_on + timedelta(days=1)):
        off = replace(recorded, effective_on=day)
        assert refused(lambda off=off: apply_decision(MEMBER, off, RECORDER)) == "NOT_APPOINTED"  # type: ignore[misc]
    named_by_its_concern = replace(recorded, recommendation_id="", recommendation="c1")
    assert refused(lambda: apply_decision(MEMBER, named_by_its_concern, RECORDER)) == "RECOMMENDATION_NEEDED"


@pytest.mark.parametrize("reason", [EndReason.RESIGNED, EndReason.DIED, EndReason.TERM_ENDED, EndReason.DISQUALIFIED])
def test_what_rests_on_the_law_alone_needs_nobodys_recommendation(reason: EndReason) -> None:
    last_on = MEMBER.terms[-1].ends_on if reason is EndReason.TERM_ENDED else TODAY
    ended: dict[str, Any] = {"kind": DecisionKind.ENDED, "end_reason": reason, "effective_on": last_on}
    decision = a_decision(WITH_CONDITIONS, recommendation_id="", **ended)
    assert apply_decision(MEMBER, decision, RECORDER).terms[-1].ends_on == last_on
    reappointed = a_decision(WITH_CONDITIONS, recommendation_id="")
    assert refused(lambda: apply_decision(MEMBER, reappointed, RECORDER)) == "FIELD_MISSING"
