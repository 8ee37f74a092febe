"""gRPC methods of DraftService."""

from collections.abc import Callable
from typing import Any

from psmf.evidence.v1 import drafts_pb2 as pb
from psmf.evidence.v1 import drafts_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.pages.drafts import SqlDrafts
from services.evidence.domain.drafts import Draft
from services.evidence.handlers.pages.drafts import (
    DraftContext,
    begin_draft,
    change_draft,
    delete_draft,
    find_draft,
    list_drafts,
)
from services.evidence.server.kept_out import people_seen
from services.evidence.wire import drafts as wire
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.wire import name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database


class DraftServer(drafts_pb2_grpc.DraftServiceServicer):
    """What the caller has begun to write. The answers to writes leave out the words: they are kept for a repeat."""

    def __init__(self, database: Database, commands: Commands, clock: Clock) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock

    def CreateDraft(self, request: pb.CreateDraftRequest, context: Any) -> pb.Draft:
        """Begin a draft."""
        kind, subject, written = wire.kind(request), wire.subject(request), wire.written(request)
        return self._run(request, lambda context: begin_draft(kind, subject, written, context))

    def GetDraft(self, request: pb.GetDraftRequest, context: Any) -> pb.Draft:
        """Return a draft of the caller's."""
        draft_id = wire.draft_id(request.name)
        with self._database.read() as connection:
            return wire.draft_message(find_draft(draft_id, self._context()(connection)), with_answers=True)

    def ListDrafts(self, request: pb.ListDraftsRequest, context: Any) -> pb.ListDraftsResponse:
        """Return the caller's drafts, and to a Safeguarder that there are others about them."""
        (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
        me = current_call.get().principal.person
        with self._database.read() as connection:
            found = list_drafts("" if safeguarder_id == "-" else safeguarder_id, self._context()(connection))
        return pb.ListDraftsResponse(drafts=[wire.draft_message(each, by_others=each.author != me) for each in found])

    def UpdateDraft(self, request: pb.UpdateDraftRequest, context: Any) -> pb.Draft:
        """Store other answers."""
        draft_id, written = wire.draft_id(request.name), wire.written(request)
        return self._run(request, lambda context: change_draft(draft_id, written, request.etag, context))

    def DeleteDraft(self, request: pb.DeleteDraftRequest, context: Any) -> pb.Draft:
        """Delete a draft."""
        draft_id = wire.draft_id(request.name)
        return self._run(request, lambda context: delete_draft(draft_id, context))

    def _run(self, request: Any, work: Callable[[DraftContext], Draft]) -> pb.Draft:
        context = self._context()
        return self._commands.run(request, pb.Draft, lambda tx: wire.draft_message(work(context(tx))))

    def _context(self) -> Callable[[Connection], DraftContext]:
        """Return what makes the context in a transaction, which another thread may run."""
        caller, now, today = current_call.get().principal, self._clock.now(), self._clock.today()
        own = caller.subject if caller.role == "safeguarder" else ""

        def context(connection: Connection) -> DraftContext:
            people = people_seen(connection, caller, today)
            return DraftContext(SqlDrafts(connection, now), caller.person, own, people, now)

        return context
