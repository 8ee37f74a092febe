"""Refusals of the service, each with code, reason and field. Nothing is half-written."""

from datetime import timedelta
from typing import Any

import pytest
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from google.type.date_pb2 import Date
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.platform.calls.wire import from_instant, to_date, to_instant
from tests.answers import refused
from tests.builders import a_request_id
from tests.scheduling.conftest import TODAY, Scheduling

TRAINING = pb.Obligation.KIND_MANDATORY_TRAINING


def answer(scheduling: Scheduling, method: str, request: Message) -> tuple[str, str, str]:
    """Code, reason and field of a refusal to the Team."""
    stubs: tuple[Any, ...] = (scheduling.allocations, scheduling.obligations, scheduling.sessions)
    (stub,) = (stub for stub in stubs if hasattr(stub, method))
    found = refused(lambda: getattr(stub, method)(request, **scheduling.as_("panel-team")))
    assert found.domain == "scheduling.psmf"
    return found.code, found.reason, found.field


@pytest.mark.parametrize(
    ("method", "request_", "code", "reason", "field"),
    [
        ("GetAllocation", pb.GetAllocationRequest(), "INVALID_ARGUMENT", "FIELD_MISSING", "parent"),
        (
            "GetAllocation",
            pb.GetAllocationRequest(parent="people/sg-one"),
            "INVALID_ARGUMENT",
            "NAME_NOT_VALID",
            "name",
        ),
        (
            "GetAllocation",
            pb.GetAllocationRequest(parent="safeguarders/nobody"),
            "NOT_FOUND",
            "SAFEGUARDER_NOT_FOUND",
            "name",
        ),
        (
            "ListObligations",
            pb.ListObligationsRequest(parent="safeguarders/nobody"),
            "NOT_FOUND",
            "SAFEGUARDER_NOT_FOUND",
            "parent",
        ),
        (
            "CreateAllocation",
            pb.CreateAllocationRequest(parent="safeguarders/sg-one", support_manager="person-two", reason="workload"),
            "INVALID_ARGUMENT",
            "NOT_A_SUPPORT_MANAGER",
            "support_manager",
        ),
        (
            "CreateAllocation",
            pb.CreateAllocationRequest(parent="safeguarders/sg-one", support_manager="manager-two", reason="a whim"),
            "INVALID_ARGUMENT",
            "UNKNOWN_VALUE",
            "reason",
        ),
        (
            "CreateAllocation",
            pb.CreateAllocationRequest(parent="safeguarders/sg-one", support_manager="manager-two", reason="appointed"),
            "INVALID_ARGUMENT",
            "REASON_NEEDED",
            "reason",
        ),
        (
            "CreateAllocation",
            pb.CreateAllocationRequest(parent="safeguarders/sg-one", support_manager="manager-one", reason="workload"),
            "FAILED_PRECONDITION",
            "ALREADY_ALLOCATED",
            "support_manager",
        ),
        (
            "GetSupportSession",
            pb.GetSupportSessionRequest(name="safeguarders/sg-one/supportSessions/none"),
            "NOT_FOUND",
            "SESSION_NOT_FOUND",
            "name",
        ),
        (
            "ListSupportSessions",
            pb.ListSupportSessionsRequest(parent="safeguarders/-", page_size=501),
            "INVALID_ARGUMENT",
            "PAGE_SIZE_OUT_OF_RANGE",
            "page_size",
        ),
        (
            "ListSupportSessions",
            pb.ListSupportSessionsRequest(parent="safeguarders/-", page_token="not ours"),  # noqa: S106  names a place in a list
            "INVALID_ARGUMENT",
            "PAGE_TOKEN_NOT_VALID",
            "page_token",
        ),
    ],
)
def test_a_request_that_cannot_be_carried_out_says_why_and_where(
    scheduling: Scheduling, method: str, request_: Message, code: str, reason: str, field: str
) -> None:
    assert answer(scheduling, method, request_) == (code, reason, field)


@pytest.mark.parametrize(
    ("changes", "code", "reason", "field"),
    [
        ({"attendance": pb.ATTENDANCE_UNSPECIFIED}, "INVALID_ARGUMENT", "FIELD_MISSING", "attendance"),
        ({"attendance": 99}, "INVALID_ARGUMENT", "UNKNOWN_VALUE", "attendance"),
        ({"event_date": None}, "INVALID_ARGUMENT", "FIELD_MISSING", "event_date"),
        ({"event_date": Date(year=2026, month=2, day=30)}, "INVALID_ARGUMENT", "NOT_A_DATE", "event_date"),
        ({"event_date": to_date(TODAY + timedelta(days=1))}, "INVALID_ARGUMENT", "TRAINING_IN_FUTURE", "event_date"),
        (
            {"event_date": to_date(TODAY - timedelta(days=100))},
            "INVALID_ARGUMENT",
            "TRAINING_OUTSIDE_WINDOW",
            "event_date",
        ),
        ({"name": "safeguarders/sg-two/obligations/none"}, "NOT_FOUND", "OBLIGATION_NOT_FOUND", "name"),
    ],
)
def test_training_attendance_out_of_place_is_refused(
    scheduling: Scheduling, changes: dict[str, Any], code: str, reason: str, field: str
) -> None:
    fields: dict[str, Any] = {
        "name": scheduling.owed("sg-two", TRAINING)[0].name,
        "event_date": to_date(TODAY - timedelta(days=5)),
        "attendance": pb.ATTENDANCE_ATTENDED,
    } | changes
    request = pb.RecordTrainingAttendanceRequest(**fields)
    assert answer(scheduling, "RecordTrainingAttendance", request) == (code, reason, field)
    assert not any(owed.delivered for owed in scheduling.owed("sg-two", TRAINING))


def test_a_support_session_is_not_a_training(scheduling: Scheduling) -> None:
    request = pb.RecordTrainingAttendanceRequest(
        name=scheduling.owed("sg-two", pb.Obligation.KIND_SUPPORT_SESSION)[0].name,
        event_date=to_date(TODAY),
        attendance=pb.ATTENDANCE_ATTENDED,
    )
    assert answer(scheduling, "RecordTrainingAttendance", request)[1] == "NOT_A_TRAINING"


def test_a_session_of_another_person_is_not_found_under_this_ones_name(scheduling: Scheduling) -> None:
    session_id = scheduling.listed("sg-two")[0].name.rpartition("/")[2]
    request = pb.GetSupportSessionRequest(name=f"safeguarders/sg-one/supportSessions/{session_id}")
    assert answer(scheduling, "GetSupportSession", request)[:2] == ("NOT_FOUND", "SESSION_NOT_FOUND")


def test_attendance_without_a_word_on_the_support_manager_is_no_absence_of_theirs(scheduling: Scheduling) -> None:
    """P18: a blank was read as their absence. A caller of the release before may say that they were there."""
    asked = pb.RecordSupportSessionAttendanceRequest(
        name=scheduling.listed("sg-two")[0].name, attendance=pb.ATTENDANCE_ATTENDED, mode=pb.MODE_ONLINE
    )
    assert answer(scheduling, "RecordSupportSessionAttendance", asked)[:2] == ("INVALID_ARGUMENT", "FIELD_MISSING")
    for said in ({"team_present": True}, {"team_present_answer": pb.YES_NO_NO}):
        asked.MergeFrom(pb.RecordSupportSessionAttendanceRequest(**said))
        assert answer(scheduling, "RecordSupportSessionAttendance", asked)[1] == "SESSION_STILL_TO_COME"


def test_attendance_is_not_recorded_before_the_session(scheduling: Scheduling) -> None:
    request = pb.RecordSupportSessionAttendanceRequest(
        name=scheduling.listed("sg-two")[0].name,
        team_present=True,
        attendance=pb.ATTENDANCE_ATTENDED,
        mode=pb.MODE_ONLINE,
    )
    assert answer(scheduling, "RecordSupportSessionAttendance", request)[:2] == (
        "FAILED_PRECONDITION",
        "SESSION_STILL_TO_COME",
    )


@pytest.mark.parametrize(
    ("start", "asked_by", "reason", "field"),
    [
        (timedelta(days=-400), "team", "START_IN_PAST", "start_time"),
        (timedelta(days=3000), "team", "START_OUTSIDE_TERM", "start_time"),
        (timedelta(0), "team", "START_UNCHANGED", "start_time"),
        (timedelta(days=1), "a passer-by", "UNKNOWN_VALUE", "asked_by"),
    ],
)
def test_a_session_is_not_moved_to_a_time_that_cannot_be(
    scheduling: Scheduling, start: timedelta, asked_by: str, reason: str, field: str
) -> None:
    session = scheduling.listed("sg-two")[2]
    request = pb.RescheduleSupportSessionRequest(
        name=session.name, start_time=to_instant(from_instant(session.start_time) + start), asked_by=asked_by
    )
    assert answer(scheduling, "RescheduleSupportSession", request) == ("INVALID_ARGUMENT", reason, field)
    assert scheduling.listed("sg-two")[2] == session


def test_a_start_outside_the_calendar_is_refused(scheduling: Scheduling) -> None:
    request = pb.RescheduleSupportSessionRequest(
        name=scheduling.listed("sg-two")[2].name, start_time=Timestamp(seconds=10**15), asked_by="team"
    )
    assert answer(scheduling, "RescheduleSupportSession", request) == (
        "INVALID_ARGUMENT",
        "NOT_AN_INSTANT",
        "start_time",
    )


def test_a_time_at_which_the_support_manager_is_engaged_is_refused(scheduling: Scheduling) -> None:
    scheduling.appoint("sg-engaged", "glasgow")
    taken = scheduling.listed("sg-two")[2].start_time
    request = pb.RescheduleSupportSessionRequest(
        name=scheduling.listed("sg-engaged")[0].name, start_time=taken, asked_by="team"
    )
    assert answer(scheduling, "RescheduleSupportSession", request) == (
        "ABORTED",
        "SUPPORT_MANAGER_ENGAGED",
        "start_time",
    )


def test_a_request_id_used_for_something_else_is_refused(scheduling: Scheduling) -> None:
    first, second = scheduling.listed("sg-two")[:2]
    request_id = a_request_id()
    for session in (first, second):
        request = pb.ConfirmSupportSessionRequest(name=session.name, request_id=request_id)
        if session is first:
            scheduling.sessions.ConfirmSupportSession(request, **scheduling.as_("panel-team"))
    assert answer(scheduling, "ConfirmSupportSession", request)[1] == "REQUEST_ID_REUSED"
    assert scheduling.listed("sg-two")[1] == second
