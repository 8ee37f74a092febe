"""`psmf action review` and what belongs to it: a talk about actions, kept in the words of both sides."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from services.cli.action.review_text import review_text, reviews_text
from services.cli.arguments import WordsFile, change_fields, choose, text_or_file, typed_date, words_of
from services.cli.command import DryRun, PersonOrOneself, command
from services.cli.failure import CommandError
from services.cli.page.width import output_width
from services.cli.plan.reading import IN_A_PLAN, WHOSE, named_in, names_in_plan, person_typed, plan_of
from services.cli.plan.reviews import every_review, find_review
from services.cli.terminal import Terminal
from services.client.words import day_of, safeguarder_of, short

OUTCOMES = ("met", "partly_met", "not_met", "not_possible")
ACTIONS = Annotated[
    list[str],
    typer.Option(
        "--action",
        metavar="ID=OUTCOME",
        help="An action by the start of its id, with met, partly-met, not-met or not-possible, or with the later day "
        "on which it is due. Repeatable.",
    ),
]
FOLLOWS = Annotated[
    list[str],
    typer.Option(help="What follows: extend, change, add-support, close or change-approach. Repeatable."),
]
HELD = Annotated[str, typer.Option(metavar="DAY", help="The day on which it was held. Leave it out with --session.")]
SESSION = Annotated[str, typer.Option(help="The session at which it was held, by the start of its id.")]
THEIRS = Annotated[
    str,
    typer.Option(metavar="WORDS", help="What the Safeguarder said, entered for them. @FILE reads a file."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of reviews to `psmf action`."""
    command(app, "review")(hold_review)
    command(app, "reviews")(list_reviews)
    command(app, "show-review")(show_review)
    command(app, "answer-review")(answer_review)
    command(app, "correct-review")(correct_review)


def hold_review(
    terminal: Terminal,
    safeguarder: WHOSE,
    words: Annotated[str, typer.Argument(help="What was found, in words that both sides read.")] = "",
    *,
    action: ACTIONS,
    follows: FOLLOWS,
    held: HELD = "",
    session: SESSION = "",
    their_words: THEIRS = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Record a review of actions that was held. Each action ends with its outcome, or has more time.

    It is a talk, no penalty. not-met is refused before the day of an action is over, and while the Team owes a support
    for it.

    psmf action review sg-1a2b3c4d "Two calls are not on file." --action 77aa88bb=not-met --held 2026-12-03 \
--follows close
    """
    said = words_of(words, words_file)
    parent = terminal.safeguarder(safeguarder)
    plan = plan_of(terminal, parent)
    reviewed = [reviewed_action(plan, text) for text in action]
    followed = what_followed(terminal, follows, held, session)
    keep_review(terminal, parent, reviewed, (said, their_words), followed, dry_run)


def keep_review(
    terminal: Terminal,
    parent: str,
    reviewed: Sequence[Any],
    words: tuple[str, str],
    followed: Mapping[str, Any],
    dry_run: bool,
) -> None:
    """Send a review that was held, and say what it did. `words`: what was found, and what the Safeguarder said."""
    from psmf.evidence.v1 import development_plans_pb2 as pb

    said, theirs = words
    request = pb.HoldActionReviewRequest(
        parent=parent,
        actions=reviewed,
        words=said,
        safeguarder_words=text_or_file(theirs),
        **followed,
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.plans.HoldActionReview, request)
    typed = f"{safeguarder_of(answer.name)}/{short(answer.name)}"
    said = f"The review of {day_of(answer, 'held_date')} is kept. The Safeguarder is told, and can say how they see it."
    terminal.changed(answer, said, f"psmf action show-review {typed}", dry_run=dry_run)


def what_followed(terminal: Terminal, follows: Sequence[str], held: str, session: str) -> Mapping[str, Any]:
    """Return the fields of a request that say when a review was held, and what follows from it.

    Raises:
        CommandError: USAGE for another word or no day, or without a day and a session.
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    if not held and not session:
        raise CommandError("USAGE", "Say when it was held with --held, or name the session with --session.")
    fields: dict[str, Any] = {"follows": [choose(pb.ActionReview.Follows, word, "--follows") for word in follows]}
    if held:
        fields["held_date"] = typed_date(held, "--held")
    if session:
        fields["session"] = terminal.name_of("session", session)
    return fields


def reviewed_action(plan: Any, text: str) -> Any:
    """Return an action of a plan with what was found of it, as it was typed.

    Raises:
        CommandError: USAGE for another form.
        ClientError: as `named_in`.
    """
    known, _, found = text.partition("=")
    if not known or not found:
        raise CommandError("USAGE", f"--action {text!r} has another form. Write ID=OUTCOME or ID=DAY.")
    name = named_in(plan, "action", known.rpartition("/")[2])
    return as_found(next(each for each in plan.actions if each.name == name), found)


def as_found(action: Any, found: str) -> Any:
    """Return an action as it was read, with an outcome or a later day."""
    from psmf.evidence.v1 import development_plans_pb2 as pb

    reviewed = pb.ActionReview.ReviewedAction(action=action.name, etag=action.etag)
    if found[0].isdigit():
        reviewed.extended_date.CopyFrom(typed_date(found, "--action"))
    else:
        reviewed.outcome = choose(pb.Action.State, found, "--action", own=OUTCOMES)
    return reviewed


def list_reviews(terminal: Terminal, safeguarder: PersonOrOneself = "-") -> None:
    """List the reviews of a Safeguarder's actions, the one held last first. Both sides see the same page.

    psmf action reviews sg-1a2b3c4d
    """
    plan = plan_of(terminal, terminal.safeguarder(safeguarder))
    reviews = every_review(terminal, plan)
    if terminal.as_json:
        terminal.page(reviews, "")
        return
    if not reviews:
        terminal.say("No review of actions was held yet.")
        return
    terminal.text(reviews_text(reviews, names_in_plan(terminal, plan), output_width()))
    person = "" if not person_typed(safeguarder) else f"{safeguarder_of(plan.name)}/"
    terminal.following(f"psmf action show-review {person}{short(reviews[0].name)}", plan)


def show_review(
    terminal: Terminal,
    review: IN_A_PLAN,
    *,
    version: Annotated[int, typer.Option(min=0, help="Number of a version, to read it as it stood.")] = 0,
) -> None:
    """Show a review of actions: what was found, what follows, and the words of both sides.

    psmf action show-review sg-1a2b3c4d/5e6f7a8b
    psmf action show-review sg-1a2b3c4d/5e6f7a8b --version 1
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    found = find_review(terminal, review)
    request = pb.GetActionReviewRequest(name=found.record.name, version=version)
    shown = terminal.call(terminal.client.plans.GetActionReview, request)
    if terminal.as_json:
        terminal.data(shown)
        return
    terminal.text(review_text(shown, names_in_plan(terminal, found.plan), output_width()))
    if version:
        return
    when = "to say how you see it"
    terminal.following(f'psmf action answer-review {found.typed} "how you see it"', shown, when=when)


def answer_review(
    terminal: Terminal,
    review: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="How you see it, in your words.")] = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Say how you see a review of your actions. Your words take the place of what others entered for you.

    psmf action answer-review 5e6f7a8b "I was at another hearing that week."
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    said, found = words_of(words, words_file), find_review(terminal, review)
    request = pb.AnswerActionReviewRequest(
        name=found.record.name, words=said, etag=found.record.etag, **change_fields(dry_run)
    )
    answer = terminal.call(terminal.client.plans.AnswerActionReview, request)
    kept = "Your words stand in the review. Both sides read them."
    terminal.changed(answer, kept, f"psmf action show-review {found.typed}", dry_run=dry_run)


def correct_review(
    terminal: Terminal,
    review: IN_A_PLAN,
    words: Annotated[str, typer.Argument(help="What was found, in words that both sides read.")] = "",
    *,
    because: Annotated[str, typer.Option(metavar="WORDS", help="Why it is corrected. @FILE reads a file.")],
    action: ACTIONS,
    follows: FOLLOWS,
    held: HELD = "",
    session: SESSION = "",
    their_words: THEIRS = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Correct a review of actions, and the outcomes that it gave. Every version of it is kept.

    psmf action correct-review sg-1a2b3c4d/5e6f7a8b "Each call is on file." --because "The log was read again." \
--action 77aa88bb=met --held 2026-12-03 --follows close
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    said, found = words_of(words, words_file), find_review(terminal, review)
    request = pb.CorrectActionReviewRequest(
        name=found.record.name,
        actions=[reviewed_action(found.plan, text) for text in action],
        words=said,
        safeguarder_words=text_or_file(their_words),
        because=text_or_file(because),
        etag=found.record.etag,
        **what_followed(terminal, follows, held, session),
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.plans.CorrectActionReview, request)
    kept = f"The review is corrected. Version {answer.version - 1} stays to read."
    terminal.changed(answer, kept, f"psmf action show-review {found.typed}", dry_run=dry_run)
