"""`psmf rules whatif`, `tune` and `replay`: what a change would do over the organisation's own history."""

import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import read_day
from services.cli.command import command
from services.cli.failure import CHECK_FAILED, CommandError
from services.cli.rules.folder import rule_files
from services.cli.terminal import Terminal
from services.client.words import spaced

WHO = "policy-editor"
FIRST_LOOK, LONGEST_WAIT = 0.3, 3.0
"""Seconds; each look leaves a row in the audit log, so looks become rarer."""
SINCE = Annotated[str, typer.Option(help="How far back: 2y, 18m, 90d, or a day as 2024-10-01.")]
SVG = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a picture as well.")]
SHARED = Annotated[bool, typer.Option("--shared", help="To pass on: no person named, and no number under five.")]
RECEIVED = Annotated[
    bool, typer.Option("--as-received", help="For a loaded history: known from the day the Team received it.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    command(app, "whatif")(what_if)
    command(app, "tune")(tune)
    command(app, "replay")(replay)


def what_if(
    terminal: Terminal,
    candidate: Annotated[Path, typer.Argument(help="Folder of the rule files to try.")],
    *,
    since: SINCE = "2y",
    as_dated: Annotated[
        bool, typer.Option("--as-dated", help="By the dates in the files, not as if always in force.")
    ] = False,
    as_received: RECEIVED = False,
    shared: SHARED = False,
    svg: SVG = None,
) -> None:
    """Say who a change of the rules would touch: over the own history, each day as it was known then, and why.

    psmf rules whatif my-rules
    psmf rules whatif my-rules --since 5y --svg whatif.svg
    psmf rules whatif my-rules --shared
    """
    from psmf.rules.v1 import simulations_pb2 as pb

    from services.cli.rules.whatif import report_what_if, what_if_svg
    from services.platform.calls.wire import to_date

    _no_picture_to_share(shared, svg)
    request = pb.SimulateRulebookRequest(
        files=rule_files(candidate),
        since_date=to_date(_since(since)),
        as_dated=as_dated,
        as_received=as_received,
        request_id=uuid.uuid4().hex,
    )
    found = _run(terminal, lambda client: client.simulations.SimulateRulebook, request)
    _write(svg, lambda: what_if_svg(found))
    report_what_if(terminal, found, shared=shared)


def tune(
    terminal: Terminal,
    parameter: Annotated[str, typer.Argument(help="The number's name, for example late_reports_line.")],
    first: Annotated[int, typer.Option("--from", help="The first value.")],
    last: Annotated[int, typer.Option("--to", help="The last value.")],
    *,
    step: Annotated[int, typer.Option(min=1, help="From one value to the next.")] = 1,
    since: SINCE = "2y",
    as_received: RECEIVED = False,
    shared: SHARED = False,
    svg: SVG = None,
) -> None:
    """Say how sensitive a number is: how many people each value flags, where it tips, where nothing changes.

    psmf rules tune late_reports_line --from 1 --to 6
    psmf rules tune improvement_apart_days --from 60 --to 360 --step 30 --svg tune.svg
    """
    from psmf.rules.v1 import simulations_pb2 as pb

    from services.cli.rules.tune import report_tuning, tuning_svg
    from services.platform.calls.wire import to_date

    _no_picture_to_share(shared, svg)
    request = pb.TuneParameterRequest(
        parameter=parameter,
        from_value=first,
        to_value=last,
        step=step,
        since_date=to_date(_since(since)),
        as_received=as_received,
        request_id=uuid.uuid4().hex,
    )
    found = _run(terminal, lambda client: client.simulations.TuneParameter, request)
    _write(svg, lambda: tuning_svg(found.tuning))
    report_tuning(terminal, found, shared=shared)


def replay(
    terminal: Terminal,
    evaluation: Annotated[str, typer.Argument(help="safeguarders/{s}/evaluations/{n}, as a concern names it.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Every decision kept.")] = False,
) -> int:
    """Evaluate kept decisions again, by their own rulebook, and compare byte for byte.

    psmf rules replay safeguarders/sg-1/evaluations/0a1b2c
    psmf rules replay --all
    """
    from psmf.rules.v1 import simulations_pb2 as pb

    if bool(evaluation) is everything:
        raise CommandError("USAGE", "Name one evaluation, or say --all.")
    terminal.as_usual(WHO)
    if evaluation:
        found = terminal.call(terminal.client.simulations.ReplayEvaluation, pb.ReplayEvaluationRequest(name=evaluation))
        identical = found.outcome == pb.REPLAY_OUTCOME_IDENTICAL
        terminal.data(found) if terminal.as_json else terminal.text(_replayed(found))
        return 0 if identical else CHECK_FAILED
    request = pb.ReplayEvaluationsRequest(request_id=uuid.uuid4().hex)
    done = _run(terminal, lambda client: client.simulations.ReplayEvaluations, request)
    if terminal.as_json:
        terminal.data(done)
    else:
        terminal.text(f"{done.replays.identical:,} of {done.done:,} decisions replay byte for byte.")
        for one in done.replays.not_identical:
            terminal.text(_replayed(one))
    return 0 if done.replays.identical == done.done else CHECK_FAILED


def _replayed(found: Any) -> str:
    from psmf.rules.v1 import simulations_pb2 as pb

    from services.platform.calls.wire import to_word

    parts = f" in {', '.join(found.differing_parts)}" if found.differing_parts else ""
    return f"{found.name}: {spaced(to_word(pb.ReplayOutcome, found.outcome))}{parts}, {found.record_hash[:12]}"


def _run(terminal: Terminal, method: Callable[[Any], Any], request: Any) -> Any:
    """The simulation once it is done. Interrupted, it is stopped."""
    from psmf.rules.v1 import simulations_pb2 as pb

    terminal.as_usual(WHO)
    client = terminal.client
    found = terminal.call(method(client), request)
    ask = pb.GetSimulationRequest(name=found.name)
    seconds = FIRST_LOOK
    waits = (pb.Simulation.STATE_QUEUED, pb.Simulation.STATE_RUNNING)
    try:
        with terminal.steps() as show:
            while found.state in waits:
                time.sleep(seconds)
                seconds = min(seconds * 1.5, LONGEST_WAIT)
                found = terminal.call(client.simulations.GetSimulation, ask)
                if found.total:
                    show("Going through history", found.done, found.total)
    except KeyboardInterrupt:
        cancel = pb.CancelSimulationRequest(name=found.name, request_id=uuid.uuid4().hex)
        terminal.call(client.simulations.CancelSimulation, cancel)
        raise CommandError("CANCELLED", "Stopped.") from None
    if found.state != pb.Simulation.STATE_DONE:
        raise CommandError("INTERNAL", found.problem or "The simulation was stopped.")
    return found


def _since(text: str) -> date:
    from services.platform.clock import SystemClock

    days = {"y": 365, "m": 30, "d": 1}.get(text[-1:], 0)
    if days and text[:-1].isdigit():
        return SystemClock().today() - timedelta(
            days=int(text[:-1]) * days + (int(text[:-1]) // 4 if days == 365 else 0)
        )
    return read_day(text, "--since")


def _no_picture_to_share(shared: bool, svg: Path | None) -> None:
    if shared and svg is not None:
        raise CommandError("USAGE", "A picture shows people or small numbers: it is not to be passed on (--shared).")


def _write(file: Path | None, picture: Callable[[], str]) -> None:
    if file is None:
        return
    try:
        file.write_text(picture(), encoding="utf-8")
    except OSError as problem:
        raise CommandError("USAGE", f"{file} cannot be written: {problem.strerror}") from None
