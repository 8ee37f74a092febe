"""What pages ask about emergency accesses: files that somebody opens because somebody may be at risk."""

import re
from typing import Any

from psmf.evidence.v1 import safeguarder_pb2, safeguarder_pb2_grpc
from psmf.scheduling.v1 import emergency_access_pb2, emergency_access_pb2_grpc

from services.console.calls.caller import EVERYBODY, Caller, Channels, TokenOf, fill
from services.console.forms.answers import RECORD_ID, Sent
from services.console.forms.asked import Answers
from services.console.requests import Visit

NEWEST = 50
"""Emergency accesses on the page."""
_ID = re.compile(RECORD_ID)
"""The list of emergency accesses shows such ids. A panel number does not begin like one."""


class EmergencyCalls(Caller):
    """Calls about emergency accesses, and the steps on them."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._numbers: Any = safeguarder_pb2_grpc.SafeguarderServiceStub(self._channels["evidence"])
        self._emergencies: Any = emergency_access_pb2_grpc.EmergencyAccessServiceStub(self._channels["scheduling"])

    async def emergency_accesses(self, visit: Visit) -> Any:
        """Return the newest emergency accesses that the reader may see, also those that were reviewed."""
        request = emergency_access_pb2.ListEmergencyAccessesRequest(
            parent=EVERYBODY, include_reviewed=True, page_size=NEWEST
        )
        return await self._ask(visit, "scheduling", self._emergencies.ListEmergencyAccesses, request)

    async def file_meant(self, visit: Visit, typed: str) -> str:
        """Return the name of the record that a panel number or an id means. Nothing of the person is read."""
        if _ID.fullmatch(typed):
            return f"safeguarders/{typed}"
        request = safeguarder_pb2.LookUpSafeguarderRequest(panel_number=typed)
        answer = await self._ask(visit, "evidence", self._numbers.LookUpSafeguarder, request)
        return str(answer.safeguarder)

    async def open_file(self, visit: Visit, person: str, sent: Sent, answers: Answers) -> Any:
        """Open a file to the reader, to read."""
        request = emergency_access_pb2.OpenEmergencyAccessRequest(
            parent=person, reason=answers.text("reason"), request_id=sent.request_id
        )
        fill(request, "kind", answers.text("kind"))
        return await self._write(visit, "scheduling", self._emergencies.OpenEmergencyAccess, request)

    async def close_file(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Close an emergency access before its time."""
        request = emergency_access_pb2.CloseEmergencyAccessRequest(name=name, request_id=sent.request_id)
        return await self._write(visit, "scheduling", self._emergencies.CloseEmergencyAccess, request)

    async def review_opening(self, visit: Visit, name: str, sent: Sent, answers: Answers) -> Any:
        """Say whether an emergency access was justified."""
        request = emergency_access_pb2.ReviewEmergencyAccessRequest(
            name=name, reasons=answers.text("reasons"), request_id=sent.request_id
        )
        fill(request, "outcome", answers.text("outcome"))
        return await self._write(visit, "scheduling", self._emergencies.ReviewEmergencyAccess, request)
