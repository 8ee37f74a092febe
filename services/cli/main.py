"""Entry of the command line `psmf`."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Annotated

import typer

from services.cli.call import call
from services.cli.command import GROUPS, command, group
from services.cli.completion import completion
from services.cli.page.help import Group
from services.cli.page.out import put
from services.cli.personal.commands import handover, standing, waiting
from services.cli.personal.timeline import timeline
from services.cli.protos.commands import protos

ABOUT = """Performance Support & Monitoring Framework for Safeguarders: evidence in, concern out, person told.

Start with: psmf demo up"""


def _show_version(wanted: bool) -> None:
    if wanted:
        from services.build import build_version

        put(f"psmf {build_version()}")
        raise typer.Exit


VERSION = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
]


def command_line(groups: set[str], completing: bool = False) -> typer.Typer:
    """Return the whole tree, with the commands of the given groups only.

    A group is imported only when it is used: importing all of them takes longer than most answers. `completing`: a
    shell asks which words could follow.
    """
    app = typer.Typer(
        name="psmf",
        cls=Group,
        help=ABOUT,
        no_args_is_help=True,
        add_completion=completing,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for name in GROUPS:
        app.add_typer(_commands(name) if name in groups else group(name))
    command(app, "standing")(standing)
    command(app, "waiting")(waiting)
    command(app, "handover")(handover)
    command(app, "timeline")(timeline)
    command(app, "call")(call)
    command(app, "protos")(protos)
    command(app, "completion")(completion)

    @app.callback()
    def psmf(version: VERSION = False) -> None:
        pass

    return app


def _commands(name: str) -> typer.Typer:
    """Import the commands of a group. A package keeps them in its module `commands`; a small group is one module."""
    place = import_module(f"services.cli.{name}")
    module = import_module(f"{place.__name__}.commands") if hasattr(place, "__path__") else place
    app: typer.Typer = module.app
    return app


def main() -> None:
    """Run the command line."""
    completing = "_PSMF_COMPLETE" in os.environ
    asked = set(sys.argv[1:2])
    with _in_trace(asked):
        command_line(set(GROUPS) if completing else asked, completing)()


def _in_trace(asked: set[str]) -> AbstractContextManager[None]:
    """Put all calls of a command into one trace, if a collector is configured."""
    # Only then are OpenTelemetry's packages imported: they would slow down every other command.
    if not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        return nullcontext()
    from services.platform.telemetry import traces

    traces.set_up("cli")
    group = "".join(asked & {*GROUPS, "call"})
    return traces.processing(f"psmf {group}".strip(), "")
