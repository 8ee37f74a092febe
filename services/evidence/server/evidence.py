"""gRPC methods of EvidenceService."""

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from psmf.evidence.v1 import complaint_stages_pb2
from psmf.evidence.v1 import evidence_pb2 as pb
from sqlalchemy import Connection

from services.evidence.adapters.feedback.links import SqlFeedbackLinks
from services.evidence.adapters.record_numbers import complaint_numbers
from services.evidence.adapters.review_requests.requests import SqlReviewRequests
from services.evidence.adapters.store import SqlFile, SqlRegister
from services.evidence.adapters.times_away import SqlTimesAway
from services.evidence.domain.complaints.stages import Recorder
from services.evidence.domain.deliveries import Delivered
from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.life_of_an_item import ReplyTime
from services.evidence.handlers import change_evidence_item as change
from services.evidence.handlers import create_evidence_item as create
from services.evidence.handlers.feedback.consent import require_giver_was_asked
from services.evidence.handlers.reply_times import ReplyTimes
from services.evidence.server.evidence_reads import EvidenceReads, item_name, sent_by
from services.evidence.server.kept_out import within_links
from services.evidence.wire import items as wire
from services.evidence.wire import recording
from services.evidence.wire.complaints.stages import asked_move
from services.platform.calls.commands import Commands, Notes, check_request_id, current_call
from services.platform.calls.fields import require_fields
from services.platform.calls.wire import name_parts, to_needed_text
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import Refusal, invalid, not_found, precondition
from services.who import Who

LARGEST_BATCH = 500
"""Items in one transaction. A larger one would keep other writers waiting."""
LARGEST_IMPORT = 20_000
"""Rows in one import. Their results are kept in memory until the answer."""
CHECKS_A_DAY = 10
"""Ours: items about one person that a system may have checked without recording them, in 24 hours. With more, they
would tell which reports are on file. Who was a member on a day is never told by a check (`Membership`)."""
_KNOWS_GIVERS = "panel_team"
"""The role that sees how to reach people who gave feedback by a link."""
_SYSTEMS = ("partner_system",)
"""Roles of callers that send what they hold. All others are people, who may enter one thing twice (P17)."""

_Told = Callable[[Connection], Notes | None]
"""Opens in a transaction what the caller has been told of who was a member."""


class EvidenceServer(EvidenceReads):
    """Evidence about practice and conduct: recording and changing it. Its reads are in `evidence_reads.py`."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, reply_working_days: int) -> None:
        super().__init__(database, clock)
        self._commands = commands
        self._reply_working_days = reply_working_days

    def CreateEvidenceItem(self, request: pb.CreateEvidenceItemRequest, context: Any) -> pb.EvidenceItem:
        """Record one item."""
        by_a_system = current_call.get().principal.role in _SYSTEMS
        command = _command(request, request.request_id)._replace(asked=not by_a_system)
        if request.validate_only:
            self._limit_checks([command])
        told = self._told(request.validate_only)
        answer = self._commands.run(
            request,
            pb.EvidenceItem,
            lambda tx: wire.item_message(*self._create(tx, [command], told)[0]),
        )
        # The answer of a check is kept nowhere. That of a record is, and an item on file has `held_for` in its list.
        return recording.put_findings(answer, self._clock.today().year) if request.validate_only else answer

    def BatchCreateEvidenceItems(
        self, request: pb.BatchCreateEvidenceItemsRequest, context: Any
    ) -> pb.BatchCreateEvidenceItemsResponse:
        """Record up to 500 items, or none of them."""
        _check_size(len(request.requests), "requests")
        commands = [_part(part, index, request.request_id) for index, part in enumerate(request.requests)]
        _raise_first(commands, within_links(self._database, commands))
        if request.validate_only:
            self._limit_checks(commands)
        told = self._told(request.validate_only)

        def work(tx: Connection) -> pb.BatchCreateEvidenceItemsResponse:
            answer = pb.BatchCreateEvidenceItemsResponse()
            for delivered in self._create(tx, commands, told):
                wire.put_item(answer.evidence_items.add(), *delivered)
            return answer

        return self._commands.run(request, pb.BatchCreateEvidenceItemsResponse, work)

    def ImportEvidenceItems(
        self, requests: Iterator[pb.ImportEvidenceItemsRequest], context: Any
    ) -> pb.ImportEvidenceItemsResponse:
        """Record or refuse each row of a file by itself. Each part of the stream is one transaction."""
        results: list[pb.RowResult] = []
        for part in requests:
            _check_size(len(part.rows), "rows")
            if len(results) + len(part.rows) > LARGEST_IMPORT:
                message = f"An import can have at most {LARGEST_IMPORT} rows. Split the file."
                raise invalid("IMPORT_TOO_LARGE", message)
            results.extend(self._import_rows(part))
        refused = sum(1 for result in results if result.reason)
        return pb.ImportEvidenceItemsResponse(recorded=len(results) - refused, refused=refused, results=results)

    def ReleaseEvidenceItem(self, request: pb.ReleaseEvidenceItemRequest, context: Any) -> pb.EvidenceItem:
        """Release the held texts of an item, after a person has looked at them."""
        name, strike, now = item_name(request.name), wire.words_to_strike(request.strike), self._clock.now()
        return self._run(
            request, lambda tx: change.release_evidence_item(name, strike, SqlFile(tx), self._reply_times(tx), now)
        )

    def MapEvidenceItem(self, request: pb.MapEvidenceItemRequest, context: Any) -> pb.EvidenceItem:
        """Map an item to standards and indicators."""
        name, mappings = item_name(request.name), wire.mappings(request.mappings, "mappings")
        now = self._clock.now()
        return self._change(
            request, lambda tx: change.map_evidence_item(name, mappings, SqlFile(tx), self._reply_time(tx, name), now)
        )

    def ShareEvidenceItem(self, request: pb.ShareEvidenceItemRequest, context: Any) -> pb.EvidenceItem:
        """Record that an item was shared with the Safeguarder concerned."""
        name, now = item_name(request.name), self._clock.now()
        return self._change(
            request, lambda tx: change.share_evidence_item(name, SqlFile(tx), self._reply_time(tx, name), now)
        )

    def AddReply(self, request: pb.AddReplyRequest, context: Any) -> pb.EvidenceItem:
        """Add the reply of the Safeguarder concerned."""
        name, text = item_name(request.name), to_needed_text(request.text, "text", wire.LONGEST_REPLY)
        clock = self._clock

        def work(tx: Connection) -> EvidenceItem:
            replied = change.add_reply(name, text, SqlFile(tx), clock.today(), clock.now())
            return replied.shown_to_the_person or replied

        return self._run(request, work)

    def DecideComplaint(self, request: pb.DecideComplaintRequest, context: Any) -> pb.EvidenceItem:
        """Record how a complaint ended."""
        name, outcome = item_name(request.name), wire.complaint_outcome(request.outcome, "outcome")
        if outcome is None or outcome == "pending":
            raise invalid("OUTCOME_MISSING", "Give the outcome of the complaint.", "outcome")
        decided_by, now = current_call.get().principal.person, self._clock.now()

        def work(tx: Connection) -> EvidenceItem:
            reply = self._reply_time(tx, name)
            return change.decide_complaint(name, outcome, decided_by, SqlFile(tx), reply, now)

        return self._change(request, work)

    def MoveComplaintStage(
        self, request: complaint_stages_pb2.MoveComplaintStageRequest, context: Any
    ) -> pb.EvidenceItem:
        """Record a step of a complaint, or correct one."""
        name, move = item_name(request.name), asked_move(request, self._clock.today())
        by = Recorder(current_call.get().principal.person, self._clock.now())
        return self._change(
            request, lambda tx: change.move_complaint_stage(name, move, by, SqlFile(tx), complaint_numbers())
        )

    def WithdrawEvidenceItem(self, request: pb.WithdrawEvidenceItemRequest, context: Any) -> pb.EvidenceItem:
        """Withdraw an item, so that it no longer counts."""
        name, reason = item_name(request.name), wire.correction_reason(request.reason)
        return self._change(
            request, lambda tx: change.withdraw_evidence_item(name, reason, SqlFile(tx), self._clock.now())
        )

    def CorrectEvidenceItem(self, request: pb.CorrectEvidenceItemRequest, context: Any) -> pb.EvidenceItem:
        """Replace an item by a correction."""
        safeguarder_id, evidence_id = item_name(request.name)
        command = change.CorrectEvidenceItem(
            evidence_id,
            wire.correction_reason(request.reason),
            _new_item(safeguarder_id, request.evidence_item, request.request_id, history=False),
        )

        def work(tx: Connection) -> EvidenceItem:
            return change.correct_evidence_item(
                command, SqlRegister(tx), SqlFile(tx), self._reply_times(tx), self._clock.now()
            )

        return self._change(request, work)

    def GetReceipt(self, request: pb.GetReceiptRequest, context: Any) -> pb.Receipt:
        """Return what became of an item that the caller sent in. Only its sender may ask."""
        (receipt_id,) = name_parts(request.name, "receipts")
        with self._database.read() as connection:
            item = SqlFile(connection).find_receipt(receipt_id, current_call.get().principal.person)
        if item is None:
            raise not_found("RECEIPT_NOT_FOUND", "You have no receipt with this name.", "name")
        return wire.receipt_message(item)

    def _reply_times(self, tx: Connection) -> ReplyTimes:
        return ReplyTimes(SqlTimesAway(tx), SqlReviewRequests(tx), self._reply_working_days)

    def _reply_time(self, tx: Connection, name: tuple[str, str]) -> ReplyTime:
        """Return the time to reply to an item that is shared today."""
        return self._reply_times(tx).of(name[0], self._clock.today(), name[1])

    def _change(self, request: Any, work: Callable[[Connection], EvidenceItem]) -> pb.EvidenceItem:
        """Change an item, unless it is no longer the copy that the caller read, or its giver has to be asked first."""
        of_the_team = current_call.get().principal.role == _KNOWS_GIVERS

        def checked(tx: Connection) -> EvidenceItem:
            name, file = item_name(request.name), SqlFile(tx)
            change.require_copy(name, request.etag, file)
            if not of_the_team:
                require_giver_was_asked(*name, SqlFeedbackLinks(tx), file)
            return work(tx)

        return self._run(request, checked)

    def _run(self, request: Any, work: Callable[[Connection], EvidenceItem]) -> pb.EvidenceItem:
        return self._commands.run(request, pb.EvidenceItem, lambda tx: wire.item_message(work(tx)))

    def _create(self, tx: Connection, commands: list[create.CreateEvidenceItem], told: _Told) -> list[Delivered]:
        return create.create_evidence_items(
            commands, SqlRegister(tx), SqlFile(tx), self._reply_times(tx), self._clock.now(), told(tx)
        )

    def _told(self, only_checked: bool) -> _Told:
        """Return what the caller has been told of who was a member. Nothing is told by what is only checked (P20)."""
        return (lambda tx: None) if only_checked else self._commands.notes("no member")

    def _limit_checks(self, commands: list[create.CreateEvidenceItem]) -> None:
        """Audit the checks of a system, and refuse them if one of them is too many about a person."""
        _raise_first(commands, self._within_checks(commands))

    def _within_checks(
        self, read: Sequence[create.CreateEvidenceItem | Refusal]
    ) -> list[create.CreateEvidenceItem | Refusal]:
        """Audit the checks of a system, and put a refusal in place of each that is too many about a person (P20)."""
        if current_call.get().principal.role not in _SYSTEMS:
            return list(read)
        people = [command.safeguarder_id for command in read if not isinstance(command, Refusal)]
        allowed = iter(self._commands.note_checks(people, CHECKS_A_DAY))
        return [command if isinstance(command, Refusal) or next(allowed) else _too_many_checks() for command in read]

    def _import_rows(self, part: pb.ImportEvidenceItemsRequest) -> list[pb.RowResult]:
        read = within_links(self._database, [_read_row(row) for row in part.rows])
        if part.validate_only:
            read = self._within_checks(read)
        commands = [command for command in read if isinstance(command, create.CreateEvidenceItem)]
        told = self._told(part.validate_only)
        stored = self._commands.run_part(
            part,
            lambda tx: create.import_evidence_items(
                commands,
                SqlRegister(tx),
                SqlFile(tx),
                self._reply_times(tx),
                self._clock.now(),
                told(tx),
            ),
        )
        # Rows that could not be read were not passed on. They keep their places among the outcomes of the others.
        outcomes = iter(stored)
        return [
            wire.row_result(row.row, found if isinstance(found, Refusal) else next(outcomes))
            for row, found in zip(part.rows, read, strict=True)
        ]


def _raise_first(
    commands: Sequence[create.CreateEvidenceItem], judged: Sequence[create.CreateEvidenceItem | Refusal]
) -> None:
    for command, found in zip(commands, judged, strict=True):
        if isinstance(found, Refusal):
            found.field = f"{command.place}{found.field}"
            raise found


def _too_many_checks() -> Refusal:
    message = f"A system may have {CHECKS_A_DAY} items about one person checked in 24 hours. Send the item, or wait."
    return precondition("TOO_MANY_CHECKS", message, "parent")


def _check_size(size: int, field: str) -> None:
    if not 1 <= size <= LARGEST_BATCH:
        raise invalid("BATCH_SIZE_OUT_OF_RANGE", f"Send 1 to {LARGEST_BATCH} {field} at a time.", field)


def _command(request: pb.CreateEvidenceItemRequest, request_id: str, place: str = "") -> create.CreateEvidenceItem:
    (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
    new = _new_item(safeguarder_id, request.evidence_item, request_id, request.history, place)
    return new._replace(again=request.again)


def _part(part: pb.CreateEvidenceItemRequest, index: int, batch_id: str) -> create.CreateEvidenceItem:
    """Return the command in one part of a batch. A refusal names the part."""
    place = f"requests[{index}]."
    try:
        _check_no_validate_only(part)
        return _command(part, f"{batch_id}/{index}" if batch_id else "", place)
    except Refusal as refusal:
        refusal.field = f"{place}{refusal.field}"
        raise


def _check_no_validate_only(part: pb.CreateEvidenceItemRequest) -> None:
    if part.validate_only:
        message = "validate_only cannot be set for a single part. Leave it out, or set it for a whole batch."
        raise invalid("VALIDATE_ONLY_NOT_HERE", message, "validate_only")


def _new_item(
    safeguarder_id: str, message: pb.EvidenceItem, request_id: str, history: bool, place: str = ""
) -> create.CreateEvidenceItem:
    """Return the command for a new item.

    The ids are a hash of the caller and the request id, if there is one. A repeated request therefore finds the item it
    made before, and two callers cannot collide.
    """
    caller = current_call.get().principal
    seed = f"{caller.person}/{request_id}".encode() if request_id else uuid.uuid4().bytes
    made = hashlib.sha256(seed).hexdigest()
    return create.CreateEvidenceItem(
        safeguarder_id=safeguarder_id,
        content=wire.content(message),
        evidence_id=made[:32],
        receipt_id=made[32:],
        sender=caller.person,
        who=Who(caller.person, accounts=caller.accounts),
        sent_by=sent_by(caller.role),
        sent_for=caller.sender,
        history=history,
        place=place,
    )


def _read_row(row: pb.ImportRow) -> create.CreateEvidenceItem | Refusal:
    try:
        require_fields(row)
        if not row.request.request_id:
            raise invalid("FIELD_MISSING", "Each row needs a request_id.", "request_id")
        check_request_id(row.request.request_id)
        _check_no_validate_only(row.request)
        return _command(row.request, row.request.request_id)
    except Refusal as refusal:
        return refusal
