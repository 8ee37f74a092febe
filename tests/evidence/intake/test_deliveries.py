"""The same thing sent twice is recognised at every door: single call, batch and file (P15, P17)."""

from datetime import date, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.wire import to_date
from tests.answers import refused
from tests.builders import a_request_id, an_item_request, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.intake.doors import CASES, DOORS, Door, a_report, by_call, by_file, doors, state_of
from tests.evidence.steps import kept

OWN_DAYS = iter(range(15))


def a_complaint(case: str, **changes: Any) -> pb.CreateEvidenceItemRequest:
    """Return a complaint on the telephone, as a person enters it."""
    fields = {
        "kind": pb.EVIDENCE_KIND_COMPLAINT,
        "case_reference": case,
        "summary": "On the telephone.",
        "again": False,
    }
    fields |= changes
    again = bool(fields.pop("again"))
    request = an_item_request("sg-two", **fields)
    request.again = again
    return request


@doors
@pytest.mark.parametrize("first", DOORS.values(), ids=DOORS)
def test_a_report_in_two_extracts_is_one_report(evidence: Evidence, first: Door, door: Door, case: str) -> None:
    """P15: the same report stands in October's and in November's extract. Only the day it was received differs."""
    ((name, delivery),) = first(evidence, a_report(case, received=30), person="partner")
    assert delivery == pb.DELIVERY_NEW
    before = kept(evidence)["evidence_item"]
    assert door(evidence, a_report(case, received=2), person="partner") == [(name, pb.DELIVERY_HELD_ALREADY)]
    assert kept(evidence)["evidence_item"] == before


@doors
def test_a_report_twice_in_one_delivery_is_one_report(evidence: Evidence, door: Door, case: str) -> None:
    """P15: the same within one batch or one file."""
    (name, first), (again, second) = door(evidence, a_report(case), a_report(case))
    assert (name, first, second) == (again, pb.DELIVERY_NEW, pb.DELIVERY_HELD_ALREADY)


@doors
def test_a_report_with_other_content_corrects_the_first(evidence: Evidence, door: Door, case: str) -> None:
    """P15: a second delivery with another filing day takes the place of the first, which stays on file."""
    ((old, _),) = door(evidence, a_report(case, filed=37), person="partner")
    ((new, delivery),) = door(evidence, a_report(case, filed=40), person="partner")
    assert (delivery, new != old) == (pb.DELIVERY_CORRECTED, True)
    assert state_of(evidence, old).state == pb.ITEM_STATE_SUPERSEDED
    assert state_of(evidence, old).superseded_by == new
    assert state_of(evidence, new).state == pb.ITEM_STATE_CURRENT


def test_a_correction_in_the_same_file_takes_the_place_of_its_first_row(evidence: Evidence, case: str) -> None:
    """P15: three rows about one report leave one current item."""
    found = by_file(evidence, a_report(case, filed=37), a_report(case, filed=39), a_report(case, filed=39))
    assert [delivery for _, delivery in found] == [
        pb.DELIVERY_NEW, pb.DELIVERY_CORRECTED, pb.DELIVERY_HELD_ALREADY,
    ]  # fmt: skip
    assert state_of(evidence, found[0][0]).state == pb.ITEM_STATE_SUPERSEDED
    assert found[1][0] == found[2][0]


@pytest.mark.parametrize(
    "changes",
    [{"due": 41}, {"person": "sg-two"}, {"case_reference": "case-other"}, {"case_reference": ""}],
    ids=["another due date in the same delivery", "another person", "another case", "no case reference"],
)
@doors
def test_another_report_is_another_report(evidence: Evidence, door: Door, case: str, changes: dict[str, Any]) -> None:
    """P15: person, kind, case reference and due date make a report one report. A blank reference recognises nothing."""
    if changes.get("case_reference") == "case-other":
        changes = {"case_reference": f"{case}x"}
    door(evidence, a_report(case))
    ((_, delivery),) = door(evidence, a_report(case, **changes))
    assert delivery == pb.DELIVERY_NEW


def test_an_older_delivery_that_comes_late_corrects_nothing(evidence: Evidence, case: str) -> None:
    """P15: October's extract, sent after November's, does not bring back what was corrected."""
    ((new, _),) = by_file(evidence, a_report(case, filed=40, received=5))
    assert by_file(evidence, a_report(case, filed=37, received=30)) == [(new, pb.DELIVERY_HELD_ALREADY)]


def test_what_the_team_corrected_stays_corrected(evidence: Evidence, case: str) -> None:
    """P15: an extract that repeats the first record does not undo the Team's correction."""
    ((old, _),) = by_file(evidence, a_report(case, filed=37, received=30), person="partner")
    correction = pb.CorrectEvidenceItemRequest(
        name=old,
        evidence_item=a_report(case, filed=40, received=30).evidence_item,
        reason=pb.CORRECTION_REASON_ENTERED_WRONGLY,
        request_id=a_request_id(),
    )
    new = evidence.items.CorrectEvidenceItem(correction, **evidence.as_("panel-team")).name
    assert by_file(evidence, a_report(case, filed=37, received=2), person="partner") == [
        (new, pb.DELIVERY_HELD_ALREADY)
    ]


@pytest.mark.parametrize(
    "dates", [{}, {"filed": 38}, {"due": 41}], ids=["as before", "another filing day", "another day"]
)
def test_a_source_that_still_sends_the_first_case_reference_sends_the_same_report(
    evidence: Evidence, case: str, dates: dict[str, Any]
) -> None:
    """P15: the Team corrected the reference twice, and the extract knows only the first. It is no second report."""
    ((name, _),) = by_file(evidence, a_report(case, received=30), person="partner")
    for letter in "xy":
        correction = pb.CorrectEvidenceItemRequest(
            name=name,
            evidence_item=a_report(f"{case}{letter}", received=30).evidence_item,
            reason=pb.CORRECTION_REASON_ENTERED_WRONGLY,
            request_id=a_request_id(),
        )
        name = evidence.items.CorrectEvidenceItem(correction, **evidence.as_("panel-team")).name
    again = a_report(case, received=2, **dates)
    if dates:
        assert refused(lambda: by_call(evidence, again, person="partner")).reason == "ON_FILE_OTHERWISE"
    else:
        assert by_call(evidence, again, person="partner") == [(name, pb.DELIVERY_HELD_ALREADY)]


def test_what_the_team_withdrew_stays_out(evidence: Evidence, case: str) -> None:
    """P15: an extract that repeats a withdrawn record does not bring it back."""
    ((name, _),) = by_file(evidence, a_report(case, received=30), person="partner")
    withdrawal = pb.WithdrawEvidenceItemRequest(name=name, reason=pb.CORRECTION_REASON_NOT_ADMISSIBLE)
    evidence.items.WithdrawEvidenceItem(withdrawal, **evidence.as_("panel-team"))
    assert by_file(evidence, a_report(case, received=2), person="partner") == [(name, pb.DELIVERY_HELD_ALREADY)]


def test_a_blank_in_a_later_delivery_takes_no_answer_away(evidence: Evidence, case: str) -> None:
    """P15, P18: a further date was agreed. November's extract leaves it empty and corrects the filing day."""
    agreed = a_report(case, received=30, extension_answer=pb.YES_NO_YES)
    ((name, _),) = by_file(evidence, agreed)
    assert by_file(evidence, a_report(case, received=20)) == [(name, pb.DELIVERY_HELD_ALREADY)]
    ((new, delivery),) = by_file(evidence, a_report(case, filed=38, received=2))
    assert delivery == pb.DELIVERY_CORRECTED
    assert state_of(evidence, new).timeliness.extension_answer == pb.YES_NO_YES


@doors
def test_an_answer_in_a_later_delivery_fills_the_blank(evidence: Evidence, door: Door, case: str) -> None:
    """P15, P18: at every door; the Team is not asked for an answer that has come."""
    ((old, _),) = door(evidence, a_report(case, received=30))
    ((new, delivery),) = door(evidence, a_report(case, received=20, extension_answer=pb.YES_NO_NO))
    assert delivery == pb.DELIVERY_CORRECTED
    assert state_of(evidence, new).timeliness.extension_answer == pb.YES_NO_NO
    assert state_of(evidence, old).superseded_by == new


def test_only_the_team_corrects_what_somebody_else_sent(evidence: Evidence, case: str) -> None:
    """P15: a partner that holds other dates is told to ask the Team, and learns nothing else."""
    by_call(evidence, a_report(case, filed=37))
    answer = refused(lambda: by_call(evidence, a_report(case, filed=40), person="partner"))
    assert (answer.code, answer.reason) == ("ABORTED", "ON_FILE_OTHERWISE")
    assert by_call(evidence, a_report(case, filed=40))[0][1] == pb.DELIVERY_CORRECTED


def test_a_second_sender_sees_only_what_it_sent(evidence: Evidence, case: str) -> None:
    """P15: the Team's mappings and the first sender's receipt are not shown to the sender of the second delivery."""
    own = [pb.Mapping(standard="S4", indicator="S4.1", polarity=pb.POLARITY_CONCERN)]
    by_call(evidence, a_report(case, mappings=own))
    answer = evidence.items.CreateEvidenceItem(a_report(case), **evidence.as_("partner"))
    assert answer.delivery == pb.DELIVERY_HELD_ALREADY
    assert not answer.mappings
    assert not answer.receipt


def test_a_trial_says_what_would_become_of_each_row(evidence: Evidence, case: str) -> None:
    """doors D14: nothing is kept but that it was tried."""
    known = a_report(case, received=30)
    by_file(evidence, known)
    rows = [known, a_report(case, received=2), a_report(case, filed=39, received=2), a_report(f"{case}y")]
    part = pb.ImportEvidenceItemsRequest(
        rows=[pb.ImportRow(row=number, request=request) for number, request in enumerate(rows, 1)], validate_only=True
    )
    before = kept(evidence)
    answer = evidence.items.ImportEvidenceItems(iter([part]), **evidence.as_("panel-team"))
    assert [row.delivery for row in answer.results] == [
        pb.DELIVERY_RECORDED_BEFORE, pb.DELIVERY_HELD_ALREADY, pb.DELIVERY_CORRECTED, pb.DELIVERY_NEW,
    ]  # fmt: skip
    assert kept(evidence) == before


def test_a_complaint_entered_twice_is_refused_with_the_item_on_file(evidence: Evidence, case: str) -> None:
    """P17: the same kind, source and day. The person may say that it is another one."""
    day = to_date(days_ago(100 + int(case[-4:])))
    first = a_complaint("", happened_date=day)
    ((name, _),) = by_call(evidence, first)
    answer = refused(lambda: by_call(evidence, a_complaint("", happened_date=day)))
    assert (answer.code, answer.reason) == ("ABORTED", "SAME_DAY_ON_FILE")
    assert answer.metadata["on_file"] == name
    ((other, delivery),) = by_call(evidence, a_complaint("", happened_date=day, again=True))
    assert (delivery, other != name) == (pb.DELIVERY_NEW, True)
    assert by_call(evidence, first) == [(name, pb.DELIVERY_NEW)], "the same request is answered as it was"


@pytest.fixture
def nobody_complained() -> date:
    """Return a day on which no other test has an item, and neither has the day before it."""
    return days_ago(61 + 2 * next(OWN_DAYS))


@pytest.mark.parametrize(
    "change",
    [
        {"source": pb.EVIDENCE_SOURCE_SHERIFF},
        {"kind": pb.EVIDENCE_KIND_FEEDBACK, "summary": "On the telephone, and friendly."},
        {"happened_date": "before"},
    ],
)
def test_another_kind_source_or_day_is_not_refused(
    evidence: Evidence, nobody_complained: date, change: dict[str, Any]
) -> None:
    """P17: only the same kind, source and day. Nobody has said that it is another one."""
    same = {"happened_date": to_date(nobody_complained)}
    if change == {"happened_date": "before"}:
        change = {"happened_date": to_date(nobody_complained - timedelta(days=1))}
    ((first, _),) = by_call(evidence, a_complaint("", **same))
    ((other, delivery),) = by_call(evidence, a_complaint("", **same | change))
    assert (delivery, other != first) == (pb.DELIVERY_NEW, True)
    answer = refused(lambda: by_call(evidence, a_complaint("", **same)))
    assert (answer.reason, answer.metadata["on_file"]) == ("SAME_DAY_ON_FILE", first)


def test_a_complaint_about_another_case_is_not_refused(evidence: Evidence, nobody_complained: date) -> None:
    """P17: on the same day. Without a case it may be about either of them."""
    same = {"happened_date": to_date(nobody_complained)}
    ((first, _),) = by_call(evidence, a_complaint(next(CASES), **same))
    ((other, delivery),) = by_call(evidence, a_complaint(next(CASES), **same))
    assert (delivery, other != first) == (pb.DELIVERY_NEW, True)
    assert refused(lambda: by_call(evidence, a_complaint("", **same))).reason == "SAME_DAY_ON_FILE"


def test_the_report_that_an_item_is_about_is_published_without_its_case(evidence: Evidence, case: str) -> None:
    """P16: rules learn that two items are about one report, and not which case it is."""
    query = "SELECT data FROM outbox WHERE type LIKE '%EvidenceItemRecorded' ORDER BY position DESC LIMIT 1"

    def newest() -> Any:
        ((data,),) = read_rows(evidence.file, query)
        assert case.encode() not in data
        return events_pb2.EvidenceItemRecorded.FromString(data).fact

    review: dict[str, Any] = {
        "kind": pb.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW,
        "timeliness": None,
        "source": pb.EVIDENCE_SOURCE_PANEL_TEAM,
    }
    ids = []
    for rating in (pb.LINE_RATING_AT, pb.LINE_RATING_ABOVE):
        by_call(evidence, a_report(case, **review, report_review=pb.ReportReview(form=rating)))
        ids.append(newest().judged_id)
    assert ids[0] == ids[1] != ""
    by_call(evidence, a_report("", **review, report_review=pb.ReportReview(form=pb.LINE_RATING_AT)))
    assert newest().judged_id == ""
