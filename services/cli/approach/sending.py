"""What `psmf approach` and the commands of `psmf concern` about a notice read and send."""

from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from services.cli.arguments import change_fields, choose, text_or_file, typed_date
from services.cli.failure import CommandError
from services.cli.plan.reading import items_named, named_in, plan_of
from services.cli.terminal import Terminal
from services.client.words import day_of, short, word_of

EXPECTS = Annotated[str, typer.Option(metavar="WORDS", help="What is expected of the Safeguarder. @FILE reads a file.")]
BECAUSE = Annotated[str, typer.Option(metavar="WORDS", help="Why the approach changes. @FILE reads a file.")]
ITEMS = Annotated[
    list[str],
    typer.Option(metavar="ITEM", help="Shared evidence that it rests on, by the start of its id. Repeatable."),
]
SKIPS = Annotated[
    str, typer.Option(metavar="WORDS", help="Why clear advice is left out, if it is. @FILE reads a file.")
]
SPOKEN_ON = Annotated[str, typer.Option(metavar="DAY", help="The day on which you spoke of it with the Safeguarder.")]
SPOKEN_AT = Annotated[str, typer.Option(metavar="SESSION", help="The session at which you spoke of it, if at one.")]
ACTIONS = Annotated[
    list[str],
    typer.Option(metavar="ACTION", help="An open action of the plan that is required, by its id. Repeatable."),
]
HOW = Annotated[str, typer.Option(help="How the Safeguarder is given it: console, at-session or post.")]
SERVED_ON = Annotated[
    str, typer.Option(metavar="DAY", help="The day on which it was given, if you report it only now.")
]
READ_ON = Annotated[
    str, typer.Option(metavar="DAY", help="The day on which they acknowledged it, if you report it now.")
]


@dataclass(frozen=True, slots=True)
class Typed:
    """A change of approach as somebody typed it."""

    to: str
    expects: str
    because: str
    evidence: list[str] = field(default_factory=list)
    skip_because: str = ""
    discussed_on: str = ""
    session: str = ""
    actions: list[str] = field(default_factory=list)
    how: str = "console"
    served_on: str = ""
    read_on: str = ""


def send(terminal: Terminal, safeguarder: str, concerns: list[str], typed: Typed, dry_run: bool) -> None:
    """Serve a change of approach to concerns of `safeguarders/{s}`, and say from when it stands."""
    from psmf.evidence.v1 import approach_changes_pb2 as pb

    plan = plan_of(terminal, safeguarder) if typed.actions else None
    days = {
        "discussed_date": (typed.discussed_on, "--discussed-on"),
        "reported_serve_date": (typed.served_on, "--served-on"),
        "reported_acknowledge_date": (typed.read_on, "--acknowledged-on"),
    }
    request = pb.ChangeApproachRequest(
        parent=safeguarder,
        concerns=concerns,
        to_approach=choose(pb.ApproachChange.Approach, typed.to, "--to"),
        expectation=text_or_file(typed.expects),
        because=text_or_file(typed.because),
        evidence=items_named(terminal, typed.evidence),
        skip_because=text_or_file(typed.skip_because),
        session=terminal.name_of("session", typed.session) if typed.session else "",
        actions=[named_in(plan, "action", text) for text in typed.actions],
        how=choose(pb.ApproachChange.How, typed.how, "--how"),
        **{name: typed_date(day, option) for name, (day, option) in days.items() if day},
        **change_fields(dry_run),
    )
    answer = terminal.call(terminal.client.plans.ChangeApproach, request)
    terminal.changed(answer, served(answer), dry_run=dry_run)
    if not dry_run and not answer.reported and not terminal.as_json:
        terminal.following(f"psmf approach show {short(answer.name)}", answer, by="the Safeguarder")


def served(change: Any) -> str:
    """Return what was done, and from when it stands."""
    if change.reported:
        return (
            f"The change is reported. It stands from {day_of(change, 'stands_from_date')}. No escalation rests on it."
        )
    if not change.HasField("acknowledge_due_date"):
        return "The approach changes from today. The Safeguarder is told."
    until = day_of(change, "acknowledge_due_date")
    return f"The Safeguarder is told. It stands once they have acknowledged it, or from {until}."


def the_one_of(terminal: Terminal, concern: str) -> Any:
    """Return the change of approach that applies to a concern.

    Raises:
        CommandError: FAILED_PRECONDITION if none applies.
    """
    name = terminal.name_of("concern", concern)
    plan = plan_of(terminal, name.rpartition("/concerns/")[0])
    found = next((each for each in plan.approach_changes if applies(each) and name in each.concerns), None)
    if found is None:
        raise CommandError("FAILED_PRECONDITION", f"No change of approach applies to concern {short(name)}.")
    return found


def acknowledge(terminal: Terminal, change: Any, dry_run: bool) -> None:
    """Acknowledge a change of approach, as the Safeguarder."""
    from psmf.evidence.v1 import approach_changes_pb2 as pb

    request = pb.AcknowledgeApproachRequest(name=change.name, etag=change.etag, **change_fields(dry_run))
    answer = terminal.call(terminal.client.plans.AcknowledgeApproach, request)
    said = "It is recorded that you have read it. That is not agreement."
    terminal.changed(answer, said, f"psmf approach show {short(answer.name)}", dry_run=dry_run)


def applies(change: Any) -> bool:
    """Return whether a change has not ended."""
    return word_of(change, "state") == "served"
