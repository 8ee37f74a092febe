"""Every decision of Ministers stays on file with its legal basis, who recommended it and who recorded it (R2, R86)."""

import json

from psmf.evidence.v1 import safeguarder_pb2 as pb

from tests.builders import BASIS, an_applicant, an_appointment, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence


def test_an_appointment_and_an_end_are_both_on_file(evidence: Evidence) -> None:
    evidence.people.CreateSafeguarder(an_applicant("sg-decided"), **evidence.as_("panel-team"))
    evidence.people.RecordMinisterialDecision(an_appointment("sg-decided"), **evidence.as_("recorder"))
    end = an_appointment(
        "sg-decided",
        on=days_ago(1),
        kind=pb.RecordMinisterialDecisionRequest.KIND_ENDED,
        end_reason=pb.END_REASON_RESIGNED,
    )
    evidence.people.RecordMinisterialDecision(end, **evidence.as_("recorder"))
    query = "SELECT body FROM ministerial_decision WHERE safeguarder_id = 'sg-decided' ORDER BY version"
    decisions = [json.loads(body) for (body,) in read_rows(evidence.file, query)]
    assert [decision["kind"] for decision in decisions] == ["appointed", "ended"]
    assert decisions[1]["end_reason"] == "resigned"
    assert decisions[1]["effective_on"] == days_ago(1).isoformat()
    for decision in decisions:
        assert decision["recommended_by"] == "panel-team"
        assert decision["recorded_by"] == "recorder"
        assert decision["legal_basis"]["instrument"] == BASIS.instrument
