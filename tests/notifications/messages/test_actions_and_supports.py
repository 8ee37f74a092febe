"""The one whose turn it is is told of an action or a support, and never what it is about (record 6)."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.notifications.v1 import notifications_pb2
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import events_pb2 as rules

from services.notifications import wire
from services.notifications.domain.notification import Notification, Subject
from services.notifications.domain.plan_news import Received, SupportStands
from services.notifications.handlers.tell_of_plan import tell_of_action, tell_of_support
from services.platform.calls.wire import from_word, to_date
from services.platform.storage.database import execute
from tests.notifications.builders import a_concern, allocated, raised
from tests.notifications.conftest import Service
from tests.notifications.office import NOW, TODAY, Office, Post, an_office
from tests.sizes import part_of
from tests.waiting import until

ANSWER_BY, SAY_BY, DUE_ON = date(2026, 12, 8), date(2026, 12, 15), date(2027, 3, 1)
PERSON, MANAGER = "person-one", "manager-one"


def support(version: int = 1, state: str = "offered", received: str = "", **fields: Any) -> Any:
    values: dict[str, Any] = {
        "safeguarder_id": "sg-one",
        "support_id": "5" * 32,
        "version": version,
        "state": from_word(plans.Support.State, state),
        "received": from_word(plans.Support.Received, received),
    }
    if state == "offered":
        values["answer_due_date"] = to_date(ANSWER_BY)
    if state == "delivered":
        values["received_due_date"] = to_date(SAY_BY)
    return evidence.SupportChanged(**values | fields)


def action(version: int = 1, state: str = "proposed", answer: str = "", **fields: Any) -> Any:
    values: dict[str, Any] = {
        "safeguarder_id": "sg-one",
        "action_id": "a" * 32,
        "version": version,
        "state": from_word(plans.Action.State, state),
        "answer": from_word(plans.AnswerActionRequest.Answer, answer),
        "proposed_by": plans.RAISER_SUPPORT_MANAGER,
        "due_date": to_date(DUE_ON),
    }
    if state == "proposed" and not answer:
        values["answer_due_date"] = to_date(ANSWER_BY)
    if state != "proposed":
        values["open_date"] = to_date(TODAY)
    return evidence.ActionChanged(**values | fields)


OF_THE_PERSON: dict[str, Any] = {"proposed_by": plans.RAISER_SAFEGUARDER}
OF_THE_MANAGER: dict[str, Any] = {"owner": plans.Action.OWNER_SUPPORT_MANAGER}
SET: dict[str, Any] = {"basis": plans.Action.BASIS_SET}


def new_of(office: Office, *messages: Any) -> list[Notification]:
    before = {one.notification_id for one in office.notifications()}
    office.receive(*messages)
    return [one for one in office.notifications() if one.notification_id not in before]


def said(one: Notification) -> tuple[Any, ...]:
    return one.recipient, one.subject, one.answer_by_on


CASES = [
    (support(), (PERSON, Subject.SUPPORT_TO_ANSWER, ANSWER_BY)),
    (support(state="accepted"), (MANAGER, Subject.SUPPORT_ANSWERED, None)),
    (support(state="declined"), (MANAGER, Subject.SUPPORT_ANSWERED, None)),
    (support(state="accepted", answer_entered=True), (PERSON, Subject.SUPPORT_ANSWER_ENTERED, None)),
    (support(state="none_given", answer_entered=True), (PERSON, Subject.SUPPORT_ANSWER_ENTERED, None)),
    (support(state="delivered"), (PERSON, Subject.SUPPORT_RECEIVED, SAY_BY)),
    (support(state="unavailable"), (PERSON, Subject.SUPPORT_NOT_GIVEN, None)),
    (support(state="not_delivered"), (PERSON, Subject.SUPPORT_NOT_GIVEN, None)),
    (support(state="not_delivered", received="no"), (MANAGER, Subject.SUPPORT_NOT_RECEIVED, None)),
    (action(), (PERSON, Subject.ACTION_TO_ANSWER, ANSWER_BY)),
    (action(**OF_THE_PERSON), (MANAGER, Subject.ACTION_TO_ANSWER, ANSWER_BY)),
    (action(answer="not_agreed"), (MANAGER, Subject.ACTION_ANSWERED, None)),
    (action(state="open", answer="agreed"), (MANAGER, Subject.ACTION_ANSWERED, None)),
    (action(state="open", answer="partly"), (MANAGER, Subject.ACTION_ANSWERED, None)),
    (action(state="open", answer="agreed", **OF_THE_PERSON), (PERSON, Subject.ACTION_ANSWERED, None)),
    (action(answer="not_agreed", **OF_THE_PERSON), (PERSON, Subject.ACTION_ANSWERED, None)),
    (action(state="open", **SET), (PERSON, Subject.ACTION_SET, None)),
    (action(state="open", answer="not_agreed", **SET), (PERSON, Subject.ACTION_SET, None)),
    (action(state="completion_offered"), (MANAGER, Subject.ACTION_DONE, None)),
    (action(state="completion_offered", owner=plans.Action.OWNER_PANEL_TEAM), (MANAGER, Subject.ACTION_DONE, None)),
    (action(state="completion_offered", **OF_THE_MANAGER), (PERSON, Subject.ACTION_DONE, None)),
    (action(state="open", answer="agreed", moved_while_open=True), (PERSON, Subject.ACTION_MOVED, None)),
    (action(state="open", moved_while_open=True, **SET), (PERSON, Subject.ACTION_MOVED, None)),
    (action(state="completion_offered", moved_while_open=True), (MANAGER, Subject.ACTION_DONE, None)),
    (action(state="met"), (PERSON, Subject.ACTION_ENDED, None)),
    (action(state="not_possible"), (PERSON, Subject.ACTION_ENDED, None)),
    (action(state="withdrawn"), (PERSON, Subject.ACTION_ENDED, None)),
]


@pytest.mark.parametrize(("message", "expected"), CASES)
def test_the_one_whose_turn_it_is_is_told_once_and_by_when(
    office: Office, message: Any, expected: tuple[Any, ...]
) -> None:
    """R76, record 6: a support or an action to answer, an answer, an action set, a support given or not."""
    office.receive(allocated())
    (told,) = new_of(office, message)
    assert said(told) == expected
    assert told.to_the_person == (expected[0] == PERSON)
    message.version += 1
    assert new_of(office, message) == [], "another version that stands alike says nothing new"


NOBODY = [
    support(state="delivered", received="yes"),
    support(answer_due_date=to_date(TODAY - timedelta(days=1))),
    support(state="delivered", received_due_date=to_date(TODAY - timedelta(days=1))),
    support(safeguarder_id="sg-nobody-signs-in-for"),
    action(answer_due_date=to_date(TODAY - timedelta(days=1))),
    action(answer_due_date=None),
    action(state="replaced"),
    action(state="withdrawn", open_date=None),
]


@pytest.mark.parametrize("message", NOBODY)
def test_nobody_is_told_of_what_asks_for_nothing(office: Office, message: Any) -> None:
    """Record 6: received, too late to answer, replaced, withdrawn before it was open, or nobody to tell."""
    assert new_of(office, message) == []


@pytest.mark.parametrize("fields", [{"answer": "agreed"}, {"answer": "agreed", **OF_THE_PERSON}, SET])
def test_an_action_that_is_open_again_tells_nobody_of_an_old_answer(office: Office, fields: dict[str, Any]) -> None:
    """Record 2.3: more time opens again what was said to be done. Each later day is told to the Safeguarder."""
    office.receive(allocated())
    told = []
    moved: dict[str, Any] = {"state": "open", "moved_while_open": True}
    standings: list[dict[str, Any]] = [
        {"state": "open"},
        {"state": "completion_offered"},
        moved,
        {**moved, "due_date": to_date(DUE_ON + timedelta(days=7))},
        {"state": "completion_offered", "moved_while_open": True},
    ]
    for version, standing in enumerate(standings, 1):
        told += [said(one)[:2] for one in new_of(office, action(version, **fields | standing))]
        office.go_on(minutes=2)
        office.send_all(Post())
    assert told[1:] == [
        (MANAGER, Subject.ACTION_DONE),
        (PERSON, Subject.ACTION_MOVED),
        (PERSON, Subject.ACTION_MOVED),
        (MANAGER, Subject.ACTION_DONE),
    ]


def test_what_was_not_sent_is_withdrawn_when_it_is_no_longer_so(office: Office) -> None:
    """Record 6: an answer that comes before the question was sent leaves the answer alone to tell."""
    office.receive(allocated(), support(), action())
    office.receive(support(2, "declined"), action(2, "withdrawn", open_date=None))
    (told,) = office.notifications()
    assert said(told) == (MANAGER, Subject.SUPPORT_ANSWERED, None)


def test_the_safeguarders_own_word_after_somebody_entered_one_is_told_to_the_manager(office: Office) -> None:
    """R76: what others entered never stands in the way of the Safeguarder's own answer."""
    office.receive(allocated(), support(2, "declined", answer_entered=True))
    (told,) = new_of(office, support(3, "accepted"))
    assert said(told) == (MANAGER, Subject.SUPPORT_ANSWERED, None)


def test_a_support_given_again_after_it_was_not_received_asks_again(office: Office) -> None:
    """Record 2.3: what the Safeguarder did not receive is still owed."""
    office.receive(allocated(), support(3, "delivered"))
    office.go_on(minutes=2)
    office.send_all(Post())
    office.receive(support(4, "not_delivered", "no"))
    later = SAY_BY + timedelta(days=7)
    (told,) = new_of(office, support(5, "delivered", received_due_date=to_date(later)))
    assert said(told) == (PERSON, Subject.SUPPORT_RECEIVED, later)


def test_an_answer_without_a_support_manager_is_the_teams(office: Office) -> None:
    """Record 6: an answer is never nobody's."""
    (told,) = new_of(office, support(state="declined"))
    assert told.recipient == "panel-team"


def test_a_support_is_told_once_where_a_concern_follows_it(office: Office) -> None:
    """Record 1.4: rules moves the concern because of the plan, and evidence has told of the support."""
    office.receive(allocated(), raised(a_concern()))
    follows = rules.ConcernMoved(concern=a_concern(moved_by="calendar"), move=moves.CONCERN_MOVE_START_SUPPORT)
    assert len(new_of(office, support(), follows)) == 1


@pytest.mark.parametrize(
    "fact",
    [
        action(state="open", answer="agreed", reported=True),
        action(state="open", answer="not_agreed", basis=plans.Action.BASIS_SET, reported=True),
        support(state="accepted", answer_entered=True, reported=True),
        support(state="declined", answer_entered=True, reported=True),
    ],
)
def test_nobody_is_told_of_what_was_agreed_before_it_was_entered(office: Office, fact: Any) -> None:
    """Record 0.13: only what happens to it from then on is told."""
    office.receive(allocated())
    assert new_of(office, fact) == []


def test_what_becomes_of_a_reported_action_is_told(office: Office) -> None:
    office.receive(allocated(), action(state="open", answer="agreed", reported=True))
    (told,) = new_of(office, action(2, "met", "agreed", reported=True))
    assert said(told)[:2] == (PERSON, Subject.ACTION_ENDED)


def test_words_that_only_a_later_release_knows_tell_nobody(office: Office) -> None:
    """Record 0.2: a fact is never a dead letter because of what it says."""
    office.receive(allocated())
    one, another = support(), action()
    one.state = one.received = another.state = another.answer = 99
    assert new_of(office, one, another) == []


def test_every_state_of_a_support_is_known_here() -> None:
    """Record 6: a new state of the contract is told to somebody, or left out on purpose."""
    assert {word.removeprefix("STATE_").lower() for word in plans.Support.State.keys()[1:]} == {*SupportStands} - {
        SupportStands.OTHERWISE
    }
    assert {word.removeprefix("RECEIVED_").lower() for word in plans.Support.Received.keys()[1:]} == {*Received} - {
        Received.NOT_SAID
    }


def test_every_subject_is_a_word_of_the_contract() -> None:
    """Record 6: the list of messages can say each."""
    words = {word.removeprefix("SUBJECT_").lower() for word in notifications_pb2.Notification.Subject.keys()[1:]}
    assert words == {*Subject}


def test_an_email_says_a_day_and_nothing_of_the_support(service: Service) -> None:
    """R15, record 6: over real SMTP."""
    service.receive(allocated(), support(answer_due_date=to_date(date(2099, 12, 8))))
    until(lambda: len(service.mail.taken) == 1)
    (message,) = service.mail.taken
    assert message["To"] == "person-one@example.invalid"
    text = f"{message['Subject']} {message.get_content()}"
    assert "An answer is asked for by Tuesday 8 December 2099." in text
    assert not [word for word in ("support", "offer", "action", "sg-one", "5" * 8) if word in text]
    request = notifications_pb2.ListNotificationsRequest(parent="safeguarders/sg-one")
    (shown,) = service.sent.ListNotifications(request, **service.as_(PERSON)).notifications
    assert shown.subject == notifications_pb2.Notification.SUBJECT_SUPPORT_TO_ANSWER


def test_a_word_of_a_later_release_stops_no_message(office: Office) -> None:
    """F3: after going back, what a later release stored is sent without the word."""
    office.receive(allocated(), support())
    office.database.write(lambda tx: execute(tx, "UPDATE notification SET subject = 'of_a_later_release'"))
    office.go_on(minutes=2)
    post = Post()
    office.send_all(post)
    assert post.addresses == [PERSON]
    assert office.notifications()[0].subject is None


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("orders")) as office:
        office.receive(allocated())
        yield office


SUPPORTS = ["offered", "accepted", "declined", "none_given", "unavailable", "not_delivered", "delivered"]
ACTIONS = ["proposed", "open", "completion_offered", "met", "not_met", "withdrawn", "replaced"]
STANDINGS = st.one_of(
    st.builds(
        lambda state, received, entered: ("support", {"state": state, "received": received, "answer_entered": entered}),
        st.sampled_from(SUPPORTS),
        st.sampled_from(["", "yes", "no"]),
        st.booleans(),
    ),
    st.builds(
        lambda state, answer, basis, owner, moved: (
            "action",
            {"state": state, "answer": answer, "basis": basis, "owner": owner, "moved_while_open": moved},
        ),
        st.sampled_from(ACTIONS),
        st.sampled_from(["", "agreed", "not_agreed"]),
        st.integers(0, 3),
        st.integers(1, 3),
        st.booleans(),
    ),
)
ids = (f"{number:032x}" for number in count())


def told_of(office: Office, name: str, versions: list[Any]) -> list[tuple[Any, ...]]:
    for number, (kind, fields) in versions:
        if kind == "support":
            fact = wire.support(support(number, support_id=name, **fields))
            office.do(lambda context, fact=fact: tell_of_support(fact, context))  # type: ignore[misc]
        else:
            what = wire.action(action(number, action_id=name, **fields))
            office.do(lambda context, what=what: tell_of_action(what, context))  # type: ignore[misc]
    return [said(one) for one in office.notifications() if one.alert_id.startswith(name)]


@settings(max_examples=part_of(100), deadline=None)
@given(st.lists(STANDINGS, min_size=1, max_size=6), st.data())
def test_whatever_comes_twice_late_or_never_only_the_newest_is_told(
    offices: Office, standings: list[tuple[str, dict[str, Any]]], data: st.DataObject
) -> None:
    """Record 8, newest_version_everywhere: what waits to be sent is what the newest version alone would tell."""
    kind, newest = standings[-1]
    kept = {"owner": newest["owner"]} if kind == "action" else {}  # an action keeps its owner
    of_one_kind = [(number, (kind, was | kept)) for number, (one, was) in enumerate(standings, 1) if one == kind]
    mixed = data.draw(st.permutations([*of_one_kind, *of_one_kind]))
    assert told_of(offices, next(ids), mixed) == told_of(offices, next(ids), of_one_kind[-1:])
    assert offices.clock.now() == NOW
