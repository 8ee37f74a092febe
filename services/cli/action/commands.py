"""`psmf action`: propose, answer, set, move, do and end an action of a development plan."""

from typing import Annotated, Any

import typer

from services.cli.action.hints import say_what_follows
from services.cli.action.reviews import register as register_reviews
from services.cli.arguments import WordsFile, change_fields, choose, text_or_file, typed_date, words_of
from services.cli.command import DryRun, command, group
from services.cli.page.width import output_width
from services.cli.plan.reading import (
    AGAIN,
    EVIDENCE,
    IN_A_PLAN,
    WHOSE,
    Found,
    entry_fields,
    find_in_plan,
    items_named,
    named_in,
    names_in_plan,
    plan_of,
)
from services.cli.plan.shown import action_text, due_of
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short, spaced, word_of

app = group("action")
_ENDS = ("met", "partly_met", "not_met", "not_possible", "withdrawn")
_KIND = Annotated[
    str,
    typer.Option(
        help="complete-module, attend-training, attend-session, work-with-mentor, reports-in-time, "
        "reports-to-standard, change-practice, maintain-practice or reflect."
    ),
]
_PURPOSE = Annotated[str, typer.Option(help="improve, or maintain what is good.")]
_ABOUT = Annotated[str, typer.Option(help="The standard or the indicator that it is about, such as S2 or S2.2.")]
_AIM = Annotated[str, typer.Option(metavar="WORDS", help="What it should achieve. @FILE reads a file.")]
_MEASURE = Annotated[
    str, typer.Option(metavar="WORDS", help="How both sides will know that it is done. @FILE reads a file.")
]
_OWNER = Annotated[str, typer.Option(help="Who has to do it: safeguarder, support-manager or panel-team.")]
_DUE = Annotated[str, typer.Option(metavar="DAY", help="The day on which it is due, as 2027-01-15.")]
_NEEDS = Annotated[
    list[str], typer.Option(metavar="NEED", help="A need that it answers, by the start of its id. Repeatable.")
]
_CONCERN = Annotated[str, typer.Option(help="The concern that it answers, by the start of its id.")]
_REPLACES = Annotated[str, typer.Option(metavar="ACTION", help="The open action whose place it takes once it opens.")]
_OPENED_ON = Annotated[
    str,
    typer.Option(
        metavar="DAY", help="The day on which it was agreed or set, if you report it only now. Nobody is told of it."
    ),
]
_BASIS = Annotated[str, typer.Option(help="With --opened-on: agreed, partly or set.")]
_OUR_WORDS = Annotated[str, typer.Option(metavar="WORDS", help="With --opened-on: why it was set. @FILE reads a file.")]
_THEIR_WORDS = Annotated[
    str, typer.Option(metavar="WORDS", help="With --opened-on: what the Safeguarder said of it. @FILE reads a file.")
]
_TOO_SHORT = Annotated[
    str, typer.Option(metavar="WORDS", help="Why it has fewer days than its kind usually has. Both sides read it.")
]


@command(app, "add")
def propose_action(
    terminal: Terminal,
    safeguarder: WHOSE,
    *,
    kind: _KIND,
    purpose: _PURPOSE,
    standard: _ABOUT,
    aim: _AIM,
    measure: _MEASURE,
    owner: _OWNER,
    due: _DUE,
    need: _NEEDS = [],  # noqa: B006
    concern: _CONCERN = "",
    replaces: _REPLACES = "",
    too_short_because: _TOO_SHORT = "",
    opened_on: _OPENED_ON = "",
    basis: _BASIS = "",
    our_words: _OUR_WORDS = "",
    their_words: _THEIR_WORDS = "",
    again: AGAIN = False,
    dry_run: DryRun = False,
) -> None:
    """Propose an action, as the support manager or as the Safeguarder. The other side answers it.

    An action that was opened before you enter it is reported, with --opened-on and --basis. It is open at once.

    psmf action add sg-1a2b3c4d --kind change-practice --purpose improve --standard S2.2 --owner safeguarder \
--due 2027-01-29 --aim "Reporters know of each visit." --measure "A note of each call is on file."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    parent = terminal.safeguarder(safeguarder)
    plan = plan_of(terminal, parent) if need or replaces else None
    request = pb.CreateActionRequest(
        parent=parent,
        aim=text_or_file(aim),
        measure=text_or_file(measure),
        needs=[named_in(plan, "need", text) for text in need],
        concern=terminal.name_of("concern", concern) if concern else "",
        due_date=typed_date(due, "--due"),
        too_short_because=text_or_file(too_short_because),
        replaces=named_in(plan, "action", replaces) if replaces else "",
        **_what(kind, purpose, owner, standard),
        **_reported(opened_on, basis, our_words, their_words),
        **entry_fields(dry_run, again),
    )
    _proposed(terminal, terminal.call(terminal.client.plans.CreateAction, request), dry_run)


def _what(kind: str, purpose: str, owner: str, standard: str) -> dict[str, Any]:
    """Return the fields of what an action is, what it is for, who has to do it and what it is about."""
    from psmf.evidence.v1 import development_plans_pb2 as pb

    return {
        "kind": choose(pb.Action.Kind, kind, "--kind"),
        "purpose": choose(pb.Action.Purpose, purpose, "--purpose"),
        "owner": choose(pb.Action.Owner, owner, "--owner"),
        "standard": standard.partition(".")[0],
        "indicator": standard if "." in standard else "",
    }


def _reported(opened_on: str, basis: str, our_words: str, their_words: str) -> dict[str, Any]:
    """Return the fields of how an action was opened before, as far as they were typed."""
    from psmf.evidence.v1 import development_plans_pb2 as pb

    return {
        "reported_open_date": typed_date(opened_on, "--opened-on") if opened_on else None,
        "reported_basis": choose(pb.Action.Basis, basis, "--basis") if basis else None,
        "support_manager_words": text_or_file(our_words),
        "safeguarder_words": text_or_file(their_words),
    }


def _proposed(terminal: Terminal, answer: Any, dry_run: bool) -> None:
    """Say who answers, until when, and with which command. Nobody answers what is only reported."""
    if answer.reported:
        said = f"The action is reported. It was opened on {day_of(answer, 'open_date')}, and is due {due_of(answer)}."
        typed = f"{safeguarder_of(answer.name)}/{short(answer.name)}"
        terminal.changed(answer, said, f"psmf action show {typed}", dry_run=dry_run)
        return
    until = f" until {day_of(answer, 'answer_due_date')}" if answer.HasField("answer_due_date") else ""
    by_manager = word_of(answer, "proposed_by") == "support_manager"
    other = "Safeguarder" if by_manager else "support manager"
    terminal.changed(answer, f"The action is proposed. The {other} can answer{until}.", dry_run=dry_run)
    if terminal.as_json or dry_run:
        return
    if by_manager:
        terminal.following(f"psmf action show {short(answer.name)}", answer, by="the Safeguarder")
    else:
        typed = f"{safeguarder_of(answer.name)}/{short(answer.name)}"
        terminal.following(f"psmf action show {typed}", answer, by="the support manager")


@command(app, "show")
def show_action(terminal: Terminal, action: IN_A_PLAN) -> None:
    """Show an action with the words of both sides, its days, and the supports for it.

    psmf action show sg-1a2b3c4d/77aa88bb
    """
    found = find_in_plan(terminal, "action", action)
    if terminal.as_json:
        terminal.data(found.record)
        return
    names = names_in_plan(terminal, found.plan)
    terminal.text(action_text(found.plan, found.record, names, output_width()))
    say_what_follows(terminal, found)


@command(app, "answer")
def answer_action(
    terminal: Terminal,
    action: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="In your words. Needed unless you agree.")] = "",
    *,
    answer: Annotated[str, typer.Option(help="agreed, partly or not-agreed.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Answer an action that the other side proposed. Without an answer nothing is taken as agreed.

    psmf action answer 77aa88bb --answer agreed
    psmf action answer 77aa88bb --answer partly "Yes, but not in January."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    chosen = choose(pb.AnswerActionRequest.Answer, answer, "--answer")
    said = words_of(words, words_file, needed=chosen != pb.AnswerActionRequest.ANSWER_AGREED)
    found = find_in_plan(terminal, "action", action)
    request = pb.AnswerActionRequest(
        name=found.record.name, answer=chosen, words=said, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.AnswerAction, request)
    is_open = after.state == pb.Action.STATE_OPEN
    stands = "The action is open." if is_open else "The action stays proposed, and your words stand."
    _changed(terminal, found, after, f"Your answer is recorded: {spaced(answer.replace('-', '_'))}. {stands}", dry_run)


def _changed(terminal: Terminal, found: Found, after: Any, said: str, dry_run: bool) -> None:
    terminal.changed(after, said, f"psmf action show {found.typed}", dry_run=dry_run)


@command(app, "set")
def set_action(
    terminal: Terminal,
    action: IN_A_PLAN,
    because: Annotated[str, typer.Argument(help="Why it is set, in your words. Both sides read them.")] = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Set an action that was not agreed, as the support manager. The words of both sides stand beside it.

    The Safeguarder's words are needed first, or the end of their time to answer.

    psmf action set sg-1a2b3c4d/77aa88bb "Two Reporters were not told in time."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    said_why = words_of(because, words_file)
    found = find_in_plan(terminal, "action", action)
    request = pb.SetActionRequest(
        name=found.record.name, because=said_why, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.SetAction, request)
    _changed(terminal, found, after, "The action is set. Both sides' words stand beside it.", dry_run)


@command(app, "move")
def move_action(
    terminal: Terminal,
    action: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="Why, in words that both sides read.")] = "",
    *,
    to: Annotated[str, typer.Option(metavar="DAY", help="The later day on which it is due, as 2027-02-26.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Move the due day of an action later. The action keeps the earlier days.

    psmf action move sg-1a2b3c4d/77aa88bb "The module starts in February." --to 2027-02-26
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    day, said_why = typed_date(to, "--to"), words_of(words, words_file)
    found = find_in_plan(terminal, "action", action)
    request = pb.ChangeActionDateRequest(
        name=found.record.name, due_date=day, words=said_why, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.ChangeActionDate, request)
    _changed(terminal, found, after, f"The action is due on {_newest_day(after)}.", dry_run)


def _newest_day(action: Any) -> str:
    """Return the day that was set last: scheduling moves the due date a moment later."""
    return day_of(action.due_days[-1], "date") if action.due_days else due_of(action)


@command(app, "done")
def offer_completion(
    terminal: Terminal,
    action: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="What you did, in your words. Needed without evidence.")] = "",
    evidence: EVIDENCE = [],  # noqa: B006
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Say that you have done what an open action asks of you, in words or by evidence. The support manager looks at it.

    psmf action done 77aa88bb "I have called each Reporter before my visit since November."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    said = words_of(words, words_file, needed=not evidence)
    found = find_in_plan(terminal, "action", action)
    request = pb.OfferCompletionRequest(
        name=found.record.name,
        words=said,
        evidence=items_named(terminal, evidence),
        etag=found.record.etag,
        **change_fields(dry_run),
    )
    after = terminal.call(terminal.client.plans.OfferCompletion, request)
    looks = "Team" if after.owner == pb.Action.OWNER_SUPPORT_MANAGER else "support manager"
    _changed(terminal, found, after, f"The action is recorded as done. The {looks} looks at it.", dry_run)


@command(app, "close")
def close_action(
    terminal: Terminal,
    action: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="What was found, in words that both sides read.")] = "",
    *,
    outcome: Annotated[str, typer.Option(help="met, partly-met, not-met, not-possible or withdrawn.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """End an action with its outcome. The side that proposed it may withdraw it while it is proposed.

    not-met is refused while the Team owes a support for it, and before its day is over.

    psmf action close sg-1a2b3c4d/77aa88bb "Each call is on file." --outcome met
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    state, said = choose(pb.Action.State, outcome, "--outcome", own=_ENDS), words_of(words, words_file)
    found = find_in_plan(terminal, "action", action)
    request = pb.CloseActionRequest(
        name=found.record.name, outcome=state, words=said, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.CloseAction, request)
    ended = f"The action ended: {spaced(word_of(after, 'state'))}."
    if after.outcome_evidence:
        ended += f" Its outcome is evidence, shared with the Safeguarder: {short(after.outcome_evidence)}."
    _changed(terminal, found, after, ended, dry_run)


register_reviews(app)
