"""Those who are asked for something are told, and by when, but never what (P29)."""

from datetime import date, timedelta
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.evidence.v1 import evidence_pb2
from psmf.rules.v1 import concern_moves_pb2 as moves
from psmf.rules.v1 import events_pb2 as rules
from psmf.scheduling.v1 import events_pb2 as scheduling
from psmf.scheduling.v1 import scheduling_pb2

from services.calendar_days import WorkingCalendar, add_working_days
from services.notifications.adapters.ladders import read_ladders
from services.notifications.adapters.smtp import ANSWER_BY, read_template, with_answer_by
from services.notifications.domain.asking import ASKED_BY
from services.notifications.domain.notification import Notification, Subject
from services.platform.calls.wire import to_date
from tests.notifications.builders import a_concern, a_safety_matter, allocated, raised
from tests.notifications.office import TODAY, Office, an_office

IN_TWO_DAYS = TODAY + timedelta(days=2)
STAFF = {"open_review": ["manager-one"], "escalate": ["panel-team"], "recommend": ["recorder"]}


def move_of(word: str, due_on: date | None = None) -> rules.ConcernMoved:
    number: Any = moves.ConcernMove.Value(f"CONCERN_MOVE_{word.upper()}")
    return rules.ConcernMoved(concern=a_concern(), move=number, due_date=to_date(due_on))


def new_of(office: Office, *messages: Any) -> list[Notification]:
    before = {one.notification_id for one in office.notifications()}
    office.receive(*messages)
    return [one for one in office.notifications() if one.notification_id not in before]


@pytest.mark.parametrize("word", ASKED_BY)
def test_those_whom_a_move_asks_are_told_with_the_day(office: Office, word: str) -> None:
    """P29: an action, support or a notice to answer, a review, an escalation, a recommendation, an invitation."""
    office.receive(allocated(), raised(a_concern()))
    told = new_of(office, move_of(word, IN_TWO_DAYS))
    assert [one.recipient for one in told] == ["person-one", *STAFF.get(word, [])]
    within = read_ladders().answer_within.get(word)
    day = IN_TWO_DAYS if within is None else add_working_days(WorkingCalendar.OFFICE, TODAY, within)
    assert {one.answer_by_on for one in told} == {day}


def test_the_safeguarder_is_told_no_later_than_staff(office: Office) -> None:
    """P29: of an escalation the Safeguarder is told first."""
    office.receive(allocated(), raised(a_concern()))
    person, team = new_of(office, move_of("escalate"))
    assert (person.to_the_person, team.to_the_person) == (True, False)
    assert person.alert_id == team.alert_id


@pytest.mark.parametrize(
    "word", ["acknowledge", "answer_support", "serve_notice", "record_view", "review_actions", "hold", "snooze"]
)
def test_a_move_that_asks_nobody_tells_nobody(office: Office, word: str) -> None:
    """P29: the person who made a move knows of it."""
    office.receive(allocated(), raised(a_concern()))
    office.go_on(hours=1)
    assert new_of(office, move_of(word)) == []


def test_what_a_safeguarder_is_asked_for_they_can_read(tmp_path: Any, database_kind: str) -> None:
    """P29: also where the policy does not tell them of a matter of safety before."""
    with an_office(tmp_path, safety_tell_safeguarder=False) as office:
        office.receive(allocated(), raised(a_safety_matter()))
        assert not office.alert("c-5").open_to_the_person
        number = moves.CONCERN_MOVE_REQUIRE_ACTION
        office.receive(rules.ConcernMoved(concern=a_safety_matter(), move=number, due_date=to_date(IN_TWO_DAYS)))
        assert office.alert("c-5").open_to_the_person


def shared(due_on: date | None = IN_TWO_DAYS, **changes: Any) -> evidence.EvidenceFact:
    fields: dict[str, Any] = {"evidence_id": "item-1", "safeguarder_id": "sg-one", "version": 2} | changes
    fields.setdefault("state", evidence_pb2.ITEM_STATE_CURRENT)
    return evidence.EvidenceFact(reply_due_date=to_date(due_on), **fields)


def test_an_item_to_reply_to_is_told_once_with_its_last_day(office: Office) -> None:
    """P29: a Safeguarder is told of an item to which they may reply, and by when."""
    (told,) = new_of(office, evidence.EvidenceItemShared(fact=shared()))
    assert (told.recipient, told.answer_by_on, told.to_the_person) == ("person-one", IN_TWO_DAYS, True)
    assert new_of(office, evidence.EvidenceItemMapped(fact=shared(version=3))) == []


def test_a_time_to_reply_that_starts_again_is_told_again(office: Office) -> None:
    """P29: another last day is another question."""
    office.receive(evidence.EvidenceItemShared(fact=shared()))
    later = TODAY + timedelta(days=20)
    (told,) = new_of(office, evidence.EvidenceItemMapped(fact=shared(later, version=3)))
    assert told.answer_by_on == later


@pytest.mark.parametrize(
    "fact",
    [
        shared(None),
        shared(TODAY - timedelta(days=1)),
        shared(history=True),
        shared(replied_date=to_date(TODAY)),
        shared(state=evidence_pb2.ITEM_STATE_WITHDRAWN),
        shared(safeguarder_id="sg-nobody-signs-in-for"),
    ],
)
def test_nobody_is_asked_for_a_reply_that_is_not_awaited(office: Office, fact: evidence.EvidenceFact) -> None:
    """P29: nothing to reply to, too late, a history, answered, withdrawn, or nobody to tell."""
    assert new_of(office, evidence.EvidenceItemShared(fact=fact)) == []


def moved(due_on: date | None, version: int) -> evidence.EvidenceReplyTimeMoved:
    return evidence.EvidenceReplyTimeMoved(
        fact=shared(due_on, version=version, reply_stands_still=due_on is None, reply_moved=due_on is not None)
    )


def test_a_person_who_is_away_is_told_that_their_time_stands_still_and_then_until_when(office: Office) -> None:
    """R90: once each, also when the day is one of which they were told before."""
    office.receive(evidence.EvidenceItemShared(fact=shared()))
    (still,) = new_of(office, moved(None, 3))
    assert (still.recipient, still.subject, still.answer_by_on) == ("person-one", Subject.REPLY_STANDS_STILL, None)
    assert new_of(office, evidence.EvidenceItemMapped(fact=shared(None, version=4, reply_stands_still=True))) == []
    office.go_on(hours=1)
    (back,) = new_of(office, moved(TODAY + timedelta(days=9), 5))
    assert (back.subject, back.answer_by_on) == (Subject.REPLY_MOVED, TODAY + timedelta(days=9))
    (again,) = new_of(office, moved(IN_TWO_DAYS, 6))
    assert again.answer_by_on == IN_TWO_DAYS
    assert new_of(office, evidence.EvidenceItemMapped(fact=shared(version=7))) == []


def test_nobody_is_told_of_a_time_to_reply_that_moved_and_is_over(office: Office) -> None:
    assert new_of(office, moved(TODAY - timedelta(days=1), 3)) == []


def test_an_absence_whose_time_stands_still_is_told_and_an_excuse_by_leave_withdraws_it(office: Office) -> None:
    """R90: a word that is recorded again asks again, although an unsent message with that day was withdrawn."""
    kind: Any = scheduling.TrainingAttendanceRecorded
    number = scheduling_pb2.ATTENDANCE_ABSENT_UNEXCUSED
    (still,) = new_of(office, kind(attendance=number, reply_stands_still=True, reply_time_moved=True, **IDS))
    assert still.subject is Subject.REPLY_STANDS_STILL
    office.receive(recorded(kind, "absent_excused"))
    assert office.notifications() == []
    (asked,) = new_of(office, recorded(kind, "absent_unexcused"))
    office.receive(recorded(kind, "absent_excused"))
    (again,) = new_of(office, recorded(kind, "absent_unexcused"))
    assert asked.answer_by_on == again.answer_by_on == IN_TWO_DAYS


def test_what_was_answered_before_it_was_sent_is_not_sent(office: Office) -> None:
    """P29: nobody is asked for what they have given."""
    office.receive(evidence.EvidenceItemShared(fact=shared()))
    office.receive(evidence.EvidenceReplyReceived(fact=shared(replied_date=to_date(TODAY))))
    assert office.notifications() == []


ATTENDANCE = [scheduling.SupportSessionAttendanceRecorded, scheduling.TrainingAttendanceRecorded]
IDS = {"safeguarder_id": "sg-one", "obligation_id": "o-1"}


def recorded(kind: Any, word: str, **fields: Any) -> Any:
    number = scheduling_pb2.Attendance.Value(f"ATTENDANCE_{word.upper()}")
    return kind(attendance=number, reply_due_date=to_date(IN_TWO_DAYS), **IDS, **fields)


@pytest.mark.parametrize("kind", ATTENDANCE)
@pytest.mark.parametrize("word", ["absent_unexcused", "awaiting_evidence"])
def test_an_absence_to_reply_to_is_told_and_a_correction_withdraws_it(office: Office, kind: Any, word: str) -> None:
    """P29: a Safeguarder is told of a recorded absence to which they may reply, and by when."""
    (told,) = new_of(office, recorded(kind, word))
    assert (told.recipient, told.answer_by_on, told.to_the_person) == ("person-one", IN_TWO_DAYS, True)
    office.receive(recorded(kind, "absent_excused"))
    assert office.notifications() == []


@pytest.mark.parametrize("kind", ATTENDANCE)
@pytest.mark.parametrize("word", ["attended", "part", "absent_excused"])
def test_attendance_asks_for_no_reply(office: Office, kind: Any, word: str) -> None:
    """P29: nobody is asked about an absence that was none, or that is excused."""
    assert new_of(office, recorded(kind, word)) == []


def test_an_absence_of_a_loaded_history_asks_nobody(office: Office) -> None:
    """P29: what was settled years ago asks for no reply."""
    past = recorded(scheduling.TrainingAttendanceRecorded, "absent_unexcused", history=True)
    assert new_of(office, past) == []


def test_the_e_mail_names_the_day_and_nothing_else() -> None:
    """P29: with the date, never with content."""
    _, body = read_template("service")
    asked = with_answer_by(body, date(2026, 12, 8))
    assert ANSWER_BY.read_text().strip().format(day="Tuesday 8 December 2026") in asked
    assert asked.replace("An answer is asked for by Tuesday 8 December 2026.\n\n", "") == body
