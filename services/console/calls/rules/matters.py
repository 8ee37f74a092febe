"""What pages ask about matters, and the steps on them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import grpc
from psmf.rules.v1 import concern_moves_pb2, rules_pb2, rules_pb2_grpc

from services.console.calls.caller import EVERYBODY, Caller, Channels, TokenOf, fill
from services.console.failures import NotThere
from services.console.forms.answers import Sent
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE
from services.platform.calls.wire import to_date

MOVES = {
    "acknowledge": "AcknowledgeConcern",
    "dismiss": "DismissConcern",
    "close": "CloseConcern",
    "escalate": "EscalateConcern",
    "hold": "HoldConcern",
    "release": "ReleaseConcern",
    "merge": "MergeConcern",
    "reopen": "ReopenConcern",
    "invite_to_share": "InviteToShareConcern",
    "answer_invitation": "AnswerConcernInvitation",
}
"""The method that makes each step on a matter."""


class MatterCalls(Caller):
    """Calls about matters: what rules raised, and what became of it."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._concerns: Any = rules_pb2_grpc.ConcernServiceStub(self._channels["rules"])

    async def matters(self, visit: Visit) -> Any:
        """Return what waits for the reader, most urgent first."""
        request = rules_pb2.ListConcernsRequest(parent=EVERYBODY, mine=True, page_size=LARGEST_SIZE)
        return await self._ask(visit, "rules", self._concerns.ListConcerns, request)

    async def matter(self, visit: Visit, name: str) -> Any:
        """Return one matter, with the steps that are possible and those that are not."""
        request = rules_pb2.GetConcernRequest(name=name)
        return await self._ask(visit, "rules", self._concerns.GetConcern, request)

    async def matter_as_at(self, visit: Visit, name: str, day: date | None) -> Any:
        """Return one matter as it stood at the end of a day; None if nothing is kept of it from then."""
        request = rules_pb2.GetConcernRequest(name=name, as_of_date=to_date(day))
        try:
            return await self._ask(visit, "rules", self._concerns.GetConcern, request)
        except NotThere:
            return None
        except grpc.RpcError as error:
            if error.code() is not grpc.StatusCode.FAILED_PRECONDITION:
                raise
            return None

    async def raised(self, visit: Visit, person: str, *, ended: bool = False) -> Any:
        """Return what rules raised about somebody, praise among it. `ended`: also what is over."""
        request = rules_pb2.ListConcernsRequest(parent=person, include_closed=ended, page_size=LARGEST_SIZE)
        none = rules_pb2.ListConcernsResponse()
        return await self._ask(visit, "rules", self._concerns.ListConcerns, request, none)

    async def move(self, visit: Visit, name: str, move: str, sent: Sent, answer: Mapping[str, date | str]) -> Any:
        """Make a step on a matter, and return the matter after it."""
        method = MOVES[move]
        module = rules_pb2 if hasattr(rules_pb2, f"{method}Request") else concern_moves_pb2
        request = getattr(module, f"{method}Request")(name=name, request_id=sent.request_id, etag=sent.etag)
        for field, value in answer.items():
            fill(request, field, value)
        return await self._write(visit, "rules", getattr(self._concerns, method), request)
