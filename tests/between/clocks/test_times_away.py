"""Kind closed: a decision about a person in one service that the clocks of another do not obey (P2, R90).

A leave or a suspension is recorded in evidence. Scheduling pauses what is owed from its first day to its last. Rules
count by the due dates that follow, after any chain of corrections, repeats and disorder.
"""

import json
import random
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from psmf.evidence.v1 import times_away_pb2 as away
from psmf.scheduling.v1 import scheduling_pb2 as scheduling
from sqlalchemy import text

from services.platform.calls.wire import from_date, to_date
from tests.answers import refused
from tests.between.overlays.suspending import Suspending
from tests.between.together import Together
from tests.builders import a_request_id

LEAVE, SUSPENSION = away.TIME_AWAY_KIND_LEAVE, away.TIME_AWAY_KIND_SUSPENSION


@pytest.fixture
def running(suite_together: Together) -> Together:
    suite_together.appoint("sg-one", since=suite_together.ago(30))
    return suite_together


def record(
    running: Together, first: date, last: date | None, person: str = "panel-team", **fields: Any
) -> away.TimeAway:
    fields = {"kind": LEAVE} | fields
    request = away.RecordTimeAwayRequest(
        parent="safeguarders/sg-one", start_date=to_date(first), request_id=a_request_id(), **fields
    )
    if last:
        request.end_date.CopyFrom(to_date(last))
    answer: away.TimeAway = running.times_away.RecordTimeAway(request, **running.as_(person))
    running.settle()
    return answer


def id_of(recorded: away.TimeAway) -> str:
    return recorded.name.rpartition("/")[2]


def owed(running: Together) -> dict[str, scheduling.Obligation]:
    request = scheduling.ListObligationsRequest(parent="safeguarders/sg-one")
    answer = running.obligations.ListObligations(request, **running.as_("panel-team"))
    return {one.name: one for one in answer.obligations}


def due(running: Together) -> dict[str, date | None]:
    return {name: from_date(one, "due_date") for name, one in owed(running).items()}


def test_what_is_owed_stands_still_from_the_first_day_to_the_last(running: Together) -> None:
    """P2: the clocks pause on the first day and run again after the last, and what is owed falls due later."""
    before = due(running)
    first = running.today + timedelta(days=7)
    record(running, first, first + timedelta(days=27))
    for name, day in due(running).items():
        assert before[name] + timedelta(days=24) <= day <= before[name] + timedelta(days=31)  # type: ignore[operator]
    states = []
    for _ in range(3):
        states.append({one.clock_state for one in owed(running).values()})
        running.until(running.today + timedelta(days=14))
    states.append({one.clock_state for one in owed(running).values()})
    ran, paused = scheduling.Obligation.CLOCK_STATE_RUNNING, scheduling.Obligation.CLOCK_STATE_PAUSED
    assert states == [{ran}, {paused}, {paused}, {ran}]


def counted_by_rules(running: Together) -> dict[str, str]:
    """Return the newest due date of each obligation, as rules hold it for the KPIs."""
    with running.services["rules"].database.read() as connection:
        bodies = connection.execute(text("SELECT body FROM kpi_fact WHERE about = 'duty'")).scalars().all()
    facts = sorted(map(json.loads, bodies), key=lambda fact: (fact["recorded_at"], fact["sequence"]))
    return {fact["duty_id"]: fact["due_on"] for fact in facts}


def test_rules_count_by_the_due_dates_that_follow(running: Together) -> None:
    """P2: the KPIs see a moved due date at once, during the leave, and after a correction."""
    first = running.today + timedelta(days=7)
    recorded = record(running, first, first + timedelta(days=55))
    for last in (first + timedelta(days=27), first + timedelta(days=83)):
        running.days(4)
        record(running, first, last, time_away_id=id_of(recorded))
        moved = {name.rpartition("/")[2]: str(day) for name, day in due(running).items()}
        assert counted_by_rules(running) == moved


def test_a_correction_moves_them_and_a_cancelled_one_moves_them_back(running: Together) -> None:
    """P2: the newest record holds, at once."""
    before = due(running)
    first = running.today + timedelta(days=7)
    recorded = record(running, first, first + timedelta(days=55))
    moved = due(running)
    record(running, first, first + timedelta(days=27), time_away_id=id_of(recorded))
    shorter = due(running)
    assert all(before[name] < shorter[name] < moved[name] for name in before)  # type: ignore[operator]
    record(running, first, None, time_away_id=id_of(recorded), cancelled=True)
    assert due(running) == before


def test_a_leave_that_is_entered_twice_is_refused_and_cancelling_it_leaves_no_date_moved(running: Together) -> None:
    """P17: it was on file twice, and the dates stayed moved."""
    before, days = due(running), (running.today + timedelta(days=7), running.today + timedelta(days=20))
    recorded = record(running, *days)
    answer = refused(lambda: record(running, *days))
    assert (answer.reason, answer.metadata["on_file"]) == ("TIME_AWAY_ON_FILE", recorded.name)
    record(running, *days, time_away_id=id_of(recorded), cancelled=True)
    assert due(running) == before
    assert record(running, *days)


def test_a_suspension_lasts_until_its_last_day_is_recorded(running: Together) -> None:
    """P2: an open suspension keeps every clock still, and its end lets them run with later due dates."""
    before, person = due(running), Suspending(running)
    suspended = person.suspend()
    running.days(20)
    assert {one.clock_state for one in owed(running).values()} == {scheduling.Obligation.CLOCK_STATE_PAUSED}
    person.lift(suspended.name)
    assert {one.clock_state for one in owed(running).values()} == {scheduling.Obligation.CLOCK_STATE_RUNNING}
    assert all(due(running)[name] > before[name] for name in before)  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(3))
def test_twice_late_and_out_of_order_change_nothing(running: Together, seed: int) -> None:
    """P2: scheduling receives every event again in any order, and the due dates stay."""
    choices = random.Random(seed)
    running.held_back.add(("scheduling", "evidence"))
    first = running.today + timedelta(days=choices.randint(0, 20))
    recorded = record(running, first, first + timedelta(days=choices.randint(0, 90)))
    for _ in range(choices.randint(1, 4)):
        last = first + timedelta(days=choices.randint(0, 90))
        cancelled = choices.random() < 0.3
        record(running, first, last, time_away_id=id_of(recorded), cancelled=cancelled)
    running.held_back.clear()
    running.settle()
    settled = due(running)
    running.deliver_again("scheduling", "evidence", choices)
    running.settle()
    assert due(running) == settled


def test_who_records_what(running: Together) -> None:
    """P2: the Team records leave. A suspension is recorded with its policy alone. The person sees both."""
    for person, kind, reason in (
        ("panel-team", SUSPENSION, "NOT_YOURS_TO_RECORD"),
        ("recorder", LEAVE, "NOT_YOURS_TO_RECORD"),
        ("recorder", SUSPENSION, "USE_THE_RECORD"),
    ):
        answer = refused(partial(record, running, running.today, None, person, kind=kind))
        assert answer.reason == reason
    recorded = record(running, running.today, None)
    listed = away.ListTimesAwayRequest(parent="safeguarders/sg-one")
    seen = running.times_away.ListTimesAway(listed, **running.as_("person-one")).times_away
    assert [one.name for one in seen] == [recorded.name]
