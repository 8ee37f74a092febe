"""`psmf session`: individual support sessions. Their papers and records have modules of their own."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, read_instant, typed_date
from services.cli.command import DryRun, PageSize, PageToken, command, group
from services.cli.failure import file_failures
from services.cli.page.beside import Beside
from services.cli.session import answers, papers, records
from services.cli.session.reading import SESSION
from services.cli.terminal import Terminal
from services.client.words import LANES, day_of, london_time, short, spaced, word_of

app = group("session")


@command(app, "list")
def list_sessions(
    terminal: Terminal,
    safeguarder: Annotated[str, typer.Option(help="Only this person's sessions: a name or an id.")] = "-",
    everything: Annotated[bool, typer.Option("--all", help="Include sessions that are past or were moved.")] = False,
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="Only from this day on.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Only up to this day.")] = "",
    state: Annotated[
        list[str] | None, typer.Option(help="Only in this state, for example proposed. Repeat it for several.")
    ] = None,
    page_size: PageSize = 100,
    page_token: PageToken = "",
) -> None:
    """List sessions, earliest first.

    psmf session list --as support-manager-east-1
    psmf session list --state proposed --until 2026-12-31
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    parent = terminal.safeguarder(safeguarder)
    request = pb.ListSupportSessionsRequest(
        parent=parent,
        upcoming_only=not everything,
        from_date=typed_date(first, "--from") if first else None,
        until_date=typed_date(until, "--until") if until else None,
        states=[choose(pb.SupportSession.State, word, "--state") for word in state or []],
        page_size=page_size,
        page_token=page_token,
    )
    answer = terminal.call(terminal.client.sessions.ListSupportSessions, request)
    beside = Beside(terminal, parent)
    entries = answer.support_sessions
    terminal.entries(entries, answer.next_page_token, lambda session: _entry(session, beside), "psmf session show")


@command(app, "show")
def show_session(terminal: Terminal, session: SESSION) -> None:
    """Show one session and its agenda, with praise first.

    psmf session show 1a2b3c4d
    """
    found = terminal.find("session", session)
    if terminal.as_json:
        terminal.data(found)
        return
    beside = Beside(terminal, found.name.rpartition("/supportSessions/")[0])
    terminal.text(f"Support session {short(found.name)} · {beside.who(found.name)} · {_state(found)}")
    terminal.text(f"Starts           {london_time(found.start_time)}, {found.minutes} minutes")
    if found.move_reason:
        terminal.text(f"Moved because    {spaced(found.move_reason)}")
    terminal.text(f"Support manager  {found.support_manager}")
    terminal.text(f"Papers frozen    {day_of(found, 'freeze_date')}, or when the date is confirmed, if that is later")
    for place, item in enumerate(found.agenda, 1):
        ended = spaced(word_of(item, "outcome"))
        outcome = f" · {ended}" if ended else ""
        terminal.text(f"Agenda {place:<10}concern {short(item.concern_id)}{outcome}")
        terminal.text(f"{'':17}{_on_the_agenda(item, beside)}")
    terminal.following(f"psmf session calendar {short(found.name)}", found)


@command(app, "confirm")
def confirm_session(terminal: Terminal, session: SESSION, dry_run: DryRun = False) -> None:
    """Confirm the proposed date of a session.

    psmf session confirm 1a2b3c4d
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    found = terminal.find("session", session)
    request = pb.ConfirmSupportSessionRequest(name=found.name, **change_fields(dry_run))
    answer = terminal.call(terminal.client.sessions.ConfirmSupportSession, request)
    said = f"The session starts on {london_time(answer.start_time)}."
    following = f"psmf session calendar {short(answer.name)}"
    terminal.changed(answer, said, following, dry_run=dry_run)


@command(app, "times")
def suggest_times(terminal: Terminal, session: SESSION) -> None:
    """Show times to which a session could move: free for both, with notice, nearest to its day.

    psmf session times 1a2b3c4d
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    from services.platform.calls.wire import from_instant
    from services.platform.clock import LONDON

    found = terminal.find("session", session)
    request = pb.SuggestSupportSessionTimesRequest(name=found.name)
    answer = terminal.call(terminal.client.sessions.SuggestSupportSessionTimes, request)
    if terminal.as_json:
        terminal.data(answer)
        return
    if not answer.start_times:
        terminal.say("No free day is left for it. Another time needs a reason.")
        return
    for start in answer.start_times:
        terminal.text(london_time(start))
    to = from_instant(answer.start_times[0]).astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")
    terminal.following(f"psmf session move {short(found.name)} --to {to} --asked-by safeguarder", found)


@command(app, "move")
def move_session(
    terminal: Terminal,
    session: SESSION,
    to: Annotated[str, typer.Option(metavar="TIME", help="The new start, Scottish clock time: 2026-12-03T10:00.")],
    asked_by: Annotated[str, typer.Option(help="Who asked for another time: safeguarder or team.")],
    reason: Annotated[
        str,
        typer.Option(
            help="Why: hearing-or-court, personal-circumstances, travel-or-weather, technical, team or urgent. Needed "
            "for a closed day, for a time outside office hours, and for a day outside the twelve months."
        ),
    ] = "",
    dry_run: DryRun = False,
) -> None:
    """Move a session to another time. The session that takes its place has to be confirmed again.

    psmf session move 1a2b3c4d --to 2026-12-03T10:00 --asked-by safeguarder
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    from services.platform.calls.wire import to_instant

    found = terminal.find("session", session)
    request = pb.RescheduleSupportSessionRequest(
        name=found.name,
        start_time=to_instant(read_instant(to, "--to")),
        asked_by=asked_by,
        reason=reason.replace("-", "_"),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.sessions.RescheduleSupportSession, request)
    said = f"The session is proposed for {london_time(answer.start_time)}."
    terminal.changed(answer, said, f"psmf session confirm {short(answer.name)}", dry_run=dry_run)


@command(app, "cancel")
def cancel_session(
    terminal: Terminal,
    session: SESSION,
    by: Annotated[str, typer.Option(help="Who cancels it: safeguarder or team.")],
    dry_run: DryRun = False,
) -> None:
    """Cancel a session to come. What is on its agenda moves on to the next one.

    psmf session cancel 1a2b3c4d --by safeguarder
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    found = terminal.find("session", session)
    request = pb.CancelSupportSessionRequest(name=found.name, cancelled_by=by, **change_fields(dry_run))
    answer = terminal.call(terminal.client.sessions.CancelSupportSession, request)
    said = f"The session of {london_time(answer.start_time)} is cancelled."
    terminal.changed(answer, said, "psmf session list", dry_run=dry_run)


@command(app, "attend")
def record_attendance(
    terminal: Terminal,
    session: SESSION,
    how: Annotated[
        str,
        typer.Option(
            help="How the Safeguarder took part: attended, part, awaiting-evidence, absent-excused or absent-unexcused."
        ),
    ] = "attended",
    mode: Annotated[
        str, typer.Option(help="How it was held: face-to-face, online or telephone. Leave it out if it was not.")
    ] = "",
    without_team: Annotated[bool, typer.Option("--without-team", help="The support manager was not there.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Record who was at a session. A later record replaces an earlier one.

    psmf session attend 1a2b3c4d --mode online
    psmf session attend 1a2b3c4d --how absent-excused
    psmf session attend 1a2b3c4d --without-team
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    found = terminal.find("session", session)
    request = pb.RecordSupportSessionAttendanceRequest(
        name=found.name,
        team_present_answer=pb.YES_NO_NO if without_team else pb.YES_NO_YES,
        team_present=not without_team,  # a service of the release before reads this alone
        attendance=choose(pb.Attendance, how, "--how"),
        mode=choose(pb.Mode, mode, "--mode") if mode else None,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.sessions.RecordSupportSessionAttendance, request)
    said = f"The session of {london_time(answer.start_time)} is recorded as {_state(answer)}."
    terminal.changed(answer, said, f"psmf session show {short(answer.name)}", dry_run=dry_run)


@command(app, "settle")
def settle_item(
    terminal: Terminal,
    session: SESSION,
    concern: Annotated[str, typer.Argument(help="The concern on its agenda, or the first characters of its id.")],
    outcome: Annotated[
        str, typer.Option(help="acknowledged for praise; action or no-action; or carried-forward for the next session.")
    ],
    dry_run: DryRun = False,
) -> None:
    """Say how an item of a session's agenda ended, where no record of the session says so.

    A record of the session that closes does the same for every item. What nobody settles moves on to the next session.

    psmf session settle 1a2b3c4d 5e6f7a8b --outcome action
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    found = terminal.find("session", session)
    request = pb.SettleAgendaItemRequest(
        name=found.name,
        concern_id=_on_agenda(found, concern),
        outcome=choose(pb.AgendaItem.Outcome, outcome, "--outcome"),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.sessions.SettleAgendaItem, request)
    terminal.changed(answer, "It is on the agenda's record.", f"psmf session show {short(found.name)}", dry_run=dry_run)


command(app, "pack")(papers.show_papers)
command(app, "add-item")(papers.add_own_item)
command(app, "offer-item")(papers.offer_late_item)
command(app, "admit-item")(papers.admit_late_item)
command(app, "record")(records.show_or_write_record)
command(app, "records")(records.list_records)
command(app, "share")(records.share_record)
command(app, "answer")(answers.answer_record)
command(app, "respond")(answers.respond_to_disputes)
command(app, "correct")(records.correct_record)
command(app, "withdraw")(records.withdraw_record)


def _on_agenda(session: Any, concern: str) -> str:
    """Return the id of the one concern on the agenda that begins with what was typed, else what was typed."""
    begins = {
        item.concern_id for item in session.agenda if item.concern_id.startswith(concern.removeprefix("concerns/"))
    }
    return begins.pop() if len(begins) == 1 else concern


@command(app, "calendar")
def write_calendar(
    terminal: Terminal,
    session: SESSION,
    output: Annotated[
        Path | None, typer.Option(help="The file to write. Default: the name that the service gives.")
    ] = None,
) -> None:
    """Write a session as a calendar file, with a neutral title.

    psmf session calendar 1a2b3c4d --output session.ics
    """
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    found = terminal.find("session", session)
    request = pb.GetSupportSessionRequest(name=found.name)
    answer = terminal.call(terminal.client.sessions.GetSupportSessionCalendar, request)
    # The name alone: a path from a service must not choose a folder on this machine.
    file = output or Path(Path(answer.file_name).name)
    with file_failures(file, "written"):
        file.write_bytes(answer.content)
    if terminal.as_json:
        terminal.data({"file": str(file), "content_type": answer.content_type})
        return
    terminal.exact(str(file))


def _state(session: Any) -> str:
    return spaced(word_of(session, "state"))


def _entry(session: Any, beside: Beside) -> tuple[str, ...]:
    """Return the id of a session and its lines: with whom, when, and what is on its agenda."""
    which = f"session {session.number}" if session.number else "one-to-one"
    return (
        short(session.name),
        f"{beside.who(session.name)} · {which} · {_state(session)}, with {session.support_manager}",
        f"Starts {london_time(session.start_time)}{_time_left(session)}, {session.minutes} minutes",
        *(_on_the_agenda(item, beside) for item in session.agenda),
    )


def _time_left(session: Any) -> str:
    """Return in how many working days a session to come starts; empty for any other."""
    from psmf.scheduling.v1 import scheduling_pb2 as pb

    from services.calendar_days import london_today
    from services.client.deadlines import time_left
    from services.platform.calls.wire import from_instant
    from services.platform.clock import SystemClock

    if session.state not in (pb.SupportSession.STATE_PROPOSED, pb.SupportSession.STATE_CONFIRMED):
        return ""
    return f" ({time_left(london_today(from_instant(session.start_time)), SystemClock().today())})"


def _on_the_agenda(item: Any, beside: Beside) -> str:
    """Return what an item of the agenda is about, and why, as far as the caller may read the concern."""
    lane, concern = LANES.get(item.lane, item.lane), beside.concern(item.concern_id)
    if concern is None:
        return f"{lane}: concern {short(item.concern_id)}"
    return f"{lane}: {beside.what(concern.rule, concern.subject)}. {concern.explanation.because}"
