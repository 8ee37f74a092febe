"""The decorator that makes a function a command, with the options of every command and exit codes for failures."""

import inspect
import traceback
from collections.abc import Callable
from typing import Annotated, Any

import typer

from services.cli.failure import CommandError, of_call
from services.cli.page.help import Command, Group
from services.cli.terminal import Terminal

GROUPS = {
    "demo": "The whole suite on this machine, with invented people. Start here.",
    "safeguarder": "The register of Safeguarders.",
    "decision": "What is recorded of Scottish Ministers' decisions, and how two people correct it.",
    "people": "Who the people behind ids are: you, the people in a history, your colleagues.",
    "draft": "What you began to write on a page and have not sent.",
    "feedback": "Links by which children, families and agencies give feedback without signing in.",
    "away": "Leave of a Safeguarder, and every time away.",
    "overlay": "Suspension under a policy, and leave that is asked for.",
    "evidence": "Evidence about practice and conduct, from every source the Framework names.",
    "alert": "The inbox: one alert for each matter, with one owner.",
    "concern": "What people do about a concern, and what may come next.",
    "session": "Individual support sessions: the main meeting of the Framework.",
    "plan": "A development plan: strengths, needs, actions and supports, in the words of both sides.",
    "strength": "Strengths in a development plan.",
    "need": "Development needs: name one, carry one, and end one.",
    "action": "Actions: proposed, answered or set, done, and ended with an outcome.",
    "approach": "How the Team works on a concern: with support, with clear advice or with required action.",
    "support": "What the Team offers: answered, promised, given and received.",
    "delegation": "Who acts for the support manager of a Safeguarder.",
    "access": "Emergency access: open one file to read, close it, and review that.",
    "link": "Declared links between members of staff and Safeguarders.",
    "review": "Reviews that Safeguarders ask for: somebody outside the chain looks at something.",
    "sample": "Reports that the Team samples: rounds, the draw, readings, and how far readers agree.",
    "recommendation": "What the Team recommends to Scottish Ministers, which the person reads and answers first.",
    "file": "Your whole file: take it with you, and see who has read it.",
    "audit": "Who called what about whom, and whether the log of it is as it was written.",
    "duty": "Who owes what by when.",
    "training": "Training events that were held.",
    "obligation": "What is owed in the year, by the Safeguarder and by the Team.",
    "notification": "The messages that people were sent.",
    "kpi": "Key performance indicators, and who counts in each figure.",
    "rules": "The rulebook: read it, check it, try it out and bring it into force.",
    "events": "For operators: topics, dead letters, and publishing events again.",
    "ops": "For operators: the state of the services.",
}
"""Groups of commands, in the order of the help."""
SHARED: dict[str, Any] = {
    "as_json": Annotated[bool, typer.Option("--json", help="Answer in JSON.")],
    "person": Annotated[
        str, typer.Option("--as", metavar="PERSON", help="Call as this persona of the demo. Default: panel-team.")
    ],
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="Print only data, no messages.")],
    "no_color": Annotated[
        bool, typer.Option("--no-color", help="No colour and no moving bars. NO_COLOR does the same.")
    ],
}
_DEFAULTS = {"as_json": False, "person": "", "quiet": False, "no_color": False}
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check the request, but change nothing.")]
PersonOrOneself = Annotated[
    str,
    typer.Argument(help="The Safeguarder's name or id, for example sg-1a2b3c4d. A Safeguarder may leave it out."),
]
PageSize = Annotated[int, typer.Option(min=1, max=500, help="How many records, 1 to 500.")]
PageToken = Annotated[str, typer.Option(metavar="TOKEN", help="Token of the next page, as the last page printed it.")]


def group(name: str, about: str = "") -> typer.Typer:
    """Return a group without commands yet. `about` is its help, for a group inside another."""
    return typer.Typer(name=name, cls=Group, help=about or GROUPS[name], no_args_is_help=True, rich_markup_mode=None)


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function whose first argument is the Terminal. It may return an exit code."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        signature = inspect.signature(function)
        own = list(signature.parameters.values())[1:]
        shared = [
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS[key], annotation=annotation)
            for key, annotation in SHARED.items()
        ]

        def run(**values: Any) -> None:
            terminal = Terminal(**{key: values.pop(key) for key in SHARED})
            code = _guarded(function, terminal, values)
            if code:
                raise typer.Exit(code)

        parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own] + shared
        run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # read by Typer
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        run.__doc__ = function.__doc__
        app.command(name, cls=Command)(run)
        return function

    return register


def _guarded(function: Callable[..., Any], terminal: Terminal, values: dict[str, Any]) -> int:
    try:
        return int(function(terminal, **values) or 0)
    except CommandError as problem:
        return problem.report(terminal.as_json)
    except BrokenPipeError:
        # The reader of our output, for example `head`, has stopped reading. Typer then ends without a message.
        raise
    except Exception as problem:
        return _answer_to(problem, terminal).report(terminal.as_json)


def _answer_to(problem: Exception, terminal: Terminal) -> CommandError:
    """Return the failure for an exception. One that is not expected is a bug; its trace goes to standard error."""
    import grpc

    from services.client.errors import ClientError
    from services.refusals import Refusal

    if isinstance(problem, grpc.RpcError):
        return of_call(problem)
    if isinstance(problem, Refusal):
        return CommandError("INVALID_ARGUMENT", problem.message, reason=problem.reason, field=problem.field)
    if isinstance(problem, ClientError):
        # What the message names is typed by the same caller.
        as_caller = terminal.as_caller if problem.see else ""
        return CommandError(problem.code, f"{problem}{as_caller}")
    if isinstance(problem, OSError) and problem.filename:
        return CommandError("USAGE", f"{problem.filename} cannot be used: {problem.strerror}")
    traceback.print_exception(problem)
    return CommandError("INTERNAL", f"Something went wrong in psmf itself: {type(problem).__name__}")
