"""`psmf session`: individual support sessions."""

import uuid
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.failure import CommandError
from services.cli.terminal import Terminal
from services.client.words import LANES, day_of, london_time, safeguarder_name, safeguarder_of, short, spaced

app = group("session")
SESSION = Annotated[str, typer.Argument(help="The session's id, or the first characters of it.")]


@command(app, "list")
def list_sessions(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only this person's sessions.")] = "-",
    everything: Annotated[bool, typer.Option("--all", help="Also past and moved ones.")] = False,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List sessions, earliest first.

    psmf session list --as support-manager-east-1
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    request = pb.ListSupportSessionsRequest(
        parent=safeguarder_name(safeguarder),
        upcoming_only=not everything,
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.sessions.ListSupportSessions, request)
    if terminal.as_json:
        terminal.page(answer.support_sessions, answer.next_page_token)
        return
    rows = [
        (
            short(session.name),
            london_time(session.start_time),
            safeguarder_of(session.name),
            session.support_manager,
            f"session {session.number}" if session.number else "one-to-one",
            _state(session),
            str(len(session.agenda)),
        )
        for session in answer.support_sessions
    ]
    terminal.columns(("Session", "Starts", "Safeguarder", "Support manager", "Which", "State", "On the agenda"), rows)
    if answer.next_page_token:
        terminal.say(f"There are more: --page-token {answer.next_page_token}")


@command(app, "show")
def show_session(terminal: Terminal, session: SESSION) -> None:
    """Show one session with its agenda, praise first.

    psmf session show 1a2b3c4d
    """
    found = find_session(terminal, session)
    if terminal.as_json:
        terminal.data(found)
        return
    terminal.text(f"Support session {short(found.name)} · {safeguarder_of(found.name)} · {_state(found)}")
    terminal.text(f"Starts           {london_time(found.start_time)}, {found.minutes} minutes")
    terminal.text(f"Support manager  {found.support_manager}")
    terminal.text(f"Pack frozen on   {day_of(found, 'freeze_date')}")
    for place, item in enumerate(found.agenda, 1):
        terminal.text(f"Agenda {place:<10}{LANES.get(item.lane, item.lane)}  concern {item.concern_id[:8]}")
    terminal.say(f"Next: psmf session calendar {short(found.name)}")


@command(app, "confirm")
def confirm_session(terminal: Terminal, session: SESSION, dry_run: DryRun = False) -> None:
    """Set the proposed date.

    psmf session confirm 1a2b3c4d
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    found = find_session(terminal, session)
    request = pb.ConfirmSupportSessionRequest(name=found.name, request_id=str(uuid.uuid4()), validate_only=dry_run)
    answer = terminal.call(terminal.client.sessions.ConfirmSupportSession, request)
    said = f"The session starts on {london_time(answer.start_time)}."
    following = f"psmf session calendar {short(answer.name)}"
    terminal.changed(answer, f"Nothing was changed. {said}" if dry_run else said, following)


@command(app, "calendar")
def write_calendar(
    terminal: Terminal,
    session: SESSION,
    output: Annotated[
        Path | None, typer.Option(help="Where to write it; the name the service gives, if not said.")
    ] = None,
) -> None:
    """Write a session as a calendar file, with a neutral title.

    psmf session calendar 1a2b3c4d --output session.ics
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    found = find_session(terminal, session)
    request = pb.GetSupportSessionRequest(name=found.name)
    answer = terminal.call(terminal.client.sessions.GetSupportSessionCalendar, request)
    file = output or Path(Path(answer.file_name).name)
    try:
        file.write_bytes(answer.content)
    except OSError as problem:
        raise CommandError("USAGE", f"{file} cannot be written: {problem.strerror}") from None
    if terminal.as_json:
        terminal.data({"file": str(file), "content_type": answer.content_type})
        return
    terminal.text(str(file))


def find_session(terminal: Terminal, text: str) -> Any:
    """The session a person means by a full name or the beginning of an id, among those he or she may see.

    Raises:
        CommandError: NOT_FOUND; USAGE when several begin so.
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    sessions = terminal.client.sessions
    if text.startswith("safeguarders/"):
        return terminal.call(sessions.GetSupportSession, pb.GetSupportSessionRequest(name=text))
    request = pb.ListSupportSessionsRequest(parent="safeguarders/-", page_size=500)
    pages = terminal.client.pages(terminal.person, sessions.ListSupportSessions, request, "support_sessions")
    wanted = text.removeprefix("supportSessions/")
    found = [session for session in pages if wanted and session.name.rpartition("/")[2].startswith(wanted)]
    if not found:
        raise CommandError("NOT_FOUND", f"You see no session {text!r}. See: psmf session list --all")
    if len(found) > 1:
        several = ", ".join(short(session.name) for session in found[:5])
        raise CommandError("USAGE", f"Several sessions begin with {text!r}: {several}. Type more of the id.")
    return found[0]


def _state(session: Any) -> str:
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    from services.platform.calls.wire import to_word

    return spaced(to_word(pb.SupportSession.State, session.state))
