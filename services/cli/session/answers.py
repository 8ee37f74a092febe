"""`psmf session answer` and `respond`: the Safeguarder's words on a record, and the answer to what is disputed."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, text_or_file
from services.cli.command import DryRun
from services.cli.failure import CommandError
from services.cli.session.reading import SESSION, record_of, reference, session_named
from services.cli.session.records import show_record
from services.cli.session.shown import CHILD_INTEREST
from services.cli.terminal import Terminal
from services.client.words import day_of, short

_SECTION = "A standard such as S2, the id of an item of the agenda, or child_interest; then = and your words, or @FILE."


def answer_record(
    terminal: Terminal,
    session: SESSION,
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm the text.")] = False,
    dispute: Annotated[
        list[str], typer.Option(metavar="SECTION=WORDS", help=f"Say what you dispute, repeatable. {_SECTION}")
    ] = [],  # noqa: B006
    edition: Annotated[
        int, typer.Option(min=0, help="The edition that you have read. Needed from the second one on.")
    ] = 0,
    dry_run: DryRun = False,
) -> None:
    """Answer the record of your session: confirm it, or say what you dispute. Without either, read it.

    psmf session answer 1a2b3c4d
    psmf session answer 1a2b3c4d --confirm
    psmf session answer 1a2b3c4d --dispute S2="I asked for the date first." --dispute child_interest=@words.txt
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    if confirm and dispute:
        raise CommandError("USAGE", "Either confirm the text, or say what you dispute.")
    name = session_named(terminal, session)
    record = record_of(terminal, name)
    if not confirm and not dispute:
        _how_to_answer(terminal, name, record)
        return
    disputes = [pb.Dispute(section=section, words=words) for section, words in _by_section(dispute, _sections(record))]
    request = pb.AnswerSessionRecordRequest(
        name=record.name, edition=_edition_read(record, edition), disputes=disputes, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.session_records.AnswerSessionRecord, request)
    terminal.changed(answer, _answered(answer, request), f"psmf session record {short(name)}", dry_run=dry_run)


def _how_to_answer(terminal: Terminal, session: str, record: Any) -> None:
    """Show the text, and say how to answer exactly this text."""
    from psmf.evidence.v1 import session_records_pb2 as pb

    show_record(terminal, record)
    if terminal.as_json:
        return
    if record.state != pb.SessionRecord.STATE_SHARED or record.answer.confirmed:
        terminal.say("No answer to it is awaited.")
        return
    asked = f"psmf session answer {short(session)} --edition {record.edition}"
    terminal.following(f"{asked} --confirm", session, when="to confirm")
    terminal.following(f"{asked} --dispute SECTION=WORDS", session, when="to dispute")


def _edition_read(record: Any, edition: int) -> int:
    """Return the edition that the Safeguarder has read. While there is only one, it can be no other.

    Raises:
        CommandError: USAGE. A text that came in between must not be confirmed unread.
    """
    if edition or record.edition == 1:
        return edition or 1
    message = f"The record is at edition {record.edition}. Read it first, then name it with --edition {record.edition}."
    raise CommandError("USAGE", message)


def _answered(answer: Any, request: Any) -> str:
    from psmf.evidence.v1 import session_records_pb2 as pb

    if request.disputes:
        sections = ", ".join(reference(dispute.section) for dispute in request.disputes)
        due = f" An answer to you is due by {day_of(answer, 'response_due_date')}." if _awaits(answer) else ""
        return f"You dispute edition {request.edition}: {sections}.{due}"
    closed = answer.state == pb.SessionRecord.STATE_CLOSED
    return f"You confirm edition {request.edition}. The record {'is closed' if closed else 'is not closed yet'}."


def _awaits(answer: Any) -> bool:
    return bool(answer.HasField("response_due_date"))


def respond_to_disputes(
    terminal: Terminal,
    session: SESSION,
    section: Annotated[list[str], typer.Option(metavar="SECTION=WORDS", help=f"Your answer, repeatable. {_SECTION}")],
    dry_run: DryRun = False,
) -> None:
    """Answer every section that the Safeguarder disputes, and close the record. Both sides' words stand for good.

    psmf session respond 1a2b3c4d --section S2="I have looked again. We see this differently."
    """
    from psmf.evidence.v1 import session_records_pb2 as pb

    name = session_named(terminal, session)
    record = record_of(terminal, name)
    disputed = [dispute.section for dispute in record.answer.disputes]
    request = pb.CloseSessionRecordRequest(
        name=record.name,
        responses=[pb.DisputeResponse(section=known, words=words) for known, words in _by_section(section, disputed)],
        etag=record.etag,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.session_records.CloseSessionRecord, request)
    said = "The record is closed as disputed. Both sides' words stand."
    terminal.changed(answer, said, f"psmf session record {short(name)}", dry_run=dry_run)


def _sections(record: Any) -> list[str]:
    """Return what may be disputed in a text."""
    content = record.content
    items = (each.item for each in content.outcomes)
    views = (view.standard for view in content.views)
    return list(dict.fromkeys([CHILD_INTEREST, *views, *items, *content.actions, *content.supports]))


def _by_section(typed: Iterable[str], sections: Sequence[str]) -> list[tuple[str, str]]:
    """Return each section that was typed with its words, which may stand in a file.

    Raises:
        CommandError: USAGE if a section is not in the text, is named twice, or has no words.
    """
    from services.cli.session.files import the_name

    found: dict[str, str] = {}
    for text in typed:
        section, mark, words = text.partition("=")
        if not mark or not words.strip():
            raise CommandError("USAGE", f"{section!r} has no words. Write SECTION=WORDS.")
        known = section.strip().replace("child-interest", CHILD_INTEREST)
        try:
            name = the_name(known, sections, f"one of the sections: {', '.join(map(reference, sections)) or 'none'}")
        except ValueError as problem:
            raise CommandError("USAGE", str(problem)) from None
        if name in found:
            raise CommandError("USAGE", f"{section!r} is named twice. Keep one of them.")
        found[name] = text_or_file(words)
    return list(found.items())
