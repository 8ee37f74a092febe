"""`psmf support`: offer a support, answer it, promise it, record what became of it, and say whether you received it."""

from typing import Annotated, Any

import typer

from services.cli.arguments import WordsFile, change_fields, choose, text_or_file, typed_date, words_of
from services.cli.command import DryRun, command, group
from services.cli.page.width import output_width
from services.cli.plan.reading import (
    AGAIN,
    IN_A_PLAN,
    WHOSE,
    Found,
    entry_fields,
    find_in_plan,
    named_in,
    names_in_plan,
    plan_of,
)
from services.cli.plan.shown import support_text
from services.cli.support.figures import show_figures
from services.cli.support.hints import say_what_follows
from services.cli.terminal import Terminal
from services.client.errors import ClientError
from services.client.words import day_of, safeguarder_of, short, word_of

app = group("support")
_OUTCOMES = ("delivered", "not_delivered", "unavailable")
_REPORTED = ("accepted", "declined")
_FOR = Annotated[
    list[str],
    typer.Option(
        "--for", metavar="ID", help="A need, an action or a concern that it is for, by the start of its id. Repeatable."
    ),
]


_THEIR_WORDS = Annotated[
    str, typer.Option(metavar="WORDS", help="With --answered-on: what the Safeguarder said. @FILE reads a file.")
]


@command(app, "offer")
def offer_support(
    terminal: Terminal,
    safeguarder: WHOSE,
    words: Annotated[str, typer.Argument(help="What it is, in your words. Both sides read them.")] = "",
    *,
    kind: Annotated[str, typer.Option(help="module, mentoring, information or extra-one-to-one.")],
    supported: _FOR,
    discussed: Annotated[str, typer.Option(metavar="DAY", help="The day on which you spoke of it, as 2026-12-03.")],
    promised: Annotated[
        str, typer.Option(metavar="DAY", help="The day by which the Team promises it. Default: our usual time.")
    ] = "",
    answered_on: Annotated[
        str,
        typer.Option(metavar="DAY", help="The day on which they answered, if you report it only now. Nobody is told."),
    ] = "",
    answer: Annotated[str, typer.Option(help="With --answered-on: accepted or declined.")] = "",
    their_words: _THEIR_WORDS = "",
    again: AGAIN = False,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Offer a support for needs, actions or a concern. The Safeguarder accepts or declines it.

    A support that was answered before you enter it is reported, with --answered-on and --answer.

    psmf support offer sg-1a2b3c4d "Six talks with a mentor." --kind mentoring --for 77aa88bb --discussed 2026-12-03
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    parent = terminal.safeguarder(safeguarder)
    request = pb.OfferSupportRequest(
        parent=parent,
        kind=choose(pb.Support.Kind, kind, "--kind"),
        words=words_of(words, words_file, needed=False),
        discussed_date=typed_date(discussed, "--discussed"),
        promised_date=typed_date(promised, "--promised") if promised else None,
        reported_answer_date=typed_date(answered_on, "--answered-on") if answered_on else None,
        reported_answer=choose(pb.AnswerSupportRequest.Answer, answer, "--answer", own=_REPORTED) if answer else None,
        answer_words=text_or_file(their_words),
        **entry_fields(dry_run, again),
    )
    plan = plan_of(terminal, parent)
    request.supported.extend(_for_what(terminal, plan, text) for text in supported)
    _offered(terminal, terminal.call(terminal.client.plans.OfferSupport, request), dry_run)


def _offered(terminal: Terminal, offered: Any, dry_run: bool) -> None:
    """Say until when the Safeguarder can answer. Nobody answers what is only reported."""
    if offered.reported:
        said = f"The support is reported: {word_of(offered, 'state')}."
        typed = f"{safeguarder_of(offered.name)}/{short(offered.name)}"
        terminal.changed(offered, said, f"psmf support show {typed}", dry_run=dry_run)
        return
    said = f"The support is offered. The Safeguarder can answer until {day_of(offered, 'answer_due_date')}."
    terminal.changed(offered, said, dry_run=dry_run)
    if not terminal.as_json and not dry_run:
        terminal.following(f"psmf support show {short(offered.name)}", offered, by="the Safeguarder")


def _for_what(terminal: Terminal, plan: Any, text: str) -> str:
    """Return the name of the need, the action or the concern whose id begins with what was typed.

    Raises:
        ClientError: NOT_FOUND; USAGE when several begin with it.
    """
    for kind in ("need", "action"):
        try:
            return named_in(plan, kind, text.rpartition("/")[2])
        except ClientError as problem:
            if problem.code != "NOT_FOUND":
                raise
    return terminal.name_of("concern", text)


@command(app, "show")
def show_support(terminal: Terminal, support: IN_A_PLAN) -> None:
    """Show a support, with the Safeguarder's answer to it.

    psmf support show sg-1a2b3c4d/77aa88bb
    """
    found = find_in_plan(terminal, "support", support)
    if terminal.as_json:
        terminal.data(found.record)
        return
    terminal.text(support_text(found.record, names_in_plan(terminal, found.plan), output_width()))
    say_what_follows(terminal, found)


def _changed(terminal: Terminal, found: Found, after: Any, said: str, dry_run: bool) -> None:
    terminal.changed(after, said, f"psmf support show {found.typed}", dry_run=dry_run)


@command(app, "answer")
def answer_support(
    terminal: Terminal,
    support: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="In the Safeguarder's words.")] = "",
    *,
    answer: Annotated[str, typer.Option(help="accepted or declined. Staff may enter none-given.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Answer an offered support as the Safeguarder; or as the support manager, enter what they said to you.

    none-given is possible once the time to answer is over and a later session had the support in its papers.

    psmf support answer 77aa88bb --answer accepted
    psmf support answer sg-1a2b3c4d/77aa88bb --answer declined "Not this year, she told me on 3 December."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    chosen, said = choose(pb.AnswerSupportRequest.Answer, answer, "--answer"), words_of(words, words_file, needed=False)
    found = find_in_plan(terminal, "support", support)
    request = pb.AnswerSupportRequest(
        name=found.record.name, answer=chosen, words=said, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.AnswerSupport, request)
    _changed(terminal, found, after, _answered(after), dry_run)


def _answered(support: Any) -> str:
    entered = " Both sides see who entered it." if support.answer_entered_by else ""
    if word_of(support, "state") == "accepted":
        return f"It is accepted. The Team promises it by {day_of(support, 'promised_date')}.{entered}"
    if word_of(support, "state") == "declined":
        return f"It is declined.{entered}"
    return f"We have recorded that no answer was given. Nothing is taken as agreed.{entered}"


@command(app, "promise")
def promise_support(
    terminal: Terminal,
    support: IN_A_PLAN,
    because: Annotated[str, typer.Argument(help="Why it takes longer, in words that both sides read.")] = "",
    *,
    to: Annotated[str, typer.Option(metavar="DAY", help="The day by which it is promised now, as 2027-02-26.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Promise another day for a support that was accepted. A support that is late still counts as late.

    psmf support promise sg-1a2b3c4d/77aa88bb "The mentor is ill." --to 2027-02-26
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    day, said_why = typed_date(to, "--to"), words_of(because, words_file)
    found = find_in_plan(terminal, "support", support)
    request = pb.PromiseSupportRequest(
        name=found.record.name, promised_date=day, because=said_why, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.PromiseSupport, request)
    _changed(terminal, found, after, f"It is promised by {day_of(after, 'promised_date')}.", dry_run)


@command(app, "record")
def record_support(
    terminal: Terminal,
    support: IN_A_PLAN,
    because: Annotated[str, typer.Argument(help="Why it was not given, or cannot be. Needed if it was not.")] = "",
    *,
    outcome: Annotated[str, typer.Option(help="delivered, not-delivered or unavailable.")],
    on: Annotated[str, typer.Option(metavar="DAY", help="The day on which it was given. Needed if it was.")] = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Say what became of a support: it was given, it was not, or the Team cannot provide it.

    psmf support record sg-1a2b3c4d/77aa88bb --outcome delivered --on 2027-01-20
    psmf support record sg-1a2b3c4d/77aa88bb --outcome unavailable "No mentor is free this year."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    state = choose(pb.Support.State, outcome, "--outcome", own=_OUTCOMES)
    said_why = words_of(because, words_file, needed=state != pb.Support.STATE_DELIVERED)
    day = typed_date(on, "--on") if on else None
    found = find_in_plan(terminal, "support", support)
    request = pb.RecordSupportRequest(
        name=found.record.name,
        outcome=state,
        delivered_date=day,
        because=said_why,
        etag=found.record.etag,
        **change_fields(dry_run),
    )
    after = terminal.call(terminal.client.plans.RecordSupport, request)
    _changed(terminal, found, after, _recorded(after), dry_run)


def _recorded(support: Any) -> str:
    state = word_of(support, "state")
    if state == "delivered":
        given = f"It was given on {day_of(support, 'delivered_date')}."
        if support.HasField("received_due_date"):
            until = day_of(support, "received_due_date")
            return f"{given} The Safeguarder can say until {until} that they did not receive it."
        return given
    if state == "unavailable":
        return "The Team cannot provide it. Both sides read why."
    return "It was not given. The Team still owes it."


@command(app, "received")
def confirm_support(
    terminal: Terminal,
    support: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="In your words.")] = "",
    *,
    answer: Annotated[str, typer.Option(help="yes or no.")],
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Say as the Safeguarder whether you received a support. What you did not receive was not given.

    psmf support received 77aa88bb --answer no "The mentor did not come."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    received, said = choose(pb.Support.Received, answer, "--answer"), words_of(words, words_file, needed=False)
    found = find_in_plan(terminal, "support", support)
    request = pb.ConfirmSupportRequest(
        name=found.record.name, received=received, words=said, etag=found.record.etag, **change_fields(dry_run)
    )
    after = terminal.call(terminal.client.plans.ConfirmSupport, request)
    kept = "We have recorded that you received it."
    if after.state == pb.Support.STATE_NOT_DELIVERED:
        kept = "We have recorded that you did not receive it. The Team still owes it."
    _changed(terminal, found, after, kept, dry_run)


command(app, "figures")(show_figures)
