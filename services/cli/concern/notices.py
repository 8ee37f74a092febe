"""`psmf concern serve-notice`, `acknowledge-notice` and `require`: the changes of approach that the record keeps."""

from typing import Annotated

import typer

from services.cli.approach.sending import (
    ACTIONS,
    BECAUSE,
    EXPECTS,
    HOW,
    ITEMS,
    SKIPS,
    SPOKEN_AT,
    SPOKEN_ON,
    Typed,
    acknowledge,
    send,
    the_one_of,
)
from services.cli.command import DryRun, command
from services.cli.concern.moves import CONCERN
from services.cli.terminal import Terminal
from services.client.words import short, word_of

_REQUIRED = "required-action"
_TO = Annotated[str, typer.Option(help="required-action, or clear-advice.")]


def register(app: typer.Typer) -> None:
    """Add the commands to `psmf concern`."""
    command(app, "serve-notice")(serve_notice)
    command(app, "acknowledge-notice")(acknowledge_notice)
    command(app, "require")(require_action)


def serve_notice(
    terminal: Terminal,
    concern: CONCERN,
    *,
    expects: EXPECTS,
    because: BECAUSE,
    to: _TO = _REQUIRED,
    evidence: ITEMS = [],  # noqa: B006
    skip_because: SKIPS = "",
    discussed_on: SPOKEN_ON = "",
    session: SPOKEN_AT = "",
    action: ACTIONS = [],  # noqa: B006
    how: HOW = "console",
    dry_run: DryRun = False,
) -> None:
    """Serve notice that the approach to a concern changes, as `psmf approach change` does.

    psmf concern serve-notice 1a2b3c4d --expects "Each report names whom you spoke with." \
--because "Two reports name nobody." --skip-because "We gave the advice twice." --discussed-on 2026-12-03
    """
    name = terminal.name_of("concern", concern)
    typed = Typed(to, expects, because, evidence, skip_because, discussed_on, session, action, how)
    send(terminal, name.rpartition("/concerns/")[0], [name], typed, dry_run)


def acknowledge_notice(terminal: Terminal, concern: CONCERN, dry_run: DryRun = False) -> None:
    """Say that you have read the notice about a concern, as the Safeguarder. That is not agreement.

    psmf concern acknowledge-notice 1a2b3c4d --as safeguarder-one
    """
    acknowledge(terminal, the_one_of(terminal, concern), dry_run)


def require_action(
    terminal: Terminal,
    concern: CONCERN,
    *,
    action: ACTIONS,
    expects: EXPECTS = "",
    because: BECAUSE = "",
    discussed_on: SPOKEN_ON = "",
    how: HOW = "console",
    dry_run: DryRun = False,
) -> None:
    """Require actions of the plan. The notice is served again with them, and its time runs again.

    psmf concern require 1a2b3c4d --action 77aa88bb --discussed-on 2026-12-10
    """
    known = the_one_of(terminal, concern)
    skips = known.skip_because or ("" if word_of(known, "to_approach") != "support" else because)
    session = short(known.session) if known.session and not discussed_on else ""
    spoken = discussed_on or (_day(known) if not session else "")
    evidence = [short(name) for name in known.evidence]
    typed = Typed(
        _REQUIRED, expects or known.expectation, because or known.because, evidence, skips, spoken, session, action, how
    )
    send(terminal, known.name.rpartition("/approachChanges/")[0], list(known.concerns), typed, dry_run)


def _day(change: object) -> str:
    from services.platform.calls.wire import from_date

    day = from_date(change, "discussed_date")
    return day.isoformat() if day else ""
