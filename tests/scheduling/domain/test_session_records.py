"""What the record of a session changes in the diary: a fact that is taken as it is (record 0.2, 1.3, 2.2)."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.refusals import Refusal
from services.scheduling.domain.attendance import Attendance, SessionAttendance
from services.scheduling.domain.events import AgendaItemSettled
from services.scheduling.domain.identifiers import ConcernId, SessionId
from services.scheduling.domain.sessions.agenda import ItemOutcome, Lane
from services.scheduling.domain.sessions.diary import Diary, DiaryChange, record_attendance, settle_item
from services.scheduling.domain.sessions.records import RecordedOutcome, RecordState, SessionRecord, follow_record
from services.scheduling.domain.sessions.sessions import Settlement
from tests.scheduling.builders import BOTH_PRESENT, POLICY, SAFEGUARDER, a_diary, a_session, an_item, at
from tests.sizes import part_of

S1, S2 = SessionId("s1"), SessionId("s2")
HELD_AT, CLOSED_AT, LATER = (at(day, "12:00") for day in ("2027-01-12", "2027-01-20", "2027-01-22"))
AGENDA = (an_item("praise", Lane.EXCELLENCE), an_item("c1"), an_item("c2"))
NOT_HELD = SessionAttendance(True, Attendance.ABSENT_EXCUSED)


def a_held_session() -> Diary:
    """The diary after a session at which nothing was settled, so that all of it is on the next agenda."""
    sessions = [replace(a_session(at("2027-01-12"), "s1"), agenda=AGENDA), a_session(at("2027-03-09"), "s2")]
    return record_attendance(a_diary(sessions), S1, BOTH_PRESENT, HELD_AT, POLICY).diary


def a_record(version: int, state: RecordState = RecordState.CLOSED, **outcomes: str) -> SessionRecord:
    said = tuple(RecordedOutcome(ConcernId(which), ItemOutcome(outcome)) for which, outcome in outcomes.items())
    return SessionRecord(S1, version, state, CLOSED_AT, said)


def follow(diary: Diary, *records: SessionRecord) -> Diary:
    for record in records:
        diary = follow_record(diary, record, LATER, POLICY).diary
    return diary


def outcomes(diary: Diary) -> dict[str, str | None]:
    return {item.concern_id: item.outcome for item in diary.session(S1).agenda}


def next_agenda(diary: Diary) -> set[str]:
    return {item.concern_id for item in diary.session(S2).unsettled}


CLOSED = a_record(2, praise="acknowledged", c1="action", c2="carried_forward")


def test_a_closed_record_settles_the_agenda_and_what_was_carried_stands_on_the_next_one() -> None:
    """R110, B11: nothing vanishes, and what was settled leaves the next agenda."""
    change = follow_record(a_held_session(), CLOSED, LATER, POLICY)
    assert outcomes(change.diary) == {"praise": "acknowledged", "c1": "action", "c2": "carried_forward"}
    assert next_agenda(change.diary) == {"c2"}
    assert change.diary.session(S1).record_closed_at == CLOSED_AT
    assert change.diary.settled_at(ConcernId("c1")) == CLOSED_AT
    assert change.events == (
        AgendaItemSettled(SAFEGUARDER, S1, ConcernId("praise"), "acknowledged"),
        AgendaItemSettled(SAFEGUARDER, S1, ConcernId("c1"), "action"),
    )


@pytest.mark.parametrize("state", [RecordState.OPEN, RecordState.CLOSED, RecordState.WITHDRAWN])
@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_is_not_newer_changes_nothing(version: int, state: RecordState) -> None:
    """Record 0.2: the newest version holds, and the same one twice is no news."""
    diary = follow(a_held_session(), CLOSED)
    assert follow_record(diary, a_record(version, state, c1="no_action"), LATER, POLICY) == DiaryChange(diary)


def test_a_correction_that_is_shared_leaves_the_outcomes_until_it_is_closed_again() -> None:
    """Record 2.2: a corrected text settles the agenda otherwise only when it is closed."""
    shared = follow(a_held_session(), CLOSED, a_record(3, RecordState.OPEN, c1="no_action"))
    assert outcomes(shared) == outcomes(follow(a_held_session(), CLOSED))
    assert shared.session(S1).record_closed_at == CLOSED_AT
    closed = follow(shared, a_record(4, praise="acknowledged", c1="carried_forward", c2="no_action"))
    assert outcomes(closed) == {"praise": "acknowledged", "c1": "carried_forward", "c2": "no_action"}
    assert next_agenda(closed) == {"c1"}


def test_only_a_withdrawn_record_lets_attendance_be_corrected() -> None:
    """Record 2.2: the session was not held after all, so what the record settled goes on."""
    diary = follow(a_held_session(), CLOSED, a_record(3, RecordState.OPEN))
    with pytest.raises(Refusal, match="SESSION_CANNOT_BE_RECORDED"):
        record_attendance(diary, S1, NOT_HELD, LATER, POLICY)
    withdrawn = follow(diary, a_record(4, RecordState.WITHDRAWN))
    assert next_agenda(withdrawn) == {"praise", "c1", "c2"}
    corrected = record_attendance(withdrawn, S1, NOT_HELD, LATER, POLICY).diary
    assert next_agenda(corrected) == {"praise", "c1", "c2"}


def test_a_withdrawn_record_leaves_what_a_person_settled_otherwise() -> None:
    """Record 1.3: the record takes back its own words, and nobody else's."""
    diary = follow(a_held_session(), a_record(2, c1="action"))
    said = Settlement(S1, ConcernId("c2"), ItemOutcome.NO_ACTION)
    diary = settle_item(diary, said, LATER, POLICY).diary
    withdrawn = follow(diary, a_record(3, RecordState.WITHDRAWN))
    assert outcomes(withdrawn) == {"praise": "carried_forward", "c1": "carried_forward", "c2": "no_action"}


@pytest.mark.parametrize(
    "record",
    [
        a_record(2, praise="action", c1="acknowledged", unknown="action"),
        a_record(2, c1="withdrawn", c2="not_reached"),
        replace(CLOSED, session_id=SessionId("nobody's")),
    ],
)
def test_what_does_not_fit_is_left_out_and_never_refused(record: SessionRecord) -> None:
    """Record 0.2: facts are taken as they are."""
    before = a_held_session()
    assert outcomes(follow(before, record)) == outcomes(before)


def test_a_record_of_a_session_that_is_no_longer_held_settles_nothing() -> None:
    """Record 2.2: attendance was corrected while the record crossed the wire."""
    diary = record_attendance(a_held_session(), S1, NOT_HELD, HELD_AT, POLICY).diary
    closed = follow(diary, CLOSED)
    assert outcomes(closed) == outcomes(diary)
    assert closed.session(S1).record_closed_at == CLOSED_AT


def test_what_was_settled_at_a_later_session_does_not_come_back_with_a_late_record() -> None:
    """B11: the record of the first session says carried forward, and the second one settled it."""
    diary = record_attendance(a_held_session(), S2, BOTH_PRESENT, at("2027-03-09", "12:00"), POLICY).diary
    said = Settlement(S2, ConcernId("c1"), ItemOutcome.ACTION)
    diary = settle_item(diary, said, at("2027-03-09", "13:00"), POLICY).diary
    late = follow_record(diary, a_record(2, c1="carried_forward"), at("2027-03-10"), POLICY).diary
    assert not late.is_open(ConcernId("c1"))


SAID: Any = st.fixed_dictionaries(
    {},
    optional={
        "praise": st.sampled_from(["acknowledged", "carried_forward"]),
        "c1": st.sampled_from(["action", "no_action", "carried_forward"]),
        "c2": st.sampled_from(["action", "no_action", "carried_forward"]),
    },
)
TEXTS = st.lists(st.tuples(st.sampled_from(RecordState), SAID), min_size=1, max_size=6)
LAST = st.sampled_from([RecordState.CLOSED, RecordState.WITHDRAWN])


@settings(max_examples=part_of(300), deadline=None)
@given(TEXTS, LAST, SAID, st.data())
def test_the_newest_version_decides_whatever_came_before_and_in_whatever_order(
    texts: list[tuple[RecordState, dict[str, str]]], last: RecordState, said: dict[str, str], data: st.DataObject
) -> None:
    """Record 8, newest_version_everywhere: versions mixed up, doubled and missing end as the newest one alone."""
    before = [a_record(number, state, **words) for number, (state, words) in enumerate(texts, start=1)]
    newest = a_record(len(texts) + 1, last, **said)
    mixed = data.draw(st.permutations([*before, newest, newest]))
    kept = data.draw(st.sets(st.sampled_from(range(len(mixed)))))
    diary = follow(a_held_session(), *(each for place, each in enumerate(mixed) if place in kept or each is newest))
    alone = follow(a_held_session(), newest)
    assert (outcomes(diary), next_agenda(diary)) == (outcomes(alone), next_agenda(alone))
    assert diary.session(S1).record_version == newest.version
    assert diary.session(S1).record_closed_at == alone.session(S1).record_closed_at
    settled = {which for which, outcome in outcomes(diary).items() if outcome != "carried_forward"}
    assert next_agenda(diary) == {"praise", "c1", "c2"} - settled
