"""`psmf concern ask-view` and `psmf concern view`: the Safeguarder's view of a concern, which the record keeps."""

from typing import Annotated, Any

import typer

from services.cli.arguments import WordsFile, change_fields, words_of
from services.cli.command import DryRun, command
from services.cli.concern.moves import CONCERN
from services.cli.failure import CommandError
from services.cli.plan.reading import plan_of
from services.cli.terminal import Terminal
from services.client.words import day_of, short


def register(app: typer.Typer) -> None:
    """Add the two commands to `psmf concern`."""
    command(app, "ask-view")(ask_view)
    command(app, "view")(give_view)


def ask_view(terminal: Terminal, concern: CONCERN, dry_run: DryRun = False) -> None:
    """Ask the Safeguarder for their view of a concern. They are told, and have some working days.

    psmf concern ask-view 1a2b3c4d
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    name, etag = _view(terminal, concern)
    request = pb.AskForViewRequest(name=name, etag=etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.plans.AskForView, request)
    said = f"The Safeguarder is asked for their view. They can give it until {day_of(answer, 'answer_due_date')}."
    terminal.changed(answer, said, dry_run=dry_run)


def give_view(
    terminal: Terminal,
    concern: CONCERN,
    words: Annotated[str, typer.Argument(help="In the Safeguarder's words.")] = "",
    *,
    none_given: Annotated[bool, typer.Option("--none-given", help="They were asked and gave none in time.")] = False,
    words_file: WordsFile = None,
    dry_run: DryRun = False,
) -> None:
    """Give your view of a concern as the Safeguarder; or enter what they said to you, or that they gave none.

    psmf concern view 1a2b3c4d "I had no notice of the second hearing."
    psmf concern view 1a2b3c4d --none-given
    """
    from psmf.evidence.v1 import development_plans_pb2 as pb

    said = words_of(words, words_file, needed=not none_given)
    if none_given and said:
        raise CommandError("USAGE", "Leave out the words with --none-given.")
    name, etag = _view(terminal, concern)
    given = pb.GiveViewRequest.GIVEN_NONE if none_given else pb.GiveViewRequest.GIVEN_WORDS
    request = pb.GiveViewRequest(name=name, given=given, words=said, etag=etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.plans.GiveView, request)
    kept = "It is recorded that no view was given." if none_given else "The view is kept. Both sides read it."
    terminal.changed(answer, kept, f"psmf concern show {short(answer.concern)}", dry_run=dry_run)


def _view(terminal: Terminal, concern: str) -> tuple[str, str]:
    """Return the name of a concern's view, and its etag: empty while there is none."""
    person, _, concern_id = terminal.name_of("concern", concern).rpartition("/concerns/")
    name = f"{person}/views/{concern_id}"
    known: Any = next((view for view in plan_of(terminal, person).views if view.name == name), None)
    return name, known.etag if known else ""
