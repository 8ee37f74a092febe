"""The AuditService of one service: rows of its audit log, and whether the log is as it was written."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from psmf.platform.v1 import audit_pb2 as pb
from psmf.platform.v1 import audit_pb2_grpc

from services.platform.audit.checking import Report, checked
from services.platform.audit.log import BEFORE_ALL, AuditLog, Row, end, rows_after
from services.platform.audit.search import Wanted, search
from services.platform.audit.statement import Statement
from services.platform.calls.commands import DENIED, REFUSED, REPEAT, TRIAL
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.wire import from_instant, name_parts, to_instant
from services.platform.storage.database import Database, from_micros, to_micros
from services.platform.storage.origin import read_origin

_OUTCOMES = {
    "": pb.AuditEntry.OUTCOME_DONE,
    TRIAL: pb.AuditEntry.OUTCOME_TRIAL,
    REPEAT: pb.AuditEntry.OUTCOME_REPEAT,
    DENIED: pb.AuditEntry.OUTCOME_DENIED,
    REFUSED: pb.AuditEntry.OUTCOME_REFUSED,
}


class AuditServer(audit_pb2_grpc.AuditServiceServicer):
    """The AuditService of one service, on its own audit log. `proved` reads a checkpoint with a valid signature."""

    def __init__(self, database: Database, log: AuditLog, proved: Callable[[str], Statement | None]) -> None:
        self._database = database
        self._log = log
        self._proved = proved

    def ListAuditEntries(self, request: pb.ListAuditEntriesRequest, context: Any) -> pb.ListAuditEntriesResponse:
        """Return a page of rows, the newest first."""
        (subject,) = name_parts(request.parent, self._log.collection, field="parent")
        wanted = Wanted(
            "" if subject == "-" else subject,
            request.caller,
            request.method,
            _micros(request, "from_time"),
            _micros(request, "to_time"),
        )
        mark = ("", *map(str, wanted))
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        with self._database.read() as connection:
            found, before = search(connection, wanted, int(last[0]) if last else None, most)
        return pb.ListAuditEntriesResponse(
            entries=[self._message(row) for row in found],
            next_page_token=page_token([before], *mark) if before is not None else "",
        )

    def CheckAudit(self, request: pb.CheckAuditRequest, context: Any) -> pb.CheckAuditResponse:
        """Read the whole log and compare it with its checkpoints."""
        with self._database.read() as connection:
            own, origin = self._log.checkpoints(connection), read_origin(connection)
            newest = end(connection)
        pages = self._pages(newest)
        return _answer(checked(self._log.service, origin, pages, (own, request.checkpoints), self._proved))

    def GetCheckpoints(self, request: pb.GetCheckpointsRequest, context: Any) -> pb.Checkpoints:
        """Return the newest checkpoint of the service, and what it keeps for others."""
        with self._database.read() as connection:
            newest, kept = self._log.newest_signed(connection), self._log.kept(connection)
        return pb.Checkpoints(newest=newest, kept=kept)

    def _pages(self, newest: int) -> Iterator[Sequence[Row]]:
        """Yield the rows up to a number. What is added meanwhile has checkpoints that were not read."""
        number = BEFORE_ALL
        while number < newest:
            with self._database.read() as connection:
                page = rows_after(connection, number)
            if not page:
                return
            number = page[-1].number
            yield [row for row in page if row.number <= newest]

    def _message(self, row: Row) -> pb.AuditEntry:
        entry = row.entry
        method, _, mark = entry.method.removesuffix(")").partition(" (")
        about = [entry.subject] if entry.subject else (entry.people or "").split()
        outcome = _OUTCOMES.get(mark, pb.AuditEntry.OUTCOME_NOTED)
        return pb.AuditEntry(
            call_time=to_instant(from_micros(entry.at)),
            caller=entry.person,
            role=entry.role,
            method=method,
            outcome=outcome,
            people=[f"{self._log.collection}/{each}" for each in about],
            relation=entry.relation or "",
            for_whom=entry.for_whom or "",
            position=row.position or 0,
            note=mark if outcome == pb.AuditEntry.OUTCOME_NOTED else "",
        )


def _micros(request: Any, field: str) -> int | None:
    return to_micros(from_instant(getattr(request, field), field)) if request.HasField(field) else None


def _answer(report: Report) -> pb.CheckAuditResponse:
    answer = pb.CheckAuditResponse(
        origin=report.origin,
        rows=report.rows,
        unchained=report.unchained,
        uncounted=report.uncounted,
        restored_rows=report.restored_rows,
    )
    times = {
        "first_time": report.first_at,
        "unchained_from_time": report.unchained_from,
        "unchained_to_time": report.unchained_to,
        "checkpoint_time": report.checkpoint_at,
    }
    for field, at in times.items():
        if at:
            getattr(answer, field).CopyFrom(to_instant(from_micros(at)))
    for found in report.findings:
        finding = answer.findings.add(
            fault=pb.AuditFinding.Fault.Value(f"FAULT_{found.fault.name}"),
            first_position=found.first,
            last_position=found.last,
        )
        if found.at:
            finding.time.CopyFrom(to_instant(from_micros(found.at)))
    return answer
