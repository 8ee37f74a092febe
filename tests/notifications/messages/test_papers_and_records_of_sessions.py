"""Those whose turn it is are told of the papers and the record of a session, and never what is in them (record 6)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1 import session_records_pb2 as records
from psmf.notifications.v1 import notifications_pb2

from services.notifications import wire
from services.notifications.domain.notification import Notification, Subject
from services.notifications.handlers.tell_of_session import tell_of_papers, tell_of_record
from services.platform.calls.wire import from_word, to_date, to_instant
from tests.notifications.builders import allocated
from tests.notifications.office import NOW, TODAY, Office, Post, an_office
from tests.sizes import part_of

SESSION = "5" * 32
STARTS_AT = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
ANSWER_BY, RESPOND_BY = date(2026, 12, 8), date(2026, 12, 15)
HELD_ON = date(2026, 11, 20)


def papers(version: int = 1, content: str = "a" * 64, state: str = "frozen", **fields: Any) -> Any:
    number = from_word(records.SessionPack.State, state)
    values: dict[str, Any] = {"session_id": SESSION, "safeguarder_id": "sg-one", "start_time": to_instant(STARTS_AT)}
    return evidence.SessionPackChanged(version=version, hash=content, state=number, **values | fields)


def late_items(version: int = 1, offered: int = 1, waiting: int = 1, **fields: Any) -> Any:
    values: dict[str, Any] = {"session_id": SESSION, "safeguarder_id": "sg-one", "session_date": to_date(HELD_ON)}
    return evidence.SessionLateItemsChanged(version=version, offered=offered, waiting=waiting, **values | fields)


def record(version: int = 1, state: str = "shared", ending: str = "", edition: int = 1, **fields: Any) -> Any:
    values: dict[str, Any] = {
        "safeguarder_id": "sg-one",
        "session_id": SESSION,
        "version": version,
        "edition": edition,
        "state": from_word(records.SessionRecord.State, state),
        "ending": from_word(records.SessionRecord.Ending, ending),
        "held_date": to_date(HELD_ON),
    }
    if state == "shared":
        values["answer_due_date"] = to_date(ANSWER_BY)
    if state == "disputed":
        values["response_due_date"] = to_date(RESPOND_BY)
    return evidence.SessionRecordChanged(**values | fields)


def new_of(office: Office, *messages: Any) -> list[Notification]:
    before = {one.notification_id for one in office.notifications()}
    office.receive(*messages)
    return [one for one in office.notifications() if one.notification_id not in before]


def said(one: Notification) -> tuple[Any, ...]:
    return one.recipient, one.subject, one.session_on, one.answer_by_on, one.to_the_person


def test_the_papers_of_a_session_are_told_to_the_safeguarder_with_its_day(office: Office) -> None:
    """R109: the Safeguarder has the papers before the session, no later than the support manager."""
    (told,) = new_of(office, allocated(), papers())
    assert said(told) == ("person-one", Subject.SESSION_PAPERS, STARTS_AT.date(), None, True)


def test_papers_made_again_are_told_only_if_they_hold_something_else_and_the_session_is_to_come(
    office: Office,
) -> None:
    """Record 6: the same papers are no news, and after the session nobody needs to read them again."""
    office.receive(papers())
    office.send_all(Post())
    office.go_on(hours=1)
    office.send_all(Post())
    assert new_of(office, papers(), papers(version=2)) == []
    assert len(new_of(office, papers(version=3, content="b" * 64))) == 1
    office.clock.instant = STARTS_AT
    assert new_of(office, papers(version=4, content="c" * 64)) == []


@pytest.mark.parametrize("state", ["growing", "used", "void"])
def test_papers_that_are_not_frozen_are_told_to_nobody(office: Office, state: str) -> None:
    assert new_of(office, papers(state=state)) == []


def test_papers_that_are_no_longer_needed_are_not_sent(office: Office) -> None:
    """Record 6: the session was moved before the message went."""
    office.receive(papers(), papers(version=2, state="void"), papers())
    assert office.notifications() == []


def test_the_safeguarder_is_told_of_each_late_item_once_and_asked_for_no_answer(office: Office) -> None:
    """Record 2.1: silence admits nothing, so there is no day. It does not say what was offered."""
    (told,) = new_of(office, late_items())
    assert said(told) == ("person-one", Subject.LATE_ITEM_OFFERED, HELD_ON, None, True)
    assert new_of(office, late_items(), late_items(version=2)) == []
    office.send_all(Post())
    office.go_on(hours=1)
    office.send_all(Post())
    assert len(new_of(office, late_items(version=3, offered=2, waiting=2))) == 1
    assert new_of(office, late_items(version=4, offered=2, waiting=1)) == [], "one was admitted, and one waits still"


def test_an_offer_that_cannot_be_admitted_any_more_is_not_sent(office: Office) -> None:
    """It was admitted, the record is shared, or the session is off. An offer that comes late tells nobody then."""
    office.receive(late_items(), late_items(version=2, waiting=0), late_items())
    assert office.notifications() == []
    assert len(new_of(office, late_items(version=3, waiting=1))) == 1, "the session takes place after all"


CASES = [
    (record(), ("person-one", Subject.RECORD_TO_ANSWER, HELD_ON, ANSWER_BY, True)),
    (record(state="disputed"), ("manager-one", Subject.RECORD_DISPUTED, HELD_ON, RESPOND_BY, False)),
    (record(state="closed", ending="confirmed"), ("manager-one", Subject.RECORD_CONFIRMED, HELD_ON, None, False)),
    (record(state="closed", ending="no_answer"), ("person-one", Subject.RECORD_CLOSED, HELD_ON, None, True)),
    (record(state="closed", ending="disputed"), ("person-one", Subject.RECORD_CLOSED, HELD_ON, None, True)),
]


@pytest.mark.parametrize(("message", "expected"), CASES)
def test_the_one_whose_turn_it_is_is_told_once_and_by_when(
    office: Office, message: Any, expected: tuple[Any, ...]
) -> None:
    """R111, record 6: an answer to the record, an answer to what is disputed, and how it ended."""
    office.receive(allocated())
    (told,) = new_of(office, message)
    assert said(told) == expected
    message.version += 1
    assert new_of(office, message) == []


def test_each_text_of_a_record_is_told(office: Office) -> None:
    """Record 2.2: a corrected text asks for another answer."""
    office.receive(record())
    (told,) = new_of(office, record(version=4, edition=2, answer_due_date=to_date(RESPOND_BY)))
    assert told.answer_by_on == RESPOND_BY
    assert len(office.notifications()) == 1, "the question about the text before was not sent yet, and is withdrawn"


@pytest.mark.parametrize(
    "message",
    [
        record(state="withdrawn"),
        record(state="drafted"),
        record(answer_due_date=to_date(TODAY - timedelta(days=1))),
        record(safeguarder_id="sg-nobody-signs-in-for"),
    ],
)
def test_nobody_is_told_of_a_record_that_asks_for_nothing(office: Office, message: Any) -> None:
    """Record 6: withdrawn, not shared, too late to answer, or nobody to tell."""
    assert new_of(office, message) == []


def test_a_disputed_record_without_a_support_manager_is_the_teams(office: Office) -> None:
    """Record 6: a dispute is never nobody's."""
    (told,) = new_of(office, record(state="disputed"))
    assert told.recipient == "panel-team"


def test_words_that_only_a_later_release_knows_tell_nobody(office: Office) -> None:
    """Record 0.2: a fact is never a dead letter because of what it says."""
    office.receive(allocated())
    other, ended = record(), record(version=2, state="closed")
    other.state = ended.ending = 99
    unknown = papers()
    unknown.state = 99
    assert new_of(office, other, ended, unknown) == []


def test_the_list_of_messages_says_what_there_is_to_read_and_of_which_day(office: Office) -> None:
    """Record 6: an inbox line with a date. An e-mail says neither, as ever."""
    office.receive(papers())
    (told,) = office.notifications()
    shown = wire.notification_message(told)
    assert (notifications_pb2.Notification.Subject.Name(shown.subject), shown.session_date) == (
        "SUBJECT_SESSION_PAPERS",
        to_date(STARTS_AT.date()),
    )


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with an_office(tmp_path_factory.mktemp("orders")) as office:
        office.receive(allocated())
        yield office


STATES = st.sampled_from(["shared", "disputed", "closed confirmed", "closed no_answer", "closed disputed", "withdrawn"])
RECORDS = st.lists(st.tuples(STATES, st.integers(1, 3)), min_size=1, max_size=6)
PAPERS = st.lists(st.tuples(st.sampled_from(["frozen", "void", "used"]), st.sampled_from("ab")), min_size=1, max_size=5)
sessions = (f"{number:032x}" for number in range(1_000_000))


def told_of(office: Office, messages: list[Any], session_id: str) -> list[tuple[Any, ...]]:
    for message in messages:
        if isinstance(message, evidence.SessionRecordChanged):
            office.do(lambda c, m=message: tell_of_record(wire.session_record(m), c))  # type: ignore[misc]
        else:
            office.do(lambda c, m=message: tell_of_papers(wire.session_papers(m), c))  # type: ignore[misc]
    return [said(one) for one in office.notifications() if one.alert_id.startswith(session_id)]


@settings(max_examples=part_of(100), deadline=None)
@given(RECORDS, st.data())
def test_whatever_comes_twice_late_or_never_only_the_newest_is_told(
    offices: Office, standings: list[tuple[str, int]], data: st.DataObject
) -> None:
    """Record 8, newest_version_everywhere: what waits to be sent is what the newest version alone would tell."""
    one, another = next(sessions), next(sessions)

    def version(number: int, session_id: str) -> Any:
        words, edition = standings[number - 1]
        state, _, ending = words.partition(" ")
        return record(number, state, ending, edition, session_id=session_id)

    newest = len(standings)
    numbers = data.draw(st.permutations([*range(1, newest + 1), *range(1, newest + 1)]))
    mixed = told_of(offices, [version(number, one) for number in numbers], one)
    assert mixed == told_of(offices, [version(newest, another)], another)
    assert offices.clock.now() == NOW


@settings(max_examples=part_of(100), deadline=None)
@given(PAPERS, st.data())
def test_papers_are_told_once_at_most_however_they_come(
    offices: Office, states: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Record 8: doubled, late or lost, one message waits at most, and none if they are no longer needed."""
    session_id, newest = next(sessions), len(states)
    numbers = data.draw(st.permutations([*range(1, newest + 1), newest]))
    messages = [papers(n, states[n - 1][1] * 64, states[n - 1][0], session_id=session_id) for n in numbers]
    told = told_of(offices, messages, session_id)
    assert len(told) <= 1
    state = states[-1][0]
    assert state == "used" or len(told) == (state == "frozen")
