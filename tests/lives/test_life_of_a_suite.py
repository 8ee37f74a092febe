"""Random lives of a suite: after anything that people, clocks and the bus do, what the services say fits together."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import approach_changes_pb2 as changes
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import rules_pb2 as rules

from services.calendar_days import Days, WorkingCalendar, is_working_day
from services.platform.calls.wire import from_date
from services.platform.storage.database import count_rows, execute
from tests.between.together import Together, together
from tests.databases import KINDS
from tests.lives.approach import REQUIRED, change_approach
from tests.lives.life import PEOPLE, Life
from tests.lives.reviews import review_actions, reviews_of
from tests.lives.samples import ask_for_leave
from tests.lives.suspensions import suspend_or_lift
from tests.sizes import WHOLE, part_of

LIVES = part_of(2000) if WHOLE else 3
STEPS = 60
NEWEST_FACT = "SELECT body FROM fact WHERE evidence_id = ? ORDER BY version DESC LIMIT 1"
SEEN = "seen"
"""Said of an item that a measure looks at and does not count against the person, such as an attended training."""
GIVEN = ("DELIVERED", "NOT_DELIVERED", "UNAVAILABLE")
REPLY_DAYS = 10
EXCUSED_BY_LEAVE = ("AWAITING_EVIDENCE", "ABSENT_UNEXCUSED")
ADVERSE = (rules.LANE_SUPPORT_NEED, rules.LANE_ESCALATION, rules.LANE_REAPPOINTMENT_RISK)


@pytest.mark.parametrize(
    ("seed", "database_kind"),
    [(seed, KINDS[seed == 1 or (WHOLE and seed % 5 == 1)]) for seed in range(LIVES)],
    indirect=["database_kind"],
)
def test_a_life_of_a_suite_leaves_one_truth(seed: int, database_kind: str, tmp_path: Path) -> None:
    """Whatever the order, delay, repetition and date: nothing is lost, and no two services say different things."""
    with together(tmp_path) as running:
        life = Life(
            running, seed, more=[(change_approach, 8), (review_actions, 4), (suspend_or_lift, 2), (ask_for_leave, 3)]
        )
        try:
            life.live(STEPS)
            everything_arrived(running)
            for safeguarder in PEOPLE:
                the_right_of_reply_was_kept(life, safeguarder)
                a_matter_has_one_state(running, safeguarder)
                attendance_is_what_was_recorded_last(life, safeguarder)
                a_support_stands_alike_in_its_concern(life, safeguarder)
                a_view_stands_alike_in_its_concern(life, safeguarder)
                a_change_of_approach_stands_alike_in_its_concern(life, safeguarder)
                a_review_stands_alike_in_its_concern(life, safeguarder)
        except AssertionError as problem:
            raise AssertionError("\n".join([f"seed {seed}: {problem}", *life.said])) from problem


def everything_arrived(running: Together) -> None:
    """Assert that each reader has applied all of its sources' events, and set none aside."""
    for name, service in running.services.items():
        with service.database.read() as connection:
            letters = execute(connection, "SELECT type, reason FROM dead_letter WHERE state = 'dead'", ()).fetchall()
            assert count_rows(connection, "dead_letter") == 0, f"{name} could not apply an event: {letters}"
        for reader in service.readers():
            assert reader._inbox.position() == running.services[reader.source].head(), (name, reader.source)


def the_right_of_reply_was_kept(life: Life, safeguarder: str) -> None:
    """Assert that nothing adverse counts before the reply, or the time to reply without the days away."""
    running = life.running
    for concern in running.concerns_of(safeguarder):
        if concern.lane not in ADVERSE or concern.closing_proposed:
            # Rules do not raise it any more. What it shows is why they once did.
            continue
        for counted in concern.explanation.counted:
            if counted.text.endswith(SEEN):
                continue
            if counted.kind == "attendance":
                fact = json.loads(_newest_fact(running, counted.evidence_id))
                assert fact["adverse_from"] <= running.today.isoformat(), counted.evidence_id
                assert not _is_away(life, safeguarder, date.fromisoformat(fact["happened_on"])), counted.evidence_id
                continue
            name = f"safeguarders/{safeguarder}/evidenceItems/{counted.evidence_id}"
            request = items.GetEvidenceItemRequest(name=name)
            item = running.evidence.GetEvidenceItem(request, **running.as_("panel-team"))
            if item.evidence_class == items.EVIDENCE_CLASS_SAFETY:
                continue
            due = from_date(item, "reply_due_date")
            answered = item.reply.HasField("reply_date") or (due is not None and due < running.today)
            assert answered, f"{concern.rule} counts {counted.evidence_id} before its time to reply"
            if not item.reply.HasField("reply_date"):
                there = _days_there(life, safeguarder, from_date(item, "shared_date"))
                assert there >= REPLY_DAYS, f"{counted.evidence_id} counts after {there} days on which they were there"


def _is_away(life: Life, safeguarder: str, day: date) -> bool:
    """Return whether somebody is on leave or suspended on a day, as it was last recorded."""
    return any(stretch.covers(day) for stretch in _days_away(life, safeguarder))


def _days_away(life: Life, safeguarder: str) -> list[Days]:
    known = life.times_away_of(safeguarder)
    return [Days(_day(one, "start_date"), from_date(one, "end_date")) for one in known if not one.cancelled]


def _day(message: Any, field: str) -> date:
    found = from_date(message, field)
    assert found is not None, field
    return found


def _days_there(life: Life, safeguarder: str, since: date | None) -> int:
    """Return on how many days of the office after a day, before today, somebody was not away."""
    assert since is not None
    away = _days_away(life, safeguarder)
    span = (since + timedelta(days=n) for n in range(1, (life.running.today - since).days))
    return sum(
        is_working_day(WorkingCalendar.OFFICE, day) and not any(stretch.covers(day) for stretch in away) for day in span
    )


def a_matter_has_one_state(running: Together, safeguarder: str) -> None:
    """Assert that a concern and its alert have one owner and one next date, and end together."""
    open_concerns = {concern.name: concern for concern in running.concerns_of(safeguarder)}
    request = inbox.ListAlertsRequest(parent=f"safeguarders/{safeguarder}", include_ended=True, page_size=500)
    alerts = running.alerts.ListAlerts(request, **running.as_("panel-team")).alerts
    live = {alert.concern: alert for alert in alerts if alert.state != inbox.Alert.STATE_RESOLVED}
    assert set(live) <= set(open_concerns), "an alert goes on without its concern"
    for name, concern in open_concerns.items():
        if name not in live:
            assert concern.owner, f"{name} is open and has no owner"
            assert concern.HasField("next_date"), f"{name} is open and has no next date"
        elif not (live[name].owner or concern.owner):
            assert live[name].HasField("respond_by_date"), f"{name} has nobody, and no day on which it asks again"
        else:
            assert live[name].owner == concern.owner, name
            assert live[name].next_date == concern.next_date, name


def a_support_stands_alike_in_its_concern(life: Life, safeguarder: str) -> None:
    """Assert that open concerns have their supports as the plan has them."""
    kept = {support.name: support for support in life.supports_of(safeguarder)}
    for concern in life.running.concerns_of(safeguarder):
        for followed in concern.course.supports:
            state = plans.Support.State.Name(kept[followed.support].state).removeprefix("STATE_")
            given = moves.SupportGiven.Name(followed.given).removeprefix("SUPPORT_GIVEN_")
            assert given == (state if state in GIVEN else "UNSPECIFIED"), followed.support
            assert (followed.answer == moves.SUPPORT_ANSWER_UNSPECIFIED) is (state == "OFFERED"), followed.support


def a_view_stands_alike_in_its_concern(life: Life, safeguarder: str) -> None:
    """Assert that open concerns know of each view that was given, and of each that was not."""
    kept = {view.concern: plans.View.State.Name(view.state)[len("STATE_") :] for view in life.views_of(safeguarder)}
    for concern in life.running.concerns_of(safeguarder):
        if kept.get(concern.name) in ("GIVEN", "NONE_GIVEN") and concern.lane != rules.LANE_DATA_GAP:
            known = moves.SafeguarderView.Name(concern.course.view)[len("SAFEGUARDER_VIEW_") :]
            assert known == kept[concern.name], concern.name


def a_change_of_approach_stands_alike_in_its_concern(life: Life, safeguarder: str) -> None:
    """Assert that a concern requires something only while a change of approach says so, and stands."""
    required = [each for each in life.plan_of(safeguarder).approach_changes if each.to_approach == REQUIRED]
    applying = [each for each in required if each.state == changes.ApproachChange.STATE_SERVED]
    for concern in life.running.concerns_of(safeguarder):
        found = [each for each in applying if concern.name in each.concerns]
        if concern.course.approach_change:
            assert [each.name for each in found] == [concern.course.approach_change], concern.name
        if concern.state in (rules.Concern.STATE_REQUIRED_ACTION, rules.Concern.STATE_ACTION_REVIEW):
            assert [each.stands for each in found] == [True], concern.name


def a_review_stands_alike_in_its_concern(life: Life, safeguarder: str) -> None:
    """Assert that the review of a concern is one that was kept, of its required action, with that outcome."""
    kept = {review.name: review for review in reviews_of(life, safeguarder)}
    for concern in life.running.concerns_of(safeguarder):
        course = concern.course
        if course.action_review:
            found = {each.action: plans.Action.State.Name(each.outcome) for each in kept[course.action_review].actions}
            word = moves.ReviewOutcome.Name(course.review_outcome)[len("REVIEW_OUTCOME_") :]
            assert found[course.action] == f"STATE_{'PARTLY_MET' if word == 'PARTLY' else word}", concern.name


def attendance_is_what_was_recorded_last(life: Life, safeguarder: str) -> None:
    """Assert that scheduling and rules hold the newest record of each training, however often it was corrected."""
    for obligation in life.obligations(safeguarder):
        word = life.attendance.get(obligation.name)
        if word is None:
            continue
        assert obligation.attended == (word == "ATTENDED"), obligation.name
        obligation_id = obligation.name.rpartition("/")[2]
        fact = json.loads(_newest_fact(life.running, obligation_id))
        excused = word in EXCUSED_BY_LEAVE and _is_away(life, safeguarder, date.fromisoformat(fact["happened_on"]))
        expected = "absent_excused" if excused else word.lower()
        assert fact["details"]["attendance"] == expected, f"{obligation.name}: rules does not hold {expected}"


def _newest_fact(running: Together, evidence_id: str) -> str:
    with running.services["rules"].database.read() as connection:
        return str(execute(connection, NEWEST_FACT, (evidence_id,)).fetchall()[0][0])
