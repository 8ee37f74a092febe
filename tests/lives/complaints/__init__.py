"""Steps of complaints in a life, and what always holds of them: scheduling owes what evidence says, and no more."""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import complaint_stages_pb2 as pb
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import from_date, to_date
from tests.lives.life import PEOPLE, Life
from tests.lives.truths import duties_of

Stages = pb.ComplaintStages
_DUTY_OF = {
    Stages.LIMIT_ANSWER_COMPLAINT: duties.Duty.KIND_ANSWER_COMPLAINT,
    Stages.LIMIT_ACKNOWLEDGE_COMPLAINT: duties.Duty.KIND_ACKNOWLEDGE_COMPLAINT,
    Stages.LIMIT_INVESTIGATE_COMPLAINT: duties.Duty.KIND_INVESTIGATE_COMPLAINT,
}


def _complaints(life: Life, safeguarder: str) -> list[items.EvidenceItem]:
    return [item for item in life.items_of(safeguarder) if item.kind == items.EVIDENCE_KIND_COMPLAINT]


def move_complaint(life: Life) -> None:
    """Record any step of a complaint, or correct one; many are not allowed. Now and then the outcome comes first."""
    found = _complaints(life, life.someone()[0])
    if not found:
        return
    known = life.choices.choice(found)
    request = pb.MoveComplaintStageRequest(name=known.name, etag=life.choices.choice(("", known.etag)))
    request.step = life.word(Stages.Step, 1)
    request.date.CopyFrom(to_date(life.running.ago(life.choices.choice((0, 0, 0, 1, 3, 30)))))
    if request.step == Stages.STEP_EXTENDED:
        request.due_date.CopyFrom(to_date(life.running.today + timedelta(days=life.choices.randint(1, 40))))
        request.extension_reason = life.word(Stages.ExtensionReason, 1)
    if life.choices.random() < 0.3:
        request.correction = life.word(Stages.Correction, 1)
    life.call("panel-team", "evidence", "MoveComplaintStage", request)


def the_team_owes_what_the_complaints_wait_for(life: Life, safeguarder: str) -> None:
    """Assert that the duties are the time limits that are awaited, and that the person sees none of them."""
    waits = {
        (item.name, _DUTY_OF[limit.limit], from_date(limit, "due_date"))
        for item in _complaints(life, safeguarder)
        for limit in item.complaint_stages.limits
        if limit.state == Stages.LIMIT_STATE_AWAITED
    }
    owed = [duty for duty in duties_of(life, safeguarder) if duty.kind in _DUTY_OF.values()]
    assert {(duty.about, duty.kind, from_date(duty, "due_date")) for duty in owed} == waits
    request = duties.ListDutiesRequest(parent=f"safeguarders/{safeguarder}", page_size=500)
    person = PEOPLE[safeguarder][0]
    seen: Any = life.running.duties.ListDuties(request, **life.running.as_(person)).duties
    assert not [duty for duty in seen if duty.kind in _DUTY_OF.values()]
