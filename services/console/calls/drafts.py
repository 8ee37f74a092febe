"""What pages keep of words that are not sent yet."""

from typing import Any

from psmf.evidence.v1 import drafts_pb2, drafts_pb2_grpc

from services.console.calls.caller import EVERYBODY, Caller, Channels, TokenOf
from services.console.requests import Visit


class DraftCalls(Caller):
    """Calls about the reader's own drafts."""

    def __init__(self, channels: Channels, token_of: TokenOf) -> None:
        super().__init__(channels, token_of)
        self._drafts: Any = drafts_pb2_grpc.DraftServiceStub(self._channels["evidence"])

    async def reply_draft(self, visit: Visit, person: str, item: str) -> Any:
        """Return the reader's draft of a reply to an item, without its words; None if there is none."""
        answer = await self._ask(
            visit, "evidence", self._drafts.ListDrafts, drafts_pb2.ListDraftsRequest(parent=person)
        )
        of_reply = (one for one in answer.drafts if one.kind == drafts_pb2.Draft.KIND_REPLY and one.step == item)
        return next((one for one in of_reply if one.author == visit.signed_in.person), None)

    async def draft(self, visit: Visit, name: str) -> Any:
        """Return one draft of the reader's, with its words."""
        return await self._ask(visit, "evidence", self._drafts.GetDraft, drafts_pb2.GetDraftRequest(name=name))

    async def begin_reply_draft(self, visit: Visit, person: str, item: str, answers: bytes) -> Any:
        """Keep the words of a reply that is not sent yet. The step of the draft is the item's id."""
        request = drafts_pb2.CreateDraftRequest(
            kind=drafts_pb2.Draft.KIND_REPLY, safeguarder=person, step=item, answers=answers
        )
        return await self._write(visit, "evidence", self._drafts.CreateDraft, request)

    async def my_drafts(self, visit: Visit) -> list[Any]:
        """Return the reader's own drafts, without their answers, the one changed last first."""
        request = drafts_pb2.ListDraftsRequest(parent=EVERYBODY)
        answer = await self._ask(visit, "evidence", self._drafts.ListDrafts, request)
        return [one for one in answer.drafts if one.author == visit.signed_in.person]

    async def begin_recording_draft(self, visit: Visit, person: str, step: str, answers: bytes, request_id: str) -> Any:
        """Keep the first answers about an item that is not recorded yet. `step`: the question that is asked next.

        Raises:
            NotDone: there are too many drafts.
        """
        kind = drafts_pb2.Draft.KIND_EVIDENCE_ITEM
        request = drafts_pb2.CreateDraftRequest(
            kind=kind, safeguarder=person, step=step, answers=answers, request_id=request_id
        )
        return await self._write(visit, "evidence", self._drafts.CreateDraft, request)

    async def change_draft(self, visit: Visit, draft: Any, answers: bytes, etag: str, step: str = "") -> Any:
        """Keep other words in place of a draft's. `etag`: of the copy that was changed. `step`: where its author is.

        Raises:
            NotDone: it was changed in another window, or is not there any more.
        """
        step = step or draft.step
        request = drafts_pb2.UpdateDraftRequest(name=draft.name, step=step, answers=answers, etag=etag)
        return await self._write(visit, "evidence", self._drafts.UpdateDraft, request)

    async def delete_draft(self, visit: Visit, name: str, request_id: str = "") -> None:
        """Delete a draft, because it was sent or is not wanted."""
        request = drafts_pb2.DeleteDraftRequest(name=name, request_id=request_id)
        await self._write(visit, "evidence", self._drafts.DeleteDraft, request)
