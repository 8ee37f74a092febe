"""Every word of emergency accesses, made by the public methods about one person."""

from datetime import UTC, datetime, timedelta
from typing import Any

from psmf.scheduling.v1 import emergency_access_pb2 as pb
from sqlalchemy import Connection

from services.platform.storage.database import execute

OPENER, LEAD, TEAM = "support-manager-west-1", "data-lead", "panel-team"
"""Somebody of another region, who supports nobody here. Who answers for the data. Somebody who sees all of them."""
_ACCESS = pb.EmergencyAccess


def open_files(office: Any, person: str) -> None:
    """Have a file opened three times. Two are closed and reviewed, and the last one is left to its time."""
    for kind, by, outcome in (
        (_ACCESS.KIND_CHILD_AT_RISK, OPENER, _ACCESS.OUTCOME_JUSTIFIED),
        (_ACCESS.KIND_ADULT_AT_RISK, LEAD, _ACCESS.OUTCOME_NOT_JUSTIFIED),
    ):
        name, client = _open(office, person, kind).name, office.client.emergencies
        office.does(by, client.CloseEmergencyAccess, pb.CloseEmergencyAccessRequest(name=name))
        review = pb.ReviewEmergencyAccessRequest(name=name, outcome=outcome, reasons="As the log says.")
        office.does(LEAD, client.ReviewEmergencyAccess, review)
    _open(office, person, _ACCESS.KIND_CHILD_AT_RISK)


def accesses_pass(tx: Connection) -> None:
    """Store the end of every emergency access as gone by."""
    passed = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    execute(tx, "UPDATE emergency_access SET body = json_set(body, '$.ends_at', ?)", (passed,))


def accesses(office: Any) -> Any:
    """Return every emergency access as it stands."""
    request = pb.ListEmergencyAccessesRequest(parent="safeguarders/-", include_reviewed=True)
    return office.does(TEAM, office.client.emergencies.ListEmergencyAccesses, request)


def _open(office: Any, person: str, kind: Any) -> pb.EmergencyAccess:
    request = pb.OpenEmergencyAccessRequest(
        parent=f"safeguarders/{person}", kind=kind, reason="Nobody of the region answers."
    )
    made: pb.EmergencyAccess = office.does(OPENER, office.client.emergencies.OpenEmergencyAccess, request)
    return made
