"""gRPC methods of SessionRecordService."""

import uuid
from collections.abc import Callable
from typing import Any, NamedTuple

from psmf.evidence.v1 import session_records_pb2 as pb
from psmf.evidence.v1 import session_records_pb2_grpc
from sqlalchemy import Connection

from services.evidence.adapters.session_files import SessionFile, session_file
from services.evidence.domain.sessions.late_items import Read
from services.evidence.domain.sessions.life_of_a_record import Correction
from services.evidence.domain.sessions.pack import OwnItem, Pack
from services.evidence.domain.sessions.record import Author, SessionRecord
from services.evidence.handlers import late_items as late
from services.evidence.handlers import session_packs as packs
from services.evidence.handlers import session_records as handler
from services.evidence.server.development_plans import DevelopmentPlanServer
from services.evidence.server.evidence_reads import EvidenceReads
from services.evidence.wire import session_records as wire
from services.platform.calls.commands import Commands, current_call
from services.platform.calls.wire import name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import invalid
from services.who import Who

_DRAFTS = "support_manager"
"""The role of people who write records, and so see drafts."""


class Beside(NamedTuple):
    """The gRPC services whose methods show what papers name."""

    items: EvidenceReads
    plans: DevelopmentPlanServer


class SessionRecordServer(session_records_pb2_grpc.SessionRecordServiceServicer):
    """The papers and the records of support sessions."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, beside: Beside) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._beside_papers = beside

    def GetSessionPack(self, request: pb.GetSessionPackRequest, context: Any) -> pb.SessionPack:
        """Return the papers of a session."""
        name = wire.session_name(request.name, "pack")
        with self._database.read() as connection:
            files = self._files(connection)
            shown = _shown(packs.find_pack(*name, files), files, _is_own())
        if request.with_named:
            self._name(shown, context)
        return shown

    def _name(self, pack: pb.SessionPack, context: Any) -> None:
        """Add what papers name, as its own methods show it. Those who may read papers may call them."""
        plan, items = wire.named_in(pack)
        pack.named.development_plan.CopyFrom(self._beside_papers.plans.GetDevelopmentPlan(plan, context))
        for some in items:
            found = self._beside_papers.items.BatchGetEvidenceItems(some, context)
            pack.named.evidence_items.extend(found.evidence_items)

    def AddOwnItem(self, request: pb.AddOwnItemRequest, context: Any) -> pb.SessionPack:
        """Add something of the Safeguarder's own to the papers."""
        safeguarder_id, session_id = wire.session_name(request.parent, field="parent")
        words = wire.words(request.words, "words", self._year)
        if not words:
            raise invalid("FIELD_MISSING", "words is needed.", "words")
        item = OwnItem(uuid.uuid4().hex, session_id, safeguarder_id, words, self._clock.now())
        return self._beside(request, lambda files: packs.add_own_item(item, files))

    def OfferLateItem(self, request: pb.OfferLateItemRequest, context: Any) -> pb.SessionPack:
        """Offer an item that was shared too late for the papers."""
        (name, evidence_id), person = wire.late_item(request), current_call.get().principal.person
        return self._beside(request, lambda files: late.offer(name, evidence_id, person, files))

    def AdmitLateItem(self, request: pb.AdmitLateItemRequest, context: Any) -> pb.SessionPack:
        """Admit an item that was offered. The caller is the Safeguarder."""
        name, evidence_id = wire.late_item(request)
        read = Read(request.version, current_call.get().principal.person, self._clock.now())
        return self._beside(request, lambda files: late.admit(name, evidence_id, read, files))

    def GetSessionRecord(self, request: pb.GetSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Return the record of a session."""
        name = wire.session_name(request.name, "record")
        with self._database.read() as connection:
            files = self._files(connection)
            found = handler.timed(handler.find(name, request.edition, _sees_drafts(), files), files)
        return wire.record_message(found)

    def ListSessionRecords(self, request: pb.ListSessionRecordsRequest, context: Any) -> pb.ListSessionRecordsResponse:
        """Return a person's records, latest session first."""
        (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
        if safeguarder_id == "-":
            # An empty list would say that nobody has a record. A Safeguarder's `-` is themselves by now.
            raise invalid("NAME_NOT_VALID", "Name one Safeguarder: records are listed for one person.", "parent")
        with self._database.read() as connection:
            files = self._files(connection)
            found = [handler.timed(record, files) for record in files.records.of(safeguarder_id)]
        shown = [one for one in found if one.record.was_shared or _sees_drafts()]
        return pb.ListSessionRecordsResponse(session_records=[wire.record_message(one) for one in shown])

    def CreateSessionRecord(self, request: pb.CreateSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Begin the record of a session."""
        name, author = wire.session_name(request.parent, field="parent"), _author()
        content = wire.content(request.content, self._year)
        return self._run(request, lambda files: handler.create(name, content, author, files))

    def UpdateSessionRecord(self, request: pb.UpdateSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Change a draft."""
        name, author = wire.session_name(request.name, "record"), _author()
        content = wire.content(request.content, self._year)
        return self._run(request, lambda files: handler.update(name, request.etag, content, author, files))

    def ShareSessionRecord(self, request: pb.ShareSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Share a draft with the Safeguarder."""
        name = wire.session_name(request.name, "record")
        return self._run(request, lambda files: handler.share(name, request.etag, files))

    def AnswerSessionRecord(self, request: pb.AnswerSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Keep the Safeguarder's answer to a text."""
        name, disputes = wire.session_name(request.name, "record"), wire.disputes(request, self._year)
        return self._run(request, lambda files: handler.answer(name, request.edition, disputes, files))

    def CloseSessionRecord(self, request: pb.CloseSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Close a disputed record with words on each disputed section."""
        name, responses = wire.session_name(request.name, "record"), wire.responses(request, self._year)
        return self._run(request, lambda files: handler.close(name, request.etag, responses, files))

    def CorrectSessionRecord(self, request: pb.CorrectSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Share another text of a record."""
        name, author = wire.session_name(request.name, "record"), _author()
        reason = wire.words(request.reason, "reason", self._year)
        changed = Correction(wire.content(request.content, self._year), reason, author)
        return self._run(request, lambda files: handler.correct(name, request.etag, changed, files))

    def WithdrawSessionRecord(self, request: pb.WithdrawSessionRecordRequest, context: Any) -> pb.SessionRecord:
        """Withdraw a record, or ask for it."""
        name, caller = wire.session_name(request.name, "record"), current_call.get().principal
        by = Who(caller.person, accounts=caller.accounts)
        reason = wire.words(request.reason, "reason", self._year)
        return self._run(request, lambda files: handler.withdraw(name, by, reason, files))

    @property
    def _year(self) -> int:
        return self._clock.today().year

    def _files(self, connection: Connection) -> SessionFile:
        return session_file(connection, self._clock.now())

    def _beside(self, request: Any, command: Callable[[SessionFile], Pack]) -> pb.SessionPack:
        own = _is_own()

        def work(tx: Connection) -> pb.SessionPack:
            files = self._files(tx)
            return _shown(command(files), files, own)

        return self._commands.run(request, pb.SessionPack, work)

    def _run(self, request: Any, command: Callable[[SessionFile], SessionRecord]) -> pb.SessionRecord:
        def work(tx: Connection) -> pb.SessionRecord:
            files = self._files(tx)
            return wire.record_message(handler.timed(command(files), files))

        return self._commands.run(request, pb.SessionRecord, work)


def _author() -> Author:
    """Return the caller, with the support manager for whom they act."""
    call = current_call.get()
    return Author(call.principal.person, call.for_whom)


def _sees_drafts() -> bool:
    return current_call.get().principal.role == _DRAFTS


def _is_own() -> bool:
    return current_call.get().relation == "own"


def _shown(pack: Pack, files: SessionFile, own: bool) -> pb.SessionPack:
    """Return the message of papers. What was not shared is counted for staff alone."""
    not_shared = 0 if own else packs.items_not_shared(pack.safeguarder_id, files)
    own_items, late_items = packs.own_items_of(pack, files), packs.late_items_of(pack, files)
    plan = packs.plan_change_of(pack, files)
    return wire.pack_message(pack, packs.entries_of(pack, files), own_items, late_items, plan, not_shared)
