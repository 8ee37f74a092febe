"""`psmf session record`, `records`, `share`, `correct` and `withdraw`: what a support manager does with a record."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from services.cli.arguments import change_fields, text_in
from services.cli.command import DryRun, PersonOrOneself
from services.cli.failure import CommandError, file_failures, of_call
from services.cli.page.width import output_width
from services.cli.session.reading import (
    SESSION,
    editions,
    names_in,
    papers_of,
    plan_beside,
    record_of,
    session_named,
    standards_on,
)
from services.cli.session.shown import record_text, stands
from services.cli.terminal import Terminal
from services.client.words import day_of, london_time, short

if TYPE_CHECKING:
    from services.cli.session.files import Agenda
    from services.cli.session.filled import Written

_FILE = Annotated[Path, typer.Option(help="The file that `psmf session record SESSION --write FILE` wrote.")]


def show_or_write_record(
    terminal: Terminal,
    session: SESSION,
    edition: Annotated[int, typer.Option(min=0, help="An earlier text of the record, from 1.")] = 0,
    write: Annotated[Path | None, typer.Option(help="Write a new file to fill in, with what the record holds.")] = None,
    file: Annotated[Path | None, typer.Option(help="Begin or change the draft with a file that is filled in.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Show the record of a session; or write it, as its support manager, in a file.

    psmf session record 1a2b3c4d
    psmf session record 1a2b3c4d --write record.yaml
    psmf session record 1a2b3c4d --file record.yaml
    """
    if sum((bool(edition), bool(write), bool(file))) > 1:
        raise CommandError("USAGE", "Give one of --edition, --write and --file, and not several.")
    name = session_named(terminal, session)
    if write:
        _write(terminal, name, write)
    elif file:
        _keep_draft(terminal, name, file, dry_run)
    else:
        current = record_of(terminal, name)
        show_record(terminal, record_of(terminal, name, edition) if edition else current, current.edition)


def show_record(terminal: Terminal, record: Any, current: int = 0) -> None:
    """Show one text of a record, as JSON or as a page. `current` is the edition at which the record is."""
    if terminal.as_json:
        terminal.data(record)
        return
    papers = papers_of(terminal, record.name.removesuffix("/record"))
    content = record.content
    named = content.actions or content.supports or any(said.action for said in content.outcomes)
    plan = plan_beside(terminal, papers) if named else None
    terminal.text(record_text(record, names_in(terminal, papers, plan), output_width(), current))


def _write(terminal: Terminal, session: str, file: Path) -> None:
    """Write the file to fill in. A file that exists is left alone: it may hold words that are nowhere else."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    from services.cli.session.files import sending, template

    papers = papers_of(terminal, session)
    record = _record_or_none(terminal, session) or pb.SessionRecord(name=f"{session}/record")
    plan = plan_beside(terminal, papers)
    names = names_in(terminal, papers, plan)
    about = f"Record of the session of {london_time(papers.start_time)} with {names.person}."
    text = template(record, _agenda(terminal, papers, plan), names, about, str(file))
    with file_failures(file, "written"):
        # Nobody else on this machine may read what is said about a person.
        file.touch(mode=0o600, exist_ok=False)
        file.write_text(text, encoding="utf-8")
    if terminal.as_json:
        terminal.data({"file": str(file), "etag": record.etag})
        return
    terminal.text(f"{file} is ready to fill in.")
    terminal.following(sending(record, str(file)), session)


def _record_or_none(terminal: Terminal, session: str) -> Any:
    import grpc

    try:
        return record_of(terminal, session)
    except grpc.RpcError as error:
        if error.code() is grpc.StatusCode.NOT_FOUND:
            return None
        raise


def _agenda(terminal: Terminal, papers: Any, plan: Any) -> "Agenda":
    from services.calendar_days import london_today
    from services.cli.session.files import agenda_of
    from services.platform.calls.wire import from_instant

    day: date = london_today(from_instant(papers.start_time))
    return agenda_of(papers, standards_on(editions(terminal), day), plan)


def read_written(terminal: Terminal, session: str, file: Path) -> "Written":
    """Return what a file says about this session.

    Raises:
        CommandError: a fault with its line, or the file is about another session.
    """
    from services.cli.session.filled import read_record

    papers = papers_of(terminal, session)
    agenda = _agenda(terminal, papers, plan_beside(terminal, papers))
    written = read_record(text_in(file), str(file), agenda)
    if written.session != session:
        message = f"{file} is about another session, {written.session or 'which it does not name'}. Nothing was sent."
        raise CommandError("INVALID_ARGUMENT", message, field="session")
    return written


def _keep_draft(terminal: Terminal, session: str, file: Path, dry_run: bool) -> None:
    from psmf.evidence.v1 import session_records_pb2 as pb

    from services.cli.session.filled import spoken

    written = read_written(terminal, session, file)
    stub, fields = terminal.client.session_records, change_fields(dry_run)
    if written.etag:
        changed = pb.UpdateSessionRecordRequest(
            name=f"{session}/record", content=written.content, etag=written.etag, **fields
        )
        answer = _send(file, written, dry_run, lambda: terminal.call(stub.UpdateSessionRecord, changed))
    else:
        if _record_or_none(terminal, session):
            message = f"There is a record already, and {file} was written before it. Write it to another file with "
            raise CommandError("ABORTED", f"{message}--write, and take your words over. Nothing was sent.")
        begun = pb.CreateSessionRecordRequest(parent=session, content=written.content, **fields)
        answer = _send(file, written, dry_run, lambda: terminal.call(stub.CreateSessionRecord, begun))
    said = f"The draft is kept.{spoken(written.blank)}"
    following = "" if written.blank else f"psmf session share {short(session)}"
    terminal.changed(answer, said, following, dry_run=dry_run)


def _send(file: Path, written: "Written", dry_run: bool, send: Callable[[], Any]) -> Any:
    """Send what a file holds, and put the new etag into the file, so that it can be changed and sent again.

    Raises:
        CommandError: the service's refusal, with the line of the file where it names one. The file is unchanged.
    """
    import grpc

    from services.cli.session.filled import placed, with_etag

    try:
        answer = send()
    except grpc.RpcError as error:
        raise placed(of_call(error), str(file), written) from None
    if not dry_run:
        with file_failures(file, "written"):
            new = file.with_name(f"{file.name}.new")
            new.touch(mode=0o600)
            new.write_text(with_etag(text_in(file), answer.etag), encoding="utf-8")
            new.replace(file)  # at once, so that no moment exists in which half of the words are gone
    return answer


def list_records(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List the records of a person's sessions, latest session first.

    psmf session records sg-1a2b3c4d
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    request = pb.ListSessionRecordsRequest(parent=terminal.safeguarder(safeguarder))
    answer = terminal.call(terminal.client.session_records.ListSessionRecords, request)
    terminal.entries(answer.session_records, "", _entry, "psmf session record")
    if not answer.session_records and not terminal.as_json:
        terminal.say("No session has a record that you can see.")


def _entry(record: Any) -> tuple[str, ...]:
    said = f"{day_of(record, 'held_date')} · edition {record.edition}"
    return short(record.name.removesuffix("/record")), said, stands(record, "The Safeguarder")


def share_record(terminal: Terminal, session: SESSION, dry_run: DryRun = False) -> None:
    """Share the draft of a record with the Safeguarder, whose time to answer begins.

    psmf session share 1a2b3c4d
    """
    import grpc
    from psmf.evidence.v1 import session_records_pb2 as pb

    from services.cli.session.filled import in_short

    name = session_named(terminal, session)
    record = record_of(terminal, name)
    request = pb.ShareSessionRecordRequest(name=record.name, etag=record.etag, **change_fields(dry_run))
    try:
        answer = terminal.call(terminal.client.session_records.ShareSessionRecord, request)
    except grpc.RpcError as error:
        raise in_short(of_call(error)) from None
    _told(terminal, answer, dry_run)


def _told(terminal: Terminal, answer: Any, dry_run: bool) -> None:
    """Say until when the Safeguarder can answer, and with which command."""
    said = f"Edition {answer.edition} is shared. The Safeguarder can answer until {day_of(answer, 'answer_due_date')}."
    terminal.changed(answer, said, dry_run=dry_run)
    if not terminal.as_json:
        following = f"psmf session answer {short(answer.name.removesuffix('/record'))}"
        terminal.following(following, answer, by="the Safeguarder")


def correct_record(
    terminal: Terminal,
    session: SESSION,
    *,
    file: _FILE,
    reason: Annotated[str, typer.Option(help="Why the text changes, in words that both sides read.")],
    dry_run: DryRun = False,
) -> None:
    """Share a changed text of a disputed or closed record. The text before is kept, and both sides can read it.

    psmf session correct 1a2b3c4d --file record.yaml --reason "The date in S2 was wrong."
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    name = session_named(terminal, session)
    written = read_written(terminal, name, file)
    request = pb.CorrectSessionRecordRequest(
        name=f"{name}/record", content=written.content, reason=reason, etag=written.etag, **change_fields(dry_run)
    )
    stub = terminal.client.session_records
    answer = _send(file, written, dry_run, lambda: terminal.call(stub.CorrectSessionRecord, request))
    _told(terminal, answer, dry_run)


def withdraw_record(
    terminal: Terminal,
    session: SESSION,
    reason: Annotated[str, typer.Option(help="Why. The second person may leave it out.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Withdraw the record of a session that was not held after all. One person asks, and another one confirms.

    psmf session withdraw 1a2b3c4d --reason "The session was not held."
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    name = session_named(terminal, session)
    request = pb.WithdrawSessionRecordRequest(name=f"{name}/record", reason=reason, **change_fields(dry_run))
    answer = terminal.call(terminal.client.session_records.WithdrawSessionRecord, request)
    said = "It is asked for. A second person has to confirm it."
    if answer.state == pb.SessionRecord.STATE_WITHDRAWN:
        said = "The record is withdrawn. Its agenda moves on to the next session."
    terminal.changed(answer, said, f"psmf session record {short(name)}", dry_run=dry_run)
