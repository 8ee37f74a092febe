"""Every concern of the demo names the smallest change that clears it, and that change clears it (B1)."""

import pytest
from psmf.rules.v1 import rules_pb2

from services.demo.telling.wire import PANEL_TEAM
from tests.suite import LoadedSuite

pytestmark = pytest.mark.journey


def concerns(told: LoadedSuite) -> list[rules_pb2.Concern]:
    request = rules_pb2.ListConcernsRequest(parent="safeguarders/-", page_size=500)
    return list(told.demo.client.pages(PANEL_TEAM, told.demo.client.concerns.ListConcerns, request, "concerns"))


def answer(told: LoadedSuite, concern: rules_pb2.Concern, **changes: object) -> int:
    request = rules_pb2.EvaluateSafeguarderRequest(name="/".join(concern.name.split("/")[:2]), **changes)  # type: ignore[arg-type]
    evaluation = told.demo.client.call(PANEL_TEAM, told.demo.client.concerns.EvaluateSafeguarder, request)
    assert evaluation.engines_agree
    found = [a.answer for a in evaluation.answers if (a.rule, a.subject) == (concern.rule, concern.subject)]
    return found[0] if found else rules_pb2.ANSWER_CLEAR


def test_every_lane_is_raised_somewhere_in_the_demo(told: LoadedSuite) -> None:
    assert {concern.lane for concern in concerns(told)} == set(rules_pb2.Lane.values()) - {0}


def test_what_clears_if_names_clears_every_concern(told: LoadedSuite) -> None:
    for concern in concerns(told):
        assert answer(told, concern) == rules_pb2.ANSWER_RAISED, concern.name
        change = concern.explanation.clears_if
        assert change.text
        assert change.remove or change.add, (concern.rule, concern.subject)
        after = answer(told, concern, without_evidence=change.remove, with_items=change.add)
        assert after != rules_pb2.ANSWER_RAISED, (concern.rule, concern.subject, change.text)


def test_every_concern_says_what_counted_what_did_not_and_where_the_rule_rests(told: LoadedSuite) -> None:
    for concern in concerns(told):
        why = concern.explanation
        assert why.because
        assert why.source
        assert why.comparisons
        assert concern.lane == rules_pb2.LANE_DATA_GAP or why.counted, concern.rule
        assert all(item.reason and item.text for item in why.not_counted)


def test_evidence_that_is_kept_from_counting_is_shown_with_its_reason(told: LoadedSuite) -> None:
    reasons = {item.reason for concern in concerns(told) for item in concern.explanation.not_counted}
    assert reasons, "the demo's stories hold evidence that does not count"
