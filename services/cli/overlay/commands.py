"""`psmf overlay`: suspension of a Safeguarder under a policy, and leave that is asked for."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, text_or_file, typed_date
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.terminal import Terminal
from services.client.words import day_of, iso_in_words, safeguarder_of, short, spaced, word_of

app = group("overlay")
PERSON = Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")]
OVERLAY = Annotated[str, typer.Argument(help="The start of its id, as `overlay list` prints it.")]
NEXT = Annotated[str, typer.Option("--review", metavar="DAY", help="The day by which it is looked at again.")]
ON = Annotated[str, typer.Option("--on", metavar="DAY", help="The day, if it was before today.")]

RECOMMENDATION = Annotated[
    str, typer.Option(metavar="NAME", help="Full name of the recommendation that it follows, with --pack-hash.")
]
HASH = Annotated[str, typer.Option(help="The hash of its pack, which both sides saw.")]
WITHOUT = Annotated[str, typer.Option(help="Why it follows no recommendation: urgent, not-ready or none-made.")]
REASONS = Annotated[
    str, typer.Option(metavar="WORDS", help="Why it is something else than was recommended. @FILE reads a file.")
]


@command(app, "suspend")
def suspend_safeguarder(
    terminal: Terminal,
    safeguarder: PERSON,
    *,
    reason: Annotated[str, typer.Option(help="conduct, performance, pvg-check or disqualification-check.")],
    policy: Annotated[str, typer.Option(help="The policy that it rests on, for example conduct-and-performance.")] = "",
    notice: Annotated[str, typer.Option(metavar="DAY", help="The day on which notice was served.")] = "",
    review: NEXT = "",
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, if it was before today.")] = "",
    recommendation: RECOMMENDATION = "",
    pack_hash: HASH = "",
    without: WITHOUT = "",
    reasons: REASONS = "",
    dry_run: DryRun = False,
) -> None:
    """Suspend a Safeguarder. What they owe stands still, and concerns about practice are on hold.

    psmf overlay suspend sg-1a2b3c4d --reason pvg-check --policy checks --notice 2026-12-02 --review 2026-12-30
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.SuspendSafeguarderRequest(
        parent=terminal.safeguarder(safeguarder),
        reason=choose(pb.Overlay.Reason, reason, "--reason"),
        policy=policy,
        **_days(notice_date=(notice, "--notice"), start_date=(first, "--from"), review_date=(review, "--review")),
        decided_on=_decided_on(recommendation, pack_hash, without, reasons),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.SuspendSafeguarder, request)
    said = f"Suspended from {day_of(answer, 'start_date')}, to be looked at by {day_of(answer, 'review_date')}."
    terminal.changed(answer, said, f"psmf overlay list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "review")
def review_suspension(
    terminal: Terminal,
    safeguarder: PERSON,
    overlay: OVERLAY,
    *,
    review: NEXT,
    on: ON = "",
    recommendation: RECOMMENDATION = "",
    pack_hash: HASH = "",
    without: WITHOUT = "",
    reasons: REASONS = "",
    dry_run: DryRun = False,
) -> None:
    """Record that a suspension was looked at and goes on, and by when it is looked at again.

    psmf overlay review sg-1a2b3c4d 0f1e2d3c --review 2027-01-27
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.ReviewSuspensionRequest(
        **_copy(terminal, safeguarder, overlay),
        **_days(review_date=(review, "--review"), reviewed_date=(on, "--on")),
        decided_on=_decided_on(recommendation, pack_hash, without, reasons),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.ReviewSuspension, request)
    said = f"The suspension goes on, to be looked at by {day_of(answer, 'review_date')}."
    terminal.changed(answer, said, f"psmf overlay list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "lift")
def lift_suspension(
    terminal: Terminal,
    safeguarder: PERSON,
    overlay: OVERLAY,
    *,
    reason: Annotated[str, typer.Option(help="not-upheld, no-longer-needed or in-error.")],
    on: ON = "",
    recommendation: RECOMMENDATION = "",
    pack_hash: HASH = "",
    reasons: REASONS = "",
    dry_run: DryRun = False,
) -> None:
    """Lift a suspension. Dates go on, concerns are released, and nothing is counted because of it.

    psmf overlay lift sg-1a2b3c4d 0f1e2d3c --reason not-upheld
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.LiftSuspensionRequest(
        **_copy(terminal, safeguarder, overlay),
        reason=choose(pb.Overlay.LiftReason, reason, "--reason"),
        **_days(lift_date=(on, "--on")),
        decided_on=_decided_on(recommendation, pack_hash, "", reasons),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.LiftSuspension, request)
    said = f"The suspension is lifted from {day_of(answer, 'lift_date')}."
    terminal.changed(answer, said, f"psmf duty list --safeguarder {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "ask")
def request_leave(
    terminal: Terminal,
    safeguarder: PersonOrOneself = "-",
    *,
    kind: Annotated[str, typer.Option(help="illness, parental, caring or other.")],
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day, as 2026-12-03.")],
    last: Annotated[
        str, typer.Option("--to", metavar="DAY", help="The last day. Leave it out if nobody knows it.")
    ] = "",
    read_back: Annotated[
        bool, typer.Option("--read-back", help="They asked, and you have read it back to them.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Ask for leave. It begins to count once somebody has agreed.

    psmf overlay ask --kind caring --from 2026-12-03 --to 2027-01-15
    psmf overlay ask sg-1a2b3c4d --kind illness --from 2026-12-03 --read-back
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.RequestLeaveRequest(
        parent=terminal.safeguarder(safeguarder),
        kind=choose(pb.Overlay.LeaveKind, kind, "--kind"),
        read_back=read_back,
        **_days(start_date=(first, "--from"), end_date=(last, "--to")),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.RequestLeave, request)
    days = day_of(answer, "start_date"), day_of(answer, "answer_due_date")
    said = "Leave from {} is asked for, to be answered by {}.".format(*days)
    terminal.changed(answer, said, f"psmf overlay list {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "answer")
def agree_leave(
    terminal: Terminal,
    safeguarder: PERSON,
    overlay: OVERLAY,
    *,
    answer: Annotated[str, typer.Option(help="agreed or declined.")],
    because: Annotated[str, typer.Option(help="Why it is declined. The Safeguarder reads it.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Agree to leave that was asked for, or decline it and say why.

    psmf overlay answer sg-1a2b3c4d 0f1e2d3c --answer agreed
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.AgreeLeaveRequest(
        **_copy(terminal, safeguarder, overlay),
        answer=choose(pb.AgreeLeaveRequest.Answer, answer, "--answer"),
        because=because,
        **change_fields(dry_run),
    )
    answered = terminal.call(terminal.client.overlays.AgreeLeave, request)
    said = f"The leave from {day_of(answered, 'start_date')} is {spaced(word_of(answered, 'state'))}."
    terminal.changed(answered, said, f"psmf duty list --safeguarder {safeguarder_of(answered.name)}", dry_run=dry_run)


@command(app, "end")
def end_leave(
    terminal: Terminal,
    safeguarder: PERSON,
    overlay: OVERLAY,
    *,
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="The last day.")] = "",
    not_taken: Annotated[bool, typer.Option("--not-taken", help="It was not taken.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Set the last day of leave that was agreed to, also afterwards, or say that it was not taken.

    psmf overlay end sg-1a2b3c4d 0f1e2d3c --to 2027-01-08
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.EndLeaveRequest(
        **_copy(terminal, safeguarder, overlay),
        not_taken=not_taken,
        **_days(end_date=(last, "--to")),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.overlays.EndLeave, request)
    said = "The leave was not taken." if not_taken else f"The leave ends on {day_of(answer, 'end_date')}."
    terminal.changed(answer, said, f"psmf duty list --safeguarder {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "list")
def list_overlays(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List a person's suspensions and the leave that was asked for, latest first.

    psmf overlay list sg-1a2b3c4d
    """
    from psmf.evidence.v1 import overlays_pb2 as pb

    request = pb.ListOverlaysRequest(parent=terminal.safeguarder(safeguarder))
    answer = terminal.call(terminal.client.overlays.ListOverlays, request)
    if not answer.overlays and not terminal.as_json:
        terminal.say("No suspension and no request for leave is recorded.")
        return
    names = ("From", "To", "State", "For", "Policy", "Notice", "Looked at", "By", "Over from", "Follows", "Overlay")
    terminal.listing(answer.overlays, "", names, _row)


def _copy(terminal: Terminal, safeguarder: str, overlay: str) -> dict[str, Any]:
    """Return the full name of an overlay that is named by the start of its id, and its etag."""
    from psmf.evidence.v1 import overlays_pb2 as pb

    from services.client.find import one_name

    parent = terminal.safeguarder(safeguarder)
    answer = terminal.call(terminal.client.overlays.ListOverlays, pb.ListOverlaysRequest(parent=parent))
    etags = {each.name: each.etag for each in answer.overlays}
    name = one_name("overlay", overlay, list(etags), f"psmf overlay list {safeguarder_of(parent)}")
    return {"name": name, "etag": etags[name]}


def _decided_on(recommendation: str, pack_hash: str, without: str, reasons: str) -> Any:
    """Return the recommendation that is followed, or why there is none."""
    from psmf.evidence.v1 import overlays_pb2 as pb

    why = choose(pb.Overlay.WithoutRecommendation, without, "--without") if without else None
    said = {"recommendation": recommendation, "pack_hash": pack_hash, "reasons": text_or_file(reasons)}
    return pb.SuspensionDecidedOn(without=why, **said)


def _days(**typed: tuple[str, str]) -> dict[str, Any]:
    return {field: typed_date(day, option) for field, (day, option) in typed.items() if day}


def _state(overlay: Any) -> str:
    reason = spaced(word_of(overlay, "lift_reason")) if overlay.HasField("lift_date") else overlay.because
    return f"{spaced(word_of(overlay, 'state'))}{reason and f': {reason}'}"


def _what_for(overlay: Any) -> str:
    leave = spaced(word_of(overlay, "leave_kind"))
    return f"leave: {leave}" if overlay.leave_kind else spaced(word_of(overlay, "reason"))


def _follows(overlay: Any) -> str:
    """Return the recommendations that a suspension followed when it began and when it was lifted, or why none."""
    began = overlay.recommendation and f"{short(overlay.recommendation)}, pack {overlay.pack_hash[:8]}"
    without = spaced(word_of(overlay, "without_recommendation"))
    ended = overlay.lift_recommendation and f"lifted on {short(overlay.lift_recommendation)}"
    return "; ".join(part for part in (began or (without and f"none: {without}"), ended) if part) or "-"


def _row(overlay: Any) -> tuple[str, ...]:
    reported = ", reported" if overlay.reported else ""
    looked_at = ", ".join(iso_in_words(f"{day.year}-{day.month:02}-{day.day:02}") for day in overlay.reviewed_dates)
    return (
        f"{day_of(overlay, 'start_date')}{reported}",
        day_of(overlay, "end_date"),
        _state(overlay),
        _what_for(overlay),
        overlay.policy or "-",
        day_of(overlay, "notice_date"),
        looked_at or "-",
        day_of(overlay, "answer_due_date" if overlay.HasField("answer_due_date") else "review_date"),
        day_of(overlay, "lift_date"),
        _follows(overlay),
        short(overlay.name),
    )
