"""What a service keeps of a person's file, as the person takes it with them: its records, and who has read them."""

import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from psmf.platform.v1 import own_file_pb2 as pb
from psmf.platform.v1 import own_file_pb2_grpc

from services.platform.calls.commands import REPEAT, TRIAL, current_call
from services.platform.calls.method_rules import MethodPolicy
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.read_log import Read, reads_of
from services.platform.calls.relations import Subjects
from services.platform.calls.wire import name_parts, to_instant
from services.platform.process.own_records import OwnFile, OwnKind, listed
from services.platform.storage.database import Database
from services.refusals import Kind, Refusal, invalid

MOST_EXPORTS = 4
"""Files at a time. Each takes a thread of the server until its last part is sent, and other calls need threads too."""

_RIGHTS = {
    "own": pb.Read.RIGHT_OWN,
    "allocated": pb.Read.RIGHT_ALLOCATED,
    "delegated": pb.Read.RIGHT_DELEGATED,
    "emergency": pb.Read.RIGHT_EMERGENCY,
    "none": pb.Read.RIGHT_ROLE,
}
"""By which right somebody with a relation to a record reads it."""
_NOT_COVERED = (pb.NOT_COVERED_LISTS_ACROSS, pb.NOT_COVERED_CHANGES, pb.NOT_COVERED_OPERATION)


def _as_read(rules: MethodPolicy) -> Sequence[str]:
    """Return how the log names a call of a method that answered something about the person, and changed nothing.

    To try a change of a record, or to send the same change twice, answers the record like a read of it.
    """
    if not rules.writes:
        return (rules.method,)
    return [f"{rules.method} ({mark})" for mark in (TRIAL, REPEAT)] if rules.names_record else ()


class OwnFileServer(own_file_pb2_grpc.OwnFileServiceServicer):
    """The OwnFileService of one service, on its own records and its audit log."""

    def __init__(
        self, database: Database, subjects: Subjects, methods: Iterable[MethodPolicy], own_file: OwnFile
    ) -> None:
        self._database = database
        self._subjects = subjects
        reads = OwnKind(
            "psmf.platform.v1.OwnFileService/ListReads", listed(self.ListReads, pb.ListReadsRequest, "reads")
        )
        self._exports = threading.BoundedSemaphore(MOST_EXPORTS)
        self._own_file = own_file._replace(kinds=[*own_file.kinds, reads])
        # The log has the name of a method alone, and a service has no two methods of one name (access.cedar).
        self._records_of = {
            said: rules.path.split("/")[1] for rules in methods if rules.is_about_people for said in _as_read(rules)
        }

    def ListReads(self, request: pb.ListReadsRequest, context: Any) -> pb.ListReadsResponse:
        """Return a page of who has read what this service keeps about a person, the newest first."""
        (subject,) = name_parts(request.parent, self._subjects.collection, field="parent")
        if subject == "-":
            raise invalid("NAME_NOT_VALID", "Name one person: reads are listed for one.", "parent")
        mark = (current_call.get().principal.person, subject, request.include_own)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        before = int(last[0]) if last else None
        but_role = "" if request.include_own else self._subjects.own_role
        with self._database.read() as connection:
            # One more than asked for shows whether there is another page.
            found = reads_of(connection, subject, self._records_of, but_role, before, most + 1)
        return pb.ListReadsResponse(
            reads=[self._message(read) for read in found[:most]],
            next_page_token=page_token([found[most - 1].number], *mark) if len(found) > most else "",
            not_covered=[*_NOT_COVERED, *([] if request.include_own else [pb.NOT_COVERED_OWN])],
        )

    def ExportMyFile(self, request: pb.ExportMyFileRequest, context: Any) -> Iterator[pb.ExportMyFileResponse]:
        """Stream the records about a person that they may see, then what the file covers and leaves out."""
        (subject,) = name_parts(request.name, self._subjects.collection, ending="/file")
        with self._database.read() as connection:
            self._subjects.require(connection, subject)
        if not self._exports.acquire(blocking=False):
            message = f"{MOST_EXPORTS} files are being sent already. Try again in a minute."
            raise Refusal(Kind.EXHAUSTED, "TOO_MANY_EXPORTS", message)
        # The callback is refused if the call has already ended. Nobody else would then give the place back.
        if context.add_callback(self._exports.release):
            yield from self._parts(subject)
        else:
            self._exports.release()

    def _parts(self, subject: str) -> Iterator[pb.ExportMyFileResponse]:
        records = 0
        for kind in self._own_file.kinds:
            for message, withheld in kind.read(f"{self._subjects.collection}/{subject}"):
                records += 1
                record = pb.FileRecord(method=kind.method)
                record.record.Pack(message)
                for field, ground in withheld.items():
                    record.withheld.add(field=field, ground=ground)
                yield pb.ExportMyFileResponse(record=record)
        left_out = [pb.LeftOut(what=what, ground=ground) for what, ground in self._own_file.left_out]
        methods = [kind.method for kind in self._own_file.kinds]
        yield pb.ExportMyFileResponse(end=pb.FileEnd(records=records, methods=methods, left_out=left_out))

    def _message(self, read: Read) -> pb.Read:
        return pb.Read(
            read_time=to_instant(read.at),
            reader=read.person,
            role=read.role,
            records=self._records_of[read.method],
            right=_RIGHTS.get(read.relation, pb.Read.RIGHT_UNSPECIFIED),
            for_whom=read.for_whom,
        )
