"""Which kinds of evidence a Safeguarder records about themselves (P19, R62)."""

from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import evidence_pb2 as pb

from services.evidence.adapters.senders import own_kinds, read_bodies, read_own_kinds
from services.evidence.domain.evidence_item import DERIVED, Kind
from services.platform.calls.wire import to_date
from services.platform.data_file import DataFileError
from tests.answers import refused
from tests.builders import an_item_request, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.senders.test_what_a_partner_may_say import KINDS, word
from tests.evidence.steps import appoint, record, refused_without_trace

OF_OTHERS = {Kind.REPORT_SAMPLE_REVIEW, Kind.SCRA_TIMELINESS, Kind.TRAINING_ASSESSMENT, Kind.OBSERVATION, *DERIVED}
"""What the Team reads or sees, SCRA measures, a provider of training assesses, and the service makes."""
OWN = {"source": pb.EVIDENCE_SOURCE_SELF, "mappings": None}


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


@pytest.mark.parametrize("kind", list(pb.EvidenceKind.values())[1:])
def test_a_safeguarder_records_no_kind_that_others_read_or_measure(evidence: Evidence, kind: Any) -> None:
    """P19: over every kind. A report review of their own would count in KPI 6 as a report seen."""
    name = Kind(word(pb.EvidenceKind, kind))
    assert (name in own_kinds()) is (name not in OF_OTHERS)
    request = an_item_request("sg-one", kind=kind, **OWN, **KINDS.get(kind, {}))
    if name in own_kinds():
        assert evidence.items.CreateEvidenceItem(request, **evidence.as_("person-one")).state == pb.ITEM_STATE_CURRENT
        return
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request, "person-one")
    assert (answer.code, answer.reason, answer.field) == (
        "INVALID_ARGUMENT", "KIND_NOT_OF_SENDER", "evidence_item.kind",
    )  # fmt: skip
    assert answer.metadata["allowed"] == "commendation, complaint, feedback, self_assessment"


def test_what_scra_says_of_a_report_is_taken_whatever_the_safeguarder_said_before(evidence: Evidence) -> None:
    """P19: else the first to send the times of a report would stand in the way of the record that counts."""
    report: dict[str, Any] = {
        "kind": pb.EVIDENCE_KIND_SCRA_TIMELINESS,
        "case_reference": "case-dd44ee55",
        "mappings": None,
    }
    said = pb.Timeliness(due_date=to_date(days_ago(30)), filed_date=to_date(days_ago(31)))
    measured = pb.Timeliness(due_date=to_date(days_ago(30)), filed_date=to_date(days_ago(25)))
    own = an_item_request("sg-one", **report | OWN, timeliness=said)
    refused(lambda: evidence.items.CreateEvidenceItem(own, **evidence.as_("person-one")))
    sent = record(evidence, person="partner", **report, source=pb.EVIDENCE_SOURCE_SCRA, timeliness=measured)
    assert sent.timeliness.filed_date == measured.filed_date


ENTRY = "safeguarder:\n  means: Themselves.\n  kinds: [self_assessment]\n"


def test_the_entry_of_the_safeguarder_is_no_body(tmp_path: Path) -> None:
    """P19: no system can be entered for it, so no system speaks as a Safeguarder."""
    file = tmp_path / "senders.yaml"
    file.write_text(ENTRY)
    assert read_own_kinds(file) == {Kind.SELF_ASSESSMENT}
    assert read_bodies(file) == {}


FAULTS = {
    "no entry": ("courts:\n  means: Courts.\n  sources: [sheriff]\n  kinds: [feedback]\n", 1, "safeguarder"),
    "the Team's kind": (ENTRY.replace("self_assessment", "report_sample_review"), 3, "not in the list"),
    "what the service makes": (ENTRY.replace("self_assessment", "action_outcome"), 3, "not in the list"),
    "another source": (ENTRY + "  sources: [child]\n", 4, "sources"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_in_the_entry_is_named_with_its_line(tmp_path: Path, what: str) -> None:
    """P19: a file with a fault stops the start."""
    text, line, said = FAULTS[what]
    file = tmp_path / "senders.yaml"
    file.write_text(text)
    with pytest.raises(DataFileError) as caught:
        read_own_kinds(file)
    assert str(caught.value).startswith(f"senders.yaml:{line}: ")
    assert said in str(caught.value)
