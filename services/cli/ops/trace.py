"""`psmf ops trace`: one trace of the demo, from a call to all that followed from it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from services.cli.failure import CommandError
from services.cli.terminal import Terminal, demo_folder
from services.client.addresses import SERVICES, trace_file

MILLISECOND_NS = 1_000_000
TRACE = Annotated[
    str, typer.Argument(help="Id of a trace, or its beginning. Default: the newest that ends in an alert.")
]
TOLD = "notifications.concern_raised"
"""The step in which a concern becomes an alert. A trace that holds it begins with what somebody did."""


class Span(NamedTuple):
    """One step of a trace. Times are in nanoseconds."""

    trace: str
    span: str
    parent: str
    name: str
    began_ns: int
    took_ns: int
    attributes: Mapping[str, Any]


def trace(terminal: Terminal, trace_id: TRACE = "") -> None:
    """Show one trace of the demo: each step, when it began and how long it took. It holds no personal data.

    psmf ops trace
    psmf ops trace 4bf92f35 --json
    """
    spans = _spans(demo_folder(), trace_id)
    if terminal.as_json:
        terminal.data({"trace": spans[0].trace, "spans": [span._asdict() for span in spans]})
        return
    terminal.text(f"Trace {spans[0].trace}: {len(spans)} steps")
    began = spans[0].began_ns
    rows = [
        (f"{(span.began_ns - began) / MILLISECOND_NS:,.0f} ms", f"{span.took_ns / MILLISECOND_NS:,.1f} ms", step)
        for step, span in _in_order(spans)
    ]
    terminal.columns(("Began", "Took", "Step"), rows)


def _spans(folder: Path, trace_id: str) -> list[Span]:
    """Return the spans of one trace, by when they began.

    Raises:
        CommandError: NOT_FOUND, if there is none.
    """
    traces: dict[str, list[Span]] = defaultdict(list)
    for service in SERVICES:
        file = trace_file(folder, service)
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            span = Span(**json.loads(line))
            traces[span.trace].append(span)
    fitting = [spans for known, spans in traces.items() if known.startswith(trace_id)]
    if not fitting:
        message = f"There is no such trace in {folder}. Traces are kept while a demo runs: psmf demo up"
        raise CommandError("NOT_FOUND", message)
    chosen = max(fitting, key=_how_telling)
    return sorted(chosen, key=lambda span: span.began_ns)


def _how_telling(spans: Sequence[Span]) -> tuple[bool, int, int]:
    """Return the sort key of a trace: one from an act to an alert, then the most services, then the newest.

    The number of steps says nothing: one call about everybody has the most.
    """
    services = {span.name.partition(".")[0] for span in spans}
    return any(span.name == TOLD for span in spans), len(services), max(span.began_ns for span in spans)


def _in_order(spans: Sequence[Span]) -> Iterator[tuple[str, Span]]:
    """Yield each span under the one that caused it, with its indented name."""
    known = {span.span for span in spans}
    caused: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        caused[span.parent if span.parent in known else ""].append(span)

    def under(parent: str, depth: int) -> Iterator[tuple[str, Span]]:
        for span in caused[parent]:
            yield "  " * depth + span.name, span
            yield from under(span.span, depth + 1)

    return under("", 0)
