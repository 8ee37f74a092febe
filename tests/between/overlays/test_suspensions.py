"""A suspension in all services (R90, record 2.7).

The kind that this file closes: somebody is suspended, nobody says under which policy or when it is looked at again,
each service does what it thinks right meanwhile, and something of it stays when it is lifted.
"""

import random
from datetime import timedelta
from functools import partial

from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import overlays_pb2 as pb
from psmf.evidence.v1 import times_away_pb2 as away
from psmf.notifications.v1 import notifications_pb2 as messages
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import duties_pb2 as duties

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.overlays.suspending import RECORDER, SAFEGUARDER, Suspending
from tests.between.reviews.request import MANAGER, PERSON, TEAM, Asking
from tests.between.together import Together
from tests.builders import a_mapping, a_request_id

State, Duty = rules.Concern, duties.Duty


def told(running: Together) -> list[tuple[str, str, str]]:
    """Return who was told what of suspensions, with the day of the next look, the oldest first."""
    request = messages.ListNotificationsRequest(parent=SAFEGUARDER, page_size=500)
    found = running.notifications.ListNotifications(request, **running.as_(TEAM)).notifications
    words = messages.Notification.Subject
    lines = [(one.recipient, words.Name(one.subject)[8:], str(from_date(one, "review_date") or "")) for one in found]
    return [line for line in reversed(lines) if line[1].startswith("SUSPENSION")]


def test_practice_is_held_clocks_stand_still_and_both_sides_know_until_when(suite_together: Together) -> None:
    """More than ten seconds on a busy machine: it follows one suspension from its first day to the day after it."""
    running, asking, person = suite_together, suite_together.begun(Asking), Suspending(suite_together)
    concern, action = asking.concern(), asking.an_action()
    assert concern is not None
    due_on = from_date(action.due_days[0], "date")
    assert due_on is not None
    first, look_by = running.today, running.today + timedelta(days=7)
    suspended = person.suspend(review_date=to_date(look_by))
    held = asking.concern()
    assert held is not None
    assert (held.state, list(held.course.held_for)) == (State.STATE_HELD, [moves.HOLD_REASON_SUSPENDED])
    by_kind = asking.duties()
    assert list(by_kind[Duty.KIND_ACTION].standstill_reasons) == [Duty.STANDSTILL_REASON_SUSPENDED]
    look = by_kind[Duty.KIND_REVIEW_SUSPENSION]
    assert (look.owed_by, look.about, from_date(look, "due_date")) == (
        Duty.OWED_BY_PANEL_TEAM, suspended.name, look_by,
    )  # fmt: skip
    in_force = "SUSPENSION_IN_FORCE"
    assert sorted(told(running)) == sorted((who, in_force, str(look_by)) for who in (PERSON, MANAGER))
    # Nobody types the hold, and nobody releases it by hand.
    for method, request in (
        ("HoldConcern", moves.HoldConcernRequest(name=held.name, reason=moves.HOLD_REASON_SUSPENDED)),
        ("ReleaseConcern", moves.ReleaseConcernRequest(name=held.name, reason=moves.HOLD_REASON_SUSPENDED)),
    ):
        request.request_id = a_request_id()
        answer = refused(partial(getattr(running.concerns, method), request, **running.as_(TEAM)))
        assert answer.reason in ("USE_THE_RECORD", "MOVE_NOT_ALLOWED")
    # The day of the next look passes: the Team is asked. Looked at again, it is owed by another day.
    running.pass_time(timedelta(days=7))
    assert (TEAM, "SUSPENSION_TO_REVIEW") in {line[:2] for line in told(running)}
    person.review(suspended.name)
    assert from_date(asking.duties()[Duty.KIND_REVIEW_SUSPENSION], "due_date") == look_by + timedelta(days=28)
    running.pass_time(timedelta(days=5))
    person.lift(suspended.name)
    free = asking.concern()
    assert free is not None
    assert (free.state, list(free.course.held_for)) == (concern.state, [])
    now = asking.duties()
    assert Duty.KIND_REVIEW_SUSPENSION not in now
    assert now[Duty.KIND_ACTION].state == Duty.STATE_RUNNING
    stood_still = running.today - first
    moved_to = from_date(now[Duty.KIND_ACTION], "due_date")
    assert moved_to is not None
    assert due_on + stood_still <= moved_to <= due_on + stood_still + timedelta(days=5)
    assert {line[:2] for line in told(running)[-2:]} == {(who, "SUSPENSION_OVER") for who in (PERSON, MANAGER)}
    (shown,) = person.listed(PERSON)
    assert (shown.state, shown.lift_reason) == (pb.Overlay.STATE_LIFTED, pb.Overlay.LIFT_REASON_NOT_UPHELD)


def test_nothing_new_is_raised_about_practice_meanwhile_and_safety_waits_for_nothing(suite_together: Together) -> None:
    running, person = suite_together, Suspending(suite_together)
    running.appoint("sg-one")
    for source in (items.EVIDENCE_SOURCE_SHERIFF, items.EVIDENCE_SOURCE_REPORTER):
        running.share(running.record("sg-one", source=source, mappings=[a_mapping("S2.2")]))
    running.days(1)
    suspended = person.suspend()
    source, safety = items.EVIDENCE_SOURCE_LOCAL_AUTHORITY, items.EVIDENCE_CLASS_SAFETY
    running.record("sg-one", source=source, evidence_class=safety, mappings=[a_mapping("S5.1")])
    running.pass_time(timedelta(days=25))
    lanes = {concern.lane for concern in running.open_concerns("sg-one").values()}
    assert rules.LANE_SAFETY in lanes
    assert not lanes & {rules.LANE_SUPPORT_NEED, rules.LANE_ESCALATION, rules.LANE_REAPPOINTMENT_RISK}
    person.lift(suspended.name)
    running.pass_time(timedelta(days=21))
    assert "same-theme-two-sources" in running.open_concerns("sg-one"), "what was held back is raised in its own time"


def test_its_days_are_kept_once_and_news_that_comes_twice_changes_nothing(suite_together: Together) -> None:
    running, person = suite_together, Suspending(suite_together)
    running.appoint("sg-one", since=running.ago(100))
    suspended = person.suspend(since=running.ago(40))
    assert suspended.reported
    listed = away.ListTimesAwayRequest(parent=SAFEGUARDER)
    (days,) = running.times_away.ListTimesAway(listed, **running.as_(TEAM)).times_away
    assert days.name.rpartition("/")[2] == suspended.name.rpartition("/")[2]
    for request in (
        away.RecordTimeAwayRequest(
            time_away_id=days.name.rpartition("/")[2], end_date=to_date(running.today), cancelled=True
        ),
        away.RecordTimeAwayRequest(),
    ):
        request.parent, request.kind = SAFEGUARDER, away.TIME_AWAY_KIND_SUSPENSION
        request.start_date.CopyFrom(to_date(running.today))
        answer = refused(partial(running.times_away.RecordTimeAway, request, **running.as_(RECORDER)))
        assert answer.reason == "USE_THE_RECORD"
    assert refused(person.suspend).reason == "TIME_AWAY_ON_FILE"
    running.settle()
    before = told(running)
    for reader in ("rules", "scheduling", "notifications"):
        running.deliver_again(reader, "evidence", random.Random(7))
    running.settle()
    assert told(running) == before
    person.lift(suspended.name, on=running.ago(6))
    (days,) = running.times_away.ListTimesAway(listed, **running.as_(TEAM)).times_away
    assert (from_date(days, "end_date"), days.cancelled) == (running.ago(7), False)
