"""A leave in all services: asked for by the person, agreed to, and kept once (R90, record 2.7).

The kind that this closes: a leave counts before anybody agreed to it, or counts twice.
"""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import overlays_pb2 as pb
from psmf.evidence.v1 import times_away_pb2 as away
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.overlays.suspending import SAFEGUARDER
from tests.between.reviews.request import MANAGER, PERSON, TEAM
from tests.between.test_who_says_it import NAMED
from tests.between.together import Together
from tests.builders import a_request_id

IN_AN_OVERLAY = {"evidence.AgreeLeaveRequest.because"}


def call(running: Together, method: str, person: str, **fields: Any) -> pb.Overlay:
    request = getattr(pb, f"{method}Request")(request_id=a_request_id(), **fields)
    answer: pb.Overlay = getattr(running.overlays, method)(request, **running.as_(person))
    running.settle()
    return answer


def days_of(running: Together) -> list[away.TimeAway]:
    listed = away.ListTimesAwayRequest(parent=SAFEGUARDER)
    return list(running.times_away.ListTimesAway(listed, **running.as_(TEAM)).times_away)


def policies(running: Together) -> dict[str, str]:
    """Return who decides under each policy, as everybody who sees overlays reads it."""
    listed = running.overlays.ListOverlays(pb.ListOverlaysRequest(parent=SAFEGUARDER), **running.as_(TEAM)).policies
    return {one.name: pb.SuspensionPolicy.DecidedBy.Name(one.decided_by)[11:] for one in listed}


def owed(running: Together) -> dict[int, duties.Duty]:
    found = running.duties.ListDuties(duties.ListDutiesRequest(parent=SAFEGUARDER), **running.as_(TEAM)).duties
    return {duty.kind: duty for duty in found}


def told(running: Together) -> set[tuple[str, str]]:
    request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=500)
    found = running.notifications.ListNotifications(request, **running.as_(TEAM)).notifications
    lines = {(one.recipient, messages.Notification.Subject.Name(one.subject)[8:]) for one in found}
    return {line for line in lines if line[1].startswith("LEAVE")}


def test_a_leave_is_asked_for_agreed_to_and_ended(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    assert policies(running) == {"conduct-and-performance": "MINISTERS", "checks": "THE_TEAM"}
    first, last = running.today + timedelta(days=7), running.today + timedelta(days=20)
    wanted = {"parent": SAFEGUARDER, "kind": pb.Overlay.LEAVE_KIND_CARING, "start_date": to_date(first)}
    assert refused(lambda: call(running, "RequestLeave", MANAGER, **wanted)).reason == "ASK_FIRST"
    asked = call(running, "RequestLeave", PERSON, **wanted, end_date=to_date(last))
    assert refused(lambda: call(running, "RequestLeave", PERSON, **wanted)).reason == "TIME_AWAY_ON_FILE"
    duty = owed(running)[duties.Duty.KIND_ANSWER_LEAVE]
    assert (duty.owed_by, duty.about) == (duties.Duty.OWED_BY_SUPPORT_MANAGER, asked.name)
    assert from_date(duty, "due_date") == from_date(asked, "answer_due_date")
    assert (told(running), days_of(running)) == ({(MANAGER, "LEAVE_TO_ANSWER")}, [])

    answered = {"name": asked.name, "answer": pb.AgreeLeaveRequest.ANSWER_DECLINED, "because": NAMED}
    named = refused(lambda: call(running, "AgreeLeave", MANAGER, **answered))
    assert (named.reason, named.field) == ("TEXT_MAY_NAME_A_CHILD", "because")
    yes = {"name": asked.name, "answer": pb.AgreeLeaveRequest.ANSWER_AGREED}
    stale = refused(lambda: call(running, "AgreeLeave", MANAGER, **yes, etag="0"))
    assert (stale.reason, stale.field) == ("ETAG_MISMATCH", "etag")
    agreed = call(running, "AgreeLeave", MANAGER, **yes, etag=asked.etag)
    assert agreed.etag != asked.etag
    end = {"name": asked.name, "end_date": to_date(last), "etag": asked.etag}
    assert refused(lambda: call(running, "EndLeave", MANAGER, **end)).reason == "ETAG_MISMATCH"
    assert (agreed.state, agreed.answered_by) == (pb.Overlay.STATE_AGREED, MANAGER)
    (kept,) = days_of(running)
    assert (from_date(kept, "start_date"), from_date(kept, "end_date")) == (first, last)
    assert duties.Duty.KIND_ANSWER_LEAVE not in owed(running)
    assert (PERSON, "LEAVE_ANSWERED") in told(running)

    correct = away.RecordTimeAwayRequest(
        parent=SAFEGUARDER,
        time_away_id=kept.name.rpartition("/")[2],
        kind=away.TIME_AWAY_KIND_LEAVE,
        start_date=to_date(first),
        request_id=a_request_id(),
    )
    answer = refused(lambda: running.times_away.RecordTimeAway(correct, **running.as_(TEAM)))
    assert (answer.reason, answer.metadata["method"]) == ("USE_THE_RECORD", "psmf.evidence.v1.OverlayService/EndLeave")
    call(running, "EndLeave", MANAGER, name=asked.name, end_date=to_date(first))
    (kept,) = days_of(running)
    assert from_date(kept, "end_date") == first
    call(running, "EndLeave", MANAGER, name=asked.name, not_taken=True)
    (kept,) = days_of(running)
    assert kept.cancelled
