"""What pages ask about items of evidence, and the reply to one."""

from collections.abc import Mapping, Sequence
from typing import Any

from psmf.evidence.v1 import evidence_pb2, evidence_pb2_grpc

from services.client.words import id_under
from services.console.calls.caller import Caller, Channels, TokenOf, fill
from services.console.requests import Visit
from services.platform.calls.pages import LARGEST_SIZE, MOST_AT_ONCE

NEWEST = 20
"""Items of a person that a step offers to choose from."""


class EvidenceCalls(Caller):
    """Calls about items of evidence."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._evidence: Any = evidence_pb2_grpc.EvidenceServiceStub(self._channels["evidence"])

    async def items(self, visit: Visit, person: str, *, most: int = LARGEST_SIZE, page: str = "", **limits: str) -> Any:
        """Return the newest items on somebody's file. `limits`: words of closed lists, by the names of the contract."""
        request = evidence_pb2.ListEvidenceItemsRequest(parent=person, page_size=most, page_token=page)
        for field, word in limits.items():
            fill(request, field, word)
        return await self._ask(visit, "evidence", self._evidence.ListEvidenceItems, request)

    async def item(self, visit: Visit, name: str) -> Any:
        """Return one item."""
        request = evidence_pb2.GetEvidenceItemRequest(name=name)
        return await self._ask(visit, "evidence", self._evidence.GetEvidenceItem, request)

    async def items_named(self, visit: Visit, person: str, ids: Sequence[str]) -> Mapping[str, Any]:
        """Return those items of a file that the reader may see, by their ids."""
        if not ids:
            return {}
        names = [f"{person}/evidenceItems/{one}" for one in ids[:MOST_AT_ONCE]]
        request = evidence_pb2.BatchGetEvidenceItemsRequest(parent=person, names=names)
        answer = await self._ask(visit, "evidence", self._evidence.BatchGetEvidenceItems, request)
        return {id_under(item.name): item for item in answer.evidence_items}

    async def reply(self, visit: Visit, name: str, text: str, request_id: str, *, check_only: bool = False) -> Any:
        """Add the reader's reply to an item, and return the item. `check_only`: return it as it would be.

        Raises:
            NotDone: the service refused it, and says why.
        """
        request = evidence_pb2.AddReplyRequest(
            name=name, text=text, request_id="" if check_only else request_id, validate_only=check_only
        )
        return await self._write(visit, "evidence", self._evidence.AddReply, request)
