"""A safety item counts at once in the lane of safety, and in every other lane only after its reply or lapse (B4, R39).

Kind closed: an exception that was made for one lane held in all of them, so a person read of a concern that counted
items which nobody had shared with them.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.rules.adapters.store.items import item_body, read_item
from services.rules.domain.closed_lists import (
    Answer,
    ComplaintOutcome,
    EvidenceClass,
    Kind,
    Lane,
    NotCounted,
    Polarity,
    Source,
)
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.evaluation.decision_record import decision_record, recorded_inputs
from services.rules.domain.evaluation.evaluate import evaluate
from services.rules.domain.evidence.countability import with_reply_first
from services.rules.domain.evidence.matching import Evidence
from services.rules.domain.facts import CaseFile, EvidenceFact
from services.rules.domain.forecasts.over_time import PersonForecast
from services.rules.domain.forecasts.plan import ForecastScope, Span
from tests.rules.builders import PERSON, TODAY, a_case_file, an_item, answered, evaluated, shipped

HAPPENED = date(2026, 10, 12)
LAPSED = TODAY + timedelta(days=5)
UNSHARED: dict[str, Any] = {"shared_on": None, "adverse_from": None}
NEAR_THE_END = replace(PERSON, term_ends_on=TODAY + timedelta(days=60))
LANES = {
    Lane.SAFETY: ("confidentiality", ""),
    Lane.SUPPORT_NEED: ("same-theme-two-sources", "S5.1"),
    Lane.REAPPOINTMENT_RISK: ("reappointment-open-items", ""),
}


def a_leak(name: str, **changes: Any) -> EvidenceFact:
    """Return a safety item on confidentiality as rules read it: not shared, unless said otherwise."""
    fields: dict[str, Any] = {"speaks": "S5.1", "evidence_class": EvidenceClass.SAFETY, "source": Source.SHERIFF}
    return an_item(name, HAPPENED, **fields | UNSHARED | changes)


def two_leaks(**changes: Any) -> CaseFile:
    """Return a person near the end of a term, with two safety items from two bodies."""
    other = a_leak("two", source=Source.LOCAL_AUTHORITY, **changes)
    return a_case_file(a_leak("one", **changes), other, person=NEAR_THE_END)


@pytest.mark.parametrize("lane", LANES)
def test_what_is_not_shared_counts_in_the_lane_of_safety_alone(lane: Lane) -> None:
    """P8, P9. Turned round: once the time to reply is over, it counts in every lane."""
    rule, subject = LANES[lane]
    at_once = lane is Lane.SAFETY
    for changes in (UNSHARED, {"shared_on": TODAY, "adverse_from": LAPSED, "reply_due_on": LAPSED}):
        waiting = answered(evaluated(two_leaks(**changes)), rule, subject)
        assert waiting.lane is lane
        assert waiting.answer is (Answer.RAISED if at_once else Answer.CLEAR), changes
    lapsed = answered(evaluated(two_leaks(shared_on=HAPPENED, adverse_from=TODAY)), rule, subject)
    assert lapsed.answer is Answer.RAISED
    said = ["safety: counted at once" in item.text for item in lapsed.explanation.counted]
    assert said == [at_once, at_once], "it waited like anything else"


def test_an_item_that_waits_is_shown_as_such_in_the_other_lanes() -> None:
    rule, subject = LANES[Lane.SUPPORT_NEED]
    told = a_leak("three", shared_on=TODAY, adverse_from=LAPSED, reply_due_on=LAPSED)
    answer = answered(evaluated(a_case_file(*two_leaks().evidence, told)), rule, subject)
    reasons = {item.evidence_id: item.reason for item in answer.explanation.not_counted}
    assert reasons == dict.fromkeys(("one", "two"), NotCounted.NOT_SHARED) | {"three": NotCounted.IN_REPLY_TIME}
    assert answered(evaluated(two_leaks()), "confidentiality").explanation.not_counted == ()


def test_a_matter_of_safety_counts_elsewhere_by_the_items_that_had_their_reply() -> None:
    """P15: reappointment counts open matters, and it shows only what the person can see."""
    told = a_leak("two", source=Source.LOCAL_AUTHORITY, shared_on=HAPPENED, adverse_from=TODAY)
    case_file = a_case_file(a_leak("one"), told, person=NEAR_THE_END)
    answer = answered(evaluated(case_file), "reappointment-open-items")
    assert answer.answer is Answer.RAISED
    assert [item.evidence_id for item in answer.explanation.counted] == ["two"]
    matter = answered(evaluated(case_file), "confidentiality")
    assert [item.evidence_id for item in matter.explanation.counted] == ["one", "two"]


def test_a_complaint_of_safety_that_is_considered_counts_nowhere_else() -> None:
    pending: dict[str, Any] = {"kind": Kind.COMPLAINT, "complaint_outcome": ComplaintOutcome.PENDING}
    shared = {name: replace(a_leak(name, **pending), shared_on=HAPPENED) for name in ("one", "two")}
    facts = [with_reply_first(replace(fact, adverse_from=HAPPENED)) for fact in shared.values()]
    evaluation = evaluated(a_case_file(*facts))
    assert answered(evaluation, "confidentiality").answer is Answer.RAISED
    elsewhere = answered(evaluation, "same-theme-two-sources", "S5.1").explanation.not_counted
    assert {item.reason for item in elsewhere} == {NotCounted.COMPLAINT_PENDING}


@pytest.mark.parametrize("polarity", list(Polarity))
def test_what_is_not_shared_shows_no_evidence_elsewhere_if_it_speaks_against_them(polarity: Polarity) -> None:
    """What speaks for them, or only shows that there is evidence, counts as soon as it is received."""
    evidence = Evidence((a_leak("one", polarity=polarity),), TODAY, shipped())
    found = evidence.match("items_on_standard", "S5", shipped().in_force(TODAY))
    assert len(found.counted) == (polarity is not Polarity.CONCERN)
    assert len(evidence.praise) == (polarity is Polarity.PRAISE)


@pytest.mark.parametrize("lane", list(Lane))
def test_a_move_counts_it_in_the_lane_of_safety_alone(lane: Lane) -> None:
    """The guards of more than one item and of new evidence ask this."""
    assert MoveContext(TODAY, "senior").counts(a_leak("one"), lane) is (lane is Lane.SAFETY)
    assert MoveContext(LAPSED, "senior").counts(a_leak("one", shared_on=TODAY, adverse_from=LAPSED), lane)


def test_a_forecast_counts_it_in_each_lane_from_its_day() -> None:
    told = two_leaks(shared_on=HAPPENED, adverse_from=TODAY, reply_due_on=TODAY - timedelta(days=1))
    span = Span(TODAY - timedelta(days=8), TODAY + timedelta(days=8))
    spells = PersonForecast(ForecastScope(shipped()), told, span).spells
    began = {key.rule_id: found[0].began_on for key, found in spells.items() if key.subject in ("", "S5.1")}
    assert began["confidentiality"] == TODAY - timedelta(days=8)
    assert (began["same-theme-two-sources"], began["reappointment-open-items"]) == (TODAY, TODAY)


@pytest.mark.parametrize(
    ("changes", "adverse_from"),
    [
        (UNSHARED, None),
        ({"shared_on": TODAY, "reply_due_on": None}, None),
        ({"shared_on": TODAY, "reply_due_on": LAPSED}, LAPSED + timedelta(days=1)),
        ({"shared_on": TODAY, "reply_due_on": LAPSED, "replied_on": TODAY}, TODAY),
        ({"shared_on": TODAY, "reply_due_on": LAPSED, "replied_on": LAPSED + timedelta(days=3)}, LAPSED + timedelta(1)),
    ],
)
def test_the_store_keeps_the_day_of_the_release_before(changes: dict[str, Any], adverse_from: date | None) -> None:
    """That release would hold a matter of safety back by any later day. What is read has the day for other lanes."""
    body = item_body(a_leak("one", **changes | {"adverse_from": HAPPENED}))
    assert f'"adverse_from":"{HAPPENED}"' in body
    assert read_item(body).adverse_from == adverse_from
    assert read_item(item_body(an_item("one", adverse_from=TODAY))).adverse_from == TODAY


def test_a_decision_of_the_release_before_replays_byte_for_byte() -> None:
    """It holds the day of receipt by value, with which the item counted in every lane."""
    case_file = two_leaks(adverse_from=HAPPENED)
    then = evaluate(shipped(), case_file, TODAY, case_file.known_by(case_file.evidence[0].recorded_at))
    assert answered(then, "same-theme-two-sources", "S5.1").answer is Answer.RAISED
    kept = decision_record(then, [a.answers for a in then.answered], {}).content
    inputs = recorded_inputs(kept)
    again = evaluate(shipped(), inputs.case_file, inputs.as_of, inputs.as_known_at)
    assert decision_record(again, [a.answers for a in again.answered], {}).content == kept
