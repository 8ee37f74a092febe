"""Kind closed: a time to reply that runs out while a person is away, and an absence on a day of their leave (R90, B4).

Evidence holds the time to reply to items, scheduling that to absences. Rules and KPIs obey both. Leave and suspension
may be recorded late, corrected and cancelled, and events may be late or come twice.
"""

import json
import random
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import grpc
import pytest
from psmf.evidence.v1 import evidence_pb2 as items
from psmf.evidence.v1 import times_away_pb2 as away
from psmf.evidence.v1.overlays_pb2 import Overlay
from psmf.notifications.v1 import notifications_pb2 as inbox
from psmf.rules.v1 import rules_pb2 as rules
from psmf.scheduling.v1 import scheduling_pb2 as scheduling
from sqlalchemy import text

from services.calendar_days import Days, WorkingCalendar, is_working_day
from services.platform.calls.wire import from_date
from tests.answers import answer_of, refused
from tests.between.clocks.test_times_away import LEAVE, id_of, record
from tests.between.overlays.suspending import Suspending
from tests.between.test_reply_before_it_counts import CONCERN, day, lapse, missed_training, raised, running, said
from tests.between.together import Together
from tests.builders import a_request_id

__all__ = ["running"]

UNEXCUSED, EXCUSED = scheduling.ATTENDANCE_ABSENT_UNEXCUSED, scheduling.ATTENDANCE_ABSENT_EXCUSED
SUBJECTS = inbox.Notification.Subject


def two_voices(running: Together) -> list[items.EvidenceItem]:
    """Record and share what two sources say. Together they raise a concern once the time to reply is over."""
    sources = (items.EVIDENCE_SOURCE_SHERIFF, items.EVIDENCE_SOURCE_REPORTER)
    return [running.share(said(running, source, CONCERN)) for source in sources]


def read(running: Together, item: items.EvidenceItem) -> items.EvidenceItem:
    request = items.GetEvidenceItemRequest(name=item.name)
    found: items.EvidenceItem = running.evidence.GetEvidenceItem(request, **running.as_("panel-team"))
    return found


def reply(running: Together, item: items.EvidenceItem) -> None:
    request = items.AddReplyRequest(name=item.name, text="I was away.", request_id=a_request_id())
    running.evidence.AddReply(request, **running.as_("person-one"))
    running.settle()


def told(running: Together) -> list[tuple[str, date | None]]:
    """Return what the person was told of times to reply that moved or stand still, and by when, oldest first."""
    request = inbox.ListNotificationsRequest(parent="safeguarders/sg-one", page_size=500)
    found = running.notifications.ListNotifications(request, **running.as_("person-one")).notifications
    about = (inbox.Notification.SUBJECT_REPLY_STANDS_STILL, inbox.Notification.SUBJECT_REPLY_MOVED)
    lines = [(one.create_time.ToMicroseconds(), one) for one in found if one.subject in about]
    return [
        (SUBJECTS.Name(one.subject).removeprefix("SUBJECT_REPLY_").lower(), from_date(one, "answer_by_date"))
        for _, one in sorted(lines, key=lambda line: line[0])
    ]


def newest_fact(running: Together, evidence_id: str) -> dict[str, Any]:
    """Return the newest version of a fact as rules hold it."""
    statement = text("SELECT body FROM fact WHERE evidence_id = :id ORDER BY version DESC LIMIT 1")
    with running.services["rules"].database.read() as connection:
        found: dict[str, Any] = json.loads(connection.execute(statement, {"id": evidence_id}).scalar_one())
        return found


def short(name: str) -> str:
    return name.rpartition("/")[2]


def test_nothing_counts_while_the_person_is_on_leave_and_the_days_that_were_left_follow(running: Together) -> None:
    both = two_voices(running)
    first = running.today + timedelta(days=1)
    record(running, first, first + timedelta(days=41))
    due_on = day(read(running, both[0]), "reply_due_date")
    assert due_on == lapse(first + timedelta(days=41)) - timedelta(days=1)
    assert told(running) == [("moved", due_on)] * 2
    running.until(due_on)
    assert raised(running) == set()
    running.days(1)
    assert raised(running) == {"same-theme-two-sources"}


def test_while_nobody_knows_the_return_nothing_counts_but_what_they_reply_to(running: Together) -> None:
    one, other = two_voices(running)
    running.days(3)
    person = Suspending(running)
    suspended = person.suspend()
    assert told(running) == [("stands_still", None)] * 2
    running.pass_time(timedelta(days=60))
    assert raised(running) == set()
    assert read(running, one).reply_stands_still
    reply(running, one)
    assert day(read(running, one), "adverse_date") == running.today
    person.lift(suspended.name)
    # Three of ten days had passed. The first one away was no day of the time.
    due_on = day(read(running, other), "reply_due_date")
    assert running.today < due_on < lapse(running.today)
    assert told(running)[2:] == [("moved", due_on)]
    running.until(due_on)
    assert raised(running) == set()
    running.days(1)
    assert raised(running) == {"same-theme-two-sources"}


def test_a_leave_that_is_recorded_afterwards_takes_back_what_it_let_count(running: Together) -> None:
    shared_on = running.today
    both = two_voices(running)
    running.until(lapse(shared_on))
    assert raised(running) == {"same-theme-two-sources"}
    record(running, shared_on + timedelta(days=1), running.today + timedelta(days=7))
    assert all(concern.closing_proposed for concern in concerns(running))
    assert read(running, both[0]).reply_moved
    running.until(day(read(running, both[0]), "adverse_date"))
    assert not any(concern.closing_proposed for concern in concerns(running))


def concerns(running: Together) -> list[rules.Concern]:
    found = [concern for concern in running.concerns_of("sg-one") if concern.rule == "same-theme-two-sources"]
    assert found
    return found


def test_what_is_shared_during_a_leave_waits_for_the_return(running: Together) -> None:
    last = running.today + timedelta(days=30)
    record(running, running.today - timedelta(days=5), last)
    (one, _) = two_voices(running)
    assert day(one, "reply_due_date") == lapse(last) - timedelta(days=1)
    running.until(lapse(last) - timedelta(days=1))
    assert raised(running) == set()
    running.days(1)
    assert raised(running) == {"same-theme-two-sources"}


def test_a_leave_that_is_cancelled_leaves_what_the_person_was_told_stands_still(running: Together) -> None:
    shared_on = running.today
    (one, _) = two_voices(running)
    running.until(lapse(shared_on))
    recorded = record(running, shared_on, running.today + timedelta(days=60))
    running.days(4)
    record(running, shared_on, None, time_away_id=id_of(recorded), cancelled=True)
    due_on = day(read(running, one), "reply_due_date")
    assert due_on == lapse(running.today - timedelta(days=1)) - timedelta(days=1)
    assert told(running)[-1] == ("moved", due_on)


def absence_of(running: Together) -> dict[str, Any]:
    """Return the fact that rules hold of the first training."""
    listed = scheduling.ListObligationsRequest(parent="safeguarders/sg-one")
    found = running.obligations.ListObligations(listed, **running.as_("panel-team")).obligations
    owed = next(one for one in found if one.kind == scheduling.Obligation.KIND_MANDATORY_TRAINING)
    return newest_fact(running, short(owed.name))


def test_an_absence_on_a_day_of_leave_cannot_be_unexcused(running: Together) -> None:
    running.days(30)
    record(running, running.ago(5), running.ago(1))
    answer = refused(partial(missed_training, running, UNEXCUSED))
    assert (answer.code, answer.reason) == ("FAILED_PRECONDITION", "AWAY_THAT_DAY")
    assert "absent_excused" in answer.message
    missed_training(running, EXCUSED)
    missed_training(running, UNEXCUSED, running.today)


def test_a_leave_excuses_an_absence_and_its_cancellation_gives_it_back_with_a_time_of_its_own(
    running: Together,
) -> None:
    running.days(30)
    missed_training(running, UNEXCUSED)
    recorded_on = running.today
    running.until(lapse(recorded_on))
    assert "training-missed" in raised(running)
    recorded = record(running, running.ago(60), running.ago(1))
    assert absence_of(running)["details"]["attendance"] == "absent_excused"
    assert running.open_concerns("sg-one")["training-missed"].closing_proposed
    running.days(2)
    record(running, running.ago(60), None, time_away_id=id_of(recorded), cancelled=True)
    cancelled_on = running.today
    assert absence_of(running)["details"]["attendance"] == "absent_unexcused"
    assert absence_of(running)["adverse_from"] == lapse(cancelled_on).isoformat()
    assert running.open_concerns("sg-one")["training-missed"].closing_proposed
    running.until(lapse(cancelled_on))
    assert not running.open_concerns("sg-one")["training-missed"].closing_proposed


def test_the_time_to_give_a_reason_for_an_absence_stands_still_too(running: Together) -> None:
    running.days(30)
    missed_training(running, UNEXCUSED)
    running.days(2)
    first = running.today
    recorded = record(running, first, None)
    assert told(running) == [("stands_still", None)]
    assert absence_of(running)["adverse_from"] is None
    running.pass_time(timedelta(days=40))
    assert "training-missed" not in raised(running)
    record(running, first, running.today, time_away_id=id_of(recorded))
    due_on = date.fromisoformat(absence_of(running)["reply_due_on"])
    assert told(running)[1:] == [("moved", due_on)]
    running.until(due_on)
    assert "training-missed" not in raised(running)
    running.days(1)
    assert "training-missed" in raised(running)


class Acts:
    """Random acts about one person, with delay and repetition between the services."""

    def __init__(self, running: Together, seed: int) -> None:
        self.running, self.choices = running, random.Random(seed)
        self.items: list[items.EvidenceItem] = []
        self.away: list[tuple[str, away.TimeAway]] = []
        self.suspending = Suspending(running)
        self.suspensions: list[tuple[str, date]] = []

    def act(self) -> None:
        """Do something, and let some of it arrive."""
        acts: list[Callable[[], None]] = [
            self._share, self._share, self._leave, self._leave, self._suspend, self._lift, self._correct, self._correct,
            self._reply, self._absence, self._absence, self._time, self._time, self._hold_back,
        ]  # fmt: skip
        self.choices.choice(acts)()
        self.running.settle()

    def arrive(self) -> None:
        """Let everything arrive, and some of it again."""
        self.running.held_back.clear()
        self.running.settle()
        for reader, source in (("rules", "evidence"), ("rules", "scheduling"), ("scheduling", "evidence")):
            self.running.deliver_again(reader, source, self.choices)
        self.running.settle()

    def _share(self) -> None:
        source = self.choices.choice((items.EVIDENCE_SOURCE_SHERIFF, items.EVIDENCE_SOURCE_REPORTER))
        self.items.append(self.running.share(said(self.running, source, CONCERN, summary=f"{len(self.items)}")))

    def _days(self) -> tuple[date, date | None]:
        first = self.running.today + timedelta(days=self.choices.randint(-25, 15))
        return first, self.choices.choice((None, first + timedelta(days=self.choices.randint(0, 30))))

    def _record(self, person: str, **fields: Any) -> None:
        """Record or correct a time away. What has a day in common with one on file is refused."""
        try:
            recorded = record(self.running, *self._days(), person, **fields)
        except grpc.RpcError as problem:
            if answer_of(problem).reason != "TIME_AWAY_ON_FILE":
                raise
            return
        if "time_away_id" not in fields:
            self.away.append((person, recorded))

    def _leave(self) -> None:
        self._record("panel-team", kind=LEAVE)

    def _suspend(self) -> None:
        try:
            suspended = self.suspending.suspend(self.running.ago(self.choices.randint(0, 25)))
        except grpc.RpcError as problem:
            if answer_of(problem).reason != "TIME_AWAY_ON_FILE":
                raise
            return
        self.suspensions.append((suspended.name, from_date(suspended, "start_date") or date.min))

    def _lift(self) -> None:
        if self.suspensions:
            name, first = self.suspensions.pop()
            on = max(first, self.running.ago(self.choices.randint(0, 25)))
            reason = self.choices.choice((Overlay.LIFT_REASON_NOT_UPHELD, Overlay.LIFT_REASON_IN_ERROR))
            self.suspending.lift(name, on, reason)

    def _correct(self) -> None:
        if self.away:
            person, recorded = self.choices.choice(self.away)
            fields: dict[str, Any] = {"kind": recorded.kind, "time_away_id": id_of(recorded)}
            fields["cancelled"] = self.choices.random() < 0.4
            self._record(person, **fields)

    def _reply(self) -> None:
        waiting = [item for item in self.items if not read(self.running, item).reply.HasField("reply_date")]
        if waiting:
            reply(self.running, self.choices.choice(waiting))

    def _absence(self) -> None:
        word, on = self.choices.choice((UNEXCUSED, UNEXCUSED, EXCUSED)), self.running.ago(self.choices.randint(0, 20))
        try:
            missed_training(self.running, word, on)
        except grpc.RpcError as problem:
            if answer_of(problem).reason != "AWAY_THAT_DAY":
                raise

    def _time(self) -> None:
        self.running.clock.instant += timedelta(days=self.choices.randint(1, 9))

    def _hold_back(self) -> None:
        self.running.held_back ^= {self.choices.choice((("rules", "evidence"), ("scheduling", "evidence")))}

    def days_away(self) -> list[Days]:
        """Return the days on which the person is away, as evidence shows them."""
        listed = away.ListTimesAwayRequest(parent="safeguarders/sg-one")
        found = self.running.times_away.ListTimesAway(listed, **self.running.as_("panel-team")).times_away
        return [
            Days(from_date(one, "start_date") or date.min, from_date(one, "end_date"))
            for one in found
            if not one.cancelled
        ]

    def was_there(self, since: date) -> int:
        """Return on how many days of the office after a day, before today, the person was not away."""
        stretches = self.days_away()
        span = (since + timedelta(days=n) for n in range(1, (self.running.today - since).days))
        return sum(
            is_working_day(WorkingCalendar.OFFICE, each) and not any(stretch.covers(each) for stretch in stretches)
            for each in span
        )


def everybody_says_the_same(acts: Acts) -> None:
    """Assert that rules hold of items what evidence says, and of absences what scheduling says."""
    running = acts.running
    for item in acts.items:
        now, fact = read(running, item), newest_fact(running, short(item.name))
        for field, kept in (("reply_due_date", "reply_due_on"), ("adverse_date", "adverse_from")):
            on = from_date(now, field)
            assert fact[kept] == (on.isoformat() if on else None), field
        adverse_on = from_date(now, "adverse_date")
        if adverse_on and adverse_on <= running.today and not now.reply.HasField("reply_date"):
            assert acts.was_there(day(now, "shared_date")) >= 10, now.name
    kept_of_trainings(acts)


def kept_of_trainings(acts: Acts) -> None:
    with acts.running.services["scheduling"].database.read() as connection:
        bodies = connection.execute(text("SELECT body FROM obligation")).scalars().all()
    for obligation in map(json.loads, bodies):
        said = obligation["told"]
        if said is None:
            continue
        fact = newest_fact(acts.running, obligation["obligation_id"])
        on = date.fromisoformat(obligation["attendance_on"])
        is_away = any(stretch.covers(on) for stretch in acts.days_away())
        recorded = obligation["attendance"]
        assert said["attendance"] == ("absent_excused" if is_away else recorded)
        assert fact["details"]["attendance"] == said["attendance"]
        assert fact["reply_due_on"] == said["reply_due_on"]
        steps = kpi_steps(acts.running, obligation["obligation_id"])
        assert steps[-1]["attendance"] == said["attendance"]
        counts = said["attendance"] == "absent_unexcused" and fact["adverse_from"] is not None
        if counts and fact["adverse_from"] <= acts.running.today.isoformat():
            assert acts.was_there(date.fromisoformat(said["shared_on"])) >= 10


def kpi_steps(running: Together, obligation_id: str) -> list[dict[str, Any]]:
    with running.services["rules"].database.read() as connection:
        bodies = connection.execute(text("SELECT body FROM kpi_fact WHERE about = 'step'")).scalars().all()
    steps = [json.loads(body) for body in bodies]
    of_it = [step for step in steps if step["duty_id"] == obligation_id and step["step"] == "recorded"]
    return sorted(of_it, key=lambda step: step["sequence"])


@pytest.mark.parametrize("seed", range(8))
def test_in_any_order_of_acts_nothing_counts_too_early_and_everybody_says_the_same(
    running: Together, seed: int
) -> None:
    running.days(1)
    acts = Acts(running, seed)
    for _ in range(24):
        acts.act()
    acts.arrive()
    everybody_says_the_same(acts)
    for _ in range(3):
        acts._time()
        acts.arrive()
        everybody_says_the_same(acts)


def test_leave_and_suspension_stop_a_reply_alike(running: Together) -> None:
    (one, other) = two_voices(running)
    suspending = Suspending(running)
    first, last = running.today, running.today + timedelta(days=13)
    recorded = record(running, first, last)
    moved = {day(read(running, item), "reply_due_date") for item in (one, other)}
    record(running, first, last, time_away_id=id_of(recorded), cancelled=True)
    assert not read(running, one).reply_moved
    suspended = suspending.suspend()
    running.pass_time(timedelta(days=14))
    suspending.lift(suspended.name)
    assert {day(read(running, item), "reply_due_date") for item in (one, other)} == moved
