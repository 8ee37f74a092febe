"""`psmf concern review`: a review of the actions about a concern, which the record keeps."""

from typing import Annotated, Any

import typer

from services.cli.action.reviews import FOLLOWS, HELD, SESSION, THEIRS, as_found, keep_review, what_followed
from services.cli.arguments import WordsFile, words_of
from services.cli.command import DryRun, command
from services.cli.concern.moves import CONCERN
from services.cli.failure import CommandError
from services.cli.plan.reading import plan_of
from services.cli.terminal import Terminal
from services.client.words import word_of

_OPEN = ("open", "completion_offered")


def register(app: typer.Typer) -> None:
    """Add the command to `psmf concern`."""
    command(app, "review")(review_concern)


def review_concern(
    terminal: Terminal,
    concern: CONCERN,
    words: Annotated[str, typer.Argument(help="What was found, in words that both sides read.")] = "",
    *,
    outcome: Annotated[
        str, typer.Option(help="met, partly-met, not-met or not-possible; or the later day on which they are due.")
    ],
    follows: FOLLOWS,
    held: HELD = "",
    session: SESSION = "",
    their_words: THEIRS = "",
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Record a review of the actions about a concern that was held. It is a talk, no penalty.

    It is about every open action that answers the concern or is required for it. Without one it is about the action
    that is required, if that has ended. `psmf action review` takes each action by itself.

    psmf concern review 1a2b3c4d "Two calls are not on file." --outcome not-met --held 2026-12-03 --follows close
    """
    said = words_of(words, words_file)
    found = terminal.find("concern", concern)
    person = found.name.rpartition("/concerns/")[0]
    plan = plan_of(terminal, person)
    reviewed = [as_found(action, outcome) for action in _actions(plan, found)]
    followed = what_followed(terminal, follows, held, session)
    keep_review(terminal, person, reviewed, (said, their_words), followed, dry_run)


def _actions(plan: Any, concern: Any) -> list[Any]:
    """Return the actions that a review of a concern is about.

    Raises:
        CommandError: USAGE if there is none.
    """
    required = concern.course.action
    about = [each for each in plan.actions if concern.name == each.concern or (required and required == each.name)]
    open_now = [each for each in about if word_of(each, "state") in _OPEN]
    found = open_now or [each for each in about if each.name == required]
    if not found:
        message = "No action of the plan is open about this concern. Name the actions with psmf action review."
        raise CommandError("USAGE", message)
    return found
