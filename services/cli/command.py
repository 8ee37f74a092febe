"""Makes a function a command: adds the options every command has, and turns failures into exit codes."""

import inspect
import traceback
from collections.abc import Callable
from typing import Annotated, Any

import typer

from services.cli.failure import CommandError, of_call
from services.cli.terminal import Terminal

GROUPS = {
    "demo": "The whole suite on this machine, with invented people. Start here.",
    "safeguarder": "The register of Safeguarders.",
    "evidence": "Evidence about practice and conduct, from every source the Framework names.",
    "alert": "The inbox: one alert for each matter, with one owner.",
    "concern": "What happens to a concern: who did what, and what may come next.",
    "session": "Individual support sessions: the key forum of the Framework.",
    "kpi": "Key performance indicators, with who counts in each figure and why.",
    "rules": "The rulebook: in plain words, and checked.",
    "events": "For operators: topics, events set aside, and sending again what was published.",
    "ops": "For operators: the state of the services.",
}
"""What there are commands about, in the order of the help."""
SHARED: dict[str, Any] = {
    "as_json": Annotated[bool, typer.Option("--json", help="Answer in JSON.")],
    "person": Annotated[str, typer.Option("--as", metavar="PERSON", help="Call as this persona of the demo.")],
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="No talk, only data.")],
    "no_color": Annotated[bool, typer.Option("--no-color", help="No colour, no moving parts. NO_COLOR does the same.")],
}
_DEFAULTS = {"as_json": False, "person": "", "quiet": False, "no_color": False}
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check everything, change nothing.")]
PageSize = Annotated[int, typer.Option(min=1, max=500, help="How many, 1 to 500.")]
PageToken = Annotated[str, typer.Option(metavar="TOKEN", help="Where the last page ended.")]


def group(name: str, about: str = "") -> typer.Typer:
    """The commands about one thing, without commands yet; `about` for a group within another."""
    return typer.Typer(name=name, help=about or GROUPS[name], no_args_is_help=True, rich_markup_mode=None)


def command(app: typer.Typer, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function whose first argument is the Terminal. What it returns, if anything, is the exit code."""

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
        app.command(name)(run)
        return function

    return register


def _guarded(function: Callable[..., Any], terminal: Terminal, values: dict[str, Any]) -> int:
    try:
        return int(function(terminal, **values) or 0)
    except CommandError as problem:
        return problem.report(terminal.as_json)
    except BrokenPipeError:
        # Whoever read the output has had enough of it: Typer ends quietly.
        raise
    except Exception as problem:
        return _answer_to(problem).report(terminal.as_json)


def _answer_to(problem: Exception) -> CommandError:
    """A refused call, a refusal of our own, no suite. Anything else is a bug, and its trace is for whoever mends it."""
    import grpc

    from services.client.addresses import NoSuiteError
    from services.refusals import Refusal

    if isinstance(problem, grpc.RpcError):
        return of_call(problem)
    if isinstance(problem, Refusal):
        return CommandError("INVALID_ARGUMENT", problem.message, reason=problem.reason, field=problem.field)
    if isinstance(problem, NoSuiteError):
        return CommandError("FAILED_PRECONDITION", str(problem))
    traceback.print_exception(problem)
    return CommandError("INTERNAL", f"Something went wrong in psmf itself: {type(problem).__name__}")
