"""A concern follows what people do on its alert, and says where it stands after each act (P28, X13-X15)."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from google.protobuf.message import Message
from psmf.notifications.v1 import events_pb2 as alerts
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import events_pb2 as events
from psmf.rules.v1 import rules_pb2
from psmf.scheduling.v1 import events_pb2 as scheduling

from services.platform.calls.identity import Directory
from services.platform.calls.wire import from_date, to_date, to_instant
from services.platform.events.outbox import StoredEvent, events_after
from services.platform.storage.database import Database
from services.platform.storage.migrations import bring_up_to_date
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import SqlEvaluations
from services.rules.compose import HERE
from services.rules.consumer import from_notifications, from_scheduling
from services.rules.domain.closed_lists import HoldReason, Lane, State
from services.rules.domain.concerns import moves
from services.rules.domain.concerns.concern import Concern, Reason
from services.rules.domain.concerns.guards import MoveContext
from services.rules.domain.concerns.history import Made, Move
from tests import databases
from tests.rules.builders import NOW, TODAY
from tests.rules.domain.concerns.builders import a_concern

PERSON = "demo-safeguarder"
NEXT_WEEK = TODAY + timedelta(days=7)
Receive = Callable[..., None]
LATER = NOW + timedelta(days=3)
"""When rules learn of an act: days after it."""
PEOPLE = {
    "manager": {"role": "support_manager"},
    "manager-two": {"role": "support_manager"},
    "team": {"role": "panel_team"},
}


@pytest.fixture
def database(database_kind: str, tmp_path: Path) -> Iterator[Database]:
    database = Database(databases.address(tmp_path / "rules.db"))
    bring_up_to_date(database.engine, HERE / "migrations")
    (tmp_path / "people.json").write_text(json.dumps(PEOPLE))
    yield database
    database.close()


def store(database: Database, **changes: Any) -> None:
    lane = changes.pop("lane", Lane.SUPPORT_NEED)
    database.write(lambda tx: SqlEvaluations(tx, NOW).add(replace(a_concern(lane), **changes)))


def concern(database: Database) -> Concern:
    with database.read() as connection:
        found = SqlConcerns(connection).find("concern")
    assert found is not None
    return found


def history(database: Database) -> list[tuple[Move, str, datetime, str]]:
    with database.read() as connection:
        steps = SqlConcerns(connection).moves(concern(database))
    return [(made.move, made.by, made.at, made.word) for made in steps]


@pytest.fixture
def receive(database: Database, tmp_path: Path) -> Receive:
    """Return how one event is applied, days after it was recorded."""
    directory, numbers = Directory(tmp_path / "people.json"), count(1)
    reactions = from_notifications(lambda: LATER, directory) | from_scheduling(lambda: LATER, directory)

    def receive(database: Database, message: Message, recorded_at: datetime = NOW) -> None:
        kind = message.DESCRIPTOR.full_name
        event = StoredEvent(1, f"e-{next(numbers)}", kind, PERSON, 1, recorded_at, "", message.SerializeToString())
        database.write(lambda tx: reactions[kind](tx, event))

    return receive


def published(database: Database) -> list[Any]:
    with database.read() as connection:
        found = events_after(connection, 0, 100)
    return [getattr(events, event.type.rpartition(".")[2]).FromString(event.data) for event in found]


def act(person: str = "manager", at: datetime = NOW) -> alerts.Act:
    return alerts.Act(person=person, time=to_instant(at))


IDS: dict[str, Any] = {"safeguarder_id": PERSON, "alert_id": "a-1", "concern_id": "concern"}
TAKEN: dict[str, Any] = {"owner": "manager", "next_date": to_date(NEXT_WEEK)}


def resolved(outcome: Any, **fields: Any) -> alerts.AlertResolved:
    return alerts.AlertResolved(**IDS | TAKEN | {"outcome": outcome, "act": act()} | fields)


class Done(NamedTuple):
    """What the act is on the concern."""

    state: State
    move: Move
    word: str


ACTS: list[tuple[Lane, Message, Done]] = [
    (
        Lane.SUPPORT_NEED,
        alerts.AlertAcknowledged(**IDS, **TAKEN, act=act()),
        Done(State.ACKNOWLEDGED, Move.ACKNOWLEDGE, ""),
    ),
    (
        Lane.SUPPORT_NEED,
        alerts.AlertSnoozed(**IDS, **TAKEN, act=act(), reason=notifications_pb2.ALERT_REASON_PERSON_ON_LEAVE),
        Done(State.ACKNOWLEDGED, Move.SNOOZE, "person_on_leave"),
    ),
    (
        Lane.SUPPORT_NEED,
        resolved(notifications_pb2.ALERT_REASON_TAKEN_TO_SESSION),
        Done(State.ACKNOWLEDGED, Move.SNOOZE, "taken_to_session"),
    ),
    (
        Lane.SUPPORT_NEED,
        resolved(notifications_pb2.ALERT_REASON_EXPLAINED),
        Done(State.DISMISSED, Move.DISMISS, "explained"),
    ),
    (
        Lane.DATA_GAP,
        resolved(notifications_pb2.ALERT_REASON_GAP_FILLED),
        Done(State.CLOSED, Move.CLOSE, "gap_filled"),
    ),
    (
        Lane.EXCELLENCE,
        resolved(notifications_pb2.ALERT_REASON_PRAISE_ACKNOWLEDGED),
        Done(State.CLOSED, Move.CLOSE, "acknowledged_in_session"),
    ),
]


@pytest.mark.parametrize(("lane", "message", "done"), ACTS)
def test_each_act_on_an_alert_is_a_move_of_its_concern_at_the_time_of_the_act(
    database: Database, receive: Receive, lane: Lane, message: Message, done: Done
) -> None:
    """P28: acknowledging, snoozing and ending an alert move its concern, with the person and the time of the act."""
    store(database, lane=lane)
    receive(database, message)
    assert concern(database).state is done.state
    assert history(database) == [(done.move, "manager", NOW, done.word)]
    fact = published(database)[-1].concern
    assert fact.alert_act_time == to_instant(NOW)
    assert (fact.moved_by, fact.state) == ("manager", rules_pb2.Concern.State.Value(f"STATE_{done.state.name}"))
    if concern(database).is_open:
        assert (fact.owner, from_date(fact, "next_date")) == ("manager", NEXT_WEEK)
        assert (concern(database).owner, concern(database).next_on) == ("manager", NEXT_WEEK)


def test_a_next_date_that_has_passed_on_the_way_is_the_next_date(database: Database, receive: Receive) -> None:
    """P28: whether an act is allowed is judged by the day on which it was done."""
    store(database)
    receive(database, alerts.AlertAcknowledged(**IDS, owner="manager", next_date=to_date(TODAY), act=act()))
    assert concern(database).next_on == TODAY


@pytest.mark.parametrize("ended", [State.DISMISSED, State.CLOSED, State.MERGED, State.HELD])
def test_an_act_that_comes_too_late_is_answered_by_where_the_concern_stands(
    database: Database, receive: Receive, ended: State
) -> None:
    """P28: the alert learns that its act changed nothing."""
    store(database)
    context, before = MoveContext(TODAY, "team"), concern(database)
    if ended is State.HELD:
        after, move = moves.hold(before, HoldReason.REVIEW_OPEN, context), Move.HOLD
    else:
        after, move = replace(moves.dismiss(before, Reason.EXPLAINED, context, NOW), state=ended), Move.DISMISS
    database.write(lambda tx: SqlConcerns(tx).make(after, Made(move, "team", NOW, before.state, ended)))
    receive(database, alerts.AlertAcknowledged(**IDS, **TAKEN, act=act()))
    assert concern(database) == after
    last = published(database)[-1]
    assert isinstance(last, events.ConcernStands)
    assert last.concern.alert_act_time == to_instant(NOW)


def test_an_alert_that_only_follows_moves_nothing(database: Database, receive: Receive) -> None:
    """P28: no event goes round between the two sides."""
    store(database)
    receive(database, alerts.AlertAcknowledged(**IDS, **TAKEN, follows=True))
    receive(database, alerts.AlertResolved(**IDS, follows=True))
    assert concern(database).state is State.RAISED
    assert len(published(database)) == 1


def test_what_was_taken_on_in_the_release_before_is_taken_on(database: Database, receive: Receive) -> None:
    """P28: an alert acknowledged before gives its concern the owner and the date that it lacked."""
    store(database)
    receive(database, alerts.AlertAcknowledged(**IDS, **TAKEN), NOW + timedelta(hours=1))
    assert (concern(database).owner, concern(database).next_on) == ("manager", NEXT_WEEK)


def test_what_people_did_since_is_not_undone_by_an_act_of_the_release_before(
    database: Database, receive: Receive
) -> None:
    """P28: an old act changes no concern that somebody owns, or has moved since."""
    store(database)
    before = concern(database)
    taken = moves.acknowledge(before, "team", NEXT_WEEK, MoveContext(TODAY, "team"))
    made = Made(Move.ACKNOWLEDGE, "team", NOW, before.state, taken.state)
    database.write(lambda tx: SqlConcerns(tx).make(taken, made))
    receive(database, alerts.AlertAcknowledged(**IDS, **TAKEN), NOW + timedelta(hours=1))
    assert concern(database) == taken


def test_an_alert_that_the_release_before_ended_comes_back_while_its_concern_is_open(
    database: Database, receive: Receive
) -> None:
    """P28: the concern says where it stands, so that the alert opens again."""
    store(database)
    receive(database, alerts.AlertResolved(**IDS))
    assert isinstance(published(database)[-1], events.ConcernStands)


def test_another_support_manager_owns_what_the_last_one_owned(database: Database, receive: Receive) -> None:
    """P28: one owner always, and one who sees the matter (X15)."""
    store(database)
    allocated = scheduling.SupportManagerAllocated(safeguarder_id=PERSON, region="east")
    allocated.support_manager = "manager"
    receive(database, allocated)
    receive(database, alerts.AlertAcknowledged(**IDS, **TAKEN, act=act()))
    allocated.support_manager = "manager-two"
    receive(database, allocated)
    assert (concern(database).owner, concern(database).next_on) == ("manager-two", NEXT_WEEK)
    receive(database, alerts.AlertAcknowledged(**IDS, **TAKEN, act=act(at=NOW + timedelta(minutes=1))))
    assert concern(database).owner == "manager-two", "an act of before the allocation gives it to nobody who left"


def test_without_another_support_manager_the_team_owns_what_the_last_one_owned(
    database: Database, receive: Receive
) -> None:
    """P28: an allocation that ends leaves no matter to somebody who no longer sees it."""
    store(database)
    allocated = scheduling.SupportManagerAllocated(safeguarder_id=PERSON, region="east", support_manager="manager")
    receive(database, allocated)
    receive(database, alerts.AlertAcknowledged(**IDS, **TAKEN, act=act()))
    receive(database, scheduling.SupportManagerAllocationEnded(safeguarder_id=PERSON, support_manager="manager"))
    assert (concern(database).owner, concern(database).next_on) == ("team", NEXT_WEEK)
