"""What staff do with a review request: accept it, give it to a reviewer, say something to it, decide it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import WordsFile, change_fields, choose, words_of
from services.cli.command import DryRun, command
from services.cli.review.reading import REQUEST, find_request
from services.cli.terminal import Terminal
from services.client.words import day_of, short, spaced, word_of

_MAKES_CONCERNS_FALL = ("evidence_item", "action", "session_absence", "training_absence")
"""Targets that concerns rest on. Rules look at each of these concerns as it was on its day."""


def register(app: typer.Typer) -> None:
    """Add these commands to `psmf review`."""
    command(app, "accept")(accept_request)
    command(app, "assign")(assign_request)
    command(app, "state")(state_something)
    command(app, "decide")(decide_request)


def accept_request(
    terminal: Terminal,
    request: REQUEST,
    words: Annotated[str, typer.Argument(help="Why, if it came late or is not accepted.")] = "",
    *,
    not_accepted: Annotated[bool, typer.Option("--not-accepted", help="It is not accepted. Say why.")] = False,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Accept a review request, or say why it is not accepted. It can then be asked for once more, one level up.

    psmf review accept sg-1a2b3c4d/5d20aa11
    """
    from psmf.evidence.v1 import review_requests_pb2 as pb

    answers, found = pb.AcceptReviewRequestRequest.Answer, find_request(terminal, request)
    sent = pb.AcceptReviewRequestRequest(
        name=found.record.name,
        answer=answers.ANSWER_NOT_ACCEPTED if not_accepted else answers.ANSWER_ACCEPTED,
        words=words_of(words, words_file, needed=not_accepted),
        etag=found.record.etag,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.reviews.AcceptReviewRequest, sent)
    said = "The request is not accepted. Both sides are told." if not_accepted else "The request is accepted."
    following = f"psmf review show {found.typed}" if not_accepted else f"psmf review reviewers {found.typed}"
    terminal.changed(answer, said, following, dry_run=dry_run)


def assign_request(
    terminal: Terminal,
    request: REQUEST,
    reviewer: Annotated[str, typer.Argument(help="Who decides it: a senior manager outside the chain.")],
    dry_run: DryRun = False,
) -> None:
    """Give a review request to somebody outside the chain. One that is overdue goes to a higher level.

    psmf review assign sg-1a2b3c4d/5d20aa11 senior-manager-north
    """
    from psmf.evidence.v1 import review_requests_pb2 as pb

    found = find_request(terminal, request)
    sent = pb.AssignReviewRequestRequest(
        name=found.record.name, reviewer=reviewer, etag=found.record.etag, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.reviews.AssignReviewRequest, sent)
    said = f"{answer.reviewer} decides it by {day_of(answer, 'decide_due_date')}, and is told."
    terminal.changed(answer, said, f"psmf review show {found.typed}", dry_run=dry_run)


def state_something(
    terminal: Terminal,
    request: REQUEST,
    words: Annotated[str, typer.Argument(help="What you have to say, in words that both sides read.")] = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Say something to a review request, as staff. Both sides and the reviewer read it.

    psmf review state sg-1a2b3c4d/5d20aa11 "The date is from the letter of the reporter."
    """
    from psmf.evidence.v1 import review_requests_pb2 as pb

    said, found = words_of(words, words_file), find_request(terminal, request)
    sent = pb.AddStatementRequest(name=found.record.name, words=said, etag=found.record.etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.reviews.AddStatement, sent)
    terminal.changed(answer, "Your words stand with the request.", f"psmf review show {found.typed}", dry_run=dry_run)


def decide_request(
    terminal: Terminal,
    request: REQUEST,
    decision: Annotated[str, typer.Argument(help="upheld, not-upheld, or partly for the record of a session.")],
    reasons: Annotated[str, typer.Argument(help="Why, in words that both sides read.")] = "",
    *,
    record: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The text that the record of the session has from now on.")
    ] = None,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Decide a review request, as its reviewer. What follows is done at once, in your name.

    psmf review decide sg-1a2b3c4d/5d20aa11 upheld "The letter was about another hearing."
    """
    from psmf.evidence.v1 import review_requests_pb2 as pb

    said, found = words_of(reasons, words_file), find_request(terminal, request)
    sent = pb.DecideReviewRequestRequest(
        name=found.record.name,
        decision=choose(pb.ReviewRequest.Decision, decision, "decision"),
        reasons=said,
        etag=found.record.etag,
        **({"record": _text(terminal, found.record.target, record)} if record else {}),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.reviews.DecideReviewRequest, sent)
    terminal.changed(answer, _decided(answer), f"psmf review show {found.typed}", dry_run=dry_run)


def _text(terminal: Terminal, target: str, file: Path) -> Any:
    from services.cli.session.records import read_written

    return read_written(terminal, target.removesuffix("/record"), file).content


def _decided(request: Any) -> str:
    """Return what was decided, and what that did."""
    decision = word_of(request, "decision")
    did = {
        "evidence_item": "The evidence no longer counts.",
        "action": "The action is withdrawn.",
        "session_record": "The record has your text. The Safeguarder answers it.",
        "concern": "The concern is closed in your name.",
        "support": "The support is owed, or offered, again.",
        "approach_change": "The change is set aside. No day since it was given counts.",
        "recommendation": "The recommendation is drafted again.",
        "need": "Nothing is done about the need. Actions that answer it alone are withdrawn.",
        "view": "The Safeguarder is asked for their view again.",
        "rule_override": "The override is ended, and the rules are asked again.",
        "session_absence": "The absence is excused.",
        "training_absence": "The absence is excused.",
        "action_review": "Its outcomes are set aside. The actions are open again.",
    }
    if decision == "not_upheld":
        follows = "It stands as it was. The days since are given back."
    else:
        follows = did.get(word_of(request, "target_kind"), "")
        if request.concerns and word_of(request, "target_kind") in _MAKES_CONCERNS_FALL:
            known = ", ".join(map(short, request.concerns))
            follows = f"{follows} A concern that would not have been raised without it is closed: {known} looked at."
    return f"Decided: {spaced(decision)}. {follows} Both sides are told."
