"""Who may call what: every role against every method, on one's own record, an allocated one, and another's (D16)."""

from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from psmf.scheduling.v1 import (
    cover_pb2,
    cover_pb2_grpc,
    duties_pb2,
    emergency_access_pb2,
    emergency_access_pb2_grpc,
)
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.platform.calls.wire import to_date, to_instant
from tests.scheduling.builders import NOW, TODAY
from tests.scheduling.conftest import Scheduling
from tests.world import PEOPLE

PERSON = "safeguarders/sg-one"
SESSION = f"{PERSON}/supportSessions/no-such-session"
REQUESTS: dict[str, Message] = {
    "GetAllocation": pb.GetAllocationRequest(parent=PERSON),
    "CreateAllocation": pb.CreateAllocationRequest(parent=PERSON, support_manager="nobody", reason="workload"),
    "ListObligations": pb.ListObligationsRequest(parent=PERSON),
    "RecordTrainingAttendance": pb.RecordTrainingAttendanceRequest(
        name=f"{PERSON}/obligations/none", event_date=to_date(TODAY), attendance=pb.ATTENDANCE_ATTENDED
    ),
    "GetSupportSession": pb.GetSupportSessionRequest(name=SESSION),
    "ListSupportSessions": pb.ListSupportSessionsRequest(parent=PERSON),
    "ConfirmSupportSession": pb.ConfirmSupportSessionRequest(name=SESSION),
    "RescheduleSupportSession": pb.RescheduleSupportSessionRequest(
        name=SESSION, start_time=to_instant(NOW), asked_by="team"
    ),
    "RecordSupportSessionAttendance": pb.RecordSupportSessionAttendanceRequest(
        name=SESSION, attendance=pb.ATTENDANCE_ATTENDED
    ),
    "GetSupportSessionCalendar": pb.GetSupportSessionRequest(name=SESSION),
    "SuggestSupportSessionTimes": pb.SuggestSupportSessionTimesRequest(name=SESSION),
    "ListSupportSessions of everyone": pb.ListSupportSessionsRequest(parent="safeguarders/-"),
    "CreateDelegation": cover_pb2.CreateDelegationRequest(
        parent=PERSON,
        delegate="nobody",
        from_date=to_date(TODAY),
        to_date=to_date(TODAY),
        reason=cover_pb2.Delegation.REASON_ABSENCE,
    ),
    "EndDelegation": cover_pb2.EndDelegationRequest(name=f"{PERSON}/delegations/none"),
    "ListDelegations": cover_pb2.ListDelegationsRequest(parent=PERSON),
    "ListDelegations of everyone": cover_pb2.ListDelegationsRequest(parent="safeguarders/-"),
    "DeclareLink": cover_pb2.DeclareLinkRequest(parent=PERSON, person="nobody", kind=cover_pb2.PersonLink.KIND_WORK),
    "EndLink": cover_pb2.EndLinkRequest(name=f"{PERSON}/personLinks/none", reason=cover_pb2.PersonLink.END_REASON_OVER),
    "ListLinks": cover_pb2.ListLinksRequest(parent=PERSON),
    "OpenEmergencyAccess": emergency_access_pb2.OpenEmergencyAccessRequest(
        parent=PERSON, kind=emergency_access_pb2.EmergencyAccess.KIND_CHILD_AT_RISK
    ),
    "CloseEmergencyAccess": emergency_access_pb2.CloseEmergencyAccessRequest(name=f"{PERSON}/emergencyAccesses/none"),
    "ReviewEmergencyAccess": emergency_access_pb2.ReviewEmergencyAccessRequest(name=f"{PERSON}/emergencyAccesses/none"),
    "ListEmergencyAccesses": emergency_access_pb2.ListEmergencyAccessesRequest(parent=PERSON),
    "ListEmergencyAccesses of everyone": emergency_access_pb2.ListEmergencyAccessesRequest(parent="safeguarders/-"),
    "ListDuties": duties_pb2.ListDutiesRequest(parent=PERSON),
    "ListDuties of everyone": duties_pb2.ListDutiesRequest(parent="safeguarders/-"),
}
READS = {
    "GetAllocation",
    "ListObligations",
    "ListDuties",
    "ListDelegations",
    "ListEmergencyAccesses",
    "GetSupportSession",
    "ListSupportSessions",
    "GetSupportSessionCalendar",
    "SuggestSupportSessionTimes",
}
ARRANGES = {"ConfirmSupportSession", "RescheduleSupportSession", "RecordSupportSessionAttendance"}
OF_EVERYONE = {
    f"{name} of everyone" for name in ("ListSupportSessions", "ListDuties", "ListDelegations", "ListEmergencyAccesses")
}
"""Lists across people. From a Safeguarder they are about themselves (doors D1)."""
COVERS = {"CreateDelegation", "EndDelegation", "DeclareLink"}
EMERGENCY = {"OpenEmergencyAccess", "CloseEmergencyAccess", "ReviewEmergencyAccess"}
"""The Team reads every file, and does not judge who opened one."""
ALLOWED: dict[str, set[str]] = {
    "panel-team": set(REQUESTS) - EMERGENCY,
    "senior-manager": READS | OF_EVERYONE | COVERS | {"CreateAllocation", "EndLink", "ListLinks"},
    "manager-one": READS | ARRANGES | OF_EVERYONE | COVERS | {"OpenEmergencyAccess", "CloseEmergencyAccess"},
    "manager-two": OF_EVERYONE | {"OpenEmergencyAccess"},
    "person-one": READS
    | OF_EVERYONE
    | {"DeclareLink", "ListLinks", "ConfirmSupportSession", "RescheduleSupportSession"},
    "person-two": OF_EVERYONE,
}


def is_allowed(scheduling: Scheduling, method: str, person: str) -> bool:
    """Return whether the gate lets the call through, whatever the method then answers."""
    name = method.partition(" ")[0]
    cover = cover_pb2_grpc.CoverServiceStub(scheduling.channel)
    stubs: tuple[Any, ...] = (
        *(scheduling.allocations, scheduling.obligations, scheduling.duties, scheduling.sessions),
        cover,
        emergency_access_pb2_grpc.EmergencyAccessServiceStub(scheduling.channel),
    )
    (stub,) = (stub for stub in stubs if hasattr(stub, name))
    try:
        getattr(stub, name)(REQUESTS[method], **scheduling.as_(person))
    except grpc.RpcError as problem:
        return bool(problem.code() != grpc.StatusCode.PERMISSION_DENIED)
    return True


def test_each_role_may_call_what_the_table_says_and_nothing_else(scheduling: Scheduling) -> None:
    found = {person: {method for method in REQUESTS if is_allowed(scheduling, method, person)} for person in PEOPLE}
    assert found == {person: ALLOWED.get(person, set()) for person in PEOPLE}


def test_a_support_managers_list_holds_nobody_elses_sessions(scheduling: Scheduling) -> None:
    everyone = pb.ListSupportSessionsRequest(parent="safeguarders/-", page_size=500)
    for manager, own, other in (("manager-one", "sg-one", "sg-two"), ("manager-two", "sg-two", "sg-one")):
        answer = scheduling.sessions.ListSupportSessions(everyone, **scheduling.as_(manager))
        people = {session.name.split("/")[1] for session in answer.support_sessions}
        assert own in people
        assert other not in people


def test_without_a_token_nothing_is_answered(scheduling: Scheduling) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        scheduling.allocations.GetAllocation(pb.GetAllocationRequest(parent=PERSON))
    assert refused.value.code() == grpc.StatusCode.UNAUTHENTICATED
