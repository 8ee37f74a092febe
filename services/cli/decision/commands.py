"""`psmf decision`: what is recorded of Ministers' decisions, and how two persons correct a record."""

from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, text_or_file, typed_date
from services.cli.command import DryRun, PersonOrOneself, command, group
from services.cli.decision.shown import says, shown
from services.cli.failure import CommandError
from services.cli.page.width import output_width
from services.cli.safeguarder import OUTCOMES, legal_basis
from services.cli.terminal import Terminal
from services.client.words import safeguarder_of

app = group("decision")
PERSON = Annotated[str, typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d.")]
DECISION = Annotated[str, typer.Argument(metavar="NUMBER", help="Its number, as `decision list` prints it.")]


@command(app, "list")
def list_decisions(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """Show what is recorded of Scottish Ministers' decisions about a person, with every correction.

    psmf decision list sg-1a2b3c4d
    """
    parent = terminal.safeguarder(safeguarder)
    answer = _decisions(terminal, parent)
    if terminal.as_json:
        terminal.data(answer)
        return
    if not answer.decisions:
        terminal.say("No decision is recorded.")
        return
    for decision in answer.decisions:
        terminal.text(shown(decision, output_width()))
    waiting = next((each for each in answer.decisions if _waits(each)), None)
    if waiting is not None:
        terminal.following(f"psmf decision confirm {_typed(waiting)}", waiting, when="if the correction is right")


@command(app, "correct")
def correct_decision(
    terminal: Terminal,
    safeguarder: PERSON,
    decision: DECISION,
    *,
    because: Annotated[str, typer.Option(metavar="WORDS", help="Why the record is wrong. The person reads it.")],
    on: Annotated[
        str, typer.Option(metavar="DAY", help="The right first day of the term, or last day of membership.")
    ] = "",
    months: Annotated[int, typer.Option(help="The right length of a further term, 12 to 36.")] = 0,
    basis: Annotated[str, typer.Option(help='What it rests on: "INSTRUMENT; PROVISION; VERSION".')] = "",
    end_reason: Annotated[
        str, typer.Option(help="Of an end: resigned, term-ended, not-reappointed, removed, disqualified or died.")
    ] = "",
    decided_as: Annotated[
        str, typer.Option(help="With a recommendation: recommend, with-conditions or do-not-recommend.")
    ] = "",
    reasons: Annotated[
        str, typer.Option(metavar="WORDS", help="Why Ministers decided something else. @FILE reads a file.")
    ] = "",
    not_made: Annotated[bool, typer.Option("--not-made", help="There was no such decision.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Correct what is recorded of a decision. Another recorder of decisions has to confirm it.

    psmf decision correct sg-1a2b3c4d 2 --on 2026-12-02 --because "The letter says 2 December."
    psmf decision correct sg-1a2b3c4d 3 --not-made --because "It was recorded for the wrong person."
    """
    from psmf.evidence.v1 import decisions_pb2 as pb

    record = _record(on, basis, term_months=months, reasons=text_or_file(reasons), **_words(end_reason, decided_as))
    known = _find(terminal, safeguarder, decision)
    request = pb.CorrectMinisterialDecisionRequest(
        name=known.name,
        etag=known.etag,
        record=record if record != pb.DecisionRecord() else None,
        not_made=not_made,
        because=because,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.decisions.CorrectMinisterialDecision, request)
    said = f"The correction waits for a second person: {says(answer.corrections[-1])}"
    terminal.changed(answer, said, dry_run=dry_run)
    if not dry_run and not terminal.as_json:
        terminal.following(f"psmf decision confirm {_typed(known)}", known, by="another recorder of decisions")


@command(app, "confirm")
def confirm_correction(terminal: Terminal, safeguarder: PERSON, decision: DECISION, dry_run: DryRun = False) -> None:
    """Confirm a correction that another recorder of decisions entered. Everything follows it.

    psmf decision confirm sg-1a2b3c4d 2
    """
    from psmf.evidence.v1 import decisions_pb2 as pb

    known = _find(terminal, safeguarder, decision)
    request = pb.ConfirmDecisionCorrectionRequest(name=known.name, etag=known.etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.decisions.ConfirmDecisionCorrection, request)
    said = f"The record is corrected: {says(answer.corrections[-1])}"
    terminal.changed(answer, said, f"psmf safeguarder show {safeguarder_of(answer.name)}", dry_run=dry_run)


@command(app, "withdraw")
def withdraw_correction(
    terminal: Terminal,
    safeguarder: PERSON,
    decision: DECISION,
    *,
    because: Annotated[str, typer.Option(metavar="WORDS", help="Why it is taken back, or not confirmed.")],
    dry_run: DryRun = False,
) -> None:
    """Take back a correction that nobody has confirmed. The record stays as it is.

    psmf decision withdraw sg-1a2b3c4d 2 --because "The letter was read wrongly."
    """
    from psmf.evidence.v1 import decisions_pb2 as pb

    known = _find(terminal, safeguarder, decision)
    request = pb.WithdrawDecisionCorrectionRequest(
        name=known.name, etag=known.etag, because=because, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.decisions.WithdrawDecisionCorrection, request)
    said = "The correction is taken back. The record stays as it is."
    terminal.changed(answer, said, f"psmf decision list {safeguarder_of(answer.name)}", dry_run=dry_run)


def _record(on: str, basis: str, **fields: Any) -> Any:
    """Return what the record should say. What is not typed stays as it is recorded."""
    from psmf.evidence.v1 import decisions_pb2 as pb

    record = pb.DecisionRecord(**fields)
    if on:
        record.effective_date.CopyFrom(typed_date(on, "--on"))
    if basis:
        record.legal_basis.CopyFrom(legal_basis(basis))
    return record


def _words(end_reason: str, decided_as: str) -> dict[str, Any]:
    from psmf.evidence.v1 import recommendations_pb2, safeguarder_pb2

    typed: dict[str, Any] = {}
    if end_reason:
        typed["end_reason"] = choose(safeguarder_pb2.EndReason, end_reason, "--end-reason")
    if decided_as:
        typed["decided_as"] = choose(
            recommendations_pb2.Recommendation.Outcome, decided_as, "--decided-as", own=OUTCOMES
        )
    return typed


def _decisions(terminal: Terminal, parent: str) -> Any:
    from psmf.evidence.v1 import decisions_pb2 as pb

    request = pb.ListMinisterialDecisionsRequest(parent=parent)
    return terminal.call(terminal.client.decisions.ListMinisterialDecisions, request)


def _find(terminal: Terminal, safeguarder: str, decision: str) -> Any:
    """Return a decision by its number.

    Raises:
        CommandError: USAGE.
    """
    parent = terminal.safeguarder(safeguarder)
    known = {each.name.rpartition("/")[2]: each for each in _decisions(terminal, parent).decisions}
    number = decision.rpartition("/")[2]
    if number not in known:
        numbers = ", ".join(sorted(known, key=int)) or "none"
        message = f"There is no decision {decision!r} about this person. There is: {numbers}."
        raise CommandError("USAGE", message)
    return known[number]


def _waits(decision: Any) -> bool:
    from psmf.evidence.v1 import decisions_pb2 as pb

    return any(each.state == pb.DecisionCorrection.STATE_WAITING for each in decision.corrections)


def _typed(decision: Any) -> str:
    return f"{safeguarder_of(decision.name)} {decision.name.rpartition('/')[2]}"
