"""Duties follow what evidence and scheduling say, are kept on both databases, and are published as they change."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from psmf.evidence.v1 import events_pb2 as evidence
from psmf.scheduling.v1 import duties_pb2, events_pb2

from services.calendar_days import WorkingCalendar, add_working_days
from services.platform.calls.wire import from_date
from services.scheduling.adapters.duties import SqlDuties
from services.scheduling.domain.attendance import Attendance, SessionAttendance
from services.scheduling.domain.duties.duties import Duty
from services.scheduling.domain.identifiers import SafeguarderId, SessionName
from services.scheduling.domain.sessions.sessions import SupportSession
from services.scheduling.handlers.change_session import record_session_attendance
from tests.scheduling.builders import BOTH_PRESENT, TODAY
from tests.scheduling.office import Office
from tests.scheduling.received import acted, appointed, ended, on_leave, planned, recorded, shared, supported

RECENTLY = TODAY - timedelta(days=20)
DUE = TODAY + timedelta(days=28)
PERSON = SafeguarderId("sg-one")


@pytest.fixture
def office(database_kind: str, tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "scheduling.db")
    # Their plan is final, so nobody owes it: test_the_plan_of_a_term tries that duty.
    made.receive(planned(1, made.clock.now(), final=True), appointed(PERSON, RECENTLY))
    yield made
    made.close()


def hold(office: Office, there: SessionAttendance = BOTH_PRESENT) -> SupportSession:
    """Record who was at the first session of sg-one, two hours after its start."""
    first = office.schedule(PERSON).sessions[0]
    office.clock.instant = max(office.clock.instant, first.starts_at + timedelta(hours=2))
    name = SessionName(PERSON, first.session_id)
    return office.command(lambda context: record_session_attendance(name, there, context))


def told(office: Office) -> list[events_pb2.DutyChanged]:
    rows = office.rows("SELECT data FROM outbox WHERE type = 'psmf.scheduling.v1.DutyChanged' ORDER BY position")
    return [events_pb2.DutyChanged.FromString(bytes(data)) for (data,) in rows]


def stands(office: Office) -> list[tuple[str, str, date | None]]:
    """How each duty stands by the highest version that was published, in the order of their first events."""
    newest: dict[str, events_pb2.DutyChanged] = {}
    for event in told(office):
        assert event.duty_id not in newest or newest[event.duty_id].version < event.version
        newest[event.duty_id] = event
    return [(_word(event, "kind"), _word(event, "state"), from_date(event, "due_date")) for event in newest.values()]


def _word(event: Any, field: str) -> str:
    of = {"kind": duties_pb2.Duty.Kind, "state": duties_pb2.Duty.State, "owed_by": duties_pb2.Duty.OwedBy}[field]
    return str(of.Name(getattr(event, field))).removeprefix(f"{field.upper()}_").lower()


def a_day_passes(office: Office, days: int = 1) -> None:
    for _ in range(days):
        office.clock.instant += timedelta(days=1)
        office.daily_run.run()


def kept(office: Office, safeguarder_id: str = PERSON) -> list[Duty]:
    with office.database.read() as connection:
        return list(SqlDuties(connection, office.clock.now()).of(SafeguarderId(safeguarder_id)))


def office_days_after(day: date, days: int = 10) -> date:
    return add_working_days(WorkingCalendar.OFFICE, day, days)


def test_a_session_that_was_held_owes_a_record_until_it_is_shared(office: Office) -> None:
    session = hold(office)
    (event,) = told(office)
    assert (_word(event, "kind"), _word(event, "owed_by")) == ("share_record", "support_manager")
    assert event.about == f"safeguarders/{PERSON}/supportSessions/{session.session_id}/record"
    assert event.change_time.ToDatetime() == office.clock.now().replace(tzinfo=None)
    answer_by = office_days_after(session.starts_on, 12)
    share_by = office_days_after(session.starts_on)
    office.receive(shared(session.session_id, 1, office.clock.now(), answer_by))
    assert stands(office) == [("share_record", "met", share_by), ("answer_record", "running", answer_by)]
    office.receive(recorded(session.session_id, 2, office.clock.now()))
    assert stands(office)[1] == ("answer_record", "ended", answer_by), "it was closed, and nobody said as confirmed"


def test_a_session_that_was_not_held_after_all_owes_no_record(office: Office) -> None:
    session = hold(office)
    hold(office, SessionAttendance(True, Attendance.ABSENT_EXCUSED))
    assert stands(office) == [("share_record", "ended", office_days_after(session.starts_on))]
    hold(office)
    assert stands(office) == [("share_record", "running", office_days_after(session.starts_on))]


def test_a_session_that_the_release_before_recorded_as_held_owes_no_record(office: Office) -> None:
    """After an upgrade: nobody could have written it here. Recording the same again changes nothing."""
    hold(office)
    for session_id, body in office.rows("SELECT session_id, body FROM support_session"):
        old = json.loads(body)
        old.pop("held_recorded_at")
        sql = f"UPDATE support_session SET body = '{json.dumps(old)}' WHERE session_id = '{session_id}'"  # noqa: S608
        office.database.write(lambda tx, sql=sql: tx.exec_driver_sql(sql))  # type: ignore[misc]
    for table in ("outbox", "duty"):
        office.database.write(lambda tx, table=table: tx.exec_driver_sql(f"DELETE FROM {table}"))  # type: ignore[misc]  # noqa: S608
    office.daily_run.run()
    hold(office)
    assert told(office) == []


def test_an_action_is_owed_by_its_day_and_reviewed_the_day_after_it_has_passed(office: Office) -> None:
    now = office.clock.now()
    proposed = acted(1, now, "proposed", answer_due_date=office_days_after(TODAY), due_date=DUE)
    office.receive(proposed)
    assert stands(office) == [("answer_action", "running", office_days_after(TODAY))]
    office.receive(acted(2, now, due_date=DUE, open_date=TODAY, answer=1))
    assert stands(office) == [("answer_action", "met", office_days_after(TODAY)), ("action", "running", DUE)]
    a_day_passes(office, 28)
    assert len(stands(office)) == 2
    a_day_passes(office)
    review = office_days_after(DUE + timedelta(days=1))
    assert stands(office)[1:] == [("action", "running", DUE), ("review_action", "running", review)]
    office.receive(acted(3, office.clock.now(), "not_met", due_date=DUE, open_date=TODAY, answer=1))
    assert [state for _, state, _ in stands(office)] == ["met", "ended", "met"]


def test_while_the_team_is_late_with_a_support_its_action_stands_still(office: Office) -> None:
    now, promised = office.clock.now(), TODAY + timedelta(days=6)
    days: dict[str, Any] = {"first_promised_date": promised, "promised_date": promised}
    office.receive(acted(1, now, due_date=DUE, open_date=TODAY), supported(1, now, **days))
    a_day_passes(office, 6)
    assert stands(office) == [("action", "running", DUE), ("deliver_support", "running", promised)]
    a_day_passes(office)
    assert stands(office)[0] == ("action", "standing_still", DUE)
    assert [duties_pb2.Duty.STANDSTILL_REASON_SUPPORT_LATE] in [
        list(event.standstill_reasons) for event in told(office)
    ]
    given_on = office.clock.today() + timedelta(days=1)
    a_day_passes(office)
    office.receive(supported(2, office.clock.now(), "delivered", delivered_date=given_on, **days))
    a_day_passes(office)
    assert stands(office)[0] == ("action", "running", DUE + timedelta(days=2))
    assert stands(office)[1] == ("deliver_support", "met", promised)


def test_a_leave_stops_what_the_safeguarder_owes_and_its_cancellation_takes_that_back(office: Office) -> None:
    last = TODAY + timedelta(days=6)
    office.receive(acted(1, office.clock.now(), due_date=DUE, open_date=TODAY), on_leave(TODAY, last))
    assert stands(office) == [("action", "standing_still", DUE + timedelta(days=7))]
    office.receive(on_leave(TODAY, last, version=2, cancelled=True))
    assert stands(office) == [("action", "running", DUE)]


def test_everything_ends_the_day_after_the_last_day_of_membership(office: Office) -> None:
    """Also for somebody who no longer serves, and so gets nothing else of the daily run."""
    office.receive(acted(1, office.clock.now(), due_date=DUE, open_date=TODAY), ended(PERSON, TODAY))
    assert [state for _, state, _ in stands(office)] == ["running"]
    a_day_passes(office)
    assert [state for _, state, _ in stands(office)] == ["ended"]
    office.receive(acted(2, office.clock.now(), "completion_offered", due_date=DUE, open_date=TODAY))
    assert [state for _, state, _ in stands(office)] == ["ended"]


def test_a_clock_that_stood_wrong_leaves_nothing_behind(office: Office) -> None:
    """F1: what a day that never came had brought is taken back as soon as the clock is right."""
    office.receive(acted(1, office.clock.now(), due_date=DUE, open_date=TODAY))
    for days in (400, -400):
        office.clock.instant += timedelta(days=days)
        office.daily_run.run()
    states = {kind: state for kind, state, _ in stands(office)}
    later = dict.fromkeys(("review_action", "draw_sample", "review_continuing"), "ended")
    assert states == {"action": "running"} | later
    assert [(duty.kind, duty.due_on) for duty in kept(office) if duty.is_open] == [("action", DUE)]


def test_a_fact_that_comes_twice_or_late_changes_nothing(office: Office) -> None:
    now = office.clock.now()
    late = acted(1, now, "proposed", answer_due_date=DUE, due_date=DUE)
    second = acted(2, now, due_date=DUE, open_date=TODAY, answer=1)
    office.receive(second)
    before = office.published(), kept(office)
    office.receive(second, late)
    a_day_passes(office)
    assert [name for name in office.published() if name == "DutyChanged"] == ["DutyChanged"]
    assert kept(office) == before[1]


def test_no_fact_is_a_dead_letter(office: Office) -> None:
    """Record 8, an_event_never_dies_of_its_meaning: nobody known, words of a later release, days that are not set."""
    now = office.clock.now()
    for field, value in (("state", 99), ("owner", 99), ("proposed_by", 0)):
        strange = acted(2, now, action_id="a2")
        setattr(strange, field, value)
        office.receive(strange)
    nobodys = acted(1, now, due_date=DUE)
    nobodys.safeguarder_id = "sg-unknown"
    later_support = supported(1, now)
    later_support.state = 99
    office.receive(nobodys, later_support, evidence.SupportChanged(safeguarder_id=PERSON), acted(1, now))
    assert office.rows("SELECT * FROM dead_letter") == []
    assert kept(office) == []


def test_what_is_known_of_somebody_before_their_appointment_is_owed_all_the_same(office: Office) -> None:
    early = acted(1, office.clock.now(), due_date=DUE, open_date=TODAY)
    early.safeguarder_id = "sg-two"
    office.receive(early, planned(1, office.clock.now(), "sg-two", final=True))
    a_day_passes(office)
    office.receive(appointed("sg-two", RECENTLY))
    assert [duty.due_on for duty in kept(office, "sg-two")] == [DUE]
