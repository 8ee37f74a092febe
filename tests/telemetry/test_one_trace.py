"""One trace links feedback, evaluation, concern and alert. The trace of the acknowledgement links back to it."""

import pytest

from tests.telemetry.collector import Span
from tests.telemetry.conftest import Observed
from tests.waiting import until

pytestmark = pytest.mark.journey

FROM_INTAKE_TO_ALERT = {
    "psmf evidence": ("psmf-cli", ""),
    "call evidence.search_safeguarders": ("psmf-cli", "psmf evidence"),
    "evidence.search_safeguarders": ("psmf-evidence", "call evidence.search_safeguarders"),
    "call evidence.create_evidence_item": ("psmf-cli", "psmf evidence"),
    "evidence.create_evidence_item": ("psmf-evidence", "call evidence.create_evidence_item"),
    "rules.evidence_item_recorded": ("psmf-rules", "evidence.create_evidence_item"),
    "scheduling.evidence_item_recorded": ("psmf-scheduling", "evidence.create_evidence_item"),
    "notifications.evidence_item_recorded": ("psmf-notifications", "evidence.create_evidence_item"),
    "rules.evaluate": ("psmf-rules", "rules.evidence_item_recorded"),
    "rules.ask_engine": ("psmf-rules", "rules.evidence_item_recorded"),
    "rules.assess_practice": ("psmf-rules", "rules.evidence_item_recorded"),
    "notifications.concern_raised": ("psmf-notifications", "rules.assess_practice"),
    "scheduling.concern_raised": ("psmf-scheduling", "rules.assess_practice"),
    "evidence.concern_raised": ("psmf-evidence", "rules.assess_practice"),
    "evidence.support_session_changed": ("psmf-evidence", "scheduling.concern_raised"),
}
"""Each span with its service and the span that caused it."""


def trace_of(spans: list[Span], name: str) -> list[Span]:
    """Return the whole trace that has a span of that name."""
    trace_id = next((span.trace_id for span in spans if span.name == name), b"")
    return [span for span in spans if span.trace_id == trace_id]


def test_one_trace_leads_from_feedback_to_evaluation_concern_and_alert(observed: Observed) -> None:
    def whole() -> list[Span]:
        found = trace_of(observed.collector.spans(), "evidence.create_evidence_item")
        return found if {span.name for span in found} >= FROM_INTAKE_TO_ALERT.keys() else []

    spans = until(whole, 20)
    names = {span.span_id: span.name for span in spans}
    seen = {span.name: (span.service, names.get(span.parent_id, "")) for span in spans}
    assert seen == FROM_INTAKE_TO_ALERT
    assert not any(span.failed for span in spans)


def test_the_acknowledgement_is_linked_to_the_alert_it_answers(observed: Observed) -> None:
    def acknowledged() -> list[Span]:
        return trace_of(observed.collector.spans(), "notifications.acknowledge_alert")

    spans = {span.name: span for span in until(acknowledged, 20)}
    assert {"psmf alert", "call notifications.acknowledge_alert"} <= spans.keys()
    from_intake = trace_of(observed.collector.spans(), "evidence.create_evidence_item")
    alerts = {(span.trace_id, span.span_id) for span in from_intake if span.name == "notifications.concern_raised"}
    (link,) = spans["notifications.acknowledge_alert"].links
    assert link in alerts


def test_a_call_says_what_it_was_answered_with(observed: Observed) -> None:
    def taken_in() -> list[Span]:
        return [span for span in observed.collector.spans() if span.name == "evidence.create_evidence_item"]

    for span in until(taken_in, 20):
        assert span.attributes == {
            "rpc.system.name": "grpc",
            "rpc.method": "psmf.evidence.v1.EvidenceService/CreateEvidenceItem",
            "rpc.response.status_code": "OK",
        }
