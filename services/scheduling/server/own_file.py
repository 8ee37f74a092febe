"""What Safeguarders take with them of what scheduling keeps, read by the methods that show it to them."""

from typing import Any, NamedTuple

from psmf.platform.v1 import own_file_pb2 as file_pb
from psmf.scheduling.v1 import cover_pb2, duties_pb2, emergency_access_pb2
from psmf.scheduling.v1 import scheduling_pb2 as pb

from services.platform.process.own_records import OwnFile, OwnKind, OwnRecord, listed, messages_of, single
from services.scheduling.server.allocations import AllocationServer
from services.scheduling.server.covers import CoverServer
from services.scheduling.server.duties import DutyServer
from services.scheduling.server.emergencies import EmergencyAccessServer
from services.scheduling.server.obligations import ObligationServer
from services.scheduling.server.sessions import SupportSessionServer


class Servers(NamedTuple):
    """The gRPC services whose methods show a person their file."""

    allocations: AllocationServer
    covers: CoverServer
    duties: DutyServer
    emergencies: EmergencyAccessServer
    obligations: ObligationServer
    sessions: SupportSessionServer


def own_file(served: Servers) -> OwnFile:
    """Return what people take with them of what scheduling keeps."""
    covers, ended = served.covers, {"include_ended": True}
    emergencies = messages_of(
        served.emergencies.ListEmergencyAccesses,
        emergency_access_pb2.ListEmergencyAccessesRequest,
        "emergency_accesses",
        include_reviewed=True,
    )
    reads: dict[str, Any] = {
        "AllocationService/GetAllocation": single(
            served.allocations.GetAllocation, pb.GetAllocationRequest, field="parent", may_lack="NOT_ALLOCATED"
        ),
        "CoverService/ListDelegations": listed(
            covers.ListDelegations, cover_pb2.ListDelegationsRequest, "delegations", **ended
        ),
        "CoverService/ListLinks": listed(covers.ListLinks, cover_pb2.ListLinksRequest, "links", **ended),
        "EmergencyAccessService/ListEmergencyAccesses": lambda person: map(_withholding, emergencies(person)),
        "ObligationService/ListObligations": listed(
            served.obligations.ListObligations, pb.ListObligationsRequest, "obligations"
        ),
        "SupportSessionService/ListSupportSessions": listed(
            served.sessions.ListSupportSessions, pb.ListSupportSessionsRequest, "support_sessions"
        ),
        "DutyService/ListDuties": listed(served.duties.ListDuties, duties_pb2.ListDutiesRequest, "duties"),
    }
    kinds = [OwnKind(f"psmf.scheduling.v1.{method}", read) for method, read in reads.items()]
    return OwnFile(kinds, [("what the Panel Team owes people who complained", file_pb.GROUND_ABOUT_OTHERS)])


def _withholding(access: emergency_access_pb2.EmergencyAccess) -> OwnRecord:
    """Return an emergency access with the words of staff that the person knows of and does not see."""
    words = ("reason", "review_reasons") if access.outcome else ("reason",)
    return OwnRecord(access, dict.fromkeys(words, file_pb.GROUND_NOT_SHARED))
