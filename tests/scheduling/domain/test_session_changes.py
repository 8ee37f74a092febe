"""What is published of a session: its newest version says how it stands (record 1.3)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scheduling.domain.attendance import Attendance, Mode, SessionAttendance
from services.scheduling.domain.events import AgendaFact, SupportSessionChanged
from services.scheduling.domain.identifiers import ConcernId, Party, SessionId
from services.scheduling.domain.sessions.agenda import ItemOutcome, Lane
from services.scheduling.domain.sessions.changes import changed, freezes_at, number_changes, with_first_versions
from services.scheduling.domain.sessions.records import RecordedOutcome, RecordState, SessionRecord, follow_record
from services.scheduling.domain.sessions.sessions import SessionState, SupportSession, cancel, reschedule
from tests.scheduling.builders import BOTH_PRESENT, NOW, POLICY, a_session, an_item, at
from tests.scheduling.stories import STORY, Storyteller
from tests.sizes import part_of

STARTS_AT = at("2027-01-12")
FREEZES_AT = at("2027-01-05", "00:00")
CONFIRMED = replace(a_session(STARTS_AT), state=SessionState.CONFIRMED, confirmed_at=NOW)
HELD = replace(CONFIRMED, state=SessionState.HELD, attendance=BOTH_PRESENT)
NOT_HELD = SessionAttendance(True, Attendance.ABSENT_EXCUSED, Mode.ONLINE)


def told_of(session: SupportSession) -> SupportSessionChanged:
    return changed(session, NOW, POLICY)


@pytest.mark.parametrize(
    ("session", "expected"),
    [
        (a_session(STARTS_AT), None),
        (CONFIRMED, FREEZES_AT),
        (replace(CONFIRMED, confirmed_at=at("2027-01-04", "23:59")), FREEZES_AT),
        (replace(CONFIRMED, confirmed_at=at("2027-01-08", "09:30")), at("2027-01-08", "09:30")),
        (replace(CONFIRMED, starts_at=at("2027-03-30")), at("2027-03-22", "00:00")),
        (replace(CONFIRMED, starts_at=at("2027-07-06")), at("2027-06-29", "00:00")),
        (HELD, FREEZES_AT),
        (replace(HELD, confirmed_at=None), STARTS_AT),
        (replace(CONFIRMED, confirmed_at=None, state=SessionState.NOT_HELD, attendance=NOT_HELD), None),
        (cancel(a_session(STARTS_AT), Party.TEAM)[0], None),
    ],
)
def test_papers_freeze_on_the_freeze_day_or_at_confirming_or_at_the_start(
    session: SupportSession, expected: datetime | None
) -> None:
    """R109: five working days before, in Scotland's time, and not before the date is settled between the two."""
    assert freezes_at(session, POLICY) == expected


def test_the_agenda_is_told_praise_first_and_without_what_was_taken_off() -> None:
    """R70, B6: praise comes first, and nobody prepares for what was closed."""
    items = (
        an_item("c1"),
        an_item("gone", Lane.SAFETY),
        an_item("praise", Lane.EXCELLENCE),
        replace(an_item("c2"), outcome=ItemOutcome.CARRIED_FORWARD),
    )
    agenda = tuple(replace(i, outcome=ItemOutcome.WITHDRAWN) if i.concern_id == "gone" else i for i in items)
    assert told_of(replace(CONFIRMED, agenda=agenda)).agenda == (
        AgendaFact(ConcernId("praise"), "excellence"),
        AgendaFact(ConcernId("c1"), "support_need"),
        AgendaFact(ConcernId("c2"), "support_need"),
    )


def test_how_it_was_held_is_told_of_a_held_session_only() -> None:
    """R148: the mode belongs to a session at which both were."""
    not_held = replace(CONFIRMED, state=SessionState.NOT_HELD, attendance=NOT_HELD)
    assert (told_of(HELD).mode, told_of(not_held).mode, told_of(CONFIRMED).mode) == (Mode.FACE_TO_FACE, None, None)


def test_a_moved_session_says_where_it_went_and_the_new_one_is_told_too() -> None:
    """Record 1.3: a session that is moved leaves its papers behind, and the new one gets its own."""
    moved, new, _ = reschedule(replace(CONFIRMED, version=3), at("2027-01-19"), Party.TEAM, NOW, SessionId("s-2"))
    _, events = number_changes([replace(CONFIRMED, version=3)], [moved, new], NOW, POLICY)
    assert [(e.session_id, e.state, e.rescheduled_to) for e in events] == [
        ("session-1", "rescheduled", "s-2"),
        ("s-2", "proposed", None),
    ]
    assert events[0].version > 3


def test_an_extra_one_to_one_is_told_with_number_zero() -> None:
    """Record 1.3: extra one-to-ones have papers and a record too."""
    (extra,), (event,) = number_changes([], [a_session(STARTS_AT, core=False)], NOW, POLICY)
    assert (extra.version, event.number) == (event.version, 0)


def test_what_did_not_change_keeps_its_version_and_is_not_told() -> None:
    known = replace(HELD, version=7)
    assert number_changes([known], [known], NOW, POLICY) == ((known,), ())


def test_an_open_session_of_the_release_before_is_told_once() -> None:
    """After an upgrade evidence learns of the sessions to come, and of none that is over."""
    before = (CONFIRMED, replace(HELD, session_id=SessionId("over")))
    kept, events = number_changes(before, with_first_versions(before), NOW, POLICY)
    assert [event.session_id for event in events] == ["session-1"]
    assert number_changes(kept, with_first_versions(kept), NOW, POLICY) == (kept, ())


def test_what_changes_after_going_back_to_a_release_without_versions_is_still_the_newest() -> None:
    """F3: that release drops the version, and so does not know how far it had come."""
    (known,), _ = number_changes([], [CONFIRMED], NOW, POLICY)
    (known,), _ = number_changes([known], [HELD], NOW, POLICY)
    dropped = replace(known, version=0)
    _, (event,) = number_changes([dropped], [replace(dropped, attendance=NOT_HELD)], NOW + timedelta(hours=1), POLICY)
    assert event.version > known.version


RECORD = st.tuples(st.sampled_from(RecordState), st.sampled_from(ItemOutcome), st.integers(0, 6))


@settings(max_examples=part_of(300), deadline=None)
@given(STORY, st.lists(st.none() | RECORD, min_size=40, max_size=40))
def test_the_newest_version_of_every_session_says_how_it_is_stored_and_versions_rise(
    story: list[tuple[int, int, int]], records: list[tuple[RecordState, ItemOutcome, int] | None]
) -> None:
    """Record 0.2: a reader that keeps the newest version knows the session as scheduling stores it."""
    teller = Storyteller()
    stored: tuple[SupportSession, ...] = ()
    newest: dict[SessionId, SupportSessionChanged] = {}
    for step, record in zip(story, records, strict=False):
        teller.play(*step)
        if record is not None:
            _follow(teller, *record)
        stored, events = number_changes(stored, teller.diary.sessions, teller.now, POLICY)
        teller.diary = replace(teller.diary, sessions=stored)
        for event in events:
            assert event.session_id not in newest or event.version > newest[event.session_id].version
            newest[event.session_id] = event
        expected = {each.session_id: changed(each, newest[each.session_id].changed_at, POLICY) for each in stored}
        assert newest == expected


def _follow(teller: Storyteller, state: RecordState, outcome: ItemOutcome, version: int) -> None:
    session = teller.diary.sessions[version % len(teller.diary.sessions)]
    outcomes = tuple(RecordedOutcome(item.concern_id, outcome) for item in session.agenda[:2])
    record = SessionRecord(session.session_id, version, state, teller.now - timedelta(hours=1), outcomes)
    teller.diary = follow_record(teller.diary, record, teller.now, POLICY).diary
