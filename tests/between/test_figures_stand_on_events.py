"""Closes this kind: a figure that rests on something other than what happened.

Figures of the contract stand on events. What is owed falls due on days of its own, and who leaves owes the part of the
year that they served, alike in KPI 5, 6 and 7.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from psmf.evidence.v1 import safeguarder_pb2
from psmf.rules.v1 import kpis_pb2
from psmf.scheduling.v1 import scheduling_pb2 as pb
from sqlalchemy import Connection, text

from services.platform.calls.wire import from_date, to_date, to_instant
from services.platform.storage.database import Database
from tests.answers import refused
from tests.between.together import Together
from tests.builders import a_request_id, an_appointment

YEAR = "kpiReports/2026-27"
FIRST_OF_APRIL = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SESSION, TRAINING = pb.Obligation.KIND_SUPPORT_SESSION, pb.Obligation.KIND_MANDATORY_TRAINING


def at(running: Together, moment: datetime) -> None:
    """Let time pass at once until a moment, and settle."""
    running.pass_time(moment - running.clock.now())


def sessions(running: Together, person: str, upcoming_only: bool = True) -> list[pb.SupportSession]:
    request = pb.ListSupportSessionsRequest(parent=f"safeguarders/{person}", upcoming_only=upcoming_only)
    return list(running.sessions.ListSupportSessions(request, **running.as_("panel-team")).support_sessions)


def owed(running: Together, person: str, kind: Any) -> list[pb.Obligation]:
    request = pb.ListObligationsRequest(parent=f"safeguarders/{person}")
    answer = running.obligations.ListObligations(request, **running.as_("panel-team"))
    return [obligation for obligation in answer.obligations if obligation.kind == kind]


def hold_next(running: Together, person: str, attendance: Any = pb.ATTENDANCE_ATTENDED) -> None:
    """Let time pass until the next session is over, and record who was there."""
    session = sessions(running, person)[0]
    at(running, session.start_time.ToDatetime(UTC) + timedelta(hours=3))
    request = pb.RecordSupportSessionAttendanceRequest(
        name=session.name,
        team_present=True,
        attendance=attendance,
        mode=pb.MODE_FACE_TO_FACE,
        request_id=a_request_id(),
    )
    running.sessions.RecordSupportSessionAttendance(request, **running.as_("panel-team"))
    running.settle()


def leave(running: Together, person: str, last_day: date) -> None:
    request = an_appointment(
        person,
        last_day,
        kind=safeguarder_pb2.RecordMinisterialDecisionRequest.KIND_ENDED,
        end_reason=safeguarder_pb2.END_REASON_RESIGNED,
    )
    running.safeguarders.RecordMinisterialDecision(request, **running.as_("recorder"))
    running.settle()


def figure(running: Together, kpi: str) -> kpis_pb2.KpiFigure:
    report = running.kpis.GetKpiReport(kpis_pb2.GetKpiReportRequest(name=YEAR), **running.as_("panel-team"))
    found: kpis_pb2.KpiFigure = next(each for each in report.figures if each.kpi == kpi)
    return found


def counts(found: kpis_pb2.KpiFigure) -> tuple[int, int, int, int]:
    """Return the units of the register, and those that count, fall short and are left out."""
    left_out = sum(count.units for count in found.left_out)
    return found.register.units, found.numerator.units, found.shortfall.units, left_out


def test_two_people_who_leave_at_the_end_of_the_year_owe_the_same_part_in_kpi_5_6_and_7(
    suite_together: Together,
) -> None:
    """P24: both served 1 April to 30 December; one had two sessions held, the other none."""
    running = suite_together
    running.clock.instant = FIRST_OF_APRIL
    for person in ("sg-held", "sg-none"):
        running.appoint(person, since=FIRST_OF_APRIL.date())
    due = [from_date(each, "due_date") for each in owed(running, "sg-held", SESSION)]
    assert due == [date(2026, 7, 31), date(2026, 11, 27), date(2027, 3, 31)]
    hold_next(running, "sg-held")
    hold_next(running, "sg-held")
    at(running, datetime(2026, 12, 30, 12, tzinfo=UTC))
    for person in ("sg-held", "sg-none"):
        leave(running, person, date(2026, 12, 30))
    at(running, datetime(2027, 4, 1, 12, tzinfo=UTC))
    assert counts(figure(running, "kpi-7-delivered")) == (6, 2, 2, 2)
    assert counts(figure(running, "kpi-7-attended")) == (6, 2, 0, 4)
    assert counts(figure(running, "kpi-5-delivered")) == (4, 0, 2, 2)
    assert counts(figure(running, "kpi-6-seen")) == (2, 0, 2, 0)
    left_out = {count.title: count.units for count in figure(running, "kpi-7-delivered").left_out}
    assert left_out["Not serving when it fell due"] == 2


def test_a_session_that_is_moved_out_of_its_year_needs_a_reason_and_is_seen_to_be_late(
    suite_together: Together,
) -> None:
    """P25: owed by 27 November 2026, moved by the Team to 10 March 2027 and held then."""
    running = suite_together
    running.clock.instant = datetime(2026, 8, 3, 9, tzinfo=UTC)
    running.appoint("sg-one", since=date(2025, 12, 1))
    assert {from_date(each, "due_date") for each in owed(running, "sg-one", SESSION)} == {date(2026, 11, 27)}
    last = sessions(running, "sg-one")[-1]
    request = pb.RescheduleSupportSessionRequest(
        name=last.name, start_time=to_instant(datetime(2027, 3, 10, 10, tzinfo=UTC)), asked_by="team"
    )
    answer = refused(lambda: running.sessions.RescheduleSupportSession(request, **running.as_("panel-team")))
    assert (answer.reason, answer.field) == ("MOVE_REASON_NEEDED", "reason")
    request.reason = "team"
    new = running.sessions.RescheduleSupportSession(request, **running.as_("panel-team"))
    assert new.move_reason == "team"
    for _ in range(3):
        hold_next(running, "sg-one")
    assert running.today == date(2027, 3, 10)
    for kpi in ("kpi-7-delivered", "kpi-7-attended"):
        assert counts(figure(running, kpi)) == (3, 3, 0, 0)
        assert {count.title: count.units for count in figure(running, kpi).beside}["Held after it was due"] == 1


def record_event(running: Together, name: str, *days: date, again: bool = False) -> pb.TrainingEvent:
    request = pb.RecordTrainingEventRequest(
        name=f"trainingEvents/{name}",
        kind=pb.TRAINING_KIND_MANDATORY,
        held_dates=[to_date(day) for day in days],
        again=again,
        request_id=a_request_id(),
    )
    event: pb.TrainingEvent = running.trainings.RecordTrainingEvent(request, **running.as_("panel-team"))
    running.settle()
    return event


def attend(running: Together, person: str, on: date, attendance: Any = pb.ATTENDANCE_ATTENDED) -> pb.Obligation:
    """Record attendance at a person's first training of the year."""
    request = pb.RecordTrainingAttendanceRequest(
        name=owed(running, person, TRAINING)[0].name,
        event_date=to_date(on),
        attendance=attendance,
        request_id=a_request_id(),
    )
    obligation: pb.Obligation = running.obligations.RecordTrainingAttendance(request, **running.as_("panel-team"))
    running.settle()
    return obligation


def test_attendance_delivers_no_training_and_the_event_delivers_it_to_everybody(suite_together: Together) -> None:
    """P26: delivered comes from the event, attended from the person, and a correction of either reaches the figure."""
    running = suite_together
    running.clock.instant = FIRST_OF_APRIL
    people = ("sg-there", "sg-absent", "sg-silent")
    for person in people:
        running.appoint(person, since=FIRST_OF_APRIL.date())
    day = date(2026, 9, 10)
    at(running, datetime(2026, 9, 11, 9, tzinfo=UTC))
    assert not attend(running, "sg-there", day).delivered
    attend(running, "sg-absent", day, pb.ATTENDANCE_ABSENT_UNEXCUSED)
    at(running, datetime(2026, 10, 1, 9, tzinfo=UTC))
    # Six trainings are owed; three of them fell due on 30 September.
    assert counts(figure(running, "kpi-5-delivered")) == (6, 0, 3, 3)
    assert counts(figure(running, "kpi-5-attended")) == (6, 1, 1, 4)
    beside = {count.title: count.units for count in figure(running, "kpi-5-delivered").beside}
    assert beside["Attendance is recorded, and no event on that day"] == 2
    assert list(record_event(running, "autumn", day).held_dates) == [to_date(day)]
    assert counts(figure(running, "kpi-5-delivered")) == (6, 3, 0, 3)
    assert counts(figure(running, "kpi-5-attended")) == (6, 1, 2, 3)
    assert owed(running, "sg-silent", TRAINING)[0].training_event == "trainingEvents/autumn"
    attend(running, "sg-absent", day)
    assert counts(figure(running, "kpi-5-attended")) == (6, 2, 1, 3)
    # P17: under another id it is no second event, unless somebody says that there were two.
    assert refused(lambda: record_event(running, "training", day)).reason == "TRAINING_ON_FILE"
    record_event(running, "training", day, again=True)
    assert counts(figure(running, "kpi-5-delivered")) == (6, 6, 0, 0)
    record_event(running, "training")
    record_event(running, "autumn")
    assert counts(figure(running, "kpi-5-delivered")) == (6, 0, 3, 3)
    listed = running.trainings.ListTrainingEvents(pb.ListTrainingEventsRequest(), **running.as_("panel-team"))
    names = ["trainingEvents/autumn", "trainingEvents/training"]
    assert sorted((event.name, len(event.held_dates)) for event in listed.training_events) == [
        (name, 0) for name in names
    ]


def test_one_event_is_not_two_trainings_missed(suite_together: Together) -> None:
    """P26: the event of one day is recorded for one of the two trainings that a person owes."""
    running = suite_together
    running.clock.instant = FIRST_OF_APRIL
    running.appoint("sg-one", since=FIRST_OF_APRIL.date())
    day = date(2026, 9, 10)
    at(running, datetime(2026, 9, 11, 9, tzinfo=UTC))
    attend(running, "sg-one", day, pb.ATTENDANCE_ABSENT_UNEXCUSED)
    request = pb.RecordTrainingAttendanceRequest(
        name=owed(running, "sg-one", TRAINING)[1].name,
        event_date=to_date(day),
        attendance=pb.ATTENDANCE_ABSENT_UNEXCUSED,
        request_id=a_request_id(),
    )
    answer = refused(lambda: running.obligations.RecordTrainingAttendance(request, **running.as_("panel-team")))
    assert (answer.code, answer.reason) == ("FAILED_PRECONDITION", "TRAINING_RECORDED_ALREADY")
    attend(running, "sg-one", day)
    assert [each.attended for each in owed(running, "sg-one", TRAINING)] == [True, False]


def test_who_is_appointed_after_an_event_was_recorded_is_not_said_to_have_had_it(suite_together: Together) -> None:
    """P26: and somebody whose appointment arrives late, and who served on the day, is."""
    running = suite_together
    record_event(running, "october", date(2026, 10, 1))
    running.appoint("sg-before", since=date(2026, 9, 1))
    running.appoint("sg-after", since=date(2026, 10, 2))
    assert [each.delivered for each in owed(running, "sg-before", TRAINING)] == [True, False]
    assert [each.delivered for each in owed(running, "sg-after", TRAINING)] == [False, False]
    assert figure(running, "kpi-5-delivered").numerator.units == 1


def rewrite(database: Database, table: str, key: str, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Change the stored JSON of every row of a table."""

    def write(connection: Connection) -> None:
        for name, body in connection.execute(text(f"SELECT {key}, body FROM {table}")).all():  # noqa: S608
            values = {"body": json.dumps(change(json.loads(body))), "name": name}
            connection.execute(text(f"UPDATE {table} SET body = :body WHERE {key} = :name"), values)  # noqa: S608

    database.write(write)


def test_a_new_due_date_moves_the_unit_and_never_doubles_it(suite_together: Together) -> None:
    """P24: what the release before put at the year's end is told with its own day, and stays one unit."""
    running = suite_together
    running.clock.instant = FIRST_OF_APRIL
    running.appoint("sg-one", since=FIRST_OF_APRIL.date())
    duties, obligations = running.services["rules"].database, running.services["scheduling"].database

    def as_before(body: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in body.items() if key not in {"part", "told_due_on"}}

    def at_the_end(body: dict[str, Any]) -> dict[str, Any]:
        return body | ({"due_on": "2027-03-31", "sequence": 0} if "due_on" in body else {})

    rewrite(obligations, "obligation", "obligation_id", as_before)
    rewrite(duties, "kpi_fact", "fact_id", at_the_end)
    at(running, FIRST_OF_APRIL + timedelta(days=1))
    at(running, datetime(2026, 8, 3, 9, tzinfo=UTC))
    assert counts(figure(running, "kpi-7-delivered")) == (3, 0, 1, 2)
    assert counts(figure(running, "kpi-5-delivered")) == (2, 0, 0, 2)
