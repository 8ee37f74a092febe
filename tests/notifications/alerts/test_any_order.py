"""Events in any order and any number of repeats leave the same alerts. Nobody is told before the Safeguarder (D15)."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.rules.v1 import events_pb2 as rules

from services.notifications.domain.alert import Alert, Lane, Reason
from services.notifications.domain.notification import FINAL_STATES, Outcome
from services.notifications.handlers.work_on_alert import AlertRead, snooze_alert
from services.platform.calls.wire import to_date
from services.platform.events.outbox import StoredEvent
from tests.notifications.builders import a_concern, allocated, closed, raised, updated
from tests.notifications.office import TODAY, Office, Post, an_office
from tests.sizes import part_of

LANES = [lane.value for lane in Lane]
STANDARDS = [["S4"], ["S5"], ["S4", "S5"], []]
MANAGERS = {"sg-one": "manager-one", "sg-two": "manager-two"}


@contextmanager
def a_new_office() -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder, an_office(Path(folder)) as office:
        yield office


@st.composite
def histories(draw: st.DrawFn) -> list[list[Message]]:
    """The events of several concerns, each in its own order, and one allocation for each person."""
    told: list[list[Message]] = [[allocated(manager, person)] for person, manager in MANAGERS.items()]
    for number in range(draw(st.integers(1, 5))):
        lane = draw(st.sampled_from(LANES))
        escalated = lane in ("escalation", "safety")
        concern = a_concern(
            f"c-{number}",
            safeguarder_id=draw(st.sampled_from(list(MANAGERS))),
            rule=f"rule-{number}",
            lane=lane,
            standards=draw(st.sampled_from(STANDARDS)),
            tell="senior_manager" if escalated else "support_manager",
            quiet_if_escalated=draw(st.booleans()),
        )
        told.append([raised(concern), *draw(st.lists(st.sampled_from(followed_by(concern)), max_size=3))])
        if draw(st.booleans()):
            told[-1].append(draw(st.sampled_from([closed(concern), rules.ConcernDismissed(concern=concern)])))
        if draw(st.booleans()) and not isinstance(told[-1][-1], rules.ConcernRaised):
            told[-1].append(updated(concern))
    return told


def followed_by(concern: rules.ConcernFact) -> list[Message]:
    return [
        updated(concern),
        rules.ConcernClosingProposed(concern=concern),
        rules.ConcernAcknowledged(concern=concern, owner="senior-manager", next_date=to_date(TODAY)),
    ]


def shuffled(told: list[list[StoredEvent]], random_: random.Random) -> list[StoredEvent]:
    """One possible order of arrival. Each concern's own order is kept, and some events arrive twice."""
    left = [list(events) for events in told]
    order: list[StoredEvent] = []
    while any(left):
        order.append(random_.choice([events for events in left if events]).pop(0))
        if random_.random() < 0.2:
            order.append(random_.choice(order))
    return order


def final(office: Office) -> list[dict[str, Any]]:
    """Every alert without its id. A resolved one has no recipient, because a manager may come too late for it."""
    alerts = {alert.alert_id: alert for alert in office.alerts()}
    return sorted((remaining(alert, alerts) for alert in alerts.values()), key=str)


def remaining(alert: Alert, alerts: dict[str, Alert]) -> dict[str, Any]:
    silencing = alerts.get(alert.silenced_by)
    shown = replace(
        alert,
        alert_id="",
        version=0,
        recipient=alert.recipient if alert.live else "",
        silenced_by=silencing.concern.concern_id if silencing else "",
    )
    return {name: getattr(shown, name) for name in Alert.__dataclass_fields__}


@settings(max_examples=part_of(30), deadline=None)
@given(told=histories(), seeds=st.tuples(st.integers(), st.integers()))
def test_the_same_events_in_any_order_leave_the_same_alerts(
    database_kind: str, told: list[list[Message]], seeds: tuple[int, int]
) -> None:
    outcomes = []
    for seed in seeds:
        with a_new_office() as office:
            events = [[office.event(message) for message in messages] for messages in told]
            office.receive_events(*shuffled(events, random.Random(seed)))
            outcomes.append(final(office))
    assert outcomes[0] == outcomes[1]


@settings(max_examples=part_of(30), deadline=None)
@given(told=histories(), seed=st.integers())
def test_at_most_one_alert_is_live_for_each_matter(database_kind: str, told: list[list[Message]], seed: int) -> None:
    with a_new_office() as office:
        events = [[office.event(message) for message in messages] for messages in told]
        for event in shuffled(events, random.Random(seed)):
            office.receive_events(event)
            live = [alert.concern for alert in office.alerts() if alert.live]
            matters = {(one.safeguarder_id, one.rule, one.subject, one.window_starts_on) for one in live}
            assert len(matters) == len(live)


@settings(max_examples=part_of(30), deadline=None)
@given(told=histories(), seed=st.integers())
def test_no_manager_is_written_to_before_the_person_was_or_could_not_be(
    database_kind: str, told: list[list[Message]], seed: int
) -> None:
    random_ = random.Random(seed)
    with a_new_office() as office:

        def nobody_before_the_person(address: str, reference: str) -> None:
            sent = office.notifications()
            going = [one for one in sent if one.reference == reference and not one.to_the_person and not one.urgent]
            for one in going:
                theirs = [other for other in sent if other.to_the_person and other.alert_id == one.alert_id]
                assert all(other.state in FINAL_STATES for other in theirs if other.created_at <= one.created_at)

        outcomes = random_.choices(list(Outcome), k=200)
        post = Post(*outcomes, watch=nobody_before_the_person)
        events = [[office.event(message) for message in messages] for messages in told]
        for event in shuffled(events, random_):
            office.receive_events(event)
            put_something_aside(office, random_)
            office.go_on(seconds=random_.choice([1, 30, 90, 400]))
            office.send_all(post)
        while any(one.state not in FINAL_STATES for one in office.notifications()):
            office.go_on(minutes=6)
            office.send_all(post)


def put_something_aside(office: Office, random_: random.Random) -> None:
    """Snooze an alert now and then, so that new evidence can end the snooze."""
    live = [alert for alert in office.alerts() if alert.live]
    if live and random_.random() < 0.5:
        read = AlertRead(live[0].safeguarder_id, live[0].alert_id)
        office.do(
            lambda context: snooze_alert(
                read, "manager-one", TODAY + timedelta(days=14), Reason.AWAITING_INFORMATION, context
            )
        )
