"""`psmf completion`: a script with which a shell completes psmf's commands."""

from enum import StrEnum
from typing import Annotated

import typer

from services.cli.terminal import Terminal


class Shell(StrEnum):
    """Shells that Typer has a script for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(terminal: Terminal, shell: Annotated[Shell, typer.Argument(help="Your shell.")]) -> None:
    """Print a completion script for your shell.

    psmf completion bash > ~/.local/share/bash-completion/completions/psmf
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # Typer's own, not listed

    terminal.exact(get_completion_script(prog_name="psmf", complete_var="_PSMF_COMPLETE", shell=shell.value))
