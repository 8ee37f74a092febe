"""The moves of `psmf concern` that rules keep: one table of commands, how one is registered, and how a move is made."""

import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from services.cli.arguments import choose, read_day
from services.cli.command import DryRun, command
from services.cli.concern.state import stands
from services.cli.terminal import Terminal
from services.client.deadlines import closed_then
from services.client.words import day_of, short

CONCERN = Annotated[str, typer.Argument(help="The concern's id, or its first characters.")]


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command, and the field of the request that it fills; empty if it has the same name.

    A `default` makes it optional.
    """

    name: str
    help: str
    field: str = ""
    default: Any = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class MoveCommand:
    """A command that makes a move: its name, the gRPC method behind it, its help, and its options in order."""

    name: str
    method: str
    about: str
    example: str
    options: Sequence[Option] = ()


def _on(field: str) -> Option:
    return Option("on", "The day, as 2026-12-03.", field)


def _reason(help: str) -> Option:
    return Option("reason", help)


MOVES = (
    MoveCommand(
        "acknowledge",
        "AcknowledgeConcern",
        "Take a concern on, and set the date on which it is looked at next.",
        "acknowledge 1a2b3c4d --next-date 2026-12-03",
        [
            Option(
                "next_date",
                "When it is looked at next, as 2026-12-03. If the office is closed then: its next open day.",
            ),
            Option("owner", "The person who takes it on. Default: you.", default=""),
        ],
    ),
    MoveCommand(
        "escalate",
        "EscalateConcern",
        "Take a concern to the Team, as a senior manager.",
        "escalate 1a2b3c4d --as senior-manager-east",
    ),
    MoveCommand(
        "hold",
        "HoldConcern",
        "Put a concern on hold. No other move is possible until it is released.",
        "hold 1a2b3c4d --reason suspended",
        [_reason("practice-unclear or suspended. A review request puts it on hold without this.")],
    ),
    MoveCommand(
        "release",
        "ReleaseConcern",
        "Settle one of the reasons for which a concern is on hold.",
        "release 1a2b3c4d --reason suspended",
        [_reason("The reason that is settled.")],
    ),
    MoveCommand(
        "merge",
        "MergeConcern",
        "Merge a concern into another one about the same person.",
        "merge 1a2b3c4d --into 5e6f7a8b",
        [Option("into", "The concern that it becomes part of.")],
    ),
    MoveCommand(
        "reopen",
        "ReopenConcern",
        "Reopen a closed concern on new evidence.",
        "reopen 1a2b3c4d --evidence 77aa88bb",
        [Option("evidence", "Id of the new item of evidence, or its first characters.")],
    ),
    MoveCommand("invite", "InviteToShareConcern", "Ask the Safeguarder to share good practice.", "invite 1a2b3c4d"),
    MoveCommand(
        "answer-invitation",
        "AnswerConcernInvitation",
        "Record whether the Safeguarder shares it.",
        "answer-invitation 1a2b3c4d --answer shared",
        [Option("answer", "shared or declined.")],
    ),
    MoveCommand(
        "dismiss",
        "DismissConcern",
        "End a concern, because a person found nothing in it.",
        "dismiss 1a2b3c4d --reason explained",
        [_reason("explained or rule-not-fitting.")],
    ),
    MoveCommand(
        "close",
        "CloseConcern",
        "Close a concern.",
        "close 1a2b3c4d --reason improved",
        [_reason("For example improved, discussed or support-given.")],
    ),
)
"""Every move that people make, in the order of the help."""


def register(app: typer.Typer, move: MoveCommand) -> None:
    """Add the command of a move to `psmf concern`."""

    def run(terminal: Terminal, concern: str, dry_run: bool, **typed: Any) -> None:
        request = _contract(f"{move.method}Request")
        fields = {
            option.field or option.name: _value(terminal, option, typed[option.name], request)
            for option in move.options
        }
        _make(terminal, concern, move.method, dry_run, request, fields)

    run.__doc__ = f"{move.about}\n\n    psmf concern {move.example}\n"
    # Typer reads a command's arguments from the signature of its function. So the table writes the signature.
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            _parameter("terminal", Terminal),
            _parameter("concern", CONCERN),
            *(
                _parameter(option.name, Annotated[str, typer.Option(help=option.help)], option.default)
                for option in move.options
            ),
            _parameter("dry_run", DryRun, False),
        ]
    )
    command(app, move.name)(run)


def _value(terminal: Terminal, option: Option, text: str, request: Any) -> Any:
    """Return what was typed for an option as its field's value. The contract says what kind of value that is.

    Raises:
        CommandError: it is no such value.
    """
    from services.platform.calls.wire import to_date

    field, flag = request.DESCRIPTOR.fields_by_name[option.field or option.name], f"--{option.name.replace('_', '-')}"
    if field.enum_type is not None:
        return choose(_contract(field.enum_type.name), text, flag)
    if field.message_type is not None:
        return to_date(read_day(text, flag))
    if field.name == "into":
        return terminal.find("concern", text).name
    # The contract asks for the id alone.
    return terminal.name_of("item", text).rpartition("/")[2] if field.name == "evidence" else text


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _make(terminal: Terminal, concern: str, method: str, dry_run: bool, request: Any, fields: dict[str, Any]) -> None:
    """Make a move by its gRPC method, and print the state of the concern after it."""
    import uuid

    found = terminal.find("concern", concern)
    # The etag refuses the move if somebody else has moved the concern since it was found.
    sent = request(name=found.name, etag=found.etag, request_id=str(uuid.uuid4()), validate_only=dry_run, **fields)
    answer = terminal.call(getattr(terminal.client.concerns, method), sent)
    would = "Nothing was changed. It would be: " if dry_run else ""
    said = f"{would}{short(answer.name)}: {stands(answer)}."
    if "next_date" in fields:
        said += f" Next date: {day_of(answer, 'next_date')}.{closed_then(answer, 'next_date', fields['next_date'])}"
    terminal.changed(answer, said, f"psmf concern show {short(answer.name)}")


def _contract(name: str) -> Any:
    """Return a message or a closed list of the contract."""
    # Imported here, so that `psmf --help` does not wait for it.
    from psmf.rules.v1 import concern_moves_pb2 as moves
    from psmf.rules.v1 import rules_pb2 as pb

    return getattr(moves, name, None) or getattr(pb, name)
