"""A report whose due date alone is corrected stays one report (P15).

The due date tells the reports of a case apart, so a wrong one makes another report of it. A later extract that differs
in nothing else says that it was wrong.
"""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from psmf.evidence.v1 import evidence_pb2 as pb

from services.evidence.domain.deliveries import Delivery, find
from services.evidence.domain.evidence_item import CorrectionReason, EvidenceItem, ItemState
from services.evidence.domain.life_of_an_item import supersede, withdraw
from tests.answers import refused
from tests.evidence.conftest import Evidence
from tests.evidence.domain.test_deliveries import NOW, a_report, deliver, on_file
from tests.evidence.intake import doors
from tests.evidence.intake.doors import Door, by_call, by_file, state_of


def filed(due: int, received: int, filed_on: int = 5) -> Any:
    """Return a report that was filed on a day, with a due date. Days are counted from 1 September 2026."""
    return a_report(due=due, late=filed_on - due, received=received)


def current(file: list[EvidenceItem]) -> list[EvidenceItem]:
    return [item for item in file if item.state is ItemState.CURRENT]


@given(st.permutations([(day, 10 + day) for day in range(5)]))
def test_whatever_order_the_extracts_come_in_the_newest_due_date_stands(sent: list[tuple[int, int]]) -> None:
    """P15: five extracts give the report five due dates."""
    file: list[EvidenceItem] = []
    for due, received in sent:
        deliver(file, filed(due, received), "partner")
        assert deliver(file, filed(due, received), "partner") is Delivery.HELD_ALREADY, "sent again at once"
    (item,) = current(file)
    assert item.content == filed(4, 14)


def test_the_first_due_date_sent_again_later_corrects_the_second() -> None:
    """P15: the sender takes its correction back. It stays one report."""
    file: list[EvidenceItem] = []
    said = [deliver(file, filed(due, received), "partner") for due, received in ((1, 10), (2, 11), (1, 12))]
    assert said == [Delivery.NEW, Delivery.CORRECTED, Delivery.CORRECTED]
    assert [item.content for item in current(file)] == [filed(1, 12)]


def test_what_was_corrected_by_somebody_else_stays_corrected() -> None:
    """P15: the Team corrected the due date. An extract that repeats the first record finds the corrected one."""
    team = on_file(filed(2, 10), "two", "panel-team")
    file = [supersede(on_file(filed(1, 10)), team.evidence_id, CorrectionReason.ENTERED_WRONGLY, NOW), team]
    assert find(filed(1, 12), "partner", file) == (Delivery.HELD_ALREADY, team)


def test_two_reports_that_one_extract_has_are_two() -> None:
    """P15: both were filed on one day. An extract has each report once, so the other due date is no correction."""
    first = on_file(filed(1, 10))
    assert find(filed(2, 10), "partner", [first]).delivery is Delivery.NEW
    others = {day.content.timeliness.due_on for day in [first] if day.content.timeliness}
    assert find(filed(2, 12), "partner", [first], others).delivery is Delivery.NEW
    assert find(filed(2, 12), "partner", [first]).delivery is Delivery.CORRECTED


def test_another_day_of_filing_or_a_withdrawn_record_is_not_corrected() -> None:
    """P15: then nothing says that it is the same report."""
    assert find(filed(2, 12, 6), "partner", [on_file(filed(1, 10))]).delivery is Delivery.NEW
    gone = withdraw(on_file(filed(1, 10)), CorrectionReason.NOT_ADMISSIBLE, NOW)
    assert find(filed(2, 12), "partner", [gone]).delivery is Delivery.NEW


@doors.doors
def test_a_later_delivery_with_another_due_date_corrects_the_first(evidence: Evidence, door: Door, case: str) -> None:
    """P15: at every door, and the first stays on file."""
    ((old, _),) = door(evidence, doors.a_report(case, due=40, received=30), person="partner")
    ((new, delivery),) = door(evidence, doors.a_report(case, due=45, received=2), person="partner")
    assert delivery == pb.DELIVERY_CORRECTED
    assert (state_of(evidence, old).state, state_of(evidence, old).superseded_by) == (pb.ITEM_STATE_SUPERSEDED, new)
    assert state_of(evidence, new).state == pb.ITEM_STATE_CURRENT
    assert door(evidence, doors.a_report(case, due=40, received=29), person="partner") == [
        (new, pb.DELIVERY_HELD_ALREADY)
    ], "October's extract, sent after November's"


def test_an_extract_that_still_has_the_first_report_brings_another(evidence: Evidence, case: str) -> None:
    """P15: in whatever order its rows stand."""
    ((first, _),) = by_file(evidence, doors.a_report(case, due=40, received=30))
    rows = [doors.a_report(case, due=due, received=2) for due in (45, 40)]
    (other, delivery), again = by_file(evidence, *rows)
    assert (delivery, other != first, again) == (pb.DELIVERY_NEW, True, (first, pb.DELIVERY_HELD_ALREADY))


def test_only_the_team_corrects_the_due_date_that_somebody_else_sent(evidence: Evidence, case: str) -> None:
    """P15: as with any other content of a report."""
    by_call(evidence, doors.a_report(case, due=40, received=30))
    answer = refused(lambda: by_call(evidence, doors.a_report(case, due=45, received=2), person="partner"))
    assert answer.reason == "ON_FILE_OTHERWISE"


def test_the_filing_day_is_corrected_after_the_due_date(evidence: Evidence, case: str) -> None:
    """P15: three extracts, one report. The third is recognised by the due date of the second."""
    made = [
        by_file(evidence, doors.a_report(case, due=due, filed=filed, received=received))[0]
        for due, filed, received in ((40, 37, 30), (45, 37, 20), (45, 38, 2))
    ]
    assert [delivery for _, delivery in made] == [pb.DELIVERY_NEW, pb.DELIVERY_CORRECTED, pb.DELIVERY_CORRECTED]
    assert [state_of(evidence, name).state for name, _ in made] == [
        pb.ITEM_STATE_SUPERSEDED, pb.ITEM_STATE_SUPERSEDED, pb.ITEM_STATE_CURRENT,
    ]  # fmt: skip
