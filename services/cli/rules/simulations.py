"""`psmf rules whatif`, `tune` and `replay`: the effect of a change on the organisation's own history."""

import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.arguments import read_day
from services.cli.doors.methods import POLICY_EDITOR
from services.cli.failure import CHECK_FAILED, CommandError, file_failures
from services.cli.rules.folder import rule_files
from services.cli.rules.revisions import find_revision
from services.cli.terminal import Terminal
from services.client.words import spaced, word_of

FIRST_LOOK, LONGEST_WAIT = 0.3, 3.0
"""Seconds between two looks at a simulation. Each look adds a row to the audit log, so they become rarer."""
SINCE = Annotated[str, typer.Option(help="How far back: 2y, 18m, 90d, or a day such as 2024-10-01.")]
SVG = Annotated[Path | None, typer.Option(metavar="FILE", help="Also write a picture.")]
SHARED = Annotated[bool, typer.Option("--shared", help="For passing on: name no person and show no number under five.")]
RECEIVED = Annotated[
    bool,
    typer.Option(
        "--as-received", help="For imported history: treat evidence as known from the day the Team received it."
    ),
]


def what_if(
    terminal: Terminal,
    candidate: Annotated[Path | None, typer.Argument(help="Folder of the rule files to try out.")] = None,
    *,
    on: Annotated[
        str, typer.Option(help="Instead of a folder: a day to come, and what the rulebook changes by then.")
    ] = "",
    revision: Annotated[
        str, typer.Option(help="Instead of a folder: a revision, by its hash or the start of it.")
    ] = "",
    since: SINCE = "2y",
    as_dated: Annotated[
        bool, typer.Option("--as-dated", help="Apply rules from the dates in the files, not as if always in force.")
    ] = False,
    as_received: RECEIVED = False,
    shared: SHARED = False,
    svg: SVG = None,
) -> None:
    """Show whom a change of the rules would affect, and why, over past evidence as it was known on each day.

    psmf rules whatif my-rules
    psmf rules whatif my-rules --since 5y --svg whatif.svg
    psmf rules whatif my-rules --shared
    psmf rules whatif --revision 7c1e09
    psmf rules whatif --on 2027-04-01
    """
    from psmf.rules.v1 import simulations_pb2 as pb

    from services.cli.rules.whatif import report_what_if, what_if_svg
    from services.platform.calls.wire import to_date

    _no_picture_to_share(shared, svg)
    if (candidate is not None) + bool(on) + bool(revision) != 1:
        raise CommandError("USAGE", "Name a folder to try out, a revision with --revision, or a day ahead with --on.")
    request = pb.SimulateRulebookRequest(as_received=as_received, request_id=uuid.uuid4().hex)
    if on:
        request.on_date.CopyFrom(to_date(read_day(on, "--on")))
    else:
        if candidate is not None:
            request.files.update(rule_files(candidate))
        else:
            terminal.as_usual(POLICY_EDITOR)
            request.revision = find_revision(terminal, revision).name
        request.since_date.CopyFrom(to_date(_since(since)))
        request.as_dated = as_dated
    found = _run(terminal, lambda client: client.simulations.SimulateRulebook, request)
    _write(svg, lambda: what_if_svg(found))
    report_what_if(terminal, found, shared=shared)


def tune(
    terminal: Terminal,
    parameter: Annotated[str, typer.Argument(help="The parameter's name, for example late_reports_line.")],
    first: Annotated[int, typer.Option("--from", help="The first value.")],
    last: Annotated[int, typer.Option("--to", help="The last value.")],
    *,
    step: Annotated[int, typer.Option(min=1, help="Step from one value to the next.")] = 1,
    since: SINCE = "2y",
    as_received: RECEIVED = False,
    shared: SHARED = False,
    svg: SVG = None,
) -> None:
    """Show how sensitive a parameter is: how many people each value flags, and which values differ.

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
    everything: Annotated[bool, typer.Option("--all", help="Replay every stored decision.")] = False,
) -> int:
    """Evaluate stored decisions again with their own rulebook, and compare byte for byte.

    psmf rules replay safeguarders/sg-1/evaluations/0a1b2c
    psmf rules replay --all
    """
    from psmf.rules.v1 import simulations_pb2 as pb

    if bool(evaluation) is everything:
        raise CommandError("USAGE", "Name one evaluation or use --all.")
    terminal.as_usual(POLICY_EDITOR)
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
    parts = f" in {', '.join(found.differing_parts)}" if found.differing_parts else ""
    return f"{found.name}: {spaced(word_of(found, 'outcome'))}{parts}, {found.record_hash[:12]}"


def _run(terminal: Terminal, method: Callable[[Any], Any], request: Any) -> Any:
    """Run a simulation and return it when it is done. Ctrl-C cancels it.

    Raises:
        CommandError: CANCELLED; INTERNAL when the simulation failed.
    """
    from psmf.rules.v1 import simulations_pb2 as pb

    terminal.as_usual(POLICY_EDITOR)
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
        count = int(text[:-1])
        leap_days = count // 4 if days == 365 else 0
        return SystemClock().today() - timedelta(days=count * days + leap_days)
    return read_day(text, "--since")


def _no_picture_to_share(shared: bool, svg: Path | None) -> None:
    if shared and svg is not None:
        raise CommandError(
            "USAGE",
            "A picture shows people or small numbers, so it must not be passed on. Leave out --svg or --shared.",
        )


def _write(file: Path | None, picture: Callable[[], str]) -> None:
    if file is None:
        return
    with file_failures(file, "written"):
        file.write_text(picture(), encoding="utf-8")
