"""What the Team owes people who complained: as evidence tells of it, and whatever becomes of the Safeguarder."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import complaint_stages_pb2 as pb
from psmf.evidence.v1 import events_pb2, evidence_pb2

from services.platform.calls.wire import to_date, to_instant
from services.scheduling.domain.duties.complaints import ComplaintFact, ComplaintLimit
from services.scheduling.domain.duties.duties import follow_facts
from services.scheduling.domain.duties.facts import PlannedTerm, remember
from services.scheduling.domain.duties.owed import owed_on
from services.scheduling.domain.identifiers import DutyId
from services.scheduling.domain.obligations.clocks import Pause, PauseReason
from services.scheduling.wire.duties import complaint_fact
from tests.scheduling.builders import POLICY
from tests.scheduling.duties.build import facts

RECEIVED, DUE = date(2026, 12, 1), date(2026, 12, 8)
TERM = PlannedTerm(1, date(2026, 1, 5), date(2026, 12, 3))
NOW = datetime(2026, 12, 2, 10, tzinfo=UTC)
Stages = pb.ComplaintStages


def a_limit(state: str = "awaited", kind: str = "answer_complaint", due: date = DUE) -> ComplaintLimit:
    return ComplaintLimit(kind, state, RECEIVED, due)


def a_complaint(*limits: ComplaintLimit, version: int = 1) -> ComplaintFact:
    return ComplaintFact("e1", version, limits, RECEIVED)


def test_the_team_owes_each_answer_and_nothing_stops_its_time() -> None:
    both = a_complaint(
        a_limit(kind="acknowledge_complaint"), a_limit(kind="investigate_complaint", due=date(2027, 1, 4))
    )
    away = (Pause("away", PauseReason.ON_LEAVE, RECEIVED, None),)
    found = owed_on(date(2026, 12, 2), facts(both, pauses=away), POLICY)
    assert [(each.kind, each.owed_by, each.about, each.due_on(DUE)) for each in found] == [
        ("acknowledge_complaint", "panel_team", "evidenceItems/e1", DUE),
        ("investigate_complaint", "panel_team", "evidenceItems/e1", date(2027, 1, 4)),
    ]
    assert not any(each.stands_still_because(DUE) for each in found)


@pytest.mark.parametrize("ended", [{"terms": (TERM,)}, {"ended_on": date(2026, 12, 3)}])
def test_who_complained_waits_also_once_the_membership_is_over(ended: dict[str, Any]) -> None:
    found = owed_on(date(2026, 12, 7), facts(a_complaint(a_limit()), **ended), POLICY)
    assert "answer_complaint" in [each.kind for each in found]


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (a_complaint(a_limit("met"), version=2), "met"),
        (a_complaint(a_limit("ended"), version=2), "ended"),
        (a_complaint(version=2), "ended"),
        (a_complaint(a_limit(due=date(2026, 12, 15)), version=2), "running"),
    ],
)
def test_a_duty_is_met_by_the_answer_moves_with_its_day_and_ends_with_the_complaint(
    after: ComplaintFact, state: str
) -> None:
    first = follow_facts((), facts(a_complaint(a_limit())), NOW, POLICY, DutyId)
    then = follow_facts(first, facts(after), NOW + timedelta(hours=1), POLICY, DutyId)
    assert [duty.state for duty in then] == [state]
    again = follow_facts(then, facts(after), NOW + timedelta(hours=2), POLICY, DutyId)
    assert again == (), "asked again, it changes nothing"


def test_what_is_over_when_it_is_first_heard_of_is_asked_of_nobody() -> None:
    assert follow_facts((), facts(a_complaint(a_limit("met"))), NOW, POLICY, DutyId) == ()
    late = a_complaint(a_limit(), version=1)
    assert remember([a_complaint(a_limit("met"), version=2)], late).version == 2


def test_a_duty_whose_answer_is_taken_back_runs_again() -> None:
    first = follow_facts((), facts(a_complaint(a_limit())), NOW, POLICY, DutyId)
    met = follow_facts(first, facts(a_complaint(a_limit("met"), version=2)), NOW + timedelta(hours=1), POLICY, DutyId)
    again = follow_facts(met, facts(a_complaint(a_limit(), version=3)), NOW + timedelta(hours=2), POLICY, DutyId)
    assert [(duty.state, duty.due_on) for duty in again] == [("running", DUE)]


def test_a_limit_of_a_later_release_is_left_out_and_one_of_a_release_before_owes_nothing() -> None:
    item = events_pb2.EvidenceFact(
        evidence_id="e1", version=3, kind=evidence_pb2.EVIDENCE_KIND_COMPLAINT, record_time=to_instant(NOW)
    )
    assert complaint_fact(item) == replace(a_complaint(version=3), since_on=date(2026, 12, 2))
    days = {"start_date": to_date(RECEIVED), "due_date": to_date(DUE), "state": Stages.LIMIT_STATE_AWAITED}
    item.complaint_limits.add(limit=Stages.LIMIT_ANSWER_COMPLAINT, **days)
    item.complaint_limits.add(limit=99, **days)  # a word of a later release
    found = complaint_fact(item)
    assert found is not None
    assert found.limits == (a_limit(),)
    item.kind = evidence_pb2.EVIDENCE_KIND_FEEDBACK
    assert complaint_fact(item) is None
