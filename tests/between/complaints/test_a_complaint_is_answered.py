"""A complaint in all services: it waits for the Team, who are asked in time, and the Safeguarder sees none of that.

The kind that this closes: an answer that is owed and that nobody is asked for, or twice.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import complaint_stages_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.overlays.suspending import SAFEGUARDER
from tests.between.reviews.request import MANAGER, PERSON, TEAM
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id, an_item_request
from tests.databases import KINDS

Stages, Duty = pb.ComplaintStages, duties.Duty


def move(running: Together, item: Any, step: Any, person: str = TEAM, **fields: Any) -> items.EvidenceItem:
    fields.setdefault("request_id", a_request_id())
    request = pb.MoveComplaintStageRequest(name=item.name, step=step, **fields)
    answer: items.EvidenceItem = running.evidence.MoveComplaintStage(request, **running.as_(person))
    running.settle()
    return answer


def owed(running: Together, person: str = TEAM) -> dict[str, date | None]:
    found = running.duties.ListDuties(duties.ListDutiesRequest(parent=SAFEGUARDER), **running.as_(person)).duties
    complaints = [duty for duty in found if "/evidenceItems/" in duty.about]
    return {Duty.Kind.Name(duty.kind)[5:]: from_date(duty, "due_date") for duty in complaints}


def told(running: Together) -> set[str]:
    request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=500)
    found = running.notifications.ListNotifications(request, **running.as_(TEAM)).notifications
    return {one.recipient for one in found if one.subject == messages.Notification.SUBJECT_COMPLAINT_DUE}


def days_pass(running: Together, until: date) -> None:
    while running.today < until:
        running.clock.instant += timedelta(days=1)
        running.settle()


@pytest.mark.parametrize(
    "database_kind", [KINDS[0], pytest.param(KINDS[1], marks=pytest.mark.long)], indirect=["database_kind"]
)
def test_a_complaint_waits_for_the_team_until_it_is_answered(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    neutral = [a_mapping("S2.1", items.POLARITY_NEUTRAL)]
    day = to_date(running.today)
    new = an_item_request(
        "sg-one", kind=items.EVIDENCE_KIND_COMPLAINT, mappings=neutral, received_date=day, happened_date=day
    )
    item = running.evidence.CreateEvidenceItem(new, **running.as_(TEAM))
    running.settle()
    monday = running.today
    assert owed(running) == owed(running, MANAGER) == {"ANSWER_COMPLAINT": monday + timedelta(days=7)}
    assert owed(running, PERSON) == {}, "what is owed to others is not theirs to see"
    assert told(running) == set(), "not before its time"
    seen = running.evidence.GetEvidenceItem(items.GetEvidenceItemRequest(name=item.name), **running.as_(PERSON))
    assert not seen.HasField("complaint_stages"), "it is not shared"

    days_pass(running, monday + timedelta(days=3))
    (recipient,) = told(running)
    assert recipient == TEAM, "two days before the last one"
    for person in (MANAGER, PERSON, "recorder"):
        assert refused(lambda p=person: move(running, item, Stages.STEP_ANSWERED, p)).code == "PERMISSION_DENIED"  # type: ignore[misc]
    stale = refused(lambda: move(running, item, Stages.STEP_ANSWERED, etag="99"))
    assert stale.reason == "ETAG_MISMATCH"
    assert move(running, item, Stages.STEP_ANSWERED, validate_only=True).etag == "2"
    assert list(owed(running)) == ["ANSWER_COMPLAINT"], "only checked"

    again = a_request_id()
    for _ in range(2):
        item = move(running, item, Stages.STEP_ANSWERED, request_id=again)
    assert (len(item.complaint_stages.steps), owed(running)) == (1, {}), "a second press records it once"
    item = move(running, item, Stages.STEP_STAGE_2)
    thursday = running.today
    after_20_days = date(2026, 12, 3)
    assert owed(running) == {
        "ACKNOWLEDGE_COMPLAINT": thursday + timedelta(days=5),
        "INVESTIGATE_COMPLAINT": after_20_days,
    }
    fields: dict[str, Any] = {
        "due_date": to_date(date(2026, 12, 18)),
        "extension_reason": Stages.EXTENSION_REASON_AGREED,
    }
    item = move(running, item, Stages.STEP_EXTENDED, **fields)
    assert owed(running)["INVESTIGATE_COMPLAINT"] == date(2026, 12, 18)
    correction = items.CorrectEvidenceItemRequest(
        name=item.name, evidence_item=item, reason=items.CORRECTION_REASON_ENTERED_WRONGLY
    )
    correction.evidence_item.summary = "The same, put better."
    item = running.evidence.CorrectEvidenceItem(correction, **running.as_(TEAM))
    running.settle()
    assert owed(running)["INVESTIGATE_COMPLAINT"] == date(2026, 12, 18), "the correction takes over how far it has come"
    running.evidence.ShareEvidenceItem(items.ShareEvidenceItemRequest(name=item.name), **running.as_(TEAM))
    seen = running.evidence.GetEvidenceItem(items.GetEvidenceItemRequest(name=item.name), **running.as_(PERSON))
    assert [step.recorded_by for step in seen.complaint_stages.steps] == ["", "", ""], "who did it is not theirs to see"
    decide = items.DecideComplaintRequest(name=item.name, outcome=items.COMPLAINT_OUTCOME_NOT_UPHELD)
    decided = running.evidence.DecideComplaint(decide, **running.as_(TEAM))
    running.settle()
    assert owed(running) == {}
    assert {limit.state for limit in decided.complaint_stages.limits} == {Stages.LIMIT_STATE_MET}
