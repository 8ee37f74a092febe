"""What the Team read in a report stays when a later delivery corrects its dates (P15, P19).

A partner gives no mappings. A correction without them would take a late report out of every count, and nobody is asked
to map it again. The body that sent the report still speaks in it, also when the Team corrects it.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import evidence_pb2 as pb

from services.evidence.domain.deliveries import as_read_before
from services.evidence.domain.evidence_item import EvidenceClass, Mapping, Polarity
from tests.builders import a_mapping
from tests.evidence.conftest import Evidence
from tests.evidence.domain.test_deliveries import a_report, reports
from tests.evidence.intake import doors
from tests.evidence.intake.doors import Door, by_call, by_file, state_of

READ = (Mapping("S4", "S4.1", Polarity.CONCERN),)
OTHER = (Mapping("S4", "S4.2", Polarity.NEUTRAL),)


def mapped(evidence: Evidence, case: str, **changes: Any) -> str:
    """Have a partner send a report, and the Team map it. Return its name."""
    ((name, _),) = by_file(evidence, doors.a_report(case, received=30, **changes), person="partner")
    request = pb.MapEvidenceItemRequest(name=name, mappings=[a_mapping("S4.1")])
    evidence.items.MapEvidenceItem(request, **evidence.as_("panel-team"))
    return name


def indicators(item: Any) -> list[str]:
    return [mapping.indicator for mapping in item.mappings]


@doors.doors
@pytest.mark.parametrize("person", ["partner", "panel-team"])
def test_a_correction_keeps_the_mappings_and_the_body(evidence: Evidence, door: Door, person: str, case: str) -> None:
    """P15, P19: the report is still late, so it counts as it did. It stays the voice of the body that sent it."""
    mapped(evidence, case)
    ((name, delivery),) = door(evidence, doors.a_report(case, filed=36, received=2), person=person)
    assert delivery == pb.DELIVERY_CORRECTED
    new = state_of(evidence, name)
    assert (indicators(new), new.sender_body) == (["S4.1"], "scra")


def test_a_partner_is_not_told_what_the_team_read(evidence: Evidence, case: str) -> None:
    """P15: the answer to a correction holds what was sent, and the receipt."""
    old = mapped(evidence, case)
    evidence.items.ShareEvidenceItem(pb.ShareEvidenceItemRequest(name=old), **evidence.as_("panel-team"))
    request = doors.a_report(case, filed=36, received=2)
    answer = evidence.items.CreateEvidenceItem(request, **evidence.as_("partner"))
    assert answer.delivery == pb.DELIVERY_CORRECTED
    assert answer.receipt
    assert not answer.mappings
    assert not answer.HasField("shared_date")
    assert state_of(evidence, answer.name).HasField("shared_date"), "its time to reply began again"


def test_a_report_that_is_no_longer_late_is_read_again(evidence: Evidence, case: str) -> None:
    """P15: a concern about its dates would rest on nothing."""
    changes: list[dict[str, Any]] = [{"filed": 40}, {"extension_answer": pb.YES_NO_YES}]
    for number, change in enumerate(changes):
        mapped(evidence, f"{case}{number}")
        ((name, _),) = by_call(evidence, doors.a_report(f"{case}{number}", received=2, **change), person="partner")
        assert indicators(state_of(evidence, name)) == []


@given(reports, reports, st.sampled_from(["given", "nothing"]))
def test_what_is_given_holds_and_what_was_late_and_is_not_is_read_again(old: Any, new: Any, given: str) -> None:
    """P15: for any dates before and after. A class that is not given stays as the Team set it."""
    old = old._replace(mappings=READ, evidence_class=EvidenceClass.EXPLORATORY)
    new = new._replace(mappings=OTHER if given == "given" else ())
    kept = as_read_before(new, old)
    late = [times.filed_on > times.due_on and not times.extension_agreed for times in (old.timeliness, new.timeliness)]
    again = late == [True, False]
    assert kept.mappings == (OTHER if given == "given" else () if again else READ)
    assert kept.evidence_class is EvidenceClass.EXPLORATORY
    assert as_read_before(a_report(), a_report()) == a_report()
